#ifndef MAGISTRAL_ACT_ORDERS_H
#define MAGISTRAL_ACT_ORDERS_H

#include "magistral/act/results.h"
#include "magistral/store/laboratory_order.h"

/* Orders to outside laboratories. Rule: BPP 7.32. */

/* Finds the order named in the input "order"; refused (ORDER-05) when there is none, (ORDER-06) when its report is not awaited. Notes that the
 * act concerns its batch. */
ending orders_find_sent(call *call, laboratory_order_line *ret_order) MUST_CHECK;

/* Before a result is opened: refuses (RESULT-43) while a report is awaited for its control; takes the laboratory of an order whose report came,
 * and attaches the order, unless another laboratory is given (RESULT-44) or equipment of one's own. DONE also when it refused. */
ending orders_attach(call *call, const batch *batch, const formula_control *control, result *ret_made) MUST_CHECK;

/* Puts an order into an object. */
void orders_put(answer *to, const laboratory_order_line *line);

/* Puts the orders of a batch into its record. */
ending orders_put_record(call *call, answer *record, int64_t batch) MUST_CHECK;

#endif
