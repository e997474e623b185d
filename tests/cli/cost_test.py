"""Rates, declarations and the cost price: the rules that need no batch of their own. The figures of a whole dossier stand in
dispensing_test.py."""
from harness import House, main

house = House()


def test_rates_are_dated():
    house.act("chief", "rate set", code="technician", name="Préparateur", kind="labour-hour", starts="2026-01-01", amount="31.20 EUR")
    house.act("chief", "rate set", code="technician", name="Préparateur", kind="labour-hour", starts="2026-07-01", amount="32,00 EUR")
    house.act("chief", "rate set", code="hood", name="Hotte", kind="equipment-hour", starts="2026-01-01", amount="4.10 EUR")
    house.act("chief", "rate set", code="overhead", name="Frais généraux", kind="overhead-percent", starts="2026-01-01", percent="8")
    assert house.view("audit.a", "rate list", at="2025-12-31")["rates"] == []
    rates = {r["code"]: r["value"] for r in house.view("audit.a", "rate list", at="2026-06-30")["rates"]}
    assert rates == {"technician": {"value": "31.20", "unit": "EUR/h"}, "hood": {"value": "4.10", "unit": "EUR/h"},
                     "overhead": {"value": "8", "unit": "%"}}
    assert house.view("audit.a", "rate list", at="2026-07-01")["rates"][1]["value"] == {"value": "32.00", "unit": "EUR/h"}


def test_rates_refuse():
    def refused(rule, field, **changes):
        inputs = {"code": "new", "name": "Nouveau", "kind": "labour-hour", "starts": "2026-01-01", "amount": "10 EUR", **changes}
        house.refused("chief", "rate set", rule, field, **inputs)
    refused("RATE-01", "amount", amount=None)
    refused("RATE-01", "percent", kind="overhead-percent", amount=None)
    refused("RATE-02", "percent", percent="8")
    refused("RATE-02", "amount", kind="overhead-percent", percent="8")
    refused("RATE-03", "percent", kind="overhead-percent", amount=None, percent="-1")
    refused("RATE-03", "percent", kind="overhead-percent", amount=None, percent="1000.1")
    refused("RATE-04", "kind", code="hood", starts="2026-03-01")
    refused("RATE-05", "starts", code="technician")
    refused("CALL-04", "amount", amount="-1 EUR")
    refused("CALL-04", "amount", amount="10")
    house.refused("pharma.a", "rate set", "CALL-14", "as", code="x", name="X", kind="labour-hour", starts="2026-01-01", amount="1 EUR")


def test_declarations_refuse_what_is_not_there():
    house.refused("tech.a", "work declare", "BATCH-01", "batch", batch="B26-9999", person="tech.a", grade="technician", activity="x", minutes="5")
    house.refused("tech.a", "work declare", "PERSON-01", "person", batch="B26-9999", person="ghost", grade="technician", activity="x", minutes="5")
    house.refused("tech.a", "work declare", "COST-04", "grade", batch="B26-9999", person="tech.a", grade="hood", activity="x", minutes="5")
    house.refused("tech.a", "work declare", "COST-07", "minutes", batch="B26-9999", person="tech.a", grade="technician", activity="x", minutes="0")
    house.refused("tech.a", "work declare", "COST-07", "minutes", batch="B26-9999", person="tech.a", grade="technician", activity="x", minutes="10001")
    house.refused("tech.a", "equipment-use declare", "BATCH-01", "batch", batch="B26-9999", rate="hood", hours="1")
    house.refused("tech.a", "equipment-use declare", "COST-04", "rate", batch="B26-9999", rate="technician", hours="1")
    for hours in ("0", "-1", "1000.001", "1.0001"):
        house.refused("tech.a", "equipment-use declare", "COST-08", "hours", batch="B26-9999", rate="hood", hours=hours)
    house.refused("tech.a", "purchase declare", "BATCH-01", "batch", batch="B26-9999", description="x", amount="1 EUR")
    house.refused("tech.a", "purchase declare", "COST-09", "amount", batch="B26-9999", description="x", amount="0 EUR")
    house.refused("tech.a", "purchase declare", "COST-09", "amount", batch="B26-9999", description="x", amount="100 000 001 EUR")
    house.refused("pharma.a", "cost freeze", "BATCH-01", "batch", batch="B26-9999")
    house.refused("tech.a", "cost freeze", "CALL-14", "as", batch="B26-9999")
    house.view_refused("audit.a", "cost show", "BATCH-01", "batch", "B26-9999")


def test_text_is_whole():
    assert "31,20" in house.text("audit.a", "rate", "list", "--at", "2026-06-30")
    assert "hour of labour" in house.text("audit.a", "rate", "list", "--at", "2026-06-30", language="en")


main(globals())
