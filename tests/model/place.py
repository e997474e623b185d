"""The program under test: a rehearsal where capsules of 30 mg are made, and a model that knows the same."""
import json
import os
import signal
import socket
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "cli")]
import harness  # noqa: E402
from harness import PROGRAM, House  # noqa: E402
from law import Law  # noqa: E402

GUESTS = ["guest.1", "guest.2", "guest.3"]
ROLES = {**harness.ROLES, "resident.a": "resident"}
FAR = "2035-12-31"
BALANCES = {"BAL-A": {"readability": "0.1 mg", "repeatability": "0.08 mg", "minimum": "0.160 g", "capacity": "220 g", "control-tolerance": "0.5 mg"},
            "BAL-B": {"readability": "1 mg", "repeatability": "0.6 mg", "minimum": "1.200 g", "capacity": "2 kg", "control-tolerance": "5 mg"}}
FORMULA = {"product": "Modèle", "strength": "30 mg", "dose": "30 mg", "form": "gélule", "route": "voie orale", "recipients": "adultes",
           "content-mass": "100 mg", "shelf-life": "60", "shelf-life-reason": "Étude ST-2025-01", "storage": "Moins de 25 °C", "list": "I",
           "legal-basis": "CSP L.5121-1 1°", "risk-class": "high", "reserve-units": "20", "powder-loss-limit": "3.0", "unaccounted-limit": "2.0",
           "shell-loss-limit": "5.0", "capsule-loss-limit": "3.0", "label-warnings": "Ne pas ouvrir les gélules"}
COMPONENTS = [{"material": "ACT", "amount": "dose", "per-capsule": "30 mg", "tolerance": "2"},
              {"material": "EXC", "amount": "quantum-satis", "tolerance": "3"},
              {"material": "SHELL", "amount": "count"}, {"material": "BOTTLE", "amount": "count"}]
CONTROLS = [{"control": "DOSAGE", "name": "Dosage", "kind": "measurement", "specification": "95,0 à 105,0 %", "limit": "95.0 to 105.0", "unit": "%", "replicates": "2"},
            {"control": "MASSE", "name": "Uniformité de masse", "kind": "mass-uniformity", "specification": "Ph. Eur. 2.9.5", "replicates": "20", "units": "20"},
            {"control": "TENEUR", "name": "Uniformité de teneur", "kind": "dosage-units", "specification": "AV ≤ 15,0", "limit": "<= 15.0", "replicates": "10",
             "units": "10", "shares": "MASSE"},
            {"control": "TAMC", "name": "Germes aérobies", "kind": "microbial-count", "specification": "10^3 UFC/g", "limit": "10^3", "unit": "CFU/g",
             "units": "2", "due": "after-release", "within-days": "10", "justification": "Flux laminaire contrôlé chaque trimestre"}]
STEPS = [("VIDE", "line-clearance", None), ("PESEES", "weighing", None), ("MELANGE", "operation", ["durée: decimal min 8..12", "tamis intact: truth"]),
         ("REMPLIR", "filling", None), ("VIDE2", "line-clearance", None), ("FLACONS", "packaging", None)]


