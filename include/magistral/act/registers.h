#ifndef MAGISTRAL_ACT_REGISTERS_H
#define MAGISTRAL_ACT_REGISTERS_H

#include "magistral/act/call.h"
#include "magistral/store/dispensing.h"

/* The registers of preparations and of dispensings. Rule: CSP R.5125-45; BPP 1.5, 7.27: a line at once, chronological, without
 * gap, never changed and never reused; struck only by a further line, which takes no number. */

/* The number that the next entry of a book gives this year ("2026/0001"). */
ending registers_next(call *call, const char *book, const char **ret_number) MUST_CHECK;

/* Writes the entry that gives `number` to a batch (and dispensing, or 0), in the transaction under way; `reason` may be NULL. */
ending registers_enter(call *call, const char *book, const char *number, int64_t batch, int64_t dispensing, const char *reason) MUST_CHECK;

/* Writes the line that strikes the entry of `number`; the number stays given. */
ending registers_strike(call *call, const char *book, const char *number, const char *reason) MUST_CHECK;

/* The lines of a book as rows that are read one by one: year, and instants from `since` to before `until`, each may be NULL. */
ending registers_rows(call *call, const register_row *filter, answer **ret_rows) MUST_CHECK;

#endif
