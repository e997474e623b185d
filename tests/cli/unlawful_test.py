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


main(globals())
