"""What somebody might try on the way of the dossier: each is refused, or stays visible to whoever reviews the batch."""
import sqlite3

from dossier import Dossier
from harness import main

FIRST = "B26-0001"


def played(until, batch=None):
    """A house where the dossier was played up to the first act of that name."""
    house = Dossier()
    house.play(until=until, batch=batch)
    return house


def exceptions(house, batch=FIRST):
    """Kind, thing and description of each exception."""
    return [(e["kind"], e["link"], e["description"]) for e in house.view("pharm.a", "batch exceptions", batch)["exceptions"]]


def test_a_failed_check_of_a_balance_stays_visible():
    house = played("batch start")
    house.act("tech.a", "equipment check", equipment="BAL-A", weight="20 g", reading="21 g")
    house.refused("tech.a", "equipment check", "CALL-31", "tolerance", equipment="BAL-A", weight="20 g", reading="21 g", tolerance="500 g")
    house.act("tech.a", "equipment check", equipment="BAL-A", weight="20 g", reading="20 g")
    house.play(until="certificate sign")
    found = [e for e in exceptions(house) if e[0] == "balance-check-failed"]
    assert [e[1] for e in found] == ["BAL-A"], found
    for word in ("12/01/2026", "21", "20", "0,5", "tech.a"):
        assert word in found[0][2], found
    house.play(until="batch start", batch="B26-0002")
    house.play(until="batch fill")
    assert [e for e in exceptions(house, "B26-0002") if e[0] == "balance-check-failed"] == [], "it was checked without fault that day"


def test_a_mean_hides_no_replicate():
    house = played("batch reconcile")
    while house.lines[0]["inputs"].get("control") != "ASSAY":
        house.step()
    number = house.step()["result"]
    house.refused("qc.a", "result append", "RESULT-26", "values", result=number, values=["250", "-50"])
    house.refused("qc.a", "result append", "RESULT-26", "values", result=number, values=["250", "\u221250"])
    house.act("qc.a", "result append", result=number, values=["94.6", "104.0"])
    assert house.act("qc.a", "result close", result=number)["verdict"] == "complies"
    found = [e for e in exceptions(house) if e[0] == "replicate-outside"]
    assert [e[1] for e in found] == [number] and "94,6" in found[0][2], found


def refuse(house, batch=FIRST, reason="Mélange souillé"):
    return house.act("pharm.a", "batch refuse", batch=batch, reason=reason)


def losses(house, batch=FIRST):
    return [(row["kind"], str(row["quantity"]["value"] if isinstance(row["quantity"], dict) else row["quantity"]), row["cause"])
            for row in house.view("pharm.a", "batch show", batch)["losses"]]


def test_a_refusal_during_making_accounts_for_powder_and_shells():
    house = played("batch fill")
    refuse(house)
    assert losses(house) == [("powder-residue", "59.9958", "Mélange souillé"), ("shells-destroyed", "310", "Mélange souillé")], losses(house)
    house.refused("tech.a", "batch destroy", "BATCH-32", "units", batch=FIRST, units=1, reference="BD-1")
    assert house.act("tech.a", "batch destroy", batch=FIRST, units=0, reference="BD-1")["state"] == "destroyed"


def test_nothing_is_refused_with_a_weighing_a_count_or_a_label_in_the_air():
    house = played("weighing verify")
    house.refused("pharm.a", "batch refuse", "BATCH-31", "batch", batch=FIRST, reason="Souillé")
    house.play(until="issue verify")
    house.refused("pharm.a", "batch refuse", "BATCH-22", "batch", batch=FIRST, reason="Souillé")
    house.play(until="label settle")
    house.refused("pharm.a", "batch refuse", "BATCH-39", "batch", batch=FIRST, reason="Souillé")
    house.refused("tech.a", "batch abandon", "BATCH-39", "batch", batch=FIRST, reason="Souillé")


