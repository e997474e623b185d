#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "magistral/document/document.h"

/* cmocka has a macro fail() of its own: it comes last. */
#include <cmocka.h>

static const document_information information = {.program = "magistral test", .schema = "0001", .zone = "Europe/Paris",
                                                 .instant = "2026-01-21T13:32:00.000Z"};

#define PAGES "document pages\nlanguage en\nversion 1\npage width 100 height 60\nbody top 10 bottom 10 left 10 right 10\n" \
              "title : T\nauthor : A\n"

static int pages_of(const buffer *pdf)
{
    int pages = 0;
    for (const char *at = pdf->bytes; (at = memmem(at, pdf->length - (size_t)(at - pdf->bytes), "/Type /Page\n", 12)); at++)
        pages++;
    return pages;
}

/* A list of rows that are read one by one. */
typedef struct counter {
    int now, last;
} counter;

static ending next_row(void *cursor, arena *arena, answer **ret_row)
{
    counter *counter = cursor;
    *ret_row = NULL;
    if (counter->now >= counter->last)
        return counter->last < 0 ? FAILED : DONE;
    *ret_row = answer_object(arena);
    put_count(*ret_row, "number", ++counter->now);
    return DONE;
}

static ending draw_rows(int rows, outcome *outcome, buffer *pdf)
{
    layout *layout;
    counter counter = {0, rows};
    answer *record = answer_object(outcome->arena);
    answer_put(record, "lines", answer_rows(outcome->arena, next_row, &counter));
    TRY(layout_parse("rows.en.layout", PAGES "table lines\ncolumn width 30 title \"No\" : {{number}} of {{position}}\n"
                                             "empty : none\nend\n", outcome->arena, outcome, &layout));
    const answer *records[] = {record};
    return document_draw(layout, records, 1, &information, outcome, pdf, NULL);
}

static void rows_of_a_cursor_fill_pages(void **state)
{
    (void)state;
    static const struct {
        int rows, pages;
    } cases[] = {{0, 1}, {1, 1}, {3, 1}, {100, 15}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ARENA_SCOPE arena *arena = arena_new();
        BUFFER_SCOPE buffer pdf = BUFFER_EMPTY;
        outcome outcome = outcome_new(arena);
        assert_int_equal(draw_rows(cases[i].rows, &outcome, &pdf), DONE);
        int pages = pages_of(&pdf);
        assert_true(pages >= cases[i].pages && pages <= 2 * cases[i].pages);
    }
}

static void a_cursor_that_fails_fails_the_document(void **state)
{
    (void)state;
    ARENA_SCOPE arena *arena = arena_new();
    BUFFER_SCOPE buffer pdf = BUFFER_EMPTY;
    outcome outcome = outcome_new(arena);
    assert_int_equal(draw_rows(-1, &outcome, &pdf), FAILED);
    assert_int_equal(pdf.length, 0);
}

static ending draw_many(const char *text, size_t count, outcome *outcome, buffer *pdf)
{
    layout *layout;
    arena *arena = outcome->arena;
    TRY(layout_parse("many.en.layout", text, arena, outcome, &layout));
    const answer **records = arena_array(arena, count, sizeof *records);
    for (size_t i = 0; i < count; i++) {
        answer *record = answer_object(arena);
        put_count(record, "number", (int64_t)i);
        put_state(record, "state", i % 2 ? "odd" : "even");
        put_text(record, "former", i % 2 ? "before" : NULL);
        records[i] = record;
    }
    return document_draw(layout, records, count, &information, outcome, pdf, NULL);
}

static void each_record_takes_its_own_pages(void **state)
{
    (void)state;
    ARENA_SCOPE arena *arena = arena_new();
    BUFFER_SCOPE buffer pdf = BUFFER_EMPTY;
    outcome outcome = outcome_new(arena);
    assert_int_equal(draw_many(PAGES "paragraph : {{number}}\nnew-page\nparagraph : {{number}}\n", 7, &outcome, &pdf), DONE);
    assert_int_equal(pages_of(&pdf), 14);
    buffer_empty(&pdf);
    assert_int_equal(draw_many("document label\nlanguage en\nversion 1\npage width 50 height 20\ntitle : T\nauthor : A\n"
                               "text x 2 y 2 width 40 : {{number}}\n", 1200, &outcome, &pdf), DONE);
    assert_int_equal(pages_of(&pdf), 1200);
}

