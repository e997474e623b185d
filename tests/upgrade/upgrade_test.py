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


def test_rows_of_a_table_that_is_made_anew_are_all_there():
    """Row for row, by the schema files themselves: the older program cannot make every row of the older schema any more."""
    schema = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "schema")
    files = sorted(glob.glob(f"{schema}/*.sql"))
    anew = next(index for index, path in enumerate(files) if path.endswith("counts_amended.sql"))
    database = sqlite3.connect(":memory:")
    for path in files[:anew]:
        with open(path, encoding="utf-8") as file:
            database.executescript(file.read())
    triggers = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        database.execute(f"DROP TRIGGER {name}")
    rows = {"amendment": {"id": 7, "batch": 1, "kind": "weighing", "subject": "B26-0001/W1", "entry": "net", "former": "1", "value": "2", "unit": "ng", "entered_by": 1,
                          "entered_at": "2026-01-01", "reason": "r", "raw_document": None, "person": 2, "at": "2026-01-02", "deviation": 3},
            "movement": {"id": 5, "container": 4, "kind": "count", "quantity": -3, "batch": None, "person": 1, "at": "2026-01-01", "reason": "r", "second_person": 2},
            "loss": {"id": 6, "batch": 1, "kind": "powder-residue", "quantity": 9, "cause": "c", "person": 1, "at": "2026-01-01"},
            "reconciliation": {"id": 8, "batch": 1, "kind": "powder", "rank": 2, "name": "loss", "value": "1.0", "unit": "g", "formula": "f", "limit_text": "<= 3 %", "within": 1,
                               "person": 1, "at": "2026-01-01"}}
    for table, row in rows.items():
        database.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(':' + name for name in row)})", row)
    for _, sql in triggers:
        database.execute(sql)
    with open(files[anew], encoding="utf-8") as file:
        database.executescript(file.read())
    database.row_factory = sqlite3.Row
    for table, row in rows.items():
        found = dict(database.execute(f"SELECT * FROM {table}").fetchone())
        assert {**found, **row} == found and {key: value for key, value in found.items() if key not in row} in ({}, {"lot": None}, {"edition": 1}), (table, found)
    left = [row["name"] for row in database.execute("SELECT name, sql FROM sqlite_schema") if any(f"{table}_with_" in row["name"] + (row["sql"] or "") for table in rows)]
    assert left == [], left
    database.close()


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
