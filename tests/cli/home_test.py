"""What waits for whom: each list of the home page appears and disappears, for those alone who may do it, and each door opens."""
import glob
import html
import os
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import bench
import laboratory as lab
from harness import House, main
from server import Server

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
house = House()
ORDER = ["clock-to-confirm", "recalls", "open-deviations", "open-investigations", "portions-to-verify", "batches-on-hold", "batches-in-progress", "requests-to-serve", "dispensings-to-finish", "batches-to-decide",
         "samples-to-receive", "results-to-finish", "batches-to-control", "laboratory-orders", "lots-to-decide", "requests-to-decide", "labels-to-settle", "balances-to-check", "low-stock", "expiring-soon",
         "calibrations-due", "habilitations", "formulas-to-approve", "templates-to-approve", "to-be-destroyed"]


def shown(person):
    """The answer, after what holds for every one of them."""
    answer = house.view(person, "home show")
    lists = [name for name in answer if name != "waiting"]
    assert lists == [name for name in ORDER if name in lists], f"not in the order of urgency: {lists}"
    assert answer["waiting"] == sum(len(answer[name]) for name in lists), answer
    for name in lists:
        assert answer[name], f"{name} is empty and shown"
        for row in answer[name]:
            act = house.table[row["do"]["act"]]
            known = {given["name"] for given in act["inputs"]}
            assert set(row["do"]["inputs"]) <= known, row
            assert row["thing"] and not row["to-do"].startswith("task.") and "{{" not in row["to-do"], row
            assert (("since" in row) != ("deadline" in row)) or (name == "low-stock" and "since" not in row), row
    return answer


def waits(person, name):
    """A list as (thing, act, inputs)."""
    return [(row["thing"], row["do"]["act"], row["do"]["inputs"]) for row in shown(person).get(name, [])]


def acts(person, name):
    return [(thing, act) for thing, act, _ in waits(person, name)]


def do(person, row, **more):
    """Goes through a door."""
    _, act, inputs = row
    return house.act(person, act, **{**{key.replace("-", "_"): value for key, value in inputs.items()}, **more})


def next_of(batch, person="tech.a"):
    """The page of the bench that the list leads to, and the act that stands there."""
    rows = [row for row in waits(person, "batches-in-progress") if row[0] == batch]
    assert all(row[1:] == ("batch next", {"batch": batch}) for row in rows), rows
    door = house.view(person, "batch next", batch)["task"]["door"] if rows else None
    return (batch, door["act"], door["inputs"]) if rows else None


def test_nothing_waits_at_first():
    for person in ("tech.a", "pharma.a", "admin", "nobody.a", "audit.a"):
        assert house.view(person, "home show") == {"waiting": 0}, person


def test_what_arrives_waits_for_who_may_decide():
    lab.prepare(house)
    assert waits("pharma.a", "lots-to-decide") == [("MP26-0007", "lot accept", {"lot": "MP26-0007"})]
    assert acts("control.a", "lots-to-decide") == [("MP26-0007", "lot test")], "who may not decide a lot may test it"
    assert acts("tech.a", "lots-to-decide") == [] == acts("audit.a", "lots-to-decide")
    house.act("control.a", "lot test", lot="MP26-0007", test="Identité", method="IR", result="Conforme", conforms="yes")
    assert acts("control.a", "lots-to-decide") == []
    house.act("tech.a", "lot receive", material="CEL", supplier="FOURN", manufacturer="Fabricant fictif", quantity="1 kg", price="40 EUR",
              supplier_lot="CEL-SANS-DATE", certificate_reference="CoA")
    assert ("MP26-0008", "lot refuse", {"lot": "MP26-0008"}) in waits("pharma.a", "lots-to-decide"), "without a date only refusal is possible"
    house.act("pharma.a", "lot refuse", lot="MP26-0008", reason="Sans date")
    assert acts("pharma.a", "to-be-destroyed") == [("MP26-0008", "lot destroy")] and acts("tech.a", "to-be-destroyed") == []
    house.act("pharma.a", "lot destroy", lot="MP26-0008", reason="Repris")
    house.act("pharma.a", "lot accept", lot="MP26-0007")
    assert "lots-to-decide" not in shown("pharma.a") and "to-be-destroyed" not in shown("pharma.a")


