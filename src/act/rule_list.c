/* Every numbered rule of the program: what it says to whom it refuses, and the text that it answers to. */
#include <string.h>

#include "magistral/act/lists.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"

static const input_definition inputs[] = {
    LIST_INPUTS("rule|source"),
    {0},
};

typedef struct listing {
    call *call;
    answer *rules;
} listing;

/* "LOT-04" */
static bool is_rule(const char *key)
{
    size_t letters = strspn(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), digits = key[letters] == '-' ? strspn(key + letters + 1, "0123456789") : 0;
    return letters > 0 && digits > 0 && key[letters + 1 + digits] == 0;
}

/* The sentence with an ellipsis where a refusal names what it is about. */
static const char *sentence(call *call, const char *key)
{
    BUFFER_SCOPE buffer made = BUFFER_EMPTY;
    const char *text = typography_sentence(call->arena, call->language, key), *open;
    while ((open = strstr(text, "{{")) && strstr(open, "}}")) {
        buffer_add(&made, text, (size_t)(open - text));
        buffer_add_text(&made, "…");
        text = strstr(open, "}}") + 2;
    }
    buffer_add_text(&made, text);
    return arena_text(call->arena, buffer_text(&made));
}

static void add(const char *key, void *context)
{
    const listing *listing = context;
    if (!is_rule(key))
        return;
    answer *row = add_object(listing->rules);
    put_text(row, "rule", key);
    put_text(row, "source", catalogue_source(key));
    put_text(row, "text", sentence(listing->call, key));
}

static ending run(call *call)
{
    listing listing = {call, put_list(call->done, "rules")};
    catalogue_each(add, &listing);
    return lists_shorten(call, listing.rules);
}

const act rule_list_act = {.name = "rule list", .view = true, .alone = true, .right = RIGHT_OPEN, .inputs = inputs, .run = run};
