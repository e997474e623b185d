/* The connection: one process owns the file, write-ahead logging with one writer, every safety that SQLite offers. */
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "changes.h"
#include "owner.h"
#include "statement.h"

enum { APPLICATION = 0x4D414753 }; /* "MAGS" in the file's header */

static const char *const common_settings[] = {
    "PRAGMA foreign_keys=ON", "PRAGMA trusted_schema=OFF", "PRAGMA mmap_size=0",     "PRAGMA cell_size_check=ON",
    "PRAGMA secure_delete=ON", "PRAGMA temp_store=MEMORY",
    "PRAGMA busy_timeout=2000", /* a reader that met a header half written holds the lock of writers while it reads it again (walIndexReadHdr) */
    "PRAGMA cache_size=-8192", /* KiB: a trace of 2,500 patients touches 5 MiB, and reading them twice cost a fifth */
};
static const char *const writer_settings[] = {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"};

/* After opening, a connection may read and change rows, and nothing else. */
static int authorize(void *context, int action, const char *first, const char *second, const char *database, const char *trigger)
{
    (void)first, (void)second, (void)database, (void)trigger;
    if (((const store *)context)->free_hand)
        return SQLITE_OK;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
    case SQLITE_TRANSACTION:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

static bool on_network(const char *path)
{
    static const unsigned long network[] = {NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, 0xFF534D42, 0xFE534D42, CODA_SUPER_MAGIC,
                                            AFS_SUPER_MAGIC, 0x01021997 /* 9p */};
    struct statfs about;
    if (statfs(path, &about) != 0)
        return false;
    for (size_t i = 0; i < sizeof network / sizeof *network; i++)
        if ((unsigned long)about.f_type == network[i])
            return true;
    return false;
}

static ending take_ownership(store *store)
{
    BUFFER_SCOPE buffer path = BUFFER_EMPTY;
    buffer_add_format(&path, "%s.owner", store->path);
    store->owner = open(path.bytes, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (store->owner < 0)
        return fail_file(store->outcome, path.bytes, errno);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(store->owner, F_OFD_SETLK, &lock) == 0)
        return owner_write(store->owner) ? DONE : fail_file(store->outcome, path.bytes, errno);
    if (errno != EAGAIN && errno != EACCES)
        return fail_file(store->outcome, path.bytes, errno);
    BUFFER_SCOPE buffer holder = BUFFER_EMPTY;
    owner_read(store->owner, &holder);
    return refuse(store->outcome, "STORE-02", "database", "path", store->path, "holder", buffer_text(&holder), NULL);
}

/* SQLite's own copying of the log into the file ignores errors; ours does not: the act is kept, the next one is not begun. */
static int copy_log(void *context, sqlite3 *database, const char *name, int pages)
{
    enum { COPY_AT = 4000 }; /* an act touches some ten pages: every four hundred acts or so, not every hundred */
    if (pages < COPY_AT)
        return SQLITE_OK;
    int code = sqlite3_wal_checkpoint_v2(database, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY && (code & 0xFF) != SQLITE_LOCKED)
        store_break(context);
    return SQLITE_OK;
}

static ending settle(store *store)
{
    sqlite3 *db = store->database;
    sqlite3_extended_result_codes(db, 1);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    for (size_t i = 0; i < sizeof common_settings / sizeof *common_settings; i++)
        TRY(store_run(store, common_settings[i]));
    if (store->use == STORE_READS) {
        sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
        return store_run(store, "PRAGMA query_only=ON");
    }
    for (size_t i = 0; i < sizeof writer_settings / sizeof *writer_settings; i++)
        TRY(store_run(store, writer_settings[i]));
    sqlite3_wal_hook(db, copy_log, store);
    changes_watch(store);
    return DONE;
}

/* Many threads that look at little each. */
ending store_keep_little(store *store)
{
    sqlite3_set_authorizer(store->database, NULL, NULL); /* settings are for nobody else */
    ending result = store_run(store, "PRAGMA cache_size=-1280");
    sqlite3_set_authorizer(store->database, authorize, store);
    return result;
}

/* Counting what it allocates costs the library a lock that all connections share, at every piece of memory. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

ending store_connect(const char *path, store_use use, bool create, outcome *outcome, store **ret_store)
{
    if (on_network(path))
        return refuse(outcome, "STORE-05", "database", "path", path, NULL);
    store *made = calloc(1, sizeof *made);
    if (!made)
        return fail(outcome, "no memory left");
    made->path = strdup(path);
    made->use = use;
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure);
    made->owner = -1;
    made->outcome = outcome;
    made->free_hand = true;
    ending result = use == STORE_WRITES ? take_ownership(made) : DONE;
    if (result == DONE) {
        int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (create ? SQLITE_OPEN_CREATE : 0);
        int code = sqlite3_open_v2(path, &made->database, flags, NULL);
        if (code != SQLITE_OK)
            result = store_fail(outcome, path, code, sqlite3_errstr(code));
    }
    if (result == DONE)
        sqlite3_set_authorizer(made->database, authorize, made);
    if (result == DONE)
        result = settle(made);
    if (result != DONE) {
        store_close(made);
        return result;
    }
    *ret_store = made;
    return DONE;
}

static ending check_version(store *store, bool older_too)
{
    int64_t version = 0;
    TRY(store_version(store, &version));
    if (version == store_schema_version() || (older_too && version < store_schema_version()))
        return DONE;
    BUFFER_SCOPE buffer theirs = BUFFER_EMPTY, ours = BUFFER_EMPTY;
    buffer_add_format(&theirs, "%lld", (long long)version);
    buffer_add_format(&ours, "%d", store_schema_version());
    return refuse(store->outcome, version < store_schema_version() ? "STORE-04" : "STORE-09", "database", "path", store->path,
                  "theirs", theirs.bytes, "ours", ours.bytes, NULL);
}

static ending open_existing(const char *path, store_use use, bool older_too, outcome *outcome, store **ret_store)
{
    if (access(path, F_OK) != 0)
        return refuse(outcome, "STORE-01", "database", "path", path, NULL);
    STORE_SCOPE store *opened = NULL;
    TRY(store_connect(path, use, false, outcome, &opened));
    int64_t application = 0;
    if (store_integer(opened, "PRAGMA application_id", &application) != DONE || application != APPLICATION) {
        outcome->failure = NULL;
        return refuse(outcome, "STORE-03", "database", "path", path, NULL);
    }
    TRY(check_version(opened, older_too));
    opened->free_hand = false;
    *ret_store = opened;
    opened = NULL;
    return DONE;
}

ending store_open(const char *path, store_use use, outcome *outcome, store **ret_store)
{
    return open_existing(path, use, false, outcome, ret_store);
}

ending store_open_older(const char *path, outcome *outcome, store **ret_store)
{
    return open_existing(path, STORE_WRITES, true, outcome, ret_store);
}

ending store_create(const char *path, outcome *outcome, store **ret_store)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0 && errno == EEXIST)
        return refuse(outcome, "STORE-06", "database", "path", path, NULL);
    if (file < 0)
        return fail_file(outcome, path, errno);
    close(file);
    STORE_SCOPE store *made = NULL;
    TRY(store_connect(path, STORE_WRITES, true, outcome, &made));
    TRY(store_run(made, "PRAGMA application_id=1296123731"));
    made->free_hand = false;
    *ret_store = made;
    made = NULL;
    return DONE;
}

void store_close(store *store)
{
    if (!store)
        return;
    for (size_t i = 0; i < PREPARED_SLOTS; i++) {
        sqlite3_finalize(store->slots[i].statement);
        sqlite3_free(store->slots[i].cells_bound);
        sqlite3_free(store->slots[i].cells_read);
    }
    for (size_t i = 0; i < sizeof store->journal_statements / sizeof *store->journal_statements; i++)
        sqlite3_finalize(store->journal_statements[i]);
    for (size_t i = 0; i < sizeof store->content_statements / sizeof *store->content_statements; i++)
        sqlite3_finalize(store->content_statements[i]);
    sqlite3_close_v2(store->database);
    if (store->owner >= 0)
        close(store->owner);
    buffer_clear(&store->changes);
    free(store->path);
    free(store);
}

void store_close_scope(store **store)
{
    store_close(*store);
}

void store_report_to(store *store, outcome *outcome)
{
    store->outcome = outcome;
}

ending store_read_once(store *store)
{
    store->free_hand = true;
    ending result = store_run(store, "PRAGMA cache_size=-512");
    store->free_hand = false;
    return result;
}

bool store_reads_only(const store *store)
{
    return store->use == STORE_READS;
}

bool store_is_broken(const store *store)
{
    return store->broken;
}

const char *store_path(const store *store)
{
    return store->path;
}

ending store_begin(store *store)
{
    if (store->broken)
        return fail_input_output(store->outcome, "STORE-13", "path", store->path, NULL);
    store_rollback(store); /* a snapshot that was read until now */
    buffer_empty(&store->changes);
    store->changes_failed = false;
    TRY(store_run(store, "BEGIN IMMEDIATE"));
    store->in_transaction = true;
    return DONE;
}

ending store_begin_reading(store *store)
{
    if (store->in_transaction)
        return DONE;
    TRY(store_run(store, "BEGIN"));
    store->in_transaction = true;
    return DONE;
}

ending store_commit(store *store)
{
    TRY(store_run(store, "COMMIT"));
    store->in_transaction = false;
    return DONE;
}

void store_rollback(store *store)
{
    if (!store->in_transaction)
        return;
    store->in_transaction = false;
    for (size_t i = 0; i < PREPARED_SLOTS; i++)
        if (store->slots[i].statement)
            sqlite3_reset(store->slots[i].statement);
    if (!sqlite3_get_autocommit(store->database))
        sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
    buffer_empty(&store->changes);
}

const char *store_library_version(void)
{
    return sqlite3_libversion();
}

ending store_copy(store *from, const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return errno == EEXIST ? refuse(from->outcome, "STORE-06", "file", "path", path, NULL)
                               : fail_file(from->outcome, path, errno);
    close(file);
    sqlite3 *to = NULL;
    int code = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) {
        sqlite3_backup *backup = sqlite3_backup_init(to, "main", from->database, "main");
        code = backup ? sqlite3_backup_step(backup, -1) : sqlite3_errcode(to);
        if (backup && sqlite3_backup_finish(backup) != SQLITE_OK)
            code = sqlite3_errcode(to);
    }
    /* One file that is whole by itself: no log beside it. */
    if (code == SQLITE_DONE)
        code = sqlite3_exec(to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    ending result = code == SQLITE_OK ? DONE : store_fail(from->outcome, path, code, sqlite3_errmsg(to));
    sqlite3_close(to);
    return result;
}
