#ifndef MAGISTRAL_ACT_HOMES_H
#define MAGISTRAL_ACT_HOMES_H

#include "magistral/act/releases.h"
#include "magistral/act/runner.h"
#include "magistral/domain/right.h"
#include "magistral/store/home.h"

/* The lists of what waits, most urgent first; a list without a row is not shown. */
#define HOME_LISTS(X)                                            \
    X(HOME_LIST_CLOCK, "clock-to-confirm")                       \
    X(HOME_LIST_RECALLS, "recalls")                              \
    X(HOME_LIST_DEVIATIONS, "open-deviations")                   \
    X(HOME_LIST_INVESTIGATIONS, "open-investigations")           \
    X(HOME_LIST_PORTIONS, "portions-to-verify")                  \
    X(HOME_LIST_HELD, "batches-on-hold")                         \
    X(HOME_LIST_EXCURSIONS, "excursions-to-assess")              \
    X(HOME_LIST_MAKING, "batches-in-progress")                   \
    X(HOME_LIST_SERVE, "requests-to-serve")                      \
    X(HOME_LIST_DISPENSINGS, "dispensings-to-finish")            \
    X(HOME_LIST_DECIDE, "batches-to-decide")                     \
    X(HOME_LIST_SAMPLES, "samples-to-receive")                   \
    X(HOME_LIST_RESULTS, "results-to-finish")                    \
    X(HOME_LIST_CONTROL, "batches-to-control")                   \
    X(HOME_LIST_ORDERS, "laboratory-orders")                     \
    X(HOME_LIST_CONTROLS_DUE, "controls-after-release")          \
    X(HOME_LIST_LOTS, "lots-to-decide")                          \
    X(HOME_LIST_REQUESTS, "requests-to-decide")                  \
    X(HOME_LIST_LABELS, "labels-to-settle")                      \
    X(HOME_LIST_FORMS, "forms-to-settle")                        \
    X(HOME_LIST_BALANCES, "balances-to-check")                   \
    X(HOME_LIST_BROKEN, "broken-down-equipment")                 \
    X(HOME_LIST_LOW_STOCK, "low-stock")                          \
    X(HOME_LIST_EXPIRING, "expiring-soon")                       \
    X(HOME_LIST_CALIBRATIONS, "calibrations-due")                \
    X(HOME_LIST_HABILITATIONS, "habilitations")                  \
    X(HOME_LIST_FORMULAS, "formulas-to-approve")                 \
    X(HOME_LIST_TEMPLATES, "templates-to-approve")               \
    X(HOME_LIST_FALLEN, "to-be-destroyed")

#define HOME_LIST_NAME(name, word) name,
typedef enum home_list { HOME_LISTS(HOME_LIST_NAME) HOME_LIST_COUNT } home_list;
#undef HOME_LIST_NAME

/* What waits for the person of a call. */
typedef struct home {
    call *call;
    bool roles[ROLE_COUNT], rights[RIGHT_COUNT];
    answer *lists[HOME_LIST_COUNT];
} home;

/* One thing that waits: the thing (a plain word when `kind` is NULL), its task (a sentence of the catalogue, "task.TASK", that may say {{detail}}), since when or by
 * which day, and the act that does it with its inputs as far as they are known. */
typedef struct home_row {
    const char *kind, *number, *about;
    const char *task, *detail;
    const char *since, *deadline;
    const char *act;
    struct {
        const char *name, *value;
        bool several; /* values separated by spaces, none of which holds one */
    } inputs[4];
} home_row;

/* True when the person may do the act today. */
bool home_may(const home *home, const char *act);

/* Adds a row to a list, unless the person may not do its act. */
void home_add(home *home, home_list list, const home_row *row);

/* Adds what batches wait for that are made or controlled: the next step, controls, decision. */
ending home_add_batches(home *home) MUST_CHECK;

/* Adds the materials of which less may be used today than their reorder level. */
ending home_add_stock(home *home) MUST_CHECK;

/* Adds results that are not finished or await a second person. */
ending home_add_results(home *home) MUST_CHECK;

#endif
