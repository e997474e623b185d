/* What a page says of a code: genuine or not, what it is, its state by word and by shape. Rule: EU GMP Annex 11, 4.8. */
#include <string.h>

#include "magistral/base/catalogue.h"
#include "parts.h"

ending code_scan(runner *runner, const house *house, const char *path, const char *clock, arena *arena, outcome *outcome,
                 answer **ret_answer)
{
    *ret_answer = NULL;
    for (size_t i = 0; i < house->host_count && target_may_be_code(path); i++) {
        const char *text = arena_format(arena, "HTTPS://%s%s", house->hosts[i], path);
        command command = {.act = "scan", .inputs = (given_input[]){{"text", (const char *[]){text}, 1}}, .input_count = 1, .at = clock};
        struct outcome looking = outcome_new(arena);
        ending result = runner_run(runner, &command, arena, &looking, ret_answer);
        if (result == FAILED)
            *outcome = looking;
        if (result != REFUSED)
            return result;
        *ret_answer = NULL;
    }
    return DONE;
}

static bool is_one_of(const char *word, const char *const *words)
{
    while (word && *words && strcmp(*words, word) != 0)
        words++;
    return word && *words;
}

typedef enum verdict { GOOD, WAIT, STOP } verdict;

static verdict verdict_on_state(const char *state)
{
    static const char *const good[] = {"released", "accepted", NULL};
    static const char *const stop[] = {"refused", "recalled", "expired", "destroyed", "cancelled", "abandoned", NULL};
    return !state || is_one_of(state, good) ? GOOD : is_one_of(state, stop) ? STOP : WAIT;
}

const char *code_shape(const char *state)
{
    static const char *const good[] = {"released", "accepted", "complies", "conforms", "verified", "handed-over", "approved", "applied", NULL};
    static const char *const stop[] = {"refused",  "recalled", "expired", "destroyed", "cancelled", "abandoned", "does not comply",
                                       "discarded", "void",     "spoiled", "held",      "withdrawn", NULL};
    static const char *const wait[] = {"quarantine", "planned", "in-preparation", "open", "recorded", "received", "draft", "closed", "test 20 more",
                                       "printed", "confirmed", "checked", "specimen", "retest-passed", "exhausted", NULL};
    return is_one_of(state, good) ? "good" : is_one_of(state, stop) ? "stop" : is_one_of(state, wait) ? "wait" : "plain";
}

static verdict verdict_on_label(const char *state)
{
    static const char *const live[] = {"printed", "applied", NULL};
    return !state || is_one_of(state, live) ? GOOD : strcmp(state, "specimen") == 0 ? WAIT : STOP;
}

/* A sample has the state of its batch, and is never given to anybody (BPP 6.67). */
static bool is_of_sample(const answer *scanned)
{
    const answer *about = answer_find(scanned, "about");
    return about && about->unit && strcmp(about->unit, "sample") == 0;
}

/* The gravest of what is known comes first: label, state, replaced, sample. */
static verdict weigh(const answer *scanned, language language, const char **ret_title)
{
    const char *state = answer_find_text(scanned, "state"), *label = answer_find_text(scanned, "label-state");
    verdict on_state = verdict_on_state(state), on_label = verdict_on_label(label);
    bool replaced = answer_find_text(scanned, "replaced-by") != NULL;
    *ret_title = state ? catalogue_word(language, "state.", state) : catalogue_text(language, "page.genuine");
    if (on_label != GOOD && on_label >= on_state) {
        *ret_title = catalogue_state(language, "label", label);
        return on_label;
    }
    if (replaced && on_state != STOP) {
        *ret_title = catalogue_text(language, "page.replaced");
        return WAIT;
    }
    if (on_state == GOOD && is_of_sample(scanned)) {
        *ret_title = catalogue_text(language, "page.sample");
        return WAIT;
    }
    return on_state;
}

/* A leaf of what was scanned, or nothing. */
static void put_same(answer *code, const char *name, const answer *scanned)
{
    const answer *found = answer_find(scanned, name);
    if (found)
        answer_put(code, name, answer_make(code->arena, found->kind, found->text, found->unit, NULL));
    else
        put_text(code, name, NULL);
}

void code_put(answer *page, const answer *scanned, language language)
{
    static const char *const shapes[] = {[GOOD] = "good", [WAIT] = "wait", [STOP] = "stop"};
    static const char *const same[] = {"kind", "issued", "digest", "replaced-by", "state", "use-by"};
    const char *title = NULL;
    verdict verdict = weigh(scanned, language, &title);
    const answer *about = answer_find(scanned, "about");
    put_text(page, "title", title);
    answer *code = put_object(page, "code");
    put_text(code, "shape", shapes[verdict]);
    put_truth(code, "good", verdict == GOOD);
    put_truth(code, "wait", verdict == WAIT);
    put_truth(code, "stop", verdict == STOP);
    put_truth(code, "label-void", verdict_on_label(answer_find_text(scanned, "label-state")) == STOP);
    put_truth(code, "do-not-use", is_of_sample(scanned) || verdict_on_state(answer_find_text(scanned, "state")) != GOOD ||
                                      verdict_on_label(answer_find_text(scanned, "label-state")) != GOOD);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        put_same(code, same[i], scanned);
    const char *label = answer_find_text(scanned, "label");
    put_text(code, "number", label ? label : answer_find_text(scanned, "document"));
    const char *kind = about && about->unit ? catalogue_text(language, arena_format(page->arena, "kind.%s", about->unit)) : NULL;
    put_text(code, "subject-kind", kind);
    put_text(code, "subject", kind ? about->text : NULL);
}
