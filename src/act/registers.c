#include "magistral/act/registers.h"

#include <stdlib.h>
#include <string.h>

static ending last_line(call *call, const char *book, register_line *ret_last)
{
    bool found = false;
    TRY(store_find(call->store, &REGISTER_LAST, (&(register_line){.book = book, .year = call->year}), call->arena, ret_last, &found));
    if (!found || ret_last->ordinal == ABSENT)
        ret_last->ordinal = 0;
    return DONE;
}

ending registers_next(call *call, const char *book, const char **ret_number)
{
    register_line last = {0};
    TRY(last_line(call, book, &last));
    const char *ordinal = last.number ? strchr(last.number, '/') : NULL;
    *ret_number = arena_format(call->arena, "%lld/%04ld", (long long)call->year, (ordinal ? strtol(ordinal + 1, NULL, 10) : 0) + 1);
    return DONE;
}

static ending write_line(call *call, register_line line)
{
    register_line last = {0};
    TRY(last_line(call, line.book, &last));
    line.year = call->year;
    line.ordinal = last.ordinal + 1;
    line.person = call->person.id;
    line.at = call->now;
    return store_insert(call->store, &REGISTER_LINE_INSERT, &line);
}

ending registers_enter(call *call, const char *book, const char *number, int64_t batch, int64_t dispensing, const char *reason)
{
    return write_line(call, (register_line){.book = book, .number = number, .kind = "entry", .batch = batch,
                                            .dispensing = dispensing ? dispensing : ABSENT, .reason = reason});
}

ending registers_strike(call *call, const char *book, const char *number, const char *reason)
{
    register_line entry = {0};
    bool found = false;
    TRY(store_find(call->store, &REGISTER_ENTRY, (&(register_line){.book = book, .number = number}), call->arena, &entry, &found));
    if (!found)
        return fail(call->outcome, "the register %s has no number %s", book, number);
    return write_line(call, (register_line){.book = book, .number = number, .kind = "strike", .batch = entry.batch,
                                            .dispensing = entry.dispensing, .reason = reason});
}
