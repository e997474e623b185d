#!/usr/bin/python3
"""The measurements still run on today's schema, at a hundredth of their size (their figures are for ./run bench):
bench_test.py GENERATE TRACE LISTS BUILD"""
import os
import subprocess
import sys
import tempfile

GENERATE, BENCH, LISTS, BUILD = sys.argv[1:5]
HERE = os.path.dirname(os.path.abspath(__file__))


def trace(folder):
    database = f"{folder}/trace.db"
    subprocess.run([GENERATE, database, "100"], check=True, stdout=subprocess.PIPE)
    said = subprocess.run([BENCH, database, "MP26-0001"], check=True, stdout=subprocess.PIPE, text=True).stdout
    assert "trace down MP26-0001: 2500 dispensings" in said, said
    said = subprocess.run([LISTS, database], check=True, stdout=subprocess.PIPE, text=True).stdout
    assert "audit list" in said and said.count("(50)") > 50, said


def journal(folder):
    said = subprocess.run([sys.executable, f"{HERE}/journal/run.py", BUILD, "50"], check=True, stdout=subprocess.PIPE, text=True).stdout
    assert "50 simple acts" in said and "verify" in said, said


def paper(folder):
    said = subprocess.run([sys.executable, f"{HERE}/paper/run.py", BUILD, "2", "alone"], check=True, stdout=subprocess.PIPE, text=True).stdout
    assert "magistral, database read" in said and "the same with its password" in said, said


print("1..3")
with tempfile.TemporaryDirectory() as folder:
    for number, test in enumerate((trace, journal, paper), 1):
        test(folder)
        print(f"ok {number} - {test.__name__}")
