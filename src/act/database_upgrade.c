/* Brings an older database to this program's schema: verified, copied, migrated, verified again. Rule: EU GMP Annex 11, 10
 * (changes in a controlled manner) and 7.2. The person signs in on the older schema: what a migration changes in people
 * and their rights must stay readable by this program before it. */
#include <inttypes.h>
#include <string.h>

#include "magistral/act/journals.h"

typedef struct upgrading {
    int64_t before;
    const char *copy; /* of the database as it was; NULL when there was nothing to do */
} upgrading;

static ending check(call *call, const char *rule, const char *copy)
{
    verification found;
    TRY(store_verify(call->store, 0, NULL, call->arena, &found));
    journals_refuse_findings(call, NULL, &found);
    return found.findings ? call_refuse(call, rule, NULL, "copy", copy, NULL) : DONE;
}

/* Before the transaction of the act: every schema file is a transaction of its own. */
static ending prepare(call *call)
{
    upgrading *made = arena_alloc(call->arena, sizeof *made);
    call->prepared = made;
    TRY(store_version(call->store, &made->before));
    if (made->before == store_schema_version())
        return DONE;
    store_rollback(call->store);
    TRY(check(call, "DATABASE-02", NULL));
    const char *copy = arena_format(call->arena, "%s.schema-%" PRId64 ".%.10s.%.2s%.2s%.2s", store_path(call->store), made->before,
                                    call->now, call->now + 11, call->now + 14, call->now + 17);
    TRY(store_copy(call->store, copy));
    TRY(store_migrate(call->store, call->now, call->zone));
    TRY(store_prepare_all(call->store)); /* all that the program will ask of it */
    TRY(check(call, "DATABASE-03", copy));
    made->copy = copy;
    return DONE;
}

static ending run(call *call)
{
    const upgrading *made = call->prepared;
    call_concerns(call, "database", "1");
    put_count(call->done, "schema-before", made->before);
    put_count(call->done, "schema", store_schema_version());
    put_truth(call->done, "already-current", !made->copy);
    if (made->copy)
        put_text(call->done, "copy", made->copy);
    return DONE;
}

const act database_upgrade_act = {.name = "database upgrade", .right = RIGHT_MANAGE_DATABASE, .run = run, .prepare = prepare};
