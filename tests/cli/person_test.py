"""People: accounts, roles, rights."""
from harness import House, main

house = House()


def test_accounts_and_roles():
    house.refused("admin", "person add", "PERSON-04", "person", person="tech.a", name="Encore")
    house.refused("admin", "person grant", "PERSON-01", "person", person="ghost", role="technician", starts="2026-01-01", ends="2026-02-01")
    house.refused("admin", "person grant", "PERSON-05", "role", person="admin", role="technician", starts="2026-01-01", ends="2026-02-01")
    house.refused("admin", "person grant", "PERSON-06", "role", person="tech.a", role="technician", starts="2026-01-01", ends="2026-02-01")
    house.refused("admin", "person grant", "PERSON-07", "ends", person="tech.a", role="auditor", starts="2026-02-02", ends="2026-02-01")
    house.refused("admin", "person grant", "PERSON-08", "delegation", person="nobody.a", role="resident", starts="2026-01-01", ends="2026-02-01")
    house.refused("admin", "person end", "PERSON-11", "person", person="admin", reason="essai")
    house.refused("tech.a", "person add", "CALL-14", "as", person="nobody.a", name="X")
    house.refused("tech.a", "person set-password", "PERSON-12", "person", person="tech.b")


def test_rights_of_a_day():
    people = house.view("audit.a", "person list", at="2026-01-12")["people"]
    assert {p["person"]: p["role"] for p in people}["pharma.a"] == "pharmacist"
    assert "release" in [p for p in people if p["person"] == "pharma.a"][0]["rights"]
    assert "release" not in [p for p in people if p["person"] == "tech.a"][0]["rights"]
    assert house.view("audit.a", "person list", at="2040-01-01")["people"] == []


def test_a_key_makes_an_act_happen_once():
    first = house.act("admin", "person grant", key="k1", person="nobody.a", role="auditor", starts="2026-01-01", ends="2026-01-03")
    before = house.state()
    again = house.act("admin", "person grant", key="k1", person="nobody.a", role="auditor", starts="2026-01-01", ends="2026-01-03")
    assert first == again and before == house.state()
    house.refused("admin", "person grant", "CALL-05", "key", key="k1", person="nobody.a", role="auditor", starts="2026-02-01", ends="2026-02-03")


main(globals())
