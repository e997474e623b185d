"""What goes wrong at the bench: too little stock, a recall in between, steps before verification, batches that end early."""
import os
import sqlite3
import subprocess

import bench
from harness import House, main

house = House()
SEEN = {"aspect_seen": "yes", "label_seen": "yes"}
API = {**SEEN, "component": "BIR", "container": "MP26-0003/1", "balance": "BAL-A"}


def plan(patient, area="PREP-1"):
    return house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, patient)], area=area)["batch"]


def test_a_container_that_does_not_hold_enough():
    bench.supply(house)
    house.act("pharma.a", "formula create", formula="BIR20", name="Birabresib 20 mg, gélule")
    steps = [bench.STEPS[0], ("PREPARER", "Préparer le poste", "operation", None), *bench.STEPS[1:]]
    house.act("pharma.b", "formula approve", version=bench.draft(house, steps=steps))
    small = house.act("tech.a", "lot receive", material="BIR", supplier="FOURN", manufacturer="F", quantity="2 g", price="116 EUR",
                      supplier_lot="BIR-P", certificate_reference="CoA", retest="2026-08")["lot"]
    house.act("pharma.b", "lot accept", lot=small, assay="99.123456789012345", basis="anhydrous", water="6.123456789012345", source="CoA")
    house.act("tech.a", "container open", container=f"{small}/1")
    house.at("2026-01-12T07:00:00")
    batch = plan("P-001")
    bench.check_balances(house)
    bench.start(house, batch)
    house.refused("tech.a", "weighing open", "WEIGHING-06", "container", batch=batch, **API)
    house.refused("tech.a", "weighing open", "WEIGHING-14", "container", batch=batch, **{**API, "container": f"{small}/1"})
    number = house.act("tech.a", "weighing open", batch=batch, portion="1.9 g", **{**API, "container": f"{small}/1"})["weighing"]
    house.act("tech.a", "weighing record", weighing=number, tare="10 g", net="1.9000 g")
    house.refused("tech.a", "step record", "STEP-05", "step", batch=batch, step="PREPARER")
    house.refused("tech.a", "batch abandon", "BATCH-31", "batch", batch=batch, reason="Panne")
    house.act("tech.b", "weighing verify", weighing=number, container=f"{small}/1", net="1.9000 g")
    bench.step(house, batch, "PREPARER")
    bench.issue(house, batch, "GEL1", "MP26-0006/1", 200)
    house.refused("tech.a", "batch fill", "BATCH-17", "batch", batch=batch, units=180)


def test_a_lot_recalled_in_between():
    batch = "B26-0001"
    number = house.act("tech.a", "weighing open", batch=batch, reason="Autre contenant", **API)["weighing"]
    house.act("pharma.a", "lot recall", lot="MP26-0003", reason="Alerte du fournisseur")
    house.refused("tech.a", "weighing record", "WEIGHING-21", "weighing", weighing=number, tare="10 g", net="1.0000 g")
    found = house.refused("tech.a", "weighing open", "LOT-04", "container", changes=True, batch=batch, reason="Autre", **API)
    assert found[0]["rule"] == "LOT-04" and "Alerte du fournisseur" in found[0]["message"], found
    done = house.act("tech.a", "weighing discard", weighing=number, reason="Lot rappelé")
    assert done["charged-mass"] is None, done
    house.refused("tech.a", "weighing discard", "WEIGHING-26", "weighing", weighing=number, reason="Encore")
    house.refused("tech.b", "weighing verify", "WEIGHING-23", "weighing", weighing=number, container="MP26-0003/1", net="1 g")


def record():
    """The batch record as it would be issued now."""
    path = f"{house.folder}/record.pdf"
    if os.path.exists(path):
        os.remove(path)
    house.view("pharma.a", "document preview", kind="batch-record", batch="B26-0001", save=path)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'").split())


