"""The whole dossier of two batches, act by act, through the pages in a real browser: each in their own role, some in English, the first batch with a
script and, at the bench, by keys alone, the second without a script; what each leaves in the database is what `apply` leaves."""
import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, path) for path in (".", "../data", "../cli")]
from chromium import Chromium, password  # noqa: E402
from dossier import Dossier, lines  # noqa: E402
from harness import PROGRAM, main  # noqa: E402
from server import Server  # noqa: E402

ENGLISH = {"tech.b", "qc.b", "pharm.b", "disp.a"}
LEFT_OUT = {"journal", "journal_subject", "journal_node", "sign_in_counter", "content", "person_secret", "pin_secret", "installation", "signing_key", "clock_mark", "sqlite_sequence"}
DATA = os.path.join(HERE, "..", "data")
# From line clearance to reconciliation, with the keyboard and the scanner alone.
BENCH = {"batch start", "batch clear-line", "weighing open", "weighing record", "weighing verify", "weighing discard", "issue record", "issue verify", "step record",
         "loss record", "batch fill", "sample take", "batch package", "label settle", "batch reconcile"}
INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)T[\d:.]+Z")
SECRET = re.compile(r"\b[0-9a-f]{64}\b|\b[A-Z2-7]{26}\b|\b[A-Z2-7]{50,}\b")


def rest():
    """The lines after the people."""
    return [line for line in lines() if json.loads(line)["act"] not in ("person add", "person grant")]


def days(given):
    """The acts of a day together."""
    groups = {}
    for line in given:
        groups.setdefault(line["at"][:10], []).append(line)
    return groups.values()


def contents(database):
    """Every row of every record, with what differs from one making to another taken out: the time of a day, digests of papers that bear it, tokens."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as opened:
        tables = [name for name, in opened.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]
        found = {}
        for table in set(tables) - LEFT_OUT:
            rows = opened.execute(f"SELECT * FROM {table}").fetchall()
            found[table] = sorted(repr(tuple(SECRET.sub("…", INSTANT.sub(r"\1", cell)) if isinstance(cell, str) else cell for cell in row)) for row in rows)
        acts = opened.execute("SELECT person, act FROM journal ORDER BY sequence").fetchall()
    opened.close()
    return found, acts


class Played:
    """A dossier in its own folder."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="magistral-browser-")
        self.made = Dossier(PROGRAM, self.folder)
        self.database = self.made.database

    def end(self):
        self.made.run("--as", "chief", "--clock", "2026-02-05T08:00:00Z", "verify")
        shutil.rmtree(self.folder)


def page_of(browser):
    return browser.stands(password="main [name=_password]", errors="#errors", done=".flash, .verdict, .badge")


def sign(browser, line):
    """Where the page asks for it: what is signed is read, and the password typed again."""
    said = browser.text().replace("\u00a0", " ")
    assert line["signature"].replace("\u00a0", " ") in said, (line["signature"], said)
    browser.type("_password", password(line["as"]))
    browser.press()


def form_of(browser, line):
    """The page on which the person does it: where the bench or the counter proposes it, there; else the form of the act."""
    action = "/" + line["act"].replace(" ", "/")
    batch = line["inputs"].get("batch") or str(line["inputs"].get("weighing", "")).split("/")[0]
    if line["act"].split()[0] in ("weighing", "step", "issue", "batch", "sample") and re.fullmatch(r"B\d\d-\d{4}", batch):
        browser.open("/batch/next?batch=" + batch)
        found = browser.form(action)
        if found and all(str(line["inputs"].get(name)) == value for name, value in browser.hidden(found)):
            return found
    browser.open(action)
    return browser.form(action)


def do(browser, line):
    browser.sign_in(line["as"], "en" if line["as"] in ENGLISH else "fr")
    form = form_of(browser, line)
    assert form, f"no form for {line['act']}: {browser.text()}"
    if browser.script and line["act"] in BENCH:
        browser.type_through(line["inputs"], form, DATA)
    else:
        browser.fill(line["inputs"], form, DATA)
        browser.press("/" + line["act"].replace(" ", "/"))
    page = page_of(browser)
    assert page["password"] or not line.get("signature"), f"nothing was to be signed: {line}"
    if page["password"]:
        sign(browser, line)
        page = page_of(browser)
    assert page["done"] and not page["errors"], f"{line}\n{browser.text()}"


def play(house, given, script):
    with Chromium(script) as browser:
        for group in days(given):
            with Server(house.made, clock=group[-1]["at"]) as server:
                browser.serve(server)
                for line in group:
                    do(browser, line)


GIVEN = [json.loads(line) for line in rest()]
PLANS = [number for number, line in enumerate(GIVEN) if line["act"] == "batch plan"]


def through_the_pages(before, given, script):
    """Plays lines after those before them, once through the pages and once by `apply`; every record is the same."""
    pages, applied = Played(), Played()
    for made in (pages, applied):
        made.made.apply(json.dumps(line) for line in before)
    play(pages, given, script)
    applied.made.apply(json.dumps(line) for line in given)
    (seen, did), (wanted, asked) = contents(pages.database), contents(applied.database)
    assert did == asked, [pair for pair in zip(did, asked) if pair[0] != pair[1]][:5]
    for table in wanted:
        assert seen[table] == wanted[table], (table, [row for row in seen[table] if row not in wanted[table]][:5], [row for row in wanted[table] if row not in seen[table]][:5])
    pages.end()
    applied.end()


def test_the_first_batch_with_a_script():
    through_the_pages([], GIVEN[:PLANS[1]], True)


def test_the_second_batch_without_a_script():
    through_the_pages(GIVEN[:PLANS[1]], GIVEN[PLANS[1]:], False)


main(globals())
