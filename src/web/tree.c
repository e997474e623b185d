/* Any answer as a flat list of parts: leaves as names and values, lists of objects as tables. The counterpart of
 * cli/show.c for pages. */
#include <stdlib.h>
#include <string.h>

#include "desk.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"

typedef struct walk {
    const desk *desk;
    answer *parts;
    const answer *tree; /* whole */
    const shown_order *order;
} walk;

enum { MOST_SHOWN = 200 };

static const char *label(const walk *walk, const char *name)
{
    return name ? catalogue_word(walk->desk->language, "field.", name) : "";
}

/* A door is for whoever has the right of its act. */
static bool is_open(const walk *walk, const answer *door)
{
    const act *act = act_find(door->text);
    return act && walk->desk->holder.rights[act->right];
}

static const char *href_of(const walk *walk, const answer *leaf)
{
    if (leaf->kind == ANSWER_LINK)
        return desk_thing(walk->desk->arena, leaf->unit, leaf->text);
    if (leaf->kind == ANSWER_DOOR)
        return is_open(walk, leaf) ? desk_door(walk->desk->arena, leaf) : NULL;
    bool may_open = leaf->kind == ANSWER_BYTES && walk->desk->holder.rights[RIGHT_LOOK];
    return may_open ? arena_format(walk->desk->arena, "/content/%s", leaf->text) : NULL;
}

static const char *truth_word(bool truth)
{
    return truth ? "true" : "false";
}

/* Of words in a cell of a table only their number is shown: the page of the row's thing has them all. */
static const answer *counted(const walk *walk, const answer *cell)
{
    if (cell->kind != ANSWER_LIST)
        return cell;
    return answer_make(walk->desk->arena, ANSWER_COUNT, arena_format(walk->desk->arena, "%zu", answer_children(cell)), NULL, NULL);
}

/* `number`: it stands in a column of numbers. */
static void put_value(const walk *walk, answer *to, const answer *shown, const char *href, bool number)
{
    const answer *leaf = counted(walk, shown);
    BUFFER_SCOPE buffer text = BUFFER_EMPTY, formula = BUFFER_EMPTY;
    typography_add_answer(&text, walk->desk->language, walk->desk->house.zone, leaf);
    if (leaf->kind == ANSWER_FIGURE && leaf->formula)
        typography_add_formula(&formula, walk->desk->language, leaf->formula);
    bool bytes = leaf->kind == ANSWER_BYTES && href, state = leaf->kind == ANSWER_STATE;
    bool door = href && leaf->kind == ANSWER_TEXT;
    bool closed = leaf->kind == ANSWER_DOOR && !href;
    const char *told = closed ? "" : bytes ? desk_words(walk->desk, "view.open-file") : door ? desk_label(walk->desk, leaf->text) : arena_text(walk->desk->arena, buffer_text(&text));
    /* A page has a thousand of these: nothing is copied twice. */
    put_kept(to, "text", ANSWER_TEXT, told, NULL);
    put_kept(to, "href", ANSWER_TEXT, href, NULL);
    put_kept(to, "shape", ANSWER_TEXT, state ? code_shape(leaf->text) : NULL, NULL);
    put_kept(to, "formula", ANSWER_TEXT, formula.length > 0 ? arena_text(walk->desk->arena, buffer_text(&formula)) : NULL, NULL);
    put_kept(to, "number", ANSWER_TRUTH, truth_word(number || answer_is_number(leaf)), NULL);
    put_kept(to, "door", ANSWER_TRUTH, truth_word(leaf->kind == ANSWER_DOOR), NULL);
    put_kept(to, "code", ANSWER_TRUTH, truth_word(leaf->kind == ANSWER_LINK || leaf->kind == ANSWER_BYTES), NULL);
}

/* What a row says is to be done leads to the form of that act, filled with the things of the row. */
static const char *way_out(const walk *walk, const answer *row, const char *name)
{
    const act *act = act_find(name);
    if (!act)
        return NULL;
    BUFFER_SCOPE buffer address = BUFFER_EMPTY;
    buffer_add_text(&address, desk_address(walk->desk->arena, act->name));
    const answer *whole[] = {row, walk->tree};
    for (const input_definition *d = act->inputs; d && d->name; d++) {
        const char *number = NULL;
        for (size_t i = 0; i < 2 && d->type == INPUT_NUMBER && d->detail; i++)
            for (const answer *leaf = whole[i]->first; leaf && !number; leaf = leaf->next)
                if (leaf->kind == ANSWER_LINK && strcmp(leaf->unit, d->detail) == 0)
                    number = leaf->text;
        if (number)
            query_add(&address, d->name, number);
    }
    return arena_text(walk->desk->arena, buffer_text(&address));
}

/* Each part has every name, so that the template finds it. */
static answer *add_part(walk *walk, const char *title)
{
    answer *part = add_object(walk->parts);
    put_text(part, "title", title && *title ? title : NULL);
    return part;
}

/* A heading by which the list may be sorted leads there, and says how it is sorted. */
static void put_order(const walk *walk, answer *head, const char *column)
{
    const shown_order *order = walk->order;
    bool sorted = order->sort && strcmp(order->sort, column) == 0;
    put_text(head, "href", text_is_among(order->columns, column) ? pager_sorted(walk->desk, order, column) : NULL);
    put_text(head, "sorted", !sorted ? NULL : order->descending ? "descending" : "ascending");
    put_truth(head, "up", sorted && !order->descending);
}

