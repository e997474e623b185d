/* The register of raw materials, read row by row. Rule: BPP 4.14. */
#include "magistral/act/lists.h"
#include "magistral/act/lots.h"
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"material", INPUT_NUMBER, INPUT_OPTIONAL, "material", "BIR"},
    {"state", INPUT_CHOICE, INPUT_OPTIONAL,
     "quarantine|accepted|refused|recalled|destroyed|expired|retest-passed|exhausted", "accepted"},
    LIST_INPUTS("lot|received-on|limit-day"),
    {0},
};

static void put(answer *row, const void *listed, const char *context)
{
    (void)context;
    const listed_lot *line = listed;
    put_lot_line(row, &(lot_line){.number = line->number, .material = line->material, .material_name = line->material_name, .unit = line->unit,
                                  .supplier = line->supplier, .supplier_lot = line->supplier_lot, .received_on = line->received_on,
                                  .limit_kind = line->limit_kind, .limit_day = line->limit_day, .state = line->state,
                                  .quantity = line->quantity, .stock = line->stock});
}

static const list_way ways[] = {{"lot", 0, &LIST_LOTS}, {"received-on", 0, &LIST_LOTS_BY_RECEIVED_ON}, {"limit-day", 0, &LIST_LOTS_BY_LIMIT_DAY}, {0}};
/* The stock of each that is sought is summed: of a state fewer are looked through. */
static const list lots = {.name = "lots", .ways = ways, .line = sizeof(listed_lot), .put = put, .units = "stock|received", .looks_through = 2500};
static const list lots_of_state = {.name = "lots", .ways = ways, .line = sizeof(listed_lot), .put = put, .units = "stock|received", .looks_through = 500};

static ending run(call *call)
{
    material material = {0};
    if (call_has(call, "material"))
        TRY(materials_find(call, "material", &material));
    list_wanted wanted = {.material = material.code, .state = call_text(call, "state"), .find = call_text(call, "find"), .day = call->today};
    return lists_answer(call, wanted.state ? &lots_of_state : &lots, wanted, "lot", NULL);
}

const act lot_list_act = {.name = "lot list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
