/* Confirms a dispensing: gives it its ordonnancier number, its bottles and its charge, in one transaction with its line of
 * the register. Rule: CSP R.5125-45, R.5132-10; BPP 7.27. */
#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/dispensings.h"
#include "magistral/act/registers.h"
#include "magistral/act/requests.h"

static const input_definition inputs[] = {
    {"request", INPUT_NUMBER, INPUT_POSITIONAL, "request", "RX26-0001"},
    {"batch", INPUT_NUMBER, 0, "batch", "B26-0001"},
    {"bottles", INPUT_NUMBER, INPUT_OPTIONAL | INPUT_LIST, "bottle", "B26-0001/1 B26-0001/2"},
    {"reason", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

typedef struct confirming {
    request request;
    batch batch;
    dispensing_quote quote;
    const taken_bottle *bottles;
    size_t count;
} confirming;

static ending find_things(call *call, confirming *c)
{
    COLLECT(requests_find(call, "request", call_text(call, "request"), &c->request));
    COLLECT(batches_find(call, "batch", &c->batch));
    if (c->request.id && strcmp(c->request.state, "accepted") != 0)
        call_refuse(call, "DISPENSING-08", "request", "request", c->request.number, "state", call_state(call, "request", c->request.state), NULL);
    if (!c->batch.id)
        return call_ending(call);
    COLLECT(dispensings_check_batch(call, &c->batch, "batch"));
    return call_ending(call);
}

static ending write(call *call, const confirming *c, dispensing *made)
{
    TRY(store_insert(call->store, &DISPENSING_INSERT, made));
    for (size_t i = 0; i < c->count; i++) {
        dispensing_bottle taken = {.dispensing = made->id, .bottle = c->bottles[i].id};
        TRY(store_insert(call->store, &DISPENSING_BOTTLE_INSERT, &taken));
        call_concerns(call, "bottle", c->bottles[i].number);
    }
    call_concerns(call, "dispensing", made->number);
    return registers_enter(call, "dispensing", made->number, c->batch.id, made->id, made->late_reason);
}

static ending run(call *call)
{
    confirming c = {0};
    const char *number = NULL, *last = NULL;
    if (!call->rehearsal) /* no patient identity and no protocol gate yet */
        return call_refuse(call, "DISPENSING-19", NULL, NULL);
    TRY(find_things(call, &c));
    TRY(dispensings_quoted(call, &c.request, &c.batch, &c.quote));
    if (!dispensings_fit_expiry(call, &c.batch, &c.request, c.quote.due, &last) && !call_has(call, "reason"))
        call_refuse(call, "DISPENSING-32", "reason", "batch", c.batch.number, "last", last, "expiry", c.batch.expiry, NULL);
    TRY(dispensings_choose(call, &c.batch, c.quote.due, call_has(call, "bottles"), &c.bottles, &c.count));
    TRY(registers_next(call, "dispensing", &number));
    dispensing made = {.number = number, .batch = c.batch.id, .request = c.request.id, .patient = c.request.patient, .units = c.quote.due, .charged = c.quote.charge.charge.micro_euro,
                       .charge_formula = arena_format(call->arena, "%s = %s EUR", c.quote.charge.figure.formula, c.quote.charge.figure.text),
                       .state = "confirmed", .confirmed_by = call->person.id, .confirmed_at = call->now, .checked_by = ABSENT,
                       .handed_over_by = ABSENT, .cancelled_by = ABSENT, .late_reason = call_text(call, "reason")};
    TRY(write(call, &c, &made));
    dispensings_put(call, &made, made.state);
    if (c.quote.lacking > 0)
        put_count(call->done, "lacking", c.quote.lacking);
    answer *bottles = put_list(call->done, "bottles");
    for (size_t i = 0; i < c.count; i++)
        answer_add(bottles, answer_make(call->arena, ANSWER_LINK, c.bottles[i].number, "bottle", NULL));
    put_figure(call->done, "charged", money_text(call->arena, (money){made.charged}), "EUR", made.charge_formula);
    return DONE;
}

const act dispensing_confirm_act = {.name = "dispensing confirm", .right = RIGHT_DISPENSE, .inputs = inputs, .states = "accepted", .other = {"batch", "released"}, .run = run};
