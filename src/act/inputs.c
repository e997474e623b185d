/* Reads what was given into typed values; every refusal at once. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "magistral/act/scans.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/day.h"
#include "magistral/base/decimal.h"
#include "magistral/base/digest.h"
#include "magistral/document/document.h"
#include "magistral/domain/quantity.h"
#include "runner_parts.h"

enum { LONGEST_LINE = 200, LONGEST_TEXT = 4000, LARGEST_FILE = 10 * 1024 * 1024, MOST_VALUES = 200 };

static const char *trimmed(arena *arena, const char *text)
{
    size_t length = strlen(text), start = strspn(text, " \t\n");
    while (length > start && strchr(" \t\n\r", text[length - 1]))
        length--;
    return arena_copy(arena, text + start, length - start);
}

/* An optional input names no example of its own: then one of its type. */
static const char *example_of(const call *call, const input_definition *definition)
{
    static const char *const examples[] = {
        [INPUT_NUMBER] = "MP26-0001", [INPUT_COUNT] = "4", [INPUT_DECIMAL] = "99.1", [INPUT_STATED] = "< 10", [INPUT_MASS] = "20 mg",
        [INPUT_VOLUME] = "0.50 mL", [INPUT_MONEY] = "58.00 EUR", [INPUT_QUANTITY] = "8 g", [INPUT_DAY] = "2026-01-08",
        [INPUT_INSTANT] = "2026-01-08T07:30:00Z",
    };
    size_t type = (size_t)definition->type;
    if (definition->example && *definition->example)
        return definition->example;
    if (definition->type == INPUT_TRUTH)
        return catalogue_word(call->language, "example.", "truth");
    return type < sizeof examples / sizeof *examples && examples[type] ? examples[type] : catalogue_word(call->language, "example.", "text");
}

static void malformed(call *call, const input_value *input, const char *text, const char *why)
{
    refuse(call->outcome, "CALL-04", input->definition->name, "value", text, "why",
           catalogue_word(call->language, "why.", why), "example", example_of(call, input->definition), NULL);
    if (*text)
        call_wrong_scan(call, input->definition->name, scans_kept(call->arena, text));
}

/* What is written stands on papers later, and a record that cannot be printed cannot be mended: ISO 19005-1, 6.3.5. */
static void check_letters(call *call, const input_value *input, const char *text)
{
    int32_t letter = 0;
    BUFFER_SCOPE buffer shown = BUFFER_EMPTY;
    if (call->act->view || document_has_letters(text, &letter))
        return;
    buffer_add_scalar(&shown, (uint32_t)letter);
    refuse(call->outcome, "CALL-30", input->definition->name, "letter", buffer_text(&shown), "code",
           arena_format(call->arena, "U+%04X", (unsigned)letter), "text", text, NULL);
}

/* One reader a type: writes input->texts[at] and integers[at], or refuses. */
static void read_text(call *call, input_value *input, size_t at)
{
    const char *text = input->texts[at];
    size_t most = input->definition->type == INPUT_LONG ? LONGEST_TEXT : LONGEST_LINE;
    if (!*text)
        malformed(call, input, text, "empty");
    else if (text_length(text) > most)
        malformed(call, input, "…", "too-long");
    else if (input->definition->type != INPUT_LONG && strchr(text, '\n'))
        malformed(call, input, text, "one-line");
    else if (input->definition->type == INPUT_TEXT || input->definition->type == INPUT_LONG)
        check_letters(call, input, text);
}