def test_what_runs_low_waits_for_who_receives_lots():
    usable = next(m["usable"]["value"] for m in house.view("tech.a", "stock list", material="CEL")["materials"])
    house.act("pharma.a", "material set-reorder-level", material="CEL", level=f"{usable} g")
    assert "low-stock" not in shown("tech.a"), "what is at its level is enough"
    house.act("pharma.a", "material set-reorder-level", material="CEL", level=f"{int(usable) + 1} g")
    assert waits("tech.a", "low-stock") == [("CEL", "stock list", {"material": "CEL"})] and waits("audit.a", "low-stock") == []
    said = shown("tech.a")["low-stock"][0]["to-do"]
    assert f"{int(usable) + 1}"[-3:] in said and "g utilisables" in said.replace("\u00a0", " "), said
    house.act("pharma.a", "material set-reorder-level", material="CEL")


def test_a_request_waits_for_a_pharmacist():
    number = bench.request(house, "P-009", accept=False)
    bad = bench.request(house, "P-009", accept=False, board_decision="unfavourable", reason="Autre avis")
    assert waits("pharma.a", "requests-to-decide") == [(number, "request accept", {"request": number}), (bad, "request refuse", {"request": bad})]
    assert acts("tech.a", "requests-to-decide") == []
    house.act("pharma.a", "request refuse", request=number, reason="Retirée")
    house.act("pharma.a", "request refuse", request=bad, reason="RCP défavorable")
    assert "requests-to-decide" not in shown("pharma.a")


def test_balances_and_calibrations():
    house.at("2026-01-12T07:00:00")
    assert [(t, i["equipment"]) for t, _, i in waits("tech.a", "balances-to-check")] == [("BAL-A", "BAL-A"), ("BAL-B", "BAL-B")]
    house.act("tech.a", "equipment check", equipment="BAL-A", weight="20 g", reading="20.1 g")
    again = [row for row in shown("tech.a")["balances-to-check"] if row["thing"] == "BAL-A"]
    assert "hors tolérance" in again[0]["to-do"], again
    bench.check_balances(house)
    assert "balances-to-check" not in shown("tech.a")
    assert acts("pharma.a", "calibrations-due") == []
    house.act("pharma.a", "equipment add", code="HOTTE", name="Hotte", kind="hood")
    assert acts("pharma.a", "calibrations-due") == [("HOTTE", "equipment calibrate")] and acts("tech.a", "calibrations-due") == []
    house.act("pharma.a", "equipment calibrate", equipment="HOTTE", on="2026-01-12", due="2026-02-11", reference="C")
    assert shown("pharma.a")["calibrations-due"][0]["deadline"] == "2026-02-11", "30 days ahead are near"
    house.act("pharma.a", "equipment calibrate", equipment="HOTTE", on="2026-01-12", due="2026-02-12", reference="C")
    assert acts("pharma.a", "calibrations-due") == []


def test_versions_wait_for_another_person():
    version = bench.draft(house, components=[], steps=[], controls=[])
    assert waits("pharma.b", "formulas-to-approve") == [(version, "formula approve", {"version": version})]
    assert acts("pharma.a", "formulas-to-approve") == [], "not for its author"
    path = os.path.join(house.folder, "bottle_label.fr.layout")
    with open(f"{ROOT}/templates/bottle_label.fr.layout", encoding="utf-8") as source, open(path, "w", encoding="utf-8") as file:
        file.write(source.read())
    house.act("pharma.a", "template import", name="bottle_label.fr.layout", file=path)
    row = waits("pharma.b", "templates-to-approve")
    assert row == [("bottle_label.fr.layout", "template approve", {"name": "bottle_label.fr.layout", "version": "1"})], row
    assert acts("pharma.a", "templates-to-approve") == [] == acts("tech.a", "templates-to-approve")
    do("pharma.b", row[0])
    assert "templates-to-approve" not in shown("pharma.b")


