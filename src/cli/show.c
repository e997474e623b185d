/* Answers for a terminal: aligned names and values, lists of objects as tables; or JSON. */
#include <string.h>

#include "cli.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"

typedef struct showing {
    language language;
    const char *zone;
    FILE *to;
} showing;

/* A door is the words that open it. */
static void add_door(buffer *to, const answer *door)
{
    buffer_add_text(to, door->text);
    for (const answer *input = door->first->first; input; input = input->next) {
        bool several = input->kind == ANSWER_LIST;
        buffer_add_format(to, " --%s", input->name);
        for (const answer *value = several ? input->first : input; value; value = several ? value->next : NULL)
            buffer_add_format(to, strchr(value->text, ' ') ? " '%s'" : " %s", value->text);
    }
}

static void add_leaf(buffer *to, const showing *showing, const answer *leaf)
{
    if (leaf->kind == ANSWER_DOOR)
        add_door(to, leaf);
    else
        typography_add_answer(to, showing->language, showing->zone, leaf);
}

static const char *label(const showing *showing, const char *name)
{
    return catalogue_word(showing->language, "field.", name);
}

static void pad(FILE *to, size_t count)
{
    while (count-- > 0)
        fputc(' ', to);
}

enum { COLUMNS = 24 };

static void measure(const showing *showing, const answer *row, size_t widths[COLUMNS])
{
    size_t at = 0;
    for (const answer *cell = row->first; cell && at < COLUMNS; cell = cell->next, at++) {
        BUFFER_SCOPE buffer text = BUFFER_EMPTY;
        add_leaf(&text, showing, cell);
        size_t length = text_length(buffer_text(&text));
        widths[at] = length > widths[at] ? length : widths[at];
    }
}

/* How a figure was computed, on a line of its own under it. */
static void print_formula(const showing *showing, const answer *leaf, size_t indent)
{
    if (leaf->kind != ANSWER_FIGURE || !leaf->formula)
        return;
    BUFFER_SCOPE buffer formula = BUFFER_EMPTY;
    typography_add_formula(&formula, showing->language, leaf->formula);
    pad(showing->to, indent);
    fprintf(showing->to, "%s\n", buffer_text(&formula));
}

static void print_row(const showing *showing, const answer *row, const size_t widths[COLUMNS], int depth)
{
    pad(showing->to, (size_t)depth * 2);
    size_t at = 0;
    for (const answer *cell = row->first; cell && at < COLUMNS; cell = cell->next, at++) {
        BUFFER_SCOPE buffer text = BUFFER_EMPTY;
        add_leaf(&text, showing, cell);
        size_t length = text_length(buffer_text(&text)), room = widths[at] > length ? widths[at] - length : 0;
        if (answer_is_number(cell))
            pad(showing->to, room);
        fputs(buffer_text(&text), showing->to);
        if (cell->next && !answer_is_number(cell))
            pad(showing->to, room);
        if (cell->next)
            pad(showing->to, 2);
    }
    fputc('\n', showing->to);
    for (const answer *cell = row->first; cell; cell = cell->next)
        print_formula(showing, cell, (size_t)depth * 2 + 4);
}

static void print_heads(const showing *showing, const answer *row, size_t widths[COLUMNS], int depth)
{
    size_t at = 0;
    for (const answer *cell = row->first; cell && at < COLUMNS; cell = cell->next, at++) {
        size_t length = text_length(label(showing, cell->name));
        widths[at] = length > widths[at] ? length : widths[at];
    }
    pad(showing->to, (size_t)depth * 2);
    at = 0;
    for (const answer *cell = row->first; cell && at < COLUMNS; cell = cell->next, at++) {
        const char *head = label(showing, cell->name);
        size_t room = widths[at] - text_length(head);
        if (answer_is_number(cell))
            pad(showing->to, room);
        fputs(head, showing->to);
        if (cell->next && !answer_is_number(cell))
            pad(showing->to, room);
        if (cell->next)
            pad(showing->to, 2);
    }
    fputc('\n', showing->to);
}

