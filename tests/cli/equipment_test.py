"""Equipment: balances, their minimum mass, calibration and checks."""
from harness import House, main

house = House()
A = {"code": "BAL-A", "name": "Balance A", "kind": "balance", "readability": "0.1 mg", "repeatability": "0.08 mg", "capacity": "220 g",
     "control_weight": "20 g", "control_tolerance": "0.5 mg"}
B = {"code": "BAL-B", "name": "Balance B", "kind": "balance", "readability": "1 mg", "repeatability": "0.6 mg", "capacity": "2200 g",
     "control_weight": "500 g", "control_tolerance": "5 mg"}
CHECK = {"equipment": "BAL-A", "weight": "20 g", "reading": "20.0001 g"}


def state(code):
    return house.view("tech.a", "equipment show", code)["state"]


def test_the_minimum_mass_of_a_balance():
    rule = house.refused
    for missing in ["readability", "repeatability", "capacity", "control_weight", "control_tolerance"]:
        rule("pharma.a", "equipment add", "EQUIPMENT-11", missing.replace("_", "-"), **{**A, missing: None})
    rule("pharma.a", "equipment add", "EQUIPMENT-12", "minimum", **A, minimum="0.1599 g")
    rule("pharma.a", "equipment add", "EQUIPMENT-12", "minimum", **{**A, "repeatability": "0.01 mg"}, minimum="0.0819 g")
    rule("pharma.a", "equipment add", "EQUIPMENT-13", "capacity", code="H", name="Hotte", kind="hood", capacity="1 kg")
    rule("pharma.a", "equipment add", "EQUIPMENT-14", "readability", **{**A, "readability": "0 mg"})
    rule("pharma.a", "equipment add", "EQUIPMENT-15", "capacity", **{**A, "capacity": "0.16 g"})
    done = house.act("pharma.a", "equipment add", **A)
    assert (done["minimum"]["value"], done["minimum"]["unit"]) == ("0.16", "g"), done
    assert "2000" in done["least-minimum"]["formula"], done
    assert house.act("pharma.a", "equipment add", **B)["minimum"]["value"] == "1.2"
    finer = house.act("pharma.a", "equipment add", **{**A, "code": "BAL-C", "repeatability": "0.01 mg"})
    assert finer["minimum"]["value"] == "0.082", finer  # 820 d where s is below 0.41 d
    rule("pharma.a", "equipment add", "EQUIPMENT-10", "code", **A)
    rule("tech.a", "equipment add", "CALL-14", "as", **A)


def test_a_calibration_has_its_due_day():
    given = {"equipment": "BAL-A", "on": "2025-11-03", "due": "2026-11-30", "reference": "25-1103"}
    assert state("BAL-A") == "calibration-missing"
    house.refused("pharma.a", "equipment calibrate", "EQUIPMENT-01", "equipment", **{**given, "equipment": "GHOST"})
    house.refused("pharma.a", "equipment calibrate", "EQUIPMENT-16", "on", **{**given, "on": "2026-03-01"})
    house.refused("pharma.a", "equipment calibrate", "EQUIPMENT-17", "due", **{**given, "due": "2025-11-03"})
    house.refused("tech.a", "equipment calibrate", "CALL-14", "as", **given)
    house.act("pharma.a", "equipment calibrate", **given)
    assert state("BAL-A") == "check-due"
    house.act("pharma.a", "equipment calibrate", **{**given, "equipment": "BAL-B", "due": "2026-01-04"})
    assert state("BAL-B") == "calibration-overdue"


def test_the_last_check_of_the_day_counts():
    house.act("pharma.a", "equipment add", code="HOTTE", name="Enceinte ventilée", kind="hood")
    rule = house.refused
    rule("tech.a", "equipment check", "EQUIPMENT-01", "equipment", **{**CHECK, "equipment": "GHOST"})
    rule("tech.a", "equipment check", "EQUIPMENT-06", "equipment", **{**CHECK, "equipment": "HOTTE"})
    rule("tech.a", "equipment check", "EQUIPMENT-20", "weight", **{**CHECK, "weight": "0 g"})
    rule("tech.a", "equipment check", "EQUIPMENT-08", "reading", **{**CHECK, "reading": "220.0001 g"})
    rule("audit.a", "equipment check", "CALL-14", "as", **CHECK)
    first = house.act("tech.a", "equipment check", **{**CHECK, "reading": "20.0006 g"})
    assert first["conforms"] is False and first["difference"]["value"] == "0.6", first
    assert state("BAL-A") == "check-failed"
    assert house.act("tech.a", "equipment check", **{**CHECK, "reading": "20.0005 g"})["conforms"] is True  # inclusive
    assert state("BAL-A") == "in-service"
    checks = house.view("tech.a", "equipment show", "BAL-A")["checks"]
    assert [c["conforms"] for c in checks] == [True, False]
    house.at("2026-01-06T08:00:00")
    assert state("BAL-A") == "check-due"


def test_nobody_at_the_bench_chooses_what_a_check_is_judged_by():
    rule = house.refused
    rule("tech.a", "equipment check", "CALL-31", "tolerance", **CHECK, tolerance="500 g")
    rule("tech.a", "equipment check", "EQUIPMENT-20", "weight", **{**CHECK, "weight": "21 g", "reading": "21 g"})
    assert house.act("tech.a", "equipment check", **{**CHECK, "reading": "21 g"})["conforms"] is False
    shown = house.view("tech.a", "equipment show", "BAL-A")
    assert (shown["control-weight"]["value"], shown["control-tolerance"]["value"]) == ("20", "0.5"), shown
    wide = {**A, "code": "BAL-D"}
    rule("pharma.a", "equipment add", "EQUIPMENT-19", "control-tolerance", **{**wide, "control_tolerance": "20.1 mg"})
    rule("pharma.a", "equipment add", "EQUIPMENT-08", "control-weight", **{**wide, "control_weight": "221 g"})
    rule("pharma.a", "equipment add", "EQUIPMENT-14", "control-tolerance", **{**wide, "control_tolerance": "0 mg"})
    rule("pharma.a", "equipment add", "EQUIPMENT-13", "control-weight", code="H", name="Hotte", kind="hood", control_weight="1 g")


def test_a_withdrawn_equipment_is_not_used():
    house.refused("pharma.a", "equipment withdraw", "EQUIPMENT-01", "equipment", equipment="GHOST", reason="Essai")
    house.act("pharma.a", "equipment withdraw", equipment="BAL-B", reason="Cellule défectueuse")
    house.refused("pharma.a", "equipment withdraw", "EQUIPMENT-18", "equipment", equipment="BAL-B", reason="Encore")
    house.refused("tech.a", "equipment check", "EQUIPMENT-02", "equipment", **{**CHECK, "equipment": "BAL-B"})
    house.refused("pharma.a", "equipment calibrate", "EQUIPMENT-02", "equipment", equipment="BAL-B", on="2026-01-02", due="2027-01-02", reference="x")
    house.refused("tech.a", "equipment withdraw", "CALL-14", "as", equipment="BAL-A", reason="Essai")
    states = {e["equipment"]: e["state"] for e in house.view("tech.a", "equipment list")["equipment"]}
    assert states["BAL-B"] == "out-of-service" and states["HOTTE"] == "calibration-missing", states


def test_everything_replays():
    house.stop()
    assert house.run("verify")["done"]["sequence"] > 20


main(globals())