def test_the_next_step_of_a_batch_from_plan_to_reconciliation():
    """Through each door in turn, as far as a person adds what only the bench knows."""
    global first
    requests = [bench.request(house, "P-001"), bench.request(house, "P-002")]
    first = house.act("tech.a", "batch plan", formula="BIR20", requests=requests, area="PREP-1", expected_loss=4)["batch"]
    assert acts("control.a", "batches-in-progress") == [] == acts("audit.a", "batches-in-progress"), "only for who may make"
    done = []
    seen = {"aspect_seen": "yes", "label_seen": "yes"}
    more = {"BIR": {"container": "MP26-0003/1", "balance": "BAL-A", **seen}, "CEL": {"container": "MP26-0005/1", "balance": "BAL-B", **seen},
            "GEL1": {"container": "MP26-0006/1", "units": 310, **seen}, "FLACON": {"container": "MP26-0001/1", "units": 4, **seen},
            "MELANGE": {"values": ["durée=10", "tamis intact=yes"]}, "batch fill": {"units": 300}, "batch package": {"units": [56, 56, 56, 56]}}
    nets = {"BIR": ("12.4310 g", "6.5068 g", "MP26-0003/1"), "CEL": ("85.120 g", "53.489 g", "MP26-0005/1")}
    component = None
    while (row := next_of(first)) and len(done) < 60:
        act, inputs = row[1], row[2]
        if act == "label print":
            break
        done.append(act)
        component = inputs.get("component", component)
        if act == "weighing record":
            do("tech.a", row, tare=nets[component][0], net=nets[component][1])
        elif act in ("weighing verify", "issue verify"):  # waits for somebody else: their list has it, ours has not
            assert acts("tech.a", "portions-to-verify") == []
            (portion,) = waits("tech.b", "portions-to-verify")
            given = {"net": nets[component][1], "container": nets[component][2]} if portion[1] == "weighing verify" else {
                "units": more[component]["units"], "container": more[component]["container"]}
            do("tech.b", portion, **given)
            assert "portions-to-verify" not in shown("tech.b")
        else:
            if act == "batch package":
                lab.losses_1(house, first)
            do("tech.a", row, **more.get(inputs.get("component") or inputs.get("step") or act, {}))
    weighing = ["weighing open", "weighing record", "weighing verify"]
    assert done == ["batch start", "batch clear-line", *weighing, *weighing, "issue record", "issue verify", "step record", "step record", "step record",
                    "batch fill", "step record", "step record", "batch clear-line", "step record", "sample take", "sample take", "sample take",
                    "sample take", "issue record", "issue verify", "batch package"], done


def test_labels_are_accounted_for():
    assert next_of(first)[1:] == ("label print", {"kind": "bottle", "number": [f"{first}/{n}" for n in (1, 2, 3, 4)]}), next_of(first)
    do("tech.a", next_of(first))
    (row,) = waits("tech.b", "labels-to-settle")
    assert row[:2] == (first, "label settle") and len(row[2]["label"]) == 4, row
    assert acts("audit.a", "labels-to-settle") == []
    do("tech.b", row, state="applied")
    assert "labels-to-settle" not in shown("tech.b")
    assert next_of(first)[1] == "step record", next_of(first)
    do("tech.a", next_of(first))
    assert next_of(first) is None, "the balances are made when the laboratory knows the mean mass"


