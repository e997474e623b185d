/* A value of a step was recorded wrongly: what was first read stays beside what takes its place. Rule: BPP 4.40; EU GMP 4.9. */
#include <string.h>

#include "magistral/act/amendments.h"
#include "magistral/act/batches.h"
#include "magistral/act/formulas.h"
#include "magistral/domain/step_entry.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, 0, "batch", "B26-0001"},
    {"step", INPUT_NUMBER, 0, NULL, "MIX"},
    {"entry", INPUT_TEXT, 0, NULL, "duration"},
    {"value", INPUT_TEXT, 0, NULL, "10"},
    {"reason", INPUT_TEXT, 0, NULL, "Durée lue sur le minuteur, mal recopiée"},
    {0},
};

typedef struct found_step {
    const formula_step *step;
    step_record record;
    step_value *values, *value; /* all of the step, and the one that is meant */
    size_t count;
    step_entry entry;
    bool used; /* a later step is recorded */
} found_step;

static ending find_step(call *call, const batch *batch, found_step *f)
{
    formula_content formula = {0};
    batch_making making = {0};
    const char *code = call_text(call, "step");
    TRY(batches_formula(call, batch, &formula));
    TRY(batches_making(call, batch, &making));
    f->step = formulas_step(&formula, code);
    if (!f->step)
        return call_refuse(call, "STEP-01", "step", "step", code, "version", formula.version.number, NULL);
    if (!making_has_step(&making, f->step->id))
        return call_refuse(call, "AMENDMENT-05", "step", "step", code, NULL);
    for (size_t i = 0; i < making.step_count; i++)
        if (making.steps[i].step == f->step->id)
            f->record = making.steps[i];
    for (size_t i = 0; i < formula.step_count; i++)
        f->used = f->used || (formula.steps[i].rank > f->step->rank && making_has_step(&making, formula.steps[i].id));
    f->used = f->used || (batch->filled_at && strcmp(batch->filled_at, f->record.at) > 0);
    return store_list(call->store, &STEP_VALUES_OF, (&(step_value){.record = f->record.id}), call->arena, &f->values, &f->count);
}

/* The value that is meant, and what the formula asks of it. */
static ending find_value(call *call, found_step *f)
{
    const char *name = call_text(call, "entry");
    BUFFER_SCOPE buffer names = BUFFER_EMPTY;
    for (size_t i = 0; i < f->count; i++) {
        buffer_add_format(&names, "%s%s", i > 0 ? ", " : "", f->values[i].name);
        if (text_equal(f->values[i].name, name))
            f->value = &f->values[i];
    }
    if (!f->value)
        return call_refuse(call, "AMENDMENT-06", "entry", "step", f->step->code, "entry", name, "entries", f->count > 0 ? buffer_text(&names) : "—", NULL);
    char *lines = arena_text(call->arena, f->step->entries ? f->step->entries : ""), *saved = NULL;
    for (const char *line = strtok_r(lines, "\n", &saved); line; line = strtok_r(NULL, "\n", &saved))
        if (step_entry_parse(call->arena, line, &f->entry) && text_equal(f->entry.name, name))
            return DONE;
    return fail(call->outcome, "step %s asks for no %s", f->step->code, name);
}

static ending run(call *call)
{
    batch batch = {0};
    found_step f = {0};
    const char *text = NULL;
    bool within = false;
    TRY(batches_find(call, "batch", &batch));
    TRY(amendments_check_open(call, "batch", &batch));
    TRY(find_step(call, &batch, &f));
    TRY(find_value(call, &f));
    if (!step_entry_judge(call->arena, &f.entry, call_text(call, "value"), &text, &within))
        return call_refuse(call, "STEP-07", "value", "entry", f.entry.name, "value", call_text(call, "value"), NULL);
    amended_entry entry = {f.value->name, f.value->value, text, f.value->unit, NULL};
    amending amending = {.batch = &batch, .kind = "step", .subject = f.step->code, .author = f.record.person, .entered_at = f.record.at, .used = f.used,
                         .good_before = f.value->within == 1, .good_after = within, .entries = &entry, .count = text_equal(f.value->value, text) ? 0 : 1};
    TRY(amendments_check(call, &amending));
    put_link(call->done, "batch", "batch", batch.number);
    put_text(call->done, "step", f.step->code);
    TRY(amendments_write(call, &amending));
    f.value->value = text;
    f.value->within = within;
    put_truth(call->done, "within", within);
    return store_update(call->store, &STEP_VALUE_AMEND, f.value);
}

const act step_amend_act = {.name = "step amend", .right = RIGHT_MAKE, .inputs = inputs, .states = "in-preparation|quarantine", .run = run};
