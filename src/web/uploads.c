/* Files that came with a form whose act is not done yet. Each session has its own, and loses its oldest ones when it keeps too many: a
 * form that names one of those is refused, and asks for it again. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk.h"
#include "magistral/base/digest.h"

enum { MOST_OF_A_SESSION = 32 << 20, MOST_OF_ALL = 256 << 20 /* bytes */ };

typedef struct upload {
    struct upload *next; /* a later one */
    char name[80];       /* SESSION-DIGEST, in the folder */
    size_t session;      /* letters of the session's part */
    size_t length;
} upload;

struct uploads {
    char *folder;
    pthread_mutex_t mutex;
    upload *first;
};

ending uploads_start(outcome *outcome, uploads **ret_uploads)
{
    const char *folder = getenv("TMPDIR");
    uploads *made = calloc(1, sizeof *made);
    if (!made || asprintf(&made->folder, "%s/magistral-XXXXXX", folder && *folder == '/' ? folder : "/tmp") < 0) {
        free(made);
        return fail(outcome, "no memory left");
    }
    if (!mkdtemp(made->folder)) {
        ending failed = fail_file(outcome, made->folder, errno);
        free(made->folder);
        free(made);
        return failed;
    }
    pthread_mutex_init(&made->mutex, NULL);
    *ret_uploads = made;
    return DONE;
}

static const char *path_of(const uploads *uploads, const char *name, char *room)
{
    snprintf(room, PATH_MAX, "%s/%s", uploads->folder, name);
    return room;
}

static bool is_of(const upload *upload, const char *session)
{
    return upload->session == strlen(session) && strncmp(upload->name, session, upload->session) == 0;
}

/* Under the mutex. */
static void remove_at(uploads *uploads, upload **at)
{
    char room[PATH_MAX];
    upload *removed = *at;
    *at = removed->next;
    unlink(path_of(uploads, removed->name, room));
    free(removed);
}

void uploads_end_session(void *context, const char *session)
{
    uploads *uploads = context;
    pthread_mutex_lock(&uploads->mutex);
    for (upload **at = &uploads->first; *at;)
        if (is_of(*at, session))
            remove_at(uploads, at);
        else
            at = &(*at)->next;
    pthread_mutex_unlock(&uploads->mutex);
}

void uploads_stop(uploads *uploads)
{
    if (!uploads)
        return;
    while (uploads->first)
        remove_at(uploads, &uploads->first);
    rmdir(uploads->folder);
    pthread_mutex_destroy(&uploads->mutex);
    free(uploads->folder);
    free(uploads);
}

/* Under the mutex: bytes of one session, or of all (NULL). */
static size_t total(const uploads *uploads, const char *session)
{
    size_t sum = 0;
    for (const upload *u = uploads->first; u; u = u->next)
        sum += !session || is_of(u, session) ? u->length : 0;
    return sum;
}

/* Under the mutex: the oldest ones go until there is room again. */
static void make_room(uploads *uploads, const char *session, size_t most)
{
    for (upload **at = &uploads->first; *at && total(uploads, session) > most;)
        if (!session || is_of(*at, session))
            remove_at(uploads, at);
        else
            at = &(*at)->next;
}

static bool write_whole(const char *path, const char *bytes, size_t length)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool written = file >= 0;
    for (size_t at = 0; written && at < length;) {
        ssize_t more = write(file, bytes + at, length - at);
        written = more > 0;
        at += more > 0 ? (size_t)more : 0;
    }
    return file >= 0 && close(file) == 0 && written;
}

/* Takes the place of one that is there already: the newest one again. */
static bool note(uploads *uploads, upload *made, const char *partial, const char *session)
{
    char room[PATH_MAX];
    pthread_mutex_lock(&uploads->mutex);
    for (upload **at = &uploads->first; *at;)
        if (strcmp((*at)->name, made->name) == 0)
            remove_at(uploads, at);
        else
            at = &(*at)->next;
    upload **last = &uploads->first;
    while (*last)
        last = &(*last)->next;
    *last = made;
    bool kept = rename(partial, path_of(uploads, made->name, room)) == 0;
    make_room(uploads, session, MOST_OF_A_SESSION);
    make_room(uploads, NULL, MOST_OF_ALL);
    pthread_mutex_unlock(&uploads->mutex);
    return kept;
}

