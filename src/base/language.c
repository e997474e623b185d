#include "magistral/base/language.h"

#include <string.h>

static const char *const codes[LANGUAGES] = {[FRENCH] = "fr", [ENGLISH] = "en"};

bool language_parse(const char *code, language *ret_language)
{
    for (int i = 0; i < LANGUAGES; i++)
        if (strcmp(code, codes[i]) == 0) {
            *ret_language = (language)i;
            return true;
        }
    return false;
}

const char *language_code(language language)
{
    return codes[language];
}
