/* What waits for the person who asks: only what their rights of today let them do, each with the act that does it. */
#include "magistral/act/homes.h"

#include <string.h>

#include "magistral/act/clock.h"
#include "magistral/act/people.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/day.h"
#include "magistral/base/typography.h"

/* Days ahead that are near; and how long what is past and still there is shown. */
enum { NEAR = 30, PAST = 90 };

#define LIST_WORD(name, word) word,
static const char *const list_words[HOME_LIST_COUNT] = {HOME_LISTS(LIST_WORD)};

static const struct {
    home_list list;
    const query *query;
} sources[] = {
    {HOME_LIST_RECALLS, &HOME_RECALLED_BATCHES}, {HOME_LIST_RECALLS, &HOME_RECALLED_LOTS},   {HOME_LIST_DEVIATIONS, &HOME_DEVIATIONS},
    {HOME_LIST_HELD, &HOME_HELD},                     {HOME_LIST_EXCURSIONS, &HOME_EXCURSIONS},     {HOME_LIST_FALLEN, &HOME_CONDEMNED},
                        {HOME_LIST_PORTIONS, &HOME_PORTIONS},       {HOME_LIST_PORTIONS, &HOME_LATE},       {HOME_LIST_DISPENSINGS, &HOME_OPENINGS},
    {HOME_LIST_DISPENSINGS, &HOME_DISPENSINGS},
    {HOME_LIST_LOTS, &HOME_LOTS},                     {HOME_LIST_REQUESTS, &HOME_REQUESTS},       {HOME_LIST_LABELS, &HOME_LABELS}, {HOME_LIST_FORMS, &HOME_FORMS},
    {HOME_LIST_BALANCES, &HOME_BALANCES},             {HOME_LIST_BROKEN, &HOME_BROKEN},             {HOME_LIST_EXPIRING, &HOME_EXPIRING_LOTS},  {HOME_LIST_EXPIRING, &HOME_EXPIRING_BATCHES},
    {HOME_LIST_CALIBRATIONS, &HOME_CALIBRATIONS},     {HOME_LIST_HABILITATIONS, &HOME_REVIEW},     {HOME_LIST_HABILITATIONS, &HOME_HABILITATIONS},     {HOME_LIST_FORMULAS, &HOME_EMERGENCIES}, {HOME_LIST_FORMULAS, &HOME_FORMULAS},       {HOME_LIST_TEMPLATES, &HOME_TEMPLATES},
    {HOME_LIST_SERVE, &HOME_REQUESTS_TO_SERVE},       {HOME_LIST_CONTROLS_DUE, &HOME_CONTROLS_DUE},     {HOME_LIST_SAMPLES, &HOME_SAMPLES},     {HOME_LIST_INVESTIGATIONS, &HOME_INVESTIGATIONS},     {HOME_LIST_ORDERS, &HOME_ORDERS},
    {HOME_LIST_FALLEN, &HOME_DESTRUCTIONS},           {HOME_LIST_FALLEN, &HOME_FALLEN_BATCHES},         {HOME_LIST_FALLEN, &HOME_FALLEN_LOTS},
};

/* How each task is done: the act, its input that takes the number, and further ones. `who` is an act whose right tells for whom
 * the task is, where everybody may do the act itself. A task may have a second line, for those who may not do the first. */
