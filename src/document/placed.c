#include "drawing.h"

#include <stdio.h>
#include <string.h>

mark *marks_add(drawing *drawing, marks *marks, mark_kind kind, int line)
{
    mark *made = arena_alloc(drawing->arena, sizeof *made);
    made->kind = kind;
    made->line = line;
    if (marks->last)
        marks->last->next = made;
    else
        marks->first = made;
    marks->last = made;
    return made;
}

void marks_join(marks *to, const marks *more, double x, double y)
{
    for (mark *m = more->first; m; m = m->next) {
        m->x += x;
        m->y += y;
    }
    if (!more->first)
        return;
    if (to->last)
        to->last->next = more->first;
    else
        to->first = more->first;
    to->last = more->last;
}

void marks_add_line(drawing *drawing, marks *marks, int line, const writing *writing, const text_line *text, double size,
                    alignment align, colour colour, double x, double width, double y)
{
    if (text->count == 0)
        return;
    mark *made = marks_add(drawing, marks, MARK_TEXT, line);
    double room = width - text->width;
    made->x = x + (align == ALIGN_CENTER ? room / 2 : align == ALIGN_RIGHT ? room : 0);
    made->y = y;
    made->width = text->width;
    made->height = size;
    made->size = size;
    made->colour = colour;
    made->letters = writing->letters + text->first;
    made->count = text->count;
}

/* A text with its limits, and the size at which it keeps them. */
typedef struct fitting {
    double width, height, leading, minimum; /* points; height 0 for no limit */
    size_t most;
    double size;
    text_line *lines;
    size_t count;
} fitting;

static double height_of(const fitting *f)
{
    return f->count == 0 ? 0 : (capital_height + f->leading * (double)(f->count - 1)) * f->size;
}

static ending refuse_fit(drawing *drawing, const item *item, const writing *writing, const fitting *f)
{
    char limit[96];
    int length = snprintf(limit, sizeof limit, "%.4g", f->width / millimetre);
    if (f->height > 0)
        length += snprintf(limit + length, sizeof limit - (size_t)length, " x %.4g", f->height / millimetre);
    snprintf(limit + length, sizeof limit - (size_t)length, " mm, %zu x %g pt", f->most, f->minimum);
    const char *field = NULL;
    for (const part *p = item->text; p && !field; p = p->next)
        field = p->kind == PART_FIELD ? p->text : NULL;
    return refuse_item(drawing, item->line, "DOC-09", field, writing_text(drawing, writing), limit);
}

/* The largest size between the usual one and the minimum, in steps of a quarter point, at which the text takes at most
 * `most` lines and the height given, without breaking a word. */
static ending fit(drawing *drawing, const item *item, const writing *writing, fitting *f)
{
    for (;; f->size = fmax(f->size - 0.25, f->minimum)) {
        bool broken;
        f->count = writing_break(drawing, writing, f->size, f->width, &f->lines, &broken);
        if (f->count <= f->most && !broken && (f->height <= 0 || height_of(f) <= f->height + 0.01))
            return DONE;
        if (f->size <= f->minimum)
            return refuse_fit(drawing, item, writing, f);
    }
}

static ending draw_text(drawing *drawing, const scope *scope, const item *item, marks *marks)
{
    writing writing;
    TRY(writing_make(drawing, scope, item->text, face_of(item), &writing));
    bool band = item->command == COMMAND_BAND;
    double usual = number_of(item, SET_SIZE, drawing->layout->size), height = length_of(item, SET_HEIGHT, 0);
    double margin = band ? fmin(height * 0.2, millimetre) : 0, x = length_of(item, SET_X, 0) + margin;
    fitting f = {.width = length_of(item, SET_WIDTH, 0) - 2 * margin, .height = band ? height * 0.8 : height, .size = usual,
                 .leading = number_of(item, SET_LEADING, 1.2), .most = (size_t)number_of(item, SET_LINES, 1),
                 .minimum = fmin(number_of(item, SET_MINIMUM, usual), usual)};
    TRY(fit(drawing, item, &writing, &f));
    double y = length_of(item, SET_Y, 0) + (band ? (height - height_of(&f)) / 2 : 0);
    alignment align = item->given & 1u << SET_ALIGN ? item->align : band ? ALIGN_CENTER : ALIGN_LEFT;
    for (size_t i = 0; i < f.count; i++)
        marks_add_line(drawing, marks, item->line, &writing, &f.lines[i], f.size, align, item->colour, x, f.width,
                       y + (capital_height + f.leading * (double)i) * f.size);
    return DONE;
}

