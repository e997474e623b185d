/* A shared bench: another person takes the place of this one by scanning a badge, and what the first had typed stays theirs, to be found
 * again when they are back. It is never shown to anybody else. */
#include <string.h>

#include "desk.h"

enum { LONGEST_DRAFT = 64 * 1024 };

bool change_keeps(const act *act, const form_value *value)
{
    static const char *const passing[] = {"_mark", "_password", "_again", "_username", "_badge", "_second", "_second-password", "_scan", "_change", "_whose"};
    for (size_t i = 0; i < sizeof passing / sizeof *passing; i++)
        if (strcmp(value->name, passing[i]) == 0)
            return false;
    const input_definition *d = act ? act_page_input(act, value->name) : NULL;
    return !value->file_name && !(d && d->type == INPUT_SECRET);
}

ending change_keep(desk *desk, const char *address)
{
    const act *act = desk_is_address(address) ? desk_act(desk->arena, address) : NULL;
    BUFFER_SCOPE buffer draft = BUFFER_EMPTY;
    if (!act || act->view || !desk->visit.person)
        return DONE;
    TRY(uploads_take(desk, act));
    buffer_add_text(&draft, address);
    for (size_t i = 0; i < desk->body.count; i++)
        if (change_keeps(act, &desk->body.values[i]) && *desk->body.values[i].value)
            query_add(&draft, desk->body.values[i].name, desk->body.values[i].value);
    if (draft.length <= LONGEST_DRAFT)
        sessions_keep_draft(desk->core->sessions, desk->visit.person, buffer_text(&draft));
    return DONE;
}

ending change_show(desk *desk, bool take, bool *ret_shown)
{
    const char *draft = sessions_draft(desk->core->sessions, desk->visit.person, take, desk->arena);
    const char *query = draft ? strchr(draft, '?') : NULL;
    form kept = {0};
    *ret_shown = false;
    if (!draft || (query && !form_read(query + 1, strlen(query + 1), desk->arena, &kept)))
        return DONE;
    desk->path = query ? arena_copy(desk->arena, draft, (size_t)(query - draft)) : draft;
    desk->body = kept;
    *ret_shown = true;
    desk->restored = true;
    return form_send(desk, 200, desk_act(desk->arena, desk->path), &kept, NULL);
}

/* Back to one's own form, when nobody came after all. */
ending change_page(desk *desk)
{
    bool shown = false;
    TRY(change_show(desk, false, &shown));
    return shown ? DONE : desk_go(desk, "/");
}
