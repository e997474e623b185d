"""What follows from what: a date, a mean, a report or a place that changes touches all that rests on it, or is refused with the way out."""
import bench
import laboratory
from dossier import Dossier
from harness import House, main

BATCH = "B26-0001"


def played(until, batch=None):
    house = Dossier()
    house.play(until=until, batch=batch)
    return house


def rows(house, sql, *values):
    return house.reader.execute(sql, values).fetchall() if house.state() else None


def shown(house, batch=BATCH):
    return house.view("pharm.a", "batch show", batch)


def powder(house):
    return {row["figure"]: row["value"]["value"] for row in shown(house)["reconciliations"] if row["kind"] == "powder"}


def test_another_mean_mass_makes_the_powder_anew():
    house = played("certificate sign")
    before = powder(house)
    mass = next(row["result"] for row in shown(house)["results"] if row["control"] == "MASS")
    values = rows(house, "SELECT v.series, v.value FROM result_value v JOIN result r ON r.id = v.result WHERE r.number = ? ORDER BY v.series, v.rank", mass)
    opened = house.act("qc.a", "deviation open", batch=BATCH, subject=mass, **{"class": "minor"}, description="Balance du laboratoire déplacée")["deviation"]
    house.act("pharm.b", "deviation decide", deviation=opened, decision="accepted", impact="Pesées refaites sur les mêmes gélules")
    house.act("qc.pharm", "result invalidate", result=mass, deviation=opened, reason="Balance déplacée")
    balance, day = rows(house, "SELECT e.code, r.analysed_on FROM result r JOIN equipment e ON e.id = r.equipment WHERE r.number = ?", mass)[0]
    again = house.act("qc.a", "result open", batch=BATCH, control="MASS", equipment=balance, analysed_on=day)["result"]
    for series in ("gross", "shell", "value"):
        given = [f"{float(value) - 6:.1f}" if series == "gross" else value for name, value in values if name == series]
        if given:
            house.act("qc.a", "result append", result=again, values=given, series=series)
    house.act("qc.a", "result close", result=again)
    after = powder(house)
    assert float(before["in-capsules"]) - float(after["in-capsules"]) > 1, (before, after)
    house.guarded(("INSERT INTO reconciliation (batch, kind, rank, edition, name, value, formula, person, at) SELECT batch, kind, 9, edition + 1, name, value, formula, person, "
                   "'2027-01-01' FROM reconciliation WHERE kind = 'powder' AND edition = 2 LIMIT 1", None),
                  ("INSERT INTO reconciliation (batch, kind, rank, edition, name, value, formula, person, at) SELECT batch, kind, 9, edition + 1, name, value, formula, person, "
                   "'2027-01-01' FROM reconciliation WHERE kind = 'powder' AND edition = 3 LIMIT 1", "BATCH"))
    house.close()


def test_another_date_of_a_lot_is_another_expiry_and_its_labels_are_void():
    house = played("certificate sign")
    assert shown(house)["expiry"] == "2026-07-11"
    done = house.act("pharm.a", "lot amend", lot="MP26-0005", expiry="2026-03-31", reason="Étiquette relue")
    assert [row["expiry"] for row in done["batches"]] == ["2026-03-31"] and shown(house)["expiry"] == "2026-03-31", done
    assert rows(house, "SELECT count(*) FROM label WHERE kind = 'bottle' AND state IN ('printed', 'applied')") == [(0,)]
    house.close()


