#include "magistral/store/formula.h"

#include "statement.h"

SHAPE(formula, FORMULA_FIELDS)
SHAPE(formula_version, FORMULA_VERSION_FIELDS)
SHAPE(formula_component, FORMULA_COMPONENT_FIELDS)
SHAPE(formula_step, FORMULA_STEP_FIELDS)
SHAPE(formula_control, FORMULA_CONTROL_FIELDS)

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
