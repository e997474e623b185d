#include "canvas.h"

#include <string.h>

static const double palette[COLOURS][3] = {
    [BLACK] = {0, 0, 0}, [GREY] = {.38, .38, .38}, [PALE] = {.80, .80, .80}, [FAINT] = {.89, .89, .89},
    [RED] = {.88, .10, .10}, [GREEN] = {.05, .52, .22}, [BLUE] = {.07, .25, .45}, [WHITE] = {1, 1, 1},
};

const double *canvas_colour(colour colour)
{
    return palette[colour];
}

canvas canvas_new(void)
{
    canvas made = {.content = BUFFER_EMPTY};
    for (int i = 0; i < FACES; i++)
        made.used[i] = subset_new((face_id)i);
    return made;
}

void canvas_clear(canvas *canvas)
{
    for (int i = 0; i < FACES; i++)
        subset_clear(&canvas->used[i]);
    buffer_clear(&canvas->content);
}

void canvas_start(canvas *canvas, double height)
{
    buffer_empty(&canvas->content);
    canvas->height = height;
    canvas->in_text = false;
    canvas->face = canvas->size = -1;
    canvas->colour = canvas->stroke = BLACK;
}

static int hundredths(double points)
{
    return (int)lround(points * 100);
}

static char *put_digits(char *end, unsigned value)
{
    do
        *--end = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    return end;
}

/* Appends a whole number and a space. */
static void add_whole(buffer *to, int value)
{
    char text[16], *end = text + sizeof text, *at = end;
    *--at = ' ';
    at = put_digits(at, value < 0 ? 0u - (unsigned)value : (unsigned)value);
    if (value < 0)
        *--at = '-';
    buffer_add(to, at, (size_t)(end - at));
}

/* Appends a length given in hundredths and a space. */
static void add_length(buffer *to, int value)
{
    unsigned size = value < 0 ? 0u - (unsigned)value : (unsigned)value;
    if (size % 100 == 0) {
        add_whole(to, value / 100);
        return;
    }
    char text[16], *end = text + sizeof text, *at = end;
    *--at = ' ';
    if (size % 10 != 0)
        *--at = (char)('0' + size % 10);
    *--at = (char)('0' + size / 10 % 10);
    *--at = '.';
    at = put_digits(at, size / 100);
    if (value < 0)
        *--at = '-';
    buffer_add(to, at, (size_t)(end - at));
}

static void add_operator(buffer *to, const char *operator)
{
    buffer_add(to, operator, strlen(operator));
}

static void leave_text(canvas *canvas)
{
    if (canvas->in_text)
        add_operator(&canvas->content, "ET\n");
    canvas->in_text = false;
}

static void set_colour(canvas *canvas, colour colour, bool stroke)
{
    int *now = stroke ? &canvas->stroke : &canvas->colour;
    if (*now == (int)colour)
        return;
    *now = (int)colour;
    const double *c = palette[colour];
    bool grey = c[0] == c[1] && c[1] == c[2];
    for (int i = 0; i < (grey ? 1 : 3); i++)
        add_length(&canvas->content, hundredths(c[i]));
    add_operator(&canvas->content, grey ? (stroke ? "G\n" : "g\n") : stroke ? "RG\n" : "rg\n");
}

static void add_rectangle(canvas *canvas, double x, double y, double width, double height)
{
    buffer *to = &canvas->content;
    add_length(to, hundredths(x));
    add_length(to, hundredths(canvas->height - y - height));
    add_length(to, hundredths(width));
    add_length(to, hundredths(height));
    add_operator(to, "re\n");
}

static void fill(canvas *canvas, colour colour, double x, double y, double width, double height)
{
    leave_text(canvas);
    set_colour(canvas, colour, false);
    add_rectangle(canvas, x, y, width, height);
    add_operator(&canvas->content, "f\n");
}

static void draw_frame(canvas *canvas, const mark *mark, double x, double y)
{
    leave_text(canvas);
    set_colour(canvas, mark->colour, true);
    add_length(&canvas->content, hundredths(mark->thickness));
    add_operator(&canvas->content, "w\n");
    add_rectangle(canvas, x + mark->x, y + mark->y, mark->width, mark->height);
    add_operator(&canvas->content, "S\n");
}

static void set_letters(canvas *canvas, int face, double size)
{
    int wanted = hundredths(size);
    if (canvas->face == face && canvas->size == wanted)
        return;
    canvas->face = face;
    canvas->size = wanted;
    buffer_add_text(&canvas->content, face == BOLD ? "/F1 " : "/F0 ");
    add_length(&canvas->content, wanted);
    add_operator(&canvas->content, "Tf\n");
}

static void add_number_byte(buffer *to, unsigned char byte)
{
    if (byte == '(' || byte == ')' || byte == '\\')
        buffer_add_byte(to, '\\');
    if (byte == '\r')
        buffer_add(to, "\\r", 2);
    else
        buffer_add_byte(to, byte);
}

static void show(canvas *canvas, const letter *letters, size_t count)
{
    buffer *to = &canvas->content;
    subset *used = &canvas->used[letters->face];
    buffer_add_byte(to, '(');
    for (size_t i = 0; i < count; i++) {
        uint16_t number = subset_number(used, letters[i].glyph);
        add_number_byte(to, (unsigned char)(number >> 8));
        add_number_byte(to, (unsigned char)number);
    }
    add_operator(to, ") Tj\n");
}

