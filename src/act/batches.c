#include "magistral/act/batches.h"

#include <string.h>

#include "magistral/act/emergencies.h"
#include "magistral/act/interruptions.h"
#include "magistral/act/numbers.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/json.h"

ending batches_find(call *call, const char *field, batch *ret_batch)
{
    bool found = false;
    const char *number = call_text(call, field);
    TRY(store_find(call->store, &BATCH_BY_NUMBER, (&(batch){.number = number}), call->arena, ret_batch, &found));
    return found ? DONE : call_refuse(call, "BATCH-01", field, "batch", number, NULL);
}

static const char *state_words(const call *call, const char *states)
{
    BUFFER_SCOPE buffer words = BUFFER_EMPTY;
    char *copy = arena_text(call->arena, states), *saved = NULL;
    for (const char *word = strtok_r(copy, "|", &saved); word; word = strtok_r(NULL, "|", &saved))
        buffer_add_format(&words, "%s%s", words.length > 0 ? ", " : "", call_word(call, "state.", word));
    return arena_text(call->arena, buffer_text(&words));
}

ending batches_find_in(call *call, const char *field, const char *states, batch *ret_batch)
{
    TRY(batches_find(call, field, ret_batch));
    if (!text_is_among(states, ret_batch->state))
        return call_refuse(call, "BATCH-02", field, "batch", ret_batch->number, "state", call_word(call, "state.", ret_batch->state), "states",
                           state_words(call, states), NULL);
    return DONE;
}

ending batches_check_under_way(call *call, const char *field, const batch *batch)
{
    interruption suspended = {0};
    if (batch->held)
        call_refuse(call, "BATCH-03", field, "batch", batch->number, NULL);
    TRY(emergencies_check_operator(call, batch));
    TRY(interruptions_under_way(call, batch, &suspended));
    if (suspended.id)
        call_refuse(call, "INTERRUPTION-07", field, "batch", batch->number, "at", suspended.suspended_at, "reason", suspended.reason, NULL);
    return DONE;
}

ending batches_check_cleared_again(call *call, const char *field, const batch *batch)
{
    const char *phase = strcmp(batch->state, "in-preparation") == 0 ? "making" : "packaging";
    interruption last = {0};
    bool interrupted = false, cleared = false;
    TRY(store_find(call->store, &INTERRUPTION_LAST, (&(interruption){.batch = batch->id, .phase = phase}), call->arena, &last, &interrupted));
    TRY(batches_line_cleared(call, batch, phase, &cleared));
    if (interrupted && last.resumed_at && !cleared)
        call_refuse(call, "INTERRUPTION-08", field, "batch", batch->number, "at", last.resumed_at, NULL);
    return DONE;
}

void batches_check_second_person(call *call, const char *field, int64_t first_person)
{
    if (first_person == call->person.id)
        call_refuse(call, "BATCH-04", field, "person", call->person.identifier, NULL);
}

bool batch_fell(const char *state)
{
    return text_is_among("recalled|refused|cancelled|abandoned|destroyed", state);
}

ending batches_state(call *call, int64_t batch, const char **ret_state)
{
    batch_standing standing = {0};
    bool found = false;
    TRY(store_find(call->store, &BATCH_STANDING, (&(batch_standing){.id = batch, .day = call->today}), call->arena, &standing, &found));
    *ret_state = standing.state;
    return found ? DONE : fail(call->outcome, "batch %lld is not there", (long long)batch);
}

ending batches_formula(call *call, const batch *batch, formula_content *ret_content)
{
    formula_version version = {0};
    bool found = false;
    TRY(store_find(call->store, &FORMULA_VERSION_BY_ID, (&(formula_version){.id = batch->version}), call->arena, &version, &found));
    return found ? formulas_read(call, &version, ret_content) : fail(call->outcome, "batch %s has no formula", batch->number);
}

ending batches_frozen(call *call, const batch *batch, answer **ret_formula)
{
    const char *type = NULL, *bytes = NULL;
    size_t length = 0;
    bool found = false;
    TRY(store_content(call->store, batch->formula_content, call->arena, &type, &bytes, &length, &found));
    if (!found)
        return fail(call->outcome, "the frozen formula of %s is not there", batch->number);
    return json_read(bytes, length, call->arena, call->outcome, ret_formula);
}

ending batches_clearance(call *call, const batch *batch, const char *phase, clearance *ret_clearance, bool *ret_found)
{
    clearance *clearances = NULL;
    size_t count = 0;
    *ret_found = false;
    interruption last = {0};
    bool interrupted = false;
    TRY(store_list(call->store, &CLEARANCES_OF, (&(clearance){.batch = batch->id}), call->arena, &clearances, &count));
    TRY(store_find(call->store, &INTERRUPTION_LAST, (&(interruption){.batch = batch->id, .phase = phase}), call->arena, &last, &interrupted));
    for (size_t i = 0; i < count; i++)
        if (strcmp(clearances[i].phase, phase) == 0 &&
            (!interrupted || strcmp(clearances[i].at, last.suspended_at) > 0)) {
            *ret_clearance = clearances[i];
            *ret_found = true;
        }
    return DONE;
}

ending batches_line_cleared(call *call, const batch *batch, const char *phase, bool *ret_cleared)
{
    clearance last = {0};
    return batches_clearance(call, batch, phase, &last, ret_cleared);
}

