"""From the released batch to the patient: cost price, ordonnancier number, bottles, labels, check, hand-over, registers."""
import os
import subprocess
import json
import sqlite3

from datetime import date

from dossier import Dossier
from harness import PROGRAM, main, passwords

house = Dossier()
house.play(until="cost freeze")
BATCH, FIRST, SECOND = "B26-0001", "RX26-0001", "RX26-0002"


def euro(text):
    return {"value": text, "unit": "EUR"}


def confirm(rule, field, **changes):
    house.refused("disp.a", "dispensing confirm", rule, field, **{"request": FIRST, "batch": BATCH, **changes})


def test_nothing_leaves_before_its_cost_is_known():
    shown = house.view("chief", "cost show", BATCH)
    assert shown["frozen"] is False and shown["cost"]["exact"]["value"] == "1076.087842"
    confirm("DISPENSING-16", "batch")


def test_cost_price_of_the_first_batch():
    done = house.act("chief", "cost freeze", batch=house.lines.pop(0)["inputs"]["batch"])
    assert done["exact"]["value"] == "1076.087842" and done["total"] == euro("1076.09") and done["dispensable"] == 224
    shown = house.view("chief", "cost show", BATCH)
    lines = {line["name"]: line for section in shown["sections"] for line in section["lines"]}
    parts = {section["title"]: section["subtotal"] for section in shown["sections"]}
    assert parts == {"materials": euro("397.081442"), "labour": euro("388.58"), "equipment": euro("71.35"),
                     "purchases": euro("187.99"), "overhead": euro("31.0864")}
    api = lines["Birabresib, MP26-0003"]
    assert api["sum"] == {"value": "377.3944", "unit": "EUR", "formula": "6.5068 g x 58.00 EUR/g = 377.3944 EUR"}
    assert {line.get("kind") for name, line in lines.items() if "MP26" not in name} == {None}
    assert [lines[name]["kind"] for name in lines if name.startswith("Gélule") or name.startswith("Flacon")] == ["capsule-shell", "packaging-article"]
    cellulose = lines["Cellulose microcristalline, MP26-0005"]
    assert cellulose["quantity"] == {"value": "108.501", "unit": "g"}  # the discarded weighing included
    assert cellulose["sum"]["formula"] == "(55.012 g + 53.489 g) x 0.042 EUR/g = 4.557042 EUR"
    amounts = sorted(line["sum"]["value"] for line in lines.values())
    assert amounts == sorted("377.3944 4.557042 9.61 5.04 0.48 98.80 12.48 23.40 145.60 34.20 34.20 39.90 14.35 57.00 74.30 96.00 17.69 "
                             "31.0864".split())
    assert lines["Frais de structure"]["sum"]["formula"] == "388.58 EUR x 8 % = 31.0864 EUR"
    for line in next(section for section in shown["sections"] if section["title"] == "purchases")["lines"]:
        assert "formula" not in line["sum"], line  # a price paid is no computation
    assert shown["cost"]["unit-cost"]["value"] == "4.8040" and shown["cost"]["total"] == euro("1076.09")
    assert shown["rates-of"] == "2026-01-12" and shown["running-balance"]["remainder"] == euro("1076.09")


def test_a_frozen_price_stays():
    house.refused("chief", "cost freeze", "COST-02", "batch", batch=BATCH)
    house.refused("chief", "work declare", "COST-02", "batch", batch=BATCH, person="tech.a", grade="technician", activity="x", minutes="1")
    house.refused("chief", "equipment-use declare", "COST-02", "batch", batch=BATCH, rate="hood", hours="1")
    house.refused("chief", "purchase declare", "COST-02", "batch", batch=BATCH, description="x", amount="1 EUR")
    rate = {"name": "x", "kind": "labour-hour", "amount": "1 EUR"}
    house.refused("chief", "rate set", "RATE-06", "starts", code="technician", starts="2026-01-12", **rate)
    house.refused("chief", "rate set", "RATE-06", "starts", code="overhead", name="x", kind="overhead-percent", starts="2026-01-11", percent="9")
    house.act("chief", "rate set", code="technician", starts="2026-01-13", **rate)
    house.act("chief", "rate set", code="unused", starts="2025-01-01", **rate)
    assert house.view("chief", "cost show", BATCH)["cost"]["exact"]["value"] == "1076.087842"


