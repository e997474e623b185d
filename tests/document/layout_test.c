#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "magistral/base/embedded.h"
#include "magistral/document/document.h"

/* cmocka has a macro fail() of its own: it comes last. */
#include <cmocka.h>

#define HEAD "document label\nlanguage fr\nversion 1\npage width 70 height 40\ntitle : T\nauthor : A\n" /* 6 lines */

static const document_information information = {.program = "magistral test", .schema = "0001", .zone = "Europe/Paris",
                                                 .instant = "2026-01-21T13:32:00.000Z"};

static const char *value_of(const refusal *refusal, const char *name)
{
    for (size_t i = 0; i < refusal->count; i++)
        if (strcmp(refusal->values[i].name, name) == 0)
            return refusal->values[i].value;
    return NULL;
}

static void check_refusal(const outcome *outcome, const char *rule, const char *line)
{
    assert_non_null(outcome->first);
    assert_string_equal(outcome->first->rule, rule);
    printf("# asserted %s\n", rule);
    assert_string_equal(value_of(outcome->first, "file"), "test.fr.layout");
    assert_string_equal(value_of(outcome->first, "line"), line);
}

static void check_layout(const char *text, const char *rule, const char *line)
{
    ARENA_SCOPE arena *arena = arena_new();
    outcome outcome = outcome_new(arena);
    layout *layout = NULL;
    assert_int_equal(layout_parse("test.fr.layout", text, arena, &outcome, &layout), REFUSED);
    assert_null(layout);
    check_refusal(&outcome, rule, line);
}

static void mistakes_name_file_and_line(void **state)
{
    (void)state;
    check_layout(HEAD "# comment\nsquare x 1 y 1 width 5\n", "DOC-01", "8");
    check_layout(HEAD "text x one y 1 width 5 : a\n", "DOC-02", "7");
    check_layout(HEAD "text x -1 y 1 width 5 : a\n", "DOC-02", "7");
    check_layout(HEAD "text x 1e3 y 1 width 5 : a\n", "DOC-02", "7");
    check_layout(HEAD "text x 1 y 1 width 5 size 500 : a\n", "DOC-02", "7");
    check_layout(HEAD "box x 1 y 1 width 5 height 5 fill pink\n", "DOC-02", "7");
    check_layout(HEAD "\ntext x 1 y 1 width 5 columns 2 : a\n", "DOC-03", "8");
    check_layout(HEAD "text x 1 y 1 : a\n", "DOC-04", "7");
    check_layout(HEAD "text x 1 y 1 width 5\n", "DOC-04", "7");
    check_layout(HEAD "box x 1 y 1 width 5 height 5 : a\n", "DOC-04", "7");
    check_layout(HEAD "when a\ntext x 1 y 1 width 5 : a\n", "DOC-05", "8");
    check_layout(HEAD "end\n", "DOC-05", "7");
    check_layout(HEAD "otherwise\n", "DOC-05", "7");
    check_layout(HEAD "paragraph : a\n", "DOC-05", "7");
    check_layout(HEAD "text x 1 y 1 width 5 : {{a\n", "DOC-13", "7");
    check_layout(HEAD "text x 1 y 1 width 5 : {{A b}}\n", "DOC-13", "7");
    check_layout(HEAD "text x 1 y 1 width 5 : {{#a}}b\n", "DOC-13", "7");
    check_layout(HEAD "text x 1 y 1 width 5 : {{a|loud}}\n", "DOC-13", "7");
    check_layout("document label\nlanguage fr\n", "DOC-14", "2");
    check_layout("document poster\n", "DOC-02", "1");
    check_layout("document label\nlanguage fr\xFF\n", "DOC-07", "1");
}

/* Draws one record whose field `name` holds `value`; the ending and what was refused. */
static ending draw(const char *layout_text, const char *value, arena *arena, outcome *outcome, buffer *pdf)
{
    layout *layout;
    answer *record = answer_object(arena);
    put_text(record, "name", value);
    answer *list = put_list(record, "list");
    put_text(add_object(list), "name", "row");
    TRY(layout_parse("test.fr.layout", layout_text, arena, outcome, &layout));
    const answer *records[] = {record};
    return document_draw(layout, records, 1, &information, outcome, pdf, NULL);
}

static void check_drawing(const char *layout_text, const char *value, const char *rule, const char *line)
{
    ARENA_SCOPE arena *arena = arena_new();
    BUFFER_SCOPE buffer pdf = BUFFER_EMPTY;
    outcome outcome = outcome_new(arena);
    assert_int_equal(draw(layout_text, value, arena, &outcome, &pdf), REFUSED);
    assert_int_equal(pdf.length, 0);
    check_refusal(&outcome, rule, line);
}

#define NAME HEAD "text x 2 y 2 width 60 size 9 minimum 6 : {{name}}\n"
#define CODE HEAD "printer dots 203\nqr x 2 y 2 size 14 : {{name}}\n"

