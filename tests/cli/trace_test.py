"""The whole dossier, then the way down from a powder and the way up from a capsule."""
import sqlite3

from dossier import Dossier
from harness import main

house = Dossier()
house.play()


def down(thing):
    return house.view("chief", "trace down", thing)


def up(thing):
    return house.view("chief", "trace up", thing)


def stock(lot):
    return [(row["container"], row["stock"]["value"] if isinstance(row["stock"], dict) else row["stock"]) for row in down(lot)["containers"]]


def test_down_from_the_active_substance():
    shown = down("MP26-0003")
    assert shown["kind"] == "lot" and shown["counts"] == {"batches": 2, "dispensings": 2, "patients": 2, "bottles-in-stock": 0, "units-in-stock": 0}
    assert [(row["batch"], row["state"], row["taken"]) for row in shown["batches"]] == [
        ("B26-0001", "released", {"value": "6.5068", "unit": "g"}), ("B26-0002", "destroyed", {"value": "4.3361", "unit": "g"})]
    assert [(row["dispensing"], row["patient"], row["bottles"], row["units"], row["state"]) for row in shown["dispensings"]] == [
        ("2026/0001", "P-001", "B26-0001/1, B26-0001/2", 112, "handed-over"), ("2026/0002", "P-002", "B26-0001/3, B26-0001/4", 112, "handed-over")]
    assert [(row["bottle"], row["state"]) for row in shown["bottles"]] == [(f"B26-0002/{n}", "destroyed") for n in (1, 2, 3)]
    assert [(row["sample"], row["left"]) for row in shown["samples"] if row["purpose"] == "reserve"] == [("B26-0001/S4", 36), ("B26-0002/S4", 0)]
    kinds = {(row["kind"], row["subject"]) for row in shown["documents"]}
    assert {("certificate-of-analysis", "B26-0001"), ("certificate-of-analysis", "B26-0002"), ("batch-record", "B26-0001")} <= kinds


def test_stocks_left():
    assert stock("MP26-0003") == [("MP26-0003/1", "119.1571"), ("MP26-0003/2", "100")]  # 219.1571 g
    assert stock("MP26-0005") == [("MP26-0005/1", "805.828")]
    assert stock("MP26-0006") == [("MP26-0006/1", 463)]


def test_down_from_other_things():
    assert down("MP26-0003/1")["batches"] == down("MP26-0003")["batches"] and len(down("MP26-0003/1")["containers"]) == 1
    assert down("MP26-0003/2")["batches"] == [] and down("MP26-0003/2")["dispensings"] == []
    refused = down("MP26-0004")
    assert refused["lots"][0]["state"] == "refused" and refused["counts"]["batches"] == 0
    assert [row["dispensing"] for row in down("B26-0001")["dispensings"]] == ["2026/0001", "2026/0002"]
    assert [row["dispensing"] for row in down("B26-0001/3")["dispensings"]] == ["2026/0002"]
    assert [row["patient"] for row in down("2026/0001")["dispensings"]] == ["P-001"]
    assert down("B26-0002/1")["bottles"] == [{"bottle": "B26-0002/1", "batch": "B26-0002", "units": 56, "state": "destroyed", "from-bottle": None}]
    house.view_refused("chief", "trace down", "TRACE-01", "thing", "MP26-9999")
    house.view_refused("chief", "trace up", "TRACE-01", "thing", "nothing")
    house.view_refused("chief", "trace up", "SCAN-01", "thing", "HTTPS://PUI.EXAMPLE/L/AAAAAAAAAAAAAAAAAAAAAAAAAA")


