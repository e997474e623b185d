#include "drawing.h"

#include <string.h>

piece *pieces_add(drawing *drawing, pieces *pieces, int line, double height, double before)
{
    piece *made = arena_alloc(drawing->arena, sizeof *made);
    made->line = line;
    made->height = height;
    made->before = before;
    if (pieces->last)
        pieces->last->next = made;
    else
        pieces->first = made;
    pieces->last = made;
    return made;
}

/* Shrinks down to the minimum so that no word is broken; a word still wider than the line is broken there. */
static size_t break_to_fit(drawing *drawing, const paragraph *set, const writing *writing, double *size,
                           text_line **ret_lines)
{
    for (*size = set->size;; *size = fmax(*size - 0.25, set->minimum)) {
        bool broken;
        size_t count = writing_break(drawing, writing, *size, set->width, ret_lines, &broken);
        if (!broken || *size <= set->minimum)
            return count;
    }
}

ending paragraph_draw(drawing *drawing, const paragraph *set, const writing *writing, marks *marks, double *ret_height)
{
    text_line *lines;
    double size;
    size_t count = break_to_fit(drawing, set, writing, &size, &lines);
    double step = set->leading * set->size;
    for (size_t i = 0; i < count; i++)
        marks_add_line(drawing, marks, set->line, writing, &lines[i], size, set->align, set->colour, set->x, set->width,
                       (double)i * step + capital_height * set->size);
    *ret_height = count == 0 ? 0 : (double)(count - 1) * step + (capital_height + depth) * set->size;
    return DONE;
}

/* A paragraph of running text: a piece for each line; its first two and last two lines stay together. */
static void add_lines(drawing *drawing, const paragraph *set, const writing *writing, double before, pieces *pieces)
{
    text_line *lines;
    double size, step = set->leading * set->size, tight = (capital_height + depth) * set->size;
    size_t count = break_to_fit(drawing, set, writing, &size, &lines);
    for (size_t i = 0; i < count; i++) {
        piece *made = pieces_add(drawing, pieces, set->line, i + 1 < count ? step : tight, i == 0 ? before : 0);
        made->glued = count > 1 && (i == 0 || i + 2 == count);
        marks_add_line(drawing, &made->marks, set->line, writing, &lines[i], size, set->align, set->colour, set->x,
                       set->width, capital_height * set->size);
    }
}

static ending draw_paragraph(drawing *drawing, const scope *scope, const item *item, double width, pieces *pieces)
{
    double size = number_of(item, SET_SIZE, drawing->layout->size), left = length_of(item, SET_LEFT, 0);
    paragraph set = {.face = face_of(item), .size = size, .minimum = number_of(item, SET_MINIMUM, size), .x = left,
                     .leading = number_of(item, SET_LEADING, 1.36), .width = width - left, .align = item->align,
                     .colour = item->colour, .line = item->line};
    writing writing;
    TRY(writing_make(drawing, scope, item->text, set.face, &writing));
    piece *above = pieces->last; /* a paragraph under a heading belongs to it: neither stands alone at the foot of a page */
    add_lines(drawing, &set, &writing, length_of(item, SET_GAP, 1.6), pieces);
    for (piece *line = above && above->glued ? above->next : NULL; line; line = line->next)
        line->glued = true;
    return DONE;
}

static ending draw_heading(drawing *drawing, const scope *scope, const item *item, double width, pieces *pieces)
{
    static const struct {
        double size, before, after;
        colour colour;
    } levels[] = {{14, 6, 2.4, BLACK}, {10.5, 6, 1.6, BLUE}, {8.5, 3.6, 0.6, BLACK}};
    int level = (int)number_of(item, SET_LEVEL, 2) - 1;
    paragraph set = {.face = BOLD, .size = levels[level].size, .minimum = levels[level].size, .leading = 1.2,
                     .width = width, .colour = levels[level].colour, .line = item->line};
    writing writing;
    double height;
    TRY(writing_make(drawing, scope, item->text, BOLD, &writing));
    piece *made = pieces_add(drawing, pieces, item->line, 0, levels[level].before * millimetre);
    TRY(paragraph_draw(drawing, &set, &writing, &made->marks, &height));
    if (level == 1) {
        mark *rule = marks_add(drawing, &made->marks, MARK_FILL, item->line);
        rule->y = height + 0.9 * millimetre;
        rule->width = width;
        rule->height = 0.6;
        rule->colour = BLUE;
        height += 0.9 * millimetre;
    }
    made->height = height + levels[level].after * millimetre;
    made->glued = true;
    return DONE;
}

static ending draw_note(drawing *drawing, const scope *scope, const item *item, double width, pieces *pieces)
{
    double indent = 2.6 * millimetre, left = length_of(item, SET_LEFT, 0), size = number_of(item, SET_SIZE, 7.5);
    paragraph set = {.size = size, .minimum = size, .leading = 1.36, .x = left + indent, .width = width - left - indent,
                     .colour = GREY, .line = item->line};
    writing writing;
    TRY(writing_make(drawing, scope, item->text, REGULAR, &writing));
    if (writing.count == 0)
        return DONE;
    piece *made = pieces_add(drawing, pieces, item->line, 0, 2.2 * millimetre);
    TRY(paragraph_draw(drawing, &set, &writing, &made->marks, &made->height));
    mark *bar = marks_add(drawing, &made->marks, MARK_FILL, item->line);
    bar->x = left;
    bar->y = -0.3 * millimetre;
    bar->width = 0.8;
    bar->height = made->height + 0.3 * millimetre;
    bar->colour = PALE;
    return DONE;
}

