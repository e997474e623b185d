"""A formula approved in an emergency: by one pharmacist, on a written evaluation of the risk, for one batch that they do not make; completed by another."""
import os
import subprocess

import bench
import laboratory as lab
from harness import House, main

house = House()
RISK = "Seul traitement possible ce soir ; substance et dosage connus"
WHY = {"risk_evaluation": RISK, "reason": "Nuit du samedi, aucun second pharmacien"}
BATCH = "B26-0001"
MADE = {"component": "BIR", "container": "MP26-0003/1", "balance": "BAL-A", "aspect_seen": "yes", "label_seen": "yes"}


def plan(formula, patients=("P-001", "P-002"), area="PREP-1", **more):
    return {"formula": formula, "requests": [bench.request(house, patient) for patient in patients], "area": area, "expected_loss": 4, **more}


def state_of(version):
    return house.view("tech.a", "formula show", version)["state"]


def test_a_pharmacist_alone_approves_a_complete_draft_even_their_own():
    bench.supply(house)
    house.act("pharma.a", "formula create", formula="BIR20", name="Birabresib 20 mg, gélule")
    empty = house.act("pharma.a", "formula draft", formula="BIR20", **bench.FORMULA)["version"]
    house.refused("pharma.a", "formula approve-emergency", "FORMULA-32", "version", version=empty, **WHY)
    version = bench.draft(house, controls=lab.CONTROLS)
    assert version == "BIR20/2"
    house.refused("tech.a", "formula approve-emergency", "CALL-14", "as", version=version, **WHY)
    house.refused("pharma.a", "formula approve-emergency", "CALL-03", "risk-evaluation", version=version, reason="Nuit")
    house.refused("pharma.a", "formula approve-emergency", "CALL-09", "signature", version=version, signature=None, **WHY)
    done = house.act("pharma.a", "formula approve-emergency", version=version, **WHY)
    assert done["state"] == "emergency" and state_of(version) == "emergency", done
    house.refused("pharma.b", "formula approve-emergency", "EMERGENCY-01", "version", version=version, **WHY)
    shown = house.view("tech.a", "formula show", version)["emergency"]
    assert shown["person"] == "pharma.a" and shown["risk-evaluation"] == RISK and shown["batch"] is None, shown
    assert [row["state"] for row in house.view("tech.a", "formula list")["formulas"]] == ["emergency"]


def test_it_is_frozen_and_no_form_is_printed_of_it():
    house.refused("pharma.a", "formula add-step", "FORMULA-03", "version", version="BIR20/2", step="X", title="X", kind="operation", instruction="X")
    house.refused("pharma.a", "paper-form issue", "FORM-02", "version", version="BIR20/2", kept_at="Classeur")
    house.guarded(("UPDATE formula_version SET dose = dose + 1 WHERE number = 'BIR20/2'", "frozen"),
                  ("DELETE FROM formula_step WHERE version = 2", "frozen"), ("UPDATE formula_component SET tolerance = '9' WHERE version = 2", "frozen"),
                  ("UPDATE formula_version SET state = 'approved', approved_by = (SELECT id FROM person WHERE identifier = 'chief'), approved_at = 'x' WHERE number = 'BIR20/2'", None))
    house.guarded(("UPDATE emergency_approval SET risk_evaluation = 'x'", "it stays"), ("DELETE FROM emergency_approval", "it is kept"))


def test_one_batch_is_planned_from_it_by_its_own_number():
    house.at("2026-01-12T07:00:00")
    house.refused("tech.a", "batch plan", "BATCH-05", "formula", **plan("BIR20"))
    house.refused("tech.a", "batch plan", "EMERGENCY-04", "formula", **plan("BIR20/1", ("P-011",)))
    assert house.act("tech.a", "batch plan", **plan("BIR20/2", ("P-021",)))["batch"] == BATCH
    house.refused("tech.a", "batch plan", "EMERGENCY-06", "formula", **plan("BIR20/2", ("P-031",)))
    house.guarded(("INSERT INTO batch SELECT id + 1, number || 'x', version, formula_content, work_area, state, held, units, requested_units, sampled_units, reserve_units, "
                   "loss_units, planned_by, planned_at, registration, made_on, started_at, expiry, expiry_cause, filled, filled_at, conforming, packaged_at, analysed_on, "
                   "destroyed_units, destroyed_by, destroyed_at, destruction_reference FROM batch", "one batch of one approved in an emergency"))
    house.act("tech.a", "batch cancel", batch=BATCH, reason="Replanifié")
    global batch
    batch = house.act("tech.a", "batch plan", **plan("BIR20/2"))["batch"]
    assert batch == "B26-0002", "one that was never begun leaves its place"


