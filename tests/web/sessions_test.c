/* Sessions on a clock that the test sets: no limit is waited for. Rule: NIST SP 800-63B, 4.2.3. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>

#include <cmocka.h>
/* "fail" is the name of a function of ours. */
#undef fail

#include "sessions.h"

static int64_t now;

static int64_t set_clock(void)
{
    return now;
}

typedef struct fixture {
    sessions *sessions;
    arena *arena;
} fixture;

static int begin(void **state)
{
    static fixture made;
    now = 1000;
    made = (fixture){sessions_new(set_clock, NULL, NULL), arena_new()};
    *state = &made;
    return made.sessions ? 0 : 1;
}

static int finish(void **state)
{
    fixture *fixture = *state;
    sessions_free(fixture->sessions);
    arena_free(fixture->arena);
    return 0;
}

static visit look(const fixture *fixture, const char *secret)
{
    return sessions_find(fixture->sessions, secret, true, fixture->arena);
}

static const char *start(const fixture *fixture, const char *person)
{
    return sessions_start(fixture->sessions, &(signing){.person = person, .credential = "digest", .workstation = ""}, fixture->arena);
}

static void a_secret_opens_its_session_alone(void **state)
{
    fixture *f = *state;
    const char *a = start(f, "tech.a"), *b = start(f, "tech.b");
    assert_true(strlen(a) == 26 && strcmp(a, b) != 0);
    assert_string_equal(look(f, a).person, "tech.a");
    assert_string_equal(look(f, b).person, "tech.b");
    assert_string_not_equal(look(f, a).mark, look(f, b).mark);
    assert_null(look(f, NULL).person);
    assert_null(look(f, "").person);
    assert_null(look(f, "tech.a").person);
    assert_null(look(f, look(f, a).mark).person);
    char longer[64] = "";
    strcat(strcat(longer, a), "A");
    assert_null(look(f, longer).person);
    longer[25] = 0;
    assert_null(look(f, longer).person);
}

static void ten_minutes_without_a_request_ask_for_the_password(void **state)
{
    fixture *f = *state;
    const char *secret = start(f, "tech.a");
    for (int i = 0; i < 5; i++) {
        now += IDLE_SECONDS - 1;
        assert_false(look(f, secret).idle); /* used in time, again and again */
    }
    now += IDLE_SECONDS - 1;
    assert_false(sessions_find(f->sessions, secret, false, f->arena).idle); /* looked at without being used */
    now += 1;
    visit idle = look(f, secret);
    assert_true(idle.idle);
    assert_string_equal(idle.person, "tech.a");
    assert_true(look(f, secret).idle); /* asking does not wake it */
    sessions_wake(f->sessions, secret);
    assert_false(look(f, secret).idle);
    assert_string_equal(look(f, secret).mark, idle.mark);
}

static void twelve_hours_end_it_however_busy(void **state)
{
    fixture *f = *state;
    const char *secret = start(f, "tech.a");
    int64_t start = now;
    for (; now < start + LONGEST_SECONDS; now += 60)
        assert_string_equal(look(f, secret).person, "tech.a");
    assert_null(look(f, secret).person);
    sessions_wake(f->sessions, secret);
    assert_null(look(f, secret).person);
    session_line *lines = NULL;
    assert_int_equal(sessions_of(f->sessions, "tech.a", secret, f->arena, &lines), 0);
}

static void twelve_hours_end_what_was_woken_too(void **state)
{
    fixture *f = *state;
    const char *secret = start(f, "tech.a");
    now += LONGEST_SECONDS - 1;
    assert_true(look(f, secret).idle);
    sessions_wake(f->sessions, secret);
    assert_false(look(f, secret).idle);
    assert_int_equal(look(f, secret).seconds_left, 1);
    now += 1;
    assert_null(look(f, secret).person);
}

static void what_an_act_answered_is_shown_once(void **state)
{
    fixture *f = *state;
    const char *secret = start(f, "tech.a");
    sessions_set_flash(f->sessions, secret, "lot receive", "{\"lot\":\"MP26-0001\"}");
    assert_null(sessions_find(f->sessions, secret, false, f->arena).flash);
    assert_string_equal(look(f, secret).flash, "{\"lot\":\"MP26-0001\"}");
    assert_null(look(f, secret).flash);
    sessions_set_flash(f->sessions, secret, "lot receive", "{}");
    now += IDLE_SECONDS;
    assert_null(look(f, secret).flash); /* not to who has not given the password again */
    sessions_wake(f->sessions, secret);
    assert_string_equal(look(f, secret).flash, "{}");
    sessions_set_flash(f->sessions, "nobody", "lot receive", "{}");
}

