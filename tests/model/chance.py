"""Random acts: what comes next somewhere, done by somebody who may; the same with something wrong; and anything at all by anybody."""
import random

from base import RIGHTS, day_after, grams, mass
from making import RESERVE, SHARES, STEPS, UNDER_WAY, UNITS
from mistakes import DECIDERS, SECONDS, Mistakes
from place import BALANCES, FAR, GUESTS, ROLES

MAKERS = ["tech.a", "tech.a", "tech.b", "pharma.a"]
EVERYBODY = ["nobody.a", "admin", *ROLES, *GUESTS]
GOOD = {"DOSAGE": ["99.1", "100.2"], "TENEUR": ["30.1", "29.6", "30.4", "29.8", "30.0", "30.3", "29.7", "30.2", "29.9", "30.1"], "TAMC": ["< 10"]}
BAD = {"DOSAGE": ["93.0", "94.1"], "TENEUR": ["30.1", "24.6", "35.4", "29.8", "25.0", "34.3", "29.7", "36.2", "25.9", "30.1"], "TAMC": ["5000"]}
RARE = {"lot recall": 0.08, "lot destroy": 0.04, "lot refuse": 0.3, "person end": 0.05, "equipment withdraw": 0.2, "bottle lose": 0.3, "bottle open": 0.5, "setting set": 0.3, "document issue": 0.05,
        "batch abandon": 0.3, "batch refuse": 0.3, "batch recall": 0.3, "batch cancel": 0.3, "label print": 0.5, "certificate sign": 0.7}
FINAL = ("cancelled", "destroyed")


