#include "magistral/act/rooms.h"

#include <string.h>

#include "magistral/base/typography.h"
#include "magistral/store/deviation.h"

typedef struct condition_state {
    bool read, within, accepted;
    room_reading reading;
} condition_state;

/* A deviation counts for the reading that stood when it was opened: what is read later is judged anew. */
static ending is_accepted(call *call, const batch *batch, const char *since, bool *ret_accepted)
{
    deviation *deviations = NULL;
    size_t count = 0;
    *ret_accepted = false;
    TRY(store_list(call->store, &DEVIATIONS_OF, (&(deviation){.batch = batch->id}), call->arena, &deviations, &count));
    for (size_t i = 0; i < count; i++)
        *ret_accepted = *ret_accepted || (text_equal(deviations[i].subject, "conditions") && text_equal(deviations[i].decision, "accepted") &&
                                          strcmp(deviations[i].opened_at, since) >= 0);
    return DONE;
}

static ending find_state(call *call, const batch *batch, const formula_condition *condition, condition_state *ret_state)
{
    room_reading wanted = {.area = batch->work_area, .day = call->today, .kind = condition->kind};
    *ret_state = (condition_state){0};
    TRY(store_find(call->store, &ROOM_READING_LAST, &wanted, call->arena, &ret_state->reading, &ret_state->read));
    if (!ret_state->read)
        return DONE;
    ret_state->within = room_within(ret_state->reading.value, condition->low, condition->high);
    return ret_state->within ? DONE : is_accepted(call, batch, ret_state->reading.at, &ret_state->accepted);
}

const char *rooms_value(call *call, const char *value, const char *unit)
{
    return arena_format(call->arena, "%s %s", value, unit);
}

ending rooms_check(call *call, const char *field, const batch *batch, const formula_content *formula)
{
    for (size_t i = 0; i < formula->condition_count; i++) {
        const formula_condition *c = &formula->conditions[i];
        condition_state state;
        TRY(find_state(call, batch, c, &state));
        const char *kind = call_word(call, "state.", c->kind);
        const char *limits = rooms_value(call, room_limits(call->arena, c->low, c->high), c->unit);
        if (!state.read)
            call_refuse(call, "ROOM-06", field, "kind", kind, "batch", batch->number, "limits", limits, NULL);
        else if (!state.within && !state.accepted)
            call_refuse(call, "ROOM-07", field, "kind", kind, "batch", batch->number, "value", rooms_value(call, state.reading.value, c->unit), "limits",
                        limits, NULL);
    }
    return DONE;
}

ending rooms_first_due(call *call, const batch *batch, const formula_content *formula, const formula_condition **ret_due, bool *ret_outside)
{
    *ret_due = NULL;
    *ret_outside = false;
    for (size_t i = 0; i < formula->condition_count && !*ret_due; i++) {
        condition_state state;
        TRY(find_state(call, batch, &formula->conditions[i], &state));
        if (state.read && (state.within || state.accepted))
            continue;
        *ret_due = &formula->conditions[i];
        *ret_outside = state.read;
    }
    return DONE;
}

const char *rooms_asked_words(call *call, const formula_content *formula)
{
    BUFFER_SCOPE buffer words = BUFFER_EMPTY;
    for (size_t i = 0; i < formula->condition_count; i++) {
        const formula_condition *c = &formula->conditions[i];
        buffer_add_format(&words, "%s%s%s", i > 0 ? typography_semicolon(call->language) : "", call_word(call, "state.", c->kind),
                          typography_colon(call->language));
        typography_add_formula(&words, call->language, rooms_value(call, room_limits(call->arena, c->low, c->high), c->unit));
    }
    return arena_text(call->arena, buffer_text(&words));
}

static ending list_of(call *call, int64_t batch, room_reading_line **ret_lines, size_t *ret_count)
{
    return store_list(call->store, &ROOM_READINGS_OF_BATCH, (&(room_reading_line){.batch = batch}), call->arena, ret_lines, ret_count);
}

static void put_verdict(answer *row, const room_reading_line *line)
{
    bool limited = line->asked == 1;
    put_state(row, "verdict", !limited ? "for-information" : room_within(line->value, line->low, line->high) ? "complies" : "does not comply");
}

ending rooms_put(call *call, answer *to, int64_t batch)
{
    room_reading_line *lines = NULL;
    size_t count = 0;
    TRY(list_of(call, batch, &lines, &count));
    answer *list = count > 0 ? put_list(to, "room-readings") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_instant(row, "at", lines[i].at);
        put_state(row, "kind", lines[i].kind);
        put_decimal(row, "value", lines[i].value, lines[i].unit);
        put_decimal(row, "limit", lines[i].asked == 1 ? room_limits(call->arena, lines[i].low, lines[i].high) : NULL, lines[i].asked == 1 ? lines[i].unit : NULL);
        put_verdict(row, &lines[i]);
        put_link(row, "person", "person", lines[i].identifier);
    }
    return DONE;
}

ending rooms_put_record(call *call, answer *record, int64_t batch)
{
    room_reading_line *lines = NULL;
    size_t count = 0;
    TRY(list_of(call, batch, &lines, &count));
    answer *list = put_list(record, "rooms");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        BUFFER_SCOPE buffer limits = BUFFER_EMPTY;
        if (lines[i].asked == 1)
            typography_add_formula(&limits, call->site_language,
                                   rooms_value(call, room_limits(call->arena, lines[i].low, lines[i].high), lines[i].unit));
        put_state(row, "what", lines[i].kind);
        put_decimal(row, "value", lines[i].value, lines[i].unit);
        put_text(row, "limits", limits.length ? arena_text(call->arena, buffer_text(&limits)) : NULL);
        put_verdict(row, &lines[i]);
        put_text(row, "by", lines[i].name);
        put_instant(row, "at", lines[i].at);
    }
    return DONE;
}
