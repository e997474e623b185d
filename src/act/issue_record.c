/* Issues counted articles (shells, bottles, labels) to a batch, with the checks of a weighing. Rule: BPP 5.09, 5.26, 5.32, 5.38. */
#include <string.h>

#include "magistral/act/issues.h"
#include "magistral/act/numbers.h"
#include "magistral/act/weighings.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, 0, "batch", "B26-0001"},
    {"component", INPUT_NUMBER, 0, NULL, "GEL-1"},
    {"container", INPUT_NUMBER, INPUT_SCANNED, "container", "MP26-0006/1"},
    {"units", INPUT_COUNT, 0, NULL, "310"},
    {"aspect-seen", INPUT_TRUTH, 0, NULL, "yes"},
    {"label-seen", INPUT_TRUTH, 0, NULL, "yes"},
    {"reason", INPUT_TEXT, INPUT_OPTIONAL, NULL, "Sac entamé à finir d'abord"},
    {0},
};

/* Shells are issued for filling; packaging articles until packaging is over. The line is cleared for the phase under way. */
static ending check_phase(call *call, const batch *batch, const formula_component_line *component)
{
    bool making = strcmp(batch->state, "in-preparation") == 0, cleared = false;
    if (!making && strcmp(component->kind, "capsule-shell") == 0)
        call_refuse(call, "ISSUE-02", "component", "batch", batch->number, NULL);
    if (batch->conforming != ABSENT)
        call_refuse(call, "ISSUE-03", "batch", "batch", batch->number, NULL);
    TRY(batches_line_cleared(call, batch, making ? "making" : "packaging", &cleared));
    if (!cleared)
        call_refuse(call, making ? "WEIGHING-02" : "BATCH-21", "batch", "batch", batch->number, NULL);
    return DONE;
}

static ending find_component(call *call, const formula_content *formula, const formula_component_line **ret_component)
{
    const char *code = call_text(call, "component");
    *ret_component = formulas_component(formula, code);
    if (!*ret_component)
        return call_refuse(call, "WEIGHING-03", "component", "component", code, "version", formula->version.number, NULL);
    if (strcmp((*ret_component)->unit, "count") != 0)
        return call_refuse(call, "ISSUE-04", "component", "component", code, NULL);
    return DONE;
}

/* `fits`: the container is the right one; how much another one holds does not matter. */
static ending check_stock(call *call, const container *container, bool fits)
{
    int64_t stock = 0, units = call_integer(call, "units");
    if (units < 1)
        call_refuse(call, "ISSUE-05", "units", NULL);
    TRY(container_stock(call, container->id, &stock));
    if (fits && stock > 0 && stock < units)
        call_refuse(call, "ISSUE-06", "units", "container", container->number, "stock", count_text(call->arena, stock), NULL);
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    formula_content formula = {0};
    batch_making making = {0};
    container container = {0};
    lot lot = {0};
    const formula_component_line *component = NULL;
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    TRY(batches_formula(call, &batch, &formula));
    TRY(batches_making(call, &batch, &making));
    TRY(batches_check_under_way(call, "batch", &batch));
    TRY(find_component(call, &formula, &component));
    TRY(check_phase(call, &batch, component));
    TRY(containers_find(call, "container", &container, &lot));
    size_t before = call->outcome->refusals;
    TRY(weighings_check_container(call, "container", component, &container, &lot));
    TRY(check_stock(call, &container, call->outcome->refusals == before));
    weighings_check_seen(call);
    TRY(call_ending(call));
    int64_t rank = (int64_t)making.issue_count + 1, units = call_integer(call, "units");
    TRY(stock_move(call, "units", &container, "issue", -units, batch.id, NULL));
    issue made = {.number = arena_format(call->arena, "%s/I%lld", batch.number, (long long)rank), .batch = batch.id, .rank = rank,
                  .component = component->id, .container = container.id, .units = units, .other_lot_reason = call_text(call, "reason"),
                  .issued_by = call->person.id, .issued_at = call->now, .verified_by = ABSENT};
    TRY(store_insert(call->store, &ISSUE_INSERT, &made));
    call_concerns(call, "issue", made.number);
    put_link(call->done, "article-issue", "issue", made.number);
    put_link(call->done, "container", "container", container.number);
    put_count(call->done, "units", units);
    return DONE;
}

const act issue_record_act = {.name = "issue record", .right = RIGHT_MAKE, .inputs = inputs, .states = "in-preparation|quarantine", .run = run};
