#include "picture.h"

#include <math.h>
#include <string.h>

static answer *put_length(answer *to, const char *name, double points)
{
    return put_text(to, name, arena_format(to->arena, "%.2f", points));
}

static void put_colour(answer *to, colour colour)
{
    const double *c = canvas_colour(colour);
    put_text(to, "colour", arena_format(to->arena, "#%02x%02x%02x", (unsigned)lround(c[0] * 255), (unsigned)lround(c[1] * 255), (unsigned)lround(c[2] * 255)));
}

/* Every mark has every name, so that the template finds it. */
static answer *add_mark(answer *page, const char *kind)
{
    static const char *const kinds[] = {"text", "fill", "frame", "code", "watermark"};
    answer *mark = add_object(page->last), *made = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i], kind) == 0)
            made = put_object(mark, kind);
        else
            put_text(mark, kinds[i], NULL);
    return made;
}

static const char *words_of(arena *arena, const letter *letters, size_t count)
{
    BUFFER_SCOPE buffer words = BUFFER_EMPTY;
    for (size_t i = 0; i < count; i++)
        buffer_add_scalar(&words, faces[letters[i].face].letters[letters[i].glyph - 1]);
    return arena_text(arena, buffer_text(&words));
}

static void put_letters(answer *to, const letter *letters, size_t count, double size)
{
    put_length(to, "size", size);
    put_length(to, "width", canvas_width_of(letters, count, size));
    put_truth(to, "bold", letters->face == BOLD);
    put_truth(to, "struck", letters->struck);
    put_text(to, "words", words_of(to->arena, letters, count));
}

static void draw_text(answer *page, const mark *mark, double x, double y)
{
    double left = x + mark->x;
    for (size_t at = 0; at < mark->count;) {
        const letter *run = mark->letters + at;
        size_t length = canvas_run_length(run, mark->count - at);
        answer *text = add_mark(page, "text");
        put_length(text, "x", left);
        put_length(text, "y", y + mark->y);
        put_colour(text, mark->colour);
        put_letters(text, run, length, mark->size);
        left += canvas_width_of(run, length, mark->size);
        at += length;
    }
}

static answer *add_rectangle(answer *page, const char *kind, const mark *mark, double x, double y)
{
    answer *made = add_mark(page, kind);
    put_length(made, "x", x + mark->x);
    put_length(made, "y", y + mark->y);
    put_length(made, "width", mark->width);
    put_length(made, "height", mark->height);
    put_length(made, "thickness", mark->thickness);
    put_colour(made, mark->colour);
    return made;
}

static void draw_code(answer *page, const mark *mark, double x, double y)
{
    answer *code = add_mark(page, "code");
    double module = mark->module * mark->dot, side = module * mark->code->width;
    put_length(code, "x", x + mark->x);
    put_length(code, "y", y + mark->y);
    put_length(code, "size", mark->size);
    put_text(code, "left", arena_format(code->arena, "%.3f", x + mark->x + (mark->size - side) / 2 - QR_QUIET_ZONE * module));
    put_text(code, "top", arena_format(code->arena, "%.3f", y + mark->y + (mark->size - side) / 2 - QR_QUIET_ZONE * module));
    put_text(code, "module", arena_format(code->arena, "%.4f", module));
    put_text(code, "path", qr_path(mark->code, code->arena));
}

static void draw_watermark(answer *page, const mark *mark, double x, double y)
{
    answer *made = add_mark(page, "watermark");
    double angle = atan2(mark->height, mark->width), down = 0.36 * mark->size;
    put_length(made, "x", x + mark->x + mark->width / 2);
    put_length(made, "y", y + mark->y + mark->height / 2);
    put_length(made, "down", down);
    put_text(made, "turn", arena_format(made->arena, "%.2f", -angle * 180 / 3.14159265358979));
    put_colour(made, mark->colour);
    put_letters(made, mark->letters, mark->count, mark->size);
}

void picture_start(answer *page, double width, double height)
{
    put_length(page, "width", width);
    put_length(page, "height", height);
    put_list(page, "marks");
}

void picture_draw(answer *page, const mark *first, double x, double y)
{
    for (const mark *m = first; m; m = m->next)
        switch (m->kind) {
        case MARK_TEXT: draw_text(page, m, x, y); break;
        case MARK_FILL: add_rectangle(page, "fill", m, x, y); break;
        case MARK_FRAME: add_rectangle(page, "frame", m, x, y); break;
        case MARK_CODE: draw_code(page, m, x, y); break;
        case MARK_WATERMARK: draw_watermark(page, m, x, y); break;
        }
}
