/* The scan field that stands on every page: a code of ours, or a number typed by hand, opens its thing. */
#include <string.h>

#include "desk.h"

/* What the thing waits for is done at once, by whoever may: a sample is received. */
static const char *place_of_task(desk *desk, const answer *door)
{
    const act *act = door ? act_find(door->text) : NULL;
    return act && desk->holder.rights[act->right] ? desk_door(desk->arena, door) : NULL;
}

/* A code of ours names its thing. */
static ending scan_code(desk *desk, const char *text, outcome *outcome, const char **ret_place)
{
    answer *scanned = NULL;
    const char *const values[] = {text};
    given_input given = {"text", values, 1};
    command command = {.act = "scan", .inputs = &given, .input_count = 1, .person = desk->holder.identifier, .authenticated = true,
                       .at = desk->core->readers.clock, .language = language_code(desk->language)};
    turn_take(&desk->core->writer->turn); /* a forged code leaves an event */
    ending result = runner_run(desk->core->writing, &command, desk->arena, outcome, &scanned);
    turn_give(&desk->core->writer->turn);
    TRY(result);
    const answer *about = answer_find(scanned, "about"), *document = answer_find(scanned, "document");
    *ret_place = place_of_task(desk, answer_find(scanned, "task.door"));
    if (!*ret_place)
        *ret_place = about && about->unit ? desk_thing(desk->arena, about->unit, about->text) : NULL;
    if (!*ret_place && document)
        *ret_place = desk_thing(desk->arena, "document", document->text);
    return DONE;
}

/* A number as it stands on a paper: every kind of thing is tried, those that are found are offered. */
static void find_things(desk *desk, const char *text, answer *found)
{
    for (size_t i = 0; i < act_table_count; i++) {
        const act *view = act_table[i];
        const input_definition *d = view->inputs;
        size_t noun = strcspn(view->name, " ");
        if (!view->view || strcmp(view->name + noun, " show") != 0 || !d || !d->name || d->type != INPUT_NUMBER || !d->detail ||
            strncmp(d->detail, view->name, noun) != 0 || d->detail[noun] || !desk->holder.rights[view->right])
            continue;
        outcome looking = outcome_new(desk->arena);
        answer *shown = NULL;
        const char *const values[] = {text};
        given_input given = {d->name, values, 1};
        command command = {.act = view->name, .inputs = &given, .input_count = 1, .person = desk->holder.identifier, .authenticated = true,
                           .at = desk->core->readers.clock};
        if (runner_run(desk->reader->runner, &command, desk->arena, &looking, &shown) != DONE)
            continue;
        answer *line = add_object(found);
        put_text(line, "href", desk_thing(desk->arena, d->detail, text));
        put_text(line, "label", desk_words(desk, arena_format(desk->arena, "kind.%s", d->detail)));
    }
}

/* A badge was scanned, or somebody else is to come: the page asks who is there; this one's session stands until another has begun. */
static ending change_person(desk *desk, const char *badge, const char *change)
{
    outcome refused = outcome_new(desk->arena);
    TRY(change_keep(desk, change));
    if (*desk->workstation)
        return sign_in_send(desk, 200, badge_is_code(badge) ? badge : NULL, NULL);
    (void)refuse(&refused, "BADGE-02", "as", NULL);
    return sign_in_send(desk, 422, NULL, &refused);
}

ending scan_page(desk *desk)
{
    const char *typed = form_text(&desk->body, "_scan"), *place = NULL, *change = form_text(&desk->body, "_change");
    if (desk->asked->post && (change || badge_is_code(typed)))
        return change_person(desk, typed, change);
    if (!desk->asked->post || !typed || !*typed)
        return desk_go(desk, "/");
    const char *text = arena_copy(desk->arena, typed, strcspn(typed, " \n"));
    outcome scanning = outcome_new(desk->arena);
    answer *content = answer_object(desk->arena), *found = put_list(content, "found");
    if (strncasecmp(text, "HTTPS:", 6) == 0) { /* a code is compared byte for byte */
        ending result = scan_code(desk, typed, &scanning, &place);
        if (result == FAILED) {
            *desk->outcome = scanning;
            return FAILED;
        }
    } else {
        find_things(desk, text, found);
        place = found->first && !found->first->next ? answer_find_text(found->first, "href") : NULL;
    }
    if (place)
        return desk_go(desk, place);
    desk_put_errors(desk, content, &scanning, NULL, "scan");
    put_text(content, "title", desk_words(desk, "scan.title"));
    put_text(content, "text", text);
    put_truth(content, "nothing", !found->first && !scanning.first);
    put_truth(content, "layout", !found->first && strpbrk(text, "&é\"'(-è_çà)ù") != NULL && strlen(text) > 20);
    return desk_send(desk, found->first ? 200 : 404, "scanned", desk_words(desk, "scan.title"), content);
}
