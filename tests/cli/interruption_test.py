"""Work that is interrupted and goes on: nothing is made in between, every portion is scanned again, the line is cleared anew."""
import os
import subprocess

import bench
from harness import House, main

house = House()
SEEN = {"aspect_seen": "yes", "label_seen": "yes"}
BATCH = "B26-0001"
LEFT = {"reason": "Seconde personne absente", "left_as": "Portion W1 fermée, étiquetée, armoire ventilée"}


def opened(component, container, balance):
    return house.act("tech.a", "weighing open", batch=BATCH, component=component, container=container, balance=balance, **SEEN)["weighing"]


def target(number):
    return house.view("tech.a", "weighing show", number)["target"]["value"]


def next_act():
    task = house.view("tech.a", "batch next", BATCH)["task"]
    return task["door"]["act"], task["instruction"]


def test_nothing_lies_on_the_pan_when_work_stops():
    bench.supply(house)
    bench.formula(house, hold_limit=4)
    house.at("2026-01-12T07:00:00")
    house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-001")], area="PREP-1")
    bench.check_balances(house)
    house.refused("tech.a", "batch suspend", "BATCH-02", "batch", batch=BATCH, **LEFT)
    bench.start(house, BATCH)
    number = opened("BIR", "MP26-0003/1", "BAL-A")
    refused = house.refused("tech.a", "batch suspend", "INTERRUPTION-03", "batch", batch=BATCH, **LEFT)
    assert "weighing record" in refused[0]["message"] and "weighing discard" in refused[0]["message"], refused
    house.act("tech.a", "weighing record", weighing=number, tare="12.4310 g", net=f"{target(number)} g")
    assert house.act("tech.a", "batch suspend", batch=BATCH, **LEFT)["phase"] == "making"
    house.refused("tech.a", "batch suspend", "INTERRUPTION-01", "batch", batch=BATCH, **LEFT)


def test_nothing_is_made_while_it_is_suspended():
    for act, given in (("weighing open", {"component": "CEL", "container": "MP26-0005/1", "balance": "BAL-B", **SEEN}), ("step record", {"step": "PESEES"}),
                       ("issue record", {"component": "GEL1", "container": "MP26-0006/1", "units": 10, **SEEN}), ("batch clear-line", {"phase": "making"}),
                       ("batch fill", {"units": 184})):
        refused = house.refused("tech.a", act, "INTERRUPTION-07", "batch", batch=BATCH, **given)
        assert any("batch resume" in r["message"] and "Seconde personne absente" in r["message"] for r in refused), refused
    house.guarded((f"INSERT INTO step_record (batch, step, person, at) SELECT 1, min(id), 1, '2026-01-12T10:00:00.000Z' FROM formula_step", "is suspended"),
                  ("INSERT INTO clearance (batch, phase, work_area, person, at) VALUES (1, 'making', 1, 1, '2026-01-12T10:00:00.000Z')", "is suspended"),
                  ("UPDATE interruption SET reason = 'autre'", "it stays"), ("DELETE FROM interruption", "it is kept"))
    assert next_act() == ("batch resume", LEFT["left_as"])
    waiting = house.view("tech.b", "home show")["batches-in-progress"]
    assert any(row["thing"] == BATCH and row["to-do"].startswith("Interrompu") and row["do"]["act"] == "batch next" for row in waiting), waiting
    # what waits may be verified meanwhile
    house.act("tech.b", "weighing verify", weighing=f"{BATCH}/W1", container="MP26-0003/1", net=f"{target(f'{BATCH}/W1')} g")


