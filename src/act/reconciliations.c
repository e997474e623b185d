#include "magistral/act/reconciliations.h"

#include <string.h>

#include "magistral/act/deviations.h"
#include "magistral/act/weighings.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/json.h"
#include "magistral/domain/reconciliation.h"

typedef struct reconciling {
    batch batch;
    formula_content formula;
    batch_making making;
    ratio mean; /* content mass as the laboratory computed it, mg */
    const char *kind;
    int64_t rank, edition;
    answer *figures;
} reconciling;

static ending open_deviation(call *call, const reconciling *r, const char *name, const figure *figure, const char *limit)
{
    const char *number = NULL;
    refusal_value values[] = {{"kind", catalogue_word(call->site_language, "state.", r->kind)},
                              {"name", catalogue_word(call->site_language, "field.", name)},
                              {"value", figure->unit ? arena_format(call->arena, "%s %s", figure->text, figure->unit) : figure->text},
                              {"limit", limit}};
    const char *description =
        catalogue_fill(call->arena, call->site_language, "deviation.reconciliation", values, sizeof values / sizeof *values);
    TRY(deviations_open(call, &r->batch, arena_format(call->arena, "reconciliation/%s", r->kind), "major", description, &number));
    put_link(call->done, arena_format(call->arena, "deviation-%s-%s", r->kind, name), "deviation", number);
    return DONE;
}

/* One figure of the record; `limit` NULL where nothing is judged. */
static ending add_figure(call *call, reconciling *r, const char *name, const figure *figure, const char *limit, judgement verdict)
{
    bool judged = limit != NULL, within = verdict == JUDGED_COMPLIES;
    reconciliation made = {.batch = r->batch.id, .kind = r->kind, .rank = ++r->rank, .edition = r->edition, .name = name, .value = figure->text, .unit = figure->unit,
                           .formula = figure->formula, .limit_text = limit, .within = judged ? within : ABSENT, .person = call->person.id,
                           .at = call->now};
    TRY(store_insert(call->store, &RECONCILIATION_INSERT, &made));
    answer *row = add_object(r->figures);
    put_state(row, "kind", r->kind);
    put_state(row, "figure", name);
    put_figure(row, "value", figure->text, figure->unit, figure->formula);
    put_decimal(row, "limit", limit, NULL);
    if (judged)
        put_truth(row, "within", within);
    else
        put_text(row, "within", NULL);
    return judged && !within ? open_deviation(call, r, name, figure, limit) : DONE;
}

/* A formula's limit in percent; one that is no number is a fault of the record. */
static ending at_most(call *call, const char *percent, limit *ret_limit, const char **ret_text)
{
    *ret_text = arena_format(call->arena, "<= %s %%", percent);
    return limit_parse(*ret_text, ret_limit) ? DONE : fail(call->outcome, "the limit \"%s\" of a formula is none", *ret_text);
}

static ending find_mean(call *call, reconciling *r)
{
    mass_result result = {0};
    answer *computation = NULL;
    decimal mean;
    bool found = false;
    TRY(store_find(call->store, &MASS_RESULT_OF, (&(mass_result){.batch = r->batch.id}), call->arena, &result, &found));
    if (!found)
        return call_refuse(call, "BATCH-26", "batch", "batch", r->batch.number, NULL);
    TRY(json_read(result.computation, strlen(result.computation), call->arena, call->outcome, &computation));
    const char *text = answer_find_text(computation, "mean.value");
    text = text ? text : answer_find_text(computation, "mean");
    if (!text || decimal_parse(text, &mean) != DECIMAL_GOOD)
        return fail(call->outcome, "result %s has no mean", result.number);
    r->mean = ratio_of_decimal(mean);
    return DONE;
}

