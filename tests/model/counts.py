"""Counts that were entered wrongly: what was issued, filled, bottled, lost, sampled, received; and what the laboratory counts when it receives a sample."""
from base import Rules, euros, is_count, quantity
from making import RESERVE, SHARES, UNDER_WAY, UNITS


class Counts:
    def check_amended(self, r, who, was, now, used, author, turns=(True, True)):
        """Who may: the author until something stands on it, then a pharmacist. `turns`: good before, good after. A deviation opens where it was used or turns."""
        good_before, good_after = turns
        self.check_amendment(r, who, was != now, used or (not good_before and good_after), author)
        return used or not (good_before and good_after)

    def write_amended(self, batch, subject, who, opens, counted=False):
        """`counted`: the certificate states it, and is signed anew."""
        batch["amendments"].append({"subject": subject, "at": self.now, "counted": counted})
        batch["operators"].add(who)
        return {"deviation": self.open_deviation(batch, subject, who) if opens else None}

    def do_issue_amend(self, who, i):
        r = Rules()
        if i["issue"] not in self.issues:
            r.end("ISSUE-01")
        issue, units = self.issues[i["issue"]], int(i["units"])
        batch, container = self.batches[issue["batch"]], self.containers[issue["container"]]
        if batch["state"] not in UNDER_WAY:
            r.end("AMENDMENT-04")
        if units < 1:
            r.end("ISSUE-05")
        gone = -sum(quantity for moved, kind, quantity in self.moved.get(batch["number"], []) if moved is container and kind in ("issue", "return", "amendment"))
        if units < issue["units"] - gone:
            r.end("AMENDMENT-18")
        used = (batch["filled"] if issue["component"] == "SHELL" else batch["conforming"]) is not None
        opens = self.check_amended(r, who, issue["units"], units, used, issue["by"])
        more = units - issue["units"]
        if container["stock"] < more:
            r.end("ISSUE-06")
        done = self.write_amended(batch, issue["number"], who, opens)
        self.move(container, "amendment", -more, batch["number"])
        issue.update(units=units, verified=None)
        issue["amenders"].add(who)
        return {"units": units, "state": "recorded", **done}

    def do_batch_amend_filled(self, who, i):
        r = Rules()
        batch, units = self.find_batch(r, i["batch"]), int(i["units"])
        if batch["state"] not in UNDER_WAY:
            r.end("AMENDMENT-04")
        if batch["filled"] is None:
            r.end("AMENDMENT-11")
        taken = batch["filled"] - self.left(batch)
        if not 1 <= units <= batch["units"]:
            r.end("BATCH-15")
        if units > self.shells_left(batch) + batch["filled"]:
            r.end("BATCH-16")
        if units < taken:
            r.end("AMENDMENT-12")
        used, least = taken != 0 or bool(self.of(self.samples, batch)) or batch["conforming"] is not None, batch["units"] - batch["loss"]
        opens = self.check_amended(r, who, batch["filled"], units, used, batch["filler"], (batch["filled"] >= least, units >= least))
        kinds = ("powder", "shells", "capsules")
        self.check_again(r, batch, kinds)
        done = self.write_amended(batch, batch["number"], who, opens, counted=True)
        batch["filled"] = units
        return {"filled": units, **done, **self.again(batch, who, kinds)}

    def do_bottle_amend(self, who, i):
        r = Rules()
        if i["bottle"] not in self.bottles:
            r.end("BOTTLE-01")
        bottle, units = self.bottles[i["bottle"]], int(i["units"])
        batch = self.batches[bottle["batch"]]
        if batch["state"] not in UNDER_WAY:
            r.end("AMENDMENT-04")
        self.check_here(r, bottle)
        r.stop()
        if not 1 <= units <= batch["filled"]:
            r.end("AMENDMENT-13")
        opens = self.check_amended(r, who, bottle["units"], units, "capsules" in batch["reconciled"], batch["packager"])
        done = self.write_amended(batch, bottle["number"], who, opens, counted=True)
        batch["conforming"] += units - bottle["units"]
        bottle["units"] = units
        self.void_labels(bottle)  # they say the former number
        return {"units": units, "conforming": batch["conforming"], **done, **self.again(batch, who, ("capsules", "labels"))}

    def do_loss_amend(self, who, i):
        r = Rules()
        batch, rank = self.find_batch(r, i["batch"]), int(i["loss"])
        if batch["state"] not in UNDER_WAY:
            r.end("AMENDMENT-04")
        if not 1 <= rank <= len(batch["losses"]):
            r.end("AMENDMENT-14")
        kind, was, author = batch["losses"][rank - 1]
        now, powder = quantity(i["quantity"]), kind.startswith("powder")
        if now > 0 and is_count(i["quantity"]) == powder:
            r.end("LOSS-01")
        most = was + (self.powder_left(batch) if powder else self.left(batch) if kind.startswith("capsules") else self.shells_left(batch))
        if batch["conforming"] is not None:  # never more than there was
            most = (self.powder_left(batch) + self.lost(batch, "powder-residue") + self.lost(batch, "powder-spilled") if powder
                    else batch["filled"] if kind.startswith("capsules") else sum(n["units"] for n in self.of(self.issues, batch) if n["component"] == "SHELL"))
        if now > most:
            r.end("LOSS-04")
        matter = kind.split("-")[0]
        opens = self.check_amended(r, who, was, now, matter in batch["reconciled"], author)
        self.check_again(r, batch, (matter,))
        done = self.write_amended(batch, str(rank), who, opens)
        batch["losses"][rank - 1] = (kind, now, author)
        return {**done, **self.again(batch, who, (matter,))}

    # Samples

    @staticmethod
    def in_sample(sample):
        """Capsules that a sample still holds, as the laboratory counted them."""
        return (sample["units"] if sample["received"] is None else sample["received"]) - sample["used"]

    def find_sample(self, r, number):
        if number not in self.samples:
            r.end("SAMPLE-09")
        return self.samples[number], self.batches[self.samples[number]["batch"]]

    def do_sample_amend(self, who, i):
        r = Rules()
        sample, batch = self.find_sample(r, i["sample"])
        units, due = int(i["units"]), 0
        if batch["state"] not in UNDER_WAY:
            r.end("AMENDMENT-04")
        if sample["purpose"] == "control":
            due = sum(UNITS[code] for code in sample["for"] if code not in SHARES)
        r.when(units < 1 or units > (self.left(batch) + sample["units"] if batch["conforming"] is None else batch["filled"]), "SAMPLE-04")
        r.when(units < max(due, sample["used"]), "SAMPLE-05")
        r.when(sample["purpose"] == "reserve" and units > RESERVE, "SAMPLE-07")
        r.when(sample["received"] not in (None, units), "AMENDMENT-15")
        r.stop()
        used = batch["conforming"] is not None or sample["used"] > 0 or sample["received"] is not None
        used = used or any(n["control"] in sample["for"] for n in self.of(self.results, batch))
        opens = self.check_amended(r, who, sample["units"], units, used, sample["by"])
        done = self.write_amended(batch, sample["number"], who, opens, counted=True)
        sample["units"] = units
        return {"units": units, **done, **self.again(batch, who, ("capsules",))}

    def do_sample_receive(self, who, i):
        r = Rules()
        sample, batch = self.find_sample(r, i["sample"])
        units, differs = int(i["units"]), int(i["units"]) != sample["units"]
        later = "TAMC" in sample["for"]  # its result is due after the release
        if sample["received"] is not None:
            r.no("SAMPLE-11")
        elif batch["state"] != "quarantine" and not (later and batch["state"] == "released"):
            r.no("SAMPLE-10")
        if units > batch["filled"]:
            r.no("SAMPLE-17")
        else:
            r.when(differs and "reason" not in i, "SAMPLE-12")
            r.when(not differs and "reason" in i, "SAMPLE-18")
        r.stop()
        sample["received"] = units
        self.late_may_be(batch, who)
        deviation = self.open_deviation(batch, sample["number"], who) if differs and batch["state"] == "quarantine" else None
        return {"units": sample["units"], "received": units, "deviation": deviation}

    # What was received

    def do_lot_amend(self, who, i):
        r = Rules()
        lot = self.find_lot(r, i["lot"])
        after = dict(lot)
        for name in ("supplier-lot", "price"):
            if name in i:
                after[name] = euros(i[name]) if name == "price" else i[name]
        if "price" not in i and i.get("free-of-charge") == "yes":
            after["price"] = 0
        elif "price" in i:
            r.when(after["price"] == 0 and i.get("free-of-charge") != "yes", "LOT-36")
            r.when(after["price"] > 0 and i.get("free-of-charge") == "yes", "LOT-37")
        after["reference"] = lot["reference"] or "certificate-reference" in i
        if "expiry" in i or "retest" in i:
            kind = "expiry" if "expiry" in i else "retest"
            r.when("expiry" in i and "retest" in i, "LOT-25")
            r.when(not ("expiry" in i and "retest" in i) and lot["accepted-again"], "AMENDMENT-16")
            after.update(kind=kind, limit=i[kind])
        container, more = self.amended_container(r, lot, i)
        if after["supplier-lot"] != lot["supplier-lot"]:
            same = ("material", "supplier", "received-on")
            r.when(any(all(other[name] == lot[name] for name in same) and other["supplier-lot"] == after["supplier-lot"] for other in self.lots.where("material", lot["material"])), "LOT-10")
        r.stop()
        dated = (after["kind"], after["limit"]) != (lot["kind"], lot["limit"])
        changes = more != 0 or any(after[name] != lot[name] for name in ("supplier-lot", "price", "reference", "kind", "limit"))
        self.check_amendment(r, who, changes, lot["state"] != "quarantine", lot["by"])
        lot.update({name: after[name] for name in ("supplier-lot", "price", "reference", "kind", "limit")})
        if more:
            lot["quantity"] += more
            container["received"] += more
            self.move(container, "amendment", more)
        for batch in self.batches.values():
            if batch["state"] in ("in-preparation", "quarantine", "released", "recalled") and self.taken_for(batch["number"]).get(lot["number"], 0) > 0:
                if batch["state"] in ("released", "recalled"):
                    batch["addenda"] += 1
                else:
                    self.open_deviation(batch, lot["number"], who)
                    if dated and batch["filled"] is not None and self.expiry_of(batch) != batch["expiry"]:
                        batch["expiry"] = self.expiry_of(batch)
                        for bottle in self.of(self.bottles, batch):
                            self.void_labels(bottle)
        return {"lot": lot["number"]}

    def amended_container(self, r, lot, i):
        """The container whose quantity was entered wrongly, and how much more was in it."""
        if "quantity" not in i:
            return None, 0
        if lot["state"] == "destroyed":
            r.no("AMENDMENT-19")
            return None, 0
        if not self.check_fits(r, lot["material"], [i["quantity"]]):
            return None, 0
        held = self.containers.where("lot", lot["number"])
        container = next((c for c in held if c["number"] == i["container"]), None) if "container" in i else held[0] if len(held) == 1 else None
        if not container:
            r.no("AMENDMENT-17")
            return None, 0
        more = quantity(i["quantity"]) - container["received"]
        r.when(container["stock"] + more < 0, "STOCK-01")
        return container, more
