#include "magistral/act/weighings.h"

#include <string.h>

#include "magistral/domain/weighing.h"
#include "magistral/store/amendment.h"
#include "magistral/store/deviation.h"

ending weighings_find(call *call, const char *field, weighing *ret_weighing, batch *ret_batch)
{
    bool found = false;
    const char *number = call_text(call, field);
    TRY(store_find(call->store, &WEIGHING_BY_NUMBER, (&(weighing){.number = number}), call->arena, ret_weighing, &found));
    if (!found)
        return call_refuse(call, "WEIGHING-01", field, "weighing", number, NULL);
    TRY(store_find(call->store, &BATCH_BY_ID, (&(batch){.id = ret_weighing->batch}), call->arena, ret_batch, &found));
    if (!found)
        return fail(call->outcome, "weighing %s has no batch", number);
    call_concerns(call, "batch", ret_batch->number);
    return DONE;
}

bool weighings_lot_purity(arena *arena, const lot *lot, figure *ret_purity)
{
    correction correction = {0};
    if (!lot->assay || decimal_parse(lot->assay, &correction.assay) != DECIMAL_GOOD || !assay_basis_parse(lot->assay_basis, &correction.basis))
        return false;
    if (lot->water && decimal_parse(lot->water, &correction.water) != DECIMAL_GOOD)
        return false;
    return lot_purity(arena, &correction, ret_purity);
}

static ratio decimal_ratio(const char *text, ratio otherwise)
{
    decimal value;
    return text && decimal_parse(text, &value) == DECIMAL_GOOD ? ratio_of_decimal(value) : otherwise;
}

static decimal decimal_or(const char *text, decimal otherwise)
{
    decimal value;
    return text && decimal_parse(text, &value) == DECIMAL_GOOD ? value : otherwise;
}

static bool is_mass(const formula_component_line *component)
{
    return strcmp(component->unit, "mass") == 0;
}

static bool is_verified(const weighing_line *line)
{
    return strcmp(line->state, "verified") == 0;
}

/* Net masses verified of one component, or of all but one. */
static ratio net_sum(const batch_making *making, int64_t component, bool others, bool pure)
{
    ratio sum = RATIO_ZERO;
    for (size_t i = 0; i < making->weighing_count; i++) {
        const weighing_line *w = &making->weighings[i];
        if (!is_verified(w) || (w->component == component) == others)
            continue;
        ratio net = mass_grams((mass){w->net});
        sum = ratio_add(sum, pure ? ratio_multiply(net, decimal_ratio(w->purity, ratio_whole(1))) : net);
    }
    return sum;
}

static ending pure_due(call *call, const batch *batch, const formula_component_line *component, figure *ret_due)
{
    dose_input input = {.units = batch->units, .dose = {component->per_capsule}, .overage = decimal_or(component->overage, decimal_whole(0)),
                        .salt_factor = decimal_or(component->salt_factor, decimal_whole(1))};
    return pure_mass_due(call->arena, &input, ret_due) ? DONE : fail(call->outcome, "batch %s: the pure mass due does not fit", batch->number);
}

static mass total_of(const batch *batch, const formula_content *formula, const formula_component_line *component)
{
    bool filler = strcmp(component->amount, "quantum-satis") == 0;
    return (mass){batch->units * (filler ? formula->version.content_mass : component->per_capsule)};
}

ending weighings_need(call *call, const batch *batch, const formula_content *formula, const batch_making *making,
                      const formula_component_line *component, component_need *need)
{
    bool dose = strcmp(component->amount, "dose") == 0;
    *need = (component_need){.total = RATIO_ZERO, .taken = net_sum(making, component->id, false, dose)};
    if (dose) {
        figure due;
        TRY(pure_due(call, batch, component, &due));
        need->total = due.value;
    } else {
        need->total = mass_grams(total_of(batch, formula, component));
        if (strcmp(component->amount, "quantum-satis") == 0)
            need->total = ratio_subtract(need->total, net_sum(making, component->id, true, false));
    }
    for (size_t i = 0; i < making->weighing_count; i++) {
        const weighing_line *w = &making->weighings[i];
        if (w->component != component->id)
            continue;
        bool waits = strcmp(w->state, "open") == 0 || strcmp(w->state, "recorded") == 0;
        need->pending_number = waits ? w->number : need->pending_number;
        need->pending = need->pending || waits;
        need->complete = need->complete || (is_verified(w) && w->within == 0);
    }
    ratio tolerance = ratio_hundredth(decimal_ratio(component->tolerance, RATIO_ZERO));
    ratio least = ratio_multiply(need->total, ratio_subtract(ratio_whole(1), tolerance));
    if (!ratio_is_number(least) || !ratio_is_number(need->taken))
        return fail(call->outcome, "batch %s: masses do not fit", batch->number);
    need->complete = need->complete || (ratio_sign(need->taken) > 0 && ratio_compare(need->taken, least) >= 0);
    return DONE;
}

ending weighings_first_unready(call *call, const batch *batch, const formula_content *formula, const batch_making *making,
                               const formula_component_line *but, const formula_component_line **ret_component)
{
    *ret_component = NULL;
    for (size_t i = 0; i < formula->component_count && !*ret_component; i++) {
        const formula_component_line *component = &formula->components[i];
        component_need need;
        if (!is_mass(component) || component == but)
            continue;
        TRY(weighings_need(call, batch, formula, making, component, &need));
        if (!need.complete || need.pending)
            *ret_component = component;
    }
    return DONE;
}

