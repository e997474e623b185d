/* A value was copied wrongly from the raw document: what was first entered stays beside what takes its place, the series is judged again, and
 * another person verifies it anew. What was measured is never amended: a result that is in doubt is set aside. Rule: BPP 4.40, 6.18; EU GMP 4.9. */
#include <string.h>

#include "magistral/act/amendments.h"
#include "magistral/act/numbers.h"
#include "magistral/act/reconciliations.h"
#include "magistral/act/results.h"

static const input_definition inputs[] = {
    {"result", INPUT_NUMBER, INPUT_POSITIONAL, "result", "B26-0001/R5"},
    {"series", INPUT_CHOICE, INPUT_OPTIONAL, "value|gross|shell", "value"},
    {"position", INPUT_COUNT, 0, NULL, "3"},
    {"value", INPUT_TEXT, 0, NULL, "99.1"},
    {"reason", INPUT_TEXT, 0, NULL, "Le rapport du laboratoire dit 99,1 et non 91,9"},
    {0},
};

static ending find_value(call *call, const result_whole *whole, const char *series, result_value *ret_value)
{
    int64_t position = call_integer(call, "position");
    for (size_t i = 0; i < whole->value_count; i++)
        if (text_equal(whole->values[i].series, series) && whole->values[i].rank == position) {
            *ret_value = whole->values[i];
            return DONE;
        }
    return call_refuse(call, "AMENDMENT-08", "position", "result", whole->result.number, "position", count_text(call->arena, position), "entered",
                       count_text(call->arena, (int64_t)results_entered(whole, series)), NULL);
}

static ending read_value(call *call, const result_whole *whole, const char **ret_text)
{
    const char *given = call_text(call, "value"), *position = count_text(call->arena, call_integer(call, "position"));
    if (control_is_below_zero(&whole->specification, given))
        return call_refuse(call, "RESULT-26", "value", "position", position, "value", given, NULL);
    if (!control_read_value(call->arena, &whole->specification, given, ret_text))
        return call_refuse(call, "RESULT-11", "value", "position", position, "value", given, "example", call_word(call, "value-of.", whole->control->kind), NULL);
    return DONE;
}

/* The verdict on the values as they are to be, before anything is written. */
static ending judge(call *call, const result_whole *whole, const result_value *value, const char *text, const char **ret_verdict)
{
    control_judged judged = {0};
    for (size_t i = 0; i < whole->value_count; i++)
        if (whole->values[i].id == value->id)
            whole->values[i].value = text;
    control_values values = results_values(call, whole);
    bool good = control_judge(call->arena, &whole->specification, &values, (int)whole->result.stage, &judged) == CONTROL_GOOD;
    *ret_verdict = good ? control_verdict_word(judged.verdict) : NULL;
    return DONE;
}

static ending write(call *call, const result_whole *whole, result_value *value, const char *text)
{
    control_judged judged = {0};
    result closed = {0};
    value->value = text;
    TRY(store_update(call->store, &RESULT_VALUE_AMEND, value));
    if (text_equal(whole->result.state, "open"))
        return DONE;
    TRY(results_close(call, whole, &closed, &judged));
    put_text(call->done, "stated", closed.stated);
    put_state(call->done, "verdict", closed.verdict);
    answer_put(call->done, "computation", judged.computation);
    if (whole->specification.kind == CONTROL_MASS_UNIFORMITY) /* its mean entered the reconciliation */
        return reconciliations_again(call, &whole->batch, "powder");
    return DONE;
}

static ending run(call *call)
{
    result_whole whole = {0};
    result_value value = {0};
    const char *series = call_has(call, "series") ? call_text(call, "series") : "value", *text = NULL, *verdict = NULL;
    TRY(results_find(call, &whole));
    TRY(results_check_controller(call, &whole.batch, whole.control));
    TRY(call_ending(call));
    if (!whole.result.raw_document)
        return call_refuse(call, "AMENDMENT-07", "result", "result", whole.result.number, NULL);
    TRY(find_value(call, &whole, series, &value));
    TRY(read_value(call, &whole, &text));
    amended_entry entry = {arena_format(call->arena, "%s %lld", series, (long long)value.rank), value.value, text, value.unit, NULL};
    bool same = text_equal(value.value, text), judged = !text_equal(whole.result.state, "open");
    if (judged)
        TRY(judge(call, &whole, &value, text, &verdict));
    amending amending = {.batch = &whole.batch, .kind = "result", .subject = whole.result.number, .author = value.entered_by, .entered_at = value.at,
                         .used = text_equal(whole.result.state, "verified") || value.stage < whole.result.stage,
                         .good_before = !judged || text_equal(whole.result.verdict, "complies"), .good_after = !judged || text_equal(verdict, "complies"),
                         .verdict_changes = judged && !text_equal(verdict, whole.result.verdict),
                         .raw_document = whole.result.raw_document, .entries = &entry, .count = same ? 0 : 1};
    TRY(amendments_check(call, &amending));
    put_link(call->done, "result", "result", whole.result.number);
    TRY(amendments_write(call, &amending));
    return write(call, &whole, &value, text);
}

const act result_amend_act = {.name = "result amend", .right = RIGHT_ENTER_RESULTS, .inputs = inputs, .states = "open|closed|verified", .run = run};