def test_a_bottle_labelled_quarantine_is_not_dispensed():
    house.play(until="label print")
    labels = house.view("chief", "label list", kind="bottle", number="B26-0001/1")["labels"]
    assert [(row["shown-state"], row["state"]) for row in labels] == [("quarantine", state) for state in ("spoiled", "void", "specimen")], labels
    refused = house.refused("disp.a", "dispensing confirm", "DISPENSING-26", "bottles", request=FIRST, batch=BATCH)
    assert [row["rule"] for row in refused] == ["DISPENSING-26"] * 2 and "label print --kind bottle" in refused[0]["message"], refused
    house.play(until="label settle")
    confirm("DISPENSING-26", "bottles", bottles=["B26-0001/1", "B26-0001/2"])  # printed, not applied yet
    house.guarded(("INSERT INTO dispensing SELECT 1, '2026/0001', b.id, r.id, r.patient, 112, 0, 'x', 'confirmed', 1, '2026-01-22T09:00:00.000Z', NULL, NULL, "
                   "NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM batch b, request r WHERE b.number = 'B26-0001' AND r.number = 'RX26-0001'", None),
                  ("INSERT INTO dispensing_bottle (dispensing, bottle) VALUES (1, 1)", "does not say that it is released"))


def test_confirming_refuses():
    house.play(until="dispensing confirm")
    house.refused("tech.a", "dispensing confirm", "CALL-14", "as", request=FIRST, batch=BATCH)
    confirm("REQUEST-01", "request", request="RX26-9999")
    confirm("BATCH-01", "batch", batch="B26-9999")
    confirm("DISPENSING-10", "bottles", bottles=["B26-0001/1", "B26-0001/9"])
    confirm("DISPENSING-13", "bottles", bottles=["B26-0001/1", "B26-0001/1"])
    confirm("DISPENSING-14", "bottles", bottles=["B26-0001/1"])
    confirm("DISPENSING-14", "bottles", bottles=["B26-0001/1", "B26-0001/2", "B26-0001/3"])
    house.act("pharm.a", "batch hold", batch=BATCH, reason="Réclamation à examiner")
    confirm("DISPENSING-06", "batch")
    house.act("pharm.a", "batch lift", batch=BATCH, reason="Réclamation sans objet")
    today = house.instant()
    house.at("2026-07-11T22:30:00")  # past midnight in Paris
    confirm("DISPENSING-07", "batch")
    house.at(today.replace("Z", ""))


def other_request():
    """A further request, received and then accepted, that the batch was not made for."""
    done = house.act("pharm.a", "request receive", patient="P-009", formula="BIR20", prescriber="Dr Autre", prescriber_address="Ailleurs",
                     prescribed_on="2026-01-20", daily_units="4", days="28", posology="4 par jour", board="RCP", board_day="2026-01-19",
                     board_number="RCP-2026-099", board_decision="favourable")
    return done["request"]


def test_only_for_those_it_was_made_for():
    request = other_request()
    confirm("DISPENSING-08", "request", request=request)
    house.act("pharm.b", "request accept", request=request, legal_basis="CSP L.5121-1")
    confirm("DISPENSING-09", "request", request=request)
    planned = house.act("pharm.a", "batch plan", formula="BIR20", requests=[request], area="PREP-1", expected_loss="4")["batch"]
    confirm("DISPENSING-05", "batch", request=request, batch=planned)
    house.refused("chief", "cost freeze", "COST-10", "batch", batch=planned)
    house.act("pharm.a", "batch cancel", batch=planned, reason="essai")
    house.refused("chief", "purchase declare", "COST-03", "batch", batch=planned, description="x", amount="1 EUR")


def label(number, state="applied"):
    labels = house.act("disp.a", "label print", kind="dispensing", number=[number])["labels"]
    serials = [one["label"] if isinstance(one, dict) else one for one in labels]
    if state:
        house.act("disp.a", "label settle", label=serials, state=state)
    return serials


