"""A paper issued again says why: whoever holds two of them must be able to tell them apart."""
from dossier import Dossier
from harness import main

house = Dossier()
house.play()
PAPERS = ({"kind": "batch-record", "batch": "B26-0001"}, {"kind": "cost-sheet", "batch": "B26-0001"}, {"kind": "release-certificate", "batch": "B26-0001"},
          {"kind": "register-page", "book": "preparation"}, {"kind": "register-page", "book": "dispensing"})


def test_every_paper_of_the_dossier_asks_why_it_is_issued_again():
    for paper in PAPERS:
        said = house.refused("chief", "document issue", "DOCUMENT-01", "reason", **paper)
        done = house.act("chief", "document issue", reason="Demandé par l'inspecteur", **paper)
        assert done["issue"] == 2 and "C26-" in said[0]["message"], (paper, done)
        rows = [row for row in house.view("chief", "document list", kind=paper["kind"])["documents"] if row["document"] == done["document"]]
        assert rows[0]["reason"] == "Demandé par l'inspecteur", rows


def test_the_first_issue_and_the_slip_of_the_journal_ask_nothing():
    assert house.act("chief", "document issue", kind="cost-sheet", batch="B26-0002")["issue"] == 1
    slips = [house.act("chief", "document issue", kind="audit-head") for _ in range(2)]
    assert [slip["issue"] for slip in slips] == [1, 1], "a slip takes the place of none"
    assert "replaced-by" not in house.view("chief", "scan", slips[0]["code"])


def test_a_page_of_the_register_is_of_its_period():
    page = {"kind": "register-page", "book": "dispensing"}
    first = house.act("chief", "document issue", **page, **{"from": "2026-02-01", "to": "2026-02-28"})
    other = house.act("chief", "document issue", **page, **{"from": "2026-03-01", "to": "2026-03-31"})
    assert (first["issue"], other["issue"]) == (1, 1), (first, other)
    house.refused("chief", "document issue", "DOCUMENT-01", "reason", **page, **{"from": "2026-02-01", "to": "2026-02-28"})
    house.refused("chief", "document issue", "AUDIT-02", "to", **page, **{"from": "2026-12-01", "to": "2026-01-31"})
    again = house.act("chief", "document issue", **page, **{"from": "2026-02-01", "to": "2026-02-28"}, reason="Page égarée")
    assert house.view("chief", "scan", first["code"])["replaced-by"] == again["document"]
    assert "up-and-down" not in house.view("chief", "scan", first["code"]) and "replaced-by" not in house.view("chief", "scan", other["code"])


def test_a_destroyed_bottle_takes_no_label():
    house.refused("tech.a", "label print", "LABEL-11", "number", kind="bottle", number=["B26-0002/1"], reason="Essai")


main(globals())