static void read_number(call *call, input_value *input, size_t at)
{
    const char *text = input->texts[at];
    if (scans_is_code(text)) {
        /* A scanner types the code of a label where a number is due. Refusals say why; a failure ends the act. */
        if (scans_number(call, input->definition->name, input->definition->detail ? input->definition->detail : "", text,
                         &input->texts[at]) == FAILED && !call->outcome->failure)
            fail(call->outcome, "the code cannot be looked up");
        return;
    }
    size_t length = strlen(text);
    bool plain = length >= 1 && length <= 40;
    for (const char *p = text; plain && *p; p++)
        plain = (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || strchr("-/._", *p);
    if (!plain)
        malformed(call, input, text, "number-of-thing");
}

static void read_decimal(call *call, input_value *input, size_t at)
{
    decimal value;
    decimal_error error = decimal_parse(input->texts[at], &value);
    if (error != DECIMAL_GOOD)
        malformed(call, input, input->texts[at], arena_format(call->arena, "decimal.%s", decimal_error_word(error)));
    else
        input->texts[at] = decimal_text(call->arena, value);
}

static void read_stated(call *call, input_value *input, size_t at)
{
    const char *text = input->texts[at];
    size_t sign = strspn(text, "<> ");
    decimal value;
    if (sign > 0 && (strcmp(text + sign, "LOQ") == 0 || strcmp(text + sign, "LOD") == 0))
        return;
    decimal_error error = decimal_parse(text + sign, &value);
    if (error != DECIMAL_GOOD)
        malformed(call, input, text, arena_format(call->arena, "decimal.%s", decimal_error_word(error)));
    else
        input->texts[at] = sign == 0 ? decimal_text(call->arena, value)
                                     : arena_format(call->arena, "%c %s", text[0], decimal_text(call->arena, value));
}

static void read_count(call *call, input_value *input, size_t at)
{
    decimal value;
    if (decimal_parse(input->texts[at], &value) != DECIMAL_GOOD || value.places != 0 || value.digits < 0 || value.digits > 1000000000)
        malformed(call, input, input->texts[at], "count");
    else
        input->integers[at] = value.digits;
}

static void read_quantity(call *call, input_value *input, size_t at)
{
    const char *text = input->texts[at];
    quantity_error error = QUANTITY_GOOD;
    decimal plain;
    mass mass = {0};
    volume volume = {0};
    money money = {0};
    switch ((int)input->definition->type) {
    case INPUT_VOLUME:
        error = volume_parse(text, &volume);
        input->integers[at] = volume.nanolitres;
        break;
    case INPUT_MONEY:
        error = money_parse(text, &money);
        input->integers[at] = money.micro_euro;
        break;
    case INPUT_QUANTITY:
        if (decimal_parse(text, &plain) == DECIMAL_GOOD) {
            input->is_count = true;
            read_count(call, input, at);
            return;
        } /* fall through */
    default:
        error = mass_parse(text, &mass);
        input->integers[at] = mass.nanograms;
        break;
    }
    if (error != QUANTITY_GOOD)
        malformed(call, input, text, arena_format(call->arena, "quantity.%s", quantity_error_word(error)));
    else if (input->integers[at] < 0)
        malformed(call, input, text, "negative");
}

static void read_day(call *call, input_value *input, size_t at)
{
    static const char *const why[] = {[DAY_FORM] = "day", [DAY_YEAR] = "day.year", [DAY_MONTH] = "day.month", [DAY_ABSENT] = "day.absent"};
    int64_t day;
    day_error error = day_read(input->texts[at], &day);
    if (error != DAY_GOOD)
        malformed(call, input, input->texts[at], why[error]);
    else
        input->texts[at] = day_text(call->arena, day);
}

static void read_instant(call *call, input_value *input, size_t at)
{
    static const char *const why[] = {[INSTANT_FORM] = "instant", [INSTANT_LEFT_OUT] = "instant.left-out", [INSTANT_TWICE] = "instant.twice"};
    int64_t instant;
    instant_error error = instant_read(input->texts[at], call->zone, &instant);
    if (error != INSTANT_GOOD)
        malformed(call, input, input->texts[at], why[error]);
    else
        input->texts[at] = instant_text(call->arena, instant);
}

static void read_choice(call *call, input_value *input, size_t at)
{
    const char *text = input->texts[at];
    size_t length = strlen(text);
    for (const char *p = input->definition->detail; p; p = strchr(p, '|') ? strchr(p, '|') + 1 : NULL)
        if (length > 0 && strcspn(p, "|") == length && strncmp(p, text, length) == 0)
            return;
    refuse(call->outcome, "CALL-19", input->definition->name, "value", text, "choices", input->definition->detail, NULL);
}

static void read_truth(call *call, input_value *input, size_t at)
{
    const char *text = input->texts[at];
    if (strcmp(text, "yes") == 0 || strcmp(text, "true") == 0 || strcmp(text, "oui") == 0)
        input->integers[at] = 1;
    else if (strcmp(text, "no") != 0 && strcmp(text, "false") != 0 && strcmp(text, "non") != 0)
        malformed(call, input, text, "truth");
    input->texts[at] = input->integers[at] ? "yes" : "no";
}

/* The types that a browser shows safely; known by their first bytes, not by their names. */
static const char *type_of_file(const char *bytes, size_t length)
{
    if (length >= 5 && memcmp(bytes, "%PDF-", 5) == 0)
        return "application/pdf";
    if (length >= 8 && memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) == 0)
        return "image/png";
    if (length >= 3 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0)
        return "image/jpeg";
    return text_is_clean(bytes, length) ? "text/plain; charset=utf-8" : NULL;
}