def test_cancelled_before_hand_over_the_number_stays():
    done = house.act("disp.a", "dispensing confirm", request=FIRST, batch=BATCH)
    assert done["dispensing"] == "2026/0001" and done["bottles"] == ["B26-0001/1", "B26-0001/2"] and done["units"] == 112
    confirm("DISPENSING-17", "request")
    confirm("DISPENSING-12", "bottles", request=SECOND, bottles=["B26-0001/2", "B26-0001/3"])
    serials = label("2026/0001")
    house.refused("disp.a", "dispensing cancel", "CALL-03", "reason", dispensing="2026/0001")
    house.act("disp.a", "dispensing cancel", dispensing="2026/0001", reason="Traitement arrêté par le prescripteur")
    shown = house.view("chief", "dispensing show", "2026/0001")
    assert shown["state"] == "cancelled" and {row["state"] for row in shown["labels"]} == {"void"}
    assert [row["label"] for row in shown["labels"]] == serials
    token = sqlite3.connect(f"file:{house.database}?mode=ro", uri=True).execute("SELECT token FROM label WHERE number = ?", (serials[0],)).fetchone()[0]
    scanned = house.view("chief", "scan", f"HTTPS://{house.view('chief', 'site show')['host']}/L/{token}")
    assert (scanned["state"], scanned["label-state"]) == ("cancelled", "void"), scanned
    said = house.refused("disp.a", "dispensing check", "DISPENSING-02", "dispensing", dispensing="2026/0001")[0]["message"]
    assert "annulée" in said and "annulée" in house.text("chief", "dispensing", "list"), said
    said = house.refused("disp.a", "label settle", "LABEL-07", "label", label=serials, state="destroyed", reason="X")[0]["message"]
    assert said.startswith(f"L’étiquette {serials[0]} est déjà «\u00a0annulée\u00a0»"), said
    house.refused("disp.a", "label print", "LABEL-02", "number", kind="dispensing", number=["2026/0001"])
    for verb, more in (("cancel", {"reason": "encore"}), ("check", {}), ("hand-over", {}), ("scan", {"bottle": "B26-0001/1", "label": serials[0]})):
        house.refused("disp.a", "dispensing " + verb, "DISPENSING-02", "dispensing", dispensing="2026/0001", **more)
    assert house.view("chief", "cost show", BATCH)["running-balance"] == {"units": 0, "charged": euro("0.00"), "remainder": euro("1076.09")}


def test_first_dispensing_step_by_step():
    done = house.act("disp.a", "dispensing confirm", request=FIRST, batch=BATCH, bottles=["B26-0001/1", "B26-0001/2"])
    number = done["dispensing"]
    assert number == "2026/0002"  # the first number stays with what was cancelled
    assert done["charged"] == {"value": "538.05", "unit": "EUR", "formula": "1076.09 × 112 / 224 - 0.00 = 538.05 EUR"}
    house.refused("disp.a", "dispensing check", "DISPENSING-23", "dispensing", dispensing=number)
    house.refused("disp.a", "dispensing check", "DISPENSING-25", "dispensing", dispensing=number)
    serials = label(number, state=None)
    house.refused("disp.a", "dispensing check", "DISPENSING-24", "dispensing", dispensing=number)
    scan = {"dispensing": number, "bottle": "B26-0001/1", "label": serials[0]}
    house.refused("tech.a", "dispensing scan", "DISPENSING-29", "label", **scan)  # printed, not stuck
    house.act("disp.a", "label settle", label=serials, state="applied")
    house.refused("tech.a", "dispensing scan", "DISPENSING-20", "bottle", changes=True, **{**scan, "bottle": "B26-0001/77"})
    house.refused("tech.a", "dispensing scan", "DISPENSING-21", "bottle", changes=True, **{**scan, "bottle": "B26-0001/3"})
    assert house.view("pharm.a", "event list", kind="wrong-container")["events"][0]["subject"] == "B26-0001/3"
    house.refused("tech.a", "dispensing scan", "DISPENSING-27", "label", changes=True, **{**scan, "label": "E26-9999"})
    done = house.act("tech.a", "dispensing scan", **scan)
    assert (done["bottle"], done["label"]) == ("B26-0001/1", serials[0])
    house.refused("tech.a", "dispensing scan", "DISPENSING-22", "bottle", **scan)
    house.refused("tech.a", "dispensing scan", "DISPENSING-30", "label", **{**scan, "bottle": "B26-0001/2"})
    house.refused("disp.a", "dispensing check", "DISPENSING-23", "dispensing", dispensing=number)
    house.act("tech.a", "dispensing scan", dispensing=number, bottle="B26-0001/2", label=serials[1])
    serials = house.act("disp.a", "label print", kind="dispensing", number=[number], reason="Étiquettes tachées")["labels"]
    house.act("disp.a", "label settle", label=[row["label"] for row in serials], state="applied")
    house.refused("disp.a", "dispensing check", "DISPENSING-23", "dispensing", dispensing=number)  # other labels: scanned again
    for bottle, row in enumerate(serials, 1):
        house.act("tech.a", "dispensing scan", dispensing=number, bottle=f"B26-0001/{bottle}", label=row["code"])
    assert [row["label"] for row in house.view("chief", "dispensing show", number)["bottles"]] == [row["label"] for row in serials]
    house.refused("disp.a", "dispensing hand-over", "DISPENSING-02", "dispensing", dispensing=number)
    house.refused("tech.a", "dispensing check", "CALL-14", "as", dispensing=number)
    house.act("disp.a", "dispensing check", dispensing=number)
    house.act("pharm.a", "batch hold", batch=BATCH, reason="Alerte du fabricant")
    house.refused("disp.a", "dispensing hand-over", "DISPENSING-06", "dispensing", dispensing=number)
    house.act("pharm.a", "batch lift", batch=BATCH, reason="Alerte levée")
    house.act("disp.a", "dispensing hand-over", dispensing=number, collected_by="mère du patient")
    house.refused("disp.a", "dispensing cancel", "DISPENSING-02", "dispensing", dispensing=number, reason="trop tard")
    house.refused("disp.a", "dispensing hand-over", "DISPENSING-01", "dispensing", dispensing="2026/9999")
    steps = [step["state"] for step in house.view("chief", "dispensing show", number)["steps"]]
    assert steps == ["confirmed", "checked", "handed-over"]