static void move_text(canvas *canvas, int x, int y)
{
    buffer *to = &canvas->content;
    if (!canvas->in_text) {
        add_operator(to, "BT\n");
        canvas->in_text = true;
        canvas->x = canvas->y = 0;
    }
    add_length(to, x - canvas->x);
    add_length(to, y - canvas->y);
    add_operator(to, "Td\n");
    canvas->x = x;
    canvas->y = y;
}

double canvas_width_of(const letter *letters, size_t count, double size)
{
    int width = 0;
    for (size_t i = 0; i < count; i++)
        width += letters[i].advance;
    return width * size / 1000;
}

size_t canvas_run_length(const letter *letters, size_t count)
{
    size_t length = 1;
    while (length < count && letters[length].face == letters->face && letters[length].struck == letters->struck)
        length++;
    return length;
}

static void draw_text(canvas *canvas, const mark *mark, double x, double y)
{
    double left = x + mark->x, base = y + mark->y;
    for (size_t at = 0; at < mark->count;) {
        const letter *run = mark->letters + at;
        size_t length = canvas_run_length(run, mark->count - at);
        double width = canvas_width_of(run, length, mark->size);
        set_colour(canvas, mark->colour, false);
        if (at == 0 || !canvas->in_text || run[-1].struck)
            move_text(canvas, hundredths(left), hundredths(canvas->height - base));
        set_letters(canvas, run->face, mark->size);
        show(canvas, run, length);
        if (run->struck)
            fill(canvas, mark->colour, left, base - 0.27 * mark->size, width, 0.07 * mark->size);
        left += width;
        at += length;
    }
}

/* Modules in a grid of their own, so that a run is four small whole numbers. Each run is drawn 0.02 pt smaller on every
 * side: a rasteriser that paints every touched dot then paints whole modules and no more. */
static void draw_code(canvas *canvas, const mark *mark, double x, double y)
{
    const qr *code = mark->code;
    double module = mark->module * mark->dot, side = module * code->width;
    double left = x + mark->x + (mark->size - side) / 2, top = y + mark->y + (mark->size - side) / 2;
    left = round(left / mark->dot) * mark->dot;
    double bottom = round((canvas->height - top - side) / mark->dot) * mark->dot;
    int units = (int)lround(module / 0.02);
    buffer *to = &canvas->content;
    fill(canvas, WHITE, x + mark->x, y + mark->y, mark->size, mark->size);
    set_colour(canvas, BLACK, false);
    buffer_add_format(to, "q %.7f 0 0 %.7f %.5f %.5f cm\n", module / units, module / units, left, bottom);
    for (int row = 0; row < code->width; row++) {
        const unsigned char *dark = code->modules + row * code->width;
        for (int first = 0, last; first < code->width; first = last) {
            for (last = first + 1; last < code->width && dark[last] == dark[first]; last++)
                ;
            if (!dark[first])
                continue;
            add_whole(to, first * units + 1);
            add_whole(to, (code->width - 1 - row) * units + 1);
            add_whole(to, (last - first) * units - 2);
            add_whole(to, units - 2);
            add_operator(to, "re\n");
        }
    }
    add_operator(to, "f Q\n");
}

/* The words of a watermark as a line of their own above everything, for whoever copies the page: they are not seen there. */
static void add_hidden(canvas *canvas, const mark *mark)
{
    enum { SIZE = 2 };
    set_letters(canvas, mark->letters->face, SIZE);
    buffer_add_format(&canvas->content, "BT 3 Tr 1 0 0 1 2 %.2f Tm\n", canvas->height - SIZE);
    show(canvas, mark->letters, mark->count);
    add_operator(&canvas->content, "0 Tr ET\n");
}

/* From the lower left to the upper right corner of the mark. Its letters stand between those of the page, and would be copied
 * with them: they are an artifact without text. Rule: ISO 32000-1, 14.8.2.2 (artifacts), 14.9.4 (replacement text). */
static void draw_watermark(canvas *canvas, const mark *mark, double x, double y)
{
    leave_text(canvas);
    double angle = atan2(mark->height, mark->width), width = canvas_width_of(mark->letters, mark->count, mark->size);
    double middle_x = x + mark->x + mark->width / 2, middle_y = canvas->height - y - mark->y - mark->height / 2;
    double c = cos(angle), s = sin(angle), across = width / 2, down = 0.36 * mark->size;
    set_colour(canvas, mark->colour, false);
    set_letters(canvas, mark->letters->face, mark->size);
    add_operator(&canvas->content, "/Artifact <</Type/Pagination/Subtype/Watermark>> BDC /Span <</ActualText ()>> BDC\n");
    buffer_add_format(&canvas->content, "BT %.5f %.5f %.5f %.5f %.2f %.2f Tm\n", c, s, -s, c,
                      middle_x - across * c + down * s, middle_y - across * s - down * c);
    show(canvas, mark->letters, mark->count);
    add_operator(&canvas->content, "ET EMC EMC\n");
    add_hidden(canvas, mark);
}

void canvas_draw(canvas *canvas, const mark *first, double x, double y)
{
    for (const mark *m = first; m; m = m->next)
        switch (m->kind) {
        case MARK_TEXT: draw_text(canvas, m, x, y); break;
        case MARK_FILL: fill(canvas, m->colour, x + m->x, y + m->y, m->width, m->height); break;
        case MARK_FRAME: draw_frame(canvas, m, x, y); break;
        case MARK_CODE: draw_code(canvas, m, x, y); break;
        case MARK_WATERMARK: draw_watermark(canvas, m, x, y); break;
        }
}

void canvas_end(canvas *canvas)
{
    leave_text(canvas);
}
