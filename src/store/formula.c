#include "magistral/store/formula.h"

#include "statement.h"

SHAPE(formula, FORMULA_FIELDS)
SHAPE(formula_version, FORMULA_VERSION_FIELDS)
SHAPE(formula_component, FORMULA_COMPONENT_FIELDS)
SHAPE(formula_step, FORMULA_STEP_FIELDS)
SHAPE(formula_control, FORMULA_CONTROL_FIELDS)
SHAPE(formula_condition, FORMULA_CONDITION_FIELDS)
SHAPE(formula_line, FORMULA_LINE_FIELDS)
SHAPE(formula_component_line, FORMULA_COMPONENT_LINE_FIELDS)

QUERY(FORMULA_INSERT, formula, nothing, SQL_INSERT("formula", FORMULA_FIELDS))
QUERY(FORMULA_BY_ID, formula, formula, SQL_SELECT("formula", FORMULA_FIELDS) "WHERE id = :id")
QUERY(FORMULA_BY_CODE, formula, formula, SQL_SELECT("formula", FORMULA_FIELDS) "WHERE code = :code")
QUERY(FORMULA_VERSION_INSERT, formula_version, nothing, SQL_INSERT("formula_version", FORMULA_VERSION_FIELDS))
QUERY(FORMULA_VERSION_BY_ID, formula_version, formula_version, SQL_SELECT("formula_version", FORMULA_VERSION_FIELDS) "WHERE id = :id")
QUERY(FORMULA_VERSION_BY_NUMBER, formula_version, formula_version, SQL_SELECT("formula_version", FORMULA_VERSION_FIELDS) "WHERE number = :number")
QUERY(FORMULA_COMPONENT_INSERT, formula_component, nothing, SQL_INSERT("formula_component", FORMULA_COMPONENT_FIELDS))
QUERY(FORMULA_COMPONENT_BY_ID, formula_component, formula_component, SQL_SELECT("formula_component", FORMULA_COMPONENT_FIELDS) "WHERE id = :id")
QUERY(FORMULA_STEP_INSERT, formula_step, nothing, SQL_INSERT("formula_step", FORMULA_STEP_FIELDS))
QUERY(FORMULA_STEP_BY_ID, formula_step, formula_step, SQL_SELECT("formula_step", FORMULA_STEP_FIELDS) "WHERE id = :id")
QUERY(FORMULA_CONTROL_INSERT, formula_control, nothing, SQL_INSERT("formula_control", FORMULA_CONTROL_FIELDS))
QUERY(FORMULA_CONTROL_BY_ID, formula_control, formula_control, SQL_SELECT("formula_control", FORMULA_CONTROL_FIELDS) "WHERE id = :id")
QUERY(FORMULA_LINES, nothing, formula_line,
      "SELECT f.id, f.code, f.name, v.number AS version, CASE WHEN v.state <> 'draft' OR e.id IS NULL THEN v.state WHEN e.withdrawn_at IS NULL THEN 'emergency' ELSE 'withdrawn' END AS state, v.strength, v.form, v.approved_at FROM formula f "
      "LEFT JOIN formula_version v ON v.formula = f.id AND v.version = (SELECT max(version) FROM formula_version WHERE formula = f.id) "
      "LEFT JOIN emergency_approval e ON e.version = v.id "
      "ORDER BY f.code")
QUERY(FORMULA_VERSIONS_OF, formula_version, formula_version,
      SQL_SELECT("formula_version", FORMULA_VERSION_FIELDS) "WHERE formula = :formula ORDER BY version DESC")
QUERY(FORMULA_VERSION_APPROVED, formula_version, formula_version,
      SQL_SELECT("formula_version", FORMULA_VERSION_FIELDS) "WHERE formula = :formula AND state = 'approved' ORDER BY version DESC LIMIT 1")
QUERY(FORMULA_VERSION_APPROVE, formula_version, nothing,
      "UPDATE formula_version SET state = 'approved', approved_by = :approved_by, approved_at = :approved_at WHERE id = :id AND state = 'draft'")
QUERY(FORMULA_VERSION_WITHDRAW, formula_version, nothing, "UPDATE formula_version SET state = 'withdrawn' WHERE id = :id AND state = 'approved'")
QUERY(FORMULA_COMPONENT_DELETE, formula_component, nothing, "DELETE FROM formula_component WHERE id = :id")
QUERY(FORMULA_COMPONENTS_OF, formula_component, formula_component_line,
      "SELECT c.id, c.version, c.rank, c.material, c.amount, c.per_capsule, c.tolerance, c.overage, c.salt_factor, c.density, m.code, m.name, "
      "m.kind, m.unit, m.quality, m.capsule_size, m.capsule_volume, coalesce(c.density, m.density) AS bulk_density, m.known_effect, m.list "
      "FROM formula_component c JOIN material m ON m.id = c.material WHERE c.version = :version ORDER BY c.rank")
QUERY(FORMULA_STEP_DELETE, formula_step, nothing, "DELETE FROM formula_step WHERE id = :id")
QUERY(FORMULA_STEPS_OF, formula_step, formula_step, SQL_SELECT("formula_step", FORMULA_STEP_FIELDS) "WHERE version = :version ORDER BY rank")
QUERY(FORMULA_CONTROL_DELETE, formula_control, nothing, "DELETE FROM formula_control WHERE id = :id")
QUERY(FORMULA_CONTROLS_OF, formula_control, formula_control,
      SQL_SELECT("formula_control", FORMULA_CONTROL_FIELDS) "WHERE version = :version ORDER BY rank")
QUERY(FORMULA_CONDITION_INSERT, formula_condition, nothing, SQL_INSERT("formula_condition", FORMULA_CONDITION_FIELDS))
QUERY(FORMULA_CONDITION_BY_ID, formula_condition, formula_condition, SQL_SELECT("formula_condition", FORMULA_CONDITION_FIELDS) "WHERE id = :id")
QUERY(FORMULA_CONDITION_DELETE, formula_condition, nothing, "DELETE FROM formula_condition WHERE id = :id")
QUERY(FORMULA_CONDITIONS_OF, formula_condition, formula_condition,
      SQL_SELECT("formula_condition", FORMULA_CONDITION_FIELDS) "WHERE version = :version ORDER BY id")
