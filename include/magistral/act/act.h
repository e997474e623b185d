#ifndef MAGISTRAL_ACT_ACT_H
#define MAGISTRAL_ACT_ACT_H

#include <stdbool.h>
#include <stdint.h>

#include "magistral/base/answer.h"
#include "magistral/base/language.h"
#include "magistral/base/outcome.h"
#include "magistral/domain/right.h"

/* Everything that changes anything is an act; everything that only looks is a view. Both are rows of one table
 * (act/table.c): name, right, typed inputs, signature, one function. The runner does the rest (act/runner.h). */

typedef enum input_type {
    INPUT_TEXT,     /* one line */
    INPUT_LONG,     /* may hold line feeds */
    INPUT_NUMBER,   /* the number or code of a thing; `detail` is its kind ("lot") when it concerns an existing one */
    INPUT_COUNT,    /* whole number from 0 */
    INPUT_DECIMAL,  /* decimal, digits kept */
    INPUT_STATED,   /* a result as a laboratory states it: decimal, "< 10", "< LOQ" */
    INPUT_MASS,     /* with unit; nanograms */
    INPUT_VOLUME,   /* with unit; nanolitres */
    INPUT_MONEY,    /* with EUR or the sign; micro-euro */
    INPUT_QUANTITY, /* a mass with unit, or a whole number of articles */
    INPUT_DAY,      /* YYYY-MM-DD, DD/MM/YYYY; a month alone (YYYY-MM, MM/YYYY) is its last day */
    INPUT_INSTANT,  /* with Z or offset, or a day and a time of the site */
    INPUT_CHOICE,   /* one word of `detail`, separated by | */
    INPUT_TRUTH,    /* yes, no; on the command line the name alone means yes */
    INPUT_FILE,     /* a file of at most 10 MiB; kept by digest */
    INPUT_PATH,     /* where a file of the machine stands or is to be written; never taken from a page */
    INPUT_SECRET,   /* a password: from a file, never journaled */
} input_type;

enum input_flag {
    INPUT_OPTIONAL = 1,
    INPUT_LIST = 2,       /* one or more */
    INPUT_POSITIONAL = 4, /* on the command line also without its name */
    INPUT_SCANNED = 8,    /* scanned from a container in hand: what is no usable one is refused and leaves a near miss */
    INPUT_OF_PAGE = 16,   /* which page of a list: stands in addresses, is asked for by no form */
    INPUT_VERBATIM = 32,  /* compared byte for byte: spaces around it are a part of it */
    INPUT_PRESENT = 64,   /* the page of the thing leads to its form with the value that stands there */
};

typedef struct input_definition {
    const char *name;    /* "supplier-lot"; NULL ends the list */
    input_type type;
    unsigned flags;
    const char *detail;  /* choices, or kind of thing (several kinds for a text that names one), or unit */
    const char *example; /* as a person would type it; drawn in the help */
} input_definition;

typedef struct call call;

typedef struct act {
    const char *name;  /* noun and verb: "lot receive" */
    bool view;         /* looks only: no journal entry */
    bool alone;        /* a view that computes from its inputs only: needs no database, call->store is NULL */
    const char *alone_with; /* name of the truth input with which it is so, or NULL */
    right right;
    bool signed_act;   /* needs a signature; its meaning is the catalogue's text "meaning.NAME" in the site's language */
    bool full_password; /* a badge and its PIN are not enough, whatever the right says */
    bool second_person; /* another person's than whoever did what it confirms: a page lets them do it beside the first one's session */
    const input_definition *inputs;
    const char *states; /* recorded states, separated by |, of the first thing that the inputs name, in which the act may be done; NULL: any */
    struct {
        const char *kind, *states;
    } other;           /* the same of another kind of thing that the inputs name; NULL: none */
    ending (*run)(call *call) MUST_CHECK;
    /* Before the transaction, on a snapshot: draws documents and does what takes long; may be NULL. */
    ending (*prepare)(call *call) MUST_CHECK;
} act;

#endif
