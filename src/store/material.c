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
