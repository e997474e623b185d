"""The log of equipment and work areas: what is broken is not used; a capsule filler's plate fits the shells."""
import os
import subprocess

import bench
from harness import House, main

house = House()
SEEN = {"aspect_seen": "yes", "label_seen": "yes"}
BATCH = "B26-0001"
BIR = {"batch": BATCH, "component": "BIR", "container": "MP26-0003/1", "balance": "BAL-A", **SEEN}
PLATE = {"kind": "capsule-filler", "name": "Plateau du gélulier"}


def state(code):
    return house.view("tech.a", "equipment show", code)["state"]


def waiting(person, task_list):
    return {row["thing"]: row for row in house.view(person, "home show").get(task_list, [])}


def test_a_plate_has_its_size_and_its_holes():
    bench.supply(house)
    bench.formula(house)
    house.refused("pharma.a", "equipment add", "PLATE-01", "holes", code="P", **PLATE, capsule_size="1")
    house.refused("pharma.a", "equipment add", "PLATE-01", "capsule-size", code="P", **PLATE, holes=100)
    house.refused("pharma.a", "equipment add", "PLATE-02", "holes", code="H", kind="hood", name="Hotte", capsule_size="1", holes=100)
    house.refused("pharma.a", "equipment add", "PLATE-03", "holes", code="P", **PLATE, capsule_size="1", holes=0)
    house.act("pharma.a", "equipment add", code="GELULIER", kind="capsule-filler", name="Gélulier sans plateau")


def test_what_is_broken_is_not_used_until_a_pharmacist_says_it_is_repaired():
    house.at("2026-01-12T07:00:00")
    house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-001")], area="PREP-1")
    bench.check_balances(house)
    bench.start(house, BATCH)
    house.refused("pharma.a", "equipment log", "LOGBOOK-03", "kind", equipment="BAL-A", kind="repair", text="Rien")
    house.refused("audit.a", "equipment log", "CALL-14", "as", equipment="BAL-A", kind="breakdown", text="Affichage éteint")
    done = house.act("tech.a", "equipment log", equipment="BAL-A", kind="breakdown", text="Affichage éteint")
    assert done["state"] == "broken-down" and state("BAL-A") == "broken-down", done
    said = [r["message"] for r in house.refused("tech.a", "weighing open", "LOGBOOK-01", "balance", **BIR) if r["rule"] == "LOGBOOK-01"]
    assert "12/01/2026" in said[0] and "Affichage éteint" in said[0] and "equipment log" in said[0], said
    house.guarded(("INSERT INTO weighing (number, batch, rank, component, container, equipment, state, due, target, low, high, formula, purity, opened_by, opened_at) "
                   "SELECT 'X', 1, 1, f.id, c.id, e.id, 'open', '1', 1, 1, 1, '1', '1', 1, '2026-01-12T09:00:00.000Z' FROM formula_component f, container c, equipment e "
                   "WHERE f.rank = 1 AND c.number = 'MP26-0003/1' AND e.code = 'BAL-A'", "broken down"),
                  ("UPDATE logbook SET text = 'autre'", "stays"), ("DELETE FROM logbook", "is kept"),
                  ("INSERT INTO logbook (equipment, kind, text, batch, day, person, at) VALUES (1, 'repair', 'x', 1, '2026-01-12', 1, '2026-01-12T08:00:00.000Z')", "CHECK"),
                  ("INSERT INTO logbook (kind, text, day, person, at) VALUES ('cleaning', 'x', '2026-01-12', 1, '2026-01-12T08:00:00.000Z')", "CHECK"))
    task = waiting("pharma.a", "broken-down-equipment")["BAL-A"]
    assert task["do"] == {"act": "equipment log", "inputs": {"equipment": "BAL-A", "kind": "repair"}} and "Affichage éteint" in task["to-do"], task
    assert "BAL-A" not in waiting("tech.a", "broken-down-equipment") and "BAL-A" not in waiting("tech.a", "balances-to-check")
    house.refused("tech.a", "equipment log", "LOGBOOK-02", "kind", equipment="BAL-A", kind="repair", text="Alimentation changée")
    house.refused("tech.a", "equipment log", "LOGBOOK-02", "kind", equipment="BAL-A", kind="qualification", text="Faite")
    house.act("pharma.a", "equipment log", equipment="BAL-A", kind="repair", text="Alimentation changée, RI-7")
    house.refused("tech.a", "weighing open", "EQUIPMENT-04", "balance", **BIR)  # behind a repair the check of the day is made anew
    assert state("BAL-A") == "check-due"
    bench.check_balances(house)
    assert state("BAL-A") == "in-service"


