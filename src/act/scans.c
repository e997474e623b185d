#include "magistral/act/bottles.h"
#include "magistral/act/holds.h"
#include "magistral/act/scans.h"

#include <string.h>

#include "magistral/base/digest.h"
#include "magistral/store/batch.h"
#include "magistral/store/dispensing.h"
#include "magistral/store/formula.h"
#include "magistral/store/lot.h"
#include "magistral/store/paper_form.h"
#include "magistral/store/site.h"
#include "magistral/store/weighing.h"

static const char start[] = "HTTPS://";
enum { DIGEST_TEXT = 26, SIGNATURE_TEXT = 103 };

bool scans_is_code(const char *text)
{
    return strncasecmp(text, start, sizeof start - 1) == 0;
}

/* The host of a code must be one that the site has or had. Returns what stands behind it, or NULL. */
static ending behind_host(call *call, const char *text, const char **ret_path)
{
    const char *host = text + sizeof start - 1, *slash = strchr(host, '/');
    site_host known = {0};
    bool found = false;
    *ret_path = NULL;
    if (strncmp(text, start, sizeof start - 1) != 0 || !slash)
        return DONE;
    site_host wanted = {.host = arena_copy(call->arena, host, (size_t)(slash - host))};
    TRY(store_find(call->store, &SITE_HOST_BY_HOST, &wanted, call->arena, &known, &found));
    *ret_path = found ? slash : NULL;
    return DONE;
}

static ending unknown(call *call, const char *field, const char *text)
{
    return call_refuse(call, "SCAN-01", field, "text", text, NULL);
}

ending scans_label(call *call, const char *field, const char *text, label *ret_label)
{
    const char *path = NULL;
    bool found = false;
    TRY(behind_host(call, text, &path));
    if (!path || strncmp(path, "/L/", 3) != 0 || strlen(path) != 3 + TOKEN_TEXT)
        return unknown(call, field, text);
    TRY(store_find(call->store, &LABEL_BY_TOKEN, (&(label){.token = path + 3}), call->arena, ret_label, &found));
    return found ? DONE : unknown(call, field, text);
}

bool scans_holds(const char *text, const unsigned char public[32])
{
    size_t length = strlen(text);
    if (length <= SIGNATURE_TEXT + DIGEST_TEXT + 1 || strncmp(text, start, sizeof start - 1) != 0)
        return false;
    unsigned char digest[16], signature[SIGNATURE_SIZE];
    const char *sealed = text + length - SIGNATURE_TEXT;
    ARENA_SCOPE arena *arena = arena_new();
    const char *digest_text = arena_copy(arena, sealed - 1 - DIGEST_TEXT, DIGEST_TEXT);
    if (sealed[-1] != '/' || !base32_read(digest_text, digest, sizeof digest) || !base32_read(sealed, signature, sizeof signature))
        return false;
    BUFFER_SCOPE buffer message = BUFFER_EMPTY;
    buffer_add(&message, text, (size_t)(sealed - text));
    buffer_add(&message, digest, sizeof digest);
    return signature_holds(message.bytes, message.length, signature, public);
}

static ending signed_by_us(call *call, const char *text, bool *ret_holds)
{
    signing_key *keys = NULL;
    size_t count = 0;
    unsigned char public[32];
    *ret_holds = false;
    TRY(store_list(call->store, &SIGNING_KEY_LIST, NOTHING, call->arena, &keys, &count));
    for (size_t i = 0; i < count; i++)
        if (hexadecimal_read(keys[i].public_key, public, sizeof public) && scans_holds(text, public))
            *ret_holds = true;
    return DONE;
}

