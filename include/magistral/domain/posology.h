#ifndef MAGISTRAL_DOMAIN_POSOLOGY_H
#define MAGISTRAL_DOMAIN_POSOLOGY_H

#include <stdbool.h>
#include <stdint.h>

/* Reads how many units a day a posology says, when it says so once and beyond doubt: "4 gélules par jour", "2 gélules deux fois par
 * jour", "one capsule daily". False for everything else: "4 gélules le matin", "1 à 2 gélules par jour", one dose and then another. */
bool posology_daily_units(const char *text, int64_t *ret_units);

#endif
