/* Runs a command and prints its wall time in seconds and its peak memory in KiB:  measure COMMAND ARGUMENT...
 * A small process of its own, because Linux counts the memory of whoever starts a process as the process's own. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(int count, char **arguments)
{
    struct timespec start, end;
    struct rusage usage;
    int status;
    if (count < 2)
        return 64;
    clock_gettime(CLOCK_MONOTONIC, &start);
    pid_t child = fork();
    if (child == 0) {
        execvp(arguments[1], arguments + 1);
        _exit(70);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0)
        return 70;
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) * 1e-9;
    fprintf(stderr, "%.6f %ld\n", seconds, usage.ru_maxrss);
    return 0;
}
