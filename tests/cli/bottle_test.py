"""A bottle is opened and its capsules counted into others, lost, or broken: no capsule is counted twice, none is forgotten."""
import os
import re
import sqlite3
import subprocess

from dossier import Dossier
from harness import main

BATCH, FIRST, SECOND = "B26-0001", "RX26-0001", "RX26-0002"
house = Dossier()
house.play(until="dispensing confirm")
OPEN = {"bottle": "B26-0001/3", "units": 28, "area": "PREP-1", "line_clearance": "Plan vide et nettoyé, aucune étiquette d'un autre lot", "reason": "Dose réduite à 84 gélules"}


def opened(rule, field, person="disp.a", **changes):
    house.refused(person, "bottle open", rule, field, **{**OPEN, **changes})


def code(bottle):
    labels = [row for row in house.view("chief", "label list", kind="bottle", number=bottle)["labels"] if row["shown-state"] == "released"]
    with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as database:
        token = database.execute("SELECT token FROM label WHERE number = ?", (labels[0]["label"],)).fetchone()[0]
    database.close()
    return f"HTTPS://{house.view('chief', 'site show')['host']}/L/{token}"


def left():
    """Capsules here by three ways of counting."""
    return house.view("chief", "trace down", BATCH)["counts"]["units-in-stock"]


def label(kind, numbers):
    serials = [row["label"] for row in house.act("disp.a", "label print", kind=kind, number=numbers)["labels"]]
    house.act("disp.a", "label settle", label=serials, state="applied")
    return serials


def test_who_and_what_is_not_opened():
    opened("CALL-14", "as", person="tech.a")
    opened("BOTTLE-01", "bottle", bottle="B26-0001/9")
    for units, broken in ((0, 0), (57, 0), (56, 1)):
        opened("BOTTLE-05", "units", units=units, broken=broken)
    opened("AREA-01", "area", area="AILLEURS")
    opened("CALL-03", "line-clearance", line_clearance=None)
    house.act("pharm.a", "batch hold", batch=BATCH, reason="Réclamation à examiner")
    opened("DISPENSING-06", "bottle")
    house.act("pharm.a", "batch lift", batch=BATCH, reason="Réclamation sans objet")


def test_of_a_bottle_two_are_made():
    global SCANNED
    SCANNED = code("B26-0001/3")
    assert house.view("chief", "scan", SCANNED)["state"] == "released" and left() == 224
    done = house.act("disp.a", "bottle open", **OPEN)
    assert done["bottles"] == [{"bottle": "B26-0001/5", "units": 28}, {"bottle": "B26-0001/6", "units": 28}], done
    assert left() == 224
    told = house.view("chief", "scan", SCANNED)
    assert (told["state"], told["label-state"]) == ("opened", "void"), told
    assert "ouvert" in house.text("chief", "scan", SCANNED)
    rows = {row["bottle"]: row for row in house.view("chief", "batch show", BATCH)["bottles"]}
    assert (rows["B26-0001/3"]["state"], rows["B26-0001/5"]["state"], rows["B26-0001/4"].get("state")) == ("opened", "to-be-verified", None), rows


def test_the_empty_bottle_serves_nothing():
    opened("BOTTLE-03", "bottle")
    opened("BOTTLE-07", "area", bottle="B26-0001/4")
    house.refused("disp.a", "bottle lose", "BOTTLE-03", "bottle", bottle="B26-0001/3", kind="lost", reason="x")
    house.refused("disp.a", "label print", "LABEL-14", "number", kind="bottle", number=["B26-0001/3"])
    house.refused("disp.a", "dispensing confirm", "DISPENSING-37", "bottles", request=FIRST, batch=BATCH, bottles=["B26-0001/3", "B26-0001/4"])


