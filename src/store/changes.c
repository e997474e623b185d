#include "changes.h"

#include <string.h>

#include "tables.h"

static void add_number(buffer *to, uint64_t number)
{
    while (number >= 0x80) {
        buffer_add_byte(to, (unsigned char)(number | 0x80));
        number >>= 7;
    }
    buffer_add_byte(to, (unsigned char)number);
}

static void add_bytes(buffer *to, const void *bytes, int length)
{
    add_number(to, (uint64_t)length);
    buffer_add(to, bytes, (size_t)length);
}

static bool add_value(buffer *to, sqlite3_value *value)
{
    switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
        buffer_add_byte(to, CHANGE_NULL);
        return true;
    case SQLITE_INTEGER: {
        int64_t integer = sqlite3_value_int64(value);
        buffer_add_byte(to, CHANGE_INTEGER);
        add_number(to, (uint64_t)integer << 1 ^ (uint64_t)(integer >> 63));
        return true;
    }
    case SQLITE_TEXT:
        buffer_add_byte(to, CHANGE_TEXT);
        add_bytes(to, sqlite3_value_text(value), sqlite3_value_bytes(value));
        return true;
    case SQLITE_BLOB:
        buffer_add_byte(to, CHANGE_BYTES);
        add_bytes(to, sqlite3_value_blob(value), sqlite3_value_bytes(value));
        return true;
    default:
        return false; /* no table of ours has a REAL */
    }
}

static bool same(sqlite3_value *a, sqlite3_value *b)
{
    int type = sqlite3_value_type(a);
    if (type != sqlite3_value_type(b))
        return false;
    if (type == SQLITE_NULL)
        return true;
    if (type == SQLITE_INTEGER)
        return sqlite3_value_int64(a) == sqlite3_value_int64(b);
    int length = sqlite3_value_bytes(a);
    return length == sqlite3_value_bytes(b) &&
           (length == 0 || memcmp(sqlite3_value_blob(a), sqlite3_value_blob(b), (size_t)length) == 0);
}

static bool add_old_row(store *store, int columns)
{
    for (int i = 0; i < columns; i++) {
        sqlite3_value *value = NULL;
        if (sqlite3_preupdate_old(store->database, i, &value) != SQLITE_OK || !add_value(&store->changes, value))
            return false;
    }
    return true;
}

static bool add_new_row(store *store, int columns, bool update, bool content)
{
    for (int i = 0; i < columns; i++) {
        sqlite3_value *value = NULL, *old = NULL;
        if (sqlite3_preupdate_new(store->database, i, &value) != SQLITE_OK)
            return false;
        if (update && sqlite3_preupdate_old(store->database, i, &old) == SQLITE_OK && same(old, value))
            buffer_add_byte(&store->changes, CHANGE_SAME);
        else if (content && sqlite3_value_type(value) == SQLITE_BLOB)
            buffer_add_byte(&store->changes, CHANGE_CONTENT);
        else if (!add_value(&store->changes, value))
            return false;
    }
    return true;
}

static void note(void *context, sqlite3 *database, int operation, const char *schema, const char *table,
                 sqlite3_int64 old_row, sqlite3_int64 new_row)
{
    (void)schema, (void)old_row, (void)new_row;
    store *store = context;
    if (tables_kind(table) != TABLE_RECORD)
        return;
    int columns = sqlite3_preupdate_count(database);
    char letter = operation == SQLITE_INSERT ? 'I' : operation == SQLITE_UPDATE ? 'U' : 'D';
    buffer_add_byte(&store->changes, (unsigned char)letter);
    add_bytes(&store->changes, table, (int)strlen(table));
    add_number(&store->changes, (uint64_t)columns);
    bool noted = true;
    if (operation != SQLITE_INSERT)
        noted = add_old_row(store, columns);
    if (noted && operation != SQLITE_DELETE)
        noted = add_new_row(store, columns, operation == SQLITE_UPDATE, strcmp(table, "content") == 0);
    if (!noted)
        store->changes_failed = true;
}

void changes_watch(store *store)
{
    sqlite3_preupdate_hook(store->database, note, store);
}

static bool read_number(const unsigned char **at, const unsigned char *end, uint64_t *ret_number)
{
    uint64_t number = 0;
    for (int shift = 0; shift < 64 && *at < end; shift += 7) {
        unsigned char byte = *(*at)++;
        number |= (uint64_t)(byte & 0x7F) << shift;
        if (!(byte & 0x80)) {
            *ret_number = number;
            return true;
        }
    }
    return false;
}

static bool read_value(const unsigned char **at, const unsigned char *end, change_value *ret_value)
{
    if (*at >= end || **at > CHANGE_SAME)
        return false;
    uint64_t number = 0;
    *ret_value = (change_value){.type = (change_type) * (*at)++};
    switch (ret_value->type) {
    case CHANGE_NULL:
    case CHANGE_CONTENT:
    case CHANGE_SAME:
        return true;
    case CHANGE_INTEGER:
        if (!read_number(at, end, &number))
            return false;
        ret_value->integer = (int64_t)(number >> 1 ^ (~(number & 1) + 1));
        return true;
    case CHANGE_TEXT:
    case CHANGE_BYTES:
        if (!read_number(at, end, &number) || number > (uint64_t)(end - *at))
            return false;
        ret_value->bytes = (const char *)*at;
        ret_value->length = (size_t)number;
        *at += number;
        return true;
    }
    return false;
}

static bool read_rows(const unsigned char **at, const unsigned char *end, change_row *row)
{
    for (size_t i = 0; row->operation != 'I' && i < row->columns; i++)
        if (!read_value(at, end, &row->before[i]))
            return false;
    for (size_t i = 0; row->operation != 'D' && i < row->columns; i++) {
        if (!read_value(at, end, &row->after[i]))
            return false;
        if (row->after[i].type == CHANGE_SAME)
            row->after[i] = row->before[i];
        else
            row->changed |= (uint64_t)1 << i;
    }
    return true;
}

bool changes_read(const unsigned char **at, const unsigned char *end, change_row *ret_row, bool *ret_broken)
{
    *ret_broken = false;
    if (*at >= end)
        return false;
    uint64_t length = 0, columns = 0;
    ret_row->operation = (char)*(*at)++;
    ret_row->changed = 0;
    *ret_broken = true;
    if (!strchr("IUD", ret_row->operation) || !ret_row->operation)
        return false;
    if (!read_number(at, end, &length) || length >= sizeof ret_row->table || length > (uint64_t)(end - *at))
        return false;
    memcpy(ret_row->table, *at, (size_t)length);
    ret_row->table[length] = 0;
    *at += length;
    if (!read_number(at, end, &columns) || columns > CHANGE_COLUMNS)
        return false;
    ret_row->columns = (size_t)columns;
    *ret_broken = !read_rows(at, end, ret_row);
    return !*ret_broken;
}
