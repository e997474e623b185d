/* What was entered at the reception of a lot was wrong: the first value stays, the stock follows a quantity, and each batch that holds
 * something of the lot is told: by a deviation while it is undecided, by a dated note once it is released. Rule: BPP 4.14, 4.40, 6.32; EU GMP 4.9. */
#include "magistral/act/amendments.h"
#include "magistral/act/lots.h"
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"lot", INPUT_NUMBER, INPUT_POSITIONAL, "lot", "MP26-0003"},
    {"manufacturer", INPUT_TEXT, INPUT_OPTIONAL | INPUT_PRESENT, NULL, ""},
    {"supplier-lot", INPUT_TEXT, INPUT_OPTIONAL | INPUT_PRESENT, NULL, "SX-25117"},
    {"container", INPUT_NUMBER, INPUT_OPTIONAL, "container", ""},
    {"quantity", INPUT_QUANTITY, INPUT_OPTIONAL, NULL, ""},
    {"price", INPUT_MONEY, INPUT_OPTIONAL | INPUT_PRESENT, NULL, ""},
    {"free-of-charge", INPUT_TRUTH, INPUT_OPTIONAL, NULL, ""},
    {"expiry", INPUT_DAY, INPUT_OPTIONAL, NULL, ""},
    {"retest", INPUT_DAY, INPUT_OPTIONAL, NULL, ""},
    {"certificate-reference", INPUT_TEXT, INPUT_OPTIONAL | INPUT_PRESENT, NULL, ""},
    {"reason", INPUT_TEXT, 0, NULL, "Étiquette du fournisseur relue"},
    {0},
};

typedef struct change {
    lot before, after;
    container container; /* whose quantity changes; id 0 when none does */
    int64_t more;        /* in it, in the unit of the material */
    amended_entry entries[6];
    size_t count;
} change;

static void add_text(call *call, change *c, const char *entry, const char *former, const char **ret_after)
{
    if (!call_has(call, entry))
        return;
    *ret_after = call_text(call, entry);
    if (!text_equal(former, *ret_after))
        c->entries[c->count++] = (amended_entry){entry, former, *ret_after, NULL, NULL};
}

static ending add_limit(call *call, change *c)
{
    lot_retest *retests = NULL;
    size_t count = 0;
    if (!call_has(call, "expiry") && !call_has(call, "retest"))
        return DONE;
    const char *kind = call_has(call, "expiry") ? "expiry" : "retest";
    if (call_has(call, "expiry") && call_has(call, "retest"))
        return call_refuse(call, "LOT-25", "retest", NULL);
    TRY(store_list(call->store, &LOT_RETESTS_OF, (&(lot_retest){.lot = c->before.id}), call->arena, &retests, &count));
    if (count > 0)
        return call_refuse(call, "AMENDMENT-16", kind, "lot", c->before.number, NULL);
    c->after.limit_kind = kind;
    c->after.limit_day = call_text(call, kind);
    const char *former = c->before.limit_day ? arena_format(call->arena, "%s %s", c->before.limit_kind, c->before.limit_day) : NULL;
    const char *value = arena_format(call->arena, "%s %s", kind, c->after.limit_day);
    if (!text_equal(former, value))
        c->entries[c->count++] = (amended_entry){"limit-day", former, value, NULL, NULL};
    return DONE;
}

static ending find_container(call *call, change *c)
{
    stock_line *lines = NULL;
    size_t count = 0, meant = 0;
    bool found = false, given = call_has(call, "container");
    TRY(store_list(call->store, &LOT_STOCK, (&(stock_line){.lot = c->before.id}), call->arena, &lines, &count));
    while (given && meant < count && !text_equal(lines[meant].container, call_text(call, "container")))
        meant++;
    if (meant == count || (!given && count > 1))
        return call_refuse(call, "AMENDMENT-17", "container", "lot", c->before.number, NULL);
    return store_find(call->store, &CONTAINER_BY_ID, (&(container){.id = lines[meant].id}), call->arena, &c->container, &found);
}

