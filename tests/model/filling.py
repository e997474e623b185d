"""Capsules: losses, filling, samples, bottles; and what was done on paper and entered late."""
from base import Rules, day_after, is_count, quantity
from making import RESERVE, SHARES, SHELF_LIFE, UNDER_WAY, UNITS


class Filling:
    def do_loss_record(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], UNDER_WAY)
        kind, powder = i["kind"], i["kind"].startswith("powder")
        if is_count(i["quantity"]) == powder or quantity(i["quantity"]) == 0:
            r.end("LOSS-01")
        capsules = kind.startswith("capsules")
        r.when(capsules and batch["filled"] is None, "LOSS-02")
        r.when(capsules and batch["conforming"] is not None, "LOSS-03")
        r.stop()
        if any(kind.startswith(done) for done in batch["reconciled"]):
            r.end("LOSS-05")
        most = self.powder_left(batch) if powder else self.left(batch) if capsules else self.shells_left(batch)
        if quantity(i["quantity"]) > most:
            r.end("LOSS-04")
        batch["losses"].append((kind, quantity(i["quantity"]), who))
        batch["operators"].add(who)
        self.late_may_be(batch, who)
        return {"kind": kind}

    def do_sample_take(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], ("quarantine",))
        purpose, given, units, due = i.get("purpose", "control"), i["destinations"], int(i["units"]), 0
        mine = self.of(self.samples, batch)
        r.when(batch["conforming"] is not None, "SAMPLE-01")
        for at, code in enumerate(given):
            if code not in UNITS:
                r.no("SAMPLE-02")
                continue
            due += 0 if code in SHARES else UNITS[code]
            r.when(code in given[:at], "SAMPLE-08")
            r.when(any(s["purpose"] == purpose and code in s["for"] for s in mine), "SAMPLE-03")
        r.when(not 1 <= units <= self.left(batch), "SAMPLE-04")
        r.when(purpose == "control" and units < due, "SAMPLE-05")
        if purpose == "reserve":
            r.when(any(s["purpose"] == "reserve" for s in mine), "SAMPLE-06")
            r.when(units > RESERVE, "SAMPLE-07")
        r.stop()
        number = f"{batch['number']}/S{len(mine) + 1}"
        self.samples[number] = {"number": number, "batch": batch["number"], "purpose": purpose, "for": list(given), "units": units, "used": 0, "by": who, "received": None}
        self.late_may_be(batch, who)
        return {"sample": number}

    def do_batch_fill(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], ("in-preparation",))
        self.check_under_way(r, batch)
        self.check_cleared_again(r, batch)
        units = int(i["units"])
        r.when(not 1 <= units <= batch["units"], "BATCH-15")
        r.when(units > self.shells_left(batch), "BATCH-16")
        r.when(1 <= units < batch["units"] - batch["loss"] and not self.accepted(batch, "filling"), "BATCH-37")
        r.when(self.unready(batch), "BATCH-17")
        r.when(self.next_step(batch) not in (None, "REMPLIR"), "BATCH-18")
        expiry = self.expiry_of(batch)
        if expiry < batch["made"]:
            r.end("BATCH-19")
        r.when(expiry < self.today, "BATCH-53")
        r.stop()
        batch.update(filled=units, state="quarantine", expiry=expiry)
        batch["filled-at"], batch["filler"] = self.now, who
        batch["operators"].add(who)
        self.late_may_be(batch, who)
        return {"filled": units, "expiry": expiry, "state": "quarantine"}

    def expiry_of(self, batch):
        return min([day_after(batch["made"], SHELF_LIFE)] + self.limits(batch))

    def limits(self, batch):
        """The last days of what is in the capsules."""
        containers = [w["container"] for w in self.verified(batch)] + [n["container"] for n in self.of(self.issues, batch) if n["component"] == "SHELL"]
        days = []
        for number in containers:
            container = self.containers[number]
            days += [day for day in (self.lots[container["lot"]]["limit"], container["end-of-use"]) if day]
        return days

    def do_batch_package(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], ("quarantine",))
        self.check_under_way(r, batch)
        if batch["conforming"] is not None:
            r.end("BATCH-14")
        r.when(not self.cleared(batch, "packaging"), "BATCH-21")
        r.when(self.next_step(batch) not in (None, "FLACONS"), "BATCH-18")
        issues, mine = self.of(self.issues, batch), self.of(self.samples, batch)
        r.when(any(not n["verified"] for n in issues), "BATCH-22")
        r.when(not any(n["component"] == "BOTTLE" for n in issues), "BATCH-23")
        for code, units in UNITS.items():
            taken = units == 0 or code in SHARES or any(s["purpose"] == "control" and code in s["for"] for s in mine)
            r.when(not taken, "BATCH-34")
        reserve = sum(s["units"] for s in mine if s["purpose"] == "reserve")
        r.when(reserve < RESERVE and not self.accepted(batch, "reserve"), "BATCH-35")
        units = [int(n) for n in i["units"]]
        out = self.bottles_out(batch)
        r.when(out > 0 and len(units) > out, "BATCH-55")
        r.when(0 in units, "BATCH-24")
        r.when(sum(units) != self.left(batch), "BATCH-25")
        r.stop()
        r.when(not self.can_serve(sorted(units), list(batch["requests"].values())) and not self.accepted(batch, "bottles"), "BATCH-36")
        r.stop()
        batch["conforming"], batch["packager"] = sum(units), who
        batch["operators"].add(who)
        for rank, held in enumerate(units, 1):
            made = self.new_bottle(batch, rank, held)
            self.bottles[made["number"]] = made
        self.late_may_be(batch, who)
        return {"conforming": str(sum(units)), "bottles": len(units)}

    def bottles_out(self, batch):
        """Issued, and not given back."""
        moved = sum(-amount for container, kind, amount in self.moved.get(batch["number"], []) if kind == "return" and self.lots[container["lot"]]["material"] == "BOTTLE")
        return sum(n["units"] for n in self.of(self.issues, batch) if n["component"] == "BOTTLE") + moved

    def can_serve(self, bottles, requests):
        """True when whole bottles can make up what each request asks for."""
        if not requests:
            return True

        def subsets(at, due):
            if due == 0:
                yield []
                return
            for k in range(at, len(bottles)):
                if bottles[k] <= due and (k == at or bottles[k] != bottles[k - 1]):
                    for rest in subsets(k + 1, due - bottles[k]):
                        yield [k] + rest
        return any(self.can_serve([b for k, b in enumerate(bottles) if k not in taken], requests[1:]) for taken in subsets(0, requests[0]))

    # Late entries

    def late_may_be(self, batch, who, act=None):
        """What may be declared to have been done on paper before."""
        batch["entries"].append({"by": who, "at": self.now, "late": False, "act": act})

    def do_late_entry_declare(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], UNDER_WAY)
        mine = [entry for entry in batch["entries"] if entry["by"] == who]
        if not mine:
            r.end("LATE-01")
        if mine[-1]["late"]:
            r.end("LATE-03")
        if i["done-at"] >= mine[-1]["at"]:
            r.end("LATE-04")
        r.when(i["done-at"] < batch["planned"], "LATE-08")
        self.check_made_on(r, batch, mine[-1]["act"], i["done-at"])
        r.stop()
        mine[-1]["late"] = True
        number = self.series("T")
        self.late[number] = {"number": number, "batch": batch["number"], "by": who, "form": i["paper-form"], "verified": None, "amenders": set(),
                             "done": i["done-at"], "act": mine[-1]["act"], "entered": mine[-1]["at"]}
        self.make_on(batch, mine[-1]["act"], i["done-at"])
        return {"late-entry": number}

    def check_made_on(self, r, batch, act, done):
        r.when(act == "start" and batch["conforming"] is not None and self.recorded_day(done) != batch["made"], "LATE-13")

    def make_on(self, batch, act, done):
        """It was made on the day it was begun."""
        if act == "start" and self.recorded_day(done) != batch["made"]:
            batch["made"] = self.recorded_day(done)
            if batch["filled"] is not None:
                batch["expiry"] = self.expiry_of(batch)

    def do_late_entry_amend(self, who, i):
        r = Rules()
        if i["late-entry"] not in self.late:
            r.end("LATE-05")
        late = self.late[i["late-entry"]]
        batch, done, form = self.batches[late["batch"]], i.get("done-at", late["done"]), i.get("paper-form", late["form"])
        if batch["state"] not in UNDER_WAY:
            r.end("AMENDMENT-04")
        if done >= late["entered"]:
            r.end("LATE-04")
        r.when(done < batch["planned"], "LATE-08")
        self.check_made_on(r, batch, late["act"], done)
        r.stop()
        self.check_amendment(r, who, (done, form) != (late["done"], late["form"]), bool(late["verified"]), late["by"])
        deviation = self.open_deviation(batch, late["number"], who) if late["verified"] else None
        batch["amendments"].append({"subject": late["number"], "at": self.now})
        if deviation:
            self.deviations[deviation]["amender"] = who
        late.update(done=done, form=form, verified=None, amenders=late["amenders"] | {who})
        self.make_on(batch, late["act"], done)
        return {"late-entry": late["number"], "deviation": deviation}

    def do_late_entry_verify(self, who, i):
        r = Rules()
        if i["late-entry"] not in self.late:
            r.end("LATE-05")
        late = self.late[i["late-entry"]]
        if self.batches[late["batch"]]["state"] not in UNDER_WAY:
            r.end("AMENDMENT-04")
        r.when(late["verified"], "LATE-06")
        r.when(who in {late["by"]} | late["amenders"], "BATCH-04")
        r.when(late["form"] != i["paper-form"], "LATE-07")
        r.stop()
        late["verified"] = who
        return {"late-entry": late["number"]}
