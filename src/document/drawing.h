#ifndef MAGISTRAL_DOCUMENT_DRAWING_H
#define MAGISTRAL_DOCUMENT_DRAWING_H

#include "magistral/base/answer.h"
#include "magistral/document/document.h"

#include "canvas.h"

/* What the parts of the engine share while one record is drawn:
 *     field.c    fields and conditions against the record         writing.c  parts to letters, letters to lines
 *     placed.c   things with a place                              running.c  running text to pieces
 *     table.c    tables and grids to pieces                       pages.c    pieces to pages */

/* Where a path is looked up. */
typedef struct scope {
    const answer *top;      /* the whole record */
    const answer *row;      /* inside a list its row, else the whole record */
    const answer *document; /* page, pages, program, schema, template, instant */
    size_t position;        /* of the row, from 1 */
} scope;

typedef struct drawing {
    const layout *layout;
    const document_information *information;
    arena *arena; /* of this record */
    outcome *outcome;
    canvas *canvas;   /* of a page on paper; */
    answer *picture;  /* or the object that is filled with the wanted page for a screen */
    size_t wanted, sheets; /* from 1; drawn so far */
    buffer text;    /* room used again and again */
    buffer letters; /* of struct letter */
} drawing;

/* Refuses with file and line of an item; `field` and `text` may be NULL. */
ending refuse_item(drawing *drawing, int line, const char *rule, const char *field, const char *text, const char *value);

/* Finds a field; NULL in *ret_found when it is optional and not there. Refuses DOC-06. */
ending field_find(drawing *drawing, const scope *scope, int line, const char *path, bool optional,
                  const answer **ret_found) MUST_CHECK;

/* Whether a field counts as there: found, not nothing, not "", not "false", not an empty list. */
bool field_stands(const answer *found);

/* Whether the condition of a `when` holds. */
ending condition_holds(drawing *drawing, const scope *scope, const item *when, bool *ret_holds) MUST_CHECK;

/* Calls `visit` for every row of a list, a cursor or nothing at all; each row has a scope of its own. Refuses DOC-15. */
typedef ending (*row_visit)(drawing *drawing, const scope *scope, void *context);
ending field_each(drawing *drawing, const scope *scope, const item *item, row_visit visit, void *context) MUST_CHECK;

/* Letters in the arena. */
typedef struct writing {
    const letter *letters;
    size_t count;
} writing;

/* Turns parts into letters in a face. Refuses DOC-06, DOC-07, DOC-08, DOC-15. */
ending writing_make(drawing *drawing, const scope *scope, const part *parts, face_id face,
                    writing *ret_writing) MUST_CHECK;

/* Turns parts into plain text, for a QR code or a title; owned by the arena. */
ending writing_plain(drawing *drawing, const scope *scope, const part *parts, const char **ret_text) MUST_CHECK;

/* The writing as text again, for a refusal. */
const char *writing_text(drawing *drawing, const writing *writing);

typedef struct text_line {
    size_t first, count;
    double width; /* points */
} text_line;

/* Breaks a writing into lines of at most `width` points at `size`: at spaces, at line feeds, and inside a word only when
 * it is wider than a whole line. Owned by the arena. True in *ret_broken when a word had to be broken. */
size_t writing_break(drawing *drawing, const writing *writing, double size, double width, text_line **ret_lines,
                     bool *ret_broken);

double writing_width(const writing *writing, size_t first, size_t count, double size);

/* A chain of marks under construction. */
typedef struct marks {
    mark *first, *last;
} marks;

/* Adds a mark of that kind for a line of the layout; its memory is the arena's. */
mark *marks_add(drawing *drawing, marks *marks, mark_kind kind, int line);
void marks_join(marks *to, const marks *more, double x, double y);
/* Adds one line of text, aligned within `width` from x; y is its base line. */
void marks_add_line(drawing *drawing, marks *marks, int line, const writing *writing, const text_line *text, double size,
                    alignment align, colour colour, double x, double width, double y);

/* Heights of capitals and below the base line, of the size. */
static const double capital_height = 0.69, depth = 0.21;

/* Draws placed things: first = an item of a label or of page furniture. Adds to `marks`. Refuses DOC-09, DOC-11, DOC-12. */
ending placed_draw(drawing *drawing, const scope *scope, const item *first, marks *marks) MUST_CHECK;
/* Refuses marks that touch each other (DOC-10). `body` (may be NULL) is an area that no text may enter. */
ending placed_check(drawing *drawing, const marks *marks, const mark *body) MUST_CHECK;

/* A piece of running text that stays together: a line, a row of a table, a panel. */
typedef struct piece {
    struct piece *next;
    double height, before;     /* `before` is left out at the top of a page */
    bool glued;                /* stays on the page of the next one */
    bool page;                 /* starts a new page */
    int line;
    const struct piece *head;  /* repeated at the top of a page before this one: the head of its table */
    marks marks;
} piece;

typedef struct pieces {
    piece *first, *last;
} pieces;

piece *pieces_add(drawing *drawing, pieces *pieces, int line, double height, double before);

/* Turns running items into pieces of `width` points. */
ending running_draw(drawing *drawing, const scope *scope, const item *first, double width, pieces *pieces) MUST_CHECK;
ending table_draw(drawing *drawing, const scope *scope, const item *table, double width, pieces *pieces) MUST_CHECK;
ending values_draw(drawing *drawing, const scope *scope, const item *values, double width, pieces *pieces) MUST_CHECK;
ending pairs_draw(drawing *drawing, const scope *scope, const item *pairs, double width, pieces *pieces) MUST_CHECK;

/* Lays a paragraph of parts out as lines that begin at y = 0; gives its height. */
typedef struct paragraph {
    face_id face;
    double size, minimum, leading, x, width;
    alignment align;
    colour colour;
    int line;
} paragraph;
ending paragraph_draw(drawing *drawing, const paragraph *set, const writing *writing, marks *marks,
                      double *ret_height) MUST_CHECK;

#endif
