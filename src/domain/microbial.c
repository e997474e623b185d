#include "magistral/domain/microbial.h"

#include <string.h>

static int64_t power_of_ten(int power)
{
    int64_t value = 1;
    for (int i = 0; i < power; i++)
        value *= 10;
    return value;
}

/* Reads one superscript figure that is the whole text; -1 when it is not one. */
static int superscript(const char *text)
{
    static const char *const figures[] = {
        "\xE2\x81\xB0", "\xC2\xB9",     "\xC2\xB2",     "\xC2\xB3",     "\xE2\x81\xB4",
        "\xE2\x81\xB5", "\xE2\x81\xB6", "\xE2\x81\xB7", "\xE2\x81\xB8", "\xE2\x81\xB9",
    };
    for (int i = 0; i <= 9; i++)
        if (strcmp(text, figures[i]) == 0)
            return i;
    return -1;
}

bool microbial_parse(const char *text, int *ret_power)
{
    int power = -1;
    decimal plain;
    if (strncmp(text, "10^", 3) == 0 && text[3] >= '0' && text[3] <= '9' && !text[4])
        power = text[3] - '0';
    else if (strncmp(text, "10", 2) == 0 && superscript(text + 2) >= 0)
        power = superscript(text + 2);
    else if (decimal_parse(text, &plain) == DECIMAL_GOOD && plain.places == 0)
        for (int i = MICROBIAL_LEAST_POWER; i <= MICROBIAL_MOST_POWER; i++)
            if (plain.digits == power_of_ten(i))
                power = i;
    if (power < 0)
        return false;
    *ret_power = power;
    return true;
}

bool microbial_most(int power, decimal *ret_most)
{
    if (power < MICROBIAL_LEAST_POWER || power > MICROBIAL_MOST_POWER)
        return false;
    *ret_most = decimal_whole(2 * power_of_ten(power));
    return true;
}

judgement microbial_judge(int power, stated count)
{
    limit limit = {.high = {.given = true, .inclusive = true}};
    return microbial_most(power, &limit.high.value) ? limit_judge(&limit, count) : JUDGED_IMPOSSIBLE;
}