static ending reconcile_powder(call *call, reconciling *r)
{
    powder_result result;
    powder_input input = {.filled = r->batch.filled, .mean_content = r->mean,
                          .residue = {making_lost(&r->making, "powder-residue") + making_lost(&r->making, "powder-spilled")}};
    const char *loss_text = NULL, *unaccounted_text = NULL;
    limit loss_limit, unaccounted_limit;
    TRY(at_most(call, r->formula.version.powder_loss_limit, &loss_limit, &loss_text));
    TRY(at_most(call, r->formula.version.unaccounted_limit, &unaccounted_limit, &unaccounted_text));
    for (size_t i = 0; i < r->making.weighing_count; i++)
        if (strcmp(r->making.weighings[i].state, "verified") == 0)
            input.weighed.nanograms += r->making.weighings[i].net;
    if (!powder_reconcile(call->arena, &input, &result))
        return fail(call->outcome, "the powder of %s does not reconcile", r->batch.number);
    figure residue = figure_at_places(call->arena, mass_grams(input.residue), 4, "g", "%s", mass_words(call->arena, input.residue));
    judgement loss = powder_judge_loss(&result, &loss_limit), unaccounted = powder_judge_unaccounted(&result, &unaccounted_limit);
    TRY(add_figure(call, r, "in-capsules", &result.in_capsules, NULL, loss));
    TRY(add_figure(call, r, "residue", &residue, NULL, loss));
    TRY(add_figure(call, r, "loss", &result.loss, NULL, loss));
    TRY(add_figure(call, r, "loss-percent", &result.loss_percent, loss_text, loss));
    TRY(add_figure(call, r, "unaccounted", &result.unaccounted, NULL, unaccounted));
    return add_figure(call, r, "unaccounted-percent", &result.unaccounted_percent, unaccounted_text, unaccounted);
}

/* The parts of a count beside what was expected: nothing may be missing or too many. */
static ending add_counts(call *call, reconciling *r, int64_t expected, const int64_t *parts, size_t count)
{
    count_result result;
    if (!counts_reconcile(call->arena, expected, parts, count, &result))
        return fail(call->outcome, "the %s of %s do not reconcile", r->kind, r->batch.number);
    TRY(add_figure(call, r, "accounted", &result.sum, NULL, JUDGED_COMPLIES));
    return add_figure(call, r, "missing", &result.difference, "0", result.balanced ? JUDGED_COMPLIES : JUDGED_DOES_NOT_COMPLY);
}

static ending add_percent(call *call, reconciling *r, const char *name, int64_t part, int64_t whole, const char *most)
{
    const char *text = NULL;
    limit limit;
    if (whole == 0)
        return DONE;
    TRY(at_most(call, most, &limit, &text));
    ratio value = ratio_multiply(ratio_of(part, whole), ratio_whole(100));
    figure percent = figure_at_places(call->arena, value, 3, "%", "%lld / %lld x 100", (long long)part, (long long)whole);
    return add_figure(call, r, name, &percent, text, limit_judge_value(&limit, value, NULL));
}

static ending reconcile_shells(call *call, reconciling *r)
{
    int64_t back = 0;
    TRY(batches_shells_returned(call, &r->batch, &r->formula, &back));
    int64_t issued = making_issued(&r->making, "capsule-shell", true);
    int64_t parts[] = {r->batch.filled, making_lost(&r->making, "shells-defective"), making_lost(&r->making, "shells-destroyed"), back};
    TRY(add_counts(call, r, issued, parts, back > 0 ? 4 : 3));
    return add_percent(call, r, "not-filled-percent", issued - r->batch.filled - back, issued, r->formula.version.shell_loss_limit);
}

static ending reconcile_capsules(call *call, reconciling *r)
{
    int64_t rejected = making_lost(&r->making, "capsules-rejected"), lost = making_lost(&r->making, "capsules-lost");
    int64_t parts[] = {r->batch.conforming, making_sampled(&r->making), rejected, lost};
    TRY(add_counts(call, r, r->batch.filled, parts, 4));
    return add_percent(call, r, "loss-percent", rejected + lost, r->batch.filled, r->formula.version.capsule_loss_limit);
}

