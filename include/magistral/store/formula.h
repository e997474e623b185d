#ifndef MAGISTRAL_STORE_FORMULA_H
#define MAGISTRAL_STORE_FORMULA_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define FORMULA_FIELDS(INTEGER, TEXT) \
    TEXT(code) TEXT(name)
RECORD(formula, FORMULA_FIELDS)

extern const query FORMULA_INSERT, FORMULA_BY_ID, FORMULA_BY_CODE;

/* A formula with its newest version; the version's fields are absent while there is none. */
#define FORMULA_LINE_FIELDS(INTEGER, TEXT) \
    TEXT(code) TEXT(name) TEXT(version) TEXT(state) TEXT(strength) TEXT(form) TEXT(approved_at)
RECORD(formula_line, FORMULA_LINE_FIELDS)

extern const query FORMULA_LINES; /* nothing -> formula_line, by code */

#define FORMULA_VERSION_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(formula) INTEGER(version) TEXT(state) TEXT(product) TEXT(strength) INTEGER(dose) \
    TEXT(form) TEXT(route) TEXT(recipients) INTEGER(content_mass) INTEGER(shelf_life) TEXT(shelf_life_reason) \
    TEXT(storage) TEXT(known_effects) TEXT(list) TEXT(legal_basis) TEXT(risk_class) INTEGER(reserve_units) \
    TEXT(powder_loss_limit) TEXT(unaccounted_limit) TEXT(shell_loss_limit) TEXT(capsule_loss_limit) INTEGER(hold_limit) \
    TEXT(label_warnings) INTEGER(author) TEXT(authored_at) INTEGER(approved_by) TEXT(approved_at)
RECORD(formula_version, FORMULA_VERSION_FIELDS)

extern const query FORMULA_VERSION_INSERT, FORMULA_VERSION_BY_ID, FORMULA_VERSION_BY_NUMBER;
extern const query FORMULA_VERSIONS_OF;      /* formula -> formula_version, newest first */
extern const query FORMULA_VERSION_APPROVED; /* formula -> its newest approved version */
extern const query FORMULA_VERSION_APPROVE;  /* id, approved_by, approved_at */
extern const query FORMULA_VERSION_WITHDRAW; /* id */

#define FORMULA_COMPONENT_FIELDS(INTEGER, TEXT) \
    INTEGER(version) INTEGER(rank) INTEGER(material) TEXT(amount) INTEGER(per_capsule) TEXT(tolerance) \
    TEXT(overage) TEXT(salt_factor) TEXT(density)
RECORD(formula_component, FORMULA_COMPONENT_FIELDS)

extern const query FORMULA_COMPONENT_INSERT, FORMULA_COMPONENT_BY_ID, FORMULA_COMPONENT_DELETE;

/* A component beside its material; `bulk_density` is the component's own density, else the material's. */
#define FORMULA_COMPONENT_LINE_FIELDS(INTEGER, TEXT) \
    FORMULA_COMPONENT_FIELDS(INTEGER, TEXT) TEXT(code) TEXT(name) TEXT(kind) TEXT(unit) TEXT(quality) \
    TEXT(capsule_size) INTEGER(capsule_volume) TEXT(bulk_density) INTEGER(known_effect) TEXT(list)
RECORD(formula_component_line, FORMULA_COMPONENT_LINE_FIELDS)

extern const query FORMULA_COMPONENTS_OF; /* version -> formula_component_line, by rank */

#define FORMULA_STEP_FIELDS(INTEGER, TEXT) \
    INTEGER(version) INTEGER(rank) TEXT(code) TEXT(title) TEXT(instruction) TEXT(kind) TEXT(entries)
RECORD(formula_step, FORMULA_STEP_FIELDS)

extern const query FORMULA_STEP_INSERT, FORMULA_STEP_BY_ID, FORMULA_STEP_DELETE;
extern const query FORMULA_STEPS_OF; /* version -> formula_step, by rank */

#define FORMULA_CONTROL_FIELDS(INTEGER, TEXT) \
    INTEGER(version) INTEGER(rank) TEXT(code) TEXT(name) TEXT(kind) TEXT(method) TEXT(reference) \
    TEXT(specification) TEXT(limit_text) TEXT(unit) INTEGER(replicates) INTEGER(units) TEXT(shares) TEXT(due) \
    INTEGER(every_batches) INTEGER(within_days) INTEGER(needs_equipment) INTEGER(needs_standard) TEXT(justification)
RECORD(formula_control, FORMULA_CONTROL_FIELDS)

extern const query FORMULA_CONTROL_INSERT, FORMULA_CONTROL_BY_ID, FORMULA_CONTROL_DELETE;
extern const query FORMULA_CONTROLS_OF; /* version -> formula_control, by rank */

#define FORMULA_CONDITION_FIELDS(INTEGER, TEXT) \
    INTEGER(version) TEXT(kind) TEXT(unit) TEXT(low) TEXT(high)
RECORD(formula_condition, FORMULA_CONDITION_FIELDS)

extern const query FORMULA_CONDITION_INSERT, FORMULA_CONDITION_BY_ID, FORMULA_CONDITION_DELETE;
extern const query FORMULA_CONDITIONS_OF; /* version -> formula_condition, in order */

#endif
