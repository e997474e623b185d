#include "drawing.h"

#include <stdlib.h>
#include <string.h>

/* Tables have rules between rows and none between columns: a bold head on a firm rule, hairlines, a closing rule. What is filled by hand
 * is a grid: rows of a height to write in, rules between columns too. */

enum { MOST_COLUMNS = 16 };

typedef struct row {
    struct row *next;
    writing *cells; /* by column, then by line below */
} row;

typedef struct table {
    const item *item;
    const item *columns[MOST_COLUMNS], *belows[MOST_COLUMNS];
    size_t column_count, below_count;
    double size, x[MOST_COLUMNS + 1], tail[MOST_COLUMNS];
    row *first, *last;
} table;

static const double side = 1.5, above = 1.15; /* mm around the text of a cell */

static ending take_columns(drawing *drawing, table *table, double width)
{
    double x = 0;
    for (const item *i = table->item->first; i; i = i->next) {
        bool column = i->command == COMMAND_COLUMN;
        if ((column && table->column_count == MOST_COLUMNS) || table->below_count == MOST_COLUMNS)
            return refuse_item(drawing, i->line, "DOC-11", NULL, NULL, NULL);
        if (column) {
            table->x[table->column_count] = x;
            table->columns[table->column_count++] = i;
            x += i->number[SET_WIDTH] * millimetre;
        } else if (i->command == COMMAND_BELOW) {
            table->belows[table->below_count++] = i;
        }
    }
    table->x[table->column_count] = x;
    return x > width + 0.5 ? refuse_item(drawing, table->item->line, "DOC-11", NULL, NULL, NULL) : DONE;
}

/* Width from the decimal sign of a number to the end of the text: what is to be aligned lies left of it. */
static double tail_of(const writing *writing, double size)
{
    uint16_t zero = face_glyph(REGULAR, '0'), narrow = face_glyph(REGULAR, 0x202F);
    size_t i = 0;
    while (i < writing->count && (writing->letters[i].glyph < zero || writing->letters[i].glyph > zero + 9))
        i++;
    if (i == writing->count)
        return 0;
    while (i < writing->count && ((writing->letters[i].glyph >= zero && writing->letters[i].glyph <= zero + 9) ||
                                  writing->letters[i].glyph == narrow))
        i++;
    return writing_width(writing, i, writing->count - i, size);
}

static ending take_row(drawing *drawing, const scope *scope, void *context)
{
    table *table = context;
    row *made = arena_alloc(drawing->arena, sizeof *made);
    made->cells = arena_array(drawing->arena, table->column_count + table->below_count, sizeof *made->cells);
    for (size_t i = 0; i < table->column_count + table->below_count; i++) {
        bool column = i < table->column_count;
        const item *cell = column ? table->columns[i] : table->belows[i - table->column_count];
        TRY(writing_make(drawing, scope, cell->text, face_of(cell), &made->cells[i]));
        if (column && cell->align == ALIGN_DECIMAL)
            table->tail[i] = fmax(table->tail[i], tail_of(&made->cells[i], table->size));
    }
    if (table->last)
        table->last->next = made;
    else
        table->first = made;
    table->last = made;
    return DONE;
}

/* One cell; the text of a decimal column is moved so that the decimal signs stand below each other. */
static ending draw_cell(drawing *drawing, const table *table, size_t column, const writing *writing, marks *to,
                        double *ret_height)
{
    const item *item = table->columns[column];
    double size = number_of(item, SET_SIZE, table->size), pad = side * millimetre, first = column == 0 ? 0 : pad;
    double last = column + 1 == table->column_count ? 0 : pad;
    paragraph set = {.size = size, .minimum = fmin(6, size), .leading = 1.28, .x = table->x[column] + first,
                     .width = table->x[column + 1] - table->x[column] - first - last,
                     .align = item->align == ALIGN_DECIMAL ? ALIGN_RIGHT : item->align, .colour = item->colour,
                     .line = item->line};
    marks marks = {0};
    TRY(paragraph_draw(drawing, &set, writing, &marks, ret_height));
    double shift = item->align == ALIGN_DECIMAL ? table->tail[column] - tail_of(writing, size) : 0;
    if (shift > 0 && marks.first && !marks.first->next && marks.first->x - shift >= set.x)
        marks.first->x -= shift;
    marks_join(to, &marks, 0, above * millimetre);
    return DONE;
}

