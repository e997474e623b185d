/* Which fields a layout asks for: known before anything is drawn, whatever the record and its conditions. */
#include <string.h>

#include "tree.h"

/* One place that names a field: its path as it stands there, and from the whole record on ("weighings[].number"). */
typedef struct use {
    const char *path, *whole;
    int line;
    bool printed;
} use;

typedef struct walk {
    arena *arena;
    use *uses;
    size_t count, room;
} walk;

static bool starts_with_word(const char *path, const char *word)
{
    size_t length = strlen(word);
    return strncmp(path, word, length) == 0 && (path[length] == '.' || path[length] == 0);
}

/* NULL for what is always there: the row itself, its position. */
static const char *whole_path(arena *arena, const char *scope, const char *path)
{
    if (starts_with_word(path, "this") || strcmp(path, "position") == 0)
        return NULL;
    if (starts_with_word(path, "document"))
        return path;
    if (starts_with_word(path, "top"))
        return path[3] ? path + 4 : NULL;
    return *scope ? arena_format(arena, "%s.%s", scope, path) : path;
}

static void add_use(walk *walk, const char *scope, const char *path, int line, bool printed)
{
    const char *whole = whole_path(walk->arena, scope, path);
    if (!whole)
        return;
    if (walk->count == walk->room) {
        walk->room = walk->room ? 2 * walk->room : 64;
        use *grown = arena_array(walk->arena, walk->room, sizeof *grown);
        if (walk->count > 0)
            memcpy(grown, walk->uses, walk->count * sizeof *grown);
        walk->uses = grown;
    }
    walk->uses[walk->count++] = (use){path, whole, line, printed};
}

static void add_parts(walk *walk, const char *scope, const part *parts)
{
    for (const part *p = parts; p; p = p->next)
        if (p->kind == PART_FIELD || p->kind == PART_IF || p->kind == PART_UNLESS)
            add_use(walk, scope, p->text, p->line, p->kind == PART_FIELD);
}

/* What stands in a table or list asks in its rows; the titles of columns and the words of an empty one do not. */
static void add_items(walk *walk, const char *outer, const char *scope, const item *first)
{
    for (const item *i = first; i; i = i->next) {
        bool list = i->command == COMMAND_EACH || i->command == COMMAND_TABLE || i->command == COMMAND_VALUES;
        if (list || i->command == COMMAND_WHEN)
            add_use(walk, scope, i->path, i->line, i->word != NULL);
        const char *whole = list ? whole_path(walk->arena, scope, i->path) : NULL;
        const char *inside = list ? arena_format(walk->arena, "%s[]", whole ? whole : scope) : scope;
        add_parts(walk, i->command == COMMAND_COLUMN ? outer : scope, i->title);
        add_parts(walk, i->command == COMMAND_EMPTY ? outer : inside, i->text);
        add_items(walk, list ? scope : outer, inside, i->first);
        add_items(walk, list ? scope : outer, inside, i->otherwise);
    }
}

static walk walk_of(const layout *layout, arena *arena)
{
    walk walk = {.arena = arena};
    add_parts(&walk, "", layout->title);
    add_parts(&walk, "", layout->author);
    add_items(&walk, "", "", layout->first);
    return walk;
}

/* The layouts that the program has of this paper name every field that its record has; these are in each record besides. */
static const char *const everywhere[] = {
    "rehearsal", "code", "site.name", "site.pharmacy", "site.address", "site.phone", "journal.sequence", "journal.head",
    "document.page", "document.pages", "document.program", "document.schema", "document.template", "document.instant",
};

static bool names(const char *known, const char *whole)
{
    size_t length = strlen(whole);
    return strncmp(known, whole, length) == 0 && (known[length] == 0 || known[length] == '.' || known[length] == '[');
}

static bool is_known(const walk *known, const char *whole)
{
    for (size_t i = 0; i < sizeof everywhere / sizeof *everywhere; i++)
        if (names(everywhere[i], whole))
            return true;
    for (size_t i = 0; i < known->count; i++)
        if (names(known->uses[i].whole, whole))
            return true;
    return false;
}

static void take_nearest(const char *whole, const char *known, const char **nearest, size_t *least)
{
    size_t distance = text_distance(whole, known, *least);
    if (distance < *least) {
        *least = distance;
        *nearest = known;
    }
}

static const char *nearest_of(const walk *known, const char *whole)
{
    size_t least = 5;
    const char *nearest = NULL;
    for (size_t i = 0; i < sizeof everywhere / sizeof *everywhere; i++)
        take_nearest(whole, everywhere[i], &nearest, &least);
    for (size_t i = 0; i < known->count; i++)
        take_nearest(whole, known->uses[i].whole, &nearest, &least);
    const char *row = nearest ? strrchr(nearest, ']') : NULL;
    return row && row[1] == '.' ? row + 2 : nearest;
}

