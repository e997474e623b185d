/* A label to be looked at before it is printed: no serial is taken, nothing is stored, its code says nothing. */
#include <string.h>

#include "label_parts.h"
#include "magistral/act/layouts.h"
#include "magistral/act/registers.h"

static const input_definition inputs[] = {
    {"kind", INPUT_CHOICE, 0, "container|sample|retained-sample|intermediate|bottle|dispensing", "bottle"},
    {"number", INPUT_TEXT, 0, NULL, "B26-0001/1"},
    {"page", INPUT_COUNT, INPUT_OPTIONAL, NULL, ""},
    {"save", INPUT_PATH, INPUT_OPTIONAL, NULL, "preview.pdf"},
    {0},
};

static ending run(call *call)
{
    drawing *drawing = NULL;
    const char *kind = call_text(call, "kind");
    document about = {.kind = arena_format(call->arena, "%s-label", kind), .subject_kind = kind, .subject = call_text(call, "number")};
    TRY(layouts_begin(call, &about, "number", &drawing));
    return documents_preview(call, drawing);
}

const act label_preview_act = {.name = "label preview", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};

ending labels_show_proposed(call *call, const request *request, const batch *batch, const taken_bottle *bottles, size_t count, answer *to)
{
    subject s = {.request = *request, .batch = *batch};
    bool found = false;
    drawing *drawing = NULL;
    TRY(store_find(call->store, &FORMULA_VERSION_BY_ID, (&(formula_version){.id = batch->version}), call->arena, &s.version, &found));
    TRY(registers_next(call, "dispensing", &s.dispensing.number));
    TRY(documents_begin(call, "dispensing-label", labels_layout("dispensing"), "dispensing", s.dispensing.number, "preview", &drawing));
    for (size_t i = 0; i < count; i++) {
        answer *record = documents_record(call, drawing, "dispensing", s.dispensing.number, "", ABSENT);
        if (!record)
            return call_ending(call);
        put_truth(record, "specimen", false);
        label_fill_dispensing(call, &s, label_content(call, bottles[i].units, bottles[i].number, count), record);
    }
    return documents_show(call, drawing, 1, to);
}