static void print_table(const showing *showing, const answer *list, int depth)
{
    size_t widths[COLUMNS] = {0};
    for (const answer *row = list->first; row; row = row->next)
        measure(showing, row, widths);
    print_heads(showing, list->first, widths, depth);
    for (const answer *row = list->first; row; row = row->next)
        print_row(showing, row, widths, depth);
}

/* Rows that come one by one are laid out from blocks of them, so that a million needs no memory. */
static ending print_rows(const showing *showing, const answer *rows, int depth)
{
    enum { BLOCK = 200 };
    size_t widths[COLUMNS] = {0};
    for (bool first = true, more = true; more; first = false) {
        ARENA_SCOPE arena *arena = arena_new();
        answer *block = answer_list(arena);
        for (int i = 0; i < BLOCK && more; i++) {
            answer *row = NULL;
            TRY(rows->read(rows->cursor, arena, &row));
            more = row != NULL;
            if (row) {
                measure(showing, row, widths);
                answer_add(block, row);
            }
        }
        if (block->first && first)
            print_heads(showing, block->first, widths, depth);
        for (const answer *row = block->first; row; row = row->next)
            print_row(showing, row, widths, depth);
    }
    return DONE;
}

static ending print(const showing *showing, const answer *node, int depth);

static void print_leaf(const showing *showing, const answer *leaf, size_t width, int depth)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    add_leaf(&text, showing, leaf);
    pad(showing->to, (size_t)depth * 2);
    const char *name = label(showing, leaf->name);
    fputs(name, showing->to);
    pad(showing->to, width - text_length(name) + 2);
    for (const char *line = buffer_text(&text); line;) {
        const char *end = strchr(line, '\n');
        fprintf(showing->to, "%.*s\n", end ? (int)(end - line) : (int)strlen(line), line);
        line = end ? end + 1 : NULL;
        if (line)
            pad(showing->to, (size_t)depth * 2 + width + 2);
    }
    print_formula(showing, leaf, (size_t)depth * 2 + width + 4);
}

static ending print_object(const showing *showing, const answer *object, int depth)
{
    size_t width = 0;
    for (const answer *child = object->first; child; child = child->next)
        if (answer_is_leaf(child)) {
            size_t length = text_length(label(showing, child->name));
            width = length > width ? length : width;
        }
    for (const answer *child = object->first; child; child = child->next) {
        if (answer_is_leaf(child)) {
            print_leaf(showing, child, width, depth);
            continue;
        }
        if (child->kind == ANSWER_PICTURE)
            continue;
        pad(showing->to, (size_t)depth * 2);
        bool empty = child->kind != ANSWER_ROWS && !child->first;
        fprintf(showing->to, "%s%s\n", label(showing, child->name), empty ? "  —" : "");
        TRY(print(showing, child, depth + 1));
    }
    return DONE;
}

static ending print_list(const showing *showing, const answer *list, int depth)
{
    if (answer_is_table(list)) {
        print_table(showing, list, depth);
        return DONE;
    }
    for (const answer *child = list->first; child; child = child->next) {
        if (answer_is_leaf(child)) {
            BUFFER_SCOPE buffer text = BUFFER_EMPTY;
            add_leaf(&text, showing, child);
            pad(showing->to, (size_t)depth * 2);
            fputs(buffer_text(&text), showing->to);
            if (child->kind == ANSWER_FIGURE && child->formula) {
                BUFFER_SCOPE buffer formula = BUFFER_EMPTY;
                typography_add_formula(&formula, showing->language, child->formula);
                fprintf(showing->to, " = %s", buffer_text(&formula));
            }
            fputc('\n', showing->to);
        } else {
            TRY(print(showing, child, depth));
            if (child->next)
                fputc('\n', showing->to);
        }
    }
    return DONE;
}

static ending print(const showing *showing, const answer *node, int depth)
{
    if (node->kind == ANSWER_OBJECT)
        return print_object(showing, node, depth);
    if (node->kind == ANSWER_ROWS)
        return print_rows(showing, node, depth);
    return print_list(showing, node, depth);
}

static const char *shown_sentence(arena *arena, language language, const char *sentence)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    typography_add_sentence(&text, language, sentence);
    return arena_text(arena, buffer_text(&text));
}

