/* The benchmark's documents by the document engine:  engine label|certificate COUNT one|many LAYOUT OUTPUT
 * `one` draws COUNT records into one file, `many` draws COUNT files, all in memory; OUTPUT gets the last one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "magistral/document/document.h"

#include "../../document/sample.h"

static const answer *label(arena *arena, int i)
{
    answer *record = answer_object(arena);
    put_text(record, "drug", arena_format(arena, "Hydrocortisone %d mg gélule", 5 + i % 20));
    put_text(record, "patient", arena_format(arena, "MARTIN-DÉSIRÉ Élodie n° %07d", 1000000 + i));
    put_day(record, "birth", arena_format(arena, "19%02d-%02d-%02d", i % 100, 1 + i % 12, 1 + i % 28));
    put_text(record, "lot", arena_format(arena, "MAG-2026-%06d", i));
    put_day(record, "made", "2026-03-12");
    put_day(record, "expiry", "2026-06-11");
    put_count(record, "units", 30 + i % 60);
    put_text(record, "url", arena_format(arena, "HTTPS://PUI.CHU-EXEMPLE.FR/D/MAG-2026-%06d/KR7TLM2KP4NS8WV1YC3JD5HF6GGT", i));
    return record;
}

static void add_rows(answer *record, arena *arena, int i)
{
    answer *controls = put_list(record, "controls"), *materials = put_list(record, "materials");
    for (int r = 0; r < 20; r++) {
        answer *control = add_object(controls), *material = add_object(materials);
        put_count(control, "number", r + 1);
        put_decimal(control, "low", arena_format(arena, "%d.0", 90 + r % 5), "%");
        put_decimal(control, "high", arena_format(arena, "%d.0", 105 + r % 3), "%");
        put_decimal(control, "result", arena_format(arena, "%d.%d", 95 + r % 9, r % 10), "mg");
        put_count(material, "number", r + 1);
        put_text(material, "lot", arena_format(arena, "FR-%06d", 100000 + i * 20 + r));
        put_decimal(material, "quantity", arena_format(arena, "%d.%03d", r + 1, i % 1000), "g");
        put_day(material, "expiry", "2027-12-31");
    }
}

static const answer *certificate(arena *arena, int i)
{
    answer *record = answer_object(arena);
    put_text(record, "lot", arena_format(arena, "MAG-2026-%06d", i));
    put_instant(record, "at", "2026-03-12T13:32:00.000Z");
    put_text(record, "url", arena_format(arena, "HTTPS://PUI.CHU-EXEMPLE.FR/C/MAG-2026-%06d/KR7TLM2KP4NS8WV1YC3JD5HF6GGT", i));
    add_rows(record, arena, i);
    return record;
}

static ending draw(char **arguments, size_t count, arena *arena, outcome *outcome, buffer *pdf)
{
    layout *layout;
    document_information information = {.program = "magistral", .schema = "0001", .instant = "2026-03-12T13:32:00.000Z",
                                        .zone = "Europe/Paris"};
    TRY(layout_parse("bench.fr.layout", sample_text(arena, arguments[4]), arena, outcome, &layout));
    const answer **records = arena_array(arena, count, sizeof *records);
    for (size_t i = 0; i < count; i++)
        records[i] = *arguments[1] == 'l' ? label(arena, (int)i) : certificate(arena, (int)i);
    if (strcmp(arguments[3], "one") == 0)
        return document_draw(layout, records, count, &information, outcome, pdf, NULL);
    for (size_t i = 0; i < count; i++) {
        buffer_empty(pdf);
        TRY(document_draw(layout, records + i, 1, &information, outcome, pdf, NULL));
    }
    return DONE;
}

int main(int count, char **arguments)
{
    ARENA_SCOPE arena *arena = arena_new();
    BUFFER_SCOPE buffer pdf = BUFFER_EMPTY;
    outcome outcome = outcome_new(arena);
    if (count != 6)
        return 64;
    if (draw(arguments, strtoul(arguments[2], NULL, 10), arena, &outcome, &pdf) != DONE) {
        if (outcome.first)
            fprintf(stderr, "%s line %s %s\n", outcome.first->rule, outcome.first->values[1].value, outcome.first->values[3].value);
        return 70;
    }
    FILE *file = fopen(arguments[5], "wb");
    bool written = file && fwrite(pdf.bytes, 1, pdf.length, file) == pdf.length;
    return (file && fclose(file) != 0) || !written ? 74 : 0;
}
