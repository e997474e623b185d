"""What somebody might try on the way of the dossier: each is refused, or stays visible to whoever reviews the batch."""
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
    house.refused("tech.a", "equipment check", "CALL-02", "tolerance", equipment="BAL-A", weight="20 g", reading="21 g", tolerance="500 g")
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


def test_capsules_left_are_destroyed_to_the_last():
    house = played("label print", None)
    while house.lines[0]["act"] != "label print" or house.lines[0]["inputs"]["kind"] != "bottle":
        house.step()
    house.act("tech.a", "batch abandon", batch=FIRST, reason="Local inondé")
    said = house.refused("tech.a", "batch destroy", "BATCH-32", "units", batch=FIRST, units=224, reference="BD-1")[0]["message"]
    assert "296" in said and "224" in said and "36" in said, said
    done = house.act("tech.a", "batch destroy", batch=FIRST, units=296, reference="BD-1")
    assert done["destroyed"] == {"value": "296", "formula": "224 + 36 + 36"}, done


main(globals())
