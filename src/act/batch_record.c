/* The batch record in its five parts: preparation, packaging, control, pharmaceutical release, anomalies. Rule: BPP 4.38, 4.40. */
#include "magistral/act/amendments.h"
#include "magistral/act/batches.h"
#include "magistral/act/bottles.h"
#include "magistral/act/interruptions.h"
#include "magistral/act/logbooks.h"
#include "magistral/act/papers.h"
#include "magistral/act/rooms.h"

#include <string.h>

#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"
#include "magistral/domain/figure.h"
#include "magistral/domain/quantity.h"
#include "magistral/domain/step_entry.h"
#include "magistral/store/equipment.h"

static const char *grams(call *call, int64_t nanograms, int places)
{
    return mass_text(call->arena, (mass){nanograms}, "g", places);
}

static ending put_requests(call *call, const paper *paper, answer *record)
{
    record_request *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_REQUESTS, &paper->key, call->arena, &rows, &count));
    answer *list = put_list(record, "requests");
    for (size_t i = 0; i < count; i++) {
        answer *line = add_object(list);
        put_text(line, "number", arena_format(call->arena, "%s, %s", rows[i].number, rows[i].pseudonym));
        put_text(line, "prescriber", rows[i].prescriber);
        put_day(line, "date", rows[i].prescribed_on);
        refusal_value values[] = {{"units", arena_format(call->arena, "%lld", (long long)rows[i].daily_units)},
                                  {"days", arena_format(call->arena, "%lld", (long long)rows[i].days)}};
        put_text(line, "dose", catalogue_fill(call->arena, call->site_language, "record.dose", values, 2));
        put_count(line, "days", rows[i].days);
        put_count(line, "units", rows[i].units);
        put_text(line, "accepted_by", rows[i].accepted_by);
        put_instant(line, "accepted_at", rows[i].accepted_at);
        put_text(line, "board", rows[i].board_name);
        put_day(line, "board_day", rows[i].board_day);
        put_text(line, "board_number", rows[i].board_number);
        put_state(line, "board_decision", rows[i].board_decision);
        put_text(line, "legal_basis", rows[i].legal_basis);
    }
    return DONE;
}

/* "weighing open,weighing record" as people say it. */
static const char *acts_words(call *call, const char *acts)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    while (acts && *acts) {
        size_t length = strcspn(acts, ",");
        const char *name = arena_copy(call->arena, acts, length);
        buffer_add_format(&text, "%s%s", text.length ? ", " : "", catalogue_word(call->site_language, "did.", name));
        acts += length + (acts[length] == ',');
    }
    return arena_text(call->arena, buffer_text(&text));
}

static ending put_people(call *call, const paper *paper, answer *record)
{
    record_person *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_PEOPLE, &paper->key, call->arena, &rows, &count));
    answer *list = put_list(record, "people");
    for (size_t i = 0; i < count; i++) {
        const char *role = NULL;
        TRY(papers_role(call, rows[i].identifier, rows[i].first_at, &role));
        answer *line = add_object(list);
        put_text(line, "name", rows[i].name);
        put_text(line, "role", catalogue_word(call->site_language, "role.", role));
        put_text(line, "acts", acts_words(call, rows[i].acts));
    }
    return DONE;
}

/* Every act about the batch, with person and time, whatever part it belongs to. Rule: BPP 4.38, 4.39. */
static ending put_acts(call *call, const paper *paper, answer *record)
{
    record_line *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_JOURNAL, &paper->key, call->arena, &rows, &count));
    const answer *journal = answer_find(record, "journal");
    for (answer *child = record->first; child; child = child->next)
        if (child == journal)
            put_count(child, "entries", (int64_t)count);
    answer *list = put_list(record, "acts");
    for (size_t i = 0; i < count; i++) {
        answer *line = add_object(list);
        put_count(line, "sequence", rows[i].rank);
        put_text(line, "act", catalogue_word(call->site_language, "do.", rows[i].number));
        put_text(line, "what", rows[i].what);
        put_text(line, "by", rows[i].person);
        put_instant(line, "at", rows[i].at);
    }
    return DONE;
}

