#include "magistral/act/people.h"

static const input_definition inputs[] = {
    {"person", INPUT_NUMBER, INPUT_POSITIONAL, "person", "tech.a"},
    {0},
};

static ending run(call *call)
{
    person person = {0};
    TRY(people_find(call, "person", &person));
    put_link(call->done, "person", "person", person.identifier);
    put_text(call->done, "name", person.name);
    put_text(call->done, "professional-number", person.professional_number);
    put_text(call->done, "language", person.language);
    put_instant(call->done, "ended", person.ended);
    put_truth(call->done, "password-first", person.password_first == 1);
    const char *until = NULL;
    TRY(people_locked_until(call, person.id, &until));
    put_instant(call->done, "locked-until", until);
    TRY(people_put_resets(call, person.identifier, call->done));
    habilitation_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &HABILITATION_LINES, (&(habilitation_line){.identifier = person.identifier}), call->arena, &lines, &count));
    answer *list = put_list(call->done, "habilitations");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_state(row, "role", lines[i].role);
        put_day(row, "starts", lines[i].starts);
        put_day(row, "ends", lines[i].ends);
        put_text(row, "delegation", lines[i].delegation);
        put_link(row, "granted-by", "person", lines[i].granted_by);
        put_instant(row, "granted-at", lines[i].granted_at);
    }
    return DONE;
}

const act person_show_act = {.name = "person show", .view = true, .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
