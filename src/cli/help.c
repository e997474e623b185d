/* The help is drawn from the table of acts. */
#include <string.h>

#include "cli.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"

static size_t noun_length(const char *name)
{
    return strcspn(name, " ");
}

static void print_line(arena *arena, language language, const act *act)
{
    printf("  %-28s %s\n", act->name, typography_sentence(arena, language, arena_format(arena, "act.%s", act->name)));
}

static int print_all(arena *arena, language language)
{
    printf("%s\n\n", typography_sentence(arena, language, "help.usage"));
    for (size_t i = 0; i < act_table_count; i++) {
        const char *name = act_table[i]->name;
        if (i == 0 || noun_length(name) != noun_length(act_table[i - 1]->name) ||
            strncmp(name, act_table[i - 1]->name, noun_length(name)) != 0)
            printf("%.*s\n", (int)noun_length(name), name);
        print_line(arena, language, act_table[i]);
    }
    printf("\n%s\n", typography_sentence(arena, language, "help.more"));
    return EXIT_DONE;
}

static const char *type_words(arena *arena, language language, const input_definition *d)
{
    static const char *const keys[] = {
        [INPUT_TEXT] = "text", [INPUT_LONG] = "long", [INPUT_NUMBER] = "number", [INPUT_COUNT] = "count",
        [INPUT_DECIMAL] = "decimal", [INPUT_STATED] = "stated", [INPUT_MASS] = "mass", [INPUT_VOLUME] = "volume",
        [INPUT_MONEY] = "money", [INPUT_QUANTITY] = "quantity", [INPUT_DAY] = "day", [INPUT_INSTANT] = "instant",
        [INPUT_CHOICE] = "choice", [INPUT_TRUTH] = "truth", [INPUT_FILE] = "file", [INPUT_PATH] = "path", [INPUT_SECRET] = "secret"};
    const char *word = catalogue_word(language, "type.", keys[d->type]);
    if (d->type == INPUT_CHOICE)
        return d->detail;
    if (d->detail && d->type == INPUT_DECIMAL)
        return arena_format(arena, "%s (%s)", word, d->detail);
    return word;
}

static void print_inputs(arena *arena, language language, const act *act)
{
    size_t width = 0;
    for (const input_definition *d = act->inputs; d && d->name; d++)
        width = strlen(d->name) > width ? strlen(d->name) : width;
    for (const input_definition *d = act->inputs; d && d->name; d++)
        printf("  --%-*s  %s%s%s. %s\n", (int)width, d->name, type_words(arena, language, d),
               d->flags & INPUT_LIST ? catalogue_word(language, "help.", "list") : "",
               d->flags & INPUT_OPTIONAL ? catalogue_word(language, "help.", "optional") : "",
               act_input_text(arena, language, act, d));
}

static bool needs_quotes(const char *text)
{
    return strpbrk(text, " <>&|*'\"()$;") != NULL;
}

/* Someone of the examples who may do it, NULL for what needs no sign-in. */
static const char *person_with(right right)
{
    static const struct {
        role role;
        const char *person;
    } people[] = {{ROLE_TECHNICIAN, "tech.a"}, {ROLE_CONTROL_TECHNICIAN, "qc.a"}, {ROLE_PHARMACIST, "pharm.a"}, {ROLE_DISPENSING_PHARMACIST, "disp.a"},
                  {ROLE_CONTROL_PHARMACIST, "qc.pharm"}, {ROLE_PHARMACIST_IN_CHARGE, "chief"}, {ROLE_ADMINISTRATOR, "admin"}};
    for (size_t i = 0; right != RIGHT_OPEN && i < sizeof people / sizeof *people; i++)
        if (role_has_right(people[i].role, right))
            return people[i].person;
    return right == RIGHT_OPEN ? NULL : "audit.a";
}

