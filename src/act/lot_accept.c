/* A pharmacist accepts a lot and fixes its correction; an accepted one again, with a new retest date, after a full control.
 * Rule: BPP 6.33, 6.38 to 6.54. */
#include <string.h>

#include "magistral/act/lots.h"
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"lot", INPUT_NUMBER, 0, "lot", "MP26-0003"},
    {"assay", INPUT_DECIMAL, INPUT_OPTIONAL, "%", "99.1"},
    {"basis", INPUT_CHOICE, INPUT_OPTIONAL, "as-is|anhydrous|dried", "anhydrous"},
    {"water", INPUT_DECIMAL, INPUT_OPTIONAL, "%", "6.9"},
    {"source", INPUT_TEXT, INPUT_OPTIONAL, NULL, "Certificat du fournisseur et contrôle propre du 07/01/2026"},
    {"own-control", INPUT_TEXT, INPUT_OPTIONAL, NULL, "Dossier de contrôle CQ-2026-003"},
    {"retest-until", INPUT_DAY, INPUT_OPTIONAL, NULL, ""},
    {"unusual-assay", INPUT_TRUTH, INPUT_OPTIONAL, NULL, ""},
    {0},
};

static void check_limit(call *call, const lot *lot)
{
    if (!lot->limit_day)
        call_refuse(call, "LOT-12", "lot", "lot", lot->number, NULL);
    else if (strcmp(lot->limit_day, call->today) < 0)
        call_refuse(call, "LOT-13", "lot", "lot", lot->number, "day", lot->limit_day, NULL);
}

/* A full control is made of own tests and ends in a retained sample. */
static ending check_full_control(call *call, const lot *lot, const char *rule, const supplier *supplier, size_t tests)
{
    movement_line *movements = NULL;
    size_t count = 0;
    bool retained = false;
    TRY(store_list(call->store, &MOVEMENTS_OF_LOT, (&(movement_line){.lot = lot->id}), call->arena, &movements, &count));
    for (size_t i = 0; i < count; i++)
        retained = retained || strcmp(movements[i].kind, "retained-sample") == 0;
    if (tests == 0)
        call_refuse(call, rule, "lot", "lot", lot->number, "supplier", supplier->code, NULL);
    if (!retained)
        call_refuse(call, "LOT-09", "lot", "lot", lot->number, NULL);
    return DONE;
}

/* Category A rests on the qualification and the certificate; category C, or A with an element missing, on a full control.
 * Packaging articles are matched with their order, not analysed (BPP 6.56). */
static ending check_provenance(call *call, const lot *lot, const material *material, const supplier *supplier)
{
    lot_test_line *tests = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LOT_TEST_LINES, (&(lot_test_line){.lot = lot->id}), call->arena, &tests, &count));
    bool from_a = strcmp(supplier->category, "A") == 0, raw = material_is_raw_material(material);
    if (from_a && strcmp(supplier_state(call, supplier), "qualified") != 0)
        call_refuse(call, "LOT-08", "lot", "supplier", supplier->code, "until",
                    supplier->qualified_until ? supplier->qualified_until : "—", NULL);
    if (raw && strcmp(supplier->category, "C") == 0)
        TRY(check_full_control(call, lot, "LOT-14", supplier, count));
    else if (raw && from_a && !lot->certificate && !lot->certificate_reference)
        TRY(check_full_control(call, lot, "LOT-16", supplier, count));
    for (size_t i = 0; i < count; i++)
        if (!tests[i].conforms)
            call_refuse(call, "LOT-15", "lot", "lot", lot->number, "test", tests[i].test, "result", tests[i].result, NULL);
    return DONE;
}

static void check_range(call *call, const char *field, const char *rule, int64_t least, int64_t most)
{
    decimal value;
    if (call_has(call, field) && decimal_parse(call_text(call, field), &value) == DECIMAL_GOOD &&
        (decimal_compare(value, decimal_whole(least)) < 0 || decimal_compare(value, decimal_whole(most)) > 0))
        call_refuse(call, rule, field, "value", call_text(call, field), NULL);
}

/* Assay, basis, water and source say together how much of the powder is active substance: none is guessed. */
static void check_correction(call *call, const material *material)
{
    bool assay = call_has(call, "assay"), basis = call_has(call, "basis");
    bool due = strcmp(material->kind, "active-substance") == 0 || assay || basis;
    const char *const together[] = {"assay", "basis", "source"};
    for (size_t i = 0; i < sizeof together / sizeof *together; i++)
        if (due && !call_has(call, together[i]))
            call_refuse(call, "LOT-17", together[i], "material", material->name, NULL);
    if (basis && strcmp(call_text(call, "basis"), "as-is") != 0 && !call_has(call, "water"))
        call_refuse(call, "LOT-18", "water", NULL);
    size_t before = call->outcome->refusals;
    check_range(call, "assay", "LOT-19", 1, 110);
    if (call->outcome->refusals == before && !(call_has(call, "unusual-assay") && call_truth(call, "unusual-assay")))
        check_range(call, "assay", "LOT-35", 90, 110); /* a slip of the decimal point would make a dose ten times too strong */
    check_range(call, "water", "LOT-20", 0, 50);
}