/* A column is one of numbers when any of the rows, from this one on, has one in it. */
static bool is_of_numbers(const walk *walk, const answer *row, const char *column)
{
    for (; row; row = row->next) {
        const answer *cell = answer_find(row, column);
        if (cell && answer_is_number(counted(walk, cell)))
            return true;
    }
    return false;
}

static void put_heads(const walk *walk, answer *part, const answer *row)
{
    answer *heads = put_list(part, "heads");
    for (const answer *cell = row ? row->first : NULL; cell; cell = cell->next) {
        answer *head = add_object(heads);
        put_text(head, "text", label(walk, cell->name));
        put_truth(head, "number", is_of_numbers(walk, row, cell->name));
        put_order(walk, head, cell->name);
    }
}

static void add_row(const walk *walk, answer *rows, const answer *row, const answer *heads)
{
    answer *made = add_object(rows), *cells = put_list(made, "cells");
    const answer *head = heads->first;
    for (const answer *cell = row->first; cell; cell = cell->next, head = head ? head->next : NULL) {
        answer *shown = add_object(cells);
        put_text(shown, "label", head ? answer_find_text(head, "text") : NULL);
        put_kept(shown, "struck", ANSWER_TRUTH, truth_word(cell->text && strcmp(cell->name, "former") == 0), NULL); /* another value took its place */
        put_value(walk, shown, cell, strcmp(cell->name, "way-out") == 0 && cell->text ? way_out(walk, row, cell->text) : href_of(walk, cell),
                  head && strcmp(answer_find_text(head, "number"), "true") == 0);
    }
}

static void finish_part(answer *part)
{
    static const char *const names[] = {"leaves", "heads", "rows", "items"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!answer_find(part, names[i]))
            put_list(part, names[i]);
    if (!answer_find(part, "none"))
        put_truth(part, "none", !answer_find(part, "leaves")->first && !answer_find(part, "rows")->first && !answer_find(part, "items")->first);
    put_truth(part, "table", answer_find(part, "rows")->first != NULL);
    put_truth(part, "list", answer_find(part, "leaves")->first != NULL);
}

static void put_table(walk *walk, const char *title, const answer *list)
{
    answer *part = add_part(walk, title);
    put_heads(walk, part, list->first);
    const answer *heads = part->last;
    answer *rows = put_list(part, "rows");
    for (const answer *row = list->first; row; row = row->next)
        add_row(walk, rows, row, heads);
    finish_part(part);
}

/* Rows read by a cursor, the first of them. */
static ending put_rows(walk *walk, const char *title, const answer *list)
{
    answer *part = add_part(walk, title), *heads = NULL, *rows = NULL;
    for (int shown = 0; shown < MOST_SHOWN; shown++) {
        answer *row = NULL;
        TRY(list->read(list->cursor, walk->desk->arena, &row));
        if (!row)
            break;
        if (!heads) {
            put_heads(walk, part, row);
            heads = part->last;
            rows = put_list(part, "rows");
        }
        add_row(walk, rows, row, heads);
    }
    finish_part(part);
    return DONE;
}

static ending put_node(walk *walk, const char *title, const answer *node);

static ending put_object_part(walk *walk, const char *title, const answer *object)
{
    answer *leaves = NULL, *part = NULL;
    for (const answer *child = object->first; child; child = child->next) {
        if (!answer_is_leaf(child))
            continue;
        if (!part) {
            part = add_part(walk, title);
            leaves = put_list(part, "leaves");
        }
        answer *leaf = add_object(leaves);
        put_text(leaf, "label", label(walk, child->name));
        put_value(walk, leaf, child, href_of(walk, child), false);
    }
    if (part)
        finish_part(part);
    for (const answer *child = object->first; child; child = child->next)
        if (!answer_is_leaf(child) && child->kind != ANSWER_PICTURE) /* which a page of its own shows */
            TRY(put_node(walk, walk->order->columns ? NULL : label(walk, child->name), child)); /* a list is what its page is called */
    return DONE;
}

static ending put_list_part(walk *walk, const char *title, const answer *list)
{
    answer *part = add_part(walk, title), *items = put_list(part, "items");
    if (list->first && !answer_is_leaf(list->first))
        put_truth(part, "none", false);
    for (const answer *child = list->first; child; child = child->next)
        if (answer_is_leaf(child))
            put_value(walk, add_object(items), child, href_of(walk, child), false);
    finish_part(part);
    for (const answer *child = list->first; child; child = child->next)
        if (!answer_is_leaf(child))
            TRY(put_node(walk, NULL, child));
    return DONE;
}

/* A list of objects whose cells are leaves, or lists of leaves. */
static bool is_table(const answer *list)
{
    for (const answer *row = list->first; row; row = row->next) {
        if (row->kind != ANSWER_OBJECT)
            return false;
        for (const answer *cell = row->first; cell; cell = cell->next)
            if (!answer_is_leaf(cell) && (cell->kind != ANSWER_LIST || (cell->first && !answer_is_leaf(cell->first))))
                return false;
    }
    return list->first != NULL;
}

static ending put_node(walk *walk, const char *title, const answer *node)
{
    if (node->kind == ANSWER_OBJECT)
        return put_object_part(walk, title, node);
    if (node->kind == ANSWER_ROWS)
        return put_rows(walk, title, node);
    if (walk->order->columns ? !is_table(node) : !answer_is_table(node))
        return put_list_part(walk, title, node);
    put_table(walk, title, node);
    return DONE;
}

ending tree_put(const desk *desk, answer *content, const answer *tree, const shown_order *order)
{
    walk walk = {.desk = desk, .tree = tree, .parts = put_list(content, "parts"), .order = order};
    return put_node(&walk, NULL, tree);
}