static void signing_out_here_and_everywhere(void **state)
{
    fixture *f = *state;
    const char *one = start(f, "tech.a");
    now += 60;
    const char *two = start(f, "tech.a"), *other = start(f, "tech.b");
    session_line *lines = NULL;
    assert_int_equal(sessions_of(f->sessions, "tech.a", two, f->arena, &lines), 2);
    assert_true(lines[0].own && !lines[1].own); /* newest first */
    assert_int_equal(lines[1].started, 60);
    assert_null(strstr(one, lines[1].identifier)); /* the page never shows a secret */
    sessions_end(f->sessions, one);
    assert_null(look(f, one).person);
    assert_string_equal(look(f, two).person, "tech.a");
    (void)start(f, "tech.a");
    assert_int_equal(sessions_end_all(f->sessions, "tech.a"), 2);
    assert_null(look(f, two).person);
    assert_string_equal(look(f, other).person, "tech.b");
}

static void the_one_that_was_idle_longest_makes_room(void **state)
{
    fixture *f = *state;
    const char *first = start(f, "tech.a"), *second = start(f, "tech.a");
    for (int i = 2; i < 1000; i++)
        (void)start(f, "tech.b");
    now += 1;
    assert_string_equal(look(f, first).person, "tech.a");
    for (int i = 0; i < 999; i++) {
        now += i == 0;
        (void)start(f, "tech.c");
    }
    assert_null(look(f, second).person);
    assert_string_equal(look(f, first).person, "tech.a");
}

static size_t told;
static char last[16];

static void note_end(void *context, const char *identifier)
{
    assert_ptr_equal(context, &told);
    told++;
    strncpy(last, identifier, sizeof last - 1);
}

static void the_end_of_each_session_is_told_once(void **state)
{
    (void)state;
    arena *arena = arena_new();
    now = 1000;
    sessions *sessions = sessions_new(set_clock, note_end, &told);
    const char *one = sessions_start(sessions, &(signing){.person = "tech.a", .credential = "digest", .workstation = ""}, arena),
               *two = sessions_start(sessions, &(signing){.person = "tech.b", .credential = "digest", .workstation = ""}, arena);
    const char *identifier = sessions_find(sessions, two, true, arena).identifier;
    now += IDLE_SECONDS;
    (void)sessions_find(sessions, one, true, arena);
    assert_int_equal(told, 0); /* idle is not over: it may be woken */
    sessions_end(sessions, one);
    sessions_end(sessions, one);
    assert_int_equal(told, 1);
    assert_string_not_equal(last, identifier);
    now += LONGEST_SECONDS;
    (void)sessions_find(sessions, "somebody else's", true, arena);
    assert_int_equal(told, 2);
    assert_string_equal(last, identifier);
    (void)sessions_start(sessions, &(signing){.person = "tech.a", .credential = "digest", .workstation = ""}, arena);
    (void)sessions_start(sessions, &(signing){.person = "tech.a", .credential = "digest", .workstation = ""}, arena);
    assert_int_equal(sessions_end_all(sessions, "tech.a"), 2);
    assert_int_equal(told, 4);
    for (int i = 0; i < 1001; i++)
        (void)sessions_start(sessions, &(signing){.person = "tech.a", .credential = "digest", .workstation = ""}, arena);
    assert_int_equal(told, 5);
    sessions_free(sessions);
    assert_int_equal(told, 1005);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_secret_opens_its_session_alone, begin, finish),
        cmocka_unit_test_setup_teardown(ten_minutes_without_a_request_ask_for_the_password, begin, finish),
        cmocka_unit_test_setup_teardown(twelve_hours_end_it_however_busy, begin, finish),
        cmocka_unit_test_setup_teardown(twelve_hours_end_what_was_woken_too, begin, finish),
        cmocka_unit_test_setup_teardown(what_an_act_answered_is_shown_once, begin, finish),
        cmocka_unit_test_setup_teardown(signing_out_here_and_everywhere, begin, finish),
        cmocka_unit_test_setup_teardown(the_one_that_was_idle_longest_makes_room, begin, finish),
        cmocka_unit_test(the_end_of_each_session_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
