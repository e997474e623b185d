#include "magistral/act/results.h"

#include <string.h>

#include "magistral/base/catalogue.h"
#include "magistral/base/json.h"
#include "magistral/base/typography.h"
#include "magistral/domain/quantity.h"

ending results_specification(call *call, const formula_content *formula, const formula_control *control,
                             control_specification *ret_specification)
{
    control_specification made = {.limit = control->limit_text, .unit = control->unit, .replicates = (size_t)control->replicates};
    if (!control_kind_parse(control->kind, &made.kind) ||
        decimal_parse(mass_text(call->arena, (mass){formula->version.dose}, "mg", 0), &made.claim) != DECIMAL_GOOD)
        return fail(call->outcome, "control %s of %s cannot be read", control->code, formula->version.number);
    *ret_specification = made;
    return DONE;
}

ending results_load(call *call, result_whole *whole)
{
    bool found = false;
    TRY(store_find(call->store, &BATCH_BY_ID, (&(batch){.id = whole->result.batch}), call->arena, &whole->batch, &found));
    if (!found)
        return fail(call->outcome, "result %s has no batch", whole->result.number);
    TRY(batches_formula(call, &whole->batch, &whole->formula));
    for (size_t i = 0; i < whole->formula.control_count; i++)
        if (whole->formula.controls[i].id == whole->result.control)
            whole->control = &whole->formula.controls[i];
    if (!whole->control)
        return fail(call->outcome, "result %s has no control", whole->result.number);
    TRY(results_specification(call, &whole->formula, whole->control, &whole->specification));
    return store_list(call->store, &RESULT_VALUES_OF, (&(result_value){.result = whole->result.id}), call->arena, &whole->values,
                      &whole->value_count);
}

ending results_find(call *call, result_whole *ret_whole)
{
    bool found = false;
    const char *number = call_text(call, "result");
    result_whole whole = {0};
    TRY(store_find(call->store, &RESULT_BY_NUMBER, (&(result){.number = number}), call->arena, &whole.result, &found));
    if (!found)
        return call_refuse(call, "RESULT-01", "result", "result", number, NULL);
    TRY(results_load(call, &whole));
    call_concerns(call, "batch", whole.batch.number);
    results_check_batch(call, &whole.batch, whole.control, "result");
    if (!text_is_among(call->act->states, whole.result.state))
        call_refuse(call, "RESULT-02", "result", "result", number, "state", call_state(call, "result", whole.result.state), "act",
                    call->act->name, NULL);
    *ret_whole = whole;
    return call_ending(call);
}

ending results_check_controller(call *call, const batch *batch, const formula_control *control)
{
    part part = {0}, wanted = {.batch = batch->id, .person = call->person.id};
    bool found = false;
    if (strcmp(control->due, "in-process") == 0)
        return DONE;
    TRY(store_find(call->store, &PART_OPERATED, &wanted, call->arena, &part, &found));
    if (part.parts > 0)
        call_refuse(call, "RESULT-03", "as", "person", call->person.identifier, "batch", batch->number, NULL);
    return DONE;
}

void results_check_batch(call *call, const batch *batch, const formula_control *control, const char *field)
{
    bool in_process = strcmp(control->due, "in-process") == 0;
    bool later = strcmp(control->due, "after-release") == 0;
    bool good = strcmp(batch->state, "quarantine") == 0 || (in_process && strcmp(batch->state, "in-preparation") == 0) ||
                (later && strcmp(batch->state, "released") == 0);
    if (!good)
        call_refuse(call, "RESULT-04", field, "batch", batch->number, "state", call_word(call, "state.", batch->state), NULL);
}

size_t results_entered(const result_whole *whole, const char *series)
{
    size_t count = 0;
    for (size_t i = 0; i < whole->value_count; i++)
        count += strcmp(whole->values[i].series, series) == 0;
    return count;
}

static control_series series_of(call *call, const result_whole *whole, const char *series)
{
    const char **values = arena_array(call->arena, whole->value_count + 1, sizeof *values);
    size_t count = 0;
    for (size_t i = 0; i < whole->value_count; i++)
        if (strcmp(whole->values[i].series, series) == 0)
            values[count++] = whole->values[i].value;
    return (control_series){values, count};
}

control_values results_values(call *call, const result_whole *whole)
{
    return (control_values){series_of(call, whole, "value"), series_of(call, whole, "gross"), series_of(call, whole, "shell")};
}

ending results_reserve(call *call, const batch *batch, int64_t units, sample_line *ret_reserve, int64_t *ret_most)
{
    sample_line *samples = NULL;
    size_t count = 0;
    *ret_most = 0;
    TRY(store_list(call->store, &SAMPLES_OF, (&(sample_line){.batch = batch->id}), call->arena, &samples, &count));
    for (size_t i = 0; i < count; i++) {
        int64_t left = strcmp(samples[i].purpose, "reserve") == 0 ? sample_left(&samples[i]) : 0;
        *ret_most = left > *ret_most ? left : *ret_most;
        if (left >= units && left > 0)
            *ret_reserve = samples[i];
    }
    return DONE;
}

