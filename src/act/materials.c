#include "magistral/act/materials.h"

#include <string.h>

#include "magistral/domain/quantity.h"

ending materials_find(call *call, const char *field, material *ret_material)
{
    bool found = false;
    const char *code = call_text(call, field);
    TRY(store_find(call->store, &MATERIAL_BY_CODE, (&(material){.code = code}), call->arena, ret_material, &found));
    return found ? DONE : call_refuse(call, "MATERIAL-01", field, "material", code, NULL);
}

ending suppliers_find(call *call, const char *field, supplier *ret_supplier)
{
    bool found = false;
    const char *code = call_text(call, field);
    TRY(store_find(call->store, &SUPPLIER_BY_CODE, (&(supplier){.code = code}), call->arena, ret_supplier, &found));
    return found ? DONE : call_refuse(call, "SUPPLIER-01", field, "supplier", code, NULL);
}

const char *supplier_state(const call *call, const supplier *supplier)
{
    if (!supplier->qualified_until)
        return "not-qualified";
    return strcmp(supplier->qualified_until, call->today) < 0 ? "qualification-over" : "qualified";
}

bool material_is_raw_material(const material *material)
{
    return strcmp(material->kind, "packaging-article") != 0;
}

answer *put_quantity(answer *object, const char *name, int64_t quantity, const char *unit)
{
    if (quantity == ABSENT)
        return put_text(object, name, NULL);
    if (strcmp(unit, "count") == 0)
        return put_count(object, name, quantity);
    return put_decimal(object, name, mass_text(object->arena, (mass){quantity}, "g", 0), "g");
}

const char *quantity_words(arena *arena, int64_t quantity, const char *unit)
{
    if (strcmp(unit, "count") == 0)
        return arena_format(arena, "%lld", (long long)quantity);
    return mass_words(arena, (mass){quantity});
}