def test_the_record_says_what_was_only_opened_and_who_discarded_it():
    text = record()
    assert "Ouverte par Personne tech.a fictive, 12/01/2026" in text and "non pesée" in text and "Pesé par —" not in text, text
    assert "Jetée par Personne tech.a fictive, 12/01/2026" in text and ": Lot rappelé" in text, text
    assert "Autre lot que le premier à périmer : Autre contenant" in text, text
    assert "Exceptions à examiner pour la décision" in text and "B26-0001/W2 pesée écartée Lot rappelé" in text, text


def test_an_abandoned_batch_is_closed():
    batch = "B26-0001"
    deviation = house.act("tech.a", "deviation open", batch=batch, description="Panne", **{"class": "major"})["deviation"]
    done = house.act("tech.a", "batch abandon", batch=batch, reason="Lot de matière rappelé")
    assert (done["powder-destroyed"]["value"], done["state"]) == ("1.9", "abandoned"), done
    house.refused("pharma.a", "deviation decide", "DEVIATION-04", "deviation", deviation=deviation, decision="accepted", impact="I")
    for act, inputs in [("batch hold", {"reason": "X"}), ("loss record", {"kind": "shells-defective", "quantity": "1", "cause": "C"}),
                        ("step record", {"step": "PESEES"}), ("batch reconcile", {}), ("batch clear-line", {"phase": "making"})]:
        house.refused("tech.a", act, "BATCH-02", "batch", batch=batch, **inputs)
    text = record()
    assert "()" not in text and "Gélules remplies —" in text, text


def test_a_withdrawn_formula_is_not_started():
    batch = plan("P-002")
    house.act("pharma.b", "formula withdraw", version="BIR20/1", reason="Remplacée")
    house.refused("tech.a", "batch start", "BATCH-13", "batch", batch=batch)
    house.act("tech.a", "batch cancel", batch=batch, reason="Formule retirée")


def test_a_filled_batch_keeps_what_is_reconciled():
    house.act("pharma.b", "formula approve", version=bench.draft(house))
    house.act("pharma.a", "lot recall", lot="MP26-0008", reason="Alerte du fournisseur")
    request = house.view("audit.a", "request list", patient="P-002")["requests"][0]["request"]
    batch = house.act("tech.a", "batch plan", formula="BIR20", requests=[request], area="PREP-1", expected_loss=16)["batch"]
    assert house.act("tech.a", "batch start", batch=batch)["registration"] == "2026/0002"
    house.act("tech.a", "batch clear-line", batch=batch, phase="making")
    bench.step(house, batch, "VIDE")
    bench.weigh(house, batch, "BIR", "MP26-0004/1", "BAL-A", "12.4310 g", "4.0816 g")
    bench.weigh(house, batch, "CEL", "MP26-0005/1", "BAL-B", "85.120 g", "35.918 g")
    bench.step(house, batch, "PESEES")
    bench.step(house, batch, "MELANGE", "durée=8", "tamis intact=yes")
    bench.issue(house, batch, "GEL1", "MP26-0006/1", 210)
    house.act("tech.a", "stock return", issue=f"{batch}/I1", quantity="5", reason="Sachet non ouvert")
    house.refused("tech.a", "loss record", "LOSS-04", "quantity", batch=batch, kind="shells-destroyed", quantity="206", cause="C")
    house.act("tech.a", "batch fill", batch=batch, units=200)
    house.act("tech.a", "loss record", batch=batch, kind="shells-defective", quantity="5", cause="Fendues")
    house.refused("tech.a", "stock return", "STOCK-05", "quantity", issue=f"{batch}/I1", quantity="1", reason="Gélules remplies ou fendues : rien ne reste")
    for code in ("REMPLIR", "NETTOYAGE"):
        bench.step(house, batch, code)
    bench.sample(house, batch)
    house.act("tech.a", "loss record", batch=batch, kind="capsules-rejected", quantity="16", cause="Mal fermées")
    bench.package(house, batch, [56, 56])
    done = house.act("tech.a", "batch reconcile", batch=batch, kinds=["capsules", "shells"])
    within = {(f["kind"], f["figure"]): f["within"] for f in done["figures"]}
    assert within["capsules", "loss-percent"] is False and within["shells", "missing"] is True, done
    opened = house.view("audit.a", "deviation show", done["deviation-capsules-loss-percent"])
    assert opened["state"] == "open" and "= 8,000\u00a0% (limite ≤ 3,0\u00a0%)" in opened["description"], opened
    house.refused("tech.a", "loss record", "LOSS-05", "kind", batch=batch, kind="shells-defective", quantity="1", cause="C")


