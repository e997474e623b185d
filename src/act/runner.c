/* The one runner: identify, right, inputs, signature, transaction, function, journal, commit. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "magistral/act/table.h"
#include "magistral/act/witness.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/digest.h"
#include "magistral/base/embedded.h"
#include "magistral/base/json.h"
#include "runner_parts.h"

static char template_version[13];

static void digest_templates(void)
{
    ARENA_SCOPE arena *arena = arena_new();
    BUFFER_SCOPE buffer all = BUFFER_EMPTY;
    for (size_t i = 0; i < embedded_templates_count; i++) {
        unsigned char digest[DIGEST_SIZE];
        digest_sha256(embedded_templates[i].bytes, embedded_templates[i].length, digest);
        buffer_add(&all, digest, sizeof digest);
    }
    memcpy(template_version, digest_text(arena, buffer_text(&all), all.length), sizeof template_version - 1);
}

/* The version of what is compiled in; a server makes many runners and counts it once. */
static const char *compiled_templates(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, digest_templates);
    return template_version;
}

/* Before every command: a server's runner lives longer than a setting of the site. */
static ending read_site(runner *runner)
{
    ARENA_SCOPE arena *fresh = arena_new();
    site site = {0};
    bool found = false;
    TRY(store_find(runner->store, &SITE, NOTHING, fresh, &site, &found));
    arena *former = runner->site_arena;
    runner->site = site;
    runner->has_site = found;
    runner->site_arena = fresh;
    fresh = former;
    return DONE;
}

ending runner_new(store *store, const char *folder, outcome *outcome, runner **ret_runner)
{
    store_report_to(store, outcome);
    RUNNER_SCOPE runner *made = calloc(1, sizeof *made);
    if (!made)
        return fail(outcome, "no memory left");
    made->arena = arena_new();
    made->store = store;
    made->folder = arena_text(made->arena, folder);
    made->template_version = compiled_templates();
    made->key_path = arena_format(made->arena, "%s.key", store_path(store));
    installation installation = {0};
    bool found = false;
    TRY(store_find(store, &INSTALLATION, NOTHING, made->arena, &installation, &found));
    made->rehearsal = found && installation.rehearsal == 1;
    TRY(read_site(made));
    if (folder && found && !made->rehearsal)
        return refuse(outcome, "CALL-17", "templates", NULL);
    *ret_runner = made;
    made = NULL;
    return DONE;
}

void runner_free(runner *runner)
{
    if (!runner)
        return;
    arena_free(runner->arena);
    arena_free(runner->site_arena);
    free(runner);
}

void runner_free_scope(runner **runner)
{
    runner_free(*runner);
}

bool runner_is_rehearsal(const runner *runner)
{
    return runner->rehearsal;
}

bool runner_lost_event(const runner *runner)
{
    return runner->event_lost;
}

ending runner_house(runner *runner, arena *arena, outcome *outcome, house *ret_house)
{
    site_host *rows = NULL;
    journal_subject last = {0};
    size_t count = 0;
    bool any = false;
    store_report_to(runner->store, outcome);
    TRY(read_site(runner));
    TRY(store_find(runner->store, &JOURNAL_LAST, NOTHING, arena, &last, &any));
    TRY(store_list(runner->store, &SITE_HOST_LIST, NOTHING, arena, &rows, &count));
    const char **hosts = arena_array(arena, count + 1, sizeof *hosts);
    for (size_t i = 0; i < count; i++)
        hosts[i] = rows[count - 1 - i].host;
    const site *site = &runner->site;
    bool has = runner->has_site;
    *ret_house = (house){.name = arena_text(arena, has ? site->name : NULL), .pharmacy = arena_text(arena, has ? site->pharmacy : NULL),
                         .address = arena_text(arena, has ? site->address : NULL), .zone = arena_text(arena, has ? site->zone : "UTC"),
                         .telephone = arena_text(arena, has ? site->telephone : NULL), .language = runner_site_language(runner),
                         .rehearsal = runner->rehearsal, .hosts = hosts, .host_count = count, .sequence = last.sequence};
    return DONE;
}

