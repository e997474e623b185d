#ifndef MAGISTRAL_ACT_LISTS_H
#define MAGISTRAL_ACT_LISTS_H

#include "magistral/act/call.h"
#include "magistral/store/list.h"

/* Lists. A view that lists is asked with LIST_INPUTS: the words to find, the order, and which page. Without `most` (or `before`) it
 * answers everything behind `after`, as rows read one by one; with it one page, its order, and doors to the pages beside it. A place in
 * a list is "KEY~ID" of the row where a page ends, never a count: a row that comes or goes moves no other to another page. */

/* `columns`: those that the list may be sorted by, as its rows name them, separated by |. */
#define LIST_PAGE_INPUTS(columns)                                                            \
    {"sort", INPUT_CHOICE, INPUT_OPTIONAL | INPUT_OF_PAGE, columns, ""},                     \
    {"direction", INPUT_CHOICE, INPUT_OPTIONAL | INPUT_OF_PAGE, "ascending|descending", ""}, \
    {"after", INPUT_TEXT, INPUT_OPTIONAL | INPUT_OF_PAGE, NULL, ""},                         \
    {"before", INPUT_TEXT, INPUT_OPTIONAL | INPUT_OF_PAGE, NULL, ""},                        \
    {"most", INPUT_COUNT, INPUT_OPTIONAL | INPUT_OF_PAGE, NULL, ""}
#define LIST_INPUTS(columns) {"find", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""}, LIST_PAGE_INPUTS(columns)

/* One way to read a list: sorted by a column, among what an input finds by an index. */
typedef struct list_way {
    const char *sort;
    size_t with;             /* offset in list_wanted of what must be given; 0: nothing */
    const list_order *order;
} list_way;
#define LIST_WITH(name) offsetof(list_wanted, name)

typedef struct list {
    const char *name;     /* of its rows in the answer: "batches" */
    const list_way *ways; /* the first that serves is taken; of each column one serves alone; `sort` NULL ends them */
    size_t line;          /* size of a line; it begins as a list_line does */
    /* Fills a row from a line; `context` is what lists_answer() was given. */
    void (*put)(answer *row, const void *line, const char *context);
    bool newest_first;    /* also when it is answered whole; a page always begins at the newest */
    const char *units;    /* columns that have a unit, separated by | */
    int64_t looks_through; /* lines that a page looks through at most; 0: 5,000 */
} list;

/* Answers a list. `sort`: its order when none is asked for. Refuses a place that is none (LIST-01), both places (LIST-02), a page of
 * none or of more than 500 (LIST-03). `context` is copied. */
ending lists_answer(call *call, const list *list, list_wanted wanted, const char *sort, const char *context) MUST_CHECK;

/* The same, of things of batches: those of the batch in the input "batch" where it is given, else refused (BATCH-01) when there is none such. */
ending lists_answer_of_batch(call *call, const list *list, list_wanted wanted, const char *sort, const char *context) MUST_CHECK;

/* Takes what is sought as the beginning of a number, in capital letters as numbers are. */
void lists_find_number(call *call, list_wanted *wanted);

/* The same of a list that is short by nature and stands whole in the answer as its last child: what is sought may stand in any column.
 * It stays in its order when none is asked for. */
ending lists_shorten(call *call, answer *rows) MUST_CHECK;

/* What a page is asked for, read from the inputs and checked. */
typedef struct list_page {
    const char *sort;      /* NULL: not asked for */
    bool descending, has_direction;
    const char *after, *before; /* texts of places, or NULL */
    int64_t most;          /* ABSENT: no page, everything */
} list_page;
ending lists_page(call *call, list_page *ret_page) MUST_CHECK;
/* Puts a door to this view with its other inputs, at a place. */
void lists_put_door(call *call, const char *name, const char *place, const char *text);
/* Splits "KEY~ID"; false when it is none. "~" is the end of the list: NULL and ABSENT. */
bool lists_place(arena *arena, const char *text, const char **ret_key, int64_t *ret_id);

#endif
