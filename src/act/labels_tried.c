/* What is written in a formula or a request stands on labels months later, at the counter, where it can no longer be changed: it is
 * drawn when it is written. Rule: CSP R.5121-146-2 (a label bears all its mentions). */
#include <stddef.h>
#include <string.h>

#include "label_parts.h"
#include "magistral/store/site.h"

/* A text that is tried, by the input that it was given in. */
typedef struct tried_text {
    const char *field;
    size_t place; /* in the subject */
} tried_text;

static const char *const kinds[] = {"bottle", "sample", "retained-sample", "dispensing"};

/* The longest that a pharmacy comes to print beside what is tried. */
static subject longest(const call *call)
{
    return (subject){
        .batch = {.number = "B26-9999", .state = "released", .made_on = call->today, .expiry = call->today, .registration = "2026/9999"},
        .bottle = {.rank = 99, .bottles = 99, .units = 999},
        .sample = {.number = "B26-9999/S9", .units = 999, .at = call->now, .destinations = "-"},
        .dispensing = {.number = "2026/99999"},
        .taken_by = call->person,
    };
}

static ending draw(call *call, const char *kind, const subject *s)
{
    drawing *drawing = NULL;
    TRY(documents_begin(call, arena_format(call->arena, "%s-label", kind), labels_layout(kind), kind, "", "", &drawing));
    drawing->is_preview = true;
    answer *record = documents_record(call, drawing, kind, "", "", ABSENT);
    if (!record)
        return call_ending(call);
    put_truth(record, "specimen", false);
    if (strcmp(kind, "bottle") == 0)
        label_fill_bottle(s, record);
    else if (strcmp(kind, "dispensing") == 0)
        label_fill_dispensing(call, s, label_content(call, 999, "B26-9999/99", 99), record);
    else
        label_fill_sample(call, s, record, strcmp(kind, "retained-sample") == 0);
    return documents_draw(call, drawing);
}

/* Draws to no effect but the answer. */
static ending fits(call *call, const char *kind, const subject *s, bool *ret_fits)
{
    outcome tried = outcome_new(call->arena), *kept = call->outcome;
    call->outcome = &tried;
    ending drawn = draw(call, kind, s);
    call->outcome = kept;
    call->prepared = NULL;
    *ret_fits = drawn == DONE;
    if (drawn == REFUSED && strcmp(tried.first->rule, "DOC-06") == 0) /* else nothing would ever be found too long */
        return fail(call->outcome, "the %s label asks for a field that is not tried", kind);
    return drawn == FAILED ? fail_as(call->outcome, &tried) : DONE;
}

static const char **text_of(subject *s, const tried_text *text)
{
    return (const char **)(void *)((char *)s + text->place);
}

/* Whether it fits with one text alone shortened, or with all others shortened. */
static ending fits_with(call *call, const char *kind, const subject *s, const tried_text *texts, size_t count, size_t one, bool only, bool *ret_fits)
{
    subject changed = *s;
    for (size_t i = 0; i < count; i++)
        if ((i == one) == only && *text_of(&changed, &texts[i]))
            *text_of(&changed, &texts[i]) = "x";
    return fits(call, kind, &changed, ret_fits);
}

/* Marks the texts that are to be shortened: each that does not fit beside short ones, else the longest of those with which it ends. */
static ending find_guilty(call *call, const char *kind, const subject *s, const tried_text *texts, size_t count, bool *ret_guilty)
{
    subject read = *s;
    size_t longest = count, length = 0;
    bool found = false, fit;
    for (size_t i = 0; i < count; i++) {
        TRY(fits_with(call, kind, s, texts, count, i, false, &fit));
        ret_guilty[i] = !fit;
        found = found || !fit;
    }
    for (size_t i = 0; i < count && !found; i++) {
        const char *text = *text_of(&read, &texts[i]);
        TRY(fits_with(call, kind, s, texts, count, i, true, &fit));
        if (fit && text && strlen(text) > length) {
            longest = i;
            length = strlen(text);
        }
    }
    if (!found && longest < count)
        ret_guilty[longest] = true;
    return DONE;
}

enum { MOST_TEXTS = 8 };

/* How one text is refused. */
typedef void refuse_text(call *call, const char *kind, const char *field, const void *context);

/* Without a site there is no paper yet: nothing is tried. A label that even short texts do not fit is not theirs to mend. */
static ending try_kind(call *call, const char *kind, const subject *s, const tried_text *texts, size_t count, refuse_text *refuse_one,
                       const void *context)
{
    bool fit, guilty[MOST_TEXTS] = {false}, all = true;
    TRY(fits(call, kind, s, &fit));
    if (fit)
        return DONE;
    TRY(fits_with(call, kind, s, texts, count, count, false, &fit));
    if (!fit)
        return DONE;
    TRY(find_guilty(call, kind, s, texts, count, guilty));
    for (size_t i = 0; i < count; i++)
        all = all && !guilty[i];
    for (size_t i = 0; i < count; i++)
        if (guilty[i] || all)
            refuse_one(call, kind, texts[i].field, context);
    return DONE;
}

static void refuse_version(call *call, const char *kind, const char *field, const void *context)
{
    const formula_version *version = ((const void *const *)context)[0];
    const char *named = ((const void *const *)context)[1], *label = call_word(call, "label-of.", kind);
    if (named)
        call_refuse(call, "FORMULA-54", named, "what", call_word(call, "field.", field), "label", label, "version", version->number, "input", field, NULL);
    else
        call_refuse(call, "FORMULA-53", field, "what", call_word(call, "field.", field), "label", label, NULL);
}

ending labels_try_version(call *call, const formula_version *version, const char *field)
{
    static const tried_text texts[MOST_TEXTS] = {
        {"product", offsetof(subject, version.product)}, {"strength", offsetof(subject, version.strength)},
        {"form", offsetof(subject, version.form)}, {"route", offsetof(subject, version.route)},
        {"recipients", offsetof(subject, version.recipients)}, {"storage", offsetof(subject, version.storage)},
        {"known-effects", offsetof(subject, version.known_effects)}, {"label-warnings", offsetof(subject, version.label_warnings)},
    };
    subject s = longest(call);
    const void *context[] = {version, field};
    s.version = *version;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && call_ending(call) == DONE; i++)
        TRY(try_kind(call, kinds[i], &s, texts, MOST_TEXTS, refuse_version, context));
    return call_ending(call);
}

static void refuse_request(call *call, const char *kind, const char *field, const void *context)
{
    (void)kind;
    (void)context;
    call_refuse(call, "REQUEST-12", field, NULL);
}

ending labels_try_request(call *call, const request *request)
{
    static const tried_text texts[] = {{"posology", offsetof(subject, request.posology)}, {"prescriber", offsetof(subject, request.prescriber)}};
    subject s = longest(call);
    formula_version *versions = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &FORMULA_VERSIONS_OF, (&(formula_version){.formula = request->formula}), call->arena, &versions, &count));
    s.version = (formula_version){.product = "x", .strength = "x", .form = "x", .route = "x", .storage = "x", .list = "I"};
    for (size_t i = count; i-- > 0;)
        if (strcmp(versions[i].state, "approved") == 0)
            s.version = versions[i];
    s.request = *request;
    TRY(try_kind(call, "dispensing", &s, texts, sizeof texts / sizeof *texts, refuse_request, NULL));
    return call_ending(call);
}
