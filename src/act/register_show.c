/* A register as an inspector reads it. Rule: CSP R.5125-45: every making and every dispensing with its number, date,
 * prescriber, patient, whole composition with lot and supplier of each raw material, packaging, quantity, mass of the active
 * substance engaged and who did it (BPP 4.44); a line that was struck stands beside the line that strikes it. */
#include <string.h>

#include "magistral/act/journals.h"
#include "magistral/act/registers.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/day.h"
#include "magistral/base/typography.h"
#include "magistral/domain/quantity.h"
#include "magistral/domain/weighing.h"
#include "magistral/store/site.h"

static const input_definition inputs[] = {
    {"book", INPUT_CHOICE, INPUT_POSITIONAL, "preparation|dispensing", "dispensing"},
    {"year", INPUT_COUNT, INPUT_OPTIONAL, NULL, "2026"},
    {"from", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-01"},
    {"to", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-31"},
    {0},
};

typedef struct reading {
    store *store;
    store_cursor *cursor;
    const char *zone;
    language language;
} reading;

/* "Birabresib 20 mg", "cellulose q.s.p. 200 mg": what a capsule holds of a component; of its shell the name alone. */
static void add_amount(arena *arena, const reading *reading, const register_row *line, const composition *part, buffer *to)
{
    bool filler = strcmp(part->amount, "quantum-satis") == 0;
    BUFFER_SCOPE buffer each = BUFFER_EMPTY;
    typography_add_number(&each, reading->language, mass_text(arena, (mass){filler ? line->content_mass : part->per_capsule}, "mg", 0), "mg");
    if (filler) {
        refusal_value values[] = {{"material", part->material}, {"mass", buffer_text(&each)}};
        buffer_add_text(to, catalogue_fill(arena, reading->language, "paper.quantum-satis", values, 2));
        return;
    }
    buffer_add_text(to, part->material);
    if (strcmp(part->amount, "count") != 0) /* of shells and articles the name alone */
        buffer_add_format(to, " %s", buffer_text(&each));
}

/* The components of one sort, each with the lots that were used for it and their suppliers. */
static void put_parts(const reading *reading, const register_row *line, const composition *parts, size_t count, bool packaging, answer *row)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && parts[i].rank == parts[i - 1].rank;
        if ((strcmp(parts[i].kind, "packaging-article") == 0) != packaging)
            continue;
        if (!same) {
            buffer_add_text(&text, text.length > 0 ? typography_semicolon(reading->language) : "");
            add_amount(row->arena, reading, line, &parts[i], &text);
        }
        if (parts[i].lot)
            buffer_add_format(&text, "%s%s, %s", same ? ", " : " (", parts[i].lot, parts[i].supplier);
        if (parts[i].lot && (i + 1 == count || parts[i + 1].rank != parts[i].rank))
            buffer_add_byte(&text, ')');
    }
    put_text(row, packaging ? "packaging" : "composition", text.length > 0 ? buffer_text(&text) : NULL);
}

static ending put_composition(const reading *reading, arena *arena, const register_row *line, answer *row)
{
    composition *parts = NULL;
    size_t count = 0;
    TRY(store_list(reading->store, &COMPOSITION_OF_BATCH, (&(composition){.batch = line->batch}), arena, &parts, &count));
    put_parts(reading, line, parts, count, false, row);
    put_parts(reading, line, parts, count, true, row);
    return DONE;
}

/* The active substance that went into the batch: pure, net by purity of each verified portion, and as it was supplied. */
static ending put_engaged(const reading *reading, arena *arena, const register_row *line, answer *row)
{
    engaged *weighed = NULL;
    size_t count = 0;
    int64_t net = 0;
    blend_result blend = {0};
    TRY(store_list(reading->store, &ENGAGED_IN_BATCH, (&(engaged){.batch = line->batch}), arena, &weighed, &count));
    portion *portions = arena_array(arena, count + 1, sizeof *portions);
    for (size_t i = 0; i < count; i++) {
        decimal purity = decimal_whole(0);
        (void)!decimal_parse(weighed[i].purity, &purity);
        portions[i] = (portion){.net = {weighed[i].net}, .purity = ratio_of_decimal(purity)};
        net += weighed[i].net;
    }
    bool known = count > 0 && blend_of(arena, portions, count, 1, &blend);
    put_figure(row, "engaged", known ? blend.active.text : NULL, "g", known ? blend.active.formula : NULL);
    put_decimal(row, "supplied", known ? mass_text(arena, (mass){net}, "g", 0) : NULL, "g");
    return DONE;
}

