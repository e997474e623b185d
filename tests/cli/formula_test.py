"""Formulas: written by one, approved complete by another, frozen."""
import os

import bench
from harness import House, main

house = House()
LAYOUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "templates", "bottle_label.fr.layout")


def test_a_formula_is_created_once():
    bench.supply(house)
    house.act("pharma.a", "formula create", formula="BIR20", name="Birabresib 20 mg, gélule")
    house.refused("pharma.a", "formula create", "FORMULA-06", "formula", formula="BIR20", name="Encore")
    house.refused("pharma.a", "formula create", "FORMULA-07", "formula", formula="bir/20", name="Encore")
    house.refused("pharma.a", "formula create", "FORMULA-07", "formula", formula="BIRABRESIB-20-MG-X", name="Encore")
    house.refused("tech.a", "formula create", "CALL-14", "as", formula="X", name="Encore")
    assert house.view("tech.a", "formula show", "BIR20") == {"formula": "BIR20", "name": "Birabresib 20 mg, gélule", "versions": []}


def test_a_draft_says_everything():
    house.refused("pharma.a", "formula draft", "FORMULA-01", "formula", formula="GHOST", **bench.FORMULA)
    refused = house.refused("pharma.a", "formula draft", "FORMULA-08", "dose", formula="BIR20", product="X")
    assert len(refused) >= 14, refused
    house.refused("pharma.a", "formula draft", "FORMULA-09", "dose", formula="BIR20", **{**bench.FORMULA, "dose": "0 mg"})
    house.refused("pharma.a", "formula draft", "FORMULA-10", "content-mass", formula="BIR20", **{**bench.FORMULA, "content_mass": "20 mg"})
    house.refused("pharma.a", "formula draft", "FORMULA-05", "shelf-life", formula="BIR20", **{**bench.FORMULA, "shelf_life": 3661})
    house.refused("pharma.a", "formula draft", "FORMULA-05", "powder-loss-limit", formula="BIR20", **{**bench.FORMULA, "powder_loss_limit": "100.1"})
    house.refused("pharma.a", "formula draft", "FORMULA-43", "unaccounted-limit", formula="BIR20", **{**bench.FORMULA, "unaccounted_limit": "2.00001"})
    house.refused("pharma.a", "formula draft", "FORMULA-44", "content-mass", formula="BIR20", **{**bench.FORMULA, "content_mass": "200 g"})
    house.act("pharma.a", "formula create", formula="AUTRE", name="Autre")
    other = house.act("pharma.a", "formula draft", formula="AUTRE", **bench.FORMULA)["version"]
    house.refused("pharma.a", "formula draft", "FORMULA-11", "copy-of", formula="BIR20", copy_of=other)
    house.refused("pharma.a", "formula draft", "FORMULA-02", "copy-of", formula="BIR20", copy_of="BIR20/9")


def test_components_fit_their_materials():
    version = bench.draft(house, components=bench.COMPONENTS[:1], steps=[], controls=[])
    add = lambda rule, field, **inputs: house.refused("pharma.a", "formula add-component", rule, field, version=version, **inputs)
    add("MATERIAL-01", "material", material="GHOST", amount="fixed", per_capsule="1 mg", tolerance="1")
    add("FORMULA-13", "material", material="BIR", amount="fixed", per_capsule="1 mg", tolerance="1")
    add("FORMULA-14", "amount", material="CEL", amount="dose", tolerance="1")
    add("FORMULA-16", "amount", material="CEL", amount="dose", tolerance="1")
    add("FORMULA-16", "amount", material="GEL1", amount="fixed", per_capsule="1 mg", tolerance="1")
    add("FORMULA-17", "tolerance", material="GEL1", amount="count", tolerance="1")
    add("FORMULA-18", "tolerance", material="CEL", amount="quantum-satis")
    add("FORMULA-19", "overage", material="CEL", amount="quantum-satis", tolerance="2", overage="1")
    add("FORMULA-20", "per-capsule", material="CEL", amount="quantum-satis", tolerance="2", per_capsule="1 mg")
    add("FORMULA-20", "per-capsule", material="CEL", amount="fixed", tolerance="2")
    add("FORMULA-20", "per-capsule", material="GEL1", amount="count", per_capsule="2")
    add("FORMULA-44", "per-capsule", material="CEL", amount="fixed", tolerance="2", per_capsule="201 mg")
    house.act("pharma.a", "material add", code="GEL0", name="Gélule, taille 0", kind="capsule-shell", capsule_size="0", capsule_volume="0.68 mL")
    house.act("pharma.a", "formula add-component", version=version, material="GEL0", amount="count")
    add("FORMULA-15", "material", material="GEL1", amount="count")
    add("FORMULA-05", "tolerance", material="CEL", amount="quantum-satis", tolerance="11")
    house.refused("pharma.b", "formula add-component", "FORMULA-04", "version", version=version, **bench.COMPONENTS[1])
    house.act("pharma.a", "formula remove-component", version=version, material="BIR")
    house.refused("pharma.a", "formula remove-component", "FORMULA-30", "material", version=version, material="BIR")


