/* Nothing in an address ever becomes the name of a file; it is compared with the few that are answered. */
#include <string.h>

#include "parts.h"

enum { LONGEST_CODE = 190 };

int hexadecimal_digit(char digit)
{
    const char *digits = "0123456789abcdef0123456789ABCDEF", *at = digit ? strchr(digits, digit) : NULL;
    return at ? (int)(at - digits) % 16 : -1;
}

/* Bytes that no address holds unescaped, and escapes of control characters, zero among them; a query may break lines. */
static bool is_readable(const char *raw)
{
    bool query = false;
    for (const char *p = raw; *p; p++) {
        query = query || *p == '?';
        if ((unsigned char)*p <= 0x20 || (unsigned char)*p >= 0x7F)
            return false;
        if (*p != '%')
            continue;
        int high = hexadecimal_digit(p[1]), low = high < 0 ? -1 : hexadecimal_digit(p[2]), byte = high * 16 + low;
        bool line = byte == '\n' || byte == '\r' || byte == '\t';
        if (low < 0 || (byte < 0x20 && !(query && line)) || byte == 0x7F)
            return false;
    }
    return *raw == '/';
}

static bool is_path(const char *raw, const char *path)
{
    size_t length = strlen(path);
    return strncmp(raw, path, length) == 0 && (raw[length] == 0 || raw[length] == '?');
}

target target_read(const char *raw)
{
    if (strlen(raw) > LONGEST_TARGET)
        return TARGET_TOO_LONG;
    if (!is_readable(raw))
        return TARGET_BAD;
    if (is_path(raw, "/"))
        return TARGET_HOME;
    if (is_path(raw, "/style.css"))
        return TARGET_STYLE;
    if (is_path(raw, "/script.js"))
        return TARGET_SCRIPT;
    return strncmp(raw, "/C/", 3) == 0 || strncmp(raw, "/L/", 3) == 0 ? TARGET_CODE : TARGET_DESK;
}

bool target_may_be_code(const char *raw)
{
    size_t length = strlen(raw);
    return length <= LONGEST_CODE && strspn(raw, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./") == length;
}
