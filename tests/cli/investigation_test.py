"""Results out of specification: investigated, concluded by another pharmacist, and only then set aside and done again; the first stays."""
import subprocess

import laboratory as lab
from harness import House, main

house = House()
lab.prepare(house)
BATCH = lab.make_1(house)
lab.package_1(house, BATCH)
NUMBERS = lab.control_1(house, BATCH, but=("DOSAGE", "TENEUR"))


def refused(person, verb, rule, field=None, **inputs):
    return house.refused(person, f"investigation {verb}", rule, field, **inputs)


def waiting(person):
    return [row["thing"] for row in house.view(person, "home show").get("open-investigations", [])]


def deviation(number):
    opened = house.act("control.a", "deviation open", batch=BATCH, subject=number, description="Résultat hors spécification", **{"class": "major"})["deviation"]
    house.act("pharma.b", "deviation decide", deviation=opened, decision="discard", impact="Essai à refaire")
    return opened


def concluded(number, conclusion, by="pharma.b", evidence="Fiole de 50 mL retrouvée ; témoin redilué, réponse conforme"):
    return house.act(by, "investigation conclude", investigation=number, conclusion=conclusion, evidence=evidence)


def test_only_a_failing_result_is_investigated():
    refused("control.a", "open", "RESULT-01", "result", result=f"{BATCH}/R99", hypothesis="x")
    refused("control.a", "open", "INVESTIGATION-02", "result", result=NUMBERS["ASPECT"], hypothesis="x")
    refused("audit.a", "open", "CALL-14", "as", result=NUMBERS["ASPECT"], hypothesis="x")


def test_a_failing_result_is_not_set_aside_before_it_is_explained():
    global FIRST, FIRST_DEVIATION
    FIRST, closed = lab.enter(house, BATCH, "DOSAGE", "91.9 91.8", by="control.a")
    assert closed["verdict"] == "does not comply", closed
    FIRST_DEVIATION = deviation(FIRST)
    assert house.view("control.a", "result show", FIRST)["task"]["door"] == {"act": "investigation open", "inputs": {"result": FIRST}}
    said = house.refused("pharma.b", "result invalidate", "RESULT-42", "result", result=FIRST, deviation=FIRST_DEVIATION, reason="Fiole")
    assert any("investigation open" in one["message"] for one in said), said
    house.guarded((f"UPDATE result SET state = 'invalidated', reason = 'x', invalidated_by = 1, invalidated_at = 'x', deviation = 1 WHERE number = '{FIRST}'", "error of the laboratory is shown"))


def test_a_hypothesis_opens_it_and_an_inconclusive_one_leaves_the_result():
    refused("tech.a", "open", "RESULT-03", "as", result=FIRST, hypothesis="x")
    opened = house.act("control.a", "investigation open", result=FIRST, hypothesis="Solution témoin mal diluée")
    number = opened["investigation"]
    assert number == "I26-0001" and opened["state"] == "open", opened
    assert house.view("control.a", "result show", FIRST)["task"] is None
    said = refused("control.b", "open", "INVESTIGATION-03", "result", result=FIRST, hypothesis="Autre")
    assert number in str(said), said
    assert waiting("pharma.b") == [number] and waiting("control.a") == [] and waiting("tech.a") == []
    assert ("RELEASE-38", number) in lab.blocks(house, BATCH)
    house.refused("pharma.b", "result invalidate", "RESULT-42", "result", result=FIRST, deviation=FIRST_DEVIATION, reason="Fiole")
    refused("control.b", "conclude", "CALL-14", "as", investigation=number, conclusion="confirmed", evidence="x")
    refused("pharma.b", "conclude", "INVESTIGATION-01", "investigation", investigation="I26-0099", conclusion="confirmed", evidence="x")
    refused("pharma.b", "conclude", "CALL-19", "conclusion", investigation=number, conclusion="parce que", evidence="x")
    house.guarded((f"UPDATE investigation SET hypothesis = 'x'", "it stays"), ("DELETE FROM investigation", "it is kept"),
                  (f"UPDATE investigation SET state = 'concluded', conclusion = 'confirmed', evidence = 'x', concluded_at = 'x', meaning = 'x', "
                   "concluded_by = (SELECT id FROM person WHERE identifier = 'control.a')", "than who analysed"),
                  ("INSERT INTO investigation (number, batch, result, hypothesis, opened_by, opened_at, state) SELECT 'I26-0002', batch, id, 'x', 1, 'x', 'open' "
                   "FROM result WHERE verdict = 'complies' LIMIT 1", "does not comply"),
                  (f"INSERT INTO investigation (number, batch, result, hypothesis, opened_by, opened_at, state) SELECT 'I26-0002', batch, id, 'x', 1, 'x', 'open' FROM result WHERE number = '{FIRST}'", "UNIQUE"))
    assert concluded(number, "inconclusive", evidence="Rien trouvé")["concluded"] == "inconclusive"
    house.refused("pharma.b", "result invalidate", "RESULT-42", "result", result=FIRST, deviation=FIRST_DEVIATION, reason="Fiole")
    refused("pharma.b", "conclude", "INVESTIGATION-04", "investigation", investigation=number, conclusion="laboratory-error", evidence="x")
    assert "RELEASE-38" not in [rule for rule, _ in lab.blocks(house, BATCH)]
    house.guarded(("UPDATE investigation SET conclusion = 'laboratory-error'", "it stays"))


