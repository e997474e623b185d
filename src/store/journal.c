/* The journal. What is hashed for an entry is this sequence of bytes: the word "magistral-entry-1", then, each preceded
 * by its length plus one as decimal text and a colon ("0:" where absent), in this order: sequence, at, zone, person,
 * workstation, program, schema version, template version, act, key, inputs, reason, meaning, signed digest, answer; then
 * kind and number of every subject in the order of their bytes; then the row changes (changes.h). */
#include "magistral/store/journal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "changes.h"
#include "journal_bytes.h"
#include "magistral/base/digest.h"
#include "statement.h"
#include "tree.h"

SHAPE(journal_entry, JOURNAL_FIELDS)
SHAPE(journal_subject, SUBJECT_FIELDS)

#define ENTRY                                                                                                          \
    "SELECT j.sequence, j.at, j.zone, j.person, j.workstation, j.program, j.schema_version, j.template_version, j.act, " \
    "j.key, j.inputs, j.reason, j.meaning, j.signed_digest, j.answer FROM journal j "
QUERY(JOURNAL_BY_SEQUENCE, journal_entry, journal_entry, ENTRY "WHERE j.sequence = :sequence")
QUERY(JOURNAL_BY_KEY, journal_entry, journal_entry, ENTRY "WHERE j.person = :person AND j.key = :key")
QUERY(JOURNAL_OF_ACT, journal_entry, journal_entry, ENTRY "WHERE j.act = :act ORDER BY j.sequence LIMIT 1")
QUERY(JOURNAL_SUBJECTS, journal_subject, journal_subject,
      "SELECT kind, number, sequence FROM journal_subject WHERE sequence = :sequence ORDER BY kind, number")
QUERY(JOURNAL_LAST, nothing, journal_subject, "SELECT NULL AS kind, NULL AS number, coalesce(max(sequence), 0) AS sequence FROM journal")
QUERY(JOURNAL_LAST_OF, journal_subject, journal_subject,
      "SELECT kind, number, sequence FROM journal_subject WHERE kind = :kind AND number = :number ORDER BY sequence DESC LIMIT 1")

static const char INSERT_ENTRY[] =
    "INSERT INTO journal (sequence, at, zone, person, workstation, program, schema_version, template_version, act, key, "
    "inputs, reason, meaning, signed_digest, answer, changes, leaf) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)";
static const char INSERT_SUBJECT[] = "INSERT INTO journal_subject (kind, number, sequence) VALUES (?1, ?2, ?3)";
static const char INSERT_NODE[] = "INSERT INTO journal_node (level, position, hash) VALUES (?1, ?2, ?3)";
static const char NODE_AT[] = "SELECT hash FROM journal_node WHERE level = ?1 AND position = ?2";
static const char LEAF_AT[] = "SELECT leaf FROM journal WHERE sequence = ?1";
static const char LAST[] = "SELECT coalesce(max(sequence), 0) FROM journal";
static const char CHANGES_OF[] = "SELECT changes FROM journal WHERE sequence = ?1";
static const char COLUMNS_OF[] = "SELECT name FROM pragma_table_info(?1) ORDER BY cid";

static void add_part(buffer *to, const char *text)
{
    if (text)
        buffer_add_format(to, "%zu:%s", strlen(text) + 1, text);
    else
        buffer_add_text(to, "0:");
}

void journal_bytes(const journal_entry *entry, const journal_subject *subjects, size_t count, const void *changes,
                   size_t length, buffer *to)
{
    char sequence[24], version[24];
    snprintf(sequence, sizeof sequence, "%" PRId64, entry->sequence);
    snprintf(version, sizeof version, "%" PRId64, entry->schema_version);
    const char *const parts[] = {sequence,      entry->at,     entry->zone,   entry->person,  entry->workstation,
                                 entry->program, version,       entry->template_version, entry->act, entry->key,
                                 entry->inputs, entry->reason, entry->meaning, entry->signed_digest, entry->answer};
    buffer_add_text(to, "magistral-entry-1");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        add_part(to, parts[i]);
    for (size_t i = 0; i < count; i++) {
        add_part(to, subjects[i].kind);
        add_part(to, subjects[i].number);
    }
    buffer_add_format(to, "%zu:", length + 1);
    buffer_add(to, changes, length);
}

