"""While a server owns the database, the command line hands it its acts, and nobody can tell the difference."""
import json
import os
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import threading
import time

from harness import PROGRAM, House, main, private, refusals
from server import Server

house = House()
house.stop()
with open(house.passwords, "a", encoding="utf-8") as file:
    for person in [f"new.{i}" for i in range(60)]:
        file.write(f"{person} phrase secrete de {person} 2026\n")
twin = os.path.join(house.folder, "twin")
os.mkdir(twin)
WRONG = os.path.join(house.folder, "wrong")
with open(WRONG, "w", encoding="utf-8", opener=private) as file:
    file.write("admin une phrase qui n'est pas la bonne\ntech.b une phrase qui n'est pas la bonne\n")
COA = os.path.join(house.folder, "coa.txt")
with open(COA, "w", encoding="utf-8") as file:
    file.write("Certificat fictif\n")


def copy_of(path):
    """A copy of the database as it stands, with its key, in a folder of its own."""
    shutil.copy(house.database, path)
    shutil.copy(house.database + ".key", path + ".key")


def once(database, *words, person="admin", passwords=None, text=None):
    done = subprocess.run([PROGRAM, "--database", database, *(["--as", person] if person else []), "--password-file",
                           passwords or house.passwords, "--clock", house.instant(), *words],
                          capture_output=True, text=True, cwd=house.folder, input=text)
    return done.returncode, done.stdout, done.stderr


def events():
    with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT kind, person, detail FROM event ORDER BY id").fetchall()
    database.close()
    return rows


