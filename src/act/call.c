#include "magistral/act/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "magistral/base/catalogue.h"

const input_value *call_input(const call *call, const char *name)
{
    for (size_t i = 0; i < call->input_count; i++)
        if (strcmp(call->inputs[i].definition->name, name) == 0)
            return &call->inputs[i];
    fprintf(stderr, "magistral: %s has no input %s\n", call->act->name, name);
    abort();
}

bool call_has(const call *call, const char *name)
{
    return call_input(call, name)->given;
}

const char *call_text(const call *call, const char *name)
{
    const input_value *input = call_input(call, name);
    return input->given ? input->texts[0] : NULL;
}

int64_t call_integer(const call *call, const char *name)
{
    return call_integer_or(call, name, ABSENT);
}

int64_t call_integer_or(const call *call, const char *name, int64_t otherwise)
{
    const input_value *input = call_input(call, name);
    return input->given ? input->integers[0] : otherwise;
}

bool call_truth(const call *call, const char *name)
{
    return call_integer_or(call, name, 0) == 1;
}

void call_concerns(call *call, const char *kind, const char *number)
{
    if (call->subject_count == call->subject_room) {
        size_t room = call->subject_room ? call->subject_room * 2 : 8;
        journal_subject *grown = arena_array(call->arena, room, sizeof *grown);
        if (call->subject_count > 0)
            memcpy(grown, call->subjects, call->subject_count * sizeof *grown);
        call->subjects = grown;
        call->subject_room = room;
    }
    call->subjects[call->subject_count++] =
        (journal_subject){.kind = arena_text(call->arena, kind), .number = arena_text(call->arena, number)};
}

void call_wrong_scan(call *call, const char *field, const char *what)
{
    if (!(call_input(call, field)->definition->flags & INPUT_SCANNED))
        return;
    call->near_miss_subject = arena_text(call->arena, what);
    call->near_miss_field = field;
}

const char *call_word(const call *call, const char *prefix, const char *word)
{
    return word ? catalogue_word(call->language, prefix, word) : "";
}

const char *call_state(const call *call, const char *noun, const char *state)
{
    return state ? catalogue_state(call->language, noun, state) : "";
}

const char *call_act_words(const call *call, const char *act)
{
    return act ? arena_format(call->arena, "%s (%s)", catalogue_word(call->language, "do.", act), act) : "";
}

ending call_store_file(call *call, const char *name, const char **ret_digest)
{
    const input_value *input = call_input(call, name);
    *ret_digest = NULL;
    if (!input->given)
        return DONE;
    return store_put_content(call->store, input->file_type, input->file_bytes, input->file_length, call->arena, ret_digest);
}

const char *series_number(arena *arena, const char *prefix, int64_t year, int64_t ordinal)
{
    return arena_format(arena, "%s%02d-%04lld", prefix, (int)(year % 100), (long long)ordinal);
}

static ending roles_of_today(call *call, bool (*fits)(role, const void *), const void *wanted, bool *ret_fits)
{
    habilitation *held = NULL;
    size_t count = 0;
    *ret_fits = false;
    TRY(store_list(call->store, &HABILITATION_OF, (&(habilitation){.person = call->person.id}), call->arena, &held, &count));
    for (size_t i = 0; i < count; i++) {
        role role;
        bool now = strcmp(held[i].starts, call->today) <= 0 && strcmp(call->today, held[i].ends) <= 0;
        if (now && role_parse(held[i].role, &role) && fits(role, wanted))
            *ret_fits = true;
    }
    return DONE;
}

static bool is_role(role role, const void *wanted)
{
    return role == *(const enum role *)wanted;
}

static bool is_pharmacist(role role, const void *wanted)
{
    (void)wanted;
    return role_is_pharmacist(role);
}

ending call_holds_role(call *call, role role, bool *ret_holds)
{
    return roles_of_today(call, is_role, &role, ret_holds);
}

ending call_is_pharmacist(call *call, bool *ret_is)
{
    return roles_of_today(call, is_pharmacist, NULL, ret_is);
}
