/* Opens a weighing: every check happens here, before powder is touched. Rule: BPP 5.09, 5.34, 5.35, 5.38, 5.39, 5.42; what
 * is due is computed from the lot's assay as it was fixed at acceptance. */
#include <string.h>

#include "magistral/act/equipments.h"
#include "magistral/act/materials.h"
#include "magistral/act/rooms.h"
#include "magistral/act/weighings.h"
#include "magistral/domain/weighing.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, 0, "batch", "B26-0001"},
    {"component", INPUT_NUMBER, 0, NULL, "BIRABRESIB"},
    {"container", INPUT_NUMBER, INPUT_SCANNED, "container", "MP26-0003/1"},
    {"balance", INPUT_NUMBER, 0, "equipment", "BAL-A"},
    {"aspect-seen", INPUT_TRUTH, 0, NULL, "yes"},
    {"label-seen", INPUT_TRUTH, 0, NULL, "yes"},
    {"portion", INPUT_MASS, INPUT_OPTIONAL, NULL, "2.5 g"},
    {"reason", INPUT_TEXT, INPUT_OPTIONAL, NULL, "Contenant entamé à finir d'abord"},
    {0},
};

typedef struct opening {
    batch batch;
    formula_content formula;
    batch_making making;
    const formula_component_line *component;
    container container;
    lot lot;
    equipment balance;
    figure purity, due;
    weighing_target target;
} opening;

static ending find_all(call *call, opening *o)
{
    const char *code = call_text(call, "component");
    bool cleared = false;
    TRY(batches_find_in(call, "batch", call->act->states, &o->batch));
    TRY(batches_formula(call, &o->batch, &o->formula));
    TRY(batches_making(call, &o->batch, &o->making));
    TRY(batches_check_under_way(call, "batch", &o->batch));
    TRY(rooms_check(call, "batch", &o->batch, &o->formula));
    TRY(batches_line_cleared(call, &o->batch, "making", &cleared));
    if (!cleared)
        call_refuse(call, "WEIGHING-02", "batch", "batch", o->batch.number, NULL);
    o->component = formulas_component(&o->formula, code);
    if (!o->component)
        return call_refuse(call, "WEIGHING-03", "component", "component", code, "version", o->formula.version.number, NULL);
    if (strcmp(o->component->unit, "mass") != 0)
        return call_refuse(call, "WEIGHING-04", "component", "component", o->component->code, NULL);
    ending container = containers_find(call, "container", &o->container, &o->lot);
    ending balance = equipments_find(call, "balance", &o->balance);
    return container == FAILED || balance == FAILED ? FAILED : call_ending(call);
}

/* The fraction of active in the lot: fixed at its acceptance; 1 for what is not corrected. */
static void find_purity(call *call, opening *o)
{
    o->purity = figure_of(call->arena, ratio_whole(1), NULL, "1");
    if (strcmp(o->component->amount, "dose") == 0 && !weighings_lot_purity(call->arena, &o->lot, &o->purity)) {
        call_refuse(call, "WEIGHING-09", "container", "lot", o->lot.number, NULL);
        call_wrong_scan(call, "container", o->container.number);
    }
}

/* The component neither complete nor waiting; of a filler, all the others weighed and verified first. */
static ending check_component(call *call, opening *o)
{
    component_need need;
    const formula_component_line *unready = NULL;
    TRY(weighings_need(call, &o->batch, &o->formula, &o->making, o->component, &need));
    if (need.pending)
        call_refuse(call, "WEIGHING-08", "component", "weighing", need.pending_number, NULL);
    else if (need.complete)
        call_refuse(call, "WEIGHING-11", "component", "component", o->component->code, NULL);
    if (strcmp(o->component->amount, "quantum-satis") == 0)
        TRY(weighings_first_unready(call, &o->batch, &o->formula, &o->making, o->component, &unready));
    if (unready)
        call_refuse(call, "WEIGHING-10", "component", "component", unready->code, NULL);
    return DONE;
}

/* What is due of the active substance leaves room in the capsules: else the assay or the formula is wrong. */
static void check_content(call *call, const opening *o)
{
    mass content = {o->batch.units * o->formula.version.content_mass};
    if (strcmp(o->component->amount, "dose") == 0 && ratio_compare(o->due.value, mass_grams(content)) > 0)
        call_refuse(call, "WEIGHING-27", "container", "due", o->due.text, "content", mass_words(call->arena, content), "lot", o->lot.number, NULL);
}

/* The others weighed more than all capsules hold: nothing of the filler is due, and no capsule can be made as the formula says. */
static void check_room(call *call, const opening *o)
{
    if (ratio_sign(o->due.value) <= 0)
        call_refuse(call, "WEIGHING-28", "component", "component", o->component->code, "due", o->due.text, "content",
                    mass_words(call->arena, (mass){o->batch.units * o->formula.version.content_mass}), NULL);
}

