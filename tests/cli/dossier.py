"""A house where the dossier of two birabresib batches is played, line by line, up to where a test wants to go on by itself.

    house = Dossier()
    house.play(until="cost freeze")     # every line before the first of that act
    house.play()                        # the rest
"""
import copy
import json
import os
import shutil
from datetime import datetime

from harness import PROGRAM, House, kept, passwords

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data")


class Dossier(House):
    phrase = staticmethod(passwords.phrase)

    def __init__(self):
        with open(os.path.join(DATA, "birabresib.jsonl"), encoding="utf-8") as file:
            self.given = [json.loads(line) for line in file]
        self.lines = list(self.given)
        self.fresh = False
        super().__init__()
        self.lines = self.given[[line["act"] for line in self.given].index("site set"):]
        self.fresh, self.whole = True, copy.deepcopy(self.lines)

    def people(self):
        return [line["inputs"]["person"] for line in self.given if line["act"] == "person add"]

    def hire(self):
        self.found()
        own, self.passwords = self.passwords, self.first
        self.play(until="site set")
        self.stop()
        self.passwords = own
        self.set_own(*self.people())

    def send(self, line):
        self.fresh = False
        return super().send(line)

    def play(self, until=None, batch=None):
        """Plays lines; stops before the first of the act `until` (about `batch`, when one is named). What a fresh house comes
        to, when no line was changed, is made once for all."""
        if not self.fresh or not until or self.lines != self.whole:
            return self.play_here(until, batch)

        def fill(folder):
            if folder != self.folder:
                shutil.copytree(self.folder, folder, dirs_exist_ok=True)
            self.stand(folder)
            self.play_here(until, batch)
            self.stop()
            with open(os.path.join(folder, "lines"), "w", encoding="utf-8") as file:
                file.write(f"{len(self.lines)} {self.clock.isoformat()}")

        kept.copy(f"{os.path.basename(PROGRAM)}-Dossier-{until}-{batch}", fill, self.folder)
        self.stand(self.folder)
        with open(os.path.join(self.folder, "lines"), encoding="utf-8") as file:
            left, clock = file.read().split()
        self.lines, self.clock, self.fresh = self.given[len(self.given) - int(left):], datetime.fromisoformat(clock), False

    def play_here(self, until, batch):
        while self.lines:
            line = self.lines[0]
            if line["act"] == until and batch in (None, line["inputs"].get("batch")):
                return
            self.step()

    def step(self):
        """Plays the next line; returns its answer."""
        line = self.lines.pop(0)
        inputs = {name: os.path.join(DATA, value) if isinstance(value, str) and value.startswith("birabresib/") else value
                  for name, value in line["inputs"].items()}
        answer = self.send({**line, "inputs": inputs})
        assert "done" in answer, f"{line}: {answer}"
        self.clock = datetime.fromisoformat(line["at"].replace("Z", ""))
        return answer["done"]
