/* Draws one record by one layout:  draw LAYOUT SAMPLE.json OUTPUT.pdf [COPIES]
 * LAYOUT is "certificate.fr" (as compiled in) or the path of a layout file. Refusals go to standard error in French. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "magistral/base/catalogue.h"
#include "magistral/base/embedded.h"
#include "magistral/document/document.h"

#include "sample.h"

static ending built_in(const char *name, arena *arena, outcome *outcome, layout **ret_layout)
{
    const embedded_file *file = embedded_template(name);
    return file ? layout_parse(name, (const char *)file->bytes, arena, outcome, ret_layout) : fail(outcome, "no layout %s was compiled in", name);
}

static ending find_layout(const char *name, arena *arena, outcome *outcome, layout **ret_layout)
{
    const char *dot = strrchr(name, '.');
    language language;
    if (dot && language_parse(dot + 1, &language))
        return built_in(arena_format(arena, "%s.layout", name), arena, outcome, ret_layout);
    const char *slash = strrchr(name, '/');
    return layout_parse(slash ? slash + 1 : name, sample_text(arena, name), arena, outcome, ret_layout);
}

static ending draw(char **arguments, int count, arena *arena, outcome *outcome, buffer *pdf)
{
    layout *layout;
    document_information information = {.program = "magistral 0.1.0", .schema = "0001",
                                        .instant = "2026-01-21T13:32:00.000Z", .zone = "Europe/Paris"};
    TRY(find_layout(arguments[1], arena, outcome, &layout));
    size_t copies = count > 4 ? strtoul(arguments[4], NULL, 10) : 1;
    const answer *record = sample_read(arena, arguments[2]);
    const answer **records = arena_array(arena, copies, sizeof *records);
    for (size_t i = 0; i < copies; i++)
        records[i] = record;
    return document_draw(layout, records, copies, &information, outcome, pdf, NULL);
}

int main(int count, char **arguments)
{
    ARENA_SCOPE arena *arena = arena_new();
    BUFFER_SCOPE buffer pdf = BUFFER_EMPTY;
    outcome outcome = outcome_new(arena);
    if (count < 4)
        return 64;
    ending ending = draw(arguments, count, arena, &outcome, &pdf);
    for (const refusal *r = outcome.first; r; r = r->next)
        fprintf(stderr, "%s %s: %s\n", r->rule, r->field ? r->field : "-", refusal_sentence(arena, FRENCH, NULL, r));
    if (ending == FAILED)
        fprintf(stderr, "failed: %s\n", outcome.failure);
    if (ending != DONE)
        return ending == REFUSED ? 1 : 70;
    FILE *file = fopen(arguments[3], "wb");
    bool written = file && fwrite(pdf.bytes, 1, pdf.length, file) == pdf.length;
    return (file && fclose(file) != 0) || !written ? 74 : 0;
}
