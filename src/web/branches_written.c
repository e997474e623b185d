/* Branches in words. */
#include <string.h>

#include "branches.h"
#include "desk.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"

const char *branches_written(const branch_words *words, const answer *leaf)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    typography_add_answer(&text, words->language, words->zone, leaf);
    return arena_text(words->arena, buffer_text(&text));
}

static bool is_digest(const answer *leaf)
{
    return strlen(leaf->text) == 64 && strspn(leaf->text, "0123456789abcdef") == 64;
}

/* What a row says beside its number, its parent's and its state. */
static bool is_said(const branch *branch, const answer *leaf)
{
    const char *shape = NULL;
    return leaf->kind != ANSWER_NOTHING && leaf->text && *leaf->text && leaf->text != branch->number && !is_digest(leaf) &&
           leaf != branches_state(branch->row, &shape) && !(branch->parent && text_equal(leaf->text, branch->parent->number));
}

const char *branches_kind(const branch_words *words, const branch *branch)
{
    return catalogue_word(words->language, "branch.", branch->list);
}

/* The first text of a row without a number is its name. */
static const answer *name_of(const branch *branch)
{
    for (const answer *leaf = branch->row->first; leaf && !branch->number; leaf = leaf->next)
        if (leaf->kind == ANSWER_TEXT && is_said(branch, leaf))
            return leaf;
    return NULL;
}

const char *branches_name(const branch_words *words, const branch *branch)
{
    const answer *name = name_of(branch);
    return branch->number ? branch->number : name ? branches_written(words, name) : branches_kind(words, branch);
}

const char *branches_place(const branch_words *words, const branch *branch)
{
    for (const struct branch *at = branch; at; at = at->parent) {
        const char *place = at->number ? desk_thing(words->arena, at->kind, at->number) : NULL;
        if (place)
            return place;
    }
    return words->address;
}

const char *branches_said(const branch_words *words, const branch *branch)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    const answer *name = name_of(branch);
    for (const answer *leaf = branch->row->first; leaf; leaf = leaf->next)
        if (leaf != name && is_said(branch, leaf))
            buffer_add_format(&text, "%s%s", text.length > 0 ? " · " : "", branches_written(words, leaf));
    return text.length > 0 ? arena_text(words->arena, buffer_text(&text)) : NULL;
}

const char *branches_detail(const branch_words *words, const branch *branch)
{
    const char *shape = NULL;
    const answer *state = branches_state(branch->row, &shape), *name = name_of(branch);
    if (state && (strcmp(shape, "plain") == 0 || !branch->number))
        return branches_written(words, state);
    for (const answer *leaf = branch->row->first; leaf; leaf = leaf->next)
        if (leaf->kind == ANSWER_TEXT && leaf != name && is_said(branch, leaf))
            return branches_written(words, leaf);
    return NULL;
}

const char *branches_counted(const branch_words *words, const char *list, size_t count)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    typography_add_number(&text, words->language, arena_format(words->arena, "%zu", count), NULL);
    refusal_value values[] = {{"list", catalogue_word(words->language, "field.", list)}, {"count", buffer_text(&text)}};
    BUFFER_SCOPE buffer sentence = BUFFER_EMPTY;
    typography_add_sentence(&sentence, words->language, catalogue_fill(words->arena, words->language, "branch.counted", values, 2));
    return arena_text(words->arena, buffer_text(&sentence));
}

const char *branches_whole(const branch_words *words, const char *list)
{
    return arena_format(words->arena, "%s&_list=%s", words->address, list);
}
