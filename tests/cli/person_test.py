"""People: accounts, roles, rights."""
import json
import os
import subprocess

from harness import PROGRAM, House, main, private, refusals

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


def test_an_identifier_has_its_length():
    with open(house.passwords, "a", encoding="utf-8") as file:
        file.write("q une phrase fictive\n")
    house.refused("admin", "person add", "PERSON-29", "person", person="q", name="X")
    with open(os.path.join(house.folder, "first"), "w", encoding="utf-8", opener=private) as file:
        file.write("z une phrase fictive pour z\n")
    done = subprocess.run([PROGRAM, "--json", "--database", os.path.join(house.folder, "short.db"), "--as", "z", "--password-file", os.path.join(house.folder, "first"),
                           "database", "create"], capture_output=True, text=True)
    assert done.returncode == 1 and json.loads(done.stdout)["refused"][0]["rule"] == "PERSON-29" and not os.path.exists(os.path.join(house.folder, "short.db")), done


def test_who_may_do_what_is_reviewed_every_six_months():
    other = House(start="2027-05-05T07:00:00")
    try:
        assert "habilitations" not in other.view("chief", "home show")
        other.refused("pharma.a", "person review", "CALL-14", "as")
        other.refused("chief", "person review", "CALL-09", "signature", signature=None)
        assert other.act("chief", "person review", remarks="Rien à changer")["day"] == "2027-05-05"
        assert other.view("audit.a", "person list")["reviewed-on"] == "2027-05-05"
        other.at("2027-10-20T07:00:00")
        due = other.view("chief", "home show")["habilitations"]
        assert [(row["deadline"], row["do"]["act"]) for row in due] == [("2027-11-05", "person review")] and "Six mois" in due[0]["to-do"], due
        other.act("chief", "person review")
        assert "habilitations" not in other.view("chief", "home show")
        other.at("2027-12-10T07:00:00")
        ending = other.view("admin", "home show")["habilitations"]
        assert len(ending) == 10 and {row["do"]["act"] for row in ending} == {"person grant"} and "préparateur" in " ".join(row["to-do"] for row in ending), ending
        other.guarded(("UPDATE habilitation_review SET remarks = 'x'", "a review stays"), ("DELETE FROM habilitation_review", "a review is kept"))
    finally:
        other.close()


def test_rights_of_a_day():
    people = house.view("audit.a", "person list", at="2026-01-12")["people"]
    assert {p["person"]: p["role"] for p in people}["pharma.a"] == "pharmacist"
    assert "release" in [p for p in people if p["person"] == "pharma.a"][0]["rights"]
    assert "release" not in [p for p in people if p["person"] == "tech.a"][0]["rights"]
    assert house.view("audit.a", "person list", at="2040-01-01")["people"] == []


def test_the_past_of_a_role_stays():
    ends = {"person": "pharma.a", "role": "pharmacist", "reason": "Départ"}
    said = house.refused("admin", "person end-role", "PERSON-15", "ends", **ends, ends="2026-01-04")
    assert "person end" in said[0]["message"], said
    said = house.refused("admin", "person grant", "PERSON-16", "starts", person="nobody.a", role="pharmacist", starts="2026-01-04", ends="2026-12-31")
    assert said[0]["rule"] == "PERSON-16", said


def test_a_key_makes_an_act_happen_once():
    first = house.act("admin", "person grant", key="k1", person="nobody.a", role="auditor", starts="2026-01-05", ends="2026-01-07")
    before = house.state()
    again = house.act("admin", "person grant", key="k1", person="nobody.a", role="auditor", starts="2026-01-05", ends="2026-01-07")
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
                assert "CALL-24" in refusals.Shown(done.stderr) and f"{mode:o}" in done.stderr and chmod in done.stderr and "chmod 600" in done.stderr, done.stderr
    for mode in (0o600, 0o400):
        os.chmod(house.passwords, mode)
        assert house.run(*ways[0][:4], "--clock", house.instant(), *ways[0][4:])["done"]
    os.chmod(house.passwords, 0o600)
    assert house.state() == before


def file_of(name, text):
    path = os.path.join(house.folder, name)
    with open(path, "w", encoding="utf-8", opener=private) as file:
        file.write(text)
    return path


def alone(person, file, *words, status=0):
    """One command of a person, signed in by this file."""
    house.stop()
    answer = house.run("--as", person, "--password-file", file, "--clock", house.instant(), *words, status=status)
    return answer["done"] if status == 0 else [(r["rule"], r["field"], r["message"]) for r in answer["refused"]]


