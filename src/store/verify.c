#include "magistral/store/verify.h"

#include <inttypes.h>
#include <string.h>

#include "changes.h"
#include "compare.h"
#include "journal_bytes.h"
#include "magistral/base/digest.h"
#include "migrate.h"
#include "replay.h"
#include "tree.h"

static const char ENTRIES[] =
    "SELECT sequence, at, zone, person, workstation, program, schema_version, template_version, act, key, inputs, reason, "
    "meaning, signed_digest, answer, changes, leaf FROM journal ORDER BY sequence";
static const char SUBJECTS_OF[] = "SELECT kind, number FROM journal_subject WHERE sequence = ?1 ORDER BY kind, number";
static const char NODE_AT[] = "SELECT hash FROM journal_node WHERE level = ?1 AND position = ?2";
static const char NODES[] = "SELECT count(*) FROM journal_node";
static const char STRAY_SUBJECTS[] = "SELECT count(*) FROM journal_subject";

typedef struct run {
    store *store;
    arena *arena;
    verification *found;
    replay *replay;
    tree tree;
    int64_t nodes, subjects;
    sqlite3_stmt *subjects_of, *node_at;
    const char *witness_head;
    int64_t witness_sequence;
    bool replaying; /* until the first entry that cannot be applied */
} run;

static phrase kept(arena *arena, phrase phrase)
{
    for (size_t i = 0; phrase.values[i].name; i++)
        phrase.values[i].value = phrase.values[i].value ? arena_text(arena, phrase.values[i].value) : "";
    return phrase;
}

void verify_note(verification *found, arena *arena, phrase where, phrase what)
{
    if (found->findings++ >= 100)
        return;
    finding *made = arena_alloc(arena, sizeof *made);
    *made = (finding){.where = kept(arena, where), .what = kept(arena, what)};
    if (found->last)
        found->last->next = made;
    else
        found->first = made;
    found->last = made;
}

static const char *number(run *run, int64_t value)
{
    return arena_format(run->arena, "%" PRId64, value);
}

static void note_entry(run *run, const journal_entry *entry, phrase what)
{
    verify_note(run->found, run->arena, PHRASE("verify.entry", {"sequence", number(run, entry->sequence)}, {"act", entry->act}), what);
}

static const char *column(sqlite3_stmt *statement, int at)
{
    return (const char *)sqlite3_column_text(statement, at);
}

static void read_entry(sqlite3_stmt *s, journal_entry *entry)
{
    *entry = (journal_entry){
        .sequence = sqlite3_column_int64(s, 0), .at = column(s, 1), .zone = column(s, 2), .person = column(s, 3),
        .workstation = column(s, 4), .program = column(s, 5), .schema_version = sqlite3_column_int64(s, 6),
        .template_version = column(s, 7), .act = column(s, 8), .key = column(s, 9), .inputs = column(s, 10),
        .reason = column(s, 11), .meaning = column(s, 12), .signed_digest = column(s, 13), .answer = column(s, 14)};
}

static size_t read_subjects(run *run, int64_t sequence, arena *arena, journal_subject **ret_subjects)
{
    size_t count = 0, room = 8;
    journal_subject *subjects = arena_array(arena, room, sizeof *subjects);
    sqlite3_reset(run->subjects_of);
    sqlite3_bind_int64(run->subjects_of, 1, sequence);
    while (sqlite3_step(run->subjects_of) == SQLITE_ROW) {
        if (count == room) {
            journal_subject *grown = arena_array(arena, room *= 2, sizeof *grown);
            memcpy(grown, subjects, count * sizeof *grown);
            subjects = grown;
        }
        subjects[count++] = (journal_subject){.kind = arena_text(arena, column(run->subjects_of, 0)),
                                              .number = arena_text(arena, column(run->subjects_of, 1))};
    }
    *ret_subjects = subjects;
    return count;
}

static bool check_node(void *context, int level, uint64_t position, const unsigned char hash[TREE_HASH])
{
    run *run = context;
    run->nodes++;
    sqlite3_reset(run->node_at);
    sqlite3_bind_int(run->node_at, 1, level);
    sqlite3_bind_int64(run->node_at, 2, (sqlite3_int64)position);
    bool fits = sqlite3_step(run->node_at) == SQLITE_ROW && sqlite3_column_bytes(run->node_at, 0) == TREE_HASH &&
                memcmp(sqlite3_column_blob(run->node_at, 0), hash, TREE_HASH) == 0;
    if (!fits)
        verify_note(run->found, run->arena,
                    PHRASE("verify.node", {"level", number(run, level)}, {"position", number(run, (int64_t)position)}),
                    PHRASE("verify.node-differs", {0}));
    return true;
}

static void check_witness(run *run)
{
    if (!run->witness_head || run->tree.size != (uint64_t)run->witness_sequence)
        return;
    unsigned char head[TREE_HASH], paper[TREE_HASH];
    tree_head(&run->tree, head);
    if (!hexadecimal_read(run->witness_head, paper, sizeof paper) || memcmp(head, paper, sizeof head) != 0)
        verify_note(run->found, run->arena, PHRASE("verify.witness", {"sequence", number(run, run->witness_sequence)}),
                    PHRASE("verify.other-head", {"head", hexadecimal(run->arena, head, sizeof head)}));
}

