/* What the site decided; what is not listed stands as delivered. */
#include "magistral/act/call.h"
#include "magistral/store/site.h"

static const input_definition inputs[] = {{0}};

static ending run(call *call)
{
    setting *settings = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &SETTING_LIST, NOTHING, call->arena, &settings, &count));
    answer *list = put_list(call->done, "settings");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_state(row, "setting", settings[i].name);
        put_text(row, "value", settings[i].value);
        put_text(row, "reason", settings[i].reason);
    }
    return DONE;
}

const act setting_list_act = {.name = "setting list", .view = true, .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
