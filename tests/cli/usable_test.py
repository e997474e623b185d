"""What a lot, a container and a balance must be to be used, tried at the opening of a weighing; what comes back unopened."""
import bench
from harness import House, main

house = House(start="2026-01-12T06:00:00")
opening = {"component": "BIR", "container": "MP26-0003/1", "balance": "BAL-A", "aspect_seen": "yes", "label_seen": "yes"}


def refused(rule, field, near_miss=False, **given):
    return house.refused("tech.a", "weighing open", rule, field, changes=near_miss, **{**opening, **given})


def receive(supplier_lot, quantity="10 g", **limit):
    number = house.act("tech.a", "lot receive", material="BIR", supplier="FOURN", manufacturer="Fabricant fictif", quantity=quantity,
                       price="1 EUR", supplier_lot=supplier_lot, certificate_reference="CoA", **limit)["lot"]
    return number


def accepted(supplier_lot, **limit):
    number = receive(supplier_lot, **limit)
    house.act("pharma.a", "lot accept", lot=number, assay="99", basis="as-is", source="CoA")
    return number


def test_a_batch_under_way():
    bench.supply(house)
    bench.formula(house)
    requests = [bench.request(house, "P-001")]
    opening["batch"] = house.act("tech.a", "batch plan", formula="BIR20", requests=requests, area="PREP-1", expected_loss="40")["batch"]
    bench.start(house, opening["batch"])


def test_a_balance_is_checked_each_day():
    refused("EQUIPMENT-01", "balance", balance="GHOST")
    refused("EQUIPMENT-04", "balance")
    house.act("tech.a", "equipment check", equipment="BAL-A", weight="20 g", reading="20.0006 g")
    refused("EQUIPMENT-05", "balance")
    bench.check_balances(house)


def test_a_balance_is_calibrated_fit_and_in_service():
    for code, capacity in [("BAL-C", "2 g"), ("BAL-D", "100 g")]:
        house.act("pharma.a", "equipment add", code=code, name=code, kind="balance", readability="0.1 mg", repeatability="0.08 mg", capacity=capacity,
                  control_weight="1 g", control_tolerance="0.5 mg")
        house.act("tech.a", "equipment check", equipment=code, weight="1 g", reading="1 g")
    house.act("pharma.a", "equipment add", code="HOTTE", name="Enceinte", kind="hood")
    refused("EQUIPMENT-09", "balance", balance="BAL-C")
    house.act("pharma.a", "equipment calibrate", equipment="BAL-C", on="2025-01-02", due="2026-01-04", reference="x")
    refused("EQUIPMENT-03", "balance", balance="BAL-C")
    house.act("pharma.a", "equipment calibrate", equipment="BAL-C", on="2026-01-02", due="2027-01-04", reference="x")
    refused("EQUIPMENT-08", "balance", balance="BAL-C")
    house.act("pharma.a", "equipment add", code="BAL-E", name="Grosse balance", kind="balance", readability="1 mg", repeatability="5 mg", capacity="5 kg",
              control_weight="1 kg", control_tolerance="10 mg")
    house.act("pharma.a", "equipment calibrate", equipment="BAL-E", on="2026-01-02", due="2027-01-04", reference="x")
    house.act("tech.a", "equipment check", equipment="BAL-E", weight="1 kg", reading="1 kg")
    refused("EQUIPMENT-07", "balance", balance="BAL-E")
    refused("EQUIPMENT-06", "balance", balance="HOTTE")
    house.act("pharma.a", "equipment withdraw", equipment="BAL-D", reason="Hors d'usage")
    refused("EQUIPMENT-02", "balance", balance="BAL-D")


def test_only_an_accepted_lot_is_used():
    number = receive("Q-1", retest="2027-01")
    refused("CONTAINER-01", "container", near_miss=True, container=f"{number}/2")
    refused("LOT-02", "container", near_miss=True, container=f"{number}/1")
    house.act("pharma.a", "lot refuse", lot=number, reason="Sac percé")
    said = refused("LOT-03", "container", near_miss=True, container=f"{number}/1")
    assert "Sac percé" in said[0]["message"], said
    recalled = accepted("Q-2", retest="2027-01")
    house.act("pharma.a", "lot recall", lot=recalled, reason="Alerte")
    refused("LOT-04", "container", near_miss=True, container=f"{recalled}/1")
    house.act("pharma.a", "lot destroy", lot=recalled, reason="BSD-1")
    refused("LOT-05", "container", near_miss=True, container=f"{recalled}/1")


