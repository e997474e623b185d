#ifndef MAGISTRAL_ACT_MATERIALS_H
#define MAGISTRAL_ACT_MATERIALS_H

#include "magistral/act/call.h"
#include "magistral/store/material.h"

/* What acts on materials and suppliers share. */

/* Finds a material by the code in the input `field`; refused (MATERIAL-01) when there is none. */
ending materials_find(call *call, const char *field, material *ret_material) MUST_CHECK;

/* Finds a supplier by the code in the input `field`; refused (SUPPLIER-01) when there is none. */
ending suppliers_find(call *call, const char *field, supplier *ret_supplier) MUST_CHECK;

/* "qualified", "qualification-over" or "not-qualified" today. */
const char *supplier_state(const call *call, const supplier *supplier);

/* True for substances and capsule shells (BPP 5.26); false for packaging articles. */
bool material_is_raw_material(const material *material);

/* Puts a quantity in the unit of its material ("mass": grams, "count": a whole number). ABSENT puts nothing known. */
answer *put_quantity(answer *object, const char *name, int64_t quantity, const char *unit);

/* The same for formulas and sentences: "6.5068 g", "310". */
const char *quantity_words(arena *arena, int64_t quantity, const char *unit);

#endif
