/* Every numbered rule of the program: what it says to whom it refuses, and the text that it answers to. */
#include <ctype.h>
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

static void add(const char *key, void *context)
{
    const listing *listing = context;
    if (!is_rule(key))
        return;
    answer *row = add_object(listing->rules);
    put_text(row, "rule", key);
    put_text(row, "source", catalogue_source(key));
    put_text(row, "message", typography_sentence(listing->call->arena, listing->call->language, key));
}

static ending run(call *call)
{
    listing listing = {call, put_list(call->done, "rules")};
    catalogue_each(add, &listing);
    return lists_shorten(call, listing.rules);
}

const act rule_list_act = {.name = "rule list", .view = true, .alone = true, .right = RIGHT_OPEN, .inputs = inputs, .run = run};
