#ifndef MAGISTRAL_ACT_DOCUMENTS_H
#define MAGISTRAL_ACT_DOCUMENTS_H

#include "magistral/act/call.h"
#include "magistral/base/text.h"
#include "magistral/document/layout.h"
#include "magistral/store/document.h"

/* A document on its way: drawn before the transaction from a stated journal sequence, stored inside it. An act that
 * issues one calls documents_begin() and documents_draw() in its prepare(), documents_store() in its run(). */
typedef struct drawing {
    document row;           /* what will be stored */
    const char *layout;     /* "certificate" */
    answer **records;       /* what is drawn: one for a document, one a label for labels */
    label *labels;          /* beside each record of a label, the row that will be stored */
    size_t count;
    bool is_labels;
    bool is_preview;        /* drawn to be looked at: its code is not signed */
    layout *tried;          /* drawn by this layout, which is not in force yet; or NULL */
    buffer pdf;
    answer *picture;        /* the object that a page is drawn into for a screen, in place of the PDF; or NULL */
    int64_t page;           /* which, from 1 */
} drawing;

/* Starts a document of a kind about a subject: next number, issue (a further one needs `reason`: DOCUMENT-01), the document
 * that it replaces, journal sequence and head. Refuses while the site is not set (SITE-03). The drawing lives in the
 * call's arena and becomes call->prepared. */
ending documents_begin(call *call, const char *kind, const char *layout, const char *subject_kind, const char *subject,
                       const char *reason, drawing **ret_drawing) MUST_CHECK;

/* Adds a record to draw, with what every paper shows already in it: rehearsal, site, journal. For labels, `label_kind`,
 * `subject` and `shown_state` make the label's row with a fresh token, and `code` is in the record; else all three NULL. */
answer *documents_record(call *call, drawing *drawing, const char *label_kind, const char *subject, const char *shown_state,
                         int64_t batch);

/* The text of the layout of this name that is in force, and how a document names it ("bottle_label.fr.layout 3"). Fails when there is none. */
ending documents_layout_text(call *call, const char *name, const char **ret_text, const char **ret_template) MUST_CHECK;

/* Computes the digest of the content and the signed code, fills `code` and `digest` in the record, and draws. */
ending documents_draw(call *call, drawing *drawing) MUST_CHECK;

/* Draws a page, from 1, for a screen: puts it as "picture" into `to`, and how many "pages" there are; refused (DOCUMENT-06) when there is
 * no such page. */
ending documents_show(call *call, drawing *drawing, int64_t page, answer *to) MUST_CHECK;

/* The same by the inputs "page" and "save" of a view, into its answer; where "save" is given, a PDF is written there instead. */
ending documents_preview(call *call, drawing *drawing) MUST_CHECK;

/* Stores bytes, document and labels; puts number, pages and digest into the answer; sets call->stale when the subject
 * changed since the drawing. Appends the witness line. */
ending documents_store(call *call) MUST_CHECK;

/* A whole document in two lines: prepare = documents_begin + fill + documents_draw. */
typedef ending (*documents_fill)(call *call, drawing *drawing, answer *record);

/* The text of the code on a document: HTTPS://HOST/C/NUMBER/DIGEST/ and the signature behind it. NULL and a failure noted
 * when the key file cannot be read. */
ending documents_code(call *call, const char *number, const unsigned char digest[16], const char **ret_code) MUST_CHECK;

/* Writes bytes to a file, whole or not at all, and says so in the answer. */
ending documents_save(call *call, const char *path, const char *bytes, size_t length) MUST_CHECK;

#endif
