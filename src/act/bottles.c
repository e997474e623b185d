#include "magistral/act/bottles.h"

ending bottles_find(call *call, taken_bottle *ret_bottle, batch *ret_batch)
{
    bool found = false;
    const char *number = call_text(call, "bottle");
    TRY(store_find(call->store, &BOTTLE_SCANNED, (&(taken_bottle){.number = number}), call->arena, ret_bottle, &found));
    if (!found)
        return call_refuse(call, "BOTTLE-01", "bottle", "bottle", number, NULL);
    TRY(store_find(call->store, &BATCH_BY_ID, (&(batch){.id = ret_bottle->batch}), call->arena, ret_batch, &found));
    call_concerns(call, "batch", ret_batch->number);
    return found ? DONE : fail(call->outcome, "bottle %s has no batch", number);
}

void bottles_check_here(call *call, const taken_bottle *bottle)
{
    if (bottle->destroyed)
        call_refuse(call, "BOTTLE-02", "bottle", "bottle", bottle->number, NULL);
    else if (bottle->ended)
        call_refuse(call, "BOTTLE-03", "bottle", "bottle", bottle->number, "state", call_state(call, "bottle", bottle->ended), NULL);
    else if (bottle->dispensing != ABSENT)
        call_refuse(call, "BOTTLE-04", "bottle", "bottle", bottle->number, "dispensing", bottle->taken_by, NULL);
}

ending bottles_state(call *call, const bottle *bottle, const char **ret_state)
{
    bottle_opening opening = {.verified_at = ""};
    bool found = false;
    if (bottle->opening != ABSENT)
        TRY(store_find(call->store, &BOTTLE_OPENING_BY_ID, (&(bottle_opening){.id = bottle->opening}), call->arena, &opening, &found));
    *ret_state = bottle->destroyed ? "destroyed" : bottle->ended ? bottle->ended : opening.verified_at ? NULL : "to-be-verified";
    return DONE;
}

static ending put_openings(call *call, answer *to, const batch *batch)
{
    opening_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &OPENINGS_OF_BATCH, (&(bottle_opening){.batch = batch->id}), call->arena, &lines, &count));
    answer *list = count > 0 ? put_list(to, "openings") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "bottle", "bottle", lines[i].number);
        put_count(row, "units", lines[i].held);
        put_text(row, "into", lines[i].shared_into);
        put_count(row, "broken", lines[i].broken);
        put_text(row, "reason", lines[i].reason);
        put_text(row, "area", lines[i].area);
        put_text(row, "line-clearance", lines[i].line);
        put_link(row, "opened-by", "person", lines[i].identifier);
        put_instant(row, "opened-at", lines[i].opened_at);
        put_link(row, "verified-by", "person", lines[i].verified_identifier);
        put_instant(row, "verified-at", lines[i].verified_at);
    }
    return DONE;
}

ending bottles_put(call *call, answer *to, const batch *batch)
{
    lost_bottle *lost = NULL;
    size_t count = 0;
    TRY(put_openings(call, to, batch));
    TRY(store_list(call->store, &LOST_BOTTLES_OF_BATCH, (&(bottle_loss){.batch = batch->id}), call->arena, &lost, &count));
    answer *list = count > 0 ? put_list(to, "bottle-losses") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "bottle", "bottle", lost[i].number);
        put_state_of(row, "state", "bottle", lost[i].kind);
        put_count(row, "units", lost[i].units);
        put_text(row, "reason", lost[i].reason);
        put_link(row, "person", "person", lost[i].identifier);
        put_instant(row, "at", lost[i].at);
        put_link(row, "found-by", "person", lost[i].finder_identifier);
        put_instant(row, "found-at", lost[i].found_at);
        put_text(row, "found-how", lost[i].found_how);
    }
    return DONE;
}

ending bottles_put_record(call *call, answer *record, const batch *batch)
{
    opening_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &OPENINGS_OF_BATCH, (&(bottle_opening){.batch = batch->id}), call->arena, &lines, &count));
    answer *list = put_list(record, "openings");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_text(row, "bottle", lines[i].number);
        put_count(row, "units", lines[i].held);
        put_text(row, "into", lines[i].shared_into);
        put_count(row, "broken", lines[i].broken);
        put_text(row, "reason", lines[i].reason);
        put_text(row, "area", lines[i].area);
        put_text(row, "line", lines[i].line);
        put_text(row, "by", lines[i].name);
        put_instant(row, "at", lines[i].opened_at);
        put_text(row, "verified_by", lines[i].verified_name);
        put_instant(row, "verified_at", lines[i].verified_at);
    }
    return DONE;
}