static void draw_box(drawing *drawing, const item *item, marks *marks)
{
    double thickness = number_of(item, SET_THICKNESS, 0.5);
    bool filled = item->given & 1u << SET_FILL, framed = item->given & 1u << SET_FRAME;
    for (int pass = 0; pass < 2; pass++) {
        if (!(pass == 0 ? filled : framed || !filled))
            continue;
        mark *made = marks_add(drawing, marks, pass == 0 ? MARK_FILL : MARK_FRAME, item->line);
        double inset = pass == 0 ? 0 : thickness / 2;
        made->x = length_of(item, SET_X, 0) + inset;
        made->y = length_of(item, SET_Y, 0) + inset;
        made->width = length_of(item, SET_WIDTH, 0) - 2 * inset;
        made->height = length_of(item, SET_HEIGHT, 0) - 2 * inset;
        made->thickness = thickness;
        made->colour = pass == 0 ? item->fill : item->frame;
    }
}

static void draw_line(drawing *drawing, const item *item, marks *marks)
{
    double thickness = number_of(item, SET_THICKNESS, 0.5);
    mark *made = marks_add(drawing, marks, MARK_FILL, item->line);
    made->x = length_of(item, SET_X, 0);
    made->y = length_of(item, SET_Y, 0);
    made->width = item->given & 1u << SET_WIDTH ? length_of(item, SET_WIDTH, 0) : thickness;
    made->height = item->given & 1u << SET_HEIGHT ? length_of(item, SET_HEIGHT, 0) : thickness;
    made->colour = item->colour;
}

/* A module takes as many whole dots as fit, at least a quarter of a millimetre: below that a telephone no longer reads it.
 * Rule: ISO/IEC 18004, 6.3.8 (quiet zone of 4 modules) and 9.1. */
static ending draw_qr(drawing *drawing, const scope *scope, const item *item, marks *marks)
{
    const char *text;
    TRY(writing_plain(drawing, scope, item->text, &text));
    qr made_code;
    if (!qr_can_hold(text) || !qr_make(text, &made_code))
        return refuse_item(drawing, item->line, "DOC-12", NULL, text, "");
    double dot = drawing->layout->dot, square = length_of(item, SET_SIZE, 0);
    int module = (int)floor((square + 0.01) / (dot * (made_code.width + 2 * QR_QUIET_ZONE)));
    size_t bytes = (size_t)made_code.width * (size_t)made_code.width;
    qr *kept = arena_alloc(drawing->arena, sizeof *kept);
    *kept = (qr){.width = made_code.width, .modules = (void *)arena_copy(drawing->arena, made_code.modules, bytes)};
    qr_clear(&made_code);
    if (module * dot < 0.245 * millimetre) {
        char needed[32];
        double smallest = ceil(0.245 * millimetre / dot) * dot / millimetre;
        snprintf(needed, sizeof needed, "%.1f", smallest * (kept->width + 2 * QR_QUIET_ZONE) + 0.05);
        return refuse_item(drawing, item->line, "DOC-12", NULL, text, needed);
    }
    mark *made = marks_add(drawing, marks, MARK_CODE, item->line);
    made->x = length_of(item, SET_X, 0);
    made->y = length_of(item, SET_Y, 0);
    made->width = made->height = made->size = square;
    made->code = kept;
    made->dot = dot;
    made->module = module;
    return DONE;
}

static ending draw_watermark(drawing *drawing, const scope *scope, const item *item, marks *marks)
{
    writing writing;
    TRY(writing_make(drawing, scope, item->text, BOLD, &writing));
    if (writing.count == 0)
        return DONE;
    mark *made = marks_add(drawing, marks, MARK_WATERMARK, item->line);
    made->x = length_of(item, SET_X, 0);
    made->y = length_of(item, SET_Y, 0);
    made->width = length_of(item, SET_WIDTH, drawing->layout->width / millimetre);
    made->height = length_of(item, SET_HEIGHT, drawing->layout->height / millimetre);
    double whole = writing_width(&writing, 0, writing.count, 1), room = hypot(made->width, made->height);
    made->size = fmin(number_of(item, SET_SIZE, 60), 0.72 * room / whole);
    made->colour = drawing->layout->label ? PALE : FAINT;
    made->letters = writing.letters;
    made->count = writing.count;
    return DONE;
}

