/* A label became something else than was said: the wrong one was read, or it was thought to be stuck. Rule: BPP 4.40, 5.59; EU GMP 4.9. */
#include <string.h>

#include "magistral/act/amendments.h"
#include "magistral/act/labels.h"
#include "magistral/act/reconciliations.h"
#include "magistral/store/deviation.h"
#include "magistral/store/dispensing.h"

static const input_definition inputs[] = {
    {"label", INPUT_TEXT, INPUT_POSITIONAL, NULL, "E26-0001"},
    {"state", INPUT_CHOICE, 0, "applied|specimen|spoiled|destroyed", "spoiled"},
    {"reason", INPUT_TEXT, 0, NULL, "Étiquette E26-0002 lue à sa place"},
    {0},
};

/* Scanned on its bottle, it is stuck there. */
static ending check_scanned(call *call, const label *label, const dispensing *dispensing)
{
    taken_bottle *bottles = NULL;
    size_t count = 0;
    if (!dispensing->id)
        return DONE;
    TRY(store_list(call->store, &BOTTLES_OF_DISPENSING, (&(taken_bottle){.dispensing = dispensing->id}), call->arena, &bottles, &count));
    for (size_t i = 0; i < count; i++)
        if (text_equal(bottles[i].label, label->number))
            call_refuse(call, "LABEL-17", "label", "label", label->number, "bottle", bottles[i].number, "dispensing", label->subject, NULL);
    return call_ending(call);
}

/* The batch that it counts for, the dispensing that it names and its batch, or the lot whose container it names. */
static ending find_owner(call *call, const label *label, dispensing *ret_dispensing, batch *ret_batch, lot *ret_lot)
{
    container container = {0};
    bool found = false;
    if (text_equal(label->kind, "dispensing"))
        TRY(store_find(call->store, &DISPENSING_BY_NUMBER, (&(dispensing){.number = label->subject}), call->arena, ret_dispensing, &found));
    int64_t batch_id = found ? ret_dispensing->batch : label->batch;
    if (batch_id != ABSENT)
        return store_find(call->store, &BATCH_BY_ID, (&(batch){.id = batch_id}), call->arena, ret_batch, &found);
    TRY(store_find(call->store, &CONTAINER_BY_NUMBER, (&(struct container){.number = label->subject}), call->arena, &container, &found));
    return store_find(call->store, &LOT_BY_ID, (&(lot){.id = container.lot}), call->arena, ret_lot, &found);
}

/* What was printed before the release or the refusal is of the record that it closed; what comes later is not. */
static ending check_open(call *call, const label *label, const batch *batch)
{
    decision_line *decisions = NULL;
    size_t count = 0;
    if (text_is_among("in-preparation|quarantine", batch->state))
        return DONE;
    TRY(store_list(call->store, &DECISIONS_OF, (&(decision){.batch = batch->id}), call->arena, &decisions, &count));
    for (size_t i = 0; i < count; i++)
        if (text_is_among("release|refusal", decisions[i].kind) && strcmp(label->printed_at, decisions[i].at) > 0)
            return DONE;
    return amendments_check_open(call, "label", batch);
}

/* A label that was printed as a specimen says so, and no thing carries more labels than it takes. */
static ending check_applied(call *call, const label *label, bool specimen, const dispensing *dispensing)
{
    struct label *others = NULL;
    taken_bottle *bottles = NULL;
    size_t count = 0, live = 0, most = 1;
    const char *number = NULL;
    if (!text_equal(call_text(call, "state"), "applied"))
        return DONE;
    if (specimen)
        return call_refuse(call, "LABEL-19", "state", "label", label->number, NULL);
    if (dispensing->id)
        TRY(store_list(call->store, &BOTTLES_OF_DISPENSING, (&(taken_bottle){.dispensing = dispensing->id}), call->arena, &bottles, &most));
    TRY(store_list(call->store, &LABEL_OF_SUBJECT, (&(struct label){.kind = label->kind, .subject = label->subject}), call->arena, &others, &count));
    for (size_t i = 0; i < count; i++) {
        live += others[i].id != label->id && labels_is_live(&others[i]);
        number = others[i].id != label->id && labels_is_live(&others[i]) ? others[i].number : number;
    }
    return live >= most ? call_refuse(call, "LABEL-20", "state", "label", label->number, "other", number, "number", label->subject, NULL) : DONE;
}

static ending run(call *call)
{
    label label = {0};
    dispensing dispensing = {0};
    batch batch = {0};
    lot lot = {0};
    int64_t edition = 0;
    const char *state = call_text(call, "state");
    TRY(labels_find(call, call_text(call, "label"), &label));
    if (!text_is_among("applied|specimen|spoiled|destroyed", label.state))
        return call_refuse(call, "LABEL-16", "label", "label", label.number, "state", call_state(call, "label", label.state), NULL);
    TRY(find_owner(call, &label, &dispensing, &batch, &lot));
    TRY(check_scanned(call, &label, &dispensing));
    if (batch.id)
        TRY(check_open(call, &label, &batch));
    if (label.batch != ABSENT && text_equal(batch.state, "quarantine"))
        TRY(reconciliations_edition(call, &batch, "labels", &edition));
    amended_entry entry = {"state", label.state, state, NULL, NULL};
    amending amending = {.batch = batch.id ? &batch : NULL, .lot = batch.id ? NULL : &lot, .kind = "label", .subject = label.number, .used = edition > 0,
                         .good_before = true, .good_after = true, .entries = &entry, .count = text_equal(state, label.state) ? 0 : 1};
    TRY(amendments_author(call, "label", label.number, "label settle", &amending.author, &amending.entered_at));
    TRY(check_applied(call, &label, amending.author == ABSENT, &dispensing));
    if (amending.author == ABSENT) { /* a specimen is one from its printing on */
        amending.author = label.printed_by;
        amending.entered_at = label.printed_at;
    }
    TRY(amendments_check(call, &amending));
    put_text(call->done, "label", label.number);
    call_concerns(call, "label", label.number);
    call_concerns(call, label.kind, label.subject);
    TRY(amendments_write(call, &amending));
    label.state = state;
    label.reason = call_text(call, "reason");
    put_state_of(call->done, "state", "label", state);
    TRY(store_update(call->store, &LABEL_SETTLE, &label));
    return labels_reconcile_again(call, label.batch);
}

const act label_amend_act = {.name = "label amend", .right = RIGHT_PRINT_LABELS, .inputs = inputs, .run = run};
