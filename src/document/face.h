#ifndef MAGISTRAL_DOCUMENT_FACE_H
#define MAGISTRAL_DOCUMENT_FACE_H

#include <stddef.h>
#include <stdint.h>

#include "magistral/base/text.h"

/* The two faces of every document, compiled in; letters and outlines come from fonts.py. */
typedef enum face_id { REGULAR, BOLD, FACES } face_id;

typedef struct face {
    const char *name;
    const uint16_t *letters; /* Unicode scalar values, in order; letter i has glyph i + 1, glyph 0 is the missing one */
    uint16_t count;
    const uint16_t *advances; /* by glyph, in font units */
    const int16_t *bearings;
    const uint32_t *offsets; /* count + 2, into outlines */
    const unsigned char *outlines;
    int units, ascent, descent, capital, box[4], points, contours, stem;
} face;

extern const face faces[FACES];

/* The sRGB profile of the output intent, already deflated. */
extern const unsigned char *const colour_profile;
extern const size_t colour_profile_size;

/* The glyph of a letter, 0 when the face has none. */
uint16_t face_glyph(face_id face, int32_t letter);

/* Advance of a glyph in thousandths of the size, as the document states it. */
int face_advance(face_id face, uint16_t glyph);

/* The glyphs that one document uses of one face, numbered from 1 in order of first use. */
typedef struct subset {
    face_id face;
    uint16_t *number;  /* by glyph: its number in the document, 0 while unused */
    uint16_t *glyphs;  /* by number; glyphs[0] is 0 */
    uint16_t count;    /* used numbers, with 0 */
} subset;

/* Starts an empty subset; its memory is the caller's to give back with subset_clear(). */
subset subset_new(face_id face);
void subset_clear(subset *subset);

/* The number of a glyph in this document; takes the next one at first use. */
uint16_t subset_number(subset *subset, uint16_t glyph);

/* Appends a TrueType file that holds just the subset, in the order of its numbers.
 * Rule: ISO 19005-1, 6.3.5 (embedded subsets), Apple TrueType Reference Manual (tables head, hhea, hmtx, loca, maxp, glyf). */
void subset_write(const subset *subset, buffer *to);

/* Appends the body of a ToUnicode map, so that copied text is the text: firm spaces come out as spaces.
 * Rule: ISO 32000-1, 9.10.3. */
void subset_write_letters(const subset *subset, buffer *to);

#endif