static ending dose_due(call *call, const batch *batch, const batch_making *making, const formula_component_line *component,
                       const figure *purity, figure *ret_due)
{
    figure whole, due;
    portion *portions = arena_array(call->arena, making->weighing_count, sizeof *portions);
    size_t count = 0;
    for (size_t i = 0; i < making->weighing_count; i++)
        if (making->weighings[i].component == component->id && is_verified(&making->weighings[i]))
            portions[count++] = (portion){{making->weighings[i].net}, decimal_ratio(making->weighings[i].purity, ratio_whole(1))};
    TRY(pure_due(call, batch, component, &whole));
    if (!portion_due(call->arena, whole.value, portions, count, purity->value, &due))
        return fail(call->outcome, "batch %s: the mass due does not fit", batch->number);
    due.formula = arena_format(call->arena, "%s = %s g; %s = %s; %s = %s g", whole.formula, whole.text, purity->formula, purity->text,
                               due.formula, due.text);
    *ret_due = due;
    return DONE;
}

ending weighings_due(call *call, const batch *batch, const formula_content *formula, const batch_making *making,
                     const formula_component_line *component, const figure *purity, figure *ret_due)
{
    if (strcmp(component->amount, "dose") == 0)
        return dose_due(call, batch, making, component, purity, ret_due);
    bool filler = strcmp(component->amount, "quantum-satis") == 0;
    mass *nets = arena_array(call->arena, making->weighing_count, sizeof *nets);
    size_t count = 0;
    for (size_t i = 0; i < making->weighing_count; i++)
        if (is_verified(&making->weighings[i]) && (filler || making->weighings[i].component == component->id))
            nets[count++] = (mass){making->weighings[i].net};
    if (!filler_due(call->arena, total_of(batch, formula, component), nets, count, ret_due))
        return fail(call->outcome, "batch %s: the mass due does not fit", batch->number);
    int64_t each = filler ? formula->version.content_mass : component->per_capsule;
    ret_due->formula = arena_format(call->arena, "%lld x %s = %s; %s = %s g", (long long)batch->units, mass_words(call->arena, (mass){each}),
                                    mass_words(call->arena, total_of(batch, formula, component)), ret_due->formula, ret_due->text);
    return DONE;
}

ending weighings_check_container(call *call, const char *field, const formula_component_line *component, const container *container,
                                 const lot *lot)
{
    stock_line *lines = NULL;
    size_t count = 0, before = call->outcome->refusals;
    const char *last_day = NULL;
    if (lot->material != component->material)
        call_refuse(call, "WEIGHING-05", field, "container", container->number, "lot", lot->number, "material", component->name, NULL);
    else if (lot_usable(call, field, lot, container) == FAILED)
        return FAILED;
    if (call->outcome->refusals > before) {
        call_wrong_scan(call, field, container->number);
        return DONE;
    }
    TRY(lots_first_to_expire(call, lot->material, &lines, &count));
    for (size_t i = 0; i < count; i++)
        if (lines[i].id == container->id)
            last_day = lines[i].last_day;
    if (count > 0 && last_day && strcmp(lines[0].last_day, last_day) < 0 && !call_has(call, "reason"))
        call_refuse(call, "WEIGHING-06", field, "container", lines[0].container, "day", lines[0].last_day, NULL);
    return DONE;
}

ending weighings_check_same_container(call *call, const char *field, int64_t container_id)
{
    container scanned = {0};
    lot lot = {0};
    TRY(containers_find(call, field, &scanned, &lot));
    if (scanned.id == container_id)
        return DONE;
    call_refuse(call, "WEIGHING-18", field, "container", scanned.number, NULL);
    call_wrong_scan(call, field, scanned.number);
    return DONE;
}

void weighings_check_seen(call *call)
{
    static const char *const seen[] = {"aspect-seen", "label-seen"};
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
        if (!call_truth(call, seen[i]))
            call_refuse(call, "WEIGHING-07", seen[i], NULL);
}

ending weighings_accepted_deviation(call *call, int64_t batch, const char *subject, int64_t *ret_deviation)
{
    deviation *deviations = NULL;
    amendment last = {0}, wanted = {.batch = batch, .subject = subject};
    size_t count = 0;
    bool amended = false;
    *ret_deviation = ABSENT;
    TRY(store_find(call->store, &AMENDMENT_LAST, &wanted, call->arena, &last, &amended));
    TRY(store_list(call->store, &DEVIATIONS_OF, (&(deviation){.batch = batch}), call->arena, &deviations, &count));
    for (size_t i = 0; i < count; i++)
        if (text_equal(deviations[i].subject, subject) && text_equal(deviations[i].decision, "accepted") &&
            (!amended || strcmp(deviations[i].decided_at, last.at) > 0)) /* what was accepted is the value that stood then */
            *ret_deviation = deviations[i].id;
    return DONE;
}

figure weighings_deviation(arena *arena, const char *due, int64_t net)
{
    return weighing_deviation(arena, decimal_ratio(due, RATIO_ZERO), (mass){net});
}
