/* Rates are dated: a later line of the same code replaces the earlier one from its day on, and what a frozen cost price
 * was computed with never changes. */
#include <string.h>

#include "magistral/act/costs.h"

static const input_definition inputs[] = {
    {"code", INPUT_NUMBER, INPUT_POSITIONAL, NULL, "technician"},
    {"name", INPUT_TEXT, 0, NULL, "Préparateur"},
    {"kind", INPUT_CHOICE, 0, "labour-hour|equipment-hour|overhead-percent", "labour-hour"},
    {"starts", INPUT_DAY, 0, NULL, "2026-01-01"},
    {"amount", INPUT_MONEY, INPUT_OPTIONAL, NULL, "31.20 EUR"},
    {"percent", INPUT_DECIMAL, INPUT_OPTIONAL, NULL, ""},
    {0},
};

static void check_amount(call *call, bool overhead)
{
    decimal percent;
    const char *field = overhead ? "percent" : "amount", *other = overhead ? "amount" : "percent";
    if (!call_has(call, field))
        call_refuse(call, "RATE-01", field, "kind", call_word(call, "state.", call_text(call, "kind")), NULL);
    if (call_has(call, other))
        call_refuse(call, "RATE-02", other, "kind", call_word(call, "state.", call_text(call, "kind")), NULL);
    if (call_has(call, "percent") && decimal_parse(call_text(call, "percent"), &percent) == DECIMAL_GOOD &&
        (percent.digits < 0 || decimal_compare(percent, decimal_whole(1000)) > 0))
        call_refuse(call, "RATE-03", "percent", "percent", call_text(call, "percent"), NULL);
}

static ending check_code(call *call, const char *code, const char *kind, const char *starts)
{
    rate first = {0}, same = {0}, used = {0};
    bool known = false, again = false, found = false;
    rate wanted = {.code = code, .kind = kind, .starts = starts};
    TRY(store_find(call->store, &RATE_OF_CODE, &wanted, call->arena, &first, &known));
    TRY(store_find(call->store, &RATE_BY_START, &wanted, call->arena, &same, &again));
    TRY(store_find(call->store, &RATE_LAST_USE, &wanted, call->arena, &used, &found));
    if (known && strcmp(first.kind, kind) != 0)
        call_refuse(call, "RATE-04", "kind", "code", code, "kind", call_word(call, "state.", first.kind), NULL);
    if (again)
        call_refuse(call, "RATE-05", "starts", "code", code, "starts", starts, NULL);
    else if (found && used.starts && strcmp(starts, used.starts) <= 0)
        call_refuse(call, "RATE-06", "starts", "code", code, "starts", starts, "used", used.starts, NULL);
    return call_ending(call);
}

static ending run(call *call)
{
    rate made = {.code = call_text(call, "code"), .name = call_text(call, "name"), .kind = call_text(call, "kind"),
                 .starts = call_text(call, "starts"), .amount = call_integer(call, "amount"), .percent = call_text(call, "percent")};
    check_amount(call, strcmp(made.kind, "overhead-percent") == 0);
    TRY(check_code(call, made.code, made.kind, made.starts));
    TRY(store_insert(call->store, &RATE_INSERT, &made));
    call_concerns(call, "rate", made.code);
    put_link(call->done, "rate", "rate", made.code);
    put_day(call->done, "starts", made.starts);
    return DONE;
}

const act rate_set_act = {.name = "rate set", .right = RIGHT_MANAGE_RATES, .inputs = inputs, .run = run};
