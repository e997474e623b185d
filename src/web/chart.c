/* Figures as places on a scale; what is drawn there is the template's. */
#include "desk.h"
#include "magistral/base/decimal.h"

enum { LOW = 250, HIGH = 750, LEAST = 20, MOST = 980 };

static bool read(const answer *from, const char *name, decimal *ret_value)
{
    const char *text = answer_find_text(from, name);
    return text && decimal_parse(text, ret_value) == DECIMAL_GOOD;
}

/* Where a value stands when LOW and HIGH are the limits. */
static int64_t place(decimal low, decimal high, decimal value)
{
    decimal range, from;
    if (!decimal_subtract(high, low, &range) || !decimal_subtract(value, low, &from))
        return LOW;
    int places = range.places > from.places ? range.places : from.places;
    if (!decimal_at_places(range, places, &range) || !decimal_at_places(from, places, &from) || range.digits <= 0)
        return LOW;
    __int128 at = LOW + (__int128)from.digits * (HIGH - LOW) / range.digits;
    return at < LEAST ? LEAST : at > MOST ? MOST : (int64_t)at;
}

ending chart_put_scale(const desk *desk, answer *content, const answer *next)
{
    const answer *weighing = answer_find(next, "task.weighing");
    decimal low, high, target, net;
    put_text(content, "scale", NULL);
    if (!weighing || !read(weighing, "low-limit", &low) || !read(weighing, "high-limit", &high) || !read(weighing, "target", &target))
        return DONE;
    answer *scale = content->last;
    scale->kind = ANSWER_OBJECT; /* the name stands already */
    put_text(scale, "target", arena_format(desk->arena, "%lld", (long long)place(low, high, target)));
    bool weighed = read(weighing, "net", &net);
    int side = !weighed ? 0 : decimal_compare(net, low) < 0 ? -1 : decimal_compare(net, high) > 0;
    put_text(scale, "net", weighed ? arena_format(desk->arena, "%lld", (long long)place(low, high, net)) : NULL);
    put_truth(scale, "under", side < 0);
    put_truth(scale, "over", side > 0);
    put_truth(scale, "inside", weighed && side == 0);
    return DONE;
}
