#ifndef MAGISTRAL_BASE_EMBEDDED_H
#define MAGISTRAL_BASE_EMBEDDED_H

#include <stddef.h>

/* A file compiled into the program. `bytes` is followed by a zero that `length` does not count. */
typedef struct embedded_file {
    const char *name; /* its path below its folder, for example "lot.catalogue" */
    const unsigned char *bytes;
    size_t length;
} embedded_file;

/* The files of templates/, in the order of their names, and of schema/. */
extern const embedded_file embedded_templates[];
extern const size_t embedded_templates_count;

/* Finds a template by name; NULL when there is none. */
const embedded_file *embedded_template(const char *name);

#endif
