/* The page of a view, drawn from its answer: what it says, what may be done from here, and the way to search a list. */
#include <stdlib.h>
#include <string.h>

#include "desk.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/digest.h"
#include "magistral/base/typography.h"

static const char ROWS_A_PAGE[] = "50";

/* Adds an input of one value. */
static void give(const desk *desk, given_input *given, size_t *count, const char *name, const char *value)
{
    const char **one = arena_array(desk->arena, 1, sizeof *one);
    one[0] = value;
    given[(*count)++] = (given_input){name, one, 1};
}

static command command_of(const desk *desk, const act *view, given_input *given, size_t count)
{
    return (command){.act = view->name, .inputs = given, .input_count = count, .person = desk->holder.identifier, .authenticated = true,
                     .at = desk->core->readers.clock, .language = language_code(desk->language)};
}

ending view_run(desk *desk, const act *view, runner *runner, bool whole, outcome *outcome, answer **ret_answer)
{
    given_input *given = arena_array(desk->arena, desk->query.count + 2, sizeof *given);
    size_t count = 0;
    if (!whole && act_page_input(view, "most") && !form_text(&desk->query, "most"))
        give(desk, given, &count, "most", ROWS_A_PAGE);
    for (size_t i = 0; i < desk->query.count; i++) {
        const form_value *value = &desk->query.values[i];
        if (*value->name == '_' || !*value->value)
            continue;
        const input_definition *d = act_page_input(view, value->name);
        if (!d || d->type == INPUT_FILE) /* a file of the server is neither read nor written for an address */
            return refuse(outcome, "CALL-02", NULL, "act", view->name, "input", value->name, "nearest", "—", NULL);
        if (!whole || !(d->flags & INPUT_OF_PAGE) || strcmp(d->name, "sort") == 0 || strcmp(d->name, "direction") == 0)
            give(desk, given, &count, value->name, value->value);
    }
    command command = command_of(desk, view, given, count);
    if (view->alone)
        return runner_run_alone(&command, desk->language, desk->arena, outcome, ret_answer);
    return runner_run(runner, &command, desk->arena, outcome, ret_answer);
}

/* This address, as it was asked for, without the queries of these names (separated by |). */
static void add_address(const desk *desk, const char *left_out, buffer *to)
{
    buffer_add_text(to, desk->path);
    for (size_t i = 0; i < desk->query.count; i++)
        if (!text_is_among(left_out, desk->query.values[i].name))
            query_add(to, desk->query.values[i].name, desk->query.values[i].value);
}

static const char *own_address(const desk *desk)
{
    BUFFER_SCOPE buffer address = BUFFER_EMPTY;
    add_address(desk, NULL, &address);
    return arena_text(desk->arena, buffer_text(&address));
}

/* The same with another page of the paper that it shows. */
static const char *own_page_at(const desk *desk, long page)
{
    BUFFER_SCOPE buffer address = BUFFER_EMPTY;
    add_address(desk, "page", &address);
    query_add(&address, "page", arena_format(desk->arena, "%ld", page));
    return arena_text(desk->arena, buffer_text(&address));
}

/* The number of the thing that a page shows, and its kind; NULL when it shows none. */
static const char *shown_thing(const desk *desk, const act *view, const char **ret_kind)
{
    const input_definition *own = view->inputs;
    size_t length = strlen(view->name);
    bool shows = length > 5 && strcmp(view->name + length - 5, " show") == 0;
    *ret_kind = shows && own && own->name && own->type == INPUT_NUMBER ? own->detail : NULL;
    return *ret_kind ? form_text(&desk->query, own->name) : NULL;
}

/* What an act asks for and the page shows already. */
static void add_present(desk *desk, buffer *address, const act *act, const answer *tree)
{
    for (const input_definition *d = act->inputs; tree && d && d->name; d++) {
        const answer *shown = d->flags & INPUT_PRESENT ? answer_find(tree, d->name) : NULL;
        if (shown && shown->text)
            query_add(address, d->name, shown->unit && d->type != INPUT_TEXT ? arena_format(desk->arena, "%s %s", shown->text, shown->unit) : shown->text);
    }
}

static void put_door_to(desk *desk, answer *to, const act *act, const char *input, const char *number, const answer *tree)
{
    BUFFER_SCOPE buffer address = BUFFER_EMPTY;
    buffer_add_text(&address, desk_address(desk->arena, act->name));
    if (input)
        query_add(&address, input, number);
    add_present(desk, &address, act, tree);
    put_text(to, "href", buffer_text(&address));
    put_text(to, "label", desk_label(desk, act->name));
    put_truth(to, "view", act->view);
}