static void apply(run *run, const journal_entry *entry, const void *changes, size_t length)
{
    if (!run->replaying)
        return;
    phrase why = {0};
    if (strcmp(entry->act, MIGRATION_ACT) == 0 && !entry->person) {
        const char *expected = migration_inputs(run->arena, (int)entry->schema_version);
        if (!text_equal(expected, entry->inputs))
            why = PHRASE("verify.no-schema-file", {0});
        else
            why = replay_file(run->replay, (int)entry->schema_version);
    } else {
        why = replay_changes(run->replay, changes, length);
    }
    if (why.key) {
        note_entry(run, entry, why);
        run->replaying = false;
    }
}

static void check_entry(run *run, sqlite3_stmt *s)
{
    ARENA_SCOPE arena *arena = arena_new();
    journal_entry entry;
    read_entry(s, &entry);
    if (entry.sequence != (int64_t)run->tree.size + 1)
        note_entry(run, &entry, PHRASE("verify.entry-missing", {"sequence", number(run, (int64_t)run->tree.size + 1)}));
    journal_subject *subjects = NULL;
    size_t count = read_subjects(run, entry.sequence, arena, &subjects);
    run->subjects += (int64_t)count;
    const void *changes = sqlite3_column_blob(s, 15);
    size_t length = (size_t)sqlite3_column_bytes(s, 15);
    BUFFER_SCOPE buffer bytes = BUFFER_EMPTY;
    journal_bytes(&entry, subjects, count, changes, length, &bytes);
    unsigned char leaf[TREE_HASH];
    tree_leaf(bytes.bytes, bytes.length, leaf);
    if (sqlite3_column_bytes(s, 16) != TREE_HASH || memcmp(sqlite3_column_blob(s, 16), leaf, TREE_HASH) != 0)
        note_entry(run, &entry, PHRASE("verify.bytes-differ", {0}));
    tree_add(&run->tree, leaf, check_node, run);
    check_witness(run);
    apply(run, &entry, changes, length);
}

static void check_count(run *run, const char *sql, int64_t expected, phrase where)
{
    int64_t count = 0;
    if (store_integer(run->store, sql, &count) == DONE && count != expected)
        verify_note(run->found, run->arena, where,
                    PHRASE("verify.count", {"count", number(run, count)}, {"expected", number(run, expected)}));
}

static ending read_journal(run *run)
{
    sqlite3_stmt *entries = NULL;
    TRY(store_prepare(run->store, SUBJECTS_OF, &run->subjects_of));
    TRY(store_prepare(run->store, NODE_AT, &run->node_at));
    TRY(store_prepare(run->store, ENTRIES, &entries));
    int code;
    while ((code = sqlite3_step(entries)) == SQLITE_ROW)
        check_entry(run, entries);
    ending result = DONE;
    if (code != SQLITE_DONE)
        verify_note(run->found, run->arena, PHRASE("verify.journal", {0}), PHRASE("verify.sqlite", {"message", sqlite3_errmsg(run->store->database)}));
    sqlite3_finalize(entries);
    return result;
}

static ending check(run *run)
{
    TRY(read_journal(run));
    check_count(run, NODES, run->nodes, PHRASE("verify.tree", {0}));
    check_count(run, STRAY_SUBJECTS, run->subjects, PHRASE("verify.table", {"table", "journal_subject"}));
    if (run->witness_head && run->witness_sequence > (int64_t)run->tree.size)
        verify_note(run->found, run->arena, PHRASE("verify.witness", {"sequence", number(run, run->witness_sequence)}),
                    PHRASE("verify.fewer-entries", {0}));
    if (run->replaying)
        compare_databases(run->store, run->replay, run->arena, run->found);
    else
        verify_note(run->found, run->arena, PHRASE("verify.tables", {0}), PHRASE("verify.not-compared", {0}));
    compare_alone(run->store, run->arena, run->found);
    unsigned char head[TREE_HASH];
    tree_head(&run->tree, head);
    run->found->entries = (int64_t)run->tree.size;
    run->found->head = hexadecimal(run->arena, head, sizeof head);
    return DONE;
}

ending store_verify(store *store, int64_t witness_sequence, const char *witness_head, arena *arena,
                    verification *ret_verification)
{
    *ret_verification = (verification){0};
    run run = {.store = store, .arena = arena, .found = ret_verification, .replaying = true,
               .witness_sequence = witness_sequence, .witness_head = witness_head};
    TRY(replay_open(store, &run.replay));
    bool free_hand = store->free_hand;
    store->free_hand = true; /* integrity_check and table_info are pragmas */
    bool alone = !store->in_transaction;
    ending result = alone ? store_begin_reading(store) : DONE;
    if (result == DONE)
        result = check(&run);
    sqlite3_finalize(run.subjects_of);
    sqlite3_finalize(run.node_at);
    replay_close(run.replay);
    if (alone)
        store_rollback(store);
    store->free_hand = free_hand;
    return result;
}
