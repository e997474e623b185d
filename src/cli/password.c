#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"

/* Whoever may read the file may sign in as everybody in it; a pipe is as open as its mode says. Rule: EU GMP Annex 11, 12.1. */
static ending check_mode(FILE *file, const char *path, outcome *outcome)
{
    struct stat about;
    if (fstat(fileno(file), &about) != 0)
        return fail_file(outcome, path, errno);
    if ((S_ISREG(about.st_mode) || S_ISFIFO(about.st_mode)) && (about.st_mode & 077))
        return refuse(outcome, "CALL-24", "password-file", "path", path, "mode", arena_format(outcome->arena, "%03o", about.st_mode & 0777U), NULL);
    return DONE;
}

/* Reads a whole small file; secrets stay in the arena of the command. */
static ending read_lines(const char *path, arena *arena, outcome *outcome, char **ret_text)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return fail_file(outcome, path, errno);
    ending readable = check_mode(file, path, outcome);
    if (readable != DONE) {
        fclose(file);
        return readable;
    }
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    char piece[4096];
    size_t length;
    while ((length = fread(piece, 1, sizeof piece, file)) > 0 && text.length < 1 << 20)
        buffer_add(&text, piece, length);
    bool broken = ferror(file) != 0;
    fclose(file);
    if (broken)
        return fail_file(outcome, path, EIO);
    *ret_text = arena_text(arena, buffer_text(&text));
    return DONE;
}

ending password_read(const char *path, const char *person, bool alone, arena *arena, outcome *outcome, const char **ret_password)
{
    char *text = NULL;
    TRY(read_lines(path, arena, outcome, &text));
    const char *only = NULL;
    int lines = 0;
    for (char *line = text, *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = 0;
        line[strcspn(line, "\r")] = 0;
        if (!*line || *line == '#')
            continue;
        lines++;
        only = line;
        size_t length = person ? strlen(person) : 0;
        if (person && strncmp(line, person, length) == 0 && (line[length] == ' ' || line[length] == '\t')) {
            *ret_password = line + length + strspn(line + length, " \t");
            return DONE;
        }
    }
    if (lines == 1 && only && (alone || !strpbrk(only, " \t"))) {
        *ret_password = only;
        return DONE;
    }
    return refuse(outcome, "CALL-18", "password-file", "person", person, "path", path, NULL);
}
