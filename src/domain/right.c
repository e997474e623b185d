#include "magistral/domain/right.h"

#include <string.h>

#define WORD(name, word) [name] = word,
static const char *const role_words[ROLE_COUNT] = {ROLES(WORD)};
#define RIGHT_WORD(name, word, roles) [name] = word,
static const char *const right_words[RIGHT_COUNT] = {RIGHTS(RIGHT_WORD)};
#define RIGHT_HOLDERS(name, word, roles) [name] = roles,
static const char *const holders[RIGHT_COUNT] = {RIGHTS(RIGHT_HOLDERS)};

/* The letters of the table that each role stands for. */
static const char *const letters[ROLE_COUNT] = {
    [ROLE_ADMINISTRATOR] = "A",        [ROLE_TECHNICIAN] = "T",  [ROLE_CONTROL_TECHNICIAN] = "C",
    [ROLE_PHARMACIST] = "P",           [ROLE_CONTROL_PHARMACIST] = "PQ", [ROLE_DISPENSING_PHARMACIST] = "PD",
    [ROLE_PHARMACIST_IN_CHARGE] = "PH", [ROLE_RESIDENT] = "P",   [ROLE_AUDITOR] = "U",
};

bool role_parse(const char *word, role *ret_role)
{
    for (int i = 0; i < ROLE_COUNT; i++)
        if (strcmp(word, role_words[i]) == 0) {
            *ret_role = (role)i;
            return true;
        }
    return false;
}

const char *role_word(role role)
{
    return role_words[role];
}

const char *right_word(right right)
{
    return right_words[right];
}

bool role_has_right(role role, right right)
{
    return right == RIGHT_OPEN || right == RIGHT_SIGNED_IN || strpbrk(holders[right], letters[role]) != NULL;
}

bool right_takes_badge(right right)
{
    return strchr(holders[right], 'b') != NULL;
}

bool role_is_pharmacist(role role)
{
    return strchr(letters[role], 'P') != NULL;
}

bool roles_exclude(role a, role b)
{
    return a != b && (a == ROLE_ADMINISTRATOR || b == ROLE_ADMINISTRATOR);
}
