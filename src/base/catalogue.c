#include "magistral/base/catalogue.h"

#include <ctype.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "magistral/base/embedded.h"
#include "magistral/base/text.h"
#include "magistral/base/typography.h"

typedef struct entry {
    const char *key;
    const char *text[LANGUAGES];
    const char *source;
    const char *file;
    int line;
} entry;

static struct {
    arena *arena;
    entry *entries;
    size_t count, room;
} catalogue;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void stop(const char *file, int line, const char *why)
{
    fprintf(stderr, "magistral: templates/%s:%d: %s\n", file, line, why);
    exit(70);
}

static entry *add_entry(const char *key, const char *file, int line)
{
    if (catalogue.count == catalogue.room) {
        size_t room = catalogue.room ? catalogue.room * 2 : 512;
        entry *grown = arena_array(catalogue.arena, room, sizeof *grown);
        if (catalogue.count > 0)
            memcpy(grown, catalogue.entries, catalogue.count * sizeof *grown);
        catalogue.entries = grown;
        catalogue.room = room;
    }
    entry *made = &catalogue.entries[catalogue.count++];
    *made = (entry){.key = key, .file = file, .line = line};
    return made;
}

static const char **slot_of(entry *entry, const char *line, size_t *ret_skip)
{
    static const struct {
        const char *word;
        int slot;
    } words[] = {{"fr: ", FRENCH}, {"en: ", ENGLISH}, {"source: ", LANGUAGES}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_starts(line, words[i].word)) {
            *ret_skip = strlen(words[i].word);
            return words[i].slot == LANGUAGES ? &entry->source : &entry->text[words[i].slot];
        }
    return NULL;
}

static void read_line(const char *file, int number, char *line, entry **current, const char ***slot)
{
    size_t length = strlen(line);
    if (length == 0 || line[0] == '#') {
        *slot = NULL;
        return;
    }
    if (line[0] == '[') {
        if (line[length - 1] != ']')
            stop(file, number, "a key stands between [ and ]");
        *current = add_entry(arena_copy(catalogue.arena, line + 1, length - 2), file, number);
        *slot = NULL;
        return;
    }
    if (!*current)
        stop(file, number, "text before the first key");
    if (text_starts(line, "  ")) {
        if (!*slot)
            stop(file, number, "nothing to go on with");
        **slot = arena_format(catalogue.arena, "%s %s", **slot, line + 2);
        return;
    }
    size_t skip = 0;
    *slot = slot_of(*current, line, &skip);
    if (!*slot || **slot)
        stop(file, number, "expected one 'fr: ', one 'en: ' or one 'source: '");
    **slot = arena_text(catalogue.arena, line + skip);
}

static void read_file(const embedded_file *file)
{
    entry *current = NULL;
    const char **slot = NULL;
    int number = 0;
    char *text = arena_copy(catalogue.arena, file->bytes, file->length);
    if (!text_is_clean(text, file->length))
        stop(file->name, 0, "not clean UTF-8");
    for (char *line = text; line;) {
        char *end = strchr(line, '\n');
        if (end)
            *end = 0;
        read_line(file->name, ++number, line, &current, &slot);
        line = end ? end + 1 : NULL;
    }
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const entry *)a)->key, ((const entry *)b)->key);
}

/* The apostrophe of print, after a letter. What a signature means stays as it is typed back. */
static const char *with_apostrophes(const entry *entry, const char *text)
{
    if (!text || !strchr(text, '\'') || text_starts(entry->key, "meaning."))
        return text;
    BUFFER_SCOPE buffer made = BUFFER_EMPTY;
    for (const char *p = text; *p; p++)
        if (*p == '\'' && p > text && isalpha((unsigned char)p[-1]))
            buffer_add_text(&made, "’");
        else
            buffer_add_byte(&made, (unsigned char)*p);
    return arena_text(catalogue.arena, buffer_text(&made));
}

static void read_all(void)
{
    catalogue.arena = arena_new();
    for (size_t i = 0; i < embedded_templates_count; i++) {
        size_t length = strlen(embedded_templates[i].name);
        if (length > 10 && strcmp(embedded_templates[i].name + length - 10, ".catalogue") == 0)
            read_file(&embedded_templates[i]);
    }
    if (catalogue.count > 0)
        qsort(catalogue.entries, catalogue.count, sizeof *catalogue.entries, by_key);
    for (size_t i = 0; i < catalogue.count; i++) {
        entry *e = &catalogue.entries[i];
        if (!e->text[FRENCH] || !e->text[ENGLISH])
            stop(e->file, e->line, "a language is missing");
        for (int language = 0; language < LANGUAGES; language++)
            e->text[language] = with_apostrophes(e, e->text[language]);
        if (i > 0 && strcmp(e->key, e[-1].key) == 0)
            stop(e->file, e->line, "this key stands twice");
    }
}