def test_controls_and_results():
    house.at("2026-01-20T07:00:00")
    assert acts("tech.a", "samples-to-receive") == []
    (row,) = shown("control.a")["batches-to-control"]
    assert "Aspect" in row["to-do"] and "masse" not in row["to-do"], "a control whose sample has not come is not begun"
    samples = waits("control.a", "samples-to-receive")
    assert [row[:2] for row in samples] == [(f"{first}/S{n}", "sample receive") for n in (1, 2, 3, 4)], samples
    for row, units in zip(samples, (20, 6, 10, 36)):
        do("control.a", row, units=units)
    assert "samples-to-receive" not in shown("control.a")
    assert [t for t, _ in acts("control.a", "batches-to-control")] == [first]
    assert acts("tech.a", "batches-to-control") == [], "who made the batch enters no final result"
    assert "ASPECT" not in str(acts("control.a", "results-to-finish"))
    control = waits("control.a", "batches-to-control")[0][2]["control"]
    number = do("control.a", waits("control.a", "batches-to-control")[0], analysed_on="2026-01-20")["result"]
    assert waits("control.a", "batches-to-control")[0][2]["control"] != control
    assert waits("control.b", "results-to-finish") == [(number, "result append", {"result": number})]
    assert acts("tech.a", "results-to-finish") == []
    lab.append(house, number, "conforme")
    assert acts("control.a", "results-to-finish") == [(number, "result close")]
    house.act("control.a", "result close", result=number)
    assert acts("control.a", "results-to-finish") == [(number, "result attach")]
    house.act("control.a", "result attach", result=number, document=lab.paper(house, number))
    assert acts("control.a", "results-to-finish") == [], "not for who entered it"
    assert acts("control.b", "results-to-finish") == [(number, "result verify")]
    do("control.b", waits("control.b", "results-to-finish")[0], document=lab.paper(house, number))
    assert "results-to-finish" not in shown("control.b")
    lab.control_1(house, first, but=("ASPECT",))
    assert "batches-to-control" not in shown("control.a") and "results-to-finish" not in shown("control.a")
    row = next_of(first)
    assert row[1:] == ("batch reconcile", {"batch": first}), row
    do("tech.a", row)
    assert next_of(first) is None


def test_a_deviation_and_a_hold():
    long = "Coupure de courant " * 30
    deviation = house.act("tech.a", "deviation open", batch=first, description=long, **{"class": "minor"})["deviation"]
    assert waits("pharma.a", "open-deviations") == [(deviation, "deviation decide", {"deviation": deviation})]
    said = shown("pharma.a")["open-deviations"][0]["to-do"]
    assert said.startswith("Coupure de courant Coupure") and said.endswith("…") and len(said) <= 121 and "  " not in said, said
    assert acts("tech.a", "open-deviations") == []
    house.act("pharma.a", "deviation decide", deviation=deviation, decision="accepted", impact="Sans effet")
    assert "open-deviations" not in shown("pharma.a")
    house.act("tech.b", "batch hold", batch=first, reason="Température")
    assert waits("pharma.a", "batches-on-hold") == [(first, "batch lift", {"batch": first})] and acts("tech.a", "batches-on-hold") == []
    house.act("pharma.a", "batch lift", batch=first, reason="Courbe conforme")
    assert "batches-on-hold" not in shown("pharma.a")


def test_the_decision_waits_for_who_may_take_it():
    assert acts("control.p", "batches-to-decide") == [(first, "certificate sign")]
    assert acts("pharma.b", "batches-to-decide") == []
    do("control.p", waits("control.p", "batches-to-decide")[0])
    assert acts("pharma.b", "batches-to-decide") == [(first, "batch release")]
    assert acts("control.p", "batches-to-decide") == [], "not for who signed the certificate, while the site does not allow it"
    assert acts("tech.a", "batches-to-decide") == []
    house.act("chief", "setting set", name="controller-may-release", value="yes", reason="Effectif réduit")
    assert acts("control.p", "batches-to-decide") == [(first, "batch release")]
    house.act("pharma.b", "batch release", batch=first)
    assert "batches-to-decide" not in shown("pharma.b")


def test_a_dispensing_until_it_is_handed_over():
    house.at("2026-01-21T08:00:00")
    house.refused("chief", "cost freeze", "COST-14", "reason", batch=first)
    house.act("chief", "cost freeze", batch=first, reason="Essai sans temps de travail")
    house.act("tech.a", "label print", kind="bottle", number=[f"{first}/{n}" for n in (1, 2, 3, 4)], reason="Libéré")
    do("tech.a", waits("tech.a", "labels-to-settle")[0], state="applied")
    number = house.act("dispense.p", "dispensing confirm", request="RX26-0003", batch=first)["dispensing"]
    done = []
    while rows := waits("dispense.p", "dispensings-to-finish"):
        act = rows[0][1]
        done.append(act)
        assert rows[0][0] == number and acts("tech.a", "dispensings-to-finish") == [], rows
        stuck = [row["label"] for row in house.view("dispense.p", "dispensing show", number)["labels"] if row["state"] == "applied"]
        scanned = {"bottle": f"{first}/{done.count(act)}", "label": (stuck + [None])[done.count(act) - 1]}
        do("dispense.p", rows[0], **(scanned if act == "dispensing scan" else {}))
        if act == "label print":
            do("dispense.p", waits("dispense.p", "labels-to-settle")[0], state="applied")
    assert done == ["label print", "dispensing scan", "dispensing scan", "dispensing check", "dispensing hand-over"], done


