#ifndef MAGISTRAL_STORE_SAMPLE_H
#define MAGISTRAL_STORE_SAMPLE_H

#include "magistral/store/batch.h"

/* What became of a sample behind its drawing. The columns' meaning and rule stand in schema/. */
#define SAMPLE_RECEPTION_FIELDS(INTEGER, TEXT) INTEGER(sample) INTEGER(units) TEXT(reason) INTEGER(person) TEXT(at) INTEGER(deviation)
RECORD(sample_reception, SAMPLE_RECEPTION_FIELDS)

extern const query SAMPLE_RECEPTION_INSERT, SAMPLE_RECEPTION_BY_ID;

#define SAMPLE_EXIT_FIELDS(INTEGER, TEXT) INTEGER(sample) INTEGER(units) TEXT(destination) TEXT(reason) INTEGER(person) TEXT(at)
RECORD(sample_exit, SAMPLE_EXIT_FIELDS)

extern const query SAMPLE_EXIT_INSERT, SAMPLE_EXIT_BY_ID;

/* A sample with its reception (received ABSENT: not received) and what left the reserve; until when it is kept. Asked by its batch, or by
 * its number. */
#define SAMPLE_LINE_FIELDS(INTEGER, TEXT) \
    SAMPLE_FIELDS(INTEGER, TEXT) INTEGER(received) TEXT(difference) TEXT(received_at) TEXT(receiver) TEXT(receiver_name) TEXT(deviation_number) \
    INTEGER(exited) TEXT(drawer) TEXT(drawer_name) TEXT(batch_number) TEXT(batch_state) TEXT(expiry) TEXT(kept_until)
RECORD(sample_line, SAMPLE_LINE_FIELDS)

extern const query SAMPLES_OF;       /* sample_line.batch -> sample_line, by rank */
extern const query SAMPLE_LINE;      /* sample_line.number -> sample_line */

/* An exit with who made it. */
#define SAMPLE_EXIT_LINE_FIELDS(INTEGER, TEXT) SAMPLE_EXIT_FIELDS(INTEGER, TEXT) TEXT(number) INTEGER(batch) TEXT(identifier) TEXT(name)
RECORD(sample_exit_line, SAMPLE_EXIT_LINE_FIELDS)

extern const query SAMPLE_EXITS_OF; /* sample_exit_line.sample (ABSENT: any) and batch -> sample_exit_line, in order */

#endif
