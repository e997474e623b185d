"""A batch from its plan to its powder: weighings, issues, steps, what is corrected and what is interrupted."""
from fractions import Fraction

from base import Rules, Table, ceiling_to, floor_to, half_away, mass

DOSE, CONTENT, SHELF_LIFE, RESERVE = mass("30 mg"), mass("100 mg"), 60, 20
COMPONENTS = {"ACT": Fraction(2, 100), "EXC": Fraction(3, 100), "SHELL": None, "BOTTLE": None}  # tolerance of what is weighed
STEPS = [("VIDE", "line-clearance"), ("PESEES", "weighing"), ("MELANGE", "operation"), ("REMPLIR", "filling"), ("VIDE2", "line-clearance"),
         ("FLACONS", "packaging")]
KIND = dict(STEPS)
UNITS = {"DOSAGE": 0, "MASSE": 20, "TENEUR": 10, "TAMC": 2}       # capsules that each control takes
SHARES = {"TENEUR": "MASSE"}
SAMPLED = 22
UNDER_WAY = ("in-preparation", "quarantine")
FELL = ("recalled", "refused", "cancelled", "abandoned", "destroyed")


class Making:
    def begin_making(self):
        self.batches = Table("area")
        self.weighings, self.issues, self.samples, self.bottles, self.late = (Table("batch") for _ in range(5))
        self.areas = ["PREP-1", "PREP-2"]

    # What all acts about a batch ask

    def find_batch(self, r, number, states=None):
        if number not in self.batches:
            r.end("BATCH-01")
        batch = self.batches[number]
        if states and batch["state"] not in states:
            r.end("BATCH-02")
        return batch

    @staticmethod
    def suspended(batch):
        return batch["interruptions"] and not batch["interruptions"][-1]["resumed"]

    def check_under_way(self, r, batch):
        r.when(batch["held"], "BATCH-03")
        r.when(self.suspended(batch), "INTERRUPTION-07")

    @staticmethod
    def cleared(batch, phase):
        last = [n["at"] for n in batch["interruptions"] if n["phase"] == phase][-1:]
        return any(c["phase"] == phase and (not last or c["at"] > last[0]) for c in batch["clearances"])

    def check_cleared_again(self, r, batch):
        phase = "making" if batch["state"] == "in-preparation" else "packaging"
        last = [n for n in batch["interruptions"] if n["phase"] == phase][-1:]
        r.when(last and last[0]["resumed"] and not self.cleared(batch, phase), "INTERRUPTION-08")

    def of(self, rows, batch):
        return rows.where("batch", batch["number"])

    def accepted(self, batch, subject):
        """A pharmacist accepted a deviation on this, as its last amendment left it."""
        amended = max([a["at"] for a in batch["amendments"] if a["subject"] == subject], default="")
        return any(d["subject"] == subject and d["decision"] == "accepted" and d["decided"] > amended for d in self.of(self.deviations, batch))

    def operated(self, batch, who):
        return who in batch["operators"]

    # What there is

    @staticmethod
    def lost(batch, kind):
        return sum(q for k, q, _ in batch["losses"] if k == kind)

    def sampled(self, batch):
        return sum(s["units"] for s in self.of(self.samples, batch))

    def left(self, batch):
        """Capsules in the bulk."""
        return (batch["filled"] or 0) - self.sampled(batch) - self.lost(batch, "capsules-rejected") - self.lost(batch, "capsules-lost")

    def verified(self, batch, component=None):
        return [w for w in self.of(self.weighings, batch) if w["state"] == "verified" and component in (None, w["component"])]

    def powder_left(self, batch):
        return sum(w["net"] for w in self.verified(batch)) - self.lost(batch, "powder-residue") - self.lost(batch, "powder-spilled")

    def shells_issued(self, batch):
        return sum(n["units"] for n in self.of(self.issues, batch) if n["component"] == "SHELL" and n["verified"])

    def shells_left(self, batch):
        return (self.shells_issued(batch) - self.lost(batch, "shells-defective") - self.lost(batch, "shells-destroyed") - (batch["filled"] or 0) -
                batch["returned"])

    def need(self, batch, component):
        """Of a powder: whether it is complete, the number of a portion that waits, and the exact mass due (pure for the active)."""
        mine = [w for w in self.of(self.weighings, batch) if w["component"] == component]
        done = [w for w in mine if w["state"] == "verified"]
        if component == "ACT":
            total, taken = Fraction(batch["units"] * DOSE), sum((w["net"] * w["purity"] for w in done), Fraction(0))
        else:
            total = Fraction(batch["units"] * CONTENT - sum(w["net"] for w in self.verified(batch) if w["component"] != component))
            taken = Fraction(sum(w["net"] for w in done))
        pending = [w for w in mine if w["state"] in ("open", "recorded")]
        complete = any(not w["within"] for w in done) or (taken > 0 and taken >= total * (1 - COMPONENTS[component]))
        return complete, pending, total - taken

    def unready(self, batch, but=None):
        for component in ("ACT", "EXC"):
            if component != but:
                complete, pending, _ = self.need(batch, component)
                if not complete or pending:
                    return component
        return None

    @staticmethod
    def next_step(batch):
        return next((code for code, _ in STEPS if code not in batch["steps"]), None)

    # Plan, start, line

    def do_batch_plan(self, who, i):
        r = Rules()
        if i["area"] not in self.areas:
            r.end("AREA-01")
        for at, number in enumerate(i["requests"]):
            request = self.find_request(r, number)
            r.when(number in i["requests"][:at], "BATCH-09")
            if request:
                r.when(request["state"] != "accepted", "BATCH-06")
                made, lacking = self.to_make(request, i["requests"][:at])
                r.when(made, "BATCH-08")
                r.when(lacking < 1 and not made, "REATTRIBUTION-09")
        loss = int(i.get("expected-loss", 0))
        r.when(loss > 1000, "BATCH-11")
        r.stop()
        number = self.series("B")
        lacking = {n: self.to_make(self.requests[n], i["requests"][:at])[1] for at, n in enumerate(i["requests"])}
        requested = sum(lacking.values())
        units = requested + SAMPLED + RESERVE + loss
        self.batches[number] = {
            "number": number, "state": "planned", "area": i["area"], "requests": lacking, "units": units,
            "loss": loss, "held": False, "holds": [], "registration": None, "made": None, "expiry": None, "filled": None, "filled-at": None,
            "conforming": None, "clearances": [], "interruptions": [], "steps": {}, "losses": [], "amendments": [], "operators": set(),
            "reconciled": {}, "returned": 0, "results": [], "certified": None, "decisions": [], "decided": None, "destruction": None, "destroyed": None,
            "sheet": None, "work": [], "equipment-use": [], "purchases": [], "due": {}, "late": [], "planned": self.now, "entries": [], "papers": {},
            "addenda": 0, "moved-in": {}, "moved-out": {}}
        for n in i["requests"]:
            self.requests[n]["batches"].append(number)
        return {"batch": number, "units": str(units), "state": "planned"}

    def lacking(self, request):
        """What a request was not given yet, by whatever batch, and awaits of none that was reattributed to it."""
        awaited = sum(max(0, b["moved-in"][request["number"]] - sum(d["units"] for d in self.given(batch=b["number"], request=request["number"])))
                      for b in self.batches.values() if b["state"] == "released" and request["number"] in b["moved-in"])
        return request["units"] - sum(d["units"] for d in self.given(request=request["number"])) - awaited

    def to_make(self, request, before):
        """Whether a batch serves the request already, and what it lacks beyond what is here for it; `before`: those that are planned with it."""
        under_way = served = False
        lacking = self.lacking(request)
        for batch in (self.batches[number] for number in request["batches"]):
            state = self.state_of(batch)
            if state == "released":
                here, kept, _ = self.free(batch)
                again = sum(self.to_make(self.requests[n], before[:at])[1] for at, n in enumerate(before)
                            if n in self.requests and n in {**batch["requests"], **batch["moved-in"]})
                again += sum(max(0, units - sum(d["units"] for d in self.given(batch=later["number"], request=n)))
                             for later in list(self.batches.values())[list(self.batches).index(batch["number"]) + 1:]
                             if later["state"] not in FELL and not (later["expiry"] and later["expiry"] < self.today)
                             for n, units in later["requests"].items() if n in batch["requests"])
                lacking -= max(0, self.share_left(batch, request) - max(0, kept - here - again))
                served = True
            elif state not in (*FELL, "expired"):
                under_way = True
        return under_way or (served and lacking < 1), lacking

    def do_batch_cancel(self, who, i):
        self.find_batch(Rules(), i["batch"], ("planned",))["state"] = "cancelled"
        return {"state": "cancelled"}

    def do_batch_start(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], ("planned",))
        self.check_under_way(r, batch)
        r.when(any(b["state"] == "in-preparation" for b in self.batches.where("area", batch["area"])), "BATCH-12")
        r.when(self.opened_in(batch["area"]), "BOTTLE-07")
        r.stop()
        batch.update(state="in-preparation", made=self.today, registration=self.next_number("preparation"))
        self.enter("preparation", batch["registration"], "entry", batch["number"])
        batch["operators"].add(who)
        self.late_may_be(batch, who, "start")
        return {"registration": batch["registration"], "state": "in-preparation"}

    def do_batch_clear_line(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], ("in-preparation" if i["phase"] == "making" else "quarantine",))
        self.check_under_way(r, batch)
        r.when(i["phase"] == "packaging" and batch["conforming"] is not None, "BATCH-14")
        r.when(self.cleared(batch, i["phase"]), "BATCH-33")
        r.stop()
        batch["clearances"].append({"phase": i["phase"], "at": self.now})
        batch["operators"].add(who)
        self.late_may_be(batch, who)
        return {"phase": i["phase"], "area": batch["area"]}

    # Interruptions

    def do_batch_suspend(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], UNDER_WAY)
        if self.suspended(batch):
            r.end("INTERRUPTION-01")
        if batch["conforming"] is not None:
            r.end("INTERRUPTION-02")
        r.when(any(w["state"] == "open" for w in self.of(self.weighings, batch)), "INTERRUPTION-03")
        r.stop()
        batch["interruptions"].append({"phase": "making" if batch["state"] == "in-preparation" else "packaging", "at": self.now, "resumed": None})
        return {"batch": batch["number"]}

    def portions(self, batch):
        """What waits and is scanned again before the work goes on: weighed, and not yet worked into the powder."""
        worked = max([s["at"] for code, s in batch["steps"].items() if KIND[code] == "operation"], default="")
        return [w["number"] for w in self.of(self.weighings, batch)
                if batch["filled"] is None and w["state"] in ("recorded", "verified") and w["recorded"] > worked]

    def do_batch_resume(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], UNDER_WAY)
        if not self.suspended(batch):
            r.end("INTERRUPTION-04")
        r.when(batch["held"], "BATCH-03")
        due, given = self.portions(batch), i.get("portions", [])
        r.when(any(n not in given for n in due), "INTERRUPTION-05")
        if any(n not in due for n in given):
            r.no("INTERRUPTION-06")
            self.near = "wrong-container"
        r.stop()
        batch["interruptions"][-1]["resumed"] = self.now
        return {"batch": batch["number"]}

    # Weighings

    def do_weighing_open(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], ("in-preparation",))
        self.check_under_way(r, batch)
        r.when(not self.cleared(batch, "making"), "WEIGHING-02")
        component = i["component"]
        if component not in COMPONENTS:
            r.end("WEIGHING-03")
        if COMPONENTS[component] is None:
            r.end("WEIGHING-04")
        container, lot = self.find_container(r, i["container"])
        balance = self.find_equipment(r, i["balance"])
        r.stop()
        self.check_container(r, component, container, lot, "reason" in i)
        self.check_usable(r, balance)
        r.when(not container["opened"], "CONTAINER-06")
        r.when("no" in (i["aspect-seen"], i["label-seen"]), "WEIGHING-07")
        complete, pending, _ = self.need(batch, component)
        if pending:
            r.no("WEIGHING-08")
        elif complete:
            r.no("WEIGHING-11")
        r.when(component == "EXC" and self.unready(batch, but="EXC"), "WEIGHING-10")
        r.stop()
        return self.open_portion(r, who, i, batch, balance, container, lot)

    def open_portion(self, r, who, i, batch, balance, container, lot):
        component = i["component"]
        purity = lot["purity"] if component == "ACT" else Fraction(1)
        due = self.need(batch, component)[2] / purity
        r.when(component == "ACT" and due > batch["units"] * CONTENT, "WEIGHING-27")
        r.when(due <= 0, "WEIGHING-28")
        r.stop()
        if "portion" in i:
            if not 0 < mass(i["portion"]) < due:
                r.end("WEIGHING-12")
            if due - mass(i["portion"]) < balance["minimum"]:
                r.end("WEIGHING-29")
            due = Fraction(mass(i["portion"]))
        step, tolerance = balance["readability"], COMPONENTS[component]
        target, low, high = half_away(due, step), ceiling_to(due * (1 - tolerance), step), floor_to(due * (1 + tolerance), step)
        if low > target or high < target:
            r.end("WEIGHING-13")
        r.when(target < balance["minimum"], "EQUIPMENT-07")
        r.when(target > balance["capacity"], "EQUIPMENT-08")
        r.stop()
        r.when(self.stock(container["number"]) < target, "WEIGHING-14")
        r.stop()
        number = f"{batch['number']}/W{len(self.of(self.weighings, batch)) + 1}"
        self.weighings[number] = {"number": number, "batch": batch["number"], "component": component, "container": container["number"],
                                  "balance": i["balance"], "target": target, "low": low, "high": high, "purity": purity, "state": "open",
                                  "opener": who, "opened": self.now, "tare": None, "net": None, "within": None, "recorder": None, "recorded": None,
                                  "amenders": set(), "decided": False, "ticket": None}
        batch["operators"].add(who)
        return {"weighing": number, "target": target, "low-limit": low, "high-limit": high}

    def find_weighing(self, r, number):
        if number not in self.weighings:
            r.end("WEIGHING-01")
        w = self.weighings[number]
        return w, self.batches[w["batch"]]

    def read(self, r, i, balance, before):
        """Tare and net as they are read; one of net and gross is due, and both must agree."""
        given = {name: mass(i[name]) for name in ("tare", "gross", "net") if name in i}
        r.when(any(value > balance["capacity"] for value in given.values()), "WEIGHING-20")
        r.stop()
        tare = given.get("tare", before["tare"])
        net = given["net"] if "net" in given else given["gross"] - tare if "gross" in given else before["net"]
        if net is None:
            r.end("WEIGHING-15")
        if "gross" in given and given["gross"] != tare + net:
            r.end("WEIGHING-16")
        if net <= 0:
            r.end("WEIGHING-17")
        r.when(tare % balance["readability"] or net % balance["readability"], "WEIGHING-19")
        r.when(tare + net > balance["capacity"], "WEIGHING-20")
        r.stop()
        return tare, net

    def note_negative(self, batch, w, who):
        """More left the container than it held: the reading stays, and a deviation opens."""
        if self.stock(w["container"]) < 0:
            return self.open_deviation(batch, w["container"], who)
        return None

    def do_weighing_record(self, who, i):
        r = Rules()
        w, batch = self.find_weighing(r, i["weighing"])
        if w["state"] != "open":
            r.end("WEIGHING-22")
        tare, net = self.read(r, i, self.equipment[w["balance"]], w)
        container = self.containers[w["container"]]
        if self.lots[container["lot"]]["state"] != "accepted":
            r.end("WEIGHING-21")
        self.move(container, "weighing", -net, batch["number"])
        w.update(tare=tare, net=net, within=w["low"] <= net <= w["high"], recorder=who, recorded=self.now, state="recorded", ticket=i.get("ticket"))
        batch["operators"].add(who)
        self.late_may_be(batch, who)
        return {"within": w["within"], "stock-deviation": self.note_negative(batch, w, who)}

    def do_weighing_verify(self, who, i):
        r = Rules()
        w, batch = self.find_weighing(r, i["weighing"])
        if w["state"] != "recorded":
            r.end("WEIGHING-23")
        r.when(who in {w["recorder"], w["opener"]} | w["amenders"], "BATCH-04")
        self.check_same_container(r, i["container"], w["container"])
        r.when(mass(i["net"]) != w["net"], "WEIGHING-24")
        r.when(not w["within"] and not self.accepted(batch, w["number"]), "WEIGHING-25")
        container, day = self.containers[w["container"]], self.recorded_day(w["recorded"])
        lot = self.lots[container["lot"]]
        amended = any(a["subject"] == w["number"] for a in batch["amendments"])
        r.when(lot["state"] != "accepted" and not (amended and lot["state"] == "destroyed"), "WEIGHING-21")
        r.when(lot["limit"] < day or (container["end-of-use"] and container["end-of-use"] < day), "WEIGHING-31")
        r.when(not self.equipment[w["balance"]]["checks"].get(day), "WEIGHING-32")
        r.stop()
        self.check_again(r, batch, ("powder",), w)
        w.update(state="verified", decided=not w["within"])
        self.late_may_be(batch, who)
        return {"state": "verified", **self.again(batch, who, ("powder",))}

    def used(self, r, w, batch, new_net):
        """Something stands on it: a later step, or a later target that was computed from its mass."""
        used = batch["filled"] is not None or any(s["at"] > w["recorded"] for s in batch["steps"].values())
        for later in self.of(self.weighings, batch):
            follows = later["component"] in (w["component"], "EXC")
            if follows and later is not w and later["state"] != "discarded" and later["opened"] >= w["recorded"]:
                used = True
                r.when(later["state"] == "open" and new_net, "AMENDMENT-10")
        return used

    def check_amendment(self, r, who, changed, decides, author):
        r.when(not changed, "AMENDMENT-01")
        if not self.pharmacist(who):
            if decides:
                r.no("AMENDMENT-03")
            elif who != author:
                r.no("AMENDMENT-02")
        r.stop()

    def do_weighing_amend(self, who, i):
        r = Rules()
        w, batch = self.find_weighing(r, i["weighing"])
        if batch["state"] not in UNDER_WAY:
            r.end("AMENDMENT-04")
        if w["state"] not in ("recorded", "verified"):
            r.end("WEIGHING-33")
        tare, net = self.read(r, i, self.equipment[w["balance"]], w)
        within, ticket = w["low"] <= net <= w["high"], i.get("ticket", w["ticket"])
        used = self.used(r, w, batch, "net" in i)
        self.check_amendment(r, who, (tare, net, ticket) != (w["tare"], w["net"], w["ticket"]), used or (not w["within"] and within), w["recorder"])
        turns = w["within"] != within or not within
        deviation = self.open_deviation(batch, w["number"], who) if turns or used else None
        batch["amendments"].append({"subject": w["number"], "at": self.now})
        batch["operators"].add(who)
        container = self.containers[w["container"]]
        moved, negative = w["net"] - net, None
        w.update(tare=tare, net=net, ticket=ticket, within=within, state="recorded", decided=False)
        w["amenders"].add(who)
        if moved:
            self.move(container, "amendment", moved, batch["number"])
            negative = self.note_negative(batch, w, who)
        return {"within": within, "deviation": deviation, "stock-deviation": negative}

    def do_weighing_discard(self, who, i):
        r = Rules()
        w, batch = self.find_weighing(r, i["weighing"])
        if w["state"] not in ("open", "recorded", "verified"):
            r.end("WEIGHING-26")
        worked = any(KIND[code] == "operation" and s["at"] > (w["recorded"] or "") for code, s in batch["steps"].items())
        if w["recorded"] and (batch["filled"] is not None or worked):
            r.end("WEIGHING-30")
        if batch["state"] not in UNDER_WAY:
            r.end("BATCH-02")
        w["state"] = "discarded"
        self.late_may_be(batch, who)
        return {"state": "discarded"}

    # Counted articles

    def do_issue_record(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], UNDER_WAY)
        self.check_under_way(r, batch)
        component = i["component"]
        if component not in COMPONENTS:
            r.end("WEIGHING-03")
        if COMPONENTS[component] is not None:
            r.end("ISSUE-04")
        making = batch["state"] == "in-preparation"
        r.when(not making and component == "SHELL", "ISSUE-02")
        r.when(batch["conforming"] is not None, "ISSUE-03")
        r.when(not self.cleared(batch, "making" if making else "packaging"), "WEIGHING-02" if making else "BATCH-21")
        container, lot = self.find_container(r, i["container"])
        if not container:
            r.stop()
        fits = self.check_container(r, component, container, lot, "reason" in i)
        units, stock = int(i["units"]), self.stock(i["container"])
        r.when(units < 1, "ISSUE-05")
        r.when(fits and 0 < stock < units, "ISSUE-06")
        r.when("no" in (i["aspect-seen"], i["label-seen"]), "WEIGHING-07")
        r.stop()
        self.move(container, "issue", -units, batch["number"])
        number = f"{batch['number']}/I{len(self.of(self.issues, batch)) + 1}"
        self.issues[number] = {"number": number, "batch": batch["number"], "component": component, "container": i["container"], "units": units,
                               "by": who, "verified": None, "amenders": set()}
        batch["operators"].add(who)
        self.late_may_be(batch, who)
        return {"article-issue": number}

    def do_issue_verify(self, who, i):
        r = Rules()
        if i["issue"] not in self.issues:
            r.end("ISSUE-01")
        issue = self.issues[i["issue"]]
        batch = self.batches[issue["batch"]]
        if issue["verified"]:
            r.end("ISSUE-07")
        if batch["state"] in FELL:
            r.end("BATCH-02")
        r.when(who in {issue["by"]} | issue["amenders"], "BATCH-04")
        self.check_same_container(r, i["container"], issue["container"])
        r.when(int(i["units"]) != issue["units"], "ISSUE-08")
        r.stop()
        issue["verified"] = who
        self.late_may_be(batch, who)
        return {"state": "verified", **(self.again(batch, who, ("shells",)) if issue["component"] == "SHELL" else {})}

    # Steps

    @staticmethod
    def judge_entry(name, text):
        """The value as it is kept, and whether it is within; None when it is none."""
        if name == "tamis intact":
            return (text, text == "yes") if text in ("yes", "no") else None
        try:
            return text, 8 <= Fraction(text) <= 12
        except ValueError:
            return None

    def do_step_record(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], UNDER_WAY)
        self.check_under_way(r, batch)
        self.check_cleared_again(r, batch)
        code = i["step"]
        if code not in KIND:
            r.end("STEP-01")
        if code in batch["steps"]:
            r.end("STEP-02")
        if code != self.next_step(batch):
            r.end("STEP-03")
        kind = KIND[code]
        done = {"line-clearance": self.cleared(batch, "making" if batch["filled"] is None else "packaging"), "filling": batch["filled"] is not None,
                "packaging": batch["conforming"] is not None, "weighing": not self.unready(batch), "operation": True}[kind]
        r.when(not done, "STEP-04")
        r.when(kind == "operation" and any(w["state"] in ("open", "recorded") for w in self.of(self.weighings, batch)), "STEP-05")
        values, outside = self.read_entries(r, i, ["durée", "tamis intact"] if kind == "operation" else [])
        r.stop()
        batch["steps"][code] = {"at": self.now, "by": who, "values": values}
        batch["operators"].add(who)
        self.late_may_be(batch, who)
        return {"step": code, "deviation": self.open_deviation(batch, code, who) if outside else None}

    def read_entries(self, r, i, names):
        given = dict(text.split("=") for text in i.get("values", []))
        values, outside = {}, False
        for name in names:
            judged = self.judge_entry(name, given[name]) if name in given else None
            if name not in given:
                r.no("STEP-06")
            elif not judged:
                r.no("STEP-07")
            else:
                r.when(not judged[1] and "deviation" not in i, "STEP-08")
                values[name] = judged
                outside = outside or not judged[1]
        r.when(len(i.get("values", [])) > len(names), "STEP-09")
        r.when(not r.found and "deviation" in i and not outside, "STEP-10")
        return values, outside

    def do_step_amend(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"])
        if batch["state"] not in UNDER_WAY:
            r.end("AMENDMENT-04")
        code = i["step"]
        if code not in KIND:
            r.end("STEP-01")
        if code not in batch["steps"]:
            r.end("AMENDMENT-05")
        step = batch["steps"][code]
        order = [c for c, _ in STEPS]
        used = any(c in batch["steps"] for c in order[order.index(code) + 1:]) or bool(batch["filled-at"] and batch["filled-at"] > step["at"])
        if i["entry"] not in step["values"]:
            r.end("AMENDMENT-06")
        judged = self.judge_entry(i["entry"], i["value"])
        if not judged:
            r.end("STEP-07")
        before = step["values"][i["entry"]]
        self.check_amendment(r, who, judged[0] != before[0], used or (not before[1] and judged[1]), step["by"])
        turns = before[1] != judged[1] or not judged[1]
        deviation = self.open_deviation(batch, code, who) if turns or used else None
        batch["amendments"].append({"subject": code, "at": self.now})
        batch["operators"].add(who)
        step["values"][i["entry"]] = judged
        return {"within": judged[1], "deviation": deviation}
