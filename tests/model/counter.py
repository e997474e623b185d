"""Cost, dispensing, labels and registers."""
from fractions import Fraction

from base import Rules, Table, day_after, euros, half_away
from making import UNDER_WAY

LABOUR, HOOD, OVERHEAD = euros("30.00 EUR"), euros("12.00 EUR"), Fraction(20)  # an hour, an hour, percent of labour
CENT = 10**4


class Counter:
    def begin_counter(self):
        self.dispensings = Table("batch", "request")
        self.labels = Table("batch", ("kind", "subject"))
        self.registers = []      # (book, year, ordinal, number, kind, batch)
        self.counts = {}         # of numbers given, by series and year

    # Numbers

    def series(self, prefix):
        key = f"{prefix}{self.today[2:4]}-"
        self.counts[key] = self.counts.get(key, 0) + 1
        return f"{key}{self.counts[key]:04d}"

    def next_number(self, book):
        """The next of the book and the year, without gap."""
        year = self.today[:4]
        return f"{year}/{self.counts.get((book, year, 'entry'), 0) + 1:04d}"

    def enter(self, book, number, kind, batch):
        year = self.today[:4]
        for what in ("line", kind):
            self.counts[book, year, what] = self.counts.get((book, year, what), 0) + 1
        self.registers.append((book, year, self.counts[book, year, "line"], number, kind, batch))

    # Cost

    def open_cost(self, r, number):
        if number not in self.batches:
            r.no("BATCH-01")
            return None
        batch = self.batches[number]
        if batch["sheet"]:
            r.no("COST-02")
        elif batch["state"] == "cancelled":
            r.no("COST-03")
        return batch

    def do_work_declare(self, who, i):
        r = Rules()
        batch = self.open_cost(r, i["batch"])
        r.when(i["person"] not in self.people, "PERSON-01")
        r.when(i["grade"] != "technician", "COST-04")
        r.when(not 1 <= int(i["minutes"]) <= 10000, "COST-07")
        r.stop()
        line = (i["person"], i["activity"], int(i["minutes"]))
        if line in batch["work"] and "reason" not in i:
            r.end("COST-13")
        batch["work"].append(line)
        return {"batch": i["batch"]}

    def do_equipment_use_declare(self, who, i):
        r = Rules()
        batch = self.open_cost(r, i["batch"])
        r.when(i["rate"] != "hood", "COST-04")
        hours = Fraction(i["hours"])
        r.when(not 0 < hours <= 1000 or (hours * 1000).denominator != 1, "COST-08")
        r.stop()
        batch["equipment-use"].append(hours)
        return {"batch": i["batch"]}

    def do_purchase_declare(self, who, i):
        r = Rules()
        batch = self.open_cost(r, i["batch"])
        r.when(not 0 < euros(i["amount"]) <= 10**14, "COST-09")
        r.stop()
        batch["purchases"].append(euros(i["amount"]))
        return {"batch": i["batch"]}

    def do_cost_freeze(self, who, i):
        r = Rules()
        batch = self.open_cost(r, i["batch"])
        r.stop()
        if batch["state"] not in ("released", "recalled", "refused", "abandoned", "destroyed"):
            r.end("COST-10")
        if batch["state"] == "released" and batch["conforming"] < 1:
            r.end("COST-11")
        if not batch["work"] and "reason" not in i:
            r.end("COST-14")
        total = int(half_away(self.cost(batch), Fraction(CENT)))
        batch["sheet"] = {"total": total, "dispensable": batch["conforming"] if batch["state"] == "released" else 0}
        return {"total": total, "dispensable": batch["sheet"]["dispensable"]}

    def cost(self, batch):
        """Exact micro-euros: what was taken of each lot at the lot's price, its share of the lot's own analyses where the site says so,
        work, equipment, purchases, and a share of the work."""
        sums = Fraction(0)
        for number, used in self.taken_for(batch["number"]).items():
            lot = self.lots[number]
            sums += Fraction(lot["price"] * used, lot["quantity"])
            usable = lot["quantity"] - lot["sampled"]
            if self.setting("lot-analysis-amortised") == "yes" and lot["analyses"] and usable > 0:
                sums += Fraction(lot["analyses"] * used, usable)
        labour = sum(Fraction(minutes * LABOUR, 60) for _, _, minutes in batch["work"])
        return sums + labour * (1 + OVERHEAD / 100) + sum(hours * HOOD for hours in batch["equipment-use"]) + sum(batch["purchases"])

    # Dispensing

    def find_dispensing(self, r, number, states):
        if number not in self.dispensings:
            r.end("DISPENSING-01")
        d = self.dispensings[number]
        if d["state"] not in states:
            r.end("DISPENSING-02")
        return d, self.batches[d["batch"]]

    def check_dispensable(self, r, batch):
        r.when(batch["state"] != "released", "DISPENSING-05")
        r.when(batch["held"], "DISPENSING-06")
        r.when(self.overdue(batch), "DISPENSING-35")
        r.when(batch["expiry"] and batch["expiry"] < self.today, "DISPENSING-07")

    def fits_expiry(self, batch, request, units):
        return not batch["expiry"] or day_after(self.today, (units - 1) // request["daily"]) <= batch["expiry"]

    def check_its_batch(self, r, d):
        own = Rules()
        batch = self.batches[d["batch"]]
        self.check_dispensable(own, batch)
        if not own.found and not d["late-reason"] and not self.fits_expiry(batch, self.requests[d["request"]], d["units"]):
            own.no("DISPENSING-33")
        r.found += own.found

    def labelled(self, bottle):
        return any(n["state"] == "applied" and n["shown"] == "released" for n in self.labels.where(("kind", "subject"), ("bottle", bottle)))

    def given(self, **wanted):
        first = next(iter(wanted))
        return [d for d in self.dispensings.where(first, wanted[first]) if d["state"] != "cancelled" and all(d[name] == value for name, value in wanted.items())]

    def do_dispensing_confirm(self, who, i):
        r = Rules()
        request = self.find_request(r, i["request"])
        batch = self.batches.get(i["batch"])
        r.when(not batch, "BATCH-01")
        r.when(request and request["state"] != "accepted", "DISPENSING-08")
        if batch:
            self.check_dispensable(r, batch)
        r.stop()
        due, charge = self.quote(r, request, batch)
        r.when(not self.fits_expiry(batch, request, due) and "reason" not in i, "DISPENSING-32")
        chosen = self.choose(r, batch, due, i.get("bottles"))
        number = self.next_number("dispensing")
        self.dispensings[number] = {"number": number, "batch": batch["number"], "request": request["number"], "units": due, "charged": charge,
                                    "state": "confirmed", "bottles": {b: None for b in chosen}, "late-reason": "reason" in i, "back": 0, "lost": 0}
        for bottle in chosen:
            self.bottles[bottle]["dispensing"] = number
        self.enter("dispensing", number, "entry", batch["number"])
        return {"dispensing": number, "units": due, "charged": charge, "bottles": chosen}

    def quote(self, r, request, batch):
        """Units due, and what they are charged: running balance, so that all charges together come to the cost."""
        if not batch["sheet"]:
            r.end("DISPENSING-16")
        if request["number"] not in {**batch["requests"], **batch["moved-in"]}:
            r.end("DISPENSING-09")
        due = self.share_left(batch, request)
        here = self.free(batch)[0]
        due = min(due, here) if here > 0 else due
        if due <= 0:
            r.end("DISPENSING-41" if sum(d["units"] for d in self.given(request=request["number"])) < request["units"] else "DISPENSING-17")
        before = self.given(batch=batch["number"])
        so_far, sheet = sum(d["units"] for d in before) + due, batch["sheet"]
        if so_far > sheet["dispensable"] or so_far > batch["conforming"]:
            r.end("DISPENSING-40")
        whole = int(half_away(Fraction(sheet["total"] * so_far, sheet["dispensable"]), Fraction(CENT)))
        return due, max(0, whole - sum(d["charged"] for d in before))

    def choose(self, r, batch, due, given):
        mine = sorted(self.of(self.bottles, batch), key=lambda b: b["rank"])
        chosen = []
        if given:
            for number in given:
                bottle = next((b for b in mine if b["number"] == number), None)
                if not bottle:
                    r.no("DISPENSING-10")
                elif bottle["destroyed"]:
                    r.no("DISPENSING-11")
                elif bottle["ended"]:
                    r.no("DISPENSING-37")
                elif self.unverified(bottle):
                    r.no("DISPENSING-38")
                elif bottle["dispensing"]:
                    r.no("DISPENSING-12")
                elif number in chosen:
                    r.no("DISPENSING-13")
                else:
                    chosen.append(number)
        else:
            left = due
            for bottle in mine:
                if not self.bottle_state(bottle) and not bottle["dispensing"] and bottle["units"] <= left:
                    chosen.append(bottle["number"])
                    left -= bottle["units"]
        r.stop()
        r.when(any(not self.labelled(number) for number in chosen), "DISPENSING-26")
        if not given and not self.free(batch)[0]:
            r.end("DISPENSING-40")
        r.when(sum(self.bottles[number]["units"] for number in chosen) != due, "DISPENSING-14" if given else "DISPENSING-15")
        r.stop()
        return chosen

    def scanned(self, d, bottle):
        label = d["bottles"][bottle]
        return bool(label) and self.labels[label]["state"] == "applied"

    def do_dispensing_scan(self, who, i):
        r = Rules()
        d, _ = self.find_dispensing(r, i["dispensing"], ("confirmed",))
        self.check_its_batch(r, d)
        r.stop()
        bottle, number = i["bottle"], i["label"]
        for wrong, rule in ((bottle not in self.bottles, "DISPENSING-20"), (bottle not in d["bottles"], "DISPENSING-21")):
            if wrong:
                self.near = "wrong-container"
                r.end(rule)
        if self.scanned(d, bottle):
            r.end("DISPENSING-22")
        if not self.labelled(bottle):
            r.end("DISPENSING-26")
        label = self.labels.get(number)
        if not label or (label["kind"], label["subject"]) != ("dispensing", d["number"]):
            self.near = "wrong-container"
            r.end("DISPENSING-28" if label else "DISPENSING-27")
        if label["state"] != "applied":
            r.end("DISPENSING-29")
        if number in d["bottles"].values():
            r.end("DISPENSING-30")
        held = sorted(d["bottles"], key=lambda b: self.bottles[b]["rank"])
        if label["copy"] < len(held) and held[label["copy"]] != bottle:
            self.near = "wrong-container"
            r.end("DISPENSING-31")
        d["bottles"][bottle] = number
        return {"bottle": bottle, "label": number}

    def do_dispensing_check(self, who, i):
        r = Rules()
        d, _ = self.find_dispensing(r, i["dispensing"], ("confirmed",))
        self.check_its_batch(r, d)
        r.when(any(not self.labelled(b) for b in d["bottles"]), "DISPENSING-26")
        r.when(any(not self.scanned(d, b) for b in d["bottles"]), "DISPENSING-23")
        labels = self.labels.where(("kind", "subject"), ("dispensing", d["number"]))
        r.when(any(n["state"] == "printed" for n in labels), "DISPENSING-24")
        r.when(sum(n["state"] == "applied" for n in labels) < len(d["bottles"]), "DISPENSING-25")
        r.stop()
        d["state"] = "checked"
        return {"state": "checked"}

    def do_dispensing_hand_over(self, who, i):
        r = Rules()
        d, _ = self.find_dispensing(r, i["dispensing"], ("checked",))
        self.check_its_batch(r, d)
        r.stop()
        d["state"] = "handed-over"
        request = self.requests[d["request"]]
        handed = sum(n["units"] for n in self.dispensings.where("request", d["request"]) if n["state"] == "handed-over")
        if handed >= request["units"] and request["state"] == "accepted":
            request["state"] = "served"
        return {"state": "handed-over"}

    def do_dispensing_return(self, who, i):
        r = Rules()
        d, _ = self.find_dispensing(r, i["dispensing"], ("handed-over",))
        if not 1 <= int(i["units"]) <= d["units"] - d["back"] - d["lost"]:
            r.end("DISPENSING-36")
        d["back"] += int(i["units"])
        return {"left": d["units"] - d["back"] - d["lost"]}

    def do_dispensing_cancel(self, who, i):
        r = Rules()
        d, _ = self.find_dispensing(r, i["dispensing"], ("confirmed", "checked"))
        d["state"] = "cancelled"
        for bottle in d["bottles"]:
            self.bottles[bottle]["dispensing"] = None
        self.enter("dispensing", d["number"], "strike", d["batch"])
        for label in self.labels.where(("kind", "subject"), ("dispensing", d["number"])):
            if label["state"] in ("printed", "applied", "specimen"):
                label["state"] = "void"
        return {"state": "cancelled"}

    # Labels

    def labels_of(self, batch):
        """Those that bear the number of a batch; a patient's label is counted with its dispensing."""
        return self.labels.where("batch", batch["number"])

    def live(self, kind, number):
        return [n for n in self.labels.where(("kind", "subject"), (kind, number)) if n["state"] in ("printed", "applied")]

    def about(self, r, kind, number):
        """The batch whose labels it counts among, the state it shows, how many copies."""
        rows = {"container": self.containers, "sample": self.samples, "retained-sample": self.samples, "intermediate": self.weighings,
                "bottle": self.bottles, "dispensing": self.dispensings}[kind]
        if number not in rows:
            r.end("LABEL-01")
        thing = rows[number]
        if kind == "container":
            return None, self.lots[thing["lot"]]["state"], 1
        batch = self.batches[thing["batch"]]
        if kind == "intermediate":
            if thing["state"] not in ("recorded", "verified"):
                r.end("LABEL-09")
            return batch["number"], "verified" if thing["state"] == "verified" else "to-be-verified", 1
        if kind == "bottle" and self.bottle_state(thing):
            r.end("LABEL-11" if thing["destroyed"] else "LABEL-14" if thing["ended"] else "LABEL-15")
        if kind == "bottle" and thing["dispensing"] and self.dispensings[thing["dispensing"]]["state"] == "handed-over":
            r.end("LABEL-10")
        if kind == "dispensing":
            if thing["state"] != "confirmed":
                r.end("LABEL-02")
            return None, thing["state"], len(thing["bottles"])
        if kind == "retained-sample" and thing["purpose"] != "reserve":
            r.end("LABEL-03")
        return batch["number"], self.state_of(batch), 1

    def prepare_label_print(self, who, i):
        r = Rules()
        for number in i["number"]:
            self.about(r, i["kind"], number)
            if self.live(i["kind"], number) and "reason" not in i and i.get("specimen") != "yes":
                r.end("LABEL-04")
            if i["kind"] == "dispensing" and i.get("specimen") != "yes":
                self.check_its_batch(r, self.dispensings[number])
                r.stop()

    def do_label_print(self, who, i):
        specimen, made = i.get("specimen") == "yes", []
        about = {number: self.about(Rules(), i["kind"], number) for number in i["number"]}
        for number in i["number"] if not specimen else ():
            for label in self.live(i["kind"], number):
                label["state"] = "void"
        for number in i["number"]:
            batch, shown, copies = about[number]
            for copy in range(copies):
                name = f"E{self.today[2:4]}-{len(self.labels) + 1:04d}"
                self.labels[name] = {"number": name, "kind": i["kind"], "subject": number, "batch": batch, "shown": shown, "copy": copy,
                                     "state": "specimen" if specimen else "printed", "by": who, "printed": self.now, "settled": False}
                made.append(name)
        again, told = {}, set()
        for number in made:
            batch = self.labels[number]["batch"]
            if batch and batch not in told:
                told.add(batch)
                again.update(self.labels_again(self.batches[batch], who))
        return {"labels": made, **again}

    def do_label_settle(self, who, i):
        r = Rules()
        r.when(i["state"] in ("spoiled", "destroyed") and "reason" not in i, "LABEL-06")
        for at, number in enumerate(i["label"]):
            if number in self.labels and number in i["label"][:at]:
                r.end("LABEL-18")
            r.when(number not in self.labels, "LABEL-05")
            r.when(number in self.labels and self.labels[number]["state"] != "printed", "LABEL-07")
        r.stop()
        figures, told = {}, set()
        for number in i["label"]:
            self.labels[number].update(state=i["state"], by=who, settled=True)
        for number in i["label"]:
            batch = self.labels[number]["batch"]
            if batch and batch not in told:
                told.add(batch)
                figures.update(self.labels_again(self.batches[batch], who))
        return {"labels": len(i["label"]), **figures}

    def labels_again(self, batch, who):
        """Once none waits any more, those of a batch in quarantine are reconciled again, if they were."""
        if batch["state"] != "quarantine" or not self.no_label_printed(batch):
            return {}
        return self.again(batch, who, ("labels",))

    def do_label_amend(self, who, i):
        r = Rules()
        if i["label"] not in self.labels:
            r.end("LABEL-05")
        label = self.labels[i["label"]]
        if label["state"] not in ("applied", "specimen", "spoiled", "destroyed"):
            r.end("LABEL-16")
        dispensing = self.dispensings[label["subject"]] if label["kind"] == "dispensing" else None
        batch = self.batches[label["batch"] or dispensing["batch"]] if label["batch"] or dispensing else None
        if dispensing and label["number"] in dispensing["bottles"].values():
            r.end("LABEL-17")
        if batch and batch["state"] not in UNDER_WAY and not (batch["decided"] and label["printed"] > batch["decided"]):
            r.end("AMENDMENT-04")
        used = bool(label["batch"]) and batch["state"] == "quarantine" and "labels" in batch["reconciled"]
        if i["state"] == "applied":
            most = len(dispensing["bottles"]) if dispensing else 1
            if not label["settled"]:
                r.no("LABEL-19")
            elif sum(n is not label for n in self.live(label["kind"], label["subject"])) >= most:
                r.no("LABEL-20")
        self.check_amendment(r, who, label["state"] != i["state"], used, label["by"])
        deviation = self.open_deviation(batch, label["number"], who) if used and batch["state"] in UNDER_WAY else None
        if deviation:
            self.deviations[deviation]["amender"] = who
        if batch:
            batch["amendments"].append({"subject": label["number"], "at": self.now})
        label["state"] = i["state"]
        return {"state": i["state"], "deviation": deviation, **(self.labels_again(batch, who) if label["batch"] else {})}

    def adds_up(self, batch):
        """Powder, shells, bottles, capsules and labels of a batch, each way of counting beside the other. Returns what does not add up."""
        wrong, ended = [], batch["state"] in ("refused", "abandoned", "destroyed")

        def equal(what, one, other):
            if one != other:
                wrong.append(f"{what}: {one} and {other}")
        moved = {}
        for container, kind, amount in self.moved.get(batch["number"], []):
            name = self.lots[container["lot"]]["material"], kind
            moved[name] = moved.get(name, 0) - amount
        for component in ("ACT", "EXC"):
            equal(f"{component} that left the containers, and weighed", moved.get((component, "weighing"), 0) + moved.get((component, "amendment"), 0),
                  sum(w["net"] for w in self.of(self.weighings, batch) if w["component"] == component and w["net"] is not None))
        for component in ("SHELL", "BOTTLE"):
            equal(f"{component} that left the containers, and issued", moved.get((component, "issue"), 0) + moved.get((component, "amendment"), 0),
                  sum(n["units"] for n in self.of(self.issues, batch) if n["component"] == component))
        equal("shells returned", -moved.get(("SHELL", "return"), 0), batch["returned"])
        if ended:
            equal("shells left of a batch that ended", max(0, self.shells_left(batch)), 0)  # fewer than none: a count was amended
            if batch["filled"] is None:
                equal("powder left of a batch that ended", max(0, self.powder_left(batch)), 0)
        if batch["conforming"] is not None:
            equal("capsules packaged, and in the bottles", batch["conforming"], sum(
                b["opening"]["broken"] if b["opening"] else b["units"] for b in self.of(self.bottles, batch)))
            if batch["reconciled"].get("capsules") or not batch["amendments"]:
                equal("capsules filled, and bottled, sampled, rejected, lost", batch["filled"], batch["conforming"] + self.sampled(batch) +
                      self.lost(batch, "capsules-rejected") + self.lost(batch, "capsules-lost"))
            given = sum(d["units"] for d in self.given(batch=batch["number"]))
            out = sum(b["units"] for b in self.of(self.bottles, batch) if b["dispensing"])
            equal("capsules dispensed, and in the bottles that were taken", given, out)
        if batch["sheet"] and batch["sheet"]["dispensable"] and sum(d["units"] for d in self.given(batch=batch["number"])) == batch["sheet"]["dispensable"]:
            equal("charged in all, and the cost", sum(d["charged"] for d in self.given(batch=batch["number"])), batch["sheet"]["total"])
        return wrong
