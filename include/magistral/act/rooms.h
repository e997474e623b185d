#ifndef MAGISTRAL_ACT_ROOMS_H
#define MAGISTRAL_ACT_ROOMS_H

#include "magistral/act/batches.h"
#include "magistral/domain/room.h"
#include "magistral/store/room.h"

/* The conditions of the room in which a batch is made. Rule: EU GMP 3.3; BPP 5.38. */

/* Refuses, on `field`, what is made while a condition that the formula asks for is not read today in the batch's area (ROOM-06), or was
 * last read outside its limits (ROOM-07) without a deviation on "conditions", opened after it, that a pharmacist accepted. DONE also
 * when it refused: what else is wrong is told with it. */
ending rooms_check(call *call, const char *field, const batch *batch, const formula_content *formula) MUST_CHECK;

/* What rooms_check() would refuse: the first condition that is to be read (again), or NULL. *ret_outside: it was read outside its limits. */
ending rooms_first_due(call *call, const batch *batch, const formula_content *formula, const formula_condition **ret_due, bool *ret_outside) MUST_CHECK;

/* What the formula asks of the room, in the person's language: "temperature: 18.0 to 25 °C; pressure: ≤ −10 Pa". */
const char *rooms_asked_words(call *call, const formula_content *formula);

/* A reading, or the limits of one, with the unit, as a sentence says it. */
const char *rooms_value(call *call, const char *value, const char *unit);

/* Puts what was read in the area of a batch while it was made: into a view, and into its record. */
ending rooms_put(call *call, answer *to, int64_t batch) MUST_CHECK;
ending rooms_put_record(call *call, answer *record, int64_t batch) MUST_CHECK;

#endif
