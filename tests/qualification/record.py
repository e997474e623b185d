"""What the logs of the tests tell: which test asserted which rule (tests/data/refusals.py), and how it ended.

    for test in record.read("build/gcc", "testlog"):
        test.program, test.file, test.name, test.passed, test.asserted, test.seen"""
import json
import os
import re
from collections import namedtuple

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
Test = namedtuple("Test", "program file name passed asserted seen")


def source(command):
    """The file of tests that a command of meson runs, as named in tests/."""
    script = next((word for word in command if word.endswith("_test.py")), None)
    if script:
        return os.path.relpath(os.path.realpath(script), os.path.join(ROOT, "tests"))
    name = os.path.basename(command[0]) + ".c"
    for folder in sorted(os.listdir(os.path.join(ROOT, "tests"))):
        if os.path.exists(os.path.join(ROOT, "tests", folder, name)):
            return f"{folder}/{name}"
    return name


def tests_of(program, file, log):
    asserted, seen = set(), set()
    for line in log.splitlines():
        told = re.match(r"# (asserted|seen) (.+)", line)
        ended = re.match(r"(ok|not ok) \d+ -? ?(.*)", line)
        if told:
            (asserted if told.group(1) == "asserted" else seen).update(told.group(2).split())
        elif ended and "# SKIP" not in line:
            name = ended.group(2).split(":")[0].removeprefix("test_").replace("_", " ")
            yield Test(program, file, name, ended.group(1) == "ok", asserted, seen)
            asserted, seen = set(), set()


def read(build, log="testlog"):
    """Every test of the last run of a build; none when it did not run. A program that ended badly after its last test is a
    test that failed."""
    try:
        with open(f"{build}/meson-info/intro-tests.json", encoding="utf-8") as file:
            files = {test["name"]: source(test["cmd"]) for test in json.load(file)}
        with open(f"{build}/meson-logs/{log}.json", encoding="utf-8") as file:
            programs = [json.loads(line) for line in file]
    except FileNotFoundError:
        return []
    tests = []
    for program in programs:
        name = program["name"].split(" / ")[-1]
        own = list(tests_of(name, files.get(name, name), program.get("stdout", "")))
        if program["result"] not in ("OK", "EXPECTEDFAIL", "SKIP") and all(test.passed for test in own):
            own.append(Test(name, files.get(name, name), f"ended with {program['result']}", False, set(), set()))
        tests += own
    return tests
