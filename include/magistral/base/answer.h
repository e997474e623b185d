#ifndef MAGISTRAL_BASE_ANSWER_H
#define MAGISTRAL_BASE_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "magistral/base/arena.h"
#include "magistral/base/outcome.h"
#include "magistral/base/text.h"

/* What every act and view answers: a small generic tree that the terminal, JSON, HTML templates and PDF layouts walk. */
typedef enum answer_kind {
    ANSWER_OBJECT,   /* named children, in order */
    ANSWER_LIST,     /* children without names */
    ANSWER_TEXT,     /* text: UTF-8, may hold line feeds */
    ANSWER_COUNT,    /* text: a whole number */
    ANSWER_DECIMAL,  /* text: canonical decimal ("-12.50"); unit: "g", "mg", "%", "EUR", ... or NULL */
    ANSWER_FIGURE,   /* a decimal and in `formula` how it was computed, with its values */
    ANSWER_DAY,      /* text: YYYY-MM-DD */
    ANSWER_INSTANT,  /* text: YYYY-MM-DDTHH:MM:SS.mmmZ, UTC */
    ANSWER_STATE,    /* text: a word of a closed list ("quarantine"), shown through the catalogue key "state.<word>" */
    ANSWER_TRUTH,    /* text: "true" or "false" */
    ANSWER_LINK,     /* text: the number of a thing ("MP26-0003"); unit: its kind ("lot") */
    ANSWER_BYTES,    /* text: SHA-256 in hexadecimal; unit: media type; formula: size in bytes */
    ANSWER_NOTHING,  /* known to be absent: JSON null, an em dash on paper */
    ANSWER_MARKUP,   /* text: a piece of a page, as template_render() wrote it; JSON null, and nothing on paper */
    ANSWER_DOOR,     /* text: the act by which it is done ("lot accept"); first: the object of its inputs, filled as far as they are known */
    ANSWER_PICTURE,  /* first: the object of a page for a screen (document_picture()); JSON null, nothing on paper */
    ANSWER_ROWS,     /* objects read one by one from `cursor` by whoever shows them: a list that may be very long */
} answer_kind;

typedef struct answer answer;

/* Reads the next row; *ret_row is NULL at the end. Rows live in the arena given, which the reader may renew. */
typedef ending (*answer_next)(void *cursor, arena *arena, answer **ret_row);

struct answer {
    answer_kind kind;
    const char *name; /* inside an object */
    const char *text;
    const char *unit;
    const char *formula;
    bool plain;       /* a figure whose JSON is its decimal alone, as text */
    answer *first, *last, *next;
    answer_next read; /* ANSWER_ROWS */
    void *cursor;
    arena *arena;
};

/* Makers; texts are copied into the arena; a NULL text makes ANSWER_NOTHING. */
answer *answer_object(arena *arena);
answer *answer_list(arena *arena);
answer *answer_text(arena *arena, const char *text);
answer *answer_make(arena *arena, answer_kind kind, const char *text, const char *unit, const char *formula);
answer *answer_rows(arena *arena, answer_next read, void *cursor);

/* Adds a named child to an object; returns the child. A name is used once an object. */
answer *answer_put(answer *object, const char *name, answer *child);
/* Adds a child to a list; returns the child. */
answer *answer_add(answer *list, answer *child);

/* The usual children of an object, made and put in one call; each returns the child. */
answer *put_object(answer *object, const char *name);
answer *put_list(answer *object, const char *name);
answer *put_text(answer *object, const char *name, const char *text);
answer *put_count(answer *object, const char *name, int64_t count);
answer *put_decimal(answer *object, const char *name, const char *decimal, const char *unit);
answer *put_figure(answer *object, const char *name, const char *decimal, const char *unit, const char *formula);
/* The same, in JSON as its decimal alone: for a contract that names each value. */
answer *put_plain_figure(answer *object, const char *name, const char *decimal, const char *unit, const char *formula);
answer *put_day(answer *object, const char *name, const char *day);
answer *put_instant(answer *object, const char *name, const char *instant);
/* An instant that is written as the clock of its own zone showed it, which is named; not as the reader's does. */
answer *put_instant_in(answer *object, const char *name, const char *instant, const char *zone);
answer *put_state(answer *object, const char *name, const char *word);
/* The same of a thing whose state has words of its own ("request": acceptée, not accepté). */
answer *put_state_of(answer *object, const char *name, const char *noun, const char *word);
answer *put_truth(answer *object, const char *name, bool truth);
answer *put_link(answer *object, const char *name, const char *kind, const char *number);
answer *put_bytes(answer *object, const char *name, const char *digest, const char *type, int64_t size);
/* Puts a door to an act and returns the object of its inputs, for put_text() and put_list(): a page draws it as a button that
 * opens the form filled in, a terminal as the words to type, JSON as {"act","inputs"}. */
answer *put_door(answer *object, const char *name, const char *act);
/* Puts the picture that the object `page` describes. */
answer *put_picture(answer *object, const char *name, answer *page);
/* Adds a value to the inputs of a door; a further one of the same name makes a list of them; a NULL value is left out. */
void door_give(answer *inputs, const char *name, const char *value);
/* Makes an empty object at the end of a list. */
answer *add_object(answer *list);
/* For rows by the thousand: name, text and unit are kept as they are, not copied; they live as long as the tree (literals,
 * or texts in its arena). A NULL text makes ANSWER_NOTHING. */
answer *put_kept(answer *object, const char *name, answer_kind kind, const char *text, const char *unit);

/* Finds by path ("batch.formula.name"; a number picks from a list, from 0); NULL when a part is not there. */
const answer *answer_find(const answer *from, const char *path);
/* The text at a path, or NULL. */
const char *answer_find_text(const answer *from, const char *path);
/* Number of children. */
size_t answer_children(const answer *parent);
/* True of what has no children and no rows; of a leaf that is aligned as a number; of a list, not empty, of objects whose children
 * are leaves: what is shown as a table. */
bool answer_is_leaf(const answer *node);
bool answer_is_number(const answer *leaf);
bool answer_is_table(const answer *list);

/* Appends the tree as JSON: decimals, days, instants, states and links as strings; a decimal with a unit as
 * {"value","unit"}, a figure as {"value","unit","formula"} (a plain one as its decimal), bytes as {"digest","type","size"}, a door as {"act","inputs"}; counts as numbers.
 * The form is canonical: the same tree gives the same bytes. Rows are read to their end; fails only as they do. */
ending answer_write_json(const answer *tree, buffer *to) MUST_CHECK;

/* Appends a JSON string with its quotes. */
void json_add_text(buffer *to, const char *text);

#endif
