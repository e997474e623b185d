#include "face.h"

#include <stdlib.h>
#include <string.h>

uint16_t face_glyph(face_id id, int32_t letter)
{
    const face *f = &faces[id];
    if (letter >= 0x20 && letter < 0x7F)
        return (uint16_t)(letter - 0x20 + 1);
    size_t low = 0, high = f->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (f->letters[middle] < letter)
            low = middle + 1;
        else
            high = middle;
    }
    return low < f->count && f->letters[low] == letter ? (uint16_t)(low + 1) : 0;
}

int face_advance(face_id id, uint16_t glyph)
{
    const face *f = &faces[id];
    return (f->advances[glyph] * 1000 + f->units / 2) / f->units;
}

subset subset_new(face_id id)
{
    size_t room = (size_t)faces[id].count + 1;
    uint16_t *numbers = calloc(2 * room, sizeof *numbers);
    if (!numbers)
        exit(70);
    return (subset){.face = id, .number = numbers, .glyphs = numbers + room, .count = 1};
}

void subset_clear(subset *subset)
{
    free(subset->number);
    subset->number = NULL;
}

uint16_t subset_number(subset *subset, uint16_t glyph)
{
    if (glyph != 0 && subset->number[glyph] == 0) {
        subset->number[glyph] = subset->count;
        subset->glyphs[subset->count++] = glyph;
    }
    return subset->number[glyph];
}

static void add_16(buffer *to, int value)
{
    unsigned char bytes[2] = {(unsigned char)(value >> 8), (unsigned char)value};
    buffer_add(to, bytes, sizeof bytes);
}

static void add_32(buffer *to, uint32_t value)
{
    add_16(to, (int)(value >> 16));
    add_16(to, (int)(value & 0xFFFF));
}

static void write_head(const face *f, buffer *to)
{
    add_32(to, 0x00010000);
    add_32(to, 0x00010000);
    add_32(to, 0); /* the checksum of the file: readers of embedded fonts do not look at it */
    add_32(to, 0x5F0F3CF5);
    add_16(to, 0x000B);
    add_16(to, f->units);
    for (int i = 0; i < 4; i++)
        add_32(to, 0); /* no dates: the same text gives the same bytes */
    for (int i = 0; i < 4; i++)
        add_16(to, f->box[i]);
    add_16(to, 0);
    add_16(to, 8);
    add_16(to, 2);
    add_16(to, 1); /* long offsets */
    add_16(to, 0);
}

static void write_hhea(const face *f, const subset *subset, buffer *to)
{
    add_32(to, 0x00010000);
    add_16(to, f->ascent);
    add_16(to, f->descent);
    add_16(to, 0);
    add_16(to, 3000);
    for (int i = 0; i < 2; i++)
        add_16(to, f->box[0]);
    add_16(to, f->box[2]);
    add_16(to, 1);
    for (int i = 0; i < 7; i++)
        add_16(to, 0);
    add_16(to, subset->count);
}

static void write_maxp(const face *f, const subset *subset, buffer *to)
{
    add_32(to, 0x00010000);
    add_16(to, subset->count);
    add_16(to, f->points);
    add_16(to, f->contours);
    add_16(to, 0);
    add_16(to, 0);
    add_16(to, 1);
    for (int i = 0; i < 8; i++)
        add_16(to, 0);
}

static void write_hmtx(const face *f, const subset *subset, buffer *to)
{
    for (int i = 0; i < subset->count; i++) {
        add_16(to, f->advances[subset->glyphs[i]]);
        add_16(to, f->bearings[subset->glyphs[i]]);
    }
}

static void write_loca(const face *f, const subset *subset, buffer *to)
{
    uint32_t at = 0;
    for (int i = 0; i < subset->count; i++) {
        uint16_t glyph = subset->glyphs[i];
        add_32(to, at);
        at += f->offsets[glyph + 1] - f->offsets[glyph];
    }
    add_32(to, at);
}

static void write_glyf(const face *f, const subset *subset, buffer *to)
{
    for (int i = 0; i < subset->count; i++) {
        uint16_t glyph = subset->glyphs[i];
        buffer_add(to, f->outlines + f->offsets[glyph], f->offsets[glyph + 1] - f->offsets[glyph]);
    }
}

static uint32_t checksum(const char *bytes, size_t length)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < length; i++)
        sum += (uint32_t)(unsigned char)bytes[i] << (24 - 8 * (i & 3));
    return sum;
}

void subset_write(const subset *subset, buffer *to)
{
    enum { TABLES = 6 };
    static const char names[TABLES][5] = {"glyf", "head", "hhea", "hmtx", "loca", "maxp"};
    const face *f = &faces[subset->face];
    BUFFER_SCOPE buffer body = BUFFER_EMPTY;
    add_32(to, 0x00010000);
    add_16(to, TABLES);
    add_16(to, 64);
    add_16(to, 2);
    add_16(to, TABLES * 16 - 64);
    for (int i = 0; i < TABLES; i++) {
        size_t start = body.length;
        switch (i) {
        case 0: write_glyf(f, subset, &body); break;
        case 1: write_head(f, &body); break;
        case 2: write_hhea(f, subset, &body); break;
        case 3: write_hmtx(f, subset, &body); break;
        case 4: write_loca(f, subset, &body); break;
        default: write_maxp(f, subset, &body); break;
        }
        size_t length = body.length - start;
        buffer_add(to, names[i], 4);
        add_32(to, checksum(body.bytes + start, length));
        add_32(to, (uint32_t)(12 + TABLES * 16 + start));
        add_32(to, (uint32_t)length);
        while (body.length % 4 != 0)
            buffer_add_byte(&body, 0);
    }
    buffer_add(to, body.bytes, body.length);
}

/* What a letter is copied as: spaces of typography come out as the space that people search for. */
static int copied_as(int letter)
{
    if (letter == 0xA0 || letter == 0x202F || letter == 0x2009)
        return ' ';
    return letter == 0x2011 ? '-' : letter;
}

void subset_write_letters(const subset *subset, buffer *to)
{
    enum { BLOCK = 100 };
    const face *f = &faces[subset->face];
    for (int first = 1; first < subset->count; first += BLOCK) {
        int count = subset->count - first < BLOCK ? subset->count - first : BLOCK;
        buffer_add_format(to, "%d beginbfchar\n", count);
        for (int i = first; i < first + count; i++)
            buffer_add_format(to, "<%04X> <%04X>\n", (unsigned)i, (unsigned)copied_as(f->letters[subset->glyphs[i] - 1]));
        buffer_add_text(to, "endbfchar\n");
    }
}
