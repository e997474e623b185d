/* multipart/form-data, in which a browser sends files. Rule: RFC 7578; RFC 2046, 5.1.1. */
#include <string.h>
#include <strings.h>

#include "form.h"

enum { MOST_PARTS = 200, LONGEST_BOUNDARY = 70 };

/* "--BOUNDARY", or NULL when the header names none that is lawful. */
static const char *boundary_of(const char *type, arena *arena)
{
    const char *at = type ? strcasestr(type, "boundary=") : NULL;
    if (!at)
        return NULL;
    at += strlen("boundary=");
    bool quoted = *at == '"';
    at += quoted;
    size_t length = strcspn(at, quoted ? "\"" : "; ");
    if (length == 0 || length > LONGEST_BOUNDARY)
        return NULL;
    return arena_format(arena, "--%.*s", (int)length, at);
}

static const char *find(const char *bytes, size_t length, const char *wanted)
{
    return memmem(bytes, length, wanted, strlen(wanted));
}

/* name="..." of a Content-Disposition; browsers write a quotation mark in it as %22. */
static const char *parameter(const char *head, const char *name, arena *arena)
{
    const char *wanted = arena_format(arena, "; %s=\"", name), *at = strcasestr(head, wanted);
    if (!at)
        return NULL;
    at += strlen(wanted);
    size_t length = strcspn(at, "\"");
    return at[length] ? arena_copy(arena, at, length) : NULL;
}

static const char *without_returns(const char *bytes, size_t length, arena *arena, size_t *ret_length)
{
    char *made = arena_alloc(arena, length + 1);
    size_t at = 0;
    for (size_t i = 0; i < length; i++)
        if (bytes[i] != '\r')
            made[at++] = bytes[i];
    *ret_length = at;
    return made;
}


static bool read_part(const char *bytes, size_t length, arena *arena, form_value *ret_value)
{
    const char *body = find(bytes, length, "\r\n\r\n");
    if (!body)
        return false;
    const char *head = arena_copy(arena, bytes, (size_t)(body - bytes));
    form_value made = {.name = parameter(head, "name", arena), .file_name = parameter(head, "filename", arena)};
    body += 4;
    made.length = length - (size_t)(body - bytes);
    if (!made.name || strlen(head) != (size_t)(body - 4 - bytes) || !form_is_text(head, strlen(head)))
        return false;
    if (made.file_name)
        made.value = arena_copy(arena, body, made.length);
    else if (form_is_text(body, made.length))
        made.value = without_returns(body, made.length, arena, &made.length);
    *ret_value = made;
    return made.value != NULL;
}

bool form_read_parts(const char *type, const char *bytes, size_t length, arena *arena, form *ret_form)
{
    const char *boundary = boundary_of(type, arena);
    if (!boundary || length < strlen(boundary) || memcmp(bytes, boundary, strlen(boundary)) != 0)
        return false;
    form made = {.values = arena_array(arena, MOST_PARTS, sizeof *made.values)};
    const char *between = arena_format(arena, "\r\n%s", boundary), *at = bytes + strlen(boundary), *end = bytes + length;
    while (end - at >= 2 && memcmp(at, "\r\n", 2) == 0) {
        at += 2;
        const char *stop = find(at, (size_t)(end - at), between);
        if (!stop || made.count == MOST_PARTS || !read_part(at, (size_t)(stop - at), arena, &made.values[made.count]))
            return false;
        made.count++;
        at = stop + strlen(between);
    }
    *ret_form = made;
    return end - at >= 2 && memcmp(at, "--", 2) == 0;
}
