#ifndef MAGISTRAL_BASE_RECORD_H
#define MAGISTRAL_BASE_RECORD_H

#include <stddef.h>
#include <stdint.h>

/* A record is a plain struct described by one list of its fields, from which its SQL columns are made as well:
 *
 *     #define AREA_FIELDS(INTEGER, TEXT) TEXT(code) TEXT(name)
 *     RECORD(area, AREA_FIELDS)   in a header: struct area { int64_t id; const char *code; const char *name; }
 *     SHAPE(area, AREA_FIELDS)    in one source file: const shape area_shape
 *
 * An INTEGER is an int64_t (mass in nanograms, money in micro-euro, count, reference, truth), a TEXT a const char *.
 * Where the column may be NULL, an INTEGER is ABSENT and a TEXT is NULL. `id` comes first in every record and is not
 * in the list; an id of 0 lets the database give one. Every field is one cell of eight bytes, in the list's order. */
#define ABSENT INT64_MIN

typedef enum field_type { FIELD_INTEGER, FIELD_TEXT } field_type;

typedef struct field {
    const char *name;
    field_type type;
} field;

typedef struct shape {
    const char *name;
    size_t size;
    size_t count;
    const field *fields; /* fields[0] is id */
} shape;

_Static_assert(sizeof(const char *) == sizeof(int64_t), "a field is one cell of eight bytes");

#define RECORD_INTEGER(name) int64_t name;
#define RECORD_TEXT(name) const char *name;
#define RECORD(type, FIELDS)                \
    typedef struct type {                   \
        int64_t id;                         \
        FIELDS(RECORD_INTEGER, RECORD_TEXT) \
    } type;                                 \
    extern const shape type##_shape;

#define SHAPE_INTEGER(name) {#name, FIELD_INTEGER},
#define SHAPE_TEXT(name) {#name, FIELD_TEXT},
#define SHAPE(type, FIELDS)                                                                             \
    static const field type##_fields[] = {{"id", FIELD_INTEGER}, FIELDS(SHAPE_INTEGER, SHAPE_TEXT)};    \
    _Static_assert(sizeof(type) == sizeof type##_fields / sizeof(field) * sizeof(int64_t), "one cell a field"); \
    const shape type##_shape = {#type, sizeof(type), sizeof type##_fields / sizeof(field), type##_fields};

/* The same list as SQL: ", code, name" and ", :code, :name". */
#define SQL_COLUMN(name) ", " #name
#define SQL_VALUE(name) ", :" #name
#define SQL_INSERT(table, FIELDS) \
    "INSERT INTO " table " (id" FIELDS(SQL_COLUMN, SQL_COLUMN) ") VALUES (nullif(:id, 0)" FIELDS(SQL_VALUE, SQL_VALUE) ")"
#define SQL_SELECT(table, FIELDS) "SELECT id" FIELDS(SQL_COLUMN, SQL_COLUMN) " FROM " table " "

#endif
