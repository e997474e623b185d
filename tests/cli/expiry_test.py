"""What the expiry of a batch forbids: treatments that outlast it, labels and lists that still say released."""
import subprocess

from dossier import Dossier
from harness import main

BATCH, FIRST, SECOND = "B26-0001", "RX26-0001", "RX26-0002"
REASON = "Relais prévu le 10/07 par un autre lot"
house = Dossier()
house.play(until="dispensing confirm")


def words(document):
    path = f"{house.folder}/{document}.pdf"
    house.view("pharm.a", "document show", document, save=path)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(text.split())


def test_a_treatment_that_outlasts_the_batch_asks_for_a_reason():
    house.at("2026-06-15T08:00:00")  # 28 days: the last capsule on 12 July, the batch is used until 11 July
    refused = house.refused("disp.a", "dispensing confirm", "DISPENSING-32", "reason", request=FIRST, batch=BATCH)
    assert "12/07/2026" in refused[0]["message"] and "11/07/2026" in refused[0]["message"], refused
    house.guarded(("INSERT INTO dispensing SELECT 1, '2026/0001', b.id, r.id, r.patient, 112, 0, 'x', 'confirmed', 1, '2026-06-15T08:00:00.000Z', NULL, NULL, "
                   "NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM batch b, request r WHERE b.number = 'B26-0001' AND r.number = 'RX26-0001'",
                   "beyond the expiry of the batch"))


def test_what_fitted_at_its_confirmation_is_looked_at_again():
    house.at("2026-06-14T08:00:00")
    number = house.act("disp.a", "dispensing confirm", request=FIRST, batch=BATCH)["dispensing"]
    printed = house.act("disp.a", "label print", kind="dispensing", number=[number])["labels"]
    house.act("disp.a", "label settle", label=[row["label"] for row in printed], state="applied")
    for bottle, row in enumerate(printed, 1):
        house.act("disp.a", "dispensing scan", dispensing=number, bottle=f"{BATCH}/{bottle}", label=row["label"])
    house.at("2026-06-15T08:00:00")
    house.refused("disp.a", "dispensing check", "DISPENSING-33", "dispensing", dispensing=number)
    house.act("disp.a", "dispensing cancel", dispensing=number, reason="Trop tard pour ce lot")


def test_the_reason_is_recorded_and_printed():
    house.at("2026-07-11T08:00:00")
    number = house.act("disp.a", "dispensing confirm", request=FIRST, batch=BATCH, reason=REASON)["dispensing"]
    assert house.view("chief", "dispensing show", number)["late-reason"] == REASON
    row = house.view("chief", "register show", "dispensing")["lines"][-1]
    assert (row["number"], row["reason"]) == (number, REASON), row
    assert f"Motif : {REASON}" in words(house.act("pharm.a", "document issue", kind="register-page", book="dispensing")["document"])
    printed = house.act("disp.a", "label print", kind="dispensing", number=[number])["labels"]
    house.act("disp.a", "label settle", label=[row["label"] for row in printed], state="applied")
    for bottle, row in enumerate(printed, 1):
        house.act("disp.a", "dispensing scan", dispensing=number, bottle=f"{BATCH}/{bottle}", label=row["label"])
    house.act("disp.a", "dispensing check", dispensing=number)
    house.act("disp.a", "dispensing hand-over", dispensing=number)


def test_a_label_of_an_expired_batch_says_so():
    house.at("2026-07-12T08:00:00")
    done = house.act("tech.a", "label print", kind="bottle", number=[f"{BATCH}/3"], reason="Étiquette abîmée")
    text = words(done["document"])
    assert "PÉRIMÉ – NE PAS UTILISER" in text.replace("\u00a0", " ") and "LIBÉRÉ" not in text, text
    assert house.view("chief", "label list", kind="bottle", number=f"{BATCH}/3")["labels"][-1]["shown-state"] == "expired"
    house.refused("disp.a", "dispensing confirm", "DISPENSING-07", "batch", request=SECOND, batch=BATCH, reason=REASON)


def test_every_view_says_expired():
    code = house.view("chief", "label list", kind="bottle", number=f"{BATCH}/4")["labels"][-1]["code"]

    def told():
        view = house.view
        return {next(row["state"] for row in view("chief", "batch list")["batches"] if row["batch"] == BATCH), view("chief", "batch show", BATCH)["state"],
                view("chief", "trace down", BATCH)["batches"][0]["state"], view("chief", "trace up", BATCH)["batches"][0]["state"],
                view("chief", "scan", code)["state"], view("chief", "request show", FIRST)["batches"][0]["state"],
                view("chief", "cost show", BATCH)["state"], view("chief", "batch exceptions", BATCH)["state"]}
    assert told() == {"expired"}, told()
    shown = house.view("chief", "batch show", BATCH)
    assert (shown["recorded-state"], shown["expiry"]) == ("released", "2026-07-11")
    assert "périmé" in house.text("chief", "batch", "list") and "expired" in house.text("chief", "batch", "list", language="en")
    assert [row["batch"] for row in house.view("chief", "batch list", state="expired")["batches"]] == [BATCH]
    assert house.view("chief", "batch list", state="released")["batches"] == []
    house.act("tech.a", "batch hold", batch=BATCH, reason="Excursion de température")
    assert told() == {"expired"}, "what may be lifted does not hide what may not"
    house.act("pharm.a", "lot recall", lot="MP26-0005", reason="Alerte")
    assert told() == {"held-by-recall"}, told()
    house.act("pharm.a", "batch lift", batch=BATCH, reason="Sans suite", recalled_lots=["MP26-0005"])
    house.at("2026-07-11T08:00:00")
    assert told() == {"released"}, told()


def test_every_view_of_a_lot_says_expired_or_due_for_a_retest():
    bottles = house.act("tech.a", "lot receive", material="FLACON", supplier="EMBALL", manufacturer="Emballages fictifs SARL", supplier_lot="EF-26-1", quantity="10",
                        price="8.40 EUR", expiry="2026-09-30", certificate_reference="CoA")["lot"]
    house.act("pharm.a", "lot accept", lot=bottles)
    labels = house.act("tech.a", "label print", kind="container", number=["MP26-0003/2", f"{bottles}/1"])["labels"]
    for code, lot, day, state in ((labels[0]["code"], "MP26-0003", "2026-10-01", "retest-passed"), (labels[1]["code"], bottles, "2026-10-01", "expired")):
        for at, expected in ((f"{day}T08:00:00", state), ("2026-08-01T08:00:00", "accepted")):
            house.at(at)
            listed = next(row["state"] for row in house.view("chief", "lot list")["lots"] if row["lot"] == lot)
            traced = next(row["state"] for row in house.view("chief", "trace up", lot)["lots"] if row["lot"] == lot)
            told = {listed, traced, house.view("chief", "lot show", lot)["state"], house.view("chief", "trace down", lot)["lots"][0]["state"],
                    house.view("chief", "scan", code)["state"]}
            assert told == {expected}, (lot, at, told)


main(globals())
