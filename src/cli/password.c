#include <errno.h>
#include <string.h>

#include "cli.h"

/* Reads a whole small file; secrets stay in the arena of the command. */
static ending read_lines(const char *path, arena *arena, outcome *outcome, char **ret_text)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return fail_file(outcome, path, errno);
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

ending password_read(const char *path, const char *person, arena *arena, outcome *outcome, const char **ret_password)
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
    if (lines == 1 && only && !strpbrk(only, " \t")) {
        *ret_password = only;
        return DONE;
    }
    return refuse(outcome, "CALL-18", "password-file", "person", person, "path", path, NULL);
}
