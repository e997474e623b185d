/* Lists of values also come from the standard input: one a line, or separated by blanks. */
#include <errno.h>
#include <string.h>

#include "cli.h"

enum { LONGEST = 1 << 20 };

static bool is_list(const act *act, const char *name)
{
    for (const input_definition *d = act->inputs; d && d->name; d++)
        if (strcmp(d->name, name) == 0)
            return (d->flags & INPUT_LIST) != 0;
    return false;
}

static void split(given_input *input, char *text, arena *arena)
{
    const char **values = arena_array(arena, strlen(text) / 2 + 1, sizeof *values);
    input->count = 0;
    for (char *rest = NULL, *word = strtok_r(text, " \t\r\n", &rest); word; word = strtok_r(NULL, " \t\r\n", &rest))
        values[input->count++] = arena_text(arena, word);
    input->values = values;
}

ending standard_input_read(const act *act, given_input *inputs, size_t count, arena *arena, outcome *outcome)
{
    for (size_t i = 0; i < count; i++) {
        if (inputs[i].count != 1 || strcmp(inputs[i].values[0], "-") != 0 || !is_list(act, inputs[i].name))
            continue;
        BUFFER_SCOPE buffer text = BUFFER_EMPTY;
        char piece[4096];
        size_t length;
        while (text.length < LONGEST && (length = fread(piece, 1, sizeof piece, stdin)) > 0)
            buffer_add(&text, piece, length);
        if (ferror(stdin))
            return fail_input_output(outcome, "FILE-04", "why", errno_name(errno), NULL);
        buffer_add_byte(&text, '\n');
        for (size_t at = 0; at < text.length; at++) /* a zero would cut the text silently: this one is refused */
            text.bytes[at] = text.bytes[at] ? text.bytes[at] : '\x01';
        split(&inputs[i], text.bytes, arena);
    }
    return DONE;
}
