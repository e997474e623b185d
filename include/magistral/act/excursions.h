#ifndef MAGISTRAL_ACT_EXCURSIONS_H
#define MAGISTRAL_ACT_EXCURSIONS_H

#include "magistral/act/call.h"
#include "magistral/store/excursion.h"

/* What acts on places and excursions share. Rule: EU GMP 3.19. */

/* Finds an excursion by the number in the input `field`; refused (EXCURSION-01) when there is none. */
ending excursions_find(call *call, const char *field, excursion *ret_excursion) MUST_CHECK;

/* Refuses a container that an excursion holds (EXCURSION-08) or condemned (EXCURSION-09). DONE also when it refused. */
ending excursions_check_container(call *call, const char *field, const container *container) MUST_CHECK;

/* Refuses (EXCURSION-13) to put anything where an excursion has no known end and awaits decisions; a `location` of NULL is none. DONE also
 * when it refused. */
ending excursions_check_place(call *call, const char *field, const char *location) MUST_CHECK;

/* Puts the excursions that a container went through, with what was decided; nothing when there is none. */
ending excursions_put_of_container(call *call, answer *to, int64_t container) MUST_CHECK;

/* Where a batch is stored; NULL when nobody said. */
ending excursions_place_of_batch(call *call, int64_t batch, const char **ret_location) MUST_CHECK;

#endif
