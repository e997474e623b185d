#ifndef MAGISTRAL_ACT_LOGBOOKS_H
#define MAGISTRAL_ACT_LOGBOOKS_H

#include "magistral/act/equipments.h"
#include "magistral/act/formulas.h"
#include "magistral/store/batch.h"
#include "magistral/store/logbook.h"

/* What acts on the log of equipment and areas, and on filler plates, share. Rule: EU GMP 3.44, 4.31. */

/* Refuses (LOGBOOK-01) an equipment that was broken down and not repaired on a day. DONE also when it refused. */
ending logbooks_check_working(call *call, const char *field, const equipment *equipment, const char *day) MUST_CHECK;

/* Writes an entry of the person of the call, now: `area` or `equipment` is ABSENT, `batch` where there is none. */
ending logbooks_write(call *call, int64_t equipment, int64_t area, const char *kind, const char *text, int64_t batch) MUST_CHECK;

/* The batch in the optional input "batch", ABSENT when none is given; refused (BATCH-01) when there is no such batch. */
ending logbooks_batch(call *call, int64_t *ret_batch) MUST_CHECK;

/* Puts the entries of an equipment (or, when it is ABSENT, of an area) as rows read one by one. */
ending logbooks_put(call *call, answer *to, int64_t equipment, int64_t area) MUST_CHECK;

/* Puts what an equipment was used for: weighings, results, batches filled. */
ending logbooks_put_uses(call *call, answer *to, const equipment *equipment) MUST_CHECK;

/* The plate in the input "plate" of a filling: due once a plate is in service (PLATE-04), one (PLATE-06) that fits the shells of the formula
 * (PLATE-05), neither withdrawn nor broken down. *ret_plate has no equipment where none is due. DONE also when it refused. */
ending plates_check(call *call, const formula_content *formula, filler_plate *ret_plate) MUST_CHECK;

/* "PLAT-1, taille 1, 100 trous", in the language of the papers or of the person; NULL when the batch has no plate. */
ending plates_words(call *call, language language, int64_t batch, const char **ret_words) MUST_CHECK;

#endif
