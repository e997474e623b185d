/* The first page: what waits for this person; and the menu, which has every view and act that they may ask for. */
#include <string.h>

#include "desk.h"

static ending put_waiting(desk *desk, answer *content)
{
    answer *list = put_list(content, "waiting");
    const act *view = act_find("home show");
    outcome looking = outcome_new(desk->arena);
    answer *tree = NULL;
    command command = {.act = "home show", .person = desk->holder.identifier, .authenticated = true, .at = desk->core->readers.clock,
                       .language = language_code(desk->language)};
    if (!view || runner_run(desk->reader->runner, &command, desk->arena, &looking, &tree) != DONE)
        return DONE;
    tree_page page = {.most = 200};
    bool more = false;
    TRY(tree_put(desk, content, tree, &page, &more));
    (void)list;
    return DONE;
}

ending home_page(desk *desk)
{
    answer *content = answer_object(desk->arena);
    TRY(put_waiting(desk, content));
    if (!answer_find(content, "parts"))
        put_list(content, "parts");
    put_text(content, "name", desk->holder.name);
    return desk_send(desk, 200, "home", desk_words(desk, "home.title"), content);
}

ending menu_page(desk *desk)
{
    answer *content = answer_object(desk->arena), *groups = put_list(content, "groups"), *doors = NULL;
    const char *last = "";
    for (size_t i = 0; i < act_table_count; i++) {
        const act *act = act_table[i];
        size_t noun = strcspn(act->name, " ");
        if (!desk->holder.rights[act->right] || !act_is_for_pages(act) || (act->view && !act_needs_nothing(act) && !act->alone))
            continue;
        if (strncmp(last, act->name, noun + 1) != 0) {
            answer *group = add_object(groups);
            put_text(group, "title", desk_words(desk, arena_format(desk->arena, "noun.%.*s", (int)noun, act->name)));
            doors = put_list(group, "doors");
        }
        last = act->name;
        answer *door = add_object(doors);
        put_text(door, "href", desk_address(desk->arena, act->name));
        put_text(door, "label", desk_label(desk, act->name));
        put_truth(door, "view", act->view);
    }
    return desk_send(desk, 200, "menu", desk_words(desk, "menu.title"), content);
}
