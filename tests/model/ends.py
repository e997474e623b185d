"""How a batch ends without use: refused, abandoned, destroyed, recalled."""
from base import Rules
from making import FELL, SHARES, UNDER_WAY


class Ends:
    def check_settled(self, r, batch):
        r.when(any(w["state"] in ("open", "recorded") for w in self.of(self.weighings, batch)), "BATCH-31")
        r.when(any(not n["verified"] for n in self.of(self.issues, batch)), "BATCH-22")
        r.when(not self.no_label_printed(batch), "BATCH-39")
        r.stop()

    def destroy_left(self, batch, who):
        """Before filling all powder and shells are left, after it the shells that were not filled: they are destroyed with the batch."""
        powder, shells = self.powder_left(batch) if batch["filled"] is None else 0, self.shells_left(batch)
        if powder > 0:
            batch["losses"].append(("powder-residue", powder, who))
        if shells > 0:
            batch["losses"].append(("shells-destroyed", shells, who))
        if powder > 0 or shells > 0:
            batch["operators"].add(who)

    def do_batch_refuse(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], UNDER_WAY)
        if "reason" not in i:
            r.end("RELEASE-33")
        self.check_settled(r, batch)
        self.destroy_left(batch, who)
        self.decide(batch, "refused", "refusal")
        return {"state": "refused"}

    def do_batch_abandon(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], UNDER_WAY)
        if batch["held"] and not self.pharmacist(who):
            r.end("BATCH-03")
        self.check_settled(r, batch)
        self.destroy_left(batch, who)
        batch["state"] = "abandoned"
        return {"state": "abandoned"}

    def capsules_left(self, batch):
        """What is to be destroyed of a batch that nobody is given: the bulk or the bottles, the reserve not used, samples of no result."""
        opened = {n["control"] for n in self.of(self.results, batch)}
        opened |= {SHARES.get(code) for code in opened}
        units = batch["conforming"] if batch["conforming"] is not None else self.left(batch)
        units -= sum(b["units"] for b in self.of(self.bottles, batch) if b["ended"])
        for sample in self.of(self.samples, batch):
            if sample["purpose"] == "reserve":
                units += self.in_sample(sample)
            elif not opened & set(sample["for"]):
                units += self.in_sample(sample)
        return units

    def do_batch_destroy(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], ("refused", "abandoned", "released", "recalled"))
        if batch["state"] in ("released", "recalled"):
            return self.propose_destruction(r, batch, who, int(i["units"]))
        self.check_settled(r, batch)
        if int(i["units"]) != self.capsules_left(batch):
            r.end("BATCH-32")
        batch.update(state="destroyed", destroyed=int(i["units"]))
        for bottle in self.of(self.bottles, batch):
            bottle["destroyed"] = not bottle["ended"]
        return {"state": "destroyed"}

    def bottles_left(self, r, batch):
        r.when(any(d["state"] in ("confirmed", "checked") for d in self.of(self.dispensings, batch)), "BATCH-44")
        r.stop()
        rows = [b for b in self.of(self.bottles, batch) if not b["destroyed"] and not b["ended"] and not b["dispensing"]]
        if not rows:
            r.end("BATCH-45")
        return rows, sum(b["units"] for b in rows)

    def propose_destruction(self, r, batch, who, units):
        if not self.pharmacist(who) and self.state_of(batch) not in ("expired", "recalled"):
            r.end("BATCH-46")
        _, left = self.bottles_left(r, batch)
        if units != left:
            r.end("BATCH-32")
        batch["destruction"] = {"units": left, "by": who}
        return {"units": str(left), "state": "proposed"}

    def do_batch_witness_destruction(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], ("released", "recalled"))
        counted = batch["destruction"]
        if not counted:
            r.end("BATCH-48")
        rows, left = self.bottles_left(r, batch)
        r.when(counted["by"] == who, "BATCH-47")
        if counted["units"] != left:
            r.no("BATCH-50")
        elif int(i["units"]) != left:
            r.no("BATCH-49")
        r.stop()
        for bottle in rows:
            bottle["destroyed"] = True
        batch["destruction"] = None
        return {"destroyed": str(left), "state": "witnessed"}

    def do_batch_recall(self, who, i):
        batch = self.find_batch(Rules(), i["batch"], ("released",))
        batch["state"] = "recalled"
        batch["decisions"].append("recall")
        given = sum(d["units"] for d in self.of(self.dispensings, batch) if d["state"] == "handed-over")
        here = sum(b["units"] for b in self.of(self.bottles, batch) if not b["destroyed"] and not b["ended"])
        return {"state": "recalled", "units-dispensed": given, "units-here": here - given}

    def do_batch_annotate(self, who, i):
        batch = self.find_batch(Rules(), i["batch"], ("released", *FELL))
        batch["addenda"] += 1
        return {"batch": batch["number"]}
