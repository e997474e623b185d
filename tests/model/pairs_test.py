"""Two people act on one batch, each in every order: exactly the outcomes that the rules below allow, for every situation, every pair of
people (the same one twice, too) and every pair of acts. A refused act changes nothing: that is compared, table by table, so what comes
after it is what comes without it. A signature that was asked for before the other acted is void. And both at once, on two connections:
the outcome is that of one order or of the other.

    pairs_test.py          in the suite: what is allowed second is done once where the first act of several people leads to the same state
    pairs_test.py --all    it is done after each of them"""
import copy
import itertools
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from base import grams, mass  # noqa: E402
from place import Place, harness  # noqa: E402

PEOPLE = ["tech.a", "tech.b", "control.a", "pharma.b", "dispense.p"]
PHARMACISTS, MAKERS = {"pharma.b", "dispense.p"}, {"tech.a", "tech.b", "pharma.b", "dispense.p"}
ACTS = ["open", "record", "verify", "amend", "discard", "hold", "lift", "release", "refuse", "confirm", "recall"]
SIGNED = {"lift", "release", "refuse", "recall"}
B, W, R, C = "B26-0001", "B26-0001/W1", "RX26-0001", "MP26-0001/1"


# The rules: what each act answers in a state, and the state after it.

def rule(state, who, act):
    """The set of rules that refuse, and the state that follows."""
    s = dict(state)
    if act != "hold" and who not in (PHARMACISTS if act in ("lift", "release", "refuse", "confirm", "recall") else MAKERS):
        return {"CALL-14"}, state
    if act == "hold":
        return (set(), {**s, "held": True}) if s["batch"] in ("in-preparation", "quarantine", "released") else ({"BATCH-02"}, state)
    if act == "lift":
        if s["batch"] not in ("in-preparation", "quarantine", "released"):
            return {"BATCH-02"}, state
        return (set(), {**s, "held": False}) if s["held"] else ({"BATCH-30"}, state)
    return {"open": weigh_open, "record": record, "verify": verify, "amend": amend, "discard": discard, "release": release, "refuse": refuse,
            "confirm": confirm, "recall": recall}[act](s, who)


def weigh_open(s, who):
    if s["batch"] != "in-preparation":
        return {"BATCH-02"}, s
    if s["held"]:
        return {"BATCH-03"}, s
    if s["weighing"] in ("open", "recorded"):
        return {"WEIGHING-08"}, s
    if s["weighing"] == "verified":
        return {"WEIGHING-11"}, s
    if s["weighing"] == "discarded":  # a further portion, W2
        return ({"WEIGHING-08"}, s) if s.get("second") else (set(), {**s, "second": True, "operators": s["operators"] | {who}})
    return set(), {**s, "weighing": "open", "opener": who, "operators": s["operators"] | {who}}


def record(s, who):
    if not s["weighing"]:
        return {"WEIGHING-01"}, s
    if s["weighing"] != "open":
        return {"WEIGHING-22"}, s
    return set(), {**s, "weighing": "recorded", "recorder": who, "operators": s["operators"] | {who}}


def verify(s, who):
    if not s["weighing"]:
        return {"WEIGHING-01"}, s
    if s["weighing"] != "recorded":
        return {"WEIGHING-23"}, s
    rules = {"BATCH-04"} if who in (s["opener"], s["recorder"], *s["amenders"]) else set()  # another person than who opened, read or corrected it
    rules |= {"WEIGHING-24"} if s["amended"] else set()                                      # who types the first mass reads another one
    return rules, s if rules else {**s, "weighing": "verified"}


def amend(s, who):
    if not s["weighing"]:
        return {"WEIGHING-01"}, s
    if s["batch"] not in ("in-preparation", "quarantine"):
        return {"AMENDMENT-04"}, s
    if s["weighing"] not in ("recorded", "verified"):
        return {"WEIGHING-33"}, s
    rules = {"AMENDMENT-01"} if s["amended"] else set()
    if who not in PHARMACISTS:
        rules |= {"AMENDMENT-03"} if s["filled"] else {"AMENDMENT-02"} if who != s["recorder"] else set()
    return rules, s if rules else {**s, "weighing": "recorded", "amended": True, "amenders": s["amenders"] | {who}, "operators": s["operators"] | {who}}


def discard(s, who):
    if not s["weighing"]:
        return {"WEIGHING-01"}, s
    if s["weighing"] == "discarded":
        return {"WEIGHING-26"}, s
    if s["filled"]:
        return {"WEIGHING-30"}, s
    if s["batch"] != "in-preparation":
        return {"BATCH-02"}, s
    return set(), {**s, "weighing": "discarded"}


