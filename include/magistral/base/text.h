#ifndef MAGISTRAL_BASE_TEXT_H
#define MAGISTRAL_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A growing byte string; always ended by a zero that `length` does not count. Start from BUFFER_EMPTY; give back with
 * buffer_clear(). A machine without memory ends the process with status 70. */
typedef struct buffer {
    char *bytes;
    size_t length;
    size_t room;
} buffer;

#define BUFFER_EMPTY ((struct buffer){0})
#define BUFFER_SCOPE __attribute__((cleanup(buffer_clear)))

/* Appends `length` bytes. */
void buffer_add(buffer *buffer, const void *bytes, size_t length);
/* Appends a zero-ended text; NULL appends nothing. */
void buffer_add_text(buffer *buffer, const char *text);
/* Appends formatted text. */
void buffer_add_format(buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Appends one byte. */
void buffer_add_byte(buffer *buffer, unsigned char byte);
/* Appends one Unicode scalar value as UTF-8. */
void buffer_add_scalar(buffer *buffer, uint32_t scalar);
/* Empties the buffer and keeps its room. */
void buffer_empty(buffer *buffer);
/* Gives back the memory. */
void buffer_clear(buffer *buffer);
/* Returns the content, "" when nothing was added; owned by the buffer. */
const char *buffer_text(const buffer *buffer);

/* Reads one Unicode scalar value at *at (before `end`) and moves *at past it; returns -1 on a sequence that is not
 * well-formed UTF-8 (overlong, surrogate, above U+10FFFF, cut), without moving. */
int32_t text_scalar(const char **at, const char *end);

/* A space as people type it and pages show it: plain, no-break, narrow no-break. */
bool text_is_space(int32_t scalar);
void text_skip_spaces(const char **at, const char *end);

/* True when `length` bytes are well-formed UTF-8 without control characters other than line feed and tab, and without
 * direction controls or invisible formatting characters (which make two different texts look the same). */
bool text_is_clean(const char *text, size_t length);

/* Number of Unicode scalar values in a clean text. */
size_t text_length(const char *text);

/* True of "0" to "9"; of a letter, where every byte of UTF-8 beyond ASCII counts as one. Whatever the process's locale is. */
bool text_is_digit(char c);
bool text_is_letter(char c);

/* True when both texts are equal; NULL equals only NULL. */
bool text_equal(const char *a, const char *b);

/* True when a word is one of several, separated by | ("planned|released"). */
bool text_is_among(const char *words, const char *word);
/* True when `text` starts with `start`. */
bool text_starts(const char *text, const char *start);

/* Edit distance (insert, delete, replace, swap of neighbours) of two short texts, capped at `limit`; for "did you mean". */
size_t text_distance(const char *a, const char *b, size_t limit);

/* Appends `length` bytes as lower-case hexadecimal. */
void text_add_hex(buffer *buffer, const unsigned char *bytes, size_t length);

#endif
