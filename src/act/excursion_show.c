/* An excursion: what stood there, what was decided of each, and which batches took something of it since. */
#include "magistral/act/excursions.h"
#include "magistral/act/materials.h"
#include "magistral/act/people.h"

static const input_definition inputs[] = {
    {"excursion", INPUT_NUMBER, INPUT_POSITIONAL, "excursion", "EX26-0001"},
    {0},
};

static ending put_containers(call *call, const excursion *excursion)
{
    excursion_container_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &EXCURSION_CONTAINERS_OF, (&(excursion_container_line){.excursion = excursion->id}), call->arena, &lines, &count));
    answer *list = put_list(call->done, "containers");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "container", "container", lines[i].number);
        put_text(row, "material-name", lines[i].material_name);
        put_link(row, "lot", "lot", lines[i].lot);
        put_quantity(row, "stock", lines[i].stock, lines[i].unit);
        put_text(row, "location", lines[i].location);
        put_state_of(row, "state", "container", lines[i].state);
        put_text(row, "reason", lines[i].reason);
        put_link(row, "decided-by", "person", lines[i].identifier);
        put_instant(row, "decided-at", lines[i].decided_at);
        put_text(row, "way-out", text_equal(lines[i].state, "held") ? "excursion assess" : NULL);
    }
    return DONE;
}

static ending put_batches(call *call, const excursion *excursion)
{
    excursion_batch_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &EXCURSION_BATCHES_OF, (&(excursion_batch_line){.excursion = excursion->id}), call->arena, &lines, &count));
    answer *list = put_list(call->done, "batches");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "batch", "batch", lines[i].number);
        put_text(row, "location", lines[i].location);
        bool held = !lines[i].at && text_is_among("in-preparation|quarantine|released", lines[i].state);
        put_state(row, "state", held ? "held" : lines[i].state);
        put_text(row, "reason", lines[i].reason);
        put_link(row, "decided-by", "person", lines[i].identifier);
        put_instant(row, "decided-at", lines[i].at);
        put_text(row, "way-out", held ? "batch lift" : NULL);
    }
    return DONE;
}

static ending put_taken(call *call, const excursion *excursion)
{
    excursion_batch_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &EXCURSION_TAKEN, (&(excursion_batch_line){.excursion = excursion->id}), call->arena, &lines, &count));
    answer *list = count > 0 ? put_list(call->done, "taken-since") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "container", "container", lines[i].container);
        put_link(row, "batch", "batch", lines[i].number);
        put_state(row, "recorded-state", lines[i].state);
        put_instant(row, "at", lines[i].at);
    }
    return DONE;
}

static ending run(call *call)
{
    excursion excursion = {0};
    TRY(excursions_find(call, "excursion", &excursion));
    put_link(call->done, "excursion", "excursion", excursion.number);
    put_text(call->done, "location", excursion.location);
    put_instant(call->done, "from", excursion.from_at);
    put_instant(call->done, "until", excursion.until_at);
    put_text(call->done, "lowest", excursion.lowest);
    put_text(call->done, "highest", excursion.highest);
    put_text(call->done, "reason", excursion.reason);
    TRY(put_person(call, call->done, "person", excursion.person));
    put_instant(call->done, "at", excursion.at);
    TRY(put_containers(call, &excursion));
    TRY(put_batches(call, &excursion));
    return put_taken(call, &excursion);
}

const act excursion_show_act = {.name = "excursion show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
