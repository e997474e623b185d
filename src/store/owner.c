#include "owner.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_SHOWN = 240 };

bool owner_write(int file)
{
    char line[24];
    int length = snprintf(line, sizeof line, "%ld\n", (long)getpid());
    return ftruncate(file, 0) == 0 && pwrite(file, line, (size_t)length, 0) == length;
}

/* The words of a running process; no secret is ever among them. */
static void add_words(long process, buffer *to)
{
    char path[40], words[MOST_SHOWN];
    snprintf(path, sizeof path, "/proc/%ld/cmdline", process);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return;
    ssize_t length = read(file, words, sizeof words - 1);
    close(file);
    while (length > 0 && words[length - 1] == 0)
        length--;
    for (ssize_t i = 0; i < length; i++)
        words[i] = words[i] && words[i] != '\n' ? words[i] : ' ';
    if (length > 0 && text_is_clean(words, (size_t)length)) {
        buffer_add_text(to, ": ");
        buffer_add(to, words, (size_t)length);
    }
}

void owner_read(int file, buffer *to)
{
    char line[24] = "";
    long process = pread(file, line, sizeof line - 1, 0) > 0 ? strtol(line, NULL, 10) : 0;
    if (process <= 0) {
        buffer_add_text(to, "?");
        return;
    }
    buffer_add_format(to, "%ld", process);
    add_words(process, to);
}
