#include "tree.h"

#include <stdlib.h>
#include <string.h>

#include "magistral/base/embedded.h"

enum { DEEPEST = 24 };

typedef struct parser {
    layout *layout;
    arena *arena;
    outcome *outcome;
    int line;            /* on which the command begins */
    const char *command; /* with its continuation lines, each behind a LINE_END */
    struct {
        item *item;     /* NULL for the layout itself */
        unsigned place; /* of what stands in it */
    } open[DEEPEST];
    size_t depth;
    unsigned head; /* commands of the head that stood, a bit each */
} parser;

static ending refuse_line(const parser *parser, const char *rule, const char *word, const char *value)
{
    return refuse(parser->outcome, rule, NULL, "file", parser->layout->name, "line",
                  arena_format(parser->arena, "%d", parser->line), "word", word, "value", value ? value : "", NULL);
}

/* The line of the file on which a place in the command stands. */
static int line_of(const parser *parser, const char *at)
{
    int line = parser->line;
    for (const char *p = parser->command; p < at; p++)
        line += *p == LINE_END;
    return line;
}

/* The next word of a line; a quoted one may hold spaces. Empty at the end or before " : ". */
typedef struct word {
    const char *text;
    size_t length;
    bool quoted;
} word;

static word next_word(const char **at)
{
    *at += strspn(*at, BLANKS);
    word word = {.text = *at};
    if (**at == '"') {
        const char *end = strchr(*at + 1, '"');
        word.quoted = true;
        word.text++;
        word.length = end ? (size_t)(end - word.text) : strlen(word.text);
        *at = word.text + word.length + (end != NULL);
        return word;
    }
    if (**at == ':' && ((*at)[1] == ' ' || (*at)[1] == LINE_END || !(*at)[1]))
        return word;
    word.length = strcspn(*at, BLANKS);
    *at += word.length;
    return word;
}

static ending read_number(const parser *parser, item *item, setting setting, word name, word value)
{
    double low, high;
    setting_range(setting, &low, &high);
    char *text = arena_copy(parser->arena, value.text, value.length), *comma = strchr(text, ','), *end;
    if (comma)
        *comma = '.';
    item->number[setting] = strtod(text, &end);
    bool plain = value.length > 0 && strspn(text, "0123456789.") == value.length && !*end;
    if (!plain || item->number[setting] < low || item->number[setting] > high)
        return refuse_line(parser, "DOC-02", arena_copy(parser->arena, name.text, name.length),
                           arena_copy(parser->arena, value.text, value.length));
    return DONE;
}

static ending read_setting(const parser *parser, item *item, setting setting, word name, const char **at)
{
    if (setting == SET_BOLD || setting == SET_GRID)
        return DONE;
    word value = next_word(at);
    if (setting < NUMBERS)
        return read_number(parser, item, setting, name, value);
    bool known = false;
    switch (setting) {
    case SET_ALIGN: known = alignment_find(value.text, value.length, &item->align); break;
    case SET_COLOUR: known = colour_find(value.text, value.length, &item->colour); break;
    case SET_FILL: known = colour_find(value.text, value.length, &item->fill); break;
    case SET_FRAME: known = colour_find(value.text, value.length, &item->frame); break;
    default: known = value.quoted; break;
    }
    if (!known)
        return refuse_line(parser, "DOC-02", arena_copy(parser->arena, name.text, name.length),
                           arena_copy(parser->arena, value.text, value.length));
    if (setting != SET_TITLE)
        return DONE;
    return parts_parse(parser->layout, line_of(parser, value.text), arena_copy(parser->arena, value.text, value.length), parser->arena,
                       parser->outcome, &item->title);
}

static ending read_settings(const parser *parser, const command_rule *rule, item *item, const char **at)
{
    for (;;) {
        word name = next_word(at);
        if (name.length == 0 && !name.quoted)
            return DONE;
        setting setting = name.quoted ? SETTINGS : setting_find(name.text, name.length);
        if (setting == SETTINGS || !(rule->settings & 1u << setting))
            return refuse_line(parser, "DOC-03", arena_copy(parser->arena, name.text, name.length), rule->word);
        TRY(read_setting(parser, item, setting, name, at));
        item->given |= 1u << setting;
    }
}

