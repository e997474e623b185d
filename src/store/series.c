#include "magistral/store/series.h"

#include "statement.h"

SHAPE(series, SERIES_FIELDS)

#define COUNT_OF(table) "SELECT count(*) AS given FROM " table " WHERE number >= :first AND number < :after"

QUERY(LOT_SERIES, series, series, COUNT_OF("lot"))
QUERY(REQUEST_SERIES, series, series, COUNT_OF("request"))
QUERY(BATCH_SERIES, series, series, COUNT_OF("batch"))
QUERY(DEVIATION_SERIES, series, series, COUNT_OF("deviation"))
QUERY(INVESTIGATION_SERIES, series, series, COUNT_OF("investigation"))
QUERY(LABORATORY_ORDER_SERIES, series, series, COUNT_OF("laboratory_order"))
QUERY(EXCURSION_SERIES, series, series, COUNT_OF("excursion"))
QUERY(LATE_ENTRY_SERIES, series, series, COUNT_OF("late_entry"))
QUERY(PAPER_FORM_SERIES, series, series, COUNT_OF("paper_form"))
