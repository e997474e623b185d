"""The register of the retained samples: what stands, what left and why, how long it is kept."""
import subprocess

from dossier import Dossier
from harness import main

house = Dossier()
house.play(until="batch refuse", batch="B26-0002")
RELEASED, QUARANTINED = "B26-0001/S4", "B26-0002/S4"


def exits(rule, field, person="pharm.a", **inputs):
    return house.refused(person, "sample exit", rule, field, **{"sample": RELEASED, "units": 4, "destination": "authority", "reason": "Demande fictive 2026-118", **inputs})


def test_the_register_lists_every_retained_sample():
    rows = {row["sample"]: row for row in house.view("pharm.b", "sample list", kind="reserve")["samples"]}
    assert set(rows) == {RELEASED, QUARANTINED}
    assert (rows[RELEASED]["units"], rows[RELEASED]["used"], rows[RELEASED]["left"]) == (36, 0, 36), rows
    assert (rows[QUARANTINED]["used"], rows[QUARANTINED]["left"]) == (20, 16), rows
    shown = house.view("pharm.b", "sample show", RELEASED)
    expiry = house.view("pharm.b", "batch show", "B26-0001")["expiry"]
    assert shown["kept-until"] == str(int(expiry[:4]) + 1) + expiry[4:] and shown["exits"] == [], shown
    assert len(house.view("pharm.b", "sample list")["samples"]) == 8 and len(house.view("pharm.b", "sample list", batch="B26-0001")["samples"]) == 4
    assert [row["left"] for row in house.view("pharm.b", "sample list", find="B26-0001/S4")["samples"]] == [36]


def test_what_may_not_leave():
    exits("CALL-14", "as", person="qc.a")
    exits("SAMPLE-09", "sample", sample="B26-0001/S9")
    exits("SAMPLE-13", "sample", sample="B26-0001/S1")
    exits("SAMPLE-14", "sample", sample=QUARANTINED)
    exits("SAMPLE-16", "units", units=37)
    exits("SAMPLE-16", "units", units=0)
    exits("CALL-19", "destination", destination="cadeau")
    exits("SAMPLE-15", "destination", destination="destruction", reason="Bordereau BD-2026-009")


def test_an_exit_stands_in_the_register_and_in_the_record():
    done = house.act("pharm.a", "sample exit", sample=RELEASED, units=4, destination="authority", reason="Demande fictive 2026-118")
    assert (done["units"], done["left"]) == (4, 32), done
    house.act("pharm.b", "sample exit", sample=RELEASED, units=2, destination="complaint", reason="Réclamation fictive, goût")
    shown = house.view("pharm.b", "sample show", RELEASED)
    assert shown["left"] == 30 and [(e["units"], e["destination"]) for e in shown["exits"]] == [(4, "authority"), (2, "complaint")], shown
    assert [row["exited"] for row in house.view("pharm.b", "sample list", batch="B26-0001", kind="reserve")["samples"]] == [6]
    exits("SAMPLE-16", "units", units=31)
    lots = house.view("pharm.b", "trace down", "MP26-0003")
    assert any(row["sample"] == RELEASED and 30 in row.values() for row in lots["samples"]), lots["samples"]
    issued = house.act("pharm.a", "document issue", kind="batch-record", batch="B26-0001", reason="Sorties")["document"]
    path = f"{house.folder}/record.pdf"
    house.view("pharm.a", "document show", issued, save=path)
    text = " ".join(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.replace("\u202f", " ").replace("\u00a0", " ").split())
    assert "autorité : Demande fictive 2026-118" in text and "réclamation : Réclamation fictive" in text, text
    house.guarded(("UPDATE sample_exit SET units = 1", "an exit stays"), ("DELETE FROM sample_exit", "an exit is kept"),
                  *[(f"INSERT INTO sample_exit (sample, units, destination, reason, person, at) SELECT id, {units}, '{destination}', 'x', 1, '2026-02-04T10:00:00.000Z' "
                     f"FROM sample WHERE number = '{sample}'", words) for sample, units, destination, words in (
                         (RELEASED, 31, "authority", "no more leaves"), (RELEASED, 1, "destruction", "a year after"), ("B26-0001/S1", 1, "authority", "only of the reserve"),
                         (QUARANTINED, 1, "authority", "only of the reserve"))])


def test_a_refused_batch_is_destroyed_less_what_the_authority_took():
    house.step()  # batch refuse
    exits("SAMPLE-14", "sample", sample=QUARANTINED, destination="destruction", reason="Bordereau")
    house.act("pharm.a", "sample exit", sample=QUARANTINED, units=10, destination="authority", reason="Demande fictive 2026-119")
    house.play(until="batch destroy")
    wrong = house.lines.pop(0)
    assert wrong["inputs"]["units"] == "142"
    house.refused("tech.a", "batch destroy", "BATCH-32", "units", batch="B26-0002", units=142, reference="Bordereau BD-2026-007")
    done = house.act("tech.a", "batch destroy", batch="B26-0002", units=132, reference="Bordereau BD-2026-007")
    assert done["destroyed"]["value"] == "132", done
    assert house.view("pharm.b", "sample show", QUARANTINED)["left"] == 0


def test_kept_a_year_beyond_the_expiry():
    kept = house.view("pharm.b", "sample show", RELEASED)["kept-until"]
    house.at(f"{kept}T08:00:00")
    for person in ("pharm.a",):
        house.act("admin", "person grant", person=person, role="pharmacist", starts=kept, ends="2029-12-31")
    exits("SAMPLE-15", "destination", destination="destruction", reason="Bordereau BD-2027-001")
    house.at(f"{kept[:8]}{int(kept[8:]) + 1:02d}T08:00:00")
    assert house.act("pharm.a", "sample exit", sample=RELEASED, units=30, destination="destruction", reason="Bordereau BD-2027-001")["left"] == 0
    exits("SAMPLE-16", "units", units=1)


main(globals())