class Place(House):
    """A house with everything but lots: people of every role, materials, suppliers, balances, areas, rates and one approved formula."""

    def __init__(self, start="2026-01-05T07:00:00"):
        self.began = start[:10]
        super().__init__(start=start)

    def people(self):
        return ["nobody.a", *ROLES, *GUESTS]

    def hire(self):
        self.found()
        own, self.passwords = self.passwords, self.first
        for person in self.people():
            self.act("admin", "person add", person=person, name=f"Personne {person} fictive")
        for person, role in ROLES.items():
            self.act("admin", "person grant", person=person, role=role, starts=self.instant()[:10], ends=FAR,
                     **({"delegation": "Délégation du 5 janvier 2026"} if role == "resident" else {}))
        self.stop()
        self.passwords = own
        self.set_own(*self.people())
        self.act("chief", "site set", name="Pharmacie à usage intérieur, hôpital fictif", address="1 rue de l'Exemple, 00000 Ville-Exemple",
                 host="PUI.HOPITAL.EXAMPLE")
        self.equip()
        self.write_formula()

    def equip(self):
        for code, name, kind, more in [("ACT", "Substance fictive", "active-substance", {"density": "0.40"}), ("EXC", "Excipient fictif", "excipient", {"density": "0.43"}),
                                       ("SHELL", "Gélule vide", "capsule-shell", {"capsule-size": "3", "capsule-volume": "0.30 mL"}),
                                       ("BOTTLE", "Flacon", "packaging-article", {})]:
            self.act("pharma.a", "material add", code=code, name=name, kind=kind, **more)
        for code, category in (("FOURN", "A"), ("AUTRE", "C")):
            self.act("pharma.a", "supplier add", code=code, name=f"Fournisseur {code}", address="Ville-Exemple", category=category)
        self.act("pharma.a", "supplier qualify", supplier="FOURN", on="2026-01-02", until=FAR, reference="QF-1")
        for code, measures in BALANCES.items():
            self.act("pharma.a", "equipment add", code=code, name=code, kind="balance", **{"control-weight": "20 g", **measures})
            self.act("pharma.a", "equipment calibrate", equipment=code, on="2025-11-03", due=FAR, reference="Certificat")
        for code in ("PREP-1", "PREP-2"):
            self.act("pharma.a", "area add", code=code, name=f"Préparatoire {code}")
        for code, kind, amount in (("technician", "labour-hour", {"amount": "30.00 EUR"}), ("hood", "equipment-hour", {"amount": "12.00 EUR"}),
                                   ("overhead", "overhead-percent", {"percent": "20"})):
            self.act("chief", "rate set", code=code, name=f"Tarif {code}", kind=kind, starts="2026-01-01", **amount)

    def write_formula(self):
        self.act("pharma.a", "formula create", formula="MOD30", name="Modèle 30 mg, gélule")
        version = self.act("pharma.a", "formula draft", formula="MOD30", **FORMULA)["version"]
        for component in COMPONENTS:
            self.act("pharma.a", "formula add-component", version=version, **component)
        for code, kind, entries in STEPS:
            self.act("pharma.a", "formula add-step", version=version, step=code, title=code, kind=kind, instruction="Voir la fiche", entries=entries)
        for control in CONTROLS:
            self.act("pharma.a", "formula add-control", version=version, method="MO-1 v1", **{"due": "before-release", **control})
        self.act("pharma.b", "formula approve", version=version)

    def law(self):
        """A model of this house as it stands at its beginning."""
        law = Law({name: {i["name"] for i in act["inputs"] if not i["optional"]} for name, act in self.table.items()})
        for person in ["admin", *self.people()]:
            role = "administrator" if person == "admin" else ROLES.get(person)
            law.people[person] = {"roles": [[role, self.began, "9999-12-31" if person == "admin" else FAR]] if role else [], "ended": None}
        law.suppliers = {"FOURN": {"category": "A", "until": FAR}, "AUTRE": {"category": "C", "until": None}}
        for code, measures in BALANCES.items():
            law.add_balance({"code": code, "control-weight": "20 g", **measures})
            law.equipment[code]["due"] = FAR
        return law

    # Two ways to the program: one `apply -` that stays open, or a server and its socket. Both play acts; the server also shows.

    def open(self, way):
        self.shut()
        self.way, version = way, self.version()
        if way == "apply":
            self.process = subprocess.Popen(
                [PROGRAM, "--database", self.database, "--password-file", self.passwords, "--json", "--keep-going", "apply", "-"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            self.to, self.answers = self.process.stdin, self.process.stdout
            return
        self.process = subprocess.Popen([PROGRAM, "--database", self.database, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline(), "the server did not start"
        self.connect(version)

    def connect(self, version):
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.connect(self.database + ".socket")
        self.to, self.answers = self.connection.makefile("w", encoding="utf-8"), self.connection.makefile("r", encoding="utf-8")
        self.say({"magistral": version, "once": True, "json": True, "language": "fr", "templates": None})
        self.answers.readline()

    def leave(self):
        for end in (self.to, self.answers, self.connection):
            end.close()

    def version(self):
        """The program's, which whoever speaks to its socket must name."""
        if not hasattr(self, "program"):
            self.program = self.view("chief", "database show")["program"]
            self.stop()
        return self.program

    def say(self, line):
        self.to.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.to.flush()

    def write(self, line):
        self.say({**line, "password": self.phrase(line["as"])} if self.way == "serve" else line)

    def read(self):
        answer = self.answers.readline()
        assert answer, "the program ended"
        answer = json.loads(answer)
        return json.loads(answer["output"]) if self.way == "serve" else answer["answer"]

    def tell(self, line):
        self.write(line)
        return self.read()

    def see(self, view, person="audit.a", **inputs):
        answer = self.tell({"as": person, "act": view, "at": self.instant(), "inputs": {name.replace("_", "-"): value for name, value in inputs.items()}})
        assert "done" in answer, f"{view} {inputs}: {answer}"
        return answer["done"]

    def end(self, signal_number=None):
        if not self.process:
            return
        if self.way == "serve":
            self.leave()
        elif not signal_number:
            self.to.close()
        if signal_number or self.way == "serve":
            self.process.send_signal(signal_number or signal.SIGTERM)
        status = self.process.wait(timeout=60)
        assert signal_number or status in (0, 1), f"the program ended with {status}"
        if self.way == "apply":
            self.answers.close()
            try:
                self.to.close()
            except BrokenPipeError:
                pass
        else:
            self.process.stdout.close()
        self.process = None

    def kill(self):
        """As the power cut does it to the process."""
        self.end(signal.SIGKILL)

    def shut(self):
        self.end()

    def stop(self):
        if getattr(self, "way", None):
            self.shut()
        super().stop()