static int subject_order(const void *a, const void *b)
{
    const journal_subject *x = a, *y = b;
    int kinds = strcmp(x->kind, y->kind);
    return kinds ? kinds : strcmp(x->number, y->number);
}

static size_t sort_subjects(journal_subject *subjects, size_t count)
{
    size_t kept = 0;
    if (count > 1)
        qsort(subjects, count, sizeof *subjects, subject_order);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || subject_order(&subjects[kept - 1], &subjects[i]) != 0)
            subjects[kept++] = subjects[i];
    return kept;
}

/* A statement kept for the connection's life, besides the queries with shapes. */
static ending kept(store *store, int which, const char *sql, sqlite3_stmt **ret_statement)
{
    if (!store->journal_statements[which])
        TRY(store_prepare(store, sql, &store->journal_statements[which]));
    sqlite3_reset(store->journal_statements[which]);
    *ret_statement = store->journal_statements[which];
    return DONE;
}
enum { KEPT_ENTRY, KEPT_SUBJECT, KEPT_NODE, KEPT_NODE_AT, KEPT_LEAF_AT, KEPT_LAST };

static ending finish(store *store, sqlite3_stmt *statement, const char *what)
{
    int code = sqlite3_step(statement);
    ending result = code == SQLITE_DONE ? DONE : store_explain(store, sqlite3_extended_errcode(store->database), what);
    sqlite3_reset(statement);
    return result;
}

static ending last_sequence(store *store, int64_t *ret_sequence)
{
    sqlite3_stmt *statement = NULL;
    TRY(kept(store, KEPT_LAST, LAST, &statement));
    if (sqlite3_step(statement) != SQLITE_ROW)
        return store_explain(store, sqlite3_extended_errcode(store->database), LAST);
    *ret_sequence = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return DONE;
}

static ending read_hash(store *store, int level, uint64_t position, unsigned char ret_hash[TREE_HASH])
{
    sqlite3_stmt *statement = NULL;
    if (level == 0) {
        TRY(kept(store, KEPT_LEAF_AT, LEAF_AT, &statement));
        sqlite3_bind_int64(statement, 1, (sqlite3_int64)position + 1);
    } else {
        TRY(kept(store, KEPT_NODE_AT, NODE_AT, &statement));
        sqlite3_bind_int(statement, 1, level);
        sqlite3_bind_int64(statement, 2, (sqlite3_int64)position);
    }
    ending result = DONE;
    if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_bytes(statement, 0) == TREE_HASH)
        memcpy(ret_hash, sqlite3_column_blob(statement, 0), TREE_HASH);
    else
        result = fail(store->outcome, "the journal's hash tree lacks level %d, position %" PRIu64, level, position);
    sqlite3_reset(statement);
    return result;
}

static ending load_tree(store *store, uint64_t size, tree *ret_tree)
{
    ret_tree->size = size;
    for (int level = 0; level < TREE_LEVELS; level++)
        if (size >> level & 1)
            TRY(read_hash(store, level, (size >> level) - 1, ret_tree->peaks[level]));
    return DONE;
}

struct node_writing {
    store *store;
    ending result;
};

static bool write_node(void *context, int level, uint64_t position, const unsigned char hash[TREE_HASH])
{
    struct node_writing *writing = context;
    sqlite3_stmt *statement = NULL;
    writing->result = kept(writing->store, KEPT_NODE, INSERT_NODE, &statement);
    if (writing->result != DONE)
        return false;
    sqlite3_bind_int(statement, 1, level);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)position);
    sqlite3_bind_blob(statement, 3, hash, TREE_HASH, SQLITE_TRANSIENT);
    writing->result = finish(writing->store, statement, INSERT_NODE);
    return writing->result == DONE;
}

