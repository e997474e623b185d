#include "magistral/base/json.h"

#include <jansson.h>

static ending convert(json_t *value, arena *arena, outcome *outcome, answer **ret_answer);

static ending convert_object(json_t *value, arena *arena, outcome *outcome, answer *object)
{
    const char *name;
    json_t *member;
    json_object_foreach(value, name, member) {
        answer *child = NULL;
        TRY(convert(member, arena, outcome, &child));
        answer_put(object, name, child);
    }
    return DONE;
}

static ending convert_list(json_t *value, arena *arena, outcome *outcome, answer *list)
{
    for (size_t i = 0; i < json_array_size(value); i++) {
        answer *child = NULL;
        TRY(convert(json_array_get(value, i), arena, outcome, &child));
        answer_add(list, child);
    }
    return DONE;
}

static ending convert(json_t *value, arena *arena, outcome *outcome, answer **ret_answer)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        *ret_answer = answer_object(arena);
        return convert_object(value, arena, outcome, *ret_answer);
    case JSON_ARRAY:
        *ret_answer = answer_list(arena);
        return convert_list(value, arena, outcome, *ret_answer);
    case JSON_STRING:
        *ret_answer = answer_text(arena, json_string_value(value));
        return DONE;
    case JSON_INTEGER:
        *ret_answer = answer_make(arena, ANSWER_COUNT, arena_format(arena, "%lld", (long long)json_integer_value(value)), NULL, NULL);
        return DONE;
    case JSON_TRUE:
    case JSON_FALSE:
        *ret_answer = answer_make(arena, ANSWER_TRUTH, json_is_true(value) ? "true" : "false", NULL, NULL);
        return DONE;
    case JSON_NULL:
        *ret_answer = answer_make(arena, ANSWER_NOTHING, NULL, NULL, NULL);
        return DONE;
    case JSON_REAL:
        return refuse(outcome, "JSON-02", NULL, NULL);
    }
    return DONE;
}

static const char *error_word(const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_premature_end_of_input:
        return "end";
    case json_error_end_of_input_expected:
        return "more";
    case json_error_duplicate_key:
        return "twice";
    case json_error_numeric_overflow:
        return "number";
    case json_error_invalid_utf8:
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return "character";
    default:
        return "syntax";
    }
}

ending json_read(const char *text, size_t length, arena *arena, outcome *outcome, answer **ret_answer)
{
    json_error_t error;
    json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!value)
        return refuse(outcome, "JSON-01", NULL, "where", arena_format(arena, "%d:%d", error.line, error.column), "why",
                      error_word(&error), NULL);
    ending result = convert(value, arena, outcome, ret_answer);
    json_decref(value);
    return result;
}
