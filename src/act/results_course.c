/* How an open result stands, and what comes next with it. */
#include <string.h>

#include "magistral/act/results.h"
#include "magistral/base/decimal.h"
#include "magistral/domain/control_course.h"
#include "magistral/store/document.h"

static const char *const series_names[] = {"value", "gross", "shell"};
enum { SERIES_COUNT = sizeof series_names / sizeof *series_names };

static size_t expected_of(const result_whole *whole, const char *series)
{
    return control_expected(&whole->specification, (int)whole->result.stage, series);
}

static bool is_staged(const result_whole *whole)
{
    return text_equal(whole->result.verdict, control_verdict_word(CONTROL_TEST_20_MORE)) ||
           text_equal(whole->result.verdict, control_verdict_word(CONTROL_TEST_12_MORE));
}

const char *results_next_act(const result_whole *whole, const char **ret_series)
{
    const char *state = whole->result.state;
    *ret_series = NULL;
    if (text_equal(state, "open")) {
        for (size_t i = 0; i < SERIES_COUNT; i++)
            if (results_entered(whole, series_names[i]) < expected_of(whole, series_names[i])) {
                *ret_series = strcmp(series_names[i], "value") != 0 ? series_names[i] : NULL;
                return "result append";
            }
        return "result close";
    }
    if ((text_equal(state, "closed") || text_equal(state, "verified")) && is_staged(whole))
        return "result continue";
    if (text_equal(state, "closed"))
        return whole->result.raw_document ? "result verify" : "result attach";
    return NULL;
}

bool results_is_staged(const result_whole *whole)
{
    return text_is_among("closed|verified", whole->result.state) && is_staged(whole);
}

/* The label that stands on the reserve, by which it is found. */
static ending put_label(call *call, answer *to, const sample_line *reserve)
{
    label *labels = NULL;
    size_t count = 0;
    const char *number = NULL;
    TRY(store_list(call->store, &LABEL_OF_SUBJECT, (&(label){.kind = "retained-sample", .subject = reserve->number}), call->arena, &labels, &count));
    for (size_t i = 0; i < count; i++)
        number = text_is_among("printed|applied", labels[i].state) ? labels[i].number : number;
    put_link(to, "reserve-label", "label", number);
    return DONE;
}

ending results_put_reserve(call *call, answer *to, const result_whole *whole)
{
    sample_line reserve = {0};
    int64_t most = 0, units = (int64_t)control_further_units(whole->specification.kind);
    TRY(results_reserve(call, &whole->batch, units, &reserve, &most));
    put_text(to, "way-out", reserve.id ? "result continue" : "batch refuse");
    put_count(to, "units", units);
    put_link(to, "reserve", "sample", reserve.number);
    put_count(to, "left", most);
    return reserve.id ? put_label(call, to, &reserve) : DONE;
}

static void put_points(answer *to, const control_course *course)
{
    answer *points = put_list(to, "points");
    for (size_t i = 0; i < course->count; i++) {
        answer *point = add_object(points);
        put_count(point, "rank", (int64_t)i + 1);
        put_decimal(point, "value", decimal_text(points->arena, course->points[i].value), course->unit);
        put_truth(point, "outside", course->points[i].outside);
    }
}

static void put_bound(answer *to, const char *name, bool has, const figure *figure)
{
    if (has)
        put_figure(to, name, figure->text, figure->unit, figure->formula);
    else
        put_text(to, name, NULL);
}

void results_put_course(call *call, answer *to, const result_whole *whole)
{
    control_course course = {0};
    answer *list = put_list(to, "series");
    for (size_t i = 0; i < SERIES_COUNT; i++) {
        size_t expected = expected_of(whole, series_names[i]);
        if (expected == 0)
            continue;
        answer *row = add_object(list);
        put_state(row, "series", series_names[i]);
        put_count(row, "entered", (int64_t)results_entered(whole, series_names[i]));
        put_count(row, "expected", (int64_t)expected);
    }
    control_values values = results_values(call, whole);
    if (!control_course_of(call->arena, &whole->specification, &values, &course)) {
        put_text(to, "course", NULL);
        return;
    }
    answer *made = put_object(to, "course");
    put_bound(made, "mean", course.has_mean, &course.mean);
    put_bound(made, "low-limit", course.has_low, &course.low);
    put_bound(made, "high-limit", course.has_high, &course.high);
    put_points(made, &course);
}
