#include "magistral/act/excursions.h"

#include <string.h>

ending excursions_find(call *call, const char *field, excursion *ret_excursion)
{
    bool found = false;
    const char *number = call_text(call, field);
    TRY(store_find(call->store, &EXCURSION_BY_NUMBER, (&(excursion){.number = number}), call->arena, ret_excursion, &found));
    return found ? DONE : call_refuse(call, "EXCURSION-01", field, "excursion", number, NULL);
}

static ending list_of(call *call, int64_t container, excursion_container_line **ret_lines, size_t *ret_count)
{
    return store_list(call->store, &EXCURSIONS_OF_CONTAINER, (&(excursion_container_line){.container = container}), call->arena, ret_lines, ret_count);
}

ending excursions_check_container(call *call, const char *field, const container *container)
{
    excursion_container_line *lines = NULL;
    size_t count = 0;
    TRY(list_of(call, container->id, &lines, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i].state, "held") == 0)
            call_refuse(call, "EXCURSION-08", field, "container", container->number, "excursion", lines[i].excursion_number, NULL);
        else if (strcmp(lines[i].state, "condemned") == 0)
            call_refuse(call, "EXCURSION-09", field, "container", container->number, "excursion", lines[i].excursion_number, "reason", lines[i].reason, NULL);
    return DONE;
}

ending excursions_check_place(call *call, const char *field, const char *location)
{
    excursion lasting = {0};
    bool found = false;
    if (!location)
        return DONE;
    TRY(store_find(call->store, &EXCURSION_LASTING, (&(excursion){.location = location}), call->arena, &lasting, &found));
    if (found)
        call_refuse(call, "EXCURSION-13", field, "location", location, "excursion", lasting.number, NULL);
    return DONE;
}

ending excursions_put_of_container(call *call, answer *to, int64_t container)
{
    excursion_container_line *lines = NULL;
    size_t count = 0;
    TRY(list_of(call, container, &lines, &count));
    answer *list = count > 0 ? put_list(to, "excursions") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "excursion", "excursion", lines[i].excursion_number);
        put_state_of(row, "state", "container", lines[i].state);
        put_text(row, "reason", lines[i].reason);
        put_link(row, "decided-by", "person", lines[i].identifier);
        put_instant(row, "decided-at", lines[i].decided_at);
    }
    return DONE;
}

ending excursions_place_of_batch(call *call, int64_t batch, const char **ret_location)
{
    batch_location last = {0};
    bool found = false;
    TRY(store_find(call->store, &BATCH_LOCATION_LAST, (&(batch_location){.batch = batch}), call->arena, &last, &found));
    *ret_location = last.location;
    return DONE;
}
