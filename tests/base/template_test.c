#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "magistral/base/template.h" /* before cmocka's macro fail() */

#include <cmocka.h>

/* Fills a template from an object that the caller made; the text lives in the arena. */
static ending fill(arena *arena, const char *text, const answer *object, outcome *outcome, const char **ret_page)
{
    const page_template *template = NULL;
    BUFFER_SCOPE buffer page = BUFFER_EMPTY;
    *outcome = outcome_new(arena);
    TRY(template_parse("test.html", text, arena, outcome, &template));
    TRY(template_render(template, object, FRENCH, "Europe/Paris", outcome, &page));
    *ret_page = arena_text(arena, buffer_text(&page));
    return DONE;
}

static answer *sample(arena *arena)
{
    answer *object = answer_object(arena), *batch = put_object(object, "batch"), *list = put_list(object, "rows");
    put_text(batch, "number", "B26-0001");
    put_day(batch, "expiry", "2026-12-31");
    put_decimal(object, "mass", "-1250.5", "mg");
    put_figure(object, "due", "6.5", "g", "300 x 20 mg");
    put_truth(object, "good", true);
    put_truth(object, "bad", false);
    put_text(object, "empty", "");
    put_text(object, "absent", NULL);
    put_list(object, "none");
    put_text(add_object(list), "name", "un");
    put_text(add_object(list), "name", "deux");
    return object;
}

static void gives(const char *text, const char *expected)
{
    ARENA_SCOPE arena *arena = arena_new();
    outcome outcome;
    const char *page = NULL;
    assert_int_equal(fill(arena, text, sample(arena), &outcome, &page), DONE);
    assert_string_equal(page, expected);
}

static void refuses(const char *text, const char *rule, const char *line)
{
    ARENA_SCOPE arena *arena = arena_new();
    outcome outcome;
    const char *page = NULL;
    assert_int_equal(fill(arena, text, sample(arena), &outcome, &page), REFUSED);
    assert_string_equal(outcome.first->rule, rule);
    printf("# asserted %s\n", rule);
    assert_string_equal(outcome.first->values[0].value, "test.html");
    assert_string_equal(outcome.first->values[1].value, line);
}

static void values_take_their_written_form(void **state)
{
    (void)state;
    gives("", "");
    gives("plain { } text", "plain { } text");
    gives("<b>{{batch.number}}</b>", "<b>B26-0001</b>");
    gives("{{ batch.expiry }}", "31/12/2026");
    gives("{{mass}}", "−1\u202F250,5\u00A0mg");
    gives("{{absent}}", "—");
    gives("{{! not shown }}x", "x");
}

static void sections_follow_what_stands(void **state)
{
    (void)state;
    gives("{{#good}}yes{{/good}}{{^good}}no{{/good}}", "yes");
    gives("{{#bad}}yes{{/bad}}{{^bad}}no{{/bad}}", "no");
    gives("{{#empty}}yes{{/empty}}{{^absent}}no{{/absent}}{{^none}}none{{/none}}", "nonone");
    gives("{{#rows}}[{{name}} of {{batch.number}}]{{/rows}}", "[un of B26-0001][deux of B26-0001]");
    gives("{{#batch}}{{number}}{{/batch}}", "B26-0001");
    gives("{{#batch}}{{#expiry}}{{.}}{{/expiry}}{{/batch}}", "31/12/2026");
    gives("{{#good}}{{#good}}a{{/good}}{{/good}}", "a");
    gives("a\n{{#good}}\nb\n{{/good}}\n{{mass}}\n", "a\nb\n−1\u202F250,5\u00A0mg\n");
}

static void words_come_from_the_catalogue(void **state)
{
    (void)state;
    gives("{{>state.true}}", "oui");
    refuses("\n{{>no.such.key}}", "PAGE-03", "2");
}

static void what_is_kept_and_how_it_was_computed_can_be_asked_for(void **state)
{
    (void)state;
    gives("{{=batch.expiry}} {{=mass}} {{=absent}}.", "2026-12-31 -1250.5 .");
    gives("{{~due}}{{~mass}}", "300 × 20\u00A0mg");
    gives("{{#rows.1}}two{{/rows.1}}{{^rows.2}} and no more{{/rows.2}}{{#none.0}}!{{/none.0}}", "two and no more");
    refuses("{{#batch.0}}{{/batch.0}}", "PAGE-02", "1");
}

