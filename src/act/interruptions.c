#include "magistral/act/interruptions.h"

#include <string.h>

#include "magistral/base/day.h"

ending interruptions_under_way(call *call, const batch *batch, interruption *ret_interruption)
{
    bool found = false;
    *ret_interruption = (interruption){0};
    TRY(store_find(call->store, &INTERRUPTION_LAST, (&(interruption){.batch = batch->id}), call->arena, ret_interruption, &found));
    if (!found || ret_interruption->resumed_at)
        *ret_interruption = (interruption){0};
    return DONE;
}

ending interruptions_portions(call *call, const batch *batch, const char ***ret_numbers, size_t *ret_count)
{
    formula_content formula = {0};
    batch_making making = {0};
    const char *worked = NULL; /* when the powder was last worked on */
    TRY(batches_formula(call, batch, &formula));
    TRY(batches_making(call, batch, &making));
    for (size_t i = 0; i < making.step_count; i++)
        for (size_t k = 0; k < formula.step_count; k++)
            if (formula.steps[k].id == making.steps[i].step && strcmp(formula.steps[k].kind, "operation") == 0)
                worked = making.steps[i].at;
    *ret_numbers = arena_array(call->arena, making.weighing_count + 1, sizeof **ret_numbers);
    *ret_count = 0;
    for (size_t i = 0; i < making.weighing_count && batch->filled == ABSENT; i++)
        if (text_is_among("recorded|verified", making.weighings[i].state) && (!worked || strcmp(making.weighings[i].recorded_at, worked) > 0))
            (*ret_numbers)[(*ret_count)++] = making.weighings[i].number;
    return DONE;
}

const char *interruptions_duration(call *call, const char *from, const char *to)
{
    int64_t start = 0, end = 0;
    if (!instant_parse(from, &start) || !instant_parse(to ? to : call->now, &end))
        return "—";
    int64_t minutes = (end - start) / 60000;
    return minutes < 60 ? arena_format(call->arena, "%lld min", (long long)minutes)
                        : arena_format(call->arena, "%lld h %02lld min", (long long)(minutes / 60), (long long)(minutes % 60));
}

const char *interruptions_lasted(call *call, const interruption_line *line)
{
    bool over = !line->resumed_at && !text_is_among("in-preparation|quarantine", line->batch_state);
    return over ? "—" : interruptions_duration(call, line->suspended_at, line->resumed_at);
}

ending interruptions_put(call *call, answer *to, int64_t batch)
{
    interruption_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &INTERRUPTIONS_OF, (&(interruption){.batch = batch}), call->arena, &lines, &count));
    answer *list = count > 0 ? put_list(to, "interruptions") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_state(row, "phase", lines[i].phase);
        put_text(row, "reason", lines[i].reason);
        put_text(row, "left-as", lines[i].left_as);
        put_link(row, "suspended-by", "person", lines[i].suspended_identifier);
        put_instant(row, "suspended-at", lines[i].suspended_at);
        put_link(row, "resumed-by", "person", lines[i].resumed_identifier);
        put_instant(row, "resumed-at", lines[i].resumed_at);
        put_text(row, "lasted", interruptions_lasted(call, &lines[i]));
    }
    return DONE;
}

ending interruptions_put_record(call *call, answer *record, int64_t batch)
{
    interruption_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &INTERRUPTIONS_OF, (&(interruption){.batch = batch}), call->arena, &lines, &count));
    answer *list = put_list(record, "interruptions");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_text(row, "reason", lines[i].reason);
        put_text(row, "left_as", lines[i].left_as);
        put_text(row, "by", lines[i].suspended_name);
        put_instant(row, "at", lines[i].suspended_at);
        put_text(row, "resumed_by", lines[i].resumed_name);
        put_instant(row, "resumed_at", lines[i].resumed_at);
        put_text(row, "lasted", interruptions_lasted(call, &lines[i]));
    }
    return DONE;
}
