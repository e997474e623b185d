"""A lot that was accepted again after a batch took of it: the record of that batch still tells what it was made with."""
import subprocess

from dossier import Dossier
from harness import main

house = Dossier()
house.play()


def record(batch):
    issued = house.act("pharm.a", "document issue", kind="batch-record", batch=batch, reason="Relecture")["document"]
    path = f"{house.folder}/{issued}.pdf"
    house.view("pharm.a", "document show", issued, save=path)
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def test_the_record_keeps_date_and_assay_of_its_time():
    assert "30/09/2026" in record("B26-0001")
    house.at("2026-10-01T08:00:00")
    house.act("qc.a", "lot test", lot="MP26-0003", test="Dosage", method="CLHP", result="97,0 %", conforms="yes")
    house.act("pharm.b", "lot accept", lot="MP26-0003", assay="97.0", basis="anhydrous", water="7.5", source="Recontrôle CQ-2026-041", retest_until="2027-03")
    house.refused("pharm.a", "lot amend", "AMENDMENT-16", "retest", lot="MP26-0003", retest="2027-04", reason="Relu")  # a control fixed it
    house.at("2026-10-01T09:00:00")
    text = record("B26-0001")
    assert "30/09/2026" in text and "99,1" in text and "31/03/2027" not in text and "97,0" not in text, text


main(globals())