/* Printed = applied + specimen + spoiled + destroyed (and void: replaced by the label of a decision). */
static ending reconcile_labels(call *call, reconciling *r)
{
    static const char *const states[] = {"applied", "specimen", "spoiled", "destroyed", "void"};
    label_count *counts = NULL;
    size_t count = 0;
    int64_t printed = 0, parts[5] = {0};
    TRY(store_list(call->store, &LABEL_COUNTS_OF, (&(label_count){.batch = r->batch.id}), call->arena, &counts, &count));
    for (size_t i = 0; i < count; i++) {
        printed += counts[i].labels;
        for (size_t k = 0; k < sizeof states / sizeof *states; k++)
            if (strcmp(counts[i].state, states[k]) == 0)
                parts[k] = counts[i].labels;
    }
    return add_counts(call, r, printed, parts, parts[4] > 0 ? 5 : 4);
}

static const struct {
    const char *kind;
    ending (*reconcile)(call *call, reconciling *r);
} kinds[] = {{"powder", reconcile_powder}, {"shells", reconcile_shells}, {"capsules", reconcile_capsules}, {"labels", reconcile_labels}};

/* The edition in force of a kind, 0 when it was not reconciled. */
static int64_t edition_of(const reconciliation *done, size_t count, const char *kind)
{
    int64_t edition = 0;
    for (size_t i = 0; i < count; i++)
        if (text_equal(done[i].kind, kind) && done[i].edition > edition)
            edition = done[i].edition;
    return edition;
}

ending reconciliations_edition(call *call, const batch *batch, const char *kind, int64_t *ret_edition)
{
    reconciliation *done = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECONCILIATIONS_OF, (&(reconciliation){.batch = batch->id}), call->arena, &done, &count));
    *ret_edition = edition_of(done, count, kind);
    return DONE;
}

/* One list, however many batches are reconciled by one act. */
static answer *figures_list(call *call)
{
    for (answer *child = call->done->first; child; child = child->next)
        if (text_equal(child->name, "figures"))
            return child;
    return put_list(call->done, "figures");
}

ending reconciliations_make(call *call, const batch *batch, const char *wanted)
{
    reconciling r = {.batch = *batch};
    reconciliation *done = NULL;
    size_t count = 0;
    TRY(batches_formula(call, batch, &r.formula));
    TRY(batches_making(call, batch, &r.making));
    TRY(store_list(call->store, &RECONCILIATIONS_OF, (&(reconciliation){.batch = batch->id}), call->arena, &done, &count));
    if (text_is_among(wanted, "powder"))
        TRY(find_mean(call, &r));
    r.figures = figures_list(call);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (!text_is_among(wanted, kinds[k].kind))
            continue;
        r.kind = kinds[k].kind;
        r.rank = 0;
        r.edition = edition_of(done, count, r.kind) + 1;
        TRY(kinds[k].reconcile(call, &r));
    }
    return DONE;
}

const char *reconciliations_waits(const batch_making *making, const char *kind)
{
    for (size_t i = 0; text_equal(kind, "powder") && i < making->weighing_count; i++)
        if (text_is_among("open|recorded", making->weighings[i].state))
            return making->weighings[i].number;
    for (size_t i = 0; text_equal(kind, "shells") && i < making->issue_count; i++)
        if (making->issues[i].verified_by == ABSENT && text_equal(making->issues[i].material_kind, "capsule-shell"))
            return making->issues[i].number;
    return NULL;
}

ending reconciliations_again(call *call, const batch *batch, const char *touched)
{
    struct batch now = {0};
    batch_making making = {0};
    bool found = false;
    BUFFER_SCOPE buffer wanted = BUFFER_EMPTY;
    TRY(store_find(call->store, &BATCH_BY_ID, (&(struct batch){.id = batch->id}), call->arena, &now, &found));
    TRY(batches_making(call, &now, &making));
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        int64_t edition = 0;
        TRY(reconciliations_edition(call, batch, kinds[k].kind, &edition));
        if (edition > 0 && text_is_among(touched, kinds[k].kind) && !reconciliations_waits(&making, kinds[k].kind))
            buffer_add_format(&wanted, "%s%s", wanted.length ? "|" : "", kinds[k].kind);
    }
    return wanted.length ? reconciliations_make(call, &now, arena_text(call->arena, buffer_text(&wanted))) : DONE;
}
