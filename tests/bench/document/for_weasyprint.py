#!/usr/bin/python3
"""Writes the same document as HTML for WeasyPrint:  for_weasyprint.py label|certificate COUNT OUTPUT.html"""
import base64
import io
import sys

import qrcode
import qrcode.image.svg

import content

PAGE = '<!doctype html><html lang=fr><meta charset=utf-8><style>{}</style>'
LABEL = ("@page{size:70mm 35mm;margin:1mm 2mm}body{font-family:'Liberation Sans';margin:0;line-height:1.15}"
         '.l{break-after:page;position:relative;height:32mm}img{position:absolute;right:0;top:10mm;width:12.4mm}')
CERTIFICATE = ("@page{size:A4;margin:14mm}body{font-family:'Liberation Sans';font-size:8pt}table{width:100%;"
               'border-collapse:collapse}td,th{border-bottom:.25pt solid;height:14pt;text-align:left}.p{break-after:page}'
               '.b{background:#124073;width:90pt;height:45pt;float:left;margin-right:20pt}h1{font-size:16pt;margin:0}'
               '.s{border:1pt solid;width:255pt;float:left;font-size:9pt}img{float:right;width:24mm}')


def code(text):
    made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0,
                         image_factory=qrcode.image.svg.SvgPathImage)
    made.add_data(text)
    svg = io.BytesIO()
    made.make_image().save(svg)
    return 'data:image/svg+xml;base64,' + base64.b64encode(svg.getvalue()).decode()


def label(i):
    lines = ''.join(f'<div style="font:{"bold" if b else "normal"} {s}pt Liberation Sans">{t}</div>'
                    for b, s, t in content.label(i))
    return f'<div class=l><img src="{code(content.url("D", i))}">{lines}</div>'


def table(rows):
    cells = [''.join(f'<{"td" if n else "th"}>{cell}' for cell in row) for n, row in enumerate(rows)]
    return '<table>' + ''.join(f'<tr>{row}</tr>' for row in cells) + '</table>'


def certificate(i):
    pages = ''
    for page, rows in enumerate(content.certificate(i)):
        pages += (f'<div class=p><div class=b></div><h1>Certificat d’analyse</h1><p style="font-size:10pt">Lot MAG-2026-{i:06d}'
                  f' – Hydrocortisone 10 mg gélule – page {page + 1}/2</p><div style="clear:both"></div>{table(rows)}')
        if page == 1:
            pages += f'<div class=s>{"<br>".join(content.SIGNATURE)}</div><img src="{code(content.url("C", i))}">'
        pages += '</div>'
    return pages


def main(kind, count, output):
    one, style = (label, LABEL) if kind == 'label' else (certificate, CERTIFICATE)
    with open(output, 'w') as file:
        file.write(PAGE.format(style) + ''.join(one(i) for i in range(int(count))))


main(*sys.argv[1:])
