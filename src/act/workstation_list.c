#include "magistral/act/badges.h"

static const input_definition inputs[] = {{0}};

static ending run(call *call)
{
    workstation_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &WORKSTATION_LINES, NOTHING, call->arena, &lines, &count));
    answer *list = put_list(call->done, "workstations");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "workstation", "workstation", lines[i].name);
        put_text(row, "place", lines[i].place);
        put_state_of(row, "state", "workstation", lines[i].withdrawn_at ? "withdrawn" : "in-use");
        put_instant(row, "declared-at", lines[i].declared_at);
        put_link(row, "declared-by", "person", lines[i].declared_by);
        put_instant(row, "withdrawn-at", lines[i].withdrawn_at);
        put_link(row, "withdrawn-by", "person", lines[i].withdrawn_by);
        put_text(row, "reason", lines[i].withdrawn_reason);
    }
    return DONE;
}

const act workstation_list_act = {.name = "workstation list", .view = true, .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
