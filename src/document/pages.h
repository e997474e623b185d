#ifndef MAGISTRAL_DOCUMENT_PAGES_H
#define MAGISTRAL_DOCUMENT_PAGES_H

#include "drawing.h"
#include "pdf.h"

/* Draws one record: a label on its page, or running text over as many pages as it takes. */
ending record_draw(drawing *drawing, const answer *record, pdf *pdf) MUST_CHECK;

/* Title and author of the file, from the first record. */
ending record_names(drawing *drawing, const answer *record, const char **ret_title, const char **ret_author) MUST_CHECK;

#endif
