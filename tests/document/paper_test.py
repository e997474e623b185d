#!/usr/bin/python3
"""Draws every sample record in both languages and looks at the paper as its readers do: paper_test.py DRAW SAMPLES

Structure by qpdf, text by pdftotext, PDF/A-1b by PDFBox's preflight, codes by zbar on what a printer of 203 and of
300 dots an inch would put on paper. Speaks TAP. Under the sanitizers only the drawing is looked at: its readers would read again
what the other build drew.
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'data'))
import codes  # noqa: E402
import preflight  # noqa: E402

DRAW, SAMPLES = sys.argv[1:3]
with open(DRAW, 'rb') as program:
    SANITIZED = b'__asan_init' in program.read()
TEMPLATES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'templates')
results = []


def run(*command):
    return subprocess.run(command, capture_output=True, text=True)


def check(name, good, why=''):
    results.append(good)
    print(f'{"ok" if good else "not ok"} {len(results)} - {name}')
    for line in str(why).strip().splitlines() if not good else []:
        print('# ' + line)


def squeezed(text):
    return re.sub(r'\s+', '', text)


def text_of(pdf):
    return run('pdftotext', '-layout', pdf, '-').stdout


def codes_of(pdf, dots, page=1):
    return codes.on(pdf, dots, '-f', str(page), '-l', str(page))[0]


def texts(value, path=''):
    """The texts of a record that every layout shows: names of people and things."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from texts(child, key)
    elif isinstance(value, list):
        for child in value:
            yield from texts(child, path)
    elif isinstance(value, str) and path in ('patient', 'manufacturer', 'maker', 'pharmacy', 'name', 'prescriber', 'supplier') and value:
        yield value


def check_document(folder, sample, language):
    name = os.path.basename(sample)[:-5]
    pdf = f'{folder}/{name}.{language}.pdf'
    layout = f'{name.removesuffix("_long")}.{language}'
    drawn = run(DRAW, layout, sample, pdf)
    check(f'{name}.{language} is drawn', drawn.returncode == 0, drawn.stderr)
    if drawn.returncode != 0 or SANITIZED:
        return
    structure = run('qpdf', '--check', pdf)
    check(f'{name}.{language} is well formed', structure.returncode == 0 and not structure.stderr, structure.stdout + structure.stderr)
    with open(sample) as file:
        record = json.load(file)
    found = run('pdftotext', '-raw', pdf, '-')
    text = squeezed(found.stdout)
    lost = [t for t in texts(record) if squeezed(t) not in text]
    check(f'{name}.{language} holds every name whole', not lost and not found.stderr, f'{lost} {found.stderr}')
    check(f'{name}.{language} names what made it', 'magistral0.1.0' in text and '0001' in text)
    for dots in (203, 300) if 'code' in record else ():
        read = codes_of(pdf, dots)
        check(f'{name}.{language} reads at {dots} dpi', read == [record['code']], read)


LONGEST = {
    'Pharmacie à usage intérieur': 'Pharmacie à usage intérieur du site Nord – bâtiment Œdipe 12B',
    'CHU de Montclair': 'Centre hospitalier universitaire régional de Châteauroux-lès-Moûtiers',
    '12 rue de l’Hôpital, 69000 Montclair':
        'École des Spécialités pharmaceutiques, 1234 avenue du Général-de-Gaulle, 36000 Châteauroux-lès-Moûtiers',
    '"Birabresib"': '"N-(4-méthoxyphényl)-hydrochlorothiazide-œstradiol micronisé"',
    'Dr Anne-Cécile Lefèvre-Désormeaux': 'Nguyễn Thị Thanh Hương Trần-Lê Đặng Quốc Phương Ưng Hoài Ân',
    'A.-C. Lefèvre': 'Trương Nữ Hoàng Yến Nguyễn-Phạm Thị Ngọc Quỳnh Như Ỷ Thuỷ',
    'M. Benoît': 'Nguyễn Thị Thanh Hương Trần-Lê Đặng Quốc Phương Ưng Hoài Ân',
    'P. Nowak': 'Stanisława Wiśniewska-Źródłowska, Przemyśl–Łódź, Şükrüoğlu-Çağ',
    'Synthèse Fine SA': 'Şişli Eczacılık Sanayi ve Ticaret Anonim Şirketi, İstanbul Iğdır',
}


