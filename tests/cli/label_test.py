"""The label of an intermediate container: what it says before and after the second person, its code, its place in the count."""
import os
import subprocess

import bench
from harness import House, main
import codes

house = House()
OPENED = {"component": "BIR", "container": "MP26-0003/1", "balance": "BAL-A", "aspect_seen": "yes", "label_seen": "yes"}


def drawn(number):
    """The words of a document, and the codes read on it by a printer of 203 and of 300 dots an inch."""
    path = os.path.join(house.folder, f"{number}.pdf")
    house.view("tech.a", "document show", number, save=path)
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split()), ["\n".join(codes.on(path, dots, "-l", "1")[0]) for dots in (203, 300)]


def portion(**more):
    return house.act("tech.a", "label print", kind="intermediate", number=[number], **more)


def labels(kind="intermediate", of=None):
    return {label["label"]: label["state"] for label in house.view("tech.a", "label list", kind=kind, number=of or number)["labels"]}


def test_a_portion_is_labelled_once_its_mass_is_recorded():
    global batch, number
    bench.supply(house)
    bench.formula(house)
    house.at("2026-01-12T07:00:00")
    batch = house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-001"), bench.request(house, "P-002")],
                      area="PREP-1", expected_loss=4)["batch"]
    bench.check_balances(house)
    bench.start(house, batch)
    number = house.act("tech.a", "weighing open", batch=batch, **OPENED)["weighing"]
    house.refused("tech.a", "label print", "LABEL-09", "number", kind="intermediate", number=[number])
    house.refused("tech.a", "label print", "LABEL-01", "number", kind="intermediate", number=[f"{batch}/W9"])
    house.act("tech.a", "weighing record", weighing=number, tare="12.4310 g", net="6.5068 g")


def test_it_waits_for_the_second_person():
    global first
    done = portion()
    first = done["labels"][0]
    text, codes = drawn(done["document"])
    for word in ("Birabresib", f"Pour le lot {batch}", f"Pesée {number}", "MP26-0003", "Brut 18,9378 g", "Net 6,5068 g", "tare 12,4310 g",
                 "par Personne tech.a fictive", "le 12/01/2026 à", "EN ATTENTE DE VÉRIFICATION"):
        assert word in text, f"{word}: {text}"
    assert "VÉRIFIÉ" not in text and codes == [first["code"]] * 2, (text, codes)
    scanned = house.view("tech.a", "scan", first["code"])
    assert (scanned["about"], scanned["state"], scanned["kind"]) == (number, "to-be-verified", "intermediate-label"), scanned
    assert house.view("tech.a", "trace up", first["code"])["batches"][0]["batch"] == batch


def test_what_was_verified_says_by_whom():
    house.act("tech.b", "weighing verify", weighing=number, container="MP26-0003/1", net="6.5068 g")
    assert house.view("tech.a", "scan", first["code"])["state"] == "verified"  # the label says what was, its code what is
    house.refused("tech.a", "label print", "LABEL-04", "reason", kind="intermediate", number=[number])
    done = portion(reason="Vérifiée")
    text, codes = drawn(done["document"])
    assert "VÉRIFIÉ" in text and "Vérifié le 12/01/2026" in text and "par Personne tech.b fictive" in text and "ATTENTE" not in text, text
    assert codes == [done["labels"][0]["code"]] * 2
    assert labels() == {first["label"]: "void", done["labels"][0]["label"]: "printed"}, labels()


def test_a_discarded_portion_has_no_label():
    other = house.act("tech.a", "weighing open", batch=batch, component="CEL", container="MP26-0005/1", balance="BAL-B", aspect_seen="yes",
                      label_seen="yes")["weighing"]
    house.act("tech.a", "weighing record", weighing=other, tare="85.120 g", net="55.012 g")
    house.act("tech.a", "weighing discard", weighing=other, reason="Hors tolérance")
    house.refused("tech.a", "label print", "LABEL-09", "number", kind="intermediate", number=[other])


def test_it_counts_among_the_labels_of_its_batch():
    """BPP 5.59: printed = applied + specimen + spoiled + destroyed, and void where another one replaced it."""
    bench.weigh(house, batch, "CEL", "MP26-0005/1", "BAL-B", "85.120 g", "53.489 g")
    bench.step(house, batch, "PESEES")
    bench.step(house, batch, "MELANGE", "durée=10", "tamis intact=yes")
    bench.issue(house, batch, "GEL1", "MP26-0006/1", 310)
    house.act("tech.a", "batch fill", batch=batch, units=300)
    bench.step(house, batch, "REMPLIR")
    bench.step(house, batch, "NETTOYAGE")
    bench.sample(house, batch)
    bench.package(house, batch, [56, 56, 56, 56, 4])
    live = next(label for label, state in labels().items() if state == "printed")
    house.act("tech.a", "label settle", label=[live], state="destroyed", reason="Portion versée")
    figures = {(f["kind"], f["figure"]): f["value"] for f in house.act("tech.a", "batch reconcile", batch=batch, kinds=["labels"])["figures"]}
    assert figures["labels", "accounted"]["formula"] == "0 + 0 + 0 + 1 + 1", figures
    assert figures["labels", "missing"] == {"value": "0", "formula": "2 - 2"}, figures


