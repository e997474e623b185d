"""People, lots and their containers, balances, requests: what there is before a batch begins."""
from fractions import Fraction

from base import Rules, Table, day_after, euros, grams, is_count, local_day, mass, quantity

MATERIALS = {"ACT": ("active-substance", "mass"), "EXC": ("excipient", "mass"), "SHELL": ("capsule-shell", "count"), "BOTTLE": ("packaging-article", "count")}
DELIVERED = {"controller-may-release": "no", "lot-analysis-amortised": "no", "prescription-days": "365", "board-days": "180"}


class Supply:
    def begin_supply(self):
        self.people = {}       # identifier -> {"roles": [[role, starts, ends]], "ended"}
        self.settings = {}
        self.suppliers = {}    # code -> {"category", "until"}
        self.lots, self.equipment, self.requests = Table("material"), {}, Table("patient")
        self.containers = Table("lot")
        self.moved = {}        # batch -> its movements: container, kind, quantity

    # People

    def roles(self, who):
        return [role for role, starts, ends in self.people[who]["roles"] if starts <= self.today <= ends]

    def pharmacist(self, who):
        return any(role in ("pharmacist", "control-pharmacist", "dispensing-pharmacist", "pharmacist-in-charge", "resident") for role in self.roles(who))

    def do_person_grant(self, who, i):
        r = Rules()
        person, role = self.people.get(i["person"]), i["role"]
        if not person:
            r.end("PERSON-01")
        r.when(i["ends"] < i["starts"], "PERSON-07")
        r.when(i["starts"] < self.today, "PERSON-16")
        r.when(role == "resident" and "delegation" not in i, "PERSON-08")
        for held, starts, ends in person["roles"]:
            together = starts <= i["ends"] and i["starts"] <= ends
            if together and held != role and "administrator" in (held, role):
                r.no("PERSON-05")
            elif together and held == role:
                r.no("PERSON-06")
        r.stop()
        person["roles"].append([role, i["starts"], i["ends"]])
        return {"person": i["person"], "role": role, "ends": i["ends"]}

    def do_person_end_role(self, who, i):
        r = Rules()
        person = self.people.get(i["person"])
        if not person:
            r.end("PERSON-01")
        if i["ends"] < self.today:
            r.end("PERSON-15")
        for held in sorted(person["roles"], key=lambda held: held[1]):
            if held[0] == i["role"] and held[2] > i["ends"] >= held[1]:
                held[2] = i["ends"]
                return {"ends": i["ends"]}
        r.end("PERSON-09")

    def do_person_end(self, who, i):
        r = Rules()
        person = self.people.get(i["person"])
        if not person:
            r.end("PERSON-01")
        if person["ended"]:
            r.end("PERSON-10")
        if i["person"] == who:
            r.end("PERSON-11")
        person["ended"] = self.now
        return {"person": i["person"]}

    def do_person_review(self, who, i):
        return {"day": self.today}

    def do_setting_set(self, who, i):
        r = Rules()
        name, value = i["name"], i["value"]
        if name.endswith("-days") and not (is_count(value) and value[0] != "0" and len(value) <= 4 and int(value) <= 3660):
            r.end("SETTING-03")
        if not name.endswith("-days") and value not in ("yes", "no"):
            r.end("SETTING-02")
        if self.settings.get(name) == value:
            r.end("SETTING-01")
        self.settings[name] = value
        return {"value": value}

    def setting(self, name):
        return self.settings.get(name, DELIVERED[name])

    # Lots

    def shown(self, material, quantity):
        """As the program writes it: grams, or a count."""
        return quantity if self.unit(material) == "count" else grams(quantity)

    def stock(self, container):
        return self.containers[container]["stock"]

    def move(self, container, kind, quantity, batch=None):
        container["stock"] += quantity
        if kind in ("control-sample", "retained-sample"):
            self.lots[container["lot"]]["sampled"] -= quantity
        if batch:
            self.moved.setdefault(batch, []).append((container, kind, quantity))

    def taken_for(self, batch):
        """Net quantity that each lot has given to a batch."""
        sums = {}
        for container, _, quantity in self.moved.get(batch, []):
            sums[container["lot"]] = sums.get(container["lot"], 0) - quantity
        return sums

    def find_lot(self, r, number):
        return self.lots[number] if number in self.lots else r.end("LOT-01")

    def find_container(self, r, number, scanned=True):
        """The container and its lot; a wrong one that was scanned leaves a near miss."""
        if number not in self.containers:
            if scanned:
                self.near = "wrong-container"
            r.no("CONTAINER-01")
            return None, None
        return self.containers[number], self.lots[self.containers[number]["lot"]]

    @staticmethod
    def unit(material):
        return MATERIALS[material][1]

    def check_fits(self, r, material, given):
        """A mass of a powder, a number of articles; not nothing."""
        if any(is_count(one) != (self.unit(material) == "count") for one in given):
            r.no("LOT-23")
        elif any(quantity(one) == 0 for one in given):
            r.no("LOT-24")
        return not r.found

    def do_lot_receive(self, who, i):
        r = Rules()
        r.when(i["material"] not in MATERIALS, "MATERIAL-01")
        r.when(i["supplier"] not in self.suppliers, "SUPPLIER-01")
        r.stop()
        parts = i.get("containers")
        if self.check_fits(r, i["material"], [i["quantity"]]) and parts and self.check_fits(r, i["material"], parts):
            r.when(sum(map(quantity, parts)) != quantity(i["quantity"]), "LOT-26")
        r.when("expiry" in i and "retest" in i, "LOT-25")
        free = i.get("free-of-charge") == "yes"
        r.when(euros(i["price"]) == 0 and not free, "LOT-36")
        r.when(euros(i["price"]) > 0 and free, "LOT-37")
        same = [lot for lot in self.lots.where("material", i["material"]) if (lot["material"], lot["supplier"], lot["supplier-lot"], lot["received-on"]) ==
                (i["material"], i["supplier"], i["supplier-lot"], self.today)]
        r.when(same, "LOT-10")
        r.stop()
        number = self.series("MP")
        kind = "expiry" if "expiry" in i else "retest" if "retest" in i else None
        self.lots[number] = {"number": number, "material": i["material"], "supplier": i["supplier"], "supplier-lot": i["supplier-lot"],
                             "received-on": self.today, "quantity": quantity(i["quantity"]), "price": euros(i["price"]), "kind": kind,
                             "limit": i[kind] if kind else None, "state": "quarantine", "tests": [], "retained": False, "decided": None,
                             "recalled": False, "reference": "certificate-reference" in i, "purity": None, "assay": None, "analyses": 0, "by": who, "accepted-again": False, "sampled": 0}
        held = []
        for rank, part in enumerate(parts or [i["quantity"]], 1):
            held.append(f"{number}/{rank}")
            self.containers[held[-1]] = {"number": held[-1], "lot": number, "rank": rank, "opened": None, "end-of-use": None,
                                         "stock": quantity(part), "received": quantity(part), "count": None}
        return {"lot": number, "state": "quarantine", "containers": held}

    def retested(self, lot):
        return lot["state"] == "accepted" and lot["kind"] == "retest"

    def do_lot_test(self, who, i):
        r = Rules()
        lot = self.find_lot(r, i["lot"])
        if not self.retested(lot) and lot["state"] != "quarantine":
            r.end("LOT-11")
        lot["tests"].append((i["conforms"] == "yes", self.now))
        return {"conforms": i["conforms"] == "yes"}

    def check_correction(self, r, lot, i):
        due = lot["material"] == "ACT" or "assay" in i or "basis" in i
        r.when(due and any(name not in i for name in ("assay", "basis", "source")), "LOT-17")
        r.when(i.get("basis", "as-is") != "as-is" and "water" not in i, "LOT-18")
        assay, water = Fraction(i.get("assay", "100")), Fraction(i.get("water", "0"))
        if not 1 <= assay <= 110:
            r.no("LOT-19")
        elif i.get("unusual-assay") != "yes" and not 90 <= assay <= 110:
            r.no("LOT-35")
        r.when(not 0 <= water <= 50, "LOT-20")

    def fix_purity(self, lot, i):
        lot["assay"] = i.get("assay")
        wet = Fraction(i["water"]) / 100 if i.get("basis", "as-is") != "as-is" else 0
        lot["purity"] = Fraction(i["assay"]) / 100 * (1 - wet) if "assay" in i else None

    def full_control(self, r, lot, rule):
        r.when(not lot["tests"], rule)
        r.when(not lot["retained"], "LOT-09")

    def do_lot_accept(self, who, i):
        r = Rules()
        lot = self.find_lot(r, i["lot"])
        if self.retested(lot):
            return self.accept_again(r, lot, i)
        if lot["state"] != "quarantine":
            r.end("LOT-11")
        r.when("retest-until" in i, "LOT-34")
        if not lot["limit"]:
            r.no("LOT-12")
        elif lot["limit"] < self.today:
            r.no("LOT-13")
        supplier, raw = self.suppliers[lot["supplier"]], lot["material"] != "BOTTLE"
        r.when(supplier["category"] == "A" and not (supplier["until"] and supplier["until"] >= self.today), "LOT-08")
        if raw and supplier["category"] == "C":
            self.full_control(r, lot, "LOT-14")
        elif raw and supplier["category"] == "A" and not lot["reference"]:
            self.full_control(r, lot, "LOT-16")
        r.when(any(not conforms for conforms, _ in lot["tests"]), "LOT-15")
        self.check_correction(r, lot, i)
        r.stop()
        lot["state"], lot["decided"] = "accepted", self.now
        self.fix_purity(lot, i)
        return {"state": "accepted"}

    def accept_again(self, r, lot, i):
        until = i.get("retest-until")
        if not until:
            r.no("LOT-30")
        elif until <= lot["limit"] or until <= self.today:
            r.no("LOT-31")
        since = [conforms for conforms, at in lot["tests"] if at > lot["decided"]]
        r.when(not all(since), "LOT-33")
        r.when(not since, "LOT-32")
        self.check_correction(r, lot, i)
        r.stop()
        lot["decided"], lot["limit"], lot["accepted-again"] = self.now, until, True
        self.fix_purity(lot, i)
        return {"retest-until": until}

    def do_lot_refuse(self, who, i):
        r = Rules()
        lot = self.find_lot(r, i["lot"])
        if lot["state"] != "quarantine":
            r.end("LOT-11")
        lot["state"] = "refused"
        return {"state": "refused"}

    def do_lot_recall(self, who, i):
        r = Rules()
        lot = self.find_lot(r, i["lot"])
        if lot["state"] not in ("quarantine", "accepted"):
            r.end("LOT-28")
        lot["state"], lot["recalled"] = "recalled", True
        held = []
        for batch in self.batches.values():
            if batch["state"] in ("in-preparation", "quarantine", "released") and self.taken_for(batch["number"]).get(lot["number"], 0) > 0:
                self.hold(batch, who, lot["number"])
                held.append(batch["number"])
        return {"state": "recalled", "batches": [{"batch": number, "state": "held-by-recall"} for number in held]}

    def do_lot_destroy(self, who, i):
        r = Rules()
        lot = self.find_lot(r, i["lot"])
        if lot["state"] in ("quarantine", "destroyed"):
            r.end("LOT-29")
        for container in self.containers.where("lot", lot["number"]):
            left = container["stock"]
            if left > 0:
                self.move(container, "destruction", -left)
        lot["state"] = "destroyed"
        return {"state": "destroyed"}

    def do_lot_sample(self, who, i):
        r = Rules()
        container, lot = self.find_container(r, i["container"], scanned=False)
        r.stop()
        r.when(lot["state"] == "destroyed", "LOT-05")
        self.check_fits(r, lot["material"], [i["quantity"]])
        r.stop()
        if self.stock(i["container"]) < quantity(i["quantity"]):
            r.end("STOCK-01")
        lot["retained"] = lot["retained"] or i["purpose"] == "retained"
        self.move(container, f"{i['purpose']}-sample", -quantity(i["quantity"]))
        return {"stock": self.shown(lot["material"], self.stock(i["container"]))}

    def do_lot_declare_analysis(self, who, i):
        r = Rules()
        lot = self.find_lot(r, i["lot"])
        r.when(lot["material"] == "BOTTLE", "COST-12")
        r.when(not 0 < euros(i["amount"]) <= 10**14, "COST-09")
        r.stop()
        lot["analyses"] += euros(i["amount"])
        return {"lot": i["lot"]}

    def check_kept(self, r, lot, but=()):
        for state, rule in (("refused", "LOT-03"), ("recalled", "LOT-04"), ("destroyed", "LOT-05")):
            r.when(lot["state"] == state and state not in but, rule)

    def do_container_open(self, who, i):
        r = Rules()
        container, lot = self.find_container(r, i["container"], scanned=False)
        r.stop()
        self.check_kept(r, lot)
        r.stop()
        end = i.get("end-of-use")
        r.when(container["opened"], "CONTAINER-04")
        r.when(end and end < self.today, "CONTAINER-05")
        r.when(end and lot["limit"] and end > lot["limit"], "CONTAINER-07")
        r.stop()
        container["opened"], container["end-of-use"] = self.today, end
        return {"opened-on": self.today}

    def usable(self, material):
        """Containers of a material that may be used, the first to expire first."""
        rows = []
        for number, lot in enumerate(self.lots.where("material", material)):
            if lot["state"] != "accepted" or not lot["limit"] or lot["limit"] < self.today:
                continue
            for container in self.containers.where("lot", lot["number"]):
                end = container["end-of-use"]
                if (not end or end >= self.today) and container["stock"] > 0:
                    rows.append((min(end or lot["limit"], lot["limit"]), number, container["opened"] is None, container["rank"], container["number"]))
        return sorted(rows)

    def check_container(self, r, material, container, lot, reason):
        """What is taken for a batch comes from a container of the material that may be used, the first to expire before the others."""
        before = len(r.found)
        number = container["number"]
        if lot["material"] != material:
            r.no("WEIGHING-05")
        else:
            self.check_kept(r, lot)
            r.when(lot["state"] == "quarantine", "LOT-02")
            r.when(lot["limit"] and lot["limit"] < self.today, "LOT-07" if lot["kind"] == "retest" else "LOT-06")
            r.when(container["end-of-use"] and container["end-of-use"] < self.today, "CONTAINER-02")
            r.when(self.stock(number) <= 0, "CONTAINER-03")
        if len(r.found) > before:
            self.near = "wrong-container"
            return False
        rows = self.usable(material)
        own = [row[0] for row in rows if row[4] == number]
        r.when(own and rows[0][0] < own[0] and not reason, "WEIGHING-06")
        return len(r.found) == before

    def check_same_container(self, r, given, due):
        container, _ = self.find_container(r, given)
        if container and given != due:
            r.no("WEIGHING-18")
            self.near = "wrong-container"

    # Counts of the stock

    def do_stock_count(self, who, i):
        r = Rules()
        container, lot = self.find_container(r, i["container"])
        r.stop()
        self.check_kept(r, lot, but=("recalled",))
        if is_count(i["quantity"]) != (self.unit(lot["material"]) == "count"):
            r.end("LOT-23")
        r.when(quantity(i["quantity"]) > container["received"], "STOCK-08")
        r.stop()
        container["count"] = {"quantity": quantity(i["quantity"]), "calculated": self.stock(i["container"]), "by": who}
        return {"counted": self.shown(lot["material"], quantity(i["quantity"]))}

    def do_stock_verify_count(self, who, i):
        r = Rules()
        container, lot = self.find_container(r, i["container"])
        r.stop()
        count = container["count"]
        if not count:
            r.end("STOCK-03")
        stock = self.stock(i["container"])
        self.check_kept(r, lot, but=("recalled",))
        r.when(count["by"] == who, "STOCK-02")
        r.when(stock != count["calculated"], "STOCK-09")
        if is_count(i["quantity"]) != (self.unit(lot["material"]) == "count"):
            r.no("LOT-23")
        elif quantity(i["quantity"]) != count["quantity"]:
            r.no("STOCK-10")
        r.stop()
        if count["quantity"] != stock:
            self.move(container, "count", count["quantity"] - stock)
        container["count"] = None
        return {"difference": self.shown(lot["material"], count["quantity"] - stock)}

    def do_stock_return(self, who, i):
        r = Rules()
        if i["issue"] not in self.issues:
            r.end("STOCK-04")
        issue = self.issues[i["issue"]]
        batch, container = self.batches[issue["batch"]], self.containers[issue["container"]]
        material = self.lots[container["lot"]]["material"]
        r.when(batch["state"] not in ("in-preparation", "quarantine"), "STOCK-06")
        r.when(material == "SHELL" and "shells" in batch["reconciled"], "STOCK-07")
        held = -sum(q for c, kind, q in self.moved.get(batch["number"], []) if c is container and kind in ("issue", "return", "amendment"))
        most, asked = min(held, issue["units"]), int(i["quantity"])
        if material == "SHELL":  # a shell that was filled or thrown away does not come back
            most = min(most, sum(n["units"] for n in self.of(self.issues, batch) if n["component"] == "SHELL") - self.lost(batch, "shells-defective") -
                       self.lost(batch, "shells-destroyed") - (batch["filled"] or 0) - batch["returned"])
        if material == "BOTTLE" and batch["conforming"] is not None:  # each bottle keeps one
            most = max(0, min(most, self.bottles_out(batch) - len(self.of(self.bottles, batch))))
        if asked == 0:
            r.no("LOT-24")
        elif asked > most:
            r.no("STOCK-05")
        r.stop()
        self.move(container, "return", asked, batch["number"])
        if material == "SHELL":
            batch["returned"] += asked
        return {"stock": self.stock(container["number"])}

    # Balances and suppliers

    def find_equipment(self, r, code):
        if code not in self.equipment:
            r.no("EQUIPMENT-01")
            return None
        return self.equipment[code]

    def do_equipment_add(self, who, i):
        r = Rules()
        r.when(i["code"] in self.equipment, "EQUIPMENT-10")
        r.stop()
        self.add_balance(i)
        return {"equipment": i["code"]}

    def add_balance(self, i):
        self.equipment[i["code"]] = {"readability": mass(i["readability"]), "minimum": mass(i["minimum"]), "capacity": mass(i["capacity"]),
                                     "weight": mass(i["control-weight"]), "tolerance": mass(i["control-tolerance"]), "due": None, "withdrawn": False, "checks": {}}

    def do_equipment_calibrate(self, who, i):
        r = Rules()
        balance = self.find_equipment(r, i["equipment"])
        r.stop()
        r.when(balance["withdrawn"], "EQUIPMENT-02")
        r.when(i["on"] > self.today, "EQUIPMENT-16")
        r.when(i["due"] <= i["on"], "EQUIPMENT-17")
        r.stop()
        balance["due"] = i["due"]
        return {"calibration-due": i["due"]}

    def do_equipment_check(self, who, i):
        r = Rules()
        balance = self.find_equipment(r, i["equipment"])
        r.stop()
        r.when("paper-form" in i, "EQUIPMENT-21")  # a day that is over is not named here
        r.when(balance["withdrawn"], "EQUIPMENT-02")
        r.when(mass(i["weight"]) != balance["weight"], "EQUIPMENT-20")
        r.when(mass(i["reading"]) > balance["capacity"], "EQUIPMENT-08")
        r.stop()
        good = abs(mass(i["reading"]) - mass(i["weight"])) <= balance["tolerance"]
        balance["checks"][self.today] = good
        return {"conforms": good}

    def do_equipment_withdraw(self, who, i):
        r = Rules()
        balance = self.find_equipment(r, i["equipment"])
        r.stop()
        if balance["withdrawn"]:
            r.end("EQUIPMENT-18")
        balance["withdrawn"] = True
        return {"state": "out-of-service"}

    def check_usable(self, r, balance):
        r.when(balance["withdrawn"], "EQUIPMENT-02")
        if not balance["due"]:
            r.no("EQUIPMENT-09")
        elif balance["due"] < self.today:
            r.no("EQUIPMENT-03")
        good = balance["checks"].get(self.today)
        r.when(good is None, "EQUIPMENT-04")
        r.when(good is False, "EQUIPMENT-05")

    def do_material_set_reorder_level(self, who, i):
        r = Rules()
        if i["material"] not in MATERIALS:
            r.end("MATERIAL-01")
        if "level" in i:
            self.check_fits(r, i["material"], [i["level"]])
        r.stop()
        return {"material": i["material"]}

    def do_supplier_qualify(self, who, i):
        r = Rules()
        if i["supplier"] not in self.suppliers:
            r.end("SUPPLIER-01")
        r.when(i["on"] > self.today, "SUPPLIER-03")
        r.when(i["until"] < i["on"], "SUPPLIER-04")
        r.stop()
        self.suppliers[i["supplier"]]["until"] = i["until"]
        return {"qualified-until": i["until"]}

    # Requests

    def find_request(self, r, number):
        if number not in self.requests:
            r.no("REQUEST-01")
            return None
        return self.requests[number]

    def do_request_receive(self, who, i):
        r = Rules()
        r.when(not 1 <= int(i["daily-units"]) <= 50, "REQUEST-03")
        r.when(not 1 <= int(i["days"]) <= 366, "REQUEST-03")
        r.stop()
        same = [q for q in self.requests.where("patient", i["patient"]) if q["prescribed"] == i["prescribed-on"] and
                q["state"] not in ("refused", "withdrawn")]
        r.when(same and "reason" not in i, "REQUEST-09")
        r.stop()
        number = self.series("RX")
        self.requests[number] = {"number": number, "patient": i["patient"], "prescribed": i["prescribed-on"], "daily": int(i["daily-units"]),
                                 "units": int(i["daily-units"]) * int(i["days"]), "board-day": i["board-day"], "board": i["board-decision"],
                                 "state": "received", "batches": []}
        return {"request": number, "units": str(self.requests[number]["units"])}

    def find_received(self, r, number):
        request = self.find_request(r, number)
        r.stop()
        if request["state"] != "received":
            r.end("REQUEST-02")
        return request

    def do_request_accept(self, who, i):
        r = Rules()
        request = self.find_received(r, i["request"])
        r.when(request["board"] != "favourable", "REQUEST-04")
        r.when(request["board-day"] > self.today, "REQUEST-05")
        r.when(request["prescribed"] > self.today, "REQUEST-06")
        for name, rule, day in (("prescription-days", "REQUEST-07", request["prescribed"]), ("board-days", "REQUEST-08", request["board-day"])):
            r.when(day_after(day, int(self.setting(name))) < self.today and "reason" not in i, rule)
        r.stop()
        request["state"] = "accepted"
        return {"state": "accepted"}

    def do_request_refuse(self, who, i):
        self.find_received(Rules(), i["request"])["state"] = "refused"
        return {"state": "refused"}

    def do_request_withdraw(self, who, i):
        r = Rules()
        request = self.find_request(r, i["request"])
        r.stop()
        if request["state"] != "accepted":
            r.end("REQUEST-10")
        r.when(any(d["state"] not in ("cancelled", "handed-over") for d in self.dispensings.where("request", request["number"])), "REQUEST-11")
        r.stop()
        request["state"] = "withdrawn"
        return {"state": "withdrawn"}

    def recorded_day(self, instant):
        return local_day(instant)
