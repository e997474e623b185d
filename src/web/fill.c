/* The form of an act, drawn from its inputs: one field each, with what was typed kept. */
#include <string.h>

#include "desk.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/digest.h"
#include "magistral/base/typography.h"

enum { MOST_OFFERED = 200 };

static const char *error_of(const desk *desk, const outcome *errors, const char *field)
{
    for (const refusal *r = errors ? errors->first : NULL; r; r = r->next)
        if (r->field && strcmp(r->field, field) == 0)
            return desk_sentence(desk, r);
    return NULL;
}

/* What was given for a field: one value a line where there are several. */
static const char *given_text(const desk *desk, const form *given, const char *name)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < given->count; i++)
        if (strcmp(given->values[i].name, name) == 0 && !given->values[i].file_name && *given->values[i].value)
            buffer_add_format(&text, "%s%s", text.length > 0 ? "\n" : "", given->values[i].value);
    return text.length > 0 ? arena_text(desk->arena, buffer_text(&text)) : NULL;
}

static void put_choices(const desk *desk, answer *field, const act *act, const input_definition *d, const char *value)
{
    const char *noun = arena_copy(desk->arena, act->name, strcspn(act->name, " "));
    answer *choices = put_list(field, "choices");
    bool truth = d->type == INPUT_TRUTH;
    for (const char *p = truth ? "yes|no" : d->type == INPUT_CHOICE ? d->detail : NULL; p; p = strchr(p, '|') ? strchr(p, '|') + 1 : NULL) {
        const char *word = arena_copy(desk->arena, p, strcspn(p, "|"));
        answer *choice = add_object(choices);
        put_text(choice, "word", word);
        put_text(choice, "label", truth ? catalogue_word(desk->language, "state.", strcmp(word, "yes") == 0 ? "true" : "false")
                                        : catalogue_state(desk->language, noun, word));
        put_truth(choice, "chosen", value && strcmp(value, word) == 0);
    }
}

/* The link of a row that names a thing of this kind. */
static const answer *link_of(const answer *row, const char *kind)
{
    for (const answer *cell = row->first; cell; cell = cell->next)
        if (cell->kind == ANSWER_LINK && strcmp(cell->unit, kind) == 0)
            return cell;
    return NULL;
}

static void offer(answer *offers, const answer *row, const char *kind)
{
    const answer *link = link_of(row, kind);
    if (!link)
        return;
    answer *made = add_object(offers);
    put_text(made, "word", link->text);
    const answer *next = link->next;
    put_text(made, "label", next && next->kind == ANSWER_TEXT ? next->text : NULL);
}

/* Things of the kind that a field asks for, as its list view has them; `few`: only where they are. */
static ending put_offers(desk *desk, answer *field, bool few, const input_definition *d)
{
    answer *offers = put_list(field, "offers"), *tree = NULL;
    const act *view = d->type == INPUT_NUMBER && d->detail ? act_find(arena_format(desk->arena, "%s list", d->detail)) : NULL;
    if (!view || !view->view || !desk->holder.rights[view->right])
        return DONE;
    outcome looking = outcome_new(desk->arena);
    command command = {.act = view->name, .person = desk->holder.identifier, .authenticated = true, .at = desk->core->readers.clock};
    if (runner_run(desk->reader->runner, &command, desk->arena, &looking, &tree) != DONE)
        return DONE; /* nothing is offered; the field takes what is typed */
    for (const answer *list = tree->first; list; list = list->next) {
        if (list->kind == ANSWER_LIST)
            for (const answer *row = list->first; row; row = row->next)
                offer(offers, row, d->detail);
        for (int i = 0; list->kind == ANSWER_ROWS && !few && i < MOST_OFFERED; i++) {
            answer *row = NULL;
            TRY(list->read(list->cursor, desk->arena, &row));
            if (!row)
                break;
            offer(offers, row, d->detail);
        }
    }
    return DONE;
}

