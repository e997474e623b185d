#include "magistral/act/logbooks.h"

#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/numbers.h"
#include "magistral/base/catalogue.h"

ending logbooks_check_working(call *call, const char *field, const equipment *equipment, const char *day)
{
    logbook broken = {0};
    bool found = false;
    TRY(store_find(call->store, &LOGBOOK_BROKEN, (&(logbook){.equipment = equipment->id, .day = day}), call->arena, &broken, &found));
    if (found)
        call_refuse(call, "LOGBOOK-01", field, "equipment", equipment->code, "day", broken.day, "text", broken.text, NULL);
    return DONE;
}

ending logbooks_write(call *call, int64_t equipment, int64_t area, const char *kind, const char *text, int64_t batch)
{
    logbook made = {.equipment = equipment, .area = area, .kind = kind, .text = text, .batch = batch, .day = call->today, .person = call->person.id, .at = call->now};
    return store_insert(call->store, &LOGBOOK_INSERT, &made);
}

ending logbooks_batch(call *call, int64_t *ret_batch)
{
    batch batch = {0};
    *ret_batch = ABSENT;
    if (!call_has(call, "batch"))
        return DONE;
    TRY(batches_find(call, "batch", &batch));
    *ret_batch = batch.id;
    return DONE;
}

static ending next_entry(void *cursor, arena *arena, answer **ret_row)
{
    logbook_line line = {0};
    bool found = false;
    TRY(store_next((store_cursor *)cursor, arena, &line, &found));
    *ret_row = NULL;
    if (!found)
        return DONE;
    *ret_row = answer_object(arena);
    put_instant(*ret_row, "at", line.at);
    put_state(*ret_row, "kind", line.kind);
    put_text(*ret_row, "text", line.text);
    put_link(*ret_row, "batch", "batch", line.batch);
    put_link(*ret_row, "person", "person", line.person);
    return DONE;
}

ending logbooks_put(call *call, answer *to, int64_t equipment, int64_t area)
{
    store_cursor *cursor = NULL;
    const query *query = equipment != ABSENT ? &LOGBOOK_OF_EQUIPMENT : &LOGBOOK_OF_AREA;
    TRY(store_rows(call->store, query, (&(logbook_line){.equipment = equipment, .area = area}), call->arena, &cursor));
    answer_put(to, "log", answer_rows(call->arena, next_entry, cursor));
    return DONE;
}

static ending put_next_use(void *cursor, arena *arena, const char *kind, answer **ret_row)
{
    equipment_used line = {0};
    bool found = false;
    TRY(store_next((store_cursor *)cursor, arena, &line, &found));
    *ret_row = NULL;
    if (!found)
        return DONE;
    *ret_row = answer_object(arena);
    put_instant(*ret_row, "at", line.at);
    if (kind) {
        put_link(*ret_row, kind, kind, line.number);
        put_state_of(*ret_row, "state", kind, line.state);
    }
    put_link(*ret_row, "batch", "batch", line.batch);
    return DONE;
}

static ending next_weighing(void *cursor, arena *arena, answer **ret_row)
{
    return put_next_use(cursor, arena, "weighing", ret_row);
}

static ending next_result(void *cursor, arena *arena, answer **ret_row)
{
    return put_next_use(cursor, arena, "result", ret_row);
}

static ending next_filling(void *cursor, arena *arena, answer **ret_row)
{
    return put_next_use(cursor, arena, NULL, ret_row);
}

static ending put_uses(call *call, answer *to, const char *name, const query *query, int64_t equipment, answer_next next)
{
    store_cursor *cursor = NULL;
    TRY(store_rows(call->store, query, (&(equipment_used){.equipment = equipment}), call->arena, &cursor));
    answer_put(to, name, answer_rows(call->arena, next, cursor));
    return DONE;
}

ending logbooks_put_uses(call *call, answer *to, const equipment *equipment)
{
    equipment_used weighings = {0}, results = {0}, key = {.equipment = equipment->id};
    filler_plate plate = {0};
    bool found = false;
    TRY(store_find(call->store, &EQUIPMENT_WEIGHING_COUNT, &key, call->arena, &weighings, &found));
    TRY(store_find(call->store, &EQUIPMENT_RESULT_COUNT, &key, call->arena, &results, &found));
    TRY(store_find(call->store, &FILLER_PLATE_OF, (&(filler_plate){.equipment = equipment->id}), call->arena, &plate, &found));
    put_count(to, "weighing-count", weighings.count);
    put_count(to, "result-count", results.count);
    if (weighings.count > 0)
        TRY(put_uses(call, to, "weighings", &EQUIPMENT_WEIGHINGS, equipment->id, next_weighing));
    if (results.count > 0)
        TRY(put_uses(call, to, "results", &EQUIPMENT_RESULTS, equipment->id, next_result));
    return found ? put_uses(call, to, "batches", &EQUIPMENT_FILLINGS, equipment->id, next_filling) : DONE;
}

/* The size of the shells that the formula fills, NULL where it has none. */
static const char *shell_size(const formula_content *formula)
{
    for (size_t i = 0; i < formula->component_count; i++)
        if (strcmp(formula->components[i].kind, "capsule-shell") == 0)
            return formula->components[i].capsule_size;
    return NULL;
}

ending plates_check(call *call, const formula_content *formula, filler_plate *ret_plate)
{
    equipment equipment = {0};
    filler_plate any = {0};
    bool found = false;
    const char *size = shell_size(formula);
    *ret_plate = (filler_plate){0};
    if (!call_has(call, "plate")) {
        TRY(store_find(call->store, &FILLER_PLATE_ANY, NOTHING, call->arena, &any, &found));
        if (found)
            call_refuse(call, "PLATE-04", "plate", "size", size ? size : "—", NULL);
        return DONE;
    }
    ending known = equipments_find(call, "plate", &equipment);
    if (known != DONE)
        return known == REFUSED ? DONE : known;
    TRY(store_find(call->store, &FILLER_PLATE_OF, (&(filler_plate){.equipment = equipment.id}), call->arena, ret_plate, &found));
    if (!found)
        call_refuse(call, "PLATE-06", "plate", "equipment", equipment.code, NULL);
    else if (!text_equal(ret_plate->capsule_size, size))
        call_refuse(call, "PLATE-05", "plate", "equipment", equipment.code, "plate", ret_plate->capsule_size, "size", size ? size : "—", NULL);
    if (equipment.withdrawn)
        call_refuse(call, "EQUIPMENT-02", "plate", "equipment", equipment.code, NULL);
    return logbooks_check_working(call, "plate", &equipment, call->today);
}

ending plates_words(call *call, language language, int64_t batch, const char **ret_words)
{
    batch_plate_line plate = {0};
    bool found = false;
    *ret_words = NULL;
    TRY(store_find(call->store, &BATCH_PLATE_OF, (&(batch_plate_line){.batch = batch}), call->arena, &plate, &found));
    refusal_value values[] = {{"code", plate.code}, {"size", plate.capsule_size}, {"holes", count_text(call->arena, plate.holes)}};
    if (found)
        *ret_words = catalogue_fill(call->arena, language, "plate.words", values, 3);
    return DONE;
}