static void add_rule(drawing *drawing, const table *table, marks *marks, double y, double thickness, colour colour)
{
    mark *rule = marks_add(drawing, marks, MARK_FILL, table->item->line);
    rule->y = y;
    rule->width = table->x[table->column_count];
    rule->height = thickness;
    rule->colour = colour;
}

static void add_upright(drawing *drawing, const table *table, marks *marks, double x, double height)
{
    mark *rule = marks_add(drawing, marks, MARK_FILL, table->item->line);
    *rule = (mark){.kind = MARK_FILL, .line = table->item->line, .x = x - 0.125, .width = 0.25, .height = height, .colour = PALE};
}

static ending draw_head(drawing *drawing, const scope *scope, const table *table, pieces *pieces, const piece **ret_head)
{
    piece *head = pieces_add(drawing, pieces, table->item->line, 0, 2 * millimetre);
    double tallest = 0, height[MOST_COLUMNS];
    marks marks[MOST_COLUMNS] = {0};
    for (size_t i = 0; i < table->column_count; i++) {
        const item *column = table->columns[i];
        double pad = side * millimetre, first = i == 0 ? 0 : pad, last = i + 1 == table->column_count ? 0 : pad;
        paragraph set = {.size = 7.5, .minimum = 6, .leading = 1.2, .x = table->x[i] + first,
                         .width = table->x[i + 1] - table->x[i] - first - last,
                         .align = column->align == ALIGN_DECIMAL ? ALIGN_RIGHT : column->align, .colour = GREY,
                         .line = column->line};
        writing title;
        TRY(writing_make(drawing, scope, column->title, BOLD, &title));
        TRY(paragraph_draw(drawing, &set, &title, &marks[i], &height[i]));
        tallest = fmax(tallest, height[i]);
    }
    for (size_t i = 0; i < table->column_count; i++)
        marks_join(&head->marks, &marks[i], 0, tallest - height[i] + 0.4 * millimetre);
    head->height = tallest + 1.4 * millimetre;
    add_rule(drawing, table, &head->marks, head->height - 0.7, 0.7, BLACK);
    head->glued = true;
    *ret_head = head;
    return DONE;
}

static ending draw_row(drawing *drawing, const table *table, const row *row, piece *made)
{
    double tallest = 0, height;
    for (size_t i = 0; i < table->column_count; i++) {
        TRY(draw_cell(drawing, table, i, &row->cells[i], &made->marks, &height));
        tallest = fmax(tallest, height);
    }
    made->height = fmax(tallest + 2 * above * millimetre, length_of(table->item, SET_ROW, 0));
    for (size_t i = 1; i < table->column_count && table->item->given & 1u << SET_GRID; i++)
        add_upright(drawing, table, &made->marks, table->x[i], made->height);
    for (size_t i = 0; i < table->below_count; i++) {
        const item *item = table->belows[i];
        const writing *writing = &row->cells[table->column_count + i];
        double left = length_of(item, SET_LEFT, 4), size = fmax(table->size - 0.5, 6);
        paragraph set = {.size = size, .minimum = size, .leading = 1.28, .x = left, .line = item->line,
                         .width = table->x[table->column_count] - left,
                         .colour = item->given & 1u << SET_COLOUR ? item->colour : GREY};
        marks marks = {0};
        TRY(paragraph_draw(drawing, &set, writing, &marks, &height));
        if (writing->count == 0)
            continue;
        marks_join(&made->marks, &marks, 0, made->height + 0.1 * millimetre);
        made->height += height + 0.9 * millimetre;
    }
    return DONE;
}

