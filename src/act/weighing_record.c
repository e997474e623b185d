/* Records what the balance showed, as it was read, inside or outside the tolerance; the mass leaves the container here.
 * Rule: BPP 4.39, 5.43. */
#include <string.h>

#include "magistral/act/emergencies.h"
#include "magistral/act/weighings.h"
#include "magistral/domain/weighing.h"
#include "magistral/store/equipment.h"

static const input_definition inputs[] = {
    {"weighing", INPUT_NUMBER, INPUT_POSITIONAL, "weighing", "B26-0001/W1"},
    {"tare", INPUT_MASS, 0, NULL, "12.4310 g"},
    {"gross", INPUT_MASS, INPUT_OPTIONAL, NULL, "18.9378 g"},
    {"net", INPUT_MASS, INPUT_OPTIONAL, NULL, "6.5068 g"},
    {"ticket", INPUT_TEXT, INPUT_OPTIONAL, NULL, "T-000123"},
    {0},
};

/* The mass leaves the container. */
static ending take(call *call, const weighing *weighing, const char **ret_container)
{
    container container = {0};
    lot lot = {0};
    bool found = false;
    TRY(store_find(call->store, &CONTAINER_BY_ID, (&(struct container){.id = weighing->container}), call->arena, &container, &found));
    TRY(store_find(call->store, &LOT_BY_ID, (&(struct lot){.id = container.lot}), call->arena, &lot, &found));
    if (strcmp(lot.state, "accepted") != 0)
        return call_refuse(call, "WEIGHING-21", "weighing", "lot", lot.number, "state", call_word(call, "state.", lot.state), NULL);
    TRY(stock_move(call, "weighing", &container, "weighing", -weighing->net, weighing->batch, NULL));
    *ret_container = container.number;
    call_concerns(call, "container", container.number);
    call_concerns(call, "lot", lot.number);
    return DONE;
}

static ending run(call *call)
{
    weighing weighing = {0};
    batch batch = {0};
    equipment balance = {0};
    bool found = false;
    const char *container = NULL;
    TRY(weighings_find(call, "weighing", &weighing, &batch));
    TRY(emergencies_check_operator(call, &batch));
    TRY(call_ending(call));
    if (!text_is_among(call->act->states, weighing.state))
        return call_refuse(call, "WEIGHING-22", "weighing", "weighing", weighing.number, "state", call_word(call, "state.", weighing.state), NULL);
    TRY(store_find(call->store, &EQUIPMENT_BY_ID, (&(equipment){.id = weighing.equipment}), call->arena, &balance, &found));
    TRY(weighings_read(call, &balance, &weighing));
    TRY(take(call, &weighing, &container));
    weighing.within = weighings_within(&weighing);
    weighing.ticket = call_text(call, "ticket");
    weighing.recorded_by = call->person.id;
    weighing.recorded_at = call->now;
    TRY(store_update(call->store, &WEIGHING_RECORD, &weighing));
    mass difference;
    figure net = {0};
    if (!weighing_net(call->arena, (mass){weighing.gross}, (mass){weighing.tare}, &difference, &net))
        return fail(call->outcome, "%s: no net mass", weighing.number);
    figure deviation = weighings_deviation(call->arena, weighing.due, weighing.net);
    put_link(call->done, "weighing", "weighing", weighing.number);
    put_figure(call->done, "net", net.text, net.unit, net.formula);
    put_figure(call->done, "deviation-percent", deviation.text, "%", deviation.formula);
    put_truth(call->done, "within", weighing.within == 1);
    put_link(call->done, "container", "container", container);
    return weighings_note_negative(call, &batch, &weighing, container);
}

const act weighing_record_act = {.name = "weighing record", .right = RIGHT_MAKE, .inputs = inputs, .states = "open", .run = run};
