/* A complete series is judged, and the verdict stands with its computation: when it is closed, and when a value of it is amended. */
#include <string.h>

#include "magistral/act/holds.h"
#include "magistral/act/numbers.h"
#include "magistral/act/results.h"
#include "magistral/base/catalogue.h"

static ending explain_incomplete(call *call, const result_whole *whole)
{
    static const char *const series[] = {"value", "gross", "shell"};
    for (size_t i = 0; i < sizeof series / sizeof *series; i++) {
        size_t expected = control_expected(&whole->specification, (int)whole->result.stage, series[i]), entered = results_entered(whole, series[i]);
        if (entered != expected)
            call_refuse(call, "RESULT-13", "result", "series", call_word(call, "state.", series[i]), "expected",
                        count_text(call->arena, (int64_t)expected), "entered", count_text(call->arena, (int64_t)entered), NULL);
    }
    return call_ending(call);
}

static ending explain(call *call, const result_whole *whole, control_error error)
{
    switch (error) {
    case CONTROL_GOOD:
        return DONE;
    case CONTROL_INCOMPLETE:
        return explain_incomplete(call, whole);
    case CONTROL_LIMIT:
        return call_refuse(call, "RESULT-14", "result", "control", whole->control->code, "limit", whole->control->limit_text, NULL);
    case CONTROL_IMPOSSIBLE:
        return call_refuse(call, "RESULT-15", "result", "limit", whole->control->limit_text, NULL);
    case CONTROL_CONTENT:
        return call_refuse(call, "RESULT-16", "result", NULL);
    case CONTROL_RANGE:
        return call_refuse(call, "RESULT-17", "result", NULL);
    }
    return DONE;
}

static ending note_analysed(call *call, const result_whole *whole)
{
    batch batch = whole->batch;
    bool in_process = strcmp(whole->control->due, "in-process") == 0;
    if (in_process || strcmp(batch.state, "released") == 0 || (batch.analysed_on && strcmp(batch.analysed_on, whole->result.analysed_on) >= 0))
        return DONE;
    batch.analysed_on = whole->result.analysed_on;
    return store_update(call->store, &BATCH_ANALYSED, &batch);
}

/* A result that comes after the release and does not comply holds the batch at once. Rule: BPP 6.68, 8.11. */
static ending hold_released(call *call, const result_whole *whole, const result *closed)
{
    const batch *batch = &whole->batch;
    if (strcmp(batch->state, "released") != 0 || batch->held || strcmp(closed->verdict, "complies") == 0)
        return DONE;
    refusal_value values[] = {{"name", whole->control->name}, {"stated", closed->stated}, {"result", closed->number}};
    TRY(batches_hold(call, batch, catalogue_fill(call->arena, call->site_language, "hold.after-release", values, 3), true));
    put_truth(call->done, "held", true);
    return DONE;
}

ending results_close(call *call, const result_whole *whole, result *ret_closed, control_judged *ret_judged)
{
    control_values values = results_values(call, whole);
    TRY(explain(call, whole, control_judge(call->arena, &whole->specification, &values, (int)whole->result.stage, ret_judged)));
    BUFFER_SCOPE buffer computation = BUFFER_EMPTY;
    TRY(answer_write_json(ret_judged->computation, &computation));
    result closed = whole->result;
    closed.closed_at = call->now;
    closed.verdict = control_verdict_word(ret_judged->verdict);
    closed.stated = results_stated(call, ret_judged, &whole->specification);
    closed.computation = arena_text(call->arena, buffer_text(&computation));
    TRY(store_update(call->store, &RESULT_CLOSE, &closed));
    TRY(note_analysed(call, whole));
    *ret_closed = closed;
    return hold_released(call, whole, &closed);
}
