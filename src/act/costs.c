#include "magistral/act/costs.h"

#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/base/catalogue.h"
#include "magistral/store/dispensing.h"
#include "magistral/store/site.h"

const char *const cost_parts[COST_PARTS] = {"materials", "labour", "equipment", "purchases", "overhead"};
enum { MATERIALS, LABOUR, EQUIPMENT, PURCHASES, OVERHEAD };

ending costs_open_batch(call *call, batch *ret_batch)
{
    cost_sheet sheet = {0};
    bool frozen = false;
    TRY(batches_find(call, "batch", ret_batch));
    TRY(store_find(call->store, &COST_SHEET_OF_BATCH, (&(cost_sheet){.batch = ret_batch->id}), call->arena, &sheet, &frozen));
    if (frozen)
        return call_refuse(call, "COST-02", "batch", "batch", ret_batch->number, NULL);
    if (strcmp(ret_batch->state, "cancelled") == 0)
        return call_refuse(call, "COST-03", "batch", "batch", ret_batch->number, NULL);
    return DONE;
}

ending costs_check_rate(call *call, const char *field, const char *kind)
{
    rate rate = {0};
    bool found = false;
    const char *code = call_text(call, field);
    TRY(store_find(call->store, &RATE_OF_CODE, (&(struct rate){.code = code}), call->arena, &rate, &found));
    if (found && strcmp(rate.kind, kind) == 0)
        return DONE;
    return call_refuse(call, "COST-04", field, "code", code, "kind", call_word(call, "state.", kind), NULL);
}

/* A hundred million euro: more is a slip of the keyboard. */

void costs_check_amount(call *call, const char *field)
{
    int64_t amount = call_integer(call, field);
    if (amount <= 0 || amount > MOST_AMOUNT)
        call_refuse(call, "COST-09", field, "amount", call_text(call, field), NULL);
}

const char *costs_euro(arena *arena, ratio euros)
{
    const char *text = ratio_text(arena, euros);
    decimal value;
    if (decimal_parse(text, &value) == DECIMAL_GOOD && value.places < 2 && decimal_at_places(value, 2, &value))
        return decimal_text(arena, value);
    return text;
}

static void add_line(call *call, cost_draft *draft, int part, cost_line line, figure amount)
{
    if (draft->count == draft->room) {
        draft->room = draft->room ? draft->room * 2 : 16;
        cost_line *lines = arena_array(call->arena, draft->room, sizeof *lines);
        figure *amounts = arena_array(call->arena, draft->room, sizeof *amounts);
        if (draft->count > 0) {
            memcpy(lines, draft->lines, draft->count * sizeof *lines);
            memcpy(amounts, draft->amounts, draft->count * sizeof *amounts);
        }
        draft->lines = lines;
        draft->amounts = amounts;
    }
    line.rank = (int64_t)draft->count + 1;
    line.part = cost_parts[part];
    line.amount = costs_euro(call->arena, amount.value);
    if (!figure_repeats(line.formula, line.amount, "EUR"))
        line.formula = arena_format(call->arena, "%s = %s EUR", line.formula, line.amount);
    amount.text = line.amount;
    draft->amounts[draft->count] = amount;
    draft->lines[draft->count++] = line;
}

static const char *quantity_text(arena *arena, const char *unit, int64_t quantity)
{
    bool counted = strcmp(unit, "count") == 0;
    return counted ? arena_format(arena, "%lld", (long long)quantity) : mass_text(arena, (mass){quantity}, "g", 0);
}

/* True when a price for one unit ends, so that it can stand for itself instead of a division. */
static bool ends(ratio price, const char *text)
{
    decimal shown;
    return decimal_parse(text, &shown) == DECIMAL_GOOD && ratio_compare(ratio_of_decimal(shown), price) == 0;
}

/* "(55.012 g + 53.489 g) x 0.042 EUR/g": each time the material was taken, at the lot's price for one unit, or the price
 * of the whole lot over its quantity where that division does not end. */
