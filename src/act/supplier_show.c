#include "magistral/act/lots.h"
#include "magistral/act/materials.h"
#include "magistral/act/people.h"

static const input_definition inputs[] = {
    {"supplier", INPUT_NUMBER, INPUT_POSITIONAL, "supplier", "SYNTHEX"},
    {0},
};

static ending run(call *call)
{
    supplier supplier = {0};
    TRY(suppliers_find(call, "supplier", &supplier));
    put_link(call->done, "supplier", "supplier", supplier.code);
    put_text(call->done, "name", supplier.name);
    put_text(call->done, "address", supplier.address);
    put_text(call->done, "category", supplier.category);
    put_state(call->done, "state", supplier_state(call, &supplier));
    put_day(call->done, "qualified-on", supplier.qualified_on);
    put_day(call->done, "qualified-until", supplier.qualified_until);
    put_text(call->done, "reference", supplier.qualification);
    TRY(put_person(call, call->done, "qualified-by", supplier.qualified_by));
    return put_lot_lines(call, (lot_line){.supplier = supplier.code});
}

const act supplier_show_act = {.name = "supplier show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
