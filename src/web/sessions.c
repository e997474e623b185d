#include "sessions.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "magistral/base/digest.h"

enum { MOST_SESSIONS = 1000, MOST_DRAFTS = 100, LONGEST_NAME = 64 };

/* The secret itself is not kept: who reads this memory cannot sign in with it. */
typedef struct session {
    unsigned char digest[DIGEST_SIZE];
    char identifier[9], person[LONGEST_NAME], credential[DIGEST_SIZE * 2 + 1], mark[27], language[3], workstation[LONGEST_NAME];
    bool by_badge;
    int64_t started, seen;
    char *flash, *flash_act;
    char scanned[LONGEST_NAME];
    bool used;
} session;

typedef struct draft {
    char person[LONGEST_NAME];
    char *text;
    int64_t kept;
} draft;

struct sessions {
    int64_t (*clock)(void);
    void (*ended)(void *context, const char *identifier);
    void *context;
    pthread_mutex_t mutex;
    size_t end; /* nothing is used from there on */
    session list[MOST_SESSIONS];
    draft drafts[MOST_DRAFTS];
};

static int64_t machine_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return now.tv_sec;
}

static void clear(sessions *sessions, session *session)
{
    if (session->used && sessions->ended)
        sessions->ended(sessions->context, session->identifier);
    free(session->flash);
    free(session->flash_act);
    explicit_bzero(session, sizeof *session);
}

static void forget(draft *draft)
{
    if (draft->text)
        explicit_bzero(draft->text, strlen(draft->text));
    free(draft->text);
    explicit_bzero(draft, sizeof *draft);
}

sessions *sessions_new(int64_t (*clock)(void), void (*ended)(void *context, const char *identifier), void *context)
{
    sessions *made = calloc(1, sizeof *made);
    if (!made)
        return NULL;
    made->clock = clock ? clock : machine_clock;
    made->ended = ended;
    made->context = context;
    pthread_mutex_init(&made->mutex, NULL);
    return made;
}

void sessions_free(sessions *sessions)
{
    if (!sessions)
        return;
    for (size_t i = 0; i < sessions->end; i++)
        clear(sessions, &sessions->list[i]);
    for (size_t i = 0; i < MOST_DRAFTS; i++)
        forget(&sessions->drafts[i]);
    pthread_mutex_destroy(&sessions->mutex);
    free(sessions);
}

static bool is_over(const session *session, int64_t now)
{
    return now - session->started >= LONGEST_SECONDS;
}

/* Under the mutex; NULL when there is none. Those that are over are cleared on the way. */
static session *find(sessions *sessions, const char *secret)
{
    unsigned char digest[DIGEST_SIZE];
    session *found = NULL;
    int64_t now = sessions->clock();
    if (!secret)
        return NULL;
    digest_sha256(secret, strlen(secret), digest);
    for (size_t i = 0; i < sessions->end; i++) {
        session *session = &sessions->list[i];
        if (session->used && is_over(session, now))
            clear(sessions, session);
        else if (session->used && memcmp(session->digest, digest, sizeof digest) == 0)
            found = session;
    }
    return found;
}

/* Under the mutex. */
static session *free_place(sessions *sessions)
{
    session *oldest = &sessions->list[0];
    (void)find(sessions, ""); /* clears what is over */
    for (size_t i = 0; i < sessions->end; i++) {
        if (!sessions->list[i].used)
            return &sessions->list[i];
        if (sessions->list[i].seen < oldest->seen)
            oldest = &sessions->list[i];
    }
    return sessions->end < MOST_SESSIONS ? &sessions->list[sessions->end] : oldest;
}

static void set_text(char *to, size_t room, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    memcpy(to, text ? text : "", length < room ? length : room - 1);
    to[length < room ? length : room - 1] = 0;
}

const char *sessions_start(sessions *sessions, const signing *signing, arena *arena)
{
    const char *secret = token_new(arena), *mark = token_new(arena);
    pthread_mutex_lock(&sessions->mutex);
    session *made = free_place(sessions);
    clear(sessions, made);
    made->used = true;
    if (made == &sessions->list[sessions->end])
        sessions->end++;
    digest_sha256(secret, strlen(secret), made->digest);
    set_text(made->identifier, sizeof made->identifier, token_new(arena));
    set_text(made->person, sizeof made->person, signing->person);
    set_text(made->credential, sizeof made->credential, signing->credential);
    set_text(made->mark, sizeof made->mark, mark);
    set_text(made->workstation, sizeof made->workstation, signing->workstation);
    made->by_badge = signing->by_badge;
    made->started = made->seen = sessions->clock();
    pthread_mutex_unlock(&sessions->mutex);
    return secret;
}

visit sessions_find(sessions *sessions, const char *secret, bool use, arena *arena)
{
    visit found = {0};
    pthread_mutex_lock(&sessions->mutex);
    session *session = find(sessions, secret);
    if (session) {
        int64_t now = sessions->clock();
        found = (visit){.person = arena_text(arena, session->person), .identifier = arena_text(arena, session->identifier), .mark = arena_text(arena, session->mark),
                        .credential = arena_text(arena, session->credential), .by_badge = session->by_badge,
                        .language = *session->language ? arena_text(arena, session->language) : NULL,
                        .workstation = arena_text(arena, session->workstation),
                        .scanned = *session->scanned ? arena_text(arena, session->scanned) : NULL, .idle = now - session->seen >= IDLE_SECONDS,
                        .idle_seconds_left = IDLE_SECONDS - (now - session->seen), .seconds_left = LONGEST_SECONDS - (now - session->started)};
        if (use && !found.idle) {
            session->seen = now;
            found.flash = arena_text(arena, session->flash);
            found.flash_act = arena_text(arena, session->flash_act);
            free(session->flash);
            free(session->flash_act);
            session->flash = session->flash_act = NULL;
        }
    }
    pthread_mutex_unlock(&sessions->mutex);
    return found;
}

