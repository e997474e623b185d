#include "magistral/domain/reconciliation.h"

#include "magistral/base/text.h"

#define TIMES "\xC3\x97"

static ratio part_of(ratio part, ratio whole)
{
    return ratio_multiply(ratio_divide(part, whole), ratio_whole(100));
}

static bool check(const powder_input *input)
{
    return input->weighed.nanograms > 0 && input->filled >= 0 && input->residue.nanograms >= 0 &&
           ratio_is_number(input->mean_content) && ratio_sign(input->mean_content) >= 0;
}

bool powder_reconcile(arena *arena, const powder_input *input, powder_result *ret_result)
{
    if (!check(input))
        return false;
    ratio weighed = mass_grams(input->weighed), residue = mass_grams(input->residue);
    ratio mean_grams = ratio_divide(input->mean_content, ratio_whole(1000));
    ratio in_capsules = ratio_multiply(ratio_whole(input->filled), mean_grams);
    ratio loss = ratio_subtract(weighed, in_capsules), unaccounted = ratio_subtract(loss, residue);
    ratio unaccounted_percent = part_of(unaccounted, weighed), loss_percent = part_of(loss, weighed);
    if (!ratio_is_number(unaccounted_percent) || !ratio_is_number(loss_percent))
        return false;
    const char *whole = mass_text(arena, input->weighed, "g", 4);
    powder_result made;
    made.in_capsules = figure_at_places(arena, in_capsules, 4, "g", "%lld " TIMES " %s / 1000", (long long)input->filled,
                                        ratio_text(arena, input->mean_content));
    made.unaccounted = figure_at_places(arena, unaccounted, 4, "g", "%s - %s - %s", whole, made.in_capsules.text,
                                        mass_text(arena, input->residue, "g", 4));
    made.unaccounted_percent =
        figure_at_places(arena, unaccounted_percent, 3, "%", "%s / %s " TIMES " 100", made.unaccounted.text, whole);
    made.loss = figure_at_places(arena, loss, 4, "g", "%s - %s", whole, made.in_capsules.text);
    made.loss_percent = figure_at_places(arena, loss_percent, 3, "%", "%s / %s " TIMES " 100", made.loss.text, whole);
    *ret_result = made;
    return true;
}

judgement powder_judge_unaccounted(const powder_result *result, const limit *limit)
{
    return limit_judge_value(limit, ratio_absolute(result->unaccounted_percent.value), NULL);
}

judgement powder_judge_loss(const powder_result *result, const limit *limit)
{
    return limit_judge_value(limit, result->loss_percent.value, NULL);
}

bool counts_reconcile(arena *arena, int64_t expected, const int64_t *parts, size_t count, count_result *ret_result)
{
    BUFFER_SCOPE buffer formula = BUFFER_EMPTY;
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i] < 0 || __builtin_add_overflow(sum, parts[i], &sum))
            return false;
        buffer_add_format(&formula, "%s%lld", i > 0 ? " + " : "", (long long)parts[i]);
    }
    if (expected < 0)
        return false;
    count_result made = {.balanced = sum == expected};
    made.sum = figure_of(arena, ratio_whole(sum), NULL, "%s", count > 0 ? buffer_text(&formula) : "0");
    made.difference = figure_of(arena, ratio_whole(expected - sum), NULL, "%lld - %lld", (long long)expected, (long long)sum);
    *ret_result = made;
    return true;
}
