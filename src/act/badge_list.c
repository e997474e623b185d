#include "magistral/act/badges.h"

static const input_definition inputs[] = {{0}};

static ending run(call *call)
{
    badge_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &BADGE_LINES, NOTHING, call->arena, &lines, &count));
    answer *list = put_list(call->done, "badges");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "person", "person", lines[i].person);
        put_text(row, "name", lines[i].name);
        put_state_of(row, "state", "badge", lines[i].withdrawn_at ? "withdrawn" : "in-use");
        put_instant(row, "pin-set", lines[i].pin_set_at);
        put_instant(row, "given-at", lines[i].given_at);
        put_link(row, "given-by", "person", lines[i].given_by);
        put_instant(row, "withdrawn-at", lines[i].withdrawn_at);
        put_link(row, "withdrawn-by", "person", lines[i].withdrawn_by);
        put_text(row, "reason", lines[i].withdrawn_reason);
    }
    return DONE;
}

const act badge_list_act = {.name = "badge list", .view = true, .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