static void add_material(call *call, cost_draft *draft, const consumed *taken, size_t times)
{
    arena *arena = call->arena;
    const char *unit = strcmp(taken->unit, "count") == 0 ? "" : " g", *each = *unit ? "EUR/g" : "EUR";
    int64_t used = 0;
    BUFFER_SCOPE buffer terms = BUFFER_EMPTY;
    for (size_t i = 0; i < times; i++) {
        used += taken[i].used;
        if (taken[i].used < 0)
            buffer_add_format(&terms, " - %s%s", quantity_text(arena, taken[i].unit, -taken[i].used), unit);
        else
            buffer_add_format(&terms, "%s%s%s", i > 0 ? " + " : "", quantity_text(arena, taken[i].unit, taken[i].used), unit);
    }
    ratio scale = ratio_whole(*unit ? 1000000000 : 1), received = ratio_divide(ratio_whole(taken->received), scale);
    ratio price = ratio_divide(money_euro((money){taken->price}), received);
    const char *price_text = costs_euro(arena, price);
    const char *rate = ends(price, price_text) ? arena_format(arena, "%s %s", price_text, each)
                                               : arena_format(arena, "%s EUR / %s%s", money_text(arena, (money){taken->price}),
                                                              quantity_text(arena, taken->unit, taken->received), unit);
    const char *open = times > 1 ? "(" : "", *close = times > 1 ? ")" : "";
    cost_line line = {.kind = taken->kind, .description = arena_format(arena, "%s, %s", taken->material, taken->lot),
                      .quantity = quantity_text(arena, taken->unit, used), .unit = *unit ? "g" : NULL, .price = price_text, .price_unit = each,
                      .formula = arena_format(arena, "%s%s%s x %s", open, terms.bytes, close, rate)};
    add_line(call, draft, MATERIALS, line,
             cost_of_material(arena, (money){taken->price}, received, ratio_divide(ratio_whole(used), scale)));
}

bool costs_usable(arena *arena, const lot_analysis_sum *lot, const char *unit, ratio *ret_usable, const char **ret_words)
{
    bool counted = strcmp(unit, "count") == 0;
    const char *of = counted ? "" : " g", *received = quantity_text(arena, unit, lot->received);
    *ret_usable = ratio_divide(ratio_whole(lot->received - lot->sampled), ratio_whole(counted ? 1 : 1000000000));
    *ret_words = lot->sampled == 0 ? arena_format(arena, "%s%s", received, of)
                                   : arena_format(arena, "(%s%s - %s%s)", received, of, quantity_text(arena, unit, lot->sampled), of);
    return lot->received > lot->sampled;
}

/* What was taken of a lot bears its share of the lot's own analyses: "6.5068 g x 690.00 EUR / (250 g - 20 g)". */
static ending add_analysis(call *call, cost_draft *draft, const consumed *taken, size_t times)
{
    lot_analysis_sum lot = {0};
    bool found = false, mass = strcmp(taken->unit, "count") != 0;
    int64_t used = 0;
    ratio usable;
    const char *words = NULL;
    for (size_t i = 0; i < times; i++)
        used += taken[i].used;
    TRY(store_find(call->store, &LOT_ANALYSIS_SUM, (&(lot_analysis_sum){.number = taken->lot}), call->arena, &lot, &found));
    if (lot.amount == 0 || !costs_usable(call->arena, &lot, taken->unit, &usable, &words))
        return DONE;
    refusal_value values[] = {{"material", taken->material}, {"lot", taken->lot}};
    const char *quantity = quantity_text(call->arena, taken->unit, used), *unit = mass ? " g" : "";
    ratio each = ratio_divide(money_euro((money){lot.amount}), usable);
    const char *price = costs_euro(call->arena, each);
    cost_line line = {.kind = taken->kind, .description = catalogue_fill(call->arena, call->site_language, "cost.lot-analysis", values, 2),
                      .quantity = quantity, .unit = mass ? "g" : NULL, .price = ends(each, price) ? price : NULL, .price_unit = mass ? "EUR/g" : "EUR",
                      .formula = arena_format(call->arena, "%s%s x %s EUR / %s", quantity, unit, money_text(call->arena, (money){lot.amount}), words)};
    add_line(call, draft, MATERIALS, line,
             cost_of_material(call->arena, (money){lot.amount}, usable, ratio_divide(ratio_whole(used), ratio_whole(mass ? 1000000000 : 1))));
    return DONE;
}

