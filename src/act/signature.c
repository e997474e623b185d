/* Rule: EU GMP Annex 11, 14; 21 CFR 11.50 and 11.200: meaning shown, full re-authentication, void when the record changed. */
#include <string.h>

#include "magistral/base/catalogue.h"
#include "magistral/base/digest.h"
#include "magistral/base/typography.h"
#include "runner_parts.h"

static const char *meaning_of(call *call, language language)
{
    refusal_value *values = arena_array(call->arena, call->input_count, sizeof *values);
    for (size_t i = 0; i < call->input_count; i++)
        values[i] = (refusal_value){call->inputs[i].definition->name, call->inputs[i].given ? call->inputs[i].texts[0] : ""};
    return catalogue_fill(call->arena, language, arena_format(call->arena, "meaning.%s", call->act->name), values,
                          call->input_count);
}

/* What is signed: the act, its inputs, and the last journal entry of every thing that it names. */
static ending digest_of(call *call, const char *meaning, const char **ret_digest)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    buffer_add_format(&text, "%s\n%s\n%s\n", call->act->name, meaning, inputs_json(call));
    for (size_t i = 0; i < call->input_count; i++) {
        const input_value *input = &call->inputs[i];
        if (input->definition->type != INPUT_NUMBER || !input->definition->detail)
            continue;
        for (size_t k = 0; k < input->count; k++) {
            journal_subject last = {0}, wanted = {.kind = input->definition->detail, .number = input->texts[k]};
            bool found = false;
            TRY(store_find(call->store, &JOURNAL_LAST_OF, &wanted, call->arena, &last, &found));
            buffer_add_format(&text, "%s %s %lld\n", wanted.kind, wanted.number, found ? (long long)last.sequence : 0LL);
        }
    }
    *ret_digest = digest_text(call->arena, text.bytes, text.length);
    return DONE;
}

/* The screen sets the meaning with firm spaces and curly apostrophes; typed or copied from there, it is the same meaning. */
static bool says_meaning(call *call, const char *given, language language)
{
    BUFFER_SCOPE buffer a = BUFFER_EMPTY;
    BUFFER_SCOPE buffer b = BUFFER_EMPTY;
    typography_add_sentence(&a, language, given);
    typography_add_sentence(&b, language, meaning_of(call, language));
    return strcmp(buffer_text(&a), buffer_text(&b)) == 0;
}

ending signature_check(call *call, const command *command, const char **ret_digest)
{
    const char *meaning = meaning_of(call, call->site_language), *digest = NULL;
    TRY(clock_allows_signing(call));
    TRY(digest_of(call, meaning, &digest));
    if (!command->signature)
        return refuse(call->outcome, "CALL-09", "signature", "meaning", meaning, "digest", digest, NULL);
    /* The help says it in the reader's language: it is the same sentence, and what is kept is the site's. */
    if (!says_meaning(call, command->signature, FRENCH) && !says_meaning(call, command->signature, ENGLISH))
        return refuse(call->outcome, "CALL-10", "signature", "meaning", meaning, "given", command->signature, NULL);
    if (command->signed_digest && strcmp(command->signed_digest, digest) != 0)
        return refuse(call->outcome, "CALL-11", "signature", "digest", digest, NULL);
    call->meaning = meaning;
    *ret_digest = digest;
    return DONE;
}