static void bind_text(sqlite3_stmt *statement, int at, const char *text)
{
    if (text)
        sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
    else
        sqlite3_bind_null(statement, at);
}

static ending insert_entry(store *store, const journal_entry *entry, const unsigned char leaf[TREE_HASH])
{
    sqlite3_stmt *s = NULL;
    TRY(kept(store, KEPT_ENTRY, INSERT_ENTRY, &s));
    sqlite3_bind_int64(s, 1, entry->sequence);
    const char *const first[] = {entry->at, entry->zone, entry->person, entry->workstation, entry->program};
    for (int i = 0; i < 5; i++)
        bind_text(s, 2 + i, first[i]);
    sqlite3_bind_int64(s, 7, entry->schema_version);
    const char *const second[] = {entry->template_version, entry->act, entry->key, entry->inputs, entry->reason,
                                  entry->meaning, entry->signed_digest, entry->answer};
    for (int i = 0; i < 8; i++)
        bind_text(s, 8 + i, second[i]);
    sqlite3_bind_blob(s, 16, buffer_text(&store->changes), (int)store->changes.length, SQLITE_STATIC);
    sqlite3_bind_blob(s, 17, leaf, TREE_HASH, SQLITE_STATIC);
    ending result = finish(store, s, INSERT_ENTRY);
    sqlite3_clear_bindings(s);
    return result;
}

static ending insert_subjects(store *store, const journal_subject *subjects, size_t count, int64_t sequence)
{
    sqlite3_stmt *s = NULL;
    TRY(kept(store, KEPT_SUBJECT, INSERT_SUBJECT, &s));
    for (size_t i = 0; i < count; i++) {
        bind_text(s, 1, subjects[i].kind);
        bind_text(s, 2, subjects[i].number);
        sqlite3_bind_int64(s, 3, sequence);
        TRY(finish(store, s, INSERT_SUBJECT));
    }
    sqlite3_clear_bindings(s);
    return DONE;
}

ending journal_append(store *store, journal_entry *entry, journal_subject *subjects, size_t count)
{
    if (!store->in_transaction || store->changes_failed)
        return fail(store->outcome, "a journal entry without its changes");
    int64_t last = 0;
    TRY(last_sequence(store, &last));
    entry->sequence = last + 1;
    count = sort_subjects(subjects, count);
    unsigned char leaf[TREE_HASH];
    BUFFER_SCOPE buffer bytes = BUFFER_EMPTY;
    journal_bytes(entry, subjects, count, buffer_text(&store->changes), store->changes.length, &bytes);
    tree_leaf(bytes.bytes, bytes.length, leaf);
    TRY(insert_entry(store, entry, leaf));
    TRY(insert_subjects(store, subjects, count, entry->sequence));
    /* Only the peaks that the new leaf merges with are needed: those of the trailing ones of the size. */
    tree grown = {.size = (uint64_t)last};
    for (int level = 0; (uint64_t)last >> level & 1; level++)
        TRY(read_hash(store, level, ((uint64_t)last >> level) - 1, grown.peaks[level]));
    struct node_writing writing = {store, DONE};
    tree_add(&grown, leaf, write_node, &writing);
    return writing.result;
}

ending journal_head_at(store *store, int64_t sequence, arena *arena, const char **ret_head, bool *ret_found)
{
    int64_t last = 0;
    TRY(last_sequence(store, &last));
    *ret_found = sequence >= 0 && sequence <= last;
    if (!*ret_found)
        return DONE;
    tree whole = {0};
    unsigned char head[TREE_HASH];
    TRY(load_tree(store, (uint64_t)sequence, &whole));
    tree_head(&whole, head);
    *ret_head = hexadecimal(arena, head, TREE_HASH);
    return DONE;
}

