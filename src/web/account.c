/* The account page: the sessions of this person, signing out everywhere, language. */
#include <string.h>

#include "desk.h"

static const char *minutes(const desk *desk, int64_t seconds)
{
    return arena_format(desk->arena, "%lld", (long long)(seconds / 60));
}

static ending change(desk *desk)
{
    const char *language = form_text(&desk->body, "_language");
    enum language chosen;
    if (language && language_parse(language, &chosen))
        sessions_set_language(desk->core->sessions, desk->secret, language);
    if (form_text(&desk->body, "_everywhere")) {
        sessions_end_all(desk->core->sessions, desk->visit.person);
        return desk_go(desk, "/sign-in");
    }
    return desk_go(desk, desk_next(desk, "/account"));
}

ending account_page(desk *desk)
{
    if (desk->asked->post)
        return change(desk);
    answer *content = answer_object(desk->arena), *list = put_list(content, "sessions");
    session_line *lines = NULL;
    size_t count = sessions_of(desk->core->sessions, desk->visit.person, desk->secret, desk->arena, &lines);
    for (size_t i = 0; i < count; i++) {
        answer *line = add_object(list);
        put_text(line, "identifier", lines[i].identifier);
        put_text(line, "workstation", *lines[i].workstation ? lines[i].workstation : NULL);
        put_text(line, "started", minutes(desk, lines[i].started));
        put_text(line, "seen", minutes(desk, lines[i].seen));
        put_truth(line, "own", lines[i].own);
    }
    put_text(content, "name", desk->holder.name);
    put_text(content, "identifier", desk->holder.identifier);
    put_truth(content, "french", desk->language == FRENCH);
    return desk_send(desk, 200, "account", desk_words(desk, "account.title"), content);
}
