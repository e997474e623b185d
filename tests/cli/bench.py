"""Brings a house to where a batch can be made: materials, lots, equipment, formula, requests; and makes one to where it is wanted."""

FORMULA = {"product": "Birabresib", "strength": "20 mg", "dose": "20 mg", "form": "gélule", "route": "voie orale", "recipients": "adultes",
           "content_mass": "200 mg", "shelf_life": 180, "shelf_life_reason": "Étude de stabilité ST-2025-04", "storage": "Moins de 25 °C",
           "list": "I", "legal_basis": "CSP L.5121-1 1°", "risk_class": "high", "reserve_units": 36, "powder_loss_limit": "3.0",
           "unaccounted_limit": "2.0", "shell_loss_limit": "5.0", "capsule_loss_limit": "3.0", "label_warnings": "Ne pas ouvrir les gélules"}
COMPONENTS = [
    {"material": "BIR", "amount": "dose", "per_capsule": "20 mg", "tolerance": "1", "density": "0.40"},
    {"material": "CEL", "amount": "quantum-satis", "tolerance": "2", "density": "0.43"},
    {"material": "GEL1", "amount": "count"}, {"material": "FLACON", "amount": "count"}]
STEPS = [
    ("VIDE", "Vide de ligne", "line-clearance", None), ("PESEES", "Pesées", "weighing", None),
    ("MELANGE", "Mélange", "operation", ["durée: decimal min 8..12", "tamis intact: truth"]),
    ("REMPLIR", "Remplissage", "filling", None), ("NETTOYAGE", "Nettoyage", "cleaning", None),
    ("VIDE2", "Vide de ligne du conditionnement", "line-clearance", None), ("FLACONS", "Conditionnement", "packaging", None)]
CONTROLS = [
    {"control": "ASPECT", "name": "Aspect", "kind": "conformity", "specification": "Gélules blanches"},
    {"control": "MASSE", "name": "Uniformité de masse", "kind": "mass-uniformity", "reference": "Ph. Eur. 2.9.5", "specification": "Ph. Eur. 2.9.5 ; 190,0 à 210,0 mg",
     "replicates": 20, "units": 20, "limit": "190.0 to 210.0"},
    {"control": "TENEUR", "name": "Uniformité de teneur", "kind": "dosage-units", "reference": "Ph. Eur. 2.9.40", "specification": "AV ≤ 15,0",
     "limit": "<= 15.0", "replicates": 10, "units": 10, "shares": "MASSE"},
    {"control": "DOSAGE", "name": "Dosage", "kind": "measurement", "specification": "95,0 à 105,0 %", "limit": "95.0 to 105.0", "unit": "%",
     "replicates": 2, "units": 10, "shares": "MASSE"},
    {"control": "DESAG", "name": "Désagrégation", "kind": "disintegration", "specification": "30 min", "limit": "<= 30", "unit": "min",
     "replicates": 6, "units": 6},
    {"control": "TAMC", "name": "Germes aérobies", "kind": "microbial-count", "specification": "10^3 UFC/g", "limit": "10^3", "unit": "CFU/g", "units": 10}]
REQUEST = {"formula": "BIR20", "prescriber": "Dr Exemple", "prescriber_address": "Hôpital fictif", "prescribed_on": "2026-01-08",
           "daily_units": 4, "days": 28, "posology": "4 gélules le matin", "board": "RCP fictive", "board_day": "2026-01-07",
           "board_number": "RCP-2026-014", "board_decision": "favourable"}


def supply(house):
    """Materials, suppliers, accepted lots MP26-0001 to 0006 with the dossier's stocks, balances, areas."""
    for code, name, kind, more in [
            ("BIR", "Birabresib", "active-substance", {"density": "0.40"}), ("CEL", "Cellulose microcristalline", "excipient", {"density": "0.43"}),
            ("GEL1", "Gélule d'hypromellose, taille 1", "capsule-shell", {"capsule_size": "1", "capsule_volume": "0.50 mL"}),
            ("FLACON", "Flacon", "packaging-article", {}), ("ETIQ", "Étiquette", "packaging-article", {})]:
        house.act("pharma.a", "material add", code=code, name=name, kind=kind, **more)
    house.act("pharma.a", "supplier add", code="FOURN", name="Fournisseur fictif", address="Ville-Exemple", category="A")
    house.act("pharma.a", "supplier qualify", supplier="FOURN", on="2026-01-02", until="2028-12-31", reference="QF-1")
    for material, quantity, price, limit, correction in [
            ("FLACON", "500", "420 EUR", {"expiry": "2030-12"}, {}), ("ETIQ", "1000", "60 EUR", {"expiry": "2030-12"}, {}),
            ("BIR", "250.0000 g", "14500 EUR", {"retest": "2026-09"}, {"assay": "99.1", "basis": "anhydrous", "water": "6.9", "source": "CoA et contrôle"}),
            ("BIR", "100 g", "5800 EUR", {"retest": "2026-10"}, {"assay": "98.0", "basis": "as-is", "source": "CoA"}),
            ("CEL", "1 kg", "42 EUR", {"expiry": "2027-05"}, {}), ("GEL1", "1000", "31 EUR", {"expiry": "2028-03"}, {})]:
        number = house.act("tech.a", "lot receive", material=material, supplier="FOURN", manufacturer="Fabricant fictif", quantity=quantity,
                           price=price, supplier_lot=f"{material}-{quantity[:3]}", certificate_reference="CoA", **limit)["lot"]
        house.act("pharma.b", "lot accept", lot=number, **correction)
    for container in ("MP26-0003/1", "MP26-0004/1", "MP26-0005/1"):
        house.act("tech.a", "container open", container=container)
    house.act("tech.a", "lot receive", material="CEL", supplier="FOURN", manufacturer="Fabricant fictif", quantity="5 kg", price="200 EUR",
              supplier_lot="CEL-Q", certificate_reference="CoA", expiry="2028-01")
    for code, readability, s, minimum, capacity, tolerance in [
            ("BAL-A", "0.1 mg", "0.08 mg", "0.160 g", "220 g", "0.5 mg"), ("BAL-B", "1 mg", "0.6 mg", "1.200 g", "2 kg", "5 mg")]:
        house.act("pharma.a", "equipment add", code=code, name=code, kind="balance", readability=readability, repeatability=s, minimum=minimum,
                  capacity=capacity, control_weight="20 g", control_tolerance=tolerance)
        house.act("pharma.a", "equipment calibrate", equipment=code, on="2025-11-03", due="2026-11-30", reference="Certificat")
    for code in ("PREP-1", "PREP-2"):
        house.act("pharma.a", "area add", code=code, name=f"Préparatoire {code}")


