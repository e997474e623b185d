/* A place left its limits: whoever sees it holds at once everything that stood there meanwhile, wherever it was carried since. Batches are put
 * on hold as ever, containers of raw materials wait for a pharmacist's assessment. Rule: EU GMP 3.19; BPP 8.11. */
#include <string.h>

#include "magistral/act/deviations.h"
#include "magistral/act/excursions.h"
#include "magistral/act/holds.h"
#include "magistral/act/numbers.h"
#include "magistral/base/catalogue.h"

static const input_definition inputs[] = {
    {"location", INPUT_TEXT, 0, NULL, "Armoire A2"},
    {"from", INPUT_INSTANT, 0, NULL, "2026-01-12T20:00:00+01:00"},
    {"until", INPUT_INSTANT, INPUT_OPTIONAL, NULL, "2026-01-13T07:30:00+01:00"},
    {"lowest", INPUT_TEXT, INPUT_OPTIONAL, NULL, "19,5 °C"},
    {"highest", INPUT_TEXT, INPUT_OPTIONAL, NULL, "31,2 °C"},
    {"reason", INPUT_TEXT, 0, NULL, "Climatisation arrêtée dans la nuit"},
    {0},
};

static void check_instants(call *call)
{
    const char *from = call_text(call, "from"), *until = call_text(call, "until");
    if (strcmp(from, call->now) >= 0)
        call_refuse(call, "EXCURSION-02", "from", "from", from, NULL);
    if (until && strcmp(until, call->now) > 0)
        call_refuse(call, "EXCURSION-03", "until", "until", until, NULL);
    if (until && strcmp(until, from) <= 0)
        call_refuse(call, "EXCURSION-04", "until", "until", until, "from", from, NULL);
}

/* A place is written as somebody once typed it: those that are known help to say which one is meant. */
static ending refuse_empty(call *call)
{
    excursion *places = NULL;
    size_t count = 0;
    BUFFER_SCOPE buffer known = BUFFER_EMPTY;
    TRY(store_list(call->store, &PLACES, NOTHING, call->arena, &places, &count));
    for (size_t i = 0; i < count; i++)
        buffer_add_format(&known, "%s%s", i > 0 ? " ; " : "", places[i].location);
    return call_refuse(call, "EXCURSION-05", "location", "location", call_text(call, "location"), "places", count > 0 ? arena_text(call->arena, buffer_text(&known)) : "—", NULL);
}

static ending hold_containers(call *call, const excursion *excursion, const container *containers, size_t count)
{
    answer *list = put_list(call->done, "containers");
    for (size_t i = 0; i < count; i++) {
        excursion_container made = {.excursion = excursion->id, .container = containers[i].id, .state = "held", .decided_by = ABSENT};
        TRY(store_insert(call->store, &EXCURSION_CONTAINER_INSERT, &made));
        call_concerns(call, "container", containers[i].number);
        answer *row = add_object(list);
        put_link(row, "container", "container", containers[i].number);
        put_state_of(row, "state", "container", "held");
    }
    return DONE;
}

static ending hold_batches(call *call, const excursion *excursion, const batch *batches, size_t count)
{
    refusal_value values[] = {{"excursion", excursion->number}, {"location", excursion->location}, {"reason", excursion->reason}};
    const char *reason = catalogue_fill(call->arena, call->site_language, "hold.excursion", values, 3);
    answer *list = put_list(call->done, "batches");
    for (size_t i = 0; i < count; i++) {
        excursion_batch made = {.excursion = excursion->id, .batch = batches[i].id};
        TRY(batches_hold(call, &batches[i], reason, true));
        TRY(store_insert(call->store, &EXCURSION_BATCH_INSERT, &made));
        call_concerns(call, "batch", batches[i].number);
        answer *row = add_object(list);
        put_link(row, "batch", "batch", batches[i].number);
        put_state(row, "before", batches[i].held ? "held" : batches[i].state);
        put_state(row, "state", "held");
    }
    return DONE;
}

/* What a batch under way took from a container since the excursion began went with it: a deviation says so. One on hold is held already. */
static ending tell_batches(call *call, const excursion *excursion)
{
    excursion_batch_line *lines = NULL;
    size_t count = 0;
    answer *list = NULL;
    TRY(store_list(call->store, &EXCURSION_TAKEN, (&(excursion_batch_line){.excursion = excursion->id}), call->arena, &lines, &count));
    for (size_t i = 0; i < count; i++) {
        refusal_value values[] = {{"excursion", excursion->number}, {"location", excursion->location}, {"reason", excursion->reason}, {"container", lines[i].container}};
        struct batch batch = {.id = lines[i].batch};
        const char *number = NULL;
        bool again = false;
        for (size_t k = 0; k < i; k++)
            again = again || (lines[k].batch == lines[i].batch && text_equal(lines[k].container, lines[i].container));
        if (again || !text_is_among("in-preparation|quarantine", lines[i].state))
            continue;
        TRY(deviations_open(call, &batch, excursion->number, "major", catalogue_fill(call->arena, call->site_language, "deviation.excursion", values, 4), &number));
        call_concerns(call, "batch", lines[i].number);
        answer *row = add_object(list ? list : (list = put_list(call->done, "taken")));
        put_link(row, "batch", "batch", lines[i].number);
        put_link(row, "container", "container", lines[i].container);
        put_link(row, "deviation", "deviation", number);
    }
    return DONE;
}

static ending run(call *call)
{
    container *containers = NULL;
    batch *batches = NULL;
    size_t container_count = 0, batch_count = 0;
    excursion made = {.location = call_text(call, "location"), .from_at = call_text(call, "from"), .until_at = call_text(call, "until"),
                      .lowest = call_text(call, "lowest"), .highest = call_text(call, "highest"), .reason = call_text(call, "reason"),
                      .person = call->person.id, .at = call->now};
    check_instants(call);
    TRY(call_ending(call));
    TRY(store_list(call->store, &EXCURSION_CONTAINERS_THERE, &made, call->arena, &containers, &container_count));
    TRY(store_list(call->store, &EXCURSION_BATCHES_THERE, &made, call->arena, &batches, &batch_count));
    if (container_count + batch_count == 0)
        return refuse_empty(call);
    TRY(number_next(call, &EXCURSION_SERIES, "EX", &made.number));
    TRY(store_insert(call->store, &EXCURSION_INSERT, &made));
    call_concerns(call, "excursion", made.number);
    put_link(call->done, "excursion", "excursion", made.number);
    TRY(hold_containers(call, &made, containers, container_count));
    TRY(tell_batches(call, &made));
    return hold_batches(call, &made, batches, batch_count);
}

const act excursion_declare_act = {.name = "excursion declare", .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
