/* Rule: BPP 5.03, 5.44: the second person acts in their own name; 21 CFR 11.200(a): with both of their components, each time. */
#include <string.h>

#include "desk.h"

static const char *const scanned_before = "scanned"; /* stands in the page for a badge that the session keeps */

static const char *typed_badge(const desk *desk, const char *typed)
{
    if (typed && strcmp(typed, scanned_before) == 0)
        return desk->visit.scanned;
    return badge_is_code(typed) ? typed : NULL;
}

ending second_read(desk *desk, const act *act, command *command, outcome *outcome, bool *ret_second)
{
    const char *typed = form_text(&desk->body, "_second"), *password = form_text(&desk->body, "_second-password"), *badge = typed_badge(desk, typed);
    *ret_second = act->second_person && ((typed && *typed) || (password && *password));
    if (!*ret_second)
        return DONE;
    if (badge && *desk->workstation) {
        sessions_set_scanned(desk->core->sessions, desk->secret, badge);
        desk->visit.scanned = badge;
    }
    if (!typed || !*typed || !password || !*password)
        return refuse(outcome, "BADGE-09", "as", NULL);
    command->person = badge ? NULL : typed;
    command->badge = badge;
    command->password = password;
    command->authenticated = command->by_badge = false;
    return DONE;
}

ending second_put(desk *desk, answer *content, const act *act)
{
    const char *typed = form_text(&desk->body, "_second"), *badge = typed_badge(desk, typed), *whose = NULL;
    if (!act->second_person) {
        put_text(content, "second", NULL);
        return DONE;
    }
    if (badge && *desk->workstation)
        TRY(runner_badge(desk->reader->runner, badge, desk->arena, desk->outcome, &whose));
    answer *second = put_object(content, "second");
    put_text(second, "holder", desk->holder.name);
    put_truth(second, "workstation", *desk->workstation != 0);
    put_text(second, "badge", whose);
    put_text(second, "typed", badge || !typed || strcmp(typed, scanned_before) == 0 ? NULL : typed);
    return DONE;
}
