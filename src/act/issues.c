#include "magistral/act/issues.h"

ending issues_find(call *call, const char *field, issue *ret_issue, batch *ret_batch)
{
    bool found = false;
    const char *number = call_text(call, field);
    TRY(store_find(call->store, &ISSUE_BY_NUMBER, (&(issue){.number = number}), call->arena, ret_issue, &found));
    if (!found)
        return call_refuse(call, "ISSUE-01", field, "issue", number, NULL);
    TRY(store_find(call->store, &BATCH_BY_ID, (&(batch){.id = ret_issue->batch}), call->arena, ret_batch, &found));
    if (!found)
        return fail(call->outcome, "issue %s has no batch", number);
    call_concerns(call, "batch", ret_batch->number);
    return DONE;
}
