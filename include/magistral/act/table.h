#ifndef MAGISTRAL_ACT_TABLE_H
#define MAGISTRAL_ACT_TABLE_H

#include "magistral/act/act.h"

/* Every act and view of the program, one row each: the identifier of its `const act`, defined in src/act/NOUN_VERB.c.
 * The order is that of the help. */
#define ACTS(X)                  \
    X(site_set)                  \
    X(site_show)                 \
    X(person_add)                \
    X(person_grant)              \
    X(person_end_role)           \
    X(person_end)                \
    X(person_set_password)       \
    X(person_list)               \
    X(person_show)               \
    X(time_confirm)              \
    X(database_create)           \
    X(database_show)             \
    X(database_backup)           \
    X(database_check_backup)     \
    X(verify)                    \
    X(scan)                      \
    X(audit_list)                \
    X(audit_show)                \
    X(event_list)                \
    X(template_import)           \
    X(template_approve)          \
    X(template_list)             \
    X(document_list)             \
    X(document_show)             \
    X(label_print)               \
    X(label_settle)              \
    X(label_list)                \
    X(formula_create)            \
    X(formula_draft)             \
    X(formula_add_component)     \
    X(formula_remove_component)  \
    X(formula_add_step)          \
    X(formula_remove_step)       \
    X(formula_add_control)       \
    X(formula_remove_control)    \
    X(formula_approve)           \
    X(formula_withdraw)          \
    X(formula_list)              \
    X(formula_show)              \
    X(request_receive)           \
    X(request_accept)            \
    X(request_refuse)            \
    X(request_list)              \
    X(request_show)              \
    X(batch_exceptions)          \
    X(batch_refuse)              \
    X(batch_release)             \
    X(batch_show)                \
    X(result_append)             \
    X(result_attach)             \
    X(result_close)              \
    X(result_continue)           \
    X(result_invalidate)         \
    X(result_list)               \
    X(result_open)               \
    X(result_show)               \
    X(result_verify)             \
    X(setting_list)              \
    X(setting_set)               \
    X(calc_dosage_units)         \
    X(calc_mass_uniformity)      \
    X(calc_disintegration)       \
    X(calc_compare)              \
    X(calc_microbial)            \
    X(calc_weigh)                \
    X(calc_check_digit)

#define ACT_DECLARED(name) extern const act name##_act;
ACTS(ACT_DECLARED)
#undef ACT_DECLARED

#endif