static void draw_rule(drawing *drawing, const item *item, double width, pieces *pieces)
{
    double thickness = number_of(item, SET_THICKNESS, 0.5);
    piece *made = pieces_add(drawing, pieces, item->line, thickness, 2 * millimetre);
    mark *rule = marks_add(drawing, &made->marks, MARK_FILL, item->line);
    rule->width = width;
    rule->height = thickness;
    rule->colour = item->colour;
}

/* Lays a block's pieces one below the other as one piece. */
static double stack(const pieces *block, marks *to, double x, double y)
{
    double top = y;
    for (piece *p = block->first; p; p = p->next) {
        y += p == block->first ? 0 : p->before;
        marks_join(to, &p->marks, x, y);
        y += p->height;
    }
    return y - top;
}

static ending draw_panel(drawing *drawing, const scope *scope, const item *item, double width, pieces *to)
{
    double inset = 3.2 * millimetre, thickness = number_of(item, SET_THICKNESS, 0.7);
    double outer = fmin(length_of(item, SET_WIDTH, width / millimetre), width);
    pieces block = {0};
    TRY(running_draw(drawing, scope, item->first, outer - 2 * inset, &block));
    if (!block.first)
        return DONE;
    piece *made = pieces_add(drawing, to, item->line, 0, 3 * millimetre);
    mark *fill = item->given & 1u << SET_FILL ? marks_add(drawing, &made->marks, MARK_FILL, item->line) : NULL;
    mark *frame = marks_add(drawing, &made->marks, MARK_FRAME, item->line);
    made->height = stack(&block, &made->marks, inset, inset) + 2 * inset;
    *frame = (mark){.next = frame->next, .kind = MARK_FRAME, .line = item->line, .x = thickness / 2, .y = thickness / 2,
                    .width = outer - thickness, .height = made->height - thickness, .thickness = thickness,
                    .colour = item->given & 1u << SET_FRAME ? item->frame : GREY};
    if (fill)
        *fill = (mark){.next = fill->next, .kind = MARK_FILL, .line = item->line, .width = outer, .height = made->height,
                       .colour = item->fill};
    return DONE;
}

/* The same items on one page where they fit on one. */
static ending draw_keep(drawing *drawing, const scope *scope, const item *item, double width, pieces *to)
{
    pieces block = {0};
    TRY(running_draw(drawing, scope, item->first, width, &block));
    for (piece *p = block.first; p && p->next; p = p->next)
        p->glued = true;
    if (!block.first)
        return DONE;
    if (to->last)
        to->last->next = block.first;
    else
        to->first = block.first;
    to->last = block.last;
    return DONE;
}

typedef struct each {
    const item *item;
    double width;
    pieces *pieces;
    size_t columns, count; /* beside each other; drawn so far */
} each;

static ending draw_each_row(drawing *drawing, const scope *scope, void *context)
{
    const each *each = context;
    return running_draw(drawing, scope, each->item->first, each->width, each->pieces);
}

/* Blocks beside each other: those of one line are one piece. */
static ending draw_each_beside(drawing *drawing, const scope *scope, void *context)
{
    enum { GAP = 5 };
    each *each = context;
    pieces block = {0};
    size_t column = each->count++ % each->columns;
    double width = (each->width - (double)(each->columns - 1) * GAP * millimetre) / (double)each->columns;
    TRY(running_draw(drawing, scope, each->item->first, width, &block));
    piece *line = column == 0 ? pieces_add(drawing, each->pieces, each->item->line, 0, GAP * millimetre) : each->pieces->last;
    line->height = fmax(line->height, stack(&block, &line->marks, (double)column * (width + GAP * millimetre), 0));
    return DONE;
}

static ending draw_when(drawing *drawing, const scope *scope, const item *item, double width, pieces *pieces)
{
    bool holds;
    TRY(condition_holds(drawing, scope, item, &holds));
    return running_draw(drawing, scope, holds ? item->first : item->otherwise, width, pieces);
}

static ending draw_item(drawing *drawing, const scope *scope, const item *item, double width, pieces *pieces)
{
    each each = {item, width, pieces, item->command == COMMAND_EACH ? (size_t)number_of(item, SET_COLUMNS, 1) : 1, 0};
    switch (item->command) {
    case COMMAND_HEADING: return draw_heading(drawing, scope, item, width, pieces);
    case COMMAND_PARAGRAPH: return draw_paragraph(drawing, scope, item, width, pieces);
    case COMMAND_NOTE: return draw_note(drawing, scope, item, width, pieces);
    case COMMAND_SPACE: pieces_add(drawing, pieces, item->line, 0, item->number[SET_MM] * millimetre); return DONE;
    case COMMAND_RULE: draw_rule(drawing, item, width, pieces); return DONE;
    case COMMAND_NEW_PAGE: pieces_add(drawing, pieces, item->line, 0, 0)->page = true; return DONE;
    case COMMAND_PAIRS: return pairs_draw(drawing, scope, item, width, pieces);
    case COMMAND_TABLE: return table_draw(drawing, scope, item, width, pieces);
    case COMMAND_VALUES: return values_draw(drawing, scope, item, width, pieces);
    case COMMAND_KEEP: return draw_keep(drawing, scope, item, width, pieces);
    case COMMAND_PANEL: return draw_panel(drawing, scope, item, width, pieces);
    case COMMAND_EACH: return field_each(drawing, scope, item, each.columns > 1 ? draw_each_beside : draw_each_row, &each);
    case COMMAND_WHEN: return draw_when(drawing, scope, item, width, pieces);
    default: return DONE; /* page furniture is drawn by the pages */
    }
}

ending running_draw(drawing *drawing, const scope *scope, const item *first, double width, pieces *pieces)
{
    for (const item *i = first; i; i = i->next)
        TRY(draw_item(drawing, scope, i, width, pieces));
    return DONE;
}
