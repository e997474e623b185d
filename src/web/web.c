/* The server as a whole: what it is made of, started in order and stopped in the opposite one. */
#include "request.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "acceptor.h"
#include "listening.h"

enum { THREADS = 4, SECONDS = 10, MOST_CONNECTIONS = 512, MOST_OF_ONE_ADDRESS = 256, SECONDS_TO_LEAVE = 5 };

/* Rule: RFC 9325, 3.1.1 and 4.2. */
static const char *const priorities = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-AES-128-CBC:-AES-256-CBC:%SERVER_PRECEDENCE";

static ending start_core(core *core, const web_setting *setting, outcome *outcome)
{
    const char *path = store_path(setting->writer->store);
    core->arena = arena_new();
    core->writer = setting->writer;
    core->broken = setting->broken;
    core->broken_context = setting->broken_context;
    TRY(uploads_start(outcome, &core->uploads));
    core->sessions = sessions_new(NULL, uploads_end_session, core->uploads);
    if (!core->sessions)
        return fail(outcome, "no memory left");
    TRY(templates_read(core->arena, outcome, &core->templates));
    core->has_readers = readers_start(&core->readers, arena_text(core->arena, path), arena_text(core->arena, setting->clock));
    if (!core->has_readers)
        return fail(outcome, "no key for the threads left");
    return runner_new(setting->writer->store, NULL, outcome, &core->writing);
}

/* Some options have no value: those of TLS end the list where there is none. */
static void add_tls(const tls *tls, struct MHD_OptionItem *options)
{
    const struct MHD_OptionItem of_tls[] = {{MHD_OPTION_HTTPS_MEM_CERT, 0, tls->certificate}, {MHD_OPTION_HTTPS_MEM_KEY, 0, tls->key},
                                            {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)priorities}, {MHD_OPTION_END, 0, NULL}};
    memcpy(options, tls->key ? of_tls : of_tls + 3, tls->key ? sizeof of_tls : sizeof *of_tls);
}

static ending start_daemon(web *web, const web_setting *setting, outcome *outcome)
{
    listening listening;
    struct MHD_OptionItem options[4];
    TRY(listening_open(setting, outcome, &listening));
    add_tls(&web->tls, options);
    /* All callers of a proxy come from one address. */
    unsigned most = setting->behind_proxy ? MOST_CONNECTIONS : MOST_OF_ONE_ADDRESS;
    unsigned tls = web->tls.key ? MHD_USE_TLS : 0;
    web->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME | tls, 0, NULL, NULL, request_answer, web,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SECONDS,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT, most, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_NOTIFY_CONNECTION, request_note_connection, web, MHD_OPTION_URI_LOG_CALLBACK, request_note_target, web,
        MHD_OPTION_NOTIFY_COMPLETED, request_forget, web, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
    web->listening = listening.socket;
    if (!web->daemon)
        return fail(outcome, "the HTTP library does not start on %s", listening.address);
    TRY(acceptor_start(web->daemon, listening.socket, MOST_CONNECTIONS, outcome, &web->acceptor));
    web->address = arena_format(web->core.arena, "%s://%s/", tls ? "https" : "http", listening.address);
    return DONE;
}

static ending read_tls(web *web, const web_setting *setting, outcome *outcome)
{
    web->core.secure = setting->certificate || setting->behind_proxy;
    if (!setting->certificate)
        return DONE;
    if (MHD_is_feature_supported(MHD_FEATURE_TLS) != MHD_YES)
        return fail(outcome, "the HTTP library of this machine was built without TLS");
    return tls_read(setting->certificate, setting->key, outcome, &web->tls);
}

ending web_start(const web_setting *setting, outcome *outcome, web **ret_web)
{
    web *made = calloc(1, sizeof *made);
    if (!made)
        return fail(outcome, "no memory left");
    made->listening = -1;
    ending result = read_tls(made, setting, outcome);
    if (result == DONE)
        result = start_core(&made->core, setting, outcome);
    if (result == DONE)
        result = patience_start(outcome, &made->patience);
    if (result == DONE)
        result = lanes_start(request_work, outcome, &made->lanes);
    if (result == DONE)
        result = start_daemon(made, setting, outcome);
    if (result != DONE) {
        web_stop(made);
        return result;
    }
    *ret_web = made;
    return DONE;
}

const char *web_address(const web *web)
{
    return web->address;
}

static void wait_until_answered(const web *web)
{
    const struct timespec moment = {.tv_nsec = 10000000};
    for (int i = 0; i < SECONDS_TO_LEAVE * 100 && atomic_load(&web->under_way) > 0; i++)
        nanosleep(&moment, NULL);
}

/* Nobody new comes in; what was accepted is read, and answered. */
static void drain(web *web)
{
    const struct timespec moment = {.tv_nsec = 10000000}, to_read = {.tv_nsec = 100000000};
    atomic_store(&web->ending, true);
    acceptor_stop(web->acceptor);
    nanosleep(&to_read, NULL);
    wait_until_answered(web);
    lanes_finish(web->lanes); /* what takes longer still */
    wait_until_answered(web);
    /* The library stops with nobody left: while it stops, a request that it must refuse makes it fall (0.9.75 queues no answer then,
     * and looks at it). */
    for (int i = 0; i < 100 && !patience_leave(web->patience); i++)
        nanosleep(&moment, NULL);
    MHD_stop_daemon(web->daemon);
}

void web_stop(web *web)
{
    if (!web)
        return;
    if (web->daemon)
        drain(web);
    if (web->listening >= 0)
        close(web->listening);
    lanes_free(web->lanes);
    patience_stop(web->patience);
    if (web->core.has_readers)
        readers_stop(&web->core.readers);
    runner_free(web->core.writing);
    sessions_free(web->core.sessions);
    uploads_stop(web->core.uploads);
    tls_clear(&web->tls);
    arena_free(web->core.arena);
    free(web);
}