/* Values that were judged one by one: "< 10, 12". */
static void add_each(buffer *to, language language, const char *values, const char *unit)
{
    for (const char *p = values; *p;) {
        size_t sign = strspn(p, "<>= "), length = strcspn(p + sign, ",");
        if (p != values)
            buffer_add_text(to, language == FRENCH ? typography_semicolon(language) : ", ");
        buffer_add(to, p, sign);
        ARENA_SCOPE arena *arena = arena_new();
        typography_add_number(to, language, arena_copy(arena, p + sign, length), unit);
        p += sign + length;
        p += strspn(p, ", ");
    }
}

/* Single units are bounded at the second stage only. */
static bool second_stage(const control_judged *judged)
{
    return text_equal(answer_find_text(judged->computation, "n"), "30");
}

/* Every figure of a computation, as printed and written in the site's language, by its name. */
ending results_first_stage(call *call, const control_specification *specification, control_series series, control_judged *ret_first,
                           const char **ret_stated)
{
    size_t most = control_expected(specification, 1, "value");
    control_values values = {.value = {series.values, series.count < most ? series.count : most}};
    if (control_judge(call->arena, specification, &values, 1, ret_first) != CONTROL_GOOD)
        return fail(call->outcome, "a first stage is no longer judged as it was");
    *ret_stated = results_stated(call, ret_first, specification);
    return DONE;
}

const char *results_stated(call *call, const control_judged *judged, const control_specification *specification)
{
    static const char *const kinds[] = {
#define WORD(name, word) [name] = word,
        CONTROL_KINDS(WORD)
#undef WORD
    };
    const char *unit = specification->unit ? catalogue_word(call->site_language, "unit.", specification->unit) : NULL;
    refusal_value values[32] = {{"unit", unit}};
    size_t count = 1;
    for (const answer *child = judged->computation->first; child && count < 32; child = child->next) {
        const answer *printed = answer_find(judged->printed, child->name);
        if (child->kind == ANSWER_LIST)
            continue;
        BUFFER_SCOPE buffer text = BUFFER_EMPTY;
        if (child->kind == ANSWER_TEXT)
            add_each(&text, call->site_language, child->text, unit);
        else
            typography_add_answer(&text, call->site_language, call->zone, printed ? printed : child);
        values[count++] = (refusal_value){child->name, arena_text(call->arena, buffer_text(&text))};
    }
    const char *key = arena_format(call->arena, "stated.%s", kinds[specification->kind]);
    if (answer_find(judged->computation, "each"))
        key = "stated.each";
    else if (judged->verdict == CONTROL_COMPLIES && specification->kind == CONTROL_DOSAGE_UNITS && !second_stage(judged))
        key = "stated.dosage-units first stage";
    else if (judged->verdict == CONTROL_TEST_20_MORE || judged->verdict == CONTROL_TEST_12_MORE)
        key = arena_format(call->arena, "stated.%s", control_verdict_word(judged->verdict));
    BUFFER_SCOPE buffer sentence = BUFFER_EMPTY;
    typography_add_sentence(&sentence, call->site_language, catalogue_fill(call->arena, call->site_language, key, values, count));
    return arena_text(call->arena, buffer_text(&sentence));
}

ending results_values_in_words(call *call, int64_t result, language language, const char **ret_words, size_t *ret_count)
{
    result_value *values = NULL;
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    TRY(store_list(call->store, &RESULT_VALUES_OF, (&(result_value){.result = result}), call->arena, &values, ret_count));
    for (size_t i = 0; i < *ret_count; i++) {
        buffer_add_text(&text, i > 0 ? typography_semicolon(language) : "");
        typography_add_number(&text, language, values[i].value, values[i].unit);
    }
    *ret_words = *ret_count > 0 ? arena_text(call->arena, buffer_text(&text)) : NULL;
    return DONE;
}

ending results_check_in_process(call *call, const batch *batch, const formula_content *formula, bool of_powder)
{
    for (size_t i = 0; i < formula->control_count; i++) {
        const formula_control *control = &formula->controls[i];
        result standing = {0}, wanted = {.batch = batch->id, .control = control->id};
        bool found = false;
        if (strcmp(control->due, "in-process") != 0 || (of_powder && (control->units > 0 || control->shares)))
            continue;
        TRY(store_find(call->store, &RESULT_STANDING, &wanted, call->arena, &standing, &found));
        if (!found || !standing.verdict)
            call_refuse(call, "RESULT-30", "batch", "control", control->name, "code", control->code, "batch", batch->number, NULL);
        else if (strcmp(standing.verdict, "complies") != 0)
            call_refuse(call, "RESULT-31", "batch", "control", control->name, "result", standing.number, "stated", standing.stated, NULL);
    }
    return DONE;
}

ending results_is_due(call *call, const batch *batch, const formula_control *control, bool *ret_due)
{
    periodic since = {0}, wanted = {.batch = batch->id, .code = control->code};
    bool found = false;
    *ret_due = text_equal(control->due, "in-process") || text_equal(control->due, "before-release");
    if (!text_equal(control->due, "periodic"))
        return DONE;
    TRY(store_find(call->store, &PERIODIC_SINCE, &wanted, call->arena, &since, &found));
    *ret_due = !since.last || since.batches >= control->every_batches;
    return DONE;
}