def test_packaged_work_is_not_interrupted():
    house = played("certificate sign")
    house.refused("tech.a", "batch suspend", "INTERRUPTION-02", "batch", batch=FIRST, reason="Panne", left_as="Flacons fermés")


def test_capsules_left_are_destroyed_to_the_last():
    house = played("label print", None)
    while house.lines[0]["act"] != "label print" or house.lines[0]["inputs"]["kind"] != "bottle":
        house.step()
    house.act("tech.a", "batch abandon", batch=FIRST, reason="Local inondé")
    said = house.refused("tech.a", "batch destroy", "BATCH-32", "units", batch=FIRST, units=224, reference="BD-1")[0]["message"]
    assert "296" in said and "224" in said and "36" in said, said
    done = house.act("tech.a", "batch destroy", batch=FIRST, units=296, reference="BD-1")
    assert done["destroyed"] == {"value": "296", "formula": "224 + 36 + 36"}, done


RESIDUE = {"version": "BIR20/1", "control": "SOLV", "name": "Solvants résiduels", "kind": "measurement", "method": "CPG, MA-210 v1",
           "specification": "au plus 5,0 %", "limit": "<= 5.0", "unit": "%", "shares": "MASS"}


def enter(house, control, value, batch=FIRST):
    """A result of one value, closed; returns its number and what closing it answered."""
    number = house.act("qc.a", "result open", batch=batch, control=control, analysed_on=house.clock.strftime("%Y-%m-%d"))["result"]
    house.act("qc.a", "result append", result=number, values=[value])
    return number, house.act("qc.a", "result close", result=number)


def verify(house, number):
    path = f"{house.folder}/raw.txt"
    with open(path, "w", encoding="utf-8") as file:
        file.write("Document brut\n")
    house.act("qc.a", "result attach", result=number, document=path)
    house.act("qc.b", "result verify", result=number, document=path)


def with_control(until, **control):
    """The dossier with one control more in its formula."""
    house = played("formula approve")
    house.act("pharm.a", "formula add-control", **{**RESIDUE, **control})
    house.play(until=until)
    return house


def test_a_control_due_after_release_has_its_result_then():
    house = with_control("dispensing confirm", due="after-release", within_days=28, justification="Dosage sous-traité, trois semaines")
    assert house.view("pharm.a", "batch show", FIRST)["state"] == "released"
    house.refused("qc.pharm", "certificate sign", "PAPER-04", "batch", batch=FIRST, reason="Encore")
    house.refused("qc.a", "result open", "RESULT-04", "batch", batch=FIRST, control="ASPECT", analysed_on="2026-01-21")
    number, closed = enter(house, "SOLV", "1.2")
    assert closed["verdict"] == "complies" and "held" not in closed, closed
    house.refused("qc.a", "result append", "RESULT-02", "result", result=number, values=["1.0"])
    verify(house, number)
    house.act("qc.pharm", "certificate sign", batch=FIRST, reason="Résultat après libération")
    house.refused("qc.pharm", "certificate sign", "PAPER-04", "batch", batch=FIRST, reason="Encore")
    house.at("2026-03-20T08:00:00")
    assert house.view("pharm.a", "batch show", FIRST)["held"] is False
    database = sqlite3.connect(house.database)
    for wrong in (f"UPDATE result SET state = 'invalidated', reason = 'x' WHERE number = '{number}'",
                  f"UPDATE result SET stated = 'x' WHERE number = '{FIRST}/R2'"):
        try:
            database.execute(wrong)
            raise AssertionError(wrong)
        except sqlite3.IntegrityError as error:
            assert "BPP 4.42" in str(error), error
    database.close()


def test_a_control_that_fails_after_release_holds_the_batch_at_once():
    house = with_control("dispensing confirm", due="after-release", within_days=28, justification="Dosage sous-traité, trois semaines")
    number, closed = enter(house, "SOLV", "5.1")
    assert closed["verdict"] == "does not comply" and closed["held"] is True, closed
    house.refused("disp.a", "dispensing confirm", "DISPENSING-06", "batch", request="RX26-0001", batch=FIRST, bottles=["B26-0001/1", "B26-0001/2"])
    shown = house.view("pharm.a", "batch show", FIRST)
    assert shown["held"] is True and number in shown["decisions"][-1]["reason"] and "5,1" in shown["decisions"][-1]["reason"], shown["decisions"]