static const struct {
    const char *task, *act, *input, *who;
    const char *value_of;              /* the input that takes the row's value */
    const char *fixed[2];              /* an input and its word */
    bool several;                      /* the value stands for the number, and may be several */
} tasks[] = {
    {.task = "destroy-recalled", .act = "lot destroy", .input = "lot"},
    {.task = "destroy-recalled-batch", .act = "batch destroy", .input = "batch"},
    {.task = "destroy-recalled-batch", .act = "batch show", .input = "batch", .who = "dispensing confirm"},
    {.task = "reach-recalled", .act = "batch show", .input = "batch", .who = "batch recall"},
    {.task = "reach-recalled", .act = "batch show", .input = "batch", .who = "dispensing confirm"},
    {.task = "decide-deviation", .act = "deviation decide", .input = "deviation"},
    {.task = "lift-hold", .act = "batch lift", .input = "batch"},
    {.task = "assess-excursion", .act = "excursion assess", .input = "excursion"},
    {.task = "destroy-condemned", .act = "container destroy", .input = "container"},
    {.task = "verify-weighing", .act = "weighing verify", .input = "weighing"},
    {.task = "verify-late", .act = "late-entry verify", .input = "late-entry"},
    {.task = "verify-opening", .act = "bottle verify-opening", .input = "bottle"},
    {.task = "verify-issue", .act = "issue verify", .input = "issue"},
    {.task = "print-dispensing", .act = "label print", .input = "number", .who = "dispensing check", .fixed = {"kind", "dispensing"}},
    {.task = "scan-bottles", .act = "dispensing scan", .input = "dispensing", .who = "dispensing check"},
    {.task = "check-dispensing", .act = "dispensing check", .input = "dispensing"},
    {.task = "hand-over", .act = "dispensing hand-over", .input = "dispensing"},
    {.task = "refuse-lot", .act = "lot refuse", .input = "lot"},
    {.task = "decide-lot", .act = "lot accept", .input = "lot"},
    {.task = "test-or-decide-lot", .act = "lot accept", .input = "lot"},
    {.task = "test-or-decide-lot", .act = "lot test", .input = "lot"},
    {.task = "accept-request", .act = "request accept", .input = "request"},
    {.task = "refuse-request", .act = "request refuse", .input = "request"},
    {.task = "settle-labels", .act = "label settle", .input = "label", .several = true},
    {.task = "form-entered", .act = "paper-form settle", .input = "paper-form"},
    {.task = "form-out", .act = "paper-form settle", .input = "paper-form"},
    {.task = "form-obsolete", .act = "paper-form settle", .input = "paper-form"},
    {.task = "check-balance", .act = "equipment check", .input = "equipment"},
    {.task = "repair", .act = "equipment log", .input = "equipment", .who = "equipment calibrate", .fixed = {"kind", "repair"}},
    {.task = "check-balance-again", .act = "equipment check", .input = "equipment"},
    {.task = "destroy-expired", .act = "lot destroy", .input = "lot"},
    {.task = "retest-lot", .act = "lot show", .input = "lot", .who = "stock count"},
    {.task = "use-lot-first", .act = "lot show", .input = "lot", .who = "stock count"},
    {.task = "set-bottles-aside", .act = "batch show", .input = "batch", .who = "dispensing confirm"},
    {.task = "dispense-first", .act = "batch show", .input = "batch", .who = "dispensing confirm"},
    {.task = "calibrate-first", .act = "equipment calibrate", .input = "equipment"},
    {.task = "calibrate-overdue", .act = "equipment calibrate", .input = "equipment"},
    {.task = "calibrate", .act = "equipment calibrate", .input = "equipment"},
    {.task = "plan-batch", .act = "batch plan", .input = "requests", .value_of = "formula"},
    {.task = "confirm-dispensing", .act = "request next", .input = "request", .who = "dispensing confirm"},
    {.task = "control-overdue", .act = "result open", .input = "batch", .value_of = "control"},
    {.task = "control-due", .act = "result open", .input = "batch", .value_of = "control"},
    {.task = "conclude-investigation", .act = "investigation conclude", .input = "investigation"},
    {.task = "order-overdue", .act = "order receive", .input = "order"},
    {.task = "order-awaited", .act = "order receive", .input = "order"},
    {.task = "receive-sample", .act = "sample receive", .input = "sample"},
    {.task = "review-habilitations", .act = "person review"},
    {.task = "renew-habilitation", .act = "person grant", .input = "person"},
    {.task = "approve-formula", .act = "formula approve", .input = "version"},
    {.task = "complete-emergency", .act = "formula approve", .input = "version"},
    {.task = "emergency-open", .act = "formula show", .input = "formula", .who = "formula approve"},
    {.task = "approve-template", .act = "template approve", .input = "name", .value_of = "version"},
    {.task = "destroy-lot", .act = "lot destroy", .input = "lot"},
    {.task = "destroy-batch", .act = "batch destroy", .input = "batch"},
    {.task = "witness-destruction", .act = "batch witness-destruction", .input = "batch"},
};

bool home_may(const home *home, const char *name)
{
    const act *act = act_find(name);
    return act && home->rights[act->right];
}

/* An address has its limits: of many labels the first are filled in, and the others wait on. */
static void put_inputs(answer *to, const home_row *row)
{
    enum { MOST = 50 };
    for (size_t i = 0; i < sizeof row->inputs / sizeof *row->inputs && row->inputs[i].name; i++) {
        if (!row->inputs[i].several) {
            put_text(to, row->inputs[i].name, row->inputs[i].value);
            continue;
        }
        answer *list = put_list(to, row->inputs[i].name);
        char *words = arena_text(to->arena, row->inputs[i].value), *saved = NULL;
        size_t given = 0;
        for (const char *word = strtok_r(words, " ", &saved); word && given < MOST; word = strtok_r(NULL, " ", &saved), given++)
            answer_add(list, answer_text(to->arena, word));
    }
}

/* A description may be of any length: its first words are enough to know it by, the thing's own page has it all. */
static const char *first_words(arena *arena, const char *text)
{
    enum { ENOUGH = 120 };
    size_t length = strcspn(text, "\n");
    if (length <= ENOUGH)
        return text[length] ? arena_format(arena, "%.*s…", (int)length, text) : text;
    for (length = ENOUGH; length > 0 && text[length] != ' ';)
        length--;
    return length > 0 ? arena_format(arena, "%.*s…", (int)length, text) : "…";
}