static void put_component(call *call, const record_component *row, answer *list)
{
    bool mass = strcmp(row->unit, "mass") == 0;
    answer *line = add_object(list);
    put_text(line, "name", row->material);
    put_text(line, "lot", row->lot);
    put_text(line, "supplier", row->supplier);
    put_text(line, "supplier_lot", row->supplier_lot);
    put_day(line, "expiry", row->limit_day);
    put_state(line, "limit", row->limit_kind);
    bool ends_before = row->end_of_use && (!row->limit_day || strcmp(row->end_of_use, row->limit_day) < 0);
    put_day(line, "end_of_use", ends_before ? row->end_of_use : NULL);
    put_text(line, "assay", row->assay);
    put_text(line, "accepted_by", row->accepted_by);
    put_instant(line, "accepted_at", row->accepted_at);
    put_text(line, "recalled_by", row->recalled_by);
    put_instant(line, "recalled_at", row->recalled_at);
    put_text(line, "recall_reason", row->recall_reason);
    put_decimal(line, "due", mass && row->due != ABSENT ? grams(call, row->due, 3) : NULL, mass ? "g" : NULL);
    if (mass)
        put_decimal(line, "used", grams(call, row->used, 3), "g");
    else
        put_count(line, "used", row->used);
    if (!mass) { /* issued = given back + used, or destroyed with the batch (BPP 5.12, 5.59) */
        put_count(line, "issued", row->used + row->back);
        put_count(line, "returned", row->back);
    }
}

/* Shells are raw materials, but counted (BPP 5.26); the articles of packaging stand with the packaging. */
static ending put_components(call *call, const paper *paper, answer *record)
{
    record_component *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_COMPONENTS, &paper->key, call->arena, &rows, &count));
    answer *powders = put_list(record, "components"), *shells = put_list(record, "shells"), *articles = put_list(record, "articles");
    for (size_t i = 0; i < count; i++) {
        bool shell = strcmp(rows[i].kind, "capsule-shell") == 0, article = strcmp(rows[i].kind, "packaging-article") == 0;
        put_component(call, &rows[i], shell ? shells : article ? articles : powders);
    }
    return DONE;
}

static ending put_clearances(call *call, const paper *paper, answer *record)
{
    record_line *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_CLEARANCES, &paper->key, call->arena, &rows, &count));
    answer *list = put_list(record, "clearances");
    for (size_t i = 0; i < count; i++) {
        answer *line = add_object(list);
        const char *phase = catalogue_word(call->site_language, "record.", rows[i].number);
        put_text(line, "area", rows[i].what);
        put_text(line, "what", rows[i].detail ? arena_format(call->arena, "%s%s%s", phase, typography_colon(call->site_language), rows[i].detail) : phase);
        put_text(line, "by", rows[i].person);
        put_instant(line, "at", rows[i].at);
        papers_put_late(call, paper, rows[i].at, NULL, line);
    }
    return DONE;
}

/* " (8 to 12 min)", as the formula limits the entry of this name. */
static void add_limits(buffer *text, call *call, const record_step *step, const char *name)
{
    char *lines = arena_text(call->arena, step->entries ? step->entries : ""), *saved = NULL;
    for (const char *line = strtok_r(lines, "\n", &saved); line; line = strtok_r(NULL, "\n", &saved)) {
        step_entry entry;
        const char *limits = step_entry_parse(call->arena, line, &entry) && strcmp(entry.name, name) == 0 ? step_entry_limits(call->arena, &entry) : NULL;
        if (!limits)
            continue;
        buffer_add_text(text, " (");
        typography_add_number(text, call->site_language, limits, NULL);
        buffer_add_text(text, ")");
    }
}

/* "duration: 10 min (8 to 12 min); no residue: yes; what was remarked". */
static ending step_words(call *call, const record_step *step, const char **ret_words)
{
    step_value *values = NULL;
    size_t count = 0;
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    TRY(store_list(call->store, &STEP_VALUES_OF, (&(step_value){.record = step->record}), call->arena, &values, &count));
    for (size_t i = 0; i < count; i++) {
        bool truth = strcmp(values[i].value, "yes") == 0 || strcmp(values[i].value, "no") == 0;
        buffer_add_format(&text, "%s%s%s", i > 0 ? typography_semicolon(call->site_language) : "", values[i].name, typography_colon(call->site_language));
        if (truth)
            buffer_add_text(&text, catalogue_word(call->site_language, "state.", strcmp(values[i].value, "yes") == 0 ? "true" : "false"));
        else
            typography_add_number(&text, call->site_language, values[i].value, values[i].unit);
        add_limits(&text, call, step, values[i].name);
        if (!values[i].within)
            buffer_add_format(&text, ", %s", catalogue_word(call->site_language, "record.", "outside"));
    }
    if (step->remarks && *step->remarks)
        buffer_add_format(&text, "%s%s", text.length ? typography_semicolon(call->site_language) : "", step->remarks);
    *ret_words = text.length ? arena_text(call->arena, buffer_text(&text)) : catalogue_word(call->site_language, "record.", "done");
    return DONE;
}

