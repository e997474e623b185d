"""What was done on paper while the program was out of reach: entered by the same acts, said to be late, compared with the form by another."""
import os
import subprocess

import bench
from harness import House, main

house = House()
BATCH = "B26-0001"
FORM = "Fiche papier 2026-07"
LATE = {"paper_form": FORM, "reason": "Coupure de courant", "done_at": "2026-01-12T09:00:00+01:00"}


def entry_of(act):
    return next(row["sequence"] for row in house.view("audit.a", "audit list", kind="batch", number=BATCH)["entries"] if row["act"] == act)


def test_an_entry_is_said_to_be_late_by_who_made_it():
    bench.supply(house)
    bench.formula(house)
    house.at("2026-01-12T07:00:00")
    house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-001")], area="PREP-1")
    bench.check_balances(house)
    house.refused("tech.a", "late-entry declare", "BATCH-02", "batch", batch=BATCH, **LATE)
    bench.start(house, BATCH)
    house.refused("tech.b", "late-entry declare", "LATE-01", "entry", batch=BATCH, **LATE)
    house.at("2026-01-12T11:00:00")
    bench.weigh(house, BATCH, "BIR", "MP26-0003/1", "BAL-A", "12.4310 g", "3.9886 g")
    entries = {row["act"]: row["sequence"] for row in house.view("audit.a", "audit list", kind="batch", number=BATCH)["entries"]}
    house.refused("tech.b", "late-entry declare", "LATE-02", "entry", batch=BATCH, entry=entries["weighing record"], **LATE)
    house.refused("tech.a", "late-entry declare", "LATE-02", "entry", batch=BATCH, entry=entries["weighing open"], **LATE)
    house.refused("tech.a", "late-entry declare", "LATE-04", "done-at", batch=BATCH, entry=entries["weighing record"], **{**LATE, "done_at": "2026-01-12T20:00:00Z"})
    done = house.act("tech.a", "late-entry declare", batch=BATCH, **LATE)  # the last entry of tech.a
    assert done["late-entry"] == "T26-0001" and done["act"] == "weighing record" and done["entry"] == entries["weighing record"], done
    house.refused("tech.a", "late-entry declare", "LATE-08", "done-at", batch=BATCH, entry=entries["batch start"], **{**LATE, "done_at": "2020-01-01T08:00:00Z"})
    house.refused("tech.a", "late-entry declare", "LATE-03", "entry", batch=BATCH, entry=entries["weighing record"], **LATE)
    assert house.act("tech.b", "late-entry declare", batch=BATCH, **LATE)["act"] == "weighing verify"


def test_it_is_marked_late_and_blocks_the_release_until_another_has_seen_the_form():
    blocks = house.view("pharma.a", "batch show", BATCH)["blocks"]
    assert ("RELEASE-28", "late-entry verify") in [(row["rule"], row["way-out"]) for row in blocks], blocks
    waiting = house.view("tech.b", "home show")["portions-to-verify"]
    assert [row["do"] for row in waiting] == [{"act": "late-entry verify", "inputs": {"late-entry": "T26-0001"}}] and FORM in waiting[0]["to-do"], waiting
    house.refused("tech.b", "late-entry verify", "LATE-05", "late-entry", late_entry="T26-0009", paper_form=FORM)
    house.refused("tech.a", "late-entry verify", "BATCH-04", "late-entry", late_entry="T26-0001", paper_form=FORM)
    house.refused("tech.b", "late-entry verify", "LATE-07", "paper-form", late_entry="T26-0001", paper_form="Autre fiche")
    house.act("tech.b", "late-entry verify", late_entry="T26-0001", paper_form=FORM)
    house.refused("pharma.a", "late-entry verify", "LATE-06", "late-entry", late_entry="T26-0001", paper_form=FORM)
    house.act("tech.a", "late-entry verify", late_entry="T26-0002", paper_form=FORM)
    assert "RELEASE-28" not in [row["rule"] for row in house.view("pharma.a", "batch show", BATCH)["blocks"]]
    shown = house.view("pharma.a", "batch show", BATCH)
    assert [(row["subject"], row["entered-by"], row["verified-by"]) for row in shown["late-entries"]] == [
        (f"{BATCH}/W1", "tech.a", "tech.b"), (f"{BATCH}/W1", "tech.b", "tech.a")], shown["late-entries"]
    exceptions = [row["description"] for row in shown["exceptions"] if row["kind"] == "late-entry"]
    assert len(exceptions) == 2 and "Fait" not in exceptions[0] and FORM in exceptions[0] and "12/01/2026 à 09" in exceptions[0].replace("\u00a0", " "), exceptions
    path = os.path.join(house.folder, "record.pdf")
    house.view("pharma.a", "document preview", kind="batch-record", batch=BATCH, save=path)
    text = " ".join(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.split())
    assert "vérifiée · saisie tardive" in text and "T26-0001, T26-0002" in text and FORM in text, text  # who weighed, and who verified
    assert [row.get("late-entry") for row in shown["weighings"]] == ["T26-0001, T26-0002"] and {row["late-entry"] for row in shown["clearances"]} == {None}, shown["weighings"]


