/* Opens the master file of a preparation; its versions come with formula draft. Rule: BPP 4.30. */
#include <string.h>

#include "magistral/act/formulas.h"

/* A version's number ("BIR20/12") must stay short enough for papers and codes. */
enum { LONGEST_CODE = 16 };

static const input_definition inputs[] = {
    {"formula", INPUT_NUMBER, 0, "formula", "BIR20"},
    {"name", INPUT_TEXT, 0, NULL, "Birabresib 20 mg, gélule"},
    {0},
};

static ending run(call *call)
{
    const char *code = call_text(call, "formula");
    formula known = {0};
    bool found = false;
    TRY(store_find(call->store, &FORMULA_BY_CODE, (&(formula){.code = code}), call->arena, &known, &found));
    if (found)
        call_refuse(call, "FORMULA-06", "formula", "formula", code, NULL);
    size_t length = strlen(code);
    if (length > LONGEST_CODE || strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != length)
        call_refuse(call, "FORMULA-07", "formula", "formula", code, NULL);
    TRY(call_ending(call));
    formula made = {.code = code, .name = call_text(call, "name")};
    TRY(store_insert(call->store, &FORMULA_INSERT, &made));
    put_link(call->done, "formula", "formula", code);
    put_text(call->done, "name", made.name);
    return DONE;
}

const act formula_create_act = {.name = "formula create", .right = RIGHT_WRITE_FORMULAS, .inputs = inputs, .run = run};
