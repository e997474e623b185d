#include "magistral/act/holds.h"

#include "magistral/base/catalogue.h"
#include "magistral/store/deviation.h"

/* A hold is not signed: what stands for its meaning says who asks for it. */
ending batches_hold(call *call, const batch *batch, const char *reason, bool hold)
{
    int64_t sequence = 0;
    const char *head = NULL;
    struct batch changed = *batch;
    changed.held = hold;
    TRY(journal_head(call->store, call->arena, &sequence, &head));
    decision made = {.batch = batch->id, .kind = hold ? "hold" : "lift", .reason = reason, .exceptions = "[]", .person = call->person.id,
                     .at = call->now, .meaning = call->meaning ? call->meaning : catalogue_word(call->site_language, "hold.", "unsigned"),
                     .sequence = sequence, .head = head};
    TRY(store_update(call->store, &BATCH_HOLD, &changed));
    return store_insert(call->store, &DECISION_INSERT, &made);
}
