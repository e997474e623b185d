"""Bottles that are lost or broken, opened and counted into others; and what a patient lost."""
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
        deviation = self.open_deviation(batch, bottle["number"], who) if batch["state"] == "quarantine" else None
        return {"state": i["kind"], "units": bottle["units"], "deviation": deviation}

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
        bottle["opening"] = {"area": i["area"], "by": who, "verified": None, "broken": broken, "into": []}
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
        r.when(opening["by"] == who, "BATCH-04")
        r.when([int(n) for n in i["units"]] != opening["into"], "BOTTLE-11")
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
