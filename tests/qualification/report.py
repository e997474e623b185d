"""The qualification of this version: every numbered rule with its text, its source, the tests that hold it and how they ended.

    report.py FOLDER BUILD...      for example build/qualification build/gcc build/clang, after their tests

Writes qualification-DAY.fr.html, .en.html and .csv there, and a log of the same form as the tests', whose own tests find rules
without a test, and refusals without a rule."""
import csv
import datetime
import html
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "data")]
import record  # noqa: E402

FOLDER, BUILDS = sys.argv[1], sys.argv[2:]
PROGRAM = os.path.join(os.path.abspath(BUILDS[0]), "src", "magistral")
TODAY = datetime.datetime.now(datetime.timezone.utc)
with open(os.path.join(HERE, "words.json"), encoding="utf-8") as words_file:
    WORDS = json.load(words_file)


def table(name):
    """A table beside this file: its rows, by their first column."""
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return {next(iter(row.values())): row for row in csv.DictReader(file, delimiter=";")}


def answered(*words, program=PROGRAM):
    return json.loads(subprocess.run([program, "--json", *words], capture_output=True, text=True, check=True).stdout)["done"]


def command(*words):
    """What a command says; nothing where there is none."""
    try:
        return subprocess.run(words, cwd=record.ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def read_json(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return None


def versions():
    """The version of the program, and of what it stands on, as `database show` tells it of a database just made."""
    os.environ["MAGISTRAL"] = PROGRAM
    sys.path.append(os.path.join(HERE, "..", "cli"))
    from harness import House
    house = House(people=False)
    first = house.first, house.passwords
    house.passwords = first[1]
    shown = house.view("admin", "database show")
    house.close()
    return {name: str(shown[name]) for name in ("program", "schema", "template", "sqlite")}


def compiled(build):
    """"gcc 12.2.0", and the sanitizers where it has them."""
    compiler = (read_json(f"{build}/meson-info/intro-compilers.json") or {}).get("host", {}).get("c", {})
    if not compiler:
        compiler = compiler_of(build)
    options = {option["name"]: option["value"] for option in read_json(f"{build}/meson-info/intro-buildoptions.json") or []}
    sanitizers = options.get("b_sanitize", "none")
    return f"{compiler.get('id', '?')} {compiler.get('version', '')}".strip() + ("" if sanitizers == "none" else f" ({sanitizers})")


def compiler_of(build):
    """Older meson tells it in its log alone."""
    try:
        with open(f"{build}/meson-logs/meson-log.txt", encoding="utf-8") as file:
            found = re.search(r"C compiler for the host machine: .*? \((\w+) ([\d.]+)", file.read())
        return {"id": found.group(1), "version": found.group(2)} if found else {}
    except FileNotFoundError:
        return {}


class Rule:
    def __init__(self, number, source, texts):
        self.number, self.source, self.texts = number, source or "", texts
        self.tests = {}   # (file, name) -> {build: passed}
        self.seen = set()

    def ended(self, build):
        """Whether each test of it passed in that build; None when none ran there."""
        ends = [ends[build] for ends in self.tests.values() if build in ends]
        return all(ends) if ends else None


def rules():
    lists = {language: {row["rule"]: row for row in answered("--language", language, "rule", "list")["rules"]} for language in ("fr", "en")}
    return {number: Rule(number, row["source"], {language: rows[number]["text"] for language, rows in lists.items()})
            for number, row in lists["fr"].items()}


def collect(known, runs):
    """Gives each rule its tests; returns the refusals that were answered to a test and are of no rule."""
    strange = {}
    for build, tests in runs.items():
        for test in tests:
            for number in test.asserted | test.seen:
                if number not in known:
                    strange[number] = f"{test.file}: {test.name}"
                elif number in test.asserted:
                    known[number].tests.setdefault((test.file, test.name), {})[build] = test.passed
                else:
                    known[number].seen.add((test.file, test.name))
    return strange


def verdicts(known, strange, excepted, practice):
    """The tests of this report: their names, and what is wrong, empty when nothing is."""
    bare = [number for number, rule in known.items() if not any(all(ends.values()) for ends in rule.tests.values()) and number not in excepted]
    needless = [number for number in excepted if number not in known or known[number].tests]
    failing = [number for number, rule in known.items() if any(False in ends.values() for ends in rule.tests.values())]
    named = [(subject, number) for subject, row in practice.items() for number in row["rules"].split() if number not in known]
    return [("every rule has a test that asserts it", bare), ("no exception is needless", needless),
            ("every refusal answered to a test is a numbered rule", [f"{number} ({test})" for number, test in strange.items()]),
            ("every test of a rule passed", failing), ("every rule named by the table of practice exists", named),
            ("every subject of practice is held by a rule", [subject for subject, row in practice.items() if not row["rules"].split()])]


# The page

def escaped(text):
    return html.escape(str(text))


def cells(*texts, of="td"):
    return "<tr>" + "".join(f"<{of}>{text}</{of}>" for text in texts) + "</tr>\n"


def mark(words, passed):
    return "—" if passed is None else f"<span>{words['passed']}</span>" if passed else f"<span><b>{words['failed']}</b></span>"


def head_rows(words, facts):
    return "".join(f"<tr><th>{escaped(words[name])}</th><td>{escaped(value)}</td></tr>\n" for name, value in facts)


def rule_rows(words, language, known, excepted):
    for number, rule in known.items():
        tests = "<br>".join(f"{escaped(file)}: {escaped(name)}" for file, name in sorted(rule.tests))
        if not tests:
            tests = "<i>" + escaped(excepted[number][language] if number in excepted else words["none"]) + "</i>"
        elif rule.seen:
            tests += f"<br><small>{escaped(words['seen'])} {len(rule.seen)}</small>"
        yield cells(f'<a id="{number}">{number}</a>', escaped(rule.texts[language]), escaped(rule.source or "—"), tests,
                    *(mark(words, rule.ended(build)) for build in BUILDS))


def practice_rows(words, language, known, practice):
    for subject, row in practice.items():
        numbers = [number for number in row["rules"].split() if number in known]
        good = all(known[number].ended(build) is not False for number in numbers for build in BUILDS)
        yield cells(escaped(subject), escaped(row[language]), " ".join(f'<a href="#{number}">{number}</a>' for number in numbers), mark(words, good))


def taken_rows(words, taken):
    for row in taken:
        yield cells(escaped(row["rule"]), escaped(row["tests"]), escaped(row["failed"]), escaped(words[row["fails"]]))


STYLE = """@page { size: A4 landscape; margin: 12mm } body { font: 9pt/1.3 sans-serif; margin: 1em; color: #000 }
h1 { font-size: 16pt } h2 { font-size: 12pt; break-after: avoid } table { border-collapse: collapse; width: 100%; margin: 0 0 1.5em }
th, td { border: 1px solid #999; padding: 2px 5px; text-align: left; vertical-align: top; overflow-wrap: anywhere } thead { display: table-header-group }
tr { break-inside: avoid } td:first-child, span { white-space: nowrap } th { overflow-wrap: normal }
.rules td:nth-child(2), .rules td:nth-child(4) { width: 37% } small { color: #444 } p { max-width: 60em }"""


def sheet(rows, *heads, kind="few"):
    return f"<table class=\"{kind}\"><thead>{cells(*map(escaped, heads), of='th')}</thead><tbody>{''.join(rows)}</tbody></table>\n"


def page(language, facts, tests, known, excepted, practice, taken):
    words = WORDS[language]
    builds = [escaped(compiled(build)) for build in BUILDS]
    parts = [f"<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{escaped(words['title'])}</title><style>{STYLE}</style></head><body>\n",
             f"<h1>{escaped(words['title'])}</h1>\n<table><tbody>{head_rows(words, facts)}</tbody></table>\n<p>{escaped(words['how'])}</p>\n<p>{escaped(words['examined'])}</p>\n",
             sheet((cells(escaped(words.get(name, name)), mark(words, not wrong), escaped(", ".join(map(str, wrong)))) for name, wrong in tests),
                   words["check"], words["result"], words["concerned"]),
             f"<h2>{escaped(words['practice'])}</h2>\n", sheet(practice_rows(words, language, known, practice), "", words["subject"], words["rules"], words["result"])]
    if taken:
        parts += [f"<h2>{escaped(words['taken-out'])}</h2>\n<p>{escaped(words['taken-how'])} {escaped(taken['of'])}</p>\n",
                  sheet(taken_rows(words, taken["rules"]), words["rule"], words["tests"], words["failing"], words["without"])]
    parts += [f"<h2>{escaped(words['each-rule'])}</h2>\n",
              sheet(rule_rows(words, language, known, excepted), words["rule"], words["text"], words["source"], words["tests"], *builds, kind="rules"), "</body></html>\n"]
    return "".join(parts)


def write_csv(path, known, excepted):
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file, delimiter=";")
        lines.writerow(["rule", "source", "text fr", "text en", "tests", "exception", *BUILDS])
        for number, rule in known.items():
            ends = ({None: "", True: "passed", False: "failed"}[rule.ended(build)] for build in BUILDS)
            lines.writerow([number, rule.source, rule.texts["fr"], rule.texts["en"], " | ".join(f"{file}: {name}" for file, name in sorted(rule.tests)),
                            excepted.get(number, {}).get("en", ""), *ends])


def log(tests, path):
    """The tests of the report, in the form in which meson keeps the others'."""
    lines = [f"1..{len(tests)}"]
    for index, (name, wrong) in enumerate(tests, 1):
        lines.append(f"{'not ok' if wrong else 'ok'} {index} - {name}" + (f": {', '.join(map(str, wrong))}" if wrong else ""))
    with open(path, "w", encoding="utf-8") as file:
        good = not any(wrong for _, wrong in tests)
        json.dump({"name": "magistral / qualification", "result": "OK" if good else "FAIL", "stdout": "\n".join(lines), "stderr": ""}, file)
    print("\n".join(lines))
    return good


def main():
    os.makedirs(FOLDER, exist_ok=True)
    known, excepted, practice = rules(), table("untested.csv"), table("practice.csv")
    runs = {build: record.read(build, os.environ.get("MAGISTRAL_LOG", "testlog")) for build in BUILDS}
    strange = collect(known, runs)
    tests = verdicts(known, strange, excepted, practice)
    told = versions()
    commit = command("git", "rev-parse", "HEAD")
    tested = sum(bool(rule.tests) for rule in known.values())
    counts = [(compiled(build), sum(test.passed for test in runs[build]), sum(not test.passed for test in runs[build])) for build in BUILDS]
    facts = [("date", TODAY.strftime("%Y-%m-%d %H:%M UTC")), ("program", f"magistral {told['program']}"),
             ("commit", commit + (" +" if commit and command("git", "status", "--porcelain", "--untracked-files=no") else "") or "—"),
             ("schema", told["schema"]), ("template", told["template"]), ("sqlite", told["sqlite"]), ("count", len(known)), ("tested", tested),
             ("excepted", len(excepted)), ("runs", " · ".join(f"{name}: {good} + {bad}" for name, good, bad in counts))]
    taken = read_json(os.path.join(FOLDER, "taken_out.json"))
    name = os.path.join(FOLDER, f"qualification-{TODAY:%Y-%m-%d}")
    for language in ("fr", "en"):
        with open(f"{name}.{language}.html", "w", encoding="utf-8") as file:
            file.write(page(language, facts, tests, known, excepted, practice, taken))
    write_csv(f"{name}.csv", known, excepted)
    good = log(tests, os.path.join(FOLDER, "testlog.json"))
    print(f"{len(known)} rules, {tested} with tests, {len(excepted)} excepted: {name}.fr.html")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
