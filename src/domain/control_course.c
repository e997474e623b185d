#include "magistral/domain/control_course.h"

#include <string.h>

#include "magistral/domain/comparison.h"
#include "magistral/domain/disintegration.h"
#include "magistral/domain/dosage_units.h"
#include "magistral/domain/mass_uniformity.h"

/* Points of a chart need no more; what is judged keeps every digit. */
enum { PLACES = 4 };

/* A figure with no more places than a chart needs. */
static figure shown(arena *arena, ratio value, const char *unit, const char *formula)
{
    figure made = figure_of(arena, value, unit, "%s", formula);
    made.text = ratio_text_at_most(arena, value, PLACES);
    return made;
}

static bool read(const control_series *series, size_t at, decimal *ret_value)
{
    return decimal_parse(series->values[at], ret_value) == DECIMAL_GOOD;
}

static control_course *with_room(arena *arena, control_course *course, size_t count)
{
    course->points = arena_array(arena, count + 1, sizeof *course->points);
    course->count = count;
    return course;
}

/* The mean of the points; a ratio without number when they are too long. */
static ratio take_mean(arena *arena, control_course *course)
{
    ratio sum = RATIO_ZERO;
    for (size_t i = 0; i < course->count; i++)
        sum = ratio_add(sum, ratio_of_decimal(course->points[i].value));
    ratio mean = ratio_divide(sum, ratio_whole((int64_t)course->count));
    course->mean = shown(arena, mean, course->unit, arena_format(arena, "X = \xCE\xA3x / n = %s / %zu", ratio_text(arena, sum), course->count));
    course->has_mean = ratio_is_number(mean);
    return mean;
}

static void mark_outside(control_course *course)
{
    for (size_t i = 0; i < course->count; i++) {
        ratio value = ratio_of_decimal(course->points[i].value);
        course->points[i].outside = (course->has_low && ratio_compare(value, course->low.value) < 0) ||
                                    (course->has_high && ratio_compare(value, course->high.value) > 0);
    }
}

static bool follow_measurement(arena *arena, const control_specification *specification, const control_series *series, control_course *course)
{
    limit limit;
    course->unit = specification->unit;
    with_room(arena, course, series->count);
    for (size_t i = 0; i < series->count; i++) {
        if (!read(series, i, &course->points[i].value))
            return false;
        course->points[i].outside = control_is_outside(specification, series->values[i]);
    }
    (void)take_mean(arena, course);
    if (!specification->limit || !limit_parse(specification->limit, &limit))
        return course->has_mean;
    course->has_low = limit.low.given;
    course->has_high = limit.high.given;
    if (limit.low.given)
        course->low = figure_of(arena, ratio_of_decimal(limit.low.value), course->unit, "%s", limit_text(arena, &limit));
    if (limit.high.given)
        course->high = figure_of(arena, ratio_of_decimal(limit.high.value), course->unit, "%s", limit_text(arena, &limit));
    return course->has_mean;
}

/* Gross masses alone have no limit; the contents of the capsules whose shell is weighed have. */
static bool follow_masses(arena *arena, const control_values *values, control_course *course)
{
    const control_series *gross = &values->gross, *shell = &values->shell;
    bool contents = shell->count > 0;
    course->unit = "mg";
    with_room(arena, course, contents && shell->count < gross->count ? shell->count : gross->count);
    for (size_t i = 0; i < course->count; i++) {
        decimal empty = decimal_whole(0);
        if (!read(gross, i, &course->points[i].value) || (contents && !read(shell, i, &empty)) ||
            !decimal_subtract(course->points[i].value, empty, &course->points[i].value))
            return false;
    }
    ratio mean = take_mean(arena, course);
    if (!contents || !course->has_mean)
        return course->has_mean;
    ratio limit = mass_uniformity_limit(mean), part = ratio_hundredth(limit);
    const char *percent = ratio_text(arena, limit);
    course->low = shown(arena, ratio_multiply(mean, ratio_subtract(ratio_whole(1), part)), "mg", arena_format(arena, "X - %s %%", percent));
    course->high = shown(arena, ratio_multiply(mean, ratio_add(ratio_whole(1), part)), "mg", arena_format(arena, "X + %s %%", percent));
    course->has_low = course->has_high = ratio_is_number(course->low.value) && ratio_is_number(course->high.value);
    mark_outside(course);
    return true;
}

static bool follow_contents(arena *arena, const control_specification *specification, const control_series *series, control_course *course)
{
    bool percent = specification->unit && strcmp(specification->unit, "%") == 0;
    ratio factor = percent ? ratio_whole(1) : ratio_divide(ratio_whole(100), ratio_of_decimal(specification->claim));
    course->unit = "%";
    with_room(arena, course, series->count);
    for (size_t i = 0; i < series->count; i++) {
        decimal value;
        if (!read(series, i, &value) || decimal_parse(ratio_text_at_most(arena, ratio_multiply(ratio_of_decimal(value), factor), PLACES),
                                                      &course->points[i].value) != DECIMAL_GOOD)
            return false;
    }
    ratio mean = take_mean(arena, course);
    if (!course->has_mean)
        return false;
    ratio reference = dosage_units_reference(mean);
    const char *m = ratio_text_at_most(arena, reference, PLACES);
    course->low = shown(arena, ratio_multiply(reference, ratio_of(3, 4)), "%", arena_format(arena, "0.75 \xC3\x97 M = 0.75 \xC3\x97 %s", m));
    course->high = shown(arena, ratio_multiply(reference, ratio_of(5, 4)), "%", arena_format(arena, "1.25 \xC3\x97 M = 1.25 \xC3\x97 %s", m));
    course->has_low = course->has_high = ratio_is_number(course->low.value) && ratio_is_number(course->high.value);
    mark_outside(course);
    return true;
}

static bool follow_minutes(arena *arena, const control_specification *specification, const control_series *series, control_course *course)
{
    decimal most = decimal_whole(DISINTEGRATION_USUAL_MINUTES);
    limit limit;
    if (specification->limit && (!limit_parse(specification->limit, &limit) || !limit.high.given))
        return false;
    most = specification->limit ? limit.high.value : most;
    course->unit = "min";
    course->has_high = true;
    course->high = figure_of(arena, ratio_of_decimal(most), "min", "<= %s", decimal_text(arena, most));
    with_room(arena, course, series->count);
    for (size_t i = 0; i < series->count; i++) {
        stated value;
        if (!stated_parse(series->values[i], &value))
            return false;
        course->points[i] = (course_point){value.value, value.kind != STATED_EXACT || decimal_compare(value.value, most) > 0};
    }
    return true;
}

bool control_course_of(arena *arena, const control_specification *specification, const control_values *values, control_course *ret_course)
{
    control_course made = {.count = 0};
    bool follows = false;
    if (values->value.count + values->gross.count == 0)
        return false;
    if (specification->kind == CONTROL_MEASUREMENT)
        follows = follow_measurement(arena, specification, &values->value, &made);
    else if (specification->kind == CONTROL_MASS_UNIFORMITY)
        follows = follow_masses(arena, values, &made);
    else if (specification->kind == CONTROL_DOSAGE_UNITS)
        follows = follow_contents(arena, specification, &values->value, &made);
    else if (specification->kind == CONTROL_DISINTEGRATION)
        follows = follow_minutes(arena, specification, &values->value, &made);
    if (follows && made.count > 0)
        *ret_course = made;
    return follows && made.count > 0;
}
