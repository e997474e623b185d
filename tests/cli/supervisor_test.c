/* The watchdog says that the server lives only while its writer does. */
#include <poll.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cli.h"
#include "magistral/base/digest.h"

#undef fail
#include <cmocka.h>

enum { ALLOWED = 200000 /* microseconds */ };

typedef struct told {
    int socket;
    writer writer;
    arena *arena;
    char folder[32];
} told;

/* How many signs of life come within so many times the allowed time. */
static int signs(const told *told, int times)
{
    struct pollfd waiting = {.fd = told->socket, .events = POLLIN};
    char text[64];
    int count = 0;
    while (recv(told->socket, text, sizeof text, MSG_DONTWAIT) > 0) {
    }
    usleep((useconds_t)(times * ALLOWED));
    while (poll(&waiting, 1, 0) > 0) {
        ssize_t length = recv(told->socket, text, sizeof text, 0);
        count += length == (ssize_t)strlen("WATCHDOG=1") && memcmp(text, "WATCHDOG=1", (size_t)length) == 0;
    }
    return count;
}

static int set_up(void **state)
{
    told *told = calloc(1, sizeof *told);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    *told = (struct told){.writer = {.turn = TURN_FREE}, .arena = arena_new(), .folder = "/tmp/magistral-XXXXXX"};
    struct outcome outcome = outcome_new(told->arena);
    assert_true(digest_start());
    assert_non_null(mkdtemp(told->folder));
    assert_int_equal(store_create(arena_format(told->arena, "%s/test.db", told->folder), &outcome, &told->writer.store), DONE);
    strcpy(address.sun_path, arena_format(told->arena, "%s/notify", told->folder));
    told->socket = socket(AF_UNIX, SOCK_DGRAM, 0);
    assert_int_equal(bind(told->socket, (const struct sockaddr *)&address, sizeof address), 0);
    setenv("NOTIFY_SOCKET", address.sun_path, 1);
    setenv("WATCHDOG_USEC", "200000", 1);
    *state = told;
    return 0;
}

static int tear_down(void **state)
{
    told *told = *state;
    store_close(told->writer.store);
    close(told->socket);
    arena_free(told->arena);
    free(told);
    return 0;
}

static void a_writer_that_hangs_is_told_by_silence(void **state)
{
    told *told = *state;
    outcome outcome = outcome_new(told->arena);
    watchdog *watchdog = NULL;
    assert_int_equal(watchdog_start(&told->writer, &outcome, &watchdog), DONE);
    assert_in_range(signs(told, 3), 4, 7);
    turn_take(&told->writer.turn);
    usleep(ALLOWED);
    assert_int_equal(signs(told, 3), 0);
    turn_give(&told->writer.turn);
    assert_in_range(signs(told, 3), 4, 7);
    watchdog_stop(watchdog);
    assert_int_equal(signs(told, 2), 0);
}

static void nobody_asked_for_signs(void **state)
{
    told *told = *state;
    outcome outcome = outcome_new(told->arena);
    watchdog *watchdog = NULL;
    setenv("WATCHDOG_PID", "1", 1);
    assert_int_equal(watchdog_start(&told->writer, &outcome, &watchdog), DONE);
    assert_null(watchdog);
    unsetenv("WATCHDOG_PID");
    unsetenv("WATCHDOG_USEC");
    assert_int_equal(watchdog_start(&told->writer, &outcome, &watchdog), DONE);
    assert_null(watchdog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_writer_that_hangs_is_told_by_silence, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nobody_asked_for_signs, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
