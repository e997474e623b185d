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
            if b["opening"] and not b["opening"]["verified"]:
                return self.choice([p for p in SECONDS if p != b["opening"]["by"]]), "bottle verify-opening", {"bottle": b["number"], "units": [str(n) for n in b["opening"]["into"]]}
        here = [b for b in law.of(law.bottles, batch) if not law.bottle_state(b) and not b["dispensing"]]
        if not here or not self.chance(0.03):
            return None
        b = self.choice(here)
        if self.chance(0.3):
            return self.choice(DECIDERS), "bottle lose", {"bottle": b["number"], "kind": self.choice(["lost", "broken"]), "reason": "Tombé"}
        return self.choice(DECIDERS), "bottle open", {"bottle": b["number"], "units": str(self.choice([b["units"], max(1, b["units"] // 2)])), "broken": "0", "area": self.choice(law.areas),
                                                      "line-clearance": "Vide et propre", "reason": "Dose réduite"}
