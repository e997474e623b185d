"""Rates, declarations and the cost price: the rules that need no batch of their own. The figures of a whole dossier stand in
dispensing_test.py."""
import subprocess

from dossier import Dossier
from harness import House, main

house = House()


def test_rates_are_dated():
    house.act("chief", "rate set", code="technician", name="Préparateur", kind="labour-hour", starts="2026-01-01", amount="31.20 EUR")
    house.act("chief", "rate set", code="technician", name="Préparateur", kind="labour-hour", starts="2026-07-01", amount="32,00 EUR")
    house.act("chief", "rate set", code="hood", name="Hotte", kind="equipment-hour", starts="2026-01-01", amount="4.10 EUR")
    house.act("chief", "rate set", code="overhead", name="Frais généraux", kind="overhead-percent", starts="2026-01-01", percent="8")
    assert house.view("audit.a", "rate list", at="2025-12-31")["rates"] == []
    rates = {r["code"]: r["value"] for r in house.view("audit.a", "rate list", at="2026-06-30")["rates"]}
    assert rates == {"technician": {"value": "31.20", "unit": "EUR/h"}, "hood": {"value": "4.10", "unit": "EUR/h"},
                     "overhead": {"value": "8", "unit": "%"}}
    assert house.view("audit.a", "rate list", at="2026-07-01")["rates"][1]["value"] == {"value": "32.00", "unit": "EUR/h"}


def test_rates_refuse():
    def refused(rule, field, **changes):
        inputs = {"code": "new", "name": "Nouveau", "kind": "labour-hour", "starts": "2026-01-01", "amount": "10 EUR", **changes}
        house.refused("chief", "rate set", rule, field, **inputs)
    refused("RATE-01", "amount", amount=None)
    refused("RATE-01", "percent", kind="overhead-percent", amount=None)
    refused("RATE-02", "percent", percent="8")
    refused("RATE-02", "amount", kind="overhead-percent", percent="8")
    refused("RATE-03", "percent", kind="overhead-percent", amount=None, percent="-1")
    refused("RATE-03", "percent", kind="overhead-percent", amount=None, percent="1000.1")
    refused("RATE-04", "kind", code="hood", starts="2026-03-01")
    refused("RATE-05", "starts", code="technician")
    refused("CALL-04", "amount", amount="-1 EUR")
    refused("CALL-04", "amount", amount="10")
    house.refused("pharma.a", "rate set", "CALL-14", "as", code="x", name="X", kind="labour-hour", starts="2026-01-01", amount="1 EUR")


def test_declarations_refuse_what_is_not_there():
    house.refused("tech.a", "work declare", "BATCH-01", "batch", batch="B26-9999", person="tech.a", grade="technician", activity="x", minutes="5")
    house.refused("tech.a", "work declare", "PERSON-01", "person", batch="B26-9999", person="ghost", grade="technician", activity="x", minutes="5")
    house.refused("tech.a", "work declare", "COST-04", "grade", batch="B26-9999", person="tech.a", grade="hood", activity="x", minutes="5")
    house.refused("tech.a", "work declare", "COST-07", "minutes", batch="B26-9999", person="tech.a", grade="technician", activity="x", minutes="0")
    house.refused("tech.a", "work declare", "COST-07", "minutes", batch="B26-9999", person="tech.a", grade="technician", activity="x", minutes="10001")
    house.refused("tech.a", "equipment-use declare", "BATCH-01", "batch", batch="B26-9999", rate="hood", hours="1")
    house.refused("tech.a", "equipment-use declare", "COST-04", "rate", batch="B26-9999", rate="technician", hours="1")
    for hours in ("0", "-1", "1000.001", "1.0001"):
        house.refused("tech.a", "equipment-use declare", "COST-08", "hours", batch="B26-9999", rate="hood", hours=hours)
    house.refused("tech.a", "purchase declare", "BATCH-01", "batch", batch="B26-9999", description="x", amount="1 EUR")
    house.refused("tech.a", "purchase declare", "COST-09", "amount", batch="B26-9999", description="x", amount="0 EUR")
    house.refused("tech.a", "purchase declare", "COST-09", "amount", batch="B26-9999", description="x", amount="100 000 001 EUR")
    house.refused("pharma.a", "cost freeze", "BATCH-01", "batch", batch="B26-9999")
    house.refused("tech.a", "cost freeze", "CALL-14", "as", batch="B26-9999")
    house.view_refused("audit.a", "cost show", "BATCH-01", "batch", "B26-9999")