/* False when the thing shown is in a state in which the act is over, or not yet due. */
static bool is_due(const act *act, const input_definition *input, const char *kind, const answer *tree)
{
    const answer *recorded = answer_find(tree, "recorded-state"), *state = recorded && recorded->text ? recorded : answer_find(tree, "state");
    const char *states = input == act_thing_input(act) ? act->states : text_equal(act->other.kind, kind) ? act->other.states : NULL;
    return !states || !state || !state->text || text_is_among(states, state->text);
}

/* What this person may do with the thing that a page shows: what comes next, then every act that asks for its number. */
static void put_doors(desk *desk, answer *content, const act *view, const answer *tree)
{
    enum { SHOWN_AT_ONCE = 8 };
    const char *kind = NULL, *number = shown_thing(desk, view, &kind);
    answer *first = put_list(content, "first-door"), *doors = put_list(content, "doors");
    size_t count = 0;
    for (size_t i = 0; number && i < act_table_count; i++) {
        const act *act = act_table[i];
        const input_definition *d = act_input_for(act, kind);
        if (act == view || !d || !desk->holder.rights[act->right] || !act_is_for_pages(act) || !is_due(act, d, kind, tree))
            continue;
        size_t length = strlen(act->name);
        bool next = length > 5 && strcmp(act->name + length - 5, " next") == 0;
        put_door_to(desk, add_object(next ? first : doors), act, d->name, number, tree);
        count += !next;
    }
    put_truth(content, "many", count > SHOWN_AT_ONCE);
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
        put_door_to(desk, add_object(list), act, NULL, NULL, NULL);
    }
}

/* Nothing was given, or what is due was not asked for yet: the page asks, and scolds nobody. */
static bool only_asks(const desk *desk, const outcome *refused)
{
    bool due = true;
    for (const refusal *r = refused->first; r; r = r->next)
        due = due && strcmp(r->rule, "CALL-03") == 0 && !form_text(&desk->query, r->field);
    return due || desk->query.count == 0;
}

static ending send_refused(desk *desk, const act *view, const outcome *refused)
{
    answer *content = answer_object(desk->arena);
    const char *title = desk_label(desk, view->name);
    bool forbidden = refused->first && strcmp(refused->first->rule, "CALL-14") == 0;
    const outcome *wrong = !forbidden && only_asks(desk, refused) ? NULL : refused;
    put_text(content, "title", title);
    desk_put_errors(desk, content, wrong, forbidden ? NULL : view, NULL);
    TRY(fill_put(desk, content, view, &desk->query, wrong));
    put_truth(content, "asks", !forbidden && answer_find(content, "fields")->first != NULL);
    return desk_send(desk, forbidden ? 403 : wrong ? 422 : 200, "refused", title, content);
}

/* The inputs of a door as a form would send them. */
static form given_by(const desk *desk, const answer *inputs)
{
    size_t count = 0;
    for (const answer *input = inputs->first; input; input = input->next)
        count += input->kind == ANSWER_LIST ? answer_children(input) : 1;
    form given = {.values = arena_array(desk->arena, count + 1, sizeof *given.values)};
    for (const answer *input = inputs->first; input; input = input->next) {
        bool several = input->kind == ANSWER_LIST;
        for (const answer *value = several ? input->first : input; value; value = several ? value->next : NULL)
            given.values[given.count++] = (form_value){input->name, value->text, strlen(value->text), NULL};
    }
    return given;
}

/* What was sent in the form of an act and refused, with what is to be said of it; all NULL when nothing was. */
typedef struct sent {
    const act *act;
    const form *body;
    const outcome *refused;
} sent;

/* The act that a view proposes: its form stands in the page, what is known already set and shown, what was refused as it was typed. */
static ending put_proposed(desk *desk, answer *content, const answer *tree, const sent *sent)
{
    const answer *door = answer_find(tree, "task.door");
    const act *act = door && door->kind == ANSWER_DOOR ? act_find(door->text) : NULL;
    const answer *inputs = act ? door->first : NULL;
    put_text(content, "proposed", NULL);
    if (!act)
        return DONE;
    form given = given_by(desk, inputs);
    const char *key = sent->body ? form_text(sent->body, "_key") : NULL;
    content->last->kind = ANSWER_OBJECT; /* the name stands already */
    answer *proposed = content->last;
    put_text(proposed, "act", act->name);
    put_text(proposed, "action", desk_address(desk->arena, act->name));
    put_text(proposed, "label", desk_label(desk, act->name));
    put_truth(proposed, "may", desk->holder.rights[act->right] || act->second_person);
    put_truth(proposed, "change", *desk->workstation != 0);
    TRY(second_put(desk, proposed, act));
    put_truth(proposed, "signed", act->signed_act);
    put_truth(proposed, "has-file", act_has_file(act));
    put_text(proposed, "key", key ? key : token_new(desk->arena));
    put_text(proposed, "next", own_address(desk));
    put_count(proposed, "drawn", desk->house.sequence);
    TRY(fill_put(desk, proposed, act, sent->body ? sent->body : &given, sent->refused));
    return fill_fix(proposed, &given);
}

