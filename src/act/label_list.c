#include "magistral/store/batch.h"

#include "magistral/act/documents.h"
#include "magistral/store/site.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_OPTIONAL, "batch", "B26-0001"},
    {"kind", INPUT_CHOICE, INPUT_OPTIONAL, "container|sample|retained-sample|intermediate|bottle|dispensing", ""},
    {"number", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

static void put_label(answer *list, const label *label, const char *host)
{
    answer *row = add_object(list);
    put_link(row, "label", "label", label->number);
    put_state(row, "kind", arena_format(list->arena, "%s-label", label->kind));
    put_link(row, "subject", label->kind, label->subject);
    put_state(row, "shown-state", label->shown_state);
    put_state_of(row, "state", "label", label->state);
    put_instant(row, "printed", label->printed_at);
    put_text(row, "reason", label->reason);
    put_text(row, "code", label->token && host ? arena_format(list->arena, "HTTPS://%s/L/%s", host, label->token) : NULL);
}

static ending run(call *call)
{
    label *rows = NULL;
    size_t count = 0;
    bool found = false;
    batch batch = {0};
    site site = {0};
    if (call_has(call, "batch")) {
        TRY(store_find(call->store, &BATCH_BY_NUMBER, (&(struct batch){.number = call_text(call, "batch")}), call->arena, &batch, &found));
        if (!found)
            return call_refuse(call, "LABEL-01", "batch", "kind", call_word(call, "kind.", "batch"), "number", call_text(call, "batch"), NULL);
        TRY(store_list(call->store, &LABEL_OF_BATCH, (&(label){.batch = batch.id}), call->arena, &rows, &count));
    } else if (call_has(call, "kind") && call_has(call, "number")) {
        label wanted = {.kind = call_text(call, "kind"), .subject = call_text(call, "number")};
        TRY(store_list(call->store, &LABEL_OF_SUBJECT, &wanted, call->arena, &rows, &count));
    } else {
        return call_refuse(call, "LABEL-08", "batch", NULL);
    }
    TRY(store_find(call->store, &SITE, NOTHING, call->arena, &site, &found));
    answer *list = put_list(call->done, "labels");
    for (size_t i = 0; i < count; i++)
        put_label(list, &rows[i], found ? site.host : NULL);
    return DONE;
}

const act label_list_act = {.name = "label list", .view = true, .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
