"""The dossier of two birabresib batches in a fresh rehearsal of its own: made once here for the demonstration and the tests."""

import json
import os
import subprocess

import kept
import passwords

HERE = os.path.dirname(os.path.abspath(__file__))
FILE = os.path.join(HERE, "birabresib.jsonl")
AFTER = "2026-02-05T08:00:00Z"


def lines():
    with open(FILE, encoding="utf-8") as file:
        return file.read().splitlines()


class Wrong(Exception):
    """The program ended otherwise than it should."""


class Dossier:
    """A rehearsal database in `folder`, with its people, who have set their own passwords; nothing else until apply()."""

    def __init__(self, program, folder):
        self.program, self.folder = os.path.abspath(program), folder
        kept.copy("dossier", self.begin, folder)
        self.stand(folder)

    def stand(self, folder):
        """Where its files are."""
        self.database = os.path.join(folder, "magistral.db")
        self.first, self.passwords = passwords.paths(folder)

    def begin(self, folder):
        self.stand(folder)
        added = [line["inputs"]["person"] for line in map(json.loads, lines()) if line["act"] == "person add"]
        first, own = passwords.files(folder, ["admin", *added])
        self.passwords = first
        self.run("--as", "admin", "--clock", "2026-01-05T07:00:00Z", "database", "create", "--rehearsal", "--name",
                 "Administration des comptes")
        self.apply([line for line in lines() if json.loads(line)["act"] in ("person add", "person grant")])
        passwords.set_own([self.program, "--database", self.database, "--clock", "2026-01-05T07:18:30Z"], added, first, own)

    def command(self, *words):
        return [self.program, "--database", self.database, "--password-file", self.passwords, *words]

    def text(self, *words, status=0):
        done = subprocess.run(self.command(*words), capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != status:
            raise Wrong(f"magistral {' '.join(words)}: status {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def run(self, *words, status=0):
        """One act or view; its answer, or the list of its refusals when status is 1."""
        answer = json.loads(self.text("--json", *words, status=status))
        return answer["refused"] if status == 1 else answer["done"]

    def view(self, person, *words, status=0):
        return self.run("--as", person, "--clock", AFTER, *words, status=status)

    def apply(self, wanted, *options, status=0, each=None):
        """Applies lines of JSON, paths relative to the dossier's folder; returns the answers, one a line. `each` is called
        with the number of lines done so far."""
        process = subprocess.Popen(self.command("--json", *options, "apply", "-"), cwd=HERE, text=True, stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        answers = []
        try:
            for line in wanted:
                process.stdin.write(line + "\n")
                process.stdin.flush()
                answer = process.stdout.readline()
                if not answer:
                    break
                answers.append(json.loads(answer))
                if each:
                    each(len(answers))
            process.stdin.close()
        except BrokenPipeError:
            pass
        rest, errors = process.stdout.read(), process.stderr.read()
        if process.wait() != status or rest:
            raise Wrong(f"apply: status {process.returncode}\n{answers[-1:]}{rest}{errors}")
        process.stdout.close()
        process.stderr.close()
        return answers
