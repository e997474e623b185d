#ifndef MAGISTRAL_ACT_TRACES_H
#define MAGISTRAL_ACT_TRACES_H

#include "magistral/act/call.h"
#include "magistral/store/trace.h"

/* What both ways of a trace share. */

/* The kinds of thing from which a way begins. */
#define TRACE_KINDS "lot|container|batch|bottle|dispensing|sample|weighing|result"

/* Finds what the input `thing` names: the number of a lot, container, batch, bottle, dispensing, sample, weighing or result, or
 * the code scanned on a label or document of one; refused (TRACE-01) when nothing has it. Puts it into the answer. */
ending traces_start(call *call, trace_start *ret_start) MUST_CHECK;

/* How a cell of a row is shown. */
typedef struct trace_cell {
    const char *name;
    answer_kind kind; /* ANSWER_DECIMAL: a quantity, in the row's unit */
    size_t offset;
    const char *link; /* kind of thing, for ANSWER_LINK */
} trace_cell;

enum { TRACE_CELLS = 8 };

/* How a section is shown: its name and its cells, ended by an empty one. */
typedef struct trace_layout {
    const char *name;
    trace_cell cells[TRACE_CELLS];
} trace_layout;

/* Adds a row (any record) to its section's list. */
answer *traces_put_row(answer *list, const trace_layout *layout, const void *row, const char *unit);

/* Puts a quantity in the unit of its material ("mass": g; else a count), or nothing when absent. */
void traces_put_quantity(answer *row, const char *name, int64_t quantity, const char *unit);

#endif
