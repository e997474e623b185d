/* Rule: RFC 9110, 12.5.4. */
#include <string.h>
#include <strings.h>

#include "parts.h"

/* A weight as thousandths: "q=0.8" is 800; 1000 when there is none, 0 when it cannot be read. */
static int weight_of(const char *range, size_t length)
{
    const char *at = memchr(range, ';', length), *end = range + length;
    if (!at)
        return 1000;
    while (at < end && (*at == ';' || *at == ' ' || *at == 'q' || *at == '='))
        at++;
    int weight = 0, place = 1000;
    for (; at < end && place > 0; at++) {
        if (*at == '.')
            continue;
        if (*at < '0' || *at > '9')
            break;
        weight += (*at - '0') * place;
        place /= 10;
    }
    return weight > 1000 ? 1000 : weight;
}

language accepted_language(const char *header, language otherwise)
{
    language best = otherwise;
    int most = 0;
    while (header && *header) {
        header += strspn(header, ", \t");
        size_t length = strcspn(header, ",");
        language found = strncasecmp(header, "fr", 2) == 0 ? FRENCH : ENGLISH;
        bool known = length >= 2 && (strncasecmp(header, "fr", 2) == 0 || strncasecmp(header, "en", 2) == 0) &&
                     (length == 2 || strchr("-; \t", header[2]));
        int weight = known ? weight_of(header, length) : 0;
        if (weight > most) {
            most = weight;
            best = found;
        }
        header += length;
    }
    return best;
}
