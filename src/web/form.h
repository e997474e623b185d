#ifndef MAGISTRAL_WEB_FORM_H
#define MAGISTRAL_WEB_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "magistral/base/arena.h"
#include "magistral/base/text.h"

/* What a form or the query of an address carries: names and values in the order in which they came. */
typedef struct form_value {
    const char *name;
    const char *value;     /* zero-ended; of a file its bytes */
    size_t length;         /* of `value` */
    const char *file_name; /* as the browser named it; NULL when it is no file */
} form_value;

typedef struct form {
    form_value *values;
    size_t count;
} form;

/* Reads "a=1&b=2" (application/x-www-form-urlencoded). False when an escape is broken, a zero byte or what is no UTF-8
 * stands in it, or there are more than 1,000 values. Rule: WHATWG URL, 5.1. */
bool form_read(const char *text, size_t length, arena *arena, form *ret_form);

/* Reads multipart/form-data; `type` is the header Content-Type. False likewise. Rule: RFC 7578. */
bool form_read_parts(const char *type, const char *bytes, size_t length, arena *arena, form *ret_form);

/* The first value with a name, or NULL. */
const char *form_text(const form *form, const char *name);

/* True when bytes are well-formed UTF-8 without a zero. */
bool form_is_text(const char *bytes, size_t length);

/* Appends NAME=VALUE to a query, escaped, behind '?' or '&'. */
void query_add(buffer *address, const char *name, const char *value);

#endif