def test_what_expires_soon():
    assert "expiring-soon" not in shown("dispense.p")
    house.at("2026-06-15T08:00:00")
    assert waits("dispense.p", "expiring-soon") == [(first, "batch show", {"batch": first})], "its expiry is 2026-07-11"
    assert shown("dispense.p")["expiring-soon"][0]["deadline"] == "2026-07-11"
    house.at("2026-09-05T08:00:00")
    rows = {row["thing"]: row for row in shown("pharma.a")["expiring-soon"]}
    assert rows["MP26-0003"]["deadline"] == "2026-09-30" and rows["MP26-0003"]["do"]["act"] == "lot show", rows
    assert "Périmé" in rows[first]["to-do"] and "MP26-0004" not in rows, rows
    assert [t for t, _ in acts("tech.a", "expiring-soon")] == ["MP26-0003"], "the bottles are the pharmacist's"
    house.at("2026-10-02T08:00:00")
    assert ("MP26-0003", "lot destroy") in acts("pharma.a", "expiring-soon")
    house.act("tech.a", "stock count", container="MP26-0003/1", quantity="0 g", reason="Vidé")
    house.act("tech.b", "stock verify-count", container="MP26-0003/1", quantity="0 g")
    assert "MP26-0003" not in [t for t, _ in acts("pharma.a", "expiring-soon")], "an empty lot waits for nothing"


def test_a_recall_reaches_the_batches():
    house.at("2026-02-02T07:00:00")
    house.act("pharma.a", "lot recall", lot="MP26-0006", reason="Coiffes fragiles")
    assert acts("pharma.a", "recalls") == [("MP26-0006", "lot destroy")] and acts("tech.a", "recalls") == []
    assert acts("pharma.a", "batches-on-hold") == [(first, "batch lift")], "the recall holds what was made of the lot"
    house.act("pharma.a", "batch lift", batch=first, reason="Sans effet sur ces gélules", recalled_lots=["MP26-0006"])
    assert "batches-on-hold" not in shown("pharma.a")
    do("pharma.a", waits("pharma.a", "recalls")[0], reason="Repris par le fournisseur")
    assert "recalls" not in shown("pharma.a")


def test_a_batch_that_fails_and_a_weighing_outside():
    house.at("2026-02-03T07:00:00")
    house.act("tech.a", "lot receive", material="GEL1", supplier="FOURN", manufacturer="Fabricant fictif", quantity="1000", price="31 EUR",
              supplier_lot="GEL1-B", certificate_reference="CoA", expiry="2028-03")
    house.act("pharma.b", "lot accept", lot="MP26-0009")
    second = house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-003")], area="PREP-1", expected_loss=4)["batch"]
    bench.check_balances(house)
    bench.start(house, second)
    number = house.act("tech.a", "weighing open", batch=second, component="BIR", container="MP26-0004/1", balance="BAL-A", aspect_seen="yes",
                       label_seen="yes")["weighing"]
    house.act("tech.a", "weighing record", weighing=number, tare="12.4310 g", net="9.0000 g")
    assert acts("tech.b", "portions-to-verify") == [], "outside its tolerance nobody may verify it"
    assert next_of(second)[1:] == ("weighing discard", {"weighing": number}), next_of(second)
    do("tech.a", next_of(second), reason="Hors tolérance")
    assert next_of(second)[1] == "weighing open"
    number = house.act("tech.b", "deviation open", batch=second, description="Panne", **{"class": "minor"})["deviation"]
    house.act("admin", "person grant", person="tech.a", role="pharmacist", starts="2026-02-03", ends="2026-12-31")
    house.refused("tech.a", "deviation decide", "DEVIATION-05", deviation=number, decision="accepted", impact="Aucun")
    assert acts("tech.a", "open-deviations") == [], "who made the batch decides none of its deviations"
    assert [row[0] for row in waits("pharma.a", "open-deviations")] == [number]
    house.act("tech.a", "batch abandon", batch=second, reason="Panne de la hotte")
    assert next_of(second) is None
    assert acts("tech.a", "to-be-destroyed") == [(second, "batch destroy")]


