"""The whole state as the program shows it in its views, beside the model's."""
from fractions import Fraction

from base import RIGHTS, day_after


def plain(value):
    return value.get("value", value) if isinstance(value, dict) else value


def decimal(value):
    return None if value is None else str(Fraction(value))


class Mirror:
    """What did not change since it was last compared is compared again now and then, and at the end."""

    def __init__(self, place, law):
        self.place, self.law, self.whole, self.seen, self.turn = place, law, False, {}, 0
        self.since = law.today

    def differing(self):
        """What differs, in words."""
        law, wrong = self.law, []
        self.turn += 1
        for kind, rows, of_model, of_program in (
                ("batch", law.batches, self.batch, self.shown_batch), ("container", law.containers, self.container, self.shown_container),
                ("lot", law.lots, self.lot, self.shown_lot), ("request", law.requests, self.request, self.shown_request),
                ("dispensing", law.dispensings, self.dispensing, self.shown_dispensing)):
            for at, (number, row) in enumerate(rows.items()):
                foreseen = of_model(row)
                if not self.whole and self.seen.get((kind, number)) == foreseen and (at + self.turn) % 40:
                    continue
                self.seen[kind, number] = foreseen
                shown = of_program(number)
                wrong += [f"{kind} {number} {name}: foreseen {value}, shown {shown.get(name)}" for name, value in foreseen.items() if shown.get(name) != value]
        return wrong + self.registers() + self.stock() + self.rights() + self.events()

    # Batches with what was weighed, issued, recorded, counted, found, printed and decided

    def batch(self, b):
        law = self.law
        return {
            "state": law.state_of(b), "held": b["held"] or law.overdue(b), "registration": b["registration"], "made": b["made"], "expiry": b["expiry"],
            "filled": b["filled"], "conforming": b["conforming"], "units": str(b["units"]), "destroyed": b["destroyed"],
            "weighings": [(w["number"], w["state"], decimal(Fraction(w["net"], 10**9)) if w["net"] is not None else None, w["container"],
                           decimal(Fraction(w["target"]) / 10**9)) for w in law.of(law.weighings, b)],
            "issues": [(n["number"], n["units"], n["verified"], n["container"]) for n in law.of(law.issues, b)],
            "steps": list(b["steps"]), "clearances": [n["phase"] for n in b["clearances"]],
            "losses": [(kind, decimal(Fraction(q, 10**9)) if kind.startswith("powder") else str(q)) for kind, q, _ in b["losses"]],
            "samples": [(n["number"], n["purpose"], n["units"], n["used"] if n["purpose"] == "reserve" else None, n["received"]) for n in law.of(law.samples, b)],
            "bottles": [(n["number"], n["units"], n["destroyed"], law.bottle_state(n)) for n in law.of(law.bottles, b)],
            "results": [(n["number"], n["state"], n["verdict"]) for n in law.of(law.results, b)],
            "labels": sorted((n["number"], n["state"], n["shown"]) for n in law.labels_of(b)), "decisions": b["decisions"],
            "deviations": sorted((n["number"], n["state"], n["decision"]) for n in law.of(law.deviations, b)), "addenda": b["addenda"],
            "amended": len(b["amendments"]) > 0, "interruptions": len(b["interruptions"]), "late": [(n["number"], n["verified"]) for n in law.of(law.late, b)],
            "reconciled": {kind: good for kind, good in b["reconciled"].items()},
        }

    def shown_batch(self, number):
        b = self.place.see("batch show", batch=number)
        deviations = self.pages("deviation list", "batch-deviations", batch=number)
        good = {}
        for row in b.get("reconciliations", []):
            good[row["kind"]] = good.get(row["kind"], True) and row["within"] is not False
        return {
            "state": b["state"], "held": b["held"], "registration": b["registration"], "made": b["made-on"], "expiry": b["expiry"], "filled": b["filled"],
            "conforming": b["conforming"], "units": plain(b["units"]), "destroyed": b.get("destruction", {}).get("units"),
            "weighings": [(w["weighing"], w["state"], decimal(plain(w["net"])), w["container"], decimal(plain(w["target"]))) for w in b["weighings"]],
            "issues": [(n["article-issue"], n["units"], n["verified-by"], n["container"]) for n in b["issues"]],
            "steps": [n["step"] for n in b["steps"]], "clearances": [n["phase"] for n in b["clearances"]],
            "losses": [(n["kind"], decimal(plain(n["quantity"]))) for n in b["losses"]],
            "samples": [(n["sample"], n["kind"], n["units"], n["used"] if n["kind"] == "reserve" else None, n["received"]) for n in b["samples"]],
            "bottles": [(n["bottle"], n["units"], n["destroyed"], n["state"]) for n in b["bottles"]],
            "results": [(n["result"], n["state"], n["verdict"]) for n in b["results"]],
            "labels": sorted((n["label"], n["state"], n["shown-state"]) for n in b["labels"]), "decisions": [n["kind"] for n in b["decisions"]],
            "deviations": sorted((n["deviation"], n["state"], n["decision"]) for n in deviations), "addenda": len(b.get("addenda", [])),
            "amended": bool(b.get("amendments")), "interruptions": len(b.get("interruptions", [])),
            "late": [(n["late-entry"], n["verified-by"]) for n in b.get("late-entries", [])], "reconciled": good,
        }

    def pages(self, view, name, **inputs):
        return self.place.see(view, most="500", **inputs)[name]

    # Stock

    def container(self, c):
        lot = self.law.lots[c["lot"]]
        return {"stock": decimal(c["stock"] if self.law.unit(lot["material"]) == "count" else Fraction(c["stock"], 10**9)), "opened": c["opened"], "end": c["end-of-use"]}

    def shown_container(self, number):
        c = self.place.see("container show", container=number)
        moved = sum(Fraction(plain(n["quantity"])) for n in c["movements"])
        assert decimal(plain(c["stock"])) == decimal(moved), f"{number}: its movements come to {moved}, not to {c['stock']}"
        return {"stock": decimal(plain(c["stock"])), "opened": c["opened-on"], "end": c["end-of-use"]}

    def lot(self, lot):
        return {"state": lot["state"], "limit": lot["limit"], "assay": lot["assay"]}

    def shown_lot(self, number):
        lot = self.place.see("lot show", lot=number)
        return {"state": lot["recorded-state"] or lot["state"], "limit": lot["limit-day"], "assay": plain(lot.get("correction", {}).get("assay"))}

    def stock(self):
        """What may be used of each material."""
        shown = {row["material"]: decimal(plain(row["usable"])) for row in self.place.see("stock list")["materials"]}
        wrong = []
        for material in shown:
            usable = sum(self.law.containers[row[4]]["stock"] for row in self.law.usable(material))
            foreseen = decimal(usable if self.law.unit(material) == "count" else Fraction(usable, 10**9))
            if shown[material] != foreseen:
                wrong.append(f"usable {material}: foreseen {foreseen}, shown {shown[material]}")
        return wrong

    # Requests, dispensings, registers

    def request(self, q):
        return {"state": q["state"]}

    def shown_request(self, number):
        return {"state": self.place.see("request show", request=number)["state"]}

    def dispensing(self, d):
        labels = self.law.labels.where(("kind", "subject"), ("dispensing", d["number"]))
        return {"state": d["state"], "units": d["units"], "charged": decimal(Fraction(d["charged"], 10**6)), "bottles": sorted((n, label) for n, label in d["bottles"].items()),
                "labels": sorted((n["number"], n["state"]) for n in labels), "back": d["back"], "lost": d["lost"]}

    def shown_dispensing(self, number):
        d = self.place.see("dispensing show", dispensing=number)
        return {"state": d["state"], "units": d["units"], "charged": decimal(plain(d["charged"])), "bottles": sorted((n["bottle"], n["label"]) for n in d["bottles"]),
                "labels": sorted((n["label"], n["state"]) for n in d["labels"]), "back": sum(n["units"] for n in d.get("returns", [])),
                "lost": sum(n["units"] for n in d.get("patient-losses", []))}

    def registers(self):
        """Every line of both books, in order, without a gap; the last days, and all of each year at the end."""
        wrong = []
        years = sorted({line[1] for line in self.law.registers}) if self.whole else [self.law.today[:4]]
        for book in ("preparation", "dispensing"):
            for year in years:
                foreseen = [line for line in self.law.registers if line[0] == book and line[1] == year]
                inputs = {"year": year}
                if not self.whole:
                    inputs = {"from": max(day_after(self.law.today, -3), f"{year}-01-01"), "to": self.law.today}
                lines = self.place.see("register show", book=book, **inputs)["lines"]
                shown = [(n["line"], n["number"], n["kind"], n["batch"]) for n in lines]
                due = [(ordinal, number, kind if kind == "strike" else book, batch) for _, _, ordinal, number, kind, batch in foreseen]
                if shown != due[len(due) - len(shown):] or (self.whole and len(shown) != len(due)):
                    wrong.append(f"register {book} {year}: foreseen {due[-4:]}, shown {shown[-4:]} ({len(due)}, {len(shown)})")
                numbers = [int(line[3].split("/")[1]) for line in foreseen if line[4] == "entry"]
                if numbers != list(range(1, len(numbers) + 1)):
                    wrong.append(f"register {book} {year}: its numbers have a gap")
        return wrong

    # Rights and events

    def rights(self):
        """Who may do each act today: as the model's own table has it."""
        law, wrong, held = self.law, [], {}
        for row in self.place.see("person list")["people"]:
            held.setdefault(row["person"], set()).update(row["rights"])
        for person in law.people:
            for act in RIGHTS:
                right = self.place.table[act]["right"]
                may = not law.people[person]["ended"] and (right == "signed-in" or right in held.get(person, ()))
                if may != (law.has_right(person, act) and not law.people[person]["ended"]):
                    wrong.append(f"{person} may do {act}: shown {may}")
        return wrong

    def events(self):
        """Near misses: each leaves one event, and nothing else does."""
        if not self.whole:
            return []
        shown = {}
        for row in self.place.see("event trend", **{"since": self.place.began, "until": self.law.today})["trend"]:
            shown[row["kind"]] = shown.get(row["kind"], 0) + row["events"]
        return [f"events {kind}: foreseen {count}, shown {shown.get(kind, 0)}" for kind, count in self.law.events.items() if shown.get(kind, 0) != count]
