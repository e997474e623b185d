"""The conditions of the room that a formula asks for: read on each day of making, within their limits, or a pharmacist decides."""
import os
import subprocess

import bench
from harness import House, main

house = House()
SEEN = {"aspect_seen": "yes", "label_seen": "yes"}
BATCH = "B26-0001"
BIR = {"batch": BATCH, "component": "BIR", "container": "MP26-0003/1", "balance": "BAL-A", **SEEN}
MIX = {"batch": BATCH, "step": "MELANGE", "values": ["durée=10", "tamis intact=yes"]}


def next_task():
    task = house.view("tech.a", "batch next", BATCH)["task"]
    return task["door"]["act"], task["subject"], task["door"]["inputs"]


def rules(refused, rule):
    return [r["message"] for r in refused if r["rule"] == rule]


def test_a_formula_asks_for_conditions_of_its_room():
    bench.supply(house)
    house.act("pharma.a", "formula create", formula="BIR20", name="Birabresib 20 mg, gélule")
    first = bench.draft(house)
    add = {"version": first, "kind": "temperature"}
    house.refused("pharma.a", "formula add-condition", "ROOM-01", "low-limit", **add)
    house.refused("pharma.a", "formula add-condition", "ROOM-02", "high-limit", **add, high_limit="150")
    house.refused("pharma.a", "formula add-condition", "ROOM-03", "high-limit", **add, low_limit="25", high_limit="18")
    house.refused("pharma.b", "formula add-condition", "FORMULA-04", "version", **add, low_limit="18", high_limit="25")
    house.act("pharma.a", "formula add-condition", **add, low_limit="18.0", high_limit="25")
    house.act("pharma.a", "formula add-condition", version=first, kind="pressure", high_limit="-10")
    house.act("pharma.a", "formula add-condition", version=first, kind="humidity", high_limit="60")
    house.refused("pharma.a", "formula add-condition", "ROOM-04", "kind", **add, low_limit="15")
    house.act("pharma.a", "formula remove-condition", version=first, kind="humidity")
    house.refused("pharma.a", "formula remove-condition", "ROOM-05", "kind", version=first, kind="humidity")
    second = house.act("pharma.a", "formula draft", formula="BIR20", copy_of=first, shelf_life=170)["version"]
    shown = [(c["kind"], c["limit"], c["unit"]) for c in house.view("tech.a", "formula show", second)["conditions"]]
    assert shown == [("temperature", "18.0 to 25", "°C"), ("pressure", "<= -10", "Pa")], shown
    house.act("pharma.b", "formula approve", version=second)
    house.refused("pharma.a", "formula add-condition", "FORMULA-03", "version", version=second, kind="humidity", high_limit="60")
    house.guarded(("INSERT INTO formula_condition (version, kind, unit, high) VALUES (2, 'humidity', '%', '60')", "frozen"),
                  ("UPDATE formula_condition SET high = '40' WHERE version = 2 AND kind = 'temperature'", "frozen"),
                  ("DELETE FROM formula_condition WHERE version = 2", "frozen"),
                  ("INSERT INTO formula_condition (version, kind, unit, high) VALUES (1, 'humidity', 'Pa', '60')", "CHECK"))


def test_nothing_is_weighed_before_the_room_is_read():
    house.at("2026-01-12T07:00:00")
    house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-001")], area="PREP-1")
    bench.check_balances(house)
    bench.start(house, BATCH)
    act, subject, given = next_task()
    assert (act, given) == ("room record", {"area": "PREP-1"}) and subject == "température", (act, subject, given)
    waiting = house.view("tech.b", "home show")["batches-in-progress"]
    assert any(row["thing"] == BATCH and row["to-do"].startswith("Relever le local") for row in waiting), waiting
    refused = rules(house.refused("tech.a", "weighing open", "ROOM-06", "batch", **BIR), "ROOM-06")
    assert len(refused) == 2 and "18,0" in refused[0] and "25" in refused[0] and "room record" in refused[0], refused
    house.refused("tech.a", "room record", "AREA-01", "area", area="GRENIER", temperature="20")
    house.refused("tech.a", "room record", "ROOM-08", "pressure", area="PREP-1")
    house.refused("tech.a", "room record", "ROOM-02", "temperature", area="PREP-1", temperature="70 °F")
    house.refused("audit.a", "room record", "CALL-14", "as", area="PREP-1", temperature="20")
    done = house.act("tech.a", "room record", area="PREP-1", pressure="-14 Pa", humidity="45 %")
    assert done["batch"] == BATCH and [(r["kind"], r["verdict"]) for r in done["room-readings"]] == [("pressure", "complies"), ("humidity", "for-information")], done
    house.act("tech.a", "room record", area="PREP-2", temperature="21")  # of another room
    house.refused("tech.a", "weighing open", "ROOM-06", "batch", **BIR)


