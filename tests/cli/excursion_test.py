"""Where things are stored, and what happens when a place leaves its limits: everything that stood there is held until a pharmacist decides."""
import bench
from harness import House, main

house = House()
SEEN = {"aspect_seen": "yes", "label_seen": "yes"}
BATCH = "B26-0001"
FIRST = "EX26-0001"
NIGHT = {"location": "Armoire A2", "from": "2026-01-12T19:00:00Z", "until": "2026-01-13T06:00:00Z", "reason": "Climatisation arrêtée"}


def opened(component, container, balance):
    return {"batch": BATCH, "component": component, "container": container, "balance": balance, **SEEN}


def waiting(person, task_list):
    return {row["thing"]: row for row in house.view(person, "home show").get(task_list, [])}


def test_things_have_their_place():
    bench.supply(house)
    bench.formula(house)
    house.at("2026-01-12T07:00:00")
    house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-001")], area="PREP-1")
    house.refused("tech.a", "batch store", "BATCH-02", "batch", batch=BATCH, location="Armoire Q1")
    bench.check_balances(house)
    bench.start(house, BATCH)
    for container in ("MP26-0003/1", "MP26-0004/1", "MP26-0005/1", "MP26-0006/1"):
        house.act("tech.a", "container move", container=container, location="Armoire A2")
    house.refused("tech.a", "container move", "EXCURSION-10", "location", container="MP26-0003/1", location="Armoire A2")
    house.refused("audit.a", "container move", "CALL-14", "as", container="MP26-0003/1", location="Armoire B1")
    assert house.view("tech.a", "container show", "MP26-0003/1")["location"] == "Armoire A2"
    assert house.act("tech.a", "batch store", batch=BATCH, location="Armoire Q1")["former-location"] is None
    assert house.act("tech.a", "batch store", batch=BATCH, location="Armoire A2")["former-location"] == "Armoire Q1"
    house.refused("tech.a", "batch store", "EXCURSION-10", "location", batch=BATCH, location="Armoire A2")
    assert house.view("tech.a", "batch show", BATCH)["location"] == "Armoire A2"
    house.guarded(("UPDATE container SET location = 'Ailleurs' WHERE number = 'MP26-0003/1'", "changes by a move"),
                  ("UPDATE batch_location SET location = 'Ailleurs'", "stays"), ("DELETE FROM batch_location", "is kept"),
                  ("UPDATE container_move SET location = 'Ailleurs'", "stays"), ("DELETE FROM container_move", "is kept"),
                  ("INSERT INTO container_move (container, former, location, person, at) VALUES (1, 'Nulle part', 'X', 1, '2026-01-12T08:00:00.000Z')", "from where it is"))


def test_what_is_declared_has_happened_somewhere():
    house.at("2026-01-13T07:00:00")
    house.refused("tech.a", "excursion declare", "EXCURSION-02", "from", **{**NIGHT, "from": "2026-01-13T09:00:00Z", "until": None})
    house.refused("tech.a", "excursion declare", "EXCURSION-03", "until", **{**NIGHT, "until": "2026-01-13T09:00:00Z"})
    for typed, why in (("30/03/2025 02:30", "n’a pas existé"), ("26/10/2025 02:30", "deux fois"), ("hier soir", "12/01/2026 20:00")):
        said = house.refused("tech.a", "excursion declare", "CALL-04", "from", **{**NIGHT, "from": typed})[0]["message"]
        assert why in said, said
    house.refused("tech.a", "excursion declare", "EXCURSION-04", "until", **{**NIGHT, "until": "2026-01-12T18:00:00Z"})
    said = house.refused("tech.a", "excursion declare", "EXCURSION-05", "location", **{**NIGHT, "location": "armoire A2"})[0]["message"]
    assert "Armoire A2" in said and "container move" in said, said
    house.refused("tech.a", "excursion declare", "EXCURSION-05", "location", **{**NIGHT, "location": "Armoire Q1"})  # it was carried away before


