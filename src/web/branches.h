#ifndef MAGISTRAL_WEB_BRANCHES_H
#define MAGISTRAL_WEB_BRANCHES_H

/* An answer whose rows name each other, as a tree and as a picture. Inside the web layer only; pure: no request, no database. */
#include "magistral/base/answer.h"
#include "magistral/base/language.h"

/* A row of one of the lists of an answer. The rows of one list under one parent follow each other: a group. */
typedef struct branch {
    const answer *row;
    const char *list;   /* name of the list that holds the row: the same pointer for all of a list */
    const char *number; /* by which the row itself is known, and the kind of thing; NULL when it has none */
    const char *kind;
    struct branch *parent, *first, *last, *next;
    bool asked;         /* what the answer is about */
    bool shown;
    size_t left;        /* of the first of a group: how many of the group are not shown */
} branch;

/* Makes the tree of the lists in `tree`: a row hangs on the first row before it that it names, else on the one that the link
 * "through" of the answer names (without one, on what the answer is about: "number"), else on the very first. NULL when the lists hold nothing. It lives in the arena, its texts in `tree`. */
branch *branches_of(arena *arena, const answer *tree);

/* Shows at most `places` (1 or more) of each group, and fewer as long as more than `room` would be shown in all: first of groups that
 * nothing comes of, then of the others, down to the count alone. What was asked for and what must stop a reader come first. */
void branches_show(branch *root, size_t places, size_t room);

/* The class of the shape that stands for what is not shown of a group: the gravest; good only when all are. */
const char *branches_shape_left(const branch *first_of_group);

/* The first branch behind a group. */
branch *branches_behind(const branch *first_of_group);

/* The state of a row in which a reader sees whether it is good, and the class of its shape; NULL when it has none. */
const answer *branches_state(const answer *row, const char **ret_shape);

/* How branches are written. */
typedef struct branch_words {
    arena *arena;
    language language;
    const char *zone;
    const char *address; /* of the page, with its question: "/trace/down?thing=MP26-0003" */
} branch_words;

/* Puts the object "picture" (width, height, path, nodes) for an SVG drawn by a template; every node leads to a page. */
void branches_put_picture(const branch_words *words, answer *content, const branch *root);
/* Puts the list "branches": what a template writes, line after line, to make lists in lists that fold. */
void branches_put_lines(const branch_words *words, answer *content, const branch *root);

/* branches_written.c. What a branch is called; where it leads; the kind of thing; everything else that its row says. */
const char *branches_name(const branch_words *words, const branch *branch);
const char *branches_place(const branch_words *words, const branch *branch);
const char *branches_kind(const branch_words *words, const branch *branch);
const char *branches_said(const branch_words *words, const branch *branch);
/* The first thing that the row says of it: its plain state, else a text; NULL when it says none. */
const char *branches_detail(const branch_words *words, const branch *branch);
const char *branches_written(const branch_words *words, const answer *leaf);
/* "Dispensings: 2 480", and where a list is read whole. */
const char *branches_counted(const branch_words *words, const char *list, size_t count);
const char *branches_whole(const branch_words *words, const char *list);

#endif
