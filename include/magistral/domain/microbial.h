#ifndef MAGISTRAL_DOMAIN_MICROBIAL_H
#define MAGISTRAL_DOMAIN_MICROBIAL_H

#include <stdbool.h>

#include "magistral/base/decimal.h"
#include "magistral/domain/comparison.h"

/* Microbiological quality. A criterion is a power of ten CFU/g, and the largest count that complies is twice that power.
 * Rule: Ph. Eur. 5.1.4: 10^1 means 20, 10^2 means 200, 10^3 means 2000. */

enum { MICROBIAL_LEAST_POWER = 0, MICROBIAL_MOST_POWER = 9 };

/* Reads a criterion "10^3" (also "1000" or "10" with one superscript figure); false when it is not a power of ten to 10^9. */
bool microbial_parse(const char *text, int *ret_power);

/* The largest count that complies with 10^power, in CFU/g; false outside 0 to 9. */
bool microbial_most(int power, decimal *ret_most);

/* Judges a count as stated ("< 10", "150", "> 300"); JUDGED_IMPOSSIBLE also for a power outside 0 to 9. */
judgement microbial_judge(int power, stated count);

#endif
