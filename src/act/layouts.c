#include "magistral/act/layouts.h"

#include <string.h>

#include "magistral/act/labels.h"
#include "magistral/act/papers.h"

ending layouts_find(call *call, template *ret_template)
{
    bool found = false;
    template wanted = {.name = call_text(call, "name"), .version = call_integer(call, "version")};
    TRY(store_find(call->store, &TEMPLATE_BY_VERSION, &wanted, call->arena, ret_template, &found));
    return found ? DONE : call_refuse(call, "TEMPLATE-02", "version", "name", wanted.name, NULL);
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
        if (!layout_prints(layout, fields[i], call->arena))
            call_refuse(call, "TEMPLATE-05", "file", "what", arena_format(call->arena, "{{%s}}", fields[i]), NULL);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!layout_says(layout, words[i], call->arena))
            call_refuse(call, "TEMPLATE-05", "file", "what", words[i], NULL);
}

ending layouts_check(call *call, const char *name, const char *text, layout **ret_layout)
{
    TRY(layout_parse(name, text, call->arena, call->outcome, ret_layout));
    COLLECT(layout_check_fields(*ret_layout, call->arena, call->outcome));
    if (text_starts(name, "dispensing_label."))
        check_mentions(call, *ret_layout);
    return call_ending(call);
}

static ending fill_labels(call *call, const document *last, const char *kind, drawing *drawing)
{
    size_t copies = 1;
    TRY(labels_copies(call, kind, last->subject, &copies));
    for (size_t copy = 0; copy < copies; copy++) {
        answer *record = documents_record(call, drawing, kind, last->subject, "", ABSENT);
        if (!record)
            return call_ending(call);
        TRY(labels_fill(call, kind, last->subject, copy, record));
    }
    return DONE;
}

static ending fill_paper(call *call, const document *last, drawing *drawing)
{
    paper paper = {0};
    TRY(papers_load(call, "name", last->subject, &paper));
    answer *record = documents_record(call, drawing, NULL, NULL, NULL, ABSENT);
    if (!record)
        return call_ending(call);
    bool certificate = strcmp(last->kind, "certificate-of-analysis") == 0;
    return certificate ? certificate_fill(call, &paper, drawing, record, NULL) : papers_fill(call, last->kind, &paper, drawing, record);
}

static ending draw_again(call *call, const document *last, layout *layout)
{
    size_t length = strlen(last->kind);
    bool label = length > 6 && strcmp(last->kind + length - 6, "-label") == 0;
    drawing *drawing = NULL;
    if (!label && strcmp(last->subject_kind, "batch") != 0)
        return DONE; /* a page of the register and the head of the journal are asked for with more than their subject */
    TRY(documents_begin(call, last->kind, "", last->subject_kind, last->subject, "preview", &drawing));
    drawing->is_preview = true;
    drawing->tried = layout;
    if (label)
        TRY(fill_labels(call, last, arena_copy(call->arena, last->kind, length - 6), drawing));
    else
        TRY(fill_paper(call, last, drawing));
    return documents_draw(call, drawing);
}

ending layouts_try(call *call, layout *layout)
{
    document last = {0};
    bool found = false;
    const char *name = layout_name(layout);
    document wanted = {.template = arena_copy(call->arena, name, strcspn(name, ".") + 1)};
    TRY(store_find(call->store, &DOCUMENT_LAST_DRAWN_BY, &wanted, call->arena, &last, &found));
    ending result = found ? draw_again(call, &last, layout) : DONE;
    call->prepared = NULL;
    return result;
}
