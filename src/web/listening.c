#include "listening.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PORT = 8080, MOST_WAITING = 511 };

typedef union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    struct sockaddr_storage room;
} address;

static bool read_port(const char *text, int *ret_port)
{
    size_t length = strlen(text);
    *ret_port = length <= 5 ? (int)strtol(text, NULL, 10) : -1;
    return length > 0 && text[strspn(text, "0123456789")] == 0 && *ret_port >= 0 && *ret_port <= 65535;
}

/* "192.0.2.1", "192.0.2.1:80", "::1", "[::1]", "[::1]:80". */
static bool read_address(const char *text, int *port, address *ret_address)
{
    char host[INET6_ADDRSTRLEN] = "";
    bool bracket = *text == '[', six = bracket || (strchr(text, ':') && strchr(strchr(text, ':') + 1, ':'));
    const char *from = text + bracket, *behind = bracket ? strchr(text, ']') : six ? text + strlen(text) : text + strcspn(text, ":");
    if (!behind || (size_t)(behind - from) >= sizeof host)
        return false;
    memcpy(host, from, (size_t)(behind - from));
    behind += bracket;
    if (*behind && (*behind != ':' || *port >= 0 || !read_port(behind + 1, port)))
        return false;
    *port = *port < 0 ? PORT : *port;
    *ret_address = (address){.any = {.sa_family = six ? AF_INET6 : AF_INET}};
    if (six)
        ret_address->six.sin6_port = htons((uint16_t)*port);
    else
        ret_address->four.sin_port = htons((uint16_t)*port);
    void *number = six ? (void *)&ret_address->six.sin6_addr : &ret_address->four.sin_addr;
    return inet_pton(ret_address->any.sa_family, host, number) == 1;
}

static bool is_loopback(const address *address)
{
    if (address->any.sa_family == AF_INET)
        return ntohl(address->four.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
    const struct in6_addr *six = &address->six.sin6_addr;
    return IN6_IS_ADDR_LOOPBACK(six) || (IN6_IS_ADDR_V4MAPPED(six) && six->s6_addr[12] == IN_LOOPBACKNET);
}

static const char *address_text(arena *arena, const address *address)
{
    char host[INET6_ADDRSTRLEN] = "";
    bool six = address->any.sa_family == AF_INET6;
    inet_ntop(address->any.sa_family, six ? (const void *)&address->six.sin6_addr : &address->four.sin_addr, host, sizeof host);
    return arena_format(arena, six ? "[%s]:%d" : "%s:%d", host, ntohs(six ? address->six.sin6_port : address->four.sin_port));
}

static ending usage(outcome *outcome, const char *rule, const char *value)
{
    outcome->usage = true;
    return fail_input_output(outcome, rule, "address", value, NULL);
}

/* What other machines reach carries passwords: only in TLS. Rule: ANSSI, RFC 9325. */
static ending check_reach(const web_setting *setting, const address *address, outcome *outcome)
{
    if (is_loopback(address) || setting->certificate || setting->behind_proxy)
        return DONE;
    return usage(outcome, "SERVE-02", address_text(outcome->arena, address));
}

/* On "::" also callers with an IPv4 address are answered. */
static int open_socket(const address *address)
{
    const int yes = 1, no = 0;
    bool six = address->any.sa_family == AF_INET6;
    int made = socket(address->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool open = made >= 0 && setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
                (!six || setsockopt(made, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no) == 0) &&
                bind(made, &address->any, six ? sizeof address->six : sizeof address->four) == 0 && listen(made, MOST_WAITING) == 0;
    if (open || made < 0)
        return made;
    int why = errno;
    close(made);
    errno = why;
    return -1;
}

static ending open_own(const web_setting *setting, outcome *outcome, int *ret_socket)
{
    const char *listen = setting->listen ? setting->listen : "127.0.0.1";
    address wanted;
    int port = setting->port;
    if (!read_address(listen, &port, &wanted))
        return usage(outcome, "SERVE-01", listen);
    TRY(check_reach(setting, &wanted, outcome));
    *ret_socket = open_socket(&wanted);
    return *ret_socket >= 0 ? DONE : fail_input_output(outcome, "FILE-05", "address", address_text(outcome->arena, &wanted), "why", errno_name(errno), NULL);
}

/* A supervisor has bound it, and keeps it while this program is started again. */
static ending take_handed(const web_setting *setting, outcome *outcome, int *ret_socket)
{
    address bound;
    int listens = 0, kind = 0;
    socklen_t room = sizeof bound, one = sizeof listens, other = sizeof kind;
    *ret_socket = setting->socket;
    bool good = getsockname(setting->socket, &bound.any, &room) == 0 && (bound.any.sa_family == AF_INET || bound.any.sa_family == AF_INET6) &&
                getsockopt(setting->socket, SOL_SOCKET, SO_ACCEPTCONN, &listens, &one) == 0 && listens &&
                getsockopt(setting->socket, SOL_SOCKET, SO_TYPE, &kind, &other) == 0 && kind == SOCK_STREAM;
    if (!good)
        return usage(outcome, "SERVE-04", NULL);
    TRY(check_reach(setting, &bound, outcome));
    return fcntl(setting->socket, F_SETFL, fcntl(setting->socket, F_GETFL) | O_NONBLOCK) == 0 ? DONE : usage(outcome, "SERVE-04", NULL);
}

ending listening_open(const web_setting *setting, outcome *outcome, listening *ret_listening)
{
    listening made = {.socket = -1};
    address bound;
    socklen_t room = sizeof bound;
    ending result = setting->socket >= 0 ? take_handed(setting, outcome, &made.socket) : open_own(setting, outcome, &made.socket);
    if (result == DONE && getsockname(made.socket, &bound.any, &room) != 0)
        result = usage(outcome, "SERVE-04", NULL);
    if (result != DONE) {
        if (made.socket >= 0)
            close(made.socket);
        return result;
    }
    made.address = address_text(outcome->arena, &bound);
    made.port = ntohs(bound.any.sa_family == AF_INET6 ? bound.six.sin6_port : bound.four.sin_port);
    made.loopback = is_loopback(&bound);
    *ret_listening = made;
    return DONE;
}
