/* Printed = applied + specimen + spoiled + destroyed (BPP 5.59): each label is said to be one of them, once. */
#include <string.h>

#include "magistral/act/labels.h"

static const input_definition inputs[] = {
    {"label", INPUT_TEXT, INPUT_LIST, NULL, "E26-0001"},
    {"state", INPUT_CHOICE, 0, "applied|specimen|spoiled|destroyed", "applied"},
    {"reason", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

static ending run(call *call)
{
    const input_value *labels = call_input(call, "label");
    const char *state = call_text(call, "state");
    bool waste = strcmp(state, "spoiled") == 0 || strcmp(state, "destroyed") == 0;
    if (waste && !call_has(call, "reason"))
        call_refuse(call, "LABEL-06", "reason", "state", call_state(call, "label", state), NULL);
    label *rows = arena_array(call->arena, labels->count, sizeof *rows);
    for (size_t i = 0; i < labels->count; i++) {
        ending found = labels_find(call, labels->texts[i], &rows[i]);
        if (found == FAILED)
            return found;
        for (size_t k = 0; found == DONE && k < i; k++)
            if (rows[k].id == rows[i].id)
                return call_refuse(call, "LABEL-18", "label", "label", rows[i].number, NULL);
        if (found == DONE && strcmp(rows[i].state, "printed") != 0)
            call_refuse(call, "LABEL-07", "label", "label", rows[i].number, "state", call_state(call, "label", rows[i].state), NULL);
    }
    TRY(call_ending(call));
    for (size_t i = 0; i < labels->count; i++) {
        rows[i].state = state;
        rows[i].reason = call_text(call, "reason");
        TRY(store_update(call->store, &LABEL_SETTLE, &rows[i]));
        call_concerns(call, "label", rows[i].number);
        call_concerns(call, rows[i].kind, rows[i].subject);
    }
    put_count(call->done, "labels", (int64_t)labels->count);
    put_state_of(call->done, "state", "label", state);
    for (size_t i = 0; i < labels->count; i++) {
        bool again = false;
        for (size_t k = 0; k < i; k++)
            again = again || rows[k].batch == rows[i].batch;
        if (!again)
            TRY(labels_reconcile_again(call, rows[i].batch));
    }
    return DONE;
}

const act label_settle_act = {.name = "label settle", .right = RIGHT_PRINT_LABELS, .inputs = inputs, .run = run};