def test_every_task_has_its_sentence_and_every_sentence_its_task():
    with open(f"{ROOT}/templates/home.catalogue", encoding="utf-8") as file:
        keys = set(re.findall(r"(?m)^\[task\.([\w-]+)\]$", file.read()))
    with open(f"{ROOT}/src/store/home.c", encoding="utf-8") as file:
        sql = file.read()
    code = "".join(open(path, encoding="utf-8").read() for path in glob.glob(f"{ROOT}/src/act/home_*.c"))
    asked = set(re.findall(r"'([\w-]+)' AS task", sql)) | set(re.findall(r'\.task = "([\w-]+)"', code)) | set(re.findall(r'choose\(row, "([\w-]+)"', code))
    assert asked - keys == set(), asked - keys
    assert {key for key in keys if f'"{key}"' not in code} == set(), "a sentence that no task has"
    of_rows = set(re.findall(r"(?:THEN|ELSE) \"?\s*\"?'([\w-]+)'", sql.replace('"\n     "', ""))) & keys
    assert of_rows <= set(re.findall(r'\.task = "([\w-]+)"', code)), of_rows


def test_both_languages_and_the_terminal():
    french, english = house.text("pharma.b", "home", "show"), house.text("pharma.b", "home", "show", language="en")
    assert "Formules à approuver" in french and "Relire et approuver" in french and "Formulas to approve" in english, (french, english)
    line = next(text for text in english.splitlines() if "BIR20/2" in text)
    assert line.endswith("formula approve --version BIR20/2"), line
    assert house.text("admin", "home", "show").split() == ["En", "attente", "0"]


class Visitor:
    """A signed-in person at a browser."""

    def __init__(self, server, person):
        self.server = server
        status, headers, body = server.request("POST", "/sign-in", {"Content-Type": "application/x-www-form-urlencoded"},
                                               urlencode({"_person": person, "_password": f"phrase secrete de {person} 2026"}))
        assert status == 303, (status, body)
        self.cookie = headers.getheader("Set-Cookie").split(";")[0]

    def get(self, target):
        status, _, body = self.server.request("GET", target, {"Cookie": self.cookie})
        return status, body.decode("utf-8")


def test_the_page():
    house.stop()
    with Server(house, clock="2026-02-04T07:00:00Z") as server:
        pharmacist, administrator = Visitor(server, "pharma.b"), Visitor(server, "admin")
        status, page = pharmacist.get("/")
        assert status == 200, page
        doors = [html.unescape(door) for door in re.findall(r'<a class="button" href="([^"]+)"', page)]
        titles = re.findall(r'<h2 id="([\w-]+)-title">', page)
        assert titles == [name for name in ORDER if name in titles] and "balances-to-check" in titles, titles
        counts = [int(count) for count in re.findall(r'<span class="count">(\d+)</span>', page)]
        assert len(counts) == len(titles) and sum(counts) == len(doors), (counts, doors)
        for door in doors:
            status, form = pharmacist.get(door)
            assert status == 200, (door, form)
            for name, values in parse_qs(urlsplit(door).query).items():
                assert "<form" not in form or "\n".join(values) in html.unescape(form), (door, name)
        status, page = administrator.get("/")
        assert status == 200 and "Rien ne vous attend" in page and 'class="waits"' not in page, page
        status, page = pharmacist.get("/home/show")
        assert status == 200 and all(html.escape(door) in page for door in doors), "the page of the view has the same doors"


main(globals())