language runner_site_language(const runner *runner)
{
    language language = FRENCH;
    if (runner->has_site)
        language_parse(runner->site.language, &language);
    return language;
}

language runner_language(runner *runner, const char *identifier)
{
    language language = runner_site_language(runner);
    ARENA_SCOPE arena *arena = arena_new();
    outcome outcome = outcome_new(arena);
    person person = {0};
    bool found = false;
    store_report_to(runner->store, &outcome);
    if (identifier && store_find(runner->store, &PERSON_BY_IDENTIFIER, (&(struct person){.identifier = identifier}), arena,
                                 &person, &found) == DONE && found)
        language_parse(person.language, &language);
    return language;
}

static journal_entry entry_of(const runner *runner, const call *call, const command *command)
{
    return (journal_entry){.at = call->now, .zone = call->zone, .workstation = command->workstation ? command->workstation : "",
                           .program = MAGISTRAL_VERSION, .schema_version = store_schema_version(),
                           .template_version = runner->template_version};
}

static ending append_system_entry(runner *runner, call *call, const char *act, const char *inputs,
                                  ending (*change)(struct call *, void *), void *context)
{
    command none = {.workstation = ""};
    journal_entry entry = entry_of(runner, call, &none);
    entry.act = act;
    entry.inputs = inputs;
    entry.answer = "{}";
    TRY(store_begin(call->store));
    ending result = change(call, context);
    if (result == DONE)
        result = journal_append(call->store, &entry, NULL, 0);
    if (result == DONE)
        result = store_commit(call->store);
    if (result != DONE)
        store_rollback(call->store);
    return result;
}

/* Beside a connection that only reads, a second one writes what must stay; when another process owns the file, that
 * process is asked by the caller, and nothing is written here. */
ending system_act(runner *runner, call *call, const char *act, const char *inputs, ending (*change)(struct call *, void *), void *context)
{
    if (!store_reads_only(runner->store))
        return append_system_entry(runner, call, act, inputs, change, context);
    STORE_SCOPE store *writer = NULL;
    outcome opening = outcome_new(call->arena);
    ending opened = store_open(store_path(runner->store), STORE_WRITES, &opening, &writer);
    runner->event_lost = opened == REFUSED;
    if (opened != DONE)
        return opened == REFUSED ? DONE : FAILED;
    struct call writing = *call;
    writing.store = writer;
    store_report_to(writer, call->outcome);
    return append_system_entry(runner, &writing, act, inputs, change, context);
}

static ending insert_event(call *call, void *context)
{
    event *event = context;
    return store_insert(call->store, &EVENT_INSERT, event);
}

ending near_miss(runner *runner, call *call, const char *kind, const char *person, const char *subject, const char *detail)
{
    event event = {.at = call->now, .kind = kind, .person = person, .subject = subject, .detail = detail};
    BUFFER_SCOPE buffer inputs = BUFFER_EMPTY;
    buffer_add_text(&inputs, "{\"kind\":");
    json_add_text(&inputs, kind);
    buffer_add_byte(&inputs, '}');
    return system_act(runner, call, "event record", inputs.bytes, insert_event, &event);
}

/* Same person and key: the answer of the first time, or a refusal when it was another act. */
static ending answer_again(runner *runner, call *call, const command *command, const char *inputs, answer **ret_answer, bool *ret_done)
{
    *ret_done = false;
    if (!command->key)
        return DONE;
    journal_entry first = {0};
    bool found = false;
    journal_entry wanted = {.person = call->person.identifier, .key = command->key};
    TRY(store_find(runner->store, &JOURNAL_BY_KEY, &wanted, call->arena, &first, &found));
    if (!found)
        return DONE;
    if (strcmp(first.act, call->act->name) != 0 || strcmp(first.inputs, inputs) != 0)
        return refuse(call->outcome, "CALL-05", "key", "key", command->key, "act", first.act, NULL);
    *ret_done = true;
    return json_read(first.answer, strlen(first.answer), call->arena, call->outcome, ret_answer);
}

