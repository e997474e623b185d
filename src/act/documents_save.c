#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "magistral/act/documents.h"

/* Write beside, force to the disk, rename: a full disk leaves no half document under its name. */
ending documents_save(call *call, const char *path, const char *bytes, size_t length)
{
    const char *beside = arena_format(call->arena, "%s.part", path);
    int file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
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
    if (close(file) != 0 || !whole || rename(beside, path) != 0) {
        int error = errno;
        unlink(beside);
        return fail_file(call->outcome, path, error);
    }
    put_text(call->done, "saved", path);
    return DONE;
}
