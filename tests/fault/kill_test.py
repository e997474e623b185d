"""kill -9 at random moments: every act that was answered as done is there, none is there by half, and the next run goes on.

    kill_test.py            40 kills, in ./run test
    kill_test.py --long     1,000 kills
    kill_test.py --kills N --seed N

Each line carries a key. After each kill the journal holds exactly the lines that were answered, and at most one further
one for each connection (done, its answer lost); `verify` replays the whole; the next run sends again what was not
answered, and the last line that was: a key makes an act happen once."""
import json
import os
import random
import select
import signal
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from harness import PROGRAM, House  # noqa: E402
from server import Server  # noqa: E402

ROUNDS_A_HOUSE = 25
CLIENTS = 4


def lines(prefix):
    """Acts of several kinds without end, each with its key: one row, several rows, a row changed again and again, a secret."""
    number = 0
    while True:
        number += 1
        name = f"{prefix}{number}"
        if number % 40 == 0:
            act, person, inputs = "person add", "admin", {"person": name, "name": f"Personne {name}"}
        elif number % 7 == 0:
            act, person, inputs = "site set", "chief", {"name": f"Pharmacie {name}", "address": "Ville-Exemple", "host": "PUI.HOPITAL.EXAMPLE"}
        elif number % 5 == 0:
            act, person, inputs = "supplier add", "pharma.a", {"code": name, "name": f"Fournisseur {name}", "address": "Ville", "category": "A"}
        elif number % 3 == 0:
            act, person, inputs = "material add", "pharma.a", {"code": name, "name": f"Matière {name}", "kind": "excipient"}
        else:
            act, person, inputs = "area add", "pharma.a", {"code": name, "name": f"Zone {name}"}
        yield {"key": name, "as": person, "act": act, "inputs": inputs}


class Caller:
    """Sends its lines through `apply -`, some ahead, and notes what was answered."""

    def __init__(self, house, prefix, passwords):
        self.house, self.passwords = house, passwords
        self.source = lines(prefix)
        self.waiting = []    # not answered yet
        self.answered = []   # keys
        self.last = None
        self.process = None

    def start(self):
        self.process = subprocess.Popen([PROGRAM, "--database", self.house.database, "--password-file", self.passwords, "--json", "--keep-going",
                                         "apply", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
        self.sent = 0
        self.rest = b""
        if self.last and self.last not in self.waiting:
            self.waiting.insert(0, self.last)

    def step(self):
        """Keeps a few lines ahead of the answers; false at the end of the program."""
        try:
            while self.sent < 3:
                if len(self.waiting) <= self.sent:
                    line = next(self.source)
                    line["at"] = self.house.instant()
                    self.waiting.append(line)
                self.process.stdin.write((json.dumps(self.waiting[self.sent]) + "\n").encode())
                self.sent += 1
        except BrokenPipeError:
            pass
        if not select.select([self.process.stdout], [], [], 0.002)[0]:
            return True
        return self.hear()

    def hear(self):
        piece = self.process.stdout.read(65536)
        *whole, self.rest = (self.rest + piece).split(b"\n")
        for text in whole:
            answer = json.loads(text).get("answer", {})
            if not answer or "failed" in answer:
                continue  # the server was killed: not known; or nobody let go of the database in time
            assert "done" in answer, f"{self.waiting[0]}: {answer}"
            self.last = self.waiting.pop(0)
            self.sent -= 1
            if self.last["key"] not in self.answered[-3:]:
                self.answered.append(self.last["key"])
        return bool(piece)

    def finish(self):
        """What was answered still stands in the pipe. A client that met no server went on alone: it ends here."""
        self.process.stdin.close()
        while self.hear():
            pass
        self.process.stdout.close()
        return self.process.wait()


def check(house, callers):
    """Returns how many acts are done without an answer."""
    lost = 0
    with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as database:
        keys = [row[0] for row in database.execute("SELECT key FROM journal WHERE key IS NOT NULL ORDER BY sequence")]
    database.close()
    assert len(keys) == len(set(keys)), "an act happened twice"
    there = set(keys)
    for caller in callers:
        for key in caller.answered:
            assert key in there, f"{key} was answered as done and is not there"
        allowed = set(caller.answered) | set([line["key"] for line in caller.waiting if line["key"] not in caller.answered][:1])
        mine = {key for key in keys if key.startswith(caller.answered[0].rstrip("0123456789"))} if caller.answered else set()
        assert mine <= allowed, f"acts beyond the one under way: {mine - allowed}"
        lost += len(mine) - len(caller.answered)
    house.run("verify")
    return lost


def new_house():
    house = House()
    house.stop()
    with open(house.passwords, "a", encoding="utf-8") as file:
        for prefix in ["alone", *(f"client{i}-" for i in range(CLIENTS))]:
            file.write("".join(f"{prefix}{number} phrase secrete de {prefix} 2026\n" for number in range(40, 40000, 40)))
    return house


def kill_apply(house, caller, moment):
    caller.start()
    until = time.monotonic() + moment
    while time.monotonic() < until:
        assert caller.step(), "apply ended by itself"
    caller.process.kill()
    assert caller.finish() == -signal.SIGKILL


def kill_server(house, callers, moment):
    server = Server(house)
    for caller in callers:
        caller.start()
    until = time.monotonic() + moment
    while time.monotonic() < until:
        for caller in callers:
            assert caller.step(), "a client ended by itself"
    server.process.kill()
    server.process.wait()
    server.process.stdout.close()
    server.process.stderr.close()
    for caller in callers:
        assert caller.finish() in (0, 1, 74)


def rounds(kills, chance, served):
    """Returns the acts answered, and those done whose answer was lost."""
    answered = lost = 0
    house, callers = None, []
    for number in range(kills):
        if number % ROUNDS_A_HOUSE == 0:
            if house:
                answered += sum(len(caller.answered) for caller in callers)
                house.close()
            house = new_house()
            names = [f"client{i}-" for i in range(CLIENTS)] if served else ["alone"]
            callers = [Caller(house, name, house.passwords) for name in names]
        moment = chance.choice([chance.uniform(0, 0.05), chance.uniform(0, 0.4)])
        kill_server(house, callers, moment) if served else kill_apply(house, callers[0], moment)
        lost += check(house, callers)
    for caller in callers:  # the next run goes on, to its own end
        caller.start()
        for _ in range(100):
            assert caller.step()
        assert caller.finish() == 0
    check(house, callers)
    answered += sum(len(caller.answered) for caller in callers)
    house.close()
    return answered, lost


def main():
    words = sys.argv[1:]
    kills = 1000 if "--long" in words else int(words[words.index("--kills") + 1]) if "--kills" in words else 40
    seed = int(words[words.index("--seed") + 1]) if "--seed" in words else random.randrange(1 << 32)
    chance = random.Random(seed)
    print(f"1..2\n# seed {seed}")
    failed = False
    for index, (name, count, served) in enumerate([("kill_apply", kills - kills // 4, False), ("kill_server_with_clients", kills // 4, True)], 1):
        try:
            answered, lost = rounds(count, chance, served)
            print(f"ok {index} - {name}\n# {count} kills, {answered} acts answered, {lost} done without an answer", flush=True)
        except AssertionError as error:
            failed = True
            print(f"not ok {index} - {name} (seed {seed}): {error}".replace("\n", " "), flush=True)
    sys.exit(1 if failed else 0)


main()
