/* From a raw material down to everything that was made of it: batches, bottles, dispensings, papers, and what still stands
 * here. Rule: BPP 1.13, 6.25: a recall finds every unit and every patient, at once. */
#include <stdlib.h>
#include <string.h>

#include "magistral/act/traces.h"
#include "magistral/base/catalogue.h"

static const input_definition inputs[] = {
    {"thing", INPUT_TEXT, INPUT_POSITIONAL, TRACE_KINDS, "MP26-0003"},
    {0},
};

#define CELL(name, kind, field, link) {name, kind, offsetof(trace_down, field), link}
static const trace_layout layouts[TRACE_SECTIONS] = {
    [TRACE_LOT] = {"lots", {CELL("lot", ANSWER_LINK, number, "lot"), CELL("material", ANSWER_TEXT, name, NULL),
                            CELL("supplier", ANSWER_TEXT, detail, NULL), CELL("state", ANSWER_STATE, state, NULL),
                            CELL("received-on", ANSWER_DAY, at, NULL), CELL("received", ANSWER_DECIMAL, quantity, NULL)}},
    [TRACE_CONTAINER] = {"containers", {CELL("container", ANSWER_LINK, number, "container"), CELL("location", ANSWER_TEXT, name, NULL),
                                        CELL("opened-on", ANSWER_DAY, at, NULL), CELL("stock", ANSWER_DECIMAL, quantity, NULL)}},
    [TRACE_BATCH] = {"batches", {CELL("batch", ANSWER_LINK, number, "batch"), CELL("registration", ANSWER_TEXT, detail, NULL),
                                 CELL("product", ANSWER_TEXT, name, NULL), CELL("state", ANSWER_STATE, state, NULL),
                                 CELL("made-on", ANSWER_DAY, at, NULL), CELL("taken", ANSWER_DECIMAL, quantity, NULL)}},
    [TRACE_BOTTLE] = {"bottles", {{0}}},
    [TRACE_DISPENSING] = {"dispensings", {{0}}},
    [TRACE_SAMPLE] = {"samples", {CELL("sample", ANSWER_LINK, number, "sample"), CELL("purpose", ANSWER_STATE, state, NULL),
                                  CELL("destinations", ANSWER_TEXT, name, NULL), CELL("at", ANSWER_INSTANT, at, NULL),
                                  CELL("left", ANSWER_DECIMAL, quantity, NULL)}},
    [TRACE_DOCUMENT] = {"documents", {CELL("document", ANSWER_LINK, number, "document"), CELL("kind", ANSWER_STATE, state, NULL),
                                      CELL("subject", ANSWER_TEXT, name, NULL), CELL("at", ANSWER_INSTANT, at, NULL)}},
};

/* What is known while the rows come by. */
typedef struct descent {
    call *call;
    answer *lists[TRACE_SECTIONS];
    const char **batches; /* numbers, in the order in which the batches came */
    int64_t *batch_ids;
    size_t batch_count, batch_room, at;
    int64_t *patients;
    size_t patient_count, patient_room;
    answer *last;         /* the dispensing that the row before was of, its bottles and their units */
    int64_t last_dispensing, last_units, dispensings, bottles_here, units_here;
} descent;

static void *grown(arena *arena, void *old, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return old;
    *room = *room ? *room * 2 : 64;
    void *made = arena_array(arena, *room, size);
    if (count > 0)
        memcpy(made, old, count * size);
    return made;
}

static void note_batch(descent *d, const trace_down *row)
{
    size_t room = d->batch_room;
    d->batches = grown(d->call->arena, d->batches, d->batch_count, &room, sizeof *d->batches);
    d->batch_ids = grown(d->call->arena, d->batch_ids, d->batch_count, &d->batch_room, sizeof *d->batch_ids);
    d->batches[d->batch_count] = row->number;
    d->batch_ids[d->batch_count++] = row->batch;
}

/* Rows come batch after batch, in the order of the batches. */
static const char *batch_number(descent *d, int64_t id)
{
    for (size_t tries = 0; tries < d->batch_count; tries++, d->at = (d->at + 1) % d->batch_count)
        if (d->batch_ids[d->at] == id)
            return d->batches[d->at];
    return NULL;
}

static void put_bottle_here(descent *d, const trace_down *row)
{
    answer *bottle = add_object(d->lists[TRACE_BOTTLE]);
    put_link(bottle, "bottle", "bottle", row->number);
    put_link(bottle, "batch", "batch", batch_number(d, row->batch));
    put_count(bottle, "units", row->quantity);
    put_state_of(bottle, "state", "bottle", row->state ? row->state : "in-stock");
    put_link(bottle, "from-bottle", "bottle", row->detail);
    if (!row->state) {
        d->bottles_here++;
        d->units_here += row->quantity;
    }
}

