#include "magistral/domain/figure.h"

#include <string.h>

#include "magistral/base/text.h"

figure figure_of(arena *arena, ratio value, const char *unit, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    figure made = {value, ratio_text(arena, value), unit, arena_format_list(arena, format, arguments)};
    va_end(arguments);
    return made;
}

figure figure_at_places(arena *arena, ratio value, int places, const char *unit, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    figure made = {value, ratio_text_places(arena, value, places), unit, arena_format_list(arena, format, arguments)};
    va_end(arguments);
    return made;
}

bool figure_repeats(const char *formula, const char *value, const char *unit)
{
    size_t length = strcspn(formula, " ");
    decimal said, meant;
    if (decimal_parse_bytes(formula, length, &said) != DECIMAL_GOOD || decimal_parse(value, &meant) != DECIMAL_GOOD)
        return false;
    return decimal_compare(said, meant) == 0 && (!formula[length] || text_equal(formula + length + 1, unit));
}
