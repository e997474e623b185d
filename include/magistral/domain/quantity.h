#ifndef MAGISTRAL_DOMAIN_QUANTITY_H
#define MAGISTRAL_DOMAIN_QUANTITY_H

#include <stdbool.h>
#include <stdint.h>

#include "magistral/base/arena.h"
#include "magistral/base/decimal.h"
#include "magistral/base/ratio.h"

/* Quantities are exact: a mass in nanograms, a volume in nanolitres, money in micro-euro. */
typedef struct mass { int64_t nanograms; } mass;
typedef struct volume { int64_t nanolitres; } volume;
typedef struct money { int64_t micro_euro; } money;

/* Why a text is not a quantity; the word names the sentence in the catalogue. */
typedef enum quantity_error {
    QUANTITY_GOOD,
    QUANTITY_NUMBER,  /* the number is not one: the decimal error says why */
    QUANTITY_NO_UNIT, /* a unit is due */
    QUANTITY_UNIT,    /* another unit than those of this quantity */
    QUANTITY_FINE,    /* finer than the smallest unit that is kept: nothing is rounded silently */
    QUANTITY_RANGE,   /* too large */
} quantity_error;

const char *quantity_error_word(quantity_error error);

/* Read a number with its unit: "2,5 mg", "250.0000 g", "12 µg", "1 kg"; "0.50 mL"; "14 500,00 EUR", "58 €". The sign is
 * kept. Written only on QUANTITY_GOOD. */
quantity_error mass_parse(const char *text, mass *ret_mass);
quantity_error volume_parse(const char *text, volume *ret_volume);
quantity_error money_parse(const char *text, money *ret_money);

/* The mass as a decimal of a unit ("g", "mg", "µg", "kg") without losing a digit: as few places as it needs, at least
 * `places`. Ends the process for a unit that is none. Owned by the arena. */
const char *mass_text(arena *arena, mass value, const char *unit, int places);
const char *volume_text(arena *arena, volume value, const char *unit, int places);
/* Euro with at least two places. */
const char *money_text(arena *arena, money value);

/* The unit in which people say a mass: g from 0.1 g on, else mg from 0.1 mg on, else µg. */
const char *mass_unit(mass value);
/* The mass with that unit, for formulas and sentences: "6.5068 g". */
const char *mass_words(arena *arena, mass value);

/* As exact fractions: grams, milligrams, euro. */
ratio mass_grams(mass value);
ratio mass_milligrams(mass value);
ratio money_euro(money value);

#endif
