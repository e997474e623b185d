#ifndef MAGISTRAL_STORE_HOME_H
#define MAGISTRAL_STORE_HOME_H

#include "magistral/store/store.h"

/* What waits, as the home page lists it: a row names the thing (kind, number, about), the task that it waits for, what the
 * task's sentence says of it (detail), and since when or by which day. `value`: what the act is given where that is not the
 * number itself, or besides it. Asked with the person, who is never shown what only somebody else may do; with today, the last
 * day that is near (`until`), and the day from which what is past still is shown (`since`). */
#define HOME_LINE_FIELDS(INTEGER, TEXT) \
    TEXT(kind) TEXT(number) TEXT(about) TEXT(task) TEXT(detail) TEXT(since) TEXT(deadline) TEXT(value)
RECORD(home_line, HOME_LINE_FIELDS)

#define HOME_KEY_FIELDS(INTEGER, TEXT) INTEGER(person) TEXT(day) TEXT(until) TEXT(since)
RECORD(home_key, HOME_KEY_FIELDS)

extern const query HOME_RECALLED_LOTS, HOME_RECALLED_BATCHES, HOME_DEVIATIONS, HOME_HELD, HOME_PORTIONS, HOME_LATE, HOME_FORMS, HOME_OPENINGS, HOME_DISPENSINGS, HOME_LOTS;
extern const query HOME_REQUESTS, HOME_REQUESTS_TO_SERVE, HOME_LABELS, HOME_BALANCES, HOME_CALIBRATIONS, HOME_EXPIRING_LOTS, HOME_EXPIRING_BATCHES, HOME_CONTROLS_DUE, HOME_SAMPLES, HOME_INVESTIGATIONS, HOME_ORDERS, HOME_FORMULAS;
extern const query HOME_EMERGENCIES, HOME_REVIEW, HOME_HABILITATIONS, HOME_TEMPLATES, HOME_FALLEN_LOTS, HOME_FALLEN_BATCHES, HOME_DESTRUCTIONS;
extern const query HOME_EXCURSIONS, HOME_CONDEMNED, HOME_BROKEN;

/* A result that is open, or closed and not verified, with how many values stand in its stages so far; `entered_values` counts
 * those of the person asking. */
#define HOME_RESULT_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(batch) TEXT(batch_number) TEXT(name) TEXT(kind) TEXT(due) INTEGER(replicates) TEXT(state) INTEGER(stage) \
    TEXT(verdict) TEXT(raw_document) INTEGER(entered_by) INTEGER(analyst) INTEGER(entered) INTEGER(entered_values) TEXT(since)
RECORD(home_result, HOME_RESULT_FIELDS)

extern const query HOME_RESULTS;
extern const query HOME_BATCHES; /* -> batch: planned, in preparation or in quarantine, and not held */

#endif