/* Which control a field is; exactly one of the names is true. */
static void put_control(answer *field, const input_definition *d)
{
    bool list = (d->flags & INPUT_LIST) != 0, choice = d->type == INPUT_CHOICE && !list;
    bool lines = (d->type == INPUT_LONG || list) && d->type != INPUT_FILE;
    put_truth(field, "choice", choice);
    put_truth(field, "truth", d->type == INPUT_TRUTH);
    put_truth(field, "lines", lines && !choice);
    put_truth(field, "several", list);
    put_truth(field, "file", d->type == INPUT_FILE);
    put_truth(field, "secret", d->type == INPUT_SECRET);
    put_truth(field, "line", !choice && !lines && d->type != INPUT_TRUTH && d->type != INPUT_FILE && d->type != INPUT_SECRET);
    bool digits = d->type == INPUT_COUNT || d->type == INPUT_DECIMAL;
    put_text(field, "keyboard", digits ? (d->type == INPUT_COUNT ? "numeric" : "decimal") : NULL);
}

static const char *example_of(const desk *desk, const input_definition *d)
{
    if (!d->example || !*d->example || d->type == INPUT_TRUTH || d->type == INPUT_CHOICE || d->type == INPUT_FILE)
        return NULL;
    if (d->type == INPUT_INSTANT) /* the offset of an example is the site's */
        return desk->language == FRENCH ? arena_format(desk->arena, "%.2s/%.2s/%.4s %.5s", d->example + 8, d->example + 5, d->example, d->example + 11)
                                        : arena_format(desk->arena, "%.10s %.5s", d->example, d->example + 11);
    if (desk->language != FRENCH)
        return d->example;
    if (d->type == INPUT_DAY)
        return strlen(d->example) == 7 ? arena_format(desk->arena, "%s/%.4s", d->example + 5, d->example)
                                       : arena_format(desk->arena, "%s/%.2s/%.4s", d->example + 8, d->example + 5, d->example);
    bool number = d->type == INPUT_DECIMAL || d->type == INPUT_STATED || d->type == INPUT_MASS || d->type == INPUT_VOLUME ||
                  d->type == INPUT_MONEY || d->type == INPUT_QUANTITY;
    char *example = arena_text(desk->arena, d->example);
    for (char *p = example; number && *p; p++)
        *p = *p == '.' ? ',' : *p;
    return example;
}

/* The name that the field has on this form alone, else the one it has everywhere. */
static const char *label_of(const desk *desk, const act *act, const input_definition *d)
{
    const char *own = catalogue_text(desk->language, arena_format(desk->arena, "field.%s.%s", act->name, d->name));
    return own ? own : catalogue_word(desk->language, "field.", d->name);
}

/* What the field is for, when that is more than its label says. */
static const char *hint_of(const desk *desk, const act *act, const input_definition *d)
{
    const char *hint = act_input_text(desk->arena, desk->language, act, d), *label = label_of(desk, act, d);
    size_t length = strlen(label);
    return hint && strncmp(hint, label, length) == 0 && strcmp(hint + length, ".") == 0 ? NULL : hint;
}

static ending put_field(desk *desk, answer *fields, const act *act, const input_definition *d, const form *given, const outcome *errors)
{
    answer *field = add_object(fields);
    const char *value = given_text(desk, given, d->name), *error = error_of(desk, errors, d->name);
    const char *kept = form_text(given, arena_format(desk->arena, "_file.%s", d->name));
    put_text(field, "name", d->name);
    put_text(field, "label", label_of(desk, act, d));
    put_text(field, "hint", hint_of(desk, act, d));
    put_text(field, "example", example_of(desk, d));
    put_text(field, "value", d->type == INPUT_SECRET ? NULL : value);
    put_text(field, "kept", d->type == INPUT_FILE && kept && uploads_path(desk, kept) ? kept : NULL);
    put_text(field, "error", error);
    put_truth(field, "optional", (d->flags & INPUT_OPTIONAL) != 0);
    put_truth(field, "fixed", false);
    put_control(field, d);
    put_choices(desk, field, act, d, value);
    return put_offers(desk, field, act->view, d);
}

ending fill_put(desk *desk, answer *content, const act *act, const form *given, const outcome *errors)
{
    answer *fields = put_list(content, "fields");
    for (const input_definition *d = act->inputs; d && d->name; d++)
        if (d->type != INPUT_PATH && !(d->flags & INPUT_OF_PAGE))
            TRY(put_field(desk, fields, act, d, given, errors));
    return DONE;
}