/* A view that has a page of its own: templates/NOUN_VERB.html, filled from its answer. */
static const char *own_page(const desk *desk, const act *view)
{
    char *name = arena_text(desk->arena, view->name);
    for (char *p = name; *p; p++)
        *p = *p == ' ' || *p == '-' ? '_' : *p;
    return templates_has(&desk->core->templates, name) ? name : NULL;
}

/* What a page of its own draws beside its answer. */
static ending put_drawn(desk *desk, answer *content, const act *view, const answer *tree)
{
    static const struct {
        const char *view;
        ending (*put)(const struct desk *, answer *, const answer *);
    } drawn[] = {{"batch next", chart_put_scale}, {"weighing show", weighing_put}, {"trace down", traced_put}, {"trace up", traced_put}, {"result show", course_put}};
    for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++)
        if (strcmp(view->name, drawn[i].view) == 0)
            return drawn[i].put(desk, content, tree);
    return DONE;
}

/* The pages of a paper that is looked at, each a link to itself. What was written in this page has no address: its first page alone is shown. */
static void put_sheets(desk *desk, answer *content, const answer *tree)
{
    const char *pages = answer_find_text(tree, "pages"), *asked = form_text(&desk->query, "page");
    long count = pages && !desk->asked->post ? strtol(pages, NULL, 10) : 0, page = asked ? strtol(asked, NULL, 10) : 1;
    answer *list = put_list(content, "sheets");
    for (long i = 1; i <= count; i++) {
        answer *sheet = add_object(list);
        put_text(sheet, "number", arena_format(desk->arena, "%ld", i));
        put_text(sheet, "href", i == page ? NULL : own_page_at(desk, i));
    }
}

static ending send_own_page(desk *desk, const act *view, answer *tree, const char *name, const sent *sent)
{
    answer *content = answer_object(desk->arena);
    put_text(content, "title", desk_label(desk, view->name));
    put_text(content, "key", token_new(desk->arena));
    put_sheets(desk, content, tree);
    answer_put(content, "it", tree);
    desk_put_errors(desk, content, sent->refused, sent->act, sent->act && sent->act->second_person ? "second" : NULL);
    if (sent->act)
        TRY(fill_put_changes(desk, content, sent->act, sent->body));
    else
        put_list(content, "changes");
    TRY(put_proposed(desk, content, tree, sent));
    TRY(put_drawn(desk, content, view, tree));
    put_doors(desk, content, view, tree);
    return desk_send(desk, sent->refused ? 422 : 200, name, desk_label(desk, view->name), content);
}

/* True when the door of a view is the one through which a form was sent: the same act with the same things. */
static bool is_door_of(const desk *desk, const answer *door, const act *act)
{
    if (!door || door->kind != ANSWER_DOOR || strcmp(door->text, act->name) != 0)
        return false;
    for (const answer *input = door->first->first; input; input = input->next)
        if (input->kind == ANSWER_TEXT && act_page_input(act, input->name)->type == INPUT_NUMBER && !text_equal(input->text, form_text(&desk->body, input->name)))
            return false;
    return true;
}

ending view_refused(desk *given, const act *act, const outcome *refused, bool *ret_shown)
{
    desk desk = *given;
    outcome looking = outcome_new(desk.arena);
    answer *tree = NULL;
    const char *next = desk_next(given, ""), *query = strchr(next, '?');
    *ret_shown = false;
    desk.path = arena_copy(desk.arena, next, query ? (size_t)(query - next) : strlen(next));
    desk.query = (form){.count = 0};
    const struct act *view = *next ? desk_act(desk.arena, desk.path) : NULL;
    const char *own = view && view->view ? own_page(&desk, view) : NULL;
    if (!own || (query && !form_read(query + 1, strlen(query + 1), desk.arena, &desk.query)))
        return DONE;
    ending result = view_run(&desk, view, desk.reader->runner, false, &looking, &tree);
    if (result == FAILED)
        *desk.outcome = looking;
    if (result != DONE || !is_door_of(&desk, answer_find(tree, "task.door"), act))
        return result == FAILED ? FAILED : DONE;
    *ret_shown = true;
    return send_own_page(&desk, view, tree, own, &(sent){act, &given->body, refused});
}

/* A stretch of a list that an answer holds whole. */
typedef struct stretch {
    answer *at;
    size_t left;
} stretch;

static ending next_of_list(void *cursor, arena *arena, answer **ret_row)
{
    stretch *s = cursor;
    (void)arena;
    *ret_row = s->left > 0 ? s->at : NULL;
    s->left -= s->left > 0;
    s->at = s->at ? s->at->next : NULL;
    return DONE;
}

