/* What the counter does next for a request: one act with what is known of its inputs, in the order confirm, print, stick, scan,
 * check, hand over; before it, what the request waits for. Rule: CSP R.5125-45; R.4235-48. */
#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/destructions.h"
#include "magistral/act/dispensings.h"
#include "magistral/act/labels.h"
#include "magistral/act/numbers.h"
#include "magistral/act/reattributions.h"
#include "magistral/act/requests.h"
#include "magistral/domain/quantity.h"
#include "magistral/store/cost.h"
#include "magistral/store/document.h"
#include "magistral/store/formula.h"

static const input_definition inputs[] = {
    {"request", INPUT_NUMBER, INPUT_POSITIONAL, "request", "RX26-0001"},
    {0},
};

/* Where a request stands. */
typedef struct standing {
    request request;
    batch batch;           /* that serves it, or is to; id 0: none */
    dispensing dispensing; /* the one under way; id 0: none */
    const char *act;       /* what comes next, or NULL */
    answer *inputs;        /* of its door */
} standing;

static void propose(standing *s, answer *task, const char *act)
{
    s->act = act;
    s->inputs = put_door(task, "door", act);
}

/* Here, and with capsules for this request. */
static ending has_capsules(call *call, const request *request, const batch_of_request *line, bool *ret_has)
{
    share share = {0};
    batch_free free = {0};
    bool found = false;
    *ret_has = false;
    if (!text_equal(line->state, "released"))
        return DONE;
    TRY(store_find(call->store, &SHARE_OF_REQUEST, (&(struct share){.batch = line->id, .request = request->id}), call->arena, &share, &found));
    TRY(reattributions_free(call, &(batch){.id = line->id}, &free));
    *ret_has = found && share_left(&share) > 0 && free.here > 0;
    return DONE;
}

/* That of the dispensing under way; else where capsules are, the oldest batch first but for what was reattributed; else what is under way; a batch that has nothing left only once
 * nothing is lacking. */
static ending find_batch(call *call, standing *s)
{
    batch_of_request *lines = NULL;
    const char *has = NULL, *under_way = NULL, *stands = NULL;
    size_t count = 0;
    int64_t lacking = 0;
    bool found = false;
    if (s->dispensing.id)
        return store_find(call->store, &BATCH_BY_ID, (&(batch){.id = s->dispensing.batch}), call->arena, &s->batch, &found);
    TRY(store_list(call->store, &BATCHES_OF_REQUEST, (&(batch_of_request){.request = s->request.id, .day = call->today}), call->arena, &lines, &count));
    TRY(reattributions_lacking(call, &s->request, &lacking));
    for (size_t i = 0; i < count; i++) {
        bool capsules = false;
        if (lines[i].reattributed < 0 || batch_fell(lines[i].state))
            continue;
        TRY(has_capsules(call, &s->request, &lines[i], &capsules));
        has = capsules ? lines[i].number : has;
        stands = stands ? stands : lines[i].number;
        if (!under_way && !text_is_among("released|expired", lines[i].state))
            under_way = lines[i].number;
        if (capsules && lines[i].reattributed)
            break;
    }
    const char *number = has ? has : under_way ? under_way : lacking < 1 ? stands : NULL;
    return number ? store_find(call->store, &BATCH_BY_NUMBER, (&(batch){.number = number}), call->arena, &s->batch, &found) : DONE;
}

/* The dispensing that is confirmed and not handed over; *ret_given counts what was. */
static ending find_dispensing(call *call, standing *s, answer *list, int64_t *ret_given)
{
    store_cursor *cursor = NULL;
    *ret_given = 0;
    TRY(store_rows(call->store, &DISPENSING_ROWS_OF_REQUEST, (&(dispensing_row){.request = s->request.number}), call->arena, &cursor));
    for (;;) {
        dispensing_row row = {0};
        bool found = false, under_way = false;
        TRY(store_next(cursor, call->arena, &row, &found));
        if (!found)
            return DONE;
        answer *line = add_object(list);
        put_link(line, "dispensing", "dispensing", row.number);
        put_state_of(line, "state", "dispensing", row.state);
        put_count(line, "units", row.units);
        put_decimal(line, "charged", money_text(call->arena, (money){row.charged}), "EUR");
        *ret_given += strcmp(row.state, "handed-over") == 0 ? row.units : 0;
        if (strcmp(row.state, "confirmed") == 0 || strcmp(row.state, "checked") == 0)
            TRY(store_find(call->store, &DISPENSING_BY_NUMBER, (&(dispensing){.number = row.number}), call->arena, &s->dispensing, &under_way));
    }
}

