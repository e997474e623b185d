/* The register of raw materials, read row by row. Rule: BPP 4.14. */
#include "magistral/act/lots.h"
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"material", INPUT_NUMBER, INPUT_OPTIONAL, "material", "BIR"},
    {"state", INPUT_CHOICE, INPUT_OPTIONAL,
     "quarantine|accepted|refused|recalled|destroyed|expired|retest-passed|exhausted", "accepted"},
    {0},
};

static ending next_lot(void *cursor, arena *arena, answer **ret_row)
{
    lot_line line = {0};
    bool found = false;
    TRY(store_next((store_cursor *)cursor, arena, &line, &found));
    *ret_row = NULL;
    if (!found)
        return DONE;
    *ret_row = answer_object(arena);
    put_lot_line(*ret_row, &line);
    return DONE;
}

static ending run(call *call)
{
    material material = {0};
    store_cursor *cursor = NULL;
    if (call_has(call, "material"))
        TRY(materials_find(call, "material", &material));
    lot_line key = {.material = material.code, .state = call_text(call, "state"), .day = call->today};
    TRY(store_rows(call->store, &LOT_LINES, &key, call->arena, &cursor));
    answer_put(call->done, "lots", answer_rows(call->arena, next_lot, cursor));
    return DONE;
}

const act lot_list_act = {.name = "lot list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
