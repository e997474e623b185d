/* The rows of an answer as a tree, by the numbers that they name. */
#include <string.h>

#include "branches.h"
#include "parts.h"

/* Branches by their number: open addressing, never more than half full. */
typedef struct known {
    branch **places;
    size_t size; /* power of two */
} known;

static branch **place_of(const known *known, const char *number)
{
    size_t at = 5381;
    for (const char *p = number; *p; p++)
        at = at * 33 + (unsigned char)*p;
    for (at &= known->size - 1; known->places[at] && strcmp(known->places[at]->number, number) != 0; at = (at + 1) & (known->size - 1)) {
    }
    return &known->places[at];
}

static branch *find(const known *known, const answer *leaf)
{
    bool names = (leaf->kind == ANSWER_LINK || leaf->kind == ANSWER_TEXT) && leaf->text;
    return names ? *place_of(known, leaf->text) : NULL;
}

static void hang(branch *parent, branch *child)
{
    child->parent = parent;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

/* A row whose first leaf is a link is known by it, unless an earlier row is: then it only speaks of that one. */
static branch *make(arena *arena, known *known, const answer *list, const answer *row)
{
    branch *made = arena_array(arena, 1, sizeof *made);
    const answer *first = row->first;
    *made = (branch){.row = row, .list = list->name};
    if (first && first->kind == ANSWER_LINK && first->text && !find(known, first)) {
        made->number = first->text;
        made->kind = first->unit;
    }
    return made;
}

static branch *parent_of(const known *known, const branch *child, branch *otherwise)
{
    for (const answer *leaf = child->row->first; leaf; leaf = leaf->next) {
        branch *named = leaf->text == child->number ? NULL : find(known, leaf);
        if (named)
            return named;
    }
    return otherwise;
}

static size_t rows_of(const answer *tree)
{
    size_t count = 0;
    for (const answer *list = tree->first; list; list = list->next)
        count += list->kind == ANSWER_LIST ? answer_children(list) : 0;
    return count;
}

branch *branches_of(arena *arena, const answer *tree)
{
    known known = {.size = 64};
    branch *root = NULL, *through = NULL;
    const char *asked = answer_find_text(tree, "number"), *passes = answer_find_text(tree, "through");
    passes = passes ? passes : asked;
    for (size_t rows = rows_of(tree); known.size < 2 * rows + 2;)
        known.size *= 2;
    known.places = arena_array(arena, known.size, sizeof *known.places);
    memset(known.places, 0, known.size * sizeof(branch *));
    for (const answer *list = tree->first; list; list = list->next)
        for (const answer *row = list->kind == ANSWER_LIST ? list->first : NULL; row; row = row->next) {
            branch *made = make(arena, &known, list, row);
            if (root)
                hang(parent_of(&known, made, through ? through : root), made);
            root = root ? root : made;
            made->asked = text_equal(made->number, asked);
            through = made->number && text_equal(made->number, passes) ? made : through;
            if (made->number)
                *place_of(&known, made->number) = made;
        }
    return root;
}

branch *branches_behind(const branch *first_of_group)
{
    const branch *at = first_of_group;
    while (at->next && at->next->list == first_of_group->list)
        at = at->next;
    return at->next;
}

const answer *branches_state(const answer *row, const char **ret_shape)
{
    const answer *plain = NULL;
    *ret_shape = NULL;
    for (const answer *leaf = row->first; leaf; leaf = leaf->next) {
        if (leaf->kind != ANSWER_STATE || !leaf->text)
            continue;
        *ret_shape = code_shape(leaf->text);
        if (strcmp(*ret_shape, "plain") != 0)
            return leaf;
        plain = plain ? plain : leaf;
    }
    return plain;
}

static bool comes_first(const branch *branch)
{
    const char *shape = NULL;
    (void)branches_state(branch->row, &shape);
    return branch->asked || (shape && strcmp(shape, "stop") == 0);
}

/* How many of a group may be shown: of one that nothing comes of, and of one whose rows have branches of their own. */
typedef struct most {
    size_t leaves, branching;
} most;

static size_t show(branch *root, most most);

static size_t places_in(const branch *first, const branch *behind, most most)
{
    size_t count = 0, places = most.leaves;
    for (const branch *one = first; one != behind; one = one->next, count++)
        places = one->first ? most.branching : places;
    return count <= places ? count : places - 1;
}

/* A group that is cut leaves one of its places to what says how many are left. */
static size_t show_group(branch *first, const branch *behind, most most)
{
    size_t count = 0, shown = 0, places = places_in(first, behind, most);
    for (branch *one = first; one != behind; one = one->next, count++)
        one->shown = false;
    for (int turn = 0; turn < 2; turn++)
        for (branch *one = first; one != behind && shown < places; one = one->next)
            if (!one->shown && (turn == 1 || comes_first(one))) {
                one->shown = true;
                shown++;
            }
    first->left = count - shown;
    size_t sum = shown + (first->left > 0);
    for (branch *one = first; one != behind; one = one->next)
        sum += one->shown ? show(one, most) : 0;
    return sum;
}

static size_t show(branch *root, most most)
{
    size_t sum = 0;
    for (branch *first = root->first, *behind; first; first = behind) {
        behind = branches_behind(first);
        sum += show_group(first, behind, most);
    }
    return sum;
}

void branches_show(branch *root, size_t places, size_t room)
{
    most most = {places, places};
    root->shown = true;
    while (show(root, most) + 1 > room && most.branching > 1)
        *(most.leaves > 1 ? &most.leaves : &most.branching) -= 1;
}

const char *branches_shape_left(const branch *first_of_group)
{
    static const char *const shapes[] = {"stop", "wait", "plain", "good"};
    size_t gravest = 3;
    const branch *behind = branches_behind(first_of_group);
    for (const branch *one = first_of_group; one != behind; one = one->next) {
        const char *shape = NULL;
        (void)branches_state(one->row, &shape);
        for (size_t at = 0; at < gravest && !one->shown; at++)
            if (strcmp(shapes[at], shape ? shape : "plain") == 0)
                gravest = at;
    }
    return shapes[gravest];
}