def test_the_making_goes_on_with_the_balance_that_was_repaired():
    house.act("pharma.a", "equipment add", code="DEL-1", name="Désagrégation", kind="disintegration-tester")
    house.act("pharma.a", "equipment calibrate", equipment="DEL-1", on="2025-11-03", due="2026-11-30", reference="Certificat 7")
    bench.weigh(house, BATCH, "BIR", "MP26-0003/1", "BAL-A", "12.4310 g", "3.9886 g")
    cel = house.act("tech.a", "weighing open", **{**BIR, "component": "CEL", "container": "MP26-0005/1", "balance": "BAL-B"})["weighing"]
    target = house.view("tech.a", "weighing show", cel)["target"]["value"]
    house.act("tech.a", "weighing record", weighing=cel, tare="85.120 g", net=f"{target} g")
    house.act("tech.b", "weighing verify", weighing=cel, container="MP26-0005/1", net=f"{target} g")
    bench.step(house, BATCH, "PESEES")
    bench.step(house, BATCH, "MELANGE", "durée=10", "tamis intact=yes")
    bench.issue(house, BATCH, "GEL1", "MP26-0006/1", 190)


def test_the_plate_fits_the_shells():
    units = house.view("tech.a", "batch show", BATCH)["units"]["value"]
    fill = {"batch": BATCH, "units": units}
    for code, size in (("PLAT-0", "0"), ("PLAT-1", "1"), ("PLAT-1B", "1")):
        house.act("pharma.a", "equipment add", code=code, **PLATE, capsule_size=size, holes=100)
    assert house.view("tech.a", "equipment show", "PLAT-0")["holes"] == 100
    said = house.refused("tech.a", "batch fill", "PLATE-04", "plate", **fill)[0]["message"]
    assert "taille 1" in said, said
    house.refused("tech.a", "batch fill", "PLATE-05", "plate", **fill, plate="PLAT-0")
    house.refused("tech.a", "batch fill", "PLATE-06", "plate", **fill, plate="GELULIER")
    house.refused("tech.a", "batch fill", "EQUIPMENT-01", "plate", **fill, plate="PLAT-9")
    house.act("tech.a", "equipment log", equipment="PLAT-1", kind="breakdown", text="Trou fendu")
    house.refused("tech.a", "batch fill", "LOGBOOK-01", "plate", **fill, plate="PLAT-1")
    house.act("pharma.a", "equipment log", equipment="PLAT-1", kind="repair", text="Plaque polie")
    house.act("pharma.a", "equipment withdraw", equipment="PLAT-1B", reason="Cassé")
    house.refused("tech.a", "batch fill", "EQUIPMENT-02", "plate", **fill, plate="PLAT-1B")
    plates = "INSERT INTO batch_plate (batch, equipment) SELECT 1, id FROM equipment WHERE code = '{}'"
    house.guarded((f"UPDATE batch SET filled = {units}, filled_at = '2026-01-12T10:00:00.000Z', state = 'quarantine'", "with which plate"),
                  (plates.format("PLAT-0"), "does not fit"), (plates.format("PLAT-1B"), "does not fit"), (plates.format("GELULIER"), "does not fit"),
                  ("INSERT INTO filler_plate (equipment, capsule_size, holes) SELECT id, '1', 10 FROM equipment WHERE code = 'BAL-A'", "capsule filler"),
                  ("UPDATE filler_plate SET holes = 50", "stays"), ("DELETE FROM filler_plate", "is kept"),
                  (plates.format("PLAT-1"), None), ("UPDATE batch_plate SET equipment = 1", "stays"), ("DELETE FROM batch_plate", "is kept"))
    house.act("tech.a", "batch fill", **fill, plate="PLAT-1")
    assert house.view("tech.a", "batch show", BATCH)["plate"] == "PLAT-1, taille 1, 100 trous"
    path = os.path.join(house.folder, "record.pdf")
    house.view("pharma.a", "document preview", kind="batch-record", batch=BATCH, save=path)
    text = " ".join(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.split())
    assert "PLAT-1, taille 1, 100 trous" in text, text


