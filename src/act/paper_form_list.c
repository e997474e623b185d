/* The register of blank forms: each copy that was ever printed, where it lies, what became of it. Rule: BPP 4.08. */
#include "magistral/act/lists.h"
#include "magistral/act/paper_forms.h"

static const input_definition inputs[] = {
    {"state", INPUT_CHOICE, INPUT_OPTIONAL, "issued|used|destroyed|lost", ""},
    LIST_INPUTS("paper-form|state|version|batch|kept-at|printed-by|printed-at|document|settled-by|settled-at"),
    {0},
};

static ending run(call *call)
{
    paper_form_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &PAPER_FORM_LINES, (&(paper_form){.state = call_text(call, "state")}), call->arena, &lines, &count));
    answer *list = put_list(call->done, "paper-forms");
    for (size_t i = 0; i < count; i++)
        paper_forms_put(add_object(list), &lines[i]);
    return lists_shorten(call, list);
}

const act paper_form_list_act = {.name = "paper-form list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
