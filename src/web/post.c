/* What was sent in the form of an act: done, refused with everything kept, or asking for the signature. */
#include <string.h>

#include "desk.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"

/* The lines of a text. One that is empty stays, and is refused, unless nothing follows: what comes after it would take its place. */
static size_t split(arena *arena, const char *text, const char **lines, size_t room)
{
    size_t count = 0, whole = 0;
    for (const char *at = text; *at && count < room;) {
        size_t length = strcspn(at, "\n\t");
        lines[count++] = arena_copy(arena, at, length);
        whole = length > 0 ? count : whole;
        at += length + (at[length] != 0);
    }
    return whole;
}

/* One column pasted from a spreadsheet is one value a line. */
static given_input read_list(desk *desk, const input_definition *d)
{
    enum { MOST = 1000 };
    const char **values = arena_array(desk->arena, MOST, sizeof *values);
    size_t count = 0;
    for (size_t i = 0; i < desk->body.count; i++)
        if (strcmp(desk->body.values[i].name, d->name) == 0)
            count += split(desk->arena, desk->body.values[i].value, values + count, MOST - count);
    return (given_input){d->name, values, count};
}

/* A field that stands twice in the form gives two values, which the runner refuses: no page shows one and takes the other. A file
 * that is no longer kept (the server was started again) is refused too: an act is not done without what its form showed. */
static given_input read_one(desk *desk, const input_definition *d, outcome *outcome)
{
    bool file = d->type == INPUT_FILE;
    const char *name = file ? arena_format(desk->arena, "_file.%s", d->name) : d->name;
    const char **values = arena_array(desk->arena, desk->body.count + 1, sizeof *values);
    size_t count = 0;
    for (size_t i = 0; i < desk->body.count; i++) {
        const form_value *value = &desk->body.values[i];
        if (strcmp(value->name, name) != 0 || !*value->value)
            continue;
        values[count] = file ? uploads_path(desk, value->value) : value->value;
        if (!values[count])
            (void)refuse(outcome, "CALL-16", d->name, "path", arena_format(desk->arena, "%.12s", value->value), "why",
                         catalogue_word(desk->language, "why.", "file-gone"), NULL);
        count += values[count] != NULL;
    }
    return (given_input){d->name, values, count};
}

size_t post_inputs(desk *desk, const act *act, outcome *outcome, given_input **ret_given)
{
    size_t count = 0, room = 1;
    for (const input_definition *d = act->inputs; d && d->name; d++)
        room++;
    given_input *given = arena_array(desk->arena, room, sizeof *given);
    for (const input_definition *d = act->inputs; d && d->name; d++) {
        if (!act_page_input(act, d->name))
            continue;
        given[count] = (d->flags & INPUT_LIST) && d->type != INPUT_FILE ? read_list(desk, d) : read_one(desk, d, outcome);
        count += given[count].count > 0;
    }
    *ret_given = given;
    return count;
}

/* Fields that no input of the act has: a page of another version, or a hand-made one. */
static const char *unknown_field(const desk *desk, const act *act)
{
    for (size_t i = 0; i < desk->body.count; i++)
        if (*desk->body.values[i].name != '_' && !act_page_input(act, desk->body.values[i].name))
            return desk->body.values[i].name;
    return NULL;
}

ending post_run(desk *desk, command *command, outcome *outcome, answer **ret_answer)
{
    core *core = desk->core;
    TRY(passwords_check(core->writer->passwords, command, desk->arena, outcome));
    turn_take(&core->writer->turn);
    ending result = runner_run(core->writing, command, desk->arena, outcome, ret_answer);
    bool broken = store_is_broken(core->writer->store);
    turn_give(&core->writer->turn);
    if (broken)
        core->broken(core->broken_context);
    return result;
}

/* Where a person is led after an act: to the thing that it made or concerned. */
static const char *place_after(desk *desk, const act *act, const answer *done)
{
    for (const answer *leaf = done->first; leaf; leaf = leaf->next) {
        /* Sent again, an act answers as the first time, from its entry: a thing's number then stands as text under the thing's name. */
        const char *place = leaf->kind == ANSWER_LINK ? desk_thing(desk->arena, leaf->unit, leaf->text)
                            : leaf->kind == ANSWER_TEXT ? desk_thing(desk->arena, leaf->name, leaf->text) : NULL;
        if (place)
            return place;
    }
    for (const input_definition *d = act->inputs; d && d->name; d++) {
        const char *place = d->type == INPUT_NUMBER ? desk_thing(desk->arena, d->detail, form_text(&desk->body, d->name)) : NULL;
        if (place)
            return place;
    }
    return "/";
}

static ending finish(desk *desk, const act *act, const answer *done)
{
    BUFFER_SCOPE buffer json = BUFFER_EMPTY;
    sessions_set_scanned(desk->core->sessions, desk->secret, NULL);
    if (answer_find_text(done, "badge") && strcmp(act->name, "badge give") == 0)
        return badge_page(desk, done);
    if (answer_find_text(done, "token") && strcmp(act->name, "workstation declare") == 0) {
        desk_set_workstation(desk, answer_find_text(done, "token"));
        return desk_go(desk, "/workstation/list");
    }
    TRY(answer_write_json(done, &json));
    sessions_set_flash(desk->core->sessions, desk->secret, act->name, buffer_text(&json));
    const char *next = desk_next(desk, "");
    return desk_go(desk, *next ? next : place_after(desk, act, done));
}

