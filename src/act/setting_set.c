/* What a site decides once, with its reason; every earlier value stays in the journal. */
#include <stdlib.h>
#include <string.h>

#include "magistral/act/settings.h"
#include "magistral/base/text.h"
#include "magistral/store/site.h"

static const input_definition inputs[] = {
    {"name", INPUT_CHOICE, INPUT_POSITIONAL, SETTINGS_NAMES, "controller-may-release"},
    {"value", INPUT_TEXT, INPUT_POSITIONAL, NULL, "no"},
    {"reason", INPUT_LONG, 0, NULL, "Deux pharmaciens seulement pendant l'été"},
    {0},
};

/* Yes or no, or a number of days up to ten years. */
static ending check_value(call *call, const setting *made)
{
    enum { MOST_DAYS = 3660 };
    size_t count = 0, length = strlen(made->value);
    const setting_delivered *delivered = settings_delivered(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(delivered[i].name, made->name) != 0)
            continue;
        bool days = length >= 1 && length <= 4 && strspn(made->value, "0123456789") == length && made->value[0] != '0' &&
                    strtoll(made->value, NULL, 10) <= MOST_DAYS;
        if (delivered[i].is_days && !days)
            return call_refuse(call, "SETTING-03", "value", "name", made->name, "value", made->value, NULL);
        if (!delivered[i].is_days && strcmp(made->value, "yes") != 0 && strcmp(made->value, "no") != 0)
            return call_refuse(call, "SETTING-02", "value", "name", made->name, "value", made->value, NULL);
    }
    return DONE;
}

static ending run(call *call)
{
    setting before = {0};
    setting made = {.name = call_text(call, "name"), .value = call_text(call, "value"), .reason = call_text(call, "reason")};
    bool found = false;
    TRY(check_value(call, &made));
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
