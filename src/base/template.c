#include "magistral/base/template.h"

#include <stdio.h>
#include <string.h>

#include "magistral/base/catalogue.h"
#include "magistral/base/embedded.h"
#include "magistral/base/typography.h"

typedef enum mark_kind { MARK_PLAIN, MARK_VALUE, MARK_WHEN, MARK_UNLESS, MARK_END, MARK_WORD, MARK_RAW, MARK_FORMULA } mark_kind;

typedef struct mark {
    mark_kind kind;
    const char *file; /* that it stands in */
    int line;
    const char *text; /* plain text, path or key */
    size_t length;    /* of plain text */
    size_t end;       /* of a section: the mark that closes it */
} mark;

struct page_template {
    const char *name;
    mark *marks;
    size_t count, room;
};

enum { DEEPEST = 4 }; /* pieces within pieces */

/* What a section stands for, inside the one around it. */
typedef struct scope {
    const answer *here;
    const struct scope *around;
} scope;

typedef struct rendering {
    const page_template *template;
    language language;
    const char *zone;
    outcome *outcome;
    buffer *to;
} rendering;

static ending refuse_mark(outcome *outcome, const char *rule, const char *name, int line, const char *mark)
{
    char number[16];
    snprintf(number, sizeof number, "%d", line);
    return refuse(outcome, rule, NULL, "file", name, "line", number, "mark", mark, NULL);
}

static mark_kind kind_of(char sign)
{
    switch (sign) {
    case '#':
        return MARK_WHEN;
    case '^':
        return MARK_UNLESS;
    case '/':
        return MARK_END;
    case '>':
        return MARK_WORD;
    case '=':
        return MARK_RAW;
    case '~':
        return MARK_FORMULA;
    default:
        return MARK_VALUE;
    }
}