ending scans_document(call *call, const char *field, const char *text, document *ret_document)
{
    const char *path = NULL;
    bool found = false, holds = false;
    TRY(behind_host(call, text, &path));
    const char *number = path && strncmp(path, "/C/", 3) == 0 ? path + 3 : NULL, *slash = number ? strchr(number, '/') : NULL;
    if (!slash)
        return unknown(call, field, text);
    document wanted = {.number = arena_copy(call->arena, number, (size_t)(slash - number))};
    TRY(store_find(call->store, &DOCUMENT_BY_NUMBER, &wanted, call->arena, ret_document, &found));
    TRY(signed_by_us(call, text, &holds));
    if (!found || !holds || !text_equal(ret_document->code, text))
        return unknown(call, field, text);
    return DONE;
}

const char *scans_thing(const char *label_kind)
{
    if (strcmp(label_kind, "intermediate") == 0)
        return "weighing";
    return strcmp(label_kind, "retained-sample") == 0 ? "sample" : label_kind;
}

const char *scans_kept(arena *arena, const char *text)
{
    enum { MOST_KEPT = 40, MOST_OF_A_TOKEN = 4 };
    size_t length = strlen(text), kept = length, characters = 0;
    if (strstr(text, "://")) {
        kept = strcspn(text, "?#");
        while (kept > 0 && text[kept - 1] != '/')
            kept--;
    } else if (length == TOKEN_TEXT && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == TOKEN_TEXT) {
        kept = MOST_OF_A_TOKEN;
    }
    const char *at = text;
    while (at < text + kept && characters < MOST_KEPT && text_scalar(&at, text + kept) >= 0)
        characters++;
    return arena_format(arena, "%.*s%s", (int)(at - text), text, (size_t)(at - text) < length ? "…" : "");
}

/* Nobody can use what the label names here: it is of another kind, or another label replaced it. */
static ending check_label(call *call, const char *field, const char *kind, const label *label)
{
    const char *names = scans_thing(label->kind);
    if (strcmp(names, kind) != 0)
        return call_refuse(call, "SCAN-02", field, "kind", call_word(call, "kind.", names), "number", label->subject, "expected",
                           call_word(call, "kind.", kind), NULL);
    if (strcmp(label->state, "void") == 0 || strcmp(label->state, "spoiled") == 0 || strcmp(label->state, "destroyed") == 0)
        return call_refuse(call, "SCAN-03", field, "label", label->number, "state", call_state(call, "label", label->state), NULL);
    return DONE;
}

ending scans_number(call *call, const char *field, const char *kind, const char *text, const char **ret_number)
{
    label label = {0};
    ending result = scans_label(call, field, text, &label);
    const char *what = result == DONE ? label.subject : scans_kept(call->arena, text);
    if (result == DONE)
        result = check_label(call, field, kind, &label);
    if (result == REFUSED)
        call_wrong_scan(call, field, what);
    TRY(result);
    *ret_number = label.subject;
    return DONE;
}

static ending state_of_batch(call *call, int64_t id, const char *number, const char **ret_state, const char **ret_use_by)
{
    batch batch = {0};
    batch_standing standing = {0};
    bool found = false;
    if (number)
        TRY(store_find(call->store, &BATCH_BY_NUMBER, (&(struct batch){.number = number}), call->arena, &batch, &found));
    else
        TRY(store_find(call->store, &BATCH_BY_ID, (&(struct batch){.id = id}), call->arena, &batch, &found));
    if (found)
        TRY(store_find(call->store, &BATCH_STANDING, (&(batch_standing){.id = batch.id, .day = call->today}), call->arena, &standing, &found));
    if (!found)
        return fail(call->outcome, "batch %s is not there", number ? number : "");
    *ret_state = standing.state;
    *ret_use_by = standing.expiry;
    return DONE;
}

