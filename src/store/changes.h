#ifndef MAGISTRAL_STORE_CHANGES_H
#define MAGISTRAL_STORE_CHANGES_H

#include "statement.h"

/* The row changes of one act, as the journal keeps them. A sequence of changes in the order in which they happened:
 *
 *     change  = operation table columns row [row]
 *     operation = "I" (one row: the new one) | "D" (the old one) | "U" (the old one, then the new one)
 *     table   = number of bytes, then the name
 *     columns = number of values in a row
 *     value   = 0 (NULL) | 1 integer | 2 text | 3 bytes | 4 (bytes kept in table content, known by their digest)
 *             | 5 (in the new row of "U": the same as in the old one)
 *     text, bytes = number of bytes, then the bytes
 *     number  = unsigned LEB128;  integer = zigzag, then LEB128
 *
 * Tables of the kinds secret, passing and journal are not in it (store/tables.h). */

/* What one value is when read back; texts and bytes point into the changes. */
typedef enum change_type { CHANGE_NULL, CHANGE_INTEGER, CHANGE_TEXT, CHANGE_BYTES, CHANGE_CONTENT, CHANGE_SAME } change_type;

typedef struct change_value {
    change_type type;
    int64_t integer;
    const char *bytes;
    size_t length;
} change_value;

enum { CHANGE_COLUMNS = 64 };

typedef struct change_row {
    char operation; /* 'I', 'U' or 'D' */
    char table[64];
    size_t columns;
    uint64_t changed; /* of an update: bit i is set when column i got another value */
    change_value before[CHANGE_COLUMNS];
    change_value after[CHANGE_COLUMNS]; /* CHANGE_SAME already replaced by the old value */
} change_row;

/* Starts to note the changes of a connection's transactions into store->changes. */
void changes_watch(store *store);

/* Reads the next change at *at; false at the end or when the bytes are not in the format (*ret_broken). */
bool changes_read(const unsigned char **at, const unsigned char *end, change_row *ret_row, bool *ret_broken);

#endif
