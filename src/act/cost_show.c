/* The cost price with the computation of each line, what was charged so far and what is left. Before it is frozen: what it
 * would be now. */
#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/costs.h"
#include "magistral/base/catalogue.h"
#include "magistral/store/dispensing.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {0},
};

static void put_line(answer *lines, const cost_line *line)
{
    answer *row = add_object(lines);
    put_text(row, "name", line->description);
    if (line->kind)
        put_state(row, "kind", line->kind);
    put_decimal(row, "quantity", line->quantity, line->unit);
    put_decimal(row, "rate", line->price, line->price_unit);
    if (figure_repeats(line->formula, line->amount, "EUR"))
        put_decimal(row, "sum", line->amount, "EUR");
    else
        put_figure(row, "sum", line->amount, "EUR", line->formula);
}

static figure amount_of(const cost_line *line)
{
    decimal amount = {0};
    figure shown = {.value = RATIO_NONE, .text = line->amount, .unit = "EUR"};
    if (decimal_parse(line->amount, &amount) == DECIMAL_GOOD)
        shown.value = ratio_of_decimal(amount);
    return shown;
}

/* The heading on paper under which a line stands in its section; "" under none. */
static const char *group_of(const cost_line *line)
{
    if (!line->kind)
        return "";
    bool powder = strcmp(line->kind, "active-substance") == 0 || strcmp(line->kind, "excipient") == 0;
    return powder ? "raw-material" : line->kind;
}

/* The lines of a part, all or those of one group; returns how many. */
static size_t put_lines(const cost_line *lines, size_t count, const char *part, const char *group, answer *list)
{
    size_t held = 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i].part, part) == 0 && (!group || strcmp(group_of(&lines[i]), group) == 0)) {
            put_line(list, &lines[i]);
            held++;
            if (!group && text_is_among("labour|equipment|purchases", part)) /* by this rank it is amended */
                put_count(list->last, "declaration", (int64_t)held);
        }
    return held;
}

/* Shells are raw materials, but neither weighed nor articles of packaging: each kind has its heading (BPP 5.26). */
static void put_groups(const call *call, const cost_line *lines, size_t count, const char *part, answer *section)
{
    static const char *const names[] = {"raw-material", "capsule-shell", "packaging-article", ""};
    answer *groups = put_list(section, "groups");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        answer *list = answer_list(call->arena);
        bool last = !*names[i] && !groups->first;
        if (put_lines(lines, count, part, names[i], list) == 0 && !last)
            continue;
        answer *group = add_object(groups);
        put_text(group, "name", *names[i] ? catalogue_word(call->site_language, "group.", names[i]) : NULL);
        answer_put(group, "lines", list);
    }
}

static const char *part_sum(call *call, const cost_line *lines, size_t count, const char *part)
{
    figure *amounts = arena_array(call->arena, count, sizeof *amounts);
    size_t held = 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i].part, part) == 0)
            amounts[held++] = amount_of(&lines[i]);
    return costs_euro(call->arena, cost_sum(call->arena, amounts, held).value);
}

static void put_sections(call *call, const cost_line *lines, size_t count, bool on_paper, answer *to)
{
    answer *sections = put_list(to, "sections");
    for (int part = 0; part < COST_PARTS; part++) {
        answer *section = add_object(sections);
        if (on_paper) {
            put_text(section, "title", catalogue_word(call->site_language, "section.", cost_parts[part]));
            put_groups(call, lines, count, cost_parts[part], section);
        } else {
            put_state(section, "title", cost_parts[part]);
            put_lines(lines, count, cost_parts[part], NULL, put_list(section, "lines"));
        }
        put_decimal(section, "subtotal", part_sum(call, lines, count, cost_parts[part]), "EUR");
    }
}

