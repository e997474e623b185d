#ifndef MAGISTRAL_DOMAIN_FIGURE_H
#define MAGISTRAL_DOMAIN_FIGURE_H

#include "magistral/base/arena.h"
#include "magistral/base/ratio.h"

/* A computed number with how it was computed. The value is exact (or a root to 18 digits); the text is what is shown.
 * Formulas are written without words of any language: N units, n values, x a value, X the mean, s the standard deviation. */
typedef struct figure {
    ratio value;
    const char *text;    /* canonical decimal; "" when the value is no number */
    const char *unit;    /* "g", "mg", "%", "EUR", or NULL */
    const char *formula; /* with its values: "X = 198.52 / 10" */
} figure;

/* Makes a figure shown as ratio_text() writes it; texts are the arena's. `unit` is kept, not copied. */
figure figure_of(arena *arena, ratio value, const char *unit, const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Makes a figure shown rounded half away from zero at `places`. */
figure figure_at_places(arena *arena, ratio value, int places, const char *unit, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* True when a formula only says its value again ("0.31 g" of 0.3100 g): there is nothing to show how it was computed. */
bool figure_repeats(const char *formula, const char *value, const char *unit);

#endif
