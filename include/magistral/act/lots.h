#ifndef MAGISTRAL_ACT_LOTS_H
#define MAGISTRAL_ACT_LOTS_H

#include "magistral/act/call.h"
#include "magistral/domain/figure.h"
#include "magistral/store/lot.h"
#include "magistral/store/material.h"

/* What acts on lots, containers and stock share; what making a batch asks of them. */

/* Finds a lot by the number in the input `field`; refused (LOT-01) when there is none. */
ending lots_find(call *call, const char *field, lot *ret_lot) MUST_CHECK;

/* A price of zero makes the material free in every cost price: the input `free-of-charge` confirms it (LOT-36), of any other it is refused
 * (LOT-37). */
void lots_check_price(call *call, int64_t price);

/* Finds a container by the input `field`: its number ("MP26-0003/1", for which the reading of inputs takes the QR code
 * of its label too) or its token; with its lot. Both are noted as subjects of the act. Refused (CONTAINER-01) when there is none. */
ending containers_find(call *call, const char *field, container *ret_container, lot *ret_lot) MUST_CHECK;

/* What a container holds: the sum of its movements, in the unit of its material. */
ending container_stock(call *call, int64_t container, int64_t *ret_quantity) MUST_CHECK;

/* DONE when the container may be used today, else every reason why not, each with its rule: the lot in quarantine (LOT-02),
 * refused (LOT-03), recalled (LOT-04), destroyed (LOT-05), expired (LOT-06) or past its retest date (LOT-07), the opened
 * container past its end of use (CONTAINER-02), empty (CONTAINER-03), held (EXCURSION-08) or condemned (EXCURSION-09) by an excursion. Refusals before it in the call are kept and refuse
 * as well. Rule: BPP 5.09, 5.31, 6.52 to 6.55. */
ending lot_usable(call *call, const char *field, const lot *lot, const container *container) MUST_CHECK;

/* The same for what is done to a lot that is still kept, quarantine and dates aside: LOT-03 to LOT-05. */
ending lot_kept(call *call, const char *field, const lot *lot) MUST_CHECK;

/* The material of a lot. */
ending lot_material(call *call, const lot *lot, material *ret_material) MUST_CHECK;

/* True of an accepted lot with a retest date: it may be tested and accepted again. Rule: BPP 6.54. */
bool lot_is_retested(const lot *lot);

/* DONE when the lot awaits its decision (LOT-11). */
ending lot_in_quarantine(call *call, const char *field, const lot *lot) MUST_CHECK;

/* The fraction of the lot that is active substance, from the correction fixed at its acceptance; 1 where none was. */
ending lot_purity_fixed(call *call, const lot *lot, figure *ret_purity) MUST_CHECK;

/* Refuses to count a lot that was refused (LOT-03) or destroyed (LOT-05): what is left of it awaits its destruction. */
void stock_check_countable(call *call, const lot *lot);

/* DONE when the quantity in the input `field` is of the material's kind, a mass or a number of articles (LOT-23), and
 * above zero (LOT-24). */
ending quantity_fits(call *call, const char *field, const material *material) MUST_CHECK;

/* The containers of a material that may be used today and are not empty, first to expire first; those of the first row's
 * lot are proposed. */
ending lots_first_to_expire(call *call, int64_t material, stock_line **ret_lines, size_t *ret_count) MUST_CHECK;

/* How much of a material may be used today: the sum of those containers. */
ending lots_usable(call *call, int64_t material, int64_t *ret_usable) MUST_CHECK;

/* Refuses (STOCK-01, on `field`) what would take more than the container holds; `quantity` is negative when it leaves. */
ending stock_check(call *call, const char *field, const container *container, int64_t quantity) MUST_CHECK;

/* Writes a movement of stock by the person of the call, now. `quantity` is negative when it leaves; `batch` is ABSENT when
 * there is none; `reason` may be NULL. Refused (STOCK-01, on `field`) when the container holds less; a weighing never is: what the
 * balance showed is recorded (BPP 4.39), and its act says that the stock is below zero. */
ending stock_move(call *call, const char *field, const container *container, const char *kind, int64_t quantity,
                  int64_t batch, const char *reason) MUST_CHECK;

/* Fills a row with a lot as lists show it. */
void put_lot_line(answer *row, const lot_line *line);
/* Puts the list "lots" into the answer: those of a material or a supplier (its code in `wanted`), as they stand today. */
ending put_lot_lines(call *call, lot_line wanted) MUST_CHECK;

/* Puts the correction of a lot: assay, basis, water, source, purity and factor with their formulas; nothing when it has none. */
ending put_correction(call *call, answer *object, const lot *lot) MUST_CHECK;

/* Puts the movements of a container (or, when it is 0, of a lot) as rows read one by one. */
ending put_movements(call *call, answer *object, int64_t container, int64_t lot, const char *unit) MUST_CHECK;

#endif
