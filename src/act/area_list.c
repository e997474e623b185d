#include "magistral/act/equipments.h"
#include "magistral/act/lists.h"

static const input_definition inputs[] = {
    LIST_INPUTS("area|name"),
    {0},
};

static ending run(call *call)
{
    work_area *all = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &WORK_AREA_LIST, NOTHING, call->arena, &all, &count));
    answer *list = put_list(call->done, "areas");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "area", "area", all[i].code);
        put_text(row, "name", all[i].name);
    }
    return lists_shorten(call, list);
}

const act area_list_act = {.name = "area list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
