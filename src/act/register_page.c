/* The register on paper; each page carries the name and address of the pharmacy. Rule: CSP R.5125-45. */
#include <string.h>

#include "magistral/act/journals.h"
#include "magistral/act/papers.h"
#include "magistral/act/registers.h"
#include "magistral/base/catalogue.h"

static int64_t year_of(const call *call)
{
    const char *from = call_text(call, "from");
    if (!from)
        return call->year;
    return (from[0] - '0') * 1000 + (from[1] - '0') * 100 + (from[2] - '0') * 10 + (from[3] - '0');
}

static const char *first_of(call *call)
{
    return call_has(call, "from") ? call_text(call, "from") : arena_format(call->arena, "%lld-01-01", (long long)year_of(call));
}

static const char *last_of(call *call)
{
    return call_has(call, "to") ? call_text(call, "to") : arena_format(call->arena, "%lld-12-31", (long long)year_of(call));
}

/* A page of another period is another paper. */
ending register_page_subject(call *call, const char **ret_subject)
{
    const char *since = NULL, *until = NULL;
    if (!call_has(call, "book"))
        return call_refuse(call, "CALL-03", "book", "example", "dispensing", NULL);
    TRY(journals_period(call, "from", "to", &since, &until));
    *ret_subject = arena_format(call->arena, "%s %s/%s", call_text(call, "book"), first_of(call), last_of(call));
    return DONE;
}

ending register_page_fill(call *call, drawing *drawing, answer *record)
{
    answer *rows = NULL, *row = NULL;
    register_row filter = {.book = call_text(call, "book"), .year = year_of(call)};
    TRY(papers_put_number(call, drawing, record, "record"));
    TRY(journals_period(call, "from", "to", &filter.since, &filter.until));
    TRY(registers_rows(call, &filter, &rows));
    answer *lines = answer_list(call->arena);
    TRY(rows->read(rows->cursor, call->arena, &row));
    while (row) {
        answer_add(lines, row);
        TRY(rows->read(rows->cursor, call->arena, &row));
    }
    answer *book = put_object(record, "register");
    put_text(book, "title", catalogue_word(call->site_language, "register.", filter.book));
    put_day(book, "from", first_of(call));
    put_day(book, "to", last_of(call));
    put_count(book, "lines", (int64_t)answer_children(lines));
    put_instant(book, "printed", call->now);
    answer_put(record, "lines", lines);
    return DONE;
}
