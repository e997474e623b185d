/* What stands around a list: its pages, its order, its filters, its downloads. All of it stands in the address. */
#include <string.h>

#include "desk.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"

/* Takes a child out of an object; NULL when it has none of that name. */
static answer *take(answer *object, const char *name)
{
    answer *before = NULL;
    for (answer *child = object->first; child; before = child, child = child->next) {
        if (strcmp(child->name, name) != 0)
            continue;
        *(before ? &before->next : &object->first) = child->next;
        object->last = child->next ? object->last : before;
        return child;
    }
    return NULL;
}

/* This address with its filters and order, at the beginning of the list; `without`: but this input. */
static const char *address_of(const desk *desk, const char *without, const char *sort, const char *direction, const char *csv)
{
    static const char *const own[] = {"after", "before", "most", "sort", "direction", "_csv"};
    BUFFER_SCOPE buffer address = BUFFER_EMPTY;
    buffer_add_text(&address, desk->path);
    for (size_t i = 0; i < desk->query.count; i++) {
        const form_value *value = &desk->query.values[i];
        bool left_out = !*value->value || (without && strcmp(value->name, without) == 0);
        for (size_t k = 0; k < sizeof own / sizeof *own; k++)
            left_out = left_out || strcmp(value->name, own[k]) == 0;
        if (!left_out)
            query_add(&address, value->name, value->value);
    }
    if (sort)
        query_add(&address, "sort", sort);
    if (direction)
        query_add(&address, "direction", direction);
    if (csv)
        query_add(&address, "_csv", csv);
    return arena_text(desk->arena, buffer_text(&address));
}

const char *pager_sorted(const desk *desk, const shown_order *order, const char *column)
{
    bool turn = order->sort && strcmp(order->sort, column) == 0 && !order->descending;
    return address_of(desk, NULL, column, turn ? "descending" : "ascending", NULL);
}

/* Each filter that is set, in words, with the address of the list without it. */
static void put_filters(const desk *desk, answer *content, const act *view)
{
    answer *filters = put_list(content, "filters");
    const char *sort = form_text(&desk->query, "sort"), *direction = form_text(&desk->query, "direction");
    for (const input_definition *d = view->inputs; d && d->name; d++) {
        const char *value = form_text(&desk->query, d->name);
        if (!value || !*value || (d->flags & INPUT_OF_PAGE) || !(d->flags & INPUT_OPTIONAL)) /* the thing that a page is about is no filter */
            continue;
        answer *filter = add_object(filters);
        put_text(filter, "label", catalogue_word(desk->language, "field.", d->name));
        put_text(filter, "value", d->type == INPUT_CHOICE ? catalogue_word(desk->language, "state.", value) : value);
        put_text(filter, "href", address_of(desk, d->name, sort, direction, NULL));
    }
}

static void put_link_to(const desk *desk, answer *content, const char *name, answer *tree)
{
    static const struct {
        const char *in, *out;
    } names[] = {{"first", "first-page"}, {"earlier", "previous-page"}, {"later", "next-page"}, {"last", "last-page"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].in, name) == 0) {
            const answer *door = take(tree, names[i].out);
            if (door)
                for (answer *input = door->first->first; input; input = input->next)
                    input->text = strcmp(input->name, "most") == 0 && !form_text(&desk->query, "most") ? NULL : input->text;
            put_text(content, name, door ? desk_door(desk->arena, door) : NULL);
        }
}

shown_order pager_put(const desk *desk, answer *content, const act *view, answer *tree)
{
    const input_definition *sort = act_page_input(view, "sort"), *most = act_page_input(view, "most");
    bool lists = sort && most;
    const answer *by = lists ? take(tree, "sort") : NULL, *direction = lists ? take(tree, "direction") : NULL, *looked = lists ? take(tree, "looked-through") : NULL;
    static const char *const links[] = {"first", "earlier", "later", "last"};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        put_link_to(desk, content, links[i], tree);
    BUFFER_SCOPE buffer count = BUFFER_EMPTY;
    if (looked)
        typography_add_answer(&count, desk->language, NULL, looked);
    put_text(content, "looked", looked ? buffer_text(&count) : NULL);
    put_filters(desk, content, view);
    const char *asked = form_text(&desk->query, "sort"), *turned = form_text(&desk->query, "direction");
    put_truth(content, "lists", lists);
    put_text(content, "sort", asked);
    put_text(content, "direction", turned);
    const char *column = by ? by->text : NULL, *way = direction ? direction->text : NULL; /* a file has the order of its page */
    put_text(content, "excel", address_of(desk, NULL, column, way, "excel"));
    put_text(content, "rfc", address_of(desk, NULL, column, way, "rfc4180"));
    return (shown_order){by ? by->text : NULL, direction && direction->text && strcmp(direction->text, "descending") == 0, lists ? sort->detail : NULL};
}
