/* A weighing as an answer, with every figure that led to it. */
#include <string.h>

#include "magistral/act/people.h"
#include "magistral/act/weighings.h"

static void put_grams(answer *to, const char *name, int64_t nanograms, int places)
{
    put_decimal(to, name, nanograms == ABSENT ? NULL : mass_text(to->arena, (mass){nanograms}, "g", places), "g");
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

/* A mass is shown to the last decimal that its balance shows: a tare of 12.4310 g was read to 0.1 mg. */
int weighings_places(int64_t readability)
{
    int places = 9;
    for (int64_t rest = readability; places > 0 && rest % 10 == 0; rest /= 10)
        places--;
    return places;
}

ending weighings_put(call *call, answer *to, const weighing_line *line)
{
    int places = weighings_places(line->readability);
    put_link(to, "weighing", "weighing", line->number);
    put_state(to, "state", line->state);
    put_link(to, "component", "material", line->material_code);
    put_text(to, "name", line->material_name);
    put_link(to, "lot", "lot", line->lot_number);
    put_link(to, "container", "container", line->container_number);
    put_link(to, "equipment", "equipment", line->balance);
    put_decimal(to, "purity", line->purity, NULL);
    put_figure(to, "due", line->due, "g", line->formula);
    put_grams(to, "target", line->target, places);
    put_grams(to, "low-limit", line->low, places);
    put_grams(to, "high-limit", line->high, places);
    put_grams(to, "tare", line->tare, places);
    put_grams(to, "gross", line->gross, places);
    put_grams(to, "net", line->net, places);
    if (line->net != ABSENT) {
        figure deviation = weighings_deviation(call->arena, line->due, line->net);
        put_figure(to, "deviation-percent", deviation.text, deviation.unit, deviation.formula);
        put_truth(to, "within", line->within == 1);
    }
    put_text(to, "ticket", line->ticket);
    put_text(to, "other-lot-reason", line->other_lot_reason);
    return put_people(call, to, line);
}

ending weighings_put_row(call *call, answer *row, const weighing_line *line)
{
    int places = weighings_places(line->readability);
    put_link(row, "weighing", "weighing", line->number);
    put_link(row, "component", "material", line->material_code);
    put_link(row, "container", "container", line->container_number);
    put_link(row, "equipment", "equipment", line->balance);
    put_grams(row, "target", line->target, places);
    put_grams(row, "low-limit", line->low, places);
    put_grams(row, "high-limit", line->high, places);
    put_grams(row, "net", line->net, places);
    if (line->net == ABSENT)
        put_text(row, "deviation-percent", NULL);
    else
        put_decimal(row, "deviation-percent", weighings_deviation(call->arena, line->due, line->net).text, "%");
    put_state(row, "state", line->state);
    TRY(put_person(call, row, "recorded-by", line->recorded_by));
    TRY(put_person(call, row, "verified-by", line->verified_by));
    put_instant(row, "verified-at", line->verified_at);
    return DONE;
}