/* The tests since the last decision are the full control: one at least, and each conforms. */
static ending check_retest(call *call, const lot *lot, const char *since)
{
    lot_test_line *tests = NULL;
    size_t count = 0, made = 0;
    const char *until = call_text(call, "retest-until");
    if (!until)
        call_refuse(call, "LOT-30", "retest-until", "lot", lot->number, "day", lot->limit_day, NULL);
    else if (strcmp(until, lot->limit_day) <= 0 || strcmp(until, call->today) <= 0)
        call_refuse(call, "LOT-31", "retest-until", "lot", lot->number, "day", lot->limit_day, NULL);
    TRY(store_list(call->store, &LOT_TEST_LINES, (&(lot_test_line){.lot = lot->id}), call->arena, &tests, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(tests[i].at, since) <= 0)
            continue;
        made++;
        if (!tests[i].conforms)
            call_refuse(call, "LOT-33", "lot", "lot", lot->number, "test", tests[i].test, "result", tests[i].result, NULL);
    }
    if (made == 0)
        call_refuse(call, "LOT-32", "lot", "lot", lot->number, "at", since, NULL);
    return DONE;
}

static ending accept_again(call *call, lot *lot, const material *material)
{
    lot_retest *retests = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LOT_RETESTS_OF, (&(lot_retest){.lot = lot->id}), call->arena, &retests, &count));
    TRY(check_retest(call, lot, count > 0 ? retests[count - 1].at : lot->decided_at));
    check_correction(call, material);
    TRY(call_ending(call));
    lot_retest made = {.lot = lot->id, .limit_day = call_text(call, "retest-until"), .assay = call_text(call, "assay"), .assay_basis = call_text(call, "basis"),
                       .water = call_text(call, "water"), .correction_source = call_text(call, "source"), .own_control = call_text(call, "own-control"),
                       .former_day = lot->limit_day, .former_assay = lot->assay, .former_basis = lot->assay_basis, .former_water = lot->water,
                       .former_source = lot->correction_source, .former_control = lot->own_control, .person = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &LOT_RETEST_INSERT, &made));
    lot->limit_day = made.limit_day;
    lot->assay = made.assay;
    lot->assay_basis = made.assay_basis;
    lot->water = made.water;
    lot->correction_source = made.correction_source;
    lot->own_control = made.own_control;
    TRY(store_update(call->store, &LOT_RETEST, lot));
    put_link(call->done, "lot", "lot", lot->number);
    put_state(call->done, "state", lot->state);
    put_day(call->done, "retest-until", lot->limit_day);
    return put_correction(call, call->done, lot);
}

static ending run(call *call)
{
    lot lot = {0};
    material material = {0};
    supplier supplier = {0};
    bool found = false;
    TRY(lots_find(call, "lot", &lot));
    TRY(lot_material(call, &lot, &material));
    TRY(store_find(call->store, &SUPPLIER_BY_ID, (&(struct supplier){.id = lot.supplier}), call->arena, &supplier, &found));
    if (lot_is_retested(&lot))
        return accept_again(call, &lot, &material);
    TRY(lot_in_quarantine(call, "lot", &lot));
    if (call_has(call, "retest-until"))
        call_refuse(call, "LOT-34", "retest-until", "lot", lot.number, NULL);
    check_limit(call, &lot);
    TRY(check_provenance(call, &lot, &material, &supplier));
    check_correction(call, &material);
    TRY(call_ending(call));
    lot.state = "accepted";
    lot.assay = call_text(call, "assay");
    lot.assay_basis = call_text(call, "basis");
    lot.water = call_text(call, "water");
    lot.correction_source = call_text(call, "source");
    lot.own_control = call_text(call, "own-control");
    lot.decided_by = call->person.id;
    lot.decided_at = call->now;
    TRY(store_update(call->store, &LOT_ACCEPT, &lot));
    put_link(call->done, "lot", "lot", lot.number);
    put_state(call->done, "state", lot.state);
    return put_correction(call, call->done, &lot);
}

const act lot_accept_act = {.name = "lot accept", .right = RIGHT_DECIDE_LOTS, .signed_act = true, .inputs = inputs, .states = "quarantine", .run = run};
