/* A pharmacist assesses what an excursion held: containers are kept, and may be used again, or condemned, and are destroyed. Batches are
 * lifted or refused by the acts of every hold. Rule: EU GMP 3.19; BPP 6.33. */
#include "magistral/act/excursions.h"

static const input_definition inputs[] = {
    {"excursion", INPUT_NUMBER, INPUT_POSITIONAL, "excursion", "EX26-0001"},
    {"container", INPUT_NUMBER, INPUT_OPTIONAL | INPUT_LIST, "container", "MP26-0003/1"},
    {"all", INPUT_TRUTH, INPUT_OPTIONAL, NULL, ""},
    {"decision", INPUT_CHOICE, 0, "keep|condemn", "keep"},
    {"reason", INPUT_LONG, 0, NULL, "31,2 °C pendant 11 h ; stabilité démontrée à 40 °C pendant 6 mois (certificat SX-25117)"},
    {0},
};

static bool is_named(const input_value *named, const char *number)
{
    for (size_t i = 0; i < named->count; i++)
        if (text_equal(named->texts[i], number))
            return true;
    return false;
}

/* Those that are meant stand in `chosen`; each that is named was there and waits. */
static ending choose(call *call, const excursion *excursion, excursion_container_line *lines, size_t count, bool *chosen)
{
    const input_value *named = call_input(call, "container");
    size_t waiting = 0;
    for (size_t i = 0; i < count; i++) {
        bool held = text_equal(lines[i].state, "held");
        chosen[i] = held && (call_truth(call, "all") || is_named(named, lines[i].number));
        waiting += held;
    }
    for (size_t i = 0; i < named->count; i++) {
        bool waits = false;
        for (size_t k = 0; k < count; k++)
            waits = waits || (text_equal(lines[k].number, named->texts[i]) && text_equal(lines[k].state, "held"));
        if (!waits)
            call_refuse(call, "EXCURSION-06", "container", "container", named->texts[i], "excursion", excursion->number, NULL);
    }
    if (waiting == 0)
        call_refuse(call, "EXCURSION-12", "excursion", "excursion", excursion->number, NULL);
    return call_ending(call);
}

static ending run(call *call)
{
    excursion excursion = {0};
    excursion_container_line *lines = NULL;
    size_t count = 0;
    TRY(excursions_find(call, "excursion", &excursion));
    if (call_truth(call, "all") == (call_input(call, "container")->count > 0))
        return call_refuse(call, "EXCURSION-07", "container", NULL);
    TRY(store_list(call->store, &EXCURSION_CONTAINERS_OF, (&(excursion_container_line){.excursion = excursion.id}), call->arena, &lines, &count));
    bool *chosen = arena_array(call->arena, count + 1, sizeof *chosen);
    TRY(choose(call, &excursion, lines, count, chosen));
    put_link(call->done, "excursion", "excursion", excursion.number);
    answer *list = put_list(call->done, "containers");
    for (size_t i = 0; i < count; i++) {
        if (!chosen[i])
            continue;
        excursion_container decided = {.id = lines[i].id, .state = text_equal(call_text(call, "decision"), "keep") ? "kept" : "condemned",
                                       .reason = call_text(call, "reason"), .decided_by = call->person.id, .decided_at = call->now, .meaning = call->meaning};
        TRY(store_update(call->store, &EXCURSION_CONTAINER_DECIDE, &decided));
        call_concerns(call, "container", lines[i].number);
        answer *row = add_object(list);
        put_link(row, "container", "container", lines[i].number);
        put_state_of(row, "state", "container", decided.state);
    }
    return DONE;
}

const act excursion_assess_act = {.name = "excursion assess", .right = RIGHT_DECIDE_LOTS, .signed_act = true, .inputs = inputs, .run = run};
