#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk.h"
#include "magistral/base/digest.h"

ending uploads_start(core *core, outcome *outcome)
{
    const char *folder = getenv("TMPDIR");
    char *made = arena_format(core->arena, "%s/magistral-XXXXXX", folder && *folder == '/' ? folder : "/tmp");
    if (!mkdtemp(made))
        return fail_file(outcome, made, errno);
    core->uploads = made;
    return DONE;
}

void uploads_stop(core *core)
{
    DIR *folder = core->uploads ? opendir(core->uploads) : NULL;
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (*entry->d_name != '.')
            unlinkat(dirfd(folder), entry->d_name, 0);
    if (folder)
        closedir(folder);
    if (core->uploads)
        rmdir(core->uploads);
}

static bool is_digest(const char *text)
{
    return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
}

static const char *path_of(const desk *desk, const char *digest)
{
    return arena_format(desk->arena, "%s/%s", desk->core->uploads, digest);
}

const char *uploads_path(const desk *desk, const char *digest)
{
    const char *path = is_digest(digest) ? path_of(desk, digest) : NULL;
    return path && access(path, R_OK) == 0 ? path : NULL;
}

static const char *keep(desk *desk, const char *bytes, size_t length)
{
    const char *digest = digest_text(desk->arena, bytes, length), *path = path_of(desk, digest);
    const char *partial = arena_format(desk->arena, "%s.%p", path, (void *)desk);
    int file = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return NULL;
    bool written = true;
    for (size_t at = 0; written && at < length;) {
        ssize_t more = write(file, bytes + at, length - at);
        written = more > 0;
        at += more > 0 ? (size_t)more : 0;
    }
    written = close(file) == 0 && written;
    if (!written || rename(partial, path) != 0) {
        unlink(partial);
        return NULL;
    }
    return digest;
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
                return fail_file(desk->outcome, desk->core->uploads, errno);
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