def release(s, who):
    if s["batch"] not in ("in-preparation", "quarantine"):
        return {"RELEASE-27"} | ({"RELEASE-30"} if who in s["operators"] else set()), s
    rules = {"RELEASE-30"} if who in s["operators"] else set()
    rules |= {"RELEASE-02"} if s["held"] else set()
    rules |= {"RELEASE-01"} if s["batch"] != "quarantine" else set()
    rules |= {"RELEASE-06", "RELEASE-07", "RELEASE-18"} if s["filled"] and s["amended"] else set()  # to be verified anew, and its deviation decided
    return rules, s if rules else {**s, "batch": "released"}


def refuse(s, who):
    if s["batch"] not in ("in-preparation", "quarantine"):
        return {"BATCH-02"}, s
    if s["weighing"] in ("open", "recorded") or s.get("second"):
        return {"BATCH-31"}, s
    left = s["weighing"] == "verified" and not s["filled"]  # powder that is destroyed with it, by whoever refuses
    return set(), {**s, "batch": "refused", "operators": s["operators"] | ({who} if left else set())}


def confirm(s, who):
    rules = ({"DISPENSING-05"} if s["batch"] != "released" else set()) | ({"DISPENSING-06"} if s["held"] else set())
    if not rules and not s["labelled"]:
        rules = {"DISPENSING-16"}  # its cost is not frozen yet
    if not rules and s["dispensed"]:
        rules = {"DISPENSING-17"}
    return rules, s if rules else {**s, "dispensed": True}


def recall(s, who):
    return ({"BATCH-02"}, s) if s["batch"] != "released" else (set(), {**s, "batch": "recalled"})


def fits(expected, given):
    """As the rules say; of a release before the batch is ready, only that it is not, and whose it may not be."""
    if "RELEASE-01" in expected:
        return expected <= given and all(one.startswith("RELEASE") for one in given) and ("RELEASE-30" in given) == ("RELEASE-30" in expected) and \
            ("RELEASE-02" in given) == ("RELEASE-02" in expected)
    return expected == given


BASE = {"batch": "in-preparation", "held": False, "weighing": None, "opener": None, "recorder": None, "amenders": frozenset(), "amended": False, "filled": False,
        "operators": frozenset({"tech.a"}), "labelled": False, "dispensed": False}
DONE = {**BASE, "weighing": "verified", "opener": "tech.a", "recorder": "tech.a", "filled": True, "batch": "quarantine", "operators": frozenset({"tech.a"})}
SITUATIONS = {
    "nothing weighed": BASE,
    "a weighing open": {**BASE, "weighing": "open", "opener": "tech.a"},
    "a weighing recorded": {**BASE, "weighing": "recorded", "opener": "tech.a", "recorder": "tech.a"},
    "a weighing verified": {**BASE, "weighing": "verified", "opener": "tech.a", "recorder": "tech.a"},
    "ready for the decision": DONE,
    "on hold": {**DONE, "held": True},
    "released": {**DONE, "batch": "released", "labelled": True},
    "dispensing confirmed": {**DONE, "batch": "released", "labelled": True, "dispensed": True},
}


