#include <stdio.h>
#include <string.h>

#include "magistral/base/catalogue.h"
#include "magistral/base/embedded.h"
#include "magistral/base/typography.h"
#include "parts.h"

static const char *sentence(arena *arena, language language, const char *key)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    typography_add_sentence(&text, language, catalogue_text(language, key));
    return arena_text(arena, buffer_text(&text));
}

/* The names that the template knows, none of them standing yet. */
static answer *begin(arena *arena, const house *house, language language)
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
    put_text(page, "title", sentence(arena, language, arena_format(arena, "page.%s", message)));
    answer *object = put_object(page, "message");
    put_text(object, "shape", stop ? "stop" : "wait");
    put_truth(object, "stop", stop);
    put_text(object, "text", sentence(arena, language, arena_format(arena, "page.%s-text", message)));
}

/* What the page does not speak of is known to be absent. */
static void put_absent(answer *page)
{
    static const char *const names[] = {"message", "home", "code"};
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

void pages_refuse(const page_template *template, unsigned status, const char *message, const char *accept, page *ret_page)
{
    ARENA_SCOPE arena *arena = arena_new();
    house unnamed = {.zone = "UTC"};
    *ret_page = (page){.status = status, .type = "text/html; charset=utf-8", .language = accepted_language(accept, FRENCH)};
    answer *page = begin(arena, &unnamed, ret_page->language);
    put_message(page, arena, ret_page->language, message, false);
    if (!render(template, page, &unnamed, ret_page->language, arena, &ret_page->body))
        ret_page->status = 500;
}

static ending make(const page_template *template, readers *readers, target target, const char *raw, const char *accept, arena *arena,
                   outcome *outcome, page *ret_page)
{
    reader *reader = NULL;
    house house = {0};
    answer *scanned = NULL;
    TRY(readers_get(readers, outcome, &reader));
    TRY(runner_house(reader->runner, arena, outcome, &house));
    if (target == TARGET_CODE)
        TRY(code_scan(reader->runner, &house, raw, readers->clock, arena, outcome, &scanned));
    language language = accepted_language(accept, house.language);
    answer *page = begin(arena, &house, language);
    ret_page->language = language;
    ret_page->status = target == TARGET_HOME || scanned ? 200 : 404;
    if (target == TARGET_HOME) {
        put_text(page, "title", house.name ? house.name : catalogue_text(language, "page.unnamed"));
        put_truth(page, "home", true);
    } else if (scanned) {
        code_put(page, scanned, language);
    } else {
        put_message(page, arena, language, target == TARGET_CODE ? "not-genuine" : "nowhere", target == TARGET_CODE);
    }
    return render(template, page, &house, language, arena, &ret_page->body) ? DONE : fail(outcome, "the page cannot be made");
}

static void log_failure(const outcome *outcome)
{
    if (outcome->failure)
        fprintf(stderr, "magistral: %s\n", outcome->failure);
    for (const refusal *r = outcome->first; r; r = r->next)
        fprintf(stderr, "magistral: %s %s\n", r->rule, refusal_sentence(outcome->arena, ENGLISH, NULL, r));
}

void pages_make(const page_template *template, readers *readers, target target, const char *raw, const char *accept, page *ret_page)
{
    ARENA_SCOPE arena *arena = arena_new();
    outcome outcome = outcome_new(arena);
    *ret_page = (page){.type = "text/html; charset=utf-8"};
    if (target == TARGET_STYLE) {
        const embedded_file *style = embedded_template("style.css");
        *ret_page = (page){.status = 200, .type = "text/css; charset=utf-8"};
        buffer_add(&ret_page->body, style->bytes, style->length);
        return;
    }
    if (make(template, readers, target, raw, accept, arena, &outcome, ret_page) == DONE)
        return;
    log_failure(&outcome);
    readers_drop(readers);
    buffer_clear(&ret_page->body);
    pages_refuse(template, 503, "unavailable", accept, ret_page);
}