static ending append_entry(runner *runner, call *call, const command *command, const char *inputs, const char *digest)
{
    BUFFER_SCOPE buffer answer = BUFFER_EMPTY;
    TRY(answer_write_json(call->done, &answer));
    journal_entry entry = entry_of(runner, call, command);
    entry.person = call->person.id ? call->person.identifier : NULL;
    entry.act = call->act->name;
    entry.key = command->key;
    entry.inputs = inputs;
    for (size_t i = 0; i < call->input_count; i++)
        if (strcmp(call->inputs[i].definition->name, "reason") == 0 && call->inputs[i].given)
            entry.reason = call->inputs[i].texts[0];
    entry.meaning = call->meaning;
    entry.signed_digest = digest;
    entry.answer = arena_text(call->arena, answer.bytes);
    return journal_append(runner->store, &entry, call->subjects, call->subject_count);
}

/* The head that holds the document itself: a file brought back from just before it is found too. */
static ending witness_issue(call *call)
{
    int64_t sequence = 0;
    const char *head = NULL;
    TRY(journal_head(call->store, call->arena, &sequence, &head));
    return witness_append(call, sequence, head);
}

/* After the entry was written. */
static void tell_once(call *call)
{
    for (answer *leaf = call->once->first, *next; leaf; leaf = next) {
        next = leaf->next;
        leaf->next = NULL;
        answer_put(call->done, leaf->name, leaf);
    }
}

static ending change_in_transaction(runner *runner, call *call, const command *command, const char *inputs, answer **ret_answer)
{
    const char *digest = NULL;
    bool again = false;
    TRY(store_begin(runner->store));
    TRY(answer_again(runner, call, command, inputs, ret_answer, &again));
    if (again) {
        store_rollback(runner->store);
        return DONE;
    }
    if (call->act->signed_act)
        TRY(signature_check(call, command, &digest));
    TRY(call->act->run(call));
    TRY(call_ending(call));
    TRY(append_entry(runner, call, command, inputs, digest));
    TRY(store_commit(runner->store));
    tell_once(call);
    *ret_answer = call->done;
    return call->issued_paper ? witness_issue(call) : DONE;
}

/* What takes long is done before the transaction, on a snapshot; not again for an act that is there already. */
static ending prepare(runner *runner, call *call, const command *command, const char *inputs, answer **ret_answer, bool *ret_again)
{
    *ret_again = false;
    if (!call->act->prepare)
        return DONE;
    TRY(store_begin_reading(runner->store));
    ending result = answer_again(runner, call, command, inputs, ret_answer, ret_again);
    if (result == DONE && !*ret_again)
        result = call->act->prepare(call);
    if (result == DONE)
        result = call_ending(call);
    store_rollback(runner->store);
    return result;
}

static ending do_act(runner *runner, call *call, const command *command, answer **ret_answer)
{
    const char *inputs = inputs_json(call);
    for (int tries = 0;; tries++) {
        bool again = false;
        call->stale = false;
        ending result = prepare(runner, call, command, inputs, ret_answer, &again);
        if (result == DONE && !again)
            result = change_in_transaction(runner, call, command, inputs, ret_answer);
        if (result != DONE)
            store_rollback(runner->store);
        if (!call->stale || tries == 3)
            return result;
        *call->outcome = outcome_new(call->arena);
        call->done = answer_object(call->arena);
        call->once = answer_object(call->arena);
        call->subject_count = 0;
    }
}

static ending do_view(runner *runner, call *call, answer **ret_answer)
{
    TRY(store_begin_reading(runner->store));
    ending result = call->act->run(call);
    if (result == DONE)
        result = call_ending(call);
    /* The snapshot stays open for rows that are read later; the next begin or the close ends it. */
    bool rows = false;
    for (const answer *child = call->done->first; child; child = child->next)
        rows = rows || child->kind == ANSWER_ROWS;
    if (!rows || result != DONE)
        store_rollback(runner->store);
    *ret_answer = call->done;
    return result;
}

/* A forged or mistaken attempt at signing leaves its one event. */
static ending note_failed_signature(runner *runner, call *call)
{
    const char *rule = call->outcome->first ? call->outcome->first->rule : "";
    if (strcmp(rule, "CALL-10") != 0 && strcmp(rule, "CALL-11") != 0)
        return REFUSED;
    outcome *refused = call->outcome, noting = outcome_new(call->arena);
    store_report_to(runner->store, &noting);
    const char *subject = call->subject_count > 0 ? call->subjects[0].number : NULL;
    ending result = near_miss(runner, call, "failed-signature", call->person.identifier, subject, call->act->name);
    store_report_to(runner->store, refused);
    return result == DONE ? REFUSED : fail_as(refused, &noting);
}