static ending is_amortised(call *call, bool *ret_amortised)
{
    setting setting = {0};
    bool set = false;
    TRY(store_find(call->store, &SETTING_OF, (&(struct setting){.name = "lot-analysis-amortised"}), call->arena, &setting, &set));
    *ret_amortised = set && text_equal(setting.value, "yes");
    return DONE;
}

static ending add_materials(call *call, cost_draft *draft, const batch *batch)
{
    consumed *taken = NULL;
    size_t count = 0;
    bool amortised = false;
    TRY(is_amortised(call, &amortised));
    TRY(store_list(call->store, &CONSUMED_OF_BATCH, (&(consumed){.batch = batch->id}), call->arena, &taken, &count));
    for (size_t first = 0, next; first < count; first = next) {
        for (next = first + 1; next < count && strcmp(taken[next].lot, taken[first].lot) == 0;)
            next++;
        add_material(call, draft, &taken[first], next - first);
        if (amortised)
            TRY(add_analysis(call, draft, &taken[first], next - first));
    }
    return DONE;
}

/* The rate of a code on the day of making; NULL, and a refusal, when it was not yet in force. */
static ending rate_of(call *call, const cost_draft *draft, const char *code, rate *ret_rate, bool *ret_found)
{
    TRY(store_find(call->store, &RATE_AT, (&(rate){.code = code, .starts = draft->rates_of}), call->arena, ret_rate, ret_found));
    return *ret_found ? DONE : call_refuse(call, "COST-05", "batch", "code", code, "day", draft->rates_of, NULL);
}

static ending add_labour(call *call, cost_draft *draft, const batch *batch)
{
    work_line *done = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &WORK_OF_BATCH, (&(work_line){.batch = batch->id}), call->arena, &done, &count));
    for (size_t i = 0; i < count; i++) {
        rate rate = {0};
        bool found = false;
        COLLECT(rate_of(call, draft, done[i].grade, &rate, &found));
        if (!found)
            continue;
        const char *minutes = arena_format(call->arena, "%lld", (long long)done[i].minutes);
        const char *price = money_text(call->arena, (money){rate.amount});
        cost_line line = {.description = arena_format(call->arena, "%s, %s, %s", rate.name, done[i].activity, done[i].name),
                          .quantity = minutes, .unit = "min", .price = price, .price_unit = "EUR/h",
                          .formula = arena_format(call->arena, "%s min / 60 x %s EUR/h", minutes, price)};
        add_line(call, draft, LABOUR, line, cost_of_time(call->arena, decimal_whole(done[i].minutes), (money){rate.amount}));
    }
    return DONE;
}

static ending add_equipment(call *call, cost_draft *draft, const batch *batch)
{
    equipment_use *uses = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &EQUIPMENT_USE_OF_BATCH, (&(equipment_use){.batch = batch->id}), call->arena, &uses, &count));
    for (size_t i = 0; i < count; i++) {
        rate rate = {0};
        decimal hours;
        bool found = false;
        COLLECT(rate_of(call, draft, uses[i].rate, &rate, &found));
        if (!found)
            continue;
        if (decimal_parse(uses[i].hours, &hours) != DECIMAL_GOOD)
            return fail(call->outcome, "equipment_use %lld holds no hours", (long long)uses[i].id);
        const char *price = money_text(call->arena, (money){rate.amount});
        cost_line line = {.description = rate.name, .quantity = uses[i].hours, .unit = "h", .price = price, .price_unit = "EUR/h",
                          .formula = arena_format(call->arena, "%s h x %s EUR/h", uses[i].hours, price)};
        add_line(call, draft, EQUIPMENT, line, cost_of_quantity(call->arena, hours, (money){rate.amount}));
    }
    return DONE;
}

