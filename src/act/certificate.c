/* The certificate of analysis. Rule: BPP 6.69, 7.32; Ph. Eur. 2.9.5, 2.9.40. No patient, no price, not the word "released". */
#include <string.h>

#include "magistral/act/papers.h"
#include "magistral/act/results.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/json.h"
#include "magistral/base/typography.h"
#include "magistral/domain/control.h"
#include "magistral/domain/quantity.h"

/* What a certificate shows of a uniformity test: the computation as it was stored and, of its statistics, those that take
 * fewer digits on paper. */
typedef struct uniformity {
    answer *computation;
    answer *printed;
    record_value *values;
    size_t count;
} uniformity;

/* A statistic of a computation: a text, or the value of an object {"value", "unit", "formula"}. */
static const char *statistic(const answer *computation, const char *name)
{
    const answer *found = computation ? answer_find(computation, name) : NULL;
    if (found && found->kind == ANSWER_OBJECT)
        return answer_find_text(found, "value");
    return found ? found->text : NULL;
}

static const char *printed(const uniformity *of, const char *name)
{
    const char *text = statistic(of->printed, name);
    return text ? text : statistic(of->computation, name);
}

static const char *formula_of(const answer *computation, const char *name)
{
    const answer *found = computation ? answer_find(computation, name) : NULL;
    if (found && found->kind == ANSWER_OBJECT)
        return answer_find_text(found, "formula");
    return found ? found->formula : NULL;
}

/* The values of a series: at most `most` of them, the first entered. */
static control_series series_of(call *call, const uniformity *of, const char *series, size_t most)
{
    const char **texts = arena_array(call->arena, of->count + 1, sizeof *texts);
    size_t count = 0;
    for (size_t i = 0; i < of->count && count < most; i++)
        if (strcmp(of->values[i].series, series) == 0)
            texts[count++] = of->values[i].value;
    return (control_series){texts, count};
}

static ending specification_of(call *call, const paper *paper, const record_result *row, control_specification *ret_specification)
{
    *ret_specification = (control_specification){.limit = row->limit_text, .unit = row->unit};
    if (!control_kind_parse(row->kind, &ret_specification->kind) ||
        decimal_parse(mass_text(call->arena, (mass){paper->version.dose}, "mg", 0), &ret_specification->claim) != DECIMAL_GOOD)
        return fail(call->outcome, "result %s cannot be read", row->number);
    return DONE;
}

ending papers_first_stage(call *call, const paper *paper, const record_result *row, control_judged *ret_first, const char **ret_stated)
{
    control_specification specification;
    uniformity of = {0};
    *ret_first = (control_judged){0};
    *ret_stated = NULL;
    if (row->result == ABSENT || row->stage != 2)
        return DONE;
    TRY(specification_of(call, paper, row, &specification));
    TRY(store_list(call->store, &RECORD_VALUES, (&(record_value){.result = row->result}), call->arena, &of.values, &of.count));
    return results_first_stage(call, &specification, series_of(call, &of, "value", of.count), ret_first, ret_stated);
}

/* A statistic is rounded from its exact value, not from the digits that were stored: rounding twice may round wrongly. The
 * values of a closed result stay, so judging them again gives what was given then. */
static ending uniformity_of(call *call, const paper *paper, const record_result *row, uniformity *of)
{
    control_specification specification;
    control_judged judged = {0};
    if (!row->computation)
        return fail(call->outcome, "result %s cannot be read", row->number);
    TRY(specification_of(call, paper, row, &specification));
    TRY(json_read(row->computation, strlen(row->computation), call->arena, call->outcome, &of->computation));
    TRY(store_list(call->store, &RECORD_VALUES, (&(record_value){.result = row->result}), call->arena, &of->values, &of->count));
    control_values values = {series_of(call, of, "value", of->count), series_of(call, of, "gross", of->count),
                             series_of(call, of, "shell", of->count)};
    if (control_judge(call->arena, &specification, &values, (int)row->stage, &judged) != CONTROL_GOOD)
        return fail(call->outcome, "result %s is no longer judged as it was", row->number);
    of->printed = judged.printed;
    return DONE;
}