def test_everything_that_stood_there_is_held():
    house.act("tech.b", "container move", container="MP26-0004/1", location="Armoire B1")  # carried away since
    house.act("tech.b", "container move", container="MP26-0001/1", location="Armoire A2")  # came after its end
    done = house.act("tech.b", "excursion declare", **NIGHT, lowest="19,5 °C", highest="31,2 °C")
    assert done["excursion"] == FIRST, done
    assert [c["container"] for c in done["containers"]] == ["MP26-0003/1", "MP26-0004/1", "MP26-0005/1", "MP26-0006/1"], done
    assert [(b["batch"], b["before"]) for b in done["batches"]] == [(BATCH, "in-preparation")], done
    holds = house.view("pharma.a", "batch show", BATCH)["standing-holds"]
    assert FIRST in holds[0]["reason"] and "Armoire A2" in holds[0]["reason"] and "Climatisation" in holds[0]["reason"], holds
    assert house.view("tech.a", "container show", "MP26-0003/1")["excursions"][0]["state"] == "held"
    shown = house.view("tech.a", "excursion show", FIRST)
    assert shown["highest"] == "31,2 °C" and {c["state"] for c in shown["containers"]} == {"held"} and shown["batches"][0]["state"] == "held", shown
    assert house.view("tech.a", "excursion list")["excursions"][0]["undecided"] == 5
    task = waiting("pharma.a", "excursions-to-assess")[FIRST]
    assert task["do"] == {"act": "excursion assess", "inputs": {"excursion": FIRST}} and "4" in task["to-do"], task
    assert FIRST not in waiting("tech.a", "excursions-to-assess")
    assert FIRST in waiting("pharma.a", "batches-on-hold")[BATCH]["to-do"]


def test_nothing_is_taken_from_what_is_held():
    house.refused("tech.a", "weighing open", "BATCH-03", "batch", **opened("BIR", "MP26-0003/1", "BAL-A"))
    house.act("pharma.a", "batch lift", batch=BATCH, reason="Poudre non entamée")
    bench.check_balances(house)
    house.refused("tech.a", "weighing open", "EXCURSION-08", "container", changes=True, **opened("BIR", "MP26-0003/1", "BAL-A"))
    assert house.view("tech.a", "batch next", BATCH)["task"]["take"] is None, "what is held is not proposed"
    house.refused("tech.a", "issue record", "EXCURSION-08", "container", changes=True, batch=BATCH, component="GEL1", container="MP26-0006/1", units=10, **SEEN)
    house.guarded(("INSERT INTO weighing (number, batch, rank, component, container, equipment, state, due, target, low, high, formula, purity, opened_by, opened_at) "
                   "SELECT 'X', 1, 1, f.id, c.id, e.id, 'open', '1', 1, 1, 1, '1', '1', 1, '2026-01-13T09:00:00.000Z' FROM formula_component f, container c, equipment e "
                   "WHERE f.rank = 1 AND c.number = 'MP26-0003/1' AND e.code = 'BAL-A'", "held or condemned"),
                  ("INSERT INTO issue (number, batch, rank, component, container, units, issued_by, issued_at) SELECT 'X', 1, 1, f.id, c.id, 1, 1, '2026-01-13T09:00:00.000Z' "
                   "FROM formula_component f, container c WHERE f.rank = 3 AND c.number = 'MP26-0006/1'", "held or condemned"),
                  ("UPDATE excursion SET reason = 'autre'", "it stays"), ("DELETE FROM excursion", "it is kept"),
                  ("UPDATE excursion_container SET container = 1", "stays"), ("DELETE FROM excursion_container", "is kept"),
                  ("UPDATE excursion_batch SET batch = 2", "it stays"), ("DELETE FROM excursion_batch", "it is kept"))


def test_a_pharmacist_keeps_or_condemns():
    keep = {"excursion": FIRST, "decision": "keep", "reason": "Stable à 40 °C pendant 6 mois"}
    house.refused("tech.a", "excursion assess", "CALL-14", "as", **keep, all="yes")
    house.refused("pharma.a", "excursion assess", "EXCURSION-07", "container", **keep)
    house.refused("pharma.a", "excursion assess", "EXCURSION-07", "container", **keep, all="yes", container=["MP26-0003/1"])
    house.refused("pharma.a", "excursion assess", "EXCURSION-06", "container", **keep, container=["MP26-0003/1", "MP26-0001/1"])
    house.refused("pharma.a", "excursion assess", "EXCURSION-01", "excursion", **{**keep, "excursion": "EX26-0002"}, all="yes")
    done = house.act("pharma.a", "excursion assess", **keep, container=["MP26-0003/1", "MP26-0004/1"])
    assert [c["state"] for c in done["containers"]] == ["kept", "kept"], done
    house.refused("pharma.a", "excursion assess", "EXCURSION-06", "container", **keep, container=["MP26-0003/1"])
    house.act("pharma.a", "excursion assess", **{**keep, "decision": "condemn", "reason": "Enveloppes ramollies"}, container=["MP26-0006/1"])
    house.guarded(("UPDATE excursion_container SET state = 'kept' WHERE state = 'condemned'", "what was decided stays"))
    number = house.act("tech.a", "weighing open", **opened("BIR", "MP26-0003/1", "BAL-A"))["weighing"]
    target = house.view("tech.a", "weighing show", number)["target"]["value"]
    house.act("tech.a", "weighing record", weighing=number, tare="12.4310 g", net=f"{target} g")
    house.refused("tech.a", "issue record", "EXCURSION-09", "container", changes=True, batch=BATCH, component="GEL1", container="MP26-0006/1", units=10, **SEEN)
    house.act("pharma.a", "excursion assess", **keep, all="yes")
    house.refused("pharma.a", "excursion assess", "EXCURSION-12", "excursion", **keep, all="yes")
    shown = house.view("tech.a", "excursion show", FIRST)
    assert [c["state"] for c in shown["containers"]] == ["kept", "kept", "kept", "condemned"], shown
    assert shown["batches"][0]["decided-by"] == "pharma.a" and shown["batches"][0]["state"] == "in-preparation", shown
    assert [(t["batch"], t["container"]) for t in shown["taken-since"]] == [(BATCH, "MP26-0003/1")], shown
    assert house.view("tech.a", "excursion list")["excursions"][0]["undecided"] == 0


