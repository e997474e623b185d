/* Writes the page of a way down: a lot, two batches, so many dispensings of the first, a name that is markup.
 *     picture COUNT NAME */
#include <stdio.h>
#include <stdlib.h>

#include "branches.h"
#include "parts.h"

static answer *row(answer *list, const char *name, const char *kind, const char *number)
{
    answer *made = add_object(list);
    put_link(made, name, kind, number);
    return made;
}

static answer *tree_of(arena *arena, long count, const char *name)
{
    answer *tree = answer_object(arena);
    put_link(tree, "number", "lot", "MP26-0001");
    answer *lot = row(put_list(tree, "lots"), "lot", "lot", "MP26-0001");
    put_text(lot, "material", name);
    put_state(lot, "state", "accepted");
    answer *batches = put_list(tree, "batches");
    put_state(row(batches, "batch", "batch", "B26-0001"), "state", "released");
    put_state(row(batches, "batch", "batch", "B26-0002"), "state", "refused");
    answer *dispensings = put_list(tree, "dispensings");
    for (long i = 1; i <= count; i++) {
        answer *one = row(dispensings, "dispensing", "dispensing", arena_format(arena, "2026/%04ld", i));
        put_link(one, "patient", "patient", arena_format(arena, "P-%ld", i % 7));
        put_link(one, "batch", "batch", "B26-0001");
        put_state_of(one, "state", "dispensing", i == count ? "cancelled" : "handed-over");
    }
    answer *documents = put_list(tree, "documents");
    put_text(row(documents, "document", "document", "C26-0001"), "subject", "B26-0002");
    return tree;
}

int main(int count, char **words)
{
    arena *arena = arena_new();
    outcome outcome = outcome_new(arena);
    page_templates templates = {0};
    BUFFER_SCOPE buffer page = BUFFER_EMPTY;
    answer *content = answer_object(arena);
    branch_words written = {arena, FRENCH, "Europe/Paris", "/trace/down?thing=MP26-0001"};
    branch *root = count == 3 ? branches_of(arena, tree_of(arena, strtol(words[1], NULL, 10), words[2])) : NULL;
    if (!root || templates_read(arena, &outcome, &templates) != DONE)
        return 2;
    branches_show(root, 6, 40);
    branches_put_picture(&written, content, root);
    branches_show(root, 20, 70);
    branches_put_lines(&written, content, root);
    put_text(content, "title", "Tracer");
    put_list(content, "numbers");
    put_list(content, "lists");
    put_text(content, "thing", "/lot/show?lot=MP26-0001");
    put_text(content, "other", "/trace/up?thing=MP26-0001");
    put_text(content, "other-label", "Tracer");
    put_text(put_object(content, "it"), "number", "MP26-0001");
    if (template_render(templates_find(&templates, "trace_down"), content, FRENCH, "Europe/Paris", &outcome, &page) != DONE)
        return 1;
    printf("%s", buffer_text(&page));
    arena_free(arena);
    return 0;
}