def test_a_result_copied_wrongly_after_release_is_amended_and_holds_the_batch():
    house = with_control("dispensing confirm", due="after-release", within_days=28, justification="Dosage sous-traité, trois semaines")
    number, closed = enter(house, "SOLV", "1.2")
    verify(house, number)
    house.refused("qc.a", "result amend", "AMENDMENT-03", "as", result=number, position="1", value="5.1", reason="Le rapport dit 5,1")
    done = house.act("qc.pharm", "result amend", result=number, position="1", value="5.1", reason="Le rapport dit 5,1")
    assert closed["verdict"] == "complies" and done["verdict"] == "does not comply" and done["held"] is True, done
    assert house.view("pharm.a", "deviation show", done["deviation"])["state"] == "open", "it turned: a deviation of that result opens, after the release too"
    shown = house.view("pharm.a", "batch show", FIRST)
    assert shown["held"] is True and shown["amendments"][0]["former"]["value"] == "1.2", shown["amendments"]
    # it holds until it is explained; whoever amended it decides nothing of it
    house.refused("pharm.a", "batch lift", "BATCH-54", "batch", batch=FIRST, reason="Rapport relu")
    house.refused("qc.pharm", "deviation decide", "DEVIATION-05", "as", deviation=done["deviation"], decision="accepted", impact="Sans effet")
    house.refused("pharm.a", "deviation open", "BATCH-02", "batch", batch=FIRST, **{"class": "minor"}, description="Autre chose")
    opened = house.act("qc.a", "investigation open", result=number, hypothesis="Fiole de 50 mL")["investigation"]
    house.refused("pharm.a", "batch lift", "BATCH-54", "batch", batch=FIRST, reason="Rapport relu")
    house.act("pharm.b", "investigation conclude", investigation=opened, conclusion="laboratory-error", evidence="Fiole retrouvée")
    house.act("pharm.b", "deviation decide", deviation=done["deviation"], decision="accepted", impact="Erreur du laboratoire démontrée")
    # the way out that was promised: set aside, and done again
    house.act("pharm.b", "result invalidate", result=number, deviation=done["deviation"], reason="Erreur du laboratoire démontrée")
    again, judged = enter(house, "SOLV", "1.3")
    assert judged["verdict"] == "complies" and again != number
    house.guarded((f"UPDATE deviation SET subject = 'x' WHERE number = '{done['deviation']}'", "DEVIATION"),
                  ("INSERT INTO deviation (number, batch, subject, class, description, opened_by, opened_at, state) SELECT 'D26-0099', id, 'B26-0001/W1', 'minor', 'x', 1, '2026-02-01', 'open' "
                   "FROM batch WHERE number = 'B26-0001'", "closed"))


def waiting(house):
    """What the home page of the laboratory says of controls due after a release."""
    return house.view("qc.a", "home show").get("controls-after-release", [])


