#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/json.h"

reply reply_make(ending ending, const outcome *outcome, const answer *answer, bool json, language language, const char *zone)
{
    reply made = {.status = EXIT_FAILED, .output = ""};
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    if (memory) {
        made.status = show_output(ending, outcome, answer, json, language, zone, memory);
        fclose(memory);
        made.output = arena_copy(outcome->arena, text, length);
        free(text);
    }
    if (!json)
        made.error_count = show_sentences(outcome, language, zone, &made.errors);
    return made;
}

int reply_show(const reply *reply, const char *before)
{
    if (reply->rehearsal)
        fprintf(stderr, "%s\n", catalogue_word(FRENCH, "cli.", "rehearsal"));
    fputs(reply->output, stdout);
    int flushed = fflush(stdout);
    for (size_t i = 0; i < reply->error_count; i++)
        fprintf(stderr, "%s%s\n", before, reply->errors[i]);
    return flushed == 0 ? reply->status : EXIT_INPUT_OUTPUT;
}

void reply_write(const reply *reply, buffer *to)
{
    buffer_add_format(to, "{\"status\":%d,\"output\":", reply->status);
    json_add_text(to, reply->output);
    buffer_add_format(to, ",\"rehearsal\":%s,\"errors\":[", reply->rehearsal ? "true" : "false");
    for (size_t i = 0; i < reply->error_count; i++) {
        buffer_add_text(to, i > 0 ? "," : "");
        json_add_text(to, reply->errors[i]);
    }
    buffer_add_text(to, "]}\n");
}

ending reply_read(const char *text, size_t length, arena *arena, outcome *outcome, reply *ret_reply)
{
    answer *object = NULL;
    TRY(json_read(text, length, arena, outcome, &object));
    const char *status = object->kind == ANSWER_OBJECT ? line_member(object, "status") : NULL;
    const char *output = status ? line_member(object, "output") : NULL;
    const answer *errors = status ? answer_find(object, "errors") : NULL;
    if (!output || !errors)
        return fail(outcome, "an answer that cannot be read");
    *ret_reply = (reply){.rehearsal = text_equal(line_member(object, "rehearsal"), "true"), .status = (int)strtol(status, NULL, 10), .output = output,
                         .errors = arena_array(arena, answer_children(errors) + 1, sizeof *ret_reply->errors)};
    for (const answer *error = errors->first; error; error = error->next)
        ret_reply->errors[ret_reply->error_count++] = error->text ? error->text : "";
    return DONE;
}
