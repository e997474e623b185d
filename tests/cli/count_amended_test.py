"""Counts, losses, samples and receptions that were entered wrongly: the first value stays, and stock, bilan and labels follow."""
from dossier import Dossier
from harness import main

BATCH = "B26-0001"
REASON = {"reason": "Recompté"}


def played(until):
    house = Dossier()
    house.play(until=until)
    return house


def counted(value):
    return value["value"] if isinstance(value, dict) else value


def stock(house, container):
    return counted(house.view("pharm.a", "container show", container)["stock"])


def shown(house):
    return house.view("pharm.a", "batch show", BATCH)


def figures(house, kind):
    """In force: figure -> value, within."""
    return {row["figure"]: (row["value"]["value"] if isinstance(row["value"], dict) else row["value"], row["within"])
            for row in shown(house)["reconciliations"] if row["kind"] == kind}


def decide(house, deviation):
    return house.act("pharm.b", "deviation decide", deviation=deviation, decision="accepted", impact="Sans effet sur les gélules")


def rows(house, sql, *values):
    return house.reader.execute(sql, values).fetchall() if house.state() else None


def test_an_issue():
    house = played("issue verify")
    line = house.lines[0]["inputs"]
    number, container, units = line["issue"], line["container"], int(line["units"])
    before = int(stock(house, container))
    house.refused("tech.a", "issue amend", "AMENDMENT-01", issue=number, units=units, **REASON)
    house.refused("tech.a", "issue amend", "ISSUE-05", "units", issue=number, units=0, **REASON)
    house.refused("tech.a", "issue amend", "ISSUE-06", "units", issue=number, units=units + before + 1, **REASON)
    house.refused("tech.b", "issue amend", "AMENDMENT-02", "as", issue=number, units=units + 1, **REASON)
    done = house.act("tech.a", "issue amend", issue=number, units=units + 1, **REASON)
    assert [(row["former"], row["value"]) for row in done["amendments"]] == [({"value": str(units), "unit": None}, {"value": str(units + 1), "unit": None})] or done["amendments"], done
    assert int(stock(house, container)) == before - 1
    house.refused("tech.b", "issue verify", "ISSUE-08", "units", issue=number, container=container, units=units)
    house.act("tech.b", "issue verify", issue=number, container=container, units=units + 1)
    # verified, and not used yet: amended again by who issued it, to be verified anew
    house.act("tech.a", "issue amend", issue=number, units=units, **REASON)
    assert int(stock(house, container)) == before
    amender = "(SELECT person FROM amendment LIMIT 1)"
    house.guarded(("UPDATE issue SET units = units + 5", "ISSUE"), (f"UPDATE issue SET verified_by = {amender}, verified_at = '2026-01-01' WHERE number = '{number}'", "ISSUE"),
                  ("INSERT INTO movement (container, kind, quantity, batch, person, at) SELECT container, 'amendment', 5, batch, person, '2026-02-01' FROM movement "
                   "WHERE kind = 'amendment' LIMIT 1", "STOCK"))
    house.act("tech.b", "issue verify", issue=number, container=container, units=units)
    house.lines.pop(0)
    house.play(until="batch fill")
    house.step()
    shells = rows(house, "SELECT i.number, i.units, c.number FROM issue i JOIN container c ON c.id = i.container JOIN lot l ON l.id = c.lot JOIN material m ON m.id = l.material "
                  "WHERE m.kind = 'capsule-shell'")
    number, units, container = shells[0]
    house.refused("tech.a", "issue amend", "AMENDMENT-03", "as", issue=number, units=units + 1, **REASON)
    done = house.act("pharm.a", "issue amend", issue=number, units=units + 1, **REASON)
    assert house.view("pharm.a", "deviation show", done["deviation"])["class"] == "minor", done
    house.refused("pharm.a", "issue verify", "BATCH-04", "issue", issue=number, container=container, units=units + 1)
    house.act("tech.b", "issue verify", issue=number, container=container, units=units + 1)
    house.close()


