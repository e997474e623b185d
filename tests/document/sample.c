#include "sample.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static answer *read_value(arena *arena, const json_t *value);

static bool looks_like(const char *text, const char *pattern)
{
    size_t i = 0;
    for (; pattern[i]; i++)
        if (pattern[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != pattern[i])
            return false;
    return text[i] == 0;
}

static answer *read_text(arena *arena, const char *text)
{
    answer_kind kind = ANSWER_TEXT;
    if (looks_like(text, "0000-00-00"))
        kind = ANSWER_DAY;
    else if (looks_like(text, "0000-00-00T00:00:00.000Z"))
        kind = ANSWER_INSTANT;
    return answer_make(arena, kind, text, NULL, NULL);
}

static const char *member(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static answer *read_object(arena *arena, const json_t *object)
{
    const char *value = member(object, "value"), *state = member(object, "state"), *link = member(object, "link");
    if (value)
        return answer_make(arena, member(object, "formula") ? ANSWER_FIGURE : ANSWER_DECIMAL, value, member(object, "unit"),
                           member(object, "formula"));
    if (state)
        return answer_make(arena, ANSWER_STATE, state, NULL, NULL);
    if (link)
        return answer_make(arena, ANSWER_LINK, link, NULL, NULL);
    answer *made = answer_object(arena);
    const char *name;
    json_t *child;
    json_object_foreach((json_t *)(uintptr_t)object, name, child)
        answer_put(made, name, read_value(arena, child));
    return made;
}

static answer *read_value(arena *arena, const json_t *value)
{
    char number[32];
    if (json_is_object(value))
        return read_object(arena, value);
    if (json_is_array(value)) {
        answer *list = answer_list(arena);
        for (size_t i = 0; i < json_array_size(value); i++)
            answer_add(list, read_value(arena, json_array_get(value, i)));
        return list;
    }
    if (json_is_integer(value)) {
        snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        return answer_make(arena, ANSWER_COUNT, number, NULL, NULL);
    }
    if (json_is_boolean(value))
        return answer_make(arena, ANSWER_TRUTH, json_is_true(value) ? "true" : "false", NULL, NULL);
    return json_is_string(value) ? read_text(arena, json_string_value(value)) : answer_text(arena, NULL);
}

answer *sample_read(arena *arena, const char *path)
{
    json_error_t error;
    json_t *root = json_load_file(path, 0, &error);
    if (!root) {
        fprintf(stderr, "%s:%d: %s\n", path, error.line, error.text);
        exit(70);
    }
    answer *made = read_value(arena, root);
    json_decref(root);
    return made;
}

char *sample_text(arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    buffer bytes = BUFFER_EMPTY;
    char room[4096];
    if (!file) {
        perror(path);
        exit(70);
    }
    for (size_t count; (count = fread(room, 1, sizeof room, file)) > 0;)
        buffer_add(&bytes, room, count);
    fclose(file);
    char *text = arena_text(arena, buffer_text(&bytes));
    buffer_clear(&bytes);
    return text;
}
