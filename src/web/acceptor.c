#include "acceptor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PAUSE = 10 /* ms, while no more connections can be taken */ };

struct acceptor {
    struct MHD_Daemon *daemon;
    int listening, told; /* told: an eventfd, readable from the moment it is to stop */
    unsigned most;
    pthread_t thread;
    bool started;
};

static bool is_full(const acceptor *acceptor)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(acceptor->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
    return info && info->num_connections >= acceptor->most;
}

/* False when this machine has no room for a connection now. */
static bool accept_one(const acceptor *acceptor)
{
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    int connection = accept4(acceptor->listening, (struct sockaddr *)&address, &length, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (connection < 0)
        return errno == EAGAIN || errno == EINTR || errno == ECONNABORTED;
    (void)MHD_add_connection(acceptor->daemon, connection, (const struct sockaddr *)&address, length); /* closes what it does not take */
    return true;
}

static void *accept_all(void *context)
{
    acceptor *acceptor = context;
    struct pollfd waited[] = {{.fd = acceptor->told, .events = POLLIN}, {.fd = acceptor->listening, .events = POLLIN}};
    bool room = true;
    for (;;) {
        int ready = poll(waited, room ? 2 : 1, room ? -1 : PAUSE);
        if (ready > 0 && waited[0].revents)
            return NULL;
        room = ready >= 0 && !is_full(acceptor) && accept_one(acceptor);
    }
}

static void free_acceptor(acceptor *acceptor)
{
    if (acceptor->told >= 0)
        close(acceptor->told);
    free(acceptor);
}

ending acceptor_start(struct MHD_Daemon *daemon, int listening, unsigned most, outcome *outcome, acceptor **ret_acceptor)
{
    acceptor *made = calloc(1, sizeof *made);
    if (!made)
        return fail(outcome, "no memory left");
    *made = (acceptor){.daemon = daemon, .listening = listening, .most = most, .told = eventfd(0, EFD_CLOEXEC)};
    int flags = fcntl(listening, F_GETFL);
    made->started = made->told >= 0 && flags >= 0 && fcntl(listening, F_SETFL, flags | O_NONBLOCK) == 0 &&
                    pthread_create(&made->thread, NULL, accept_all, made) == 0;
    if (!made->started) {
        free_acceptor(made);
        return fail(outcome, "no thread or descriptor to accept connections");
    }
    *ret_acceptor = made;
    return DONE;
}

void acceptor_stop(acceptor *acceptor)
{
    if (!acceptor)
        return;
    (void)eventfd_write(acceptor->told, 1);
    pthread_join(acceptor->thread, NULL);
    free_acceptor(acceptor);
}