def test_a_control_that_is_overdue_after_release_holds_the_batch():
    house = with_control("dispensing confirm", due="after-release", within_days=28, justification="Dosage sous-traité, trois semaines")
    confirm = {"request": "RX26-0001", "batch": FIRST, "bottles": ["B26-0001/1", "B26-0001/2"]}
    house.at("2026-02-18T08:00:00")
    assert house.view("pharm.a", "batch show", FIRST)["held"] is False, "the last day"
    assert [row["deadline"] for row in waiting(house)] == ["2026-02-18"], waiting(house)
    house.at("2026-02-19T08:00:00")
    shown = house.view("pharm.a", "batch show", FIRST)
    assert shown["held"] is True and shown["state"] == "held" and shown["recorded-state"] == "released", shown
    assert [b["state"] for b in house.view("pharm.a", "batch list")["batches"] if b["batch"] == FIRST] == ["held"]
    assert [b["batch"] for b in house.view("pharm.a", "batch list", state="held")["batches"]] == [FIRST]
    assert f'"{FIRST}"' in (trace := str(house.view("pharm.a", "trace down", "MP26-0003")).replace("'", '"')) and '"held"' in trace, trace
    assert "retenu" in waiting(house)[0]["to-do"], waiting(house)
    said = house.refused("disp.a", "dispensing confirm", "DISPENSING-35", "batch", **confirm)
    assert "Solvants" in str(said) and "18/02/2026" in str(said), said
    number, _ = enter(house, "SOLV", "1.2")
    verify(house, number)
    house.act("disp.a", "dispensing confirm", **confirm)


def test_a_periodic_control_is_due_at_the_first_batch():
    house = with_control("certificate sign", due="periodic", every_batches=3, justification="Synthèse validée")
    house.step()
    house.refused("pharm.a", "batch release", "RELEASE-20", "batch", batch=FIRST)
    assert any(e[0] == "periodic-not-done" and "jamais" in e[2] for e in exceptions(house)), exceptions(house)
    number, _ = enter(house, "SOLV", "1.2")
    verify(house, number)
    assert not any(e[0] == "periodic-not-done" for e in exceptions(house)), exceptions(house)
    house.act("qc.pharm", "certificate sign", batch=FIRST, reason="Avec les solvants")
    house.play(until="batch refuse")
    found = [e for e in exceptions(house, "B26-0002") if e[0] == "periodic-not-done"]
    assert [e[1] for e in found] == [FIRST] and "Synthèse validée" in found[0][2] and FIRST in found[0][2], found


def skip(house, *wanted):
    """Leaves out the next line that holds all these words; returns it."""
    at = next(i for i, line in enumerate(house.lines) if all(word in str(line) for word in wanted))
    return house.lines.pop(at)


def accept(house, batch, subject):
    deviation = house.act("tech.a", "deviation open", batch=batch, subject=subject, description="Voir la fiche", **{"class": "major"})["deviation"]
    house.act("pharm.a", "deviation decide", deviation=deviation, decision="accepted", impact="Sans effet sur la qualité")


def test_nothing_is_packaged_before_it_is_sampled():
    house = Dossier()
    skip(house, "sample take", "DISINT", FIRST)
    skip(house, "sample take", "reserve", FIRST)
    house.play(until="batch package")
    package = lambda rule, field, units: house.refused("tech.a", "batch package", rule, field, batch=FIRST, units=units)
    refused = package("BATCH-34", "batch", [112, 112, 42])
    assert {r["rule"] for r in refused} == {"BATCH-34", "BATCH-35"} and "DISINT" in str(refused), refused
    house.act("tech.b", "sample take", batch=FIRST, purpose="control", destinations=["DISINT"], units=6)
    package("BATCH-35", "batch", [112, 112, 36])
    house.act("tech.b", "sample take", batch=FIRST, purpose="reserve", destinations=["CONTENT"], units=20)
    package("BATCH-35", "batch", [112, 112, 16])
    accept(house, FIRST, "reserve")
    house.act("tech.a", "batch package", batch=FIRST, units=[112, 112, 16])


def test_whole_bottles_serve_each_request():
    house = played("batch package")
    for units in ([224], [100, 124], [56, 57, 54, 57]):
        said = house.refused("tech.a", "batch package", "BATCH-36", "units", batch=FIRST, units=units)[0]["message"]
        assert "112 + 112" in said and str(units[0]) in said, said
    accept(house, FIRST, "bottles")
    house.act("tech.a", "batch package", batch=FIRST, units=[224])