/* The digest by which it is known from then on, or NULL with errno. */
static const char *keep(desk *desk, const char *bytes, size_t length)
{
    uploads *uploads = desk->core->uploads;
    const char *digest = digest_text(desk->arena, bytes, length), *session = desk->visit.identifier;
    const char *partial = arena_format(desk->arena, "%s/%p", uploads->folder, (void *)desk);
    upload *made = calloc(1, sizeof *made);
    if (!made)
        return NULL;
    made->session = strlen(session);
    made->length = length;
    snprintf(made->name, sizeof made->name, "%s-%s", session, digest);
    if (!write_whole(partial, bytes, length)) {
        int why = errno;
        unlink(partial);
        free(made);
        errno = why;
        return NULL;
    }
    return note(uploads, made, partial, session) ? digest : NULL;
}

const char *uploads_path(const desk *desk, const char *digest)
{
    uploads *uploads = desk->core->uploads;
    const char *session = desk->visit.identifier;
    char *name = session ? arena_format(desk->arena, "%s-%s", session, digest) : NULL;
    bool kept = false;
    pthread_mutex_lock(&uploads->mutex);
    for (const upload *u = uploads->first; name && u && !kept; u = u->next)
        kept = strcmp(u->name, name) == 0;
    pthread_mutex_unlock(&uploads->mutex);
    return kept ? arena_format(desk->arena, "%s/%s", uploads->folder, name) : NULL;
}

const char *uploads_name(const desk *desk, const char *path)
{
    size_t folder = strlen(desk->core->uploads->folder);
    const char *dash = strncmp(path, desk->core->uploads->folder, folder) == 0 && path[folder] == '/' ? strchr(path + folder, '-') : NULL;
    return dash ? arena_format(desk->arena, "%.12s", dash + 1) : NULL;
}

static void drop(form *form, const char *name)
{
    size_t left = 0;
    for (size_t i = 0; i < form->count; i++)
        if (strcmp(form->values[i].name, name) != 0)
            form->values[left++] = form->values[i];
    form->count = left;
}

ending uploads_take(desk *desk, const act *act)
{
    form *body = &desk->body, kept = {.values = arena_array(desk->arena, body->count + 1, sizeof *kept.values)};
    for (size_t i = 0; i < body->count; i++) {
        form_value value = body->values[i];
        if (strncmp(value.name, "_text.", 6) == 0) { /* a file that was written in the page itself */
            value.name += 6;
            value.file_name = value.name;
        }
        const input_definition *d = act_page_input(act, value.name);
        if (d && d->type == INPUT_FILE && !value.file_name && value.length > 0) /* a path of the server is never taken from a page: refused */
            value.name = arena_format(desk->arena, "_file.%s", d->name);
        if (value.file_name && (value.length == 0 || !d || d->type != INPUT_FILE))
            continue; /* no file was chosen, or none is due there */
        if (value.file_name) {
            value.value = keep(desk, value.value, value.length);
            value.name = arena_format(desk->arena, "_file.%s", d->name);
            value.file_name = NULL;
            if (!value.value)
                return fail_file(desk->outcome, desk->core->uploads->folder, errno);
            drop(&kept, value.name);
        }
        kept.values[kept.count++] = value;
    }
    *body = kept;
    return DONE;
}

ending uploads_read(const desk *desk, const char *digest, buffer *to, bool *ret_found)
{
    const char *path = uploads_path(desk, digest);
    FILE *file = path ? fopen(path, "re") : NULL;
    char piece[16384];
    size_t length;
    *ret_found = file != NULL;
    while (file && (length = fread(piece, 1, sizeof piece, file)) > 0)
        buffer_add(to, piece, length);
    bool broken = file && ferror(file);
    if (file)
        fclose(file);
    return broken ? fail_file(desk->outcome, path, EIO) : DONE;
}
