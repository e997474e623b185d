"""Blank batch records for when the program is out of reach: each copy numbered, entered from, accounted for; a batch made on one of them."""
import os
import subprocess

import bench
import laboratory as lab
from harness import House, main

house = House()
SHELF, AT_HAND = "Classeur rouge, préparatoire 1", "Préparatoire 1"
LATE = {"reason": "Serveur arrêté"}


def text_of(document):
    path = os.path.join(house.folder, f"{document}.pdf")
    house.view("pharma.a", "document show", document, save=path)
    return " ".join(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.split())


def issue(**more):
    return house.act("pharma.a", "paper-form issue", version="BIR20/1", **{"kept_at": SHELF, **more})


def test_a_form_is_printed_from_an_approved_formula_each_with_its_number():
    bench.supply(house)
    house.act("pharma.a", "formula create", formula="BIR20", name="Birabresib 20 mg, gélule")
    version = bench.draft(house, controls=lab.CONTROLS)
    house.refused("pharma.a", "paper-form issue", "FORM-02", "version", version=version, kept_at=SHELF)
    house.act("pharma.b", "formula approve", version=version)
    house.refused("pharma.a", "paper-form issue", "FORM-06", "units", version=version, units=0, kept_at=SHELF)
    house.at("2026-01-12T07:00:00")
    first, second = issue(), issue(units=300)
    assert [first["paper-form"], first["document"], second["paper-form"], second["issue"]] == ["P26-0001", "C26-0001", "P26-0002", 1], second
    text = text_of("C26-0001")
    for word in ("P26-0001", "BIR20/1", "MP26-0003/1", "21,6774 g pour 1000 gélules", "8 à 12 min", "oui · non", "BAL-A", "8 / 8", "selon les masses nettes"):
        assert word in text.replace("\u00a0", " ").replace("\u202f", ""), word
    assert "6,5032 g pour 300 gélules" in text_of("C26-0002").replace("\u00a0", " ")
    global code
    code = first["code"]
    scanned = house.view("tech.a", "scan", code)
    assert scanned["about"] == "P26-0001" and scanned["state"] == "issued" and "up-and-down" not in scanned, scanned
    assert [row["document"] for row in house.view("pharma.a", "document list", kind="blank-batch-record")["documents"]] == ["C26-0002", "C26-0001"]


def test_a_form_for_a_batch_is_of_that_batch():
    house.refused("pharma.a", "paper-form issue", "BATCH-01", "batch", version="BIR20/1", batch="B26-0009", kept_at=SHELF)
    batch = house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-001"), bench.request(house, "P-002")],
                      area="PREP-1", expected_loss=4)["batch"]
    house.refused("pharma.a", "paper-form issue", "FORM-05", "units", version="BIR20/1", batch=batch, units=184, kept_at=SHELF)
    draft = bench.draft(house)
    house.refused("pharma.a", "paper-form issue", "FORM-03", "batch", version=draft, batch=batch, kept_at=SHELF)
    assert issue(batch=batch, kept_at=AT_HAND)["paper-form"] == "P26-0003"
    text = text_of("C26-0003").replace("\u00a0", " ")
    assert batch in text and "6,5032 g pour 300 gélules" in text and "RX26-0001" in text and "Préparatoire PREP-1" in text, text
    other = house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-004")], area="PREP-2")["batch"]
    house.act("tech.a", "batch cancel", batch=other, reason="Pour l'essai")
    house.refused("pharma.a", "paper-form issue", "FORM-04", "batch", version="BIR20/1", batch=other, kept_at=SHELF)


def test_only_what_is_due_waits_on_the_home_page():
    waiting = house.view("pharma.a", "home show")["forms-to-settle"]
    assert [(row["thing"], row["do"]) for row in waiting] == [("P26-0003", {"act": "paper-form settle", "inputs": {"paper-form": "P26-0003"}})], waiting
    assert "forms-to-settle" not in house.view("tech.a", "home show"), "a technician issues no document"


def test_a_form_that_was_not_used_is_destroyed_or_lost_with_a_reason():
    settle = {"paper_form": "P26-0002"}
    house.refused("pharma.a", "paper-form settle", "FORM-01", "paper-form", paper_form="P26-0099", state="lost", reason="x")
    house.refused("pharma.a", "paper-form settle", "FORM-08", "state", **settle, state="used", labels_used=1)
    house.refused("pharma.a", "paper-form settle", "FORM-12", "reason", **settle, state="destroyed")
    house.refused("pharma.a", "paper-form settle", "FORM-13", "labels-used", **settle, state="destroyed", reason="Tachée", labels_used=0)
    house.act("pharma.a", "paper-form settle", **settle, state="destroyed", reason="Tachée")
    house.refused("pharma.a", "paper-form settle", "FORM-07", "paper-form", **settle, state="lost", reason="x")
    assert [row["paper-form"] for row in house.view("tech.a", "paper-form list", state="issued")["paper-forms"]] == ["P26-0003", "P26-0001"]
    house.guarded(("UPDATE paper_form SET kept_at = 'x'", "it stays"), ("DELETE FROM paper_form", "it is kept"),
                  ("UPDATE paper_form SET state = 'used', labels_used = 1, settled_by = 1, settled_at = 'x' WHERE number = 'P26-0001'", "used when entries name it"))


