#include "magistral/act/requests.h"

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
