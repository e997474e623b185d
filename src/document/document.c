#include "magistral/document/document.h"

#include <string.h>

#include "face.h"
#include "pages.h"
#include "qr.h"

bool document_has_letters(const char *text, int32_t *ret_letter)
{
    for (const char *at = text, *end = text + strlen(text); at < end;) {
        int32_t letter = text_scalar(&at, end);
        bool blank = letter == '\n' || letter == '\t';
        for (int face = 0; face < FACES && !blank; face++)
            if (letter < 0 || face_glyph((face_id)face, letter) == 0) {
                *ret_letter = letter;
                return false;
            }
    }
    return true;
}

const char *document_qr_path(const char *text, arena *arena, int *ret_width)
{
    qr made = {0};
    if (!qr_can_hold(text) || !qr_make(text, &made))
        return NULL;
    const char *path = qr_path(&made, arena);
    *ret_width = made.width + 2 * QR_QUIET_ZONE;
    qr_clear(&made);
    return path;
}

static ending draw_records(drawing *drawing, const answer *const *records, size_t count, pdf *pdf)
{
    for (size_t i = 0; i < count; i++) {
        ARENA_SCOPE arena *arena = arena_new();
        drawing->arena = arena;
        TRY(record_draw(drawing, records[i], pdf));
    }
    return DONE;
}

static void clear(drawing *drawing)
{
    buffer_clear(&drawing->text);
    buffer_clear(&drawing->letters);
}

ending document_draw(const layout *layout, const answer *const *records, size_t count,
                     const document_information *information, outcome *outcome, buffer *ret_pdf, size_t *ret_pages)
{
    CANVAS_SCOPE canvas canvas = canvas_new();
    ARENA_SCOPE arena *arena = arena_new();
    PDF_SCOPE pdf *pdf = pdf_new();
    __attribute__((cleanup(clear))) drawing drawing = {
        .layout = layout, .information = information, .outcome = outcome, .canvas = &canvas, .arena = arena};
    if (count == 0)
        return fail(outcome, "a document of %s without a record", layout_name(layout));
    pdf_properties properties = {.instant = information->instant, .language = layout_language(layout),
                                 .creator = information->program ? information->program : "magistral"};
    TRY(record_names(&drawing, records[0], &properties.title, &properties.author));
    TRY(draw_records(&drawing, records, count, pdf));
    if (ret_pages)
        *ret_pages = pdf_pages(pdf);
    return pdf_save(pdf, canvas.used, &properties, outcome, ret_pdf);
}

ending document_picture(const layout *layout, const answer *const *records, size_t count, size_t page, const document_information *information,
                        outcome *outcome, answer *ret_page, size_t *ret_pages)
{
    __attribute__((cleanup(clear))) drawing drawing = {
        .layout = layout, .information = information, .outcome = outcome, .picture = ret_page, .wanted = page};
    TRY(draw_records(&drawing, records, count, NULL));
    *ret_pages = drawing.sheets;
    return DONE;
}
