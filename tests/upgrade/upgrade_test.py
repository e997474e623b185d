"""database upgrade: an older database, made by the same program one schema file earlier."""
import glob
import json
import os
import shutil
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import harness  # noqa: E402
from harness import PROGRAM, House, main, private  # noqa: E402
from server import Server  # noqa: E402

OLDER = os.environ["MAGISTRAL_OLDER"]


def older_house():
    harness.PROGRAM = OLDER
    house = House()
    house.act("pharma.a", "area add", code="PREP-1", name="Préparatoire")
    house.stop()
    harness.PROGRAM = PROGRAM
    return house


def run(house, *words, program=PROGRAM, person="admin", passwords=None, database=None):
    done = subprocess.run([program, "--database", database or house.database, "--as", person, "--password-file", passwords or house.passwords,
                           "--clock", "2026-03-01T10:00:00Z", "--json", *words], capture_output=True, text=True)
    return done.returncode, json.loads(done.stdout)


def version(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        found = database.execute("PRAGMA user_version").fetchone()[0]
    database.close()
    return found


def rules(answer):
    return [refusal["rule"] for refusal in answer[1]["refused"]]


house = older_house()
NEW = version(house.database) + 1


def test_an_older_database_is_refused_by_everything_else():
    for words in (["person", "list"], ["area", "add", "--code", "X", "--name", "X"], ["verify"], ["scan", "x"], ["serve"], ["apply", "/dev/null"]):
        answer = run(house, *words)
        assert answer[0] == 1 and rules(answer) == ["STORE-04"] and "database upgrade" in answer[1]["refused"][0]["message"], (words, answer)
    assert version(house.database) == NEW - 1


def test_only_who_may():
    before = version(house.database)
    assert rules(run(house, "database", "upgrade", person="tech.a")) == ["CALL-14"]
    wrong = os.path.join(house.folder, "wrong")
    with open(wrong, "w", encoding="utf-8", opener=private) as file:
        file.write("admin une phrase qui n'est pas la bonne\n")
    assert rules(run(house, "database", "upgrade", passwords=wrong)) == ["CALL-07"]
    assert version(house.database) == before and glob.glob(house.database + ".schema-*") == []


def test_a_database_that_is_not_whole_is_left_alone():
    path = os.path.join(house.folder, "changed.db")
    shutil.copy(house.database, path)
    with sqlite3.connect(path) as database:
        database.execute("DROP TRIGGER site_is_kept")
    database.close()
    answer = run(house, "database", "upgrade", database=path)
    assert rules(answer) == ["VERIFY-01", "DATABASE-02"] and "site_is_kept" in answer[1]["refused"][0]["message"], answer
    assert version(path) == NEW - 1 and glob.glob(path + ".schema-*") == []


def test_upgrade():
    status, answer = run(house, "database", "upgrade")
    assert status == 0, answer
    done = answer["done"]
    assert (done["schema-before"], done["schema"], done["already-current"]) == (NEW - 1, NEW, False), done
    assert version(house.database) == NEW and done["copy"] == f"{house.database}.schema-{NEW - 1}.2026-03-01.100000", done
    assert version(done["copy"]) == NEW - 1 and os.stat(done["copy"]).st_mode & 0o777 == 0o600
    assert run(house, "verify")[0] == 0
    assert run(house, "verify", program=OLDER, database=done["copy"])[0] == 0  # the copy is whole for the program of its time
    acts = [row["act"] for row in run(house, "audit", "list", person="audit.a")[1]["done"]["entries"]][:2]
    assert acts == ["database upgrade", "migration"], acts
    assert run(house, "area", "add", "--code", "PREP-2", "--name", "Autre", person="pharma.a")[0] == 0
    assert len(run(house, "area", "list", person="audit.a")[1]["done"]["areas"]) == 2
    assert run(house, "verify")[0] == 0


def test_nothing_to_do():
    copies = glob.glob(house.database + ".schema-*")
    status, answer = run(house, "database", "upgrade")
    assert status == 0 and answer["done"] == {"schema-before": NEW, "schema": NEW, "already-current": True}, answer
    with Server(house):
        status, answer = run(house, "database", "upgrade")
        assert status == 0 and answer["done"]["already-current"], answer
    assert glob.glob(house.database + ".schema-*") == copies


def test_a_newer_database_asks_for_a_newer_program():
    for words in (["person", "list"], ["database", "upgrade"], ["area", "add", "--code", "X", "--name", "X"]):
        answer = run(house, *words, program=OLDER)
        assert rules(answer) == ["STORE-09"] and str(NEW) in answer[1]["refused"][0]["message"], answer
    house.close()


main(globals())