static void read_file(call *call, input_value *input, size_t at)
{
    const char *path = input->texts[at];
    FILE *file = fopen(path, "re");
    if (!file) {
        refuse(call->outcome, "CALL-16", input->definition->name, "path", path, "why",
               catalogue_word(call->language, "errno.", errno_name(errno)), NULL);
        return;
    }
    BUFFER_SCOPE buffer bytes = BUFFER_EMPTY;
    char piece[16384];
    size_t length;
    while ((length = fread(piece, 1, sizeof piece, file)) > 0 && bytes.length <= LARGEST_FILE)
        buffer_add(&bytes, piece, length);
    bool broken = ferror(file) != 0;
    fclose(file);
    input->file_type = type_of_file(buffer_text(&bytes), bytes.length);
    if (broken || bytes.length == 0 || bytes.length > LARGEST_FILE || !input->file_type) {
        const char *why = bytes.length > LARGEST_FILE ? "file-large" : bytes.length == 0 || broken ? "file-empty" : "file-type";
        refuse(call->outcome, "CALL-16", input->definition->name, "path", path, "why", catalogue_word(call->language, "why.", why), NULL);
        return;
    }
    input->file_bytes = arena_copy(call->arena, bytes.bytes, bytes.length);
    input->file_length = bytes.length;
    input->texts[at] = digest_text(call->arena, bytes.bytes, bytes.length);
}

static void read_value(call *call, input_value *input, size_t at)
{
    switch (input->definition->type) {
    case INPUT_TEXT:
    case INPUT_LONG:
    case INPUT_PATH:
    case INPUT_SECRET:
        read_text(call, input, at);
        return;
    case INPUT_NUMBER:
        read_number(call, input, at);
        return;
    case INPUT_COUNT:
        read_count(call, input, at);
        return;
    case INPUT_DECIMAL:
        read_decimal(call, input, at);
        return;
    case INPUT_STATED:
        read_stated(call, input, at);
        return;
    case INPUT_MASS:
    case INPUT_VOLUME:
    case INPUT_MONEY:
    case INPUT_QUANTITY:
        read_quantity(call, input, at);
        return;
    case INPUT_DAY:
        read_day(call, input, at);
        return;
    case INPUT_INSTANT:
        read_instant(call, input, at);
        return;
    case INPUT_CHOICE:
        read_choice(call, input, at);
        return;
    case INPUT_TRUTH:
        read_truth(call, input, at);
        return;
    case INPUT_FILE:
        read_file(call, input, at);
        return;
    }
}