def test_its_hour_and_its_form_are_amended():
    other = {"late_entry": "T26-0001", "done_at": "2026-01-12T09:10:00+01:00", "reason": "Heure lue une ligne plus bas"}
    house.refused("tech.a", "late-entry amend", "LATE-05", "late-entry", **{**other, "late_entry": "T26-0009"})
    house.refused("tech.a", "late-entry amend", "AMENDMENT-03", "as", **other)  # verified already
    house.refused("pharma.a", "late-entry amend", "LATE-04", "done-at", **{**other, "done_at": "2026-01-13T09:10:00Z"})
    house.refused("pharma.a", "late-entry amend", "AMENDMENT-01", None, **{**other, "done_at": LATE["done_at"]})
    done = house.act("pharma.a", "late-entry amend", **other)
    assert done["deviation"] and [row["entry"] for row in done["amendments"]] == ["Fait le"], done
    shown = house.view("pharma.a", "batch show", BATCH)
    row = shown["late-entries"][0]
    assert row["done-at"].startswith("2026-01-12T08:10:00") and not row.get("verified-by"), row
    row = shown["amendments"][0]
    assert (row["subject"], row["former"].replace("\u00a0", " "), row["value"].replace("\u00a0", " ")) == ("T26-0001", "12/01/2026 à 09 h 00", "12/01/2026 à 09 h 10"), row
    assert "RELEASE-28" in [row["rule"] for row in shown["blocks"]]
    house.refused("pharma.a", "late-entry verify", "BATCH-04", "late-entry", late_entry="T26-0001", paper_form=FORM)
    house.guarded(("UPDATE late_entry SET verified_at = 'x', verified_by = (SELECT id FROM person WHERE identifier = 'pharma.a') WHERE number = 'T26-0001'", "it stays"))
    house.act("tech.b", "late-entry verify", late_entry="T26-0001", paper_form=FORM)
    house.act("pharma.a", "late-entry amend", late_entry="T26-0001", paper_form="Fiche papier 2026-08", reason="Numéro d'une autre fiche")
    house.refused("tech.b", "late-entry verify", "LATE-07", "paper-form", late_entry="T26-0001", paper_form=FORM)
    house.act("tech.b", "late-entry verify", late_entry="T26-0001", paper_form="Fiche papier 2026-08")


def test_a_batch_begun_on_another_day_was_made_on_that_day():
    other = House()
    bench.supply(other)
    bench.formula(other)
    other.at("2026-01-12T07:00:00")
    other.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(other, "P-001")], area="PREP-1")
    other.at("2026-01-14T07:00:00")
    bench.check_balances(other)
    bench.start(other, BATCH)
    number = other.act("tech.a", "late-entry declare", batch=BATCH, entry=next(row["sequence"] for row in other.view("audit.a", "audit list", kind="batch", number=BATCH)["entries"]
                       if row["act"] == "batch start"), **{**LATE, "done_at": "2026-01-12T09:00:00+01:00"})["late-entry"]
    assert other.view("tech.a", "batch show", BATCH)["made-on"] == "2026-01-12"
    done = other.act("tech.a", "late-entry amend", late_entry=number, done_at="2026-01-13T09:00:00+01:00", reason="Jour mal lu")
    assert done["made-on"] == "2026-01-13" == other.view("tech.a", "batch show", BATCH)["made-on"] and "deviation" not in done, done
    other.guarded(("UPDATE batch SET made_on = '2026-01-15'", "what was recorded stays"))
    other.close()


def test_after_the_decision_it_is_verified_no_more():
    house.act("tech.a", "late-entry declare", batch=BATCH, entry=entry_of("batch start"), **{**LATE, "done_at": "2026-01-12T07:05:00Z"})
    house.act("tech.a", "batch abandon", batch=BATCH, reason="Pour l'essai")
    house.refused("tech.b", "late-entry verify", "AMENDMENT-04", "late-entry", late_entry="T26-0003", paper_form=FORM)
    house.refused("tech.a", "late-entry amend", "AMENDMENT-04", "late-entry", late_entry="T26-0003", paper_form="Autre", reason="x")


def test_the_database_keeps_it():
    house.guarded(("UPDATE late_entry SET form = 'autre'", "it stays"), ("DELETE FROM late_entry", "it is kept"),
                  ("UPDATE late_entry SET verified_at = NULL, verified_by = NULL", "it stays"))


if __name__ == "__main__":
    main(globals())
