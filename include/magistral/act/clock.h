#ifndef MAGISTRAL_ACT_CLOCK_H
#define MAGISTRAL_ACT_CLOCK_H

#include "magistral/act/call.h"
#include "magistral/store/site.h"

/* *ret_jumped: the clock jumped by more than 60 s and no administrator has confirmed the time since; *ret_last is that event, of
 * the call's arena. Rule: EU GMP Annex 11, 12.4 (the time of a record is to be trusted). */
ending clock_jumped(call *call, bool *ret_jumped, event *ret_last) MUST_CHECK;

#endif
