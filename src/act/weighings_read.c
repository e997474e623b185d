/* What a balance showed, as somebody types it: when it is recorded, and when it is amended. Rule: BPP 4.39, 5.43. */
#include "magistral/act/deviations.h"
#include "magistral/act/weighings.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"
#include "magistral/domain/weighing.h"

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

/* Net and gross: one of both is due, and both must agree. What is amended and not given again stays as it was read. */
static ending read_masses(call *call, weighing *weighing)
{
    int64_t net = call_integer(call, "net"), gross = call_integer(call, "gross");
    weighing->tare = call_integer_or(call, "tare", weighing->tare);
    if (net == ABSENT && gross == ABSENT && weighing->net == ABSENT)
        return call_refuse(call, "WEIGHING-15", "net", NULL);
    if (net != ABSENT)
        weighing->net = net;
    else if (gross != ABSENT)
        weighing->net = gross - weighing->tare;
    if (gross != ABSENT && gross != weighing->tare + weighing->net)
        return call_refuse(call, "WEIGHING-16", "gross", "gross", mass_words(call->arena, (mass){gross}), "sum",
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

ending weighings_read(call *call, const equipment *balance, weighing *weighing)
{
    TRY(check_capacity(call, balance));
    TRY(read_masses(call, weighing));
    return check_readings(call, weighing, balance);
}

bool weighings_within(const weighing *weighing)
{
    weighing_target target = {.target = {weighing->target}, .low = {weighing->low}, .high = {weighing->high}};
    return weighing_judge(&target, (mass){weighing->net}) == WEIGHED_WITHIN;
}

/* More left the container than its movements held: the reading stays, and the anomaly is there for a pharmacist to decide. Its
 * subject is the container: deciding it says nothing about the weighing's tolerance. */
ending weighings_note_negative(call *call, const batch *batch, const weighing *weighing, const char *container)
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
    put_link(call->done, "stock-deviation", "deviation", number);
    return DONE;
}
