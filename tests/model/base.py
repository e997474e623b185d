"""What the model stands on: refusals, exact quantities, days, people and their rights. It knows nothing of the program but what the rules
say; plain dictionaries hold its state, masses are integers of nanograms, money is in micro-euros, ratios are fractions."""
import re
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Paris")
FACTORS = {"ng": 1, "µg": 10**3, "mg": 10**6, "g": 10**9, "kg": 10**12}

# Who may do what: letters of the roles that hold each right (T technician, C control technician, P every pharmacist, Q control pharmacist,
# H in charge, A administrator, U auditor, * whoever is signed in), as the brief of the house says it, act by act.
LETTERS = {"administrator": "A", "technician": "T", "control-technician": "C", "pharmacist": "P", "control-pharmacist": "PQ",
           "dispensing-pharmacist": "PD", "pharmacist-in-charge": "PH", "resident": "P", "auditor": "U"}
RIGHTS = {
    "person grant": "A", "person end-role": "A", "person end": "A", "person review": "H", "setting set": "H",
    "material set-reorder-level": "P", "supplier qualify": "P", "lot receive": "TCP", "lot test": "CQ", "lot accept": "P", "lot refuse": "P",
    "lot recall": "P", "lot destroy": "P", "lot sample": "TCP", "lot declare-analysis": "TCP", "container open": "TCP", "stock count": "TCP",
    "stock verify-count": "TCP", "stock return": "TCP", "equipment add": "P", "equipment calibrate": "P", "equipment check": "TCP",
    "equipment withdraw": "P", "request receive": "TP", "request accept": "P", "request refuse": "P", "request withdraw": "P", "batch plan": "TP",
    "batch cancel": "TP", "batch start": "TP", "batch clear-line": "TP", "batch fill": "TP", "batch package": "TP", "batch reconcile": "TP",
    "batch suspend": "TP", "batch resume": "TP", "batch hold": "*", "batch lift": "P", "batch recall": "P", "batch abandon": "TP",
    "batch destroy": "TP", "batch witness-destruction": "TP", "batch refuse": "P", "batch release": "P", "batch annotate": "P",
    "weighing open": "TP", "weighing record": "TP", "weighing verify": "TP", "weighing amend": "TP", "weighing discard": "TP",
    "issue record": "TP", "issue verify": "TP", "step record": "TP", "step amend": "TP", "loss record": "TP", "sample take": "TP",
    "late-entry declare": "TCP", "late-entry amend": "TCP", "late-entry verify": "TCP", "deviation open": "TCP", "deviation decide": "P", "result open": "TCP",
    "result append": "TCP", "result attach": "TCP", "result close": "TCP", "result amend": "TCP", "result continue": "TCP",
    "result invalidate": "P", "result verify": "CP", "certificate sign": "Q", "work declare": "TCP", "equipment-use declare": "TCP",
    "purchase declare": "TCP", "cost freeze": "P", "dispensing confirm": "P", "dispensing scan": "TCP", "dispensing check": "P",
    "dispensing hand-over": "P", "dispensing return": "P", "dispensing cancel": "P", "label print": "TCP", "label settle": "TCP", "label amend": "TCP",
    "document issue": "CP", "sample receive": "TCP", "issue amend": "TP", "batch amend-filled": "TP", "bottle amend": "TP", "loss amend": "TP", "sample amend": "TP",
    "lot amend": "TCP", "batch reattribute": "P", "bottle lose": "TP", "bottle open": "P", "bottle verify-opening": "TP", "bottle amend-opening": "P", "bottle find": "P", "dispensing report-loss": "P",
}
# Acts that take a signature: its sentence is asked for, shown, and given back with what was shown.
SIGNED = {"person review", "lot accept", "lot refuse", "lot recall", "request accept", "request withdraw", "batch recall", "batch lift",
          "batch refuse", "batch release", "batch reattribute", "deviation decide", "certificate sign"}
