/* Judges a complete series against the frozen specification, after rounding to the limit's precision.
 * Rule: Ph. Eur. General Notices 1, 2.9.1, 2.9.5, 2.9.40, 5.1.4. */
#include <string.h>

#include "magistral/act/numbers.h"
#include "magistral/act/results.h"

static const input_definition inputs[] = {
    {"result", INPUT_NUMBER, INPUT_POSITIONAL, "result", "B26-0001/R5"},
    {0},
};

/* A staged test that is not concluded names the reserve for its second stage. */
static ending propose_stage(call *call, const result_whole *whole, control_verdict verdict)
{
    sample_line reserve = {0};
    int64_t most = 0, units = (int64_t)control_further_units(whole->specification.kind);
    if (verdict != CONTROL_TEST_20_MORE && verdict != CONTROL_TEST_12_MORE)
        return DONE;
    TRY(results_reserve(call, &whole->batch, units, &reserve, &most));
    put_text(call->done, "way-out", reserve.id ? "result continue" : "batch refuse");
    put_count(call->done, "units", units);
    put_link(call->done, "reserve", "sample", reserve.number);
    put_count(call->done, "left", most);
    return DONE;
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
    return propose_stage(call, &whole, judged.verdict);
}

const act result_close_act = {.name = "result close", .right = RIGHT_ENTER_RESULTS, .inputs = inputs, .states = "open", .run = run};