/* Confirmed: labels printed, stuck, scanned with their bottles, then checked. */
static ending follow_dispensing(call *call, standing *s, answer *task)
{
    label *labels = NULL;
    taken_bottle *bottles = NULL;
    size_t count = 0, bottle_count = 0, applied = 0, printed = 0, scanned = 0;
    TRY(store_list(call->store, &LABEL_OF_SUBJECT, (&(label){.kind = "dispensing", .subject = s->dispensing.number}), call->arena, &labels, &count));
    TRY(store_list(call->store, &BOTTLES_OF_DISPENSING, (&(taken_bottle){.dispensing = s->dispensing.id}), call->arena, &bottles, &bottle_count));
    for (size_t i = 0; i < count; i++) {
        applied += strcmp(labels[i].state, "applied") == 0;
        printed += strcmp(labels[i].state, "printed") == 0;
    }
    for (size_t i = 0; i < bottle_count; i++)
        scanned += dispensings_is_scanned(&bottles[i]);
    if (printed > 0) {
        propose(s, task, "label settle");
        for (size_t i = 0; i < count; i++)
            door_give(s->inputs, "label", strcmp(labels[i].state, "printed") == 0 ? labels[i].number : NULL);
        door_give(s->inputs, "state", "applied");
        return DONE;
    }
    propose(s, task, applied < bottle_count ? "label print" : scanned < bottle_count ? "dispensing scan" : "dispensing check");
    door_give(s->inputs, applied < bottle_count ? "number" : "dispensing", s->dispensing.number);
    if (applied < bottle_count)
        door_give(s->inputs, "kind", "dispensing");
    return DONE;
}

static ending put_quote(call *call, const standing *s, answer *task)
{
    dispensing_quote quote = {0};
    TRY(dispensings_quoted(call, &s->request, &s->batch, &quote));
    put_count(task, "capsules", quote.due);
    if (quote.lacking > 0)
        put_count(task, "lacking", quote.lacking);
    put_figure(task, "price", money_text(call->arena, quote.charge.charge), "EUR", quote.charge.figure.formula);
    const taken_bottle *bottles = NULL;
    size_t count = 0;
    TRY(dispensings_choose(call, &s->batch, quote.due, false, &bottles, &count));
    return labels_show_proposed(call, &s->request, &s->batch, bottles, count, task);
}

/* After the release every bottle that is left gets the label that says so, and that label is stuck. */
static ending label_bottles(call *call, standing *s, answer *task)
{
    taken_bottle *bottles = NULL;
    label *labels = NULL;
    size_t bottle_count = 0, count = 0;
    TRY(store_list(call->store, &LABEL_OF_BATCH, (&(label){.batch = s->batch.id}), call->arena, &labels, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(labels[i].kind, "bottle") != 0 || strcmp(labels[i].state, "printed") != 0)
            continue;
        if (!s->inputs)
            propose(s, task, "label settle");
        door_give(s->inputs, "label", labels[i].number);
    }
    if (s->inputs) {
        door_give(s->inputs, "state", "applied");
        return DONE;
    }
    TRY(store_list(call->store, &BOTTLES_OF_BATCH, (&(taken_bottle){.batch = s->batch.id}), call->arena, &bottles, &bottle_count));
    for (size_t i = 0; i < bottle_count; i++) {
        bool free = destructions_takes(&bottles[i]) && !bottles[i].unverified;
        if (!free || dispensings_check_bottle_label(call, NULL, bottles[i].number) == DONE)
            continue;
        if (!s->inputs)
            propose(s, task, "label print");
        door_give(s->inputs, "number", bottles[i].number);
    }
    if (s->inputs)
        door_give(s->inputs, "kind", "bottle");
    return DONE;
}

