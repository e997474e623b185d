#include <string.h>

#include "cli.h"
#include "magistral/base/json.h"

const char *line_member(const answer *object, const char *name)
{
    for (const answer *child = object->first; child; child = child->next)
        if (strcmp(child->name, name) == 0)
            return child->text;
    return NULL;
}

bool line_names_file(const act *act, const char *name)
{
    for (const input_definition *d = act->inputs; d && d->name; d++)
        if (strcmp(d->name, name) == 0)
            return d->type == INPUT_FILE || d->type == INPUT_PATH;
    return false;
}

static const char *value_text(const act *act, const char *folder, const char *name, const answer *value, arena *arena)
{
    if (value->kind == ANSWER_TRUTH)
        return strcmp(value->text, "true") == 0 ? "yes" : "no";
    if (value->text && value->text[0] != '/' && line_names_file(act, name))
        return arena_format(arena, "%s/%s", folder, value->text);
    return value->text ? value->text : "";
}

static ending read_inputs(const act *act, const char *folder, const answer *inputs, arena *arena, outcome *outcome, command *ret_command)
{
    size_t count = 0;
    given_input *given = arena_array(arena, (inputs ? answer_children(inputs) : 0) + 2, sizeof *given);
    for (const answer *child = inputs ? inputs->first : NULL; child; child = child->next) {
        if (child->kind == ANSWER_OBJECT)
            return refuse(outcome, "APPLY-02", child->name, NULL);
        size_t values = child->kind == ANSWER_LIST ? answer_children(child) : child->kind == ANSWER_NOTHING ? 0 : 1, at = 0;
        const char **texts = arena_array(arena, values, sizeof *texts);
        if (child->kind == ANSWER_LIST)
            for (const answer *value = child->first; value; value = value->next)
                texts[at++] = value_text(act, folder, child->name, value, arena);
        else if (values)
            texts[0] = value_text(act, folder, child->name, child, arena);
        given[count++] = (given_input){.name = child->name, .values = texts, .count = values};
    }
    ret_command->inputs = given;
    ret_command->input_count = count;
    return DONE;
}

static ending check_members(const answer *line, bool whole, outcome *outcome)
{
    static const char *const known[] = {"key", "at", "as", "act", "inputs", "signature", "digest", "password"};
    size_t count = sizeof known / sizeof *known - !whole;
    for (const answer *child = line->first; child; child = child->next) {
        bool found = false;
        for (size_t i = 0; i < count; i++)
            found = found || strcmp(known[i], child->name) == 0;
        if (!found)
            refuse(outcome, "APPLY-03", child->name, NULL);
    }
    return outcome_ending(outcome);
}

ending line_read(const char *text, size_t length, const char *folder, bool whole, arena *arena, outcome *outcome, const act **ret_act,
                 command *ret_command)
{
    answer *line = NULL;
    TRY(json_read(text, length, arena, outcome, &line));
    if (line->kind != ANSWER_OBJECT)
        return refuse(outcome, "APPLY-01", NULL, NULL);
    TRY(check_members(line, whole, outcome));
    const char *name = line_member(line, "act");
    const act *act = name ? act_find(name) : NULL;
    if (!act)
        return refuse(outcome, "CALL-01", "act", "act", name, "nearest", name && act_nearest(name) ? act_nearest(name) : "help", NULL);
    const answer *inputs = NULL;
    for (const answer *child = line->first; child; child = child->next)
        if (strcmp(child->name, "inputs") == 0)
            inputs = child;
    if (inputs && inputs->kind != ANSWER_OBJECT)
        return refuse(outcome, "APPLY-02", "inputs", NULL);
    *ret_act = act;
    *ret_command = (command){.act = act->name, .person = line_member(line, "as"), .password = line_member(line, "password"),
                             .key = line_member(line, "key"), .at = line_member(line, "at"), .signature = line_member(line, "signature"),
                             .signed_digest = line_member(line, "digest"), .workstation = ""};
    return read_inputs(act, folder, inputs, arena, outcome, ret_command);
}

/* What is no UTF-8 cannot stand in JSON; a control character is refused by the same rule, in the same words. */
static void add_text(buffer *to, const char *text)
{
    const char *at = text, *end = text + strlen(text);
    while (at < end && text_scalar(&at, end) >= 0)
        continue;
    json_add_text(to, at == end ? text : "\x01");
}

static void add_member(buffer *to, const char *name, const char *text)
{
    if (!text)
        return;
    buffer_add_byte(to, ',');
    json_add_text(to, name);
    buffer_add_byte(to, ':');
    add_text(to, text);
}

void line_write(const command *command, buffer *to)
{
    buffer_add_text(to, "{\"act\":");
    json_add_text(to, command->act);
    add_member(to, "as", command->person);
    add_member(to, "password", command->password);
    add_member(to, "key", command->key);
    add_member(to, "at", command->at);
    add_member(to, "signature", command->signature);
    add_member(to, "digest", command->signed_digest);
    buffer_add_text(to, ",\"inputs\":{");
    for (size_t i = 0; i < command->input_count; i++) {
        buffer_add_text(to, i > 0 ? "," : "");
        json_add_text(to, command->inputs[i].name);
        buffer_add_text(to, ":[");
        for (size_t k = 0; k < command->inputs[i].count; k++) {
            buffer_add_text(to, k > 0 ? "," : "");
            add_text(to, command->inputs[i].values[k]);
        }
        buffer_add_byte(to, ']');
    }
    buffer_add_text(to, "}}\n");
}