def test_the_number_filled_and_what_stands_on_it():
    house = played("batch fill")
    house.refused("tech.a", "batch amend-filled", "AMENDMENT-11", "batch", batch=BATCH, units=299, **REASON)
    house.step()
    filled = shown(house)["filled"]
    filled = int(filled["value"] if isinstance(filled, dict) else filled)
    house.refused("tech.b", "batch amend-filled", "AMENDMENT-02", "as", batch=BATCH, units=filled - 1, **REASON)
    house.refused("tech.a", "batch amend-filled", "BATCH-15", "units", batch=BATCH, units=100000, **REASON)
    house.act("tech.a", "batch amend-filled", batch=BATCH, units=filled - 1, **REASON)
    house.act("tech.a", "batch amend-filled", batch=BATCH, units=filled, reason="Non, le premier compte")
    house.play(until="certificate sign")
    house.refused("tech.a", "batch amend-filled", "AMENDMENT-12", "units", batch=BATCH, units=3, **REASON)
    house.refused("tech.a", "batch amend-filled", "AMENDMENT-03", "as", batch=BATCH, units=filled - 1, **REASON)
    assert figures(house, "capsules")["missing"] == ("0", True)
    done = house.act("pharm.a", "batch amend-filled", batch=BATCH, units=filled - 1, **REASON)
    assert figures(house, "capsules")["missing"][1] is False and figures(house, "shells")["missing"][1] is False, done
    again = house.act("pharm.a", "batch amend-filled", batch=BATCH, units=filled, reason="Non, le premier compte")
    assert figures(house, "capsules")["missing"] == ("0", True)
    editions = rows(house, "SELECT kind, max(edition) FROM reconciliation GROUP BY kind ORDER BY kind")
    assert editions == [("capsules", 3), ("labels", 1), ("powder", 3), ("shells", 3)], editions
    for deviation in {value for key, value in {**done, **{f"again-{k}": v for k, v in again.items()}}.items() if "deviation" in key}:
        decide(house, deviation)
    house.guarded((f"UPDATE batch SET filled = filled - 3 WHERE number = '{BATCH}'", "BATCH"), (f"UPDATE batch SET conforming = conforming - 3 WHERE number = '{BATCH}'", "BATCH"),
                  ("UPDATE bottle SET units = units + 1", "BOTTLE"))
    house.close()


def test_a_bottle_a_loss_and_a_sample():
    house = played("certificate sign")
    bottle, other = f"{BATCH}/1", f"{BATCH}/2"
    units = next(int(row["units"]["value"] if isinstance(row["units"], dict) else row["units"]) for row in shown(house)["bottles"] if row["bottle"] == bottle)
    house.refused("tech.a", "bottle amend", "BOTTLE-01", "bottle", bottle=f"{BATCH}/99", units=units, **REASON)
    house.refused("tech.a", "bottle amend", "AMENDMENT-13", "units", bottle=bottle, units=0, **REASON)
    house.refused("tech.a", "bottle amend", "AMENDMENT-03", "as", bottle=bottle, units=units - 1, **REASON)
    labels = "SELECT count(*) FROM label WHERE kind = 'bottle' AND subject = ? AND state = 'void'"
    assert rows(house, labels, bottle) == [(0,)]
    first = house.act("pharm.a", "bottle amend", bottle=bottle, units=units - 1, **REASON)
    assert figures(house, "capsules")["missing"][1] is False and rows(house, labels, bottle)[0][0] > 0
    second = house.act("pharm.a", "bottle amend", bottle=other, units=units + 1, **REASON)
    assert figures(house, "capsules")["missing"] == ("0", True), second
    # the one that was missing was a loss that nobody entered, or that was entered as too small
    rejected = next(index for index, row in enumerate(shown(house)["losses"], 1) if row["kind"] == "capsules-rejected")
    house.refused("tech.a", "loss amend", "AMENDMENT-14", "loss", batch=BATCH, loss=99, quantity="1", **REASON)
    house.refused("tech.a", "loss amend", "LOSS-01", "quantity", batch=BATCH, loss=rejected, quantity="1 g", **REASON)
    house.refused("tech.a", "loss amend", "AMENDMENT-03", "as", batch=BATCH, loss=rejected, quantity="1", **REASON)
    third = house.act("pharm.a", "loss amend", batch=BATCH, loss=rejected, quantity="0", **REASON)
    assert figures(house, "capsules")["missing"][1] is False, third
    sample = rows(house, "SELECT number, units FROM sample WHERE purpose = 'control' ORDER BY id LIMIT 1")[0]
    house.refused("tech.a", "sample amend", "SAMPLE-09", "sample", sample=f"{BATCH}/S99", units=1, **REASON)
    house.refused("pharm.a", "sample amend", "SAMPLE-05", "units", sample=sample[0], units=1, **REASON)
    house.refused("pharm.a", "sample amend", "AMENDMENT-15", "units", sample=sample[0], units=sample[1] + 1, **REASON)
    house.guarded(("UPDATE sample SET units = units + 1", "SAMPLE"), ("UPDATE loss SET quantity = quantity + 1", "BATCH"),
                  ("INSERT INTO loss (batch, kind, quantity, cause, person, at) VALUES (1, 'capsules-lost', 0, 'x', 1, '2026-01-01')", "LOSS"),
                  ("INSERT INTO reconciliation (batch, kind, rank, edition, name, value, formula, person, at) SELECT batch, kind, 9, edition + 1, name, value, formula, person, "
                   "'2027-01-01' FROM reconciliation WHERE kind = 'shells' AND rank = 1", None),
                  ("INSERT INTO reconciliation (batch, kind, rank, edition, name, value, formula, person, at) SELECT batch, kind, 9, edition + 1, name, value, formula, person, "
                   "'2027-01-01' FROM reconciliation WHERE kind = 'shells' AND edition = 2", "BATCH"))
    house.close()


