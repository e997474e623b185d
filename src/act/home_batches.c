/* Batches that are planned, made or controlled, and their results: what each waits for. */
#include "magistral/act/emergencies.h"
#include "magistral/act/homes.h"
#include "magistral/act/progress.h"
#include "magistral/act/samples.h"

#include <string.h>

#include "magistral/base/catalogue.h"

static const char *product_of(call *call, const review *review)
{
    return arena_format(call->arena, "%s %s", review->formula.version.product, review->formula.version.strength);
}

static home_row row_of(call *call, const review *review, const char *task, const char *act)
{
    const batch *batch = &review->batch;
    return (home_row){.kind = "batch", .number = batch->number, .about = product_of(call, review), .task = task, .act = act,
                      .since = batch->filled_at ? batch->filled_at : batch->started_at ? batch->started_at : batch->planned_at,
                      .inputs = {{"batch", batch->number, false}}};
}

/* The controls that the formula expects and nobody has begun: those that this person may enter. Rule: BPP 6.18. */
static ending add_controls(home *home, const review *review)
{
    enum { NAMED = 3 };
    call *call = home->call;
    BUFFER_SCOPE buffer names = BUFFER_EMPTY;
    home_row row = row_of(call, review, "enter-results", "result open");
    int64_t operated = 0;
    size_t count = 0;
    TRY(releases_parts(call, &PART_OPERATED, &review->batch, &operated));
    for (size_t i = 0; i < review->record.control_count; i++) {
        const formula_control *control = &review->formula.controls[i];
        if (review->record.controls[i].result || !review->record.controls[i].due || (operated > 0 && !text_equal(control->due, "in-process"))
            || samples_awaited(review->making.samples, review->making.sample_count, control))
            continue;
        if (count++ == 0) {
            row.inputs[1].name = "control";
            row.inputs[1].value = control->code;
        }
        if (count <= NAMED)
            buffer_add_format(&names, "%s%s", count > 1 ? ", " : "", control->name);
    }
    if (count > NAMED)
        buffer_add_format(&names, "… (%zu)", count);
    row.detail = arena_text(call->arena, buffer_text(&names));
    if (count > 0)
        home_add(home, HOME_LIST_CONTROL, &row);
    return DONE;
}

/* A staged test that is verified and not concluded goes on; what is open or closed is listed with the results. */
static void add_further_stages(home *home, const review *review)
{
    for (size_t i = 0; i < review->result_count; i++) {
        const result_line *line = &review->results[i];
        home_row row = {.kind = "result", .number = line->number, .task = "continue-result", .act = "result continue", .since = line->verified_at,
                        .inputs = {{"result", line->number, false}}};
        row.about = arena_format(home->call->arena, "%s, %s", line->name, review->batch.number);
        if (text_equal(line->state, "verified") && line->stage == 1 && strncmp(line->verdict, "test ", 5) == 0)
            home_add(home, HOME_LIST_RESULTS, &row);
    }
}

static bool is_blocked_by(const review *review, const char *way_out)
{
    for (size_t i = 0; i < review->block_count; i++)
        if (text_equal(review->blocks[i].way_out, way_out))
            return true;
    return false;
}

/* Released when nothing blocks, certified when only that does, refused when nothing else can unblock it. */
static ending add_decision(home *home, const review *review)
{
    release_person person = {0};
    home_row row = row_of(home->call, review, NULL, "batch release");
    if (review->block_count == 0) {
        TRY(releases_person(home->call, &review->batch, &person));
        release_right right = release_right_of(&person);
        row.task = right == RELEASE_ALLOWED || right == RELEASE_REASON_DUE ? "release" : NULL;
    } else if (is_blocked_by(review, "batch refuse")) {
        row.task = "refuse";
        row.act = "batch refuse";
    } else if (review->block_count == 1 && is_blocked_by(review, "certificate sign")) {
        row.task = "sign-certificate";
        row.act = "certificate sign";
    }
    home_add(home, HOME_LIST_DECIDE, &row);
    return DONE;
}