def test_steps_say_what_they_record():
    version = bench.draft(house, components=[], steps=bench.STEPS[:1], controls=[])
    add = lambda rule, field, **inputs: house.refused("pharma.a", "formula add-step", rule, field, version=version, title="T", instruction="I", **inputs)
    add("FORMULA-23", "step", step="VIDE", kind="operation")
    for entry in ("durée", "durée: mots", "durée: decimal min 12..8", "vu: truth min", "durée: decimal min h", "a=b: text", "n: count x..y"):
        add("FORMULA-21", "entries", step="MIX", kind="operation", entries=[entry])
    add("FORMULA-22", "entries", step="MIX", kind="operation", entries=["a: text", "a: count"])
    house.act("pharma.a", "formula remove-step", version=version, step="VIDE")
    house.refused("pharma.a", "formula remove-step", "FORMULA-30", "step", version=version, step="VIDE")


def test_controls_can_be_judged():
    version = bench.draft(house, components=[], steps=[], controls=bench.CONTROLS[1:3])
    base = {"version": version, "name": "N", "method": "M", "specification": "S", "due": "before-release"}
    add = lambda rule, field, **inputs: house.refused("pharma.a", "formula add-control", rule, field, **{**base, **inputs})
    add("FORMULA-23", "control", control="MASSE", kind="conformity")
    add("FORMULA-24", "replicates", control="A", kind="mass-uniformity", replicates=10)
    add("FORMULA-05", "replicates", control="A", kind="measurement", limit="<= 1", replicates=0)
    add("FORMULA-25", "limit", control="A", kind="measurement")
    add("FORMULA-25", "limit", control="A", kind="measurement", limit="95 ou plus")
    add("FORMULA-25", "limit", control="A", kind="microbial-count", limit="999")
    add("FORMULA-26", "shares", control="A", kind="conformity", shares="GHOST")
    add("FORMULA-26", "shares", control="A", kind="conformity", shares="TENEUR")
    add("FORMULA-27", "units", control="A", kind="conformity", shares="MASSE", units=21)
    add("FORMULA-28", "justification", control="A", kind="conformity", due="after-release")
    add("FORMULA-29", "every-batches", control="A", kind="conformity", due="periodic", justification="J")
    add("FORMULA-29", "every-batches", control="A", kind="conformity", every_batches=3)
    add("FORMULA-45", "within-days", control="A", kind="conformity", due="after-release", justification="J")
    add("FORMULA-45", "within-days", control="A", kind="conformity", within_days=28)
    add("FORMULA-05", "within-days", control="A", kind="conformity", due="after-release", justification="J", within_days=366)
    house.refused("pharma.a", "formula remove-control", "FORMULA-31", "control", version=version, control="MASSE")
    house.act("pharma.a", "formula remove-control", version=version, control="TENEUR")
    house.act("pharma.a", "formula remove-control", version=version, control="MASSE")
    house.refused("pharma.a", "formula remove-control", "FORMULA-30", "control", version=version, control="MASSE")