static bool is_path(const char *path)
{
    return *path && path[strspn(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_. ")] == 0;
}

static void keep(page_template *made, mark kept, arena *arena)
{
    if (made->count == made->room) {
        size_t room = made->room ? made->room * 2 : 64;
        mark *grown = arena_array(arena, room, sizeof *grown);
        if (made->count > 0)
            memcpy(grown, made->marks, made->count * sizeof *grown);
        made->marks = grown;
        made->room = room;
    }
    made->marks[made->count++] = kept;
}

static ending parse_file(page_template *made, const char *name, const char *text, int depth, arena *arena, outcome *outcome);

/* The marks of another template stand in the place of {{+NAME}}. */
static ending add_piece(page_template *made, const char *file, int line, const char *name, int depth, arena *arena, outcome *outcome)
{
    const embedded_file *piece = embedded_template(arena_format(arena, "%s.html", name));
    if (!piece || depth == DEEPEST)
        return refuse_mark(outcome, "PAGE-05", file, line, name);
    return parse_file(made, piece->name, (const char *)piece->bytes, depth + 1, arena, outcome);
}

/* Adds the mark that stands between {{ and }}. */
static ending add_mark(page_template *made, const char *file, const char *inside, size_t length, int line, int depth, arena *arena, outcome *outcome)
{
    if (*inside == '!')
        return DONE;
    mark mark = {.kind = kind_of(*inside), .file = file, .line = line};
    bool piece = *inside == '+';
    size_t skip = mark.kind == MARK_VALUE && !piece ? 0 : 1;
    while (skip < length && inside[skip] == ' ')
        skip++;
    while (length > skip && inside[length - 1] == ' ')
        length--;
    mark.text = arena_copy(arena, inside + skip, length - skip);
    if (!is_path(mark.text))
        return refuse_mark(outcome, "PAGE-01", file, line, mark.text);
    if (piece)
        return add_piece(made, file, line, mark.text, depth, arena, outcome);
    if (mark.kind == MARK_WORD && !catalogue_text(FRENCH, mark.text))
        return refuse_mark(outcome, "PAGE-03", file, line, mark.text);
    keep(made, mark, arena);
    return DONE;
}

/* Joins every section with the mark that closes it. */
static ending close_sections(page_template *made, size_t *open, outcome *outcome)
{
    size_t depth = 0;
    for (size_t i = 0; i < made->count; i++) {
        mark *at = &made->marks[i];
        if (at->kind == MARK_WHEN || at->kind == MARK_UNLESS)
            open[depth++] = i;
        if (at->kind != MARK_END)
            continue;
        if (depth == 0 || strcmp(made->marks[open[depth - 1]].text, at->text) != 0)
            return refuse_mark(outcome, "PAGE-04", at->file, at->line, at->text);
        made->marks[open[--depth]].end = i;
    }
    if (depth > 0)
        return refuse_mark(outcome, "PAGE-04", made->marks[open[depth - 1]].file, made->marks[open[depth - 1]].line,
                           made->marks[open[depth - 1]].text);
    return DONE;
}

static int lines_in(const char *text, size_t length)
{
    int lines = 0;
    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n';
    return lines;
}

static ending parse_file(page_template *made, const char *name, const char *text, int depth, arena *arena, outcome *outcome)
{
    const char *whole = text;
    int line = 1;
    while (*text) {
        const char *open = strstr(text, "{{"), *close = open ? strstr(open, "}}") : NULL;
        size_t plain = open ? (size_t)(open - text) : strlen(text);
        if (plain > 0)
            keep(made, (mark){.kind = MARK_PLAIN, .file = name, .line = line, .text = arena_copy(arena, text, plain), .length = plain}, arena);
        line += lines_in(text, plain);
        if (!open)
            break;
        if (!close)
            return refuse_mark(outcome, "PAGE-01", name, line, "{{");
        TRY(add_mark(made, name, open + 2, (size_t)(close - open) - 2, line, depth, arena, outcome));
        line += lines_in(open, (size_t)(close - open));
        text = close + 2;
        bool alone = strchr("#^/!+", open[2]) && *text == '\n' && (open == whole || open[-1] == '\n');
        line += alone;
        text += alone; /* a section's mark that stands alone leaves no empty line */
    }
    return DONE;
}

ending template_parse(const char *name, const char *text, arena *arena, outcome *outcome, const page_template **ret_template)
{
    page_template *made = arena_alloc(arena, sizeof *made);
    made->name = arena_text(arena, name);
    TRY(parse_file(made, made->name, text, 0, arena, outcome));
    TRY(close_sections(made, arena_array(arena, made->count + 1, sizeof(size_t)), outcome));
    *ret_template = made;
    return DONE;
}

void html_add_text(buffer *to, const char *text)
{
    for (const char *p = text; *p;) {
        size_t plain = strcspn(p, "&<>\"'");
        buffer_add(to, p, plain);
        p += plain;
        if (!*p)
            break;
        buffer_add_text(to, *p == '&' ? "&amp;" : *p == '<' ? "&lt;" : *p == '>' ? "&gt;" : *p == '"' ? "&quot;" : "&#39;");
        p++;
    }
}

/* A place of a list that is too short is known to be empty: {{#rows.0}} asks whether there are rows. */
static const answer *find_in(const answer *object, const char *path)
{
    static const answer nothing = {.kind = ANSWER_NOTHING};
    const answer *found = answer_find(object, path);
    const char *dot = strrchr(path, '.');
    if (found || !dot || !dot[1] || dot[1 + strspn(dot + 1, "0123456789")])
        return found;
    char list[64];
    if ((size_t)(dot - path) >= sizeof list)
        return NULL;
    memcpy(list, path, (size_t)(dot - path));
    list[dot - path] = 0;
    const answer *whole = answer_find(object, list);
    return whole && whole->kind == ANSWER_LIST ? &nothing : NULL;
}

static ending look_up(const rendering *rendering, const mark *mark, const scope *scope, const answer **ret_found)
{
    const answer *found = strcmp(mark->text, ".") == 0 ? scope->here : NULL;
    for (const struct scope *at = scope; at && !found; at = at->around)
        found = at->here->kind == ANSWER_OBJECT ? find_in(at->here, mark->text) : NULL;
    *ret_found = found;
    return found ? DONE : refuse_mark(rendering->outcome, "PAGE-02", mark->file, mark->line, mark->text);
}

static bool stands(const answer *found)
{
    if (found->kind == ANSWER_OBJECT || found->kind == ANSWER_LIST)
        return found->first != NULL;
    return found->text && *found->text && !(found->kind == ANSWER_TRUTH && strcmp(found->text, "false") == 0);
}

static void add_value(const rendering *rendering, const answer *leaf)
{
    if (leaf->kind == ANSWER_MARKUP) {
        buffer_add_text(rendering->to, leaf->text);
        return;
    }
    BUFFER_SCOPE buffer written = BUFFER_EMPTY;
    typography_add_answer(&written, rendering->language, rendering->zone, leaf);
    html_add_text(rendering->to, buffer_text(&written));
}

/* How a figure was computed. */
static void add_formula(const rendering *rendering, const answer *leaf)
{
    BUFFER_SCOPE buffer written = BUFFER_EMPTY;
    if (leaf->kind == ANSWER_FIGURE && leaf->formula)
        typography_add_formula(&written, rendering->language, leaf->formula);
    html_add_text(rendering->to, buffer_text(&written));
}

static void add_word(const rendering *rendering, const char *key)
{
    BUFFER_SCOPE buffer written = BUFFER_EMPTY;
    typography_add_sentence(&written, rendering->language, catalogue_text(rendering->language, key));
    html_add_text(rendering->to, buffer_text(&written));
}

static ending render(const rendering *rendering, size_t from, size_t to, const scope *scope);

static ending render_section(const rendering *rendering, size_t at, const scope *around)
{
    const mark *mark = &rendering->template->marks[at];
    const answer *found = NULL;
    TRY(look_up(rendering, mark, around, &found));
    if (stands(found) != (mark->kind == MARK_WHEN))
        return DONE;
    scope inner = {.here = found->kind == ANSWER_PICTURE ? found->first : found, .around = around};
    if (mark->kind == MARK_UNLESS)
        return render(rendering, at + 1, mark->end, around);
    if (found->kind != ANSWER_LIST)
        return render(rendering, at + 1, mark->end, &inner);
    for (inner.here = found->first; inner.here; inner.here = inner.here->next)
        TRY(render(rendering, at + 1, mark->end, &inner));
    return DONE;
}

static ending render(const rendering *rendering, size_t from, size_t to, const scope *scope)
{
    for (size_t i = from; i < to; i++) {
        const mark *mark = &rendering->template->marks[i];
        const answer *found = NULL;
        switch (mark->kind) {
        case MARK_PLAIN:
            buffer_add(rendering->to, mark->text, mark->length);
            break;
        case MARK_VALUE:
            TRY(look_up(rendering, mark, scope, &found));
            add_value(rendering, found);
            break;
        case MARK_RAW:
        case MARK_FORMULA:
            TRY(look_up(rendering, mark, scope, &found));
            if (mark->kind == MARK_FORMULA)
                add_formula(rendering, found);
            else
                html_add_text(rendering->to, found->text ? found->text : "");
            break;
        case MARK_WORD:
            add_word(rendering, mark->text);
            break;
        case MARK_WHEN:
        case MARK_UNLESS:
            TRY(render_section(rendering, i, scope));
            i = mark->end;
            break;
        case MARK_END:
            break;
        }
    }
    return DONE;
}

ending template_render(const page_template *template, const answer *object, language language, const char *zone, outcome *outcome,
                       buffer *to)
{
    rendering rendering = {template, language, zone, outcome, to};
    scope whole = {.here = object};
    return render(&rendering, 0, template->count, &whole);
}

ending put_page(answer *to, const char *name, const page_template *template, const answer *object, language language, const char *zone,
                outcome *outcome)
{
    BUFFER_SCOPE buffer page = BUFFER_EMPTY;
    TRY(template_render(template, object, language, zone, outcome, &page));
    answer_put(to, name, answer_make(to->arena, ANSWER_MARKUP, buffer_text(&page), NULL, NULL));
    return DONE;
}
