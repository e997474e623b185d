#include <stdio.h>
#include <string.h>

#include "magistral/base/catalogue.h"
#include "magistral/base/embedded.h"
#include "magistral/base/typography.h"
#include "desk.h"

/* The names that the template knows, none of them standing yet. */
answer *pages_begin(arena *arena, const house *house, language language)
{
    answer *page = answer_object(arena);
    put_text(page, "language", language_code(language));
    put_text(page, "program", MAGISTRAL_VERSION);
    put_truth(page, "rehearsal", house->rehearsal);
    put_text(page, "house", house->name);
    put_text(page, "pharmacy", house->pharmacy);
    put_text(page, "address", house->address);
    return page;
}

static void put_message(answer *page, arena *arena, language language, const char *message, bool stop)
{
    put_text(page, "title", typography_sentence(arena, language, arena_format(arena, "page.%s", message)));
    answer *object = put_object(page, "message");
    put_text(object, "shape", stop ? "stop" : "wait");
    put_truth(object, "stop", stop);
    put_text(object, "text", typography_sentence(arena, language, arena_format(arena, "page.%s-text", message)));
}

/* What the page does not speak of is known to be absent. */
static void put_absent(answer *page)
{
    static const char *const names[] = {"message", "code"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!answer_find(page, names[i]))
            put_text(page, names[i], NULL);
}

static bool render(const page_template *template, answer *page, const house *house, language language, arena *arena, buffer *to)
{
    outcome outcome = outcome_new(arena);
    put_absent(page);
    buffer_empty(to);
    if (template_render(template, page, language, house->zone, &outcome, to) == DONE)
        return true;
    for (const refusal *r = outcome.first; r; r = r->next)
        fprintf(stderr, "magistral: %s\n", refusal_sentence(arena, ENGLISH, NULL, r));
    buffer_empty(to);
    return false;
}

void pages_refuse(core *core, unsigned status, const char *message, const char *accept, page *ret_page)
{
    ARENA_SCOPE arena *arena = arena_new();
    house unnamed = {.zone = "UTC"};
    *ret_page = (page){.status = status, .type = "text/html; charset=utf-8", .language = accepted_language(accept, FRENCH)};
    answer *page = pages_begin(arena, &unnamed, ret_page->language);
    put_message(page, arena, ret_page->language, message, false);
    if (!render(templates_find(&core->templates, "page"), page, &unnamed, ret_page->language, arena, &ret_page->body))
        ret_page->status = 500;
}

/* What a QR code leads to: for anybody, without sign-in. */
static ending make_public(core *core, const asked *asked, arena *arena, outcome *outcome, page *ret_page)
{
    reader *reader = NULL;
    house house = {0};
    answer *scanned = NULL;
    TRY(readers_get(&core->readers, outcome, &reader));
    TRY(runner_house(reader->runner, arena, outcome, &house));
    TRY(code_scan(reader->runner, &house, asked->target, core->readers.clock, arena, outcome, &scanned));
    language language = accepted_language(asked->accept, house.language);
    answer *page = pages_begin(arena, &house, language);
    ret_page->language = language;
    ret_page->status = scanned ? 200 : 404;
    if (scanned)
        code_put(page, scanned, language);
    else
        put_message(page, arena, language, "not-genuine", true);
    return render(templates_find(&core->templates, "page"), page, &house, language, arena, &ret_page->body) ? DONE
                                                                                                          : fail(outcome, "the page cannot be made");
}

void pages_log(const outcome *outcome)
{
    if (outcome->failure)
        fprintf(stderr, "magistral: %s\n", outcome->failure);
    for (const refusal *r = outcome->first; r; r = r->next)
        fprintf(stderr, "magistral: %s %s\n", r->rule, refusal_sentence(outcome->arena, ENGLISH, NULL, r));
}

static void send_file(page *ret_page, const char *name, const char *type)
{
    const embedded_file *file = embedded_template(name);
    *ret_page = (page){.status = 200, .type = type, .kept = true};
    buffer_add(&ret_page->body, file->bytes, file->length);
}

/* Setting one's own password or PIN has a page of its own; an administrator's for somebody else is the form of the act. */
static bool is_own_password(const desk *desk)
{
    const char *asked = form_text(&desk->query, "person"), *sent = form_text(&desk->body, "person");
    bool password = strcmp(desk->path, "/person/set-password") == 0, pin = strcmp(desk->path, "/person/set-pin") == 0;
    return pin ? !desk->holder.password_first : password && !(asked && *asked) && !(sent && *sent);
}

/* An act or view of the table, by its address. */
static ending answer_act(desk *desk)
{
    const act *act = desk_act(desk->arena, desk->path);
    if (!act)
        return desk_message(desk, 404, "nowhere");
    desk->page->looks_only = act->view;
    if (desk->asked->post)
        return act->view ? view_sent(desk, act) : act_page(desk, act);
    return act->view ? view_page(desk, act) : form_page(desk, act);
}

static ending answer_desk(desk *desk)
{
    static const struct {
        const char *path;
        ending (*page)(struct desk *);
        bool open; /* to who has not signed in */
    } pages[] = {{"/", home_page, false},          {"/sign-in", sign_in_page, true},  {"/sign-out", sign_out_page, true}, {"/menu", menu_page, false},
                 {"/account", account_page, false}, {"/scan", scan_page, false},
                 {"/change", change_page, false}};
    bool signed_in = desk->holder.identifier && !desk->visit.idle;
    if (desk->asked->post && !desk_is_own(desk))
        return desk_message(desk, 403, "not-own");
    if (signed_in && is_own_password(desk))
        return password_page(desk);
    if (signed_in && desk->holder.password_first && strncmp(desk->path, "/sign-", 6) != 0)
        return desk_go(desk, "/person/set-password");
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (strcmp(desk->path, pages[i].path) == 0)
            return pages[i].open || signed_in ? pages[i].page(desk) : sign_in_page(desk);
    if (!signed_in)
        return sign_in_page(desk);
    if (strncmp(desk->path, "/content/", 9) == 0)
        return content_page(desk);
    return answer_act(desk);
}

static ending make_desk(core *core, const asked *asked, arena *arena, outcome *outcome, page *ret_page)
{
    desk desk;
    bool answered = false;
    TRY(desk_open(core, asked, arena, outcome, ret_page, &desk, &answered));
    ending result = answered ? DONE : answer_desk(&desk);
    store_rollback(desk.reader->store); /* a snapshot that stays open keeps the log from being copied back */
    return result;
}

void pages_answer(core *core, const asked *asked, arena *arena, page *ret_page)
{
    outcome outcome = outcome_new(arena);
    target target = target_read(asked->target);
    if (asked->post && (target == TARGET_CODE || target == TARGET_STYLE || target == TARGET_SCRIPT)) {
        pages_refuse(core, 405, "look-only", asked->accept, ret_page);
        ret_page->looks_only = true;
        return;
    }
    if (target == TARGET_STYLE || target == TARGET_SCRIPT) {
        send_file(ret_page, target == TARGET_STYLE ? "style.css" : "script.js", target == TARGET_STYLE ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8");
        return;
    }
    *ret_page = (page){.type = "text/html; charset=utf-8"};
    ending result = target == TARGET_CODE ? make_public(core, asked, arena, &outcome, ret_page) : make_desk(core, asked, arena, &outcome, ret_page);
    if (result == DONE)
        return;
    pages_log(&outcome);
    readers_drop(&core->readers);
    buffer_clear(&ret_page->body);
    pages_refuse(core, 503, "unavailable", asked->accept, ret_page);
}