def test_another_person_counts_first():
    opened("BOTTLE-08", "bottle", bottle="B26-0001/5", units=14, area="PREP-2" if "PREP-2" in areas() else "PREP-1")
    house.refused("disp.a", "label print", "LABEL-15", "number", kind="bottle", number=["B26-0001/5"])
    house.refused("disp.a", "dispensing confirm", "DISPENSING-38", "bottles", request=FIRST, batch=BATCH, bottles=["B26-0001/4", "B26-0001/5"])
    waiting = house.view("tech.a", "home show")["dispensings-to-finish"]
    assert [row["do"]["act"] for row in waiting if row["thing"] == "B26-0001/3"] == ["bottle verify-opening"], waiting
    assert "B26-0001/3" not in str(house.view("disp.a", "home show").get("dispensings-to-finish", []))
    verify = {"bottle": "B26-0001/3", "units": [28, 28]}
    house.refused("disp.a", "bottle verify-opening", "BATCH-04", "as", **verify)
    for units in ([28], [28, 27], [28, 28, 0]):
        house.refused("tech.a", "bottle verify-opening", "BOTTLE-11", "units", **{**verify, "units": units})
    house.refused("tech.a", "bottle verify-opening", "BOTTLE-09", "bottle", **{**verify, "bottle": "B26-0001/4"})
    house.guarded(("UPDATE bottle_opening SET verified_by = opened_by, verified_at = 'x'", "CHECK"),
                  ("INSERT INTO label (number, kind, subject, document, token, shown_state, state, printed_by, printed_at) SELECT 'E26-9999', kind, 'B26-0001/5', document, "
                   "'AAAAAAAAAAAAAAAAAAAAAAAAAA', shown_state, 'printed', printed_by, printed_at FROM label WHERE kind = 'bottle' LIMIT 1", "not verified by another"),
                  ("INSERT INTO bottle (number, batch, rank, bottles, units, opening) SELECT 'B26-0001/7', batch, 7, 7, 1, id FROM bottle_opening", "packaging is over"),
                  ("UPDATE bottle SET ended = NULL WHERE rank = 3", "once"), ("UPDATE bottle SET ended = 'lost' WHERE rank = 4", "once"),
                  ("UPDATE bottle SET ended = 'opened' WHERE rank = 4", "once"), ("UPDATE bottle SET opening = NULL WHERE rank = 5", "a bottle stays"),
                  ("UPDATE bottle_opening SET units = 1", "an opening stays"), ("DELETE FROM bottle_opening", "an opening is kept"))
    figures_are_amended()
    done = house.act("tech.a", "bottle verify-opening", **verify)
    assert done["bottles"] == ["B26-0001/5", "B26-0001/6"], done
    house.refused("tech.a", "bottle verify-opening", "BOTTLE-10", "bottle", **verify)
    house.refused("disp.a", "bottle amend-opening", "BOTTLE-10", "bottle", bottle="B26-0001/3", units=[27, 29], reason="x")
    house.guarded(("UPDATE bottle SET units = 27 WHERE rank = 5", "a bottle stays"))


def figures_are_amended():
    """The first person notes other figures until another has counted them; whoever amended them counts no more."""
    amend = {"bottle": "B26-0001/3", "units": [27, 29], "reason": "Chiffres lus à l'envers"}
    for units, broken, rule in (([28, 29], 0, "BOTTLE-15"), ([28], 28, "BOTTLE-17"), ([28, 28, 0], 0, "BOTTLE-17"), ([56, 0], 0, "BOTTLE-17"), ([28, 28], 1, "BOTTLE-15")):
        house.refused("disp.a", "bottle amend-opening", rule, "units", **{**amend, "units": units, "broken": broken})
    house.refused("disp.a", "bottle amend-opening", "AMENDMENT-01", None, **{**amend, "units": [28, 28]})
    house.refused("disp.a", "bottle amend-opening", "BOTTLE-09", "bottle", **{**amend, "bottle": "B26-0001/4"})
    house.refused("tech.a", "bottle amend-opening", "CALL-14", "as", **amend)
    done = house.act("disp.a", "bottle amend-opening", **amend)
    assert [(row["subject"], row["entry"], row["former"], row["value"]) for row in house.view("chief", "batch show", BATCH)["amendments"][-2:]] == [
        ("B26-0001/5", "Unités", "28", "27"), ("B26-0001/6", "Unités", "28", "29")], house.view("chief", "batch show", BATCH)["amendments"]
    assert done["bottles"] == [{"bottle": "B26-0001/5", "units": 27}, {"bottle": "B26-0001/6", "units": 29}] and done["broken"] == 0 and left() == 224, done
    house.refused("tech.a", "bottle verify-opening", "BOTTLE-11", "units", bottle="B26-0001/3", units=[28, 28])
    house.act("pharm.b", "bottle amend-opening", **{**amend, "units": [28, 27], "broken": 1})
    assert left() == 223
    house.act("pharm.b", "bottle amend-opening", **{**amend, "units": [28, 28], "broken": 0})
    house.refused("pharm.b", "bottle verify-opening", "BATCH-04", "as", bottle="B26-0001/3", units=[28, 28])
    house.guarded(("UPDATE bottle SET units = 27 WHERE rank = 5", "a bottle stays"), ("UPDATE bottle_opening SET broken = 2", "an opening stays"),
                  ("UPDATE bottle_opening SET verified_by = (SELECT id FROM person WHERE identifier = 'pharm.b'), verified_at = 'x'", "an opening stays"))