/* Content masses are computed (gross less shell); contents are as the laboratory stated them. */
static void put_values(const uniformity *of, const char *series, answer *object)
{
    answer *list = put_list(object, "values");
    const answer *contents = answer_find(of->computation, "contents");
    for (const answer *value = contents ? contents->first : NULL; value; value = value->next) {
        const char *text = value->kind == ANSWER_OBJECT ? answer_find_text(value, "value") : value->text;
        answer_add(list, answer_make(list->arena, ANSWER_DECIMAL, text, NULL, NULL));
    }
    for (size_t i = 0; i < of->count && !contents; i++)
        if (strcmp(of->values[i].series, series) == 0)
            answer_add(list, answer_make(list->arena, ANSWER_DECIMAL, of->values[i].value, NULL, NULL));
}

static int64_t whole(const char *text)
{
    int64_t value = 0;
    for (; text && *text >= '0' && *text <= '9'; text++)
        value = value * 10 + (*text - '0');
    return value;
}

static ending put_mass(call *call, const paper *paper, const record_result *row, answer *record)
{
    uniformity of = {0};
    TRY(uniformity_of(call, paper, row, &of));
    const answer *computation = of.computation;
    answer *mass = put_object(record, "mass");
    put_count(mass, "count", whole(statistic(computation, "n")));
    put_figure(mass, "mean", printed(&of, "mean"), "mg", formula_of(computation, "mean"));
    put_decimal(mass, "limit", statistic(computation, "limit_percent"), "%");
    put_decimal(mass, "smallest", statistic(computation, "smallest"), "%");
    put_decimal(mass, "largest", statistic(computation, "largest"), "%");
    put_count(mass, "outside", whole(statistic(computation, "outside")));
    put_count(mass, "outside_twice", whole(statistic(computation, "outside_twice")));
    put_state(mass, "verdict", row->verdict);
    put_values(&of, "gross", mass);
    return DONE;
}

/* The first ten, on which the test went on: what was found then is not replaced by what was found on thirty. */
static ending put_first_stage(call *call, const paper *paper, const record_result *row, answer *content)
{
    control_judged first = {0};
    const char *stated = NULL;
    TRY(papers_first_stage(call, paper, row, &first, &stated));
    put_text(content, "first_stage", stated);
    return DONE;
}

static ending put_content(call *call, const paper *paper, const record_result *row, answer *record)
{
    uniformity of = {0};
    TRY(uniformity_of(call, paper, row, &of));
    const answer *computation = of.computation;
    answer *content = put_object(record, "content");
    put_count(content, "count", whole(statistic(computation, "n")));
    put_text(content, "stage", catalogue_word(call->site_language, "stage.", row->stage == 2 ? "2" : "1"));
    put_text(content, "unit", row->unit ? row->unit : "mg");
    put_figure(content, "mean", printed(&of, "mean"), "%", formula_of(computation, "mean"));
    put_figure(content, "deviation", printed(&of, "s"), "%", formula_of(computation, "s"));
    put_figure(content, "reference", printed(&of, "M"), "%", formula_of(computation, "M"));
    put_decimal(content, "constant", statistic(computation, "k"), NULL);
    put_figure(content, "acceptance", printed(&of, "AV"), NULL, formula_of(of.printed, "AV"));
    put_decimal(content, "rounded", statistic(computation, "AV_rounded"), NULL);
    put_decimal(content, "limit", "15.0", NULL);
    put_decimal(content, "low", printed(&of, "low"), "%");
    put_decimal(content, "high", printed(&of, "high"), "%");
    put_count(content, "outside", whole(statistic(computation, "outside")));
    put_state(content, "verdict", row->verdict);
    put_values(&of, "value", content);
    return put_first_stage(call, paper, row, content);
}

static ending put_control(call *call, const paper *paper, const record_result *row, answer *controls)
{
    answer *line = add_object(controls);
    bool judged = row->result != ABSENT && row->verdict;
    const char *pending = NULL;
    TRY(papers_pending(call, paper, row, &pending));
    put_text(line, "name", row->name);
    put_text(line, "method", row->reference ? arena_format(call->arena, "%s, %s", row->method, row->reference) : row->method);
    put_text(line, "specification", papers_specification(call, row));
    put_day(line, "analysed", judged ? row->analysed_on : NULL);
    put_text(line, "result", judged ? row->stated : pending);
    if (judged)
        put_state(line, "verdict", row->verdict);
    else
        put_state(line, "verdict", "pending");
    if (row->laboratory)
        put_text(line, "laboratory", row->laboratory);
    if (row->reference_standard)
        put_text(line, "standard", row->reference_standard);
    put_day(line, "standard_expiry", row->standard_expiry);
    put_text(line, "column", row->chromatographic_column);
    if (!judged && row->justification)
        put_text(line, "note", row->justification);
    return DONE;
}

