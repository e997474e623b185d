/* Rule: Ph. Eur. 2.9.1: six units, then twelve more; "> 30" stands for a unit that had not disintegrated after 30 minutes. */
#include "magistral/act/calcs.h"
#include "magistral/domain/comparison.h"
#include "magistral/domain/disintegration.h"

static const input_definition inputs[] = {
    {"minutes", INPUT_TEXT, INPUT_LIST | INPUT_POSITIONAL, NULL, "6.5 7.0 7.2 7.8 8.1 9.4"},
    {"limit", INPUT_TEXT, INPUT_OPTIONAL, NULL, "30 min"},
    {0},
};

/* A sign and its number may be two words: ">" "30". */
static void join_signs(call *call, const char **texts, size_t *count)
{
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        bool sign = (texts[i][0] == '<' || texts[i][0] == '>') && !texts[i][1] && i + 1 < *count;
        texts[kept++] = sign ? arena_format(call->arena, "%s %s", texts[i], texts[i + 1]) : texts[i];
        i += sign;
    }
    *count = kept;
}

static bool read_unit(const char *text, decimal limit, disintegration_unit *ret_unit, const char **ret_why)
{
    bool above = text[0] == '>';
    if (!entered_parse(above ? text + 1 + (text[1] == '=') : text, ENTERED_MINUTES, &ret_unit->minutes, ret_why))
        return false;
    ret_unit->disintegrated = !above;
    *ret_why = "negative";
    if (ret_unit->minutes.digits < 0)
        return false;
    *ret_why = "too-early";
    return !above || decimal_compare(ret_unit->minutes, limit) >= 0;
}

static ending read_units(call *call, decimal limit, disintegration_unit **ret_units, size_t *ret_count)
{
    const char **texts = NULL, *why = NULL;
    calc_join_units(call, "minutes", &texts, ret_count);
    join_signs(call, texts, ret_count);
    *ret_units = arena_array(call->arena, *ret_count, sizeof **ret_units);
    for (size_t i = 0; i < *ret_count; i++)
        if (!read_unit(texts[i], limit, &(*ret_units)[i], &why))
            call_refuse(call, "CALC-01", "minutes", "position", arena_format(call->arena, "%zu", i + 1), "value", texts[i], "why",
                        call_word(call, "why.", why), "unit", "min", NULL);
    return call_ending(call);
}

/* The minutes as they were judged: "6.5; 7.0; > 30". */
static const char *texts_of(call *call, const disintegration_unit *units, size_t count)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < count; i++)
        buffer_add_format(&text, "%s%s%s", i > 0 ? "; " : "", units[i].disintegrated ? "" : "> ", decimal_text(call->arena, units[i].minutes));
    return arena_text(call->arena, buffer_text(&text));
}

/* How many of how many disintegrated in time, and how many must: six of six, else sixteen of eighteen. */
static void put_counts(call *call, const char *minutes, const disintegration_result *result, decimal limit)
{
    bool first = result->count == DISINTEGRATION_FIRST_UNITS;
    put_plain_figure(call->done, "n", arena_format(call->arena, "%zu", result->count), NULL, minutes);
    put_plain_figure(call->done, "disintegrated", arena_format(call->arena, "%zu", result->disintegrated), NULL,
                     arena_format(call->arena, "t <= %s min", decimal_text(call->arena, limit)));
    put_plain_figure(call->done, "least", first ? "6" : "16", NULL, first ? "6 / 6" : "16 / 18");
}

static ending run(call *call)
{
    static const char *const verdicts[] = {[DISINTEGRATION_COMPLIES] = "complies", [DISINTEGRATION_TEST_12_MORE] = "test 12 more",
                                           [DISINTEGRATION_DOES_NOT_COMPLY] = "does not comply"};
    decimal limit = decimal_whole(DISINTEGRATION_USUAL_MINUTES);
    disintegration_unit *units = NULL;
    disintegration_result result = {0};
    size_t count = 0;
    if (call_has(call, "limit"))
        calc_read_one(call, "limit", ENTERED_MINUTES, &limit);
    TRY(call_ending(call));
    TRY(read_units(call, limit, &units, &count));
    if (!disintegration_judge(units, count, limit, &result))
        return call_refuse(call, "CALC-10", "minutes", "count", arena_format(call->arena, "%zu", count), NULL);
    put_counts(call, texts_of(call, units, count), &result, limit);
    put_state(call->done, "verdict", verdicts[result.verdict]);
    return DONE;
}

const act calc_disintegration_act = {.name = "calc disintegration", .view = true, .alone = true, .right = RIGHT_OPEN, .inputs = inputs, .run = run};
