#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "magistral/base/catalogue.h"

struct option_word {
    const char *name;
    size_t offset;
    bool flag;
};

static const struct option_word known[] = {
    {"--database", offsetof(options, database), false},   {"--as", offsetof(options, person), false},
    {"--password-file", offsetof(options, password_file), false}, {"--json", offsetof(options, json), true},
    {"--clock", offsetof(options, clock), false},         {"--language", offsetof(options, language), false},
    {"--templates", offsetof(options, templates), false}, {"--signature", offsetof(options, signature), false},
    {"--digest", offsetof(options, digest), false},       {"--key", offsetof(options, key), false},
    {"--keep-going", offsetof(options, keep_going), true},
};

static const struct option_word *option_named(const char *word)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, word) == 0)
            return &known[i];
    return NULL;
}

static void set_option(options *options, const struct option_word *option, const char *value)
{
    char *at = (char *)options + option->offset;
    if (option->flag)
        *(bool *)at = true;
    else
        memcpy(at, &value, sizeof value);
}

/* An input of the act with the name of an option is the act's: "scan --key FILE". */
static bool is_input_of(const act *act, const char *word)
{
    for (const input_definition *d = act ? act->inputs : NULL; d && d->name; d++)
        if (strcmp(word + 2, d->name) == 0)
            return true;
    return false;
}

/* "serve --key FILE": there it is the key of TLS. */
static bool is_of_serve(const words *words, const char *word)
{
    return words->count > 0 && strcmp(words->rest[0], "serve") == 0 && strcmp(word, "--key") == 0;
}

static const act *act_of_words(char **rest, int count)
{
    if (count < 1)
        return NULL;
    if (count > 1) {
        BUFFER_SCOPE buffer name = BUFFER_EMPTY;
        buffer_add_format(&name, "%s %s", rest[0], rest[1]);
        const act *found = act_find(name.bytes);
        if (found)
            return found;
    }
    return act_find(rest[0]);
}

bool args_read(int argc, char **argv, arena *arena, words *ret_words)
{
    words words = {.options = {.database = "magistral.db"}, .rest = arena_array(arena, (size_t)argc, sizeof(char *))};
    for (int i = 1; i < argc; i++) {
        const struct option_word *option = option_named(argv[i]);
        if (!option || is_of_serve(&words, argv[i]) || is_input_of(act_of_words(words.rest, words.count), argv[i])) {
            words.rest[words.count++] = argv[i];
            continue;
        }
        if (!option->flag && i + 1 >= argc) {
            fprintf(stderr, "magistral: %s: %s\n", argv[i], catalogue_word(FRENCH, "cli.", "value-missing"));
            return false;
        }
        set_option(&words.options, option, option->flag ? NULL : argv[++i]);
    }
    *ret_words = words;
    return true;
}

static const input_definition *input_named(const act *act, const char *name)
{
    for (const input_definition *d = act->inputs; d && d->name; d++)
        if (strcmp(d->name, name) == 0)
            return d;
    return NULL;
}

/* An act that takes no bare word takes the number of its thing as one: what it is about needs no name. */
static const input_definition *positional_of(const act *act, const given_input *inputs, size_t given)
{
    const input_definition *last = NULL, *first = act->inputs;
    bool bare = false;
    for (const input_definition *d = first; d && d->name; d++)
        bare = bare || (d->flags & INPUT_POSITIONAL);
    if (!bare && first && first->name && first->type == INPUT_NUMBER && first->detail)
        return first;
    for (const input_definition *d = act->inputs; d && d->name; d++) {
        if (!(d->flags & INPUT_POSITIONAL))
            continue;
        last = d;
        bool used = false;
        for (size_t i = 0; i < given; i++)
            used = used || strcmp(inputs[i].name, d->name) == 0;
        if (!used || (d->flags & INPUT_LIST))
            return d;
    }
    return last;
}

static void add_value(arena *arena, given_input *inputs, size_t *count, const char *name, const char *value)
{
    size_t at = 0;
    while (at < *count && strcmp(inputs[at].name, name) != 0)
        at++;
    if (at == *count)
        inputs[(*count)++] = (given_input){.name = name};
    const char **values = arena_array(arena, inputs[at].count + 1, sizeof *values);
    if (inputs[at].count > 0)
        memcpy(values, inputs[at].values, inputs[at].count * sizeof *values);
    values[inputs[at].count++] = value;
    inputs[at].values = values;
}

static bool is_name(const char *word)
{
    return word[0] == '-' && word[1] == '-' && word[2];
}

static ending unknown_input(const act *act, const char *name, arena *arena, outcome *outcome, language language)
{
    const char *nearest = act_nearest_input(act, name);
    refusal_value values[] = {{"act", act->name}, {"input", name}, {"nearest", nearest ? nearest : "?"}};
    outcome->usage = true;
    return fail(outcome, "%s", catalogue_fill(arena, language, nearest ? "cli.unknown-input-nearest" : "cli.unknown-input", values, 3));
}

ending args_inputs(const act *act, char **rest, int count, arena *arena, outcome *outcome, language language,
                   given_input **ret_inputs, size_t *ret_count)
{
    given_input *inputs = arena_array(arena, (size_t)count + 1, sizeof *inputs);
    size_t given = 0;
    const input_definition *named = NULL; /* the input whose values follow */
    bool has_value = true;
    for (int i = 0; i < count; i++) {
        if (strcmp(rest[i], "--") == 0 && has_value) { /* ends the values of a list: what follows stands without a name */
            named = NULL;
            continue;
        }
        if (is_name(rest[i])) {
            named = input_named(act, rest[i] + 2);
            if (!named)
                return unknown_input(act, rest[i] + 2, arena, outcome, language);
            bool truth = named->type == INPUT_TRUTH && (i + 1 == count || is_name(rest[i + 1]) ||
                         (strcmp(rest[i + 1], "yes") != 0 && strcmp(rest[i + 1], "no") != 0));
            if (truth)
                add_value(arena, inputs, &given, named->name, "yes");
            has_value = truth;
            named = truth ? NULL : named;
            continue;
        }
        const input_definition *to = named && (!has_value || (named->flags & INPUT_LIST)) ? named : positional_of(act, inputs, given);
        if (!to)
            return unknown_input(act, rest[i], arena, outcome, language);
        add_value(arena, inputs, &given, to->name, rest[i]);
        has_value = true;
    }
    if (named && !has_value) {
        outcome->usage = true;
        return fail(outcome, "--%s: %s", named->name, catalogue_word(language, "cli.", "value-missing"));
    }
    *ret_inputs = inputs;
    *ret_count = given;
    return DONE;
}