static ending put_steps(call *call, const paper *paper, answer *record)
{
    record_step *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_STEPS, &paper->key, call->arena, &rows, &count));
    answer *list = put_list(record, "steps");
    for (size_t i = 0; i < count; i++) {
        const char *words = NULL;
        answer *line = add_object(list);
        TRY(step_words(call, &rows[i], &words));
        put_count(line, "number", rows[i].rank);
        put_text(line, "title", rows[i].title);
        put_text(line, "instruction", rows[i].instruction);
        const char *former = amendments_firsts(call, paper->amendments, paper->amendment_count, "step", rows[i].title);
        if (former)
            put_text(line, "former", former);
        papers_put_late(call, paper, rows[i].at, NULL, line);
        put_text(line, "recorded", words);
        put_text(line, "by", rows[i].person);
        put_instant(line, "at", rows[i].at);
    }
    return DONE;
}

static ending put_losses(call *call, const paper *paper, answer *record)
{
    record_line *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_LOSSES, &paper->key, call->arena, &rows, &count));
    answer *list = put_list(record, "losses");
    for (size_t i = 0; i < count; i++) {
        bool powder = strncmp(rows[i].number, "powder", 6) == 0;
        answer *line = add_object(list);
        put_state(line, "what", rows[i].number);
        if (powder)
            put_decimal(line, "quantity", grams(call, rows[i].quantity, 4), "g");
        else
            put_count(line, "quantity", rows[i].quantity);
        put_text(line, "former", amendments_first(call, paper->amendments, paper->amendment_count, arena_format(call->arena, "%zu", i + 1), "quantity"));
        papers_put_late(call, paper, rows[i].at, NULL, line);
        put_text(line, "cause", rows[i].what);
        put_text(line, "by", rows[i].person);
        put_instant(line, "at", rows[i].at);
    }
    return DONE;
}

/* "<= 3.0 %" as people write it. */
static const char *limit_words(const call *call, const char *limit)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    if (limit)
        typography_add_formula(&text, call->site_language, limit);
    return arena_text(call->arena, buffer_text(&text));
}

static ending put_reconciliations(call *call, const paper *paper, answer *record)
{
    record_reconciliation *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_RECONCILIATIONS, &paper->key, call->arena, &rows, &count));
    answer *list = put_list(record, "reconciliations");
    for (size_t i = 0; i < count; i++) {
        answer *line = add_object(list);
        put_state(line, "what", rows[i].kind);
        put_text(line, "name", catalogue_word(call->site_language, "field.", rows[i].name));
        if (figure_repeats(rows[i].formula, rows[i].value, rows[i].unit))
            put_decimal(line, "value", rows[i].value, rows[i].unit);
        else
            put_figure(line, "value", rows[i].value, rows[i].unit, rows[i].formula);
        put_decimal(line, "former", rows[i].former, rows[i].unit);
        put_text(line, "limit", limit_words(call, rows[i].limit_text));
        put_state(line, "verdict", rows[i].within == ABSENT ? "for-information" : rows[i].within ? "complies" : "does not comply");
        bool first = i == 0 || strcmp(rows[i].kind, rows[i - 1].kind) != 0; /* one act reconciles a kind */
        put_text(line, "by", first ? rows[i].person : NULL);
        put_instant(line, "at", first ? rows[i].at : NULL);
    }
    return DONE;
}

/* Labels are counted apart before the decision, as the reconciliation counted them, and after it: a decision prints new ones. */
static ending put_labels(call *call, const paper *paper, answer *record)
{
    record_labels *labels = NULL;
    size_t kinds = 0;
    TRY(store_list(call->store, &RECORD_LABEL_COUNTS, &paper->key, call->arena, &labels, &kinds));
    answer *list = put_list(record, "labels");
    for (size_t i = 0; i < kinds; i++) {
        answer *line = add_object(list);
        put_state(line, "kind", arena_format(call->arena, "%s-label", labels[i].kind));
        put_text(line, "phase", catalogue_word(call->site_language, "record.", labels[i].after_decision ? "after-decision" : "before-decision"));
        put_count(line, "printed", labels[i].printed);
        put_count(line, "applied", labels[i].applied);
        put_count(line, "specimen", labels[i].specimen);
        put_count(line, "spoiled", labels[i].spoiled);
        put_count(line, "destroyed", labels[i].destroyed);
    }
    return DONE;
}

