#ifndef MAGISTRAL_STORE_JOURNAL_H
#define MAGISTRAL_STORE_JOURNAL_H

#include "magistral/store/store.h"

/* One entry of the journal as it is read back; the row changes are read by journal_changes(). */
#define JOURNAL_FIELDS(INTEGER, TEXT)                                                                              \
    INTEGER(sequence) TEXT(at) TEXT(zone) TEXT(person) TEXT(workstation) TEXT(program) INTEGER(schema_version)     \
    TEXT(template_version) TEXT(act) TEXT(key) TEXT(inputs) TEXT(reason) TEXT(meaning) TEXT(signed_digest) TEXT(answer)
RECORD(journal_entry, JOURNAL_FIELDS)

/* A thing that an entry concerns: its kind ("lot") and number ("MP26-0003"). */
#define SUBJECT_FIELDS(INTEGER, TEXT) TEXT(kind) TEXT(number) INTEGER(sequence)
RECORD(journal_subject, SUBJECT_FIELDS)

extern const query JOURNAL_OF_ACT;          /* journal_entry.act -> the first of that act */

extern const query JOURNAL_BY_SEQUENCE;  /* journal_entry.sequence -> journal_entry */
extern const query JOURNAL_BY_KEY;       /* person, key -> journal_entry */
extern const query JOURNAL_SUBJECTS;     /* journal_subject.sequence -> journal_subject */
extern const query JOURNAL_LAST;         /* nothing -> journal_subject with the last sequence of all */
extern const query JOURNAL_LAST_OF;      /* kind, number -> journal_subject with its last sequence */

/* Appends the entry of the act under way, inside its transaction, with the row changes noted since store_begin(); sets
 * entry->sequence. Subjects are sorted and made unique. The canonical bytes that are hashed are described in
 * journal.c. */
ending journal_append(store *store, journal_entry *entry, journal_subject *subjects, size_t count) MUST_CHECK;

/* The number of entries and the head of the hash tree (RFC 9162 2.1) as 64 hexadecimal digits; of an empty journal the
 * digest of nothing. */
ending journal_head(store *store, arena *arena, int64_t *ret_sequence, const char **ret_head) MUST_CHECK;

/* The head as it was when the journal held `sequence` entries; *ret_found is false when it never held so many. */
ending journal_head_at(store *store, int64_t sequence, arena *arena, const char **ret_head, bool *ret_found) MUST_CHECK;

/* One row change of an entry, for people: values as text, NULL where absent. */
typedef struct journal_change {
    const char *operation; /* "added", "changed", "removed" */
    const char *table;
    const char *row;       /* its number or id */
    const char *column;
    const char *before;
    const char *after;
} journal_change;

/* The row changes of an entry, column by column: of a change only the columns that differ. */
ending journal_changes(store *store, int64_t sequence, arena *arena, journal_change **ret_changes, size_t *ret_count) MUST_CHECK;

#endif