static ending draw_item(drawing *drawing, const scope *scope, const item *item, marks *marks)
{
    bool holds;
    switch (item->command) {
    case COMMAND_TEXT: return draw_text(drawing, scope, item, marks);
    case COMMAND_BAND:
        draw_box(drawing, item, marks);
        return draw_text(drawing, scope, item, marks);
    case COMMAND_BOX: draw_box(drawing, item, marks); return DONE;
    case COMMAND_LINE: draw_line(drawing, item, marks); return DONE;
    case COMMAND_QR: return draw_qr(drawing, scope, item, marks);
    case COMMAND_WATERMARK: return draw_watermark(drawing, scope, item, marks);
    case COMMAND_WHEN:
        TRY(condition_holds(drawing, scope, item, &holds));
        return placed_draw(drawing, scope, holds ? item->first : item->otherwise, marks);
    default: return DONE;
    }
}

/* What a mark covers, in points from the upper left corner. */
static mark ink_of(const mark *m)
{
    mark ink = *m;
    if (m->kind == MARK_TEXT) {
        ink.y = m->y - capital_height * m->size;
        ink.height = (capital_height + depth) * m->size;
    }
    return ink;
}

static ending check_page(drawing *drawing, const mark *m)
{
    mark ink = ink_of(m);
    const double slack = 0.3;
    if (ink.x < -slack || ink.y < -slack || ink.x + ink.width > drawing->layout->width + slack ||
        ink.y + ink.height > drawing->layout->height + slack)
        return refuse_item(drawing, m->line, "DOC-11", NULL, NULL, NULL);
    return DONE;
}

ending placed_draw(drawing *drawing, const scope *scope, const item *first, marks *marks)
{
    mark *before = marks->last;
    for (const item *i = first; i; i = i->next)
        TRY(draw_item(drawing, scope, i, marks));
    for (const mark *m = before ? before->next : marks->first; m; m = m->next)
        TRY(check_page(drawing, m));
    return DONE;
}

static bool touch(const mark *a, const mark *b)
{
    const double slack = 0.15;
    return a->x < b->x + b->width - slack && b->x < a->x + a->width - slack && a->y < b->y + b->height - slack &&
           b->y < a->y + a->height - slack;
}

static bool is_solid(const mark *m)
{
    return m->kind == MARK_TEXT || m->kind == MARK_CODE;
}

/* A frame or a filled area may hold text, but may not cut a QR square. */
static bool collide(const mark *a, const mark *b)
{
    bool solid = is_solid(a) && is_solid(b), code = a->kind == MARK_CODE || b->kind == MARK_CODE;
    if (a->kind == MARK_WATERMARK || b->kind == MARK_WATERMARK || a->line == b->line || (!solid && !code))
        return false;
    mark one = ink_of(a), two = ink_of(b);
    if (!touch(&one, &two))
        return false;
    const mark *around = a->kind == MARK_CODE ? &two : &one, *square = a->kind == MARK_CODE ? &one : &two;
    bool holds = around->x <= square->x && around->y <= square->y &&
                 around->x + around->width >= square->x + square->width &&
                 around->y + around->height >= square->y + square->height;
    return solid || !holds;
}

ending placed_check(drawing *drawing, const marks *marks, const mark *body)
{
    for (const mark *a = marks->first; a; a = a->next) {
        char line[16];
        mark ink = ink_of(a);
        if (body && is_solid(a) && touch(&ink, body))
            return refuse_item(drawing, a->line, "DOC-10", NULL, NULL, "body");
        for (const mark *b = a->next; b; b = b->next)
            if (collide(a, b)) {
                snprintf(line, sizeof line, "%d", b->line);
                return refuse_item(drawing, a->line, "DOC-10", NULL, NULL, line);
            }
    }
    return DONE;
}