def test_every_portion_is_scanned_and_the_line_cleared_again():
    house.refused("tech.a", "batch resume", "INTERRUPTION-05", "portions", batch=BATCH)
    # a portion of another batch in hand is a near miss: one event stays
    house.refused("tech.a", "batch resume", "INTERRUPTION-06", "portions", changes=True, batch=BATCH, portions=[f"{BATCH}/W1", "B26-0002/W1"])
    assert house.view("audit.a", "event list")["events"][0]["subject"] == "B26-0002/W1"
    house.at("2026-01-12T13:05:00")
    house.guarded(("UPDATE interruption SET resumed_by = 1, resumed_at = '2026-01-12T09:00:00.000Z'", None), ("UPDATE interruption SET reason = 'x'", "it stays"))
    house.guarded(("UPDATE interruption SET resumed_by = 1, resumed_at = '2026-01-12T13:05:00.000Z'", "longer than the formula allows"),
                  ("UPDATE formula_version SET hold_limit = 48", "frozen"))
    done = house.act("tech.b", "batch resume", batch=BATCH, portions=[f"{BATCH}/W1"])
    opened_by_itself = house.view("pharma.a", "deviation show", done["deviation"])
    assert opened_by_itself["state"] == "open" and "4 h" in opened_by_itself["description"].replace("\u00a0", " ") and LEFT["left_as"] in opened_by_itself["description"], opened_by_itself
    assert done["lasted"].endswith("min") and " h " in done["lasted"] and done["left-as"] == LEFT["left_as"], done
    house.refused("tech.b", "batch resume", "INTERRUPTION-04", "batch", batch=BATCH)
    assert next_act()[0] == "batch clear-line"
    refused = house.refused("tech.a", "weighing open", "WEIGHING-02", None, batch=BATCH, component="CEL", container="MP26-0005/1", balance="BAL-B", **SEEN)
    assert refused
    house.refused("tech.a", "step record", "INTERRUPTION-08", "batch", batch=BATCH, step="PESEES")
    house.act("tech.b", "batch clear-line", batch=BATCH, phase="making")
    number = opened("CEL", "MP26-0005/1", "BAL-B")
    house.act("tech.a", "weighing record", weighing=number, tare="85.120 g", net=f"{target(number)} g")


def test_the_reviewer_sees_it():
    exceptions = [row["description"] for row in house.view("pharma.a", "batch exceptions", BATCH)["exceptions"] if row["kind"] == "interruption"]
    assert len(exceptions) == 1 and "Seconde personne absente" in exceptions[0] and "interrompu" in exceptions[0], exceptions
    shown = house.view("pharma.a", "batch show", BATCH)["interruptions"]
    assert shown[0]["suspended-by"] == "tech.a" and shown[0]["resumed-by"] == "tech.b", shown
    path = os.path.join(house.folder, "record.pdf")
    house.view("pharma.a", "document preview", kind="batch-record", batch=BATCH, save=path)
    text = " ".join(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.split())
    assert "Interruptions" in text and "armoire ventilée" in text and exceptions[0].split(" : ")[0].split("interrompu ")[1].split("\u00a0")[0] in text, text


def test_what_the_table_of_acts_says_of_rights_and_rules():
    matrix = {row["act"]: row for row in house.view("audit.a", "right list")["matrix"]}
    assert set(matrix) == set(house.table), set(matrix) ^ set(house.table)
    assert matrix["batch release"]["signed"] is True and "préparateur" not in matrix["batch release"]["roles"], matrix["batch release"]
    assert "préparateur" in matrix["weighing record"]["roles"] and matrix["weighing record"]["badge-enough"] is True, matrix["weighing record"]
    own = {row["act"] for row in house.view("audit.a", "right list", role="technician")["matrix"]}
    assert "weighing record" in own and not own & {"batch release", "lot accept", "person grant"}, own
    rules = {row["rule"]: row for row in house.run("rule", "list")["done"]["rules"]}
    assert rules["INTERRUPTION-07"]["source"] == "BPP 5.34" and "interrompu" in rules["INTERRUPTION-07"]["text"] and len(rules) > 300, len(rules)
    house.refused("tech.a", "weighing open", "WEIGHING-05", "container", changes=True, batch=BATCH, component="BIR", container="MP26-0005/1", balance="BAL-A", **SEEN)
    trend = house.view("audit.a", "event trend")["trend"]
    assert {"month": "2026-01", "kind": "wrong-container", "events": 2, "people-concerned": 1} in trend, trend


if __name__ == "__main__":
    main(globals())
