"""A house where the dossier of two birabresib batches is played, line by line, up to where a test wants to go on by itself.

    house = Dossier()
    house.play(until="cost freeze")     # every line before the first of that act
    house.play()                        # the rest
"""
import json
import os
from datetime import datetime

from harness import House, passwords

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data")


class Dossier(House):
    phrase = staticmethod(passwords.phrase)

    def __init__(self):
        with open(os.path.join(DATA, "birabresib.jsonl"), encoding="utf-8") as file:
            self.given = [json.loads(line) for line in file]
        self.lines = list(self.given)
        super().__init__()
        self.lines = self.given[[line["act"] for line in self.given].index("site set"):]

    def people(self):
        return [line["inputs"]["person"] for line in self.given if line["act"] == "person add"]

    def hire(self):
        self.found()
        own, self.passwords = self.passwords, self.first
        self.play(until="site set")
        self.stop()
        self.passwords = own
        self.set_own(*self.people())

    def play(self, until=None, batch=None):
        """Plays lines; stops before the first of the act `until` (about `batch`, when one is named)."""
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
