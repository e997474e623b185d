/* Materials that run low. */
#include "magistral/act/homes.h"
#include "magistral/act/lots.h"
#include "magistral/act/materials.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"

static const char *written(const call *call, int64_t quantity, const char *unit)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    typography_add_formula(&text, call->language, quantity_words(call->arena, quantity, unit));
    return arena_text(call->arena, buffer_text(&text));
}

static void add_material(home *home, const material *material, int64_t usable)
{
    call *call = home->call;
    refusal_value values[] = {{"usable", written(call, usable, material->unit)}, {"level", written(call, material->reorder_level, material->unit)}};
    home_row row = {.kind = "material", .number = material->code, .about = material->name, .task = "order", .act = "stock list",
                    .detail = catalogue_fill(call->arena, call->language, "home.low-stock", values, 2), .inputs = {{"material", material->code, false}}};
    if (home_may(home, "lot receive"))
        home_add(home, HOME_LIST_LOW_STOCK, &row);
}

ending home_add_stock(home *home)
{
    material *watched = NULL;
    size_t count = 0;
    TRY(store_list(home->call->store, &MATERIALS_WATCHED, NOTHING, home->call->arena, &watched, &count));
    for (size_t i = 0; i < count; i++) {
        int64_t usable = 0;
        TRY(lots_usable(home->call, watched[i].id, &usable));
        if (usable < watched[i].reorder_level)
            add_material(home, &watched[i], usable);
    }
    return DONE;
}
