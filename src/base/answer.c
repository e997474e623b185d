#include "magistral/base/answer.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

answer *answer_make(arena *arena, answer_kind kind, const char *text, const char *unit, const char *formula)
{
    answer *made = arena_alloc(arena, sizeof *made);
    bool container = kind == ANSWER_OBJECT || kind == ANSWER_LIST || kind == ANSWER_ROWS;
    made->kind = text || container ? kind : ANSWER_NOTHING;
    made->text = arena_text(arena, text);
    made->unit = arena_text(arena, unit);
    made->formula = arena_text(arena, formula);
    made->arena = arena;
    return made;
}

answer *answer_object(arena *arena)
{
    return answer_make(arena, ANSWER_OBJECT, NULL, NULL, NULL);
}

answer *answer_list(arena *arena)
{
    return answer_make(arena, ANSWER_LIST, NULL, NULL, NULL);
}

answer *answer_text(arena *arena, const char *text)
{
    return answer_make(arena, ANSWER_TEXT, text, NULL, NULL);
}

answer *answer_rows(arena *arena, answer_next read, void *cursor)
{
    answer *made = answer_make(arena, ANSWER_ROWS, NULL, NULL, NULL);
    made->read = read;
    made->cursor = cursor;
    return made;
}

answer *answer_add(answer *list, answer *child)
{
    if (list->last)
        list->last->next = child;
    else
        list->first = child;
    list->last = child;
    return child;
}

answer *answer_put(answer *object, const char *name, answer *child)
{
    assert(object->kind == ANSWER_OBJECT);
    child->name = arena_text(object->arena, name);
    return answer_add(object, child);
}

answer *put_object(answer *object, const char *name)
{
    return answer_put(object, name, answer_object(object->arena));
}

answer *put_list(answer *object, const char *name)
{
    return answer_put(object, name, answer_list(object->arena));
}

static answer *put(answer *object, const char *name, answer_kind kind, const char *text, const char *unit,
                   const char *formula)
{
    return answer_put(object, name, answer_make(object->arena, kind, text, unit, formula));
}

answer *put_text(answer *object, const char *name, const char *text)
{
    return put(object, name, ANSWER_TEXT, text, NULL, NULL);
}

answer *put_count(answer *object, const char *name, int64_t count)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)count);
    return put(object, name, ANSWER_COUNT, text, NULL, NULL);
}

answer *put_decimal(answer *object, const char *name, const char *decimal, const char *unit)
{
    return put(object, name, ANSWER_DECIMAL, decimal, unit, NULL);
}

answer *put_figure(answer *object, const char *name, const char *decimal, const char *unit, const char *formula)
{
    return put(object, name, ANSWER_FIGURE, decimal, unit, formula);
}

answer *put_plain_figure(answer *object, const char *name, const char *decimal, const char *unit, const char *formula)
{
    answer *made = put_figure(object, name, decimal, unit, formula);
    made->plain = true;
    return made;
}

answer *put_day(answer *object, const char *name, const char *day)
{
    return put(object, name, ANSWER_DAY, day, NULL, NULL);
}

answer *put_instant(answer *object, const char *name, const char *instant)
{
    return put(object, name, ANSWER_INSTANT, instant, NULL, NULL);
}

answer *put_instant_in(answer *object, const char *name, const char *instant, const char *zone)
{
    return put(object, name, ANSWER_INSTANT, instant, zone, NULL);
}

answer *put_state(answer *object, const char *name, const char *word)
{
    return put(object, name, ANSWER_STATE, word, NULL, NULL);
}

answer *put_state_of(answer *object, const char *name, const char *noun, const char *word)
{
    return put(object, name, ANSWER_STATE, word, noun, NULL);
}

answer *put_truth(answer *object, const char *name, bool truth)
{
    return put(object, name, ANSWER_TRUTH, truth ? "true" : "false", NULL, NULL);
}

