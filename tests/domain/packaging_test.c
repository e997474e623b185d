/* Which bottles serve which requests whole. */
#include "magistral/domain/packaging.h"

#include "expect.h"

#define CAN(bottles, requests) bottles_can_serve(memory, bottles, sizeof bottles / sizeof *bottles, requests, sizeof requests / sizeof *requests)

static void whole_bottles_make_each_request(void **state)
{
    (void)state;
    static const int64_t two[] = {112, 112}, four[] = {56, 56, 56, 56}, rest[] = {56, 56, 14}, one[] = {112};
    assert_true(CAN(four, two));
    assert_true(CAN(two, two));
    assert_true(CAN(rest, one));
}

static void a_bottle_is_never_shared_or_opened(void **state)
{
    (void)state;
    static const int64_t two[] = {112, 112}, one_bottle[] = {276}, short_by_one[] = {56, 56, 56, 55}, mixed[] = {100, 12, 60, 60};
    assert_false(CAN(one_bottle, two));
    assert_false(CAN(short_by_one, two));
    assert_false(CAN(mixed, two));
}

static void the_first_way_tried_is_not_the_only_one(void **state)
{
    (void)state;
    static const int64_t bottles[] = {60, 30, 30, 40, 20}, requests[] = {60, 60, 60};
    assert_true(CAN(bottles, requests));
}

static void many_bottles_end_in_time(void **state)
{
    (void)state;
    int64_t bottles[200], requests[90];
    for (size_t i = 0; i < 200; i++)
        bottles[i] = 50 + (int64_t)(i % 37);
    for (size_t i = 0; i < 90; i++)
        requests[i] = 101;
    (void)CAN(bottles, requests);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(whole_bottles_make_each_request),
        TEST(a_bottle_is_never_shared_or_opened),
        TEST(the_first_way_tried_is_not_the_only_one),
        TEST(many_bottles_end_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
