#include "parts.h"

#include <string.h>
#include <strings.h>

enum { MOST_VALUES = 1000 };


static form_value *next_value(form *form)
{
    return form->count < MOST_VALUES ? &form->values[form->count++] : NULL;
}

bool form_is_text(const char *bytes, size_t length)
{
    const char *at = bytes, *end = bytes + length;
    while (at < end)
        if (text_scalar(&at, end) <= 0)
            return false;
    return true;
}

/* One name or value without its escapes, line ends as line feeds; NULL when it cannot be read. */
static const char *decode(const char *text, size_t length, arena *arena, size_t *ret_length)
{
    char *made = arena_alloc(arena, length + 1);
    size_t at = 0;
    for (size_t i = 0; i < length; i++) {
        int byte = text[i] == '+' ? ' ' : (unsigned char)text[i];
        if (text[i] == '%') {
            int high = i + 2 < length ? hexadecimal_digit(text[i + 1]) : -1, low = high < 0 ? -1 : hexadecimal_digit(text[i + 2]);
            if (low < 0)
                return NULL;
            byte = high * 16 + low;
            i += 2;
        }
        if (byte != '\r')
            made[at++] = (char)byte;
    }
    *ret_length = at;
    return form_is_text(made, at) ? made : NULL;
}

bool form_read(const char *text, size_t length, arena *arena, form *ret_form)
{
    form made = {.values = arena_array(arena, MOST_VALUES, sizeof *made.values)};
    for (size_t from = 0; from < length;) {
        const char *start = text + from, *end = memchr(start, '&', length - from);
        size_t whole = end ? (size_t)(end - start) : length - from;
        const char *sign = memchr(start, '=', whole);
        size_t name = sign ? (size_t)(sign - start) : whole, unused;
        from += whole + 1;
        if (whole == 0)
            continue;
        form_value *value = next_value(&made);
        if (!value)
            return false;
        value->name = decode(start, name, arena, &unused);
        value->value = sign ? decode(sign + 1, whole - name - 1, arena, &value->length) : "";
        if (!value->name || !value->value)
            return false;
    }
    *ret_form = made;
    return true;
}

const char *form_text(const form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++)
        if (strcmp(form->values[i].name, name) == 0 && !form->values[i].file_name)
            return form->values[i].value;
    return NULL;
}

void query_add(buffer *address, const char *name, const char *value)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    buffer_add_byte(address, memchr(buffer_text(address), '?', address->length) ? '&' : '?');
    buffer_add_text(address, name);
    buffer_add_byte(address, '=');
    for (const char *p = value; *p; p++)
        if (strchr(plain, *p))
            buffer_add_byte(address, (unsigned char)*p);
        else
            buffer_add_format(address, "%%%02X", (unsigned char)*p);
}
