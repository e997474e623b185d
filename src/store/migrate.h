#ifndef MAGISTRAL_STORE_MIGRATE_H
#define MAGISTRAL_STORE_MIGRATE_H

#include "statement.h"

/* The act under which a schema file enters the journal; its person is the system. */
#define MIGRATION_ACT "migration"

/* The inputs that the entry of schema file `version` (from 1) carries: its name and the SHA-256 of its bytes; NULL when
 * the program has no such file. Owned by the arena. */
const char *migration_inputs(arena *arena, int version);

/* The SQL of schema file `version`, zero-ended. */
const char *migration_sql(int version);

#endif