static const entry *find(const char *key)
{
    pthread_once(&once, read_all);
    if (catalogue.count == 0)
        return NULL;
    entry wanted = {.key = key};
    return bsearch(&wanted, catalogue.entries, catalogue.count, sizeof wanted, by_key);
}

const char *catalogue_text(language language, const char *key)
{
    const entry *found = find(key);
    return found ? found->text[language] : NULL;
}

const char *catalogue_source(const char *key)
{
    const entry *found = find(key);
    return found ? found->source : NULL;
}

const char *catalogue_word(language language, const char *prefix, const char *name)
{
    char key[160];
    int length = snprintf(key, sizeof key, "%s%s", prefix, name);
    const char *text = length > 0 && (size_t)length < sizeof key ? catalogue_text(language, key) : NULL;
    return text ? text : name;
}

const char *catalogue_state(language language, const char *noun, const char *state)
{
    char key[160];
    int length = noun ? snprintf(key, sizeof key, "state.%s.%s", noun, state) : 0;
    const char *text = length > 0 && (size_t)length < sizeof key ? catalogue_text(language, key) : NULL;
    return text ? text : catalogue_word(language, "state.", state);
}

/* "capsule|capsules": the first word for one, in French for less than two as well. */
static void add_plural(buffer *to, language language, const char *value, const char *words)
{
    const char *bar = strchr(words, '|');
    long long units = strtoll(value, NULL, 10);
    bool one = language == FRENCH ? units > -2 && units < 2 : units == 1;
    if (!bar)
        buffer_add_text(to, words);
    else if (one)
        buffer_add(to, words, (size_t)(bar - words));
    else
        buffer_add_text(to, bar + 1);
}

/* `kind` is what stands behind "as", up to the braces; NULL for a text that is shown as it is. */
static void add_value(buffer *to, language language, const char *zone, const char *value, const char *kind)
{
    if (!kind)
        buffer_add_text(to, value);
    else if (strcmp(kind, "day") == 0)
        typography_add_day(to, language, value);
    else if (strcmp(kind, "instant") == 0)
        typography_add_instant(to, language, value, zone);
    else if (text_starts(kind, "number")) {
        BUFFER_SCOPE buffer number = BUFFER_EMPTY;
        buffer_add_format(&number, "%s%s", value, kind + strlen("number"));
        typography_add_formula(to, language, number.bytes);
    } else if (text_starts(kind, "plural ")) {
        add_plural(to, language, value, kind + strlen("plural "));
    } else if (text_starts(kind, "state ")) {
        buffer_add_text(to, catalogue_state(language, kind + strlen("state "), value));
    } else {
        BUFFER_SCOPE buffer prefix = BUFFER_EMPTY;
        buffer_add_format(&prefix, "%s.", kind);
        const char *word = catalogue_word(language, prefix.bytes, value);
        buffer_add_text(to, word == value ? catalogue_word(language, prefix.bytes, "other") : word);
    }
}

/* One {{name}} or {{name as kind}}, without its braces; false when there is no such value. */
static bool add_mark(buffer *to, language language, const char *zone, char *mark, const refusal_value *values, size_t count)
{
    char *as = strstr(mark, " as ");
    if (as)
        *as = 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(values[i].name, mark) == 0) {
            add_value(to, language, zone, values[i].value, as ? as + strlen(" as ") : NULL);
            return true;
        }
    return false;
}

static void add_filled(buffer *to, language language, const char *zone, const char *text, const refusal_value *values, size_t count)
{
    ARENA_SCOPE arena *arena = arena_new();
    while (*text) {
        const char *open = strstr(text, "{{"), *close = open ? strstr(open, "}}") : NULL;
        if (!close) {
            buffer_add_text(to, text);
            return;
        }
        const char *name = open + 2;
        size_t length = (size_t)(close - name);
        buffer_add(to, text, (size_t)(open - text));
        if (!add_mark(to, language, zone, arena_copy(arena, name, length), values, count))
            buffer_add(to, open, length + 4);
        text = close + 2;
    }
}

static const char *filled(arena *arena, language language, const char *zone, const char *key, const refusal_value *values, size_t count)
{
    const char *text = catalogue_text(language, key);
    BUFFER_SCOPE buffer filled = BUFFER_EMPTY;
    add_filled(&filled, language, zone, text ? text : key, values, count);
    return arena_text(arena, buffer_text(&filled));
}

const char *catalogue_fill(arena *arena, language language, const char *key, const refusal_value *values, size_t count)
{
    return filled(arena, language, NULL, key, values, count);
}

const char *refusal_sentence(arena *arena, language language, const char *zone, const refusal *refusal)
{
    return filled(arena, language, zone, refusal->rule, refusal->values, refusal->count);
}

void catalogue_each(void (*visit)(const char *key, void *context), void *context)
{
    pthread_once(&once, read_all);
    for (size_t i = 0; i < catalogue.count; i++)
        visit(catalogue.entries[i].key, context);
}