/* The meaning as it reads with the example's inputs. */
static const char *meaning_of(arena *arena, language language, const act *act)
{
    size_t count = 0;
    for (const input_definition *d = act->inputs; d && d->name; d++)
        count++;
    refusal_value *values = arena_array(arena, count + 1, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = (refusal_value){act->inputs[i].name, act->inputs[i].example ? act->inputs[i].example : ""};
    BUFFER_SCOPE buffer shown = BUFFER_EMPTY;
    const char *meaning = catalogue_fill(arena, language, arena_format(arena, "meaning.%s", act->name), values, count);
    typography_add_sentence(&shown, language, meaning);
    return arena_text(arena, buffer_text(&shown));
}

static void print_example(arena *arena, language language, const act *act)
{
    const char *person = person_with(act->right);
    if (person)
        printf("  magistral --as %s --password-file passwords %s", person, act->name);
    else
        printf("  magistral %s", act->name);
    for (const input_definition *d = act->inputs; d && d->name; d++) {
        if (!d->example || !*d->example)
            continue;
        if (d->type == INPUT_TRUTH)
            printf(" --%s", d->name);
        else if (d->flags & INPUT_POSITIONAL)
            printf(" %s", d->example);
        else if ((d->flags & INPUT_LIST) || !needs_quotes(d->example))
            printf(" --%s %s", d->name, d->example);
        else
            printf(" --%s \"%s\"", d->name, d->example);
    }
    if (act->signed_act)
        printf(" --signature \"%s\"", meaning_of(arena, language, act));
    printf("\n");
}

static void print_states(arena *arena, language language, const act *act)
{
    printf("%s  ", catalogue_word(language, "help.", "states"));
    char *words = arena_text(arena, act->states), *saved = NULL;
    for (const char *word = strtok_r(words, "|", &saved), *between = ""; word; word = strtok_r(NULL, "|", &saved), between = ", ")
        printf("%s%s", between, catalogue_word(language, "state.", word));
    printf("\n");
}

static int print_act(arena *arena, language language, const act *act)
{
    printf("magistral %s\n%s\n\n", act->name, typography_sentence(arena, language, arena_format(arena, "act.%s", act->name)));
    printf("%s  %s\n", catalogue_word(language, "help.", "right"),
           catalogue_word(language, "right.", right_word(act->right)));
    if (act->states)
        print_states(arena, language, act);
    if (act->signed_act)
        printf("%s  %s\n", catalogue_word(language, "help.", "signature"), meaning_of(arena, language, act));
    if (act->inputs && act->inputs->name) {
        printf("\n%s\n", catalogue_word(language, "help.", "inputs"));
        print_inputs(arena, language, act);
    }
    printf("\n%s\n", catalogue_word(language, "help.", "example"));
    print_example(arena, language, act);
    return EXIT_DONE;
}

static int print_noun(arena *arena, language language, const char *noun)
{
    bool any = false;
    for (size_t i = 0; i < act_table_count; i++)
        if (noun_length(act_table[i]->name) == strlen(noun) && text_starts(act_table[i]->name, noun)) {
            print_line(arena, language, act_table[i]);
            any = true;
        }
    if (any)
        return EXIT_DONE;
    fprintf(stderr, "magistral: %s\n", act_unknown(arena, language, noun));
    return EXIT_USAGE;
}

/* Of all acts, of those of a noun, or one. */
static bool is_asked_for(arena *arena, const words *words, const char *name)
{
    if (words->count < 2)
        return true;
    if (words->count > 2)
        return strcmp(name, arena_format(arena, "%s %s", words->rest[1], words->rest[2])) == 0;
    return strcmp(name, words->rest[1]) == 0 || (noun_length(name) == strlen(words->rest[1]) && text_starts(name, words->rest[1]));
}

/* The table as JSON, for tools and tests. */
static int print_json(arena *arena, const words *words)
{
    static const char *const types[] = {
        [INPUT_TEXT] = "text", [INPUT_LONG] = "long", [INPUT_NUMBER] = "number", [INPUT_COUNT] = "count",
        [INPUT_DECIMAL] = "decimal", [INPUT_STATED] = "stated", [INPUT_MASS] = "mass", [INPUT_VOLUME] = "volume",
        [INPUT_MONEY] = "money", [INPUT_QUANTITY] = "quantity", [INPUT_DAY] = "day", [INPUT_INSTANT] = "instant",
        [INPUT_CHOICE] = "choice", [INPUT_TRUTH] = "truth", [INPUT_FILE] = "file", [INPUT_PATH] = "path", [INPUT_SECRET] = "secret"};
    answer *list = answer_list(arena);
    for (size_t i = 0; i < act_table_count; i++) {
        if (!is_asked_for(arena, words, act_table[i]->name))
            continue;
        answer *row = add_object(list);
        put_text(row, "name", act_table[i]->name);
        put_truth(row, "view", act_table[i]->view);
        put_text(row, "right", right_word(act_table[i]->right));
        put_truth(row, "signed", act_table[i]->signed_act);
        put_text(row, "states", act_table[i]->states);
        answer *inputs = put_list(row, "inputs");
        for (const input_definition *d = act_table[i]->inputs; d && d->name; d++) {
            answer *input = add_object(inputs);
            put_text(input, "name", d->name);
            put_text(input, "type", types[d->type]);
            put_truth(input, "optional", (d->flags & INPUT_OPTIONAL) != 0);
            put_truth(input, "list", (d->flags & INPUT_LIST) != 0);
            put_truth(input, "scanned", (d->flags & INPUT_SCANNED) != 0);
            put_text(input, "detail", d->detail);
            put_text(input, "example", d->example);
        }
    }
    outcome outcome = outcome_new(arena);
    answer *done = answer_object(arena);
    answer_put(done, "acts", list);
    return show_ending(DONE, &outcome, done, true, ENGLISH, "UTC", stdout);
}

int help_run(const words *words)
{
    ARENA_SCOPE arena *arena = arena_new();
    if (words->options.json)
        return print_json(arena, words);
    language language = FRENCH;
    if (words->options.language && !language_parse(words->options.language, &language)) {
        fprintf(stderr, "magistral: --language fr|en\n");
        return EXIT_USAGE;
    }
    if (words->count < 2)
        return print_all(arena, language);
    if (words->count == 2 && (strcmp(words->rest[1], "apply") == 0 || strcmp(words->rest[1], "serve") == 0)) {
        printf("%s\n\n%s\n", typography_sentence(arena, language, arena_format(arena, "cli.%s-usage", words->rest[1])),
               typography_sentence(arena, language, arena_format(arena, "help.%s", words->rest[1])));
        return EXIT_DONE;
    }
    const act *act = act_find(words->rest[1]);
    if (words->count > 2)
        act = act_find(arena_format(arena, "%s %s", words->rest[1], words->rest[2]));
    if (act)
        return print_act(arena, language, act);
    if (words->count == 2)
        return print_noun(arena, language, words->rest[1]);
    return print_noun(arena, language, arena_format(arena, "%s %s", words->rest[1], words->rest[2]));
}
