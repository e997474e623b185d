"""What the tests of the signed-in pages share: the database of the dossier at six moments, served, and whoever works there.

    with Copy(*RELEASE) as own:       # a copy of its own, verified when it is closed
        own.browser("pharm.a")        # signed in
    house                             # one copy for whoever changes nothing that matters to the others; finish() at the end"""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "cli"), HERE]
from browser import Browser  # noqa: E402
from harness import PROGRAM, SANITIZED, digests  # noqa: E402
from server import Server  # noqa: E402

sys.path.insert(0, os.path.join(HERE, "..", "data"))
import kept  # noqa: E402
from dossier import Dossier, lines  # noqa: E402

HOSTILE = "\"'><script>alert(1)</script></textarea><img src=x onerror=alert(1)>&amp;<!-- {{name}}"
FAKETIME = ("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1")
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
ACTS = json.loads(subprocess.run([PROGRAM, "--json", "help"], capture_output=True, check=True).stdout)["done"]["acts"]
ELSEWHERE = {"database create", "database upgrade", "scan"}


def is_for_pages(act):
    return act["name"] not in ELSEWHERE and not any(given["type"] == "path" and not given["optional"] for given in act["inputs"])


FORMS = [act for act in ACTS if not act["view"] and is_for_pages(act)]
VIEWS = [act for act in ACTS if act["view"] and is_for_pages(act)]


def address(act):
    return "/" + act["name"].replace(" ", "/")


class Copy:
    """A database as it stood at one moment of the dossier, served."""

    def __init__(self, moment, clock):
        self.folder = tempfile.mkdtemp(prefix="magistral-desk-")
        shutil.copytree(os.path.join(KEPT, moment), self.folder, dirs_exist_ok=True)
        self.database, self.passwords = os.path.join(self.folder, "magistral.db"), os.path.join(self.folder, "passwords")
        self.clock = clock
        self.server = self.serve()
        self.people = {}

    def serve(self):
        return Server(self, clock=self.clock)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.server.__exit__(kind, error, trace)
        if not kind:
            self.run("verify")
        shutil.rmtree(self.folder)

    def run(self, *words):
        done = subprocess.run([PROGRAM, "--database", self.database, "--password-file", self.passwords, "--clock", self.clock, "--json", *words],
                              capture_output=True, text=True)
        assert done.returncode == 0, done
        return json.loads(done.stdout)["done"]

    def act(self, person, name, /, **inputs):
        """One act handed over as by the command line."""
        words = [word for field, value in inputs.items() for word in ("--" + field.replace("_", "-"), value)]
        return self.run("--as", person, *name.split(), *words)

    def browser(self, person=None, language="fr"):
        """Signed in; the same session for the same person."""
        if not person:
            return Browser(self.server, language)
        if (person, language) not in self.people:
            self.people[person, language] = Browser(self.server, language).sign_in(person)
        return self.people[person, language]

    def rows(self, sql, *values):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as database:
            found = database.execute(sql, values).fetchall()
        database.close()
        return found

    def head(self):
        return self.rows("SELECT count(*), max(sequence) FROM journal")[0]

    def state(self):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as database:
            found = digests(database)
        database.close()
        return found

    def acts(self, since):
        return [act for act, in self.rows("SELECT act FROM journal WHERE sequence > ? ORDER BY sequence", since[1])]

    def holder(self, act):
        """A browser of somebody who may do it."""
        held = RIGHTS if act["right"] not in ("open", "signed-in") else {"tech.a": {act["right"]}}
        return self.browser(next(person for person, rights in held.items() if act["right"] in rights))


class Hours(Copy):
    """The same on a machine whose clock goes on by as many seconds as a test wants."""

    def serve(self):
        self.later(0)
        library = next(path for path in FAKETIME if os.path.exists(path))
        return Server(self, clock=self.clock, env={**os.environ, "LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": self.shift, "FAKETIME_NO_CACHE": "1"})

    @property
    def shift(self):
        return os.path.join(self.folder, "shift")

    def later(self, seconds):
        """So many seconds after the start of the server."""
        with open(self.shift, "w", encoding="ascii") as file:
            file.write(f"+{seconds}")


def play(into):
    """The database after a weighing outside its limits, before the first verification of a
    weighing, before the first masses, before the release, before the first dispensing, and
    at the end."""
    folder = tempfile.mkdtemp(prefix="magistral-desk-")
    made, given = Dossier(PROGRAM, os.path.join(folder)), lines()
    done = 0
    for moment, sign in (("weighing", '"act": "weighing verify"'), ("weighed", '"act": "weighing discard"'), ("series", '"series": "gross"'), ("release", '"act": "batch release"'),
                         ("dispensing", '"act": "dispensing confirm"'), ("whole", None)):
        until = next((i for i, line in enumerate(given) if sign and sign in line), len(given))
        made.apply(given[done:until])
        done = until
        shutil.copytree(folder, os.path.join(into, moment))
    with open(os.path.join(into, "rights"), "w", encoding="utf-8") as file:
        json.dump({row["person"]: row["rights"] for row in made.view("admin", "person", "list")["people"]}, file)
    shutil.rmtree(folder)


KEPT = tempfile.mkdtemp(prefix="magistral-desk-")
kept.copy("desk", play, KEPT)
with open(os.path.join(KEPT, "rights"), encoding="utf-8") as file:
    RIGHTS = {person: set(rights) for person, rights in json.load(file).items()}
WEIGHING = ("weighing", "2026-01-12T07:00:00Z")
WEIGHED, SERIES = ("weighed", "2026-01-12T07:06:00Z"), ("series", "2026-01-13T07:02:00Z")
RELEASE, DISPENSING, WHOLE = ("release", "2026-01-21T08:01:00Z"), ("dispensing", "2026-01-22T09:01:00Z"), ("whole", "2026-02-05T08:00:00Z")
house = Copy(*WHOLE)  # for whoever changes nothing that matters to the others


def good(page, status=200, typed=""):
    assert page.status == status, (page.path, page.status, page.text)
    assert not page.wrong(typed), (page.path, page.wrong(typed))
    return page


def new_lot(copy):
    """The number of a lot that waits for its control."""
    given = next(line for line in map(json.loads, lines()) if line["act"] == "lot receive" and "certificate" not in line["inputs"])
    return copy.act(given["as"], "lot receive", **given["inputs"])["lot"]


def events(copy, kind):
    return copy.rows("SELECT count(*) FROM event WHERE kind = ?", kind)[0][0]


def example(given):
    return "" if given["type"] in ("secret", "file") else given["example"] or ""


def at_once(calls):
    """The answers of functions that begin together."""
    answers, start = [None] * len(calls), threading.Barrier(len(calls))

    def run(index):
        start.wait()
        try:
            answers[index] = calls[index]()
        except Exception as error:  # told by the test
            answers[index] = error

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def finish():
    """The server of `house` ends in order, and its journal replays."""
    house.__exit__(None, None, None)
    shutil.rmtree(KEPT)
