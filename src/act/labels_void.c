#include <string.h>

#include "magistral/act/labels.h"

ending labels_void(call *call, const char *kind, const char *number, const char *reason, bool specimens)
{
    label *labels = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LABEL_OF_SUBJECT, (&(label){.kind = kind, .subject = number}), call->arena, &labels, &count));
    for (size_t i = 0; i < count; i++) {
        bool live = strcmp(labels[i].state, "printed") == 0 || strcmp(labels[i].state, "applied") == 0;
        if (!live && !(specimens && strcmp(labels[i].state, "specimen") == 0))
            continue;
        labels[i].state = "void";
        labels[i].reason = reason;
        TRY(store_update(call->store, &LABEL_SETTLE, &labels[i]));
    }
    return DONE;
}