def hold():
    """An `apply -` that owns the database and waits."""
    holder = subprocess.Popen([PROGRAM, "--database", house.database, "--password-file", house.passwords, "apply", "-"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE)
    for _ in range(1000):
        with open(house.database + ".owner", encoding="ascii") as owner:
            if owner.read() == f"{holder.pid}\n":
                return holder
        time.sleep(0.01)
    raise AssertionError("apply does not take the database")


CASES = [
    ("admin", ["person", "add", "--person", "new.0", "--name", "Première Personne"]),
    ("admin", ["--json", "person", "add", "--person", "new.1", "--name", "D'autres \"lettres\": é ü ő ğ ß Đ\\"]),
    ("admin", ["person", "add", "--person", "new.1", "--name", "Encore"]),
    ("admin", ["--json", "person", "add", "--person", "new.1", "--name", "Encore"]),
    ("admin", ["person", "add", "--person", "not a code", "--name", ""]),
    ("admin", ["--json", "person", "add", "--person", "not a code", "--name", ""]),
    ("admin", ["--language", "en", "person", "grant", "--person", "new.1", "--role", "nobody", "--starts", "2026-31-01", "--ends", "soon"]),
    ("admin", ["person", "grant", "--person", "new.1", "--role", "technician", "--starts", "2026-01-05", "--ends", "2026-12-31"]),
    ("admin", ["person", "grant", "--person", "new.1", "--person", "new.0", "--role", "technician", "--starts", "2026-01-05", "--ends", "2026-12-31"]),
    ("admin", ["person", "grant", "--person"]),
    ("admin", ["person", "grant", "--persn", "new.1"]),
    ("admin", ["persn", "grant"]),
    ("admin", ["--key", "once", "person", "add", "--person", "new.2", "--name", "Une fois"]),
    ("admin", ["--key", "once", "person", "add", "--person", "new.2", "--name", "Une fois"]),
    ("admin", ["--key", "once", "person", "add", "--person", "new.3", "--name", "Une fois"]),
    ("tech.a", ["person", "add", "--person", "new.4", "--name", "Sans droit"]),
    ("nobody.x", ["person", "add", "--person", "new.4", "--name", "Inconnu"]),
    ("admin", ["--password-file", "nowhere", "person", "add", "--person", "new.4", "--name", "X"]),
    (None, ["person", "add", "--person", "new.4", "--name", "X"]),
    ("pharma.a", ["supplier", "add", "--code", "FOURN", "--name", "Fournisseur fictif", "--address", "Ville-Exemple", "--category", "A"]),
    ("pharma.a", ["--json", "material", "add", "--code", "CEL", "--name", "Cellulose", "--kind", "excipient"]),
    ("tech.a", ["lot", "receive", "--material", "CEL", "--supplier", "FOURN", "--manufacturer", "Fabricant", "--quantity", "1 kg", "--price", "42 EUR",
                "--supplier-lot", "L1", "--certificate-reference", "CoA", "--expiry", "05/2027", "--certificate", "coa.txt"]),
    ("tech.a", ["lot", "receive", "--material", "CEL", "--supplier", "FOURN", "--manufacturer", "Fabricant", "--quantity", "1 kg", "--price", "42 EUR",
                "--supplier-lot", "L2", "--certificate-reference", "CoA", "--expiry", "05/2027", "--certificate", "missing.txt"]),
    ("pharma.a", ["lot", "accept", "--lot", "MP26-0001"]),
    ("pharma.a", ["--signature", "Je me trompe.", "lot", "accept", "--lot", "MP26-0001"]),
    ("pharma.a", ["--json", "--signature", "Je me trompe.", "lot", "accept", "--lot", "MP26-0001"]),
    ("tech.a", ["label", "print", "--kind", "container", "--number", "MP26-0009/1"]),
    ("admin", ["database", "create"]),
    ("admin", ["lot", "show", "MP26-0001"]),
    ("audit.a", ["person", "show", "new.1"]),
    ("chief", ["site", "set", "--name", "Autre nom", "--address", "1 rue de l'Exemple", "--host", "autre.exemple", "--language", "en"]),
    ("admin", ["person", "add", "--person", "new.5", "--name", "Après le changement"]),
    ("admin", ["--templates", "no-such-folder", "person", "add", "--person", "new.6", "--name", "Avec modèles"]),
]


def test_the_same_answers_with_and_without_a_server():
    alone = os.path.join(twin, "test.db")
    copy_of(alone)
    with Server(house):
        for person, words in CASES:
            house.clock = house.clock.replace(microsecond=0)
            here = once(alone, *words, person=person)
            there = once(house.database, *words, person=person)
            here = tuple(part.replace(twin, house.folder) if isinstance(part, str) else part for part in here)
            assert here == there, f"{words}\nalone:  {here}\nserved: {there}"
    same = "SELECT sequence, act, person, key, inputs, reason, answer FROM journal ORDER BY sequence"
    rows = []
    for path in (alone, house.database):
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            rows.append(database.execute(same).fetchall())
        database.close()
    assert rows[0] == rows[1], [pair for pair in zip(*rows) if pair[0] != pair[1]][:2]
    house.run("verify")


def test_bytes_that_are_no_text():
    with Server(house):
        words = [PROGRAM, "--database", house.database, "--as", "admin", "--password-file", house.passwords, "--clock", house.instant(), "--json",
                 "person", "add", "--person", "new.9", "--name"]
        done = subprocess.run([*map(os.fsencode, words), b"Zo\xff\xfe"], capture_output=True)
        assert done.returncode == 1 and json.loads(done.stdout)["refused"][0]["rule"] == "CALL-04", done


def test_the_socket_is_for_the_owner_of_the_file_alone():
    with Server(house):
        path = house.database + ".socket"
        assert stat.S_ISSOCK(os.stat(path).st_mode) and stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_a_socket_left_by_a_killed_server_is_no_hindrance():
    Server(house).end(signal.SIGKILL)
    assert os.path.exists(house.database + ".socket")
    status, out, err = once(house.database, "person", "add", "--person", "new.10", "--name", "Après un arrêt brutal")
    assert status == 0, (out, err)
    with Server(house):
        assert once(house.database, "person", "add", "--person", "new.11", "--name", "Et encore")[0] == 0
    house.run("verify")


def test_a_long_path():
    folder = os.path.join(house.folder, "d" * 200)
    os.mkdir(folder)
    path = os.path.join(folder, "long.db")
    copy_of(path)
    with Server(type("Long", (), {"database": path})):
        assert os.path.exists(path + ".socket")
        status, out, err = once(path, "person", "add", "--person", "new.18", "--name", "Loin")
        assert status == 0, (out, err)


def test_a_second_server_says_that_there_is_one():
    with Server(house):
        done = subprocess.run([PROGRAM, "--database", house.database, "--json", "serve", "--port", "0"], capture_output=True, text=True, timeout=30)
        assert done.returncode == 1 and json.loads(done.stdout)["refused"][0]["rule"] == "STORE-11", done
    assert subprocess.run([PROGRAM, "serve", "--port", "web"], capture_output=True).returncode == 64
    assert subprocess.run([PROGRAM, "serve", "--port", "70000"], capture_output=True).returncode == 64
    missing = subprocess.run([PROGRAM, "--database", os.path.join(house.folder, "no.db"), "--json", "serve"], capture_output=True, text=True)
    assert missing.returncode == 1 and json.loads(missing.stdout)["refused"][0]["rule"] == "STORE-01", missing


def test_a_taken_port_is_said():
    taken = socket.create_server(("127.0.0.1", 0))
    done = subprocess.run([PROGRAM, "--database", house.database, "--json", "serve", "--port", str(taken.getsockname()[1])],
                          capture_output=True, text=True, timeout=30)
    taken.close()
    assert done.returncode == 74 and "failed" in json.loads(done.stdout), done
    assert not os.path.exists(house.database + ".socket")


def test_several_writers_at_once():
    with Server(house):
        results = []

        def write(first):
            for i in range(first, first + 8):
                results.append(once(house.database, "--json", "person", "add", "--person", f"new.{i}", "--name", f"Personne {i}"))

        writers = [threading.Thread(target=write, args=(first,)) for first in (20, 28, 36, 44)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
    assert len(results) == 32 and all(status == 0 for status, _, _ in results), results
    house.run("verify")


def test_two_writers_without_a_server_wait_for_each_other():
    results = []
    writers = [threading.Thread(target=lambda i=i: results.append(once(house.database, "person", "add", "--person", f"new.{i}", "--name", "X")))
               for i in (52, 53, 54)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [status for status, _, _ in results] == [0, 0, 0], results


def test_a_wrong_password_leaves_one_event():
    with Server(house):
        before = events()
        status, out, err = once(house.database, "--json", "person", "add", "--person", "new.12", "--name", "X", passwords=WRONG)
        assert status == 1 and json.loads(out)["refused"][0]["rule"] in ("CALL-07", "CALL-18"), (out, err)
        with open(WRONG, "a", encoding="utf-8") as file:
            file.write("new.12 phrase secrete de new.12 2026\n")
        status, out, err = once(house.database, "--json", "person", "add", "--person", "new.12", "--name", "X", passwords=WRONG)
        assert status == 1 and json.loads(out)["refused"][0]["rule"] == "CALL-07", (out, err)
        assert events() == before + [("failed-sign-in", "admin", "person add")], events()[len(before):]
        # a view looks through a connection of its own; its failed sign-in is kept all the same
        before = events()
        status, out, err = once(house.database, "--json", "person", "list", person="tech.b", passwords=WRONG)
        assert status == 1 and [r["rule"] for r in json.loads(out)["refused"]] == ["CALL-07"], (out, err)
        assert events() == before + [("failed-sign-in", "tech.b", "person list")], events()[len(before):]
        status, out, err = once(house.database, "person", "list", person="tech.b", passwords=WRONG)
        assert status == 1 and out == "" and err.startswith("magistral: CALL-07  as: "), (out, err)
        for _ in range(3):
            once(house.database, "person", "list", person="tech.b", passwords=WRONG)
        status, out, err = once(house.database, "--json", "person", "list", person="tech.b")
        assert json.loads(out)["refused"][0]["rule"] == "CALL-08", (out, err)
    house.run("verify")


def test_nothing_is_lost_in_silence_when_nobody_can_keep_the_event():
    holder = hold()
    before = events()
    status, out, err = once(house.database, "--json", "person", "list", person="admin", passwords=WRONG)
    assert status == 1 and [r["rule"] for r in json.loads(out)["refused"]] == ["STORE-02"], (out, err)
    assert events() == before
    # who holds it, and what to do
    status, out, err = once(house.database, "--language", "en", "person", "add", "--person", "new.13", "--name", "X")
    assert status == 1 and f"({holder.pid}: " in err and "apply -" in err and "magistral serve" in err, err
    holder.stdin.close()
    assert holder.wait() == 0
    holder.stdout.close()


def lines_of(*acts):
    return "".join(json.dumps({"as": person, "act": act, "at": house.instant(), "inputs": inputs}, ensure_ascii=False) + "\n"
                   for person, act, inputs in acts)


def test_apply_through_the_server():
    folder = os.path.join(house.folder, "lines")
    os.mkdir(folder)
    shutil.copy(COA, os.path.join(folder, "coa.txt"))
    lot = {"material": "CEL", "supplier": "FOURN", "manufacturer": "Fabricant", "quantity": "1 kg", "price": "42 EUR", "certificate-reference": "CoA",
           "expiry": "05/2027", "certificate": "coa.txt"}
    text = lines_of(("tech.a", "lot receive", {**lot, "supplier-lot": "A1"}), ("tech.a", "lot receive", {**lot, "supplier-lot": "A1"}),
                    ("tech.a", "lot receive", {**lot, "supplier-lot": "A2", "certificate": "no.txt"}), ("tech.a", "lot show", {"lot": "MP26-0001"}),
                    ("pharma.a", "lot accept", {"lot": "MP26-0001"}), ("admin", "person add", {"person": "new.14", "name": "Ligne", "password": "non"}),
                    ("admin", "person add", {"person": "new.14", "name": "Ligne"}), ("admin", "person add", {"persn": "new.15", "name": ["a", "b"]}),
                    ("ghost", "person add", {"person": "new.15", "name": "X"})) + "not json\n\n{\"act\": 3}\n[1]\n"
    path = os.path.join(folder, "acts.jsonl")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    alone = os.path.join(twin, "apply.db")
    for form in (["--keep-going"], ["--json", "--keep-going"], [], ["--json"], ["--language", "en", "--keep-going"]):
        copy_of(alone)
        here = once(alone, *form, "apply", path, person=None)
        there_source = os.path.join(twin, "served.db")
        copy_of(there_source)
        served = type("Copy", (), {"database": there_source})
        with Server(served):
            there = once(there_source, *form, "apply", path, person=None)
        here = tuple(part.replace("apply.db", "served.db") if isinstance(part, str) else part for part in here)
        assert here == there, f"{form}\nalone:  {here}\nserved: {there}"
        assert here[0] == 1
        for name in ("apply.db", "served.db"):
            for end in ("", "-wal", "-shm", ".owner", ".key"):
                if os.path.exists(os.path.join(twin, name + end)):
                    os.remove(os.path.join(twin, name + end))


def test_each_password_is_checked_once_a_connection():
    with Server(house):
        text = "".join(lines_of(("admin", "person grant", {"person": "new.0", "role": "auditor", "starts": f"20{n}-01-01", "ends": f"20{n}-02-01"}))
                       for n in range(30, 60))
        status, out, err = once(house.database, "apply", "-", person=None, text=text)
        assert status == 0 and "30 actes faits, 0 refusés" in out, (out, err)


def test_a_caller_that_says_nothing_stops_nobody():
    with Server(house):
        idle = [socket.socket(socket.AF_UNIX) for _ in range(20)]
        for each in idle:
            each.connect(house.database + ".socket")
        idle[0].sendall(b'{"magistral": ')  # half a line
        idle[1].sendall(b"\xff\xfe\n" * 3)   # no JSON
        try:
            idle[2].sendall(b"x" * (3 << 20))  # no end: the server hangs up
        except BrokenPipeError:
            pass
        assert once(house.database, "person", "add", "--person", "new.16", "--name", "Entre les autres")[0] == 0
        answer = idle[1].recv(65536)
        assert b"JSON-01" in answer, answer
        for each in idle:
            each.close()


def test_another_version_is_refused():
    with Server(house):
        caller = socket.socket(socket.AF_UNIX)
        caller.connect(house.database + ".socket")
        caller.sendall(b'{"magistral":"9.9.9","once":false,"json":true,"language":null,"templates":null}\n')
        answer = json.loads(caller.makefile().readline())
        assert answer["status"] == 1 and "STORE-10" in refusals.Shown(answer["output"]), answer
        caller.close()


def test_an_accepted_act_is_answered_when_the_server_stops():
    with Server(house) as server:
        caller = socket.socket(socket.AF_UNIX)
        caller.connect(house.database + ".socket")
        replies = caller.makefile()
        caller.sendall(b'{"magistral":"0.1.0","once":true,"json":true,"language":null,"templates":null}\n')
        assert json.loads(replies.readline())["status"] == 0
        line = {"act": "person grant", "as": "admin", "password": "phrase secrete de admin 2026", "at": house.instant(),
                "inputs": {"person": ["new.0"], "role": ["auditor"], "starts": ["2070-01-01"], "ends": ["2070-02-01"]}}
        caller.sendall((json.dumps(line) + "\n").encode())
        server.process.terminate()
        server.process.wait(30)
        answer = json.loads(replies.readline())
        assert answer["status"] == 0 and '"done"' in answer["output"], answer
        assert replies.readline() == ""
        caller.close()
        house.run("verify")


def test_a_server_that_ends_before_it_answers():
    """The caller says that nobody knows, and does not try again by itself."""
    listening = socket.socket(socket.AF_UNIX)
    if os.path.exists(house.database + ".socket"):
        os.remove(house.database + ".socket")
    holder = hold()
    listening.bind(house.database + ".socket")
    listening.listen()

    def answer_badly():
        caller, _ = listening.accept()
        text = caller.makefile()
        text.readline()
        caller.sendall(b'{"status":0,"output":"","errors":[]}\n')
        text.readline()
        text.close()
        caller.close()

    thread = threading.Thread(target=answer_badly)
    thread.start()
    status, out, err = once(house.database, "--json", "person", "add", "--person", "new.17", "--name", "X")
    thread.join()
    listening.close()
    os.remove(house.database + ".socket")
    holder.stdin.close()
    holder.wait()
    holder.stdout.close()
    assert status == 74 and "audit list" in json.loads(out)["failed"]["message"], (status, out, err)


main(globals())