def test_what_a_patient_brings_back_is_counted_and_serves_nobody():
    number = "2026/0002"
    back = {"dispensing": number, "reason": "traitement arrêté"}
    house.refused("tech.a", "dispensing return", "CALL-14", "as", units=1, **back)
    for units in (0, 113):
        house.refused("disp.a", "dispensing return", "DISPENSING-36", "units", units=units, **back)
    before = house.view("chief", "batch show", BATCH)
    assert house.act("disp.a", "dispensing return", units=36, **back)["left"] == 76
    house.refused("disp.a", "dispensing return", "DISPENSING-36", "units", units=77, **back)
    assert house.view("chief", "batch show", BATCH)["bottles"] == before["bottles"] and before["bottles"], before
    assert [(row["units"], row["reason"]) for row in house.view("chief", "dispensing show", number)["returns"]] == [(36, "traitement arrêté")]
    house.refused("disp.a", "dispensing return", "DISPENSING-02", "dispensing", units=1, **{**back, "dispensing": "2026/0001"})
    house.guarded(("INSERT INTO patient_return (dispensing, units, reason, person, at) SELECT id, 77, 'x', 1, 'x' FROM dispensing WHERE state = 'handed-over' LIMIT 1", "no more comes back"),
                  ("UPDATE patient_return SET units = 1", "it stays"), ("DELETE FROM patient_return", "it is kept"))
    path = os.path.join(house.folder, "record.pdf")
    house.view("pharm.a", "document preview", kind="batch-record", batch=BATCH, save=path)
    text = " ".join(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.split())
    assert "36 gélules rapportées par le patient" in text, text


def test_what_a_patient_lost_is_noted_and_takes_a_new_request():
    number, told = "2026/0002", {"reported_by": "infirmière à domicile", "reason": "Flacon oublié dans un train"}
    house.refused("tech.a", "dispensing report-loss", "CALL-14", "as", dispensing=number, units=1, **told)
    house.refused("disp.a", "dispensing report-loss", "CALL-03", "reported-by", dispensing=number, units=1, reason="x")
    for units in (0, 77):
        house.refused("disp.a", "dispensing report-loss", "DISPENSING-39", "units", dispensing=number, units=units, **told)
    house.refused("disp.a", "dispensing report-loss", "DISPENSING-02", "dispensing", dispensing="2026/0001", units=1, **told)
    done = house.act("disp.a", "dispensing report-loss", dispensing=number, units=56, **told)
    assert done["left"] == 20 and "request receive" in done["way-out"], done
    house.refused("disp.a", "dispensing return", "DISPENSING-36", "units", dispensing=number, units=21, reason="x")
    assert [(row["units"], row["reported-by"]) for row in house.view("chief", "dispensing show", number)["patient-losses"]] == [(56, "infirmière à domicile")]
    row = next(row for row in house.view("chief", "trace down", BATCH)["dispensings"] if row["dispensing"] == number)
    assert row["no-longer-there"] == "36 rapportées, 56 perdues", row
    house.guarded(("INSERT INTO patient_loss (dispensing, units, reason, reported_by, person, at) SELECT id, 21, 'x', 'x', 1, 'x' FROM dispensing WHERE state = 'handed-over' LIMIT 1", "no more is lost"),
                  ("INSERT INTO patient_return (dispensing, units, reason, person, at) SELECT id, 21, 'x', 1, 'x' FROM dispensing WHERE state = 'handed-over' LIMIT 1", "no more comes back"),
                  ("UPDATE patient_loss SET units = 1", "it stays"), ("DELETE FROM patient_loss", "it is kept"))


