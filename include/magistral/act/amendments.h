#ifndef MAGISTRAL_ACT_AMENDMENTS_H
#define MAGISTRAL_ACT_AMENDMENTS_H

#include "magistral/act/call.h"
#include "magistral/store/amendment.h"
#include "magistral/store/batch.h"
#include "magistral/store/lot.h"

/* What the acts that amend an entry share: the first value stays, the one that supersedes it stands beside it. */

/* One value that an act changes. */
typedef struct amended_entry {
    const char *entry, *former, *value, *unit; /* as in schema/, table amendment */
    const char *subject;                       /* another than that of all, of a lot's container; else NULL */
} amended_entry;

/* What is amended, and what follows from it. */
typedef struct amending {
    const batch *batch;          /* NULL of a lot */
    const lot *lot;              /* of what was received, else NULL */
    const char *kind, *subject;  /* as in schema/, table amendment */
    int64_t author;              /* who made the entry; its id */
    const char *entered_at;
    bool used;                   /* something later stands on it already */
    bool good_before, good_after; /* within its limits, complying; both, when nothing is judged yet */
    bool verdict_changes;        /* of a result: another verdict, of more than the two */
    const char *raw_document;    /* of a result */
    const char *consequence;     /* what was computed again from it, in the site's words, told with the deviation; or NULL */
    int64_t readability;         /* of the balance of a weighing, ng */
    const amended_entry *entries;
    size_t count;
} amending;

/* Refuses (AMENDMENT-04) what belongs to a batch that is decided: nothing of it changes, an addendum is written. Rule: BPP 4.42. */
ending amendments_check_open(call *call, const char *field, const batch *batch) MUST_CHECK;

/* Refuses what this person may not amend: until it is used, whoever made the entry may, or a pharmacist (AMENDMENT-02); what is used, or
 * whose failing verdict would change, is a pharmacist's alone (AMENDMENT-03), with the password. Refuses what changes nothing (AMENDMENT-01). */
ending amendments_check(call *call, const amending *amending) MUST_CHECK;

/* Writes an amendment for each entry; where it was used already, its verdict changes, or the new value is outside its limits, a deviation opens
 * with them, unless the batch is decided; of a control that is due after the release one opens then too. The entry's own row
 * is the caller's to change, after this. Rule: BPP 4.40; EU GMP 4.9. */
ending amendments_write(call *call, const amending *amending) MUST_CHECK;

/* A count or a mass as an entry of an amendment; `unit` "ng", "micro-euro" or NULL. */
amended_entry amendments_number(call *call, const char *entry, int64_t former, int64_t value, const char *unit);

/* Who did an act on a thing last ("batch", its number, "batch fill"), by the journal; ABSENT and NULL when nobody did. */
ending amendments_author(call *call, const char *kind, const char *number, const char *act, int64_t *ret_person, const char **ret_at) MUST_CHECK;

/* Refuses (BATCH-04) who amended this entry of a thing (NULL: any of it) and would now verify it. DONE also when it refused. Rule: BPP 5.44. */
ending amendments_check_verifier(call *call, const char *kind, const char *field, int64_t batch, const char *subject, const char *entry) MUST_CHECK;

/* Tells each batch that holds something of the amended lot: a deviation opens for one that is undecided, a dated note is added to one that was
 * released. Rule: BPP 4.40, 4.42. */
ending amendments_tell_batches(call *call, const amending *amending) MUST_CHECK;

/* Puts the amendments of a lot as a list named "amendments"; nothing when there is none. */
ending amendments_put_lot(call *call, answer *to, const lot *lot) MUST_CHECK;

/* Puts the amendments of a batch, or of one thing of it (`subject` not NULL), as a list named "amendments"; nothing when there is none. */
ending amendments_put(call *call, answer *to, int64_t batch, const char *subject) MUST_CHECK;

/* Puts what was added to a batch after its decision, as a list named "addenda"; nothing when there is none. */
ending addenda_put(call *call, answer *to, int64_t batch) MUST_CHECK;

/* Puts the amendments and the addenda of a batch as its record prints them, in the site's words. */
ending amendments_put_record(call *call, answer *record, int64_t batch) MUST_CHECK;

/* Reads the amendments of a batch, in order. */
ending amendments_of(call *call, int64_t batch, amendment_line **ret_lines, size_t *ret_count) MUST_CHECK;

/* Of each amended entry of a thing (number of a weighing or result, title of a step) its first value, in the site's words ("duration: 10 min");
 * NULL when none was amended. */
const char *amendments_firsts(call *call, const amendment_line *lines, size_t count, const char *kind, const char *thing);

/* The value that was first entered, in the site's words, of an entry of a thing; NULL when it was never amended. */
const char *amendments_first(call *call, const amendment_line *lines, size_t count, const char *subject, const char *entry);

/* "Weighing B26-0001/W1, net: 6.5608 g, then 6.5068 g (typing error)", for the list of what deviated. */
const char *amendments_words(call *call, const amendment_line *line);

#endif