BATCH, FORM = "B26-0001", "P26-0003"


def late(person, hour, form=FORM):
    """The last entry of a person was done on paper the day before, at that hour."""
    return house.act(person, "late-entry declare", batch=BATCH, paper_form=form, done_at=f"2026-01-12T{hour}:00+01:00", **LATE)["late-entry"]


def test_a_batch_made_on_paper_is_entered_the_day_after_by_the_same_acts():
    """Both persons enter what they did; the batch is made on the day of the form, and its expiry is counted from there."""
    house.at("2026-01-13T08:00:00")
    bench.check_balances(house)
    paper = {"equipment": "BAL-A", "weight": "20 g", "reading": "20.0003 g"}
    house.refused("tech.a", "equipment check", "EQUIPMENT-21", "paper-form", **paper, done_on="2026-01-12")
    house.refused("tech.a", "equipment check", "EQUIPMENT-21", "done-on", **paper, paper_form=FORM)
    house.refused("tech.a", "equipment check", "EQUIPMENT-22", "done-on", **paper, done_on="2026-01-13", paper_form=FORM)
    house.act("tech.a", "equipment check", **paper, done_on="2026-01-12", paper_form=FORM)
    house.act("tech.a", "batch start", batch=BATCH)
    declared = {"batch": BATCH, "done_at": "2026-01-12T09:00:00+01:00", **LATE}
    house.refused("tech.a", "late-entry declare", "LATE-09", "paper-form", paper_form="P26-0044", **declared)
    house.refused("tech.a", "late-entry declare", "LATE-11", "paper-form", paper_form="P26-0002", **declared)
    done = house.act("tech.a", "late-entry declare", paper_form=FORM, **declared)
    assert done["made-on"] == "2026-01-12", done
    house.act("tech.a", "batch clear-line", batch=BATCH, phase="making")
    late("tech.a", "09:05")
    bench.step(house, BATCH, "VIDE")
    late("tech.a", "09:06")
    for component, container, balance, tare, net in (("BIR", "MP26-0003/1", "BAL-A", "12.4310 g", "6.5068 g"), ("CEL", "MP26-0005/1", "BAL-B", "85.120 g", "53.489 g")):
        bench.weigh(house, BATCH, component, container, balance, tare, net)
        assert late("tech.a", "09:20") and late("tech.b", "09:25")
    bench.step(house, BATCH, "PESEES")
    bench.step(house, BATCH, "MELANGE", "durée=10", "tamis intact=yes")
    late("tech.a", "09:40")
    bench.issue(house, BATCH, "GEL1", "MP26-0006/1", 310)
    assert late("tech.a", "09:50") and late("tech.b", "09:51")
    filled = house.act("tech.a", "batch fill", batch=BATCH, units=300)
    late("tech.a", "10:30")
    assert filled["expiry"] == "2026-07-11", f"180 days from the day of the form: {filled}"
    bench.step(house, BATCH, "REMPLIR")
    bench.step(house, BATCH, "NETTOYAGE")
    bench.sample(house, BATCH)


def test_what_was_entered_names_its_form_and_no_other():
    shown = house.view("pharma.a", "batch show", BATCH)
    assert shown["made-on"] == "2026-01-12" and [row["paper-form"] for row in shown["paper-forms"]] == [FORM], shown["paper-forms"]
    assert len(shown["late-entries"]) == 11 and {row["paper-form"] for row in shown["late-entries"]} == {FORM}
    house.refused("tech.a", "late-entry declare", "LATE-02", "entry", batch=BATCH, entry=1, paper_form=FORM, done_at="2026-01-12T09:00:00Z", **LATE)
    late = [row["description"] for row in shown["exceptions"] if row["kind"] == "balance-check-late"]
    assert len(late) == 1 and "BAL-A" in late[0] and "12/01/2026" in late[0] and FORM in late[0], late
    path = os.path.join(house.folder, "record.pdf")
    house.view("pharma.a", "document preview", kind="batch-record", batch=BATCH, save=path)
    text = " ".join(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.split())
    assert "20,0003" in text and "contrôle du" in text and text.count("saisie tardive") > 2, text
    lab.package_1(house, BATCH)
    entry = house.act("tech.a", "late-entry declare", batch=BATCH, paper_form="P26-0001", done_at="2026-01-12T12:00:00+01:00", **LATE)["late-entry"]
    assert [row["paper-form"] for row in house.view("pharma.a", "batch show", BATCH)["paper-forms"]] == ["P26-0001", FORM], "a second sheet"
    assert house.view("pharma.a", "paper-form show", "P26-0001")["entered-for"] == BATCH and entry == "T26-0012"


