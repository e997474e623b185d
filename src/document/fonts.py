#!/usr/bin/python3
"""Writes the two faces of the documents, and the colour profile of PDF/A's output intent, as C arrays.

    fonts.py OUTPUT.c REGULAR.ttf BOLD.ttf PROFILE.icc

The faces are Liberation Sans (SIL Open Font Licence 1.1), cut down to the letters below and therefore renamed
Magistral Sans, as its clause 3 asks. Composite letters are flattened and hints dropped, so that each outline stands
alone and a document can copy just the outlines that it uses.
"""
import sys
import zlib

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

RANGES = [
    (0x0020, 0x007E), (0x00A0, 0x00AC), (0x00AE, 0x024F), (0x0259, 0x0259), (0x02C6, 0x02DD),
    (0x0370, 0x03FF), (0x1E00, 0x1EFF),
    (0x2009, 0x2009), (0x2010, 0x2027), (0x202F, 0x205E), (0x2070, 0x209F), (0x20AC, 0x20AC), (0x2113, 0x2126),
    (0x2190, 0x2195), (0x2200, 0x22FF), (0x25A0, 0x25FF),
]
# Made from another letter when the face has none of its own: a narrow space of 1/5 em, a hyphen that does not break.
NARROW_SPACE, HYPHEN, FIRM_HYPHEN = 0x202F, 0x2010, 0x2011


def outline(font, name):
    recording = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(recording)
    pen = TTGlyphPen(None)
    recording.replay(pen)
    glyph = pen.glyph()
    glyph.recalcBounds(font['glyf'])
    data = glyph.compile(font['glyf']) if glyph.numberOfContours else b''
    return glyph, data + b'\0' * (-len(data) % 4)


def wanted(font):
    cmap = font.getBestCmap()
    letters = {c: cmap[c] for first, last in RANGES for c in range(first, last + 1) if c in cmap}
    letters[FIRM_HYPHEN] = cmap.get(FIRM_HYPHEN, cmap[HYPHEN])
    letters[NARROW_SPACE] = cmap.get(NARROW_SPACE, cmap[0x20])
    return dict(sorted(letters.items())), NARROW_SPACE not in cmap


def numbers(kind, name, values):
    lines = [', '.join(str(v) for v in values[i:i + 24]) for i in range(0, len(values), 24)]
    return f'static const {kind} {name}[] = {{\n' + ',\n'.join(lines) + '};\n'


def face(out, index, path):
    font = TTFont(path)
    letters, no_narrow_space = wanted(font)
    outlines, offsets, advances, bearings, points, contours = b'', [], [], [], 0, 0
    for letter, name in [(0, '.notdef')] + list(letters.items()):
        glyph, data = outline(font, name)
        advance = font['hmtx'][name][0]
        if letter == NARROW_SPACE and no_narrow_space:
            advance = font['head'].unitsPerEm // 5
        offsets.append(len(outlines))
        outlines += data
        advances.append(advance)
        bearings.append(glyph.xMin if glyph.numberOfContours else 0)
        points = max(points, len(glyph.coordinates) if glyph.numberOfContours else 0)
        contours = max(contours, glyph.numberOfContours)
    offsets.append(len(outlines))
    out.write(numbers('uint16_t', f'letters_{index}', list(letters)))
    out.write(numbers('uint16_t', f'advances_{index}', advances))
    out.write(numbers('int16_t', f'bearings_{index}', bearings))
    out.write(numbers('uint32_t', f'offsets_{index}', offsets))
    out.write(numbers('unsigned char', f'outlines_{index}', list(outlines)))
    head, hhea, os2 = font['head'], font['hhea'], font['OS/2']
    return (f'    {{.name = "MagistralSans{"-Bold" if index else ""}", .letters = letters_{index}, '
            f'.count = {len(letters)}, .advances = advances_{index}, .bearings = bearings_{index},\n'
            f'     .offsets = offsets_{index}, .outlines = outlines_{index}, .units = {head.unitsPerEm}, '
            f'.ascent = {hhea.ascent}, .descent = {hhea.descent}, .capital = {os2.sCapHeight},\n'
            f'     .box = {{{head.xMin}, {head.yMin}, {head.xMax}, {head.yMax}}}, .points = {points}, '
            f'.contours = {contours}, .stem = {140 if index else 80}}},\n')


def main(output, regular, bold, profile):
    with open(output, 'w') as out:
        out.write('/* Made by fonts.py from Liberation Sans (OFL 1.1), renamed as its licence asks. */\n'
                  '#include "face.h"\n\n')
        faces = [face(out, i, path) for i, path in enumerate((regular, bold))]
        out.write('const face faces[FACES] = {\n' + ''.join(faces) + '};\n\n')
        with open(profile, 'rb') as file:
            out.write(numbers('unsigned char', 'profile', list(zlib.compress(file.read(), 9))))
        out.write('const unsigned char *const colour_profile = profile;\n'
                  'const size_t colour_profile_size = sizeof profile;\n')


main(*sys.argv[1:])
