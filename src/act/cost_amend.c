/* Other minutes, hours or euros than were declared for a batch, or none at all, until its cost price is frozen. Rule: BPP 4.40. */
#include "magistral/act/amendments.h"
#include "magistral/act/costs.h"
#include "magistral/act/numbers.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"part", INPUT_CHOICE, 0, "labour|equipment|purchases", "labour"},
    {"declaration", INPUT_COUNT, 0, NULL, "1"},
    {"minutes", INPUT_COUNT, INPUT_OPTIONAL, "min", "190"},
    {"hours", INPUT_DECIMAL, INPUT_OPTIONAL, "h", ""},
    {"amount", INPUT_MONEY, INPUT_OPTIONAL, NULL, ""},
    {"reason", INPUT_TEXT, 0, NULL, "1900 tapé pour 190"},
    {0},
};

enum { MOST_MINUTES = 10000, MOST_HOURS = 1000, MOST_PLACES = 3 };

typedef struct amending_cost {
    batch batch;
    work work;
    equipment_use use;
    purchase purchase;
    int64_t author;
    const char *at;
    amended_entry entry;
} amending_cost;

static bool is_rank(int64_t rank, size_t count)
{
    return rank >= 1 && (size_t)rank <= count;
}

static ending find_work(call *call, int64_t rank, amending_cost *a, bool *ret_found)
{
    work_line *lines = NULL;
    size_t count = 0;
    int64_t minutes = call_integer(call, "minutes");
    TRY(store_list(call->store, &WORK_OF_BATCH, (&(work_line){.batch = a->batch.id}), call->arena, &lines, &count));
    *ret_found = is_rank(rank, count);
    if (!*ret_found)
        return DONE;
    TRY(store_find(call->store, &WORK_BY_ID, (&(work){.id = lines[rank - 1].id}), call->arena, &a->work, ret_found));
    if (!call_has(call, "minutes") || minutes < 0 || minutes > MOST_MINUTES)
        call_refuse(call, "COST-16", "minutes", NULL);
    a->entry = amendments_number(call, "minutes", a->work.minutes, minutes, "min");
    a->author = a->work.declared_by;
    a->at = a->work.at;
    a->work.minutes = minutes;
    return DONE;
}

static ending find_use(call *call, int64_t rank, amending_cost *a, bool *ret_found)
{
    equipment_use *lines = NULL;
    size_t count = 0;
    decimal hours = {0};
    TRY(store_list(call->store, &EQUIPMENT_USE_OF_BATCH, (&(equipment_use){.batch = a->batch.id}), call->arena, &lines, &count));
    *ret_found = is_rank(rank, count);
    if (!*ret_found)
        return DONE;
    bool read = call_has(call, "hours") && decimal_parse(call_text(call, "hours"), &hours) == DECIMAL_GOOD;
    if (!read || hours.digits < 0 || hours.places > MOST_PLACES || decimal_compare(hours, decimal_whole(MOST_HOURS)) > 0)
        call_refuse(call, "COST-17", "hours", NULL);
    a->use = lines[rank - 1];
    a->entry = (amended_entry){"hours", a->use.hours, call_text(call, "hours"), "h", NULL};
    a->author = a->use.declared_by;
    a->at = a->use.at;
    a->use.hours = a->entry.value;
    return DONE;
}

static ending find_purchase(call *call, int64_t rank, amending_cost *a, bool *ret_found)
{
    purchase *lines = NULL;
    size_t count = 0;
    int64_t amount = call_integer(call, "amount");
    TRY(store_list(call->store, &PURCHASE_OF_BATCH, (&(purchase){.batch = a->batch.id}), call->arena, &lines, &count));
    *ret_found = is_rank(rank, count);
    if (!*ret_found)
        return DONE;
    if (!call_has(call, "amount") || amount < 0 || amount > MOST_AMOUNT)
        call_refuse(call, "COST-18", "amount", NULL);
    a->purchase = lines[rank - 1];
    a->entry = amendments_number(call, "sum", a->purchase.amount, amount, "micro-euro");
    a->author = a->purchase.declared_by;
    a->at = a->purchase.at;
    a->purchase.amount = amount;
    return DONE;
}

static ending run(call *call)
{
    amending_cost a = {0};
    bool found = false;
    const char *part = call_text(call, "part");
    int64_t rank = call_integer(call, "declaration");
    TRY(costs_open_batch(call, &a.batch));
    if (text_equal(part, "labour"))
        TRY(find_work(call, rank, &a, &found));
    else if (text_equal(part, "equipment"))
        TRY(find_use(call, rank, &a, &found));
    else
        TRY(find_purchase(call, rank, &a, &found));
    if (!found)
        call_refuse(call, "COST-15", "declaration", "batch", a.batch.number, "part", call_word(call, "state.", part), "declaration", count_text(call->arena, rank), NULL);
    TRY(call_ending(call));
    amending amending = {.batch = &a.batch, .kind = "cost", .subject = arena_format(call->arena, "%s %lld", part, (long long)rank), .author = a.author, .entered_at = a.at,
                         .good_before = true, .good_after = true, .entries = &a.entry, .count = text_equal(a.entry.former, a.entry.value) ? 0 : 1};
    TRY(amendments_check(call, &amending));
    put_link(call->done, "batch", "batch", a.batch.number);
    TRY(amendments_write(call, &amending));
    if (a.work.id)
        return store_update(call->store, &WORK_AMEND, &a.work);
    return a.use.id ? store_update(call->store, &EQUIPMENT_USE_AMEND, &a.use) : store_update(call->store, &PURCHASE_AMEND, &a.purchase);
}

const act cost_amend_act = {.name = "cost amend", .right = RIGHT_DECLARE_COSTS, .inputs = inputs, .run = run};
