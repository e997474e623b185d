#include "desk.h"

#include <string.h>

#include "magistral/base/catalogue.h"
#include "magistral/base/json.h"
#include "magistral/base/typography.h"

static const char *const session_cookie = "magistral", *const workstation_cookie = "magistral-workstation";
enum { WORKSTATION_SECONDS = 400 * 24 * 60 * 60 }; /* the longest that browsers keep */

/* The value of our cookie, or NULL. Two of one name (a foreign one beside ours) give none. */
static const char *cookie_of(const core *core, const char *header, const char *name, arena *arena)
{
    const char *wanted = arena_format(arena, "%s%s=", core->secure ? "__Host-" : "", name), *found = NULL;
    size_t length = strlen(wanted);
    int times = 0;
    for (const char *at = header; at && *at; at = strchr(at, ';') ? strchr(at, ';') + 1 : NULL) {
        at += strspn(at, " ");
        if (strncmp(at, wanted, length) != 0)
            continue;
        times++;
        found = arena_copy(arena, at + length, strcspn(at + length, "; "));
    }
    return times == 1 ? found : NULL;
}

bool desk_knows(const core *core, const char *cookie, arena *arena)
{
    return sessions_find(core->sessions, cookie_of(core, cookie, session_cookie, arena), false, arena).person != NULL;
}

static bool read_body(const asked *asked, arena *arena, form *ret_form)
{
    if (!asked->post)
        return true;
    const char *type = asked->content_type ? asked->content_type : "";
    if (strncasecmp(type, "multipart/form-data", 19) == 0)
        return form_read_parts(type, asked->body, asked->length, arena, ret_form);
    return strncasecmp(type, "application/x-www-form-urlencoded", 33) == 0 && form_read(asked->body, asked->length, arena, ret_form);
}

/* The page's own choice, then the person's, then the browser's. */
static language language_of(const desk *desk)
{
    language language = desk->house.language;
    if (desk->visit.language && language_parse(desk->visit.language, &language))
        return language;
    return desk->holder.identifier ? desk->holder.language : accepted_language(desk->asked->accept, language);
}

/* Who asks. A session ends with the credential that opened it (a password set anew, a badge withdrawn, here or elsewhere), and one by
 * badge is worth nothing away from its workstation. */
static ending read_person(desk *desk)
{
    core *core = desk->core;
    desk->visit = sessions_find(core->sessions, desk->secret, true, desk->arena);
    TRY(runner_holder(desk->reader->runner, desk->visit.person, desk->visit.by_badge, core->readers.clock, desk->arena, desk->outcome, &desk->holder));
    bool away = desk->visit.by_badge && (!*desk->workstation || strcmp(desk->workstation, desk->visit.workstation) != 0);
    if (!desk->holder.identifier || (text_equal(desk->visit.credential, desk->holder.credential) && !away))
        return DONE;
    sessions_end(core->sessions, desk->secret);
    desk->visit = (visit){0};
    return runner_holder(desk->reader->runner, NULL, false, core->readers.clock, desk->arena, desk->outcome, &desk->holder);
}

static const char *cookie_for(const desk *desk, const char *name, const char *secret, const char *age)
{
    bool secure = desk->core->secure;
    return arena_format(desk->arena, "%s%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s", secure ? "__Host-" : "", name, secret, secure ? "; Secure" : "", age);
}

ending desk_begin(desk *desk, const char *person, bool by_badge)
{
    core *core = desk->core;
    holder holder = {0};
    if (desk->visit.idle && desk->visit.by_badge == by_badge && strcmp(desk->visit.person, person) == 0) { /* what stands in other windows goes on too */
        sessions_wake(core->sessions, desk->secret);
        return read_person(desk);
    }
    sessions_end(core->sessions, desk->secret); /* another person's, or an older one: its secret is never used again */
    TRY(runner_holder(desk->reader->runner, person, by_badge, core->readers.clock, desk->arena, desk->outcome, &holder));
    signing signing = {.person = person, .credential = holder.credential, .workstation = desk->workstation, .by_badge = by_badge};
    desk->secret = sessions_start(core->sessions, &signing, desk->arena);
    desk->page->cookie = cookie_for(desk, session_cookie, desk->secret, "");
    return read_person(desk);
}

