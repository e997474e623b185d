#ifndef MAGISTRAL_DOCUMENT_CANVAS_H
#define MAGISTRAL_DOCUMENT_CANVAS_H

#include "qr.h"
#include "tree.h"

/* Marks are what stands on paper, in points from the upper left corner of what holds them; the canvas writes them as
 * the operators of a PDF page. */

/* One letter as it will stand: its glyph and style. */
typedef struct letter {
    uint16_t glyph, advance; /* thousandths of the size */
    uint8_t face;
    bool struck, space, feed;
} letter;

typedef enum mark_kind { MARK_TEXT, MARK_FILL, MARK_FRAME, MARK_CODE, MARK_WATERMARK } mark_kind;

typedef struct mark {
    struct mark *next;
    mark_kind kind;
    int line;     /* of the layout */
    double x, y;  /* upper left corner; of a text the start of its base line */
    double width, height;
    double size;  /* of letters; of a code: its square with quiet zone */
    double thickness;
    double dot;   /* of a code: a dot of the printer, in points */
    colour colour;
    const letter *letters;
    size_t count;
    const qr *code;
    int module;   /* of a code: dots */
} mark;

typedef struct canvas {
    buffer content;
    subset used[FACES];
    double height;
    bool in_text;
    int face, size, colour, stroke, x, y; /* what the page was last told; lengths in hundredths of a point */
} canvas;

canvas canvas_new(void);
void canvas_clear(canvas *canvas);
#define CANVAS_SCOPE __attribute__((cleanup(canvas_clear)))

/* Red, green and blue of a colour, from 0 to 1. */
const double *canvas_colour(colour colour);
/* Width of letters at a size, in points. */
double canvas_width_of(const letter *letters, size_t count, double size);
/* How many letters from the first one on are of its face, and struck through as it is: they are written in one go. */
size_t canvas_run_length(const letter *letters, size_t count);

/* Starts an empty page of that height. */
void canvas_start(canvas *canvas, double height);

/* Writes marks, moved by x and y. Same marks, same bytes. */
void canvas_draw(canvas *canvas, const mark *first, double x, double y);

/* Ends the page; its operators are then canvas->content. */
void canvas_end(canvas *canvas);

#endif