def test_a_password_given_by_another_opens_nothing_but_its_change():
    given = file_of("given", "tech.c une phrase que l'administrateur connaît\n")
    alone("admin", house.passwords, "person", "add", "--person", "tech.c", "--name", "Nouvelle Personne", "--password", given)
    alone("admin", house.passwords, "person", "grant", "--person", "tech.c", "--role", "technician", "--starts", "2026-01-05", "--ends", "2026-12-31")
    before = house.state()
    for words in (["stock", "list"], ["person", "show", "tech.c"], ["equipment", "list"],
                  ["person", "set-password", "--person", "tech.a", "--password", given], ["document", "issue", "--kind", "audit-head"]):
        refused = alone("tech.c", given, *words, status=1)
        assert [r[:2] for r in refused] == [("CALL-29", "as")] and "person set-password" in refused[0][2], refused
    assert alone("tech.c", given, "person", "set-password", "--password", given, status=1)[0][:2] == ("PERSON-13", "password")
    assert house.state() == before
    own = file_of("own", "mes mots, à moi et à personne d'autre\n")  # a whole line with blanks, not a person and a password
    assert alone("tech.c", given, "person", "set-password", "--password", own)["password-resets"] == []
    signed_in = file_of("signed-in", "tech.c mes mots, à moi et à personne d'autre\n")
    assert alone("tech.c", signed_in, "person", "show", "tech.c")["password-first"] is False
    assert alone("tech.c", given, "stock", "list", status=1)[0][0] == "CALL-07"


def test_an_administrator_cannot_act_as_a_pharmacist():
    given = file_of("reset", "pharma.b phrase choisie par l'administrateur\n")
    shown = alone("admin", house.passwords, "person", "set-password", "--person", "pharma.b", "--password", given)
    assert shown == {"person": "pharma.b", "password-first": True}
    assert [r[:2] for r in alone("pharma.b", given, "area", "add", "--code", "X", "--name", "X", status=1)] == [("CALL-29", "as")]
    line = json.dumps({"as": "pharma.b", "act": "area add", "inputs": {"code": "X", "name": "X"}})
    done = subprocess.run([PROGRAM, "--database", house.database, "--password-file", given, "--clock", house.instant(), "--json", "apply", "-"],
                          input=line, capture_output=True, text=True)
    assert done.returncode == 1 and "CALL-29" in done.stdout, done.stdout
    events = alone("audit.a", house.passwords, "event", "list", "--kind", "password-reset")["events"]
    assert [(e["person"], e["subject"], e["at"][:10]) for e in events] == [("admin", "pharma.b", house.instant()[:10])], events
    short = file_of("short", "pharma.b quatorze signe\n")
    assert alone("pharma.b", given, "person", "set-password", "--password", short, status=1)[0][:2] == ("PERSON-02", "password")
    done = alone("pharma.b", given, "person", "set-password", "--password", house.passwords)
    assert [row["by"] for row in done["password-resets"]] == ["admin"], done
    assert [row["by"] for row in alone("pharma.b", house.passwords, "person", "show", "pharma.b")["password-resets"]] == ["admin"]
    assert alone("pharma.b", house.passwords, "person", "show", "admin")["password-first"] is False


def test_the_last_administrator_stays():
    """A house of its own: its administrators come and go."""
    own = House(people=False, start="2026-01-05T07:00:00")
    end = {"person": "admin", "role": "administrator", "reason": "Départ"}
    for day in ("2026-01-05", "2026-06-30", "2035-01-01"):  # today, and shortening alike
        own.refused("admin", "person end-role", "PERSON-14", "person", **end, ends=day)
    own.passwords = own.first
    own.stop()
    for person, starts, ends in (("tech.a", "2026-03-01", "2026-12-31"), ("tech.b", "2026-01-05", "2027-12-31")):
        own.act("admin", "person add", person=person, name=f"Personne {person}")
        own.act("admin", "person grant", person=person, role="administrator", starts=starts, ends=ends)
        if person == "tech.a":  # from March to December only
            own.refused("admin", "person end-role", "PERSON-14", "person", **end, ends="2026-01-31")
            own.refused("admin", "person end-role", "PERSON-14", "person", **end, ends="2026-12-31")
    own.act("admin", "person end", person="tech.b", reason="Départ")
    own.refused("tech.b", "area add", "CALL-15", "as", code="X", name="X")
    own.refused("admin", "person end-role", "PERSON-14", "person", **end, ends="2026-01-31")  # a closed account is no administrator
    own.refused("admin", "person end-role", "PERSON-09", "role", **{**end, "role": "auditor"}, ends="2026-02-28")
    own.act("admin", "person end-role", **end, ends="2026-02-28")
    own.at("2026-02-28T08:00:00")  # the last day of admin: tomorrow only tech.a is left
    own.refused("admin", "person end", "PERSON-14", "person", person="tech.a", reason="Départ")
    own.stop()
    own.run("verify")
    own.close()


main(globals())
