#!/usr/bin/python3
"""Compares the document engine with its rivals on the same content:  run.py BUILD [ROUNDS]

Each round runs every competitor once, in turn, in a fresh process (A B C A B C); medians of wall time, ratios to ours and
peak memory are printed. ReportLab, WeasyPrint and gLabels are left out when they are not installed.
Debian packages: python3-reportlab weasyprint python3-qrcode glabels.
"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

BUILD = os.path.abspath(sys.argv[1])
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
HERE = os.path.dirname(os.path.abspath(__file__))


def measure(command):
    ran = subprocess.run([f'{BUILD}/tests/bench_measure', *command], capture_output=True, text=True, cwd=HERE)
    if ran.returncode != 0:
        raise SystemExit(f'{command} ended with {ran.returncode}: {ran.stderr}')
    seconds, kib = ran.stderr.split()[-2:]
    return float(seconds), int(kib) / 1024


def compare(title, aims, competitors, rounds):
    print(f'\n{title}')
    runs = {name: [] for name in competitors}
    for _ in range(rounds):
        for name, command in competitors.items():
            runs[name].append(measure(command))
    ours = statistics.median(seconds for seconds, _ in runs['magistral'])
    for name, results in runs.items():
        seconds = statistics.median(s for s, _ in results)
        aim = f'   aim {aims[name]}' if name in aims else ''
        print(f'  {name:26} {seconds * 1000:9.1f} ms  {max(m for _, m in results):7.1f} MiB  x{seconds / ours:6.2f}{aim}')


def installed(name):
    if name == 'reportlab':
        return subprocess.run(['/usr/bin/python3', '-c', 'import reportlab'], capture_output=True).returncode == 0
    return shutil.which(name) is not None


def engine(kind, count, mode, out):
    return [f'{BUILD}/tests/bench_engine', kind, str(count), mode, f'{HERE}/{kind}.fr.layout', f'{out}/ours.pdf']


def floor(kind, count, mode, face, out):
    return [f'{BUILD}/tests/bench_floor', kind, str(count), mode, face, f'{out}/floor.pdf']


def reportlab(kind, count, mode, out):
    return ['/usr/bin/python3', f'{HERE}/by_reportlab.py', kind, str(count), mode, f'{out}/reportlab.pdf']


def field(kind, count, mode, out, extra=()):
    made = {'magistral': engine(kind, count, mode, out), 'libharu, faces embedded': floor(kind, count, mode, 'embedded', out),
            'libharu, nothing embedded': floor(kind, count, mode, 'viewer', out)}
    if installed('reportlab'):
        made['ReportLab'] = reportlab(kind, count, mode, out)
    made.update(extra)
    return made


def main():
    with tempfile.TemporaryDirectory() as out:
        weasy, glabels = {}, {}
        if installed('weasyprint'):
            subprocess.run(['/usr/bin/python3', f'{HERE}/for_weasyprint.py', 'certificate', '1', f'{out}/c.html'], check=True)
            weasy = {'WeasyPrint': ['weasyprint', '-q', f'{out}/c.html', f'{out}/weasy.pdf']}
        if installed('glabels-3-batch'):
            subprocess.run(['/usr/bin/python3', f'{HERE}/for_glabels.py', '1000', out], check=True)
            glabels = {'gLabels': ['glabels-3-batch', '-o', f'{out}/glabels.pdf', f'{out}/label.glabels']}
        floors = {'libharu, faces embedded': '>= 0.77'}
        compare('one certificate, fresh process', {'WeasyPrint': '>= 30', 'ReportLab': '>= 8', **floors},
                field('certificate', 1, 'one', out, weasy), ROUNDS * 3)
        compare('one label, fresh process', floors, field('label', 1, 'one', out), ROUNDS * 3)
        compare('1,000 labels, one file', {'gLabels': '>= 25', 'ReportLab': '>= 60', **floors},
                field('label', 1000, 'one', out, glabels), max(1, ROUNDS // 2))
        compare('1,000 labels, 1,000 files, one process', {'ReportLab': '>= 10', **floors},
                field('label', 1000, 'many', out), max(1, ROUNDS // 2))
        compare('100 certificates, 100 files, one process', floors, field('certificate', 100, 'many', out), ROUNDS)


main()
