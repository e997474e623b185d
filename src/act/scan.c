/* Any code of ours: genuine or not, what it is, its state today. Never a patient. */
#include <string.h>

#include "magistral/act/samples.h"
#include "magistral/act/scans.h"
#include "magistral/act/witness.h"
#include "magistral/base/digest.h"
#include "magistral/base/typography.h"

static const input_definition inputs[] = {
    {"text", INPUT_TEXT, INPUT_POSITIONAL | INPUT_VERBATIM, NULL, "HTTPS://PUI.HOPITAL.EXAMPLE/L/AAAAAAAAAAAAAAAAAAAAAAAAAA"},
    {"offline", INPUT_TRUTH, INPUT_OPTIONAL, NULL, ""},
    {"key", INPUT_PATH, INPUT_OPTIONAL, NULL, ""},
    {0},
};

/* With the public key alone, as an inspector far from the database does. */
static ending scan_offline(call *call)
{
    const char *text = NULL, *code = call_text(call, "text");
    unsigned char public[32];
    if (!call_has(call, "key"))
        return call_refuse(call, "CALL-03", "key", "example", "FILE", NULL);
    TRY(file_read_text(call->arena, call->outcome, call_text(call, "key"), &text));
    if (!hexadecimal_read(arena_copy(call->arena, text, strcspn(text, " \r\n")), public, sizeof public))
        return call_refuse(call, "SCAN-04", "key", "path", call_text(call, "key"), NULL);
    if (strstr(code, "/L/"))
        return call_refuse(call, "SCAN-05", "text", NULL);
    if (!scans_holds(code, public))
        return call_refuse(call, "SCAN-01", "text", "text", code, NULL);
    const char *number = strchr(code + 8, '/') + 3, *end = strchr(number, '/');
    put_truth(call->done, "genuine", true);
    put_text(call->done, "document", arena_copy(call->arena, number, (size_t)(end - number)));
    put_text(call->done, "digest", arena_copy(call->arena, end + 1, 26));
    put_text(call->done, "not-told", typography_sentence(call->arena, call->language, "scan.not-told"));
    return DONE;
}

static ending put_way(call *call, const char *kind, const char *number)
{
    bool traced = !text_is_among("register|journal|paper-form", kind);
    if (call->person.id && traced)
        put_text(call->done, "up-and-down", arena_format(call->arena, "magistral trace up %s; magistral trace down %s", number, number));
    put_link(call->done, "about", kind, number);
    if (call->person.id && strcmp(kind, "sample") == 0) {
        sample_line sample = {0};
        bool found = false;
        TRY(store_find(call->store, &SAMPLE_LINE, (&(sample_line){.number = number}), call->arena, &sample, &found));
        if (found)
            TRY(samples_put_task(call, call->done, &sample));
    }
    const char *state = NULL, *use_by = NULL;
    TRY(scans_state(call, kind, number, &state, &use_by));
    if (state)
        put_state_of(call->done, "state", strcmp(kind, "paper-form") == 0 ? kind : NULL, state);
    if (use_by)
        put_day(call->done, "use-by", use_by);
    return DONE;
}

static ending scan_document(call *call, const char *text)
{
    document document = {0}, newer = {0};
    bool replaced = false;
    TRY(scans_document(call, "text", text, &document));
    TRY(store_find(call->store, &DOCUMENT_REPLACING, (&(struct document){.id = document.id}), call->arena, &newer, &replaced));
    put_truth(call->done, "genuine", true);
    put_state(call->done, "kind", document.kind);
    put_link(call->done, "document", "document", document.number);
    put_instant(call->done, "issued", document.issued_at);
    put_text(call->done, "digest", strrchr(document.code, '/') - 26 > document.code
                                       ? arena_copy(call->arena, strrchr(document.code, '/') - 26, 26) : NULL);
    if (replaced)
        put_link(call->done, "replaced-by", "document", newer.number);
    return put_way(call, document.subject_kind, document.subject);
}

static ending scan_label(call *call, const char *text)
{
    label label = {0};
    TRY(scans_label(call, "text", text, &label));
    put_truth(call->done, "genuine", true);
    put_state(call->done, "kind", arena_format(call->arena, "%s-label", label.kind));
    put_link(call->done, "label", "label", label.number);
    put_state_of(call->done, "label-state", "label", label.state);
    put_instant(call->done, "issued", label.printed_at);
    return put_way(call, scans_thing(label.kind), label.subject);
}

static ending run(call *call)
{
    const char *text = call_text(call, "text");
    if (call_truth(call, "offline"))
        return scan_offline(call);
    put_truth(call->done, "rehearsal", call->rehearsal);
    return strstr(text, "/L/") ? scan_label(call, text) : scan_document(call, text);
}

const act scan_act = {.name = "scan", .view = true, .right = RIGHT_OPEN, .inputs = inputs, .run = run, .alone_with = "offline"};