def code_of(kind, number, reason=None):
    """Prints a label and reads its code, as a scanner does."""
    house.act("tech.a", "label print", kind=kind, number=[number], reason=reason)
    with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as database:
        (token,), = database.execute("SELECT token FROM label WHERE kind = ? AND subject = ? ORDER BY id DESC LIMIT 1", (kind, number))
    return "HTTPS://PUI.HOPITAL.EXAMPLE/L/" + token


def near_miss(act, rule, subject, kept_rule=None, person="tech.a", field="container", **inputs):
    """Refused, and one event stays that says who scanned what, where."""
    count = lambda: house.view("audit.a", "event list", kind="wrong-container")["events"]
    before = count()
    house.refused(person, act, rule, field, changes=True, **inputs)
    after = count()
    assert len(after) == len(before) + 1, (act, rule)
    told = (after[0]["person"], after[0]["subject"], after[0]["detail"])
    assert told == (person, subject, f"{act} {kept_rule or rule}"), told


def test_whatever_is_scanned_that_is_no_usable_container_is_a_near_miss():
    batch, done = plan("P-003", area="PREP-2"), "B26-0003"
    bench.start(house, batch)
    api = {**API, "container": "MP26-0004/1"}
    issued = {**SEEN, "batch": batch, "component": "GEL1", "container": "MP26-0006/1", "units": 210}
    void = code_of("container", "MP26-0004/1")
    good = code_of("container", "MP26-0004/1", reason="Étiquette déchirée")
    wrong = [(code_of("bottle", f"{done}/1"), "SCAN-02", f"{done}/1"), (code_of("sample", f"{done}/S1"), "SCAN-02", f"{done}/S1"),
             (void, "SCAN-03", "MP26-0004/1"), ("MP26-0099/1", "CONTAINER-01", "MP26-0099/1"), ("3760091720116", "CONTAINER-01", "3760091720116"),
             (good[-26:-1] + ("A" if good[-1] != "A" else "B"), "CONTAINER-01", good[-26:-22] + "…"),
             ("HTTPS://PUI.HOPITAL.EXAMPLE/L/AAAAAAAAAAAAAAAAAAAAAAAAAA", "SCAN-01", "HTTPS://PUI.HOPITAL.EXAMPLE/L/…"),
             ("https://site.example/entrer?motdepasse=secret", "SCAN-01", "https://site.example/…"),
             ("Flacon de M. Exemple", "CALL-04", "Flacon de M. Exemple"), ("é" * 60, "CALL-04", "é" * 40 + "…"), ("a\u200bb", "CALL-04", "…")]
    for text, rule, subject in wrong:
        near_miss("weighing open", rule, subject, batch=batch, **{**api, "container": text})
        near_miss("issue record", rule, subject, **{**issued, "container": text})
    number = house.act("tech.a", "weighing open", batch=batch, **{**api, "container": good})["weighing"]
    house.act("tech.a", "weighing record", weighing=number, tare="10 g", net="4.0816 g")
    article = house.act("tech.a", "issue record", **issued)["article-issue"]
    for text, rule, subject in wrong:
        near_miss("weighing verify", rule, subject, person="tech.b", weighing=number, container=text, net="4.0816 g")
        near_miss("issue verify", rule, subject, person="tech.b", issue=article, container=text, units=210)


def test_a_near_miss_names_the_rule_of_what_was_scanned():
    near_miss("issue record", "CALL-04", "https://site.example/…", "SCAN-01", field="component", **{
        **SEEN, "batch": "B26-0004", "component": "deux mots", "container": "https://site.example/x", "units": 1})
    house.refused("tech.a", "weighing open", "CALL-03", "container", batch="B26-0004", **{**API, "container": None})


main(globals())
