#!/usr/bin/python3
"""A certificate of the dossier from the database, in a fresh process, beside the rivals' two-page certificate of the same kind:
run.py BUILD [ROUNDS [alone]]"""
import os
import statistics
import subprocess
import sys
import tempfile

BUILD = os.path.abspath(sys.argv[1])
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 15
HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(os.path.dirname(HERE))
PROGRAM = f"{BUILD}/src/magistral"
sys.path.insert(0, f"{TESTS}/data")
import dossier  # noqa: E402


def measure(command):
    if os.path.exists(command[-1]) and command[-1].endswith(".pdf"):
        os.unlink(command[-1])  # nothing that is there is written over
    ran = subprocess.run([f"{BUILD}/tests/bench_measure", *command], capture_output=True, text=True, cwd=f"{TESTS}/bench/document")
    if ran.returncode != 0:
        sys.exit(f"{command}: {ran.stderr}")
    seconds, kib = ran.stderr.split()[-2:]
    return float(seconds), int(kib) / 1024


def prepare(folder):
    made = dossier.Dossier(PROGRAM, folder)
    made.apply(dossier.lines())
    return made.database, made.passwords


def main():
    with tempfile.TemporaryDirectory() as folder:
        database, passwords = prepare(folder)
        preview = ["document", "preview", "--kind", "certificate-of-analysis", "--batch", "B26-0001", "--save", f"{folder}/out.pdf"]
        competitors = {
            "magistral, database read": [f"{BUILD}/tests/bench_paper", database, "pharm.a", "B26-0001", f"{folder}/ours.pdf"],
            "the same with its password": [PROGRAM, "--database", database, "--as", "pharm.a", "--password-file", passwords, "--clock",
                                           "2026-02-05T08:00:00Z", "--json", *preview],
            "ReportLab": ["/usr/bin/python3", f"{TESTS}/bench/document/by_reportlab.py", "certificate", "1", "one", f"{folder}/r.pdf"],
        }
        if "alone" in sys.argv[3:]:
            del competitors["ReportLab"]
        else:
            subprocess.run(["/usr/bin/python3", f"{TESTS}/bench/document/for_weasyprint.py", "certificate", "1", f"{folder}/c.html"], check=True)
            competitors["WeasyPrint"] = ["weasyprint", "-q", f"{folder}/c.html", f"{folder}/w.pdf"]
        aims = {"ReportLab": ">= 8", "WeasyPrint": ">= 30"}
        runs = {name: [] for name in competitors}
        for _ in range(ROUNDS):
            for name, command in competitors.items():
                runs[name].append(measure(command))
        ours = statistics.median(seconds for seconds, _ in runs["magistral, database read"])
        print(f"\none certificate from the database, fresh process, {ROUNDS} rounds, medians")
        for name, results in runs.items():
            seconds = statistics.median(s for s, _ in results)
            aim = f"   aim {aims[name]}" if name in aims else ""
            print(f"  {name:28} {seconds * 1000:9.1f} ms  {max(m for _, m in results):7.1f} MiB  x{seconds / ours:6.2f}{aim}")


main()