class Bench(Place):
    """Brings the house to each situation once; each is kept as a folder."""

    def prepare(self, keep):
        self.net = None
        self.make_ready()
        keep("nothing weighed")
        opened = self.act("tech.a", "weighing open", batch=B, component="ACT", container=C, balance="BAL-A", aspect_seen="yes", label_seen="yes")
        self.net = mass(opened["target"]["value"] + " g")
        keep("a weighing open")
        self.act("tech.a", "weighing record", weighing=W, tare="10 g", net=grams(self.net))
        keep("a weighing recorded")
        self.act("tech.b", "weighing verify", weighing=W, container=C, net=grams(self.net))
        keep("a weighing verified")
        self.fill()
        self.control()
        keep("ready for the decision")
        folder, former = keep("on hold"), self.database
        self.stop()
        self.stand(folder)
        self.act("control.a", "batch hold", batch=B, reason="Température")
        self.stop()
        self.stand(os.path.dirname(former))
        self.act("chief", "batch release", batch=B)
        self.label()
        self.act("tech.a", "work declare", batch=B, person="tech.a", grade="technician", activity="préparation", minutes=60)
        self.act("chief", "cost freeze", batch=B)
        keep("released")
        self.act("chief", "dispensing confirm", request=R, batch=B)
        keep("dispensing confirmed")

    def make_ready(self):
        for material, quantity, more, correction in (("ACT", "60 g", {"retest": "2026-09"}, {"assay": "99.0", "basis": "anhydrous", "water": "5.0", "source": "CoA"}),
                                                     ("EXC", "300 g", {"expiry": "2027-09"}, {}), ("SHELL", "2000", {"expiry": "2027-09"}, {}),
                                                     ("BOTTLE", "300", {"expiry": "2027-09"}, {})):
            lot = self.act("tech.a", "lot receive", material=material, supplier="FOURN", manufacturer="Fabricant fictif", supplier_lot=f"L-{material}", quantity=quantity,
                           price="100 EUR", certificate_reference="CoA", **more)["lot"]
            self.act("pharma.a", "lot accept", lot=lot, **correction)
            self.act("tech.a", "container open", container=f"{lot}/1")
        for balance in ("BAL-A", "BAL-B"):
            self.act("tech.a", "equipment check", equipment=balance, weight="20 g", reading="20 g")
        self.act("tech.a", "request receive", patient="P-001", formula="MOD30", prescriber="Dr Exemple", prescriber_address="Hôpital fictif", prescribed_on="2026-01-05",
                 daily_units=2, days=7, posology="Selon l'ordonnance", board="RCP", board_day="2026-01-05", board_number="1", board_decision="favourable")
        self.act("pharma.a", "request accept", request=R, legal_basis="CSP L.5121-1 1°")
        self.act("tech.a", "batch plan", formula="MOD30", requests=[R], area="PREP-1", expected_loss=0)
        self.act("tech.a", "batch start", batch=B)
        self.act("tech.a", "batch clear-line", batch=B, phase="making")
        self.act("tech.a", "step record", batch=B, step="VIDE")

    def fill(self):
        opened = self.act("tech.a", "weighing open", batch=B, component="EXC", container="MP26-0002/1", balance="BAL-B", aspect_seen="yes", label_seen="yes")
        net = opened["target"]["value"] + " g"
        self.act("tech.a", "weighing record", weighing=opened["weighing"], tare="10 g", net=net)
        self.act("tech.b", "weighing verify", weighing=opened["weighing"], container="MP26-0002/1", net=net)
        self.act("tech.a", "step record", batch=B, step="PESEES")
        self.act("tech.a", "step record", batch=B, step="MELANGE", values=["durée=10", "tamis intact=yes"])
        self.issue("SHELL", "MP26-0003/1", 56)
        self.act("tech.a", "batch fill", batch=B, units=56)
        self.act("tech.a", "step record", batch=B, step="REMPLIR")
        for more, units in (({"destinations": ["MASSE", "TENEUR"]}, 20), ({"destinations": ["TAMC"]}, 2), ({"destinations": ["TENEUR"], "purpose": "reserve"}, 20)):
            self.act("tech.a", "sample take", batch=B, units=units, **more)
        self.act("tech.a", "batch clear-line", batch=B, phase="packaging")
        self.act("tech.a", "step record", batch=B, step="VIDE2")
        self.issue("BOTTLE", "MP26-0004/1", 1)
        self.act("tech.a", "batch package", batch=B, units=[14])
        self.act("tech.a", "step record", batch=B, step="FLACONS")
        self.label()

    def issue(self, component, container, units):
        number = self.act("tech.a", "issue record", batch=B, component=component, container=container, units=units, aspect_seen="yes", label_seen="yes")["article-issue"]
        self.act("tech.b", "issue verify", issue=number, container=container, units=units)

    def label(self):
        printed = self.act("tech.a", "label print", kind="bottle", number=[f"{B}/1"])["labels"][0]["label"]
        self.act("tech.a", "label settle", label=[printed], state="applied")

    def control(self):
        raw = os.path.join(os.path.dirname(self.database), "raw.txt")
        with open(raw, "w", encoding="utf-8") as file:
            file.write("Document brut\n")
        for sample, units in ((1, 20), (2, 2), (3, 20)):
            self.act("control.a", "sample receive", sample=f"{B}/S{sample}", units=units)
        for control, series in (("MASSE", {"gross": ["149.0"] * 20, "shell": ["49.0"] * 20}), ("DOSAGE", {"value": ["99.1", "100.2"]}),
                                ("TENEUR", {"value": ["30.1", "29.6", "30.4", "29.8", "30.0", "30.3", "29.7", "30.2", "29.9", "30.1"]})):
            number = self.act("control.a", "result open", batch=B, control=control, analysed_on="2026-01-05")["result"]
            for name, values in series.items():
                self.act("control.a", "result append", result=number, series=name, values=values)
            self.act("control.a", "result close", result=number)
            self.act("control.a", "result attach", result=number, document=raw)
            self.act("control.b", "result verify", result=number, document=raw)
        self.act("tech.a", "batch reconcile", batch=B)
        self.act("control.p", "certificate sign", batch=B)


