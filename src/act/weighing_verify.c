/* A second person scans the container again and types the net mass they read themselves. What is outside the tolerance may be
 * used only after a pharmacist's decision. Rule: BPP 5.03, 5.44. */
#include <string.h>

#include "magistral/act/amendments.h"
#include "magistral/act/equipments.h"
#include "magistral/act/excursions.h"
#include "magistral/act/logbooks.h"
#include "magistral/act/papers.h"
#include "magistral/act/reconciliations.h"
#include "magistral/act/weighings.h"

static const input_definition inputs[] = {
    {"weighing", INPUT_NUMBER, INPUT_POSITIONAL, "weighing", "B26-0001/W1"},
    {"container", INPUT_NUMBER, INPUT_SCANNED, "container", "MP26-0003/1"},
    {"net", INPUT_MASS, 0, NULL, "6.5068 g"},
    {0},
};

/* Between the opening and the reading a day may have passed, and a check of the balance may have failed: what was weighed then is
 * discarded, not used. Rule: BPP 5.34, 5.39, 5.42. */
static ending check_reading(call *call, const weighing *weighing)
{
    container container = {0};
    lot lot = {0};
    equipment balance = {0};
    bool found = false, conformed = false, amended = false;
    amendment last = {0}, wanted = {.batch = weighing->batch, .lot = ABSENT, .kind = "weighing", .subject = weighing->number};
    const char *day = papers_day_of(call, weighing->recorded_at);
    TRY(store_find(call->store, &CONTAINER_BY_ID, (&(struct container){.id = weighing->container}), call->arena, &container, &found));
    TRY(store_find(call->store, &LOT_BY_ID, (&(struct lot){.id = container.lot}), call->arena, &lot, &found));
    TRY(store_find(call->store, &AMENDMENT_LAST, &wanted, call->arena, &last, &amended));
    TRY(excursions_check_container(call, "weighing", &container));
    if (strcmp(lot.state, "accepted") != 0 && !(amended && text_equal(lot.state, "destroyed"))) /* of a portion taken before, only the entry changed */
        call_refuse(call, "WEIGHING-21", "weighing", "lot", lot.number, "state", call_word(call, "state.", lot.state), NULL);
    if (lot.limit_day && strcmp(lot.limit_day, day) < 0)
        call_refuse(call, "WEIGHING-31", "weighing", "thing", lot.number, "last", lot.limit_day, "day", day, NULL);
    if (container.end_of_use && strcmp(container.end_of_use, day) < 0)
        call_refuse(call, "WEIGHING-31", "weighing", "thing", container.number, "last", container.end_of_use, "day", day, NULL);
    TRY(store_find(call->store, &EQUIPMENT_BY_ID, (&(equipment){.id = weighing->equipment}), call->arena, &balance, &found));
    TRY(logbooks_check_working(call, "weighing", &balance, day));
    TRY(equipment_conformed(call, &balance, day, &conformed));
    if (!conformed)
        call_refuse(call, "WEIGHING-32", "weighing", "balance", balance.code, "day", day, NULL);
    return DONE;
}

static ending run(call *call)
{
    weighing weighing = {0};
    batch batch = {0};
    TRY(weighings_find(call, "weighing", &weighing, &batch));
    if (!text_is_among(call->act->states, weighing.state))
        return call_refuse(call, "WEIGHING-23", "weighing", "weighing", weighing.number, "state", call_word(call, "state.", weighing.state), NULL);
    batches_check_second_person(call, "weighing", weighing.recorded_by);
    if (weighing.opened_by != weighing.recorded_by) /* who chose the container does not verify that choice */
        batches_check_second_person(call, "weighing", weighing.opened_by);
    if (call->person.id != weighing.recorded_by && call->person.id != weighing.opened_by)
        TRY(amendments_check_verifier(call, "weighing", "weighing", weighing.batch, weighing.number, NULL));
    if (weighings_check_same_container(call, "container", weighing.container) == FAILED)
        return FAILED;
    if (call_integer(call, "net") != weighing.net)
        call_refuse(call, "WEIGHING-24", "net", "read", mass_words(call->arena, (mass){call_integer(call, "net")}), NULL);
    TRY(weighings_accepted_deviation(call, batch.id, weighing.number, &weighing.deviation));
    if (weighing.within != 1 && weighing.deviation == ABSENT)
        call_refuse(call, "WEIGHING-25", "weighing", "weighing", weighing.number, "low", mass_words(call->arena, (mass){weighing.low}), "high",
                    mass_words(call->arena, (mass){weighing.high}), NULL);
    TRY(check_reading(call, &weighing));
    TRY(call_ending(call));
    weighing.verified_by = call->person.id;
    weighing.verified_at = call->now;
    if (weighing.within == 1)
        weighing.deviation = ABSENT;
    TRY(store_update(call->store, &WEIGHING_VERIFY, &weighing));
    put_link(call->done, "weighing", "weighing", weighing.number);
    put_decimal(call->done, "net", mass_text(call->arena, (mass){weighing.net}, "g", 0), "g");
    put_state(call->done, "state", "verified");
    return reconciliations_again(call, &batch, "powder");
}

const act weighing_verify_act = {.name = "weighing verify", .right = RIGHT_VERIFY, .second_person = true, .inputs = inputs, .states = "recorded", .run = run};
