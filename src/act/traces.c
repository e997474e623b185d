#include "magistral/act/traces.h"

#include <string.h>

#include "magistral/act/scans.h"
#include "magistral/domain/quantity.h"

/* The number behind what was typed or scanned; NULL, and a refusal, when a code is none of ours. */
static ending number_of(call *call, const char **ret_number)
{
    const char *text = call_text(call, "thing");
    label label = {0};
    document document = {0};
    *ret_number = text;
    if (!scans_is_code(text))
        return DONE;
    if (strstr(text, "/L/")) {
        TRY(scans_label(call, "thing", text, &label));
        *ret_number = label.subject;
    } else {
        TRY(scans_document(call, "thing", text, &document));
        *ret_number = document.subject;
    }
    return DONE;
}

ending traces_start(call *call, trace_start *ret_start)
{
    trace_start wanted = {0};
    bool found = false;
    TRY(number_of(call, &wanted.number));
    TRY(store_find(call->store, &TRACE_START, &wanted, call->arena, ret_start, &found));
    if (!found)
        return call_refuse(call, "TRACE-01", "thing", "thing", wanted.number, NULL);
    ret_start->day = call->today;
    put_state(call->done, "kind", ret_start->kind);
    put_link(call->done, "number", ret_start->kind, ret_start->number);
    return DONE;
}

void traces_put_quantity(answer *row, const char *name, int64_t quantity, const char *unit)
{
    if (quantity == ABSENT)
        put_decimal(row, name, NULL, NULL);
    else if (unit && strcmp(unit, "mass") == 0)
        put_decimal(row, name, mass_text(row->arena, (mass){quantity}, "g", 0), "g");
    else
        put_count(row, name, quantity);
}

static int64_t integer_at(const void *row, size_t offset)
{
    int64_t value;
    memcpy(&value, (const char *)row + offset, sizeof value);
    return value;
}

static const char *text_at(const void *row, size_t offset)
{
    const char *value;
    memcpy(&value, (const char *)row + offset, sizeof value);
    return value;
}

answer *traces_put_row(answer *list, const trace_layout *layout, const void *row, const char *unit)
{
    answer *made = add_object(list);
    for (const trace_cell *cell = layout->cells; cell < layout->cells + TRACE_CELLS && cell->name; cell++) {
        if (cell->kind == ANSWER_DECIMAL)
            traces_put_quantity(made, cell->name, integer_at(row, cell->offset), unit);
        else
            put_kept(made, cell->name, cell->kind, text_at(row, cell->offset), cell->link);
    }
    return made;
}
