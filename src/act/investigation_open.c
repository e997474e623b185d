/* A result that does not comply is investigated before anything is done again: whoever controls says what may explain it.
 * Rule: BPP 5.03, 6.68; EU GMP 6.35. */
#include "magistral/act/investigations.h"
#include "magistral/act/numbers.h"
#include "magistral/store/series.h"

static const input_definition inputs[] = {
    {"result", INPUT_NUMBER, INPUT_POSITIONAL, "result", "B26-0001/R5"},
    {"hypothesis", INPUT_LONG, 0, NULL, "Solution témoin mal diluée : fiole de 50 mL au lieu de 100 mL"},
    {0},
};

/* One at a time, and none once the result is explained. */
static ending check_first(call *call, const result *result)
{
    investigation last = {0};
    bool found = false;
    TRY(store_find(call->store, &INVESTIGATION_LAST, (&(investigation){.result = result->id}), call->arena, &last, &found));
    if (found && !text_equal(last.conclusion, "inconclusive"))
        call_refuse(call, "INVESTIGATION-03", "result", "investigation", last.number, "result", result->number, "state",
                    call_state(call, "investigation", last.conclusion ? last.conclusion : last.state), NULL);
    return DONE;
}

static ending run(call *call)
{
    result_whole whole = {0};
    const char *number = NULL;
    TRY(results_find(call, &whole));
    TRY(results_check_controller(call, &whole.batch, whole.control));
    if (!text_equal(whole.result.verdict, "does not comply"))
        call_refuse(call, "INVESTIGATION-02", "result", "result", whole.result.number, "verdict", call_word(call, "state.", whole.result.verdict), NULL);
    TRY(check_first(call, &whole.result));
    TRY(call_ending(call));
    TRY(number_next(call, &INVESTIGATION_SERIES, "I", &number));
    investigation made = {.number = number, .batch = whole.batch.id, .result = whole.result.id, .hypothesis = call_text(call, "hypothesis"),
                          .opened_by = call->person.id, .opened_at = call->now, .state = "open", .concluded_by = ABSENT};
    TRY(store_insert(call->store, &INVESTIGATION_INSERT, &made));
    call_concerns(call, "investigation", number);
    put_link(call->done, "investigation", "investigation", number);
    put_link(call->done, "result", "result", whole.result.number);
    put_text(call->done, "stated", whole.result.stated);
    put_state_of(call->done, "state", "investigation", made.state);
    return DONE;
}

const act investigation_open_act = {.name = "investigation open", .right = RIGHT_ENTER_RESULTS, .inputs = inputs, .states = "closed|verified", .run = run};
