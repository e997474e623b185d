#ifndef MAGISTRAL_DOCUMENT_DOCUMENT_H
#define MAGISTRAL_DOCUMENT_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "magistral/base/answer.h"
#include "magistral/document/layout.h"

/* What a document says about how it came to be. */
typedef struct document_information {
    const char *program; /* for example "magistral 0.1.0" */
    const char *schema;  /* for example "0007" */
    const char *instant; /* UTC; the date of the file; NULL leaves it out */
    const char *zone;    /* of the site, "Europe/Paris": instants are shown on its clock */
} document_information;

/* Draws `count` records, one after the other, by one layout into one PDF/A-1b file and appends it to `ret_pdf`; a label
 * takes a page for each. *ret_pages (NULL is allowed) is the number of pages. The same layout, records and information give the same bytes.
 * Refuses, each with file and line: a field that the record lacks (DOC-06), text that is not UTF-8 (DOC-07), a letter
 * that the face lacks, named U+XXXX with its field (DOC-08), text that does not fit (DOC-09), things that overlap
 * (DOC-10) or leave the page (DOC-11), a QR text or square that cannot be read again (DOC-12), a field of the wrong kind
 * (DOC-15), a block taller than a page (DOC-16). Then nothing is appended.
 * Rule: ISO 19005-1 (PDF/A-1b); ISO/IEC 18004 (QR). */
ending document_draw(const layout *layout, const answer *const *records, size_t count,
                     const document_information *information, outcome *outcome, buffer *ret_pdf, size_t *ret_pages) MUST_CHECK;

/* The same for a screen: fills the object `ret_page` with the page number `page`, from 1, of what document_draw() would draw, in points from
 * its upper left corner: "width", "height" and "marks" (src/document/picture.h); a page that is not there leaves it empty. *ret_pages is how
 * many there are. Refuses the same. */
ending document_picture(const layout *layout, const answer *const *records, size_t count, size_t page, const document_information *information,
                        outcome *outcome, answer *ret_page, size_t *ret_pages) MUST_CHECK;

/* A QR code as the path of a picture on a screen: dark modules of one unit each, the quiet zone left around; *ret_width is its side. NULL
 * when the text cannot be held (document_draw(), DOC-12). Owned by the arena. */
const char *document_qr_path(const char *text, arena *arena, int *ret_width);

/* True when documents can show every letter of a clean text; else *ret_letter is the first that a face lacks (DOC-08). */
bool document_has_letters(const char *text, int32_t *ret_letter);

#endif