/* What a person is shown of a failure; the words of a wrong use are in their language already. */
static const char *failure_sentence(const outcome *outcome, language language, const char *zone)
{
    if (!outcome->failure || (outcome->usage && !outcome->said))
        return outcome->failure ? outcome->failure : "";
    refusal_value detail = {"detail", outcome->failure};
    refusal defect = {.rule = "FAIL-01", .values = &detail, .count = 1};
    return shown_sentence(outcome->arena, language,
                          refusal_sentence(outcome->arena, language, zone, outcome->said ? outcome->said : &defect));
}

size_t show_sentences(const outcome *outcome, language language, const char *zone, const char ***ret_sentences)
{
    arena *arena = outcome->arena;
    const char **sentences = arena_array(arena, outcome->refusals + 1, sizeof *sentences);
    size_t count = 0;
    if (outcome->failure)
        sentences[count++] = failure_sentence(outcome, language, zone);
    for (const refusal *r = outcome->first; r && !outcome->failure; r = r->next)
        sentences[count++] = arena_format(arena, "%s  %s%s%s", r->rule, r->field ? r->field : "", r->field ? ": " : "",
                                          shown_sentence(arena, language, refusal_sentence(arena, language, zone, r)));
    *ret_sentences = sentences;
    return count;
}

static void json_refusals(const outcome *outcome, language language, const char *zone, buffer *to)
{
    buffer_add_text(to, "{\"refused\":[");
    for (const refusal *r = outcome->first; r; r = r->next) {
        buffer_add_text(to, r == outcome->first ? "{\"rule\":" : ",{\"rule\":");
        json_add_text(to, r->rule);
        buffer_add_text(to, ",\"field\":");
        if (r->field)
            json_add_text(to, r->field);
        else
            buffer_add_text(to, "null");
        buffer_add_text(to, ",\"message\":");
        json_add_text(to, shown_sentence(outcome->arena, language, refusal_sentence(outcome->arena, language, zone, r)));
        buffer_add_byte(to, '}');
    }
    buffer_add_text(to, "]}");
}

static int status_of(ending ending, const outcome *outcome)
{
    if (ending == DONE)
        return EXIT_DONE;
    if (outcome->usage)
        return EXIT_USAGE;
    if (ending == REFUSED)
        return EXIT_REFUSED;
    return outcome->input_output ? EXIT_INPUT_OUTPUT : EXIT_FAILED;
}

static int show_json(ending ending, const outcome *outcome, const answer *answer, language language, const char *zone, FILE *to)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    if (ending == DONE) {
        buffer_add_text(&text, "{\"done\":");
        ending = answer_write_json(answer, &text);
        buffer_add_byte(&text, '}');
    }
    if (ending == REFUSED && !outcome->usage) {
        buffer_empty(&text);
        json_refusals(outcome, language, zone, &text);
    } else if (ending != DONE) {
        buffer_empty(&text);
        buffer_add_text(&text, "{\"failed\":{\"message\":");
        json_add_text(&text, failure_sentence(outcome, language, zone));
        buffer_add_text(&text, "}}");
    }
    fprintf(to, "%s\n", text.bytes);
    return fflush(to) == 0 ? status_of(ending, outcome) : EXIT_INPUT_OUTPUT;
}

int show_output(ending ending, const outcome *outcome, const answer *answer, bool json, language language, const char *zone, FILE *to)
{
    if (json)
        return show_json(ending, outcome, answer, language, zone, to);
    if (ending == DONE) {
        showing showing = {language, zone, to};
        ending = print(&showing, answer, 0);
    }
    return fflush(to) == 0 ? status_of(ending, outcome) : EXIT_INPUT_OUTPUT;
}

int show_ending(ending ending, const outcome *outcome, const answer *answer, bool json, language language, const char *zone, FILE *to)
{
    int status = show_output(ending, outcome, answer, json, language, zone, to);
    const char **sentences = NULL;
    size_t count = json ? 0 : show_sentences(outcome, language, zone, &sentences);
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, "magistral: %s\n", sentences[i]);
    return status;
}