/* The acts of the bench with what a person reads of them; what the laboratory or a pharmacist does stands in other lists. */
static const char *task_of(const char *act)
{
    static const char *const tasks[][2] = {
        {"batch start", "start"}, {"batch resume", "resume"}, {"batch clear-line", "clear-line"}, {"weighing record", "record-weighing"}, {"weighing discard", "discard-outside"},
        {"weighing verify", "await-second-person"}, {"issue verify", "await-second-person"}, {"weighing open", "weigh"},
        {"issue record", "issue-articles"}, {"room record", "read-room"}, {"step record", "record-step"}, {"batch fill", "fill"}, {"sample take", "take-sample"},
        {"batch package", "package"}, {"label print", "print-labels"}, {"batch reconcile", "reconcile"}};
    for (size_t i = 0; act && i < sizeof tasks / sizeof *tasks; i++)
        if (strcmp(tasks[i][0], act) == 0)
            return tasks[i][1];
    return NULL;
}

/* The bench page is where it is done. */
static ending add_making(home *home, const review *review)
{
    progress progress = {0};
    emergency_line emergency = {0};
    home_row row = row_of(home->call, review, NULL, "batch next");
    TRY(progress_of(home->call, review, &progress));
    const char *phase = answer_find_text(progress.inputs, "phase");
    row.task = task_of(progress.act);
    row.detail = phase ? call_word(home->call, "state.", phase) : progress.weighing ? progress.weighing->material_name : progress.subject;
    row.since = progress.weighing ? progress.weighing->opened_at : row.since;
    if (!row.task || !home_may(home, "step record"))
        return DONE;
    TRY(emergencies_of_batch(home->call, review->batch.id, &emergency));
    if (emergency.id && emergency.person == home->call->person.id)
        return DONE; /* who approved the formula alone makes nothing of its batch */
    home_add(home, HOME_LIST_MAKING, &row);
    return DONE;
}

ending home_add_batches(home *home)
{
    call *call = home->call;
    batch *batches = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &HOME_BATCHES, (&(home_key){.person = call->person.id}), call->arena, &batches, &count));
    for (size_t i = 0; i < count && home->rights[RIGHT_LOOK]; i++) {
        review review = {0};
        TRY(releases_review(call, &batches[i], &review));
        TRY(add_making(home, &review));
        if (!text_equal(batches[i].state, "quarantine"))
            continue;
        TRY(add_controls(home, &review));
        add_further_stages(home, &review);
        TRY(add_decision(home, &review));
    }
    return DONE;
}

/* How many values a result of this kind and stage has when it is complete. */
static size_t expected_of(const home_result *result)
{
    static const char *const series[] = {"value", "gross", "shell"};
    control_specification specification = {.replicates = (size_t)result->replicates};
    size_t expected = 0;
    if (control_kind_parse(result->kind, &specification.kind))
        for (size_t i = 0; i < sizeof series / sizeof *series; i++)
            expected += control_expected(&specification, (int)result->stage, series[i]);
    return expected;
}

/* What the result waits for; `own`: this person entered it, or a value of it; `operated`: made the batch (BPP 6.18). */
static void choose_task(const home_result *result, bool own, bool operated, home_row *row)
{
    bool open = text_equal(result->state, "open"), staged = result->verdict && strncmp(result->verdict, "test ", 5) == 0;
    bool barred = operated && !text_equal(result->due, "in-process");
    if (open && (size_t)result->entered < expected_of(result)) {
        row->task = barred ? NULL : "append-values";
        row->act = "result append";
    } else if (open) {
        row->task = barred ? NULL : "close-result";
        row->act = "result close";
    } else if (staged && result->stage == 1) {
        row->task = barred ? NULL : "continue-result";
        row->act = "result continue";
    } else if (!result->raw_document) {
        row->task = "attach-document";
        row->act = "result attach";
    } else {
        row->task = own ? NULL : "verify-result";
        row->act = "result verify";
    }
}

ending home_add_results(home *home)
{
    call *call = home->call;
    home_result *results = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &HOME_RESULTS, (&(home_key){.person = call->person.id}), call->arena, &results, &count));
    for (size_t i = 0; i < count; i++) {
        const home_result *result = &results[i];
        int64_t operated = 0;
        home_row row = {.kind = "result", .number = result->number, .since = result->since, .inputs = {{"result", result->number, false}}};
        row.about = arena_format(call->arena, "%s, %s", result->name, result->batch_number);
        TRY(releases_parts(call, &PART_OPERATED, &(batch){.id = result->batch}, &operated));
        choose_task(result, result->entered_by == call->person.id || result->analyst == call->person.id || result->entered_values > 0, operated > 0, &row);
        home_add(home, HOME_LIST_RESULTS, &row);
    }
    return DONE;
}