/* A portion is what one container gives of what is due. */
static void take_portion(call *call, opening *o)
{
    if (!call_has(call, "portion"))
        return;
    mass portion = {call_integer(call, "portion")};
    ratio grams = mass_grams(portion);
    if (portion.nanograms == 0 || ratio_compare(grams, o->due.value) >= 0) {
        call_refuse(call, "WEIGHING-12", "portion", "due", o->due.text, NULL);
        return;
    }
    ratio left = ratio_subtract(o->due.value, grams);
    if (ratio_compare(left, mass_grams((mass){o->balance.minimum})) < 0)
        call_refuse(call, "WEIGHING-29", "portion", "left", ratio_text(call->arena, left), "balance", o->balance.code, "minimum",
                    mass_words(call->arena, (mass){o->balance.minimum}), NULL);
    o->due = figure_of(call->arena, grams, "g", "%s; %s", o->due.formula, mass_words(call->arena, portion));
}

static ending aim(call *call, opening *o)
{
    decimal tolerance = {0};
    if (decimal_parse(o->component->tolerance, &tolerance) != DECIMAL_GOOD)
        return fail(call->outcome, "component %s has no tolerance", o->component->code);
    balance_limits balance = {.readability = {o->balance.readability}};
    weighing_error error = weighing_aim(call->arena, o->due.value, tolerance, balance, &o->target);
    if (error == WEIGHING_TOO_COARSE)
        return call_refuse(call, "WEIGHING-13", "balance", "balance", o->balance.code, "due", o->due.text, NULL);
    if (error != WEIGHING_GOOD)
        return fail(call->outcome, "no target for %s (%d)", o->component->code, (int)error);
    return balance_fits(call, "balance", &o->balance, o->target.target);
}

static ending check_stock(call *call, opening *o)
{
    int64_t stock = 0;
    TRY(container_stock(call, o->container.id, &stock));
    if (stock < o->target.target.nanograms)
        call_refuse(call, "WEIGHING-14", "container", "container", o->container.number, "stock", mass_words(call->arena, (mass){stock}), "target",
                    mass_words(call->arena, o->target.target), NULL);
    return call_ending(call);
}

static ending insert(call *call, const opening *o, weighing *made)
{
    int64_t rank = (int64_t)o->making.weighing_count + 1;
    *made = (weighing){.number = arena_format(call->arena, "%s/W%lld", o->batch.number, (long long)rank), .batch = o->batch.id, .rank = rank,
                       .component = o->component->id, .container = o->container.id, .equipment = o->balance.id, .state = "open", .due = o->due.text,
                       .target = o->target.target.nanograms, .low = o->target.low.nanograms, .high = o->target.high.nanograms,
                       .formula = o->due.formula, .purity = o->purity.text, .other_lot_reason = call_text(call, "reason"),
                       .opened_by = call->person.id, .opened_at = call->now, .tare = ABSENT, .net = ABSENT, .gross = ABSENT, .within = ABSENT,
                       .recorded_by = ABSENT, .verified_by = ABSENT, .discarded_by = ABSENT, .deviation = ABSENT};
    return store_insert(call->store, &WEIGHING_INSERT, made);
}

static ending run(call *call)
{
    opening o = {0};
    weighing made = {0};
    TRY(find_all(call, &o));
    size_t before = call->outcome->refusals;
    TRY(weighings_check_container(call, "container", o.component, &o.container, &o.lot));
    bool fits = call->outcome->refusals == before;
    if (strcmp(o.balance.kind, "balance") != 0)
        return call_refuse(call, "EQUIPMENT-06", "balance", "equipment", o.balance.code, NULL);
    if (equipment_usable(call, "balance", &o.balance) == FAILED)
        return FAILED;
    if (!o.container.opened_on)
        call_refuse(call, "CONTAINER-06", "container", "container", o.container.number, NULL);
    weighings_check_seen(call);
    if (fits) /* the assay of what is not to be taken does not matter */
        find_purity(call, &o);
    TRY(check_component(call, &o));
    TRY(call_ending(call));
    TRY(weighings_due(call, &o.batch, &o.formula, &o.making, o.component, &o.purity, &o.due));
    check_content(call, &o);
    check_room(call, &o);
    TRY(call_ending(call));
    take_portion(call, &o);
    TRY(call_ending(call));
    TRY(aim(call, &o));
    TRY(check_stock(call, &o));
    TRY(insert(call, &o, &made));
    call_concerns(call, "weighing", made.number);
    put_link(call->done, "weighing", "weighing", made.number);
    put_link(call->done, "container", "container", o.container.number);
    put_figure(call->done, "due", o.due.text, "g", o.due.formula);
    put_figure(call->done, "target", o.target.target_figure.text, "g", o.target.target_figure.formula);
    put_figure(call->done, "low-limit", o.target.low_figure.text, "g", o.target.low_figure.formula);
    put_figure(call->done, "high-limit", o.target.high_figure.text, "g", o.target.high_figure.formula);
    return DONE;
}

const act weighing_open_act = {.name = "weighing open", .right = RIGHT_MAKE, .inputs = inputs, .states = "in-preparation", .run = run};