def test_what_came_back_or_was_lost_is_counted_again():
    number, why = "2026/0002", {"dispensing": "2026/0002", "reason": "Recompté devant le patient"}
    house.refused("tech.a", "dispensing amend-count", "CALL-14", "as", kind="return", rank=1, units=35, **why)
    for kind, rank in (("return", 2), ("return", 0), ("loss", 2)):
        house.refused("disp.a", "dispensing amend-count", "DISPENSING-42", "rank", kind=kind, rank=rank, units=1, **why)
    for units in (57, 113):  # 112, of which 56 are lost
        house.refused("disp.a", "dispensing amend-count", "DISPENSING-43", "units", kind="return", rank=1, units=units, **why)
    house.refused("disp.a", "dispensing amend-count", "AMENDMENT-01", None, kind="return", rank=1, units=36, **why)
    house.refused("disp.a", "dispensing amend-count", "DISPENSING-02", "dispensing", kind="return", rank=1, units=1, **{**why, "dispensing": "2026/0001"})
    house.guarded(("UPDATE patient_return SET units = 35", "it stays"), ("UPDATE patient_loss SET units = 1", "it stays"))
    assert house.act("disp.a", "dispensing amend-count", kind="return", rank=1, units=0, **why)["left"] == 56
    assert house.act("pharm.a", "dispensing amend-count", kind="loss", rank=1, units=55, **why)["left"] == 57
    told = [(row["subject"], row["former"], row["value"]) for row in house.view("chief", "batch show", BATCH)["amendments"][-2:]]
    assert told == [(f"{number}, retour 1", "36", "0"), (f"{number}, perte 1", "56", "55")], told
    house.act("disp.a", "dispensing amend-count", kind="return", rank=1, units=36, **why)
    house.act("pharm.a", "dispensing amend-count", kind="loss", rank=1, units=56, **why)
    row = next(row for row in house.view("chief", "trace down", BATCH)["dispensings"] if row["dispensing"] == number)
    assert row["no-longer-there"] == "36 rapportées, 56 perdues", row


def test_a_replacement_is_a_request_that_names_what_it_replaces():
    asked = {"patient": "P-001", "formula": "BIR20", "prescriber": "Dr Exemple", "prescriber_address": "Ailleurs", "prescribed_on": "2026-01-20", "daily_units": "4",
             "days": "14", "posology": "4 par jour", "board": "RCP", "board_day": "2026-01-19", "board_number": "RCP-2026-098", "board_decision": "favourable",
             "replaces": "2026/0002", "reason": "Gélules collées, réclamation du 21 janvier"}
    house.refused("pharm.a", "request receive", "REQUEST-15", "replaces", **{**asked, "patient": "P-002"})
    house.refused("pharm.a", "request receive", "REQUEST-14", "replaces", **{**asked, "replaces": "2026/0001"})
    house.refused("pharm.a", "request receive", "REQUEST-16", "reason", **{**asked, "reason": None})
    house.refused("pharm.a", "request receive", "DISPENSING-01", "replaces", **{**asked, "replaces": "2026/9999"})
    number = house.act("pharm.a", "request receive", **asked)["request"]
    shown = house.view("chief", "request show", number)
    assert (shown["replaces"], shown["replacement-reason"]) == ("2026/0002", asked["reason"]), shown
    assert [(row["request"], row["reason"]) for row in house.view("chief", "dispensing show", "2026/0002")["replacements"]] == [(number, asked["reason"])]
    other = house.view("chief", "request list", patient="P-009")["requests"][0]["request"]
    house.guarded(("INSERT INTO request_replacement (request, dispensing, reason) SELECT r.id, d.id, 'x' FROM request r, dispensing d WHERE r.number = '" + other + "' AND d.number = '2026/0002'",
                   "same patient"), ("UPDATE request_replacement SET reason = 'y'", "it stays"), ("DELETE FROM request_replacement", "it is kept"))
    path = os.path.join(house.folder, "replaced.pdf")
    house.view("pharm.a", "document preview", kind="batch-record", batch=BATCH, save=path)
    text = " ".join(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.split())
    assert "56 gélules perdues chez le patient (infirmière à domicile)" in text and f"Remplacement demandé par {number}" in text, text
    house.act("pharm.a", "request refuse", request=number, reason="Essai")


