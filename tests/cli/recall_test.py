"""A recall reaches what is made of the lot at once: the batch goes on hold in the same act, and nothing leaves it at any step."""
from dossier import Dossier
from harness import main

BATCH, FIRST = "B26-0001", "RX26-0001"
house = Dossier()
house.play(until="dispensing confirm")
codes = {label["subject"]: label["code"] for label in house.view("chief", "label list", batch=BATCH)["labels"] if label["state"] == "applied"}
code = codes["B26-0001/1"]


def state():
    """What everybody is told: the list, the record, the code on a bottle and the code on the certificate."""
    listed = [row["state"] for row in house.view("chief", "batch list")["batches"] if row["batch"] == BATCH]
    certificate = house.view("chief", "document list", subject=BATCH)["documents"][0]["document"]
    paper = house.view("chief", "document show", certificate)["code"]
    traced = [row["state"] for row in house.view("chief", "trace down", BATCH)["batches"]]
    told = {*listed, *traced, house.view("chief", "batch show", BATCH)["state"], house.view("chief", "scan", code)["state"],
            house.view("chief", "scan", paper)["state"]}
    assert len(told) == 1, told
    return told.pop()


def recall(lot):
    return house.act("pharm.a", "lot recall", lot=lot, reason="Alerte du fabricant")


def lift():
    why = {"batch": BATCH, "reason": "Le lot de matière première n'est pas en cause"}
    recalled = [lot["lot"] for lot in house.view("chief", "lot list", state="recalled")["lots"]]
    said = house.refused("pharm.b", "batch lift", "BATCH-51", "recalled-lots", **why)
    assert len([s for s in said if s["rule"] == "BATCH-51"]) == len(recalled) > 0, (said, recalled)
    house.refused("pharm.b", "batch lift", "BATCH-52", "recalled-lots", **why, recalled_lots=[*recalled, "MP26-9999"])
    house.act("pharm.b", "batch lift", **why, recalled_lots=recalled)


def test_a_recalled_lot_holds_its_batches_in_the_same_act():
    assert state() == "released"
    done = recall("MP26-0003")
    assert done["batches"] == [{"batch": BATCH, "before": "released", "state": "held-by-recall"}], done
    assert state() == "held-by-recall"
    shown = house.view("chief", "batch show", BATCH)
    assert shown["recorded-state"] == "released" and shown["held"] is True
    last = shown["decisions"][-1]
    assert last["kind"] == "hold" and last["person"] == "pharm.a" and "MP26-0003" in last["reason"] and "Alerte du fabricant" in last["reason"], last
    entry = house.view("chief", "audit list", act="lot recall")["entries"][0]
    subjects = house.view("chief", "audit show", sequence=entry["sequence"])["subjects"]
    assert BATCH in str(subjects), subjects
    assert [row["batch"] for row in house.view("chief", "batch list", state="held-by-recall")["batches"]] == [BATCH]
    for language, words in (("fr", "suspendu (rappel)"), ("en", "on hold (recall)")):
        assert words in house.text("chief", "scan", code, language=language)


def test_nothing_is_confirmed_while_a_recall_holds_the_batch():
    said = house.refused("disp.a", "dispensing confirm", "DISPENSING-06", "batch", request=FIRST, batch=BATCH)
    assert "suspendu (rappel)" in said[0]["message"], said
    house.refused("tech.a", "batch lift", "CALL-14", "as", batch=BATCH, reason="x")
    lift()
    assert state() == "released"


def test_the_hold_stops_every_later_step():
    number = house.act("disp.a", "dispensing confirm", request=FIRST, batch=BATCH, bottles=["B26-0001/1", "B26-0001/2"])["dispensing"]
    printed = house.act("disp.a", "label print", kind="dispensing", number=[number])["labels"]
    house.act("disp.a", "label settle", label=[row["label"] for row in printed], state="applied")
    scans = [{"bottle": f"B26-0001/{i + 1}", "label": row["label"]} for i, row in enumerate(printed)]
    recall("MP26-0005")
    house.refused("disp.a", "dispensing scan", "DISPENSING-06", "dispensing", dispensing=number, **scans[0])
    lift()
    for scan in scans:
        house.act("disp.a", "dispensing scan", dispensing=number, **scan)
    recall("MP26-0006")
    house.refused("disp.a", "dispensing check", "DISPENSING-06", "dispensing", dispensing=number)
    lift()
    house.act("disp.a", "dispensing check", dispensing=number)
    recall("MP26-0001")
    house.refused("disp.a", "dispensing hand-over", "DISPENSING-06", "dispensing", dispensing=number)
    house.guarded((f"UPDATE dispensing SET state = 'handed-over', handed_over_by = 1, handed_over_at = '2026-01-22T10:00:00.000Z' WHERE number = '{number}'",
                   "DISPENSING: nothing leaves"))
    lift()


def test_a_hold_that_stands_already_gets_the_further_reason():
    house.act("tech.a", "batch hold", batch=BATCH, reason="Excursion de température")
    assert state() == "held"
    done = recall("MP26-0002")
    assert done["batches"] == [{"batch": BATCH, "before": "held", "state": "held-by-recall"}]
    assert state() == "held-by-recall"
    lift()
    house.act("disp.a", "dispensing hand-over", dispensing="2026/0001")


def test_a_batch_is_recalled_by_a_pharmacist_who_reads_whom_it_reaches():
    house.refused("tech.a", "batch recall", "CALL-14", "as", batch=BATCH, reason="x")
    house.refused("pharm.a", "batch recall", "CALL-03", "reason", batch=BATCH)
    house.refused("pharm.a", "batch recall", "BATCH-01", "batch", batch="B26-9999", reason="x")
    house.guarded(("UPDATE batch SET state = 'recalled'", "BATCH: a recall follows a signed decision"))
    done = house.act("pharm.a", "batch recall", batch=BATCH, reason="Odeur anormale signalée par un patient")
    assert (done["state"], done["patients"], done["units-dispensed"], done["units-here"]) == ("recalled", 1, 112, 112), done
    assert [(row["dispensing"], row["patient"], row["request"], row["units"]) for row in done["dispensings"]] == [("2026/0001", "P-001", FIRST, 112)]
    assert state() == "recalled" and "rappelé" in house.text("chief", "scan", code)
    last = house.view("chief", "batch show", BATCH)["decisions"][-1]
    assert last["kind"] == "recall" and last["meaning"].startswith("Je rappelle le lot B26-0001") and last["reason"].startswith("Odeur anormale")
    house.refused("pharm.a", "batch recall", "BATCH-02", "batch", batch=BATCH, reason="encore")
    house.refused("disp.a", "dispensing confirm", "DISPENSING-05", "batch", request="RX26-0002", batch=BATCH)
    house.act("pharm.a", "document issue", kind="batch-record", batch=BATCH)


def test_the_database_itself_lets_nothing_leave_a_recalled_batch():
    copy = ("INSERT INTO dispensing SELECT 99, '2026/0099', batch, 2, 2, units, 0, 'x', 'confirmed', confirmed_by, confirmed_at, NULL, NULL, NULL, NULL, NULL, NULL, "
            "NULL, NULL, NULL FROM dispensing")
    house.guarded((copy, "DISPENSING: only from a batch released"), ("UPDATE batch SET expiry = '2030-01-01'", "after the decision the record is closed"))


main(globals())
