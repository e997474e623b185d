#include "magistral/act/losses.h"

bool losses_is_powder(const char *kind)
{
    return text_starts(kind, "powder");
}

ending losses_most(call *call, const batch *batch, const batch_making *making, const char *kind, int64_t *ret_most)
{
    formula_content formula = {0};
    *ret_most = losses_is_powder(kind) ? making_powder_left(making) : making_left(batch, making);
    if (!text_starts(kind, "shells"))
        return DONE;
    TRY(batches_formula(call, batch, &formula));
    return batches_shells_left(call, batch, &formula, making, ret_most);
}
