/* Records what the balance showed, as it was read, inside or outside the tolerance; the mass leaves the container here.
 * Rule: BPP 4.39, 5.43. */
#include <string.h>

#include "magistral/act/deviations.h"
#include "magistral/act/weighings.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"
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

/* No input may exceed what the balance carries: then no sum overflows either. */
static ending check_capacity(call *call, const equipment *balance)
{
    static const char *const fields[] = {"tare", "gross", "net"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (call_integer_or(call, fields[i], 0) > balance->capacity)
            call_refuse(call, "WEIGHING-20", fields[i], "balance", balance->code, "capacity",
                        mass_words(call->arena, (mass){balance->capacity}), NULL);
    return call_ending(call);
}

/* Net and gross: one of both is due, and both must agree. */
static ending read_masses(call *call, weighing *weighing)
{
    weighing->tare = call_integer(call, "tare");
    weighing->net = call_integer(call, "net");
    weighing->gross = call_integer(call, "gross");
    if (weighing->net == ABSENT && weighing->gross == ABSENT)
        return call_refuse(call, "WEIGHING-15", "net", NULL);
    if (weighing->net == ABSENT)
        weighing->net = weighing->gross - weighing->tare;
    else if (weighing->gross != ABSENT && weighing->gross != weighing->tare + weighing->net)
        return call_refuse(call, "WEIGHING-16", "gross", "gross", mass_words(call->arena, (mass){weighing->gross}), "sum",
                           mass_words(call->arena, (mass){weighing->tare + weighing->net}), NULL);
    weighing->gross = weighing->tare + weighing->net;
    if (weighing->net <= 0)
        return call_refuse(call, "WEIGHING-17", call_has(call, "net") ? "net" : "gross", NULL);
    return DONE;
}

/* A mass that the balance cannot show was not read on it. */
static ending check_readings(call *call, const weighing *weighing, const equipment *balance)
{
    const char *readability = mass_words(call->arena, (mass){balance->readability});
    if (weighing->tare % balance->readability != 0)
        call_refuse(call, "WEIGHING-19", "tare", "balance", balance->code, "readability", readability, NULL);
    if (weighing->net % balance->readability != 0)
        call_refuse(call, "WEIGHING-19", call_has(call, "net") ? "net" : "gross", "balance", balance->code, "readability", readability, NULL);
    if (weighing->gross > balance->capacity)
        call_refuse(call, "WEIGHING-20", call_has(call, "gross") ? "gross" : "tare", "balance", balance->code, "capacity",
                    mass_words(call->arena, (mass){balance->capacity}), NULL);
    return call_ending(call);
}

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

/* More left the container than its movements held: the reading stays, and the anomaly is there for a pharmacist to decide. Its
 * subject is the container: deciding it says nothing about the weighing's tolerance. */
static ending note_negative(call *call, const batch *batch, const weighing *weighing, const char *container)
{
    int64_t stock = 0;
    const char *number = NULL;
    TRY(container_stock(call, weighing->container, &stock));
    if (stock >= 0)
        return DONE;
    refusal_value values[] = {{"container", container},
                              {"weighing", weighing->number},
                              {"net", mass_words(call->arena, (mass){weighing->net})},
                              {"stock", mass_words(call->arena, (mass){stock})}};
    BUFFER_SCOPE buffer shown = BUFFER_EMPTY;
    typography_add_sentence(&shown, call->site_language, catalogue_fill(call->arena, call->site_language, "deviation.negative-stock", values, 4));
    TRY(deviations_open(call, batch, container, "major", arena_text(call->arena, buffer_text(&shown)), &number));
    put_link(call->done, "deviation", "deviation", number);
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
    if (!text_is_among(call->act->states, weighing.state))
        return call_refuse(call, "WEIGHING-22", "weighing", "weighing", weighing.number, "state", call_word(call, "state.", weighing.state), NULL);
    TRY(store_find(call->store, &EQUIPMENT_BY_ID, (&(equipment){.id = weighing.equipment}), call->arena, &balance, &found));
    TRY(check_capacity(call, &balance));
    TRY(read_masses(call, &weighing));
    TRY(check_readings(call, &weighing, &balance));
    TRY(take(call, &weighing, &container));
    weighing_target target = {.target = {weighing.target}, .low = {weighing.low}, .high = {weighing.high}};
    weighing.within = weighing_judge(&target, (mass){weighing.net}) == WEIGHED_WITHIN;
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
    return note_negative(call, &batch, &weighing, container);
}

const act weighing_record_act = {.name = "weighing record", .right = RIGHT_MAKE, .inputs = inputs, .states = "open", .run = run};