def test_only_a_complete_version_is_approved():
    approve = lambda version, rule: house.refused("pharma.b", "formula approve", rule, "version", version=version)
    empty = bench.draft(house, components=[], steps=[], controls=[])
    for rule in ("FORMULA-32", "FORMULA-33", "FORMULA-35", "FORMULA-37", "FORMULA-38", "FORMULA-39"):
        approve(empty, rule)
    approve(bench.draft(house, steps=bench.STEPS[:3]), "FORMULA-36")
    heavy = bench.draft(house, components=bench.COMPONENTS[:1] + [{"material": "CEL", "amount": "fixed", "per_capsule": "200 mg", "tolerance": "1"}])
    approve(heavy, "FORMULA-34")
    approve(bench.draft(house, controls=[c for c in bench.CONTROLS if c["control"] != "TENEUR"]), "FORMULA-39")
    later = bench.draft(house, controls=[])
    for control in bench.CONTROLS:
        more = {"justification": "J", "within_days": 28} if control["control"] == "DOSAGE" else {}
        house.act("pharma.a", "formula add-control", version=later, method="M", due="after-release" if more else "before-release", **control, **more)
    approve(later, "FORMULA-37")


def test_another_pharmacist_approves_and_it_is_frozen():
    version = bench.draft(house)
    house.refused("pharma.a", "formula approve", "FORMULA-40", "version", version=version)
    house.refused("tech.a", "formula approve", "CALL-14", "as", version=version)
    house.refused("pharma.b", "formula approve", "CALL-09", "signature", signature=None, version=version)
    assert house.act("pharma.b", "formula approve", version=version)["state"] == "approved"
    house.refused("pharma.b", "formula approve", "FORMULA-03", "version", version=version)
    house.refused("pharma.a", "formula add-component", "FORMULA-03", "version", version=version, **bench.COMPONENTS[0])
    house.refused("pharma.a", "formula remove-step", "FORMULA-03", "version", version=version, step="VIDE")
    copy = house.act("pharma.a", "formula draft", formula="BIR20", copy_of=version, shelf_life=90)["version"]
    shown, before = house.view("audit.a", "formula show", copy), house.view("audit.a", "formula show", version)
    assert shown["shelf-life"] == 90 and before["shelf-life"] == 180
    for part in ("components", "steps", "controls"):
        assert shown[part] == before[part] and shown[part], part
    house.act("pharma.b", "formula withdraw", version=version, reason="Remplacée")
    house.refused("pharma.b", "formula withdraw", "FORMULA-41", "version", version=version, reason="Encore")
    bench.view_refused(house, "FORMULA-02", "formula", "formula show", "BIR20/99")
    bench.view_refused(house, "FORMULA-01", "formula", "formula show", "GHOST")


def test_the_fill_of_a_capsule():
    shown = house.view("audit.a", "formula show", "BIR20", lot="MP26-0003")
    fill = shown["fill"]
    assert [fill[name]["value"] for name in ("active", "filler", "volume", "filled-percent")] == ["21.677", "178.323", "0.46890", "93.8"], fill
    assert [f["formula"] for f in house.view("audit.a", "formula list")["formulas"]] == ["AUTRE", "BIR20"]


def test_what_a_paper_prints_is_what_is_judged():
    version = bench.draft(house, components=[], steps=[], controls=[])
    base = {"version": version, "control": "A", "name": "N", "method": "M", "due": "before-release"}
    add = lambda rule, field, **inputs: house.refused("pharma.a", "formula add-control", rule, field, **{**base, **inputs})
    add("FORMULA-46", "limit", kind="conformity", specification="Blanc", limit="<= 1")
    add("FORMULA-47", "specification", kind="measurement", specification="95,0 à 105,0 %", limit="50.0 to 500.0", unit="%")
    add("FORMULA-47", "specification", kind="measurement", specification="95 à 105 %", limit="95.0 to 105.0", unit="%")
    add("FORMULA-47", "specification", kind="microbial-count", specification="10³ UFC/g", limit="10^6", unit="CFU/g")
    add("FORMULA-25", "limit", kind="dosage-units", specification="AV ≤ 25,0", limit="<= 25.0", replicates=10, units=10)
    add("FORMULA-25", "limit", kind="disintegration", specification="< 30 min", limit="< 30", replicates=6, units=6)
    house.act("pharma.a", "formula add-control", **base, kind="measurement", specification="95,0 à 105,0 %", limit="95.0 to 105.0", unit="%")


