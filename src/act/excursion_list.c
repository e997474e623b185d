#include "magistral/act/excursions.h"
#include "magistral/act/lists.h"

static const input_definition inputs[] = {
    LIST_INPUTS("excursion|location|from|until|undecided"),
    {0},
};

static ending run(call *call)
{
    excursion_line *all = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &EXCURSION_LINES, NOTHING, call->arena, &all, &count));
    answer *list = put_list(call->done, "excursions");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "excursion", "excursion", all[i].number);
        put_text(row, "location", all[i].location);
        put_instant(row, "from", all[i].from_at);
        put_instant(row, "until", all[i].until_at);
        put_text(row, "lowest", all[i].lowest);
        put_text(row, "highest", all[i].highest);
        put_count(row, "containers", all[i].containers);
        put_count(row, "batches", all[i].batches);
        put_count(row, "undecided", all[i].waiting);
    }
    return lists_shorten(call, list);
}

const act excursion_list_act = {.name = "excursion list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
