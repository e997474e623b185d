#ifndef MAGISTRAL_DOMAIN_RIGHT_H
#define MAGISTRAL_DOMAIN_RIGHT_H

#include <stdbool.h>

/* Roles are granted as habilitations, from a day to a day; rights follow from roles by this one table.
 * Rule: BPP 2 and 6.18; acceptance, approval, decisions and release are a pharmacist's (BPP 2.05, 6.33, 6.69). */
#define ROLES(X)                                     \
    X(ROLE_ADMINISTRATOR, "administrator")           \
    X(ROLE_TECHNICIAN, "technician")                 \
    X(ROLE_CONTROL_TECHNICIAN, "control-technician") \
    X(ROLE_PHARMACIST, "pharmacist")                 \
    X(ROLE_CONTROL_PHARMACIST, "control-pharmacist") \
    X(ROLE_DISPENSING_PHARMACIST, "dispensing-pharmacist") \
    X(ROLE_PHARMACIST_IN_CHARGE, "pharmacist-in-charge")   \
    X(ROLE_RESIDENT, "resident")                     \
    X(ROLE_AUDITOR, "auditor")

#define ROLE_NAME(name, word) name,
typedef enum role { ROLES(ROLE_NAME) ROLE_COUNT } role;

/* X(right, word, roles that hold it): T technician, C control technician, P every pharmacist, Q control pharmacist,
 * D dispensing pharmacist, H pharmacist in charge, A administrator, U auditor. A resident holds a pharmacist's rights
 * (P) under a named, dated delegation. b: on a declared workstation a badge and its PIN are enough; decisions, formulas, rates and
 * accounts take the password. */
#define RIGHTS(X)                                     \
    X(RIGHT_OPEN, "open", "")                         \
    X(RIGHT_SIGNED_IN, "signed-in", "b")               \
    X(RIGHT_MANAGE_PEOPLE, "manage-people", "A")      \
    X(RIGHT_MANAGE_DATABASE, "manage-database", "A")  \
    X(RIGHT_CONFIRM_TIME, "confirm-time", "A")        \
    X(RIGHT_MANAGE_SITE, "manage-site", "H")          \
    X(RIGHT_IMPORT_TEMPLATES, "import-templates", "P") \
    X(RIGHT_APPROVE_TEMPLATES, "approve-templates", "P") \
    X(RIGHT_DEFINE_MATERIALS, "define-materials", "P") \
    X(RIGHT_RECEIVE_LOTS, "receive-lots", "TCPb")      \
    X(RIGHT_CONTROL_LOTS, "control-lots", "CQb")       \
    X(RIGHT_DECIDE_LOTS, "decide-lots", "P")          \
    X(RIGHT_MOVE_STOCK, "move-stock", "TCPb")          \
    X(RIGHT_MANAGE_EQUIPMENT, "manage-equipment", "P") \
    X(RIGHT_CHECK_EQUIPMENT, "check-equipment", "TCPb") \
    X(RIGHT_WRITE_FORMULAS, "write-formulas", "P")    \
    X(RIGHT_APPROVE_FORMULAS, "approve-formulas", "P") \
    X(RIGHT_RECORD_REQUESTS, "record-requests", "TPb") \
    X(RIGHT_DECIDE_REQUESTS, "decide-requests", "P")  \
    X(RIGHT_PLAN_BATCHES, "plan-batches", "TPb")       \
    X(RIGHT_MAKE, "make", "TPb")                       \
    X(RIGHT_VERIFY, "verify", "TPb")                   \
    X(RIGHT_OPEN_DEVIATIONS, "open-deviations", "TCPb") \
    X(RIGHT_DECIDE_DEVIATIONS, "decide-deviations", "P") \
    X(RIGHT_ENTER_RESULTS, "enter-results", "TCPb")    \
    X(RIGHT_VERIFY_RESULTS, "verify-results", "CPb")   \
    X(RIGHT_SIGN_CERTIFICATES, "sign-certificates", "Q") \
    X(RIGHT_RELEASE, "release", "P")                  \
    X(RIGHT_REFUSE, "refuse", "P")                    \
    X(RIGHT_LIFT_HOLD, "lift-hold", "P")              \
    X(RIGHT_RECALL_BATCHES, "recall-batches", "P")    \
    X(RIGHT_DISPENSE, "dispense", "Pb")                \
    X(RIGHT_DECLARE_COSTS, "declare-costs", "TCPb")    \
    X(RIGHT_MANAGE_RATES, "manage-rates", "H")        \
    X(RIGHT_FREEZE_COSTS, "freeze-costs", "P")        \
    X(RIGHT_PRINT_LABELS, "print-labels", "TCPb")      \
    X(RIGHT_ISSUE_DOCUMENTS, "issue-documents", "CPb") \
    X(RIGHT_LOOK, "look", "TCPUb")                     \
    X(RIGHT_AUDIT, "audit", "PUAb")

#define RIGHT_NAME(name, word, roles) name,
typedef enum right { RIGHTS(RIGHT_NAME) RIGHT_COUNT } right;

/* The role with this word; false when there is none. */
bool role_parse(const char *word, role *ret_role);
const char *role_word(role role);
const char *right_word(right right);

/* True when the role carries the right. RIGHT_OPEN and RIGHT_SIGNED_IN are carried by every role. */
bool role_has_right(role role, right right);

/* True when a badge and its PIN are enough, on a declared workstation, for the acts of this right. */
bool right_takes_badge(right right);

/* True for every role of a pharmacist, a resident included. */
bool role_is_pharmacist(role role);

/* An administrator of accounts holds no other role at the same time (21 CFR 11.10(g); EU GMP Annex 11, 12). */
bool roles_exclude(role a, role b);

#endif