/* `when not FIELD`, `when FIELD is WORD`, `when FIELD is not WORD`; for the others just the path. */
static void read_path(const parser *parser, item *item, const char **at)
{
    word path = next_word(at);
    if (item->command == COMMAND_WHEN && path.length == 3 && memcmp(path.text, "not", 3) == 0) {
        item->negated = true;
        path = next_word(at);
    }
    item->path = arena_copy(parser->arena, path.text, path.length);
    for (size_t i = 0; i < parser->layout->optionals; i++)
        item->optional |= strcmp(parser->layout->optional[i], item->path) == 0;
    const char *ahead = *at;
    word is = next_word(&ahead);
    if (item->command != COMMAND_WHEN || is.length != 2 || memcmp(is.text, "is", 2) != 0)
        return;
    word value = next_word(&ahead);
    if (value.length == 3 && memcmp(value.text, "not", 3) == 0) {
        item->negated = !item->negated;
        value = next_word(&ahead);
    }
    item->word = arena_copy(parser->arena, value.text, value.length);
    *at = ahead;
}

static void add_optional(const parser *parser, const char *path)
{
    layout *l = parser->layout;
    const char **grown = arena_array(parser->arena, l->optionals + 1, sizeof *grown);
    if (l->optionals > 0)
        memcpy(grown, l->optional, l->optionals * sizeof *grown);
    grown[l->optionals++] = path;
    l->optional = grown;
}

static void take_body(layout *l, const item *item)
{
    l->top = length_of(item, SET_TOP, 0);
    l->later = length_of(item, SET_LATER, item->number[SET_TOP]);
    l->bottom = length_of(item, SET_BOTTOM, 0);
    l->left = length_of(item, SET_LEFT, 0);
    l->right = length_of(item, SET_RIGHT, 0);
}

static ending take_head(parser *parser, const item *item, const char **at)
{
    layout *l = parser->layout;
    bool known = true;
    switch (item->command) {
    case COMMAND_DOCUMENT:
        l->label = strcmp(item->path, "label") == 0;
        known = l->label || strcmp(item->path, "pages") == 0;
        parser->open[0].place = PLACE_HEAD | (l->label ? PLACE_FIXED : PLACE_FLOW);
        break;
    case COMMAND_LANGUAGE: known = language_parse(item->path, &l->language); break;
    case COMMAND_VERSION: l->version = item->path; break;
    case COMMAND_OPTIONAL:
        for (word word = {.text = item->path, .length = strlen(item->path)}; word.length > 0; word = next_word(at))
            add_optional(parser, arena_copy(parser->arena, word.text, word.length));
        break;
    case COMMAND_PAGE:
        l->width = length_of(item, SET_WIDTH, 0);
        l->height = length_of(item, SET_HEIGHT, 0);
        break;
    case COMMAND_PRINTER: l->dot = 72 / item->number[SET_DOTS]; break;
    case COMMAND_BODY: take_body(l, item); break;
    case COMMAND_LETTERS: l->size = item->number[SET_SIZE]; break;
    case COMMAND_TITLE: l->title = item->text; break;
    case COMMAND_AUTHOR: l->author = item->text; break;
    default: break;
    }
    parser->head |= 1u << item->command;
    return known ? DONE : refuse_line(parser, "DOC-02", "", item->path);
}

static void add_item(parser *parser, item *made)
{
    item *parent = parser->open[parser->depth - 1].item;
    item **first = parent ? &parent->first : &parser->layout->first;
    item **last = parent ? &parent->last : &parser->layout->last;
    if (parent && parent->in_otherwise)
        first = &parent->otherwise;
    if (*first)
        (*last)->next = made;
    else
        *first = made;
    *last = made;
}

static ending open_block(parser *parser, const command_rule *rule, item *made)
{
    if (parser->depth == DEEPEST)
        return refuse_line(parser, "DOC-05", rule->word, NULL);
    unsigned here = parser->open[parser->depth - 1].place & ~(unsigned)PLACE_HEAD;
    unsigned place = rule->block == SAME_PLACE ? here : rule->block;
    parser->open[parser->depth].item = made;
    parser->open[parser->depth++].place = place;
    return DONE;
}

static ending close_or_turn(parser *parser, bool close)
{
    item *open = parser->open[parser->depth - 1].item;
    if (!open || (!close && (open->command != COMMAND_WHEN || open->in_otherwise)))
        return refuse_line(parser, "DOC-05", close ? "end" : "otherwise", NULL);
    if (close)
        parser->depth--;
    else
        open->in_otherwise = true;
    return DONE;
}

static ending read_text(const parser *parser, const command_rule *rule, item *item, const char *at)
{
    at += strspn(at, BLANKS);
    if (rule->text != (*at == ':'))
        return refuse_line(parser, "DOC-04", rule->word, ": TEXT");
    if (!rule->text)
        return DONE;
    at += 1 + strspn(at + 1, BLANKS);
    return parts_parse(parser->layout, line_of(parser, at), at, parser->arena, parser->outcome, &item->text);
}

