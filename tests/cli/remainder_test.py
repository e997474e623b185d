"""What a request lacks once its batch cannot give it: capsules lost or expired are made again, and the rest of a treatment that stops is withdrawn."""
import re

from dossier import Dossier
from harness import main

BATCH, FIRST, SECOND = "B26-0001", "RX26-0001", "RX26-0002"


def plan(*requests):
    return {"formula": "BIR20", "requests": list(requests), "area": "PREP-1"}


def planned(house, number):
    return house.view("pharm.a", "batch show", number)["requests"]


def hand_over(house, number, *bottles):
    labels = [row["label"] for row in house.act("disp.a", "label print", kind="dispensing", number=[number])["labels"]]
    house.act("disp.a", "label settle", label=labels, state="applied")
    for bottle, label in zip(bottles, labels, strict=True):
        house.act("tech.a", "dispensing scan", dispensing=number, bottle=bottle, label=label)
    house.act("disp.a", "dispensing check", dispensing=number)
    house.act("disp.a", "dispensing hand-over", dispensing=number)


def waits(house):
    """What the home page asks for each request, and the capsules that it names."""
    return {row["thing"]: (row["do"]["act"], re.search(r"\d+", row["to-do"])[0]) for row in house.view("pharm.a", "home show").get("requests-to-serve", [])}


def test_what_was_lost_is_made_again_once():
    house = Dossier()
    house.play(until="dispensing confirm")
    said = house.refused("tech.a", "batch plan", "BATCH-08", "requests", **plan(FIRST))[0]["message"]
    assert BATCH in said, said
    lost = house.view("pharm.a", "batch show", BATCH)["bottles"][0]
    house.act("disp.a", "bottle lose", bottle=lost["bottle"], kind="broken", reason="Tombé")
    house.refused("tech.a", "batch plan", "BATCH-08", "requests", **plan(FIRST, SECOND))  # one bottle is lacking, not two
    again = house.act("tech.a", "batch plan", **plan(SECOND))["batch"]
    assert [(row["request"], row["units"]) for row in planned(house, again)] == [(SECOND, int(lost["units"]))], planned(house, again)
    house.refused("tech.a", "batch plan", "BATCH-08", "requests", **plan(SECOND))
    house.refused("tech.a", "batch plan", "BATCH-08", "requests", **plan(FIRST))
    house.act("tech.a", "batch cancel", batch=again, reason="essai")
    assert house.act("tech.a", "batch plan", **plan(FIRST))["batch"]


def test_what_expired_is_made_again():
    house = Dossier()
    house.play(until="dispensing confirm")
    house.at("2026-08-01T08:00:00")
    tasks = [row for rows in house.view("pharm.a", "home show").values() if isinstance(rows, list) for row in rows if row.get("thing") == FIRST]
    assert [row["do"]["act"] for row in tasks] == ["batch plan"], tasks
    again = house.act("tech.a", "batch plan", **plan(FIRST))["batch"]
    assert [(row["request"], row["units"]) for row in planned(house, again)] == [(FIRST, 112)], planned(house, again)


def test_what_is_left_is_dispensed_and_the_rest_comes_from_another_batch():
    house = Dossier()
    house.play(until="dispensing confirm")
    for rank in (1, 2, 3):
        house.act("disp.a", "bottle lose", bottle=f"{BATCH}/{rank}", kind="broken", reason="Tombé")
    assert house.view("disp.a", "request next", FIRST)["task"]["lacking"] == 56
    number = house.act("disp.a", "dispensing confirm", request=FIRST, batch=BATCH)
    assert (number["units"], number["lacking"], number["bottles"]) == (56, 56, [f"{BATCH}/4"]), number
    said = house.refused("disp.a", "dispensing confirm", "DISPENSING-40", "batch", request=SECOND, batch=BATCH)[0]["message"]
    assert "112 manquent" in said and "batch plan" in said, said
    assert waits(house) == {FIRST: ("batch plan", "56"), SECOND: ("batch plan", "112")}, waits(house)
    assert house.view("pharm.a", "request next", SECOND)["task"]["door"]["act"] == "batch plan"
    again = house.act("tech.a", "batch plan", **plan(FIRST, SECOND))["batch"]
    assert waits(house) == {}, waits(house)
    assert [(row["request"], row["units"]) for row in planned(house, again)] == [(FIRST, 56), (SECOND, 112)], planned(house, again)
    shown = {request: house.view("pharm.a", "request next", request) for request in (FIRST, SECOND)}
    assert shown[FIRST]["batch"] == BATCH and shown[FIRST]["task"]["door"]["act"] == "label print", shown[FIRST]
    assert shown[SECOND]["batch"] == again and not shown[SECOND]["task"]["door"], shown[SECOND]
    hand_over(house, number["dispensing"], f"{BATCH}/4")
    house.refused("disp.a", "dispensing confirm", "DISPENSING-40", "batch", request=FIRST, batch=BATCH)


