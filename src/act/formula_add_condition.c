/* Adds a condition of the room: while a batch is made its area is read, within these limits, on each day. Rule: EU GMP 3.3; BPP 5.38. */
#include <string.h>

#include "magistral/act/formulas.h"
#include "magistral/domain/room.h"

static const input_definition inputs[] = {
    {"version", INPUT_NUMBER, 0, "formula", "BIR20/1"},
    {"kind", INPUT_CHOICE, 0, "pressure|temperature|humidity", "temperature"},
    {"low-limit", INPUT_DECIMAL, INPUT_OPTIONAL, NULL, "18"},
    {"high-limit", INPUT_DECIMAL, INPUT_OPTIONAL, NULL, "25"},
    {0},
};

static void check_limits(call *call, room_kind kind)
{
    static const char *const limits[] = {"low-limit", "high-limit"};
    const char *read = NULL;
    if (!call_has(call, "low-limit") && !call_has(call, "high-limit"))
        call_refuse(call, "ROOM-01", "low-limit", NULL);
    for (size_t i = 0; i < 2; i++)
        if (call_has(call, limits[i]) && !room_read(call->arena, kind, call_text(call, limits[i]), &read))
            call_refuse(call, "ROOM-02", limits[i], "value", call_text(call, limits[i]), "unit", room_kind_unit(kind), NULL);
    if (call_has(call, "low-limit") && call_has(call, "high-limit") && !room_within(call_text(call, "low-limit"), NULL, call_text(call, "high-limit")))
        call_refuse(call, "ROOM-03", "high-limit", "value", call_text(call, "low-limit"), "high", call_text(call, "high-limit"), NULL);
}

static ending run(call *call)
{
    formula_version version = {0};
    formula_content content = {0};
    room_kind kind = ROOM_KIND_COUNT;
    const char *word = call_text(call, "kind");
    TRY(formulas_find_draft(call, "version", &version));
    TRY(formulas_read(call, &version, &content));
    if (!room_kind_parse(word, &kind))
        return fail(call->outcome, "%s is no condition of a room", word);
    if (formulas_condition(&content, word))
        call_refuse(call, "ROOM-04", "kind", "kind", call_word(call, "state.", word), "version", version.number, NULL);
    check_limits(call, kind);
    TRY(call_ending(call));
    formula_condition made = {.version = version.id, .kind = word, .unit = room_kind_unit(kind), .low = call_text(call, "low-limit"), .high = call_text(call, "high-limit")};
    TRY(store_insert(call->store, &FORMULA_CONDITION_INSERT, &made));
    put_link(call->done, "version", "formula", version.number);
    put_state(call->done, "kind", word);
    put_decimal(call->done, "limit", room_limits(call->arena, made.low, made.high), NULL);
    put_text(call->done, "unit", made.unit);
    return DONE;
}

const act formula_add_condition_act = {.name = "formula add-condition", .right = RIGHT_WRITE_FORMULAS, .inputs = inputs, .run = run};
