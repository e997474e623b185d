/* Minutes really spent on a batch, a person's and of a grade: what the batch cost is what it really took. */
#include "magistral/act/costs.h"
#include "magistral/act/people.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"person", INPUT_NUMBER, 0, "person", "tech.a"},
    {"grade", INPUT_NUMBER, 0, "rate", "technician"},
    {"activity", INPUT_TEXT, 0, NULL, "préparation"},
    {"minutes", INPUT_COUNT, 0, "min", "190"},
    {"reason", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

enum { MOST_MINUTES = 10000 };

/* The same minutes given twice would be charged twice: a declaration stays. */
static ending check_again(call *call, const batch *batch, const person *person, int64_t minutes)
{
    work_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &WORK_OF_BATCH, (&(work_line){.batch = batch->id}), call->arena, &lines, &count));
    for (size_t i = 0; i < count && !call_has(call, "reason"); i++)
        if (text_equal(lines[i].person, person->identifier) && text_equal(lines[i].grade, call_text(call, "grade")) &&
            text_equal(lines[i].activity, call_text(call, "activity")) && lines[i].minutes == minutes)
            return call_refuse(call, "COST-13", "minutes", "person", person->identifier, "minutes", call_text(call, "minutes"), NULL);
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    person person = {0};
    int64_t minutes = call_integer(call, "minutes");
    COLLECT(costs_open_batch(call, &batch));
    COLLECT(people_find(call, "person", &person));
    COLLECT(costs_check_rate(call, "grade", "labour-hour"));
    if (minutes < 1 || minutes > MOST_MINUTES)
        call_refuse(call, "COST-07", "minutes", "minutes", call_text(call, "minutes"), NULL);
    TRY(call_ending(call));
    TRY(check_again(call, &batch, &person, minutes));
    work done = {.batch = batch.id, .person = person.id, .grade = call_text(call, "grade"), .activity = call_text(call, "activity"),
                 .minutes = minutes, .declared_by = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &WORK_INSERT, &done));
    put_link(call->done, "batch", "batch", batch.number);
    put_link(call->done, "person", "person", person.identifier);
    put_decimal(call->done, "minutes", call_text(call, "minutes"), "min");
    return DONE;
}

const act work_declare_act = {.name = "work declare", .right = RIGHT_DECLARE_COSTS, .inputs = inputs, .run = run};
