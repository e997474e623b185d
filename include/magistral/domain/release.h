#ifndef MAGISTRAL_DOMAIN_RELEASE_H
#define MAGISTRAL_DOMAIN_RELEASE_H

#include <stdbool.h>
#include <stddef.h>

#include "magistral/base/arena.h"

/* What blocks the release of a batch. The record is compared with what its frozen formula expects, never with what happens to
 * have been entered: an empty record has every block. Rule: BPP 4.38, 6.68, 6.69. */

/* A component of the formula: powder is weighed, articles are issued; each by an act verified by a second person (BPP 5.44). */
typedef struct release_component {
    const char *material; /* its code */
    bool counted;         /* issued, not weighed */
    bool supplied;        /* a verified weighing or issue of it stands */
} release_component;

typedef struct release_weighing {
    const char *number;
    const char *state; /* "open", "recorded", "verified", "discarded" */
    bool outside;      /* recorded outside its limits */
    bool decided;      /* a pharmacist decided its use on a deviation */
} release_weighing;

typedef struct release_issue {
    const char *number;
    bool verified;
} release_issue;

typedef struct release_step {
    const char *code;
    bool recorded;
    bool outside; /* a value outside what the formula allows */
    bool decided;
} release_step;

typedef struct release_clearance {
    const char *phase; /* "making", "packaging" */
    bool done;
} release_clearance;

typedef struct release_reconciliation {
    const char *kind; /* "powder", "shells", "capsules", "labels" */
    bool done;
    bool outside; /* a figure outside its limit */
    bool decided;
} release_reconciliation;

typedef struct release_deviation {
    const char *number;
    const char *decision; /* NULL while it is open */
} release_deviation;

/* A control that the formula expects, with the result that stands for it. */
typedef struct release_control {
    const char *code;
    bool due;            /* before this release: in-process, before-release, or periodic at this batch */
    bool later;          /* after this release: only a result that does not comply blocks it */
    const char *result;  /* number, or NULL */
    const char *state;   /* "open", "closed", "verified" */
    const char *verdict; /* of a closed one */
} release_control;

typedef struct release_lot {
    const char *number;
    const char *state; /* today */
} release_lot;

typedef struct release_record {
    const char *batch;
    const char *state;
    bool held;
    const char *today, *expiry; /* days; expiry NULL when none is known */
    bool filled, packaged;      /* capsules counted at filling, at packaging */
    bool certified;             /* the certificate of analysis is signed */
    const char *investigation;  /* number of an investigation of a result that is not concluded, or NULL */
    const char *paper_form;     /* number of a blank form of this batch that is not accounted for, or NULL */
    const char *late;           /* number of an entry made late that nobody has verified, or NULL */
    bool unsettled_labels;      /* a label printed is neither applied, specimen, spoiled nor destroyed */
    const release_component *components;
    const release_weighing *weighings;
    const release_issue *issues;
    const release_step *steps;
    const release_clearance *clearances;
    const release_reconciliation *reconciliations;
    const release_deviation *deviations;
    const release_control *controls;
    const release_lot *lots;
    size_t component_count, weighing_count, issue_count, step_count, clearance_count, reconciliation_count, deviation_count,
        control_count, lot_count;
} release_record;

/* One reason why the batch is not released. */
typedef struct release_block {
    const char *rule;      /* its sentence stands in the catalogue and names {{thing}} and {{state}} */
    const char *thing;     /* number or code of what is concerned */
    const char *state;     /* word of the catalogue, or NULL */
    const char *way_out;   /* the act that unblocks it */
    const char *link_kind; /* "weighing", "result", ... or NULL where the thing has no number of its own */
} release_block;

/* Lists every block, in the order of the record; none: the batch may be released. The list is the arena's. */
void release_blocks(arena *arena, const release_record *record, release_block **ret_blocks, size_t *ret_count);

/* Who may release. */
typedef struct release_person {
    bool operator;            /* took part in making it */
    bool controller;          /* entered a final result, or signed the certificate */
    bool controller_allowed;  /* the site lets the one who controlled release, with a reason each time */
    bool reason;              /* one is given */
} release_person;

typedef enum release_right {
    RELEASE_ALLOWED,
    RELEASE_OPERATOR,     /* never */
    RELEASE_CONTROLLER,   /* not at this site */
    RELEASE_REASON_DUE,   /* the site asks for a reason */
} release_right;

/* Says whether a pharmacist may release; having verified a weighing does not exclude. Rule: BPP 6.18, 6.69. */
release_right release_right_of(const release_person *person);

#endif
