"""What may change between the opening of a weighing, its reading and its use, and what must be known before the filling."""
import sqlite3

import bench
from harness import House, main

SEEN = {"aspect_seen": "yes", "label_seen": "yes"}
BLEND = {"control": "MELANGE", "name": "Aspect du mélange", "kind": "conformity", "specification": "Homogène", "due": "in-process"}


def started(controls=None):
    """A house with a batch that is started, and its number."""
    house = House()
    bench.supply(house)
    if controls is None:
        bench.formula(house)
    else:
        house.act("pharma.a", "formula create", formula="BIR20", name="Birabresib 20 mg, gélule")
        version = bench.draft(house)
        for control in controls:
            house.act("pharma.a", "formula add-control", version=version, method="MO-1 v1", **control)
        house.act("pharma.b", "formula approve", version=version)
    house.at("2026-01-12T07:00:00")
    batch = house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-001"), bench.request(house, "P-002")],
                      area="PREP-1", expected_loss=4)["batch"]
    bench.check_balances(house)
    bench.start(house, batch)
    return house, batch


def opened(house, batch, **more):
    given = {**SEEN, "component": "BIR", "container": "MP26-0003/1", "balance": "BAL-A", **more}
    return house.act("tech.a", "weighing open", batch=batch, **given)["weighing"]


def record(house, number, net):
    house.act("tech.a", "weighing record", weighing=number, tare="12.4310 g", net=net)


def verify(house, number, net):
    return house.act("tech.b", "weighing verify", weighing=number, container="MP26-0003/1", net=net)


def test_powder_that_expired_before_it_was_read_is_not_verified():
    house, batch = started()
    number = opened(house, batch)
    house.at("2026-10-12T07:00:00")
    record(house, number, "6.5032 g")
    said = house.refused("tech.b", "weighing verify", "WEIGHING-31", "weighing", weighing=number, container="MP26-0003/1", net="6.5032 g")
    assert "12/10/2026" in str(said) and "30/09/2026" in str(said), said
    assert "WEIGHING-32" in [r["rule"] for r in said], "no check of the balance on that day"
    assert house.act("tech.a", "weighing discard", weighing=number, reason="Périmé")["charged-mass"]["value"] == "6.5032"


def test_a_balance_that_failed_after_the_opening_gives_no_portion():
    house, batch = started()
    number = opened(house, batch)
    record(house, number, "6.5032 g")
    assert house.act("tech.b", "equipment check", equipment="BAL-A", weight="20 g", reading="20.0500 g")["conforms"] is False
    house.refused("tech.b", "weighing verify", "WEIGHING-32", "weighing", weighing=number, container="MP26-0003/1", net="6.5032 g")
    bench.check_balances(house)  # set right and checked again: the last check of the day counts
    verify(house, number, "6.5032 g")


def test_no_portion_leaves_less_than_can_be_weighed():
    house, batch = started()
    said = house.refused("tech.a", "weighing open", "WEIGHING-29", "portion", batch=batch, component="BIR", container="MP26-0003/1", balance="BAL-A",
                         portion="6.40 g", **SEEN)
    assert "0,103" in str(said) and "0,16" in str(said), said
    number = opened(house, batch, portion="6.34 g")
    record(house, number, "6.3500 g")
    verify(house, number, "6.3500 g")
    # 0.1532 g are left, less than the minimum of the balance: the portion may be thrown away as long as nothing is made of it
    house.refused("tech.a", "weighing open", "EQUIPMENT-07", "balance", batch=batch, component="BIR", container="MP26-0003/1", balance="BAL-A", **SEEN)
    done = house.act("tech.a", "weighing discard", weighing=number, reason="Il resterait moins que la masse minimale")
    assert done["charged-mass"]["value"] == "6.35", done
    number = opened(house, batch)
    record(house, number, "6.5032 g")
    verify(house, number, "6.5032 g")
    bench.weigh(house, batch, "CEL", "MP26-0005/1", "BAL-B", "45.210 g", "53.497 g")
    bench.step(house, batch, "PESEES")
    bench.step(house, batch, "MELANGE", "durée=10", "tamis intact=yes")
    house.refused("tech.a", "weighing discard", "WEIGHING-30", "weighing", weighing=number, reason="Trop tard")


def test_too_much_active_leaves_no_room_for_the_filler():
    house, batch = started()
    number = opened(house, batch)
    record(house, number, "65.0320 g")
    deviation = house.act("tech.a", "deviation open", batch=batch, subject=number, description="Dix fois trop", **{"class": "major"})["deviation"]
    house.act("pharma.b", "deviation decide", deviation=deviation, decision="accepted", impact="Aucun")
    verify(house, number, "65.0320 g")
    said = house.refused("tech.a", "weighing open", "WEIGHING-28", "component", batch=batch, component="CEL", container="MP26-0005/1", balance="BAL-B", **SEEN)
    assert "60" in str(said) and "-5,032" in str(said).replace("−", "-"), said
    house.act("tech.a", "weighing discard", weighing=number, reason="Excès")


