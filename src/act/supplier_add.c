/* Where materials come from, with the category of provenance that decides their control. Rule: BPP 6.36 to 6.50. */
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"code", INPUT_NUMBER, 0, NULL, "SYNTHEX"},
    {"name", INPUT_TEXT, 0, NULL, "Synthex fictif SAS"},
    {"address", INPUT_TEXT, 0, NULL, "2 avenue de l'Exemple, 00000 Ville-Exemple"},
    {"category", INPUT_CHOICE, 0, "A|B|C", "C"},
    {0},
};

static ending run(call *call)
{
    supplier same = {0};
    bool found = false;
    supplier made = {.code = call_text(call, "code"), .name = call_text(call, "name"), .address = call_text(call, "address"),
                     .category = call_text(call, "category"), .qualified_by = ABSENT};
    TRY(store_find(call->store, &SUPPLIER_BY_CODE, &made, call->arena, &same, &found));
    if (found)
        return call_refuse(call, "SUPPLIER-02", "code", "supplier", made.code, "name", same.name, NULL);
    TRY(store_insert(call->store, &SUPPLIER_INSERT, &made));
    call_concerns(call, "supplier", made.code);
    put_link(call->done, "supplier", "supplier", made.code);
    put_text(call->done, "category", made.category);
    return DONE;
}

const act supplier_add_act = {.name = "supplier add", .right = RIGHT_DEFINE_MATERIALS, .inputs = inputs, .run = run};
