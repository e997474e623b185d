/* Nothing in an address ever becomes the name of a file; it is compared with the few that are answered. */
#include <string.h>

#include "parts.h"

enum { LONGEST_CODE = 190 };

static int hexadecimal_digit(char digit)
{
    const char *digits = "0123456789abcdef0123456789ABCDEF", *at = digit ? strchr(digits, digit) : NULL;
    return at ? (int)(at - digits) % 16 : -1;
}

/* Bytes that no address holds unescaped, and escapes of control characters, zero among them. */
static bool is_readable(const char *raw)
{
    for (const char *p = raw; *p; p++) {
        if ((unsigned char)*p <= 0x20 || (unsigned char)*p >= 0x7F)
            return false;
        if (*p != '%')
            continue;
        int high = hexadecimal_digit(p[1]), low = high < 0 ? -1 : hexadecimal_digit(p[2]);
        if (low < 0 || high * 16 + low < 0x20 || high * 16 + low == 0x7F)
            return false;
    }
    return *raw == '/';
}

target target_read(const char *raw)
{
    if (strlen(raw) > LONGEST_TARGET)
        return TARGET_TOO_LONG;
    if (!is_readable(raw))
        return TARGET_BAD;
    if (strcmp(raw, "/") == 0)
        return TARGET_HOME;
    if (strcmp(raw, "/style.css") == 0)
        return TARGET_STYLE;
    return strncmp(raw, "/C/", 3) == 0 || strncmp(raw, "/L/", 3) == 0 ? TARGET_CODE : TARGET_NOWHERE;
}

bool target_may_be_code(const char *raw)
{
    size_t length = strlen(raw);
    return length <= LONGEST_CODE && strspn(raw, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./") == length;
}
