/* A way up or down as a page: the whole of it in 50 KB, however long its lists are. */
#include <string.h>

#include "branches.h"
#include "desk.h"
#include "magistral/base/catalogue.h"

enum { MOST_DRAWN = 6, ROOM_OF_PICTURE = 40, MOST_LISTED = 20, ROOM_OF_LISTS = 60 };

/* The address of this page with nothing but its question. */
static const char *address_of(const desk *desk, const char *path)
{
    BUFFER_SCOPE buffer address = BUFFER_EMPTY;
    buffer_add_text(&address, path);
    query_add(&address, "thing", form_text(&desk->query, "thing"));
    return arena_text(desk->arena, buffer_text(&address));
}

static void put_lists(const branch_words *words, answer *content, const answer *tree)
{
    answer *lists = put_list(content, "lists");
    for (const answer *list = tree->first; list; list = list->next) {
        if (list->kind != ANSWER_LIST || !list->first)
            continue;
        answer *made = add_object(lists);
        put_text(made, "label", catalogue_word(words->language, "field.", list->name));
        put_count(made, "count", (int64_t)answer_children(list));
        put_text(made, "href", branches_whole(words, list->name));
    }
}

static void put_numbers(const branch_words *words, answer *content, const answer *tree)
{
    const answer *counts = answer_find(tree, "counts");
    answer *numbers = put_list(content, "numbers");
    for (const answer *leaf = counts ? counts->first : NULL; leaf; leaf = leaf->next) {
        answer *made = add_object(numbers);
        put_text(made, "label", catalogue_word(words->language, "field.", leaf->name));
        put_text(made, "count", branches_written(words, leaf));
    }
}

ending traced_put(const desk *desk, answer *content, const answer *tree)
{
    const char *other = strcmp(desk->path, "/trace/down") == 0 ? "trace up" : "trace down";
    branch_words words = {desk->arena, desk->language, desk->house.zone, address_of(desk, desk->path)};
    branch *root = branches_of(desk->arena, tree);
    put_text(content, "other", address_of(desk, desk_address(desk->arena, other)));
    put_text(content, "other-label", desk_label(desk, other));
    put_text(content, "thing", desk_thing(desk->arena, answer_find(tree, "number")->unit, answer_find_text(tree, "number")));
    put_numbers(&words, content, tree);
    put_lists(&words, content, tree);
    if (!root)
        return fail(desk->outcome, "a way begins nowhere");
    branches_show(root, MOST_DRAWN, ROOM_OF_PICTURE);
    branches_put_picture(&words, content, root);
    branches_show(root, MOST_LISTED, ROOM_OF_LISTS);
    branches_put_lines(&words, content, root);
    return DONE;
}