/* "36 brought back, 56 lost": what a recall need not reach any more; NULL where all is still with the patient. */
static const char *gone_words(const call *call, const trace_down *row)
{
    int64_t returned = row->returned == ABSENT ? 0 : row->returned, lost = row->lost == ABSENT ? 0 : row->lost;
    refusal_value values[] = {{"returned", arena_format(call->arena, "%lld", (long long)returned)}, {"lost", arena_format(call->arena, "%lld", (long long)lost)}};
    return returned + lost > 0 ? catalogue_fill(call->arena, call->language, "trace.gone", values, 2) : NULL;
}

static void put_dispensed(descent *d, const trace_down *row)
{
    d->last = add_object(d->lists[TRACE_DISPENSING]);
    put_kept(d->last, "dispensing", ANSWER_LINK, row->taken_by, "dispensing");
    put_kept(d->last, "patient", ANSWER_LINK, row->pseudonym, "patient");
    put_kept(d->last, "batch", ANSWER_LINK, batch_number(d, row->batch), "batch");
    put_kept(d->last, "state", ANSWER_STATE, row->taken_state, "dispensing");
    put_kept(d->last, "at", ANSWER_INSTANT, row->at, NULL);
    put_text(d->last, "no-longer-there", gone_words(d->call, row));
    put_kept(d->last, "bottles", ANSWER_LINK, row->number, "bottle");
    put_count(d->last, "units", row->quantity);
    d->last_dispensing = row->dispensing;
    d->last_units = row->quantity;
    d->dispensings++;
    d->patients = grown(d->call->arena, d->patients, d->patient_count, &d->patient_room, sizeof *d->patients);
    d->patients[d->patient_count++] = row->patient;
}

/* A further bottle of the dispensing before. */
static void add_bottle(descent *d, const trace_down *row)
{
    answer *units = d->last->last, *bottles = d->last->first;
    while (bottles->next != units)
        bottles = bottles->next;
    d->last_units += row->quantity;
    bottles->kind = ANSWER_TEXT;
    bottles->text = arena_format(d->call->arena, "%s, %s", bottles->text, row->number);
    units->text = arena_format(d->call->arena, "%lld", (long long)d->last_units);
}

static void put_bottle(descent *d, const trace_down *row, const trace_down *next)
{
    bool taken = row->dispensing != ABSENT && strcmp(row->taken_state, "cancelled") != 0;
    bool again = next && next->section == TRACE_BOTTLE && strcmp(next->number, row->number) == 0;
    if (taken && d->last && row->dispensing == d->last_dispensing)
        add_bottle(d, row);
    else if (taken)
        put_dispensed(d, row);
    else if (!again) /* a cancelled dispensing; the bottle's next row says who has it now */
        put_bottle_here(d, row);
}

static void put_row(descent *d, const trace_down *row, const trace_down *next)
{
    if (row->section == TRACE_BOTTLE) {
        put_bottle(d, row, next);
        return;
    }
    if (row->section == TRACE_BATCH)
        note_batch(d, row);
    answer *made = traces_put_row(d->lists[row->section], &layouts[row->section], row, row->unit);
    if (row->section == TRACE_SAMPLE)
        put_link(made, "batch", "batch", batch_number(d, row->batch));
}

static int order(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void put_counts(descent *d, answer *counts)
{
    int64_t patients = 0;
    if (d->patient_count > 0)
        qsort(d->patients, d->patient_count, sizeof *d->patients, order);
    for (size_t i = 0; i < d->patient_count; i++)
        patients += i == 0 || d->patients[i] != d->patients[i - 1];
    put_count(counts, "batches", (int64_t)d->batch_count);
    put_count(counts, "dispensings", d->dispensings);
    put_count(counts, "patients", patients);
    put_count(counts, "bottles-in-stock", d->bottles_here);
    put_count(counts, "units-in-stock", d->units_here);
}

/* Each row is put when the next is known: a bottle may come more than once. */
static ending read_rows(descent *d, const trace_start *start)
{
    store_cursor *cursor = NULL;
    trace_down rows[2] = {0};
    bool found = false, more = false;
    TRY(store_rows(d->call->store, &TRACE_DOWN, start, d->call->arena, &cursor));
    TRY(store_next(cursor, d->call->arena, &rows[0], &found));
    for (int at = 0; found; at = 1 - at, found = more) {
        TRY(store_next(cursor, d->call->arena, &rows[1 - at], &more));
        put_row(d, &rows[at], more ? &rows[1 - at] : NULL);
    }
    return DONE;
}

static ending run(call *call)
{
    static const enum trace_section sections[] = {TRACE_LOT, TRACE_CONTAINER, TRACE_BATCH, TRACE_BOTTLE, TRACE_DISPENSING, TRACE_SAMPLE, TRACE_DOCUMENT};
    trace_start start = {0};
    descent d = {.call = call};
    TRY(traces_start(call, &start));
    answer *counts = put_object(call->done, "counts");
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        d.lists[sections[i]] = put_list(call->done, layouts[sections[i]].name);
    TRY(read_rows(&d, &start));
    put_counts(&d, counts);
    return DONE;
}

const act trace_down_act = {.name = "trace down", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
