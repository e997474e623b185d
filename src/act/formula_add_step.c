/* Adds the next step with what it must record. Rule: BPP 4.31, 4.39, 5.38 to 5.54. */
#include "magistral/act/formulas.h"
#include "magistral/domain/step_entry.h"

static const input_definition inputs[] = {
    {"version", INPUT_NUMBER, 0, "formula", "BIR20/1"},
    {"step", INPUT_NUMBER, 0, NULL, "MIX"},
    {"title", INPUT_TEXT, 0, NULL, "Mélange"},
    {"kind", INPUT_CHOICE, 0, "line-clearance|weighing|operation|filling|packaging|cleaning", "operation"},
    {"instruction", INPUT_LONG, 0, NULL, "Mélanger au mortier par dilution géométrique"},
    {"entries", INPUT_TEXT, INPUT_OPTIONAL | INPUT_LIST, NULL, "duration: decimal min 8..12"},
    {0},
};

/* The lines as one text; each of the right form, no name twice. */
static const char *read_entries(call *call)
{
    const input_value *given = call_input(call, "entries");
    BUFFER_SCOPE buffer lines = BUFFER_EMPTY;
    step_entry *entries = arena_array(call->arena, given->count, sizeof *entries);
    for (size_t i = 0; i < given->count; i++) {
        if (!step_entry_parse(call->arena, given->texts[i], &entries[i])) {
            call_refuse(call, "FORMULA-21", "entries", "entry", given->texts[i], NULL);
            entries[i].name = "";
            continue;
        }
        for (size_t k = 0; k < i; k++)
            if (text_equal(entries[k].name, entries[i].name))
                call_refuse(call, "FORMULA-22", "entries", "entry", entries[i].name, NULL);
        buffer_add_format(&lines, "%s%s", lines.length > 0 ? "\n" : "", given->texts[i]);
    }
    return lines.length > 0 ? arena_text(call->arena, lines.bytes) : NULL;
}

static ending run(call *call)
{
    formula_version version = {0};
    formula_content content = {0};
    const char *code = call_text(call, "step");
    TRY(formulas_find_draft(call, "version", &version));
    TRY(formulas_read(call, &version, &content));
    if (formulas_step(&content, code))
        call_refuse(call, "FORMULA-23", "step", "code", code, "version", version.number, NULL);
    const char *entries = read_entries(call);
    TRY(call_ending(call));
    int64_t rank = content.step_count > 0 ? content.steps[content.step_count - 1].rank + 1 : 1;
    formula_step made = {.version = version.id, .rank = rank, .code = code, .title = call_text(call, "title"),
                         .instruction = call_text(call, "instruction"), .kind = call_text(call, "kind"), .entries = entries};
    TRY(store_insert(call->store, &FORMULA_STEP_INSERT, &made));
    put_link(call->done, "version", "formula", version.number);
    put_text(call->done, "step", code);
    put_count(call->done, "rank", rank);
    return DONE;
}

const act formula_add_step_act = {.name = "formula add-step", .right = RIGHT_WRITE_FORMULAS, .inputs = inputs, .run = run};
