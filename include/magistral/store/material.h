#ifndef MAGISTRAL_STORE_MATERIAL_H
#define MAGISTRAL_STORE_MATERIAL_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define MATERIAL_FIELDS(INTEGER, TEXT) \
    TEXT(code) TEXT(name) TEXT(kind) TEXT(unit) TEXT(cas) TEXT(quality) TEXT(capsule_size) INTEGER(capsule_volume) \
    TEXT(density) TEXT(storage) TEXT(hazard) INTEGER(known_effect) TEXT(list) INTEGER(reorder_level)
RECORD(material, MATERIAL_FIELDS)

extern const query MATERIAL_INSERT, MATERIAL_BY_ID, MATERIAL_BY_CODE;
extern const query MATERIAL_LIST; /* material.kind, or NULL for all */
extern const query MATERIAL_SET_REORDER_LEVEL, MATERIALS_WATCHED; /* those that have a reorder level */

#define SUPPLIER_FIELDS(INTEGER, TEXT) \
    TEXT(code) TEXT(name) TEXT(address) TEXT(category) TEXT(qualified_on) TEXT(qualified_until) TEXT(qualification) \
    INTEGER(qualified_by)
RECORD(supplier, SUPPLIER_FIELDS)

extern const query SUPPLIER_INSERT, SUPPLIER_BY_ID, SUPPLIER_BY_CODE, SUPPLIER_LIST;
extern const query SUPPLIER_QUALIFY; /* supplier.qualified_on, qualified_until, qualification, qualified_by */

#endif