def shown(house):
    return house.view("chief", "cost show", "B26-0001")


def lines(house):
    section = next(section for section in shown(house)["sections"] if section["title"] == "materials")
    return {line["name"]: line for line in section["lines"]}


def test_own_analyses_of_a_lot_are_refused_where_they_cannot_be():
    house.refused("tech.a", "lot declare-analysis", "LOT-01", "lot", lot="MP26-9999", description="x", amount="1 EUR")
    made = Dossier()
    made.play(until="cost freeze", batch="B26-0001")
    again = {"batch": "B26-0001", "person": "tech.a", "activity": "préparation", "minutes": "7"}
    again["grade"] = next(line["inputs"]["grade"] for line in Dossier().lines if line["act"] == "work declare")
    made.act("chief", "work declare", **again)
    made.refused("chief", "work declare", "COST-13", "minutes", **again)
    made.act("chief", "work declare", reason="Une seconde fois", **again)
    for amount in ("0 EUR", "100 000 001 EUR"):
        made.refused("chief", "lot declare-analysis", "COST-09", "amount", lot="MP26-0003", description="x", amount=amount)
    made.act("chief", "rate set", code="absurd", name="Erreur de saisie", kind="labour-hour", starts="2026-01-01", amount="9000000000000 EUR")
    made.act("chief", "work declare", **{**again, "grade": "absurd", "activity": "absurde", "minutes": "10000"})
    made.view_refused("chief", "cost show", "COST-06", "batch", "B26-0001")
    made.refused("chief", "lot declare-analysis", "COST-12", "lot", lot="MP26-0001", description="x", amount="1 EUR")
    made.close()


def test_a_declaration_is_amended_until_the_price_is_frozen():
    made = Dossier()
    made.play(until="cost freeze", batch="B26-0001")
    before = shown(made)["cost"]["exact"]["value"]
    sections = {section["title"]: section["lines"] for section in shown(made)["sections"]}
    assert [line["declaration"] for line in sections["labour"]] == list(range(1, len(sections["labour"]) + 1)) and "declaration" not in sections["materials"][0], sections
    minutes, hours, sum_ = sections["labour"][0]["quantity"]["value"], sections["equipment"][0]["quantity"]["value"], sections["purchases"][0]["sum"]["value"]
    why = {"batch": "B26-0001", "reason": "Chiffre de trop"}
    made.refused("chief", "cost amend", "COST-15", "declaration", part="labour", declaration=99, minutes="5", **why)
    for part, field, value, rule in (("labour", "minutes", "10001", "COST-16"), ("labour", "hours", "1", "COST-16"), ("equipment", "hours", "1000.5", "COST-17"),
                                     ("equipment", "minutes", "1", "COST-17"), ("purchases", "amount", "100 000 001 EUR", "COST-18"), ("purchases", "minutes", "1", "COST-18")):
        made.refused("chief", "cost amend", rule, None, part=part, declaration=1, **{field: value}, **why)
    made.refused("chief", "cost amend", "AMENDMENT-01", None, part="labour", declaration=1, minutes=minutes, **why)
    made.refused("qc.a", "cost amend", "AMENDMENT-02", "as", part="labour", declaration=1, minutes="1", **why)
    made.guarded(("UPDATE work SET minutes = 1", "a declaration stays"), ("UPDATE equipment_use SET hours = '1'", "a declaration stays"), ("UPDATE purchase SET amount = 1", "a declaration stays"))
    made.act("chief", "cost amend", part="labour", declaration=1, minutes="0", **why)
    made.act("chief", "cost amend", part="equipment", declaration=1, hours="0.25", **why)
    made.act("chief", "cost amend", part="purchases", declaration=1, amount="0 EUR", **why)
    now = {section["title"]: section["lines"] for section in shown(made)["sections"]}
    assert (now["labour"][0]["quantity"]["value"], now["equipment"][0]["quantity"]["value"], now["purchases"][0]["sum"]["value"]) == ("0", "0.25", "0.00"), now
    assert shown(made)["cost"]["exact"]["value"] != before
    told = [(row["subject"], row["entry"]) for row in made.view("chief", "batch show", "B26-0001")["amendments"][-3:]]
    assert told == [("travail 1", "Minutes"), ("équipement 1", "Heures"), ("achats et prestations 1", "Montant")], told
    for part, value in (("labour", {"minutes": minutes}), ("equipment", {"hours": hours}), ("purchases", {"amount": sum_ + " EUR"})):
        made.act("chief", "cost amend", part=part, declaration=1, **value, **why)
    assert shown(made)["cost"]["exact"]["value"] == before
    made.act("chief", "cost freeze", batch="B26-0001")
    made.refused("chief", "cost amend", "COST-02", "batch", part="labour", declaration=1, minutes="1", **why)
    made.run("verify")
    made.close()


