/* One bottle: what is in it, whose it is, where its capsules came from and where they went. */
#include "magistral/act/amendments.h"
#include "magistral/act/bottles.h"
#include "magistral/act/scans.h"
#include "magistral/store/document.h"

static const input_definition inputs[] = {
    {"bottle", INPUT_NUMBER, INPUT_POSITIONAL, "bottle", "B26-0001/1"},
    {0},
};

static ending put_openings(call *call, const bottle *bottle)
{
    opening_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &OPENINGS_OF_BATCH, (&(bottle_opening){.batch = bottle->batch}), call->arena, &lines, &count));
    for (size_t i = 0; i < count; i++) {
        if (lines[i].id == bottle->opening)
            put_link(call->done, "from-bottle", "bottle", lines[i].number);
        if (lines[i].bottle != bottle->id)
            continue;
        put_text(call->done, "into", lines[i].shared_into);
        put_count(call->done, "broken", lines[i].broken);
        put_text(call->done, "reason", lines[i].reason);
        put_text(call->done, "line-clearance", lines[i].line);
        put_link(call->done, "opened-by", "person", lines[i].identifier);
        put_instant(call->done, "opened-at", lines[i].opened_at);
        put_link(call->done, "verified-by", "person", lines[i].verified_identifier);
        put_instant(call->done, "verified-at", lines[i].verified_at);
    }
    return DONE;
}

static ending put_loss(call *call, const bottle *bottle)
{
    lost_bottle *lost = NULL;
    answer *found = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LOST_BOTTLES_OF_BATCH, (&(bottle_loss){.batch = bottle->batch}), call->arena, &lost, &count));
    for (size_t i = 0; i < count; i++) {
        if (lost[i].bottle != bottle->id)
            continue;
        answer *to = call->done;
        if (lost[i].found_at)
            to = add_object(found = found ? found : put_list(call->done, "found-again"));
        put_text(to, "reason", lost[i].reason);
        put_link(to, "person", "person", lost[i].identifier);
        put_instant(to, "at", lost[i].at);
        if (!lost[i].found_at)
            continue;
        put_text(to, "found-how", lost[i].found_how);
        put_link(to, "found-by", "person", lost[i].finder_identifier);
        put_instant(to, "found-at", lost[i].found_at);
    }
    return DONE;
}

static ending put_labels(call *call, const bottle *bottle)
{
    label *labels = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LABEL_OF_SUBJECT, (&(label){.kind = "bottle", .subject = bottle->number}), call->arena, &labels, &count));
    answer *list = put_list(call->done, "labels");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "label", "label", labels[i].number);
        put_state(row, "shown-state", labels[i].shown_state);
        put_state_of(row, "state", "label", labels[i].state);
        put_text(row, "reason", labels[i].reason);
    }
    return DONE;
}

static ending run(call *call)
{
    taken_bottle taken = {0};
    batch batch = {0};
    bottle bottle = {0};
    dispensing given = {0};
    const char *state = NULL, *use_by = NULL;
    bool found = false;
    TRY(bottles_find(call, &taken, &batch));
    TRY(store_find(call->store, &BOTTLE_BY_ID, (&(struct bottle){.id = taken.id}), call->arena, &bottle, &found));
    TRY(scans_state(call, "bottle", bottle.number, &state, &use_by));
    if (taken.taken_by)
        TRY(store_find(call->store, &DISPENSING_BY_NUMBER, (&(dispensing){.number = taken.taken_by}), call->arena, &given, &found));
    put_link(call->done, "bottle", "bottle", bottle.number);
    put_state(call->done, "state", text_equal(given.state, "handed-over") ? given.state : state);
    put_count(call->done, "units", bottle.units);
    put_link(call->done, "batch", "batch", batch.number);
    put_day(call->done, "expiry", use_by);
    put_link(call->done, "dispensing", "dispensing", taken.taken_by);
    TRY(put_openings(call, &bottle));
    TRY(put_loss(call, &bottle));
    TRY(amendments_put(call, call->done, batch.id, bottle.number));
    return put_labels(call, &bottle);
}

const act bottle_show_act = {.name = "bottle show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
