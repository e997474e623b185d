#include "magistral/act/investigations.h"

#include "magistral/base/typography.h"

ending investigations_find(call *call, investigation *ret_investigation)
{
    bool found = false;
    const char *number = call_text(call, "investigation");
    TRY(store_find(call->store, &INVESTIGATION_BY_NUMBER, (&(investigation){.number = number}), call->arena, ret_investigation, &found));
    return found ? DONE : call_refuse(call, "INVESTIGATION-01", "investigation", "investigation", number, NULL);
}

ending investigations_explain(call *call, int64_t result, bool *ret_explained)
{
    investigation last = {0};
    bool found = false;
    TRY(store_find(call->store, &INVESTIGATION_LAST, (&(investigation){.result = result}), call->arena, &last, &found));
    *ret_explained = found && text_equal(last.conclusion, "laboratory-error");
    return DONE;
}

static ending lines_of(call *call, int64_t batch, int64_t result, investigation_line **ret_lines, size_t *ret_count)
{
    return store_list(call->store, &INVESTIGATIONS_OF, (&(investigation_line){.batch = batch, .result = result}), call->arena, ret_lines, ret_count);
}

ending investigations_put(call *call, answer *to, int64_t batch, int64_t result)
{
    investigation_line *lines = NULL;
    size_t count = 0;
    TRY(lines_of(call, batch, result, &lines, &count));
    answer *list = count > 0 ? put_list(to, "investigations") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "investigation", "investigation", lines[i].number);
        if (result == ABSENT)
            put_link(row, "result", "result", lines[i].result_number);
        put_text(row, "hypothesis", lines[i].hypothesis);
        put_state_of(row, "state", "investigation", lines[i].state);
        put_state_of(row, "concluded", "investigation", lines[i].conclusion);
        put_text(row, "evidence", lines[i].evidence);
        put_link(row, "concluded-by", "person", lines[i].concluded_identifier);
    }
    return DONE;
}

ending investigations_put_record(call *call, answer *record, int64_t batch)
{
    investigation_line *lines = NULL;
    size_t count = 0;
    TRY(lines_of(call, batch, ABSENT, &lines, &count));
    answer *list = put_list(record, "investigations");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_text(row, "number", lines[i].number);
        put_text(row, "what", arena_format(call->arena, "%s, %s%s%s", lines[i].result_number, lines[i].control_name, typography_colon(call->site_language), lines[i].stated));
        put_text(row, "hypothesis", lines[i].hypothesis);
        put_text(row, "by", lines[i].opened_name);
        put_instant(row, "opened", lines[i].opened_at);
        put_state_of(row, "state", "investigation", lines[i].state);
        put_state_of(row, "outcome", "investigation", lines[i].conclusion);
        put_text(row, "evidence", lines[i].evidence);
        put_text(row, "person", lines[i].concluded_name);
        put_instant(row, "at", lines[i].concluded_at);
    }
    return DONE;
}