ending batches_making(call *call, const batch *batch, batch_making *m)
{
    store *store = call->store;
    arena *arena = call->arena;
    TRY(store_list(store, &WEIGHINGS_OF, (&(weighing){.batch = batch->id}), arena, &m->weighings, &m->weighing_count));
    TRY(store_list(store, &ISSUES_OF, (&(issue){.batch = batch->id}), arena, &m->issues, &m->issue_count));
    TRY(store_list(store, &STEP_RECORDS_OF, (&(step_record){.batch = batch->id}), arena, &m->steps, &m->step_count));
    TRY(store_list(store, &LOSSES_OF, (&(loss){.batch = batch->id}), arena, &m->losses, &m->loss_count));
    TRY(store_list(store, &SAMPLES_OF, (&(sample_line){.batch = batch->id}), arena, &m->samples, &m->sample_count));
    return store_list(store, &BOTTLES_OF, (&(bottle){.batch = batch->id}), arena, &m->bottles, &m->bottle_count);
}

int64_t making_lost(const batch_making *making, const char *kind)
{
    int64_t sum = 0;
    for (size_t i = 0; i < making->loss_count; i++)
        if (strcmp(making->losses[i].kind, kind) == 0)
            sum += making->losses[i].quantity;
    return sum;
}

int64_t making_sampled(const batch_making *making)
{
    int64_t sum = 0;
    for (size_t i = 0; i < making->sample_count; i++)
        sum += making->samples[i].units;
    return sum;
}

int64_t making_issued(const batch_making *making, const char *material_kind, bool verified)
{
    int64_t sum = 0;
    for (size_t i = 0; i < making->issue_count; i++)
        if (strcmp(making->issues[i].material_kind, material_kind) == 0 && (!verified || making->issues[i].verified_by != ABSENT))
            sum += making->issues[i].units;
    return sum;
}

int64_t making_left(const batch *batch, const batch_making *making)
{
    return (batch->filled == ABSENT ? 0 : batch->filled) - making_sampled(making) - making_lost(making, "capsules-rejected") -
           making_lost(making, "capsules-lost");
}

int64_t making_powder_left(const batch_making *making)
{
    int64_t powder = 0;
    for (size_t i = 0; i < making->weighing_count; i++)
        if (strcmp(making->weighings[i].state, "verified") == 0)
            powder += making->weighings[i].net;
    return powder - making_lost(making, "powder-residue") - making_lost(making, "powder-spilled");
}

int64_t sample_left(const sample_line *sample)
{
    return (sample->received == ABSENT ? sample->units : sample->received) - sample->used - sample->exited;
}

bool sample_serves(const char *destinations, const char *code)
{
    size_t length = strlen(code);
    for (const char *p = destinations; p; p = strchr(p, ',') ? strchr(p, ',') + 1 : NULL)
        if (strcspn(p, ",") == length && strncmp(p, code, length) == 0)
            return true;
    return false;
}

ending batches_shells_returned(call *call, const batch *batch, const formula_content *formula, int64_t *ret_returned)
{
    returned back = {0};
    bool found = false;
    for (size_t i = 0; i < formula->component_count; i++)
        if (strcmp(formula->components[i].kind, "capsule-shell") == 0)
            TRY(store_find(call->store, &RETURNED_OF, (&(returned){.batch = batch->id, .material = formula->components[i].material}), call->arena,
                           &back, &found));
    *ret_returned = back.units;
    return DONE;
}

ending batches_articles_out(call *call, const batch *batch, const formula_component_line *component, const batch_making *making, int64_t *ret_out)
{
    returned back = {0};
    bool found = false;
    *ret_out = 0;
    if (!text_equal(component->kind, "packaging-article"))
        return DONE;
    for (size_t i = 0; i < making->issue_count; i++)
        *ret_out += making->issues[i].component == component->id ? making->issues[i].units : 0;
    TRY(store_find(call->store, &RETURNED_OF, (&(returned){.batch = batch->id, .material = component->material}), call->arena, &back, &found));
    *ret_out -= back.units;
    return DONE;
}

ending batches_shells_left(call *call, const batch *batch, const formula_content *formula, const batch_making *making, int64_t *ret_left)
{
    int64_t back = 0;
    TRY(batches_shells_returned(call, batch, formula, &back));
    *ret_left = making_issued(making, "capsule-shell", true) - making_lost(making, "shells-defective") - making_lost(making, "shells-destroyed") -
                (batch->filled == ABSENT ? 0 : batch->filled) - back;
    return DONE;
}

bool making_has_step(const batch_making *making, int64_t step)
{
    for (size_t i = 0; i < making->step_count; i++)
        if (making->steps[i].step == step)
            return true;
    return false;
}

const formula_step *making_next_step(const formula_content *formula, const batch_making *making)
{
    for (size_t i = 0; i < formula->step_count; i++)
        if (!making_has_step(making, formula->steps[i].id))
            return &formula->steps[i];
    return NULL;
}

/* The record holds "stability", or the cause and the number that limits: "expiry MP26-0005". */
void batches_put_expiry_cause(answer *to, const batch *batch)
{
    const char *cause = batch->expiry_cause;
    size_t length = cause ? strcspn(cause, " ") : 0;
    put_state(to, "expiry-cause", cause ? arena_format(to->arena, "by-%s", arena_copy(to->arena, cause, length)) : NULL);
    put_text(to, "expiry-limited-by", cause && cause[length] ? cause + length + 1 : NULL);
}

const char *batches_expiry_words(arena *arena, language language, const batch *batch)
{
    const char *cause = batch->expiry_cause ? batch->expiry_cause : "";
    size_t length = strcspn(cause, " ");
    if (length == 0)
        return "";
    const char *words = catalogue_word(language, "state.by-", arena_copy(arena, cause, length));
    return cause[length] ? arena_format(arena, "%s (%s)", words, cause + length + 1) : words;
}