def test_names_say_the_dose():
    draft = lambda rule, field, **more: house.refused("pharma.a", "formula draft", rule, field, formula="BIR20", **{**bench.FORMULA, **more})
    draft("FORMULA-48", "strength", strength="200 mg")
    draft("FORMULA-48", "strength", strength="fort")
    house.refused("pharma.b", "formula approve", "FORMULA-51", "version", version=bench.draft(house, product="Birabresib 200 mg"))
    assert bench.draft(house, strength="0,020 g")
    two = bench.draft(house)
    house.act("pharma.a", "material add", code="DEUX", name="Seconde substance", kind="active-substance")
    house.act("pharma.a", "formula add-component", version=two, material="DEUX", amount="fixed", per_capsule="5 mg", tolerance="1")
    house.refused("pharma.b", "formula approve", "FORMULA-55", "version", version=two)


def test_a_formula_bears_the_list_and_the_known_effects_of_its_materials():
    house.act("pharma.a", "material add", code="BIRL", name="Birabresib en liste I", kind="active-substance", list="I", density="0.40")
    house.act("pharma.a", "material add", code="LAC", name="Lactose", kind="excipient", known_effect="yes", density="0.60")
    approve = lambda rule, version: house.refused("pharma.b", "formula approve", rule, "version", version=version)
    listed = [{**bench.COMPONENTS[0], "material": "BIRL"}, *bench.COMPONENTS[1:]]
    approve("FORMULA-49", bench.draft(house, components=listed, list="none"))
    approve("FORMULA-49", bench.draft(house, components=listed, list="II"))
    known = [bench.COMPONENTS[0], {**bench.COMPONENTS[1], "material": "LAC", "density": "0.60"}, *bench.COMPONENTS[2:]]
    approve("FORMULA-50", bench.draft(house, components=known))
    house.act("pharma.b", "formula approve", version=bench.draft(house, components=known, known_effects="Lactose"))
    approve("FORMULA-52", bench.draft(house, content_mass="400 mg"))


def test_every_text_fits_its_labels():
    own = House()
    bench.supply(own)
    own.act("pharma.a", "formula create", formula="BIR20", name="Birabresib 20 mg, gélule")
    for field, text in (("recipients", "adultes et enfants de plus de douze ans, " * 4), ("storage", "À conserver " + "au frais " * 18),
                        ("label_warnings", "Ne pas ouvrir les gélules. " * 12)):
        own.refused("pharma.a", "formula draft", "FORMULA-53", field.replace("_", "-"), formula="BIR20", **{**bench.FORMULA, field: text})
    version = bench.draft(own)
    with open(LAYOUT, encoding="utf-8") as file:
        narrow = file.read().replace("width 48 height 2.9 size 6.5 minimum 4.5 lines 2", "width 12 height 2.9 size 6.5 minimum 6.5 lines 1")
    path = f"{own.folder}/bottle_label.fr.layout"
    with open(path, "w", encoding="utf-8") as file:
        file.write(narrow)
    layout = {"name": "bottle_label.fr.layout"}
    own.act("pharma.a", "template import", file=path, **layout)
    own.act("pharma.b", "template approve", version=1, **layout)
    said = own.refused("pharma.b", "formula approve", "FORMULA-54", "version", version=version)
    assert "--storage" in str(said) and "étiquette de flacon" in str(said), said
    own.act("pharma.b", "template withdraw", version=1, reason="Trop étroite", **layout)
    own.act("pharma.b", "formula approve", version=version)
    receive = lambda rule, field, **more: own.refused("tech.a", "request receive", rule, field, patient="P-001", **{**bench.REQUEST, **more})
    receive("REQUEST-12", "posology", posology="4 gélules le matin, à jeun, avec un grand verre d'eau ; " * 8)
    receive("REQUEST-12", "prescriber", prescriber="DOCTEUR EXEMPLE, ONCOLOGIE MEDICALE, " * 5)
    receive("REQUEST-13", "posology", posology="1 gélule par jour")
    own.act("tech.a", "request receive", patient="P-001", **{**bench.REQUEST, "posology": "2 gélules deux fois par jour"})
    own.close()


main(globals())