/* A released batch: its cost frozen first, then confirmed. What cannot be quoted is told when it is tried. */
static ending start_dispensing(call *call, standing *s, answer *task)
{
    cost_sheet sheet = {0};
    bool frozen = false;
    outcome *asking = call->outcome, quoting = outcome_new(call->arena);
    TRY(store_find(call->store, &COST_SHEET_OF_BATCH, (&(cost_sheet){.batch = s->batch.id}), call->arena, &sheet, &frozen));
    call->outcome = &quoting;
    ending result = frozen ? label_bottles(call, s, task) : DONE;
    if (result == DONE && !s->inputs) {
        propose(s, task, frozen ? "dispensing confirm" : "cost freeze");
        if (frozen)
            door_give(s->inputs, "request", s->request.number);
        door_give(s->inputs, "batch", s->batch.number);
        result = frozen ? put_quote(call, s, task) : DONE;
    }
    call->outcome = asking;
    if (result == FAILED)
        *asking = quoting;
    return result == FAILED ? FAILED : DONE;
}

static ending find_next(call *call, standing *s, answer *task, int64_t given)
{
    if (strcmp(s->request.state, "received") == 0) {
        propose(s, task, "request accept");
        door_give(s->inputs, "request", s->request.number);
    } else if (strcmp(s->request.state, "accepted") != 0 || (!s->dispensing.id && given >= s->request.units)) {
        return DONE;
    } else if (s->dispensing.id && strcmp(s->dispensing.state, "checked") == 0) {
        propose(s, task, "dispensing hand-over");
        door_give(s->inputs, "dispensing", s->dispensing.number);
    } else if (s->dispensing.id) {
        return follow_dispensing(call, s, task);
    } else if (s->batch.id && strcmp(s->batch.state, "released") == 0) {
        return start_dispensing(call, s, task);
    } else if (!s->batch.id) {
        formula formula = {0};
        bool found = false;
        TRY(store_find(call->store, &FORMULA_BY_ID, (&(struct formula){.id = s->request.formula}), call->arena, &formula, &found));
        propose(s, task, "batch plan");
        door_give(s->inputs, "formula", formula.code);
        door_give(s->inputs, "requests", s->request.number);
    }
    return DONE;
}

static void put_absent(answer *task)
{
    static const char *const names[] = {"door", "capsules", "lacking", "price", "picture", "pages"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!answer_find(task, names[i]))
            put_text(task, names[i], NULL);
}

static ending run(call *call)
{
    standing s = {0};
    patient patient = {0};
    bool found = false;
    int64_t given = 0;
    TRY(requests_find(call, "request", call_text(call, "request"), &s.request));
    TRY(store_find(call->store, &PATIENT_BY_ID, (&(struct patient){.id = s.request.patient}), call->arena, &patient, &found));
    answer *list = put_list(answer_object(call->arena), "dispensings");
    TRY(find_dispensing(call, &s, list, &given));
    TRY(find_batch(call, &s));
    put_link(call->done, "request", "request", s.request.number);
    put_state_of(call->done, "state", "request", s.request.state);
    put_link(call->done, "patient", "patient", patient.pseudonym);
    put_text(call->done, "prescriber", s.request.prescriber);
    put_day(call->done, "prescribed-on", s.request.prescribed_on);
    put_text(call->done, "posology", s.request.posology);
    put_figure(call->done, "units", count_text(call->arena, s.request.units), NULL,
               arena_format(call->arena, "%lld x %lld", (long long)s.request.daily_units, (long long)s.request.days));
    put_link(call->done, "batch", "batch", s.batch.number);
    put_state(call->done, "batch-state", s.batch.state);
    put_day(call->done, "expiry", s.batch.expiry);
    answer *task = answer_object(call->arena);
    answer_put(call->done, "dispensings", list);
    put_count(call->done, "given", given);
    TRY(find_next(call, &s, task, given));
    put_absent(task);
    answer_put(call->done, "task", task);
    return DONE;
}

const act request_next_act = {.name = "request next", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
