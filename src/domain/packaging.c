#include "magistral/domain/packaging.h"

enum { MOST_STEPS = 200000 };

/* Bottles of one size are alike: only how many of them are left matters. */
typedef struct serving {
    int64_t *sizes;
    size_t *left, kinds;
    const int64_t *requests;
    size_t request_count;
    int steps;
} serving;

static void add_bottle(serving *s, int64_t units)
{
    size_t k = 0;
    while (k < s->kinds && s->sizes[k] != units)
        k++;
    if (k == s->kinds) {
        s->sizes[s->kinds++] = units;
        s->left[k] = 0;
    }
    s->left[k]++;
}

/* Fills what is `due` of a request with bottles of the kinds from `kind` on, then the requests after it. */
static bool serve(serving *s, size_t request, size_t kind, int64_t due)
{
    if (s->steps++ > MOST_STEPS)
        return true;
    if (due == 0)
        return request + 1 >= s->request_count || serve(s, request + 1, 0, s->requests[request + 1]);
    for (size_t k = kind; k < s->kinds; k++) {
        if (s->left[k] == 0 || s->sizes[k] > due)
            continue;
        s->left[k]--;
        if (serve(s, request, k, due - s->sizes[k]))
            return true;
        s->left[k]++;
    }
    return false;
}

bool bottles_can_serve(arena *arena, const int64_t *bottles, size_t bottle_count, const int64_t *requests, size_t request_count)
{
    serving s = {.sizes = arena_array(arena, bottle_count + 1, sizeof *s.sizes), .left = arena_array(arena, bottle_count + 1, sizeof *s.left),
                 .requests = requests, .request_count = request_count};
    for (size_t i = 0; i < bottle_count; i++)
        if (bottles[i] > 0)
            add_bottle(&s, bottles[i]);
    return request_count == 0 || serve(&s, 0, 0, requests[0]);
}