def test_who_approved_it_alone_makes_nothing_of_that_batch():
    bench.check_balances(house)
    making = lambda person: [row["thing"] for row in house.view(person, "home show").get("batches-in-progress", [])]
    assert batch not in making("pharma.a") and batch in making("pharma.b"), (making("pharma.a"), making("pharma.b"))
    house.refused("pharma.a", "batch start", "EMERGENCY-05", "as", batch=batch)
    house.act("tech.a", "batch start", batch=batch)
    house.refused("pharma.a", "batch clear-line", "EMERGENCY-05", "as", batch=batch, phase="making")
    house.act("tech.a", "batch clear-line", batch=batch, phase="making")
    house.refused("pharma.a", "step record", "EMERGENCY-05", "as", batch=batch, step="VIDE")
    bench.step(house, batch, "VIDE")
    house.refused("pharma.a", "weighing open", "EMERGENCY-05", "as", batch=batch, **MADE)
    number = house.act("tech.a", "weighing open", batch=batch, **MADE)["weighing"]
    house.refused("pharma.a", "weighing record", "EMERGENCY-05", "as", weighing=number, tare="12.4310 g", net="6.5068 g")
    house.act("tech.a", "weighing record", weighing=number, tare="12.4310 g", net="6.5068 g")
    house.act("pharma.a", "weighing verify", weighing=number, container="MP26-0003/1", net="6.5068 g")
    house.refused("pharma.a", "weighing amend", "EMERGENCY-05", "as", weighing=number, net="6.5069 g", reason="Chiffre mal lu")
    bench.weigh(house, batch, "CEL", "MP26-0005/1", "BAL-B", "85.120 g", "53.489 g")
    bench.step(house, batch, "PESEES")
    bench.step(house, batch, "MELANGE", "durée=10", "tamis intact=yes")
    house.refused("pharma.a", "step amend", "EMERGENCY-05", "as", batch=batch, step="MELANGE", entry="durée", value="11", reason="Chiffre mal lu")
    house.refused("pharma.a", "issue record", "EMERGENCY-05", "as", batch=batch, component="GEL1", container="MP26-0006/1", units=310, aspect_seen="yes", label_seen="yes")
    bench.issue(house, batch, "GEL1", "MP26-0006/1", 310)
    house.refused("pharma.a", "batch fill", "EMERGENCY-05", "as", batch=batch, units=300)
    house.act("tech.a", "batch fill", batch=batch, units=300)
    house.refused("pharma.a", "loss record", "EMERGENCY-05", "as", batch=batch, kind="capsules-lost", quantity="1", cause="Tombée")
    house.refused("pharma.a", "sample take", "EMERGENCY-05", "as", batch=batch, destinations=["DESAG"], units=6)
    approver = "(SELECT id FROM person WHERE identifier = 'pharma.a')"
    of = f"(SELECT id FROM batch WHERE number = '{batch}')"
    house.guarded((f"UPDATE weighing SET recorded_by = {approver} WHERE number = '{number}'", "makes nothing of its batch"),
                  (f"INSERT INTO loss (batch, kind, quantity, cause, person, at) VALUES ({of}, 'powder-residue', 1, 'x', {approver}, 'x')", "makes nothing of its batch"),
                  (f"INSERT INTO clearance (batch, phase, work_area, person, at) VALUES ({of}, 'making', 1, {approver}, 'x')", "makes nothing of its batch"))


def test_it_waits_on_the_home_page_of_every_pharmacist_until_it_is_completed():
    own = house.view("pharma.a", "home show")["formulas-to-approve"]
    assert [(row["thing"], row["do"]["act"]) for row in own if row["thing"] == "BIR20/2"] == [("BIR20/2", "formula show")], own
    other = house.view("pharma.b", "home show")["formulas-to-approve"]
    assert [row["do"] for row in other if row["thing"] == "BIR20/2"] == [{"act": "formula approve", "inputs": {"version": "BIR20/2"}}] and batch in other[0]["to-do"], other
    assert "formulas-to-approve" not in house.view("tech.a", "home show")


