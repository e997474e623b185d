/* Records a prescription for one patient, with the decision of the multidisciplinary board. The patient is a pseudonym here.
 * Rule: CSP L.5121-1, R.5132-3; BPP 1.12 to 1.17. */
#include <string.h>

#include "magistral/act/formulas.h"
#include "magistral/act/labels.h"
#include "magistral/act/numbers.h"
#include "magistral/act/requests.h"
#include "magistral/domain/posology.h"
#include "magistral/store/dispensing.h"

enum { MOST_A_DAY = 50, MOST_DAYS = 366 };

static const input_definition inputs[] = {
    {"patient", INPUT_NUMBER, 0, "patient", "P-001"},
    {"formula", INPUT_NUMBER, 0, "formula", "BIR20"},
    {"prescriber", INPUT_TEXT, 0, NULL, "Dr Claire Exemple, oncologie thoracique"},
    {"prescriber-address", INPUT_TEXT, 0, NULL, "Hôpital d'exemple, 1 rue de l'Exemple, 00000 Ville-Exemple"},
    {"prescribed-on", INPUT_DAY, 0, NULL, "2026-01-08"},
    {"daily-units", INPUT_COUNT, 0, NULL, "4"},
    {"days", INPUT_COUNT, 0, NULL, "28"},
    {"posology", INPUT_LONG, 0, NULL, "4 gélules le matin, à jeun, avec un grand verre d'eau"},
    {"board", INPUT_TEXT, 0, NULL, "RCP moléculaire régionale"},
    {"board-day", INPUT_DAY, 0, NULL, "2026-01-07"},
    {"board-number", INPUT_TEXT, 0, NULL, "RCP-2026-014"},
    {"board-decision", INPUT_CHOICE, 0, "favourable|unfavourable|postponed", "favourable"},
    {"replaces", INPUT_NUMBER, INPUT_OPTIONAL, "dispensing", ""},
    {"reason", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

static ending find_or_add_patient(call *call, patient *ret_patient)
{
    bool found = false;
    const char *pseudonym = call_text(call, "patient");
    TRY(store_find(call->store, &PATIENT_BY_PSEUDONYM, (&(patient){.pseudonym = pseudonym}), call->arena, ret_patient, &found));
    if (found)
        return DONE;
    *ret_patient = (patient){.pseudonym = pseudonym};
    return store_insert(call->store, &PATIENT_INSERT, ret_patient);
}

static void check_count(call *call, const char *field, int64_t most)
{
    int64_t value = call_integer(call, field);
    if (value < 1 || value > most)
        call_refuse(call, "REQUEST-03", field, "value", call_text(call, field), "most", count_text(call->arena, most), NULL);
}

/* The same prescription handed in twice would be made twice; one that is really another of the same day says why. */
static ending check_again(call *call, const patient *patient, const formula *formula)
{
    request same = {0}, wanted = {.patient = patient->id, .formula = formula->id, .prescribed_on = call_text(call, "prescribed-on")};
    bool found = false;
    TRY(store_find(call->store, &REQUEST_SAME, &wanted, call->arena, &same, &found));
    if (found && !call_has(call, "reason"))
        call_refuse(call, "REQUEST-09", "prescribed-on", "patient", patient->pseudonym, "day", wanted.prescribed_on, "request", same.number, NULL);
    return call_ending(call);
}

/* What it takes the place of was handed over to the same patient, and the reason is said: a defect, a complaint, a loss. */
static ending check_replaced(call *call, const patient *patient, dispensing *ret_dispensing)
{
    const char *number = call_text(call, "replaces");
    bool found = false;
    if (!number)
        return DONE;
    TRY(store_find(call->store, &DISPENSING_BY_NUMBER, (&(dispensing){.number = number}), call->arena, ret_dispensing, &found));
    if (!found)
        return call_refuse(call, "DISPENSING-01", "replaces", "dispensing", number, NULL);
    if (!text_equal(ret_dispensing->state, "handed-over"))
        call_refuse(call, "REQUEST-14", "replaces", "dispensing", number, "state", call_state(call, "dispensing", ret_dispensing->state), NULL);
    if (ret_dispensing->patient != patient->id)
        call_refuse(call, "REQUEST-15", "replaces", "dispensing", number, "patient", patient->pseudonym, NULL);
    if (!call_has(call, "reason"))
        call_refuse(call, "REQUEST-16", "reason", "dispensing", number, NULL);
    return call_ending(call);
}

/* The label bears both: a posology that says another daily dose would be followed by one of them. */
static void check_posology(call *call, int64_t daily_units)
{
    int64_t said = 0;
    if (posology_daily_units(call_text(call, "posology"), &said) && said != daily_units)
        call_refuse(call, "REQUEST-13", "posology", "said", count_text(call->arena, said), "given", count_text(call->arena, daily_units), NULL);
}

static ending run(call *call)
{
    formula formula = {0};
    patient patient = {0};
    dispensing replaced = {0};
    const char *number = NULL;
    int64_t daily_units = call_integer(call, "daily-units"), days = call_integer(call, "days");
    TRY(formulas_find(call, "formula", &formula));
    check_count(call, "daily-units", MOST_A_DAY);
    check_count(call, "days", MOST_DAYS);
    check_posology(call, daily_units);
    request written = {.formula = formula.id, .posology = call_text(call, "posology"), .prescriber = call_text(call, "prescriber")};
    COLLECT(labels_try_request(call, &written));
    TRY(call_ending(call));
    TRY(find_or_add_patient(call, &patient));
    TRY(check_replaced(call, &patient, &replaced));
    TRY(check_again(call, &patient, &formula));
    TRY(number_next(call, &REQUEST_SERIES, "RX", &number));
    request made = {.number = number, .patient = patient.id, .formula = formula.id, .prescriber = call_text(call, "prescriber"),
                    .prescriber_address = call_text(call, "prescriber-address"), .prescribed_on = call_text(call, "prescribed-on"),
                    .daily_units = daily_units, .days = days, .units = daily_units * days, .posology = call_text(call, "posology"),
                    .board_name = call_text(call, "board"), .board_day = call_text(call, "board-day"),
                    .board_number = call_text(call, "board-number"), .board_decision = call_text(call, "board-decision"), .state = "received",
                    .decided_by = ABSENT, .received_by = call->person.id, .received_at = call->now, .withdrawn_by = ABSENT};
    TRY(store_insert(call->store, &REQUEST_INSERT, &made));
    request_replacement replacement = {.request = made.id, .dispensing = replaced.id, .reason = call_text(call, "reason")};
    if (replaced.id)
        TRY(store_insert(call->store, &REQUEST_REPLACEMENT_INSERT, &replacement));
    call_concerns(call, "request", number);
    put_link(call->done, "request", "request", number);
    put_link(call->done, "patient", "patient", patient.pseudonym);
    put_figure(call->done, "units", count_text(call->arena, made.units), NULL,
               arena_format(call->arena, "%lld x %lld", (long long)daily_units, (long long)days));
    put_state_of(call->done, "state", "request", made.state);
    if (replaced.id)
        put_link(call->done, "replaces", "dispensing", replaced.number);
    return DONE;
}

const act request_receive_act = {.name = "request receive", .right = RIGHT_RECORD_REQUESTS, .inputs = inputs, .run = run};
