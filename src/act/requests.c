#include "magistral/act/requests.h"

#include "magistral/act/batches.h"

#include <string.h>

ending requests_find(call *call, const char *field, const char *number, request *ret_request)
{
    bool found = false;
    TRY(store_find(call->store, &REQUEST_BY_NUMBER, (&(request){.number = number}), call->arena, ret_request, &found));
    return found ? DONE : call_refuse(call, "REQUEST-01", field, "request", number, NULL);
}

ending requests_find_received(call *call, const char *field, request *ret_request)
{
    TRY(requests_find(call, field, call_text(call, field), ret_request));
    if (strcmp(ret_request->state, "received") != 0)
        return call_refuse(call, "REQUEST-02", field, "request", ret_request->number, "state", call_state(call, "request", ret_request->state), NULL);
    return DONE;
}

ending requests_batch(call *call, int64_t request, const char **ret_batch)
{
    batch_of_request *batches = NULL;
    size_t count = 0;
    *ret_batch = NULL;
    TRY(store_list(call->store, &BATCHES_OF_REQUEST, (&(batch_of_request){.request = request, .day = call->today}), call->arena, &batches, &count));
    for (size_t i = 0; i < count; i++)
        if (!batch_fell(batches[i].state) && !batches[i].reattributed)
            *ret_batch = batches[i].number;
    return DONE;
}