def areas():
    return [row["area"] for row in house.view("chief", "area list")["areas"]]


def test_they_are_labelled_and_dispensed_to_whom_the_dose_was_cut():
    global REDUCED, NUMBER
    house.act("pharm.b", "request withdraw", request=SECOND, reason="Dose réduite")
    REDUCED = house.act("pharm.a", "request receive", patient="P-002", formula="BIR20", prescriber="Dr Exemple", prescriber_address="Hôpital fictif", prescribed_on="2026-01-20",
                        daily_units="3", days="28", posology="3 gélules par jour", board="RCP fictive", board_day="2026-01-19", board_number="RCP-2026-099",
                        board_decision="favourable", reason="Dose réduite")["request"]
    house.act("pharm.b", "request accept", request=REDUCED, legal_basis="CSP L.5121-1 1°")
    house.act("pharm.b", "batch reattribute", batch=BATCH, request=REDUCED, units=84, from_request=SECOND, reason="Dose réduite")
    house.refused("disp.a", "dispensing confirm", "DISPENSING-26", "bottles", request=REDUCED, batch=BATCH, bottles=["B26-0001/4", "B26-0001/5"])
    label("bottle", ["B26-0001/5", "B26-0001/6"])
    assert house.view("chief", "scan", code("B26-0001/5"))["state"] == "released"
    done = house.act("disp.a", "dispensing confirm", request=REDUCED, batch=BATCH, bottles=["B26-0001/4", "B26-0001/5"])
    NUMBER = done["dispensing"]
    assert done["units"] == 84 and left() == 224 - 84
    serials = label("dispensing", [NUMBER])
    for bottle, serial in zip(("B26-0001/4", "B26-0001/5"), serials):
        house.act("tech.a", "dispensing scan", dispensing=NUMBER, bottle=bottle, label=serial)
    house.refused("pharm.a", "label amend", "LABEL-17", "label", label=serials[0], state="spoiled", reason="Mal collée")
    house.act("disp.a", "dispensing check", dispensing=NUMBER)
    opened("BOTTLE-04", "bottle", bottle="B26-0001/5", units=14)
    house.act("disp.a", "dispensing hand-over", dispensing=NUMBER)
    assert house.view("chief", "request show", REDUCED)["state"] == "served"


def test_the_trace_goes_through_the_opened_bottle():
    up = {row["bottle"]: row for row in house.view("chief", "trace up", NUMBER)["bottles"]}
    assert up["B26-0001/5"]["from-bottle"] == "B26-0001/3" and not up["B26-0001/4"].get("from-bottle"), up
    down = house.view("chief", "trace down", "B26-0001/3")
    assert [row["dispensing"] for row in down["dispensings"]] == [NUMBER], down
    assert {row["bottle"]: row["state"] for row in down["bottles"]} == {"B26-0001/3": "opened", "B26-0001/6": "in-stock"}, down["bottles"]
    shown = house.view("chief", "batch show", BATCH)["openings"][0]
    assert (shown["into"], shown["opened-by"], shown["verified-by"]) == ("B26-0001/5 (28), B26-0001/6 (28)", "disp.a", "tech.a"), shown


