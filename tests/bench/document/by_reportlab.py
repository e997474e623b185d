#!/usr/bin/python3
"""The same documents by ReportLab:  by_reportlab.py label|certificate COUNT one|many OUTPUT"""
import io
import sys

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

import content

STYLE = TableStyle([('LINEBELOW', (0, 0), (-1, -1), .25, (0, 0, 0)), ('FONT', (0, 0), (-1, 0), 'F1', 8),
                    ('FONT', (0, 1), (-1, -1), 'F0', 8)])


def code(canvas, x, y, side, text):
    widget = QrCodeWidget(text, barLevel='M', barBorder=0)
    low, _, high, _ = widget.getBounds()
    drawing = Drawing(side, side, transform=[side / (high - low), 0, 0, side / (high - low), 0, 0])
    drawing.add(widget)
    renderPDF.draw(drawing, canvas, x, y)


def label(canvas, i):
    y = 35 * mm
    for bold, size, text in content.label(i):
        y -= 1.2 * size if size > 5 else 6
        canvas.setFont(f'F{bold}', size)
        canvas.drawString(2 * mm, y, text)
    code(canvas, 53 * mm, 11 * mm, 12.4 * mm, content.url('D', i))
    canvas.showPage()


def table(canvas, widths, rows):
    made = Table(rows, colWidths=widths, rowHeights=14)
    made.setStyle(STYLE)
    made.wrapOn(canvas, 515, 700)
    made.drawOn(canvas, 40, 745 - 14 * len(rows))


def certificate(canvas, i):
    for page, (rows, widths) in enumerate(zip(content.certificate(i), ([160, 130, 110, 115], [50, 160, 90, 90, 125]))):
        canvas.setFillColorRGB(.07, .25, .45)
        canvas.rect(40, 770, 90, 45, fill=1, stroke=0)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.setFont('F1', 16)
        canvas.drawString(150, 800, 'Certificat d’analyse')
        canvas.setFont('F0', 10)
        canvas.drawString(150, 780, f'Lot MAG-2026-{i:06d} – Hydrocortisone 10 mg gélule – page {page + 1}/2')
        table(canvas, widths, rows)
        if page == 1:
            canvas.rect(40, 380, 255, 60)
            for line, text in enumerate(content.SIGNATURE):
                canvas.setFont('F0', 7 if line == 2 else 9)
                canvas.drawString(46, 422 - 15 * line, text)
            code(canvas, 470, 100, 24 * mm, content.url('C', i))
        canvas.showPage()


def main(kind, count, mode, output):
    for bold, name in enumerate(('Regular', 'Bold')):
        pdfmetrics.registerFont(TTFont(f'F{bold}', f'/usr/share/fonts/truetype/liberation2/LiberationSans-{name}.ttf'))
    draw, size = (label, (70 * mm, 35 * mm)) if kind == 'label' else (certificate, (595.276, 841.89))
    for first in range(0, int(count), int(count) if mode == 'one' else 1):
        bytes_ = io.BytesIO()
        canvas = Canvas(bytes_, pagesize=size, pageCompression=1)
        for i in range(int(count) if mode == 'one' else 1):
            draw(canvas, first + i)
        canvas.save()
    with open(output, 'wb') as file:
        file.write(bytes_.getvalue())


main(*sys.argv[1:])