def check_balances(house):
    for code in ("BAL-A", "BAL-B"):
        house.act("tech.a", "equipment check", equipment=code, weight="20 g", reading="20 g")


def draft(house, components=COMPONENTS, steps=STEPS, controls=CONTROLS, **more):
    """A version of BIR20 by pharma.a; returns its number."""
    version = house.act("pharma.a", "formula draft", formula="BIR20", **{**FORMULA, **more})["version"]
    for component in components:
        house.act("pharma.a", "formula add-component", version=version, **component)
    for code, title, kind, entries in steps:
        house.act("pharma.a", "formula add-step", version=version, step=code, title=title, kind=kind, instruction="Voir la fiche", entries=entries)
    for control in controls:
        house.act("pharma.a", "formula add-control", version=version, method="MO-1 v1", due="before-release", **control)
    return version


def formula(house, **more):
    house.act("pharma.a", "formula create", formula="BIR20", name="Birabresib 20 mg, gélule")
    version = draft(house, **more)
    house.act("pharma.b", "formula approve", version=version)
    return version


def request(house, patient, accept=True, **more):
    number = house.act("tech.a", "request receive", patient=patient, **{"reason": "Autre ordonnance du même jour", **REQUEST, **more})["request"]
    if accept:
        house.act("pharma.a", "request accept", request=number, legal_basis="CSP L.5121-1 1°")
    return number


def weigh(house, batch, component, container, balance, tare, net):
    """Opened and recorded by tech.a, verified by tech.b; returns the number."""
    number = house.act("tech.a", "weighing open", batch=batch, component=component, container=container, balance=balance, aspect_seen="yes",
                       label_seen="yes")["weighing"]
    house.act("tech.a", "weighing record", weighing=number, tare=tare, net=net)
    house.act("tech.b", "weighing verify", weighing=number, container=container, net=net)
    return number


def issue(house, batch, component, container, units):
    number = house.act("tech.a", "issue record", batch=batch, component=component, container=container, units=units, aspect_seen="yes",
                       label_seen="yes")["article-issue"]
    house.act("tech.b", "issue verify", issue=number, container=container, units=units)
    return number


def step(house, batch, code, *values):
    return house.act("tech.a", "step record", batch=batch, step=code, values=list(values) or None)


def start(house, batch):
    house.act("tech.a", "batch start", batch=batch)
    house.act("tech.a", "batch clear-line", batch=batch, phase="making")
    step(house, batch, "VIDE")


def fill(house, batch, api, cellulose, shells, units):
    """From a started batch to filled capsules in quarantine."""
    weigh(house, batch, "BIR", "MP26-0003/1", "BAL-A", "12.4310 g", api)
    weigh(house, batch, "CEL", "MP26-0005/1", "BAL-B", "85.120 g", cellulose)
    step(house, batch, "PESEES")
    step(house, batch, "MELANGE", "durée=10", "tamis intact=yes")
    issue(house, batch, "GEL1", "MP26-0006/1", shells)
    house.act("tech.a", "batch fill", batch=batch, units=units)
    step(house, batch, "REMPLIR")
    step(house, batch, "NETTOYAGE")


def sample(house, batch):
    for destinations, units in [(["MASSE", "TENEUR", "DOSAGE", "ASPECT"], 20), (["DESAG"], 6), (["TAMC"], 10)]:
        house.act("tech.a", "sample take", batch=batch, destinations=destinations, units=units)
    house.act("tech.a", "sample take", batch=batch, purpose="reserve", destinations=["TENEUR"], units=36)


def receive(house, batch, by="control.a"):
    """The laboratory receives what was drawn, whole, and has not come yet."""
    for sample in house.view("audit.a", "batch show", batch)["samples"]:
        if sample["received"] is None:
            house.act(by, "sample receive", sample=sample["sample"], units=sample["units"])


def package(house, batch, bottles):
    house.act("tech.a", "batch clear-line", batch=batch, phase="packaging")
    step(house, batch, "VIDE2")
    issue(house, batch, "FLACON", "MP26-0001/1", len(bottles))
    house.act("tech.a", "batch package", batch=batch, units=bottles)
    step(house, batch, "FLACONS")


def view_refused(house, rule, field, view, *words):
    """Asserts that a view is refused for a rule."""
    refused = house.run("--as", "audit.a", "--password-file", house.passwords, "--clock", house.instant(), *view.split(), *words, status=1)["refused"]
    assert (rule, field) in [(r["rule"], r["field"]) for r in refused], refused