ending journal_head(store *store, arena *arena, int64_t *ret_sequence, const char **ret_head)
{
    bool found;
    TRY(last_sequence(store, ret_sequence));
    return journal_head_at(store, *ret_sequence, arena, ret_head, &found);
}

static const char *value_text(arena *arena, const change_value *value)
{
    switch (value->type) {
    case CHANGE_INTEGER:
        return arena_format(arena, "%" PRId64, value->integer);
    case CHANGE_TEXT:
        return arena_copy(arena, value->bytes, value->length);
    case CHANGE_BYTES:
    case CHANGE_CONTENT:
        return arena_text(arena, "(bytes)");
    case CHANGE_NULL:
    case CHANGE_SAME:
        return NULL;
    }
    return NULL;
}

static ending column_names(store *store, const char *table, arena *arena, const char **names, size_t room)
{
    sqlite3_stmt *statement = NULL;
    store->free_hand = true; /* also while stepping: the table-valued pragma prepares its own statement then */
    ending result = store_prepare(store, COLUMNS_OF, &statement);
    if (result == DONE)
        sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
    for (size_t i = 0; result == DONE && i < room && sqlite3_step(statement) == SQLITE_ROW; i++)
        names[i] = arena_text(arena, (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    store->free_hand = false;
    return result;
}

static const char *row_name(arena *arena, const change_row *row, const char *const *names)
{
    const change_value *values = row->operation == 'D' ? row->before : row->after;
    for (size_t i = 0; i < row->columns; i++)
        if (names[i] && (strcmp(names[i], "number") == 0 || strcmp(names[i], "identifier") == 0 || strcmp(names[i], "code") == 0))
            return value_text(arena, &values[i]);
    return value_text(arena, &values[0]);
}

struct change_list {
    arena *arena;
    journal_change *rows;
    size_t count, room;
};

static void add_change(struct change_list *list, journal_change change)
{
    if (list->count == list->room) {
        list->room = list->room ? list->room * 2 : 32;
        journal_change *grown = arena_array(list->arena, list->room, sizeof *grown);
        if (list->count > 0)
            memcpy(grown, list->rows, list->count * sizeof *grown);
        list->rows = grown;
    }
    list->rows[list->count++] = change;
}

static ending add_row(store *store, const change_row *row, struct change_list *list)
{
    const char *names[CHANGE_COLUMNS] = {0};
    TRY(column_names(store, row->table, list->arena, names, row->columns));
    const char *operation = row->operation == 'I' ? "added" : row->operation == 'U' ? "changed" : "removed";
    const char *table = arena_text(list->arena, row->table), *name = row_name(list->arena, row, names);
    for (size_t i = 0; i < row->columns; i++) {
        const char *before = row->operation == 'I' ? NULL : value_text(list->arena, &row->before[i]);
        const char *after = row->operation == 'D' ? NULL : value_text(list->arena, &row->after[i]);
        if (!text_equal(before, after))
            add_change(list, (journal_change){operation, table, name, names[i], before, after});
    }
    return DONE;
}

ending journal_changes(store *store, int64_t sequence, arena *arena, journal_change **ret_changes, size_t *ret_count)
{
    sqlite3_stmt *statement = NULL;
    TRY(store_prepare(store, CHANGES_OF, &statement));
    sqlite3_bind_int64(statement, 1, sequence);
    struct change_list list = {.arena = arena};
    ending result = DONE;
    if (sqlite3_step(statement) == SQLITE_ROW) {
        const unsigned char *at = sqlite3_column_blob(statement, 0);
        const unsigned char *end = at + sqlite3_column_bytes(statement, 0);
        static _Thread_local change_row row;
        bool broken = false;
        while (result == DONE && at && changes_read(&at, end, &row, &broken))
            result = add_row(store, &row, &list);
        if (broken)
            result = fail(store->outcome, "the changes of entry %" PRId64 " cannot be read", sequence);
    }
    sqlite3_finalize(statement);
    *ret_changes = list.rows;
    *ret_count = list.count;
    return result;
}