static ending note_wrong_container(runner *runner, call *call)
{
    outcome *refused = call->outcome, noting = outcome_new(call->arena);
    const refusal *why = refused->first;
    while (why->next && !text_equal(why->field, call->near_miss_field))
        why = why->next;
    store_report_to(runner->store, &noting);
    ending result = near_miss(runner, call, "wrong-container", call->person.identifier, call->near_miss_subject,
                              arena_format(call->arena, "%s %s", call->act->name, why->rule));
    store_report_to(runner->store, refused);
    return result == DONE ? REFUSED : fail_as(refused, &noting);
}

/* Once a process, before anything is changed: numbers given twice cannot be taken back. */
static ending check_witness(runner *runner, call *call)
{
    if (runner->witnessed || call->act == &database_confirm_restore_act)
        return DONE;
    TRY(witness_allows_acts(call));
    runner->witnessed = true;
    return DONE;
}

static ending run_found(runner *runner, call *call, const command *command, answer **ret_answer)
{
    TRY(clock_now(runner, command->at, call));
    if (!call->act->view)
        TRY(clock_watch(runner, call));
    TRY(sign_in(runner, call, command));
    if (call->person.id)
        language_parse(call->person.language, &call->language);
    if (command->language)
        language_parse(command->language, &call->language);
    TRY(check_own_password(call, command));
    TRY(check_right(call));
    TRY(badge_takes_act(call, command));
    call->by_badge = command->badge || command->by_badge;
    if (!call->act->view)
        TRY(check_witness(runner, call));
    inputs_read(call, command->inputs, command->input_count);
    ending result = call_ending(call);
    if (call->act->view)
        return result == DONE ? do_view(runner, call, ret_answer) : result;
    if (result == DONE)
        result = do_act(runner, call, command, ret_answer);
    if (result == REFUSED && call->near_miss_subject)
        return note_wrong_container(runner, call);
    return result == REFUSED ? note_failed_signature(runner, call) : result;
}

ending runner_run(runner *runner, const command *command, arena *arena, outcome *outcome, answer **ret_answer)
{
    store_rollback(runner->store);
    store_report_to(runner->store, outcome);
    runner->event_lost = false;
    TRY(store_begin_reading(runner->store)); /* one snapshot for all that is looked up; a change ends it and begins its own */
    TRY(read_site(runner));
    call call = {.arena = arena, .outcome = outcome, .store = runner->store, .act = act_find(command->act),
                 .language = runner_site_language(runner), .site_language = runner_site_language(runner), .rehearsal = runner->rehearsal,
                 .zone = arena_text(arena, runner->has_site ? runner->site.zone : "UTC"), .template_version = runner->template_version,
                 .folder = runner->folder, .key_path = runner->key_path, .done = answer_object(arena), .once = answer_object(arena)};
    if (!call.act)
        return refuse(outcome, "CALL-01", "act", "act", command->act, "nearest", act_nearest(command->act) ? act_nearest(command->act) : "help", NULL);
    ending result = run_found(runner, &call, command, ret_answer);
    if (result == DONE && strcmp(call.act->name, "database create") == 0)
        runner->rehearsal = call_truth(&call, "rehearsal");
    return result;
}

ending runner_run_alone(const command *command, language language, arena *arena, outcome *outcome, answer **ret_answer)
{
    call call = {.arena = arena, .outcome = outcome, .act = act_find(command->act), .language = language,
                 .site_language = language, .zone = "UTC", .done = answer_object(arena)};
    if (!call.act || (!call.act->alone && !call.act->alone_with))
        return fail(outcome, "%s needs a database", command->act);
    inputs_read(&call, command->inputs, command->input_count);
    TRY(call_ending(&call));
    TRY(call.act->run(&call));
    *ret_answer = call.done;
    return call_ending(&call);
}
