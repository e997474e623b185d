#include "pages.h"
#include "picture.h"

#include <string.h>

/* Where a piece came to stand. */
typedef struct placement {
    struct placement *next;
    const piece *piece;
    double y;
} placement;

typedef struct page {
    struct page *next;
    placement *first, *last;
} page;

typedef struct book {
    page *first, *last;
    int count;
    double y; /* where the next piece stands */
} book;

static double top_of(const layout *l, int page)
{
    return page == 1 ? l->top : l->later;
}

static void place_piece(drawing *drawing, book *book, const piece *piece)
{
    placement *made = arena_alloc(drawing->arena, sizeof *made);
    made->piece = piece;
    made->y = book->y;
    if (book->last->last)
        book->last->last->next = made;
    else
        book->last->first = made;
    book->last->last = made;
    book->y += piece->height;
}

static void turn_page(drawing *drawing, book *book)
{
    page *made = arena_alloc(drawing->arena, sizeof *made);
    if (book->last)
        book->last->next = made;
    else
        book->first = made;
    book->last = made;
    book->count++;
    book->y = top_of(drawing->layout, book->count);
}

/* Height of a piece with all that must stay on its page; just its own when the whole is taller than a page. */
static double block_height(const piece *first, double body)
{
    double height = first->height;
    for (const piece *p = first; p->glued && p->next; p = p->next)
        height += p->next->before + p->next->height;
    return height > body ? first->height : height;
}

static ending lay_pieces(drawing *drawing, const piece *first, book *book)
{
    const layout *l = drawing->layout;
    double bottom = l->height - l->bottom, body = bottom - l->later;
    turn_page(drawing, book);
    for (const piece *p = first; p; p = p->next) {
        bool fresh = !book->last->first;
        double before = fresh ? 0 : p->before;
        if (!fresh && (p->page || book->y + before + block_height(p, body) > bottom + 0.01)) {
            turn_page(drawing, book);
            before = 0;
            if (p->head && p->height + p->head->height <= body)
                place_piece(drawing, book, p->head);
        }
        if (book->y + before + p->height > bottom + 0.01)
            return refuse_item(drawing, p->line, "DOC-16", NULL, NULL, NULL);
        book->y += before;
        if (p->height > 0)
            place_piece(drawing, book, p);
    }
    return DONE;
}

/* The furniture of one page among the items of the layout and of the conditions that hold. */
static ending draw_furniture(drawing *drawing, const scope *scope, const item *first, bool first_page, marks *marks)
{
    for (const item *i = first; i; i = i->next) {
        command here = first_page ? COMMAND_FIRST_PAGE : COMMAND_LATER_PAGES;
        if (i->command == COMMAND_EVERY_PAGE || i->command == here)
            TRY(placed_draw(drawing, scope, i->first, marks));
        if (i->command != COMMAND_WHEN)
            continue;
        bool holds;
        TRY(condition_holds(drawing, scope, i, &holds));
        TRY(draw_furniture(drawing, scope, holds ? i->first : i->otherwise, first_page, marks));
    }
    return DONE;
}

static answer *about_document(drawing *drawing, int page, int pages)
{
    const document_information *info = drawing->information;
    answer *about = answer_object(drawing->arena);
    put_text(about, "program", info->program);
    put_text(about, "schema", info->schema);
    put_text(about, "template", arena_format(drawing->arena, "%.*s %s", (int)strcspn(drawing->layout->name, "."),
                                             drawing->layout->name, drawing->layout->version));
    put_instant(about, "instant", info->instant);
    if (page > 0) {
        put_count(about, "page", page);
        put_count(about, "pages", pages);
    }
    return about;
}

static scope scope_of(drawing *drawing, const answer *record)
{
    return (scope){.top = record, .row = record, .document = about_document(drawing, 0, 0)};
}

/* A page on paper, or the one that is wanted on a screen. */
static void start_sheet(drawing *drawing)
{
    drawing->sheets++;
    if (!drawing->picture)
        canvas_start(drawing->canvas, drawing->layout->height);
    else if (drawing->sheets == drawing->wanted)
        picture_start(drawing->picture, drawing->layout->width, drawing->layout->height);
}

static void put_marks(drawing *drawing, const mark *first, double x, double y)
{
    if (!drawing->picture)
        canvas_draw(drawing->canvas, first, x, y);
    else if (drawing->sheets == drawing->wanted)
        picture_draw(drawing->picture, first, x, y);
}

static void end_sheet(drawing *drawing, pdf *pdf)
{
    if (drawing->picture)
        return;
    canvas_end(drawing->canvas);
    pdf_add_page(pdf, drawing->layout->width, drawing->layout->height, &drawing->canvas->content);
}

/* Watermarks lie below everything else. */
static void put_placed(drawing *drawing, const marks *marks)
{
    for (int watermark = 1; watermark >= 0; watermark--)
        for (const mark *m = marks->first; m; m = m->next)
            if ((m->kind == MARK_WATERMARK) == watermark) {
                mark one = *m;
                one.next = NULL;
                put_marks(drawing, &one, 0, 0);
            }
}

static ending draw_page(drawing *drawing, const answer *record, const page *page, int number, int count, pdf *pdf)
{
    const layout *l = drawing->layout;
    scope scope = scope_of(drawing, record);
    scope.document = about_document(drawing, number, count);
    marks furniture = {0};
    TRY(draw_furniture(drawing, &scope, l->first, number == 1, &furniture));
    double top = top_of(l, number);
    mark body = {.x = l->left, .y = top, .width = l->width - l->left - l->right, .height = l->height - l->bottom - top};
    TRY(placed_check(drawing, &furniture, &body));
    start_sheet(drawing);
    put_placed(drawing, &furniture);
    for (const placement *p = page->first; p; p = p->next)
        put_marks(drawing, p->piece->marks.first, l->left, p->y);
    end_sheet(drawing, pdf);
    return DONE;
}

static ending draw_running(drawing *drawing, const answer *record, pdf *pdf)
{
    const layout *l = drawing->layout;
    scope scope = scope_of(drawing, record);
    pieces pieces = {0};
    book book = {0};
    TRY(running_draw(drawing, &scope, l->first, l->width - l->left - l->right, &pieces));
    TRY(lay_pieces(drawing, pieces.first, &book));
    int number = 0;
    for (const page *p = book.first; p; p = p->next)
        TRY(draw_page(drawing, record, p, ++number, book.count, pdf));
    return DONE;
}

static ending draw_label(drawing *drawing, const answer *record, pdf *pdf)
{
    scope scope = scope_of(drawing, record);
    marks marks = {0};
    TRY(placed_draw(drawing, &scope, drawing->layout->first, &marks));
    TRY(placed_check(drawing, &marks, NULL));
    start_sheet(drawing);
    put_placed(drawing, &marks);
    end_sheet(drawing, pdf);
    return DONE;
}

ending record_draw(drawing *drawing, const answer *record, pdf *pdf)
{
    return drawing->layout->label ? draw_label(drawing, record, pdf) : draw_running(drawing, record, pdf);
}

ending record_names(drawing *drawing, const answer *record, const char **ret_title, const char **ret_author)
{
    scope scope = scope_of(drawing, record);
    TRY(writing_plain(drawing, &scope, drawing->layout->title, ret_title));
    return writing_plain(drawing, &scope, drawing->layout->author, ret_author);
}