def test_a_capsule_broken_while_counting_is_said():
    done = house.act("disp.a", "bottle open", **{**OPEN, "bottle": "B26-0001/6", "units": 27, "broken": 1})
    assert done["bottles"] == [{"bottle": "B26-0001/7", "units": 27}] and left() == 139, done
    house.act("tech.a", "bottle verify-opening", bottle="B26-0001/6", units=[27])


def test_a_bottle_lost_or_broken_here():
    lose = {"bottle": "B26-0001/7", "kind": "broken", "reason": "Tombé dans la salle"}
    house.refused("qc.a", "bottle lose", "CALL-14", "as", **lose)
    house.refused("disp.a", "bottle lose", "BOTTLE-04", "bottle", **{**lose, "bottle": "B26-0001/4"})
    house.guarded(("INSERT INTO bottle_loss (bottle, batch, kind, reason, person, at) SELECT id, batch, 'lost', 'x', 1, 'x' FROM bottle WHERE rank = 4", "only what is here"),
                  ("INSERT INTO bottle_loss (bottle, batch, kind, reason, person, at) SELECT id, batch, 'lost', 'x', 1, 'x' FROM bottle WHERE rank = 3", "only what is here"))
    done = house.act("disp.a", "bottle lose", **lose)
    assert done["state"] == "broken" and done["units"] == 27 and "deviation" not in done and left() == 112, done
    lost = code("B26-0001/2")
    house.act("disp.a", "bottle lose", bottle="B26-0001/2", kind="lost", reason="Introuvable à l'inventaire")
    told = house.view("chief", "scan", lost)
    assert (told["state"], told["label-state"]) == ("lost", "applied"), told
    assert [(row["bottle"], row["state"], row["units"]) for row in house.view("chief", "batch show", BATCH)["bottle-losses"]] == [
        ("B26-0001/7", "broken", 27), ("B26-0001/2", "lost", 56)]
    house.guarded(("UPDATE bottle_loss SET reason = 'y'", "a loss stays"), ("DELETE FROM bottle_loss", "a loss is kept"),
                  ("INSERT INTO dispensing_bottle (dispensing, bottle) SELECT d.id, b.id FROM dispensing d, bottle b WHERE b.rank = 2", "empty, lost"))


def test_what_was_lost_is_found_again():
    how = {"bottle": "B26-0001/2", "units": 56, "found_how": "Armoire 2 ; température suivie, scellé intact"}
    house.refused("pharm.a", "bottle find", "BOTTLE-13", "bottle", **{**how, "bottle": "B26-0001/7"})  # broken
    house.refused("pharm.a", "bottle find", "BOTTLE-01", "bottle", **{**how, "bottle": "B26-0001/99"})
    house.refused("tech.a", "bottle find", "CALL-14", "as", **how)
    house.refused("pharm.a", "bottle find", "BOTTLE-16", "units", **{**how, "units": 55})
    house.guarded(("UPDATE bottle SET ended = NULL WHERE rank = 2", "until it is found"),
                  ("UPDATE bottle_loss SET found_by = 1, found_at = 'x', found_how = 'x' WHERE kind = 'broken'", "CHECK"))
    done = house.act("pharm.a", "bottle find", **how)
    assert (done["state"], done["units"], left()) == ("released", 56, 112), done
    shown = house.view("chief", "bottle show", "B26-0001/2")
    assert shown["state"] == "released" and [(row["reason"], row["found-by"], row["found-how"]) for row in shown["found-again"]] == [
        ("Introuvable à l'inventaire", "pharm.a", how["found_how"])], shown
    house.refused("pharm.a", "bottle find", "BOTTLE-13", "bottle", **how)
    house.guarded(("UPDATE bottle_loss SET found_how = 'y' WHERE kind = 'lost'", "a loss stays"))
    house.act("disp.a", "bottle lose", bottle="B26-0001/2", kind="lost", reason="Introuvable à l'inventaire")
    assert left() == 56 and house.view("chief", "bottle show", "B26-0001/2")["state"] == "lost"