static const given_input *given_named(const given_input *given, size_t count, const char *name, size_t *ret_times)
{
    const given_input *found = NULL;
    *ret_times = 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(given[i].name, name) == 0) {
            found = &given[i];
            (*ret_times)++;
        }
    return found;
}

static void read_input(call *call, input_value *input, const given_input *given, size_t times)
{
    const input_definition *d = input->definition;
    if (times > 1 || (given->count > 1 && !(d->flags & INPUT_LIST))) {
        refuse(call->outcome, "CALL-20", d->name, NULL);
        return;
    }
    if (given->count > MOST_VALUES) {
        refuse(call->outcome, "CALL-21", d->name, "most", "200", NULL);
        return;
    }
    input->given = given->count > 0;
    input->count = given->count;
    input->texts = arena_array(call->arena, given->count, sizeof *input->texts);
    input->integers = arena_array(call->arena, given->count, sizeof *input->integers);
    for (size_t k = 0; k < given->count; k++) {
        if (!text_is_clean(given->values[k], strlen(given->values[k]))) {
            malformed(call, input, "…", "clean");
            continue;
        }
        bool whole = d->type == INPUT_SECRET || (d->flags & INPUT_VERBATIM);
        input->texts[k] = whole ? given->values[k] : trimmed(call->arena, given->values[k]);
        read_value(call, input, k);
    }
}

static void refuse_unknown(call *call, const given_input *given, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool known = false;
        for (const input_definition *d = call->act->inputs; d && d->name; d++)
            known = known || strcmp(d->name, given[i].name) == 0;
        const char *nearest = known ? NULL : act_nearest_input(call->act, given[i].name);
        if (nearest)
            refuse(call->outcome, "CALL-02", given[i].name, "act", call->act->name, "input", given[i].name, "nearest", nearest, NULL);
        else if (!known)
            refuse(call->outcome, "CALL-31", given[i].name, "act", call->act->name, "input", given[i].name, NULL);
    }
}

void inputs_read(call *call, const given_input *given, size_t count)
{
    size_t definitions = 0;
    for (const input_definition *d = call->act->inputs; d && d->name; d++)
        definitions++;
    call->inputs = arena_array(call->arena, definitions, sizeof *call->inputs);
    call->input_count = definitions;
    refuse_unknown(call, given, count);
    for (size_t i = 0; i < definitions; i++) {
        input_value *input = &call->inputs[i];
        input->definition = &call->act->inputs[i];
        size_t times;
        const given_input *found = given_named(given, count, input->definition->name, &times);
        if (found && found->count > 0)
            read_input(call, input, found, times);
        else if (!(input->definition->flags & INPUT_OPTIONAL))
            refuse(call->outcome, "CALL-03", input->definition->name, "example", input->definition->example, NULL);
        for (size_t k = 0; input->given && input->definition->type == INPUT_NUMBER && input->definition->detail && k < input->count; k++)
            if (input->texts[k])
                call_concerns(call, input->definition->detail, input->texts[k]);
    }
}

const char *inputs_json(const call *call)
{
    BUFFER_SCOPE buffer json = BUFFER_EMPTY;
    buffer_add_byte(&json, '{');
    for (size_t i = 0; i < call->input_count; i++) {
        const input_value *input = &call->inputs[i];
        if (!input->given || input->definition->type == INPUT_SECRET)
            continue;
        if (json.length > 1)
            buffer_add_byte(&json, ',');
        json_add_text(&json, input->definition->name);
        buffer_add_byte(&json, ':');
        bool list = (input->definition->flags & INPUT_LIST) != 0;
        if (list)
            buffer_add_byte(&json, '[');
        for (size_t k = 0; k < input->count; k++) {
            if (k > 0)
                buffer_add_byte(&json, ',');
            json_add_text(&json, input->texts[k]);
        }
        if (list)
            buffer_add_byte(&json, ']');
    }
    buffer_add_byte(&json, '}');
    return arena_text(call->arena, json.bytes);
}