static void add_once(const reading *reading, buffer *to, const char *text)
{
    if (strstr(buffer_text(to), text))
        return;
    buffer_add_format(to, "%s%s", to->length > 0 ? typography_semicolon(reading->language) : "", text);
}

static ending put_requests(const reading *reading, arena *arena, const register_row *line, answer *row)
{
    register_request *requests = NULL;
    size_t count = 0;
    register_request wanted = {.batch = line->batch, .dispensing = line->dispensing};
    BUFFER_SCOPE buffer prescribers = BUFFER_EMPTY;
    BUFFER_SCOPE buffer patients = BUFFER_EMPTY;
    TRY(store_list(reading->store, &REGISTER_REQUESTS, &wanted, arena, &requests, &count));
    for (size_t i = 0; i < count; i++) {
        add_once(reading, &prescribers, arena_format(arena, "%s, %s", requests[i].prescriber, requests[i].prescriber_address));
        add_once(reading, &patients, requests[i].patient);
    }
    put_text(row, "prescriber", buffer_text(&prescribers));
    put_text(row, "patient", buffer_text(&patients));
    return DONE;
}

static ending next_line(void *context, arena *arena, answer **ret_row)
{
    reading *reading = context;
    register_row line = {0};
    int64_t at = 0;
    bool found = false;
    *ret_row = NULL;
    TRY(store_next(reading->cursor, arena, &line, &found));
    if (!found)
        return DONE;
    bool entry = strcmp(line.kind, "entry") == 0;
    answer *row = answer_object(arena);
    put_count(row, "line", line.ordinal);
    put_text(row, "number", line.number);
    put_day(row, "date", instant_parse(line.at, &at) ? instant_local_day(arena, at, reading->zone) : NULL);
    put_state(row, "kind", entry ? line.book : line.kind);
    put_text(row, "what", arena_format(arena, "%s %s, %s", line.product, line.strength, line.form));
    put_link(row, "batch", "batch", line.batch_number);
    TRY(put_composition(reading, arena, &line, row));
    if (line.units == ABSENT) /* not filled yet */
        put_text(row, "units", NULL);
    else
        put_count(row, "units", line.units);
    TRY(put_engaged(reading, arena, &line, row));
    TRY(put_requests(reading, arena, &line, row));
    put_text(row, "maker", line.person);
    const char *other = line.other == ABSENT ? NULL : arena_format(arena, "%lld", (long long)line.other);
    put_text(row, "struck", entry ? other : NULL);
    put_text(row, "strikes", entry ? NULL : other);
    put_text(row, "reason", line.reason);
    *ret_row = row;
    return DONE;
}

static ending put_head(call *call, const register_row *filter)
{
    site site = {0};
    register_row total = {0};
    bool found = false;
    TRY(store_find(call->store, &SITE, NOTHING, call->arena, &site, &found));
    TRY(store_find(call->store, &REGISTER_COUNT, filter, call->arena, &total, &found));
    put_text(call->done, "site", site.name);
    put_text(call->done, "address", site.address);
    put_text(call->done, "telephone", site.telephone);
    put_state(call->done, "book", filter->book);
    put_text(call->done, "year", arena_format(call->arena, "%lld", (long long)filter->year));
    const char *first = arena_format(call->arena, "%04lld-01-01", (long long)filter->year);
    const char *last = arena_format(call->arena, "%04lld-12-31", (long long)filter->year);
    put_day(call->done, "from", call_has(call, "from") ? call_text(call, "from") : first);
    put_day(call->done, "to", call_has(call, "to") ? call_text(call, "to") : last);
    put_count(call->done, "count", total.units);
    put_instant(call->done, "printed-at", call->now);
    return DONE;
}

ending registers_rows(call *call, const register_row *filter, answer **ret_rows)
{
    reading *reading = arena_alloc(call->arena, sizeof *reading);
    *reading = (struct reading){.store = call->store, .zone = call->zone, .language = call->language};
    TRY(store_rows(call->store, &REGISTER_ROWS, filter, call->arena, &reading->cursor));
    *ret_rows = answer_rows(call->arena, next_line, reading);
    return DONE;
}

static ending run(call *call)
{
    answer *rows = NULL;
    register_row filter = {.book = call_text(call, "book"), .year = call_integer_or(call, "year", call->year)};
    if (filter.year < 1900 || filter.year > 2999)
        call_refuse(call, "REGISTER-01", "year", "year", call_text(call, "year"), NULL);
    COLLECT(journals_period(call, "from", "to", &filter.since, &filter.until));
    TRY(call_ending(call));
    TRY(put_head(call, &filter));
    TRY(registers_rows(call, &filter, &rows));
    answer_put(call->done, "lines", rows);
    return DONE;
}

const act register_show_act = {.name = "register show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
