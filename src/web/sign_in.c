/* Signing in and out. What was posted when a session had gone idle is kept in the page and goes on after the password. */
#include <string.h>

#include "desk.h"
#include "magistral/base/typography.h"

/* Where the person wanted to go, and what they had posted there. */
static ending put_pending(desk *desk, answer *content)
{
    answer *pending = put_list(content, "pending");
    bool here = strcmp(desk->path, "/sign-in") == 0;
    const char *target = here ? form_text(&desk->body, "_target") : desk->asked->target;
    bool post = here ? form_text(&desk->body, "_post") != NULL : desk->asked->post;
    const act *act = here || !post ? NULL : desk_act(desk->arena, desk->path);
    if (act && desk->visit.person)
        TRY(uploads_take(desk, act));
    put_text(content, "target", desk_is_address(target) ? target : NULL);
    put_truth(content, "post", post);
    for (size_t i = 0; post && i < desk->body.count; i++) {
        const form_value *value = &desk->body.values[i];
        const char *name = value->name;
        if (here && strncmp(name, "_kept.", 6) != 0)
            continue;
        const input_definition *d = act ? act_page_input(act, name) : NULL;
        if (value->file_name || strcmp(name, "_password") == 0 || strcmp(name, "_mark") == 0 || (d && d->type == INPUT_SECRET))
            continue;
        answer *line = add_object(pending);
        put_text(line, "name", here ? name : arena_format(desk->arena, "_kept.%s", name));
        put_text(line, "value", value->value);
    }
    return DONE;
}

static ending send_form(desk *desk, unsigned status, const outcome *refused)
{
    answer *content = answer_object(desk->arena);
    const char *title = desk_words(desk, "sign-in.title"), *typed = form_text(&desk->body, "_person");
    put_text(content, "title", title);
    put_truth(content, "idle", desk->visit.idle);
    put_text(content, "person", desk->visit.idle ? desk->visit.person : typed);
    desk_put_errors(desk, content, refused, NULL, "password");
    TRY(put_pending(desk, content));
    return desk_send(desk, status, "sign_in", title, content);
}

static ending check(desk *desk, const char *person, const char *password, outcome *outcome)
{
    core *core = desk->core;
    command command = {.act = "person sign-in", .person = person, .password = password, .at = core->readers.clock,
                       .workstation = "", .language = language_code(desk->language)};
    TRY(passwords_check(core->writer->passwords, &command, desk->arena, outcome));
    turn_take(&core->writer->turn);
    ending result = runner_sign_in(core->writing, &command, desk->arena, outcome);
    turn_give(&core->writer->turn);
    return result;
}

/* What was pending goes on: its page is asked for, or a form that posts it again is shown. */
static ending go_on(desk *desk)
{
    const char *target = form_text(&desk->body, "_target");
    bool good = desk_is_address(target) && strncmp(target, "/sign-", 6) != 0;
    if (!form_text(&desk->body, "_post") || !good)
        return desk_go(desk, good ? target : "/");
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

ending sign_in_page(desk *desk)
{
    bool here = strcmp(desk->path, "/sign-in") == 0;
    const char *person = form_text(&desk->body, "_person"), *password = form_text(&desk->body, "_password");
    if (!desk->asked->post || !here)
        return send_form(desk, here || strcmp(desk->path, "/") == 0 ? 200 : 401, NULL);
    outcome signing = outcome_new(desk->arena);
    ending result = person && *person && password && *password ? check(desk, person, password, &signing)
                                                               : refuse(&signing, "CALL-06", "_person", "act", "person sign-in", NULL);
    if (result == FAILED) {
        *desk->outcome = signing;
        return FAILED;
    }
    if (result == REFUSED)
        return send_form(desk, 422, &signing);
    TRY(desk_begin(desk, person));
    return go_on(desk);
}

ending sign_out_page(desk *desk)
{
    if (!desk->asked->post)
        return desk_go(desk, "/");
    desk_leave(desk);
    return desk_go(desk, "/sign-in");
}
