#ifndef MAGISTRAL_ACT_PROGRESS_H
#define MAGISTRAL_ACT_PROGRESS_H

#include "magistral/act/releases.h"

/* How far a batch is, and what the bench does next: one act at a time, in the order of its frozen formula.
 * Rule: BPP 5.34 to 5.59 in their order. */
#define STAGES(X)                   \
    X(STAGE_START, "start")         \
    X(STAGE_WEIGH, "weigh")         \
    X(STAGE_MAKE, "making")         \
    X(STAGE_FILL, "fill")           \
    X(STAGE_SAMPLE, "sampling")     \
    X(STAGE_PACKAGE, "packaging")   \
    X(STAGE_RECONCILE, "reconcile") \
    X(STAGE_CONTROL, "control")     \
    X(STAGE_DECIDE, "decide")

#define STAGE_NAME(name, word) name,
typedef enum stage { STAGES(STAGE_NAME) STAGE_COUNT } stage;
const char *stage_word(stage stage);

/* What comes next. Texts are the arena's. */
typedef struct progress {
    stage stage;            /* STAGE_COUNT: nothing is left to do */
    const char *act;        /* or NULL */
    const char *subject;    /* what it concerns, as a person names it: "Birabresib", "MIX Mélange", or NULL */
    const char *instruction; /* of the formula's step, or NULL */
    answer *inputs;         /* an object: what is known already of the act's inputs */
    const weighing_line *weighing;           /* that is open or waits, or NULL */
    const formula_component_line *component; /* to be weighed or issued, or NULL */
} progress;

/* Finds the next act of a reviewed batch. */
ending progress_of(call *call, const review *review, progress *ret_progress) MUST_CHECK;

#endif
