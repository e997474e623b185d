"""Takes rules out of the source one by one, builds, and runs a test that asserts the rule: it must fail.

    taken_out.py FOLDER BUILD [--all | RULE...]     for example build/qualification build/gcc, after the tests of that build

Without a rule: those of taken_out.txt. All of it happens in a copy of the source; what came of it is kept in FOLDER for the
report (taken_out.json)."""
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import record  # noqa: E402

CALLS = re.compile(r"\b(?:call_refuse|refuse|block|refuse_line|refuse_item|usage|fail_input_output|check_range)\((?:[^;\"]|\"(?:[^\"\\]|\\.)*\")*?\"(?P<rule>[A-Z]+-\d+)\"")
COPIED = ("src", "include", "schema", "templates", "tests", "meson.build", "LICENSE", "README.md")


def closed(text, at):
    """Behind the bracket that closes the one at `at`."""
    depth, quoted = 0, False
    for i in range(at, len(text)):
        if quoted:
            quoted = text[i] != '"' or text[i - 1] == "\\"
        elif text[i] == '"':
            quoted = True
        elif text[i] in "()":
            depth += 1 if text[i] == "(" else -1
            if depth == 0:
                return i + 1
    raise ValueError(text[at:at + 80])


def without(text, rule, returns):
    """The source with no refusal by that rule: what follows a refusal that returned goes on, or, where nothing follows
    (`returns`), the function is done; a row of a table that names the rule goes. The text as it was where the rule is not in it."""
    text = re.sub(rf'\{{[^{{}};]*"{rule}"[^{{}};]*\}},?[ \t]*', "", text)
    at = 0
    while True:
        call = next((found for found in CALLS.finditer(text, at) if found.group("rule") == rule), None)
        if not call:
            return text
        start, end = call.start(), closed(text, text.index("(", call.start()))
        before = text[:start].rstrip()
        if re.search(r"\breturn$", before):
            before = before[:-len("return")]
            middle = "return DONE" if returns else ""
            text = before + middle + text[end:]
            at = len(before)
        else:
            statement = before[-1] in ";{})" or before.endswith("else")
            text = text[:start] + ("(void)0" if statement else "DONE") + text[end:]
            at = start


