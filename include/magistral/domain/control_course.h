#ifndef MAGISTRAL_DOMAIN_CONTROL_COURSE_H
#define MAGISTRAL_DOMAIN_CONTROL_COURSE_H

#include "magistral/domain/control.h"
#include "magistral/domain/figure.h"

/* What the values of a series say before it is complete: for a chart beside the bench. It judges nothing. */

/* A value as it is compared: the content of a capsule in mg, a content in % of the claim, minutes, or the value as entered. */
typedef struct course_point {
    decimal value;
    bool outside; /* by itself beyond a limit */
} course_point;

typedef struct control_course {
    const char *unit; /* of points, mean and limits; NULL for none */
    course_point *points;
    size_t count;
    bool has_mean, has_low, has_high;
    figure mean;
    figure low, high; /* of the single value; for a measurement, of the mean */
} control_course;

/* Says how a series stands with `values`, complete or not; false when there is nothing to draw: no value yet, values that are words or
 * stated as "< 10", a control that is judged otherwise, figures too long to be computed. The limits of a uniformity follow the mean so far, and move with
 * it. Texts are the arena's. Written only on true. Rule: Ph. Eur. 2.9.1, 2.9.5, 2.9.40. */
bool control_course_of(arena *arena, const control_specification *specification, const control_values *values, control_course *ret_course);

#endif