void desk_set_workstation(desk *desk, const char *token)
{
    desk->page->cookie = cookie_for(desk, workstation_cookie, token, arena_format(desk->arena, "; Max-Age=%d", WORKSTATION_SECONDS));
}

void desk_leave(desk *desk)
{
    sessions_end(desk->core->sessions, desk->secret);
    desk->page->cookie = cookie_for(desk, session_cookie, "", "; Max-Age=0");
}

ending desk_open(core *core, const asked *asked, arena *arena, outcome *outcome, page *page, desk *ret_desk, bool *ret_answered)
{
    desk made = {.core = core, .asked = asked, .arena = arena, .outcome = outcome, .page = page};
    const char *query = strchr(asked->target, '?');
    size_t path = query ? (size_t)(query - asked->target) : strlen(asked->target);
    *ret_answered = false;
    made.path = arena_copy(arena, asked->target, path);
    made.secret = cookie_of(core, asked->cookie, session_cookie, arena);
    TRY(readers_get(&core->readers, outcome, &made.reader));
    TRY(store_begin_reading(made.reader->store));
    TRY(runner_house(made.reader->runner, arena, outcome, &made.house));
    TRY(runner_workstation(made.reader->runner, cookie_of(core, asked->cookie, workstation_cookie, arena), arena, outcome, &made.workstation));
    made.workstation = made.workstation ? made.workstation : "";
    TRY(read_person(&made));
    store_rollback(made.reader->store); /* an act is seen by what is read after it */
    made.language = page->language = language_of(&made);
    bool good = (!query || form_read(query + 1, strlen(query + 1), arena, &made.query)) && read_body(asked, arena, &made.body);
    *ret_desk = made;
    if (good)
        return DONE;
    *ret_answered = true;
    return desk_message(ret_desk, 400, "bad-request");
}

const char *desk_words(const desk *desk, const char *key)
{
    return typography_sentence(desk->arena, desk->language, key);
}

const char *desk_address(arena *arena, const char *act)
{
    char *made = arena_format(arena, "/%s", act);
    for (char *p = made; *p; p++)
        *p = *p == ' ' ? '/' : *p;
    return made;
}

const input_definition *act_input_for(const act *act, const char *kind)
{
    for (const input_definition *d = act->inputs; d && d->name; d++)
        if (d->detail && ((d->type == INPUT_NUMBER && strcmp(d->detail, kind) == 0) || (d->type == INPUT_TEXT && text_is_among(d->detail, kind))))
            return d;
    return NULL;
}

const input_definition *act_thing_input(const act *act)
{
    const input_definition *d = act->inputs;
    while (d && d->name && !(d->type == INPUT_NUMBER && d->detail))
        d++;
    return d && d->name ? d : NULL;
}

const char *desk_thing(arena *arena, const char *kind, const char *number)
{
    const char *const views[] = {arena_format(arena, "%s show", kind ? kind : ""), "trace up"};
    for (size_t i = 0; kind && number && i < sizeof views / sizeof *views; i++) {
        const act *view = act_find(views[i]);
        const input_definition *d = view && view->view ? act_input_for(view, kind) : NULL;
        if (!d)
            continue;
        BUFFER_SCOPE buffer address = BUFFER_EMPTY;
        buffer_add_text(&address, desk_address(arena, view->name));
        query_add(&address, d->name, number);
        return arena_text(arena, buffer_text(&address));
    }
    return NULL;
}

const char *desk_door(arena *arena, const answer *door)
{
    BUFFER_SCOPE buffer address = BUFFER_EMPTY;
    buffer_add_text(&address, desk_address(arena, door->text));
    for (const answer *input = door->first->first; input; input = input->next) {
        bool several = input->kind == ANSWER_LIST;
        for (const answer *value = several ? input->first : input; value; value = several ? value->next : NULL)
            if (value->text)
                query_add(&address, input->name, value->text);
    }
    return arena_text(arena, buffer_text(&address));
}