static void put_cost(call *call, const cost_sheet *sheet, answer *to)
{
    decimal exact = {0};
    answer *cost = put_object(to, "cost");
    put_figure(cost, "exact", sheet->exact, "EUR", sheet->formula);
    put_decimal(cost, "total", money_text(call->arena, (money){sheet->total}), "EUR");
    if (sheet->dispensable > 0 && decimal_parse(sheet->exact, &exact) == DECIMAL_GOOD) {
        figure each = cost_of_capsule(call->arena, ratio_of_decimal(exact), sheet->dispensable);
        put_figure(cost, "unit-cost", each.text, "EUR", each.formula);
    } else {
        put_decimal(cost, "unit-cost", NULL, NULL);
    }
}

static ending put_charges(call *call, const cost_sheet *sheet, answer *to)
{
    dispensing *given = NULL;
    size_t count = 0;
    int64_t units = 0;
    money charged = {0};
    TRY(store_list(call->store, &DISPENSINGS_OF_BATCH, (&(dispensing){.batch = sheet->batch}), call->arena, &given, &count));
    answer *charges = put_list(to, "charges");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(charges);
        put_link(row, "dispensing", "dispensing", given[i].number);
        put_instant(row, "day", given[i].confirmed_at);
        put_state_of(row, "state", "dispensing", given[i].state);
        put_count(row, "units", given[i].units);
        put_figure(row, "charged", money_text(call->arena, (money){given[i].charged}), "EUR", given[i].charge_formula);
    }
    TRY(costs_charged(call, sheet->batch, &units, &charged));
    answer *balance = put_object(to, "running-balance");
    put_count(balance, "units", units);
    put_decimal(balance, "charged", money_text(call->arena, charged), "EUR");
    put_decimal(balance, "remainder", money_text(call->arena, (money){sheet->total - charged.micro_euro}), "EUR");
    return DONE;
}

/* The lines as frozen; or as they would be, with the sheet they would make. */
static ending read_sheet(call *call, const batch *batch, cost_sheet *ret_sheet, cost_line **ret_lines, size_t *ret_count)
{
    bool frozen = false;
    TRY(store_find(call->store, &COST_SHEET_OF_BATCH, (&(cost_sheet){.batch = batch->id}), call->arena, ret_sheet, &frozen));
    if (frozen)
        return store_list(call->store, &COST_LINES_OF_SHEET, (&(cost_line){.sheet = ret_sheet->id}), call->arena, ret_lines, ret_count);
    cost_draft draft = {0};
    TRY(costs_compute(call, batch, &draft));
    *ret_sheet = (cost_sheet){.batch = batch->id, .exact = draft.exact.text, .total = draft.total.micro_euro,
                              .dispensable = draft.dispensable, .rates_of = draft.rates_of, .formula = draft.exact.formula};
    *ret_lines = draft.lines;
    *ret_count = draft.count;
    return DONE;
}

ending costs_put(call *call, const batch *batch, bool on_paper, cost_sheet *ret_sheet, answer *to)
{
    cost_line *lines = NULL;
    size_t count = 0;
    TRY(read_sheet(call, batch, ret_sheet, &lines, &count));
    put_sections(call, lines, count, on_paper, to);
    put_cost(call, ret_sheet, to);
    return put_charges(call, ret_sheet, to);
}

static ending run(call *call)
{
    batch batch = {0};
    cost_sheet sheet = {0};
    const char *state = NULL;
    TRY(batches_find(call, "batch", &batch));
    answer *shown = answer_object(call->arena);
    TRY(costs_put(call, &batch, false, &sheet, shown));
    put_link(call->done, "batch", "batch", batch.number);
    TRY(batches_state(call, batch.id, &state));
    put_state(call->done, "state", state);
    put_day(call->done, "made", batch.made_on);
    put_truth(call->done, "frozen", sheet.id != 0);
    put_instant(call->done, "frozen-at", sheet.frozen_at);
    put_day(call->done, "rates-of", sheet.rates_of);
    put_count(call->done, "dispensable", sheet.dispensable);
    for (answer *child = shown->first, *next; child; child = next) {
        next = child->next;
        child->next = NULL;
        answer_add(call->done, child);
    }
    return DONE;
}

const act cost_show_act = {.name = "cost show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