class Case:
    """A copy of a situation, with a program of its own."""

    def __init__(self, pairs, folder, way="apply"):
        self.pairs, self.folder = pairs, folder
        self.bench = copy.copy(pairs.bench)
        self.bench.process = self.bench.reader = None
        self.bench.way = None
        self.bench.stand(folder)
        self.bench.open(way)

    def line(self, who, act, **more):
        net = self.bench.net
        inputs = {
            "open": {"batch": B, "component": "ACT", "container": C, "balance": "BAL-A", "aspect-seen": "yes", "label-seen": "yes"},
            "record": {"weighing": W, "tare": "10 g", "net": grams(net)}, "verify": {"weighing": W, "container": C, "net": grams(net)},
            "amend": {"weighing": W, "net": grams(net + 10**5), "reason": "Inversion"}, "discard": {"weighing": W, "reason": "Renversé"},
            "hold": {"batch": B, "reason": "Température"}, "lift": {"batch": B, "reason": "Levée"}, "release": {"batch": B},
            "refuse": {"batch": B, "reason": "Refusé"}, "confirm": {"request": R, "batch": B}, "recall": {"batch": B, "reason": "Rappel"}}[act]
        name = {"hold": "batch hold", "lift": "batch lift", "release": "batch release", "refuse": "batch refuse", "recall": "batch recall",
                "confirm": "dispensing confirm"}.get(act, f"weighing {act}")
        return {"as": who, "act": name, "at": self.bench.instant(), "inputs": inputs, **more}

    def ask(self, who, act, **more):
        """One act; a signed one is asked for first. Returns the rules that refuse it, and what was asked for."""
        self.bench.clock += timedelta(seconds=7)
        answer = self.bench.tell(self.line(who, act, **more))
        rules = {n["rule"] for n in answer.get("refused", [])}
        assert "done" in answer or rules, answer
        shown = None
        if rules == {"CALL-09"}:
            found = re.search(r"Vous signez\s*:\s*«\s*(.*?)\s*»\s*\(empreinte\s+([0-9a-f]+)", answer["refused"][0]["message"])
            shown = {"signature": found.group(1), "digest": found.group(2)}
        return rules, shown

    def act(self, who, act):
        rules, shown = self.ask(who, act)
        return self.ask(who, act, **shown)[0] if shown else rules

    def tables(self):
        """What stands; an event of a near miss and its entry aside."""
        with sqlite3.connect(f"file:{self.bench.database}?mode=ro", uri=True) as database:
            found = harness.digests(database)
        database.close()
        return {name: digest for name, digest in found.items() if name not in ("event", "journal", "journal_node", "journal_subject")}

    def end(self, keep=False):
        self.bench.shut()
        if not keep:
            shutil.rmtree(self.folder)