const char *desk_label(const desk *desk, const char *act)
{
    const char *key = arena_format(desk->arena, "do.%s", act);
    return catalogue_text(FRENCH, key) ? desk_words(desk, key) : act;
}

const char *desk_sentence(const desk *desk, const refusal *refusal)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    typography_add_sentence(&text, desk->language, refusal_sentence(desk->arena, desk->language, desk->house.zone, refusal));
    return arena_text(desk->arena, buffer_text(&text));
}

void desk_put_errors(const desk *desk, answer *content, const outcome *refused, const act *act, const char *identifier)
{
    answer *list = put_list(content, "errors");
    for (const refusal *r = refused ? refused->first : NULL; r; r = r->next) {
        const char *href = identifier ? arena_format(desk->arena, "#%s", identifier) : NULL;
        if (act && r->field && act_page_input(act, r->field))
            href = arena_format(desk->arena, "#input-%s", r->field);
        answer *line = add_object(list);
        put_text(line, "text", desk_sentence(desk, r));
        put_text(line, "rule", r->rule);
        put_text(line, "href", href);
    }
}

/* Browsers leave tabs and line ends out of an address, and take "\\" for "/": "/<tab>/elsewhere" would lead elsewhere. */
bool desk_is_address(const char *address)
{
    for (const char *p = address; p && *p; p++)
        if ((unsigned char)*p <= 0x20 || (unsigned char)*p >= 0x7F || *p == '\\')
            return false;
    return address && address[0] == '/' && address[1] != '/';
}

const char *desk_next(const desk *desk, const char *otherwise)
{
    const char *next = form_text(&desk->body, "_next");
    if (!next)
        next = form_text(&desk->query, "_next");
    return desk_is_address(next) ? next : otherwise;
}

/* A proxy hands on the Host that the browser asked for. Where browsers speak TLS, a page that came without it may be anybody's. */
static bool is_own_origin(const core *core, const asked *asked)
{
    const char *host = strstr(asked->origin, "://");
    bool scheme = !core->secure || strncmp(asked->origin, "https://", 8) == 0;
    return scheme && host && asked->host && strcmp(host + 3, asked->host) == 0;
}

/* Rule: OWASP CSRF Prevention: a mark of the session in every form, and what the browser says of where the form stood. */
bool desk_is_own(const desk *desk)
{
    const asked *asked = desk->asked;
    const char *mark = form_text(&desk->body, "_mark"), *site = asked->fetch_site;
    if (site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
        return false;
    if (asked->origin && !is_own_origin(desk->core, asked))
        return false;
    return !desk->visit.person || (mark && strcmp(mark, desk->visit.mark) == 0);
}

/* What the frame says of an act that was just done. */
static ending put_flash(desk *desk, answer *frame)
{
    answer *done = NULL;
    outcome reading = outcome_new(desk->arena);
    put_text(frame, "flash", NULL);
    const char *json = desk->visit.flash;
    if (!json || json_read(json, strlen(json), desk->arena, &reading, &done) != DONE)
        return DONE;
    answer *flash = answer_object(desk->arena);
    frame->last->kind = ANSWER_OBJECT; /* the name stands already: what it stands for comes into it */
    put_text(flash, "label", desk_label(desk, desk->visit.flash_act));
    const answer *first = done->first;
    put_text(flash, "number", first && first->kind == ANSWER_TEXT ? first->text : NULL);
    frame->last->first = flash->first;
    frame->last->last = flash->last;
    return DONE;
}

static void put_person(desk *desk, answer *frame)
{
    if (!desk->holder.identifier || desk->visit.idle) {
        put_text(frame, "person", NULL);
        return;
    }
    answer *person = put_object(frame, "person");
    BUFFER_SCOPE buffer roles = BUFFER_EMPTY;
    for (int role = 0; role < ROLE_COUNT; role++)
        if (desk->holder.roles[role])
            buffer_add_format(&roles, "%s%s", roles.length > 0 ? ", " : "",
                              catalogue_word(desk->language, "state.", role_word((enum role)role)));
    put_text(person, "name", desk->holder.name);
    put_text(person, "identifier", desk->holder.identifier);
    put_text(person, "roles", buffer_text(&roles));
    put_text(person, "mark", desk->visit.mark);
}

/* The lists that most people come for; everything else is in the menu. */
static void put_places(desk *desk, answer *frame)
{
    static const char *const places[] = {"lot list", "stock list", "request list", "batch list", "dispensing list", "document list", "audit list"};
    answer *list = put_list(frame, "places");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const act *view = act_find(places[i]);
        if (!view || !desk->holder.rights[view->right])
            continue;
        const char *address = desk_address(desk->arena, places[i]);
        answer *place = add_object(list);
        put_text(place, "href", address);
        put_text(place, "label", desk_label(desk, places[i]));
        put_truth(place, "here", strcmp(desk->path, address) == 0);
    }
}

