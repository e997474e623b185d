#include "magistral/store/material.h"

#include "statement.h"

SHAPE(material, MATERIAL_FIELDS)
SHAPE(supplier, SUPPLIER_FIELDS)

QUERY(MATERIAL_INSERT, material, nothing, SQL_INSERT("material", MATERIAL_FIELDS))
QUERY(MATERIAL_BY_ID, material, material, SQL_SELECT("material", MATERIAL_FIELDS) "WHERE id = :id")
QUERY(MATERIAL_BY_CODE, material, material, SQL_SELECT("material", MATERIAL_FIELDS) "WHERE code = :code")
QUERY(SUPPLIER_INSERT, supplier, nothing, SQL_INSERT("supplier", SUPPLIER_FIELDS))
QUERY(SUPPLIER_BY_ID, supplier, supplier, SQL_SELECT("supplier", SUPPLIER_FIELDS) "WHERE id = :id")
QUERY(SUPPLIER_BY_CODE, supplier, supplier, SQL_SELECT("supplier", SUPPLIER_FIELDS) "WHERE code = :code")
QUERY(MATERIAL_LIST, material, material, SQL_SELECT("material", MATERIAL_FIELDS) "WHERE :kind IS NULL OR kind = :kind ORDER BY code")
QUERY(MATERIAL_SET_REORDER_LEVEL, material, nothing, "UPDATE material SET reorder_level = :reorder_level WHERE id = :id")
QUERY(MATERIALS_WATCHED, nothing, material, SQL_SELECT("material", MATERIAL_FIELDS) "WHERE reorder_level IS NOT NULL ORDER BY code")
QUERY(SUPPLIER_LIST, nothing, supplier, SQL_SELECT("supplier", SUPPLIER_FIELDS) "ORDER BY code")
QUERY(SUPPLIER_QUALIFY, supplier, nothing,
      "UPDATE supplier SET qualified_on = :qualified_on, qualified_until = :qualified_until, qualification = :qualification, "
      "qualified_by = :qualified_by WHERE id = :id")
