#ifndef MAGISTRAL_DOCUMENT_PICTURE_H
#define MAGISTRAL_DOCUMENT_PICTURE_H

#include "magistral/base/answer.h"

#include "canvas.h"

/* A page for a screen: the same marks that canvas.c writes as the operators of a PDF page, as a list that a template draws. */

/* Starts a page of that size in points: puts "width", "height" and the empty list "marks" into `page`. */
void picture_start(answer *page, double width, double height);

/* Adds marks, moved by x and y, to a page that was started. Each is an object with one of "text", "fill", "frame", "code" and
 * "watermark"; a text is as wide as on paper, whatever face the screen has. */
void picture_draw(answer *page, const mark *first, double x, double y);

#endif
