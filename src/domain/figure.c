#include "magistral/domain/figure.h"

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
