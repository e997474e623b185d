/* Signing in and out. What was posted when a session had gone idle is kept in the page and goes on after the password. */
#include <string.h>

#include "desk.h"
#include "magistral/base/typography.h"

/* Where the person wanted to go, and what they had posted there. What stood in somebody's session is theirs alone. */
static ending put_pending(desk *desk, answer *content)
{
    answer *pending = put_list(content, "pending");
    bool here = strcmp(desk->path, "/sign-in") == 0, elsewhere = !here && strcmp(desk->path, "/scan") != 0;
    const char *target = elsewhere ? desk->asked->target : form_text(&desk->body, "_target");
    if (!target && !elsewhere)
        target = form_text(&desk->body, "_next");
    bool post = here ? form_text(&desk->body, "_post") != NULL : elsewhere && desk->asked->post;
    const act *act = here || !post ? NULL : desk_act(desk->arena, desk->path);
    if (act && desk->visit.person)
        TRY(uploads_take(desk, act));
    put_text(content, "target", desk_is_address(target) ? target : NULL);
    put_truth(content, "post", post);
    put_text(content, "whose", here ? form_text(&desk->body, "_whose") : post ? desk->visit.person : NULL);
    for (size_t i = 0; post && i < desk->body.count; i++) {
        const form_value *value = &desk->body.values[i];
        if (here ? strncmp(value->name, "_kept.", 6) != 0 : !change_keeps(act, value))
            continue;
        answer *line = add_object(pending);
        put_text(line, "name", here ? value->name : arena_format(desk->arena, "_kept.%s", value->name));
        put_text(line, "value", value->value);
    }
    return DONE;
}

ending sign_in_send(desk *desk, unsigned status, const char *badge, const outcome *refused)
{
    answer *content = answer_object(desk->arena);
    bool change = desk->visit.person && !desk->visit.idle, idle = desk->visit.idle;
    const char *title = desk_words(desk, change ? "form.change" : "sign-in.title"), *typed = form_text(&desk->body, "_person"), *whose = NULL;
    if (badge && *desk->workstation)
        TRY(runner_badge(desk->reader->runner, badge, desk->arena, desk->outcome, &whose));
    put_text(content, "title", title);
    put_truth(content, "idle", idle);
    put_truth(content, "change", change);
    put_truth(content, "workstation", *desk->workstation != 0);
    put_text(content, "badge", whose ? badge : NULL);
    put_text(content, "person", whose ? whose : idle ? (desk->visit.by_badge ? NULL : desk->visit.person) : badge_is_code(typed) ? NULL : typed);
    desk_put_errors(desk, content, refused, NULL, "password");
    TRY(put_pending(desk, content));
    return desk_send(desk, status, "sign_in", title, content);
}

static ending check(desk *desk, const char *person, const char *badge, const char *password, outcome *outcome)
{
    core *core = desk->core;
    command command = {.act = "person sign-in", .person = badge ? NULL : person, .badge = badge, .password = password, .at = core->readers.clock,
                       .workstation = desk->workstation, .language = language_code(desk->language)};
    TRY(passwords_check(core->writer->passwords, &command, desk->arena, outcome));
    turn_take(&core->writer->turn);
    ending result = runner_sign_in(core->writing, &command, desk->arena, outcome);
    turn_give(&core->writer->turn);
    return result;
}

/* What was pending goes on: its page is asked for, or a form that posts it again is shown. */
static ending go_on(desk *desk)
{
    const char *target = form_text(&desk->body, "_target"), *whose = form_text(&desk->body, "_whose");
    bool good = desk_is_address(target) && strncmp(target, "/sign-", 6) != 0 && strncmp(target, "/scan", 5) != 0;
    bool own = !whose || strcmp(whose, desk->visit.person) == 0, shown = false;
    if (!form_text(&desk->body, "_post") || !good || !own) {
        TRY(change_show(desk, true, &shown));
        return shown ? DONE : desk_go(desk, good && own ? target : "/");
    }
    answer *content = answer_object(desk->arena), *kept = put_list(content, "kept");
    for (size_t i = 0; i < desk->body.count; i++)
        if (strncmp(desk->body.values[i].name, "_kept.", 6) == 0) {
            answer *line = add_object(kept);
            put_text(line, "name", desk->body.values[i].name + 6);
            put_text(line, "value", desk->body.values[i].value);
        }
    put_text(content, "target", target);
    return desk_send(desk, 200, "go_on", desk_words(desk, "sign-in.go-on"), content);
}

/* Another person signs in where a session had gone idle with something posted: it is kept for whose it is. */
static ending keep_for_other(desk *desk, const char *person)
{
    const char *whose = form_text(&desk->body, "_whose"), *target = form_text(&desk->body, "_target");
    if (!whose || !desk->visit.person || strcmp(whose, desk->visit.person) != 0 || strcmp(whose, person) == 0 || !target)
        return DONE;
    form sent = desk->body, kept = {.values = arena_array(desk->arena, sent.count + 1, sizeof *kept.values)};
    for (size_t i = 0; i < sent.count; i++)
        if (strncmp(sent.values[i].name, "_kept.", 6) == 0) {
            kept.values[kept.count] = sent.values[i];
            kept.values[kept.count++].name += 6;
        }
    desk->body = kept;
    ending result = change_keep(desk, target);
    desk->body = sent;
    return result;
}

ending sign_in_page(desk *desk)
{
    bool here = strcmp(desk->path, "/sign-in") == 0;
    const char *person = form_text(&desk->body, "_person"), *password = form_text(&desk->body, "_password"), *badge = form_text(&desk->body, "_badge");
    if (!desk->asked->post || !here)
        return sign_in_send(desk, here || strcmp(desk->path, "/") == 0 ? 200 : 401, NULL, NULL);
    if (!badge && badge_is_code(person))
        badge = person;
    if (badge && *desk->workstation && !(password && *password)) /* the scanner has sent its end of line: the PIN is next */
        return sign_in_send(desk, 200, badge, NULL);
    outcome signing = outcome_new(desk->arena);
    ending result = (badge || (person && *person)) && password && *password ? check(desk, person, badge, password, &signing)
                                                                            : refuse(&signing, "CALL-06", "_person", "act", "person sign-in", NULL);
    if (result == FAILED) {
        *desk->outcome = signing;
        return FAILED;
    }
    if (result == REFUSED)
        return sign_in_send(desk, 422, badge, &signing);
    if (badge)
        TRY(runner_badge(desk->reader->runner, badge, desk->arena, desk->outcome, &person));
    if (!person)
        return sign_in_send(desk, 422, NULL, NULL); /* withdrawn in this very moment */
    TRY(keep_for_other(desk, person));
    TRY(desk_begin(desk, person, badge != NULL));
    return go_on(desk);
}

ending sign_out_page(desk *desk)
{
    if (!desk->asked->post)
        return desk_go(desk, "/");
    desk_leave(desk);
    return desk_go(desk, "/sign-in");
}