static void pieces_stand_in_their_place(void **state)
{
    (void)state;
    ARENA_SCOPE arena *arena = arena_new();
    outcome outcome;
    const char *page = NULL;
    answer *object = sample(arena), *line = NULL;
    answer *errors = put_list(object, "errors");
    assert_int_equal(fill(arena, "a\n{{+piece_errors}}\nb", object, &outcome, &page), DONE);
    assert_string_equal(page, "a\nb");
    line = add_object(errors);
    put_text(line, "text", "<Non>");
    put_text(line, "rule", "LOT-01");
    put_text(line, "href", NULL);
    assert_int_equal(fill(arena, "{{+piece_errors}}", object, &outcome, &page), DONE);
    assert_non_null(strstr(page, "&lt;Non&gt; <small>LOT-01</small>"));
    refuses("a\n{{+no_such_piece}}", "PAGE-05", "2");
    assert_int_equal(fill(arena, "{{+piece_errors}}", sample(arena), &outcome, &page), REFUSED);
    assert_string_equal(outcome.first->values[0].value, "piece_errors.html");
}

static void only_a_page_is_written_as_it_is(void **state)
{
    (void)state;
    ARENA_SCOPE arena *arena = arena_new();
    outcome outcome;
    const page_template *template = NULL;
    const char *page = NULL;
    answer *object = sample(arena);
    outcome = outcome_new(arena);
    assert_int_equal(template_parse("inner.html", "<i>{{batch.number}}</i>", arena, &outcome, &template), DONE);
    assert_int_equal(put_page(object, "inner", template, object, FRENCH, "UTC", &outcome), DONE);
    assert_int_equal(fill(arena, "<b>{{inner}}</b>", object, &outcome, &page), DONE);
    assert_string_equal(page, "<b><i>B26-0001</i></b>");
}

static void what_is_wrong_is_named_by_file_and_line(void **state)
{
    (void)state;
    refuses("a\nb\n{{nothing}}", "PAGE-02", "3");
    refuses("{{#good}}\n{{! x }}\n{{nothing}}{{/good}}", "PAGE-02", "3");
    refuses("a\nb {{#batch}}\n{{numero}}{{/batch}}", "PAGE-02", "3");
    refuses("{{batch.number.more}}", "PAGE-02", "1");
    refuses("a\n{{open", "PAGE-01", "2");
    refuses("{{}}", "PAGE-01", "1");
    refuses("{{<partial}}", "PAGE-01", "1");
    refuses("{{&batch.number}}", "PAGE-01", "1");
    refuses("{{{batch.number}}}", "PAGE-01", "1");
    refuses("\n\n{{#batch}}", "PAGE-04", "3");
    refuses("{{/batch}}", "PAGE-04", "1");
    refuses("{{#batch}}\n{{#good}}{{/batch}}{{/good}}", "PAGE-04", "2");
}

static void hostile_text_stays_text(void **state)
{
    (void)state;
    static const char *const hostile[] = {
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</title><svg/onload=alert(1)>",
        "&lt;script&gt;", "{{batch.number}}", "{{#good}}", "<!--", "]]>", "javascript:alert(1)", "`${alert(1)}`", "\\u003cscript\\u003e",
    };
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        ARENA_SCOPE arena *arena = arena_new();
        outcome outcome;
        const char *page = NULL;
        answer *object = sample(arena);
        put_text(object, "hostile", hostile[i]);
        put_state(object, "state", hostile[i]);
        put_link(object, "link", "batch", hostile[i]);
        put_day(object, "day", hostile[i]);
        assert_int_equal(fill(arena, "{{hostile}}|{{state}}|{{link}}|{{day}}", object, &outcome, &page), DONE);
        assert_null(strpbrk(page, "<>\"'"));
        for (const char *p = strchr(page, '&'); p; p = strchr(p + 1, '&'))
            assert_true(strncmp(p, "&amp;", 5) == 0 || strncmp(p, "&lt;", 4) == 0 || strncmp(p, "&gt;", 4) == 0 ||
                        strncmp(p, "&quot;", 6) == 0 || strncmp(p, "&#39;", 5) == 0);
    }
    BUFFER_SCOPE buffer escaped = BUFFER_EMPTY;
    html_add_text(&escaped, "<a href=\"x\" title='y'>&</a>");
    assert_string_equal(escaped.bytes, "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_take_their_written_form), cmocka_unit_test(sections_follow_what_stands),
        cmocka_unit_test(words_come_from_the_catalogue),  cmocka_unit_test(what_is_wrong_is_named_by_file_and_line),
        cmocka_unit_test(what_is_kept_and_how_it_was_computed_can_be_asked_for), cmocka_unit_test(pieces_stand_in_their_place),
        cmocka_unit_test(only_a_page_is_written_as_it_is), cmocka_unit_test(hostile_text_stays_text),
    };
    return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
