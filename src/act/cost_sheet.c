/* The cost sheet on paper: each line with its computation (supplied at real cost, with no profit). */
#include "magistral/act/costs.h"
#include "magistral/act/papers.h"

/* Until it is frozen a sum may still change: nobody may take it for the price. */
static ending put_freezing(call *call, const cost_sheet *sheet, answer *record)
{
    person person = {0};
    bool frozen = sheet->id != 0, found = false;
    if (frozen)
        TRY(store_find(call->store, &PERSON_BY_ID, (&(struct person){.id = sheet->frozen_by}), call->arena, &person, &found));
    put_truth(record, "frozen", frozen);
    put_text(record, "frozen_by", found ? person.name : NULL);
    put_instant(record, "frozen_at", frozen ? sheet->frozen_at : NULL);
    return DONE;
}

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
    return put_freezing(call, &sheet, record);
}
