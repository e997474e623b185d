/* The text of a layout, as it is in force or as it was changed, with what it makes of a real record, and what is wrong with it. */
#include <string.h>

#include "magistral/act/layouts.h"
#include "magistral/base/catalogue.h"

static const input_definition inputs[] = {
    {"name", INPUT_TEXT, 0, NULL, "bottle_label.fr.layout"},
    {"file", INPUT_FILE, INPUT_OPTIONAL, NULL, "bottle_label.fr.layout"},
    {"subject", INPUT_TEXT, INPUT_OPTIONAL, NULL, "B26-0001/1"},
    {"page", INPUT_COUNT, INPUT_OPTIONAL, NULL, ""},
    {"save", INPUT_PATH, INPUT_OPTIONAL, NULL, "preview.pdf"},
    {0},
};

/* What is wrong with the text is told, line by line; it does not stop the page on which it is being written. */
static ending put_wrongs(call *call, const outcome *tried)
{
    answer *list = put_list(call->done, "wrong");
    for (const refusal *r = tried->first; r; r = r->next) {
        answer *row = add_object(list);
        put_text(row, "rule", r->rule);
        put_text(row, "sentence", refusal_sentence(call->arena, call->language, call->zone, r));
    }
    return tried->failure ? fail_as(call->outcome, tried) : DONE;
}

static ending draw(call *call, const char *name, const char *text, const document *about)
{
    layout *layout = NULL;
    drawing *drawing = NULL;
    TRY(layouts_check(call, name, text, &layout));
    if (!about->subject)
        return DONE;
    TRY(layouts_begin(call, about, "subject", &drawing));
    if (!drawing)
        return DONE;
    drawing->tried = layout;
    return documents_preview(call, drawing);
}

static ending run(call *call)
{
    const char *name = call_text(call, "name"), *text = NULL, *in_force = NULL;
    document about = {0};
    static const char *const drawn_names[] = {"picture", "pages"};
    outcome tried = outcome_new(call->arena), *kept = call->outcome;
    TRY(layouts_check_name(call, name));
    TRY(documents_layout_text(call, name, &text, &in_force));
    text = call_has(call, "file") ? call_input(call, "file")->file_bytes : text;
    TRY(layouts_about(call, name, call_text(call, "subject"), &about));
    put_text(call->done, "name", name);
    put_text(call->done, "in-force", in_force);
    put_text(call->done, "subject", about.subject);
    put_text(call->done, "text", text_is_clean(text, strlen(text)) ? text : NULL); /* else it is no text, as its refusal says */
    call->outcome = &tried;
    ending drawn = draw(call, name, text, &about);
    call->outcome = kept;
    call->prepared = NULL;
    for (size_t i = 0; i < sizeof drawn_names / sizeof *drawn_names; i++)
        if (!answer_find(call->done, drawn_names[i]))
            put_text(call->done, drawn_names[i], NULL);
    TRY(put_wrongs(call, &tried));
    return drawn == FAILED ? FAILED : DONE;
}

const act template_preview_act = {.name = "template preview", .view = true, .right = RIGHT_IMPORT_TEMPLATES, .inputs = inputs, .run = run};