def test_nothing_is_used_past_its_day_or_empty():
    global retested
    expiring, retested = accepted("Q-3", expiry="2026-01-20"), accepted("Q-4", retest="2026-01-20")
    opened, emptied = accepted("Q-5", retest="2027-01"), accepted("Q-6", retest="2027-01")
    house.act("tech.a", "container open", container=f"{opened}/1", end_of_use="2026-01-20")
    house.act("tech.a", "lot sample", container=f"{emptied}/1", quantity="10 g", purpose="control", reason="Contrôle")
    refused("CONTAINER-03", "container", near_miss=True, container=f"{emptied}/1")
    proposed = refused("WEIGHING-06", "container")
    assert f"{expiring}/1" in proposed[0]["message"], proposed  # the first to expire is asked for, by name
    house.at("2026-01-20T22:00:00")  # the end of the day counts: 23 h in Paris
    bench.check_balances(house)
    refused("WEIGHING-06", "container")
    house.at("2026-01-20T23:00:00")
    bench.check_balances(house)
    refused("LOT-06", "container", near_miss=True, container=f"{expiring}/1")
    refused("LOT-07", "container", near_miss=True, container=f"{retested}/1")
    refused("CONTAINER-02", "container", near_miss=True, container=f"{opened}/1")
    weighing = house.act("tech.a", "weighing open", **opening)["weighing"]
    house.act("tech.a", "weighing discard", weighing=weighing, reason="Ouverte pour l'essai")


def test_a_lot_past_its_retest_date_is_tested_and_accepted_again():
    again = {"lot": retested, "assay": "98,2", "basis": "anhydrous", "water": "1,5", "source": "Recontrôle du 20/01/2026", "retest_until": "2027-01"}
    test = {"lot": retested, "test": "Dosage", "method": "CLHP", "result": "98,2 %", "conforms": "yes"}
    said = refused("LOT-07", "container", near_miss=True, container=f"{retested}/1")
    assert "lot test" in said[0]["message"] and "--retest-until" in said[0]["message"], said
    house.refused("pharma.a", "lot accept", "LOT-32", "lot", **again)
    house.guarded((f"UPDATE lot SET limit_day = '2030-01-31' WHERE number = '{retested}'", "what was received or decided stays"),
                  (f"INSERT INTO lot_retest (lot, limit_day, former_day, person, at) SELECT id, '2030-01-31', limit_day, 1, '2026-01-21T00:00:00.000Z' FROM lot "
                   f"WHERE number = '{retested}'", "after a full control"))
    house.act("control.a", "lot test", **test)
    house.refused("pharma.a", "lot accept", "LOT-30", "retest-until", **{**again, "retest_until": None})
    for day in ("2026-01-20", "2025-12-31"):
        house.refused("pharma.a", "lot accept", "LOT-31", "retest-until", **{**again, "retest_until": day})
    house.refused("pharma.a", "lot accept", "LOT-17", "source", **{**again, "source": None})
    house.refused("tech.a", "lot accept", "CALL-14", "as", **again)
    done = house.act("pharma.b", "lot accept", **again)
    assert (done["state"], done["retest-until"], done["correction"]["purity"]["value"]) == ("accepted", "2027-01-31", "0.96727"), done
    shown = house.view("audit.a", "lot show", retested)
    assert (shown["state"], shown["limit-day"], shown["decided-by"]) == ("accepted", "2027-01-31", "pharma.a"), shown  # who first accepted it stays
    assert [(row["former-day"], row["former-assay"]["value"], row["former-water"], row["retest-until"], row["assay"]["value"], row["decided-by"])
            for row in shown["retests"]] == [("2026-01-20", "99", None, "2027-01-31", "98.2", "pharma.b")], shown["retests"]
    house.act("tech.a", "container open", container=f"{retested}/1")
    opened = house.act("tech.a", "weighing open", **{**opening, "container": f"{retested}/1"}, reason="Lot recontrôlé")
    house.act("tech.a", "weighing discard", weighing=opened["weighing"], reason="Ouverte pour l'essai")
    assert "98.2" in str(opened) and "1.5" in str(opened), opened  # weighed by the new correction
    house.refused("pharma.a", "lot accept", "LOT-32", "lot", **{**again, "retest_until": "2028-01"})  # each date asks for its own control
    house.act("control.a", "lot test", **{**test, "result": "91 %", "conforms": "no"})
    house.refused("pharma.a", "lot accept", "LOT-33", "lot", **{**again, "retest_until": "2028-01"})


