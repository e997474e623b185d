/* A database brought back from a copy is older than its witness, and nothing is done on it until an administrator, who
 * signs nothing else, says that the newer one is lost. Where the witness itself is gone, no document is issued until an
 * administrator says that. The past that is missing stays named for ever.
 * Rule: EU GMP Annex 11, 7 and 16; 21 CFR 11.10(c). */
#include <inttypes.h>

#include "magistral/act/call.h"
#include "magistral/act/witness.h"
#include "magistral/store/site.h"

static const input_definition inputs[] = {
    {"reason", INPUT_TEXT, 0, NULL, "Disque perdu le 12/02 ; copie de la nuit du 11 remise en place"},
    {0},
};

static ending run(call *call)
{
    int64_t sequence = 0, lost = 0;
    const char *head = NULL, *lost_head = NULL;
    bool strange = false, lacks = false;
    document last = {0};
    TRY(witness_strange(call, &lost, &lost_head, &strange));
    if (!strange) {
        TRY(witness_lacks(call, &last, &lacks));
        lost = last.drawn_from;
        lost_head = last.head;
    }
    if (!strange && !lacks)
        return call_refuse(call, "RESTORE-01", NULL, NULL);
    TRY(journal_head(call->store, call->arena, &sequence, &head));
    event confirmed = {.at = call->now, .kind = "restore-confirmed", .person = call->person.identifier,
                       .subject = arena_format(call->arena, "%" PRId64 ":%s", lost, lost_head), .detail = call_text(call, "reason")};
    TRY(store_insert(call->store, &EVENT_INSERT, &confirmed));
    call_concerns(call, "database", "1");
    put_text(call->done, "lost", confirmed.subject);
    put_count(call->done, "sequence", sequence);
    put_text(call->done, "head", head);
    return DONE;
}

const act database_confirm_restore_act = {.name = "database confirm-restore", .right = RIGHT_MANAGE_DATABASE, .inputs = inputs, .run = run};