class Pairs:
    def __init__(self):
        self.bench, self.folder, self.copies = Bench(), tempfile.mkdtemp(prefix="magistral-pairs-"), itertools.count(1)
        self.bench.prepare(self.keep)
        self.bench.stop()
        self.bench.version()
        self.cases = self.done = self.stale = self.both = 0
        self.all = "--all" in sys.argv

    def keep(self, name):
        """The house as it stands now, in a folder of its own."""
        self.bench.stop()
        shutil.copytree(os.path.dirname(self.bench.database), self.kept(name))
        return self.kept(name)

    def kept(self, name):
        return os.path.join(self.folder, name.replace(" ", "-"))

    def copy(self, folder):
        made = os.path.join(self.folder, f"case-{next(self.copies)}")
        shutil.copytree(folder, made)
        return made

    @staticmethod
    def expect(where, state, who, act, given):
        expected, after = rule(state, who, act)
        assert fits(expected, given), f"{where}: {who} {act}: the rules say {sorted(expected) or 'done'}, answered {sorted(given) or 'done'}"
        return after

    def refused(self, where, case, state):
        """Every act by everybody that the rules refuse here: it is, and nothing has changed. Returns those that they allow."""
        before, allowed = case.tables(), []
        for who in PEOPLE:
            for act in ACTS:
                self.cases += 1
                if rule(state, who, act)[0]:
                    self.expect(where, state, who, act, case.act(who, act))
                else:
                    allowed.append((who, act))
        after = case.tables()
        assert after == before, f"{where}: a refused act changed {[name for name in after if before.get(name) != after[name]]}"
        return allowed

    def situation(self, name, pool):
        state, case = SITUATIONS[name], Case(self, self.copy(self.kept(name)))
        asked = {act: case.ask("pharma.b", act)[1] for act in SIGNED}
        first, seen = self.refused(name, case, state), set()
        case.end()

        def is_new(one):
            """By the rules the same act by another leads to the same state: what is allowed then is done after the first of them, or after all."""
            key = one[1], frozenset(rule(state, *one)[1].items())
            new = self.all or key not in seen
            seen.add(key)
            return new
        list(pool.map(lambda one: self.after(name, state, one[0], asked, one[1]), [(one, is_new(one)) for one in first]))

    def after(self, name, state, one, asked, deep):
        """One has acted: what was asked for before is void, what is refused changes nothing, and what is allowed is done, each in a copy."""
        where, case = f"{name}; {one[0]} {one[1]}", Case(self, self.copy(self.kept(name)))
        state = self.expect(name, state, *one, case.act(*one))
        for act, shown in asked.items():
            for who in PHARMACISTS:
                given, _ = case.ask(who, act, **shown)
                assert given == {"CALL-11"}, f"{where}: {who} {act} with the digest of before answered {sorted(given) or 'done'}"
                self.stale += 1
        allowed = self.refused(where, case, state)
        case.end(keep=True)
        for who, act in allowed if deep else ():
            other = Case(self, self.copy(case.folder))
            self.expect(where, state, who, act, other.act(who, act))
            self.done += 1
            other.end()
        shutil.rmtree(case.folder)

    def at_once(self, name, one, other):
        """Both on two connections of one server."""
        state, case = SITUATIONS[name], Case(self, self.copy(self.kept(name)), "serve")
        second = copy.copy(case.bench)
        second.connect(case.bench.version())
        lines, given = [], [None, None]
        for place, (who, act) in ((case.bench, one), (second, other)):
            shown = case.ask(who, act)[1] if act in SIGNED else None
            place.tell({"as": who, "act": "batch hold", "at": case.bench.instant(), "inputs": {"batch": "B26-9999", "reason": "Mot de passe"}})
            lines.append((place, case.line(who, act, **({"signature": shown["signature"]} if shown else {}))))

        def send(at):
            given[at] = {n["rule"] for n in lines[at][0].tell(lines[at][1]).get("refused", [])}
        threads = [threading.Thread(target=send, args=(at,)) for at in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        rules, after = rule(state, *one)
        orders = [(rules, rule(after, *other)[0])]
        rules, after = rule(state, *other)
        orders.append((rule(after, *one)[0], rules))
        second.leave()
        case.end()
        assert any(fits(x, given[0]) and fits(y, given[1]) for x, y in orders), f"{name}: {one} and {other} at once answered {given}, one after the other {orders}"
        self.both += 1


def test_pairs(pairs):
    with ThreadPoolExecutor(4) as pool:
        for name in SITUATIONS:
            pairs.situation(name, pool)
            print(f"# {name}: {pairs.cases} outcomes so far, {pairs.done} of second acts that are done", flush=True)
    print(f"# {len(SITUATIONS)} situations, {len(PEOPLE)} people, {len(ACTS)} acts: {pairs.cases} outcomes compared, {pairs.done} of them second acts that are done; "
          f"{pairs.stale} signatures of a page that went stale refused")


def test_at_once(pairs):
    for name, state in SITUATIONS.items():
        may = [(who, act) for act in ACTS for who in PEOPLE if not rule(state, who, act)[0]]
        seen = set()
        for one in may:
            for other in may:
                if one[0] != other[0] and (one[1], other[1]) not in seen and (other[1], one[1]) not in seen:
                    seen.add((one[1], other[1]))
                    pairs.at_once(name, one, other)
    print(f"# {pairs.both} pairs sent at once")


def main():
    if os.access("/dev/shm", os.W_OK):
        tempfile.tempdir = "/dev/shm"
    print("1..2", flush=True)
    pairs, failed = Pairs(), 0
    for number, (name, test) in enumerate((("every_pair_of_people_and_acts_in_every_order", test_pairs), ("both_at_once", test_at_once)), 1):
        try:
            test(pairs)
            print(f"ok {number} - {name}", flush=True)
        except Exception as error:
            failed += 1
            print(f"not ok {number} - {name}: {error!r}".replace("\n", " ")[:2000], flush=True)
    shutil.rmtree(pairs.folder)
    pairs.bench.close()
    sys.exit(failed)


if __name__ == "__main__":
    main()