static ending draw_empty(drawing *drawing, const scope *scope, const table *table, double width, pieces *pieces)
{
    for (const item *i = table->item->first; i; i = i->next) {
        if (i->command != COMMAND_EMPTY)
            continue;
        writing writing;
        paragraph set = {.size = drawing->layout->size, .minimum = 6, .leading = 1.3, .width = width, .colour = GREY,
                         .line = i->line};
        TRY(writing_make(drawing, scope, i->text, REGULAR, &writing));
        piece *made = pieces_add(drawing, pieces, i->line, 0, 1.6 * millimetre);
        TRY(paragraph_draw(drawing, &set, &writing, &made->marks, &made->height));
    }
    return DONE;
}

ending table_draw(drawing *drawing, const scope *scope, const item *item, double width, pieces *pieces)
{
    table table = {.item = item, .size = number_of(item, SET_SIZE, drawing->layout->size - 0.5)};
    TRY(take_columns(drawing, &table, width));
    TRY(field_each(drawing, scope, item, take_row, &table));
    if (!table.first)
        return draw_empty(drawing, scope, &table, width, pieces);
    const piece *head;
    TRY(draw_head(drawing, scope, &table, pieces, &head));
    for (const row *r = table.first; r; r = r->next) {
        piece *made = pieces_add(drawing, pieces, item->line, 0, 0);
        made->head = head;
        made->glued = r->next && (r == table.first || !r->next->next);
        TRY(draw_row(drawing, &table, r, made));
        add_rule(drawing, &table, &made->marks, made->height - 0.25, r->next ? 0.25 : 0.5, r->next ? PALE : BLACK);
    }
    return DONE;
}

typedef struct grid {
    const item *item;
    double size, cell, height;
    int columns, count;
    pieces *pieces;
} grid;

/* Values end at three quarters of their cell, so that a value stands nearer to its own number than to the next one. */
static double value_edge(const grid *grid, double width)
{
    return fmax(grid->cell * 0.74, fmin(grid->cell - 1.6 * millimetre, width + 4 * millimetre));
}

/* One value of the grid: its number small and grey in front, the value to the right. */
static ending draw_value(drawing *drawing, const scope *scope, void *context)
{
    grid *grid = context;
    writing value, number;
    static const part position = {.kind = PART_FIELD, .text = "position"};
    TRY(writing_make(drawing, scope, grid->item->text, REGULAR, &value));
    TRY(writing_make(drawing, scope, &position, REGULAR, &number));
    int column = grid->count++ % grid->columns;
    if (column == 0) {
        bool first = grid->count == 1;
        piece *made = pieces_add(drawing, grid->pieces, grid->item->line, grid->height, first ? 1.4 * millimetre : 0);
        mark *rule = marks_add(drawing, &made->marks, MARK_FILL, grid->item->line);
        *rule = (mark){.kind = MARK_FILL, .line = grid->item->line, .y = grid->height - 0.25, .height = 0.25,
                       .width = grid->cell * grid->columns, .colour = PALE};
    }
    marks *marks = &grid->pieces->last->marks;
    bool ruled = column > 0 && length_of(grid->item, SET_ROW, 0) > 0; /* to be filled by hand */
    if (ruled) {
        mark *upright = marks_add(drawing, marks, MARK_FILL, grid->item->line);
        *upright = (mark){.kind = MARK_FILL, .line = grid->item->line, .x = column * grid->cell - 0.125, .width = 0.25, .height = grid->height - 0.25, .colour = PALE};
    }
    double x = column * grid->cell, pad = 1.6 * millimetre, base = above * millimetre + capital_height * grid->size;
    double small = grid->size - 2.5, width = writing_width(&value, 0, value.count, grid->size);
    if (width + writing_width(&number, 0, number.count, small) + 1.4 * pad > grid->cell)
        return refuse_item(drawing, grid->item->line, "DOC-09", NULL, writing_text(drawing, &value), "");
    text_line whole = {0, value.count, width}, label = {0, number.count, 0};
    marks_add_line(drawing, marks, grid->item->line, &number, &label, small, ALIGN_LEFT, GREY, x + (ruled ? 0.8 * millimetre : 0), 0, base);
    marks_add_line(drawing, marks, grid->item->line, &value, &whole, grid->size, ALIGN_RIGHT, BLACK, x,
                   value_edge(grid, width), base);
    return DONE;
}

