#ifndef MAGISTRAL_BASE_ARENA_H
#define MAGISTRAL_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

/* Memory that lives as long as one act or view: everything is given back at once by arena_free().
 * An arena belongs to one thread at a time. No function here returns NULL: a machine without memory ends the
 * process with status 70 (a transaction that was open is rolled back by the database at its next opening). */
typedef struct arena arena;

/* Makes an empty arena; the caller owns it. */
arena *arena_new(void);

/* Gives back the arena and everything allocated in it; NULL is allowed. */
void arena_free(arena *arena);

/* Cleanup by scope: `ARENA_SCOPE arena *a = arena_new();` frees at the end of the block. */
void arena_free_scope(arena **arena);
#define ARENA_SCOPE __attribute__((cleanup(arena_free_scope)))

/* Returns `size` zeroed bytes, aligned for any type; owned by the arena. */
void *arena_alloc(arena *arena, size_t size);

/* Returns `count` zeroed elements of `size` bytes; ends the process when the product overflows. */
void *arena_array(arena *arena, size_t count, size_t size);

/* Returns a zero-ended copy of `length` bytes; owned by the arena. */
char *arena_copy(arena *arena, const void *bytes, size_t length);

/* Returns a copy of `text`, or NULL when `text` is NULL; owned by the arena. */
char *arena_text(arena *arena, const char *text);

/* Returns the formatted text; owned by the arena. */
char *arena_format(arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_format_list(arena *arena, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

#endif
