/* The second stage of a staged test: the first units stay, further ones come from the reserve.
 * Rule: Ph. Eur. 2.9.40 (20 more), 2.9.1 (12 more). */
#include <string.h>

#include "magistral/act/numbers.h"
#include "magistral/act/results.h"
#include "magistral/store/document.h"

static const input_definition inputs[] = {
    {"result", INPUT_NUMBER, INPUT_POSITIONAL, "result", "B26-0002/R4"},
    {0},
};

/* The label of the reserve says how many units it holds: it no longer does. */
static ending put_stale_label(call *call, const sample_line *reserve)
{
    label *labels = NULL;
    size_t count = 0;
    label wanted = {.kind = "retained-sample", .subject = reserve->number};
    TRY(store_list(call->store, &LABEL_OF_SUBJECT, &wanted, call->arena, &labels, &count));
    for (size_t i = 0; i < count; i++)
        if (text_is_among("printed|applied", labels[i].state))
            put_link(call->done, "label-to-print-again", "label", labels[i].number);
    return DONE;
}

static ending run(call *call)
{
    result_whole whole = {0};
    sample_line reserve = {0};
    int64_t most = 0;
    TRY(results_find(call, &whole));
    TRY(results_check_controller(call, &whole.batch, whole.control));
    bool staged = strcmp(whole.result.verdict, "test 20 more") == 0 || strcmp(whole.result.verdict, "test 12 more") == 0;
    if (!staged)
        call_refuse(call, "RESULT-18", "result", "result", whole.result.number, "verdict", call_word(call, "state.", whole.result.verdict), NULL);
    TRY(call_ending(call));
    int64_t units = (int64_t)control_further_units(whole.specification.kind);
    TRY(results_reserve(call, &whole.batch, units, &reserve, &most));
    if (!reserve.id)
        return call_refuse(call, "RESULT-19", "result", "units", count_text(call->arena, units), "left", count_text(call->arena, most), "batch",
                           whole.batch.number, NULL);
    if (reserve.received == ABSENT)
        return call_refuse(call, "RESULT-36", "result", "sample", reserve.number, NULL);
    reserve.used += units;
    TRY(store_update(call->store, &SAMPLE_USE, (&(sample){.id = reserve.id, .used = reserve.used})));
    TRY(store_update(call->store, &RESULT_CONTINUE, &whole.result));
    call_concerns(call, "sample", reserve.number);
    put_link(call->done, "result", "result", whole.result.number);
    put_count(call->done, "stage", 2);
    put_count(call->done, "units", units);
    put_link(call->done, "reserve", "sample", reserve.number);
    put_count(call->done, "left", sample_left(&reserve));
    return put_stale_label(call, &reserve);
}

const act result_continue_act = {.name = "result continue", .right = RIGHT_ENTER_RESULTS, .inputs = inputs, .states = "closed|verified", .run = run};
