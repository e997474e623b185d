#ifndef MAGISTRAL_DOMAIN_WORDING_H
#define MAGISTRAL_DOMAIN_WORDING_H

#include <stdbool.h>

#include "magistral/domain/control.h"
#include "magistral/domain/quantity.h"

/* Figures that stand in a text written by a person: what a paper prints must not contradict what the program judges by. */

/* The first figure of a text when it is a mass ("20 mg", "0,020 g par gélule"); false when it is none or there is no figure. */
bool wording_leading_mass(const char *text, mass *ret_mass);

/* The next mass in a text from *at on, and *at behind it; false when there is no further one. */
bool wording_next_mass(const char **at, mass *ret_mass);

/* True when every figure of the limit that a control of this kind is judged by stands in the text with the same decimals: comma or
 * point, 10^3, 10³ and 1000 alike. True for a control without a limit. */
bool wording_has_limit(const char *text, control_kind kind, const char *limit);

/* True when the text also says on which side of them a result complies ("95,0 à 105,0 %", "au plus 15,0", "30 min au plus",
 * "≥ 98.0"); a microbial criterion has one side only. False where that cannot be read with certainty. */
bool wording_says_limit(const char *text, control_kind kind, const char *limit);

#endif
