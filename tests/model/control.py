"""The laboratory and the decisions: results and their verdicts, certificate, deviations, reconciliation, hold, release, refusal, ends."""
from fractions import Fraction

from base import Rules, Table, day_after, half_away
from making import FELL, SHARES, STEPS, UNDER_WAY, UNITS

DUE = {"DOSAGE": "before-release", "MASSE": "before-release", "TENEUR": "before-release", "TAMC": "after-release"}
SERIES = {"DOSAGE": {"value": 2}, "MASSE": {"gross": 20, "shell": 20}, "TENEUR": {"value": 10}, "TAMC": {"value": 1}}
WITHIN_DAYS = 10
KINDS = ("powder", "shells", "capsules", "labels")
CLAIM = Fraction(30)  # mg in a capsule


def at_most(value, limit):
    """Judged after rounding to the one decimal of the limit."""
    return half_away(value, Fraction(1, 10)) <= limit


def judge(code, stage, series):
    """The verdict on a whole series, by the texts of the European Pharmacopoeia; None where there is none."""
    if code == "DOSAGE":
        values = [Fraction(v) for v in series["value"]]
        return "complies" if 95 <= half_away(sum(values) / len(values), Fraction(1, 10)) <= 105 else "does not comply"
    if code == "TAMC":
        return "complies" if all(Fraction(v.lstrip("< ")) <= 2000 for v in series["value"]) else "does not comply"
    if code == "MASSE":
        contents = [Fraction(g) - Fraction(s) for g, s in zip(series["gross"], series["shell"])]
        if any(c <= 0 for c in contents):
            return None
        mean = sum(contents) / 20
        limit = 10 if mean < 300 else Fraction(15, 2)
        away = [abs(c - mean) / mean * 100 for c in contents]
        return "complies" if sum(a > limit for a in away) <= 2 and not any(a > 2 * limit for a in away) else "does not comply"
    return acceptance([Fraction(v) * 100 / CLAIM for v in series["value"]], stage)


def acceptance(values, stage):
    """Ph. Eur. 2.9.40. The acceptance value is compared on squares: 15.0 after rounding is less than 15.05."""
    n, k = len(values), Fraction(12, 5) if stage == 1 else 2
    mean = sum(values) / n
    reference = min(max(mean, Fraction(985, 10)), Fraction(1015, 10))
    variance = sum((v - mean) ** 2 for v in values) / (n - 1)
    rest = Fraction(1505, 100) - abs(reference - mean)
    good = rest > 0 and k * k * variance < rest * rest
    if stage == 1:
        return "complies" if good else "test 20 more"
    outside = any(not Fraction(3, 4) * reference <= v <= Fraction(5, 4) * reference for v in values)
    return "complies" if good and not outside else "does not comply"


