#include "magistral/act/layouts.h"

#include <string.h>

#include "magistral/act/labels.h"
#include "magistral/act/paper_forms.h"
#include "magistral/act/papers.h"
#include "magistral/base/embedded.h"

ending layouts_check_name(call *call, const char *name)
{
    size_t length = strlen(name);
    if (!embedded_template(name) || length < 7 || strcmp(name + length - 7, ".layout") != 0)
        return call_refuse(call, "TEMPLATE-01", "name", "name", name, NULL);
    return DONE;
}

ending layouts_find(call *call, template *ret_template)
{
    bool found = false;
    template wanted = {.name = call_text(call, "name"), .version = call_integer(call, "version")};
    TRY(store_find(call->store, &TEMPLATE_BY_VERSION, &wanted, call->arena, ret_template, &found));
    return found ? DONE : call_refuse(call, "TEMPLATE-02", "version", "name", wanted.name, NULL);
}

/* What is printed whenever it is there, whatever else is; the list is chosen by, not printed. */
static bool prints_surely(call *call, const layout *layout, const char *field)
{
    if (strcmp(field, "product.poison_list") == 0)
        return layout_prints(layout, field, call->arena);
    return layout_says(layout, &(layout_case){field, "", NULL, true, NULL}, arena_format(call->arena, "{{%s}}", field));
}

