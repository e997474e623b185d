#ifndef MAGISTRAL_ACT_JOURNALS_H
#define MAGISTRAL_ACT_JOURNALS_H

#include "magistral/act/call.h"
#include "magistral/store/verify.h"

/* What the views on the journal share. */

/* Reads two optional inputs, days at the site, both included: the first instant and the first instant after. NULL where
 * one is not given; refused (AUDIT-02) when the end comes before the start. */
ending journals_period(call *call, const char *first, const char *last, const char **ret_since, const char **ret_until) MUST_CHECK;

/* Reads the optional input `person`; refused (PERSON-01) when nobody has that identifier. */
ending journals_person(call *call, const char **ret_person) MUST_CHECK;

/* Refuses (VERIFY-01) for each finding of a verification, in the words of the call's language. */
void journals_refuse_findings(call *call, const char *field, const verification *found);

#endif