def test_who_filled_a_bottle_does_not_count_it_when_it_is_found():
    """Lost before another person counted it: its finding is that count."""
    own = Dossier()
    own.play(until="dispensing confirm")
    own.act("pharm.b", "bottle open", **OPEN)
    own.act("disp.a", "bottle lose", bottle="B26-0001/5", kind="lost", reason="Introuvable")
    own.act("tech.a", "bottle verify-opening", bottle="B26-0001/3", units=[28])
    found = {"bottle": "B26-0001/5", "units": 28, "found_how": "Tiroir de la hotte"}
    own.refused("pharm.b", "bottle find", "BATCH-04", "as", **found)
    assert own.act("pharm.a", "bottle find", **found)["units"] == 28
    own.at("2026-09-01T08:00:00")
    own.act("disp.a", "bottle lose", bottle="B26-0001/2", kind="lost", reason="Introuvable")
    assert own.act("pharm.a", "bottle find", bottle="B26-0001/2", units=56, found_how="Armoire 2")["state"] == "expired"
    own.close()


def test_whoever_amended_an_earlier_opening_may_count_a_later_one():
    own = Dossier()
    own.play(until="dispensing confirm")
    own.act("disp.a", "bottle open", **OPEN)
    own.act("pharm.b", "bottle amend-opening", bottle="B26-0001/3", units=[27, 29], reason="Recompté")
    own.act("tech.a", "bottle verify-opening", bottle="B26-0001/3", units=[27, 29])
    own.act("disp.a", "bottle open", **{**OPEN, "bottle": "B26-0001/5", "units": 27})
    own.act("pharm.b", "bottle verify-opening", bottle="B26-0001/5", units=[27])
    own.close()


def test_each_bottle_has_its_page():
    shown = house.view("chief", "bottle show", "B26-0001/5")
    assert (shown["state"], shown["units"], shown["from-bottle"], shown["dispensing"]) == ("handed-over", 28, "B26-0001/3", NUMBER), shown
    shown = house.view("chief", "bottle show", "B26-0001/3")
    assert (shown["bottle"], shown["state"], shown["into"]) == ("B26-0001/3", "opened", "B26-0001/5 (28), B26-0001/6 (28)") and "labels" in shown, shown
    assert (lambda lost: (lost["state"], lost["reason"]))(house.view("chief", "bottle show", "B26-0001/2")) == ("lost", "Introuvable à l'inventaire")
    house.view_refused("chief", "bottle show", "BOTTLE-01", "bottle", "B26-0001/99")


def test_the_rest_is_what_is_destroyed():
    assert left() == 56
    house.refused("tech.a", "batch destroy", "BATCH-46", "as", batch=BATCH, units=56, reference="BD-1")
    house.refused("pharm.a", "batch destroy", "BATCH-32", "units", batch=BATCH, units=139, reference="BD-1")
    recalled = house.act("pharm.a", "batch recall", batch=BATCH, reason="Étiquettes en cause")
    assert recalled["units-here"] == 56 and recalled["units-dispensed"] == 84, recalled
    house.act("pharm.a", "batch destroy", batch=BATCH, units=56, reference="BD-1")
    house.act("tech.a", "batch witness-destruction", batch=BATCH, units=56)
    with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT rank, destroyed, ended FROM bottle WHERE batch = 1 ORDER BY rank").fetchall()
    database.close()
    assert rows == [(1, 1, None), (2, 0, "lost"), (3, 0, "opened"), (4, 0, None), (5, 0, None), (6, 0, "opened"), (7, 0, "broken")], rows
    house.guarded(("UPDATE bottle SET destroyed = 1 WHERE rank = 3", "nothing is in it"))
    house.refused("disp.a", "bottle lose", "BOTTLE-02", "bottle", bottle="B26-0001/1", kind="lost", reason="x")
    house.act("pharm.a", "bottle find", bottle="B26-0001/2", units=56, found_how="Derrière l'armoire")  # recalled: it is destroyed as the others were
    house.act("pharm.a", "batch destroy", batch=BATCH, units=56, reference="BD-2")
    house.act("tech.a", "batch witness-destruction", batch=BATCH, units=56)
    opened("DISPENSING-05", "bottle", bottle="B26-0001/1")  # recalled


