/* A person sets the PIN that goes with their badge; nobody sets another's. Rule: 21 CFR 11.300(a); NIST SP 800-63B, 3.1.1. */
#include <string.h>

#include "magistral/act/people.h"
#include "magistral/base/digest.h"
#include "magistral/store/workstation.h"

static const input_definition inputs[] = {
    {"pin", INPUT_SECRET, 0, NULL, NULL},
    {0},
};

/* Before the transaction: it takes some 15 ms. */
static ending prepare(call *call)
{
    const char *pin = call_text(call, "pin");
    if (!pin_is_well_formed(pin))
        return call_refuse(call, "PERSON-19", "pin", NULL);
    if (pin_is_trivial(pin))
        return call_refuse(call, "PERSON-20", "pin", NULL);
    call->prepared = (void *)(uintptr_t)password_hash(call->arena, pin);
    return call->prepared ? DONE : fail(call->outcome, "no memory left for a PIN");
}

static ending run(call *call)
{
    pin before = {0};
    bool found = false;
    const char *hash = call->prepared;
    pin_secret secret = {.person = call->person.id, .pin = hash};
    pin made = {.person = call->person.id, .digest = digest_text(call->arena, hash, strlen(hash)), .set_at = call->now};
    TRY(store_find(call->store, &PIN_OF, &made, call->arena, &before, &found));
    TRY(found ? store_update(call->store, &PIN_SECRET_UPDATE, &secret) : store_insert(call->store, &PIN_SECRET_INSERT, &secret));
    TRY(found ? store_update(call->store, &PIN_UPDATE, &made) : store_insert(call->store, &PIN_INSERT, &made));
    call_concerns(call, "person", call->person.identifier);
    put_link(call->done, "person", "person", call->person.identifier);
    put_instant(call->done, "pin-set", made.set_at);
    return DONE;
}

const act person_set_pin_act = {.name = "person set-pin", .right = RIGHT_SIGNED_IN, .full_password = true, .inputs = inputs, .run = run,
                                .prepare = prepare};
