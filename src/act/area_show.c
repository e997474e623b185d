/* A work area: what was read in it, its cleanings, the batches made there. Rule: EU GMP 4.31. */
#include "magistral/act/logbooks.h"
#include "magistral/store/room.h"

static const input_definition inputs[] = {
    {"area", INPUT_NUMBER, INPUT_POSITIONAL, "area", "PREP-1"},
    {0},
};

static ending next_reading(void *cursor, arena *arena, answer **ret_row)
{
    room_reading_line line = {0};
    bool found = false;
    TRY(store_next((store_cursor *)cursor, arena, &line, &found));
    *ret_row = NULL;
    if (!found)
        return DONE;
    *ret_row = answer_object(arena);
    put_instant(*ret_row, "at", line.at);
    put_state(*ret_row, "kind", line.kind);
    put_decimal(*ret_row, "value", line.value, line.unit);
    put_link(*ret_row, "person", "person", line.identifier);
    return DONE;
}

static ending next_batch(void *cursor, arena *arena, answer **ret_row)
{
    area_batch line = {0};
    bool found = false;
    TRY(store_next((store_cursor *)cursor, arena, &line, &found));
    *ret_row = NULL;
    if (!found)
        return DONE;
    *ret_row = answer_object(arena);
    put_link(*ret_row, "batch", "batch", line.number);
    put_text(*ret_row, "product", arena_format(arena, "%s %s", line.product, line.strength));
    put_state(*ret_row, "recorded-state", line.state);
    put_instant(*ret_row, "started-at", line.started_at);
    put_instant(*ret_row, "packaged-at", line.packaged_at);
    return DONE;
}

static ending run(call *call)
{
    work_area area = {0};
    store_cursor *readings = NULL, *batches = NULL;
    TRY(areas_find(call, "area", &area));
    put_link(call->done, "area", "area", area.code);
    put_text(call->done, "name", area.name);
    TRY(store_rows(call->store, &ROOM_READINGS_OF_AREA, (&(room_reading_line){.area = area.id}), call->arena, &readings));
    answer_put(call->done, "room-readings", answer_rows(call->arena, next_reading, readings));
    TRY(logbooks_put(call, call->done, ABSENT, area.id));
    TRY(store_rows(call->store, &AREA_BATCHES, (&(area_batch){.area = area.id}), call->arena, &batches));
    answer_put(call->done, "batches", answer_rows(call->arena, next_batch, batches));
    return DONE;
}

const act area_show_act = {.name = "area show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