/* What was received in the container: less than has left it since is refused. */
static ending add_quantity(call *call, change *c)
{
    material material = {0};
    stock_line received = {0};
    bool found = false;
    if (!call_has(call, "quantity"))
        return DONE;
    if (text_equal(c->before.state, "destroyed"))
        return call_refuse(call, "AMENDMENT-19", "quantity", "lot", c->before.number, "state", call_word(call, "state.", c->before.state), NULL);
    TRY(lot_material(call, &c->before, &material));
    TRY(quantity_fits(call, "quantity", &material));
    TRY(find_container(call, c));
    TRY(store_find(call->store, &CONTAINER_RECEIVED, (&(stock_line){.id = c->container.id}), call->arena, &received, &found));
    c->more = call_integer(call, "quantity") - received.quantity;
    c->after.quantity += c->more;
    if (c->more != 0)
        c->entries[c->count++] = amendments_number(call, "quantity", received.quantity, call_integer(call, "quantity"),
                                                   text_equal(material.unit, "mass") ? "ng" : NULL);
    return stock_check(call, "quantity", &c->container, c->more);
}

static ending check_same(call *call, const change *c)
{
    lot same = {0};
    bool found = false;
    if (text_equal(c->before.supplier_lot, c->after.supplier_lot))
        return DONE;
    TRY(store_find(call->store, &LOT_SAME, &c->after, call->arena, &same, &found));
    return found ? call_refuse(call, "LOT-10", "supplier-lot", "supplier-lot", c->after.supplier_lot, "lot", same.number, NULL) : DONE;
}

static ending find_changes(call *call, change *c)
{
    c->after = c->before;
    add_text(call, c, "manufacturer", c->before.manufacturer, &c->after.manufacturer);
    add_text(call, c, "supplier-lot", c->before.supplier_lot, &c->after.supplier_lot);
    add_text(call, c, "certificate-reference", c->before.certificate_reference, &c->after.certificate_reference);
    if (call_has(call, "price") || call_truth(call, "free-of-charge"))
        c->after.price = call_integer_or(call, "price", 0);
    if (c->after.price != c->before.price) {
        c->entries[c->count++] = amendments_number(call, "price", c->before.price, c->after.price, "micro-euro");
    }
    if (call_has(call, "price") || call_truth(call, "free-of-charge"))
        lots_check_price(call, c->after.price);
    COLLECT(add_limit(call, c));
    COLLECT(add_quantity(call, c));
    COLLECT(check_same(call, c));
    return call_ending(call);
}

static ending run(call *call)
{
    change c = {0};
    const char *entered_at = NULL;
    int64_t author = ABSENT;
    TRY(lots_find(call, "lot", &c.before));
    TRY(find_changes(call, &c));
    TRY(amendments_author(call, "lot", c.before.number, "lot receive", &author, &entered_at));
    for (size_t i = 0; i < c.count; i++)
        c.entries[i].subject = text_equal(c.entries[i].entry, "quantity") ? c.container.number : NULL;
    amending amending = {.lot = &c.before, .kind = "lot", .subject = c.before.number, .author = author, .entered_at = entered_at,
                         .used = !text_equal(c.before.state, "quarantine"), .good_before = true, .good_after = true, .entries = c.entries, .count = c.count};
    TRY(amendments_check(call, &amending));
    put_link(call->done, "lot", "lot", c.before.number);
    TRY(amendments_write(call, &amending));
    TRY(store_update(call->store, &LOT_AMEND, &c.after));
    if (c.more != 0)
        TRY(stock_move(call, "quantity", &c.container, "amendment", c.more, ABSENT, call_text(call, "reason")));
    return amendments_tell_batches(call, &amending);
}

const act lot_amend_act = {.name = "lot amend", .right = RIGHT_RECEIVE_LOTS, .inputs = inputs, .run = run};