/* This address with another page of one list; with page 0, of the whole answer. */
static const char *list_page(const desk *desk, long page)
{
    BUFFER_SCOPE buffer address = BUFFER_EMPTY;
    add_address(desk, page > 0 ? "_page" : "_page|_list", &address);
    if (page > 1)
        query_add(&address, "_page", arena_format(desk->arena, "%ld", page));
    return arena_text(desk->arena, buffer_text(&address));
}

/* Of an answer one list alone, with what it is about: "_list" in the address names it, "_page" which fifty of its rows. Puts the ways
 * back and on; NULL when none is asked for. */
static answer *one_list(desk *desk, answer *content, const answer *tree)
{
    enum { ROWS = 50, LAST_PAGE = 100000 };
    const char *name = form_text(&desk->query, "_list"), *asked = form_text(&desk->query, "_page");
    const answer *list = name && strspn(name, "abcdefghijklmnopqrstuvwxyz-") == strlen(name) ? answer_find(tree, name) : NULL, *first = tree->first;
    bool one = list && answer_is_table(list);
    long page = asked && strspn(asked, "0123456789") == strlen(asked) ? strtol(asked, NULL, 10) : 1;
    page = page < 1 || page > LAST_PAGE ? 1 : page;
    size_t rows = one ? answer_children(list) : 0, before = (size_t)(page - 1) * ROWS;
    put_text(content, "whole", one ? list_page(desk, 0) : NULL);
    put_text(content, "list-earlier", one && page > 1 ? list_page(desk, page - 1) : NULL);
    put_text(content, "list-later", one && before + ROWS < rows ? list_page(desk, page + 1) : NULL);
    if (!one)
        return NULL;
    answer *made = answer_object(desk->arena);
    stretch *s = arena_array(desk->arena, 1, sizeof *s);
    *s = (stretch){list->first, ROWS};
    for (size_t i = 0; i < before && s->at; i++)
        s->at = s->at->next;
    for (; first && answer_is_leaf(first); first = first->next)
        if (first->kind == ANSWER_LINK)
            put_link(made, first->name, first->unit, first->text);
    answer_put(made, name, answer_rows(desk->arena, next_of_list, s));
    return made;
}

/* The form that narrows a list; what shows one thing has none, and looks for none of the things that its fields would offer. */
static ending put_filters(desk *desk, answer *content, const act *view)
{
    bool searched = act_needs_nothing(view) && view->inputs && view->inputs->name;
    put_truth(content, "searched", searched);
    if (searched)
        return fill_put(desk, content, view, &desk->query, NULL);
    put_list(content, "fields");
    return DONE;
}

ending view_page(desk *desk, const act *view)
{
    outcome looking = outcome_new(desk->arena);
    answer *tree = NULL, *content = answer_object(desk->arena);
    if (form_text(&desk->query, "_csv"))
        return download_page(desk, view);
    ending result = view_run(desk, view, desk->reader->runner, false, &looking, &tree);
    if (result == FAILED)
        *desk->outcome = looking;
    if (result != DONE)
        return result == FAILED ? FAILED : send_refused(desk, view, &looking);
    answer *alone = one_list(desk, content, tree), *shown = alone ? alone : tree;
    const char *own = alone ? NULL : own_page(desk, view);
    const answer *first = shown->first;
    if (own)
        return send_own_page(desk, view, tree, own, &(sent){NULL, NULL, NULL});
    const char *title = desk_label(desk, view->name);
    shown_order order = pager_put(desk, content, view, shown);
    TRY(tree_put(desk, content, shown, &order));
    put_text(content, "title", title);
    put_text(content, "number", first && first->kind == ANSWER_LINK ? first->text : NULL);
    TRY(put_filters(desk, content, view));
    put_doors(desk, content, view, tree);
    put_beginnings(desk, content, view);
    return desk_send(desk, 200, "view", title, content);
}

/* Nothing is changed: what was written in the page is only looked at. */
ending view_sent(desk *desk, const act *view)
{
    outcome looking = outcome_new(desk->arena);
    answer *tree = NULL;
    given_input *given = NULL;
    const char *own = own_page(desk, view);
    if (!own || !act_has_file(view))
        return desk_message(desk, 405, "look-only");
    TRY(uploads_take(desk, view));
    size_t count = post_inputs(desk, view, &looking, &given);
    ending result = outcome_ending(&looking);
    command command = command_of(desk, view, given, count);
    if (result == DONE)
        result = runner_run(desk->reader->runner, &command, desk->arena, &looking, &tree);
    if (result == FAILED)
        *desk->outcome = looking;
    if (result != DONE)
        return result == FAILED ? FAILED : send_refused(desk, view, &looking);
    return send_own_page(desk, view, tree, own, &(sent){NULL, NULL, NULL});
}
