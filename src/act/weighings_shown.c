/* A weighing as an answer, with every figure that led to it. */
#include <string.h>

#include "magistral/act/people.h"
#include "magistral/act/weighings.h"

static void put_grams(answer *to, const char *name, int64_t nanograms)
{
    put_decimal(to, name, nanograms == ABSENT ? NULL : mass_text(to->arena, (mass){nanograms}, "g", 0), "g");
}

static ending put_people(call *call, answer *to, const weighing_line *line)
{
    TRY(put_person(call, to, "opened-by", line->opened_by));
    put_instant(to, "opened-at", line->opened_at);
    TRY(put_person(call, to, "recorded-by", line->recorded_by));
    put_instant(to, "recorded-at", line->recorded_at);
    TRY(put_person(call, to, "verified-by", line->verified_by));
    put_instant(to, "verified-at", line->verified_at);
    TRY(put_person(call, to, "discarded-by", line->discarded_by));
    put_instant(to, "discarded-at", line->discarded_at);
    put_text(to, "reason", line->discard_reason);
    return DONE;
}

ending weighings_put(call *call, answer *to, const weighing_line *line)
{
    put_link(to, "weighing", "weighing", line->number);
    put_state(to, "state", line->state);
    put_link(to, "material", "material", line->material_code);
    put_text(to, "name", line->material_name);
    put_link(to, "lot", "lot", line->lot_number);
    put_link(to, "container", "container", line->container_number);
    put_link(to, "balance", "equipment", line->balance);
    put_decimal(to, "purity", line->purity, NULL);
    put_figure(to, "due", line->due, "g", line->formula);
    put_grams(to, "target", line->target);
    put_grams(to, "low", line->low);
    put_grams(to, "high", line->high);
    put_grams(to, "tare", line->tare);
    put_grams(to, "gross", line->gross);
    put_grams(to, "net", line->net);
    if (line->net != ABSENT) {
        figure deviation = weighings_deviation(call->arena, line->due, line->net);
        put_figure(to, "deviation-percent", deviation.text, deviation.unit, deviation.formula);
        put_truth(to, "within", line->within == 1);
    }
    put_text(to, "ticket", line->ticket);
    put_text(to, "other-lot-reason", line->other_lot_reason);
    return put_people(call, to, line);
}
