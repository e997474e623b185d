"""How refusals are written: days, instants and numbers in the reader's language, what a person typed as they typed it."""
import bench
from harness import House, main

house = House()
FIRM = "\u00a0"


def said(answer, rule):
    return next(r["message"] for r in answer if r["rule"] == rule)


def in_english(person, act, /, **inputs):
    words = [word for name, value in inputs.items() for word in ("--" + name.replace("_", "-"), str(value))]
    house.stop()
    return house.run("--as", person, "--password-file", house.passwords, "--clock", house.instant(), "--language", "en", *act.split(), *words,
                     status=1)["refused"]


def test_days():
    bench.supply(house)
    asked = {"person": "nobody.a", "role": "technician", "starts": "2026-03-02", "ends": "01/03/2026"}
    assert said(house.refused("admin", "person grant", "PERSON-07", "ends", **asked), "PERSON-07") == \
        "La fin ne peut pas précéder le début (02/03/2026)."
    assert f"(2{FIRM}Mar{FIRM}2026)" in said(in_english("admin", "person grant", **asked), "PERSON-07")


def test_instants_are_the_clock_of_the_site():
    house.act("admin", "person end", person="nobody.a", reason="Départ")
    done = house.refused("admin", "person end", "PERSON-10", "person", person="nobody.a", reason="Départ")
    shown = house.view("admin", "person show", "nobody.a")["ended"]
    assert shown.startswith("2026-01-05T07:"), shown
    assert f"depuis le 05/01/2026{FIRM}à{FIRM}08{FIRM}h{FIRM}" in said(done, "PERSON-10"), done
    assert f"5{FIRM}Jan{FIRM}2026,{FIRM}08:" in said(in_english("admin", "person end", person="nobody.a", reason="x"), "PERSON-10")


def test_masses_and_numbers():
    check = {"equipment": "BAL-A", "weight": "221.5 g", "reading": "221.5 g", "tolerance": "0.5 mg"}
    assert said(house.refused("tech.a", "equipment check", "EQUIPMENT-08", "weight", **check), "EQUIPMENT-08").startswith(
        f"221,5{FIRM}g dépasse la portée de BAL-A (220{FIRM}g)")
    assert said(in_english("tech.a", "equipment check", **check), "EQUIPMENT-08").startswith(f"221.5{FIRM}g is above")
    assert f"Un titre de 111,5{FIRM}%" in said(house.refused("pharma.b", "lot accept", "LOT-19", "assay", lot="MP26-0007", assay="111.5", basis="as-is",
                                                           source="CoA"), "LOT-19")


def test_what_was_typed_stays_as_it_was_typed():
    lot = {"material": "BIR", "supplier": "FOURN", "manufacturer": "F", "quantity": "10 g", "price": "1 EUR", "certificate_reference": "CoA",
           "retest": "2027-01"}
    for typed in ("2026-01-12", "1.50", "6.5032 g"):
        house.act("tech.a", "lot receive", supplier_lot=typed, **lot)
        assert f"Le lot fournisseur {typed} de" in said(house.refused("tech.a", "lot receive", "LOT-10", "supplier-lot", supplier_lot=typed, **lot),
                                                        "LOT-10")
    refused = house.refused("tech.a", "lot receive", "CALL-04", "quantity", supplier_lot="X", **{**lot, "quantity": "1.5"})
    assert f"«{FIRM}1.5{FIRM}»" in said(refused, "CALL-04"), refused


main(globals())