ending values_draw(drawing *drawing, const scope *scope, const item *item, double width, pieces *pieces)
{
    int columns = (int)item->number[SET_COLUMNS];
    double size = number_of(item, SET_SIZE, drawing->layout->size - 0.5);
    grid grid = {.item = item, .size = size, .cell = width / columns, .columns = columns, .pieces = pieces,
                 .height = fmax(2 * above * millimetre + (capital_height + depth) * size, length_of(item, SET_ROW, 0))};
    return field_each(drawing, scope, item, draw_value, &grid);
}

typedef struct pair_list {
    const item *pairs;
    double width, label, size;
    int columns, count;
    pieces *pieces;
    double height;
    marks row;
} pair_list;

static void end_pair_row(drawing *drawing, pair_list *list)
{
    if (!list->row.first)
        return;
    bool first = list->count <= list->columns;
    piece *made = pieces_add(drawing, list->pieces, list->pairs->line, list->height + 1.5 * millimetre,
                             first ? 2 * millimetre : 0);
    made->marks = list->row;
    list->row = (marks){0};
    list->height = 0;
}

static ending draw_pair(drawing *drawing, const scope *scope, const item *item, pair_list *list)
{
    int column = list->count++ % list->columns;
    double cell = list->width / list->columns, x = column * cell, gap = 4 * millimetre;
    paragraph label = {.size = list->size - 1, .minimum = 6, .leading = 1.28, .x = x, .line = item->line,
                       .width = list->label - 1.5 * millimetre, .colour = GREY};
    paragraph value = {.face = face_of(item), .size = list->size, .minimum = 6.5, .leading = 1.28, .x = x + list->label,
                       .width = cell - list->label - (column + 1 < list->columns ? gap : 0), .colour = item->colour,
                       .line = item->line};
    writing title, text;
    TRY(writing_make(drawing, scope, item->title, REGULAR, &title));
    TRY(writing_make(drawing, scope, item->text, value.face, &text));
    marks titles = {0}, values = {0};
    double title_height, value_height;
    TRY(paragraph_draw(drawing, &label, &title, &titles, &title_height));
    TRY(paragraph_draw(drawing, &value, &text, &values, &value_height));
    marks_join(&list->row, &titles, 0, capital_height * (value.size - label.size));
    marks_join(&list->row, &values, 0, 0);
    list->height = fmax(list->height, fmax(title_height + 0.7, value_height));
    if (column + 1 == list->columns)
        end_pair_row(drawing, list);
    return DONE;
}

typedef struct pair_each {
    const item *first;
    pair_list *list;
} pair_each;

static ending draw_pair_items(drawing *drawing, const scope *scope, void *context)
{
    const pair_each *each = context;
    for (const item *i = each->first; i; i = i->next) {
        pair_each inner = {i->first, each->list};
        bool holds;
        switch (i->command) {
        case COMMAND_PAIR: TRY(draw_pair(drawing, scope, i, each->list)); break;
        case COMMAND_EACH: TRY(field_each(drawing, scope, i, draw_pair_items, &inner)); break;
        default:
            TRY(condition_holds(drawing, scope, i, &holds));
            inner.first = holds ? i->first : i->otherwise;
            TRY(draw_pair_items(drawing, scope, &inner));
        }
    }
    return DONE;
}

ending pairs_draw(drawing *drawing, const scope *scope, const item *item, double width, pieces *pieces)
{
    pair_list list = {.pairs = item, .width = width, .label = length_of(item, SET_LABEL, 38),
                      .size = number_of(item, SET_SIZE, drawing->layout->size),
                      .columns = (int)number_of(item, SET_COLUMNS, 1), .pieces = pieces};
    pair_each all = {item->first, &list};
    TRY(draw_pair_items(drawing, scope, &all));
    end_pair_row(drawing, &list);
    return DONE;
}