static const char *sentence(const call *call, const home_row *row)
{
    refusal_value values[] = {{"detail", first_words(call->arena, row->detail ? row->detail : "")}};
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    typography_add_sentence(&text, call->language,
                            catalogue_fill(call->arena, call->language, arena_format(call->arena, "task.%s", row->task), values, 1));
    return arena_text(call->arena, buffer_text(&text));
}

void home_add(home *home, home_list list, const home_row *row)
{
    if (!row->task || !home_may(home, row->act))
        return;
    answer *made = add_object(home->lists[list]);
    if (row->kind)
        put_link(made, "thing", row->kind, row->number);
    else
        put_text(made, "thing", row->number);
    put_text(made, "about", row->about);
    put_text(made, "to-do", sentence(home->call, row));
    if (list == HOME_LIST_BALANCES || list == HOME_LIST_CALIBRATIONS || list == HOME_LIST_HABILITATIONS || list == HOME_LIST_CONTROLS_DUE || list == HOME_LIST_ORDERS || list == HOME_LIST_EXPIRING)
        put_day(made, "deadline", row->deadline);
    else if (row->since && strlen(row->since) > strlen("2026-01-12"))
        put_instant(made, "since", row->since);
    else
        put_day(made, "since", row->since);
    put_inputs(put_door(made, "do", row->act), row);
}

static void add_line(home *home, home_list list, const home_line *line)
{
    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++) {
        if (strcmp(tasks[i].task, line->task) != 0 || !home_may(home, tasks[i].act) || (tasks[i].who && !home_may(home, tasks[i].who)))
            continue;
        home_row row = {.kind = line->kind, .number = line->number, .about = line->about, .task = line->task, .detail = line->detail,
                        .since = line->since, .deadline = line->deadline, .act = tasks[i].act};
        if (list == HOME_LIST_LABELS)
            row.about = call_word(home->call, "state.", line->about);
        row.inputs[0].name = tasks[i].input;
        row.inputs[0].value = tasks[i].several ? line->value : line->number;
        row.inputs[0].several = tasks[i].several;
        row.inputs[1].name = tasks[i].value_of ? tasks[i].value_of : tasks[i].fixed[0];
        row.inputs[1].value = tasks[i].value_of ? line->value : tasks[i].fixed[1];
        home_add(home, list, &row);
        return;
    }
}

static ending add_lines(home *home)
{
    call *call = home->call;
    int64_t today;
    if (!day_parse(call->today, &today))
        return fail(call->outcome, "today is no day");
    home_key key = {.person = call->person.id, .day = call->today, .until = day_text(call->arena, today + NEAR),
                    .since = day_text(call->arena, today - PAST)};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        home_line *lines = NULL;
        size_t count = 0;
        TRY(store_list(call->store, sources[i].query, &key, call->arena, &lines, &count));
        for (size_t k = 0; k < count; k++)
            add_line(home, sources[i].list, &lines[k]);
    }
    return DONE;
}

/* Nobody signs until an administrator has confirmed the time. */
static ending add_clock(home *home)
{
    event last = {0};
    bool jumped = false;
    call *call = home->call;
    TRY(clock_jumped(call, &jumped, &last));
    home_row row = {.number = catalogue_word(call->language, "home.", "clock"), .about = last.detail, .task = "confirm-time", .since = last.at, .act = "time confirm"};
    if (jumped)
        home_add(home, HOME_LIST_CLOCK, &row);
    return DONE;
}

static ending run(call *call)
{
    home home = {.call = call, .rights = {[RIGHT_OPEN] = true, [RIGHT_SIGNED_IN] = true}};
    size_t waiting = 0;
    TRY(person_rights(call, call->person.id, home.roles, home.rights));
    for (size_t i = 0; i < HOME_LIST_COUNT; i++)
        home.lists[i] = answer_list(call->arena);
    TRY(add_clock(&home));
    TRY(add_lines(&home));
    TRY(home_add_stock(&home));
    TRY(home_add_batches(&home));
    TRY(home_add_results(&home));
    for (size_t i = 0; i < HOME_LIST_COUNT; i++)
        waiting += answer_children(home.lists[i]);
    put_count(call->done, "waiting", (int64_t)waiting);
    for (size_t i = 0; i < HOME_LIST_COUNT; i++)
        if (home.lists[i]->first)
            answer_put(call->done, list_words[i], home.lists[i]);
    return DONE;
}

const act home_show_act = {.name = "home show", .view = true, .right = RIGHT_SIGNED_IN, .run = run};