def test_a_sample_before_the_laboratory_receives_it():
    house = played("sample take")
    house.step()
    number, units, author = rows(house, "SELECT s.number, s.units, p.identifier FROM sample s JOIN person p ON p.id = s.person")[0]
    other = next(person for person in ("tech.a", "tech.b") if person != author)
    house.refused(other, "sample amend", "AMENDMENT-02", "as", sample=number, units=units + 1, **REASON)
    house.refused(author, "sample amend", "SAMPLE-04", "units", sample=number, units=1000, **REASON)
    house.act(author, "sample amend", sample=number, units=units + 1, **REASON)
    house.act(author, "sample amend", sample=number, units=units, reason="Non, le premier compte")
    assert [row["subject"] for row in shown(house)["amendments"]] == [number, number]
    house.play(until="sample receive")
    house.refused(author, "sample amend", "AMENDMENT-03", "as", sample=number, units=units + 1, **REASON)
    house.act("pharm.a", "sample amend", sample=number, units=units + 1, **REASON)
    house.refused("qc.a", "sample receive", "SAMPLE-12", "units", sample=number, units=units)
    house.close()


def test_the_powder_is_reconciled_again_once_a_mass_is_verified_anew():
    house = played("certificate sign")
    before = figures(house, "powder")
    done = house.act("pharm.a", "weighing amend", weighing=f"{BATCH}/W1", net="6.5000 g", reason="Ticket relu")
    assert figures(house, "powder") == before  # what is not verified is in no bilan
    # the filler weighed on the former mass: 300 x 200 mg - 6.5000 g due, 53.489 g weighed (53.4932 g due before)
    said = house.view("pharm.a", "deviation show", done["deviation"])["description"].replace("\u00a0", " ").replace("\u202f", " ")
    assert "B26-0001/W3 : 53,500000 g dus au lieu de 53,493200 g ; 53,489 g pesés, à −0,021 % de la masse due" in said, said
    house.act("tech.b", "weighing verify", weighing=f"{BATCH}/W1", container="MP26-0003/1", net="6.5000 g")
    after = figures(house, "powder")
    assert round(float(before["loss"][0]) - float(after["loss"][0]), 4) == 0.0068, (before, after)
    decide(house, done["deviation"])
    mass = next(row["result"] for row in shown(house)["results"] if row["control"] == "MASS")
    value = rows(house, "SELECT value FROM result_value v JOIN result r ON r.id = v.result WHERE r.number = ? AND series = 'gross' AND v.rank = 1", mass)[0][0]
    house.act("qc.pharm", "result amend", result=mass, series="gross", position="1", value=f"{float(value) + 20:.1f}", reason="Ticket relu")
    again = figures(house, "powder")
    assert float(again["in-capsules"][0]) > float(after["in-capsules"][0]), (after, again)
    house.close()