def test_a_share_that_was_given_is_not_all_that_was_prescribed():
    house = Dossier()
    house.play(until="dispensing confirm")
    more = house.act("pharm.a", "request receive", patient="P-077", formula="BIR20", prescriber="Dr Exemple", prescriber_address="Hôpital fictif", prescribed_on="2026-01-20",
                     daily_units="3", days="28", posology="3 gélules par jour", board="RCP fictive", board_day="2026-01-19", board_number="RCP-2026-099",
                     board_decision="favourable")["request"]
    house.act("pharm.b", "request accept", request=more, legal_basis="CSP L.5121-1 1°")
    house.act("pharm.b", "request withdraw", request=SECOND, reason="Traitement arrêté")
    house.act("pharm.b", "batch reattribute", batch=BATCH, from_request=SECOND, request=more, units=56, reason="Traitement arrêté")
    house.act("disp.a", "dispensing confirm", request=more, batch=BATCH)
    said = house.refused("disp.a", "dispensing confirm", "DISPENSING-41", "batch", request=more, batch=BATCH)[0]["message"]
    assert "56" in said and "manque 28" in said, said
    made = house.act("tech.a", "batch plan", **plan(more))["batch"]
    assert [(row["request"], row["units"]) for row in planned(house, made)] == [(more, 28)]


def test_a_patient_s_label_waits_while_its_batch_does():
    house = Dossier()
    house.play(until="dispensing confirm")
    number = house.act("disp.a", "dispensing confirm", request=FIRST, batch=BATCH)["dispensing"]
    house.act("pharm.a", "batch hold", batch=BATCH, reason="Réclamation à examiner")
    house.refused("disp.a", "label print", "DISPENSING-06", "number", kind="dispensing", number=[number])
    assert house.act("disp.a", "label print", kind="dispensing", number=[number], specimen="yes")["labels"]
    house.act("pharm.a", "batch lift", batch=BATCH, reason="Réclamation sans objet")
    late = house.clock
    house.at("2026-07-01T08:00:00")  # 28 days, and 11 are left
    house.refused("disp.a", "label print", "DISPENSING-33", "number", kind="dispensing", number=[number])
    house.at(late.isoformat())
    hand_over(house, number, f"{BATCH}/1", f"{BATCH}/2")


def test_the_rest_of_a_treatment_that_stops_is_withdrawn_and_given_to_another():
    house = Dossier()
    house.play(until="dispensing confirm")
    for rank in (2, 3, 4):
        house.act("disp.a", "bottle lose", bottle=f"{BATCH}/{rank}", kind="lost", reason="Introuvable")
    number = house.act("disp.a", "dispensing confirm", request=FIRST, batch=BATCH)["dispensing"]
    house.refused("pharm.a", "request withdraw", "REQUEST-11", "request", request=FIRST, reason="Traitement arrêté")
    hand_over(house, number, f"{BATCH}/1")
    assert house.view("pharm.a", "request show", FIRST)["state"] == "accepted"
    assert house.act("pharm.a", "request withdraw", request=FIRST, reason="Traitement arrêté")["state"] == "withdrawn"
    shown = house.view("pharm.a", "request show", FIRST)
    assert shown["state"] == "withdrawn" and number in str(shown), shown
    house.refused("disp.a", "dispensing confirm", "DISPENSING-08", "request", request=FIRST, batch=BATCH)


main(globals())
