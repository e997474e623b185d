#include "magistral/base/csv.h"

#include <string.h>

#include "magistral/base/catalogue.h"
#include "magistral/base/day.h"

/* "-3.50" and "12,5" are numbers; "-1+2" is none. */
static bool is_number(const char *text)
{
    const char *p = text + (*text == '-' || *text == '+');
    size_t whole = strspn(p, "0123456789");
    if (whole == 0)
        return false;
    p += whole;
    if (*p == 0)
        return true;
    size_t places = *p == '.' || *p == ',' ? strspn(p + 1, "0123456789") : 0;
    return places > 0 && p[1 + places] == 0;
}

static void add_cell(buffer *to, const csv *csv, const char *text, bool is_text)
{
    bool formula = is_text && *text && strchr("=+-@\t\r", *text) && !is_number(text);
    bool quoted = strpbrk(text, csv->flavour == CSV_EXCEL ? ";\"\r\n" : ",\"\r\n") || *text == ' ' || (*text && text[strlen(text) - 1] == ' ');
    if (quoted)
        buffer_add_byte(to, '"');
    if (formula)
        buffer_add_byte(to, '\'');
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            buffer_add_byte(to, '"');
        buffer_add_byte(to, *p);
    }
    if (quoted)
        buffer_add_byte(to, '"');
}

static void add_with_comma(buffer *to, const char *number)
{
    for (const char *p = number; *p; p++)
        buffer_add_byte(to, *p == '.' ? ',' : *p);
}

static void add_day(buffer *to, const char *day)
{
    if (strlen(day) == 10)
        buffer_add_format(to, "%.2s/%.2s/%.4s", day + 8, day + 5, day);
    else
        buffer_add_text(to, day);
}

/* What stands in a cell of the spreadsheet. */
static void add_excel(buffer *to, const csv *csv, const answer *leaf)
{
    char local[20];
    switch (leaf->kind) {
    case ANSWER_COUNT:
    case ANSWER_DECIMAL:
    case ANSWER_FIGURE:
        add_with_comma(to, leaf->text);
        return;
    case ANSWER_DAY:
        add_day(to, leaf->text);
        return;
    case ANSWER_INSTANT:
        if (instant_local_text(leaf->text, leaf->unit ? leaf->unit : csv->zone, local))
            buffer_add_format(to, "%.2s/%.2s/%.4s %.8s", local + 8, local + 5, local, local + 11);
        else
            buffer_add_text(to, leaf->text);
        return;
    case ANSWER_STATE:
    case ANSWER_TRUTH:
        buffer_add_text(to, catalogue_state(csv->language, leaf->unit, leaf->text));
        return;
    default:
        buffer_add_text(to, leaf->text ? leaf->text : "");
        return;
    }
}

static bool is_plain_kind(const answer *leaf)
{
    return answer_is_number(leaf) || leaf->kind == ANSWER_DAY || leaf->kind == ANSWER_INSTANT;
}

/* A cell of several words has them one a line. */
static void add_value(buffer *to, const csv *csv, const answer *leaf)
{
    if (leaf->kind == ANSWER_LIST) {
        for (const answer *child = leaf->first; child; child = child->next) {
            add_value(to, csv, child);
            if (child->next)
                buffer_add_byte(to, '\n');
        }
    } else if (csv->flavour == CSV_EXCEL) {
        add_excel(to, csv, leaf);
    } else {
        buffer_add_text(to, leaf->text ? leaf->text : "");
    }
}

static void add_separator(buffer *to, const csv *csv)
{
    buffer_add_byte(to, csv->flavour == CSV_EXCEL ? ';' : ',');
}

void csv_add_heads(buffer *to, const csv *csv, const answer *row)
{
    if (csv->flavour == CSV_EXCEL)
        buffer_add_text(to, "\xEF\xBB\xBF");
    for (const answer *cell = row->first; cell; cell = cell->next) {
        bool unit = text_is_among(csv->units, cell->name), excel = csv->flavour == CSV_EXCEL;
        add_cell(to, csv, excel ? catalogue_word(csv->language, "field.", cell->name) : cell->name, true);
        if (unit) {
            add_separator(to, csv);
            BUFFER_SCOPE buffer name = BUFFER_EMPTY;
            buffer_add_format(&name, "%s-unit", cell->name);
            add_cell(to, csv, excel ? catalogue_word(csv->language, "field.", "unit") : buffer_text(&name), true);
        }
        if (cell->next)
            add_separator(to, csv);
    }
    buffer_add_text(to, "\r\n");
}

void csv_add_row(buffer *to, const csv *csv, const answer *row)
{
    for (const answer *cell = row->first; cell; cell = cell->next) {
        BUFFER_SCOPE buffer text = BUFFER_EMPTY;
        add_value(&text, csv, cell);
        add_cell(to, csv, buffer_text(&text), !is_plain_kind(cell));
        if (text_is_among(csv->units, cell->name)) {
            add_separator(to, csv);
            add_cell(to, csv, answer_is_number(cell) && cell->unit ? cell->unit : "", true);
        }
        if (cell->next)
            add_separator(to, csv);
    }
    buffer_add_text(to, "\r\n");
}

bool csv_has_unit(const answer *rows, const char *name)
{
    for (const answer *row = rows->first; row; row = row->next)
        for (const answer *cell = row->first; cell; cell = cell->next)
            if (strcmp(cell->name, name) == 0 && answer_is_number(cell) && cell->unit)
                return true;
    return false;
}
