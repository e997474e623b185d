#ifndef MAGISTRAL_STORE_SERIES_H
#define MAGISTRAL_STORE_SERIES_H

#include "magistral/store/store.h"

/* How many numbers of a series are given: those from `first` up to, and without, `after`. Nothing numbered is ever
 * deleted, so that the count plus one is the next ordinal. */
#define SERIES_FIELDS(INTEGER, TEXT) TEXT(first) TEXT(after) INTEGER(given)
RECORD(series, SERIES_FIELDS)

extern const query LOT_SERIES, REQUEST_SERIES, BATCH_SERIES, DEVIATION_SERIES, LATE_ENTRY_SERIES, PAPER_FORM_SERIES, INVESTIGATION_SERIES, LABORATORY_ORDER_SERIES, EXCURSION_SERIES; /* first, after -> given */

#endif
