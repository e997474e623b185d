/* Every setting with the site's value and reason, or as delivered. */
#include "magistral/act/lists.h"
#include "magistral/act/settings.h"
#include "magistral/store/site.h"

static const input_definition inputs[] = {
    LIST_INPUTS("setting|value|reason"),
    {0},
};

static ending run(call *call)
{
    size_t count = 0;
    const setting_delivered *delivered = settings_delivered(&count);
    answer *list = put_list(call->done, "settings");
    for (size_t i = 0; i < count; i++) {
        setting set = {.name = delivered[i].name, .value = delivered[i].value};
        bool found = false;
        TRY(store_find(call->store, &SETTING_OF, (&(setting){.name = delivered[i].name}), call->arena, &set, &found));
        answer *row = add_object(list);
        put_state(row, "setting", set.name);
        put_text(row, "value", set.value);
        put_text(row, "reason", set.reason);
    }
    return lists_shorten(call, list);
}

const act setting_list_act = {.name = "setting list", .view = true, .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