def test_nothing_is_reconciled_without_what_waits_for_its_second_person():
    house = played("batch reconcile")
    house.act("pharm.a", "weighing amend", weighing=f"{BATCH}/W1", net="6.5000 g", reason="Ticket relu")
    issue, container, units = rows(house, "SELECT i.number, c.number, i.units FROM issue i JOIN container c ON c.id = i.container JOIN lot l ON l.id = c.lot "
                                   "JOIN material m ON m.id = l.material WHERE m.kind = 'capsule-shell'")[0]
    house.act("pharm.a", "issue amend", issue=issue, units=units + 1, **REASON)
    house.refused("tech.a", "batch reconcile", "BATCH-31", "batch", batch=BATCH, kinds=["powder"])
    house.refused("tech.a", "batch reconcile", "BATCH-22", "batch", batch=BATCH, kinds=["shells"])
    house.act("tech.a", "batch reconcile", batch=BATCH, kinds=["capsules", "labels"])
    house.act("tech.b", "weighing verify", weighing=f"{BATCH}/W1", container="MP26-0003/1", net="6.5000 g")
    house.act("tech.b", "issue verify", issue=issue, container=container, units=units + 1)
    house.act("tech.a", "batch reconcile", batch=BATCH, kinds=["powder", "shells"])
    # both masses wait again: an amendment of another count leaves the powder and the shells as they are until the last of them is verified
    weighed = rows(house, "SELECT w.number, w.net, c.number FROM weighing w JOIN container c ON c.id = w.container WHERE w.state = 'verified'")
    for number, net, _ in weighed:
        house.act("pharm.a", "weighing amend", weighing=number, net=f"{(net + 10**6) / 10**9:.4f} g", reason="Ticket relu")
    before = figures(house, "powder"), figures(house, "shells")
    filled = counted(shown(house)["filled"])
    house.act("pharm.a", "batch amend-filled", batch=BATCH, units=int(filled) - 1, **REASON)
    house.act("pharm.a", "issue amend", issue=issue, units=units, **REASON)
    shells = figures(house, "shells")
    assert figures(house, "powder") == before[0] and shells != before[1], shells
    for number, net, container_of in weighed:
        assert figures(house, "powder") == before[0], number
        house.act("tech.b", "weighing verify", weighing=number, container=container_of, net=f"{(net + 10**6) / 10**9:.4f} g")
    loss = next(at for at, row in enumerate(shown(house)["losses"], 1) if row["kind"].startswith("shells"))
    house.act("pharm.a", "loss amend", batch=BATCH, loss=loss, quantity="0", **REASON)
    assert figures(house, "shells") == shells  # the issue waits
    house.act("tech.b", "issue verify", issue=issue, container=container, units=units)
    assert figures(house, "powder") != before[0] and figures(house, "shells") != shells
    house.close()


def test_a_reception():
    house = played("weighing record")
    lot = {"lot": "MP26-0003", **REASON}
    house.refused("tech.a", "lot amend", "AMENDMENT-03", "as", price="14400 EUR", **lot)
    house.refused("pharm.a", "lot amend", "AMENDMENT-01", None, **lot)
    house.refused("pharm.a", "lot amend", "LOT-36", "price", price="0 EUR", **lot)
    house.refused("pharm.a", "lot amend", "LOT-37", "free-of-charge", price="14400 EUR", free_of_charge="yes", **lot)
    house.refused("pharm.a", "lot amend", "LOT-25", "retest", expiry="2027-01", retest="2027-01", **lot)
    house.refused("pharm.a", "lot amend", "LOT-23", "quantity", quantity="250", **lot)
    house.refused("pharm.a", "lot amend", "AMENDMENT-17", "container", container="MP26-0001/1", quantity="240 g", **lot)
    before = stock(house, "MP26-0003/1")
    house.step()  # weighed: what has left cannot be taken back
    house.refused("pharm.a", "lot amend", "STOCK-01", "quantity", container="MP26-0003/1", quantity="1 g", **lot)
    done = house.act("pharm.a", "lot amend", container="MP26-0003/1", quantity="140 g", supplier_lot="SX-25171", retest="2026-08", price="14400 EUR", **lot)
    assert [row["batch"] for row in done["batches"]] == [BATCH], done
    said = house.view("pharm.a", "deviation show", done["batches"][0]["deviation"])["description"]
    assert "MP26-0003" in said and "SX-25171" in said and "140" in said and "14" in said and "31/08/2026" in said, said
    seen = house.view("pharm.a", "lot show", "MP26-0003")
    assert [row["entry"] for row in seen["amendments"]] and seen["supplier-lot"] == "SX-25171", seen
    assert round(float(before) - float(stock(house, "MP26-0003/1")), 1) >= 10
    house.guarded(*[(f"UPDATE lot SET {change} WHERE number = 'MP26-0003'", "LOT") for change in
                    ("quantity = quantity + 1", "supplier_lot = 'X'", "limit_day = '2030-01-01'", "limit_kind = 'expiry'", "price = 1", "manufacturer = 'X'", "certificate_reference = 'X'")])
    house.close()


def test_a_lot_in_quarantine_is_amended_by_who_received_it():
    house = played("lot accept")
    lot = house.lines[0]["inputs"]["lot"]
    house.refused("tech.b", "lot amend", "AMENDMENT-02", "as", lot=lot, price="1 EUR", **REASON)
    author = rows(house, "SELECT p.identifier FROM lot l JOIN person p ON p.id = l.received_by WHERE l.number = ?", lot)[0][0]
    done = house.act(author, "lot amend", lot=lot, manufacturer="Autre fabricant fictif", certificate_reference="CoA 2", **REASON)
    assert "batches" not in done and len(done["amendments"]) == 2, done
    done = house.act(author, "lot amend", lot=lot, free_of_charge="yes", **REASON)
    assert done["amendments"][-1]["value"].replace("\u00a0", " ") == "0,00 €", done
    house.close()


main(globals())
