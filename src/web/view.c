/* The page of a view, drawn from its answer: what it says, what may be done from here, and the way to search a list. */
#include <stdlib.h>
#include <string.h>

#include "desk.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"

enum { ROWS_A_PAGE = 50, LAST_PAGE = 100000 };

static size_t page_number(const desk *desk)
{
    const char *text = form_text(&desk->query, "_page");
    size_t number = text && strspn(text, "0123456789") == strlen(text) ? strtoul(text, NULL, 10) : 0;
    return number >= 1 && number <= LAST_PAGE ? number : 1;
}

/* The inputs of a view stand in its address. */
static ending run(desk *desk, const act *view, outcome *outcome, answer **ret_answer)
{
    given_input *given = arena_array(desk->arena, desk->query.count + 1, sizeof *given);
    size_t count = 0;
    for (size_t i = 0; i < desk->query.count; i++) {
        const form_value *value = &desk->query.values[i];
        if (*value->name == '_' || !*value->value)
            continue;
        const char **one = arena_array(desk->arena, 1, sizeof *one);
        one[0] = value->value;
        given[count++] = (given_input){value->name, one, 1};
    }
    command command = {.act = view->name, .inputs = given, .input_count = count, .person = desk->holder.identifier, .authenticated = true,
                       .at = desk->core->readers.clock, .language = language_code(desk->language)};
    if (view->alone)
        return runner_run_alone(&command, desk->language, desk->arena, outcome, ret_answer);
    return runner_run(desk->reader->runner, &command, desk->arena, outcome, ret_answer);
}

static const char *with_page(const desk *desk, size_t page)
{
    BUFFER_SCOPE buffer address = BUFFER_EMPTY;
    buffer_add_text(&address, desk->path);
    for (size_t i = 0; i < desk->query.count; i++)
        if (strcmp(desk->query.values[i].name, "_page") != 0)
            query_add(&address, desk->query.values[i].name, desk->query.values[i].value);
    if (page > 1)
        query_add(&address, "_page", arena_format(desk->arena, "%zu", page));
    return arena_text(desk->arena, buffer_text(&address));
}

static bool concerns(const input_definition *d, const char *kind)
{
    return d->type == INPUT_NUMBER && d->detail && strcmp(d->detail, kind) == 0;
}

/* What this person may do with the thing that a page shows: every act that asks for its number. */
static void put_doors(desk *desk, answer *content, const act *view)
{
    answer *doors = put_list(content, "doors");
    const input_definition *own = view->inputs;
    bool shows = strlen(view->name) > 5 && strcmp(view->name + strlen(view->name) - 5, " show") == 0;
    const char *number = shows && own && own->name && own->type == INPUT_NUMBER && own->detail ? form_text(&desk->query, own->name) : NULL;
    for (size_t i = 0; number && i < act_table_count; i++) {
        const act *act = act_table[i];
        for (const input_definition *d = act->inputs; d && d->name; d++) {
            if (act == view || !desk->holder.rights[act->right] || !act_is_for_pages(act) || !concerns(d, own->detail))
                continue;
            BUFFER_SCOPE buffer address = BUFFER_EMPTY;
            buffer_add_text(&address, desk_address(desk->arena, act->name));
            query_add(&address, d->name, number);
            answer *door = add_object(doors);
            put_text(door, "href", buffer_text(&address));
            put_text(door, "label", desk_label(desk, act->name));
            put_truth(door, "view", act->view);
            break;
        }
    }
}

/* Other acts of the same noun that need no thing: "receive a lot" beside the list of lots. */
static void put_beginnings(desk *desk, answer *content, const act *view)
{
    answer *list = put_list(content, "beginnings");
    size_t noun = strcspn(view->name, " ");
    bool lists = strcmp(view->name + noun, " list") == 0;
    for (size_t i = 0; lists && i < act_table_count; i++) {
        const act *act = act_table[i];
        const input_definition *first = act->inputs;
        bool own = strncmp(act->name, view->name, noun + 1) == 0;
        if (act->view || !own || !desk->holder.rights[act->right] || !act_is_for_pages(act) ||
            (first && first->name && first->type == INPUT_NUMBER && first->detail && strncmp(first->detail, view->name, noun) == 0))
            continue;
        answer *door = add_object(list);
        put_text(door, "href", desk_address(desk->arena, act->name));
        put_text(door, "label", desk_label(desk, act->name));
    }
}

static ending send_refused(desk *desk, const act *view, const outcome *refused)
{
    answer *content = answer_object(desk->arena);
    const char *title = desk_label(desk, view->name);
    bool forbidden = refused->first && strcmp(refused->first->rule, "CALL-14") == 0;
    put_text(content, "title", title);
    desk_put_errors(desk, content, refused);
    TRY(fill_put(desk, content, view, &desk->query, refused));
    put_truth(content, "asks", !forbidden && answer_find(content, "fields")->first != NULL);
    return desk_send(desk, forbidden ? 403 : 422, "refused", title, content);
}

ending view_page(desk *desk, const act *view)
{
    outcome looking = outcome_new(desk->arena);
    answer *tree = NULL, *content = answer_object(desk->arena);
    ending result = run(desk, view, &looking, &tree);
    if (result == FAILED)
        *desk->outcome = looking;
    if (result != DONE)
        return result == FAILED ? FAILED : send_refused(desk, view, &looking);
    const char *find = form_text(&desk->query, "_find"), *title = desk_label(desk, view->name);
    size_t number = page_number(desk);
    tree_page page = {find && *find ? find : NULL, (number - 1) * ROWS_A_PAGE, ROWS_A_PAGE};
    bool more = false;
    TRY(tree_put(desk, content, tree, &page, &more));
    const answer *first = tree->first;
    put_text(content, "title", title);
    put_text(content, "number", first && first->kind == ANSWER_LINK ? first->text : NULL);
    put_text(content, "find", find);
    put_truth(content, "searched", act_needs_nothing(view) && view->inputs && view->inputs->name);
    TRY(fill_put(desk, content, view, &desk->query, NULL));
    put_text(content, "earlier", number > 1 ? with_page(desk, number - 1) : NULL);
    put_text(content, "later", more ? with_page(desk, number + 1) : NULL);
    put_doors(desk, content, view);
    put_beginnings(desk, content, view);
    return desk_send(desk, 200, "view", title, content);
}