def test_up_from_a_dispensing():
    shown = up("2026/0001")
    assert [(row["dispensing"], row["patient"], row["request"]) for row in shown["dispensings"]] == [("2026/0001", "P-001", "RX26-0001")]
    assert [row["bottle"] for row in shown["bottles"]] == ["B26-0001/1", "B26-0001/2"]
    assert [(row["batch"], row["version"], row["registration"]) for row in shown["batches"]] == [("B26-0001", "BIR20/1", "2026/0001")]
    lots = {row["lot"]: row for row in shown["lots"]}
    assert set(lots) == {"MP26-0001", "MP26-0002", "MP26-0003", "MP26-0005", "MP26-0006"}
    assert lots["MP26-0003"]["taken"]["value"] == "6.5068" and lots["MP26-0003"]["certificate"] and lots["MP26-0005"]["certificate"] == "CoA CP-24-556"
    assert lots["MP26-0003"]["supplier"].startswith("Synthex fictif SAS, ") and lots["MP26-0003"]["decided-by"] == "pharm.a"
    assert [(row["net"]["value"], row["state"], row["verified-by"]) for row in shown["weighings"]] == [
        ("6.5068", "verified", "tech.b"), ("55.012", "discarded", None), ("53.489", "verified", "tech.b")]
    assert [row["units"] for row in shown["issues"]] == [310, 6, 8]
    assert [row["step"] for row in shown["steps"]] == ["WEIGH", "SIEVE", "MIX", "FILL", "PACK", "CLEAN"]
    verdicts = {row["control"]: row["verdict"] for row in shown["results"]}
    assert len(verdicts) == 10 and set(verdicts.values()) == {"complies"}
    assert [(row["decision"], row["person"]) for row in shown["decisions"]] == [("released", "pharm.a")]
    assert {row["equipment"] for row in shown["equipment"]} == {"BAL-A", "BAL-B", "CLHP-1", "DEL-1"}
    assert {"tech.a", "tech.b", "qc.a", "qc.b", "pharm.a", "pharm.b", "disp.a"} <= {row["person"] for row in shown["people"]}


def test_up_from_other_things():
    whole = up("B26-0001")
    assert [row["request"] for row in whole["requests"]] == ["RX26-0001", "RX26-0002"]
    for thing in ("B26-0001/1", "B26-0001/S1", "B26-0001/W1", "B26-0001/R5"):
        assert up(thing)["weighings"] == whole["weighings"], thing
    assert [row["bottle"] for row in up("B26-0001/1")["bottles"]] == ["B26-0001/1"]
    assert {row["verdict"] for row in up("B26-0002")["results"]} == {"complies", "does not comply"}
    lot = up("MP26-0003")
    assert [row["lot"] for row in lot["lots"]] == ["MP26-0003"] and len(lot["tests"]) == 3 and lot["batches"] == []


def test_from_what_a_scanner_reads():
    certificate = next(row for row in down("B26-0001")["documents"] if row["kind"] == "certificate-of-analysis")
    code = house.view("chief", "document show", certificate["document"])["code"]
    assert up(code)["number"] == "B26-0001"
    with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as database:
        tokens = dict(database.execute("SELECT kind, token FROM label WHERE state = 'applied' AND subject IN ('B26-0001/1', '2026/0001')").fetchall())
    assert up("HTTPS://PUI.HOPITAL.EXAMPLE/L/" + tokens["bottle"])["number"] == "B26-0001/1"
    assert up("HTTPS://PUI.HOPITAL.EXAMPLE/L/" + tokens["dispensing"])["number"] == "2026/0001"


def test_a_rate_is_in_force_on_the_day_of_making():
    rate = {"code": "night", "name": "Nuit", "kind": "labour-hour", "amount": "40 EUR"}
    house.act("chief", "rate set", starts="2026-02-01", **rate)
    house.act("chief", "work declare", batch="B26-0002", person="tech.a", grade="night", activity="Rangement", minutes="30")
    house.refused("chief", "cost freeze", "COST-05", "batch", batch="B26-0002")
    house.view_refused("chief", "cost show", "COST-05", "batch", "B26-0002")
    house.act("chief", "rate set", starts="2026-01-26", **rate)


def test_the_cost_of_a_refused_batch_is_the_hospitals():
    done = house.act("chief", "cost freeze", batch="B26-0002")
    assert done["dispensable"] == 0
    shown = house.view("chief", "cost show", "B26-0002")
    assert shown["cost"]["unit-cost"] is None and shown["charges"] == []
    assert shown["running-balance"]["remainder"] == shown["cost"]["total"]
    lines = {line["name"]: line["sum"]["value"] for section in shown["sections"] for line in section["lines"]}
    assert lines["Birabresib, MP26-0003"] == "251.4938"  # 4.3361 x 58
    assert lines["Nuit, Rangement, Alix Prépare"] == "20.00"
    house.refused("disp.a", "dispensing confirm", "DISPENSING-05", "batch", request="RX26-0003", batch="B26-0002")


def test_words_in_both_languages():
    french, english = house.text("chief", "trace", "up", "2026/0001"), house.text("chief", "trace", "up", "2026/0001", language="en")
    assert "Pesées" in french and "Weighings" in english
    for text in (french, english, house.text("chief", "cost", "show", "B26-0001"), house.text("chief", "register", "show", "dispensing")):
        for raw in ("handed-over", "made-on", "verified-by", "rates-of", "unit-cost", "does-not-conform", "scanned-at"):
            assert raw not in text, raw


def test_replay():
    house.stop()
    house.run("verify")


main(globals())
