/* Lists that are short by nature, sorted and paged as they stand in memory: formulas, people, equipment. */
#include <stdlib.h>
#include <string.h>

#include "magistral/act/lists.h"
#include "magistral/base/decimal.h"
#include "magistral/base/typography.h"

/* A row with what it is sorted by. It is known by its first cell, and by which of those with the same one it is. */
typedef struct ranked {
    answer *row;
    const answer *cell; /* of the column asked for, or NULL */
    size_t rank, same;
} ranked;

static bool holds(const call *call, const answer *node, const char *text)
{
    if (!answer_is_leaf(node)) {
        for (const answer *child = node->first; child; child = child->next)
            if (holds(call, child, text))
                return true;
        return false;
    }
    BUFFER_SCOPE buffer written = BUFFER_EMPTY;
    typography_add_answer(&written, call->language, call->zone, node);
    return strcasestr(buffer_text(&written), text) != NULL;
}

/* What is not there stands first; a column of numbers is in their order, everything else in that of its letters. */
static int compare_cells(const answer *a, const answer *b)
{
    decimal x, y;
    bool some_a = a && a->text, some_b = b && b->text;
    if (!some_a || !some_b)
        return some_a - some_b;
    if (answer_is_number(a) && answer_is_number(b) && decimal_parse(a->text, &x) == DECIMAL_GOOD && decimal_parse(b->text, &y) == DECIMAL_GOOD)
        return decimal_compare(x, y);
    int order = strcasecmp(a->text, b->text);
    return order ? order : strcmp(a->text, b->text);
}

static int compare_up(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    int order = compare_cells(x->cell, y->cell);
    return order ? order : (x->rank > y->rank) - (x->rank < y->rank);
}

static int compare_down(const void *a, const void *b)
{
    return compare_up(b, a);
}

static const char *own_text(const answer *row)
{
    return row->first && row->first->text ? row->first->text : "";
}

static size_t rank_rows(const call *call, const answer *rows, const char *sort, ranked *ranked)
{
    const char *find = call_text(call, "find");
    size_t count = 0;
    for (answer *row = rows->first; row; row = row->next) {
        if (find && !holds(call, row, find))
            continue;
        size_t same = 0;
        for (const answer *other = rows->first; other != row; other = other->next)
            same += strcmp(own_text(other), own_text(row)) == 0;
        ranked[count] = (struct ranked){row, sort ? answer_find(row, sort) : NULL, count, same};
        count++;
    }
    return count;
}

static const char *place_of(const call *call, const ranked *row)
{
    return arena_format(call->arena, "%s~%zu", own_text(row->row), row->same);
}

/* Where a row stands, from 0; behind all when it is there no more, or none was named. */
static size_t find_place(const call *call, const ranked *rows, size_t count, const char *place)
{
    size_t at = 0;
    while (at < count && strcmp(place_of(call, &rows[at]), place) != 0)
        at++;
    return at;
}

static void put_doors(call *call, const ranked *rows, size_t count, size_t from, size_t to)
{
    if (from > 0) {
        lists_put_door(call, "first-page", NULL, NULL);
        lists_put_door(call, "previous-page", "before", place_of(call, &rows[from]));
    }
    if (to < count) {
        lists_put_door(call, "next-page", "after", place_of(call, &rows[to - 1]));
        lists_put_door(call, "last-page", "before", "~");
    }
}

ending lists_shorten(call *call, answer *rows)
{
    list_page page = {0};
    TRY(lists_page(call, &page));
    ranked *ranked = arena_array(call->arena, answer_children(rows) + 1, sizeof *ranked);
    size_t count = rank_rows(call, rows, page.sort, ranked), from = 0, to = count;
    qsort(ranked, count, sizeof *ranked, page.descending ? compare_down : compare_up);
    if (page.after && (from = find_place(call, ranked, count, page.after)) == count)
        from = 0; /* the row has gone: from the beginning */
    else if (page.after)
        from++;
    if (page.before) {
        to = find_place(call, ranked, count, page.before);
        from = to > (size_t)page.most ? to - (size_t)page.most : 0;
        to = from == 0 ? count : to; /* what lies back of it is few: the first page */
    }
    if (page.most != ABSENT && from + (size_t)page.most < count && (!page.before || from == 0))
        to = from + (size_t)page.most;
    rows->first = rows->last = NULL;
    for (size_t i = from; i < to; i++) {
        ranked[i].row->next = NULL;
        answer_add(rows, ranked[i].row);
    }
    if (page.most == ABSENT)
        return DONE;
    put_text(call->done, "sort", page.sort);
    put_state(call->done, "direction", page.descending ? "descending" : page.sort ? "ascending" : NULL);
    put_doors(call, ranked, count, from, to);
    return DONE;
}
