/* What the own analysis of a lot cost; the setting lot-analysis-amortised says whether the batches made of it bear it. */
#include "magistral/act/costs.h"
#include "magistral/act/lots.h"
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"lot", INPUT_NUMBER, INPUT_POSITIONAL, "lot", "MP26-0003"},
    {"description", INPUT_TEXT, 0, NULL, "Identité et dosage, laboratoire extérieur"},
    {"amount", INPUT_MONEY, 0, NULL, "690.00 EUR"},
    {0},
};

static ending run(call *call)
{
    lot lot = {0};
    material material = {0};
    TRY(lots_find(call, "lot", &lot));
    TRY(lot_material(call, &lot, &material));
    if (!material_is_raw_material(&material))
        call_refuse(call, "COST-12", "lot", "lot", lot.number, "material", material.name, NULL);
    costs_check_amount(call, "amount");
    TRY(call_ending(call));
    lot_analysis made = {.lot = lot.id, .description = call_text(call, "description"), .amount = call_integer(call, "amount"),
                         .declared_by = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &LOT_ANALYSIS_INSERT, &made));
    put_link(call->done, "lot", "lot", lot.number);
    put_text(call->done, "description", made.description);
    put_decimal(call->done, "sum", money_text(call->arena, (money){made.amount}), "EUR");
    return DONE;
}

const act lot_declare_analysis_act = {.name = "lot declare-analysis", .right = RIGHT_DECLARE_COSTS, .inputs = inputs, .run = run};
