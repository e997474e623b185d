/* A result as an answer. */
#include <stdlib.h>
#include <string.h>

#include "magistral/act/people.h"
#include "magistral/act/results.h"
#include "magistral/base/json.h"

static ending put_values(call *call, answer *to, const result_line *line)
{
    result_value *values = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RESULT_VALUES_OF, (&(result_value){.result = line->id}), call->arena, &values, &count));
    answer *list = put_list(to, "values");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_state(row, "series", values[i].series);
        put_count(row, "rank", values[i].rank);
        put_count(row, "stage", values[i].stage);
        if (values[i].unit)
            put_decimal(row, "value", values[i].value, values[i].unit);
        else
            put_state(row, "value", values[i].value);
        TRY(put_person(call, row, "entered-by", values[i].entered_by));
        put_instant(row, "at", values[i].at);
    }
    return DONE;
}

static ending put_computation(call *call, answer *to, const result_line *line)
{
    answer *computation = NULL;
    if (!line->computation)
        return DONE;
    TRY(json_read(line->computation, strlen(line->computation), call->arena, call->outcome, &computation));
    answer *shown = put_object(to, "computation");
    for (const answer *child = computation->first; child; child = child->next) {
        const char *value = answer_find_text(child, "value");
        if (value)
            put_figure(shown, child->name, value, answer_find_text(child, "unit"), answer_find_text(child, "formula"));
        else if (child->kind == ANSWER_COUNT)
            put_count(shown, child->name, strtoll(child->text, NULL, 10));
        else if (child->kind == ANSWER_TEXT)
            put_state(shown, child->name, child->text);
    }
    return DONE;
}

ending results_put(call *call, answer *to, const result_line *line)
{
    put_link(to, "result", "result", line->number);
    put_text(to, "control", line->code);
    put_text(to, "name", line->name);
    put_state(to, "kind", line->kind);
    put_state(to, "due", line->due);
    put_text(to, "method", line->method);
    put_text(to, "specification", line->specification);
    put_state_of(to, "state", "result", line->state);
    put_count(to, "stage", line->stage);
    put_text(to, "stated", line->stated);
    put_state(to, "verdict", line->verdict);
    put_text(to, "laboratory", line->laboratory);
    if (line->order_number)
        put_link(to, "order", "order", line->order_number);
    put_link(to, "equipment", "equipment", line->equipment_code);
    put_text(to, "column", line->chromatographic_column);
    put_text(to, "suitability", line->suitability);
    put_text(to, "reference-standard", line->reference_standard);
    put_day(to, "standard-expiry", line->standard_expiry);
    put_link(to, "analyst", "person", line->analyst_identifier);
    put_day(to, "analysed-on", line->analysed_on);
    put_text(to, "raw-document", line->raw_document);
    put_link(to, "entered-by", "person", line->entered_identifier);
    put_instant(to, "opened-at", line->opened_at);
    put_instant(to, "closed-at", line->closed_at);
    put_link(to, "verified-by", "person", line->verified_identifier);
    put_instant(to, "verified-at", line->verified_at);
    put_text(to, "reason", line->reason);
    TRY(put_computation(call, to, line));
    return put_values(call, to, line);
}

void results_put_line(answer *row, const result_line *line)
{
    put_link(row, "result", "result", line->number);
    put_text(row, "control", line->code);
    put_text(row, "name", line->name);
    put_text(row, "specification", line->specification);
    put_state_of(row, "state", "result", line->state);
    put_text(row, "stated", line->stated);
    put_state(row, "verdict", line->verdict);
    put_day(row, "analysed-on", line->analysed_on);
    put_link(row, "entered-by", "person", line->entered_identifier);
    put_link(row, "verified-by", "person", line->verified_identifier);
}