def text_of(kind):
    path = os.path.join(house.folder, f"{kind}.pdf")
    house.view("pharma.b", "document preview", kind=kind, batch=batch, save=path)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_every_paper_and_page_of_the_batch_says_so():
    bench.step(house, batch, "REMPLIR")
    bench.step(house, batch, "NETTOYAGE")
    bench.sample(house, batch)
    lab.package_1(house, batch)
    shown = house.view("pharma.b", "batch show", batch)
    assert "BIR20/2" in shown["emergency"] and "pas encore complétée" in shown["emergency"] and shown["risk-evaluation"] == RISK, shown["emergency"]
    found = [(row["link"], row["description"]) for row in shown["exceptions"] if row["kind"] == "emergency-formula"]
    assert found == [("BIR20/2", shown["emergency"])], found
    record = text_of("batch-record")
    assert "FORMULE D’URGENCE" in record and RISK in record, record
    assert "FORMULE D’URGENCE" in text_of("certificate-of-analysis")


def test_another_pharmacist_completes_it_and_then_it_is_a_formula_like_any_other():
    house.refused("pharma.a", "formula approve", "EMERGENCY-02", "version", version="BIR20/2")
    house.guarded((f"UPDATE formula_version SET state = 'approved', approved_by = (SELECT id FROM person WHERE identifier = 'pharma.a'), approved_at = 'x' WHERE number = 'BIR20/2'",
                   "completed by another pharmacist"))
    house.act("pharma.b", "formula approve", version="BIR20/2")
    assert state_of("BIR20/2") == "approved"
    assert not [row for row in house.view("chief", "home show").get("formulas-to-approve", []) if row["thing"] == "BIR20/2"]
    shown = house.view("pharma.b", "batch show", batch)
    assert "complétée" in shown["emergency"] and "pharma.b" in shown["emergency"], shown["emergency"]
    house.refused("pharma.a", "loss record", "EMERGENCY-05", "as", batch=batch, kind="powder-residue", quantity="1 mg", cause="x")
    later = house.act("tech.a", "batch plan", **plan("BIR20", ("P-041",), "PREP-2"))["batch"]
    house.act("pharma.a", "batch start", batch=later)
    assert "emergency" not in house.view("pharma.b", "batch show", later)


def test_the_batch_is_released_on_the_exceptions_reviewed():
    bench.receive(house, batch)
    lab.control_1(house, batch)
    lab.settle(house, batch)
    house.act("pharma.b", "batch release", batch=batch)
    assert "FORMULE D’URGENCE" in text_of("release-certificate")
    assert [row["kind"] for row in house.view("pharma.b", "batch exceptions", batch)["exceptions"]].count("emergency-formula") == 1


def test_one_that_is_withdrawn_is_made_and_completed_no_more():
    version = bench.draft(house, controls=lab.CONTROLS)
    house.act("pharma.a", "formula approve-emergency", version=version, **WHY)
    other = house.act("tech.a", "batch plan", **plan(version, ("P-051",), "PREP-1"))["batch"]
    # a batch is planned from it: another pharmacist than who approved it takes it back; and one emergency of a formula at a time
    house.refused("pharma.a", "formula withdraw", "EMERGENCY-02", "as", version=version, reason="Le fournisseur a livré")
    second = bench.draft(house, controls=lab.CONTROLS)
    house.refused("pharma.a", "formula approve-emergency", "EMERGENCY-07", "version", version=second, **WHY)
    house.act("pharma.b", "formula withdraw", version=version, reason="Le fournisseur a livré")
    assert state_of(version) == "withdrawn"
    house.refused("tech.a", "batch start", "BATCH-13", "batch", batch=other)
    house.refused("pharma.b", "formula approve", "EMERGENCY-03", "version", version=version)
    house.refused("tech.a", "batch plan", "EMERGENCY-04", "formula", **plan(version, ("P-061",)))
    house.refused("pharma.a", "formula withdraw", "FORMULA-41", "version", version=version, reason="Encore")
    house.guarded(("UPDATE emergency_approval SET withdrawn_reason = 'x' WHERE withdrawn_at IS NOT NULL", "it stays"))


if __name__ == "__main__":
    main(globals())
