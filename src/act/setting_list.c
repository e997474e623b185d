/* Every setting with the site's value and reason, or as delivered. */
#include "magistral/act/call.h"
#include "magistral/store/site.h"

static const input_definition inputs[] = {{0}};

/* Every setting of the program, as delivered. */
static const setting delivered[] = {{.name = "controller-may-release", .value = "no"},
                                    {.name = "lot-analysis-amortised", .value = "no"}};

static ending run(call *call)
{
    answer *list = put_list(call->done, "settings");
    for (size_t i = 0; i < sizeof delivered / sizeof *delivered; i++) {
        setting set = delivered[i];
        bool found = false;
        TRY(store_find(call->store, &SETTING_OF, &delivered[i], call->arena, &set, &found));
        answer *row = add_object(list);
        put_state(row, "setting", set.name);
        put_text(row, "value", set.value);
        put_text(row, "reason", set.reason);
    }
    return DONE;
}

const act setting_list_act = {.name = "setting list", .view = true, .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
