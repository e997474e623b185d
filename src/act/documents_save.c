#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "magistral/act/documents.h"

/* Some file systems of other machines know no renaming that never replaces: there the name was looked for just before. */
static bool give_name(const char *beside, const char *path)
{
    if (renameat2(AT_FDCWD, beside, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    if (access(path, F_OK) != 0)
        return rename(beside, path) == 0;
    errno = EEXIST;
    return false;
}

/* Write beside, force to the disk, give it its name: a full disk leaves no half document under it, and no file that is there, the
 * database above all, is ever written over. */
ending documents_save(call *call, const char *path, const char *bytes, size_t length)
{
    const char *beside = arena_format(call->arena, "%s.%ld.part", path, (long)getpid());
    if (access(path, F_OK) == 0)
        return call_refuse(call, "STORE-06", "save", "path", path, NULL);
    int file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0)
        return fail_file(call->outcome, beside, errno);
    size_t written = 0;
    while (written < length) {
        ssize_t piece = write(file, bytes + written, length - written);
        if (piece < 0 && errno != EINTR)
            break;
        written += piece > 0 ? (size_t)piece : 0;
    }
    bool whole = written == length && fsync(file) == 0;
    if (close(file) != 0 || !whole || !give_name(beside, path)) {
        int error = errno;
        unlink(beside);
        return error == EEXIST ? call_refuse(call, "STORE-06", "save", "path", path, NULL) : fail_file(call->outcome, path, error);
    }
    put_text(call->done, "saved", path);
    return DONE;
}