def test_a_report_that_came_is_entered_before_the_control_is_ordered_again():
    house = played("order receive")
    order = house.lines[0]["inputs"]["order"]
    control = house.view("qc.a", "order show", order)["control"]
    house.step()
    again = {"batch": BATCH, "control": control, "sent_on": "2026-01-20", "due_on": "2026-01-27"}
    house.refused("qc.a", "order send", "ORDER-08", "control", laboratory="Autre laboratoire fictif", **again)
    house.refused("qc.a", "result open", "RESULT-44", "laboratory", batch=BATCH, control=control, analysed_on="2026-01-19", laboratory="Autre laboratoire fictif")
    house.guarded(("INSERT INTO laboratory_order (number, batch, control, laboratory, sent_on, due_on, ordered_by, ordered_at, state) SELECT 'L26-0099', batch, control, 'x', sent_on, due_on, "
                   "ordered_by, ordered_at, 'sent' FROM laboratory_order WHERE state = 'received' LIMIT 1", "ORDER"))
    house.close()


def test_a_sample_of_a_batch_that_is_refused_is_not_received_any_more():
    house = played("sample receive")
    sample = house.lines[0]["inputs"]["sample"]
    house.act("pharm.a", "batch refuse", batch=BATCH, reason="Mélange souillé")
    house.refused("qc.a", "sample receive", "SAMPLE-10", "sample", sample=sample, units=20)
    house.close()


def test_what_the_laboratory_counted_is_what_there_is():
    house = played("sample receive")
    sample = house.lines[0]["inputs"]["sample"]
    house.refused("qc.a", "sample receive", "SAMPLE-17", "units", sample=sample, units=100000, reason="Vu")
    house.refused("qc.a", "sample receive", "SAMPLE-18", "reason", sample=sample, units=20, reason="Rien à dire")
    house.act("qc.a", "sample receive", sample=sample, units=2, reason="Flacon ouvert pendant le transport")
    house.refused("qc.a", "result open", "RESULT-45", "control", batch=BATCH, control="MASS", equipment="BAL-A", analysed_on="2026-01-13")
    house.close()


def test_units_that_went_back_were_issued_and_a_destroyed_lot_has_no_quantity():
    house = played("weighing record")
    house.play(until="issue verify")
    house.step()
    issue, units = rows(house, "SELECT number, units FROM issue ORDER BY id LIMIT 1")[0]
    house.act("tech.a", "stock return", issue=issue, quantity=6, reason="Sachet non ouvert")
    house.refused("tech.a", "issue amend", "AMENDMENT-18", "units", issue=issue, units=5, reason="Recompté")
    # a place out of its limits: what was taken from it since is told, what stands there is held, nothing is verified from it
    location = rows(house, "SELECT location FROM container WHERE number = 'MP26-0003/1'")[0][0]
    done = house.act("tech.a", "excursion declare", location=location, **{"from": "2026-01-11T20:00:00Z"}, reason="Climatisation arrêtée")
    assert {(row["batch"], row["container"]) for row in done["taken"]} >= {(BATCH, "MP26-0003/1")}, done
    assert house.view("pharm.a", "deviation show", done["taken"][0]["deviation"])["state"] == "open"
    # on hold: a technician does not make it disappear
    house.act("qc.a", "batch hold", batch=BATCH, reason="Doute")
    house.refused("tech.a", "batch abandon", "BATCH-03", "batch", batch=BATCH, reason="Pour finir")
    house.close()
    house = played("weighing open")
    house.act("pharm.a", "lot destroy", lot="MP26-0004", reason="Bordereau de déchets fictif")
    house.refused("pharm.a", "lot amend", "AMENDMENT-19", "quantity", lot="MP26-0004", quantity="1 g", reason="Relu")
    house.close()


def test_a_start_declared_late_behind_the_packaging_is_a_deviation():
    house = House()
    laboratory.prepare(house)
    house.at("2026-01-11T07:00:00")
    house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-001"), bench.request(house, "P-002")], area="PREP-1", expected_loss=4)
    house.at("2026-01-12T07:00:00")
    bench.check_balances(house)
    bench.start(house, BATCH)
    bench.fill(house, BATCH, "6.5068 g", "53.489 g", 310, 300)
    bench.sample(house, BATCH)
    entry = next(row["sequence"] for row in house.view("audit.a", "audit list", kind="batch", number=BATCH)["entries"] if row["act"] == "batch start")
    late = {"batch": BATCH, "entry": entry, "paper_form": "Cahier 3", "reason": "Coupure"}
    laboratory.package_1(house, BATCH)
    said = house.refused("tech.a", "late-entry declare", "LATE-13", "done-at", done_at="2026-01-11T08:00:00Z", **late)
    assert "deviation open" in said[0]["message"] and "11/07/2026" in said[0]["message"], said
    house.act("tech.a", "late-entry declare", done_at="2026-01-12T06:30:00Z", **late)  # the same day: no date changes
    house.close()


