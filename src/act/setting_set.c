/* What a site decides once, with its reason; every earlier value stays in the journal. */
#include "magistral/act/call.h"
#include "magistral/base/text.h"
#include "magistral/store/site.h"

static const input_definition inputs[] = {
    {"name", INPUT_CHOICE, INPUT_POSITIONAL, "controller-may-release|lot-analysis-amortised", "controller-may-release"},
    {"value", INPUT_CHOICE, INPUT_POSITIONAL, "yes|no", "no"},
    {"reason", INPUT_LONG, 0, NULL, "Deux pharmaciens seulement pendant l'été"},
    {0},
};

static ending run(call *call)
{
    setting before = {0};
    setting made = {.name = call_text(call, "name"), .value = call_text(call, "value"), .reason = call_text(call, "reason")};
    bool found = false;
    TRY(store_find(call->store, &SETTING_OF, &made, call->arena, &before, &found));
    if (found && text_equal(before.value, made.value))
        return call_refuse(call, "SETTING-01", "value", "name", made.name, "value", made.value, NULL);
    if (found)
        TRY(store_update(call->store, &SETTING_UPDATE, &made));
    else
        TRY(store_insert(call->store, &SETTING_INSERT, &made));
    call_concerns(call, "setting", made.name);
    put_state(call->done, "setting", made.name);
    put_text(call->done, "value", made.value);
    put_text(call->done, "before", found ? before.value : NULL);
    return DONE;
}

const act setting_set_act = {.name = "setting set", .right = RIGHT_MANAGE_SITE, .inputs = inputs, .run = run};
