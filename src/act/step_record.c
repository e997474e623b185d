/* Records the next step of the formula at the time it is done, with every value that it asks for. A value outside its limits is
 * recorded as it is, with what happened: a deviation opens with it. Rule: BPP 4.39, 4.40, 5.03. */
#include <string.h>

#include "magistral/act/deviations.h"
#include "magistral/act/rooms.h"
#include "magistral/act/weighings.h"
#include "magistral/domain/step_entry.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, 0, "batch", "B26-0001"},
    {"step", INPUT_NUMBER, 0, NULL, "MIX"},
    {"values", INPUT_TEXT, INPUT_OPTIONAL | INPUT_LIST, NULL, "duration=10"},
    {"remarks", INPUT_LONG, INPUT_OPTIONAL, NULL, "Mélange homogène à l'œil"},
    {"deviation", INPUT_LONG, INPUT_OPTIONAL, NULL, "Mélange prolongé à 14 min après un appel"},
    {"class", INPUT_CHOICE, INPUT_OPTIONAL, "minor|major|critical", "minor"},
    {0},
};

static ending find_step(call *call, const formula_content *formula, const batch_making *making, const formula_step **ret_step)
{
    const char *code = call_text(call, "step");
    const formula_step *next = making_next_step(formula, making);
    *ret_step = formulas_step(formula, code);
    if (!*ret_step)
        return call_refuse(call, "STEP-01", "step", "step", code, "version", formula->version.number, NULL);
    if (making_has_step(making, (*ret_step)->id))
        return call_refuse(call, "STEP-02", "step", "step", code, NULL);
    if (*ret_step != next)
        return call_refuse(call, "STEP-03", "step", "step", code, "next", next->code, "title", next->title, NULL);
    return DONE;
}

/* A step that stands for an act of its own is recorded once that act is done; no step uses a portion that is not verified. */
static ending check_done(call *call, const batch *batch, const formula_content *formula, const batch_making *making, const formula_step *step)
{
    bool done = true;
    const formula_component_line *unready = NULL;
    if (strcmp(step->kind, "line-clearance") == 0)
        TRY(batches_line_cleared(call, batch, batch->filled == ABSENT ? "making" : "packaging", &done));
    else if (strcmp(step->kind, "filling") == 0)
        done = batch->filled != ABSENT;
    else if (strcmp(step->kind, "packaging") == 0)
        done = batch->conforming != ABSENT;
    else if (strcmp(step->kind, "weighing") == 0) {
        TRY(weighings_first_unready(call, batch, formula, making, NULL, &unready));
        done = !unready;
    }
    if (!done)
        call_refuse(call, "STEP-04", "step", "step", step->code, "kind", call_word(call, "state.", step->kind), NULL);
    for (size_t i = 0; i < making->weighing_count && strcmp(step->kind, "operation") == 0; i++)
        if (strcmp(making->weighings[i].state, "open") == 0 || strcmp(making->weighings[i].state, "recorded") == 0)
            call_refuse(call, "STEP-05", "step", "weighing", making->weighings[i].number, NULL);
    return DONE;
}

typedef struct read_values {
    step_value *values;
    size_t count;
    bool outside;
} read_values;

/* The text given for an entry ("name=value"), NULL when there is none. */
static const char *value_given(const call *call, const char *name)
{
    const input_value *given = call_input(call, "values");
    size_t length = strlen(name);
    for (size_t i = 0; i < given->count; i++)
        if (strncmp(given->texts[i], name, length) == 0 && given->texts[i][length] == '=')
            return given->texts[i] + length + 1;
    return NULL;
}

static void read_entry(call *call, const char *line, read_values *read)
{
    step_entry entry;
    bool within = false;
    const char *text = NULL;
    if (!step_entry_parse(call->arena, line, &entry))
        return;
    const char *given = value_given(call, entry.name), *limits = step_entry_limits(call->arena, &entry);
    if (!given) {
        call_refuse(call, "STEP-06", "values", "entry", line, "name", entry.name, NULL);
        return;
    }
    if (!step_entry_judge(call->arena, &entry, given, &text, &within)) {
        call_refuse(call, "STEP-07", "values", "entry", line, "value", given, NULL);
        return;
    }
    if (!within && !call_has(call, "deviation"))
        call_refuse(call, "STEP-08", "deviation", "name", entry.name, "value",
                    limits ? text : call_word(call, "state.", "false"), "limits", limits ? limits : call_word(call, "state.", "true"), NULL);
    read->outside = read->outside || !within;
    read->values[read->count] =
        (step_value){.rank = (int64_t)read->count + 1, .name = entry.name, .value = text, .unit = entry.unit, .within = within};
    read->count++;
}

static void read_all(call *call, const formula_step *step, read_values *read)
{
    const input_value *given = call_input(call, "values");
    char *lines = arena_text(call->arena, step->entries ? step->entries : ""), *saved = NULL;
    size_t asked = 0;
    read->values = arena_array(call->arena, strlen(lines) + 1, sizeof *read->values);
    for (const char *line = strtok_r(lines, "\n", &saved); line; line = strtok_r(NULL, "\n", &saved), asked++)
        read_entry(call, line, read);
    if (given->count > asked)
        call_refuse(call, "STEP-09", "values", "step", step->code, NULL);
    if (call_ending(call) == DONE && call_has(call, "deviation") && !read->outside)
        call_refuse(call, "STEP-10", "deviation", NULL);
}

static ending insert(call *call, const batch *batch, const formula_step *step, read_values *read)
{
    step_record made = {.batch = batch->id, .step = step->id, .remarks = call_text(call, "remarks"), .person = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &STEP_RECORD_INSERT, &made));
    answer *values = put_list(call->done, "values");
    for (size_t i = 0; i < read->count; i++) {
        read->values[i].record = made.id;
        TRY(store_insert(call->store, &STEP_VALUE_INSERT, &read->values[i]));
        answer *row = add_object(values);
        put_text(row, "name", read->values[i].name);
        put_text(row, "value", read->values[i].value);
        put_text(row, "unit", read->values[i].unit);
        put_truth(row, "within", read->values[i].within == 1);
    }
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    formula_content formula = {0};
    batch_making making = {0};
    const formula_step *step = NULL;
    read_values read = {0};
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    TRY(batches_formula(call, &batch, &formula));
    TRY(batches_making(call, &batch, &making));
    TRY(batches_check_under_way(call, "batch", &batch));
    TRY(batches_check_cleared_again(call, "batch", &batch));
    TRY(find_step(call, &formula, &making, &step));
    TRY(check_done(call, &batch, &formula, &making, step));
    if (strcmp(step->kind, "operation") == 0)
        TRY(rooms_check(call, "batch", &batch, &formula));
    read_all(call, step, &read);
    TRY(call_ending(call));
    put_link(call->done, "batch", "batch", batch.number);
    put_text(call->done, "step", step->code);
    TRY(insert(call, &batch, step, &read));
    if (read.outside) {
        const char *number = NULL, *class = call_has(call, "class") ? call_text(call, "class") : "major";
        TRY(deviations_open(call, &batch, step->code, class, call_text(call, "deviation"), &number));
        put_link(call->done, "deviation", "deviation", number);
    }
    return DONE;
}

const act step_record_act = {.name = "step record", .right = RIGHT_MAKE, .inputs = inputs, .states = "in-preparation|quarantine", .run = run};
