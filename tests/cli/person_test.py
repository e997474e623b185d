"""People: accounts, roles, rights."""
import os
import subprocess

from harness import PROGRAM, House, main

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


def test_a_file_of_passwords_is_its_owners_alone():
    house.stop()
    before, lines = house.state(), '{"as": "admin", "act": "area add", "inputs": {"code": "X", "name": "Y"}}\n'
    ways = [("--as", "admin", "--password-file", house.passwords, "database", "show"), ("--password-file", house.passwords, "apply", "-"),
            ("--as", "nowhere", "person", "set-password", "--person", "tech.a", "--password", house.passwords)]
    for mode in (0o640, 0o604, 0o620, 0o660, 0o644, 0o601):
        os.chmod(house.passwords, mode)
        for language, chmod in (("fr", "Fermez-le"), ("en", "Close it")):
            for words in ways:
                done = subprocess.run([PROGRAM, "--database", house.database, "--clock", house.instant(), "--language", language, *words],
                                      input=lines, capture_output=True, text=True)
                assert done.returncode == 1, (mode, words, done.returncode, done.stderr)
                assert "CALL-24" in done.stderr and f"{mode:o}" in done.stderr and chmod in done.stderr and "chmod 600" in done.stderr, done.stderr
    for mode in (0o600, 0o400):
        os.chmod(house.passwords, mode)
        assert house.run(*ways[0][:4], "--clock", house.instant(), *ways[0][4:])["done"]
    os.chmod(house.passwords, 0o600)
    assert house.state() == before


main(globals())
