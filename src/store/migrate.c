#include "migrate.h"

#include <stdlib.h>

#include "magistral/base/digest.h"
#include "magistral/base/embedded.h"
#include "magistral/store/journal.h"

extern const embedded_file embedded_schema[];
extern const size_t embedded_schema_count;

int store_schema_version(void)
{
    return (int)embedded_schema_count;
}

ending store_version(store *store, int64_t *ret_version)
{
    bool free_hand = store->free_hand;
    store->free_hand = true;
    ending result = store_integer(store, "PRAGMA user_version", ret_version);
    store->free_hand = free_hand;
    return result;
}

const char *migration_inputs(arena *arena, int version)
{
    if (version < 1 || version > store_schema_version())
        return NULL;
    const embedded_file *file = &embedded_schema[version - 1];
    return arena_format(arena, "{\"file\":\"%s\",\"sha256\":\"%s\"}", file->name,
                        digest_text(arena, file->bytes, file->length));
}

const char *migration_sql(int version)
{
    return (const char *)embedded_schema[version - 1].bytes;
}

static ending apply_file(store *store, int version, const char *at, const char *zone)
{
    ARENA_SCOPE arena *arena = arena_new();
    TRY(store_begin(store));
    TRY(store_run(store, migration_sql(version)));
    TRY(store_run(store, arena_format(arena, "PRAGMA user_version=%d", version)));
    buffer_empty(&store->changes); /* replay runs the file itself */
    journal_entry entry = {.at = at, .zone = zone, .workstation = "", .program = MAGISTRAL_VERSION, .schema_version = version,
                           .template_version = "", .act = MIGRATION_ACT, .inputs = migration_inputs(arena, version), .answer = "{}"};
    TRY(journal_append(store, &entry, NULL, 0));
    return store_commit(store);
}

ending store_migrate(store *store, const char *at, const char *zone)
{
    int64_t version = 0;
    ending result = store_version(store, &version);
    store->free_hand = true;
    while (result == DONE && version < store_schema_version())
        result = apply_file(store, (int)++version, at, zone);
    if (result != DONE)
        store_rollback(store);
    store->free_hand = false;
    return result;
}