static const char *refused_value(const refusal *refusal, const char *name)
{
    for (size_t i = 0; i < refusal->count; i++)
        if (strcmp(refusal->values[i].name, name) == 0)
            return refusal->values[i].value;
    return NULL;
}

/* The page that shows exactly what is signed and what it means. Rule: 21 CFR 11.50, 11.200; EU GMP Annex 11, 14. */
static ending send_signature(desk *desk, const act *act, const refusal *asked, const outcome *wrong)
{
    answer *content = answer_object(desk->arena), *fields = put_list(content, "shown"), *hidden = put_list(content, "hidden");
    BUFFER_SCOPE buffer meaning = BUFFER_EMPTY;
    typography_add_sentence(&meaning, desk->house.language, refused_value(asked, "meaning"));
    for (size_t i = 0; i < desk->body.count; i++) {
        const form_value *value = &desk->body.values[i];
        if (strcmp(value->name, "_password") == 0 || strcmp(value->name, "_signature") == 0 || strcmp(value->name, "_digest") == 0 || !*value->value)
            continue;
        answer *line = add_object(hidden);
        put_text(line, "name", value->name);
        put_text(line, "value", value->value);
        if (*value->name == '_' && strncmp(value->name, "_file.", 6) != 0)
            continue;
        bool file = *value->name == '_';
        line = add_object(fields);
        put_text(line, "label", catalogue_word(desk->language, "field.", file ? value->name + 6 : value->name));
        put_text(line, "value", value->value);
        put_truth(line, "file", file);
    }
    put_text(content, "title", desk_label(desk, act->name));
    put_text(content, "meaning", buffer_text(&meaning));
    put_text(content, "signature", refused_value(asked, "meaning"));
    put_text(content, "digest", refused_value(asked, "digest"));
    put_text(content, "name", desk->holder.name);
    put_text(content, "identifier", desk->holder.identifier);
    desk_put_errors(desk, content, wrong, NULL, "password");
    return desk_send(desk, wrong ? 422 : 200, "sign", desk_label(desk, act->name), content);
}

/* A wrong password on the page of the signature: the page stands, and asks again. */
static ending ask_again(desk *desk, const act *act, const outcome *wrong)
{
    refusal_value values[] = {{"meaning", form_text(&desk->body, "_signature")}, {"digest", form_text(&desk->body, "_digest")}};
    refusal asked = {.values = values, .count = 2};
    return send_signature(desk, act, &asked, wrong);
}

/* Where a file is kept here is nothing to a reader: its sentence names it by the beginning of its digest, as its link does. */
static void name_files(const desk *desk, const outcome *refused)
{
    for (const refusal *r = refused->first; r; r = r->next)
        for (size_t i = 0; i < r->count; i++) {
            const char *name = uploads_name(desk, r->values[i].value);
            r->values[i].value = name ? name : r->values[i].value;
        }
}

/* What is asked of the runner. A signature counts with its password, its sentence and its digest; else the page that shows them comes
 * first. A second person identifies for this act alone. */
static ending read_command(desk *desk, const act *act, outcome *outcome, command *ret_command, bool *ret_signing)
{
    const char *password = form_text(&desk->body, "_password"), *signature = form_text(&desk->body, "_signature");
    const char *digest = form_text(&desk->body, "_digest"), *unknown = unknown_field(desk, act);
    bool signing = act->signed_act && signature && password && digest, second = false;
    given_input *given = NULL;
    size_t count = post_inputs(desk, act, outcome, &given);
    *ret_signing = signing;
    *ret_command = (command){.act = act->name, .inputs = given, .input_count = count,
                             .person = desk->holder.identifier, .authenticated = !signing, .by_badge = desk->visit.by_badge && !signing,
                             .password = signing ? password : NULL, .key = form_text(&desk->body, "_key"), .at = desk->core->readers.clock,
                             .signature = signing ? signature : NULL, .signed_digest = signing ? digest : NULL,
                             .workstation = desk->workstation, .language = language_code(desk->language)};
    if (unknown)
        (void)refuse(outcome, "CALL-02", NULL, "act", act->name, "input", unknown, "nearest", "—", NULL);
    TRY(second_read(desk, act, ret_command, outcome, &second));
    return outcome_ending(outcome);
}

ending act_page(desk *desk, const act *act)
{
    outcome doing = outcome_new(desk->arena);
    answer *done = NULL;
    command command = {0};
    bool signing = false;
    TRY(uploads_take(desk, act));
    ending result = read_command(desk, act, &doing, &command, &signing);
    if (result == DONE)
        result = post_run(desk, &command, &doing, &done);
    if (result == FAILED) {
        *desk->outcome = doing;
        return FAILED;
    }
    if (result == DONE)
        return finish(desk, act, done);
    name_files(desk, &doing);
    const char *rule = doing.first ? doing.first->rule : "";
    if (strcmp(rule, "CALL-09") == 0)
        return send_signature(desk, act, doing.first, NULL);
    if (signing && (strcmp(rule, "CALL-07") == 0 || strcmp(rule, "CALL-08") == 0 || strcmp(rule, "CALL-28") == 0))
        return ask_again(desk, act, &doing);
    bool forbidden = strcmp(rule, "CALL-14") == 0, shown = false;
    if (!forbidden)
        TRY(view_refused(desk, act, &doing, &shown));
    return shown ? DONE : form_send(desk, forbidden ? 403 : 422, act, &desk->body, &doing);
}