static ending read_command(parser *parser, const command_rule *rule, const char *at)
{
    item *made = arena_alloc(parser->arena, sizeof *made);
    made->command = rule->command;
    made->line = parser->line;
    if (rule->path)
        read_path(parser, made, &at);
    if (rule->path && !*made->path)
        return refuse_line(parser, "DOC-04", rule->word, "");
    bool head = rule->places == PLACE_HEAD;
    if (rule->command != COMMAND_OPTIONAL) {
        TRY(read_settings(parser, rule, made, &at));
        TRY(read_text(parser, rule, made, at));
    }
    unsigned missing = rule->required & ~made->given;
    if (missing)
        return refuse_line(parser, "DOC-04", rule->word, NULL);
    if (head)
        return take_head(parser, made, &at);
    add_item(parser, made);
    return rule->block ? open_block(parser, rule, made) : DONE;
}

static ending read_line(parser *parser, const char *line)
{
    const char *at = parser->command = line;
    word name = next_word(&at);
    const command_rule *rule = command_find(name.text, name.length);
    const char *written = arena_copy(parser->arena, name.text, name.length);
    if (strcmp(written, "end") == 0 || strcmp(written, "otherwise") == 0)
        return close_or_turn(parser, *written == 'e');
    if (!rule)
        return refuse_line(parser, "DOC-01", written, NULL);
    if (!(rule->places & parser->open[parser->depth - 1].place))
        return refuse_line(parser, "DOC-05", written, NULL);
    return read_command(parser, rule, at);
}

/* Takes the next command with its continuation lines off the text; NULL at the end. */
static const char *next_line(const char **text, int *line, arena *arena, int *ret_first)
{
    const char *made = NULL;
    while (**text) {
        const char *start = *text + strspn(*text, " \t"), *end = *text + strcspn(*text, "\n"), *next = end + (*end == '\n');
        bool more = start < end && *start == '|';
        if (made && !more)
            return made;
        *text = next;
        ++*line;
        while (end > start && strchr(" \t\r", end[-1]))
            end--;
        if (start >= end || (!made && *start == '#'))
            continue;
        if (!made)
            *ret_first = *line;
        start += made ? 1 + strspn(start + 1, " \t") : 0;
        int length = start < end ? (int)(end - start) : 0;
        made = made ? arena_format(arena, "%s%c%.*s", made, LINE_END, length, start) : arena_copy(arena, start, (size_t)length);
    }
    return made;
}

/* What a layout cannot be without. */
static ending check_head(parser *parser)
{
    layout *l = parser->layout;
    unsigned needed = 1u << COMMAND_DOCUMENT | 1u << COMMAND_LANGUAGE | 1u << COMMAND_VERSION | 1u << COMMAND_PAGE |
                      1u << COMMAND_TITLE | 1u << COMMAND_AUTHOR | (l->label ? 0 : 1u << COMMAND_BODY);
    static const char *const words[] = {"document", "language", "version", "page", "title", "author", "optional",
                                        "printer", "body"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (needed & ~parser->head & 1u << i)
            return refuse_line(parser, "DOC-14", words[i], NULL);
    if (!l->label && (l->left + l->right >= l->width || fmax(l->top, l->later) + l->bottom >= l->height))
        return refuse_line(parser, "DOC-14", "body", NULL);
    return parser->depth == 1 ? DONE : refuse_line(parser, "DOC-05", "end", NULL);
}

ending layout_parse(const char *name, const char *text, arena *arena, outcome *outcome, layout **ret_layout)
{
    parser parser = {.arena = arena, .outcome = outcome, .depth = 1};
    layout *l = parser.layout = arena_alloc(arena, sizeof *l);
    l->name = arena_text(arena, name);
    l->dot = 72.0 / 300;
    l->size = 9;
    parser.open[0].place = PLACE_HEAD;
    if (!text_is_clean(text, strlen(text)))
        return refuse(outcome, "DOC-07", NULL, "file", l->name, "line", "1", "field", "", NULL);
    int line = 0;
    for (const char *command; (command = next_line(&text, &line, arena, &parser.line)) != NULL;)
        TRY(read_line(&parser, command));
    TRY(check_head(&parser));
    *ret_layout = l;
    return DONE;
}

ending layout_built_in(const char *document, language language, arena *arena, outcome *outcome, layout **ret_layout)
{
    const char *name = arena_format(arena, "%s.%s.layout", document, language_code(language));
    const embedded_file *file = embedded_template(name);
    if (!file)
        return fail(outcome, "no layout %s was compiled in", name);
    return layout_parse(name, (const char *)file->bytes, arena, outcome, ret_layout);
}

language layout_language(const layout *layout)
{
    return layout->language;
}

const char *layout_name(const layout *layout)
{
    return layout->name;
}

const char *layout_version(const layout *layout)
{
    return layout->version;
}
