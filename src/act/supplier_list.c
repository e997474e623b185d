#include "magistral/act/lists.h"
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    LIST_INPUTS("supplier|name|category|state|qualified-until"),
    {0},
};

static ending run(call *call)
{
    supplier *all = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &SUPPLIER_LIST, NOTHING, call->arena, &all, &count));
    answer *list = put_list(call->done, "suppliers");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "supplier", "supplier", all[i].code);
        put_text(row, "name", all[i].name);
        put_text(row, "category", all[i].category);
        put_state(row, "state", supplier_state(call, &all[i]));
        put_day(row, "qualified-until", all[i].qualified_until);
    }
    return lists_shorten(call, list);
}

const act supplier_list_act = {.name = "supplier list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
