/* Prints labels: each has a serial and a token of its own; a further one for the same thing asks for a reason and voids the
 * former (BPP 5.59). The state printed is that of the record: a label of a batch that is not released cannot say so. */
#include <string.h>

#include "magistral/act/dispensings.h"
#include "magistral/act/labels.h"
#include "magistral/base/catalogue.h"

static const input_definition inputs[] = {
    {"kind", INPUT_CHOICE, 0, "container|sample|retained-sample|intermediate|bottle|dispensing", "bottle"},
    {"number", INPUT_TEXT, INPUT_LIST, NULL, "B26-0001/1"},
    {"specimen", INPUT_TRUTH, INPUT_OPTIONAL, NULL, ""},
    {"reason", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

/* A label of the thing is there already: a further one needs its reason. */
static ending check_former(call *call, const char *kind, const char *number)
{
    label *former = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LABEL_OF_SUBJECT, (&(label){.kind = kind, .subject = number}), call->arena, &former, &count));
    for (size_t i = 0; i < count; i++)
        if (labels_is_live(&former[i]) && !call_has(call, "reason") && !call_truth(call, "specimen"))
            return call_refuse(call, "LABEL-04", "reason", "label", former[i].number, "number", number, NULL);
    return DONE;
}

/* What would not be handed over today gets no label for a patient. */
static ending check_dispensable(call *call, const char *kind, const char *number)
{
    dispensing dispensing = {0};
    bool found = false;
    if (strcmp(kind, "dispensing") != 0 || call_truth(call, "specimen"))
        return DONE;
    TRY(store_find(call->store, &DISPENSING_BY_NUMBER, (&(struct dispensing){.number = number}), call->arena, &dispensing, &found));
    return dispensings_check_its_batch(call, &dispensing, "number");
}

static ending prepare(call *call)
{
    const char *kind = call_text(call, "kind");
    const input_value *numbers = call_input(call, "number");
    const char *reason = call_has(call, "reason") ? call_text(call, "reason") : catalogue_word(call->site_language, "label.", "further");
    drawing *drawing = NULL;
    TRY(documents_begin(call, arena_format(call->arena, "%s-label", kind), labels_layout(kind), kind, numbers->texts[0], reason, &drawing));
    for (size_t i = 0; i < numbers->count; i++) {
        const char *state = NULL;
        int64_t batch = ABSENT;
        size_t copies = 1;
        TRY(labels_about(call, kind, numbers->texts[i], &state, &batch));
        TRY(check_former(call, kind, numbers->texts[i]));
        TRY(check_dispensable(call, kind, numbers->texts[i]));
        TRY(labels_copies(call, "number", kind, numbers->texts[i], &copies));
        for (size_t copy = 0; copy < copies; copy++) {
            answer *record = documents_record(call, drawing, kind, numbers->texts[i], state, batch);
            if (!record)
                return call_ending(call);
            if (call_truth(call, "specimen"))
                drawing->labels[drawing->count - 1].state = "specimen";
            put_truth(record, "specimen", call_truth(call, "specimen"));
            TRY(labels_fill(call, "number", kind, numbers->texts[i], copy, record));
        }
    }
    return documents_draw(call, drawing);
}

static ending run(call *call)
{
    const input_value *numbers = call_input(call, "number");
    for (size_t i = 0; i < numbers->count; i++) {
        if (!call_truth(call, "specimen"))
            TRY(labels_void(call, call_text(call, "kind"), numbers->texts[i], call_text(call, "reason"), false));
        call_concerns(call, call_text(call, "kind"), numbers->texts[i]);
    }
    const drawing *drawn = call->prepared;
    TRY(documents_store(call));
    for (size_t i = 0; i < drawn->count; i++)
        if (i == 0 || drawn->labels[i].batch != drawn->labels[i - 1].batch)
            TRY(labels_reconcile_again(call, drawn->labels[i].batch));
    return DONE;
}

const act label_print_act = {.name = "label print", .right = RIGHT_PRINT_LABELS, .inputs = inputs, .run = run, .prepare = prepare};