def test_own_analyses_are_borne_by_usable_grams_where_the_site_says_so():
    """practice 28: usable = received - control samples - retained samples; 250 g - 8 g - 12 g, 1000 - 20 shells."""
    made = Dossier()
    made.play(until="cost freeze", batch="B26-0001")
    assert [s["value"] for s in made.view("chief", "setting list")["settings"]][:2] == ["no", "no"]
    made.act("chief", "lot declare-analysis", lot="MP26-0003", description="Identité, dosage", amount="600 EUR")
    made.act("chief", "lot declare-analysis", lot="MP26-0003", description="Eau", amount="90 EUR")
    made.act("chief", "lot declare-analysis", lot="MP26-0006", description="Désagrégation", amount="98 EUR")
    assert shown(made)["cost"]["exact"]["value"] == "1076.087842"  # off, as delivered: nothing changes
    lot = made.view("chief", "lot show", "MP26-0003")
    assert lot["analysis-unit-cost"] == {"value": "3", "unit": "EUR/g", "formula": "690.00 EUR / (250 g - 20 g)"}, lot
    assert [a["sum"]["value"] for a in lot["analyses"]] == ["600.00", "90.00"] and lot["analyses"][0]["declared-by"] == "chief"
    made.act("chief", "setting set", name="lot-analysis-amortised", value="yes", reason="Décision du comité")
    found = lines(made)
    powder, shells = found["Analyse propre : Birabresib, MP26-0003"], next(line for name, line in found.items() if "MP26-0006" in name and "propre" in name)
    assert powder["sum"] == {"value": "19.5204", "unit": "EUR", "formula": "6.5068 g x 690.00 EUR / (250 g - 20 g) = 19.5204 EUR"}, powder
    assert shells["sum"] == {"value": "31.00", "unit": "EUR", "formula": "310 x 98.00 EUR / (1000 - 20) = 31.00 EUR"}, shells
    assert powder["rate"] == {"value": "3.00", "unit": "EUR/g"} and shells["rate"] == {"value": "0.10", "unit": "EUR"}, (powder, shells)
    assert (powder["kind"], shells["kind"]) == ("active-substance", "capsule-shell")
    assert shown(made)["cost"]["exact"]["value"] == "1126.608242"  # 1076.087842 + 19.5204 + 31
    made.act("chief", "lot declare-analysis", lot="MP26-0005", description="Identité", amount="100 EUR")
    cellulose = lines(made)["Analyse propre : Cellulose microcristalline, MP26-0005"]["sum"]
    assert cellulose["formula"].startswith("108.501 g x 100.00 EUR / (1000 g - 50 g) = 11.42115789473"), cellulose
    assert shown(made)["cost"]["total"]["value"] == "1138.03"
    path = f"{made.folder}/sheet.pdf"
    made.view("chief", "document preview", kind="cost-sheet", batch="B26-0001", save=path)
    text = " ".join(subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout.split())
    raw = text.split("Matières premières", 1)[1].split("Enveloppes de gélules", 1)[0]
    assert "Analyse propre : Birabresib, MP26-0003" in raw.replace("\u00a0", " ") and "19,5204" in raw, raw
    made.act("chief", "cost freeze", batch="B26-0001")
    made.act("chief", "lot declare-analysis", lot="MP26-0003", description="Après coup", amount="50 EUR")
    made.act("chief", "setting set", name="lot-analysis-amortised", value="no", reason="Essai fini")
    assert shown(made)["cost"]["total"]["value"] == "1138.03"  # what was frozen stays
    made.run("verify")
    made.close()


def test_text_is_whole():
    assert "31,20" in house.text("audit.a", "rate", "list", "--at", "2026-06-30")
    assert "hour of labour" in house.text("audit.a", "rate", "list", "--at", "2026-06-30", language="en")


main(globals())
