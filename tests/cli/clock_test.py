"""Time: a set clock only in a rehearsal; in a real database a jump of the machine's clock blocks signing until it is confirmed."""
import json
import os
import shutil
import subprocess
import tempfile
from datetime import date

from harness import PROGRAM, main, passwords

FAKETIME = shutil.which("faketime")


class Real:
    """A real database, whose clock is the machine's."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="magistral-")
        self.database, people = os.path.join(self.folder, "real.db"), ["chief", "pharma.a", "pharma.b"]
        first, self.passwords = passwords.files(self.folder, ["admin", *people])
        self.run("admin", "database", "create")
        for person, role in (("chief", "pharmacist-in-charge"), ("pharma.a", "pharmacist"), ("pharma.b", "pharmacist")):
            self.run("admin", "person", "add", "--person", person, "--name", f"Personne {person}", "--password", first)
            self.run("admin", "person", "grant", "--person", person, "--role", role, "--starts", date.today().isoformat(), "--ends", "2999-12-31")
        passwords.set_own([PROGRAM, "--database", self.database], people, first, self.passwords)
        self.run("chief", "site", "set", "--name", "Hôpital fictif", "--address", "1 rue de l'Exemple", "--host", "PUI.HOPITAL.EXAMPLE")

    def run(self, person, *words, shift=None, status=0):
        command = [PROGRAM, "--database", self.database, "--as", person, "--password-file", self.passwords, "--json", *words]
        if shift:
            # Only the clock on the wall is moved: the one that runs since the machine was started goes on.
            command = [FAKETIME, "-f", shift, *command]
        environment = {**os.environ, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1", "ASAN_OPTIONS": "detect_leaks=0:verify_asan_link_order=0"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        assert done.returncode == status, f"{words}: {done.returncode} {done.stdout}{done.stderr}"
        return json.loads(done.stdout)


def test_a_real_database_takes_no_set_clock():
    real = Real()
    answer = real.run("chief", "--clock", "2026-01-12T08:00:00Z", "area", "add", "--code", "Z1", "--name", "Zone", status=1)
    assert answer["refused"][0]["rule"] == "CALL-12", answer
    done = subprocess.run([PROGRAM, "--database", real.folder + "/other.db", "--as", "admin", "--password-file", real.passwords, "--clock",
                           "2026-01-12T08:00:00Z", "--json", "database", "create"], capture_output=True, text=True)
    assert done.returncode == 1 and "CALL-12" in done.stdout, done.stdout
    assert not os.path.exists(real.folder + "/other.db")
    assert real.run("chief", "--templates", real.folder, "site", "show", status=1)["refused"][0]["rule"] == "CALL-17"
    shutil.rmtree(real.folder)


def test_a_jump_blocks_signing_until_it_is_confirmed():
    with open(PROGRAM, "rb") as program:
        if b"__asan_init" in program.read():
            return  # the sanitizer and faketime both stand before the C library: this runs on the plain build
    assert FAKETIME, "faketime is not installed"
    real = Real()
    template = ("--name", "bottle_label.fr.layout", "--file", os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../templates/bottle_label.fr.layout"))
    real.run("pharma.a", "template", "import", *template)
    real.run("pharma.a", "area", "add", "--code", "Z1", "--name", "Zone 1", shift="+2h")
    events = real.run("chief", "event", "list")["done"]["events"]
    assert [event["kind"] for event in events] == ["clock-jump"], events
    sign = ("template", "approve", "--name", "bottle_label.fr.layout", "--version", "1", "--signature",
            "J'approuve la version 1 du modèle bottle_label.fr.layout.")
    refused = real.run("pharma.b", *sign, shift="+2h", status=1)
    assert refused["refused"][0]["rule"] == "CALL-13", refused
    home = real.run("admin", "home", "show", shift="+2h")["done"]
    assert [row["do"]["act"] for row in home["clock-to-confirm"]] == ["time confirm"], home
    assert "clock-to-confirm" not in real.run("pharma.a", "home", "show", shift="+2h")["done"], "only who confirms the time is asked to"
    assert real.run("pharma.a", "time", "confirm", "--reason", "essai", shift="+2h", status=1)["refused"][0]["rule"] == "CALL-14"
    real.run("admin", "time", "confirm", "--reason", "Horloge remise à l'heure", shift="+2h")
    assert "clock-to-confirm" not in real.run("admin", "home", "show", shift="+2h")["done"]
    real.run("pharma.b", *sign, shift="+2h")
    assert real.run("chief", "verify")["done"]["sequence"] > 0
    shutil.rmtree(real.folder)


main(globals())