class Copy:
    """A copy of the source, built once, in which files are changed and put back."""

    def __init__(self, folder):
        self.folder, self.build = folder, os.path.join(folder, "build")
        for name in COPIED:
            if os.path.isdir(os.path.join(record.ROOT, name)):
                shutil.copytree(os.path.join(record.ROOT, name), os.path.join(folder, name), ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(os.path.join(record.ROOT, name), folder)
        self.run("meson", "setup", self.build, "-Dwarning_level=0", "-Dwerror=false", "-Doptimization=0", "-Ddebug=false",
                 "-Dc_args=-Werror=return-type", env={**os.environ, "CC": "gcc"})
        self.ninja("src/magistral")

    def run(self, *words, **given):
        done = subprocess.run(words, cwd=self.folder, capture_output=True, text=True, **given)
        if done.returncode != 0:
            raise RuntimeError((done.stdout + done.stderr)[-3000:])

    def ninja(self, *targets):
        self.run("ninja", "-C", self.build, *targets)

    def sources(self):
        for folder, _, names in os.walk(os.path.join(self.folder, "src")):
            yield from (os.path.join(folder, name) for name in names if name.endswith(".c"))

    def take_out(self, rule, *targets):
        """Returns what to put back, and builds."""
        former = {}
        for path in self.sources():
            with open(path, encoding="utf-8") as file:
                text = file.read()
            if without(text, rule, False) != text:
                former[path] = text
        if not former:
            raise LookupError(f"no line of the source refuses by {rule} alone: it is taken out by hand")
        for returns in (False, True):
            for path, text in former.items():
                write(path, without(text, rule, returns))
            try:
                self.ninja(*targets)
                return former
            except RuntimeError:
                if returns:
                    self.put_back(former)
                    raise
        raise AssertionError

    def put_back(self, former):
        for path, text in former.items():
            write(path, text)

    def test(self, file):
        """The tests of a file that failed or did not run to their end."""
        environment = {**os.environ, "MAGISTRAL": os.path.join(self.build, "src", "magistral"), "CMOCKA_MESSAGE_OUTPUT": "TAP"}
        environment.pop("MAGISTRAL_KEPT", None)  # what they begin with is made by this program
        path = os.path.join(self.folder, "tests", file)
        words = [os.path.join(self.build, "tests", os.path.basename(file)[:-2])] if file.endswith(".c") else ["/usr/bin/python3", path]
        done = subprocess.run(words, cwd=self.folder, capture_output=True, text=True, env=environment, timeout=900)
        ended = list(record.tests_of(file, file, done.stdout))
        return {test.name for test in ended if test.passed}, done.returncode


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def tests_by_rule(build):
    """The tests of each rule, by file: {rule: {file: {name}}}, and how many tests each file has."""
    found, sizes = {}, {}
    for test in record.read(build, os.environ.get("MAGISTRAL_LOG", "testlog")):
        sizes[test.file] = sizes.get(test.file, 0) + 1
        if test.passed and not test.file.startswith(("browser/", "fault/", "bench/")):
            for rule in test.asserted:
                found.setdefault(rule, {}).setdefault(test.file, set()).add(test.name)
    return found, sizes


def tried(copy, rule, files):
    """One rule: taken out, its tests run file by file until one fails."""
    row = {"rule": rule, "tests": "", "failed": "", "fails": "no"}
    for file, names in files:
        target = ["tests/" + os.path.basename(file)[:-2]] if file.endswith(".c") else ["src/magistral"]
        former = copy.take_out(rule, *target)
        try:
            passed, status = copy.test(file)
        finally:
            copy.put_back(former)
        failed = sorted(names - passed)
        row["tests"] = file + ": " + ", ".join(sorted(names))
        if failed and status != 0:
            row.update(failed=", ".join(failed), fails="yes")
            break
    return row


def main():
    folder, build, *wanted = sys.argv[1:]
    found, sizes = tests_by_rule(build)
    if not found:
        sys.exit(f"{build} has no log of its tests: run them first")
    if wanted == ["--all"]:
        wanted = sorted(found)
    elif not wanted:
        with open(os.path.join(HERE, "taken_out.txt"), encoding="utf-8") as file:
            wanted = [line.split()[0] for line in file if line.strip() and not line.startswith("#")]
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=record.ROOT, capture_output=True, text=True).stdout.strip()
    rows = []
    with tempfile.TemporaryDirectory(prefix="magistral-taken-out-") as scratch:
        copy = Copy(scratch)
        for rule in wanted:
            files = sorted(found.get(rule, {}).items(), key=lambda one: sizes[one[0]])[:3]
            try:
                if not files:
                    raise LookupError("no test of that run asserted it")
                row = tried(copy, rule, files)
            except LookupError as error:
                row = {"rule": rule, "tests": "", "failed": str(error), "fails": "not tried"}
            except (RuntimeError, subprocess.TimeoutExpired) as error:
                row = {"rule": rule, "tests": "", "failed": str(error)[-400:], "fails": "no"}
            rows.append(row)
            print(f"{row['rule']:<16} fails without it: {row['fails']:<4} {row['tests']}" + (f" ({row['failed']})" if row["fails"] != "yes" else ""), flush=True)
    os.makedirs(folder, exist_ok=True)
    day = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    with open(os.path.join(folder, "taken_out.json"), "w", encoding="utf-8") as file:
        json.dump({"of": f"{day}, {commit}" if commit else day, "rules": rows}, file, ensure_ascii=False)
    bad = [row["rule"] for row in rows if row["fails"] == "no"]
    tried_out = sum(row["fails"] != "not tried" for row in rows)
    print(f"{tried_out} rules taken out; a test fails without each of {tried_out - len(bad)}" + (f", none without {', '.join(bad)}" if bad else ""))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