static ending add_purchases(call *call, cost_draft *draft, const batch *batch)
{
    purchase *bought = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &PURCHASE_OF_BATCH, (&(purchase){.batch = batch->id}), call->arena, &bought, &count));
    for (size_t i = 0; i < count; i++) {
        cost_line line = {.description = bought[i].description,
                          .formula = arena_format(call->arena, "%s EUR", money_text(call->arena, (money){bought[i].amount}))};
        add_line(call, draft, PURCHASES, line, cost_of_quantity(call->arena, decimal_whole(1), (money){bought[i].amount}));
    }
    return DONE;
}

/* The lines of a part stand together: they were added so. */
static figure part_sum(call *call, const cost_draft *draft, int part)
{
    size_t first = 0, count = 0;
    while (first < draft->count && strcmp(draft->lines[first].part, cost_parts[part]) != 0)
        first++;
    while (first + count < draft->count && strcmp(draft->lines[first + count].part, cost_parts[part]) == 0)
        count++;
    figure sum = cost_sum(call->arena, draft->amounts + (count ? first : 0), count);
    sum.text = costs_euro(call->arena, sum.value);
    return sum;
}

static ending add_overhead(call *call, cost_draft *draft)
{
    rate *rates = NULL;
    size_t count = 0;
    figure labour = part_sum(call, draft, LABOUR);
    TRY(store_list(call->store, &RATES_AT, (&(rate){.starts = draft->rates_of}), call->arena, &rates, &count));
    for (size_t i = 0; i < count; i++) {
        decimal percent;
        if (strcmp(rates[i].kind, "overhead-percent") != 0)
            continue;
        if (decimal_parse(rates[i].percent, &percent) != DECIMAL_GOOD)
            return fail(call->outcome, "rate %s holds no percent", rates[i].code);
        cost_line line = {.description = rates[i].name, .quantity = labour.text, .unit = "EUR", .price = rates[i].percent, .price_unit = "%",
                          .formula = arena_format(call->arena, "%s EUR x %s %%", labour.text, rates[i].percent)};
        add_line(call, draft, OVERHEAD, line, cost_of_share(call->arena, percent, labour.value));
    }
    return DONE;
}

ending costs_compute(call *call, const batch *batch, cost_draft *ret_draft)
{
    cost_draft draft = {.rates_of = batch->made_on ? batch->made_on : call->today,
                        .dispensable = strcmp(batch->state, "released") == 0 ? batch->conforming : 0};
    TRY(add_materials(call, &draft, batch));
    COLLECT(add_labour(call, &draft, batch));
    COLLECT(add_equipment(call, &draft, batch));
    TRY(add_purchases(call, &draft, batch));
    TRY(add_overhead(call, &draft));
    TRY(call_ending(call));
    for (int part = 0; part < COST_PARTS; part++)
        draft.parts[part] = part_sum(call, &draft, part);
    draft.exact = cost_sum(call->arena, draft.parts, COST_PARTS);
    draft.exact.text = costs_euro(call->arena, draft.exact.value);
    if (!cost_round(draft.exact.value, &draft.total))
        return call_refuse(call, "COST-06", "batch", "batch", batch->number, NULL);
    draft.exact.formula = arena_format(call->arena, "%s = %s EUR", draft.exact.formula, draft.exact.text);
    *ret_draft = draft;
    return DONE;
}

ending costs_charged(call *call, int64_t batch, int64_t *ret_units, money *ret_charged)
{
    dispensed dispensed = {0};
    bool found = false;
    TRY(store_find(call->store, &DISPENSED_OF_BATCH, (&(struct dispensed){.batch = batch}), call->arena, &dispensed, &found));
    *ret_units = dispensed.units;
    ret_charged->micro_euro = dispensed.charged;
    return DONE;
}
