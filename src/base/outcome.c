#include "magistral/base/outcome.h"

#include <stdarg.h>
#include <string.h>

#include "magistral/base/text.h"

outcome outcome_new(arena *arena)
{
    return (outcome){.arena = arena};
}

static size_t count_pairs(va_list arguments)
{
    size_t pairs = 0;
    while (va_arg(arguments, const char *)) {
        (void)va_arg(arguments, const char *);
        pairs++;
    }
    return pairs;
}

static refusal *refusal_of(outcome *outcome, const char *rule, const char *field, va_list arguments)
{
    va_list counting;
    va_copy(counting, arguments);
    refusal *made = arena_alloc(outcome->arena, sizeof *made);
    made->rule = rule;
    made->field = arena_text(outcome->arena, field);
    made->count = count_pairs(counting);
    va_end(counting);
    made->values = arena_array(outcome->arena, made->count, sizeof *made->values);
    for (size_t i = 0; i < made->count; i++) {
        made->values[i].name = va_arg(arguments, const char *);
        const char *value = va_arg(arguments, const char *);
        made->values[i].value = value ? arena_text(outcome->arena, value) : "";
    }
    return made;
}

ending refuse(outcome *outcome, const char *rule, const char *field, ...)
{
    va_list arguments;
    va_start(arguments, field);
    refusal *made = refusal_of(outcome, rule, field, arguments);
    va_end(arguments);
    if (outcome->last)
        outcome->last->next = made;
    else
        outcome->first = made;
    outcome->last = made;
    outcome->refusals++;
    return REFUSED;
}

ending outcome_ending(const outcome *outcome)
{
    if (outcome->failure)
        return FAILED;
    return outcome->refusals > 0 ? REFUSED : DONE;
}

ending fail(outcome *outcome, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!outcome->failure)
        outcome->failure = arena_format_list(outcome->arena, format, arguments);
    va_end(arguments);
    return FAILED;
}

/* "FILE-01: path=/srv/a.db, why=EACCES": the log knows no language. */
static const char *logged(arena *arena, const refusal *said)
{
    BUFFER_SCOPE buffer line = BUFFER_EMPTY;
    buffer_add_text(&line, said->rule);
    for (size_t i = 0; i < said->count; i++)
        buffer_add_format(&line, "%s %s=%s", i ? "," : ":", said->values[i].name, said->values[i].value);
    return arena_text(arena, line.bytes);
}

ending fail_input_output(outcome *outcome, const char *key, ...)
{
    va_list arguments;
    va_start(arguments, key);
    if (!outcome->failure) {
        outcome->said = refusal_of(outcome, key, NULL, arguments);
        outcome->failure = logged(outcome->arena, outcome->said);
        outcome->input_output = true;
    }
    va_end(arguments);
    return FAILED;
}

const char *errno_name(int error)
{
    const char *name = error ? strerrorname_np(error) : NULL; /* a short write sets none */
    return name ? name : "EIO";
}

ending fail_file(outcome *outcome, const char *path, int error)
{
    return fail_input_output(outcome, "FILE-01", "path", path, "why", errno_name(error), NULL);
}

ending fail_as(outcome *outcome, const struct outcome *failed)
{
    if (!outcome->failure) {
        outcome->failure = failed->failure ? failed->failure : "what must stay could not be kept";
        outcome->said = failed->said;
        outcome->input_output = failed->input_output;
    }
    return FAILED;
}
