#!/usr/bin/python3
"""Durable, journaled acts beside bare commits, and the speed of verify:  run.py BUILD [ACTS]"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

BUILD = os.path.abspath(sys.argv[1])
ACTS = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
PROGRAM = f"{BUILD}/src/magistral"
ROUNDS = 3
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data"))
import passwords  # noqa: E402


def timed(command):
    """Wall seconds and peak MiB of a process."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command}: {process.stderr.read().decode()}")
    return time.monotonic() - started, usage.ru_maxrss / 1024


def prepare(folder):
    database, lines = f"{folder}/b.db", f"{folder}/acts.jsonl"
    first, own = passwords.files(folder, ["admin", "pharma.a"])
    program = [PROGRAM, "--database", database, "--clock", "2026-01-05T07:00:00Z"]
    for words in (["database", "create", "--rehearsal"], ["person", "add", "--person", "pharma.a", "--name", "Pharmacien fictif", "--password", first],
                  ["person", "grant", "--person", "pharma.a", "--role", "pharmacist", "--starts", "2026-01-05", "--ends", "2026-12-31"]):
        subprocess.run([*program, "--password-file", own, "--as", "admin", *words], check=True, capture_output=True)
    passwords.set_own(program, ["pharma.a"], first, own)
    with open(lines, "w") as file:
        for i in range(ACTS):
            file.write(json.dumps({"key": f"k{i}", "as": "pharma.a", "at": "2026-01-05T08:00:00Z", "act": "area add",
                                   "inputs": {"code": f"ZONE-{i:06d}", "name": f"Zone de travail {i}"}}) + "\n")
    return [PROGRAM, "--database", database, "--password-file", own, "apply", lines], [PROGRAM, "--database", database, "verify"]


def main():
    applied, bare, verified, memory = [], [], [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory(dir=BUILD) as folder:
            apply, verify = prepare(folder)
            seconds, peak = timed(apply)
            applied.append(ACTS / seconds)
            memory.append(peak)
            bare.append(ACTS / float(subprocess.run([f"{BUILD}/tests/bench_commits", f"{folder}/bare.db", str(ACTS)], capture_output=True,
                                                    check=True, text=True).stdout))
            seconds, peak = timed(verify)
            verified.append((ACTS + 10) / seconds)
            memory.append(peak)
    ratio = statistics.median(a / b for a, b in zip(applied, bare))
    print(f"\n{ACTS} simple acts, durable and journaled, {ROUNDS} rounds, medians")
    print(f"  bare commits (WAL, FULL)   {statistics.median(bare):9.0f} a second")
    print(f"  apply                      {statistics.median(applied):9.0f} a second   x{ratio:5.2f} of bare   aim >= 0.33")
    print(f"  verify                     {statistics.median(verified):9.0f} a second             aim >= 30000")
    print(f"  peak memory                {max(memory):9.1f} MiB")


main()
