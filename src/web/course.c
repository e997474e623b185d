/* The values of a series as a chart that grows, and what its closing computed; what is drawn there is the template's. */
#include <string.h>

#include "desk.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/decimal.h"
#include "magistral/base/typography.h"

/* The plot inside a picture of 740 x 250. */
enum { LEFT = 20, RIGHT = 540, TOP = 34, BOTTOM = 214, PLACES = 6, MOST_TICKS = 20 };

typedef struct plot {
    const desk *desk;
    const answer *course;
    answer *chart;
    decimal lowest, highest;
    bool begun;
    size_t expected;
} plot;

/* A number with the places that a place on a screen can tell. */
static bool read(const char *text, decimal *ret_value)
{
    const char *point = text ? strchr(text, '.') : NULL;
    size_t length = text ? strlen(text) : 0;
    if (point && (size_t)(point - text) + 1 + PLACES < length)
        length = (size_t)(point - text) + 1 + PLACES;
    return text && decimal_parse_bytes(text, length, ret_value) == DECIMAL_GOOD;
}

static void widen(plot *plot, const char *text)
{
    decimal value;
    if (!read(text, &value))
        return;
    plot->lowest = !plot->begun || decimal_compare(value, plot->lowest) < 0 ? value : plot->lowest;
    plot->highest = !plot->begun || decimal_compare(value, plot->highest) > 0 ? value : plot->highest;
    plot->begun = true;
}

/* How far down a value stands; in the middle where there is only one height. */
static int64_t height_of(const plot *plot, decimal value)
{
    decimal range, above;
    int places = PLACES;
    if (!decimal_subtract(plot->highest, plot->lowest, &range) || !decimal_subtract(plot->highest, value, &above) ||
        !decimal_at_places(range, places, &range) || !decimal_at_places(above, places, &above) || range.digits <= 0)
        return (TOP + BOTTOM) / 2;
    return TOP + (int64_t)((__int128)above.digits * (BOTTOM - TOP) / range.digits);
}

static const char *number(const plot *plot, int64_t value)
{
    return arena_format(plot->desk->arena, "%lld", (long long)value);
}

static const char *across(const plot *plot, size_t rank)
{
    return number(plot, LEFT + (int64_t)(rank * (RIGHT - LEFT) / (plot->expected + 1)));
}

static const char *written(const plot *plot, const answer *leaf)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    typography_add_answer(&text, plot->desk->language, plot->desk->house.zone, leaf);
    return arena_text(plot->desk->arena, buffer_text(&text));
}

/* A line across the plot with its words, or nothing. */
static void put_line(const plot *plot, const char *name)
{
    const answer *figure = answer_find(plot->course, name);
    decimal value;
    if (!figure || !read(figure->text, &value)) {
        put_text(plot->chart, name, NULL);
        return;
    }
    answer *line = put_object(plot->chart, name);
    put_text(line, "y", number(plot, height_of(plot, value)));
    put_text(line, "text", written(plot, figure));
    put_text(line, "label", catalogue_word(plot->desk->language, "chart.", name));
}

static void put_points(const plot *plot)
{
    answer *points = put_list(plot->chart, "dots");
    size_t rank = 0;
    for (const answer *row = answer_find(plot->course, "points")->first; row; row = row->next) {
        const answer *value = answer_find(row, "value");
        decimal at;
        rank++;
        if (!read(value->text, &at))
            continue;
        answer *point = add_object(points);
        put_text(point, "x", across(plot, rank));
        put_text(point, "y", number(plot, height_of(plot, at)));
        put_text(point, "title", arena_format(plot->desk->arena, "%zu · %s", rank, written(plot, value)));
        put_truth(point, "outside", text_equal(answer_find_text(row, "outside"), "true"));
    }
}

static void put_ticks(const plot *plot)
{
    answer *ticks = put_list(plot->chart, "ticks");
    for (size_t rank = 1; rank <= plot->expected; rank++) {
        if (plot->expected > MOST_TICKS && rank % 5 != 0)
            continue;
        answer *tick = add_object(ticks);
        put_text(tick, "x", across(plot, rank));
        put_text(tick, "text", number(plot, (int64_t)rank));
    }
}

