#include "magistral/domain/release.h"

#include <string.h>

#include "magistral/base/text.h"

typedef struct blocks {
    arena *arena;
    release_block *list;
    size_t count, room;
} blocks;

static void block(blocks *to, const char *rule, const char *thing, const char *state, const char *way_out, const char *link_kind)
{
    if (to->count == to->room) {
        size_t room = to->room ? to->room * 2 : 16;
        release_block *grown = arena_array(to->arena, room, sizeof *grown);
        if (to->count > 0)
            memcpy(grown, to->list, to->count * sizeof *grown);
        to->list = grown;
        to->room = room;
    }
    to->list[to->count++] = (release_block){rule, thing, state, way_out, link_kind};
}

/* Decided, cancelled or destroyed: nothing unblocks it any more, and the rest does not matter. */
static bool is_over(const release_record *r)
{
    return !text_equal(r->state, "planned") && !text_equal(r->state, "in-preparation") && !text_equal(r->state, "quarantine");
}

static void check_batch(blocks *to, const release_record *r)
{
    if (!text_equal(r->state, "quarantine"))
        block(to, "RELEASE-01", r->batch, r->state, text_equal(r->state, "planned") ? "batch start" : "batch fill", "batch");
    if (r->held)
        block(to, "RELEASE-02", r->batch, NULL, "batch lift", "batch");
    if (!r->expiry)
        block(to, "RELEASE-03", r->batch, NULL, text_equal(r->state, "planned") ? "batch start" : "batch fill", "batch");
    else if (strcmp(r->expiry, r->today) < 0)
        block(to, "RELEASE-04", r->expiry, NULL, "batch refuse", NULL);
}

static void check_making(blocks *to, const release_record *r)
{
    for (size_t i = 0; i < r->clearance_count; i++)
        if (!r->clearances[i].done)
            block(to, "RELEASE-05", r->batch, r->clearances[i].phase, "batch clear-line", NULL);
    for (size_t i = 0; i < r->component_count; i++)
        if (!r->components[i].supplied)
            block(to, "RELEASE-06", r->components[i].material, NULL, r->components[i].counted ? "issue record" : "weighing open", "material");
    for (size_t i = 0; i < r->weighing_count; i++) {
        const release_weighing *w = &r->weighings[i];
        bool discarded = text_equal(w->state, "discarded");
        if (!discarded && !text_equal(w->state, "verified"))
            block(to, "RELEASE-07", w->number, w->state, text_equal(w->state, "open") ? "weighing record" : "weighing verify", "weighing");
        if (!discarded && w->outside && !w->decided)
            block(to, "RELEASE-08", w->number, NULL, "deviation decide", "weighing");
    }
    for (size_t i = 0; i < r->issue_count; i++)
        if (!r->issues[i].verified)
            block(to, "RELEASE-09", r->issues[i].number, NULL, "issue verify", "issue");
    for (size_t i = 0; i < r->lot_count; i++)
        if (!text_equal(r->lots[i].state, "accepted"))
            block(to, "RELEASE-10", r->lots[i].number, r->lots[i].state, "batch refuse", "lot");
    for (size_t i = 0; i < r->step_count; i++) {
        if (!r->steps[i].recorded)
            block(to, "RELEASE-11", r->steps[i].code, NULL, "step record", NULL);
        else if (r->steps[i].outside && !r->steps[i].decided)
            block(to, "RELEASE-12", r->steps[i].code, NULL, "deviation open", NULL);
    }
}

static void check_counts(blocks *to, const release_record *r)
{
    if (!r->filled)
        block(to, "RELEASE-13", r->batch, NULL, "batch fill", NULL);
    if (!r->packaged)
        block(to, "RELEASE-14", r->batch, NULL, "batch package", NULL);
    for (size_t i = 0; i < r->reconciliation_count; i++) {
        const release_reconciliation *one = &r->reconciliations[i];
        if (!one->done)
            block(to, "RELEASE-15", r->batch, one->kind, "batch reconcile", NULL);
        else if (one->outside && !one->decided)
            block(to, "RELEASE-16", r->batch, one->kind, "deviation open", NULL);
    }
    if (r->unsettled_labels)
        block(to, "RELEASE-17", r->batch, NULL, "label settle", NULL);
    if (r->investigation)
        block(to, "RELEASE-38", r->investigation, NULL, "investigation conclude", "investigation");
    if (r->late)
        block(to, "RELEASE-28", r->late, NULL, "late-entry verify", NULL);
    else if (r->paper_form)
        block(to, "RELEASE-29", r->paper_form, NULL, "paper-form settle", "paper-form");
    for (size_t i = 0; i < r->deviation_count; i++) {
        const release_deviation *d = &r->deviations[i];
        if (!d->decision)
            block(to, "RELEASE-18", d->number, NULL, "deviation decide", "deviation");
        else if (text_equal(d->decision, "refuse-batch"))
            block(to, "RELEASE-19", d->number, NULL, "batch refuse", "deviation");
    }
}

static void check_control(blocks *to, const release_control *c)
{
    if (!c->result && c->due)
        block(to, "RELEASE-20", c->code, NULL, "result open", NULL);
    if (!c->result || (c->later && !text_equal(c->verdict, "does not comply")))
        return;
    if (text_equal(c->state, "open"))
        block(to, "RELEASE-21", c->result, NULL, "result close", "result");
    else if (text_equal(c->verdict, "does not comply"))
        block(to, "RELEASE-22", c->result, c->verdict, "batch refuse", "result");
    else if (!text_equal(c->verdict, "complies"))
        block(to, "RELEASE-23", c->result, c->verdict, "result continue", "result");
    if (text_equal(c->state, "closed"))
        block(to, "RELEASE-24", c->result, NULL, "result verify", "result");
}

static void check_all(blocks *to, const release_record *r)
{
    check_batch(to, r);
    check_making(to, r);
    check_counts(to, r);
    for (size_t i = 0; i < r->control_count; i++)
        check_control(to, &r->controls[i]);
    if (r->control_count == 0)
        block(to, "RELEASE-25", r->batch, NULL, "batch refuse", NULL);
    if (!r->certified)
        block(to, "RELEASE-26", r->batch, NULL, "certificate sign", NULL);
}

void release_blocks(arena *arena, const release_record *record, release_block **ret_blocks, size_t *ret_count)
{
    blocks found = {.arena = arena};
    if (is_over(record))
        block(&found, "RELEASE-27", record->batch, record->state, "batch show", "batch");
    else
        check_all(&found, record);
    *ret_blocks = found.list;
    *ret_count = found.count;
}

release_right release_right_of(const release_person *person)
{
    if (person->operator)
        return RELEASE_OPERATOR;
    if (!person->controller)
        return RELEASE_ALLOWED;
    if (!person->controller_allowed)
        return RELEASE_CONTROLLER;
    return person->reason ? RELEASE_ALLOWED : RELEASE_REASON_DUE;
}