def test_making_fewer_is_decided_before_filling():
    house = played("batch fill")
    fewer = {"batch": FIRST, "units": 295}
    house.refused("tech.a", "batch fill", "BATCH-37", "units", batch=FIRST, units=2)
    said = house.refused("tech.a", "batch fill", "BATCH-37", "units", **fewer)[0]["message"]
    assert "296" in said and "300" in said, said
    deviation = house.act("tech.a", "deviation open", batch=FIRST, subject="filling", description="Poudre tassée", **{"class": "major"})["deviation"]
    house.refused("tech.a", "batch fill", "BATCH-37", "units", **fewer)
    house.act("pharm.a", "deviation decide", deviation=deviation, decision="accepted", impact="Deux demandes servies")
    assert house.act("tech.a", "batch fill", **fewer)["filled"] == 295


def test_the_expected_loss_needs_no_decision():
    assert played("batch fill").act("tech.a", "batch fill", batch=FIRST, units=296)["filled"] == 296


def test_nothing_is_weighed_from_a_container_whose_opening_is_not_recorded():
    house = Dossier()
    skip(house, "container open", "MP26-0003/1")
    house.play(until="weighing open")
    opening = house.lines[0]["inputs"]
    said = house.refused("tech.a", "weighing open", "CONTAINER-06", "container", **{k.replace("-", "_"): v for k, v in opening.items()})
    assert "container open" in said[0]["message"], said
    house.act("tech.a", "container open", container="MP26-0003/1", end_of_use="2026-07-12")
    house.step()


def test_more_than_a_container_held_is_recorded_as_it_was_read():
    house = played("weighing record")
    weighing = house.lines[0]["inputs"]["weighing"]
    house.act("qc.a", "lot sample", container="MP26-0003/1", quantity="124 g", purpose="control", reason="Contrôle")  # 6 g are left of 130
    done = house.step()
    assert done["net"]["value"] == "6.5068", done
    shown = house.view("pharm.a", "container show", "MP26-0003/1")
    assert shown["stock"] == {"value": "-0.5068", "unit": "g"}, shown["stock"]
    deviation = house.view("pharm.a", "deviation show", done["stock-deviation"])
    assert deviation["state"] == "open" and "Stock négatif du contenant MP26-0003/1" in deviation["description"], deviation
    assert [e[1] for e in exceptions(house) if e[0] == "deviation"] == [done["stock-deviation"]]
    house.refused("qc.a", "lot sample", "STOCK-01", "quantity", container="MP26-0003/1", quantity="1 g", purpose="control", reason="Encore")
    house.act("tech.b", "weighing verify", weighing=weighing, container="MP26-0003/1", net="6.5068 g")
    house.act("tech.a", "stock count", container="MP26-0003/1", quantity="0 g", reason="Contenant vide")
    assert house.act("tech.b", "stock verify-count", container="MP26-0003/1", quantity="0 g")["difference"]["value"] == "0.5068"
    refused = house.refused("pharm.a", "batch release", "RELEASE-18", "batch", batch=FIRST)
    assert done["stock-deviation"] in str(refused), refused


def test_a_result_names_what_its_certificate_needs():
    house = played("batch reconcile")
    house.step()
    for control, rules in [("ASSAY", {"RESULT-27", "RESULT-28", "RESULT-37"}), ("CONTENT", {"RESULT-27", "RESULT-28", "RESULT-37"}), ("DISINT", {"RESULT-27"})]:
        refused = house.refused("qc.a", "result open", "RESULT-27", "equipment", batch=FIRST, control=control, analysed_on="2026-01-13")
        assert {r["rule"] for r in refused} == rules, refused
    house.refused("qc.a", "result open", "RESULT-28", "reference-standard", batch=FIRST, control="ASSAY", analysed_on="2026-01-13",
                  laboratory="Laboratoire extérieur fictif")
    house.refused("qc.a", "result open", "RESULT-34", "equipment", batch=FIRST, control="DISINT", analysed_on="2026-01-13", equipment="CLHP-1")
    house.act("qc.a", "result open", batch=FIRST, control="DISINT", analysed_on="2026-01-13", laboratory="Laboratoire extérieur fictif")


main(globals())
