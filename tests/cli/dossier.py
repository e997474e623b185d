"""A house where the dossier of two birabresib batches is played, line by line, up to where a test wants to go on by itself.

    house = Dossier()
    house.play(until="cost freeze")     # every line before the first of that act
    house.play()                        # the rest
"""
import json
import os
import subprocess
import tempfile
from datetime import datetime

from harness import PROGRAM, House, passwords

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data")


class Dossier(House):
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="magistral-")
        House.opened.append(self)
        self.database = os.path.join(self.folder, "test.db")
        self.process = None
        with open(os.path.join(DATA, "birabresib.jsonl"), encoding="utf-8") as file:
            self.lines = [json.loads(line) for line in file]
        people = [line["inputs"]["person"] for line in self.lines if line["act"] == "person add"]
        self.first, own = passwords.files(self.folder, ["admin", *people])
        self.passwords = self.first
        table = json.loads(subprocess.run([PROGRAM, "--json", "help"], capture_output=True, check=True).stdout)
        self.table = {act["name"]: act for act in table["done"]["acts"]}
        self.clock = datetime.fromisoformat("2026-01-05T07:00:00")
        self.run("--as", "admin", "--password-file", self.passwords, "--clock", self.instant(), "database", "create", "--rehearsal")
        self.play(until="site set")
        self.stop()
        self.passwords = own
        self.set_own(*people)

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