def test_outside_its_limits_it_is_put_right_or_a_pharmacist_decides():
    done = house.act("tech.a", "room record", area="PREP-1", temperature="25,10 °C")
    assert done["room-readings"][0]["value"] == {"value": "25.10", "unit": "°C"} and done["room-readings"][0]["verdict"] == "does not comply", done
    said = rules(house.refused("tech.a", "weighing open", "ROOM-07", "batch", **BIR), "ROOM-07")
    assert len(said) == 1 and "25,10" in said[0] and "18,0" in said[0] and "deviation open" in said[0] and "conditions" in said[0], said
    act, subject, _ = next_task()
    assert act == "room record" and "hors limites" in subject, (act, subject)
    number = house.act("tech.a", "deviation open", batch=BATCH, subject="conditions", **{"class": "minor"}, description="25,1 °C, climatisation en panne")["deviation"]
    house.refused("tech.a", "weighing open", "ROOM-07", "batch", **BIR)
    house.act("pharma.a", "deviation decide", deviation=number, decision="accepted", impact="Poudre stable à 30 °C")
    weighing = house.act("tech.a", "weighing open", **BIR)["weighing"]
    target = house.view("tech.a", "weighing show", weighing)["target"]["value"]
    house.act("tech.a", "weighing record", weighing=weighing, tare="12.4310 g", net=f"{target} g")
    house.act("tech.b", "weighing verify", weighing=weighing, container="MP26-0003/1", net=f"{target} g")
    house.act("tech.a", "room record", area="PREP-1", temperature="26 °C")  # what was accepted was 25.1
    cellulose = {**BIR, "component": "CEL", "container": "MP26-0005/1", "balance": "BAL-B"}
    house.refused("tech.a", "weighing open", "ROOM-07", "batch", **cellulose)
    house.guarded(("INSERT INTO weighing (number, batch, rank, component, container, equipment, state, due, target, low, high, formula, purity, opened_by, opened_at) "
                   "SELECT 'X', batch, 9, component, container, equipment, 'open', due, target, low, high, formula, purity, opened_by, '2026-01-12T09:00:00.000Z' FROM weighing",
                   "outside their limits"))
    house.act("tech.a", "room record", area="PREP-1", temperature="25 °C")  # the limit itself
    number = house.act("tech.a", "weighing open", **cellulose)["weighing"]
    target = house.view("tech.a", "weighing show", number)["target"]["value"]
    house.act("tech.a", "weighing record", weighing=number, tare="85.120 g", net=f"{target} g")
    house.act("tech.b", "weighing verify", weighing=number, container="MP26-0005/1", net=f"{target} g")
    bench.step(house, BATCH, "PESEES")


def test_each_day_is_read_anew():
    house.at("2026-01-13T07:00:00")
    house.refused("tech.a", "step record", "ROOM-06", "batch", **MIX)
    house.guarded(("INSERT INTO step_record (batch, step, person, at) SELECT 1, id, 1, '2026-01-13T17:30:00.000Z' FROM formula_step WHERE code = 'MELANGE' AND version = 2",
                   "are not read"),
                  ("UPDATE batch SET filled = 100, filled_at = '2026-01-13T17:30:00.000Z', state = 'quarantine'", "are not read"),
                  ("UPDATE room_reading SET value = '20'", "stays"), ("DELETE FROM room_reading", "is kept"))
    assert next_task()[0] == "room record"
    house.act("tech.b", "room record", area="PREP-1", pressure="-12", temperature="20.5")
    assert next_task()[0] != "room record"
    bench.issue(house, BATCH, "GEL1", "MP26-0006/1", 310)
    house.act("tech.a", "step record", **MIX)
    house.at("2026-01-14T07:00:00")
    units = house.view("tech.a", "batch show", BATCH)["units"]["value"]
    house.refused("tech.a", "batch fill", "ROOM-06", "batch", batch=BATCH, units=units)
    house.act("tech.b", "room record", area="PREP-1", pressure="-9", temperature="20")
    house.refused("tech.a", "batch fill", "ROOM-07", "batch", batch=BATCH, units=units)
    house.act("tech.b", "room record", area="PREP-1", pressure="-11")
    house.act("tech.a", "batch fill", batch=BATCH, units=units)
    assert next_task()[0] != "room record"


def test_the_record_the_reviewer_and_the_area_show_what_was_read():
    house.act("tech.b", "room record", area="PREP-1", temperature="22")
    shown = house.view("pharma.a", "batch show", BATCH)["room-readings"]
    assert [r["verdict"] for r in shown].count("does not comply") == 3 and len(shown) == 11, shown
    found = [e["description"] for e in house.view("pharma.a", "batch exceptions", BATCH)["exceptions"] if e["kind"] == "room-outside"]
    assert len(found) == 3 and "25,10" in found[0] and "Personne tech.a" in found[0], found
    path = os.path.join(house.folder, "record.pdf")
    house.view("pharma.a", "document preview", kind="batch-record", batch=BATCH, save=path)
    text = " ".join(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.split())
    assert "Conditions du local" in text and "25,10 °C" in text and "18,0 à 25 °C" in text and "non conforme" in text, text[:3000]
    area = house.view("tech.a", "area show", "PREP-1")
    assert [b["batch"] for b in area["batches"]] == [BATCH] and len(area["room-readings"]) == 11 and area["room-readings"][0]["value"]["value"] == "22", area
    assert len(house.view("tech.a", "area show", "PREP-2")["room-readings"]) == 1


if __name__ == "__main__":
    main(globals())
