#ifndef MAGISTRAL_STORE_REATTRIBUTION_H
#define MAGISTRAL_STORE_REATTRIBUTION_H

#include "magistral/store/store.h"

/* The columns' meaning and rule stand in schema/. */
#define REATTRIBUTION_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) INTEGER(request) INTEGER(units) INTEGER(from_request) TEXT(reason) TEXT(exceptions) INTEGER(person) TEXT(at) \
    TEXT(meaning) INTEGER(sequence) TEXT(head)
RECORD(reattribution, REATTRIBUTION_FIELDS)

extern const query REATTRIBUTION_INSERT, REATTRIBUTION_BY_ID;

/* A reattribution with what it names. Key: the batch, or the request that gets the capsules. */
#define REATTRIBUTION_LINE_FIELDS(INTEGER, TEXT) \
    REATTRIBUTION_FIELDS(INTEGER, TEXT) TEXT(batch_number) TEXT(request_number) TEXT(patient) TEXT(from_number) TEXT(identifier) TEXT(name)
RECORD(reattribution_line, REATTRIBUTION_LINE_FIELDS)

extern const query REATTRIBUTIONS_OF_BATCH, REATTRIBUTIONS_OF_REQUEST; /* reattribution.batch, .request -> reattribution_line, in order */

/* What a batch has for one of the requests that it was made for or reattributed to: `promised` less what was taken from it again,
 * `given` by this batch, `everywhere` by any (cancelled dispensings apart); `asked` is what is prescribed. */
#define SHARE_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) INTEGER(request) TEXT(number) TEXT(state) INTEGER(asked) INTEGER(promised) INTEGER(given) INTEGER(everywhere)
RECORD(share, SHARE_FIELDS)

extern const query SHARES_OF_BATCH;   /* share.batch -> share, in the order of the requests */
extern const query SHARE_OF_REQUEST;  /* share.batch and request -> the one of both */

/* Capsules of a request that released batches are to give it by reattribution and have not given yet. Key: request. */
#define AWAITED_FIELDS(INTEGER, TEXT) INTEGER(request) INTEGER(units)
RECORD(awaited, AWAITED_FIELDS)
extern const query AWAITED_BY_REQUEST;

/* Capsules that later batches are to give to the requests of a batch: those that are made again because they were lost. Key: batch, day. */
#define MADE_AGAIN_FIELDS(INTEGER, TEXT) INTEGER(batch) TEXT(day) INTEGER(units)
RECORD(made_again, MADE_AGAIN_FIELDS)
extern const query MADE_AGAIN_OF_BATCH;

#endif
