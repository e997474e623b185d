#ifndef MAGISTRAL_DOMAIN_ENTERED_H
#define MAGISTRAL_DOMAIN_ENTERED_H

#include <stdbool.h>

#include "magistral/base/decimal.h"

/* Measured values as people write them: comma or point, with or without their unit. */
typedef enum entered_unit {
    ENTERED_MILLIGRAMS, /* mg when none is written; g, kg, µg are converted exactly, digits kept */
    ENTERED_PERCENT,    /* % may be written */
    ENTERED_MINUTES,    /* min may be written */
    ENTERED_COLONIES,   /* CFU/g or UFC/g may be written, with mL too */
} entered_unit;

/* Reads a number with its unit; false when it is none, and in *ret_why the word of its sentence in the catalogue
 * ("decimal.character", "quantity.unit"). */
bool entered_parse(const char *text, entered_unit unit, decimal *ret_value, const char **ret_why);

/* True for a unit that stands alone: "mg". */
bool entered_is_unit(const char *text);
/* True when a unit is written behind the number. */
bool entered_has_unit(const char *text);

/* The unit in which values are counted: "mg", "%", "min", "CFU/g". */
const char *entered_unit_word(entered_unit unit);

#endif