/* What was found before a result was set aside is never hidden: every value that had been entered stands beside the reason. */
static ending put_invalidated(call *call, const record_result *row, answer *list)
{
    const char *values = NULL;
    size_t count = 0;
    TRY(results_values_in_words(call, row->result, call->site_language, &values, &count));
    answer *line = add_object(list);
    put_text(line, "control", row->name);
    put_text(line, "result", row->stated ? row->stated : catalogue_word(call->site_language, "record.", "not-concluded"));
    put_text(line, "reason", row->reason);
    put_text(line, "deviation", row->deviation);
    put_text(line, "person", row->invalidated_by);
    put_instant(line, "at", row->invalidated_at);
    put_count(line, "entered", (int64_t)count);
    put_text(line, "values", values);
    put_text(line, "entered_by", row->entered_by);
    return DONE;
}

static ending put_batch(call *call, const paper *paper, answer *record)
{
    sample_line *samples = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &SAMPLES_OF, (&(sample_line){.batch = paper->batch.id}), call->arena, &samples, &count));
    answer *batch = put_object(record, "batch");
    put_text(batch, "number", paper->batch.number);
    put_count(batch, "units", paper->batch.filled != ABSENT ? paper->batch.filled : paper->batch.units);
    put_day(batch, "made", paper->batch.made_on);
    put_day(batch, "sampled", count > 0 ? papers_day_of(call, samples[0].at) : NULL);
    put_day(batch, "expiry", paper->batch.expiry);
    return DONE;
}

/* From the first day of analysis to the last, of the results that the paper states: each has its own. */
static void put_period(const record_result *rows, size_t count, answer *record)
{
    const char *first = NULL, *last = NULL;
    for (size_t i = 0; i < count; i++) {
        const char *day = rows[i].verdict && !text_equal(rows[i].state, "invalidated") ? rows[i].analysed_on : NULL;
        first = day && (!first || strcmp(day, first) < 0) ? day : first;
        last = day && (!last || strcmp(day, last) > 0) ? day : last;
    }
    answer *period = put_object(record, "analysis");
    put_day(period, "first", first);
    put_day(period, "last", text_equal(first, last) ? NULL : last);
}

/* The worst verdict of the controls that are due before release. */
static void conclude(const char *verdict, bool due, const char **conclusion)
{
    if (verdict && strcmp(verdict, "does not comply") == 0)
        *conclusion = "does not comply";
    else if (due && strcmp(*conclusion, "does not comply") != 0 && (!verdict || strcmp(verdict, "complies") != 0))
        *conclusion = "not concluded";
}

ending certificate_fill(call *call, const paper *paper, drawing *drawing, answer *record, const char *meaning)
{
    record_result *rows = NULL;
    size_t count = 0;
    const char *conclusion = "complies";
    TRY(papers_put_number(call, drawing, record, "certificate"));
    TRY(papers_put_product(call, paper, record));
    TRY(put_batch(call, paper, record));
    TRY(store_list(call->store, &RECORD_RESULTS, &paper->key, call->arena, &rows, &count));
    put_period(rows, count, record);
    answer *controls = put_list(record, "controls"), *invalidated = put_list(record, "invalidated");
    for (size_t i = 0; i < count; i++) {
        if (text_equal(rows[i].state, "invalidated")) {
            TRY(put_invalidated(call, &rows[i], invalidated));
            continue;
        }
        TRY(put_control(call, paper, &rows[i], controls));
        conclude(rows[i].verdict, strcmp(rows[i].due, "in-process") == 0 || strcmp(rows[i].due, "before-release") == 0, &conclusion);
        if (rows[i].verdict && strcmp(rows[i].kind, "mass-uniformity") == 0)
            TRY(put_mass(call, paper, &rows[i], record));
        if (rows[i].verdict && strcmp(rows[i].kind, "dosage-units") == 0)
            TRY(put_content(call, paper, &rows[i], record));
    }
    put_state(record, "conclusion", conclusion);
    if (!meaning)
        return DONE;
    const char *head = arena_format(call->arena, "%lld:%s", (long long)drawing->row.drawn_from, drawing->row.head);
    return papers_put_signature(call, record, meaning, call->person.identifier, call->now, head);
}