/* The band between the limits, open where there is only one. */
static void put_band(const plot *plot)
{
    const char *high = answer_find_text(plot->chart, "high-limit.y"), *low = answer_find_text(plot->chart, "low-limit.y");
    put_text(plot->chart, "band", NULL);
    if (!high && !low)
        return;
    answer *band = plot->chart->last;
    decimal from = decimal_whole(TOP - 24), to = decimal_whole(BOTTOM + 16);
    (void)read(high, &from);
    (void)read(low, &to);
    band->kind = ANSWER_OBJECT; /* the name stands already */
    put_text(band, "y", number(plot, from.digits));
    put_text(band, "height", number(plot, to.digits - from.digits));
}

static size_t most_expected(const answer *tree)
{
    size_t most = 1;
    for (const answer *row = answer_find(tree, "series")->first; row; row = row->next) {
        decimal expected;
        if (read(answer_find_text(row, "expected"), &expected) && (size_t)expected.digits > most)
            most = (size_t)expected.digits;
    }
    return most;
}

static void put_chart(const desk *desk, answer *content, const answer *tree)
{
    static const char *const lines[] = {"high-limit", "low-limit", "mean"};
    const answer *course = answer_find(tree, "course");
    plot plot = {.desk = desk, .course = course, .expected = most_expected(tree)};
    put_text(content, "chart", NULL);
    if (!course || course->kind != ANSWER_OBJECT)
        return;
    plot.chart = content->last;
    plot.chart->kind = ANSWER_OBJECT; /* the name stands already */
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        widen(&plot, answer_find_text(course, lines[i]));
    for (const answer *row = answer_find(course, "points")->first; row; row = row->next)
        widen(&plot, answer_find_text(row, "value"));
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        put_line(&plot, lines[i]);
    put_points(&plot);
    put_ticks(&plot);
    put_band(&plot);
}

/* The verdict and every figure behind it, with its formula. */
static void put_verdict(const desk *desk, answer *content, const answer *tree)
{
    plot plot = {.desk = desk};
    const answer *verdict = answer_find(tree, "verdict"), *computation = answer_find(tree, "computation");
    put_text(content, "shape", verdict && verdict->text ? code_shape(verdict->text) : NULL);
    answer *figures = put_list(content, "figures");
    for (const answer *leaf = computation ? computation->first : NULL; leaf; leaf = leaf->next) {
        BUFFER_SCOPE buffer formula = BUFFER_EMPTY;
        if (leaf->kind == ANSWER_FIGURE && leaf->formula)
            typography_add_formula(&formula, desk->language, leaf->formula);
        answer *made = add_object(figures);
        put_text(made, "label", catalogue_word(desk->language, "field.", leaf->name));
        put_text(made, "value", written(&plot, leaf));
        put_text(made, "formula", formula.length > 0 ? buffer_text(&formula) : NULL);
    }
}

/* What the page does not draw in its own way stands below, as any answer does. */
static ending put_rest(const desk *desk, answer *content, const answer *tree)
{
    static const char *const drawn[] = {"computation", "series", "course", "task", "verdict", "stated", "specification", "name", "state"};
    answer *rest = answer_object(desk->arena);
    for (const answer *child = tree->first; child; child = child->next) {
        bool here = false;
        for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++)
            here = here || strcmp(child->name, drawn[i]) == 0;
        if (here)
            continue;
        answer *copy = arena_array(desk->arena, 1, sizeof *copy);
        *copy = *child;
        copy->next = NULL;
        answer_put(rest, child->name, copy);
    }
    return tree_put(desk, content, rest, &(shown_order){0});
}

ending course_put(const desk *desk, answer *content, const answer *tree)
{
    put_chart(desk, content, tree);
    put_verdict(desk, content, tree);
    return put_rest(desk, content, tree);
}
