/* Judges a complete series against the frozen specification, after rounding to the limit's precision.
 * Rule: Ph. Eur. General Notices 1, 2.9.1, 2.9.5, 2.9.40, 5.1.4. */
#include <string.h>

#include "magistral/act/numbers.h"
#include "magistral/act/reconciliations.h"
#include "magistral/act/results.h"

static const input_definition inputs[] = {
    {"result", INPUT_NUMBER, INPUT_POSITIONAL, "result", "B26-0001/R5"},
    {0},
};

/* A staged test that is not concluded names the reserve for its second stage. */
static ending propose_stage(call *call, const result_whole *whole, control_verdict verdict)
{
    if (verdict != CONTROL_TEST_20_MORE && verdict != CONTROL_TEST_12_MORE)
        return DONE;
    return results_put_reserve(call, call->done, whole);
}

static ending run(call *call)
{
    result_whole whole = {0};
    control_judged judged = {0};
    result closed = {0};
    TRY(results_find(call, &whole));
    TRY(results_check_controller(call, &whole.batch, whole.control));
    TRY(call_ending(call));
    TRY(results_close(call, &whole, &closed, &judged));
    put_link(call->done, "result", "result", whole.result.number);
    put_text(call->done, "control", whole.control->code);
    put_text(call->done, "stated", closed.stated);
    put_state(call->done, "verdict", closed.verdict);
    answer_put(call->done, "computation", judged.computation);
    if (whole.specification.kind == CONTROL_MASS_UNIFORMITY) /* a mean of another result than the powder was reconciled with */
        TRY(reconciliations_again(call, &whole.batch, "powder"));
    return propose_stage(call, &whole, judged.verdict);
}

const act result_close_act = {.name = "result close", .right = RIGHT_ENTER_RESULTS, .inputs = inputs, .states = "open", .run = run};
