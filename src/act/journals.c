/* A day of the site is not a day of the journal: entries carry instants in UTC. */
#include "magistral/act/journals.h"

#include <inttypes.h>
#include <string.h>

#include "magistral/act/people.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/day.h"

/* The first instant at which a clock on the site's wall shows this day or a later one. */
static ending first_instant(call *call, const char *day, const char **ret_instant)
{
    int64_t number, hour = 3600000;
    if (!day_parse(day, &number))
        return fail(call->outcome, "%s is no day", day);
    int64_t before = number * 24 * hour - 15 * hour, after = number * 24 * hour + 15 * hour;
    while (after - before > 1) {
        int64_t middle = before + (after - before) / 2;
        const char *shown = instant_local_day(call->arena, middle, call->zone);
        if (shown && strcmp(shown, day) >= 0)
            after = middle;
        else
            before = middle;
    }
    *ret_instant = instant_text(call->arena, after);
    return DONE;
}

ending journals_period(call *call, const char *first, const char *last, const char **ret_since, const char **ret_until)
{
    const char *since = call_text(call, first), *until = call_text(call, last);
    *ret_since = NULL;
    *ret_until = NULL;
    if (since && until && strcmp(until, since) < 0)
        return call_refuse(call, "AUDIT-02", last, "since", since, "until", until, NULL);
    if (since)
        TRY(first_instant(call, since, ret_since));
    if (until)
        TRY(first_instant(call, day_after(call->arena, until, 1), ret_until));
    return DONE;
}

ending journals_person(call *call, const char **ret_person)
{
    person person = {0};
    *ret_person = NULL;
    if (!call_has(call, "person"))
        return DONE;
    TRY(people_find(call, "person", &person));
    *ret_person = person.identifier;
    return DONE;
}

static const char *words_of(call *call, const phrase *phrase)
{
    size_t count = 0;
    while (phrase->values[count].name)
        count++;
    return catalogue_fill(call->arena, call->language, phrase->key, phrase->values, count);
}

void journals_refuse_findings(call *call, const char *field, const verification *found)
{
    for (const finding *f = found->first; f; f = f->next)
        call_refuse(call, "VERIFY-01", field, "where", words_of(call, &f->where), "what", words_of(call, &f->what), "sequence",
                    arena_format(call->arena, "%" PRId64, found->entries), "head", found->head, NULL);
}