static void conditions_choose_what_is_drawn(void **state)
{
    (void)state;
    static const char *const layouts[] = {
        PAGES "when state is even\nparagraph : {{nowhere}}\nend\n", PAGES "when state is not odd\nparagraph : {{nowhere}}\nend\n",
        PAGES "when former\notherwise\nparagraph : {{nowhere}}\nend\n", PAGES "when not former\nparagraph : {{nowhere}}\nend\n",
        PAGES "paragraph : {{^former}}{{nowhere}}{{/former}}\n", PAGES "when number\nparagraph : {{nowhere}}\nend\n",
    };
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        ARENA_SCOPE arena *arena = arena_new();
        BUFFER_SCOPE buffer pdf = BUFFER_EMPTY;
        outcome outcome = outcome_new(arena);
        assert_int_equal(draw_many(layouts[i], 1, &outcome, &pdf), REFUSED);
        assert_string_equal(outcome.first->rule, "DOC-06");
        assert_string_equal(outcome.first->field, "nowhere");
        printf("# asserted %s\n", outcome.first->rule);
    }
}

static void what_does_not_hold_asks_for_nothing(void **state)
{
    (void)state;
    static const char *const layouts[] = {
        PAGES "when state is odd\nparagraph : {{nowhere}}\nend\n", PAGES "when former\nparagraph : {{nowhere}}\nend\n",
        PAGES "paragraph : {{#former}}{{nowhere}}{{/former}}x\n", PAGES "optional nowhere\nparagraph : {{nowhere}}\n",
        PAGES "optional nowhere\nwhen nowhere\nparagraph : {{somewhere}}\nend\n",
        PAGES "optional nowhere\neach nowhere\nparagraph : {{somewhere}}\nend\n",
    };
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        ARENA_SCOPE arena *arena = arena_new();
        BUFFER_SCOPE buffer pdf = BUFFER_EMPTY;
        outcome outcome = outcome_new(arena);
        assert_int_equal(draw_many(layouts[i], 1, &outcome, &pdf), DONE);
        assert_int_equal(pages_of(&pdf), 1);
    }
}

/* Rows ruled to be filled by hand have their height whatever stands in them, and blocks stand beside each other: 40 mm are a page. */
static void what_is_filled_by_hand_has_its_room(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int pages;
    } cases[] = {{"table lines\ncolumn width 30 title \"A\" : \nend\n", 1},
                 {"table lines row 16 grid\ncolumn width 30 title \"A\" : \ncolumn width 30 title \"B\" : \nend\n", 2},
                 {"values lines columns 4 row 9 : x\n", 1},
                 {"values lines columns 1 row 16 : x\n", 2},
                 {"each lines\npanel\ntable once row 12\ncolumn width 10 title \"A\" : \nend\nend\nend\n", 4},
                 {"each lines columns 2\npanel\ntable once row 12\ncolumn width 10 title \"A\" : \nend\nend\nend\n", 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ARENA_SCOPE arena *arena = arena_new();
        BUFFER_SCOPE buffer pdf = BUFFER_EMPTY;
        outcome outcome = outcome_new(arena);
        layout *layout;
        answer *record = answer_object(arena), *lines = put_list(record, "lines");
        for (int row = 0; row < 4; row++)
            answer_put(add_object(lines), "once", answer_list(arena));
        for (answer *row = lines->first; row; row = row->next)
            answer_add(row->first, answer_object(arena));
        assert_int_equal(layout_parse("ruled.en.layout", arena_format(arena, PAGES "%s", cases[i].text), arena, &outcome, &layout), DONE);
        const answer *records[] = {record};
        assert_int_equal(document_draw(layout, records, 1, &information, &outcome, &pdf, NULL), DONE);
        assert_int_equal(pages_of(&pdf), cases[i].pages);
    }
}

static void no_records_is_a_failure(void **state)
{
    (void)state;
    ARENA_SCOPE arena *arena = arena_new();
    BUFFER_SCOPE buffer pdf = BUFFER_EMPTY;
    outcome outcome = outcome_new(arena);
    assert_int_equal(draw_many(PAGES, 0, &outcome, &pdf), FAILED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_a_cursor_fill_pages),
        cmocka_unit_test(a_cursor_that_fails_fails_the_document),
        cmocka_unit_test(each_record_takes_its_own_pages),
        cmocka_unit_test(conditions_choose_what_is_drawn),
        cmocka_unit_test(what_does_not_hold_asks_for_nothing),
        cmocka_unit_test(what_is_filled_by_hand_has_its_room),
        cmocka_unit_test(no_records_is_a_failure),
    };
    return cmocka_run_group_tests_name("document", tests, NULL, NULL);
}
