/* Branches as a picture and as lists in lists: where everything stands; what is drawn there is the template's. */
#include <string.h>

#include "branches.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"

enum { WIDTH = 216, HEIGHT = 40, PITCH = 48, STEP = 244, TURN = 14, MARGIN = 2, LONGEST_NAME = 24, LONGEST_DETAIL = 31, LONGEST_STATE = 15 };

typedef struct drawing {
    const branch_words *words;
    answer *nodes;
    buffer path;
    size_t y, deepest;
} drawing;

/* A text cut at so many letters. */
static const char *cut(arena *arena, const char *text, size_t longest)
{
    if (!text || text_length(text) <= longest)
        return text;
    const char *at = text, *end = text + strlen(text);
    for (size_t i = 0; i + 1 < longest; i++)
        (void)text_scalar(&at, end);
    return arena_format(arena, "%.*s…", (int)(at - text), text);
}

static size_t left_of(size_t depth)
{
    return MARGIN + depth * STEP;
}

static void put_node(drawing *d, size_t depth, size_t y, const char *href, const char *name, const char *about, const char *title,
                     const char *shape, const char *state, bool asked)
{
    arena *arena = d->words->arena;
    bool marked = shape && strcmp(shape, "plain") != 0;
    answer *node = add_object(d->nodes);
    put_text(node, "x", arena_format(arena, "%zu", left_of(depth)));
    put_text(node, "y", arena_format(arena, "%zu", y));
    put_text(node, "href", href);
    put_text(node, "name", cut(arena, name, marked && state ? LONGEST_NAME - LONGEST_STATE + 3 : LONGEST_NAME));
    put_text(node, "about", cut(arena, about, LONGEST_DETAIL));
    put_text(node, "title", title);
    put_text(node, "shape", marked ? shape : NULL);
    put_text(node, "state", marked ? cut(arena, state, LONGEST_STATE) : NULL);
    put_truth(node, "asked", asked);
    d->deepest = depth > d->deepest ? depth : d->deepest;
}

static void put_branch_node(drawing *d, const branch *branch, size_t depth)
{
    const branch_words *words = d->words;
    const char *shape = NULL;
    const answer *state = branches_state(branch->row, &shape);
    const char *name = branches_name(words, branch), *kind = branches_kind(words, branch), *detail = branches_detail(words, branch);
    const char *word = state ? branches_written(words, state) : NULL;
    const char *title = arena_format(words->arena, "%s %s%s%s%s%s", kind, name, word ? " · " : "", word ? word : "", detail ? " · " : "", detail ? detail : "");
    put_node(d, depth, d->y, branches_place(words, branch), name, detail ? arena_format(words->arena, "%s · %s", kind, detail) : kind, title,
             shape, branch->number ? word : NULL, branch->asked);
}

/* To what stands next, from the line that it shares with those beside it. */
static void draw_line(drawing *d, size_t depth)
{
    buffer_add_format(&d->path, "M%zu %zuH%zu", left_of(depth) - TURN, d->y + HEIGHT / 2, left_of(depth));
}

static void draw(drawing *d, const branch *root, size_t depth);

/* Returns the row of the last that it drew. */
static size_t draw_group(drawing *d, const branch *first, size_t depth)
{
    size_t last = d->y;
    const branch *behind = branches_behind(first);
    for (const branch *one = first; one != behind; one = one->next)
        if (one->shown) {
            last = d->y;
            draw_line(d, depth);
            draw(d, one, depth);
        }
    if (first->left == 0)
        return last;
    const char *name = branches_counted(d->words, first->list, first->left), *word = typography_sentence(d->words->arena, d->words->language, "branch.see-list");
    last = d->y;
    draw_line(d, depth);
    put_node(d, depth, d->y, branches_whole(d->words, first->list), name, word, arena_format(d->words->arena, "%s, %s", name, word),
             branches_shape_left(first), NULL, false);
    d->y += PITCH;
    return last;
}

/* A branch stands beside its first child; each leaf takes a row of the picture. */
static void draw(drawing *d, const branch *root, size_t depth)
{
    size_t from = d->y, last = from;
    put_branch_node(d, root, depth);
    for (const branch *first = root->first; first; first = branches_behind(first))
        last = draw_group(d, first, depth + 1);
    if (root->first)
        buffer_add_format(&d->path, "M%zu %zuH%zuV%zu", left_of(depth) + WIDTH, from + HEIGHT / 2, left_of(depth + 1) - TURN, last + HEIGHT / 2);
    else
        d->y += PITCH;
}

void branches_put_picture(const branch_words *words, answer *content, const branch *root)
{
    answer *picture = put_object(content, "picture");
    drawing d = {.words = words, .nodes = put_list(picture, "nodes"), .path = BUFFER_EMPTY, .y = MARGIN};
    draw(&d, root, 0);
    put_text(picture, "path", buffer_text(&d.path));
    put_text(picture, "width", arena_format(words->arena, "%zu", left_of(d.deepest) + WIDTH + MARGIN));
    put_text(picture, "height", arena_format(words->arena, "%zu", d.y - PITCH + HEIGHT + MARGIN));
    buffer_clear(&d.path);
}

static void put_row(const branch_words *words, answer *lines, const branch *branch)
{
    const char *shape = NULL;
    const answer *state = branches_state(branch->row, &shape);
    answer *row = put_object(add_object(lines), "row");
    put_text(row, "href", branches_place(words, branch));
    put_text(row, "name", branches_name(words, branch));
    put_text(row, "said", branches_said(words, branch));
    put_text(row, "shape", shape);
    put_text(row, "state", state ? branches_written(words, state) : NULL);
    put_truth(row, "asked", branch->asked);
}

static void list_branch(const branch_words *words, answer *lines, const branch *root, size_t depth)
{
    enum { OPEN_AT_FIRST = 1 };
    put_row(words, lines, root);
    for (const branch *first = root->first, *behind; first; first = behind) {
        behind = branches_behind(first);
        size_t count = first->left;
        for (const branch *one = first; one != behind; one = one->next)
            count += one->shown;
        answer *group = put_object(add_object(lines), "group");
        put_text(group, "title", catalogue_word(words->language, "field.", first->list));
        put_count(group, "count", (int64_t)count);
        put_truth(group, "open", depth < OPEN_AT_FIRST);
        for (const branch *one = first; one != behind; one = one->next)
            if (one->shown)
                list_branch(words, lines, one, depth + 1);
        answer *end = put_object(add_object(lines), "end-of-group");
        put_text(end, "left", first->left > 0 ? branches_counted(words, first->list, first->left) : NULL);
        put_text(end, "href", branches_whole(words, first->list));
    }
    put_truth(add_object(lines), "end-of-row", true);
}

void branches_put_lines(const branch_words *words, answer *content, const branch *root)
{
    static const char *const names[] = {"row", "group", "end-of-group", "end-of-row"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        put_text(content, names[i], NULL); /* each line has one of them: the others are looked for out here */
    list_branch(words, put_list(content, "branches"), root, 0);
}
