#include "tree.h"

#include <string.h>

#include "magistral/base/typography.h"

typedef struct reader {
    layout *layout;
    int line;
    arena *arena;
    outcome *outcome;
    part *first, *last;
} reader;

static ending refuse_field(const reader *reader, const char *field)
{
    return refuse(reader->outcome, "DOC-13", NULL, "file", reader->layout->name, "line",
                  arena_format(reader->arena, "%d", reader->line), "text", field, NULL);
}

static part *add(reader *reader, part_kind kind, const char *text)
{
    part *made = arena_alloc(reader->arena, sizeof *made);
    made->kind = kind;
    made->line = reader->line;
    made->text = text;
    if (reader->last)
        reader->last->next = made;
    else
        reader->first = made;
    reader->last = made;
    return made;
}

/* Literal text: ** and ~~ change the style, what lies between is set as the language sets it. */
static void add_literal(reader *reader, const char *text, size_t length)
{
    const char *end = text + length, *start = text;
    for (const char *p = text; p <= end; p++) {
        bool bold = p + 1 < end && p[0] == '*' && p[1] == '*', struck = p + 1 < end && p[0] == '~' && p[1] == '~';
        if (p < end && !bold && !struck)
            continue;
        if (p > start) {
            BUFFER_SCOPE buffer set = BUFFER_EMPTY;
            typography_add_sentence(&set, reader->layout->language, arena_copy(reader->arena, start, (size_t)(p - start)));
            add(reader, PART_TEXT, arena_text(reader->arena, set.bytes));
        }
        if (p < end)
            add(reader, bold ? PART_BOLD : PART_STRUCK, NULL);
        p += p < end;
        start = p + 1;
    }
}

static bool is_optional(const layout *layout, const char *path)
{
    for (size_t i = 0; i < layout->optionals; i++)
        if (strcmp(layout->optional[i], path) == 0)
            return true;
    return false;
}

static bool form_find(const char *word, form *ret_form)
{
    static const char *const words[] = {"", "formula", "number", "unit", "day", "time", "code", "count", "capitals"};
    for (int i = 1; i < (int)(sizeof words / sizeof *words); i++)
        if (strcmp(words[i], word) == 0) {
            *ret_form = (form)i;
            return true;
        }
    return false;
}

static ending add_field(reader *reader, const char *field)
{
    part_kind kind = *field == '#' ? PART_IF : *field == '^' ? PART_UNLESS : *field == '/' ? PART_END : PART_FIELD;
    const char *path = field + (kind != PART_FIELD), *bar = strchr(path, '|');
    form form = FORM_PLAIN;
    if (bar && (kind != PART_FIELD || !form_find(bar + 1, &form)))
        return refuse_field(reader, field);
    path = arena_copy(reader->arena, path, bar ? (size_t)(bar - path) : strlen(path));
    if (!*path || strspn(path, "abcdefghijklmnopqrstuvwxyz0123456789_-.") != strlen(path))
        return refuse_field(reader, field);
    part *made = add(reader, kind, path);
    made->form = form;
    made->optional = is_optional(reader->layout, path);
    return DONE;
}

/* Conditions close in the order in which they opened. */
static ending check_nesting(const reader *reader)
{
    const char *open[16];
    size_t depth = 0;
    for (const part *p = reader->first; p; p = p->next) {
        if (p->kind == PART_IF || p->kind == PART_UNLESS) {
            if (depth == 16)
                return refuse_field(reader, p->text);
            open[depth++] = p->text;
        } else if (p->kind == PART_END && (depth == 0 || strcmp(open[--depth], p->text) != 0)) {
            return refuse_field(reader, arena_format(reader->arena, "/%s", p->text));
        }
    }
    return depth == 0 ? DONE : refuse_field(reader, arena_format(reader->arena, "#%s", open[depth - 1]));
}

/* A text that goes on over several lines is one line of words; the next part stands on the last of them. */
static void join_lines(reader *reader, const char *text, size_t length)
{
    char *joined = arena_copy(reader->arena, text, length);
    int lines = 0;
    for (char *p = joined; *p; p++)
        if (*p == LINE_END) {
            *p = ' ';
            lines++;
        }
    add_literal(reader, joined, length);
    reader->line += lines;
}

ending parts_parse(layout *layout, int line, const char *text, arena *arena, outcome *outcome, part **ret_first)
{
    reader reader = {.layout = layout, .line = line, .arena = arena, .outcome = outcome};
    while (*text) {
        const char *open = strstr(text, "{{"), *close = open ? strstr(open, "}}") : NULL;
        join_lines(&reader, text, open ? (size_t)(open - text) : strlen(text));
        if (!open)
            break;
        if (!close)
            return refuse_field(&reader, open);
        TRY(add_field(&reader, arena_copy(arena, open + 2, (size_t)(close - open - 2))));
        text = close + 2;
    }
    TRY(check_nesting(&reader));
    *ret_first = reader.first;
    return DONE;
}
