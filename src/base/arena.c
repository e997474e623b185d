#include "magistral/base/arena.h"

#include <malloc.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 1024, BLOCK_SIZE = 16 * 1024 };

typedef struct block {
    struct block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
} block;

struct arena {
    block *first;
};

static void out_of_memory(void)
{
    fputs("magistral: no memory left\n", stderr);
    exit(70);
}

/* An arena comes and goes with every act. Memory handed back to the kernel each time is faulted in again by the next one:
 * 700 page faults, an eighth of the time, in the trace of 2,500 patients. So the process keeps what it has used, up to this. */
__attribute__((constructor)) static void keep_memory(void)
{
    enum { KEPT = 8 * 1024 * 1024, LARGE = 4 * 1024 * 1024, HEAPS = 2 /* one of many threads each would keep as much */ };
    mallopt(M_ARENA_MAX, HEAPS);
    mallopt(M_TRIM_THRESHOLD, KEPT);
    mallopt(M_MMAP_THRESHOLD, LARGE);
}

arena *arena_new(void)
{
    arena *made = calloc(1, sizeof *made);
    if (!made)
        out_of_memory();
    return made;
}

void arena_free(arena *arena)
{
    if (!arena)
        return;
    block *b = arena->first;
    while (b) {
        block *next = b->next;
        free(b);
        b = next;
    }
    free(arena);
}

void arena_free_scope(arena **arena)
{
    arena_free(*arena);
}

static block *add_block(arena *arena, size_t size)
{
    /* Most arenas are of a line or a row: a small first block is enough for them, and costs little to clear. */
    size_t usual = arena->first ? BLOCK_SIZE : FIRST_BLOCK;
    size_t room = size > usual / 4 ? size : usual;
    block *b = calloc(1, sizeof *b + room);
    if (!b)
        out_of_memory();
    b->size = room;
    /* A large piece goes behind the first block, so that the room left in the first one is still used. */
    if (arena->first && room == size) {
        b->next = arena->first->next;
        arena->first->next = b;
    } else {
        b->next = arena->first;
        arena->first = b;
    }
    return b;
}

void *arena_alloc(arena *arena, size_t size)
{
    const size_t unit = alignof(max_align_t);
    if (size > SIZE_MAX - unit)
        out_of_memory();
    size = (size + unit - 1) / unit * unit;
    if (size == 0)
        size = unit;
    block *b = arena->first;
    if (!b || b->size - b->used < size)
        b = add_block(arena, size);
    void *at = b->bytes + b->used;
    b->used += size;
    return at;
}

void *arena_array(arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        out_of_memory();
    return arena_alloc(arena, bytes);
}

char *arena_copy(arena *arena, const void *bytes, size_t length)
{
    if (length == SIZE_MAX)
        out_of_memory();
    char *copy = arena_alloc(arena, length + 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

char *arena_text(arena *arena, const char *text)
{
    return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

char *arena_format_list(arena *arena, const char *format, va_list arguments)
{
    char usual[256]; /* nearly every text fits, and is written once */
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(usual, sizeof usual, format, arguments);
    size_t bytes = length < 0 ? 1 : (size_t)length + 1;
    char *text = arena_alloc(arena, bytes);
    if (length > 0 && bytes <= sizeof usual)
        memcpy(text, usual, bytes);
    else if (length > 0)
        vsnprintf(text, bytes, format, again);
    va_end(again);
    return text;
}

char *arena_format(arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_format_list(arena, format, arguments);
    va_end(arguments);
    return text;
}