/* Does one thing to a session, if it is there. */
static void change(sessions *sessions, const char *secret, void (*how)(struct sessions *, session *, const char *), const char *text)
{
    pthread_mutex_lock(&sessions->mutex);
    session *session = find(sessions, secret);
    if (session)
        how(sessions, session, text);
    pthread_mutex_unlock(&sessions->mutex);
}

static void wake(sessions *sessions, session *session, const char *unused)
{
    (void)unused;
    session->seen = sessions->clock();
}

static void end(sessions *sessions, session *session, const char *unused)
{
    (void)unused;
    clear(sessions, session);
}

static void speak(sessions *sessions, session *session, const char *language)
{
    (void)sessions;
    set_text(session->language, sizeof session->language, language);
}

void sessions_wake(sessions *sessions, const char *secret)
{
    change(sessions, secret, wake, NULL);
}

void sessions_end(sessions *sessions, const char *secret)
{
    change(sessions, secret, end, NULL);
}

void sessions_set_language(sessions *sessions, const char *secret, const char *language)
{
    change(sessions, secret, speak, language);
}

static void keep_flash(sessions *sessions, session *session, const char *json)
{
    (void)sessions;
    free(session->flash);
    session->flash = strdup(json);
}

static void keep_act(sessions *sessions, session *session, const char *act)
{
    (void)sessions;
    free(session->flash_act);
    session->flash_act = strdup(act);
}

void sessions_set_flash(sessions *sessions, const char *secret, const char *act, const char *json)
{
    change(sessions, secret, keep_flash, json);
    change(sessions, secret, keep_act, act);
}

static void keep_scanned(sessions *sessions, session *session, const char *code)
{
    (void)sessions;
    set_text(session->scanned, sizeof session->scanned, code);
}

void sessions_set_scanned(sessions *sessions, const char *secret, const char *code)
{
    change(sessions, secret, keep_scanned, code);
}

/* Under the mutex: the draft of a person, else the place for one: free, or the oldest. */
static draft *draft_of(sessions *sessions, const char *person)
{
    draft *place = &sessions->drafts[0];
    int64_t now = sessions->clock();
    for (size_t i = 0; i < MOST_DRAFTS; i++) {
        draft *draft = &sessions->drafts[i];
        if (draft->text && now - draft->kept >= LONGEST_SECONDS)
            forget(draft);
        if (draft->text && strcmp(draft->person, person) == 0)
            return draft;
        if (place->text && (!draft->text || draft->kept < place->kept))
            place = draft;
    }
    return place;
}

void sessions_keep_draft(sessions *sessions, const char *person, const char *text)
{
    pthread_mutex_lock(&sessions->mutex);
    draft *draft = draft_of(sessions, person);
    forget(draft);
    set_text(draft->person, sizeof draft->person, person);
    draft->text = strdup(text);
    draft->kept = sessions->clock();
    pthread_mutex_unlock(&sessions->mutex);
}

const char *sessions_draft(sessions *sessions, const char *person, bool take, arena *arena)
{
    const char *text = NULL;
    pthread_mutex_lock(&sessions->mutex);
    draft *draft = draft_of(sessions, person);
    if (draft->text && strcmp(draft->person, person) == 0) {
        text = arena_text(arena, draft->text);
        if (take)
            forget(draft);
    }
    pthread_mutex_unlock(&sessions->mutex);
    return text;
}

size_t sessions_end_all(sessions *sessions, const char *person)
{
    size_t ended = 0;
    pthread_mutex_lock(&sessions->mutex);
    for (size_t i = 0; i < sessions->end; i++)
        if (sessions->list[i].used && strcmp(sessions->list[i].person, person) == 0) {
            clear(sessions, &sessions->list[i]);
            ended++;
        }
    pthread_mutex_unlock(&sessions->mutex);
    return ended;
}

static int by_start(const void *a, const void *b)
{
    const session_line *one = a, *other = b;
    return one->started < other->started ? -1 : one->started > other->started;
}

size_t sessions_of(sessions *sessions, const char *person, const char *secret, arena *arena, session_line **ret_lines)
{
    size_t count = 0;
    int64_t now = sessions->clock();
    pthread_mutex_lock(&sessions->mutex);
    const session *own = find(sessions, secret);
    session_line *lines = arena_array(arena, sessions->end, sizeof *lines);
    for (size_t i = 0; i < sessions->end; i++) {
        const session *session = &sessions->list[i];
        if (session->used && !is_over(session, now) && strcmp(session->person, person) == 0)
            lines[count++] = (session_line){arena_text(arena, session->identifier), arena_text(arena, session->workstation),
                                            now - session->started, now - session->seen, session == own};
    }
    pthread_mutex_unlock(&sessions->mutex);
    qsort(lines, count, sizeof *lines, by_start);
    *ret_lines = lines;
    return count;
}