ending desk_send(desk *desk, unsigned status, const char *name, const char *title, answer *content)
{
    const page_templates *templates = &desk->core->templates;
    answer *frame = pages_begin(desk->arena, &desk->house, desk->language);
    put_text(frame, "title", title);
    put_text(frame, "path", desk->path);
    put_text(frame, "here", desk->asked->post ? NULL : desk->asked->target);
    put_text(frame, "workstation", *desk->workstation ? desk->workstation : NULL);
    put_truth(frame, "wrong", answer_find(content, "errors") && answer_find(content, "errors")->first);
    put_person(desk, frame);
    put_truth(frame, "works", desk->holder.identifier && !desk->visit.idle && !desk->holder.password_first);
    put_places(desk, frame);
    TRY(put_flash(desk, frame));
    put_text(content, "mark", desk->visit.mark);
    put_text(content, "path", desk->path);
    TRY(put_page(frame, "content", templates_find(templates, name), content, desk->language, desk->house.zone, desk->outcome));
    desk->page->status = status;
    return template_render(templates_find(templates, "frame"), frame, desk->language, desk->house.zone, desk->outcome, &desk->page->body);
}

ending desk_go(desk *desk, const char *location)
{
    desk->page->status = 303;
    desk->page->location = location;
    return DONE;
}

ending desk_message(desk *desk, unsigned status, const char *message)
{
    answer *content = answer_object(desk->arena);
    const char *title = desk_words(desk, arena_format(desk->arena, "page.%s", message));
    put_text(content, "title", title);
    put_text(content, "text", desk_words(desk, arena_format(desk->arena, "page.%s-text", message)));
    return desk_send(desk, status, "message", title, content);
}

bool act_is_for_pages(const act *act)
{
    static const char *const elsewhere[] = {"database create", "database upgrade", "scan"};
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        if (strcmp(act->name, elsewhere[i]) == 0)
            return false;
    for (const input_definition *d = act->inputs; d && d->name; d++)
        if (d->type == INPUT_PATH && !(d->flags & INPUT_OPTIONAL))
            return false;
    return true;
}

const input_definition *act_page_input(const act *act, const char *name)
{
    for (const input_definition *d = act->inputs; d && d->name; d++)
        if (strcmp(d->name, name) == 0)
            return d->type == INPUT_PATH ? NULL : d;
    return NULL;
}

const act *desk_act(arena *arena, const char *path)
{
    char *name = arena_text(arena, path + 1);
    for (char *p = name; *p; p++)
        *p = *p == '/' ? ' ' : *p;
    const act *act = act_find(name);
    return act && act_is_for_pages(act) ? act : NULL;
}

bool act_needs_nothing(const act *act)
{
    for (const input_definition *d = act->inputs; d && d->name; d++)
        if (!(d->flags & INPUT_OPTIONAL))
            return false;
    return true;
}
