#!/usr/bin/python3
"""Writes the same labels for gLabels:  for_glabels.py COUNT FOLDER  (label.glabels and its labels.csv)"""
import csv
import sys

import content

TEXT = ('<Object-text x="2mm" y="{y}pt" w="{w}mm" h="{h}pt" justify="Left" valign="Top" auto_shrink="False" a0="1" a1="0" '
        'a2="0" a3="1" a4="0" a5="0" shadow="False"><Span font_family="Liberation Sans" font_size="{size}" font_weight='
        '"{weight}" font_italic="False" underline="False" color="0x000000ff" line_spacing="1"><Field name="t{n}"/></Span>'
        '</Object-text>\n')
CODE = ('<Object-barcode x="53mm" y="11mm" w="12.4mm" h="12.4mm" style="IEC18004" text="False" checksum="True" '
        'color="0x000000ff" field="url" format="" a0="1" a1="0" a2="0" a3="1" a4="0" a5="0" shadow="False"/>\n')
FILE = '''<?xml version="1.0"?>
<Glabels-document xmlns="http://glabels.org/xmlns/3.0/">
<Template brand="Bench" part="7035" size="Other" width="70mm" height="35mm" description="70 x 35">
<Label-rectangle id="0" width="70mm" height="35mm" round="0pt" x_waste="0pt" y_waste="0pt">
<Layout nx="1" ny="1" x0="0pt" y0="0pt" dx="70mm" dy="35mm"/></Label-rectangle></Template>
<Objects id="0" rotate="False">
{objects}</Objects>
<Merge type="Text/Comma/Line1Keys" src="{source}"/>
</Glabels-document>
'''


def main(count, folder):
    source, objects, y = f'{folder}/labels.csv', '', 1.0
    for n, (bold, size, _) in enumerate(content.label(0)):
        objects += TEXT.format(y=round(y, 1), w=49 if 1 < n < 11 else 66, h=round(size * 1.45, 2), size=size, n=n,
                               weight='Bold' if bold else 'Regular')
        y += 1.2 * size if size > 5 else 6
    with open(f'{folder}/label.glabels', 'w') as file:
        file.write(FILE.format(objects=objects + CODE, source=source))
    with open(source, 'w', newline='') as file:
        rows = csv.writer(file)
        rows.writerow([f't{n}' for n in range(12)] + ['url'])
        for i in range(int(count)):
            rows.writerow([text for _, _, text in content.label(i)] + [content.url('D', i)])


main(*sys.argv[1:])
