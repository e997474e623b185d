/* Rule: Ph. Eur. General Notices 1, expression of content: an assay on the anhydrous or dried basis is corrected for water
 * once; an assay as is, never. */
#include "magistral/act/calcs.h"
#include "magistral/domain/weighing.h"

static const input_definition inputs[] = {
    {"units", INPUT_COUNT, 0, NULL, "300"},
    {"dose", INPUT_TEXT, 0, NULL, "20 mg"},
    {"assay", INPUT_TEXT, 0, NULL, "99.1"},
    {"basis", INPUT_CHOICE, 0, "as-is|anhydrous|dried", "anhydrous"},
    {"water", INPUT_TEXT, INPUT_OPTIONAL, NULL, "6.9"},
    {"salt-factor", INPUT_DECIMAL, INPUT_OPTIONAL, NULL, "1"},
    {"overage", INPUT_TEXT, INPUT_OPTIONAL, NULL, "0"},
    {0},
};

/* A percentage that may be 0. */
static void read_percent(call *call, const char *input, decimal *ret_value)
{
    const char *why = NULL;
    if (call_has(call, input) && !entered_parse(call_text(call, input), ENTERED_PERCENT, ret_value, &why))
        call_refuse(call, "CALL-04", input, "value", call_text(call, input), "why", call_word(call, "why.", why), "example",
                    call_input(call, input)->definition->example, NULL);
}

static ending read_inputs(call *call, correction *correction, dose_input *due)
{
    decimal dose = {0};
    *due = (dose_input){.units = call_integer(call, "units"), .salt_factor = decimal_whole(1), .overage = decimal_whole(0)};
    *correction = (struct correction){.water = decimal_whole(0)};
    if (!assay_basis_parse(call_text(call, "basis"), &correction->basis))
        return fail(call->outcome, "basis %s is not in the table", call_text(call, "basis"));
    if (correction->basis != ASSAY_AS_IS && !call_has(call, "water"))
        call_refuse(call, "CALC-16", "water", NULL);
    read_percent(call, "assay", &correction->assay);
    read_percent(call, "water", &correction->water);
    read_percent(call, "overage", &due->overage);
    if (call_has(call, "salt-factor") && decimal_parse(call_text(call, "salt-factor"), &due->salt_factor) != DECIMAL_GOOD)
        return fail(call->outcome, "a decimal that was read is none");
    if (calc_read_one(call, "dose", ENTERED_MILLIGRAMS, &dose)) {
        quantity_error error = mass_parse(arena_format(call->arena, "%s mg", decimal_text(call->arena, dose)), &due->dose);
        if (error != QUANTITY_GOOD)
            call_refuse(call, "CALL-04", "dose", "value", call_text(call, "dose"), "why",
                        call_word(call, "why.quantity.", quantity_error_word(error)), "example", "20 mg", NULL);
    }
    return call_ending(call);
}

static void check_range(call *call, const char *input, bool good)
{
    if (!good)
        call_refuse(call, "CALC-17", input, NULL);
}

static ending check_ranges(call *call, const correction *correction, const dose_input *due)
{
    check_range(call, "units", due->units > 0);
    check_range(call, "dose", due->dose.nanograms > 0);
    check_range(call, "assay", correction->assay.digits > 0 && decimal_compare(correction->assay, decimal_whole(150)) <= 0);
    check_range(call, "water", decimal_compare(correction->water, decimal_whole(100)) < 0);
    check_range(call, "salt-factor", due->salt_factor.digits > 0);
    check_range(call, "overage", decimal_compare(due->overage, decimal_whole(100)) <= 0);
    return call_ending(call);
}

static ending run(call *call)
{
    correction correction;
    dose_input input;
    figure purity = {0}, pure = {0};
    TRY(read_inputs(call, &correction, &input));
    TRY(check_ranges(call, &correction, &input));
    if (!lot_purity(call->arena, &correction, &purity) || !pure_mass_due(call->arena, &input, &pure) || ratio_sign(purity.value) <= 0)
        return call_refuse(call, "CALC-17", NULL, NULL);
    ratio mass = ratio_divide(pure.value, purity.value);
    ratio factor = ratio_divide(mass, ratio_divide(ratio_multiply(mass_milligrams(input.dose), ratio_whole(input.units)), ratio_whole(1000)));
    if (!ratio_is_number(mass) || !ratio_is_number(factor))
        return call_refuse(call, "CALC-05", NULL, NULL);
    const char *shown = ratio_text(call->arena, mass), *times = ratio_text(call->arena, factor);
    const char *formula = arena_format(call->arena, "m = %s / (%s)", pure.formula, purity.formula);
    put_plain_figure(call->done, "mass", shown, "g",
                     arena_format(call->arena, "m = %lld x %s x %s", (long long)input.units, mass_words(call->arena, input.dose), times));
    put_plain_figure(call->done, "factor", times, NULL,
                     arena_format(call->arena, "(1 + %s / 100) x %s / (%s)", decimal_text(call->arena, input.overage),
                                  decimal_text(call->arena, input.salt_factor), purity.formula));
    put_text(call->done, "formula", formula);
    put_text(call->done, "unit", "g");
    if (decimal_compare(correction.assay, decimal_whole(90)) < 0 || decimal_compare(correction.assay, decimal_whole(110)) > 0)
        put_text(call->done, "unusual", call_word(call, "calc.", "unusual-assay"));
    if (correction.basis == ASSAY_AS_IS && call_has(call, "water"))
        put_text(call->done, "remark", call_word(call, "calc.", "water-not-deducted"));
    return DONE;
}

const act calc_weigh_act = {.name = "calc weigh", .view = true, .alone = true, .right = RIGHT_OPEN, .inputs = inputs, .run = run};
