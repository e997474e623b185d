/* A pharmacist sets a result aside because of a deviation of the analysis; it stays in the record and on the certificate. One that does not
 * comply is set aside only once an investigation has shown an error of the laboratory.
 * Never a way to replace the first units of a staged test. Rule: BPP 5.03, 6.68; EU GMP 6.35; Ph. Eur. 2.9.40. */
#include <string.h>

#include "magistral/act/investigations.h"
#include "magistral/store/deviation.h"

static const input_definition inputs[] = {
    {"result", INPUT_NUMBER, 0, "result", "B26-0001/R5"},
    {"deviation", INPUT_NUMBER, 0, "deviation", "D26-0001"},
    {"reason", INPUT_LONG, 0, NULL, "Injection interrompue par une coupure de courant"},
    {0},
};

static ending check_deviation(call *call, const result_whole *whole, int64_t *ret_deviation)
{
    deviation deviation = {0};
    bool found = false;
    const char *number = call_text(call, "deviation");
    TRY(store_find(call->store, &DEVIATION_BY_NUMBER, (&(struct deviation){.number = number}), call->arena, &deviation, &found));
    if (!found)
        call_refuse(call, "DEVIATION-01", "deviation", "deviation", number, NULL);
    else if (deviation.batch != whole->batch.id || !text_equal(deviation.subject, whole->result.number) || strcmp(deviation.state, "decided") != 0)
        call_refuse(call, "RESULT-25", "deviation", "deviation", deviation.number, "result", whole->result.number, NULL);
    *ret_deviation = deviation.id;
    return DONE;
}

static bool is_failing(const result_whole *whole)
{
    return text_is_among("closed|verified", whole->result.state) && text_equal(whole->result.verdict, "does not comply");
}

static ending check_explained(call *call, const result_whole *whole)
{
    bool explained = false;
    if (is_failing(whole))
        TRY(investigations_explain(call, whole->result.id, &explained));
    if (is_failing(whole) && !explained)
        call_refuse(call, "RESULT-42", "result", "result", whole->result.number, NULL);
    return DONE;
}

/* Once every first unit is entered, a staged test that is not concluded goes on or ends the batch. */
static void check_first_units(call *call, const result_whole *whole)
{
    bool staged = control_further_units(whole->specification.kind) > 0;
    bool entered = results_entered(whole, "value") >= control_expected(&whole->specification, 1, "value");
    if (staged && entered && !text_equal(whole->result.verdict, "complies") && !is_failing(whole))
        call_refuse(call, "RESULT-24", "result", "result", whole->result.number, NULL);
}

static ending run(call *call)
{
    result_whole whole = {0};
    TRY(results_find(call, &whole));
    check_first_units(call, &whole);
    TRY(check_explained(call, &whole));
    result invalidated = whole.result;
    TRY(check_deviation(call, &whole, &invalidated.deviation));
    TRY(call_ending(call));
    invalidated.reason = call_text(call, "reason");
    invalidated.invalidated_by = call->person.id;
    invalidated.invalidated_at = call->now;
    TRY(store_update(call->store, &RESULT_INVALIDATE, &invalidated));
    put_link(call->done, "result", "result", whole.result.number);
    put_state_of(call->done, "state", "result", "invalidated");
    return DONE;
}

const act result_invalidate_act = {.name = "result invalidate", .right = RIGHT_DECIDE_DEVIATIONS, .inputs = inputs, .states = "open|closed|verified", .run = run};
