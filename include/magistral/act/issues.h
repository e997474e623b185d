#ifndef MAGISTRAL_ACT_ISSUES_H
#define MAGISTRAL_ACT_ISSUES_H

#include "magistral/act/batches.h"

/* Finds an issue of counted articles by its number in the input `field`, with its batch; refused (ISSUE-01) when there is none. */
ending issues_find(call *call, const char *field, issue *ret_issue, batch *ret_batch) MUST_CHECK;

#endif
