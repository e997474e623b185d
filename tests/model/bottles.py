"""Capsules promised to another request; bottles that are lost or broken, opened and counted into others; and what a patient lost."""
from base import Rules


class Bottles:
    @staticmethod
    def new_bottle(batch, rank, units, opening=None):
        number = f"{batch['number']}/{rank}"
        return {"number": number, "batch": batch["number"], "rank": rank, "units": units, "destroyed": False, "ended": None, "dispensing": None,
                "of": opening, "opening": None}

    @staticmethod
    def unverified(bottle):
        """It was filled out of another one, and nobody has counted it a second time."""
        return bool(bottle["of"]) and not bottle["of"]["verified"]

    @staticmethod
    def bottle_state(bottle):
        return "destroyed" if bottle["destroyed"] else bottle["ended"] or ("to-be-verified" if Bottles.unverified(bottle) else None)

    def find_bottle(self, r, number):
        if number not in self.bottles:
            r.end("BOTTLE-01")
        return self.bottles[number], self.batches[self.bottles[number]["batch"]]

    @staticmethod
    def check_here(r, bottle):
        if bottle["destroyed"]:
            r.no("BOTTLE-02")
        elif bottle["ended"]:
            r.no("BOTTLE-03")
        elif bottle["dispensing"]:
            r.no("BOTTLE-04")

    def void_labels(self, bottle):
        for label in self.live("bottle", bottle["number"]):
            label["state"] = "void"

    def do_bottle_lose(self, who, i):
        r = Rules()
        bottle, batch = self.find_bottle(r, i["bottle"])
        r.when(batch["state"] not in ("quarantine", "released", "recalled", "refused", "abandoned"), "BOTTLE-12")
        self.check_here(r, bottle)
        r.stop()
        bottle["ended"] = i["kind"]
        if i["kind"] == "broken":
            self.void_labels(bottle)
        again = self.labels_again(batch, who)
        deviation = self.open_deviation(batch, bottle["number"], who) if batch["state"] == "quarantine" else None
        return {"state": i["kind"], "units": bottle["units"], "deviation": deviation, **again}

    def do_bottle_find(self, who, i):
        r = Rules()
        bottle, batch = self.find_bottle(r, i["bottle"])
        if bottle["ended"] != "lost":
            r.end("BOTTLE-13")
        r.when(batch["state"] not in ("quarantine", "released", "recalled", "refused", "abandoned"), "BOTTLE-14")
        r.when(int(i["units"]) != bottle["units"], "BOTTLE-16")
        r.when(bottle["of"] and bottle["of"]["by"] == who, "BATCH-04")
        r.stop()
        bottle["ended"] = None
        return {"state": self.state_of(batch), "units": bottle["units"]}

    def do_bottle_amend_opening(self, who, i):
        """How its capsules lie in the new bottles, until another person has counted them."""
        r = Rules()
        bottle, batch = self.find_bottle(r, i["bottle"])
        opening = bottle["opening"]
        if not opening:
            r.end("BOTTLE-09")
        if opening["verified"]:
            r.end("BOTTLE-10")
        filled, units = sorted((b for b in self.of(self.bottles, batch) if b["of"] is opening), key=lambda b: b["rank"]), [int(n) for n in i["units"]]
        broken = int(i["broken"]) if "broken" in i else opening["broken"]
        fits = len(units) == len(filled) and all(n > 0 and (not b["ended"] or n == b["units"]) for n, b in zip(units, filled))
        if not fits:
            r.end("BOTTLE-17")
        r.when(sum(units) + broken != bottle["units"], "BOTTLE-15")
        r.stop()
        was = [b["units"] for b in filled], opening["broken"]
        self.check_amendment(r, who, was != (units, broken), False, opening["by"])
        batch["amendments"].append({"subject": bottle["number"], "at": self.now})
        opening.update(broken=broken, into=units, amenders=opening["amenders"] | {who})
        for b, n in zip(filled, units):
            b["units"] = n
        return {"bottle": bottle["number"]}

    def do_bottle_open(self, who, i):
        r = Rules()
        bottle, batch = self.find_bottle(r, i["bottle"])
        units, broken = int(i["units"]), int(i.get("broken", 0))
        self.check_dispensable(r, batch)
        self.check_here(r, bottle)
        r.when(self.unverified(bottle), "BOTTLE-08")
        r.when(not 1 <= units <= bottle["units"] - broken, "BOTTLE-05")
        if i["area"] not in self.areas:
            r.no("AREA-01")
        else:
            r.when(any(b["state"] == "in-preparation" for b in self.batches.where("area", i["area"])), "BOTTLE-06")
            r.when(self.opened_in(i["area"]), "BOTTLE-07")
        r.stop()
        bottle["ended"], rest = "opened", bottle["units"] - units - broken
        bottle["opening"] = {"area": i["area"], "by": who, "verified": None, "broken": broken, "into": [], "amenders": set()}
        self.void_labels(bottle)
        last = max(b["rank"] for b in self.of(self.bottles, batch))
        for rank, held in enumerate([units] + ([rest] if rest > 0 else []), last + 1):
            made = self.new_bottle(batch, rank, held, bottle["opening"])
            self.bottles[made["number"]] = made
            bottle["opening"]["into"].append(held)
        return {"bottle": bottle["number"]}

    def opened_in(self, area):
        return any(b["opening"] and b["opening"]["area"] == area and not b["opening"]["verified"] for b in self.bottles.values())

    def do_bottle_verify_opening(self, who, i):
        r = Rules()
        bottle, _ = self.find_bottle(r, i["bottle"])
        opening = bottle["opening"]
        if not opening:
            r.end("BOTTLE-09")
        if opening["verified"]:
            r.end("BOTTLE-10")
        r.when(who in {opening["by"]} | opening["amenders"], "BATCH-04")
        here = [b["units"] for b in sorted(self.bottles.values(), key=lambda b: b["rank"])
                if b["of"] is opening and not b["ended"] and not b["destroyed"]]
        r.when([int(n) for n in i["units"]] != (here or [0]), "BOTTLE-11")
        r.stop()
        opening["verified"] = who
        return {"bottle": bottle["number"]}

    def do_dispensing_report_loss(self, who, i):
        r = Rules()
        d, _ = self.find_dispensing(r, i["dispensing"], ("handed-over",))
        if not 1 <= int(i["units"]) <= d["units"] - d["back"] - d["lost"]:
            r.end("DISPENSING-39")
        d["lost"] += int(i["units"])
        return {"left": d["units"] - d["back"] - d["lost"]}

    # What a released batch holds for nobody goes to another request

    def promised_left(self, batch, number):
        promised = batch["requests"].get(number, 0) + batch["moved-in"].get(number, 0) - batch["moved-out"].get(number, 0)
        return promised - sum(d["units"] for d in self.given(batch=batch["number"], request=number))

    def share_left(self, batch, request):
        asked = request["units"] - sum(d["units"] for d in self.given(request=request["number"]))
        return max(0, min(self.promised_left(batch, request["number"]), asked))

    def free(self, batch):
        """Capsules here, kept for requests that are alive, given up by those that are not."""
        here = sum(b["units"] for b in self.of(self.bottles, batch) if not b["destroyed"] and not b["ended"] and not b["dispensing"])
        kept = given_up = 0
        for number in {**batch["requests"], **batch["moved-in"]}:
            if self.requests[number]["state"] == "accepted":
                kept += self.share_left(batch, self.requests[number])
            else:
                given_up += max(0, self.promised_left(batch, number))
        return here, kept, given_up

    def do_batch_reattribute(self, who, i):
        r = Rules()
        batch, units = self.find_batch(r, i["batch"], ("released",)), int(i["units"])
        request, source = self.find_request(r, i["request"]), None
        if "from-request" in i:
            source = self.find_request(r, i["from-request"])
        r.when(source and source is request, "REATTRIBUTION-08")
        self.check_dispensable(r, batch)
        if self.operated(batch, who):
            r.no("RELEASE-30")
        elif self.controlled(batch, who) and self.setting("controller-may-release") != "yes":
            r.no("RELEASE-31")
        if request:
            if request["state"] != "accepted":
                r.end("REATTRIBUTION-01")
            lacking = self.lacking(request)
            if request["number"] in {**batch["requests"], **batch["moved-in"]}:  # what this batch has for it already is nothing more to ask for
                lacking = min(lacking, request["units"] - sum(d["units"] for d in self.given(request=request["number"])) - self.share_left(batch, request))
            r.when(not 1 <= units <= lacking, "REATTRIBUTION-03")
        here, kept, given_up = self.free(batch)
        if "from-request" not in i:
            r.when(units > here - kept - given_up and given_up > 0, "REATTRIBUTION-06")
        elif source:
            if source["state"] not in ("withdrawn", "served"):
                r.end("REATTRIBUTION-04")
            r.when(units > self.promised_left(batch, source["number"]), "REATTRIBUTION-05")
        r.when(units > here - kept, "REATTRIBUTION-07")
        r.stop()
        for moved, number in (("moved-in", i["request"]), ("moved-out", i.get("from-request"))):
            if number:
                batch[moved][number] = batch[moved].get(number, 0) + units
        batch["decisions"].append("reattribution")
        return {"units": units}
