#include "magistral/act/labels.h"

bool labels_is_live(const label *label)
{
    return text_is_among("printed|applied", label->state);
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