def test_second_dispensing_takes_the_rest():
    done = house.act("disp.a", "dispensing confirm", request=SECOND, batch=BATCH)
    assert done["bottles"] == ["B26-0001/3", "B26-0001/4"]
    first = house.view("chief", "dispensing show", "2026/0002")["bottles"][0]["label"]
    serials = label(done["dispensing"])
    scan = {"dispensing": done["dispensing"], "bottle": "B26-0001/3"}
    swapped = house.refused("tech.a", "dispensing scan", "DISPENSING-28", "label", changes=True, label=first, **scan)
    assert "2026/0002" in swapped[0]["message"] and house.view("pharm.a", "event list", kind="wrong-container")["events"][0]["subject"] == first
    bottle = house.view("chief", "label list", kind="bottle", number="B26-0001/3")["labels"][-1]
    house.refused("tech.a", "dispensing scan", "DISPENSING-28", "label", changes=True, label=bottle["label"], **scan)
    house.act("tech.a", "dispensing scan", label=serials[0], **scan)
    assert done["charged"]["value"] == "538.04" and done["charged"]["formula"] == "1076.09 × 224 / 224 - 538.05 = 538.04 EUR"
    balance = house.view("chief", "cost show", BATCH)["running-balance"]
    assert balance == {"units": 224, "charged": euro("1076.09"), "remainder": euro("0.00")}
    rows = house.view("chief", "dispensing list", batch=BATCH)["dispensings"]
    assert [row["dispensing"] for row in rows] == ["2026/0003", "2026/0002", "2026/0001"]
    assert [row["patient"] for row in house.view("chief", "dispensing list", request=SECOND)["dispensings"]] == ["P-002"]
    assert [row["dispensing"] for row in house.view("chief", "dispensing list", state="cancelled")["dispensings"]] == ["2026/0001"]
    assert house.view("chief", "dispensing list", until="2026-01-01")["dispensings"] == []


def test_the_register_of_dispensings():
    shown = house.view("chief", "register show", book="dispensing", year="2026")
    assert shown["site"] and shown["address"] and shown["count"] == 4
    rows = shown["lines"]
    assert [(row["line"], row["number"], row["kind"]) for row in rows] == [
        (1, "2026/0001", "dispensing"), (2, "2026/0001", "strike"), (3, "2026/0002", "dispensing"), (4, "2026/0003", "dispensing")]
    assert rows[0]["struck"] == "2" and rows[1]["strikes"] == "1" and rows[1]["reason"] == "Traitement arrêté par le prescripteur"
    assert rows[2]["struck"] is None and rows[3]["patient"] == "P-002" and rows[3]["units"] == 112
    assert rows[2]["prescriber"].startswith("Dr Claude Exemple, oncologie thoracique, Hôpital d'exemple, ")
    assert rows[2]["composition"].replace("\u00a0", " ") == (
        "Birabresib 20 mg (MP26-0003, Synthex fictif SAS)\u202f; Cellulose microcristalline q.s.p. 200 mg (MP26-0005, Cellupharm fictif SA)\u202f; "
        "Gélule vide hypromellose, taille 1, incolore (MP26-0006, Capsinov fictif SAS)")
    assert rows[2]["maker"] == "Yaël Dispense" and rows[2]["what"] == "Birabresib 20 mg, gélule"
    day = rows[0]["date"]
    assert len(house.view("chief", "register show", "dispensing", "--from", day, "--to", day)["lines"]) >= 1
    assert house.view("chief", "register show", "dispensing", "--to", "2026-01-20")["lines"] == []
    assert house.view("chief", "register show", "dispensing", "--year", "2025")["lines"] == []
    house.view_refused("chief", "register show", "AUDIT-02", "to", "dispensing", "--from", "2026-02-01", "--to", "2026-01-01")
    house.view_refused("chief", "register show", "REGISTER-01", "year", "dispensing", "--year", "26")


