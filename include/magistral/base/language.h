#ifndef MAGISTRAL_BASE_LANGUAGE_H
#define MAGISTRAL_BASE_LANGUAGE_H

#include <stdbool.h>

/* The languages of screen and paper: French first, English complete. */
typedef enum language { FRENCH = 0, ENGLISH = 1, LANGUAGES } language;

/* Reads "fr" or "en"; false for anything else. */
bool language_parse(const char *code, language *ret_language);

/* "fr" or "en". */
const char *language_code(language language);

#endif