answer *put_link(answer *object, const char *name, const char *kind, const char *number)
{
    return put(object, name, ANSWER_LINK, number, kind, NULL);
}

answer *put_bytes(answer *object, const char *name, const char *digest, const char *type, int64_t size)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)size);
    return put(object, name, ANSWER_BYTES, digest, type, text);
}

answer *put_door(answer *object, const char *name, const char *act)
{
    return answer_add(put(object, name, ANSWER_DOOR, act, NULL, NULL), answer_object(object->arena));
}

answer *put_picture(answer *object, const char *name, answer *page)
{
    answer *made = put(object, name, ANSWER_PICTURE, name, NULL, NULL);
    answer_add(made, page);
    return made;
}

void door_give(answer *inputs, const char *name, const char *value)
{
    answer *given = inputs->first;
    while (given && strcmp(given->name, name) != 0)
        given = given->next;
    if (!value)
        return;
    if (!given) {
        put_text(inputs, name, value);
        return;
    }
    if (given->kind != ANSWER_LIST) {
        answer *only = answer_text(inputs->arena, given->text);
        given->kind = ANSWER_LIST;
        given->text = NULL;
        answer_add(given, only);
    }
    answer_add(given, answer_text(inputs->arena, value));
}

answer *add_object(answer *list)
{
    return answer_add(list, answer_object(list->arena));
}

answer *put_kept(answer *object, const char *name, answer_kind kind, const char *text, const char *unit)
{
    assert(object->kind == ANSWER_OBJECT);
    answer *made = arena_alloc(object->arena, sizeof *made);
    made->kind = text ? kind : ANSWER_NOTHING;
    made->name = name;
    made->text = text;
    made->unit = unit;
    made->arena = object->arena;
    return answer_add(object, made);
}

static const answer *child_of(const answer *from, const char *part, size_t length)
{
    if (from->kind == ANSWER_LIST) {
        char *end;
        unsigned long index = strtoul(part, &end, 10);
        if (end != part + length)
            return NULL;
        const answer *child = from->first;
        while (child && index-- > 0)
            child = child->next;
        return child;
    }
    if (from->kind != ANSWER_OBJECT)
        return NULL;
    for (const answer *child = from->first; child; child = child->next)
        if (*child->name == *part && strncmp(child->name, part, length) == 0 && child->name[length] == 0)
            return child;
    return NULL;
}

const answer *answer_find(const answer *from, const char *path)
{
    while (from && *path) {
        size_t length = strcspn(path, ".");
        from = child_of(from, path, length);
        path += length;
        if (*path == '.')
            path++;
    }
    return from;
}

const char *answer_find_text(const answer *from, const char *path)
{
    const answer *found = answer_find(from, path);
    return found ? found->text : NULL;
}

size_t answer_children(const answer *parent)
{
    size_t count = 0;
    for (const answer *child = parent->first; child; child = child->next)
        count++;
    return count;
}

bool answer_is_leaf(const answer *node)
{
    return node->kind != ANSWER_OBJECT && node->kind != ANSWER_LIST && node->kind != ANSWER_ROWS && node->kind != ANSWER_PICTURE;
}

bool answer_is_number(const answer *leaf)
{
    return leaf->kind == ANSWER_COUNT || leaf->kind == ANSWER_DECIMAL || leaf->kind == ANSWER_FIGURE;
}

bool answer_is_table(const answer *list)
{
    for (const answer *row = list->first; row; row = row->next) {
        if (row->kind != ANSWER_OBJECT)
            return false;
        for (const answer *cell = row->first; cell; cell = cell->next)
            if (!answer_is_leaf(cell))
                return false;
    }
    return list->first != NULL;
}

/* What stands in a JSON string as it is. */
static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c != 0x7F;
}