def test_a_bottle_that_has_left_takes_no_label():
    said = house.refused("tech.a", "label print", "LABEL-10", "number", kind="bottle", number=["B26-0001/1"], reason="Étiquette abîmée")
    assert "2026/0002" in said[0]["message"], said


def test_the_register_of_preparations():
    rows = house.view("chief", "register show", "preparation")["lines"]
    assert [(row["number"], row["units"], row["patient"], row["maker"]) for row in rows] == [("2026/0001", 300, "P-001\u202f; P-002", "Alix Prépare")]


def test_a_real_database_dispenses_nothing_yet():
    path = os.path.join(house.folder, "real.db")
    own = ["--password-file", house.passwords]
    subprocess.run([PROGRAM, "--database", path, "--as", "admin", *own, "database", "create"], check=True, capture_output=True)
    for words in (["person", "add", "--person", "disp.a", "--name", "Yaël Dispense", "--password", house.first],
                  ["person", "grant", "--person", "disp.a", "--role", "dispensing-pharmacist", "--starts", date.today().isoformat(), "--ends", "2099-12-31"]):
        subprocess.run([PROGRAM, "--database", path, "--as", "admin", *own, *words], check=True, capture_output=True)
    passwords.set_own([PROGRAM, "--database", path], ["disp.a"], house.first, house.passwords)
    refused = subprocess.run([PROGRAM, "--database", path, "--json", "--as", "disp.a", *own, "dispensing", "confirm", FIRST, "--batch", BATCH],
                             capture_output=True, text=True)
    assert refused.returncode == 1 and json.loads(refused.stdout)["refused"][0]["rule"] == "DISPENSING-19"


def test_the_label_of_one_bottle_is_not_for_another():
    other = Dossier()
    for line in other.lines:
        if line["act"] == "batch package" and line["inputs"]["batch"] == BATCH:
            line["inputs"]["units"] = ["60", "52", "56", "56"]
    other.play(until="dispensing scan")
    scan = {"dispensing": "2026/0001", "bottle": "B26-0001/2"}
    said = other.refused("disp.a", "dispensing scan", "DISPENSING-31", "label", changes=True, label="E26-0013", **scan)
    assert "B26-0001/1" in said[0]["message"] and "B26-0001/2" in said[0]["message"], said
    other.act("disp.a", "dispensing scan", label="E26-0014", **scan)


def test_never_more_than_the_batch_has():
    """56 capsules are lost before the packaging, and a pharmacist accepts it: the second request gets what is left, and its rest from another batch."""
    other = Dossier()
    for line in other.lines:
        if line["act"] == "loss record" and line["inputs"]["kind"] == "capsules-lost" and line["inputs"]["batch"] == BATCH:
            line["inputs"]["quantity"] = "57"
        if line["act"] == "batch package" and line["inputs"]["batch"] == BATCH:
            line["inputs"]["units"] = ["56", "56", "30", "26"]

    def accept(deviation):
        other.act("pharm.b", "deviation decide", deviation=deviation, decision="accepted", impact="Une demande attendra un autre lot")

    other.play(until="batch package", batch=BATCH)
    accept(other.act("tech.a", "deviation open", batch=BATCH, subject="bottles", description="Boîte renversée", **{"class": "major"})["deviation"])
    other.play(until="batch release", batch=BATCH)
    for block in other.view("pharm.a", "batch show", BATCH)["blocks"]:
        if block["rule"] == "RELEASE-18":
            accept(block["link"])
    other.play(until="dispensing confirm")
    other.act("disp.a", "dispensing confirm", request=FIRST, batch=BATCH)
    assert other.act("disp.a", "dispensing confirm", request=SECOND, batch=BATCH)["units"] == 56
    other.refused("disp.a", "dispensing confirm", "DISPENSING-40", "batch", request=SECOND, batch=BATCH)
    made = other.act("tech.a", "batch plan", formula="BIR20", requests=[SECOND], area="PREP-1")["batch"]
    assert [row["units"] for row in other.view("chief", "batch show", made)["requests"]] == [56]
    other.close()


def test_replay():
    house.stop()
    house.run("verify")


main(globals())