def test_results_know_when_it_was_broken():
    bench.step(house, BATCH, "REMPLIR")
    house.act("tech.a", "sample take", batch=BATCH, destinations=["DESAG"], units=6)
    bench.receive(house, BATCH)
    house.at("2026-01-14T07:00:00")
    house.act("control.a", "equipment log", equipment="DEL-1", kind="breakdown", text="Moteur bloqué")
    given = {"batch": BATCH, "control": "DESAG", "equipment": "DEL-1"}
    house.refused("control.a", "result open", "LOGBOOK-01", "equipment", **given, analysed_on="2026-01-14")
    house.at("2026-01-16T07:00:00")
    house.refused("control.a", "result open", "LOGBOOK-01", "equipment", **given, analysed_on="2026-01-15")
    house.act("pharma.a", "equipment log", equipment="DEL-1", kind="repair", text="Moteur changé")
    house.refused("control.a", "result open", "LOGBOOK-01", "equipment", **given, analysed_on="2026-01-15")
    house.guarded(("INSERT INTO result (number, batch, rank, control, state, stage, equipment, analysed_on, entered_by, opened_at) SELECT 'X', 1, 1, c.id, 'open', 1, e.id, "
                   "'2026-01-15', 1, '2026-01-16T08:00:00.000Z' FROM formula_control c, equipment e WHERE c.code = 'DESAG' AND e.code = 'DEL-1'", "was broken down"))
    house.act("control.a", "result open", **given, analysed_on="2026-01-13")  # before it broke down


def test_the_log_shows_everything():
    house.refused("tech.a", "equipment clean", "EQUIPMENT-02", "equipment", equipment="PLAT-1B", method="Éthanol")
    house.refused("tech.a", "equipment clean", "BATCH-01", "batch", equipment="PLAT-1", method="Éthanol", batch="B26-0009")
    house.act("tech.a", "equipment clean", equipment="PLAT-1", method="Éthanol à 70 %", batch=BATCH)
    house.refused("tech.a", "area clean", "AREA-01", "area", area="GRENIER", method="Éthanol")
    house.act("tech.a", "area clean", area="PREP-1", method="PO-NET-01", batch=BATCH)
    plate = house.view("tech.a", "equipment show", "PLAT-1")
    assert [(e["kind"], e["batch"]) for e in plate["log"]] == [("cleaning", BATCH), ("repair", None), ("breakdown", None)], plate
    assert [b["batch"] for b in plate["batches"]] == [BATCH] and plate["weighing-count"] == 0, plate
    balance = house.view("tech.a", "equipment show", "BAL-A")
    assert balance["weighing-count"] == 1 and [w["weighing"] for w in balance["weighings"]] == [f"{BATCH}/W1"], balance
    assert [e["kind"] for e in balance["log"]] == ["repair", "breakdown", "calibration"] and len(balance["checks"]) == 2, balance
    tester = house.view("tech.a", "equipment show", "DEL-1")
    assert [r["result"] for r in tester["results"]] == [f"{BATCH}/R1"] and "Certificat 7" in tester["log"][-1]["text"], tester
    assert house.view("tech.a", "area show", "PREP-1")["log"][0]["text"] == "PO-NET-01"


if __name__ == "__main__":
    main(globals())