class Control:
    def begin_control(self):
        self.results, self.deviations = Table("batch"), Table("batch")

    # Results

    def expected(self, result, series):
        count = SERIES[result["control"]].get(series, 0)
        return count + 20 if result["control"] == "TENEUR" and result["stage"] == 2 and count else count

    def check_result_batch(self, r, batch, control):
        r.when(not (batch["state"] == "quarantine" or (DUE[control] == "after-release" and batch["state"] == "released")), "RESULT-04")

    def standing(self, batch, control):
        """The results of a control that were not set aside."""
        return [n for n in self.of(self.results, batch) if n["control"] == control and n["state"] != "invalidated"]

    def do_result_open(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"])
        control = i["control"]
        if control not in DUE:
            r.end("RESULT-05")
        self.check_result_batch(r, batch, control)
        r.when(self.operated(batch, who), "RESULT-03")
        taken = UNITS[control] == 0 and control not in SHARES
        taken = taken or any(control in s["for"] or SHARES.get(control) in s["for"] for s in self.of(self.samples, batch))
        r.when(not taken, "RESULT-06")
        r.when(any(s["purpose"] == "control" and s["received"] is None and (control in s["for"] or SHARES.get(control) in s["for"]) for s in self.of(self.samples, batch)),
               "RESULT-35")
        r.when(any(s["purpose"] == "control" and s["received"] is not None and s["received"] < UNITS[control] and (control in s["for"] or SHARES.get(control) in s["for"])
                   and not self.accepted(batch, s["number"]) for s in self.of(self.samples, batch)), "RESULT-45")
        if "equipment" in i:
            self.check_measured_on(r, i, control)
        r.when(self.standing(batch, control), "RESULT-09")
        r.when(i["analysed-on"] > self.today or (batch["made"] and i["analysed-on"] < batch["made"]), "RESULT-08")
        r.stop()
        number = f"{batch['number']}/R{len(self.of(self.results, batch)) + 1}"
        self.results[number] = {"number": number, "batch": batch["number"], "control": control, "state": "open", "stage": 1, "by": who, "values": [],
                                "document": None, "verdict": None, "verified-by": None, "verified": None, "amenders": set()}
        return {"result": number}

    def check_measured_on(self, r, i, control):
        """In service and calibrated on that day; capsules are weighed on a balance whose check of that day conforms."""
        balance = self.find_equipment(r, i["equipment"])
        if not balance:
            return
        if balance["withdrawn"]:
            r.no("RESULT-33")
        elif not balance["due"]:
            r.no("EQUIPMENT-09")
        elif balance["due"] < i["analysed-on"]:
            r.no("RESULT-07")
        r.when(control == "MASSE" and not balance["checks"].get(i["analysed-on"]), "RESULT-32")

    def find_result(self, r, number, states):
        if number not in self.results:
            r.end("RESULT-01")
        result = self.results[number]
        batch = self.batches[result["batch"]]
        self.check_result_batch(r, batch, result["control"])
        r.when(result["state"] not in states, "RESULT-02")
        r.stop()
        return result, batch

    @staticmethod
    def series_of(result, series):
        return [v["value"] for v in result["values"] if v["series"] == series]

    @staticmethod
    def read_value(r, control, text):
        try:
            if text.startswith("-"):
                r.no("RESULT-26")
            else:
                Fraction(text[2:] if control == "TAMC" and text.startswith("< ") else text)
        except ValueError:
            r.no("RESULT-11")

    def do_result_append(self, who, i):
        r = Rules()
        result, batch = self.find_result(r, i["result"], ("open",))
        series = i.get("series", "value")
        expected, entered = self.expected(result, series), self.series_of(result, series)
        r.when(self.operated(batch, who), "RESULT-03")
        if expected == 0:
            r.no("RESULT-10")
        elif len(entered) + len(i["values"]) > expected:
            r.no("RESULT-12")
        for text in i["values"]:
            self.read_value(r, result["control"], text)
        r.stop()
        for at, text in enumerate(i["values"]):
            result["values"].append({"series": series, "rank": len(entered) + at + 1, "value": text, "stage": result["stage"], "by": who})
        self.late_may_be(batch, who)
        return {"entered": len(entered) + len(i["values"]), "expected": expected}

    def do_result_attach(self, who, i):
        result, _ = self.find_result(Rules(), i["result"], ("open", "closed"))
        result["document"] = i["document"]
        return {"result": i["result"]}

    def judged(self, result):
        return judge(result["control"], result["stage"], {name: self.series_of(result, name) for name in SERIES[result["control"]]})

    def close(self, r, result, batch, who):
        verdict = self.judged(result)
        if not verdict:
            r.end("RESULT-16")
        result.update(state="closed", verdict=verdict)
        result["verified-by"] = result["verified"] = None
        if batch["state"] == "released" and not batch["held"] and verdict != "complies":
            self.hold(batch, who)
        return {"verdict": verdict}

    def do_result_close(self, who, i):
        r = Rules()
        result, batch = self.find_result(r, i["result"], ("open",))
        r.when(self.operated(batch, who), "RESULT-03")
        r.stop()
        r.when(any(len(self.series_of(result, name)) != self.expected(result, name) for name in ("value", "gross", "shell")), "RESULT-13")
        r.stop()
        answer = self.close(r, result, batch, who)
        return {**answer, **(self.again(batch, who, ("powder",)) if result["control"] == "MASSE" else {})}

    def do_result_verify(self, who, i):
        r = Rules()
        result, batch = self.find_result(r, i["result"], ("closed",))
        r.when(who in {result["by"]} | {v["by"] for v in result["values"]} | result["amenders"], "RESULT-20")
        r.when(self.operated(batch, who), "RESULT-03")
        if not result["document"]:
            r.no("RESULT-21")
        elif "document" not in i:
            r.no("RESULT-22")
        elif i["document"] != result["document"]:
            r.no("RESULT-23")
        r.stop()
        result.update(state="verified", verified=self.now)
        result["verified-by"] = who
        return {"verdict": result["verdict"], "state": "verified"}

    def do_result_amend(self, who, i):
        r = Rules()
        result, batch = self.find_result(r, i["result"], ("open", "closed", "verified"))
        r.when(self.operated(batch, who), "RESULT-03")
        r.stop()
        if not result["document"]:
            r.end("AMENDMENT-07")
        series = i.get("series", "value")
        value = next((v for v in result["values"] if (v["series"], v["rank"]) == (series, int(i["position"]))), None)
        if not value:
            r.end("AMENDMENT-08")
        self.read_value(r, result["control"], i["value"])
        r.stop()
        was, closed, before = value["value"], result["state"] != "open", result["verdict"]
        value["value"] = i["value"]
        after = self.judged(result) if closed else None
        value["value"] = was
        good_before, good_after = not closed or before == "complies", not closed or after == "complies"
        changes, used = closed and after != before, result["state"] == "verified" or value["stage"] < result["stage"]
        self.check_amendment(r, who, was != i["value"], used or (not good_before and (good_after or changes)), value["by"])
        if closed and not after:
            r.end("RESULT-16")
        turns = good_before != good_after or changes or not good_after
        open_to = batch["state"] in UNDER_WAY or self.after_release(batch, result["number"])
        deviation = self.open_deviation(batch, result["number"], who) if (turns or used) and open_to else None
        if deviation:
            self.deviations[deviation]["amender"] = who
        value["value"] = i["value"]
        result["amenders"].add(who)
        batch["amendments"].append({"subject": result["number"], "at": self.now})
        answer = self.close(r, result, batch, who) if closed else {}
        again = self.again(batch, who, ("powder",)) if closed and result["control"] == "MASSE" else {}
        return {**answer, "deviation": deviation, **again}

    def do_result_continue(self, who, i):
        r = Rules()
        result, batch = self.find_result(r, i["result"], ("closed", "verified"))
        r.when(self.operated(batch, who), "RESULT-03")
        r.when(result["verdict"] != "test 20 more", "RESULT-18")
        r.stop()
        reserve = [s for s in self.of(self.samples, batch) if s["purpose"] == "reserve" and self.in_sample(s) >= 20]
        if not reserve:
            r.end("RESULT-19")
        if reserve[-1]["received"] is None:
            r.end("RESULT-36")
        reserve[-1]["used"] += 20
        result.update(state="open", stage=2)
        result["verified-by"] = result["verified"] = None
        return {"stage": 2, "left": self.in_sample(reserve[-1])}

    def do_result_invalidate(self, who, i):
        r = Rules()
        result, batch = self.find_result(r, i["result"], ("open", "closed", "verified"))
        staged = result["control"] == "TENEUR" and len(self.series_of(result, "value")) >= 10
        failing = result["state"] in ("closed", "verified") and result["verdict"] == "does not comply"
        r.when(staged and result["verdict"] != "complies" and not failing, "RESULT-24")
        r.when(failing, "RESULT-42")  # no investigation is modelled
        deviation = self.deviations.get(i["deviation"])
        if not deviation:
            r.no("DEVIATION-01")
        elif (deviation["batch"], deviation["subject"], deviation["state"]) != (batch["number"], result["number"], "decided"):
            r.no("RESULT-25")
        r.stop()
        result["state"] = "invalidated"
        return {"state": "invalidated"}

    # Deviations

    def open_deviation(self, batch, subject, who):
        number = self.series("D")
        self.deviations[number] = {"number": number, "batch": batch["number"], "subject": subject, "state": "open", "decision": None, "decided": None}
        return number

    def after_release(self, batch, subject):
        """A result that was due after the release has its deviations then."""
        return batch["state"] == "released" and subject in self.results and DUE[self.results[subject]["control"]] == "after-release" and self.results[subject]["batch"] == batch["number"]

    def do_deviation_open(self, who, i):
        r = Rules()
        batch, subject = self.find_batch(r, i["batch"]), i.get("subject")
        if batch["state"] not in ("planned", *UNDER_WAY) and not self.after_release(batch, subject):
            r.end("BATCH-02")
        if subject and (subject.startswith(batch["number"]) or "/" in subject):
            things = {batch["number"]} | {n["number"] for rows in (self.weighings, self.issues, self.samples, self.bottles) for n in self.of(rows, batch)}
            r.when(subject not in things and not subject.startswith(batch["number"] + "/R"), "DEVIATION-02")
        r.stop()
        return {"deviation": self.open_deviation(batch, subject, who)}

    def do_deviation_decide(self, who, i):
        r = Rules()
        if i["deviation"] not in self.deviations:
            r.end("DEVIATION-01")
        deviation = self.deviations[i["deviation"]]
        batch = self.batches[deviation["batch"]]
        if deviation["state"] != "open":
            r.end("DEVIATION-03")
        if batch["state"] in FELL or (batch["state"] == "released" and not self.after_release(batch, deviation["subject"])):
            r.end("DEVIATION-04")
        if self.operated(batch, who) or deviation.get("amender") == who:
            r.end("DEVIATION-05")
        deviation.update(state="decided", decision=i["decision"], decided=self.now)
        return {"decision": i["decision"]}

    # Reconciliation

    def reconciled_figures(self, batch, kind):
        """Each figure's name, its exact value, and whether it is within (None: nothing is judged)."""
        if kind == "powder":
            result = [n for n in self.of(self.results, batch) if n["control"] == "MASSE" and n["state"] in ("closed", "verified")][-1]
            contents = [Fraction(g) - Fraction(s) for g, s in zip(self.series_of(result, "gross"), self.series_of(result, "shell"))]
            weighed = Fraction(sum(w["net"] for w in self.verified(batch)))
            inside = batch["filled"] * sum(contents) / 20 * 10**6
            residue = self.lost(batch, "powder-residue") + self.lost(batch, "powder-spilled")
            loss, unaccounted = (weighed - inside) / weighed * 100, (weighed - inside - residue) / weighed * 100
            return [("loss-percent", loss, at_most(loss, 3)), ("unaccounted-percent", unaccounted, at_most(abs(unaccounted), 2))]
        if kind == "labels":
            return [("missing", sum(label["state"] == "printed" for label in self.labels_of(batch)), self.no_label_printed(batch))]
        if kind == "shells":
            expected, parts = self.shells_issued(batch), batch["filled"] + self.lost(batch, "shells-defective") + self.lost(batch, "shells-destroyed") + batch["returned"]
            share, limit = expected - batch["filled"] - batch["returned"], 5
        else:
            expected, share, limit = batch["filled"], self.lost(batch, "capsules-rejected") + self.lost(batch, "capsules-lost"), 3
            parts = batch["conforming"] + self.sampled(batch) + share
        percent = Fraction(share * 100, expected)
        return [("missing", expected - parts, expected == parts), ("not-filled-percent" if kind == "shells" else "loss-percent", percent, at_most(percent, limit))]

    def no_label_printed(self, batch):
        return not any(label["state"] == "printed" for label in self.labels_of(batch))

    def do_batch_reconcile(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], ("quarantine",))
        wanted = [kind for kind in KINDS if kind in i.get("kinds", KINDS)]
        r.when(batch["conforming"] is None, "BATCH-27")
        r.when(any(kind in batch["reconciled"] for kind in wanted), "BATCH-28")
        r.when("powder" in set(wanted) - set(batch["reconciled"]) and self.waits(batch, "powder"), "BATCH-31")
        r.when("shells" in set(wanted) - set(batch["reconciled"]) and self.waits(batch, "shells"), "BATCH-22")
        r.stop()
        r.when("powder" in wanted and not self.mean_is_known(batch), "BATCH-26")
        r.stop()
        return self.reconcile(batch, who, wanted)

    def mean_is_known(self, batch):
        return any(n["control"] == "MASSE" and n["state"] in ("closed", "verified") for n in self.of(self.results, batch))

    def waits(self, batch, kind, but=None):
        """What a second person has not verified is in no figure."""
        if kind == "powder":
            return any(w["state"] in ("open", "recorded") and w is not but for w in self.of(self.weighings, batch))
        return kind == "shells" and any(not n["verified"] and n["component"] == "SHELL" for n in self.of(self.issues, batch))

    def reconcile(self, batch, who, wanted):
        figures = {}
        for kind in wanted:
            rows = self.reconciled_figures(batch, kind)
            batch["reconciled"][kind] = all(within for _, _, within in rows)
            for name, value, within in rows:
                figures[f"{kind} {name}"] = (value, within)
                if not within:
                    self.open_deviation(batch, f"reconciliation/{kind}", who)
        return {"figures": figures} if wanted else {}

    def touched(self, batch, kinds, but=None):
        return [kind for kind in KINDS if kind in kinds and kind in batch["reconciled"] and not self.waits(batch, kind, but)]

    def check_again(self, r, batch, kinds, but=None):
        """Before an amendment: what it touches can be reconciled again."""
        if "powder" in self.touched(batch, kinds, but) and not self.mean_is_known(batch):
            r.end("BATCH-26")

    def again(self, batch, who, kinds):
        """What was reconciled with an amended count is reconciled again."""
        return self.reconcile(batch, who, self.touched(batch, kinds))

    # Hold, release, refusal

    def hold(self, batch, who, lot=None):
        batch["held"] = True
        batch["holds"].append(lot)
        batch["decisions"].append("hold")

    def overdue(self, batch):
        if batch["state"] != "released":
            return False
        missing = [c for c, last in batch["due"].items() if last < self.today and not any(
            n["state"] == "verified" and n["verdict"] == "complies" for n in self.of(self.results, batch) if n["control"] == c)]
        return bool(missing)

    def state_of(self, batch):
        """As it is read today: held, expired and overdue are computed."""
        if batch["state"] not in ("planned", "in-preparation", "quarantine", "released"):
            return batch["state"]
        if batch["held"] and any(batch["holds"]):
            return "held-by-recall"
        if batch["state"] == "released" and batch["expiry"] < self.today:
            return "expired"
        return "held" if batch["held"] or self.overdue(batch) else batch["state"]

    def do_batch_hold(self, who, i):
        batch = self.find_batch(Rules(), i["batch"], ("planned", "in-preparation", "quarantine", "released"))
        self.hold(batch, who)
        return {"held": True}

    def do_batch_lift(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"], ("planned", "in-preparation", "quarantine", "released"))
        if not batch["held"]:
            r.end("BATCH-30")
        recalled = {lot for lot, net in self.taken_for(batch["number"]).items() if net > 0 and self.lots[lot]["recalled"]}
        named = i.get("recalled-lots", [])
        fails = [n for n in self.of(self.results, batch) if n["verdict"] == "does not comply" and n["state"] != "invalidated"]
        r.when(batch["state"] == "released" and fails, "BATCH-54")  # nobody investigates here
        r.when(recalled - set(named), "BATCH-51")
        r.when(set(named) - recalled, "BATCH-52")
        r.stop()
        batch.update(held=False, holds=[])
        batch["decisions"].append("lift")
        return {"held": False}

    def controlled(self, batch, who):
        """Whether somebody entered a result that stands, amended one, or signed a certificate."""
        return (any(n["state"] != "invalidated" and who in {n["by"]} | {v["by"] for v in n["values"]} for n in self.of(self.results, batch)) or
                any(who in n["amenders"] for n in self.of(self.results, batch)) or who in batch["papers"].get("signers", ()))

    def do_batch_release(self, who, i):
        r = Rules()
        batch = self.find_batch(r, i["batch"])
        if self.operated(batch, who):
            r.no("RELEASE-30")
        elif self.controlled(batch, who):
            if self.setting("controller-may-release") != "yes":
                r.no("RELEASE-31")
            else:
                r.when("reason" not in i, "RELEASE-32")
        self.check_blocks(r, batch)
        r.stop()
        self.decide(batch, "released", "release")
        batch["due"] = {code: day_after(self.today, WITHIN_DAYS) for code, due in DUE.items() if due == "after-release"}
        return {"state": "released"}

    def decide(self, batch, state, kind):
        batch["state"] = state
        batch["decisions"].append(kind)
        batch["decided"] = self.now
        for label in self.labels_of(batch):
            if label["kind"] == "bottle" and label["state"] in ("printed", "applied") and label["shown"] != state:
                label["state"] = "void"

    def check_blocks(self, r, batch):
        if batch["state"] not in ("planned", *UNDER_WAY):
            r.no("RELEASE-27")
            return
        weighings, issues, deviations = (self.of(rows, batch) for rows in (self.weighings, self.issues, self.deviations))
        r.when(batch["state"] != "quarantine", "RELEASE-01")
        r.when(batch["held"], "RELEASE-02")
        r.when(not batch["expiry"], "RELEASE-03")
        r.when(batch["expiry"] and batch["expiry"] < self.today, "RELEASE-04")
        r.when(not all(self.cleared(batch, phase) for phase in ("making", "packaging")), "RELEASE-05")
        supplied = {w["component"] for w in self.verified(batch)} | {n["component"] for n in issues if n["verified"]}
        r.when(supplied != {"ACT", "EXC", "SHELL", "BOTTLE"}, "RELEASE-06")
        standing = [w for w in weighings if w["state"] != "discarded"]
        r.when(any(w["state"] != "verified" for w in standing), "RELEASE-07")
        r.when(any(w["within"] is False and not w["decided"] for w in standing), "RELEASE-08")
        r.when(any(not n["verified"] for n in issues), "RELEASE-09")
        lots = {self.containers[n["container"]]["lot"] for n in [*self.verified(batch), *issues]}
        r.when(any(self.lots[lot]["state"] != "accepted" for lot in lots), "RELEASE-10")
        r.when(any(code not in batch["steps"] for code, _ in STEPS), "RELEASE-11")
        r.when(any(not all(within for _, within in step["values"].values()) and not self.accepted(batch, code) for code, step in batch["steps"].items()),
               "RELEASE-12")
        r.when(batch["filled"] is None, "RELEASE-13")
        r.when(batch["conforming"] is None, "RELEASE-14")
        r.when(any(kind not in batch["reconciled"] for kind in KINDS), "RELEASE-15")
        r.when(any(not good and not self.accepted(batch, f"reconciliation/{kind}") for kind, good in batch["reconciled"].items()), "RELEASE-16")
        r.when(not self.no_label_printed(batch), "RELEASE-17")
        r.when(any(not n["verified"] for n in self.of(self.late, batch)), "RELEASE-28")
        r.when(any(d["state"] == "open" for d in deviations), "RELEASE-18")
        r.when(any(d["decision"] == "refuse-batch" for d in deviations), "RELEASE-19")
        for control in DUE:
            self.check_control(r, batch, control)
        r.when(not self.certified(batch), "RELEASE-26")

    def check_control(self, r, batch, control):
        result = (self.standing(batch, control) or [None])[-1]
        later = DUE[control] == "after-release"
        r.when(not result and not later, "RELEASE-20")
        if not result or (later and result["verdict"] != "does not comply"):
            return
        if result["state"] == "open":
            r.no("RELEASE-21")
        elif result["verdict"] == "does not comply":
            r.no("RELEASE-22")
        elif result["verdict"] != "complies":
            r.no("RELEASE-23")
        r.when(result["state"] == "closed", "RELEASE-24")

    def certified(self, batch):
        """A certificate that holds every result verified."""
        at = batch["certified"]
        counted = any(a["at"] > at for a in batch["amendments"] if a.get("counted")) if at else False
        return bool(at) and not counted and not any(n["verified"] and n["verified"] > at for n in self.of(self.results, batch))

    def do_certificate_sign(self, who, i):
        batch = self.batches[i["batch"]]
        batch["certified"] = self.now
        batch["papers"].setdefault("signers", set()).add(who)
        return {"issue": self.issue(batch, "certificate-of-analysis")}

    def prepare_certificate_sign(self, who, i):
        """What is looked at before the signature is asked for."""
        r = Rules()
        if i["batch"] not in self.batches:
            r.end("PAPER-01")
        batch = self.batches[i["batch"]]
        if batch["state"] != "quarantine":
            later = batch["certified"] and any(n["control"] == "TAMC" and n["state"] == "verified" and n["verified"] > batch["certified"]
                                               for n in self.of(self.results, batch))
            if batch["state"] != "released" or not later:
                r.end("PAPER-04")
        if self.operated(batch, who):
            r.end("PAPER-05")
        for control, due in DUE.items():
            rows = [n for n in self.of(self.results, batch) if n["control"] == control] or [{"state": None}]
            r.when(due == "before-release" and any(n["state"] not in ("verified", "invalidated") for n in rows), "PAPER-03")
        r.stop()
        self.check_issue(r, batch, "certificate-of-analysis", i)

    def check_issue(self, r, batch, kind, i):
        r.when(batch["papers"].get(kind) and "reason" not in i, "DOCUMENT-01")
        r.stop()

    @staticmethod
    def issue(batch, kind):
        batch["papers"][kind] = batch["papers"].get(kind, 0) + 1
        return batch["papers"][kind]

    def prepare_document_issue(self, who, i):
        r = Rules()
        if "batch" not in i:
            r.end("CALL-03")
        if i["batch"] not in self.batches:
            r.end("PAPER-01")
        batch = self.batches[i["batch"]]
        self.check_issue(r, batch, i["kind"], i)
        r.when(i["kind"] == "release-certificate" and not {"release", "refusal"} & set(batch["decisions"]), "PAPER-02")
        r.stop()

    def do_document_issue(self, who, i):
        return {"issue": self.issue(self.batches[i["batch"]], i["kind"])}