def test_the_powder_is_judged_before_it_is_filled():
    house, batch = started([BLEND])
    bench.weigh(house, batch, "BIR", "MP26-0003/1", "BAL-A", "12.4310 g", "6.5032 g")
    bench.weigh(house, batch, "CEL", "MP26-0005/1", "BAL-B", "45.210 g", "53.497 g")
    bench.step(house, batch, "PESEES")
    bench.step(house, batch, "MELANGE", "durée=10", "tamis intact=yes")
    bench.issue(house, batch, "GEL1", "MP26-0006/1", 310)
    house.refused("tech.a", "batch fill", "RESULT-30", "batch", batch=batch, units=300)
    number = house.act("tech.a", "result open", batch=batch, control="MELANGE", analysed_on="2026-01-12")["result"]
    house.act("tech.a", "result append", result=number, values=["does not conform"])
    house.refused("tech.a", "batch fill", "RESULT-30", "batch", batch=batch, units=300)
    house.act("tech.a", "result close", result=number)
    house.refused("tech.a", "batch fill", "RESULT-31", "batch", batch=batch, units=300)


def test_nothing_expired_is_filled():
    house, batch = started()
    bench.weigh(house, batch, "BIR", "MP26-0003/1", "BAL-A", "12.4310 g", "6.5032 g")
    bench.weigh(house, batch, "CEL", "MP26-0005/1", "BAL-B", "45.210 g", "53.497 g")
    bench.step(house, batch, "PESEES")
    bench.step(house, batch, "MELANGE", "durée=10", "tamis intact=yes")
    bench.issue(house, batch, "GEL1", "MP26-0006/1", 310)
    house.at("2026-10-12T07:00:00")
    house.refused("tech.a", "batch fill", "BATCH-53", "batch", batch=batch, units=300)


def test_who_made_the_batch_neither_verifies_results_nor_signs_the_certificate():
    house, batch = started()
    for person, role in (("tech.a", "control-technician"), ("tech.a", "control-pharmacist")):
        house.act("admin", "person grant", person=person, role=role, starts="2026-01-12", ends="2026-12-31")
    bench.fill(house, batch, "6.5032 g", "53.497 g", 310, 300)
    bench.sample(house, batch)
    bench.receive(house, batch)
    number = house.act("control.a", "result open", batch=batch, control="ASPECT", analysed_on="2026-01-12")["result"]
    house.act("control.a", "result append", result=number, values=["conforms"])
    house.act("control.a", "result close", result=number)
    path = f"{house.folder}/cahier.txt"
    with open(path, "w", encoding="utf-8") as file:
        file.write("Aspect : conforme\n")
    house.act("control.a", "result attach", result=number, document=path)
    house.refused("tech.a", "result verify", "RESULT-03", "as", result=number, document=path)
    house.refused("tech.a", "certificate sign", "PAPER-05", "as", batch=batch)


def test_the_database_knows_that_another_person_verifies():
    house, batch = started()
    number = opened(house, batch)
    house.act("tech.b", "weighing record", weighing=number, tare="12.4310 g", net="6.5032 g")
    database = sqlite3.connect(house.database)
    for person in ("opened_by", "recorded_by"):
        try:
            database.execute(f"UPDATE weighing SET state = 'verified', verified_at = '2026-01-12T07:30:00.000Z', verified_by = {person}")
            raise AssertionError(person)
        except sqlite3.IntegrityError as error:
            assert "BPP 5.44" in str(error) or "CHECK" in str(error), error
    database.close()


def test_an_opened_container_never_outlives_its_lot():
    house, _ = started()
    number = house.act("tech.a", "lot receive", material="CEL", supplier="FOURN", manufacturer="Fabricant fictif", quantity="1 kg", price="42 EUR",
                       supplier_lot="CEL-Z", certificate_reference="CoA", expiry="2027-05")["lot"]
    said = house.refused("tech.a", "container open", "CONTAINER-07", "end-of-use", container=f"{number}/1", end_of_use="2030-01-01")
    assert "31/05/2027" in str(said), said
    house.act("tech.a", "container open", container=f"{number}/1", end_of_use="2027-05-31")


def test_capsules_are_weighed_on_a_balance_that_was_checked_and_is_in_use():
    house, batch = started()
    house.act("pharma.a", "equipment add", code="CLHP-1", name="Chromatographe", kind="chromatograph")
    house.act("pharma.a", "equipment calibrate", equipment="CLHP-1", on="2026-01-05", due="2027-01-05", reference="Q-1")
    bench.fill(house, batch, "6.5032 g", "53.497 g", 310, 300)
    bench.sample(house, batch)
    bench.receive(house, batch)
    given = {"batch": batch, "control": "MASSE"}
    house.at("2026-01-13T07:00:00")
    house.refused("control.a", "result open", "EQUIPMENT-06", "equipment", analysed_on="2026-01-12", equipment="CLHP-1", **given)
    said = house.refused("control.a", "result open", "RESULT-32", "equipment", analysed_on="2026-01-13", equipment="BAL-A", **given)
    assert "13/01/2026" in str(said), said
    house.act("tech.a", "equipment check", equipment="BAL-A", weight="20 g", reading="20.0500 g")
    house.refused("control.a", "result open", "RESULT-32", "equipment", analysed_on="2026-01-13", equipment="BAL-A", **given)
    house.act("pharma.a", "equipment withdraw", equipment="BAL-B", reason="Panne")
    house.refused("control.a", "result open", "RESULT-33", "equipment", analysed_on="2026-01-12", equipment="BAL-B", **given)
    house.act("control.a", "result open", analysed_on="2026-01-12", equipment="BAL-A", **given)


main(globals())
