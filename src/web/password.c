/* Setting one's own password, or the PIN of one's badge: twice the new one, and the present one before, but for who has only just been given it by somebody else.
 * Whoever sets it goes on in a new session; all others of theirs end. Rule: 21 CFR 11.300; OWASP ASVS 6.2, 7.4. */
#include <string.h>

#include "desk.h"
#include "magistral/base/digest.h"

static const char *input_of(const act *act)
{
    return act->inputs[0].type == INPUT_SECRET ? act->inputs[0].name : act->inputs[1].name;
}

static ending send_form(desk *desk, unsigned status, const act *act, const outcome *refused)
{
    answer *content = answer_object(desk->arena);
    bool first = desk->holder.password_first, pin = strcmp(input_of(act), "pin") == 0;
    const char *title = desk_words(desk, pin ? "password.pin" : first ? "password.first" : "password.title"), *key = form_text(&desk->body, "_key");
    put_text(content, "title", title);
    put_truth(content, "first", first);
    put_truth(content, "pin", pin);
    put_text(content, "input", input_of(act));
    put_text(content, "identifier", desk->holder.identifier);
    put_text(content, "least", arena_format(desk->arena, "%d", desk->holder.password_least));
    put_text(content, "key", key ? key : token_new(desk->arena));
    desk_put_errors(desk, content, refused, act, first ? arena_format(desk->arena, "input-%s", input_of(act)) : "current");
    return desk_send(desk, status, "set_password", title, content);
}

static ending set(desk *desk, const act *act, outcome *outcome)
{
    const char *name = input_of(act), *current = form_text(&desk->body, "_password"), *given = form_text(&desk->body, name);
    const char *values[] = {given};
    given_input input = {name, values, given && *given};
    bool first = desk->holder.password_first;
    answer *done = NULL;
    if (given && *given && !text_equal(given, form_text(&desk->body, "_again")))
        return refuse(outcome, "PERSON-17", name, NULL);
    command command = {.act = act->name, .inputs = &input, .input_count = 1, .person = desk->holder.identifier, .authenticated = first,
                       .password = first ? NULL : current ? current : "", .by_badge = first && desk->visit.by_badge,
                       .key = form_text(&desk->body, "_key"), .at = desk->core->readers.clock, .workstation = desk->workstation,
                       .language = language_code(desk->language)};
    return post_run(desk, &command, outcome, &done);
}

ending password_page(desk *desk)
{
    const act *act = desk_act(desk->arena, desk->path);
    const char *person = desk->holder.identifier;
    outcome setting = outcome_new(desk->arena);
    bool first = desk->holder.password_first;
    if (!desk->asked->post)
        return send_form(desk, 200, act, NULL);
    ending result = set(desk, act, &setting);
    if (result == FAILED) {
        *desk->outcome = setting;
        return FAILED;
    }
    if (result == REFUSED)
        return send_form(desk, 422, act, &setting);
    sessions_end_all(desk->core->sessions, person);
    TRY(desk_begin(desk, person, false));
    sessions_set_flash(desk->core->sessions, desk->secret, act->name, "{}");
    return desk_go(desk, first ? "/" : "/account");
}
