/* A place where one batch at a time is made. Rule: BPP 5.34. */
#include "magistral/act/equipments.h"

static const input_definition inputs[] = {
    {"code", INPUT_NUMBER, 0, NULL, "PREP-1"},
    {"name", INPUT_TEXT, 0, NULL, "Préparatoire 1, enceinte ventilée"},
    {0},
};

static ending run(call *call)
{
    work_area same = {0};
    bool found = false;
    work_area made = {.code = call_text(call, "code"), .name = call_text(call, "name")};
    TRY(store_find(call->store, &WORK_AREA_BY_CODE, &made, call->arena, &same, &found));
    if (found)
        return call_refuse(call, "AREA-02", "code", "area", made.code, "name", same.name, NULL);
    TRY(store_insert(call->store, &WORK_AREA_INSERT, &made));
    call_concerns(call, "area", made.code);
    put_link(call->done, "area", "area", made.code);
    return DONE;
}

const act area_add_act = {.name = "area add", .right = RIGHT_MANAGE_EQUIPMENT, .inputs = inputs, .run = run};