void json_add_text(buffer *to, const char *text)
{
    buffer_add_byte(to, '"');
    for (const char *p = text; *p;) {
        const char *run = p;
        while (is_plain((unsigned char)*p))
            p++;
        buffer_add(to, run, (size_t)(p - run));
        if (!*p)
            break;
        unsigned char c = (unsigned char)*p++;
        if (c == '"' || c == '\\')
            buffer_add_format(to, "\\%c", c);
        else if (c == '\n')
            buffer_add_text(to, "\\n");
        else if (c == '\t')
            buffer_add_text(to, "\\t");
        else
            buffer_add_format(to, "\\u%04x", c);
    }
    buffer_add_byte(to, '"');
}

static void add_member(buffer *to, const char *name, const char *text)
{
    buffer_add_byte(to, ',');
    json_add_text(to, name);
    buffer_add_byte(to, ':');
    json_add_text(to, text);
}

static void write_decimal(const answer *tree, buffer *to)
{
    if (tree->plain || (!tree->unit && !tree->formula)) {
        json_add_text(to, tree->text);
        return;
    }
    buffer_add_text(to, "{\"value\":");
    json_add_text(to, tree->text);
    if (tree->unit)
        add_member(to, "unit", tree->unit);
    if (tree->formula)
        add_member(to, "formula", tree->formula);
    buffer_add_byte(to, '}');
}

static ending write_door(const answer *tree, buffer *to)
{
    buffer_add_text(to, "{\"act\":");
    json_add_text(to, tree->text);
    buffer_add_text(to, ",\"inputs\":");
    TRY(answer_write_json(tree->first, to));
    buffer_add_byte(to, '}');
    return DONE;
}

static ending write_rows(const answer *tree, buffer *to)
{
    buffer_add_byte(to, '[');
    for (size_t rows = 0;; rows++) {
        ARENA_SCOPE arena *arena = arena_new();
        answer *row = NULL;
        TRY(tree->read(tree->cursor, arena, &row));
        if (!row)
            break;
        if (rows > 0)
            buffer_add_byte(to, ',');
        TRY(answer_write_json(row, to));
    }
    buffer_add_byte(to, ']');
    return DONE;
}

static ending write_children(const answer *tree, buffer *to)
{
    bool object = tree->kind == ANSWER_OBJECT;
    buffer_add_byte(to, object ? '{' : '[');
    for (const answer *child = tree->first; child; child = child->next) {
        if (child != tree->first)
            buffer_add_byte(to, ',');
        if (object) {
            json_add_text(to, child->name);
            buffer_add_byte(to, ':');
        }
        TRY(answer_write_json(child, to));
    }
    buffer_add_byte(to, object ? '}' : ']');
    return DONE;
}

ending answer_write_json(const answer *tree, buffer *to)
{
    switch (tree->kind) {
    case ANSWER_OBJECT:
    case ANSWER_LIST:
        return write_children(tree, to);
    case ANSWER_MARKUP:
    case ANSWER_PICTURE:
        buffer_add_text(to, "null");
        return DONE;
    case ANSWER_ROWS:
        return write_rows(tree, to);
    case ANSWER_DOOR:
        return write_door(tree, to);
    case ANSWER_COUNT:
    case ANSWER_TRUTH:
        buffer_add_text(to, tree->text);
        return DONE;
    case ANSWER_NOTHING:
        buffer_add_text(to, "null");
        return DONE;
    case ANSWER_DECIMAL:
    case ANSWER_FIGURE:
        write_decimal(tree, to);
        return DONE;
    case ANSWER_BYTES:
        buffer_add_text(to, "{\"digest\":");
        json_add_text(to, tree->text);
        add_member(to, "type", tree->unit);
        buffer_add_format(to, ",\"size\":%s}", tree->formula);
        return DONE;
    case ANSWER_TEXT:
    case ANSWER_DAY:
    case ANSWER_INSTANT:
    case ANSWER_STATE:
    case ANSWER_LINK:
        json_add_text(to, tree->text);
        return DONE;
    }
    return DONE;
}
