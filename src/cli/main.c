#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "magistral/base/digest.h"

/* A program started without its first three descriptors would give their numbers to the database file. */
static bool hold_first_descriptors(void)
{
    for (int file = 0; file < 3; file++)
        if (fcntl(file, F_GETFD) < 0 && open("/dev/null", O_RDWR) != file)
            return false;
    return true;
}

int main(int argc, char **argv)
{
    if (!hold_first_descriptors() || !digest_start())
        return EXIT_FAILED;
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of that write */
    ARENA_SCOPE arena *arena = arena_new();
    words words = {0};
    if (!args_read(argc, argv, arena, &words))
        return EXIT_USAGE;
    if (words.count == 0 || strcmp(words.rest[0], "help") == 0 || strcmp(words.rest[0], "--help") == 0) {
        int status = help_run(&words);
        return words.count == 0 && status == EXIT_DONE ? EXIT_USAGE : status;
    }
    if (strcmp(words.rest[0], "apply") == 0)
        return apply_run(&words, arena);
    if (strcmp(words.rest[0], "serve") == 0)
        return serve_run(&words, arena);
    return command_run(&words, arena);
}
