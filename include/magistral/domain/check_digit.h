#ifndef MAGISTRAL_DOMAIN_CHECK_DIGIT_H
#define MAGISTRAL_DOMAIN_CHECK_DIGIT_H

#include <stdbool.h>

/* Registry numbers that carry a check digit. A right digit says that the number was copied well, not that it exists. */
typedef enum check_digit { CHECK_DIGIT_RIGHT, CHECK_DIGIT_WRONG, CHECK_DIGIT_MALFORMED } check_digit;

/* Checks a CAS number (2 to 7 figures, 2 figures, 1 check digit, joined by hyphens: "202590-98-5"). *ret_expected (may be
 * NULL) is the digit that the others ask for, written unless the number is malformed.
 * Rule: Chemical Abstracts Service: figures from the right times 1, 2, 3..., summed modulo 10. */
check_digit cas_check(const char *text, int *ret_expected);

#endif