def test_the_batch_record_tells_it():
    path = os.path.join(house.folder, "record.pdf")
    house.view("pharm.a", "document preview", kind="batch-record", batch=BATCH, save=path)
    text = " ".join(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.split())
    for words in ("Reconditionnements après la libération", "B26-0001/5 (28), B26-0001/6", "gélules abîmées : 1", "aucune étiquette d'un autre lot", "Réattribution : nouvelle décision de libération",
                  "Flacon cassé dans la pharmacie, 27 gélules : Tombé dans la salle", "Flacon perdu dans la pharmacie, 56 gélules", "Flacon retrouvé : Armoire 2", "(ouvert)"):
        assert words in text or words.replace(" :", "\u00a0:") in text, words
    assert "Conditionnées 224" in text  # each capsule once
    house.view("pharm.a", "document preview", kind="release-certificate", batch=BATCH, save=path + ".2")
    text = " ".join(subprocess.run(["pdftotext", "-layout", path + ".2", "-"], capture_output=True, text=True, check=True).stdout.split())
    assert "Décisions de libération depuis" in text and "Je libère 84 gélules" in text, text


def test_before_the_decision_a_deviation_opens():
    house = Dossier()
    house.play(until="batch reconcile")
    deviation = house.act("pharm.a", "bottle lose", bottle="B26-0001/4", kind="broken", reason="Tombé")["deviation"]
    house.act("tech.a", "bottle lose", bottle="B26-0001/3", kind="lost", reason="Introuvable")
    shown = house.view("chief", "deviation show", deviation)
    assert "B26-0001/4" in shown["description"] and "cassé" in shown["description"], shown
    house.act("pharm.a", "batch refuse", batch=BATCH, reason="Flacons souillés")
    for one in house.view("chief", "label list", batch=BATCH)["labels"]:
        if one["state"] == "printed":
            house.act("tech.a", "label settle", label=[one["label"]], state="destroyed", reason="refus")
    said = house.refused("tech.a", "batch destroy", "BATCH-32", "units", batch=BATCH, units=1, reference="BD-1")
    assert "112 + " in said[0]["message"], said
    due = re.search(r"(\d+)\s*=|=\s*(\d+)|(\d+)", said[0]["message"])
    house.act("tech.a", "batch destroy", batch=BATCH, units=next(figure for figure in due.groups() if figure), reference="BD-1")
    house.refused("pharm.a", "bottle lose", "BOTTLE-12", "bottle", bottle="B26-0001/1", kind="lost", reason="x")
    said = house.refused("pharm.b", "bottle find", "BOTTLE-14", "bottle", bottle="B26-0001/3", units=56, found_how="Derrière l'armoire")
    assert "batch annotate" in said[0]["message"], said


def test_an_area_holds_one_thing_at_a_time():
    house = Dossier()
    house.play(until="dispensing confirm")
    for line in [n for n in house.lines if n["act"] in ("request receive", "request accept", "batch plan")][:3]:
        inputs = {name.replace("-", "_"): value for name, value in line["inputs"].items()}
        house.act(line["as"], line["act"], **{name: house.instant()[:10] if name in ("prescribed_on", "board_day") else value for name, value in inputs.items()})
    house.act("disp.a", "bottle open", **{**OPEN, "units": 56})
    house.refused("tech.a", "batch start", "BOTTLE-07", "batch", batch="B26-0002")
    house.act("tech.b", "bottle verify-opening", bottle=OPEN["bottle"], units=[56])
    house.act("tech.a", "batch start", batch="B26-0002")
    house.refused("disp.a", "bottle open", "BOTTLE-06", "area", **{**OPEN, "bottle": "B26-0001/4"})


def test_what_broke_before_it_was_verified_is_not_counted():
    other = Dossier()
    other.play(until="dispensing confirm")
    for rank, gone, left in ((1, [5], [28]), (2, [7, 8], [0])):
        other.act("disp.a", "bottle open", bottle=f"{BATCH}/{rank}", units=28, area="PREP-1", line_clearance="Plan de travail vide", reason="Dose réduite")
        for bottle in gone:
            other.act("tech.a", "bottle lose", bottle=f"{BATCH}/{bottle}", kind="broken", reason="Tombé")
        verify = {"bottle": f"{BATCH}/{rank}"}
        other.refused("tech.a", "bottle verify-opening", "BOTTLE-11", "units", **verify, units=[28, 28])
        assert other.act("tech.a", "bottle verify-opening", **verify, units=left)["bottles"]
    other.close()


main(globals())
