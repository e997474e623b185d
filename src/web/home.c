/* The first page: what waits for this person; and the menu, which has every view and act that they may ask for. */
#include <string.h>

#include "desk.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"

static const char *written(const desk *desk, const answer *leaf)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    if (!leaf || leaf->kind == ANSWER_NOTHING)
        return NULL;
    typography_add_answer(&text, desk->language, desk->house.zone, leaf);
    return arena_text(desk->arena, buffer_text(&text));
}

/* A thing, what is to be done, since when or by when, and the door to where it is done. */
static void put_row(const desk *desk, answer *rows, const answer *row)
{
    answer *made = add_object(rows);
    const answer *thing = answer_find(row, "thing"), *door = answer_find(row, "do"), *since = answer_find(row, "since");
    const answer *when = since ? since : answer_find(row, "deadline");
    const char *text = written(desk, when);
    put_text(made, "thing", thing->text);
    put_text(made, "href", desk_thing(desk->arena, thing->unit, thing->text));
    put_text(made, "about", answer_find_text(row, "about"));
    put_text(made, "to-do", answer_find_text(row, "to-do"));
    put_text(made, "when", text);
    put_text(made, "when-label", text ? catalogue_word(desk->language, "field.", when->name) : NULL);
    put_text(made, "door", desk_door(desk->arena, door));
    put_text(made, "label", desk_label(desk, door->text));
}

static ending put_waiting(desk *desk, answer *content)
{
    answer *groups = put_list(content, "groups"), *tree = NULL;
    outcome looking = outcome_new(desk->arena);
    command command = {.act = "home show", .person = desk->holder.identifier, .authenticated = true, .at = desk->core->readers.clock,
                       .language = language_code(desk->language)};
    ending result = runner_run(desk->reader->runner, &command, desk->arena, &looking, &tree);
    if (result != DONE) {
        *desk->outcome = looking;
        return FAILED;
    }
    for (const answer *list = tree->first; list; list = list->next) {
        if (list->kind != ANSWER_LIST)
            continue;
        answer *group = add_object(groups);
        put_text(group, "name", list->name);
        put_text(group, "title", desk_words(desk, arena_format(desk->arena, "field.%s", list->name)));
        put_count(group, "count", (int64_t)answer_children(list));
        answer *rows = put_list(group, "rows");
        for (const answer *row = list->first; row; row = row->next)
            put_row(desk, rows, row);
    }
    return DONE;
}

ending home_page(desk *desk)
{
    answer *content = answer_object(desk->arena);
    TRY(put_waiting(desk, content));
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
