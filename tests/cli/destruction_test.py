"""What is left of a released batch is destroyed before a witness, and never dispensed again; the batch stays what it was decided to be."""
from dossier import Dossier
from harness import main

BATCH = "B26-0001"
SLIP = "Bordereau de destruction BD-2026-031"


def given(first=True):
    """The first batch released; its first dispensing handed over."""
    house = Dossier()
    house.play(until="dispensing confirm")
    if first:
        lines = [line for line in house.lines if line["act"].startswith("dispensing ")][:6]
        last = house.lines.index([line for line in lines if line["act"] == "dispensing hand-over"][0])
        house.lines[last + 1:] = [{"act": "end", "inputs": {}}]
        house.play(until="end")
    return house


house = given()


def destroy(of=house, person="pharm.a", units="112"):
    return of.act(person, "batch destroy", batch=BATCH, units=units, reference=SLIP)


def test_what_may_still_serve_is_a_pharmacists_to_destroy():
    house.refused("tech.a", "batch destroy", "BATCH-46", "as", batch=BATCH, units="112", reference=SLIP)
    house.refused("pharm.a", "batch destroy", "BATCH-32", "units", batch=BATCH, units="224", reference=SLIP)
    number = house.act("disp.a", "dispensing confirm", request="RX26-0002", batch=BATCH)["dispensing"]
    said = house.refused("pharm.a", "batch destroy", "BATCH-44", "batch", batch=BATCH, units="112", reference=SLIP)
    assert number in said[0]["message"]
    house.act("disp.a", "dispensing cancel", dispensing=number, reason="Décès du patient")


def test_one_counts_and_changes_nothing():
    house.refused("tech.b", "batch witness-destruction", "BATCH-48", "batch", batch=BATCH, units="112")
    done = destroy()
    assert done["units"] == {"value": "112", "formula": "56 + 56"} and done["state"] == "proposed", done
    assert [row["destroyed"] for row in house.view("chief", "batch show", BATCH)["bottles"]] == [False] * 4
    house.guarded(("UPDATE bottle SET destroyed = 1 WHERE rank = 3", "before a witness"))
    asked = {person: [row["do"]["act"] for row in house.view(person, "home show").get("to-be-destroyed", []) if row["thing"] == BATCH] for person in ("tech.b", "pharm.a")}
    assert asked == {"tech.b": ["batch witness-destruction"], "pharm.a": []}, asked


def test_another_who_counts_the_same_witnesses():
    house.refused("pharm.a", "batch witness-destruction", "BATCH-47", "as", batch=BATCH, units="112")
    said = house.refused("tech.b", "batch witness-destruction", "BATCH-49", "units", batch=BATCH, units="111")
    assert "112" not in said[0]["message"], "a sentence never tells what the first person found"
    house.refused("qc.a", "batch witness-destruction", "CALL-14", "as", batch=BATCH, units="112")
    done = house.act("tech.b", "batch witness-destruction", batch=BATCH, units="112")
    assert done["destroyed"]["value"] == "112" and done["state"] == "witnessed", done
    shown = house.view("chief", "batch show", BATCH)
    assert [row["destroyed"] for row in shown["bottles"]] == [False, False, True, True] and shown["state"] == "released"
    assert [(row["units"], row["reference"], row["counted-by"], row["witnessed-by"], row["state"]) for row in shown["destructions"]] == [
        (112, SLIP, "pharm.a", "tech.b", "witnessed")], shown["destructions"]
    house.guarded(("UPDATE bottle SET destroyed = 1 WHERE rank = 1", "this bottle is of a dispensing"),
                  ("UPDATE destruction SET units = 1", "a destruction stays"), ("DELETE FROM destruction", "a destruction is kept"))


def test_nothing_destroyed_is_dispensed():
    house.refused("disp.a", "dispensing confirm", "DISPENSING-40", "batch", request="RX26-0002", batch=BATCH)
    house.refused("disp.a", "dispensing confirm", "DISPENSING-11", "bottles", request="RX26-0002", batch=BATCH, bottles=["B26-0001/3", "B26-0001/4"])
    house.refused("pharm.a", "batch destroy", "BATCH-45", "batch", batch=BATCH, units="0", reference=SLIP)
    labels = {row["subject"]: row["code"] for row in house.view("chief", "label list", batch=BATCH)["labels"] if row["state"] == "applied"}
    states = [house.view("chief", "scan", labels[f"{BATCH}/{rank}"])["state"] for rank in (1, 2, 3, 4)]
    assert states == ["released", "released", "destroyed", "destroyed"], states
    down = house.view("chief", "trace down", BATCH)
    assert down["counts"]["bottles-in-stock"] == 0 and [row["state"] for row in down["bottles"]] == ["destroyed"] * 2
    done = house.act("pharm.a", "batch recall", batch=BATCH, reason="Alerte")
    assert (done["units-dispensed"], done["units-here"]) == (112, 0), done
    house.act("pharm.a", "document issue", kind="batch-record", batch=BATCH)


def test_what_expired_is_destroyed_by_technicians_whole():
    other = given(first=False)
    other.at("2026-07-12T08:00:00")
    destroy(other, "tech.a", "224")
    other.at("2026-07-13T08:00:00")
    done = other.act("tech.b", "batch witness-destruction", batch=BATCH, units="224")
    assert done["destroyed"] == {"value": "224", "formula": "56 + 56 + 56 + 56"}
    assert other.view("chief", "batch show", BATCH)["state"] == "expired"


def test_a_count_is_made_again_when_bottles_left():
    other = given(first=False)
    destroy(other, units="224")
    number = other.act("disp.a", "dispensing confirm", request="RX26-0002", batch=BATCH)["dispensing"]
    other.refused("tech.b", "batch witness-destruction", "BATCH-44", "batch", batch=BATCH, units="224")
    printed = other.act("disp.a", "label print", kind="dispensing", number=[number])["labels"]
    other.act("disp.a", "label settle", label=[row["label"] for row in printed], state="applied")
    for bottle, row in enumerate(printed, 1):
        other.act("disp.a", "dispensing scan", dispensing=number, bottle=f"{BATCH}/{bottle}", label=row["label"])
    other.act("disp.a", "dispensing check", dispensing=number)
    other.act("disp.a", "dispensing hand-over", dispensing=number)
    other.refused("tech.b", "batch witness-destruction", "BATCH-50", "batch", batch=BATCH, units="224")
    destroy(other)
    assert [row["state"] for row in other.view("chief", "batch show", BATCH)["destructions"]] == ["replaced", "proposed"]
    other.act("tech.b", "batch witness-destruction", batch=BATCH, units="112")


main(globals())
