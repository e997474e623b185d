#ifndef MAGISTRAL_DOCUMENT_PDF_H
#define MAGISTRAL_DOCUMENT_PDF_H

#include "magistral/base/language.h"
#include "magistral/base/outcome.h"
#include "magistral/base/text.h"

#include "face.h"

/* One PDF document on its way to memory. The only door to libharu, which keeps objects, pages and cross references;
 * the marks on a page are written by canvas.c, the fonts by face.c.
 * Rule: ISO 19005-1 (PDF/A-1b): embedded fonts with CIDSet and ToUnicode, sRGB output intent, XMP like the Info. */
typedef struct pdf pdf;

/* What the document says about itself. */
typedef struct pdf_properties {
    const char *title, *author, *creator; /* UTF-8 */
    const char *instant;                  /* UTC, YYYY-MM-DDTHH:MM:SS...; NULL leaves the dates out */
    language language;
} pdf_properties;

/* Starts a document; the caller owns it. */
pdf *pdf_new(void);
void pdf_free(pdf *pdf);
void pdf_free_scope(pdf **pdf);
#define PDF_SCOPE __attribute__((cleanup(pdf_free_scope)))

/* Adds a page of that size in points whose content stream is `content`; the fonts are named /F0 (regular) and /F1. */
void pdf_add_page(pdf *pdf, double width, double height, const buffer *content);

/* How many pages it has so far. */
size_t pdf_pages(const pdf *pdf);

/* Ends the document: appends its bytes to `ret_bytes`. The same input gives the same bytes. Fails when libharu does. */
ending pdf_save(pdf *pdf, const subset used[FACES], const pdf_properties *properties, outcome *outcome,
                buffer *ret_bytes) MUST_CHECK;

#endif