def test_who_analysed_does_not_conclude_an_error_lets_it_be_done_again():
    number = house.act("control.b", "investigation open", result=FIRST, hypothesis="Fiole de 50 mL au lieu de 100 mL")["investigation"]
    refused("control.a", "conclude", "CALL-14", "as", investigation=number, conclusion="laboratory-error", evidence="x")
    done = concluded(number, "laboratory-error")
    assert done["concluded"] == "laboratory-error", done
    shown = house.view("audit.a", "investigation show", number)
    assert shown["result"] == FIRST and shown["concluded-by"] == "pharma.b" and shown["evidence"].startswith("Fiole"), shown
    assert [row["concluded"] for row in house.view("audit.a", "result show", FIRST)["investigations"]] == ["inconclusive", "laboratory-error"]
    refused("control.a", "open", "INVESTIGATION-03", "result", result=FIRST, hypothesis="Encore")
    house.refused("pharma.b", "result invalidate", "RESULT-25", "deviation", result=FIRST, deviation=deviation(NUMBERS["ASPECT"]), reason="Fiole")
    house.act("pharma.b", "result invalidate", result=FIRST, deviation=FIRST_DEVIATION, reason="Témoin mal dilué, démontré")
    again, closed = lab.enter(house, BATCH, "DOSAGE", "99.0 99.1")
    assert again != FIRST and closed["verdict"] == "complies"
    assert house.view("audit.a", "result show", FIRST)["state"] == "invalidated", "the first result is kept"


def test_an_analyst_who_is_a_pharmacist_lets_another_conclude():
    number, closed = lab.enter(house, BATCH, "TENEUR", "16.0 16.1 16.2 16.0 16.1 16.2 16.0 16.1 16.2 16.0", by="pharma.a")
    assert closed["verdict"] == "test 20 more", closed
    refused("control.a", "open", "INVESTIGATION-02", "result", result=number, hypothesis="x")
    house.act("control.a", "result continue", result=number)
    lab.append(house, number, " ".join(["16.0"] * 20))
    assert house.act("control.a", "result close", result=number)["verdict"] == "does not comply"
    opened = house.act("control.a", "investigation open", result=number, hypothesis="Extraction incomplète")["investigation"]
    refused("pharma.a", "conclude", "INVESTIGATION-05", "as", investigation=opened, conclusion="laboratory-error", evidence="x")
    assert waiting("pharma.a") == [] and waiting("chief") == [opened]
    house.act("chief", "investigation conclude", investigation=opened, conclusion="confirmed", evidence="Extraction refaite, même teneur")
    lost = deviation(number)
    house.refused("pharma.b", "result invalidate", "RESULT-42", "result", result=number, deviation=lost, reason="x")
    refused("control.a", "open", "INVESTIGATION-03", "result", result=number, hypothesis="Encore")
    assert "RELEASE-22" in [rule for rule, _ in lab.blocks(house, BATCH)]


def test_it_stands_where_the_batch_is_judged():
    rows = house.view("audit.a", "investigation list")["investigations"]
    assert [(row["investigation"], row["state"]) for row in rows] == [("I26-0003", "concluded"), ("I26-0002", "concluded"), ("I26-0001", "concluded")], rows
    assert house.view("audit.a", "investigation list", state="open")["investigations"] == []
    assert len(house.view("audit.a", "investigation list", batch=BATCH)["investigations"]) == 3
    exceptions = [e for e in house.view("pharma.b", "batch exceptions", BATCH)["exceptions"] if e["kind"] == "investigation"]
    assert [e["link"] for e in exceptions] == ["I26-0001", "I26-0002", "I26-0003"] and "erreur du laboratoire" in exceptions[1]["description"], exceptions
    path = f"{house.folder}/record.pdf"
    house.view("pharma.a", "document preview", kind="batch-record", batch=BATCH, save=path)
    text = " ".join(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.replace("\u202f", " ").replace("\u00a0", " ").split())
    assert "Hypothèse : Fiole de 50 mL au lieu de 100 mL" in text and "résultat confirmé" in text, text


main(globals())