def test_only_a_retest_date_moves():
    expiring, waiting = accepted("Q-8", expiry="2027-03-31"), receive("Q-9", retest="2027-01")
    test = {"test": "Dosage", "method": "CLHP", "result": "99 %", "conforms": "yes"}
    house.refused("control.a", "lot test", "LOT-11", "lot", lot=expiring, **test)
    more = {"assay": "99", "basis": "as-is", "source": "CoA", "retest_until": "2028-01"}
    house.refused("pharma.a", "lot accept", "LOT-11", "lot", lot=expiring, **more)
    house.refused("pharma.a", "lot accept", "LOT-34", "retest-until", lot=waiting, **more)


def test_unopened_articles_come_back():
    batch, container = opening["batch"], "MP26-0006/1"
    first, second = bench.issue(house, batch, "GEL1", container, 300), bench.issue(house, batch, "GEL1", container, 100)
    back = {"issue": first, "quantity": "20", "reason": "Sachet non ouvert"}
    house.refused("tech.a", "stock return", "STOCK-04", "issue", **{**back, "issue": "B26-0001/I9"})
    house.refused("tech.a", "stock return", "STOCK-05", "quantity", **{**back, "quantity": "301"})
    house.refused("tech.a", "stock return", "LOT-24", "quantity", **{**back, "quantity": "0"})
    house.refused("audit.a", "stock return", "CALL-14", "as", **back)
    assert house.act("tech.a", "stock return", **back)["stock"] == 620
    assert house.act("tech.a", "stock return", **{**back, "quantity": "280"})["stock"] == 900
    house.refused("tech.a", "stock return", "STOCK-05", "quantity", **{**back, "issue": second, "quantity": "101"})
    movement = house.view("tech.a", "container show", container)["movements"][-1]
    assert (movement["kind"], movement["quantity"], movement["batch"]) == ("return", 280, batch), movement


def weigh_target(component, container, balance):
    given = {**opening, "component": component, "container": container, "balance": balance}
    done = house.act("tech.a", "weighing open", **given, reason="Contenant entamé")
    net = f"{done['target']['value']} {done['target']['unit']}"
    house.act("tech.a", "weighing record", weighing=done["weighing"], tare="10 g", net=net)
    house.act("tech.b", "weighing verify", weighing=done["weighing"], container=container, net=net)


def test_more_active_substance_than_the_capsules_hold_is_refused():
    lot = receive("BIR-DILUE", quantity="200 g", expiry="2026-12")
    house.act("pharma.a", "lot accept", lot=lot, assay="1.5", basis="as-is", source="CoA", unusual_assay="yes")
    house.act("tech.a", "container open", container=f"{lot}/1")
    refused("WEIGHING-27", "container", container=f"{lot}/1", reason="Essai")


def test_who_made_the_batch_decides_none_of_its_deviations():
    made = house.act("pharma.b", "weighing open", **{**opening, "reason": "Essai"})["weighing"]
    house.act("pharma.b", "weighing discard", weighing=made, reason="Renversé")
    deviation = house.act("tech.a", "deviation open", batch=opening["batch"], subject=made, description="Renversé", **{"class": "minor"})["deviation"]
    decide = {"deviation": deviation, "decision": "accepted", "impact": "Aucun"}
    house.refused("pharma.b", "deviation decide", "DEVIATION-05", "as", **decide)
    house.act("pharma.a", "deviation decide", **decide)


def test_nothing_comes_back_to_a_reconciled_or_closed_record():
    batch = opening["batch"]
    back = {"issue": f"{batch}/I2", "quantity": "1", "reason": "Sachet non ouvert"}
    weigh_target("BIR", "MP26-0003/1", "BAL-A")
    weigh_target("CEL", "MP26-0005/1", "BAL-B")
    bench.step(house, batch, "PESEES")
    bench.step(house, batch, "MELANGE", "durée=10", "tamis intact=yes")
    bench.issue(house, batch, "GEL1", "MP26-0006/1", 200)
    house.act("tech.a", "batch fill", batch=batch, units=200)
    bench.step(house, batch, "REMPLIR")
    bench.step(house, batch, "NETTOYAGE")
    bench.sample(house, batch)
    bench.package(house, batch, [56, 56, 16])
    house.act("tech.a", "batch reconcile", batch=batch, kinds=["shells"])
    house.refused("tech.a", "stock return", "STOCK-07", "issue", **back)
    house.act("pharma.a", "batch abandon", batch=batch, reason="Exercice")
    house.refused("tech.a", "stock return", "STOCK-06", "issue", **back)


def test_everything_replays():
    house.stop()
    assert house.run("verify")["done"]["sequence"] > 20


def test_everything_replays():
    house.stop()
    assert house.run("verify")["done"]["sequence"] > 20


main(globals())
