/* Who may do what, since when, and who granted it. */
#include "magistral/act/lists.h"
#include "magistral/act/people.h"

static const input_definition inputs[] = {
    {"at", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-12"},
    LIST_INPUTS("person|name|role|starts|ends|granted-by|granted-at"),
    {0},
};

static void put_rights(answer *row, const char *word)
{
    role role;
    answer *rights = put_list(row, "rights");
    for (int right = RIGHT_MANAGE_PEOPLE; role_parse(word, &role) && right < RIGHT_COUNT; right++)
        if (role_has_right(role, (enum right)right))
            answer_add(rights, answer_make(rights->arena, ANSWER_STATE, right_word((enum right)right), NULL, NULL));
}

static ending run(call *call)
{
    habilitation_line *lines = NULL;
    size_t count = 0;
    const char *day = call_has(call, "at") ? call_text(call, "at") : call->today;
    TRY(store_list(call->store, &HABILITATION_LINES, (&(habilitation_line){.day = day}), call->arena, &lines, &count));
    put_day(call->done, "day", day);
    habilitation_review *reviews = NULL;
    size_t reviewed = 0;
    TRY(store_list(call->store, &HABILITATION_REVIEWS, NOTHING, call->arena, &reviews, &reviewed));
    put_day(call->done, "reviewed-on", reviewed > 0 ? reviews[0].day : NULL);
    answer *people = put_list(call->done, "people");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(people);
        put_link(row, "person", "person", lines[i].identifier);
        put_text(row, "name", lines[i].name);
        put_state(row, "role", lines[i].role);
        put_day(row, "starts", lines[i].starts);
        put_day(row, "ends", lines[i].ends);
        put_text(row, "delegation", lines[i].delegation);
        put_link(row, "granted-by", "person", lines[i].granted_by);
        put_instant(row, "granted-at", lines[i].granted_at);
        put_rights(row, lines[i].role);
    }
    return lists_shorten(call, people);
}

const act person_list_act = {.name = "person list", .view = true, .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
