/* The bottle is scanned together with the patient's label that was stuck on it: labels of two patients that were swapped are found
 * here. A wrong bottle and a wrong label are near misses. Rule: CSP R.4235-48; BPP 5.59. */
#include <string.h>

#include "magistral/act/dispensings.h"
#include "magistral/act/scans.h"

static const input_definition inputs[] = {
    {"dispensing", INPUT_NUMBER, INPUT_POSITIONAL, "dispensing", "2026/0001"},
    {"bottle", INPUT_TEXT, INPUT_SCANNED, NULL, "B26-0001/1"},
    {"label", INPUT_TEXT, INPUT_SCANNED, NULL, "E26-0013"},
    {0},
};

/* What is scanned and what the dispensing holds. */
typedef struct scanning {
    dispensing dispensing;
    taken_bottle *held;
    size_t count, at; /* of the bottle scanned */
    label label;
} scanning;

/* What a scanner reads: the code of the bottle's label, or the number typed in when a label cannot be read. */
static ending find_bottle(call *call, taken_bottle *ret_bottle, bool *ret_found)
{
    const char *number = call_text(call, "bottle");
    if (scans_is_code(number))
        TRY(scans_number(call, "bottle", "bottle", number, &number));
    return store_find(call->store, &BOTTLE_SCANNED, (&(taken_bottle){.number = number}), call->arena, ret_bottle, ret_found);
}

static ending check_bottle(call *call, scanning *s)
{
    taken_bottle scanned = {0};
    bool known = false;
    TRY(find_bottle(call, &scanned, &known));
    if (!known) {
        call_wrong_scan(call, "bottle", scans_kept(call->arena, call_text(call, "bottle")));
        return call_refuse(call, "DISPENSING-20", "bottle", "bottle", call_text(call, "bottle"), NULL);
    }
    while (s->at < s->count && s->held[s->at].id != scanned.id)
        s->at++;
    if (s->at == s->count) {
        call_wrong_scan(call, "bottle", scanned.number);
        return call_refuse(call, "DISPENSING-21", "bottle", "bottle", scanned.number, "dispensing", s->dispensing.number, NULL);
    }
    if (dispensings_is_scanned(&s->held[s->at]))
        return call_refuse(call, "DISPENSING-22", "bottle", "bottle", scanned.number, NULL);
    return dispensings_check_bottle_label(call, "bottle", scanned.number);
}

static ending find_label(call *call, label *ret_label)
{
    const char *text = call_text(call, "label");
    bool found = false;
    if (scans_is_code(text)) {
        ending result = scans_label(call, "label", text, ret_label);
        if (result == REFUSED)
            call_wrong_scan(call, "label", scans_kept(call->arena, text));
        return result;
    }
    TRY(store_find(call->store, &LABEL_BY_NUMBER, (&(label){.number = text}), call->arena, ret_label, &found));
    if (found)
        return DONE;
    call_wrong_scan(call, "label", scans_kept(call->arena, text));
    return call_refuse(call, "DISPENSING-27", "label", "label", text, NULL);
}

/* A label names its bottle and says what it holds: the nth of one print is for the nth bottle. */
static ending check_named(call *call, const scanning *s)
{
    label *printed = NULL;
    size_t count = 0, copy = 0;
    TRY(store_list(call->store, &LABEL_OF_DOCUMENT, &s->label, call->arena, &printed, &count));
    for (size_t i = 0; i < count && printed[i].id != s->label.id; i++)
        copy += strcmp(printed[i].subject, s->label.subject) == 0;
    if (copy >= s->count || copy == s->at)
        return DONE;
    call_wrong_scan(call, "label", s->label.number);
    return call_refuse(call, "DISPENSING-31", "label", "label", s->label.number, "named", s->held[copy].number, "bottle",
                       s->held[s->at].number, NULL);
}

static ending check_label(call *call, scanning *s)
{
    TRY(find_label(call, &s->label));
    const label *l = &s->label;
    if (strcmp(l->kind, "dispensing") != 0 || strcmp(l->subject, s->dispensing.number) != 0) {
        call_wrong_scan(call, "label", l->number);
        return call_refuse(call, "DISPENSING-28", "label", "label", l->number, "kind", call_word(call, "kind.", scans_thing(l->kind)), "number",
                           l->subject, "dispensing", s->dispensing.number, NULL);
    }
    if (strcmp(l->state, "applied") != 0)
        return call_refuse(call, "DISPENSING-29", "label", "label", l->number, "state", call_state(call, "label", l->state), NULL);
    for (size_t i = 0; i < s->count; i++)
        if (text_equal(s->held[i].label, l->number))
            return call_refuse(call, "DISPENSING-30", "label", "label", l->number, "bottle", s->held[i].number, NULL);
    return check_named(call, s);
}

static ending run(call *call)
{
    scanning s = {0};
    TRY(dispensings_find(call, &s.dispensing));
    TRY(dispensings_check_state(call, &s.dispensing));
    TRY(dispensings_check_its_batch(call, &s.dispensing, "dispensing"));
    TRY(store_list(call->store, &BOTTLES_OF_DISPENSING, (&(taken_bottle){.dispensing = s.dispensing.id}), call->arena, &s.held, &s.count));
    TRY(check_bottle(call, &s));
    TRY(check_label(call, &s));
    const taken_bottle *bottle = &s.held[s.at];
    dispensing_bottle scanned = {.dispensing = s.dispensing.id, .bottle = bottle->id, .scanned_at = call->now, .label = s.label.id};
    TRY(store_update(call->store, &DISPENSING_BOTTLE_SCAN, &scanned));
    call_concerns(call, "bottle", bottle->number);
    call_concerns(call, "label", s.label.number);
    dispensings_put(call, &s.dispensing, s.dispensing.state);
    put_link(call->done, "bottle", "bottle", bottle->number);
    put_link(call->done, "label", "label", s.label.number);
    return DONE;
}

const act dispensing_scan_act = {.name = "dispensing scan", .right = RIGHT_PRINT_LABELS, .inputs = inputs, .states = "confirmed", .run = run};
