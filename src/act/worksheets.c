/* The worksheet of a result: on what was it measured, against which standard, by whom. Rule: BPP 3.44, 6.18, 7.32; Ph. Eur. 2.2.46. */
#include <string.h>

#include "magistral/act/orders.h"
#include "magistral/act/people.h"
#include "magistral/act/releases.h"
#include "magistral/act/results.h"

/* What the certificate names: an outside laboratory measures on its own equipment, but states its standard. */
static void check_named(call *call, const formula_control *control, const result *made)
{
    const char *expiry = call_text(call, "standard-expiry"), *day = call_text(call, "analysed-on");
    if (control->needs_equipment == 1 && !call_has(call, "equipment") && !made->laboratory)
        call_refuse(call, "RESULT-27", "equipment", "control", control->code, NULL);
    if (control->needs_standard == 1 && !call_has(call, "reference-standard"))
        call_refuse(call, "RESULT-28", "reference-standard", "control", control->code, NULL);
    if (control->needs_standard == 1 && !expiry)
        call_refuse(call, "RESULT-37", "standard-expiry", "control", control->code, NULL);
    if (expiry && strcmp(expiry, day) < 0)
        call_refuse(call, "RESULT-38", "standard-expiry", "expiry", expiry, "analysed", day, NULL);
}

/* Of a final control the analyst is no operator of the batch, whoever enters it; and is habilitated to analyse. Rule: BPP 6.18. */
static ending check_analyst(call *call, const batch *batch, const formula_control *control, const char *laboratory, int64_t *ret_analyst)
{
    person analyst = {0};
    part part = {0};
    bool has = false, found = false;
    *ret_analyst = laboratory ? ABSENT : call->person.id;
    if (!call_has(call, "analyst"))
        return DONE;
    TRY(people_find(call, "analyst", &analyst));
    TRY(person_has_right(call, analyst.id, RIGHT_ENTER_RESULTS, &has));
    if (!has)
        call_refuse(call, "RESULT-41", "analyst", "person", analyst.identifier, NULL);
    TRY(store_find(call->store, &PART_OPERATED, (&(struct part){.batch = batch->id, .person = analyst.id}), call->arena, &part, &found));
    if (part.parts > 0 && strcmp(control->due, "in-process") != 0)
        call_refuse(call, "RESULT-40", "analyst", "person", analyst.identifier, "batch", batch->number, NULL);
    *ret_analyst = analyst.id;
    return DONE;
}

ending results_worksheet(call *call, const batch *batch, const formula_control *control, const equipment *equipment, result *ret_made)
{
    TRY(orders_attach(call, batch, control, ret_made));
    check_named(call, control, ret_made);
    if (text_equal(equipment->kind, "chromatograph") && !call_has(call, "suitability"))
        call_refuse(call, "RESULT-39", "suitability", "equipment", equipment->code, NULL);
    COLLECT(check_analyst(call, batch, control, ret_made->laboratory, &ret_made->analyst));
    ret_made->reference_standard = call_text(call, "reference-standard");
    ret_made->standard_expiry = call_text(call, "standard-expiry");
    ret_made->chromatographic_column = call_text(call, "column");
    ret_made->suitability = call_text(call, "suitability");
    ret_made->analysed_on = call_text(call, "analysed-on");
    ret_made->equipment = equipment->id ? equipment->id : ABSENT;
    return DONE;
}
