#ifndef MAGISTRAL_ACT_TABLE_H
#define MAGISTRAL_ACT_TABLE_H

#include "magistral/act/act.h"

/* Every act and view of the program, one row each: the identifier of its `const act`, defined in src/act/NOUN_VERB.c.
 * The order is that of the help. */
#define ACTS(X)              \
    X(database_create)       \
    X(database_show)         \
    X(site_set)              \
    X(site_show)             \
    X(person_add)            \
    X(person_grant)          \
    X(person_end_role)       \
    X(person_end)            \
    X(person_set_password)   \
    X(person_list)           \
    X(person_show)           \
    X(rate_set)              \
    X(rate_list)             \
    X(work_declare)          \
    X(equipment_use_declare) \
    X(purchase_declare)      \
    X(cost_freeze)           \
    X(cost_show)             \
    X(dispensing_confirm)    \
    X(dispensing_scan)       \
    X(dispensing_check)      \
    X(dispensing_hand_over)  \
    X(dispensing_cancel)     \
    X(dispensing_list)       \
    X(dispensing_show)       \
    X(register_show)         \
    X(audit_list)            \
    X(audit_show)            \
    X(event_list)

#define ACT_DECLARED(name) extern const act name##_act;
ACTS(ACT_DECLARED)
#undef ACT_DECLARED

#endif
