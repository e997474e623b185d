"""Badges, PINs and declared workstations, from the command line: what is given, what is kept, what replays."""
import os
import sqlite3
import subprocess

from harness import PROGRAM, House, main, private

house = House()
with open(house.passwords, "a", encoding="utf-8", opener=private) as kept:
    kept.write("tech.a/pin 482915\ntech.b/pin 730164\ntech.c/pin 123456\n")


def file_of(text):
    path = os.path.join(house.folder, "pin")
    if os.path.exists(path):
        os.remove(path)
    with open(path, "w", encoding="utf-8", opener=private) as file:
        file.write(text + "\n")
    return path


def rows(sql):
    with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as database:
        found = database.execute(sql).fetchall()
    database.close()
    return found


def test_a_workstation_is_declared_and_withdrawn():
    done = house.act("admin", "workstation declare", key="w1", name="PAILLASSE-1", place="Préparatoire 1")
    assert done["workstation"] == "PAILLASSE-1" and len(done["token"]) == 26
    token = done["token"]
    assert "token" not in house.act("admin", "workstation declare", key="w1", name="PAILLASSE-1", place="Préparatoire 1")  # told once
    house.refused("admin", "workstation declare", "WORKSTATION-01", "name", name="PAILLASSE-1", place="Ailleurs")
    house.refused("admin", "workstation withdraw", "WORKSTATION-02", "workstation", workstation="PAILLASSE-9", reason="Essai")
    for person in ("tech.a", "chief", "pharma.a"):
        house.refused(person, "workstation declare", "CALL-14", "as", name="PAILLASSE-2", place="Préparatoire 1")
    with open(house.database, "rb") as file:
        assert token.encode() not in file.read() and token not in str(rows("SELECT inputs, answer FROM journal"))
    house.act("admin", "workstation withdraw", workstation="PAILLASSE-1", reason="Poste remplacé")
    again = house.act("admin", "workstation declare", name="PAILLASSE-1", place="Préparatoire 2")
    assert again["token"] != token
    listed = house.view("tech.a", "workstation list")["workstations"]
    assert [(w["place"], w["state"], w["withdrawn-by"]) for w in listed] == [("Préparatoire 2", "in-use", None), ("Préparatoire 1", "withdrawn", "admin")]
    house.guarded(("UPDATE workstation SET place = 'x' WHERE withdrawn_at IS NULL", "WORKSTATION"), ("DELETE FROM workstation", "WORKSTATION"),
                  ("UPDATE workstation SET withdrawn_at = NULL, withdrawn_by = NULL, withdrawn_reason = NULL WHERE withdrawn_at IS NOT NULL", "WORKSTATION"))


def test_a_badge_is_given_once_and_withdrawn_at_once():
    done = house.act("admin", "badge give", person="tech.a")
    assert done["badge"].startswith("BADGE-") and len(done["badge"]) == 32 and done["name"]
    assert done["badge"] not in str(rows("SELECT inputs, answer FROM journal")) and done["badge"][6:] not in str(rows("SELECT * FROM badge"))
    house.refused("admin", "badge give", "BADGE-03", "person", person="tech.a")
    house.refused("admin", "badge give", "PERSON-01", "person", person="ghost")
    house.refused("tech.b", "badge give", "CALL-14", "as", person="tech.b")
    house.refused("tech.b", "badge withdraw", "BADGE-06", "person", person="tech.a", reason="Essai")
    house.refused("admin", "badge withdraw", "BADGE-04", "person", person="tech.b", reason="Essai")
    house.act("tech.a", "badge withdraw", person="tech.a", reason="Badge perdu")  # by its holder
    other = house.act("admin", "badge give", person="tech.a")["badge"]
    assert other != done["badge"]
    house.act("admin", "badge withdraw", person="tech.a", reason="Rendu")
    listed = house.view("admin", "badge list")["badges"]
    assert [(b["person"], b["state"], b["reason"], b["withdrawn-by"]) for b in listed] == \
        [("tech.a", "withdrawn", "Rendu", "admin"), ("tech.a", "withdrawn", "Badge perdu", "tech.a")]
    house.act("admin", "badge give", person="tech.a")
    house.guarded(("UPDATE badge SET person = 1 WHERE withdrawn_at IS NULL", "BADGE"), ("DELETE FROM badge", "BADGE"),
                  ("UPDATE badge SET withdrawn_reason = 'x' WHERE withdrawn_at IS NOT NULL", "BADGE"))