def check_longest(folder):
    """Names of sixty letters and more: shrunk or wrapped, whole on the paper."""
    for sample in sorted(glob.glob(f'{SAMPLES}/*.json')):
        with open(sample) as file:
            text = file.read()
        name = os.path.basename(sample)[:-5].removesuffix('_long')
        with open(f'{TEMPLATES}/{name}.fr.layout') as file:
            addressed = '{{site.address}}' in file.read()
        present = [long.strip('"') for short, long in LONGEST.items() if short in text and (addressed or 'rue' not in short)]
        for short, long in LONGEST.items():
            text = text.replace(short, long)
        long_sample, pdf = f'{folder}/longest.json', f'{folder}/longest.pdf'
        with open(long_sample, 'w') as file:
            file.write(text.replace('"rehearsal": true', '"rehearsal": false'))
        for language in ('fr', 'en'):
            drawn = run(DRAW, f'{name}.{language}', long_sample, pdf)
            found = '' if SANITIZED else squeezed(run('pdftotext', '-raw', pdf, '-').stdout)
            lost = [long for long in present if squeezed(long) not in found and not SANITIZED]
            check(f'{name}.{language} holds the longest names', drawn.returncode == 0 and not lost, f'{drawn.stderr}{lost}')


def lines_of(pdf, left, top, width, height):
    """How many rows of ink, parted by blank ones, an area of the first page holds; millimetres."""
    dots = 300
    area = [str(round(value * dots / 25.4)) for value in (left, top, width, height)]
    run('pdftoppm', '-r', str(dots), '-gray', '-singlefile', '-x', area[0], '-y', area[1], '-W', area[2], '-H', area[3], pdf, pdf)
    with open(pdf + '.pgm', 'rb') as file:
        image = file.read()
    wide, high = map(int, re.match(rb'P5\s+(\d+)\s+(\d+)\s+255\s', image).groups())
    dark = [min(image[len(image) - (high - row) * wide:][:wide]) < 128 for row in range(high)]
    return sum(now and not before for before, now in zip([False] + dark, dark))


def check_heads(folder):
    """The longest head of two lines stands clear of what follows it."""
    for label, area in (('material_label', (3, 1, 66, 10.5)), ('bottle_label', (2.5, 1, 60, 9)), ('sample_label', (2.5, 1, 60, 9)),
                        ('retained_label', (2.5, 1, 60, 9)), ('intermediate_label', (2.5, 1, 60, 9)), ('dispensing_label', (3, 81.15, 74, 6.75))):
        sample, pdf = f'{folder}/head.json', f'{folder}/head.pdf'
        with open(f'{SAMPLES}/{label}.json') as file:
            text = file.read()
        for short in ('Pharmacie à usage intérieur', 'CHU de Montclair', '12 rue de l’Hôpital, 69000 Montclair'):
            text = text.replace(short, LONGEST[short])
        with open(sample, 'w') as file:
            file.write(text.replace('"rehearsal": true', '"rehearsal": false'))
        for language in ('fr', 'en'):
            run(DRAW, f'{label}.{language}', sample, pdf)
            rows = lines_of(pdf, *area)
            check(f'{label}.{language} keeps its lines apart', rows == 3, rows)


def check_again(folder):
    sample = f'{SAMPLES}/batch_record.json'
    first, second = f'{folder}/first.pdf', f'{folder}/second.pdf'
    run(DRAW, 'batch_record.fr', sample, first)
    run(DRAW, 'batch_record.fr', sample, second)
    check('two processes draw the same bytes', open(first, 'rb').read() == open(second, 'rb').read())


def check_small_codes(folder):
    """A code of 12 mm at most: a label's token and a certificate's signature."""
    token = 'HTTPS://PUI.CHU-MONTCLAIR.FR/B/PM26-0001/4FJ7Q2M6T3KXWZ5YB2QN7RDP'
    signed = 'HTTPS://PUI.CHU-MONTCLAIR.FR/C/CA26-0001/9F86D081884C7D659A2FEAA0C55AD015/' + 'QLS2M6T3KXWZ5YB2QN7RDP4E' * 5
    for code, modules in ((token[:65], 33), (signed[:178], 45)):
        for printer in (203, 300):
            dots = int(12 / 25.4 * printer / modules)
            side = (modules + 8) * dots * 25.4 / printer + 0.02
            layout, sample, pdf = f'{folder}/small.fr.layout', f'{folder}/small.json', f'{folder}/small.pdf'
            with open(layout, 'w') as file:
                file.write('document label\nlanguage fr\nversion 1\npage width 40 height 30\ntitle : QR\nauthor : A\n'
                           f'printer dots {printer}\nqr x 6.3 y 4.7 size {side:.3f} : {{{{code}}}}\n')
            with open(sample, 'w') as file:
                json.dump({'code': code}, file)
            drawn = run(DRAW, layout, sample, pdf)
            # Modules of three dots of 300 are too small for whole dots of 203: such a symbol is for its printer alone.
            for dpi in (203, 300) if modules < 40 or printer == 203 else (300,):
                read = codes_of(pdf, dpi)
                check(f'{len(code)} characters in {modules * dots * 25.4 / printer:.1f} mm for {printer} dpi read at {dpi} dpi',
                      read == [code], f'{drawn.stderr}{read}')


