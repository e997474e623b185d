#include "magistral/domain/capsule_fill.h"

#define TIMES "\xC3\x97"

static bool check(const fill_input *input)
{
    return input->dose.nanograms > 0 && input->content.nanograms > 0 && input->capacity.nanolitres > 0 &&
           input->active_density.digits > 0 && input->filler_density.digits > 0 && ratio_is_number(input->purity) &&
           ratio_sign(input->purity) > 0;
}

bool capsule_fill(arena *arena, const fill_input *input, fill_result *ret_result)
{
    if (!check(input))
        return false;
    ratio active = ratio_divide(mass_milligrams(input->dose), input->purity);
    ratio filler = ratio_subtract(mass_milligrams(input->content), active);
    /* mg / (g/mL) = 0.001 mL */
    ratio volume = ratio_divide(ratio_add(ratio_divide(active, ratio_of_decimal(input->active_density)),
                                          ratio_divide(filler, ratio_of_decimal(input->filler_density))),
                                ratio_whole(1000));
    ratio capacity = ratio_of(input->capacity.nanolitres, 1000000);
    ratio filled = ratio_multiply(ratio_divide(volume, capacity), ratio_whole(100));
    if (!ratio_is_number(filled) || ratio_sign(filler) < 0)
        return false;
    fill_result made;
    made.active = figure_at_places(arena, active, 3, "mg", "%s / %s", mass_text(arena, input->dose, "mg", 0),
                                   ratio_text(arena, input->purity));
    made.filler = figure_at_places(arena, filler, 3, "mg", "%s - %s", mass_text(arena, input->content, "mg", 0), made.active.text);
    made.volume = figure_at_places(arena, volume, 5, "mL", "(%s / %s + %s / %s) / 1000", made.active.text,
                                   decimal_text(arena, input->active_density), made.filler.text,
                                   decimal_text(arena, input->filler_density));
    made.filled = figure_at_places(arena, filled, 1, "%", "%s / %s " TIMES " 100", made.volume.text, ratio_text(arena, capacity));
    *ret_result = made;
    return true;
}
