/* A supplier's qualification, by a pharmacist and for a time. Rule: BPP 6.38 to 6.40. */
#include <string.h>

#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"supplier", INPUT_NUMBER, 0, "supplier", "CELLUPHARM"},
    {"on", INPUT_DAY, 0, NULL, "2026-01-05"},
    {"until", INPUT_DAY, 0, NULL, "2028-12-31"},
    {"reference", INPUT_TEXT, 0, NULL, "QF-2026-02"},
    {0},
};

static ending run(call *call)
{
    supplier supplier = {0};
    TRY(suppliers_find(call, "supplier", &supplier));
    supplier.qualified_on = call_text(call, "on");
    supplier.qualified_until = call_text(call, "until");
    supplier.qualification = call_text(call, "reference");
    supplier.qualified_by = call->person.id;
    if (strcmp(supplier.qualified_on, call->today) > 0)
        call_refuse(call, "SUPPLIER-03", "on", "day", supplier.qualified_on, NULL);
    if (strcmp(supplier.qualified_until, supplier.qualified_on) < 0)
        call_refuse(call, "SUPPLIER-04", "until", "day", supplier.qualified_on, NULL);
    TRY(call_ending(call));
    TRY(store_update(call->store, &SUPPLIER_QUALIFY, &supplier));
    put_link(call->done, "supplier", "supplier", supplier.code);
    put_day(call->done, "qualified-on", supplier.qualified_on);
    put_day(call->done, "qualified-until", supplier.qualified_until);
    return DONE;
}

const act supplier_qualify_act = {.name = "supplier qualify", .right = RIGHT_DEFINE_MATERIALS, .inputs = inputs, .run = run};
