/* What the bench does next with a batch: one act with what is known of its inputs, its target where something is weighed, and
 * the stages done and to come. Rule: BPP 5.34 (one operation at a time), 5.38. */
#include <string.h>

#include "magistral/act/progress.h"
#include "magistral/act/weighings.h"
#include "magistral/domain/weighing.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {0},
};

static void put_stages(answer *to, stage now)
{
    answer *stages = put_list(to, "stages");
    for (int i = 0; i < STAGE_COUNT; i++) {
        answer *row = add_object(stages);
        put_state(row, "stage", stage_word((stage)i));
        const char *how = i < (int)now ? "done" : i == (int)now ? "under-way" : "to-come";
        put_state(row, "progress", how);
    }
}

/* The container that is to be taken: first expired, first out. */
static ending put_container(call *call, answer *task, const formula_component_line *component)
{
    stock_line *lines = NULL;
    size_t count = 0;
    TRY(lots_first_to_expire(call, component->material, &lines, &count));
    put_link(task, "take", "container", count > 0 ? lines[0].container : NULL);
    put_text(task, "location", count > 0 ? lines[0].location : NULL);
    put_day(task, "last-day", count > 0 ? lines[0].last_day : NULL);
    return DONE;
}

/* What is to be weighed of a component, from the lot that is proposed. */
static ending put_due(call *call, answer *task, const review *review, const formula_component_line *component)
{
    stock_line *lines = NULL;
    size_t count = 0;
    lot lot = {0};
    bool found = false;
    figure purity = figure_of(call->arena, ratio_whole(1), NULL, "1"), due;
    TRY(lots_first_to_expire(call, component->material, &lines, &count));
    if (count == 0)
        return DONE;
    TRY(store_find(call->store, &LOT_BY_NUMBER, (&(struct lot){.number = lines[0].lot_number}), call->arena, &lot, &found));
    if (!found || (strcmp(component->amount, "dose") == 0 && !weighings_lot_purity(call->arena, &lot, &purity)))
        return DONE;
    TRY(weighings_due(call, &review->batch, &review->formula, &review->making, component, &purity, &due));
    put_figure(task, "due", due.text, "g", due.formula);
    return DONE;
}

/* Every name stands, known to be absent where it does not apply: a page asks for each. */
static void put_absent(answer *task)
{
    static const char *const names[] = {"take", "location", "last-day", "due", "weighing"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!answer_find(task, names[i]))
            put_text(task, names[i], NULL);
}

static ending put_task(call *call, const review *review, const progress *p)
{
    answer *task = put_object(call->done, "task");
    put_text(task, "subject", p->subject);
    put_text(task, "instruction", p->instruction);
    if (p->component) {
        TRY(put_container(call, task, p->component));
        if (text_equal(p->component->unit, "mass"))
            TRY(put_due(call, task, review, p->component));
    }
    if (p->weighing)
        TRY(weighings_put(call, put_object(task, "weighing"), p->weighing));
    put_absent(task);
    answer *inputs = put_door(task, "door", p->act);
    inputs->first = p->inputs->first;
    inputs->last = p->inputs->last;
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    review review = {0};
    progress progress = {0};
    TRY(batches_find(call, "batch", &batch));
    TRY(releases_review(call, &batch, &review));
    TRY(progress_of(call, &review, &progress));
    put_link(call->done, "batch", "batch", batch.number);
    put_state(call->done, "state", batch.state);
    put_truth(call->done, "held", batch.held == 1);
    put_text(call->done, "product", review.formula.version.product);
    put_text(call->done, "strength", review.formula.version.strength);
    put_count(call->done, "units", batch.units);
    put_text(call->done, "registration", batch.registration);
    put_day(call->done, "expiry", batch.expiry);
    put_stages(call->done, progress.stage);
    if (progress.act)
        return put_task(call, &review, &progress);
    put_text(call->done, "task", NULL);
    return DONE;
}

const act batch_next_act = {.name = "batch next", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .states = "planned|in-preparation|quarantine", .run = run};
