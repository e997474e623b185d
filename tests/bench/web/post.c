/* Sends requests that were written beforehand, one file a person, each person one after the other on a connection of its own, all
 * persons at once; wrk sends the same request again and again, which no act allows.
 * post PORT STATUS FILE... prints, of the answers: how many had STATUS, how many had not, seconds in all, median and p99 in microseconds.
 * A file holds requests, each behind a line with its length. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../timing.h"

enum { MOST = 100000, LONGEST = 1 << 16 };

typedef struct caller {
    const char *path;
    int socket;
    pthread_t thread;
} caller;

static const char *status;
static pthread_barrier_t start;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static double times[MOST];
static size_t count, good, bad;

/* Reads one answer whole; true when it has the status that is due. */
static int read_answer(int file)
{
    static __thread char text[LONGEST + 1];
    size_t length = 0, whole = 0;
    while (whole == 0 || length < whole) {
        ssize_t more = length < LONGEST ? recv(file, text + length, LONGEST - length, 0) : 0;
        if (more <= 0)
            exit(74);
        text[length += (size_t)more] = 0;
        const char *end = strstr(text, "\r\n\r\n"), *body = strcasestr(text, "\r\nContent-Length:");
        if (end && whole == 0)
            whole = (size_t)(end + 4 - text) + (body && body < end ? strtoul(body + 17, NULL, 10) : 0);
    }
    if (strncmp(text + 9, status, 3) == 0)
        return 1;
    if (getenv("SHOW"))
        fprintf(stderr, "%s\n", text);
    return 0;
}

static void *call(void *context)
{
    const caller *caller = context;
    FILE *file = fopen(caller->path, "r");
    char *request = malloc(LONGEST);
    unsigned length;
    pthread_barrier_wait(&start);
    while (file && fscanf(file, "%u\n", &length) == 1 && length < LONGEST && fread(request, 1, length, file) == length) {
        double began = now();
        if (send(caller->socket, request, length, MSG_NOSIGNAL) != (ssize_t)length)
            exit(74);
        int well = read_answer(caller->socket);
        double took = now() - began;
        pthread_mutex_lock(&mutex);
        times[count++] = took;
        good += well == 1;
        bad += well != 1;
        pthread_mutex_unlock(&mutex);
    }
    pthread_barrier_wait(&start);
    return NULL;
}

int main(int argc, char **argv)
{
    int callers = argc - 3, one = 1;
    if (callers < 1)
        return 64;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1])), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    caller *list = calloc((size_t)callers, sizeof *list);
    status = argv[2];
    pthread_barrier_init(&start, NULL, (unsigned)callers + 1);
    for (int i = 0; i < callers; i++) {
        list[i] = (caller){.path = argv[i + 3], .socket = socket(AF_INET, SOCK_STREAM, 0)};
        setsockopt(list[i].socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        if (connect(list[i].socket, (const struct sockaddr *)&address, sizeof address) != 0 || pthread_create(&list[i].thread, NULL, call, &list[i]) != 0)
            return 74;
    }
    pthread_barrier_wait(&start);
    double began = now();
    pthread_barrier_wait(&start);
    double seconds = (now() - began) / 1e6;
    if (count == 0)
        return 74;
    double middle = median(times, count);
    printf("%zu %zu %.6f %.1f %.1f\n", good, bad, seconds, middle, times[count * 99 / 100]);
    return 0;
}