def test_a_form_of_one_batch_is_no_other_batchs():
    other = house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-003")], area="PREP-2")["batch"]
    refused = {"batch": other, "done_at": house.instant(), **LATE}
    house.at("2026-01-13T12:00:00")
    house.act("tech.a", "batch start", batch=other)
    for form in (FORM, "P26-0001"):
        house.refused("tech.a", "late-entry declare", "LATE-10", "paper-form", paper_form=form, **refused)
    house.guarded((f"INSERT INTO late_entry (number, batch, sequence, act, done_at, form, reason, person, at) SELECT 'T26-0999', (SELECT id FROM batch WHERE number = '{other}'), "
                   f"999999, 'batch start', '2026-01-12T08:00:00.000Z', '{FORM}', 'x', 1, '2026-01-13T08:00:00.000Z'", "this form is of another batch"),
                  (f"UPDATE batch SET made_on = '2026-01-01' WHERE number = '{other}'", "what was recorded stays"))


def test_the_form_is_accounted_for_once_all_of_it_is_verified_and_then_nothing_is_entered_from_it():
    used = {"paper_form": FORM, "state": "used", "labels_used": 2}
    house.refused("pharma.a", "paper-form settle", "FORM-09", "state", **used)
    house.refused("pharma.a", "paper-form settle", "FORM-11", "state", paper_form=FORM, state="lost", reason="x")
    for row in house.view("pharma.a", "batch show", BATCH)["late-entries"]:
        person = "tech.b" if row["entered-by"] == "tech.a" else "tech.a"
        house.act(person, "late-entry verify", late_entry=row["late-entry"], paper_form=row["paper-form"])
    blocks = [(row["rule"], row["link"], row["way-out"]) for row in house.view("pharma.a", "batch show", BATCH)["blocks"]]
    assert ("RELEASE-29", "P26-0001", "paper-form settle") in blocks, blocks
    house.refused("pharma.a", "paper-form settle", "FORM-10", "labels-used", **{**used, "labels_used": 9})
    house.refused("pharma.a", "paper-form settle", "FORM-10", "labels-used", paper_form=FORM, state="used")
    house.act("pharma.a", "paper-form settle", **used)
    house.act("pharma.a", "paper-form settle", paper_form="P26-0001", state="used", labels_used=0)
    late = house.view("pharma.a", "batch show", BATCH)["late-entries"][0]
    house.refused("pharma.a", "late-entry amend", "LATE-14", "paper-form", late_entry=late["late-entry"], paper_form="P26-0009", reason="x")
    done = house.act("pharma.a", "late-entry amend", late_entry=late["late-entry"], done_at=late["done-at"].replace(":00.000Z", ":30.000Z"), reason="Heure mal lue")  # its form is settled
    house.act("tech.b" if late["entered-by"] != "tech.b" else "tech.a", "late-entry verify", late_entry=late["late-entry"], paper_form=late["paper-form"])
    house.act("pharma.b", "deviation decide", deviation=done["deviation"], decision="accepted", impact="Aucune")
    assert "RELEASE-29" not in [row["rule"] for row in house.view("pharma.a", "batch show", BATCH)["blocks"]]
    entry = next(row["sequence"] for row in house.view("audit.a", "audit list", kind="batch", number=BATCH)["entries"] if row["act"] == "sample take")
    house.refused("tech.a", "late-entry declare", "LATE-11", "paper-form", batch=BATCH, entry=entry, paper_form=FORM, done_at="2026-01-12T12:10:00+01:00", **LATE)


def test_the_batch_made_on_paper_is_released():
    bench.receive(house, BATCH)
    lab.control_1(house, BATCH)
    house.act("tech.a", "batch reconcile", batch=BATCH)
    house.act("control.p", "certificate sign", batch=BATCH)
    done = house.act("pharma.b", "batch release", batch=BATCH)
    assert done["state"] == "released", done
    assert house.view("pharma.a", "batch show", BATCH)["state"] == "released"


def test_a_form_that_lay_ready_is_filled_before_its_batch_is_planned():
    house.at("2026-02-02T08:00:00")
    form = issue()["paper-form"]
    house.at("2026-02-03T08:00:00")
    batch = house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-005")], area="PREP-1")["batch"]
    house.act("tech.a", "batch start", batch=batch)
    declared = {"batch": batch, **LATE}
    house.refused("tech.a", "late-entry declare", "LATE-08", "done-at", done_at="2026-02-02T11:00:00+01:00", paper_form="Cahier 12", **declared)
    house.refused("tech.a", "late-entry declare", "LATE-12", "done-at", done_at="2026-02-01T11:00:00+01:00", paper_form=form, **declared)
    assert house.act("tech.a", "late-entry declare", done_at="2026-02-02T11:00:00+01:00", paper_form=form, **declared)["made-on"] == "2026-02-02"


def test_a_copy_of_a_formula_withdrawn_is_taken_back():
    last = issue()
    house.act("pharma.b", "formula withdraw", version="BIR20/1", reason="Remplacée")
    assert house.view("tech.a", "scan", code)["state"] == "used"
    assert house.view("tech.a", "scan", last["code"])["state"] == "withdrawn", "it is not to be filled"
    waiting = house.view("pharma.a", "home show")["forms-to-settle"]
    assert [row["to-do"] for row in waiting if row["thing"] == last["paper-form"] and "détruire" in row["to-do"]], waiting


if __name__ == "__main__":
    main(globals())