class Chance(random.Random, Mistakes):
    def __init__(self, seed, law, table):
        super().__init__(seed)
        self.law, self.table, self.said = law, table, []
        self.stuck, self.about = {}, None  # how often in a row nothing came of a batch
        self.wilds = [act for act in RIGHTS]
        self.rarity = [RARE.get(act, 1) for act in self.wilds]

    def chance(self, probability):
        return self.random() < probability

    def draw(self):
        """Who does which act with which inputs."""
        way, self.about = self.random(), None
        if way < 0.06 and self.said:
            line = self.choice(self.said[-40:])
        elif way < 0.74:
            line = self.good()
            if self.chance(0.16):
                line = self.spoil(*line)
        else:
            line = self.wild()
        self.said = self.said[-200:] + [line]
        return line

    # Anything at all

    def wild(self):
        act = self.choices(self.wilds, self.rarity)[0]
        inputs = {}
        for definition in self.table[act]["inputs"]:
            name = definition["name"]
            if definition["optional"] and not self.chance(0.35):
                continue
            value = self.value(act, name)
            if value is None:
                continue
            inputs[name] = value
        who = self.choice(EVERYBODY) if self.chance(0.3) else self.able(act)
        if act in ("person grant", "person end-role", "person end"):
            inputs["person"] = self.choice(GUESTS) if act != "person end" or self.chance(0.05) else "tech.z"
        if act == "label print":
            kind = self.choice(["bottle", "bottle", "sample", "retained-sample", "intermediate", "container", "dispensing"])
            rows = {"bottle": self.law.bottles, "intermediate": self.law.weighings, "container": self.law.containers, "dispensing": self.law.dispensings}
            inputs.update(kind=kind, number=[self.one(rows.get(kind, self.law.samples), "B26-9999/1")])
        if act == "equipment withdraw":
            inputs["equipment"] = self.choice([code for code in self.law.equipment if code not in BALANCES] or ["BAL-Z"])
        return who, act, inputs

    def able(self, act):
        who = [person for person in EVERYBODY if self.law.has_right(person, act) and not self.law.people[person]["ended"]]
        return self.choice(who) if who else "tech.a"

    def one(self, rows, otherwise):
        """One of the last rows, most often; now and then any; now and then none that exists."""
        rows = list(rows)
        if not rows or self.chance(0.04):
            return otherwise
        return self.choice(rows[-12:]) if self.chance(0.9) else self.choice(rows)

    def value(self, act, name):
        law = self.law
        rows = {"from-request": law.requests, "batch": law.batches, "weighing": law.weighings, "issue": law.issues, "result": law.results, "deviation": law.deviations,
                "dispensing": law.dispensings, "request": law.requests, "bottle": law.bottles, "label": law.labels, "lot": law.lots,
                "container": law.containers, "equipment": law.equipment, "balance": law.equipment, "late-entry": law.late, "sample": law.samples}
        if act == "label settle" and name == "label":
            return [self.one(law.labels, "E26-9999")]
        if act == "deviation open" and name == "subject":
            return self.one([*law.weighings, *law.samples, "MELANGE", "filling"], "B26-0001/W9")
        if act == "label print" and name == "number":
            return None  # with its kind
        if name in rows:
            return self.one(rows[name], {"batch": "B26-9999", "lot": "MP26-9999", "container": "MP26-9999/1"}.get(name, "X26-9999"))
        if act == "late-entry declare" and name == "entry":
            return None  # the last one of whoever declares
        if name == "kind" and act in ("loss record", "label print", "document issue", "bottle lose"):
            return self.kind(act)
        simple = self.simple(act, name)
        return simple() if simple else None

    def kind(self, act):
        if act == "bottle lose":
            return self.choice(["lost", "broken"])
        if act == "loss record":
            return self.choice(["powder-residue", "powder-spilled", "shells-defective", "shells-destroyed", "capsules-rejected", "capsules-lost"])
        return self.choice(["batch-record", "release-certificate"]) if act == "document issue" else "bottle"

    def simple(self, act, name):
        law, pick = self.law, self.choice
        units = (lambda: str(self.randint(0, 60)))
        return {
            "person": lambda: pick(EVERYBODY), "role": lambda: pick(["technician", "pharmacist", "auditor", "control-technician", "resident", "administrator"]),
            "starts": lambda: day_after(law.today, self.randint(-1, 3)), "ends": lambda: day_after(law.today, self.randint(-1, 40)),
            "delegation": lambda: "Délégation", "remarks": lambda: "Rien à signaler", "reason": lambda: "Motif du modèle", "text": lambda: "Note du modèle",
            "name": lambda: pick(["controller-may-release", "lot-analysis-amortised", "prescription-days", "board-days"]), "cause": lambda: "Cause du modèle",
            "value": lambda: self.odd_value(act), "material": lambda: pick(["ACT", "EXC", "SHELL", "BOTTLE", "RIEN"]), "level": lambda: pick(["20 g", "100", "0"]),
            "supplier": lambda: pick(["FOURN", "FOURN", "AUTRE", "PERSONNE"]), "on": lambda: day_after(law.today, pick([-3, 0, 1])),
            "until": lambda: pick([FAR, FAR, day_after(law.today, 90), "2020-01-01"]), "reference": lambda: "BD-1", "due": lambda: pick([FAR, "2026-01-01"]),
            "manufacturer": lambda: "Fabricant fictif", "supplier-lot": lambda: f"L{self.randint(1, 10**6)}", "price": lambda: pick(["100 EUR", "7.31 EUR", "0 EUR"]),
            "expiry": lambda: day_after(law.today, self.randint(-5, 400)), "retest": lambda: day_after(law.today, self.randint(-5, 200)),
            "certificate-reference": lambda: "CoA", "free-of-charge": lambda: pick(["yes", "no"]), "quantity": lambda: self.amount(act),
            "test": lambda: "Identité", "method": lambda: "Ph. Eur. 2.2.24", "result": lambda: "Concordant", "conforms": lambda: pick(["yes", "yes", "no"]),
            "assay": lambda: pick(["99.0", "98.5", "150", "9.9"]), "basis": lambda: pick(["as-is", "anhydrous"]), "water": lambda: pick(["5.0", "60"]),
            "source": lambda: "CoA", "own-control": lambda: "CQ-1", "retest-until": lambda: day_after(law.today, self.randint(0, 300)),
            "unusual-assay": lambda: "yes", "purpose": lambda: pick(["control", "retained"] if act == "lot sample" else ["control", "reserve"]),
            "end-of-use": lambda: day_after(law.today, pick([-1, 1, 20, 30])), "weight": lambda: pick(["20 g", "20 g", "10 g"]),
            "reading": lambda: pick(["20 g", "20.0001 g", "20.1 g", "3 kg"]), "patient": lambda: f"P-{self.randint(1, 30):03d}", "formula": lambda: "MOD30",
            "prescriber": lambda: "Dr Exemple", "prescriber-address": lambda: "Hôpital fictif", "prescribed-on": lambda: day_after(law.today, pick([0, -1, -400, 2])),
            "daily-units": lambda: pick(["2", "1", "0", "60"]), "days": lambda: pick(["7", "5", "0", "400"]), "posology": lambda: "Selon l'ordonnance",
            "board": lambda: "RCP", "board-day": lambda: day_after(law.today, pick([0, -1, -200, 2])), "board-number": lambda: "1",
            "board-decision": lambda: pick(["favourable", "favourable", "unfavourable"]), "legal-basis": lambda: "CSP L.5121-1 1°",
            "requests": lambda: [self.one(law.requests, "RX26-9999") for _ in range(self.randint(1, 2))], "area": lambda: pick(["PREP-1", "PREP-2", "PREP-9"]),
            "expected-loss": lambda: pick(["0", "2", "2000"]), "phase": lambda: pick(["making", "packaging"]),
            "units": lambda: [units()] if act in ("batch package", "bottle verify-opening", "bottle amend-opening") else units(), "kinds": lambda: [pick(["powder", "shells", "capsules", "labels"])],
            "left-as": lambda: "Fermé, étiqueté", "portions": lambda: [self.one(law.weighings, "B26-0001/W9")], "recalled-lots": lambda: [self.one(law.lots, "MP26-9999")],
            "component": lambda: pick(["ACT", "EXC", "SHELL", "BOTTLE", "RIEN"]), "aspect-seen": lambda: pick(["yes", "yes", "yes", "no"]),
            "label-seen": lambda: pick(["yes", "yes", "yes", "no"]), "portion": lambda: pick(["1 g", "0.2 g", "0 g"]), "tare": lambda: pick(["10 g", "10.00005 g", "500 g"]),
            "gross": lambda: pick(["11.5 g", "15 g"]), "net": lambda: pick(["1.5 g", "1.85 g", "5 g"]), "ticket": lambda: "T-1",
            "step": lambda: pick([code for code, _ in STEPS] + ["RIEN"]), "values": lambda: self.odd_values(act), "deviation": lambda: "Écart du modèle",
            "class": lambda: pick(["minor", "major", "critical"]), "entry": lambda: pick(["durée", "tamis intact", "rien"]), "description": lambda: "Description du modèle",
            "decision": lambda: pick(["accepted", "accepted", "discard", "refuse-batch"]), "impact": lambda: "Sans effet",
            "destinations": lambda: self.sample([*UNITS, "RIEN"], self.randint(1, 2)), "control": lambda: pick([*UNITS, "RIEN"]),
            "analysed-on": lambda: day_after(law.today, pick([0, 0, -30, 1])), "series": lambda: pick(["value", "gross", "shell"]), "position": lambda: str(self.randint(1, 11)),
            "document": lambda: pick(["raw-1.txt", "raw-2.txt"]), "grade": lambda: pick(["technician", "hood"]), "activity": lambda: pick(["préparation", "contrôle"]),
            "minutes": lambda: pick(["60", "95", "0"]), "rate": lambda: pick(["hood", "technician"]), "hours": lambda: pick(["1.5", "0.25", "0"]),
            "amount": lambda: pick(["12.50 EUR", "0 EUR"]), "bottles": lambda: [self.one(law.bottles, "B26-0001/99")], "state": lambda: pick(["applied", "applied", "spoiled", "specimen"]),
            "specimen": lambda: "yes", "broken": lambda: pick(["0", "1", "70"]), "line-clearance": lambda: "Vide et propre", "found-how": lambda: "Armoire 2", "reported-by": lambda: "Un proche", "loss": lambda: str(self.randint(0, 3)), "collected-by": lambda: "Un proche", "done-at": lambda: self.earlier(), "paper-form": lambda: pick(["Fiche 1", "Fiche 2"]),
        }.get(name)

    def earlier(self):
        return self.law.now if self.chance(0.1) else day_after(self.law.today, -self.randint(0, 2)) + "T01:00:00Z"

    def odd_value(self, act):
        return self.choice({"setting set": ["yes", "no", "30", "365"], "step amend": ["9", "10", "14", "yes", "no", "x"]}.get(act, ["99.1", "30.2", "-1", "x"]))

    def odd_values(self, act):
        return self.choice([["99.1"], ["30.1", "29.9"], ["x"], ["-2"]]) if act == "result append" else self.choice([["durée=10", "tamis intact=yes"], ["durée=14"], ["x=1"]])

    def amount(self, act):
        if act == "stock return":
            return self.choice(["1", "2", "0", "500"])
        return self.choice(["1 g", "0.05 g", "2", "40", "0", "5000", "0 g"])

    # The right act with something wrong

    def spoil(self, who, act, inputs):
        inputs = dict(inputs)
        how = self.random()
        if how < 0.35:
            return self.choice(EVERYBODY), act, inputs
        if how < 0.45 and inputs:
            del inputs[self.choice(list(inputs))]
            return who, act, inputs
        for name in self.sample(list(inputs), len(inputs)):
            value = self.value(act, name)
            if value is not None and value != inputs[name]:
                inputs[name] = value
                return who, act, inputs
        return who, act, inputs

    # What comes next

    def good(self):
        law = self.law
        if self.chance(0.04):
            return self.odd_job()
        live = [b for b in list(law.batches.values())[-14:] if b["state"] not in FINAL]
        making = [b for b in live if b["state"] in ("planned", *UNDER_WAY)]
        if len(making) < 3:
            line = self.plan()
            if line:
                return line
        self.shuffle(live)
        live.sort(key=lambda b: b["state"] not in UNDER_WAY and self.random() < 0.6)
        for batch in live:
            line = self.next_of(batch)
            if line:
                self.about = batch["number"]
                return line
        return self.odd_job()

    def came(self, done):
        """Tells what became of the act that was drawn."""
        if self.about:
            self.stuck[self.about] = 0 if done else self.stuck.get(self.about, 0) + 1

    def plan(self):
        law = self.law
        free = [q for q in list(law.requests.values())[-12:] if q["state"] == "accepted" and not q["batches"]]
        received = [q["number"] for q in list(law.requests.values())[-12:] if q["state"] == "received" and q["board"] == "favourable" and q["board-day"] <= law.today]
        short = [q for q in list(law.requests.values())[-20:] if q["state"] == "accepted" and q["batches"]]
        if short and self.chance(0.3):
            return self.choice(MAKERS), "batch plan", {"formula": "MOD30", "requests": [q["number"] for q in short[-2:]], "area": self.choice(law.areas), "expected-loss": "1"}
        if len(free) < 1 + (self.random() < 0.5):
            if received:
                return self.choice(DECIDERS), "request accept", {"request": received[-1], "legal-basis": "CSP L.5121-1 1°", "reason": "Accord du jour"}
            return "tech.a", "request receive", {"patient": f"P-{self.randint(1, 400):03d}", "formula": "MOD30", "prescriber": "Dr Exemple",
                                                 "prescriber-address": "Hôpital fictif", "prescribed-on": law.today, "daily-units": self.choice(["1", "2"]),
                                                 "days": self.choice(["5", "7"]), "posology": "Selon l'ordonnance", "board": "RCP", "board-day": law.today,
                                                 "board-number": "1", "board-decision": "favourable", "reason": "Autre ordonnance"}
        return self.choice(MAKERS), "batch plan", {"formula": "MOD30", "requests": [q["number"] for q in free[:2]], "area": self.choice(law.areas),
                                                   "expected-loss": self.choice(["0", "1", "2"])}

    def odd_job(self):
        """Corrections, counts, suspensions, holds: what happens beside the way."""
        law = self.law
        under = [b for b in list(law.batches.values())[-8:] if b["state"] in UNDER_WAY]
        if not under:
            return self.wild()
        batch = self.choice(under)
        weighed = [w for w in law.of(law.weighings, batch) if w["state"] in ("recorded", "verified")]
        entered = [n for n in law.of(law.results, batch) if n["values"] and n["document"]]
        jobs = [lambda: (self.choice(EVERYBODY), "batch hold", {"batch": batch["number"], "reason": "Température"}),
                lambda: (self.choice(MAKERS), "batch suspend", {"batch": batch["number"], "reason": "Absence", "left-as": "Fermé"}),
                lambda: (self.choice(MAKERS), "late-entry declare", {"batch": batch["number"], "done-at": batch["planned"][:-1] + "Z", "paper-form": "Fiche 1", "reason": "Panne"}),
                lambda: (self.choice(MAKERS), "deviation open", {"batch": batch["number"], "class": "minor", "description": "Bruit",
                                                                 "subject": self.choice(["filling", "reserve", "bottles", "MELANGE"])})]
        if weighed:
            w = self.choice(weighed)
            net = w["net"] + self.choice([-10, 10, 30]) * law.equipment[w["balance"]]["readability"]
            jobs.append(lambda: (self.choice([w["recorder"], "pharma.b"]), "weighing amend", {"weighing": w["number"], "net": grams(net), "reason": "Inversion"}))
        if "MELANGE" in batch["steps"]:
            jobs.append(lambda: (self.choice([batch["steps"]["MELANGE"]["by"], "pharma.b"]), "step amend",
                                 {"batch": batch["number"], "step": "MELANGE", "entry": "durée", "value": self.choice(["9", "11", "14"]), "reason": "Inversion"}))
        if entered:
            n = self.choice(entered)
            v = self.choice(n["values"])
            near = "< 20" if n["control"] == "TAMC" else str(round(float(v["value"]) + self.choice([0.1, -0.1, 5]), 1))
            jobs.append(lambda: (self.choice([v["by"], "pharma.b"]), "result amend", {"result": n["number"], "series": v["series"], "position": str(v["rank"]), "value": near,
                                                                                       "reason": "Mal recopié"}))
        jobs += self.amendments(batch) + self.amended_lots() + self.said_otherwise(batch)
        containers = [c for c in law.containers.values() if c["stock"] > 0][-6:]
        if containers:
            jobs.append(lambda: self.count(self.choice(containers)))
        return self.choice(jobs)()

    def receive(self, sample):
        differs = self.chance(0.04)
        return self.choice(["control.a", "control.b"]), "sample receive", {"sample": sample["number"], "units": str(sample["units"] - differs), **({"reason": "Une cassée"} if differs else {})}

    def count(self, container):
        law = self.law
        if container["count"]:
            other = self.choice([p for p in ("tech.a", "tech.b", "control.a") if p != container["count"]["by"]])
            return other, "stock verify-count", {"container": container["number"], "quantity": self.written(container, container["count"]["quantity"])}
        less = container["stock"] - self.choice([0, 1, 3]) * (1 if law.unit(law.lots[container["lot"]]["material"]) == "count" else 10**6)
        return "tech.a", "stock count", {"container": container["number"], "quantity": self.written(container, max(0, less)), "reason": "Inventaire"}

    def written(self, container, amount):
        return str(amount) if self.law.unit(self.law.lots[container["lot"]]["material"]) == "count" else grams(amount)

    def next_of(self, batch):
        law, b = self.law, batch["number"]
        if batch["state"] == "planned":
            if batch["held"]:
                return self.lift(batch)
            if any(o["state"] == "in-preparation" for o in law.batches.where("area", batch["area"])) or self.chance(0.02):
                return ("tech.a", "batch cancel", {"batch": b, "reason": "Arrêt"}) if self.chance(0.04) else None
            return self.choice(MAKERS), "batch start", {"batch": b}
        if batch["state"] in UNDER_WAY:
            return self.under_way(batch)
        if batch["state"] in ("released", "recalled"):
            return self.after_release(batch)
        return self.settle(batch) or ("tech.a", "batch destroy", {"batch": b, "units": str(law.capsules_left(batch)), "reference": "BD-1"})

    def lift(self, batch):
        recalled = [lot for lot, net in self.law.taken_for(batch["number"]).items() if net > 0 and self.law.lots[lot]["recalled"]]
        return self.choice(DECIDERS), "batch lift", {"batch": batch["number"], "reason": "Levée", **({"recalled-lots": recalled} if recalled else {})}

    def under_way(self, batch):
        law, b = self.law, batch["number"]
        if self.stuck.get(b, 0) > 5 and self.chance(0.4):
            return self.settle(batch) or self.choice([("pharma.b", "batch refuse", {"batch": b, "reason": "Sans issue"}), ("tech.a", "batch abandon", {"batch": b, "reason": "Sans issue"})])
        if law.suspended(batch) and batch["conforming"] is None:
            due = law.portions(batch)
            return self.lift(batch) if batch["held"] else (self.choice(MAKERS), "batch resume", {"batch": b, **({"portions": due} if due else {})})
        if batch["held"] and self.chance(0.6):
            return self.lift(batch)
        phase = "making" if batch["state"] == "in-preparation" else "packaging"
        if not law.cleared(batch, phase) and (phase == "making" or batch["steps"].get("REMPLIR") or batch["interruptions"]) and batch["conforming"] is None:
            return self.choice(MAKERS), "batch clear-line", {"batch": b, "phase": phase}
        return (self.settle(batch) or self.decide(batch) or (self.make(batch) if phase == "making" else self.finish(batch)))

    def settle(self, batch):
        """What waits for somebody: a weighing, an issue, a label, a late entry."""
        law = self.law
        for w in law.of(law.weighings, batch):
            if w["state"] == "open":
                return self.record(w)
            if w["state"] == "recorded" and batch["state"] in UNDER_WAY:
                return self.verify(batch, w)
        for n in law.of(law.issues, batch):
            if not n["verified"]:
                who = [p for p in SECONDS if p != n["by"]]
                return self.choice(who), "issue verify", {"issue": n["number"], "container": n["container"], "units": str(n["units"])}
        printed = [n["number"] for n in law.labels_of(batch) if n["state"] == "printed"]
        if printed and not self.chance(0.02):
            state = self.choice(["applied"] * 9 + ["spoiled"])
            return "tech.a", "label settle", {"label": printed[:4], "state": state, **({"reason": "Taché"} if state == "spoiled" else {})}
        for n in law.of(law.late, batch):
            if not n["verified"] and batch["state"] in UNDER_WAY:
                return self.choice([p for p in ("tech.a", "tech.b", "control.a") if p not in {n["by"]} | n["amenders"]] or ["resident.a"]), "late-entry verify", {"late-entry": n["number"], "paper-form": n["form"]}
        return None

    def record(self, w):
        law = self.law
        step, width = law.equipment[w["balance"]]["readability"], int((w["high"] - w["low"]) // 2)
        net = int(w["target"]) + self.randint(-width // step, width // step) * step * (1 if self.chance(0.93) else 3)
        tare = self.choice(["10 g", "12 g"])
        given = {"gross": grams(mass(tare) + net)} if self.chance(0.2) else {"net": grams(net)}
        if self.chance(0.03):
            return "tech.a", "weighing discard", {"weighing": w["number"], "reason": "Renversé"}
        return w["opener"], "weighing record", {"weighing": w["number"], "tare": tare, **given}

    def verify(self, batch, w):
        law = self.law
        good = w["within"] or law.accepted(batch, w["number"])
        day = law.recorded_day(w["recorded"])
        stale = not law.equipment[w["balance"]]["checks"].get(day) or law.lots[law.containers[w["container"]]["lot"]]["state"] != "accepted"
        if not good and not self.chance(0.5) and not any(d["subject"] == w["number"] and d["state"] == "open" for d in law.of(law.deviations, batch)):
            return "tech.a", "deviation open", {"batch": batch["number"], "subject": w["number"], "class": "major", "description": "Hors tolérance"}
        if not good and any(d["subject"] == w["number"] and d["state"] == "open" for d in law.of(law.deviations, batch)):
            return self.decide(batch)
        if not good or stale:
            return "tech.b", "weighing discard", {"weighing": w["number"], "reason": "À refaire"}
        who = [p for p in SECONDS if p not in {w["opener"], w["recorder"]} | w["amenders"]] or ["resident.a"]
        return self.choice(who), "weighing verify", {"weighing": w["number"], "container": w["container"], "net": grams(w["net"])}

    def decide(self, batch):
        law = self.law
        for d in law.of(law.deviations, batch):
            if d["state"] == "open":
                who = [p for p in DECIDERS if p not in batch["operators"]]
                decision = self.choice(["accepted"] * 14 + ["discard", "refuse-batch"])
                return (self.choice(who), "deviation decide", {"deviation": d["number"], "decision": decision, "impact": "Sans effet"}) if who else None
        return None

    def supply(self, material, least):
        """The container to take, or what makes one usable."""
        law = self.law
        for *_, number in law.usable(material):
            container = law.containers[number]
            if not container["opened"] and material in ("ACT", "EXC"):
                return None, ("tech.a", "container open", {"container": number, "end-of-use": min(day_after(law.today, 30), law.lots[container["lot"]]["limit"])})
            if container["stock"] >= least:
                return number, None
            return number, None if self.chance(0.3) else ("tech.a", "lot sample", {"container": number, "quantity": self.written(container, container["stock"]),
                                                                                    "purpose": "control", "reason": "Fond"})
        for lot in law.lots.where("material", material)[-4:]:
            if lot["state"] == "quarantine" and lot["limit"] and lot["limit"] >= law.today and all(good for good, _ in lot["tests"]) and \
                    lot["supplier"] == "FOURN" and lot["reference"]:
                correction = {"assay": "99.0", "basis": "anhydrous", "water": self.choice(["5.0", "4.2"]), "source": "CoA"} if material == "ACT" else {}
                return None, (self.choice(DECIDERS), "lot accept", {"lot": lot["number"], **correction})
        whole, parts = {"ACT": ("60 g", ["25 g", "35 g"]), "EXC": ("300 g", ["100 g", "200 g"]), "SHELL": ("2000", None), "BOTTLE": ("300", None)}[material]
        limit = {"retest" if material == "ACT" else "expiry": day_after(law.today, self.choice([40, 90, 200, 400]))}
        return None, ("tech.a", "lot receive", {"material": material, "supplier": "FOURN", "manufacturer": "Fabricant fictif", "supplier-lot": f"L{self.randint(1, 10**9)}",
                                                "quantity": whole, "price": self.choice(["100 EUR", "86.40 EUR"]), "certificate-reference": "CoA",
                                                **({"containers": parts} if parts and self.chance(0.5) else {}), **limit})

    def make(self, batch):
        law, b = self.law, batch["number"]
        step = law.next_step(batch)
        if step == "PESEES":
            component = law.unready(batch)
            if component:
                return self.weigh(batch, component)
        if step == "MELANGE":
            values, wrong = self.choice([(["durée=10", "tamis intact=yes"], False)] * 5 + [(["durée=14", "tamis intact=yes"], True)])
            return self.choice(MAKERS), "step record", {"batch": b, "step": step, "values": values, **({"deviation": "Trop long"} if wrong else {})}
        if step != "REMPLIR":
            return self.choice(MAKERS), "step record", {"batch": b, "step": step}
        due = batch["units"] + 2 - law.shells_left(batch)
        if law.shells_left(batch) < batch["units"]:
            return self.issue(batch, "SHELL", due)
        if self.chance(0.15) and law.powder_left(batch) > 10**8:
            return self.choice(MAKERS), "loss record", {"batch": b, "kind": "powder-residue", "quantity": "0.04 g", "cause": "Fond"}
        return self.choice(MAKERS), "batch fill", {"batch": b, "units": str(batch["units"] - self.randint(0, batch["loss"]))}

    def weigh(self, batch, component):
        law = self.law
        balance = "BAL-A" if component == "ACT" else "BAL-B"
        if not law.equipment[balance]["checks"].get(law.today):
            return "tech.a", "equipment check", {"equipment": balance, "weight": "20 g", "reading": "20 g"}
        container, line = self.supply(component, batch["units"] * 10**8)
        if line:
            return line
        portion = {"portion": "0.5 g" if component == "ACT" else "2 g"} if self.chance(0.12) else {}
        return self.choice(MAKERS), "weighing open", {"batch": batch["number"], "component": component, "container": container, "balance": balance,
                                                       "aspect-seen": "yes", "label-seen": "yes", **portion}

    def issue(self, batch, component, units):
        container, line = self.supply(component, units)
        return line or (self.choice(MAKERS), "issue record", {"batch": batch["number"], "component": component, "container": container, "units": str(units),
                                                              "aspect-seen": "yes", "label-seen": "yes"})

    def finish(self, batch):
        law, b = self.law, batch["number"]
        step = law.next_step(batch)
        if step == "REMPLIR" or (step == "VIDE2" and law.cleared(batch, "packaging")) or (step == "FLACONS" and batch["conforming"] is not None):
            return self.choice(MAKERS), "step record", {"batch": b, "step": step}
        if batch["conforming"] is None:
            return self.bulk(batch)
        if batch["expiry"] < law.today or self.chance(0.004):
            return self.choice(DECIDERS), "batch refuse", {"batch": b, "reason": "Refusé"}
        return self.judge(batch)

    def bulk(self, batch):
        law, b = self.law, batch["number"]
        taken = {code for s in law.of(law.samples, batch) if s["purpose"] == "control" for code in s["for"]}
        for destinations in (["MASSE", "TENEUR"], ["TAMC"]):
            if not taken & set(destinations):
                return "tech.a", "sample take", {"batch": b, "destinations": destinations, "units": str(sum(UNITS[c] for c in destinations if c not in SHARES))}
        if not any(s["purpose"] == "reserve" for s in law.of(law.samples, batch)):
            return "tech.b", "sample take", {"batch": b, "purpose": "reserve", "destinations": ["TENEUR"], "units": str(RESERVE)}
        if self.chance(0.1) and law.left(batch) > sum(batch["requests"].values()):
            return "tech.a", "loss record", {"batch": b, "kind": self.choice(["capsules-rejected", "capsules-lost"]), "quantity": "1", "cause": "Tombée"}
        units = list(batch["requests"].values())
        over = law.left(batch) - sum(units)
        if over < 0 and not law.accepted(batch, "bottles"):
            return "tech.a", "deviation open", {"batch": b, "subject": "bottles", "class": "major", "description": "Il en manque"}
        bottles = [n for n in units if n] + ([over] if over > 0 else []) if over >= 0 else [law.left(batch)]
        if sum(n["units"] for n in law.of(law.samples, batch) if n["purpose"] == "reserve") < RESERVE and not law.accepted(batch, "reserve"):
            return "tech.a", "deviation open", {"batch": b, "subject": "reserve", "class": "major", "description": "Réserve entamée"}
        if not any(n["component"] == "BOTTLE" for n in law.of(law.issues, batch)):
            return self.issue(batch, "BOTTLE", len(bottles))
        return self.choice(MAKERS), "batch package", {"batch": b, "units": [str(n) for n in bottles]}

    def judge(self, batch):
        """Labels, results, balances, certificate, decision."""
        law, b = self.law, batch["number"]
        for bottle in law.of(law.bottles, batch):
            if not law.bottle_state(bottle) and not law.live("bottle", bottle["number"]):
                return "tech.a", "label print", {"kind": "bottle", "number": [n["number"] for n in law.of(law.bottles, batch) if not law.bottle_state(n) and not law.live("bottle", n["number"])]}
        for control in ("MASSE", "DOSAGE", "TENEUR"):
            line = self.result(batch, control)
            if line:
                return line
        left = law.shells_left(batch)
        if "shells" not in batch["reconciled"] and left > 0:
            issue = next((n for n in law.of(law.issues, batch) if n["component"] == "SHELL"), None)
            if issue and self.chance(0.3):
                return "tech.a", "stock return", {"issue": issue["number"], "quantity": str(min(left, issue["units"])), "reason": "Sachet non ouvert"}
            return "tech.a", "loss record", {"batch": b, "kind": "shells-destroyed", "quantity": str(left), "cause": "Restes"}
        missing = [kind for kind in ("powder", "shells", "capsules", "labels") if kind not in batch["reconciled"]]
        if missing:
            return self.choice(MAKERS), "batch reconcile", {"batch": b, "kinds": missing} if len(missing) < 4 else {"batch": b}
        if not law.certified(batch):
            return "control.p", "certificate sign", {"batch": b, **({"reason": "Nouveau résultat"} if batch["certified"] else {})}
        if batch["held"]:
            return self.lift(batch)
        for kind, good in batch["reconciled"].items():
            if not good and not law.accepted(batch, f"reconciliation/{kind}"):
                return self.choice(DECIDERS), "batch refuse", {"batch": b, "reason": "Bilan"}
        verdicts = [n["verdict"] for n in law.of(law.results, batch) if n["state"] != "invalidated"]
        refused = any(d["decision"] == "refuse-batch" for d in law.of(law.deviations, batch))
        if refused or "does not comply" in verdicts or self.chance(0.04):
            return self.choice(DECIDERS), "batch refuse", {"batch": b, "reason": "Refusé"}
        return self.choice(DECIDERS), "batch release", {"batch": b, **({"reason": "Vu"} if self.chance(0.2) else {})}

    def result(self, batch, control):
        law, b = self.law, batch["number"]
        standing = law.standing(batch, control)
        awaited = [s for s in law.of(law.samples, batch) if s["purpose"] == "control" and s["received"] is None and {control, SHARES.get(control)} & set(s["for"])]
        if not standing and awaited:
            return self.receive(awaited[0])
        if not standing:
            return "control.a", "result open", {"batch": b, "control": control, "analysed-on": law.today}
        n = standing[-1]
        if n["state"] == "verified" and n["verdict"] == "test 20 more":
            return self.continued(batch, n)
        if n["state"] == "verified":
            return None
        if n["state"] == "open":
            for series in ("gross", "shell", "value"):
                missing = law.expected(n, series) - len(law.series_of(n, series))
                if missing > 0:
                    return n["by"], "result append", {"result": n["number"], "series": series, "values": self.values(batch, n, series, missing)}
            if not n["document"] or self.chance(0.3):
                return n["by"], "result attach", {"result": n["number"], "document": "raw-1.txt"}
            return n["by"], "result close", {"result": n["number"]}
        if n["verdict"] == "test 20 more":
            return self.continued(batch, n)
        who = [p for p in ("control.b", "control.a", "pharma.b") if p not in {n["by"]} | {v["by"] for v in n["values"]} | n["amenders"] | batch["operators"]]
        return who[0] if who else "control.b", "result verify", {"result": n["number"], "document": n["document"] or "raw-1.txt"}

    def continued(self, batch, n):
        reserve = [s for s in self.law.of(self.law.samples, batch) if s["purpose"] == "reserve"]
        if reserve and reserve[0]["received"] is None:
            return self.receive(reserve[0])
        enough = any(self.law.in_sample(s) >= 20 for s in reserve)
        if enough and self.chance(0.8):
            return n["by"], "result continue", {"result": n["number"]}
        return self.choice(DECIDERS), "batch refuse", {"batch": batch["number"], "reason": "Essai non conclu"}

    def values(self, batch, n, series, missing):
        control = n["control"]
        if series == "shell":
            return [str(self.choice([48, 49, 50])) + ".0" for _ in range(missing)]
        if series == "gross":
            units = batch["filled"] or 1
            content = self.law.powder_left(batch) / 10**6 / units if self.chance(0.95) else 80
            wild = self.chance(0.03)
            return [f"{49 + content + self.uniform(-1, 1) * (30 if wild else 2):.1f}" for _ in range(missing)]
        bad = self.chance(0.08 if control == "TENEUR" else 0.03)
        if n["stage"] == 2:
            return [self.choice(["30.0", "29.8", "30.3"]) if not bad else self.choice(["18.0", "30.0"]) for _ in range(missing)]
        return (BAD if bad else GOOD)[control][:missing]

    # After the release

    def after_release(self, batch):
        law, b = self.law, batch["number"]
        if batch["state"] == "released" and batch["held"] and self.chance(0.7):
            return self.lift(batch)
        if batch["state"] == "released" and (law.overdue(batch) or self.chance(0.1)):
            line = self.result(batch, "TAMC")
            if line:
                return line
        for bottle in law.of(law.bottles, batch):
            if batch["state"] == "released" and not law.labelled(bottle["number"]) and not law.bottle_state(bottle) and not bottle["dispensing"] and law.state_of(batch) == "released":
                live = [n for n in law.live("bottle", bottle["number"]) if n["state"] == "printed"]
                if live:
                    return "tech.a", "label settle", {"label": [n["number"] for n in live], "state": "applied"}
                return "tech.a", "label print", {"kind": "bottle", "number": [bottle["number"]], "reason": "Libéré"}
        line = self.bottle(batch)
        if line:
            return line
        if not batch["sheet"]:
            if not batch["work"]:
                return "tech.a", "work declare", {"batch": b, "person": "tech.a", "grade": "technician", "activity": "préparation", "minutes": self.choice(["60", "95"])}
            return self.choice(DECIDERS), "cost freeze", {"batch": b}
        return self.counter(batch)

    def counter(self, batch):
        law, b = self.law, batch["number"]
        for d in law.of(law.dispensings, batch):
            if d["state"] in ("confirmed", "checked"):
                return self.dispense(batch, d)
        for number in {**batch["requests"], **batch["moved-in"]}:
            if batch["state"] == "released" and law.requests[number]["state"] == "accepted" and law.share_left(batch, law.requests[number]) > 0 and law.state_of(batch) == "released":
                return self.choice(DECIDERS), "dispensing confirm", {"request": number, "batch": b, "reason": "Fin de traitement"} if self.chance(0.3) else {"request": number, "batch": b}
        here, kept, given_up = law.free(batch)
        asking = [q for q in list(law.requests.values())[-8:] if q["state"] == "accepted" and law.lacking(q) > 0]
        if batch["state"] == "released" and here > kept and asking and self.chance(0.1):
            request, gone = self.choice(asking), [n for n in batch["requests"] if law.requests[n]["state"] in ("withdrawn", "served") and law.promised_left(batch, n) > 0]
            return self.choice(DECIDERS), "batch reattribute", {"batch": b, "request": request["number"], "units": str(min(here - kept, law.lacking(request))), "reason": "Reste",
                                                                **({"from-request": gone[0]} if gone else {})}
        done = [d for d in law.of(law.dispensings, batch) if d["state"] == "handed-over" and d["back"] + d["lost"] < d["units"]]
        if done and self.chance(0.1):
            if self.chance(0.3):
                return "dispense.p", "dispensing report-loss", {"dispensing": done[0]["number"], "units": "1", "reported-by": "Un proche", "reason": "Égarée"}
            return "dispense.p", "dispensing return", {"dispensing": done[0]["number"], "units": "1", "reason": "Arrêt"}
        if batch["state"] == "released" and self.chance(0.05):
            return self.choice(DECIDERS), "batch recall", {"batch": b, "reason": "Rappel"}
        left = [n["units"] for n in law.of(law.bottles, batch) if not n["destroyed"] and not n["ended"] and not n["dispensing"]]
        if left and batch["destruction"]:
            return "tech.b" if batch["destruction"]["by"] != "tech.b" else "tech.a", "batch witness-destruction", {"batch": b, "units": str(sum(left))}
        if left and self.chance(0.2):
            return "pharma.b", "batch destroy", {"batch": b, "units": str(sum(left)), "reference": "BD-2"}
        return ("chief", "batch annotate", {"batch": b, "text": "Note"}) if self.chance(0.05) else None

    def dispense(self, batch, d):
        law, number = self.law, d["number"]
        if self.chance(0.04):
            return "dispense.p", "dispensing cancel", {"dispensing": number, "reason": "Arrêt"}
        if d["state"] == "checked":
            return "dispense.p", "dispensing hand-over", {"dispensing": number}
        labels = law.live("dispensing", number)
        if not labels:
            return "tech.a", "label print", {"kind": "dispensing", "number": [number]}
        printed = [n["number"] for n in labels if n["state"] == "printed"]
        if printed:
            return "tech.a", "label settle", {"label": printed, "state": "applied"}
        held = sorted(d["bottles"], key=lambda n: law.bottles[n]["rank"])
        for at, bottle in enumerate(held):
            if not law.scanned(d, bottle):
                label = next((n["number"] for n in labels if n["copy"] == at), labels[0]["number"])
                return "tech.a", "dispensing scan", {"dispensing": number, "bottle": bottle, "label": label}
        return "dispense.p", "dispensing check", {"dispensing": number}
