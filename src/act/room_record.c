/* What the instruments of a work area show: pressure of its hood or room, temperature, humidity. The latest reading of a day counts; what the
 * formula of the batch made there allows is said with it, and nothing is made outside. Rule: EU GMP 3.3; BPP 4.39, 5.38. */
#include "magistral/act/equipments.h"
#include "magistral/act/rooms.h"

static const input_definition inputs[] = {
    {"area", INPUT_NUMBER, INPUT_POSITIONAL, "area", "PREP-1"},
    {"pressure", INPUT_TEXT, INPUT_OPTIONAL, NULL, "15 Pa"},
    {"temperature", INPUT_TEXT, INPUT_OPTIONAL, NULL, "21.5 °C"},
    {"humidity", INPUT_TEXT, INPUT_OPTIONAL, NULL, "45 %"},
    {0},
};

/* The batch that is being made there, with its formula; none when `ret_batch` has no id. */
static ending find_batch(call *call, const work_area *area, batch *ret_batch, formula_content *ret_formula)
{
    bool found = false;
    TRY(store_find(call->store, &BATCH_IN_AREA, (&(batch){.work_area = area->id}), call->arena, ret_batch, &found));
    if (!found)
        return DONE;
    call_concerns(call, "batch", ret_batch->number);
    put_link(call->done, "batch", "batch", ret_batch->number);
    return batches_formula(call, ret_batch, ret_formula);
}

/* The readings given, each with its digits; none at all is refused. */
static size_t read_all(call *call, const work_area *area, room_reading readings[ROOM_KIND_COUNT])
{
    size_t count = 0, given = 0;
    for (int i = 0; i < ROOM_KIND_COUNT; i++) {
        const char *word = room_kind_word((room_kind)i), *text = call_text(call, word), *value = NULL, *unit = room_kind_unit((room_kind)i);
        if (!text)
            continue;
        given++;
        if (room_read(call->arena, (room_kind)i, text, &value))
            readings[count++] = (room_reading){.area = area->id, .day = call->today, .kind = word, .value = value, .unit = unit, .person = call->person.id, .at = call->now};
        else
            call_refuse(call, "ROOM-02", word, "value", text, "unit", unit, NULL);
    }
    if (given == 0)
        call_refuse(call, "ROOM-08", "pressure", NULL);
    return count;
}

static ending run(call *call)
{
    work_area area = {0};
    batch batch = {0};
    formula_content formula = {0};
    room_reading readings[ROOM_KIND_COUNT];
    TRY(areas_find(call, "area", &area));
    size_t count = read_all(call, &area, readings);
    TRY(call_ending(call));
    put_link(call->done, "area", "area", area.code);
    TRY(find_batch(call, &area, &batch, &formula));
    answer *list = put_list(call->done, "room-readings");
    for (size_t i = 0; i < count; i++) {
        TRY(store_insert(call->store, &ROOM_READING_INSERT, &readings[i]));
        const formula_condition *asked = formulas_condition(&formula, readings[i].kind);
        bool within = asked && room_within(readings[i].value, asked->low, asked->high);
        answer *row = add_object(list);
        put_state(row, "kind", readings[i].kind);
        put_decimal(row, "value", readings[i].value, readings[i].unit);
        put_decimal(row, "limit", asked ? room_limits(call->arena, asked->low, asked->high) : NULL, asked ? asked->unit : NULL);
        put_state(row, "verdict", !asked ? "for-information" : within ? "complies" : "does not comply");
    }
    return DONE;
}

const act room_record_act = {.name = "room record", .right = RIGHT_CHECK_EQUIPMENT, .inputs = inputs, .run = run};