def check_archive(folder):
    for pdf, why in preflight.defects(sorted(glob.glob(f'{folder}/*.??.pdf'))).items():
        check(f'{os.path.basename(pdf)} is PDF/A-1b', not why, why)


def check_pages(folder):
    text = text_of(f'{folder}/batch_record_long.fr.pdf')
    pages = text.split('\f')[:-1]
    check('a long record numbers its pages', len(pages) > 3 and
          all(f'page {i + 1} / {len(pages)}' in page for i, page in enumerate(pages)))
    check('a table repeats its head', sum('Relevé' in page for page in pages) >= 2)
    check('a corrected value stays legible', '12 min' in text and '15 min' in text)
    check('an empty part says so', 'Retours et réclamations : néant' in text)
    register = text_of(f'{folder}/register_page.fr.pdf').split('\f')[:-1]
    check('each page of the register has name and address', len(register) > 1 and
          all('CHU de Montclair' in page and '69000 Montclair' in page for page in register))
    check('each page of the register has its serial and its place among all', len(register) > 1 and
          all('C26-0021' in page and f'page {i + 1} / {len(register)}' in page for i, page in enumerate(register)))
    with open(f'{SAMPLES}/register_page.json') as file:
        code = json.load(file)['code']
    for language in ('fr', 'en'):
        for dots in (203, 300):
            read = [codes_of(f'{folder}/register_page.{language}.pdf', dots, page + 1) for page in range(len(register))]
            check(f'each page of register_page.{language} reads at {dots} dpi', read == [[code]] * len(register), read)


def check_states(folder):
    """A state that a layout does not know is never shown as usable, nor an open control as a verdict."""
    def drawn(layout, change):
        with open(f'{SAMPLES}/{layout}.json') as file:
            record = json.load(file)
        change(record)
        sample, pdf = f'{folder}/state.json', f'{folder}/state.pdf'
        with open(sample, 'w') as file:
            json.dump(record, file)
        run(DRAW, f'{layout}.fr', sample, pdf)
        return text_of(pdf)

    for layout, owner in (('bottle_label', 'batch'), ('material_label', 'lot')):
        text = drawn(layout, lambda record: record[owner].update(state={'state': 'recalled'}))
        check(f'{layout} of another state says not to use it', 'NE PAS UTILISER' in text and 'ACCEPTÉ' not in text, text)
    text = drawn('certificate', lambda record: record.update(conclusion={'state': 'test 20 more'}))
    check('an open control has no verdict', 'Contrôle non conclu' in text and 'conformes' not in text.split('Conclusion')[-1], text)
    text = drawn('certificate', lambda record: record.update(conclusion={'state': 'does not comply'}))
    check('a failed control says so', 'ne sont pas conformes' in text, text)
    text = drawn('certificate', lambda record: record.pop('signature'))
    check('an unsigned certificate says so', 'en attente' in text, text)
    text = drawn('release_certificate', lambda record: record['decision'].update(state={'state': 'hold'}))
    check('a batch on hold is neither released nor refused',
          'AUCUNE DÉCISION' in text and 'LIBÉRÉ' not in text and 'REFUSÉ' not in text, text)


def main():
    with tempfile.TemporaryDirectory() as folder:
        for sample in sorted(glob.glob(f'{SAMPLES}/*.json')):
            for language in ('fr', 'en'):
                check_document(folder, sample, language)
        check_again(folder)
        check_states(folder)
        check_longest(folder)
        if not SANITIZED:
            check_archive(folder)
            check_pages(folder)
            check_heads(folder)
            check_small_codes(folder)
    print(f'1..{len(results)}')


main()
