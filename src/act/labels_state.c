/* What became of a label. */
#include "magistral/act/labels.h"
#include "magistral/act/reconciliations.h"
#include "magistral/act/scans.h"

bool labels_is_live(const label *label)
{
    return text_is_among("printed|applied", label->state);
}

ending labels_find(call *call, const char *text, label *ret_label)
{
    bool found = false;
    if (scans_is_code(text))
        return scans_label(call, "label", text, ret_label);
    TRY(store_find(call->store, &LABEL_BY_NUMBER, (&(label){.number = text}), call->arena, ret_label, &found));
    return found ? DONE : call_refuse(call, "LABEL-05", "label", "label", text, NULL);
}

ending labels_void(call *call, const char *kind, const char *number, const char *reason, bool specimens)
{
    label *labels = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LABEL_OF_SUBJECT, (&(label){.kind = kind, .subject = number}), call->arena, &labels, &count));
    for (size_t i = 0; i < count; i++) {
        if (!labels_is_live(&labels[i]) && !(specimens && text_equal(labels[i].state, "specimen")))
            continue;
        labels[i].state = "void";
        labels[i].reason = reason;
        TRY(store_update(call->store, &LABEL_SETTLE, &labels[i]));
    }
    return DONE;
}

ending labels_reconcile_again(call *call, int64_t batch_id)
{
    batch batch = {0};
    label *labels = NULL;
    size_t count = 0;
    bool found = false;
    if (batch_id == ABSENT)
        return DONE;
    TRY(store_find(call->store, &BATCH_BY_ID, (&(struct batch){.id = batch_id}), call->arena, &batch, &found));
    if (!text_equal(batch.state, "quarantine"))
        return DONE;
    TRY(store_list(call->store, &LABEL_OF_BATCH, (&(label){.batch = batch_id}), call->arena, &labels, &count));
    for (size_t i = 0; i < count; i++)
        if (text_equal(labels[i].state, "printed"))
            return DONE;
    return reconciliations_again(call, &batch, "labels");
}