def test_labels_printed_later_are_reconciled_again():
    """What stands is of all labels: once none waits, it is made anew by itself, the former edition beside it."""
    later = [row["label"] for row in house.act("tech.a", "label print", kind="bottle", number=[f"{batch}/1", f"{batch}/2"])["labels"]]
    assert "figures" not in house.act("tech.a", "label settle", label=later[:1], state="applied")
    figures = {row["figure"]: row["value"]["formula"] for row in house.act("tech.a", "label settle", label=later[1:], state="applied")["figures"]}
    assert figures == {"accounted": "2 + 0 + 0 + 1 + 1", "missing": "4 - 4"}, figures
    house.guarded(("UPDATE label SET state = 'spoiled' WHERE state = 'applied'", "a printed label stays"))
    house.refused("tech.a", "label settle", "LABEL-18", "label", label=later[:1] * 2, state="applied")
    specimen = house.act("tech.a", "label print", kind="bottle", number=[f"{batch}/2"], specimen="yes")
    assert [row["value"]["formula"] for row in specimen["figures"]] == ["2 + 1 + 0 + 1 + 1", "5 - 5"], specimen
    house.refused("pharma.a", "label amend", "LABEL-19", "state", label=specimen["labels"][0]["label"], state="applied", reason="x")


def test_what_became_of_a_label_is_amended():
    stuck = next(label for label, state in labels("bottle", f"{batch}/1").items() if state == "applied")
    amend = {"label": stuck, "state": "spoiled", "reason": "Une autre étiquette lue à sa place"}
    void = next(label for label, state in labels().items() if state == "void")
    house.refused("pharma.a", "label amend", "LABEL-16", "label", **{**amend, "label": void})
    house.refused("pharma.a", "label amend", "LABEL-05", "label", **{**amend, "label": "E26-9999"})
    house.refused("pharma.a", "label amend", "AMENDMENT-01", None, **{**amend, "state": "applied"})
    house.refused("tech.a", "label amend", "AMENDMENT-03", "as", **amend)  # the labels are reconciled
    done = house.act("pharma.a", "label amend", **amend)
    assert done["deviation"] and {row["figure"]: row["value"]["formula"] for row in done["figures"]} == {"accounted": "1 + 1 + 1 + 1 + 1", "missing": "5 - 5"}, done
    row = house.view("pharma.a", "batch show", batch)["amendments"][-1]
    assert (row["subject"], row["entry"], row["former"], row["value"], row["entered-by"]) == (stuck, "État", "collée", "gâchée", "tech.a"), row
    again = house.act("tech.a", "label print", kind="bottle", number=[f"{batch}/1"], reason="La première est gâchée")["labels"][0]["label"]
    house.act("tech.a", "label settle", label=[again], state="applied")
    house.refused("pharma.a", "label amend", "LABEL-20", "state", label=stuck, state="applied", reason="x")
    container = [row["label"] for row in house.act("tech.a", "label print", kind="container", number=["MP26-0003/1"])["labels"]]
    house.act("tech.a", "label settle", label=container, state="applied")
    house.refused("tech.b", "label amend", "AMENDMENT-02", "as", label=container[0], state="destroyed", reason="Tombée")
    assert "deviation" not in house.act("tech.a", "label amend", label=container[0], state="destroyed", reason="Tombée")
    assert house.view("pharma.a", "lot show", "MP26-0003")["amendments"][-1]["subject"] == container[0]


def test_after_the_decision_what_it_rested_on_stays():
    house.act("pharma.a", "batch refuse", batch=batch, reason="Pour l'essai")
    settled = next(label for label, state in labels().items() if state == "destroyed")
    house.refused("pharma.a", "label amend", "AMENDMENT-04", "label", label=settled, state="spoiled", reason="x")
    after = house.act("tech.a", "label print", kind="bottle", number=[f"{batch}/1"], reason="Refusé")["labels"][0]["label"]
    house.act("tech.a", "label settle", label=[after], state="applied")
    assert "deviation" not in house.act("tech.a", "label amend", label=after, state="destroyed", reason="Tombée à l'eau")
    house.close()


main(globals())
