#ifndef MAGISTRAL_ACT_CALL_H
#define MAGISTRAL_ACT_CALL_H

#include "magistral/act/act.h"
#include "magistral/base/text.h"
#include "magistral/store/journal.h"
#include "magistral/store/person.h"
#include "magistral/store/store.h"

/* One input as it was given and read. */
typedef struct input_value {
    const input_definition *definition;
    bool given;
    size_t count;              /* of a list; else 1 when given */
    const char **texts;        /* trimmed; a decimal in canonical form, a day as YYYY-MM-DD, a file as its digest */
    int64_t *integers;         /* of COUNT, MASS, VOLUME, MONEY, QUANTITY, TRUTH */
    bool is_count;             /* a QUANTITY that was a number of articles */
    const char *file_bytes;    /* of a FILE, until it is stored */
    size_t file_length;
    const char *file_type;
} input_value;

/* An act or view under way: what its function is given. Everything it returns lives in `arena`. */
struct call {
    arena *arena;
    outcome *outcome;
    store *store;
    const act *act;
    language language;      /* of the person */
    language site_language; /* of papers and signatures */
    person person;          /* who acts; id 0 when nobody is signed in */
    const char *now;        /* instant, YYYY-MM-DDTHH:MM:SS.mmmZ */
    const char *today;      /* day at the site, YYYY-MM-DD */
    int64_t year;           /* of today */
    const char *zone;       /* of the site */
    bool rehearsal;
    bool by_badge;          /* a badge and its PIN alone say who acts: what is a decision takes the password */
    const char *meaning;    /* of the signature given, or NULL */
    const char *template_version;
    const char *folder;     /* layouts read from a folder, in a rehearsal only; or NULL */
    const char *key_path;   /* file of the installation's private key */
    input_value *inputs;
    size_t input_count;
    answer *done;           /* the answer: an object the function fills */
    answer *once;           /* what the caller alone is told, this once: never journaled, nor told again for a key */
    journal_subject *subjects;
    size_t subject_count, subject_room;
    bool issued_paper;      /* a document left: the head after it goes to the witness too */
    void *prepared;         /* what act->prepare left for act->run */
    bool stale;             /* run() found that what was prepared no longer holds: the runner prepares again */
    const char *near_miss_subject; /* set beside a refusal: a wrong container was scanned; one event stays */
    const char *near_miss_field;   /* the input into which it was scanned */
};

/* Reading inputs. Asking for a name that the act does not declare ends the process: it is a defect. */
bool call_has(const call *call, const char *name);
const char *call_text(const call *call, const char *name);       /* NULL when not given */
int64_t call_integer(const call *call, const char *name);        /* ABSENT when not given */
int64_t call_integer_or(const call *call, const char *name, int64_t otherwise);
bool call_truth(const call *call, const char *name);             /* false when not given */
const input_value *call_input(const call *call, const char *name);

/* Notes that the act concerns a thing, for the journal's index. */
void call_concerns(call *call, const char *kind, const char *number);

/* Beside a refusal: what was scanned into `field` is no usable container. Where the input is one that is scanned
 * (INPUT_SCANNED), one event with `what` as its subject stays. */
void call_wrong_scan(call *call, const char *field, const char *what);

/* Refuses the act for a rule, with pairs of names and texts ended by NULL; returns REFUSED. */
#define call_refuse(call, rule, field, ...) refuse((call)->outcome, rule, field, __VA_ARGS__)

/* DONE when nothing was refused so far. */
#define call_ending(call) outcome_ending((call)->outcome)

/* A state as people read it ("quarantine" -> "en quarantaine"), in the call's language. */
const char *call_word(const call *call, const char *prefix, const char *word);

/* The state of a thing as people read it, in the gender of its noun ("request": acceptée). */
const char *call_state(const call *call, const char *noun, const char *state);

/* An act as people say it, with its name: "Enregistrer une étape (step record)". */
const char *call_act_words(const call *call, const char *act);

/* Stores the file of a FILE input and returns its digest; NULL digest when it was not given. */
ending call_store_file(call *call, const char *name, const char **ret_digest) MUST_CHECK;

/* The next number of a yearly series: "MP" and 3 -> "MP26-0003". */
const char *series_number(arena *arena, const char *prefix, int64_t year, int64_t ordinal);

/* True when the person holds the role today. */
ending call_holds_role(call *call, role role, bool *ret_holds) MUST_CHECK;
/* True when one of the person's roles of today is a pharmacist's. */
ending call_is_pharmacist(call *call, bool *ret_is) MUST_CHECK;

#endif