/* Who filled or packaged, and when: the batch's row holds the instant alone. */
static ending put_act(call *call, const paper *paper, const char *act, answer *to)
{
    record_line *acts = NULL;
    const record_line *found = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_ACTS, &paper->key, call->arena, &acts, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(acts[i].number, act) == 0)
            found = &acts[i];
    put_text(to, "by", found ? found->person : NULL);
    put_instant(to, "at", found ? found->at : NULL);
    papers_put_late(call, paper, found ? found->at : NULL, NULL, to);
    return DONE;
}

static ending put_packaging(call *call, const paper *paper, answer *record)
{
    record_line *bottles = NULL;
    size_t count = 0;
    int64_t packed = 0;
    TRY(store_list(call->store, &RECORD_BOTTLES, &paper->key, call->arena, &bottles, &count));
    for (size_t i = 0; i < count; i++)
        packed += bottles[i].used == ABSENT ? bottles[i].quantity : 0; /* what was opened is in others */
    answer *packaging = put_object(record, "packaging");
    put_count(packaging, "units_due", paper->batch.requested_units);
    put_count(packaging, "units_packed", packed);
    TRY(put_act(call, paper, "package", packaging));
    answer *list = put_list(record, "bottles");
    for (size_t i = 0; i < count; i++) {
        answer *line = add_object(list);
        put_text(line, "number", bottles[i].number);
        put_count(line, "units", bottles[i].quantity);
        put_text(line, "former", amendments_first(call, paper->amendments, paper->amendment_count, bottles[i].number, "units"));
        const char *ended = bottles[i].what ? catalogue_word(call->site_language, "state.bottle.", bottles[i].what) : NULL;
        put_text(line, "label", ended ? arena_format(call->arena, "%s (%s)", bottles[i].detail ? bottles[i].detail : "—", ended) : bottles[i].detail);
        put_text(line, "by", bottles[i].person);
        put_instant(line, "at", bottles[i].at);
    }
    TRY(bottles_put_record(call, record, &paper->batch));
    return put_labels(call, paper, record);
}

static ending put_filling(call *call, const paper *paper, answer *record)
{
    answer *filling = put_object(record, "filling");
    put_text(filling, "former", amendments_first(call, paper->amendments, paper->amendment_count, paper->batch.number, "filled"));
    if (paper->batch.filled == ABSENT)
        put_text(filling, "units", NULL);
    else
        put_count(filling, "units", paper->batch.filled);
    const char *plate = NULL;
    TRY(plates_words(call, call->site_language, paper->batch.id, &plate));
    put_text(filling, "plate", plate);
    return put_act(call, paper, "fill", filling);
}

static ending put_batch(call *call, const paper *paper, answer *record)
{
    work_area area = {0};
    const char *state = NULL;
    bool found = false;
    TRY(batches_state(call, paper->batch.id, &state));
    TRY(store_find(call->store, &WORK_AREA_BY_ID, (&(work_area){.id = paper->batch.work_area}), call->arena, &area, &found));
    answer *batch = put_object(record, "batch");
    put_text(batch, "number", paper->batch.number);
    put_state(batch, "state", state);
    put_truth(batch, "provisional", text_is_among("planned|in-preparation|quarantine", paper->batch.state));
    put_count(batch, "units", paper->batch.units);
    put_day(batch, "made", paper->batch.made_on);
    put_day(batch, "expiry", paper->batch.expiry);
    put_text(batch, "expiry_reason", batches_expiry_words(call->arena, call->site_language, &paper->batch));
    put_text(batch, "area", area.name);
    put_text(batch, "registration", paper->batch.registration);
    return DONE;
}

ending batch_record_fill(call *call, const paper *paper, drawing *drawing, answer *record)
{
    TRY(papers_put_number(call, drawing, record, "record"));
    TRY(papers_put_product(call, paper, record));
    TRY(put_batch(call, paper, record));
    TRY(put_requests(call, paper, record));
    TRY(put_people(call, paper, record));
    TRY(put_components(call, paper, record));
    TRY(batch_record_fill_weighings(call, paper, record));
    TRY(put_clearances(call, paper, record));
    TRY(rooms_put_record(call, record, paper->batch.id));
    TRY(put_filling(call, paper, record));
    TRY(put_steps(call, paper, record));
    TRY(put_losses(call, paper, record));
    TRY(put_reconciliations(call, paper, record));
    TRY(put_packaging(call, paper, record));
    TRY(put_acts(call, paper, record));
    TRY(amendments_put_record(call, record, paper->batch.id));
    TRY(interruptions_put_record(call, record, paper->batch.id));
    return batch_record_fill_control(call, paper, record);
}