def test_a_pin_is_ones_own_and_not_trivial():
    house.act("tech.a", "person set-pin")
    house.act("tech.b", "person set-pin")
    house.stop()
    for typed, rule in (("12345", "PERSON-19"), ("1234567890123", "PERSON-19"), ("12345a", "PERSON-19"), ("une phrase", "PERSON-19"), ("123456", "PERSON-20"),
                        ("654321", "PERSON-20"), ("111111", "PERSON-20"), ("112211", "PERSON-20"), ("481481", "PERSON-20"), ("901234", "PERSON-20"),
                        ("848484", "PERSON-20")):
        before = house.state()
        answer = house.run("--as", "tech.a", "--password-file", house.passwords, "--clock", house.instant(), "person", "set-pin", "--pin", file_of(typed), status=1)
        assert [(r["rule"], r["field"]) for r in answer["refused"]] == [(rule, "pin")], (typed, answer)
        assert house.state() == before
    for typed in ("482916", "190374", "100200300"):
        house.run("--as", "tech.a", "--password-file", house.passwords, "--clock", house.instant(), "person", "set-pin", "--pin", file_of(typed))
    assert [row[0] for row in rows("SELECT count(*) FROM pin")] == [2] and rows("SELECT count(*) FROM pin_secret") == [(2,)]
    assert all(hash.startswith("$argon2id$") for (hash,) in rows("SELECT pin FROM pin_secret"))
    assert "482915" not in str(rows("SELECT inputs, answer, hex(changes) FROM journal"))
    house.guarded(("DELETE FROM pin", "PIN"),)
    # it opens nothing from the command line, where there is no badge
    done = subprocess.run([PROGRAM, "--database", house.database, "--as", "tech.b", "--password-file", file_of("730164"), "--clock", house.instant(), "stock", "list"],
                          capture_output=True, text=True)
    assert done.returncode == 1 and "CALL-07" in done.stderr, done


def test_a_pin_changed_behind_the_programs_back_is_found():
    house.stop()
    house.run("verify")
    copy = os.path.join(house.folder, "copy.db")
    for sql in ("UPDATE pin_secret SET pin = (SELECT pin FROM pin_secret WHERE person = (SELECT min(person) FROM pin_secret)) WHERE person = (SELECT max(person) FROM pin_secret)",
                "DELETE FROM pin_secret WHERE person = (SELECT max(person) FROM pin_secret)", "INSERT INTO pin_secret VALUES (1, '$argon2id$')"):
        with sqlite3.connect(copy) as made:
            with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as database:
                database.backup(made)
            database.close()
            made.execute(sql)
        made.close()
        done = subprocess.run([PROGRAM, "--database", copy, "--json", "verify"], capture_output=True, text=True)
        assert done.returncode == 1 and "secret de " in done.stdout, (sql, done.stdout)
        os.remove(copy)


def test_an_account_is_unlocked_by_an_administrator():
    for _ in range(5):
        done = subprocess.run([PROGRAM, "--database", house.database, "--as", "control.b", "--password-file", file_of("non"), "--clock", house.instant(), "stock", "list"],
                              capture_output=True, text=True)
        assert "CALL-07" in done.stderr
    house.refused("pharma.a", "person unlock", "CALL-14", "as", person="control.b", reason="Essai")
    shown = house.view("admin", "person show", "control.b")["locked-until"]
    done = house.act("admin", "person unlock", person="control.b", reason="Identité vérifiée")
    assert done == {"person": "control.b", "was-locked-until": shown}
    house.refused("admin", "person unlock", "PERSON-18", "person", person="control.b", reason="Essai")
    assert house.view("control.b", "stock list") is not None


main(globals())