def test_what_is_condemned_is_destroyed_and_never_proposed():
    assert waiting("pharma.a", "to-be-destroyed")["MP26-0006/1"]["do"]["act"] == "container destroy"
    house.refused("pharma.a", "container destroy", "EXCURSION-11", "container", container="MP26-0003/1", reason="Bordereau 1")
    house.refused("tech.a", "container destroy", "CALL-14", "as", container="MP26-0006/1", reason="Bordereau 1")
    assert house.act("pharma.a", "container destroy", container="MP26-0006/1", reason="Bordereau 1")["quantity"] == 1000
    house.refused("pharma.a", "container destroy", "CONTAINER-03", "container", container="MP26-0006/1", reason="Bordereau 1")
    assert "MP26-0006/1" not in waiting("pharma.a", "to-be-destroyed")


def test_one_that_lasts_has_no_end_and_what_a_container_gave_meanwhile_is_named():
    house.at("2026-01-14T07:00:00")
    done = house.act("control.a", "excursion declare", location="Armoire A2", **{"from": "13/01/2026 07:30"}, reason="Encore chaud")
    assert done["excursion"] == "EX26-0002" and [c["container"] for c in done["containers"]] == ["MP26-0001/1", "MP26-0003/1", "MP26-0004/1", "MP26-0005/1"], done
    shown = house.view("tech.a", "excursion show", "EX26-0002")
    assert shown["from"] == "2026-01-13T06:30:00.000Z" and [t["batch"] for t in shown["taken-since"]] == [BATCH], shown
    assert house.view("tech.a", "batch show", BATCH)["held"] is True


def test_nothing_is_put_where_it_lasts():
    house.refused("tech.a", "container move", "EXCURSION-13", "location", container="MP26-0002/1", location="Armoire A2")
    house.act("tech.a", "batch store", batch=BATCH, location="Armoire Q1")
    house.refused("tech.a", "batch store", "EXCURSION-13", "location", batch=BATCH, location="Armoire A2")
    house.refused("tech.a", "lot receive", "EXCURSION-13", "location", material="CEL", supplier="FOURN", manufacturer="Fabricant fictif", quantity="1 kg",
                  price="42 EUR", supplier_lot="CEL-2", certificate_reference="CoA", expiry="2028-01", location="Armoire A2")
    house.guarded(("INSERT INTO container_move (container, location, person, at) SELECT id, 'Armoire A2', 1, '2026-01-14T08:00:00.000Z' FROM container "
                   "WHERE number = 'MP26-0002/1'", "nothing is put"),
                  ("INSERT INTO batch_location (batch, location, person, at) VALUES (1, 'Armoire A2', 1, '2026-01-14T08:00:00.000Z')", "nothing is put"),
                  ("INSERT INTO container (number, lot, rank, containers, location) VALUES ('X', 1, 9, 9, 'Armoire A2')", "nothing is put"))
    house.act("pharma.b", "excursion assess", excursion="EX26-0002", all="yes", decision="keep", reason="Stable")
    house.refused("tech.a", "container move", "EXCURSION-13", "location", container="MP26-0002/1", location="Armoire A2")
    house.act("pharma.b", "batch lift", batch=BATCH, reason="Vérifié")
    house.act("tech.a", "container move", container="MP26-0002/1", location="Armoire A2")


if __name__ == "__main__":
    main(globals())