static void records_are_refused_rather_than_drawn_wrong(void **state)
{
    (void)state;
    check_drawing(HEAD "text x 2 y 2 width 60 : {{nom}}\n", "a", "DOC-06", "7");
    check_drawing(HEAD "when nom\nend\n", "a", "DOC-06", "7");
    check_drawing(HEAD "text x 2 y 2 width 60 : {{document.page}}\n", "a", "DOC-06", "7");
    check_drawing(NAME, "\xC3\x28", "DOC-07", "7");
    check_drawing(NAME, "\xED\xA0\x80", "DOC-07", "7");
    check_drawing(NAME, "left\xE2\x80\xAEright", "DOC-07", "7");
    check_drawing(NAME, "10\xE2\x81\xBB³", "DOC-08", "7"); /* U+207B, which the face lacks */
    check_drawing(NAME, "薬", "DOC-08", "7");
    check_drawing(NAME, "a name that is far too long for sixty millimetres even at six points, so that it is refused",
                  "DOC-09", "7");
    check_drawing(NAME "text x 2 y 3 width 60 size 9 : b\n", "a", "DOC-10", "7");
    check_drawing(HEAD "text x 60 y 2 width 60 size 9 align right : {{name}}\n", "a", "DOC-11", "7");
    check_drawing(HEAD "box x 60 y 2 width 20 height 5\n", "a", "DOC-11", "7");
    check_drawing(CODE, "lower case", "DOC-12", "8");
    check_drawing(CODE, "HTTPS://PUI.CHU-MONTCLAIR.FR/A-TEXT-THAT-IS-MUCH-TOO-LONG-FOR-A-SQUARE-OF-FOURTEEN-MILLIMETRES"
                        "/4FJ7Q2M6T3KXWZ5YB2QN7RDP4E4FJ7Q2M6T3KXWZ5YB2QN7RDP4E4FJ7Q2M6T3KXWZ5YB2QN7RDP4E0123456789012345",
                  "DOC-12", "8");
    check_drawing(CODE "box x 4 y 4 width 30 height 3\n", "A", "DOC-10", "8");
    check_drawing(HEAD "text x 2 y 2 width 60 : {{list}}\n", "a", "DOC-15", "7");
}

static void a_missing_letter_is_named_with_its_field(void **state)
{
    (void)state;
    ARENA_SCOPE arena *arena = arena_new();
    BUFFER_SCOPE buffer pdf = BUFFER_EMPTY;
    outcome outcome = outcome_new(arena);
    assert_int_equal(draw(NAME, "Lê 薬", arena, &outcome, &pdf), REFUSED);
    assert_string_equal(outcome.first->field, "name");
    assert_string_equal(value_of(outcome.first, "value"), "U+85AC");
    assert_string_equal(value_of(outcome.first, "text"), "Lê 薬");
}

static void the_same_input_gives_the_same_bytes(void **state)
{
    (void)state;
    ARENA_SCOPE arena *arena = arena_new();
    BUFFER_SCOPE buffer first = BUFFER_EMPTY, second = BUFFER_EMPTY, other = BUFFER_EMPTY;
    outcome outcome = outcome_new(arena);
    assert_int_equal(draw(NAME, "Nguyễn Đặng", arena, &outcome, &first), DONE);
    assert_int_equal(draw(NAME, "Nguyễn Đặng", arena, &outcome, &second), DONE);
    assert_int_equal(draw(NAME, "Nguyen Đặng", arena, &outcome, &other), DONE);
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.bytes, second.bytes, first.length);
    const char *one = memmem(first.bytes, first.length, "/ID [<", 6), *two = memmem(other.bytes, other.length, "/ID [<", 6);
    assert_non_null(one);
    assert_memory_not_equal(one + 6, two + 6, 32);
}

static void a_block_taller_than_a_page_is_refused(void **state)
{
    (void)state;
    check_drawing("document pages\nlanguage fr\nversion 1\npage width 70 height 40\nbody top 5 bottom 5 left 5 right 5\n"
                  "title : T\nauthor : A\npanel\nspace mm 20\nparagraph : {{name}}\nspace mm 20\nend\n", "a", "DOC-16", "8");
}

static void every_layout_that_is_compiled_in_can_be_read(void **state)
{
    (void)state;
    size_t layouts = 0;
    for (size_t i = 0; i < embedded_templates_count; i++) {
        const embedded_file *file = &embedded_templates[i];
        if (!strstr(file->name, ".layout"))
            continue;
        ARENA_SCOPE arena *arena = arena_new();
        outcome outcome = outcome_new(arena);
        layout *layout = NULL;
        assert_int_equal(layout_parse(file->name, (const char *)file->bytes, arena, &outcome, &layout), DONE);
        assert_string_equal(layout_name(layout), file->name);
        layouts++;
    }
    assert_true(layouts >= 24 && layouts % 2 == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_name_file_and_line),
        cmocka_unit_test(records_are_refused_rather_than_drawn_wrong),
        cmocka_unit_test(a_missing_letter_is_named_with_its_field),
        cmocka_unit_test(the_same_input_gives_the_same_bytes),
        cmocka_unit_test(a_block_taller_than_a_page_is_refused),
        cmocka_unit_test(every_layout_that_is_compiled_in_can_be_read),
    };
    return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
