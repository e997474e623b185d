#ifndef MAGISTRAL_ACT_REQUESTS_H
#define MAGISTRAL_ACT_REQUESTS_H

#include "magistral/act/call.h"
#include "magistral/store/request.h"

/* What several acts on requests share. */

/* Finds a request by its number; refused (REQUEST-01, on `field`) when there is none. */
ending requests_find(call *call, const char *field, const char *number, request *ret_request) MUST_CHECK;

/* The same by the input `field`, for a request that nobody has decided yet (REQUEST-02). */
ending requests_find_received(call *call, const char *field, request *ret_request) MUST_CHECK;

#endif
