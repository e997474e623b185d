/* The cost sheet on paper: each line with its computation (supplied at real cost, with no profit). */
#include "magistral/act/costs.h"
#include "magistral/act/papers.h"

ending cost_sheet_fill(call *call, const paper *paper, drawing *drawing, answer *record)
{
    cost_sheet sheet = {0};
    TRY(papers_put_number(call, drawing, record, "sheet"));
    TRY(papers_put_product(call, paper, record));
    TRY(costs_put(call, &paper->batch, true, &sheet, record));
    answer *batch = put_object(record, "batch");
    put_text(batch, "number", paper->batch.number);
    put_day(batch, "made", paper->batch.made_on);
    put_count(batch, "units", paper->batch.filled != ABSENT ? paper->batch.filled : paper->batch.units);
    put_count(batch, "dispensable", sheet.dispensable);
    put_day(record, "rates_of", sheet.rates_of);
    put_truth(record, "frozen", sheet.id != 0);
    return DONE;
}