/* A numbered paper has these beside its number, shown or not. */
static void add_numbering(walk *known, const char *whole)
{
    static const char *const papers[] = {"record", "certificate", "sheet"}, *const beside[] = {"issue", "issued", "replaces", "replaced_by"};
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 4 && strcmp(whole, arena_format(known->arena, "%s.number", papers[i])) == 0; k++)
            add_use(known, "", arena_format(known->arena, "%s.%s", papers[i], beside[k]), 0, true);
}

static ending known_fields(const layout *layout, arena *arena, outcome *outcome, walk *ret_known)
{
    const char *paper = arena_copy(arena, layout->name, strcspn(layout->name, "."));
    *ret_known = (walk){.arena = arena};
    for (language language = FRENCH; language <= ENGLISH; language++) {
        struct layout *built_in = NULL;
        TRY(layout_built_in(paper, language, arena, outcome, &built_in));
        walk one = walk_of(built_in, arena);
        for (size_t i = 0; i < one.count; i++) {
            add_use(ret_known, "", one.uses[i].whole, 0, true);
            add_numbering(ret_known, one.uses[i].whole);
        }
    }
    return DONE;
}

ending layout_check_fields(const layout *layout, arena *arena, outcome *outcome)
{
    walk known;
    TRY(known_fields(layout, arena, outcome, &known));
    walk asked = walk_of(layout, arena);
    for (size_t i = 0; i < asked.count; i++) {
        const use *u = &asked.uses[i];
        if (is_known(&known, u->whole))
            continue;
        const char *line = arena_format(arena, "%d", u->line), *nearest = nearest_of(&known, u->whole);
        if (nearest)
            (void)refuse(outcome, "DOC-17", "file", "file", layout->name, "line", line, "field", u->path, "nearest", nearest, NULL);
        else
            (void)refuse(outcome, "DOC-06", "file", "file", layout->name, "line", line, "field", u->path, NULL);
    }
    return outcome_ending(outcome);
}

bool layout_prints(const layout *layout, const char *field, arena *arena)
{
    walk asked = walk_of(layout, arena);
    for (size_t i = 0; i < asked.count; i++)
        if (asked.uses[i].printed && strcmp(asked.uses[i].whole, field) == 0)
            return true;
    return false;
}

/* Light letters are read on a dark band only, and none on their own colour. */
static bool is_readable(const item *item)
{
    colour ground = item->command == COMMAND_BAND && item->given & 1u << SET_FILL ? item->fill : WHITE;
    bool light = item->colour == PALE || item->colour == FAINT || item->colour == WHITE;
    bool light_ground = ground == PALE || ground == FAINT || ground == WHITE;
    return item->colour != ground && !(light && light_ground);
}

/* The literal text of an item, with its fields as they stand in the file; "surely" without what hangs on another field. */
static bool says(const item *item, const layout_case *when, const char *words)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    int depth = 0, unsure = 0; /* of sections, and of the outermost that may not be drawn */
    for (const part *p = item->text; p; p = p->next) {
        bool own = p->text && strcmp(p->text, when->field) == 0;
        if (p->kind == PART_IF || p->kind == PART_UNLESS) {
            depth++;
            if (!unsure && when->surely && !(own && p->kind == PART_IF))
                unsure = depth;
        } else if (p->kind == PART_END)
            unsure = unsure == depth-- ? 0 : unsure;
        else if (!unsure && p->kind == PART_TEXT)
            buffer_add_text(&text, p->text);
        else if (!unsure && p->kind == PART_FIELD)
            buffer_add_format(&text, "{{%s}}", p->text);
    }
    return is_readable(item) && strstr(buffer_text(&text), words) && (!when->beside || strstr(buffer_text(&text), when->beside));
}

/* Of a condition on another field than the one asked about, both ways are thought of: "surely" needs both, else one is enough. */
static bool items_say(const item *first, const layout_case *when, const char *words)
{
    for (const item *i = first; i; i = i->next) {
        if (says(i, when, words))
            return true;
        if (i->command != COMMAND_WHEN) {
            if (items_say(i->first, when, words))
                return true;
            continue;
        }
        bool asked = strcmp(i->path, when->field) == 0, ignored = when->ignored && strcmp(i->path, when->ignored) == 0;
        bool holds = asked && (!i->word || strcmp(i->word, when->word) == 0) != i->negated;
        if (ignored) /* a truth that is taken as false */
            holds = i->negated;
        bool yes = items_say(i->first, when, words), no = items_say(i->otherwise, when, words);
        if (asked || ignored ? (holds ? yes : no) : when->surely ? yes && no : yes || no)
            return true;
    }
    return false;
}

bool layout_says(const layout *layout, const layout_case *when, const char *words)
{
    return items_say(layout->first, when, words);
}
