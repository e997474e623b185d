"""Drives the program from outside, as its users do: one rehearsal database, one `apply -` that stays open.

    house = House()                                   # people with every role, site set
    done = house.act("tech.a", "lot receive", material="CEL", ...)   # the answer, or AssertionError
    house.refused("tech.a", "lot receive", "LOT-02", "expiry", ...)  # the refusal's rule and field; nothing changed
    house.view("tech.a", "lot show", "MP26-0001")     # a view's answer as JSON

The clock is the rehearsal's: it starts on 2026-01-05 and goes on by one minute an act, or where `house.at()` sets it.
An act that is signed is given its own meaning, unless signature= says otherwise (signature=None: none)."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data"))
import kept  # noqa: E402
import passwords  # noqa: E402
import refusals  # noqa: E402

PROGRAM = os.environ.get("MAGISTRAL", "build/src/magistral")


def is_sanitized():
    with open(PROGRAM, "rb") as program:
        return b"__asan_init" in program.read()


SANITIZED = os.path.exists(PROGRAM) and is_sanitized()  # a start takes four times as long there: less is tried twice
ROLES = {
    "tech.a": "technician", "tech.b": "technician", "control.a": "control-technician", "control.b": "control-technician",
    "pharma.a": "pharmacist", "pharma.b": "pharmacist", "control.p": "control-pharmacist",
    "dispense.p": "dispensing-pharmacist", "chief": "pharmacist-in-charge", "audit.a": "auditor",
}
PASSING = {"sign_in_counter", "clock_mark"}


def private(path, flags):
    """An opener for files of passwords: nobody else may read them."""
    return os.open(path, flags, 0o600)


def phrase(person):
    return f"phrase secrete de {person} 2026"


def name_of(argument):
    return argument.replace("_", "-")


def digests(database):
    """A digest of each table of an open database."""
    tables = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    result = {}
    for table in tables:
        if table in PASSING:
            continue
        digest = hashlib.sha256()
        for row in database.execute(f'SELECT * FROM "{table}"'):
            digest.update(repr(row).encode())
        result[table] = digest.hexdigest()
    return result


class Refused(AssertionError):
    pass


class House:
    opened = []  # every house of this run, so that its journal is replayed at the end
    phrase = staticmethod(phrase)

    def __init__(self, people=True, start="2026-01-05T07:00:00"):
        self.folder = tempfile.mkdtemp(prefix="magistral-")
        House.opened.append(self)
        self.process = self.reader = None
        table = json.loads(subprocess.run([PROGRAM, "--json", "help"], capture_output=True, check=True).stdout)
        self.table = {act["name"]: act for act in table["done"]["acts"]}
        self.clock = datetime.fromisoformat(start)
        self.begin(self.hire if people else self.found)

    def begin(self, make):
        """What `make` does, done once for all houses that begin so."""
        def fill(folder):
            self.stand(folder)
            make()
            self.stop()
            with open(os.path.join(folder, "clock"), "w", encoding="utf-8") as file:
                file.write(self.clock.isoformat())

        kept.copy(f"{os.path.basename(PROGRAM)}-{type(self).__name__}-{make.__name__}-{self.clock:%Y%m%dT%H%M%S}", fill, self.folder)
        self.stand(self.folder)
        with open(os.path.join(self.folder, "clock"), encoding="utf-8") as file:
            self.clock = datetime.fromisoformat(file.read())

    def stand(self, folder):
        """Where its files are."""
        self.database = os.path.join(folder, "test.db")
        self.first, self.passwords = passwords.paths(folder)

    def found(self):
        """A database of its administrator alone."""
        passwords.files(os.path.dirname(self.database), ["admin", *self.people()], self.phrase)
        self.run("--as", "admin", "--password-file", self.passwords, "--clock", self.instant(), "database", "create",
                 "--rehearsal")

    def people(self):
        return ["nobody.a", *ROLES]

    def hire(self):
        self.found()
        own, self.passwords = self.passwords, self.first
        for person, role in ROLES.items():
            self.act("admin", "person add", person=person, name=f"Personne {person} fictive")
            self.act("admin", "person grant", person=person, role=role, starts=self.instant()[:10], ends="2027-12-31")
        self.act("admin", "person add", person="nobody.a", name="Personne sans rôle")
        self.stop()
        self.passwords = own
        self.set_own(*self.people())
        self.act("chief", "site set", name="Pharmacie à usage intérieur, hôpital fictif",
                 address="1 rue de l'Exemple, 00000 Ville-Exemple", host="PUI.HOPITAL.EXAMPLE")

    def set_own(self, *people):
        """People just added, with the first password that they were given, set their own."""
        passwords.set_own([PROGRAM, "--database", self.database, "--clock", self.instant()], people, self.first, self.passwords)

    def instant(self):
        return self.clock.strftime("%Y-%m-%dT%H:%M:%SZ")

    def at(self, instant):
        """Sets the clock (UTC)."""
        self.clock = datetime.fromisoformat(instant)

    def run(self, *words, status=0):
        """Runs the program once with --json and returns its whole answer."""
        done = subprocess.run([PROGRAM, "--database", self.database, "--json", *words], capture_output=True, text=True)
        assert done.returncode == status, f"{words}: status {done.returncode}\n{done.stdout}{done.stderr}"
        return json.loads(done.stdout)

    def send(self, line):
        """One line to the open `apply -`; returns its answer."""
        if not self.process:
            self.process = subprocess.Popen(
                [PROGRAM, "--database", self.database, "--password-file", self.passwords, "--json", "--keep-going", "apply", "-"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdin.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, f"the program ended at {line}"
        return json.loads(answer)["answer"]

    def line(self, person, act, /, signature=True, key=None, **inputs):
        self.clock += timedelta(minutes=1)
        given = {name_of(name): value for name, value in inputs.items() if value is not None}
        line = {"as": person, "act": act, "at": self.instant(), "inputs": given}
        if key:
            line["key"] = key
        if isinstance(signature, str):
            line["signature"] = signature
        elif signature and self.table.get(act, {}).get("signed"):
            asked = self.send(line)
            sentences = " ".join(refusal["message"] for refusal in asked.get("refused", []))
            found = re.search(r"Vous signez\s*:\s*«\s*(.*?)\s*»\s*\(empreinte", sentences)
            if found:
                line["signature"] = found.group(1)
        return line

    def act(self, person, act, /, signature=True, key=None, **inputs):
        answer = self.send(self.line(person, act, signature, key, **inputs))
        if "done" not in answer:
            raise Refused(f"{person} {act} {inputs}: {answer}")
        return answer["done"]

    def refused(self, person, act, rule, field=None, /, signature=True, key=None, changes=False, **inputs):
        """Asserts the rule (and field) of a refusal, and that nothing changed; with changes=True (a near miss) that
        only one event and its journal entry came."""
        line = self.line(person, act, signature, key, **inputs)
        before = self.state()
        answer = self.send(line)
        assert "refused" in answer, f"{act} {inputs}: expected {rule}, got {answer}"
        rules = [(r["rule"], r["field"]) for r in answer["refused"]]
        assert any(r == rule and (field is None or f == field) for r, f in rules), f"{act}: expected {rule} on {field}, got {answer}"
        for r in answer["refused"]:
            assert r["message"] and r["message"] != r["rule"], f"{r['rule']} has no sentence"
            assert "{{" not in r["message"], f"{r['rule']}: unfilled sentence: {r['message']}"
        after = self.state()
        if changes:
            differing = {table for table in after if after[table] != before.get(table)}
            assert differing == {"event", "journal", "journal_node"} or differing == {"event", "journal"}, differing
        else:
            assert before == after, f"{act} was refused but changed {[t for t in after if after[t] != before.get(t)]}"
        return answer["refused"]

    def state(self):
        """A digest of every table; what stands is read again only after somebody wrote."""
        if not self.reader:
            self.reader, self.read = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True), (None, None)
        version = self.reader.execute("PRAGMA data_version").fetchone()
        if version != self.read[0]:
            self.read = version, digests(self.reader)
        return self.read[1]

    def look(self, person, view, words, inputs):
        """What a view answers now; `words` as on the command line, the first inputs without their names."""
        words, given = list(words), {name_of(name): value for name, value in inputs.items()}
        names = iter(self.table[view]["inputs"])
        while words and not words[0].startswith("--"):
            given[next(names)["name"]] = words.pop(0)
        given.update((name[2:], value) for name, value in zip(words[::2], words[1::2], strict=True))
        return self.send({"as": person, "act": view, "at": self.instant(), "inputs": given})

    def view(self, person, view, /, *words, **inputs):
        answer = self.look(person, view, words, inputs)
        assert "done" in answer, f"{person} {view} {words} {inputs}: {answer}"
        return answer["done"]

    def view_refused(self, person, view, rule, field=None, /, *words, **inputs):
        """The same for a view, which changes nothing anyway."""
        answer = self.look(person, view, words, inputs)
        assert "refused" in answer, f"{person} {view} {words} {inputs}: {answer}"
        rules = [(r["rule"], r["field"]) for r in answer["refused"]]
        assert any(r == rule and (field is None or f == field) for r, f in rules), f"{view}: expected {rule} on {field}, got {answer}"
        for r in answer["refused"]:
            assert r["message"] and r["message"] != r["rule"] and "{{" not in r["message"], r
        return answer["refused"]

    def text(self, person, *words, language="fr"):
        """What a person reads on a terminal."""
        return subprocess.run([PROGRAM, "--database", self.database, "--as", person, "--password-file", self.passwords, "--clock",
                               self.instant(), "--language", language, *words], capture_output=True, text=True, check=True).stdout

    def guarded(self, *changes):
        """Asserts that the database itself refuses what is written past the program, on a copy: pairs of SQL and words of
        the refusal; words None: allowed, so that the next ones stand on it. Each must meet a row."""
        with sqlite3.connect(":memory:") as copy:
            with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as database:
                database.backup(copy)
            database.close()
            for sql, words in changes:
                try:
                    assert copy.execute(sql).rowcount > 0, f"{sql} meets no row"
                    assert words is None, f"{sql} was not refused"
                except sqlite3.IntegrityError as error:
                    assert words and words in str(error), f"{sql}: {error}"
        copy.close()

    def stop(self):
        """Ends the open `apply -`, so that another process may write."""
        if self.reader:
            self.reader.close()
            self.reader = None
        if self.process:
            self.process.stdin.close()
            status = self.process.wait()
            assert status in (0, 1), f"apply ended with {status}"
            self.process.stdout.close()
            self.process = None

    def close(self):
        self.stop()
        shutil.rmtree(self.folder)


def replay_all():
    """Replays the journal of every house that still stands (under the sanitizers, of the last): an act that cannot be replayed fails the
    tests that used it."""
    standing = [house for house in House.opened if os.path.exists(house.database)]
    for house in standing[-1:] if SANITIZED else standing:
        house.run("verify")


def main(namespace):
    """Runs every function whose name starts with test_, each reported as TAP."""
    tests = [(name, value) for name, value in namespace.items() if name.startswith("test_") and callable(value)]
    wanted = sys.argv[1:]
    tests = [(name, value) for name, value in tests if not wanted or name in wanted]
    tests.append(("every_act_of_these_tests_is_replayed", replay_all))
    print(f"1..{len(tests)}")
    failed = 0
    refusals.begin()
    for index, (name, test) in enumerate(tests, 1):
        try:
            test()
            print(f"{refusals.told()}ok {index} - {name}", flush=True)
        except Exception as error:  # every failure is reported, none stops the others
            failed += 1
            import traceback
            traceback.print_exc()
            said = f"not ok {index} - {name}: {error!r}".replace("\n", " ")[:2000]
            print(refusals.told() + said, flush=True)
    sys.exit(1 if failed else 0)
