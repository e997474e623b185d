#include "magistral/domain/check_digit.h"

#include <string.h>

/* True when `text` is 2 to 7 figures, a hyphen, 2 figures, a hyphen and 1 figure, the first figure not 0. */
static bool is_cas_form(const char *text)
{
    size_t length = strlen(text);
    if (length < 7 || length > 12 || text[0] == '0')
        return false;
    for (size_t i = 0; i < length; i++) {
        bool hyphen = i == length - 2 || i == length - 5;
        if (hyphen ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
    }
    return true;
}

check_digit cas_check(const char *text, int *ret_expected)
{
    if (!is_cas_form(text))
        return CHECK_DIGIT_MALFORMED;
    int sum = 0, weight = 0;
    for (size_t i = strlen(text) - 2; i-- > 0;)
        if (text[i] != '-')
            sum += ++weight * (text[i] - '0');
    int expected = sum % 10;
    if (ret_expected)
        *ret_expected = expected;
    return text[strlen(text) - 1] - '0' == expected ? CHECK_DIGIT_RIGHT : CHECK_DIGIT_WRONG;
}
