/* Figures as places on a scale; what is drawn there is the template's. */
#include "desk.h"
#include "magistral/base/decimal.h"

/* On a scale 600 wide. */
enum { LOW = 150, HIGH = 450, LEAST = 14, MOST = 586, NEAR_AN_END = 90 };

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

/* Who is to read the mass themselves is not shown it: the act that the page proposes takes a second person. */
static bool is_blind(const answer *tree)
{
    const answer *door = answer_find(tree, "task.door");
    const act *act = door && door->kind == ANSWER_DOOR ? act_find(door->text) : NULL;
    return act && act->second_person;
}

ending chart_put_scale(const desk *desk, answer *content, const answer *tree)
{
    const answer *next = answer_find(tree, "task.weighing"), *weighing = next ? next : tree;
    decimal low, high, target, net;
    put_text(content, "scale", NULL);
    if (!read(weighing, "low-limit", &low) || !read(weighing, "high-limit", &high) || !read(weighing, "target", &target))
        return DONE;
    answer *scale = content->last;
    scale->kind = ANSWER_OBJECT; /* the name stands already */
    bool weighed = !is_blind(tree) && read(weighing, "net", &net);
    int side = !weighed ? 0 : decimal_compare(net, low) < 0 ? -1 : decimal_compare(net, high) > 0;
    int64_t at = weighed ? place(low, high, net) : 0;
    put_text(scale, "target-at", arena_format(desk->arena, "%lld", (long long)place(low, high, target)));
    put_text(scale, "net-at", weighed ? arena_format(desk->arena, "%lld", (long long)at) : NULL);
    put_text(scale, "anchor", at < NEAR_AN_END ? "start" : at > LOW + HIGH - NEAR_AN_END ? "end" : "middle");
    put_truth(scale, "under", side < 0);
    put_truth(scale, "over", side > 0);
    put_truth(scale, "inside", weighed && side == 0);
    return DONE;
}

ending weighing_put(const desk *desk, answer *content, const answer *tree)
{
    TRY(chart_put_scale(desk, content, tree));
    return tree_put(desk, content, tree, &(shown_order){0});
}