/* A date without its words could be taken for another. */
static bool says_use_by(const layout *layout)
{
    static const char *const words[] = {"tiliser", "éremption", "Exp", "EXP", "se by", "se before"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (layout_says(layout, &(layout_case){"batch.expiry", "", NULL, true, words[i]}, "{{batch.expiry}}"))
            return true;
    return false;
}

/* Rule: CSP R.5121-146-2 (fields) and R.5132-15 (words, and the coloured line of the list around the posology). */
static void check_mentions(call *call, const layout *layout)
{
    static const char *const fields[] = {
        "product.name", "product.strength", "product.form", "product.recipients", "product.composition", "product.content",
        "product.excipients", "product.route", "product.instructions", "product.poison_list", "dispensing.posology",
        "dispensing.ordonnancier", "batch.number", "batch.registration", "batch.expiry", "batch.storage", "site.pharmacy", "site.address",
        "dispensing.subcontractor",
    };
    static const char *const words[] = {"Respecter les doses prescrites", "Uniquement sur ordonnance"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!prints_surely(call, layout, fields[i]))
            call_refuse(call, "TEMPLATE-05", "file", "what", arena_format(call->arena, "{{%s}}", fields[i]), NULL);
    if (!says_use_by(layout))
        call_refuse(call, "TEMPLATE-09", "file", NULL);
    static const char *const lists[] = {"list-1", "list-2"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        bool said = true;
        for (size_t k = 0; k < sizeof lists / sizeof *lists; k++)
            said = said && layout_says(layout, &(layout_case){"product.poison_list", lists[k], "preprinted_red", true, NULL}, words[i]);
        if (!said)
            call_refuse(call, "TEMPLATE-05", "file", "what", words[i], NULL);
    }
}

/* No bottle of a batch that is not released says it is, and one in quarantine or refused says so. Rule: BPP 5.08, 5.51. */
static void check_states(call *call, const layout *layout)
{
    static const char *const released[] = {"LIBÉR", "Libér", "libér", "RELEASED", "Released", "released"};
    static const char *const others[] = {"quarantine", "refused", "expired", "recalled", "held", "held-by-recall"};
    static const char *const said[][2] = {{"quarantine", "QUARANTINE"}, {"quarantine", "QUARANTAINE"}, {"refused", "REFUSED"}, {"refused", "REFUSÉ"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        for (size_t k = 0; k < sizeof released / sizeof *released; k++)
            if (layout_says(layout, &(layout_case){"batch.state", others[i], NULL, false, NULL}, released[k])) {
                call_refuse(call, "TEMPLATE-07", "file", "state", call_word(call, "state.", others[i]), "words", released[k], NULL);
                break;
            }
    for (size_t i = 0; i < sizeof said / sizeof *said; i += 2) {
        layout_case when = {"batch.state", said[i][0], NULL, true, NULL};
        if (!layout_says(layout, &when, said[i][1]) && !layout_says(layout, &when, said[i + 1][1]) && !layout_says(layout, &when, "{{batch.state}}") &&
            !layout_says(layout, &when, "{{batch.state|capitals}}"))
            call_refuse(call, "TEMPLATE-08", "file", "state", call_word(call, "state.", said[i][0]), NULL);
    }
}

/* Every paper leads back by its code; a bottle says what is in it, of which batch and until when. Rule: BPP 5.08, 5.51. */
static void check_identity(call *call, const layout *layout, bool bottle)
{
    static const char *const fields[] = {"product.name", "product.strength", "batch.number", "batch.expiry"};
    if (!layout_prints(layout, "code", call->arena))
        call_refuse(call, "TEMPLATE-10", "file", "what", "{{code}}", NULL);
    for (size_t i = 0; bottle && i < sizeof fields / sizeof *fields; i++)
        if (!prints_surely(call, layout, fields[i]))
            call_refuse(call, "TEMPLATE-10", "file", "what", arena_format(call->arena, "{{%s}}", fields[i]), NULL);
}

ending layouts_check(call *call, const char *name, const char *text, layout **ret_layout)
{
    TRY(layout_parse(name, text, call->arena, call->outcome, ret_layout));
    COLLECT(layout_check_fields(*ret_layout, call->arena, call->outcome));
    if (call_ending(call) == DONE) /* a misspelt field is told as one */
        check_identity(call, *ret_layout, text_starts(name, "bottle_label."));
    if (text_starts(name, "dispensing_label."))
        check_mentions(call, *ret_layout);
    if (text_starts(name, "bottle_label.") && call_ending(call) == DONE) /* a misspelt field holds never */
        check_states(call, *ret_layout);
    return call_ending(call);
}

static ending fill_labels(call *call, const document *about, const char *field, const char *kind, drawing *drawing)
{
    size_t copies = 1;
    TRY(labels_copies(call, field, kind, about->subject, &copies));
    for (size_t copy = 0; copy < copies; copy++) {
        answer *record = documents_record(call, drawing, kind, about->subject, "", ABSENT);
        if (!record)
            return call_ending(call);
        put_truth(record, "specimen", false);
        TRY(labels_fill(call, field, kind, about->subject, copy, record));
    }
    return DONE;
}

static ending fill_paper(call *call, const document *about, const char *field, drawing *drawing)
{
    paper paper = {0};
    bool blank = text_equal(about->kind, "blank-batch-record");
    if (!blank)
        TRY(papers_load(call, field, about->subject, &paper));
    answer *record = documents_record(call, drawing, NULL, NULL, NULL, ABSENT);
    if (!record)
        return call_ending(call);
    if (blank)
        return blank_record_fill_of(call, field, about->subject, drawing, record);
    bool certificate = strcmp(about->kind, "certificate-of-analysis") == 0;
    return certificate ? certificate_fill(call, &paper, drawing, record, NULL) : papers_fill(call, about->kind, &paper, drawing, record);
}

ending layouts_begin(call *call, const document *about, const char *field, drawing **ret_drawing)
{
    size_t length = strlen(about->kind);
    bool label = length > 6 && strcmp(about->kind + length - 6, "-label") == 0;
    const char *kind = label ? arena_copy(call->arena, about->kind, length - 6) : NULL;
    *ret_drawing = NULL;
    if (!label && !text_is_among("batch|paper-form", about->subject_kind))
        return DONE; /* a page of the register and the head of the journal are asked for with more than their subject */
    TRY(documents_begin(call, about->kind, label ? labels_layout(kind) : "", about->subject_kind, about->subject, "preview", ret_drawing));
    (*ret_drawing)->is_preview = true;
    return label ? fill_labels(call, about, field, kind, *ret_drawing) : fill_paper(call, about, field, *ret_drawing);
}

/* What a layout draws, of a thing that nobody has named yet. */
static document paper_of(call *call, const char *name)
{
    static const char *const labels[] = {"container", "sample", "retained-sample", "intermediate", "bottle", "dispensing"};
    static const char *const papers[][2] = {{"certificate", "certificate-of-analysis"}, {"release_certificate", "release-certificate"},
                                            {"batch_record", "batch-record"}, {"cost_sheet", "cost-sheet"}};
    const char *layout = arena_copy(call->arena, name, strcspn(name, "."));
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strcmp(labels_layout(labels[i]), layout) == 0)
            return (document){.kind = arena_format(call->arena, "%s-label", labels[i]), .subject_kind = labels[i]};
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
        if (strcmp(papers[i][0], layout) == 0)
            return (document){.kind = papers[i][1], .subject_kind = "batch"};
    if (strcmp(layout, "blank_batch_record") == 0)
        return (document){.kind = "blank-batch-record", .subject_kind = "paper-form"};
    return (document){.kind = layout};
}

ending layouts_about(call *call, const char *name, const char *subject, document *ret_about)
{
    document wanted = {.template = arena_copy(call->arena, name, strcspn(name, ".") + 1)};
    bool found = false;
    *ret_about = paper_of(call, name);
    ret_about->subject = subject;
    return subject ? DONE : store_find(call->store, &DOCUMENT_LAST_DRAWN_BY, &wanted, call->arena, ret_about, &found);
}

ending layouts_try(call *call, layout *layout, const char *subject)
{
    document about = {0};
    drawing *drawing = NULL;
    TRY(layouts_about(call, layout_name(layout), subject, &about));
    if (about.subject)
        TRY(layouts_begin(call, &about, "subject", &drawing));
    if (drawing)
        drawing->tried = layout;
    ending result = drawing ? documents_draw(call, drawing) : DONE;
    call->prepared = NULL;
    return result;
}
