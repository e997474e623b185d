/* The whole record of a batch, with one list of what blocks its release. Rule: BPP 4.38, 6.68. */
#include "magistral/act/amendments.h"
#include "magistral/act/emergencies.h"
#include "magistral/act/interruptions.h"
#include "magistral/act/late_entries.h"
#include "magistral/act/paper_forms.h"
#include "magistral/act/holds.h"
#include "magistral/act/reattributions.h"
#include "magistral/act/releases.h"
#include "magistral/act/rooms.h"
#include "magistral/base/catalogue.h"
#include "magistral/store/document.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {0},
};

static ending put_decisions(call *call, const batch *batch)
{
    decision_line *decisions = NULL;
    size_t count = 0;
    answer *list = put_list(call->done, "decisions");
    TRY(store_list(call->store, &DECISIONS_OF, (&(decision){.batch = batch->id}), call->arena, &decisions, &count));
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_state(row, "kind", decisions[i].kind);
        put_text(row, "meaning", decisions[i].meaning);
        put_link(row, "person", "person", decisions[i].identifier);
        put_text(row, "name", decisions[i].name);
        put_instant(row, "at", decisions[i].at);
        put_text(row, "reason", decisions[i].reason);
        put_count(row, "sequence", decisions[i].sequence);
        put_text(row, "head", decisions[i].head);
    }
    return DONE;
}

/* What a reviewer reads first stands behind the head: what blocks, then what deviated. */
static void bring_forward(answer *to, const char *name)
{
    answer *before = NULL, *moved = NULL, *head = NULL;
    for (answer *child = to->first; child && !moved; child = child->next) {
        if (child->next && text_equal(child->next->name, name)) {
            before = child;
            moved = child->next;
        }
    }
    for (answer *child = to->first; child && child->kind != ANSWER_LIST && child->kind != ANSWER_OBJECT; child = child->next)
        head = child;
    if (!moved || !head || head == before)
        return;
    before->next = moved->next;
    to->last = moved->next ? to->last : before;
    moved->next = head->next;
    head->next = moved;
}

static ending put_emergency(call *call, const batch *batch)
{
    emergency_line emergency = {0};
    TRY(emergencies_of_batch(call, batch->id, &emergency));
    if (!emergency.id)
        return DONE;
    put_text(call->done, "emergency", emergencies_words(call, call->language, &emergency));
    put_text(call->done, "risk-evaluation", emergency.risk_evaluation);
    bring_forward(call->done, "risk-evaluation");
    bring_forward(call->done, "emergency");
    return DONE;
}

/* What the formula expects beside what stands: an empty record shows what is missing. */
static void put_expected(call *call, const review *review)
{
    answer *list = put_list(call->done, "expected");
    for (size_t i = 0; i < review->formula.control_count; i++) {
        const release_control *control = &review->record.controls[i];
        answer *row = add_object(list);
        put_text(row, "control", control->code);
        put_text(row, "name", review->formula.controls[i].name);
        put_state(row, "due", review->formula.controls[i].due);
        put_text(row, "specification", review->formula.controls[i].specification);
        put_link(row, "result", "result", control->result);
        put_state_of(row, "state", "result", control->state);
        put_state(row, "verdict", control->verdict);
    }
}

static ending put_papers(call *call, const batch *batch)
{
    label *labels = NULL;
    document *documents = NULL;
    size_t label_count = 0, count = 0;
    TRY(store_list(call->store, &LABEL_OF_BATCH, (&(label){.batch = batch->id}), call->arena, &labels, &label_count));
    answer *list = put_list(call->done, "labels");
    for (size_t i = 0; i < label_count; i++) {
        answer *row = add_object(list);
        put_link(row, "label", "label", labels[i].number);
        put_text(row, "subject", labels[i].subject);
        put_state(row, "shown-state", labels[i].shown_state);
        put_state_of(row, "state", "label", labels[i].state);
    }
    TRY(store_list(call->store, &DOCUMENT_OF_SUBJECT, (&(document){.subject_kind = "batch", .subject = batch->number}), call->arena, &documents, &count));
    list = put_list(call->done, "documents");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "document", "document", documents[i].number);
        put_state(row, "kind", documents[i].kind);
        put_count(row, "issue", documents[i].issue);
        put_instant(row, "issued-at", documents[i].issued_at);
    }
    return DONE;
}

/* Why the batch is on hold: what was put, what is overdue, and which of its lots are recalled. */
static ending put_hold(call *call, const batch *batch)
{
    lot *lots = NULL;
    size_t count = 0;
    control_overdue overdue = {0};
    bool late = false;
    answer *holds = put_list(call->done, "standing-holds");
    TRY(batches_put_holds(call, batch, holds));
    TRY(batches_overdue(call, batch, &overdue, &late));
    if (late) {
        refusal_value values[] = {{"name", overdue.name}, {"day", overdue.last_day}};
        put_text(add_object(holds), "reason", catalogue_fill(call->arena, call->language, "hold.overdue", values, 2));
    }
    TRY(store_list(call->store, &RECALLED_LOTS_OF_BATCH, batch, call->arena, &lots, &count));
    answer *recalled = count > 0 ? put_list(call->done, "lots-recalled") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(recalled);
        put_link(row, "lot", "lot", lots[i].number);
        put_text(row, "reason", lots[i].recall_reason);
    }
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    review review = {0};
    const char *proposal = NULL;
    TRY(batches_find(call, "batch", &batch));
    TRY(releases_review(call, &batch, &review));
    TRY(batches_put(call, call->done, &batch));
    put_expected(call, &review);
    answer *results = put_list(call->done, "results");
    for (size_t i = 0; i < review.result_count; i++)
        results_put_line(add_object(results), &review.results[i]);
    TRY(put_papers(call, &batch));
    TRY(releases_put_exceptions(call, call->done, &review));
    TRY(amendments_put(call, call->done, batch.id, NULL));
    TRY(interruptions_put(call, call->done, batch.id));
    TRY(late_entries_put(call, call->done, &batch));
    TRY(paper_forms_put_of(call, call->done, batch.id));
    TRY(rooms_put(call, call->done, batch.id));
    TRY(put_decisions(call, &batch));
    TRY(reattributions_put(call, call->done, &batch, NULL));
    TRY(addenda_put(call, call->done, batch.id));
    if (text_equal(batch.state, "quarantine") || text_equal(batch.state, "in-preparation")) {
        releases_put_blocks(call, call->done, &review);
        TRY(releases_proposal(call, &review, &proposal));
        if (proposal)
            put_text(call->done, "proposed-refusal", proposal);
    }
    bring_forward(call->done, "exceptions");
    bring_forward(call->done, "blocks");
    TRY(put_emergency(call, &batch));
    bool held = false;
    TRY(batches_is_held(call, &batch, &held));
    if (!held)
        return DONE;
    TRY(put_hold(call, &batch));
    bring_forward(call->done, "lots-recalled");
    bring_forward(call->done, "standing-holds");
    return DONE;
}

const act batch_show_act = {.name = "batch show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