ending fill_fix(answer *content, const form *given)
{
    const answer *fields = answer_find(content, "fields");
    for (answer *field = fields->first; field; field = field->next)
        for (size_t i = 0; i < given->count; i++)
            if (strcmp(given->values[i].name, answer_find_text(field, "name")) == 0 && strcmp(answer_find_text(field, "several"), "false") == 0)
                for (answer *leaf = field->first; leaf; leaf = leaf->next)
                    if (strcmp(leaf->name, "fixed") == 0)
                        leaf->text = "true";
    return DONE;
}

ending form_page(desk *desk, const act *act)
{
    return form_send(desk, 200, act, &desk->query, NULL);
}

bool act_has_file(const act *act)
{
    for (const input_definition *d = act->inputs; d && d->name; d++)
        if (d->type == INPUT_FILE)
            return true;
    return false;
}

/* The page of the thing that the act is about, when a number of it is given. */
static void put_thing(desk *desk, answer *content, const act *act, const form *given)
{
    const input_definition *d = act_thing_input(act);
    const char *number = d ? form_text(given, d->name) : NULL;
    const struct act *view = number && *number ? act_find(arena_format(desk->arena, "%s show", d->detail)) : NULL;
    put_text(content, "thing", view && desk->holder.rights[view->right] ? number : NULL);
    if (!answer_find(content, "thing")->text)
        return;
    BUFFER_SCOPE buffer address = BUFFER_EMPTY;
    buffer_add_text(&address, desk_address(desk->arena, view->name));
    query_add(&address, view->inputs->name, number);
    put_text(content, "thing-page", buffer_text(&address));
    put_text(content, "thing-label", desk_label(desk, view->name));
}

/* A form that was drawn before others went on says what they did: "the weighing was discarded at 9 h 12 by tech.b". */
ending fill_put_changes(desk *desk, answer *content, const act *act, const form *given)
{
    answer *list = put_list(content, "changes"), *tree = NULL;
    const char *drawn = form_text(given, "_drawn");
    const input_definition *d = act_thing_input(act);
    const char *number = d ? form_text(given, d->name) : NULL;
    if (!drawn || !number)
        return DONE;
    const char *kinds[] = {d->detail}, *numbers[] = {number}, *afters[] = {drawn};
    given_input inputs[] = {{"kind", kinds, 1}, {"number", numbers, 1}, {"after", afters, 1}};
    command command = {.act = "audit changes", .inputs = inputs, .input_count = 3, .person = desk->holder.identifier, .authenticated = true,
                       .at = desk->core->readers.clock};
    outcome looking = outcome_new(desk->arena);
    ending result = runner_run(desk->reader->runner, &command, desk->arena, &looking, &tree);
    if (result != DONE)
        return result == FAILED ? FAILED : DONE; /* what the page sent as its own mark is no number: nothing is told */
    const answer *changes = answer_find(tree, "changes");
    for (const answer *line = changes->first; line; line = line->next) {
        answer *row = add_object(list);
        put_instant(row, "at", answer_find_text(line, "at"));
        put_text(row, "person", answer_find_text(line, "person"));
        const struct act *done = act_find(answer_find_text(line, "act"));
        put_text(row, "act", done ? desk_label(desk, done->name) : answer_find_text(line, "act"));
    }
    return DONE;
}

ending form_send(desk *desk, unsigned status, const act *act, const form *given, const outcome *refused)
{
    answer *content = answer_object(desk->arena);
    const char *title = desk_label(desk, act->name), *key = form_text(given, "_key");
    put_text(content, "title", title);
    put_text(content, "about", desk_words(desk, arena_format(desk->arena, "act.%s", act->name)));
    put_thing(desk, content, act, given);
    put_truth(content, "forbidden", !desk->holder.rights[act->right] && !act->second_person);
    put_truth(content, "signed", act->signed_act);
    put_truth(content, "has-file", act_has_file(act));
    put_text(content, "key", key ? key : token_new(desk->arena));
    put_text(content, "next", desk_next(desk, ""));
    put_count(content, "drawn", desk->house.sequence);
    desk_put_errors(desk, content, refused, act, act->second_person ? "second" : NULL);
    TRY(second_put(desk, content, act));
    put_truth(content, "restored", desk->restored);
    put_truth(content, "change", *desk->workstation != 0);
    TRY(fill_put_changes(desk, content, act, given));
    TRY(fill_put(desk, content, act, given, refused));
    return desk_send(desk, status, "form", title, content);
}
