/* What blocks, what deviated, what is proposed. */
#include <string.h>

#include "magistral/act/releases.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/json.h"
#include "magistral/base/typography.h"
#include "magistral/store/document.h"

void releases_put_blocks(call *call, answer *to, const review *review)
{
    answer *list = put_list(to, "blocks");
    for (size_t i = 0; i < review->block_count; i++) {
        const release_block *block = &review->blocks[i];
        refusal_value values[] = {{"thing", block->thing}, {"state", call_state(call, block->link_kind, block->state)}, {"way_out", call_act_words(call, block->way_out)}};
        answer *row = add_object(list);
        put_text(row, "rule", block->rule);
        BUFFER_SCOPE buffer sentence = BUFFER_EMPTY;
        typography_add_sentence(&sentence, call->language, catalogue_fill(call->arena, call->language, block->rule, values, 3));
        put_text(row, "sentence", buffer_text(&sentence));
        put_text(row, "way-out", block->way_out);
        put_link(row, "link", block->link_kind ? block->link_kind : "batch", block->link_kind ? block->thing : review->batch.number);
    }
}

static const char *in_site_language(call *call, const char *number)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    if (number)
        typography_add_number(&text, call->site_language, number, NULL);
    return arena_text(call->arena, buffer_text(&text));
}

/* "AV 18.4 on 10 units, above 15.0; test not concluded, stage 2 not done". */
static ending proposal_of(call *call, const result_line *line, const char **ret_text)
{
    answer *computation = NULL;
    TRY(json_read(line->computation, strlen(line->computation), call->arena, call->outcome, &computation));
    const char *n = answer_find_text(computation, "n"), *disintegrated = answer_find_text(computation, "disintegrated");
    refusal_value values[] = {{"name", line->name},
                              {"stated", line->stated},
                              {"specification", line->specification},
                              {"reference", line->reference ? line->reference : line->method},
                              {"acceptance", in_site_language(call, answer_find_text(computation, "AV_rounded.value"))},
                              {"limit", in_site_language(call, "15.0")},
                              {"disintegrated", disintegrated},
                              {"n", n}};
    *ret_text = catalogue_fill(call->arena, call->site_language, arena_format(call->arena, "proposal.%s", line->verdict), values,
                               sizeof values / sizeof *values);
    return DONE;
}

ending releases_proposal(call *call, const review *review, const char **ret_text)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < review->result_count; i++) {
        const result_line *line = &review->results[i];
        const char *one = NULL;
        bool stands = text_equal(line->state, "closed") || text_equal(line->state, "verified");
        if (!stands || text_equal(line->verdict, "complies"))
            continue;
        TRY(proposal_of(call, line, &one));
        buffer_add_format(&text, "%s%s", one, typography_semicolon(call->site_language));
    }
    *ret_text = NULL;
    if (text.length == 0)
        return DONE;
    buffer_add_text(&text, catalogue_word(call->site_language, "proposal.", "refused"));
    BUFFER_SCOPE buffer shown = BUFFER_EMPTY;
    typography_add_sentence(&shown, call->site_language, buffer_text(&text));
    *ret_text = arena_text(call->arena, buffer_text(&shown));
    return DONE;
}

/* The bottles' labels say the state that ended; a sample's label says "sample" and stays as it is. */
static ending void_labels(call *call, const batch *batch, const char *state)
{
    label *labels = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LABEL_OF_BATCH, (&(label){.batch = batch->id}), call->arena, &labels, &count));
    for (size_t i = 0; i < count; i++) {
        bool stuck = text_equal(labels[i].state, "printed") || text_equal(labels[i].state, "applied");
        if (!stuck || !text_equal(labels[i].kind, "bottle") || text_equal(labels[i].shown_state, state))
            continue;
        labels[i].state = "void";
        TRY(store_update(call->store, &LABEL_SETTLE, &labels[i]));
    }
    return DONE;
}

ending releases_decide(call *call, const review *review, const char *kind, const char *state, answer *exceptions)
{
    BUFFER_SCOPE buffer json = BUFFER_EMPTY;
    TRY(answer_write_json(exceptions, &json));
    decision made = {.batch = review->batch.id, .kind = kind, .lot = ABSENT, .reason = call_text(call, "reason"),
                     .exceptions = arena_text(call->arena, buffer_text(&json)), .person = call->person.id, .at = call->now,
                     .meaning = call->meaning};
    TRY(journal_head(call->store, call->arena, &made.sequence, &made.head));
    TRY(store_insert(call->store, &DECISION_INSERT, &made));
    batch decided = review->batch;
    decided.state = state;
    TRY(store_update(call->store, &BATCH_END, &decided));
    TRY(void_labels(call, &decided, state));
    put_link(call->done, "batch", "batch", decided.number);
    put_state(call->done, "state", state);
    put_text(call->done, "meaning", made.meaning);
    put_link(call->done, "person", "person", call->person.identifier);
    put_text(call->done, "name", call->person.name);
    put_instant(call->done, "at", made.at);
    put_text(call->done, "reason", made.reason);
    answer_put(call->done, "exceptions", exceptions);
    put_text(call->done, "head", arena_format(call->arena, "%lld:%s", (long long)made.sequence, made.head));
    return DONE;
}
