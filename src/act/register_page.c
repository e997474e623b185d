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
    put_day(book, "from", call_has(call, "from") ? call_text(call, "from") : arena_format(call->arena, "%lld-01-01", (long long)filter.year));
    put_day(book, "to", call_has(call, "to") ? call_text(call, "to") : arena_format(call->arena, "%lld-12-31", (long long)filter.year));
    put_count(book, "lines", (int64_t)answer_children(lines));
    put_instant(book, "printed", call->now);
    answer_put(record, "lines", lines);
    return DONE;
}