static ending state_of_container(call *call, const char *number, const char **ret_state, const char **ret_use_by)
{
    container container = {0};
    lot lot = {0};
    lot_line line = {0};
    bool found = false;
    TRY(store_find(call->store, &CONTAINER_BY_NUMBER, (&(struct container){.number = number}), call->arena, &container, &found));
    if (found)
        TRY(store_find(call->store, &LOT_BY_ID, (&(struct lot){.id = container.lot}), call->arena, &lot, &found));
    if (found)
        TRY(store_find(call->store, &LOT_LINES, (&(lot_line){.number = lot.number, .day = call->today}), call->arena, &line, &found));
    if (!found)
        return fail(call->outcome, "container %s is not there", number);
    /* An opened container may end before its lot. */
    bool ended = container.end_of_use && strcmp(container.end_of_use, call->today) < 0;
    *ret_state = ended && strcmp(line.state, "accepted") == 0 ? "expired" : line.state;
    *ret_use_by = container.end_of_use && (!lot.limit_day || strcmp(container.end_of_use, lot.limit_day) < 0) ? container.end_of_use : lot.limit_day;
    return DONE;
}

/* A blank form of a formula that is no longer in force is not to be filled. */
static ending state_of_form(call *call, const char *number, const char **ret_state)
{
    paper_form form = {0};
    formula_version version = {0};
    bool found = false;
    TRY(store_find(call->store, &PAPER_FORM_BY_NUMBER, (&(paper_form){.number = number}), call->arena, &form, &found));
    if (found)
        TRY(store_find(call->store, &FORMULA_VERSION_BY_ID, (&(formula_version){.id = form.version}), call->arena, &version, &found));
    bool obsolete = found && text_equal(form.state, "issued") && !text_equal(version.state, "approved");
    *ret_state = obsolete ? version.state : form.state;
    return DONE;
}

ending scans_state(call *call, const char *kind, const char *number, const char **ret_state, const char **ret_use_by)
{
    *ret_state = NULL;
    *ret_use_by = NULL;
    bool found = false;
    if (strcmp(kind, "batch") == 0)
        return state_of_batch(call, 0, number, ret_state, ret_use_by);
    if (strcmp(kind, "container") == 0)
        return state_of_container(call, number, ret_state, ret_use_by);
    if (strcmp(kind, "weighing") == 0) {
        weighing weighing = {0};
        TRY(store_find(call->store, &WEIGHING_BY_NUMBER, (&(struct weighing){.number = number}), call->arena, &weighing, &found));
        *ret_state = strcmp(weighing.state, "recorded") == 0 ? "to-be-verified" : weighing.state;
        return DONE;
    }
    if (strcmp(kind, "bottle") == 0) {
        bottle bottle = {0};
        const char *own = NULL;
        TRY(store_find(call->store, &BOTTLE_BY_NUMBER, (&(struct bottle){.number = number}), call->arena, &bottle, &found));
        if (found)
            TRY(state_of_batch(call, bottle.batch, NULL, ret_state, ret_use_by));
        if (found)
            TRY(bottles_state(call, &bottle, &own));
        *ret_state = own ? own : *ret_state; /* whatever became of the others */
        return DONE;
    }
    if (strcmp(kind, "sample") == 0) {
        sample sample = {0};
        TRY(store_find(call->store, &SAMPLE_BY_NUMBER, (&(struct sample){.number = number}), call->arena, &sample, &found));
        return found ? state_of_batch(call, sample.batch, NULL, ret_state, ret_use_by) : DONE;
    }
    if (strcmp(kind, "paper-form") == 0)
        return state_of_form(call, number, ret_state);
    if (strcmp(kind, "dispensing") == 0) {
        dispensing dispensing = {0};
        TRY(store_find(call->store, &DISPENSING_BY_NUMBER, (&(struct dispensing){.number = number}), call->arena, &dispensing, &found));
        if (found)
            TRY(state_of_batch(call, dispensing.batch, NULL, ret_state, ret_use_by));
        if (found && strcmp(dispensing.state, "cancelled") == 0)
            *ret_state = dispensing.state; /* nobody is to take what it labels, whatever its batch is */
        return DONE;
    }
    return DONE;
}
