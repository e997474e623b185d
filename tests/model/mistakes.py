"""What goes wrong at random: counts and receptions entered wrongly, bottles opened or lost."""
from base import day_after, grams

SECONDS, DECIDERS = ["tech.b", "tech.a", "pharma.a"], ["pharma.b", "dispense.p", "chief", "resident.a"]


class Mistakes:
    def amendments(self, batch):
        """Counts that were entered wrongly, by whoever entered them or a pharmacist."""
        law, jobs, reason = self.law, [], {"reason": "Recompté"}
        for n in law.of(law.issues, batch)[-2:]:
            jobs.append(lambda n=n: (self.choice([n["by"], "pharma.b"]), "issue amend", {"issue": n["number"], "units": self.about_as_many(n["units"]), **reason}))
        if batch["filled"] is not None:
            jobs.append(lambda: (self.choice([batch["filler"], "pharma.b"]), "batch amend-filled", {"batch": batch["number"], "units": self.about_as_many(batch["filled"]), **reason}))
        for n in law.of(law.bottles, batch)[:2]:
            jobs.append(lambda n=n: (self.choice([batch["packager"], "pharma.b"]), "bottle amend", {"bottle": n["number"], "units": self.about_as_many(n["units"]), **reason}))
        for n in law.of(law.samples, batch)[:2]:
            jobs.append(lambda n=n: (self.choice([n["by"], "pharma.b"]), "sample amend", {"sample": n["number"], "units": self.about_as_many(n["units"]), **reason}))
        for rank, (kind, quantity, by) in enumerate(batch["losses"], 1):
            now = grams(max(0, quantity + self.choice([-1, 1]) * 10**7)) if kind.startswith("powder") else self.about_as_many(quantity)
            jobs.append(lambda rank=rank, now=now, by=by: (self.choice([by, "pharma.b"]), "loss amend", {"batch": batch["number"], "loss": str(rank), "quantity": now, **reason}))
        return self.sample(jobs, min(2, len(jobs)))

    def said_otherwise(self, batch):
        """What became of a label, the hour of a late entry."""
        law, jobs = self.law, []
        settled = [n for n in law.labels_of(batch) if n["state"] in ("applied", "specimen", "spoiled", "destroyed")]
        if settled:
            n = self.choice(settled)
            state = self.choice(["applied", "specimen", "spoiled", "destroyed"])
            jobs.append(lambda: (self.choice([n["by"], "pharma.b"]), "label amend", {"label": n["number"], "state": state, "reason": "Lue à tort"}))
        for n in law.of(law.late, batch)[-1:]:
            jobs.append(lambda n=n: (self.choice([n["by"], "pharma.b"]), "late-entry amend", {"late-entry": n["number"], "reason": "Mal lu", **self.choice([
                {"paper-form": "Fiche 3"}, {"done-at": day_after(law.today, -1) + "T01:00:00Z"}, {"done-at": n["done"][:-2] + "9Z"}])}))
        return jobs

    def about_as_many(self, units):
        return str(max(0, units + self.choice([-1, 1, 1, 2])))

    def amended_lots(self):
        law, jobs = self.law, []
        for lot in list(law.lots.values())[-3:]:
            more = self.choice([{"price": "91.10 EUR"}, {"supplier-lot": f"L{self.randint(1, 10**9)}"}, {"retest" if lot["kind"] == "retest" else "expiry": day_after(law.today, 120)}])
            held = law.containers.where("lot", lot["number"])
            if self.chance(0.4):
                c = self.choice(held)
                more = {"container": c["number"], "quantity": self.written(c, c["received"] + (1 if law.unit(lot["material"]) == "count" else 10**6))}
            jobs.append(lambda lot=lot, more=more: (self.choice([lot["by"], "pharma.b"]), "lot amend", {"lot": lot["number"], "reason": "Étiquette relue", **more}))
        return jobs

    def bottle(self, batch):
        """Now and then one is opened for a shorter treatment, or lost."""
        law = self.law
        for b in law.of(law.bottles, batch):
            if b["opening"] and not b["opening"]["verified"] and self.chance(0.3):
                into = b["opening"]["into"]
                return self.choice([b["opening"]["by"], "pharma.b"]), "bottle amend-opening", {"bottle": b["number"], "reason": "Recompté", **self.choice([
                    {"units": [str(into[0] - 1), *map(str, into[1:])], "broken": str(b["opening"]["broken"] + 1)}, {"units": list(map(str, reversed(into)))}])}
            if b["ended"] == "lost" and self.chance(0.03):
                return self.choice(DECIDERS), "bottle find", {"bottle": b["number"], "units": str(b["units"]), "found-how": "Armoire 2 ; scellé intact"}
            if b["opening"] and not b["opening"]["verified"]:
                return self.choice([p for p in SECONDS if p not in {b["opening"]["by"]} | b["opening"]["amenders"]] or ["resident.a"]), "bottle verify-opening", {"bottle": b["number"], "units": [str(n) for n in b["opening"]["into"]]}
        here = [b for b in law.of(law.bottles, batch) if not law.bottle_state(b) and not b["dispensing"]]
        if not here or not self.chance(0.03):
            return None
        b = self.choice(here)
        if self.chance(0.3):
            return self.choice(DECIDERS), "bottle lose", {"bottle": b["number"], "kind": self.choice(["lost", "broken"]), "reason": "Tombé"}
        return self.choice(DECIDERS), "bottle open", {"bottle": b["number"], "units": str(self.choice([b["units"], max(1, b["units"] // 2)])), "broken": "0", "area": self.choice(law.areas),
                                                      "line-clearance": "Vide et propre", "reason": "Dose réduite"}
