#ifndef MAGISTRAL_TESTS_DOMAIN_EXPECT_H
#define MAGISTRAL_TESTS_DOMAIN_EXPECT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
/* "fail" is the name of a function of ours. */
#undef fail
#undef fail_msg
#define fail_msg(...)                 \
    do {                              \
        print_error(__VA_ARGS__);     \
        _fail(__FILE__, __LINE__);    \
    } while (0)

#include "magistral/base/arena.h"
#include "magistral/base/decimal.h"
#include "magistral/base/ratio.h"
#include "magistral/base/text.h"
#include "magistral/domain/quantity.h"

/* The arena of the test that runs; given back by tear_down(). */
static arena *memory;

static inline int set_up(void **state)
{
    (void)state;
    memory = arena_new();
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    arena_free(memory);
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

static inline decimal number(const char *text)
{
    decimal value = {0};
    assert_int_equal(decimal_parse(text, &value), DECIMAL_GOOD);
    return value;
}

static inline mass grams(const char *text)
{
    mass value = {0};
    assert_int_equal(mass_parse(arena_format(memory, "%s g", text), &value), QUANTITY_GOOD);
    return value;
}

static inline mass milligrams(const char *text)
{
    mass value = {0};
    assert_int_equal(mass_parse(arena_format(memory, "%s mg", text), &value), QUANTITY_GOOD);
    return value;
}

/* Reads numbers separated by one space; returns how many. */
static inline size_t numbers(const char *text, decimal *ret_values, size_t room)
{
    size_t count = 0;
    while (*text) {
        size_t length = strcspn(text, " ");
        assert_true(count < room);
        assert_int_equal(decimal_parse_bytes(text, length, &ret_values[count++]), DECIMAL_GOOD);
        text += length + (text[length] == ' ');
    }
    return count;
}

static inline void is_at_places(ratio value, int places, const char *expected)
{
    assert_string_equal(ratio_text_places(memory, value, places), expected);
}

static inline void is_exactly(ratio value, const char *expected)
{
    assert_true(ratio_is_number(value));
    if (ratio_compare(value, ratio_of_decimal(number(expected))) != 0)
        assert_string_equal(ratio_text(memory, value), expected);
}

#endif
