#include "magistral/base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void make_room(buffer *buffer, size_t more)
{
    size_t needed;
    if (__builtin_add_overflow(buffer->length, more, &needed) || __builtin_add_overflow(needed, 1, &needed))
        needed = SIZE_MAX;
    if (needed <= buffer->room)
        return;
    size_t room = buffer->room ? buffer->room : 64;
    while (room < needed && room <= SIZE_MAX / 2)
        room *= 2;
    char *bytes = room < needed ? NULL : realloc(buffer->bytes, room);
    if (!bytes) {
        fputs("magistral: no memory left\n", stderr);
        exit(70);
    }
    buffer->bytes = bytes;
    buffer->room = room;
}

void buffer_add(buffer *buffer, const void *bytes, size_t length)
{
    make_room(buffer, length);
    if (length > 0)
        memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = 0;
}

void buffer_add_text(buffer *buffer, const char *text)
{
    if (text)
        buffer_add(buffer, text, strlen(text));
}

void buffer_add_format(buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length > 0) {
        make_room(buffer, (size_t)length);
        vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
    va_end(arguments);
}

void buffer_add_byte(buffer *buffer, unsigned char byte)
{
    buffer_add(buffer, &byte, 1);
}

void buffer_add_scalar(buffer *buffer, uint32_t scalar)
{
    char bytes[4];
    size_t length;
    if (scalar < 0x80) {
        bytes[0] = (char)scalar;
        length = 1;
    } else if (scalar < 0x800) {
        bytes[0] = (char)(0xC0 | scalar >> 6);
        bytes[1] = (char)(0x80 | (scalar & 0x3F));
        length = 2;
    } else if (scalar < 0x10000) {
        bytes[0] = (char)(0xE0 | scalar >> 12);
        bytes[1] = (char)(0x80 | (scalar >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (scalar & 0x3F));
        length = 3;
    } else {
        bytes[0] = (char)(0xF0 | scalar >> 18);
        bytes[1] = (char)(0x80 | (scalar >> 12 & 0x3F));
        bytes[2] = (char)(0x80 | (scalar >> 6 & 0x3F));
        bytes[3] = (char)(0x80 | (scalar & 0x3F));
        length = 4;
    }
    buffer_add(buffer, bytes, length);
}

void buffer_empty(buffer *buffer)
{
    buffer->length = 0;
    if (buffer->bytes)
        buffer->bytes[0] = 0;
}

void buffer_clear(buffer *buffer)
{
    free(buffer->bytes);
    *buffer = BUFFER_EMPTY;
}

const char *buffer_text(const buffer *buffer)
{
    return buffer->bytes ? buffer->bytes : "";
}

/* Length of the sequence that a lead byte announces, its payload bits and the smallest value it may carry. */
static int sequence_of(unsigned char lead, uint32_t *ret_value, uint32_t *ret_smallest)
{
    if (lead < 0x80) {
        *ret_value = lead;
        *ret_smallest = 0;
        return 1;
    }
    if (lead >= 0xC2 && lead < 0xE0) {
        *ret_value = lead & 0x1F;
        *ret_smallest = 0x80;
        return 2;
    }
    if (lead >= 0xE0 && lead < 0xF0) {
        *ret_value = lead & 0x0F;
        *ret_smallest = 0x800;
        return 3;
    }
    if (lead >= 0xF0 && lead < 0xF5) {
        *ret_value = lead & 0x07;
        *ret_smallest = 0x10000;
        return 4;
    }
    return 0;
}

int32_t text_scalar(const char **at, const char *end)
{
    if (*at >= end)
        return -1;
    const unsigned char *p = (const unsigned char *)*at;
    uint32_t value, smallest;
    int count = sequence_of(p[0], &value, &smallest);
    if (count == 0 || end - *at < count)
        return -1;
    for (int i = 1; i < count; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return -1;
        value = value << 6 | (p[i] & 0x3F);
    }
    if (value < smallest || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return -1;
    *at += count;
    return (int32_t)value;
}

static bool is_disguising(int32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C ||
           (c >= 0x200B && c <= 0x200F) || c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
           (c >= 0xE0000 && c <= 0xE0FFF);
}

bool text_is_clean(const char *text, size_t length)
{
    const char *at = text, *end = text + length;
    while (at < end) {
        int32_t c = text_scalar(&at, end);
        if (c < 0 || is_disguising(c))
            return false;
    }
    return true;
}

size_t text_length(const char *text)
{
    size_t count = 0;
    for (const char *p = text; *p; p++)
        count += ((unsigned char)*p & 0xC0) != 0x80;
    return count;
}

bool text_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool text_is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

bool text_equal(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool text_is_among(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *p = words; p; p = strchr(p, '|') ? strchr(p, '|') + 1 : NULL)
        if (strcspn(p, "|") == length && strncmp(p, word, length) == 0)
            return true;
    return false;
}

bool text_starts(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t text_distance(const char *a, const char *b, size_t limit)
{
    enum { LONGEST = 63 };
    size_t la = strlen(a), lb = strlen(b);
    if (la > LONGEST || lb > LONGEST)
        return limit;
    size_t row[3][LONGEST + 1];
    for (size_t j = 0; j <= lb; j++)
        row[0][j] = j;
    size_t *before = row[2], *last = row[0], *now = row[1];
    for (size_t i = 1; i <= la; i++) {
        now[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t cost = a[i - 1] != b[j - 1];
            now[j] = smaller(smaller(last[j] + 1, now[j - 1] + 1), last[j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = smaller(now[j], before[j - 2] + 1);
        }
        size_t *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return smaller(last[lb], limit);
}

void text_add_hex(buffer *buffer, const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        buffer_add_format(buffer, "%02x", bytes[i]);
}

bool text_is_space(int32_t scalar)
{
    enum { NO_BREAK_SPACE = 0xA0, NARROW_NO_BREAK_SPACE = 0x202F };
    return scalar == ' ' || scalar == NO_BREAK_SPACE || scalar == NARROW_NO_BREAK_SPACE;
}

void text_skip_spaces(const char **at, const char *end)
{
    const char *next = *at;
    while (next < end && text_is_space(text_scalar(&next, end)))
        *at = next;
}
