#ifndef MAGISTRAL_ACT_NUMBERS_H
#define MAGISTRAL_ACT_NUMBERS_H

#include "magistral/act/call.h"
#include "magistral/store/series.h"

/* The next number of a yearly series without gap: "B" gives "B26-0001", then "B26-0002". `given` counts those of the year.
 * Unique and gapless because one writer at a time holds the transaction. */
ending number_next(call *call, const query *given, const char *prefix, const char **ret_number) MUST_CHECK;

/* The count as text, for sentences. */
const char *count_text(arena *arena, int64_t count);

#endif