# Acts that change something and are not modelled, and why.
NOT_MODELLED = {
    "site set": "the site is set once, before the run: it stands on papers, and changes no act",
    "person add": "people are there before the run; their identifiers change nothing",
    "person set-password": "a secret: tests/cli/person_test.py", "person set-pin": "a secret: tests/http/workstation_test.py",
    "person unlock": "takes a failed sign-in, which waits for fifteen minutes: tests/cli/person_test.py",
    "badge give": "another way to sign in: tests/http/workstation_test.py", "badge withdraw": "another way to sign in",
    "workstation declare": "another way to sign in", "workstation withdraw": "another way to sign in",
    "time confirm": "a rehearsal's clock is set, it cannot jump: tests/cli/clock_test.py",
    "database create": "makes the file", "database backup": "copies the file: tests/cli/verify_test.py",
    "database confirm-restore": "about a file brought back: tests/cli/verify_test.py",
    "database renew-key": "about the file of the key", "database upgrade": "about an older file: tests/upgrade",
    "sample exit": "a sample that leaves after years: tests/cli/retained_test.py",
    "cost amend": "tests/cli/cost_test.py", "dispensing amend-count": "tests/cli/dispensing_test.py",
    "order send": "an outside laboratory: tests/cli/order_test.py", "order receive": "as order send", "order cancel": "as order send",
    "investigation open": "what does not comply is refused here, never set aside: tests/cli/investigation_test.py", "investigation conclude": "as investigation open",
    "paper-form issue": "a paper form is named freely here: tests/cli/paper_form_test.py", "paper-form settle": "as paper-form issue",
    "formula approve-emergency": "as formula create: tests/cli/emergency_test.py", "formula add-condition": "this formula asks for no condition of the room: tests/cli/room_test.py",
    "formula remove-condition": "as formula add-condition", "room record": "as formula add-condition", "equipment log": "a failure or a repair: tests/cli/logbook_test.py",
    "equipment clean": "changes no act here: tests/cli/logbook_test.py", "area clean": "changes no act here: tests/cli/logbook_test.py",
    "excursion declare": "tests/cli/excursion_test.py", "excursion assess": "as excursion declare", "container move": "a place, which changes no act: tests/cli/excursion_test.py",
    "container destroy": "tests/cli/destruction_test.py", "batch store": "a place, which changes no act",
    "template import": "a text, which changes no act: tests/cli/template_test.py", "template approve": "a text", "template withdraw": "a text",
    "material add": "materials are there before the run", "supplier add": "suppliers are there before the run",
    "rate set": "rates are there before the run: tests/cli/cost_test.py", "area add": "areas are there before the run", "formula create": "one formula, approved before the run and frozen: tests/cli/formula_test.py",
    "formula draft": "as formula create", "formula add-component": "as formula create", "formula remove-component": "as formula create",
    "formula add-step": "as formula create", "formula remove-step": "as formula create", "formula add-control": "as formula create",
    "formula remove-control": "as formula create", "formula approve": "as formula create", "formula withdraw": "as formula create",
}


class Refused(Exception):
    """The rules that refuse an act, collected as far as one can go on looking."""


class Rules:
    def __init__(self):
        self.found = []

    def no(self, rule):
        self.found.append(rule)

    def when(self, wrong, rule):
        if wrong:
            self.found.append(rule)

    def stop(self):
        if self.found:
            raise Refused(self.found)

    def end(self, rule):
        self.found.append(rule)
        raise Refused(self.found)


class Table(dict):
    """Rows by number, found by their batch and by other names as well."""

    def __init__(self, *names):
        super().__init__()
        self.by = {name: {} for name in names}

    def __setitem__(self, number, row):
        super().__setitem__(number, row)
        for name, rows in self.by.items():
            value = tuple(row[n] for n in name) if isinstance(name, tuple) else row[name]
            rows.setdefault(value, []).append(row)

    def where(self, name, value):
        return self.by[name].get(value, [])


def mass(text):
    """Nanograms of "6.5068 g"."""
    number, unit = text.split()
    value = Fraction(number) * FACTORS[unit]
    assert value.denominator == 1, text
    return int(value)


def grams(nanograms):
    whole, rest = divmod(abs(nanograms), 10**9)
    return f"{'-' if nanograms < 0 else ''}{whole}.{rest:09d}".rstrip("0").rstrip(".") + " g"


def euros(text):
    """Micro-euros of "31.20 EUR"."""
    value = Fraction(text.split()[0]) * 10**6
    assert value.denominator == 1
    return int(value)


def is_count(text):
    return re.fullmatch(r"\d+", str(text)) is not None


def quantity(text):
    """A mass in nanograms, or a number of articles."""
    return int(text) if is_count(text) else mass(text)


def half_away(value, step=Fraction(1)):
    """Nearest multiple of `step`, the half away from zero."""
    steps = abs(value) / step
    whole = int(steps + Fraction(1, 2))
    return (whole if value >= 0 else -whole) * step


def floor_to(value, step):
    return (value // step) * step


def ceiling_to(value, step):
    return -((-value) // step) * step


def day_after(day, days):
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def local_day(instant):
    """The day at the site of an instant of UTC."""
    return datetime.fromisoformat(instant.replace("Z", "")).replace(tzinfo=timezone.utc).astimezone(ZONE).date().isoformat()