def test_a_result_that_failed_lets_nothing_be_released_anew():
    house = Dossier()
    house.play(until="formula approve")
    house.act("pharm.a", "formula add-control", version="BIR20/1", control="SOLV", name="Solvants résiduels", kind="measurement", method="CPG, MA-210 v1", specification="au plus 5,0 %",
              limit="<= 5.0", unit="%", shares="MASS", due="after-release", within_days=28, justification="Dosage sous-traité, trois semaines")
    house.play(until="loss record")
    house.act("chief", "loss record", batch=BATCH, kind="powder-residue", quantity="0.0001 g", cause="Fond de bécher")
    house.play(until="dispensing confirm")
    number = house.act("qc.a", "result open", batch=BATCH, control="SOLV", analysed_on=house.clock.strftime("%Y-%m-%d"))["result"]
    house.act("qc.a", "result append", result=number, values=["5.1"])
    house.act("qc.a", "result close", result=number)
    opened = house.act("qc.a", "investigation open", result=number, hypothesis="Fiole de 50 mL")["investigation"]
    path = f"{house.folder}/raw.txt"
    with open(path, "w", encoding="utf-8") as file:
        file.write("Document brut\n")
    house.act("qc.a", "result attach", result=number, document=path)
    house.act("qc.pharm", "result amend", result=number, position="1", value="4.9", reason="Le rapport dit 4,9")
    house.refused("chief", "investigation conclude", "INVESTIGATION-06", "as", investigation=opened, conclusion="confirmed", evidence="Fiole retrouvée")
    house.refused("pharm.b", "investigation conclude", "INVESTIGATION-07", "conclusion", investigation=opened, conclusion="laboratory-error", evidence="Fiole retrouvée")
    house.act("qc.pharm", "result amend", result=number, position="1", value="5.1", reason="Non, 5,1")
    house.act("pharm.b", "investigation conclude", investigation=opened, conclusion="confirmed", evidence="Réinjection identique")
    house.act("pharm.a", "batch lift", batch=BATCH, reason="Patient prévenu, bénéfice maintenu")
    house.refused("pharm.a", "batch reattribute", "REATTRIBUTION-10", "batch", batch=BATCH, request="RX26-0001", units=1, reason="Dose changée")
    # what was explained before an amendment is explained anew
    house.act("qc.pharm", "result amend", result=number, position="1", value="5.2", reason="Relu encore")
    house.act("qc.a", "investigation open", result=number, hypothesis="Autre fiole")
    house.close()


def test_a_lot_that_had_expired_before_the_making_is_corrected_and_its_batch_refused():
    amend = {"lot": "MP26-0005", "expiry": "2026-01-10", "reason": "Étiquette relue : 2026, pas 2028"}
    house = played("batch fill")
    house.act("pharm.a", "lot amend", **amend)
    fill = house.lines[0]["inputs"]
    house.refused("tech.a", "batch fill", "BATCH-19", "batch", **fill)
    house.close()
    house = played("certificate sign")
    done = house.act("pharm.a", "lot amend", **amend)
    assert [(row["batch"], row["expiry"]) for row in done["batches"]] == [(BATCH, "2026-01-10")], done
    shown = house.view("pharm.a", "batch show", BATCH)
    assert shown["expiry"] == "2026-01-10" and "RELEASE-04" in [block["rule"] for block in shown["blocks"]], shown["blocks"]
    house.close()


main(globals())
