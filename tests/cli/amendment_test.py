"""What was entered wrongly: the first value stays, the one that takes its place stands beside it, and everything computed from it follows."""
import os
import subprocess

import bench
import laboratory
from harness import House, main

house = House()
SEEN = {"aspect_seen": "yes", "label_seen": "yes"}
BATCH = "B26-0001"


def stock(container):
    return house.view("audit.a", "container show", container)["stock"]["value"]


def rows(sql):
    return house.reader.execute(sql).fetchall() if house.state() else None


def record_text(batch=BATCH):
    """The batch record as it would be issued now, as text."""
    path = f"{house.folder}/record.pdf"
    if os.path.exists(path):
        os.remove(path)
    house.view("pharma.a", "document preview", kind="batch-record", batch=batch, save=path)
    return " ".join(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.split())


def test_a_mistyped_mass_is_amended_by_who_typed_it_and_verified_anew():
    laboratory.prepare(house)
    house.at("2026-01-12T07:00:00")
    house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-001")], area="PREP-1")
    bench.check_balances(house)
    bench.start(house, BATCH)
    before = stock("MP26-0003/1")
    number = house.act("tech.a", "weighing open", batch=BATCH, component="BIR", container="MP26-0003/1", balance="BAL-A", **SEEN)["weighing"]
    house.refused("tech.a", "weighing amend", "WEIGHING-33", "weighing", weighing=number, net="1 g", reason="Trop tôt")
    due = house.view("tech.a", "weighing show", number)["target"]["value"]
    wrong = f"{float(due) - 0.1:.4f}"
    house.act("tech.a", "weighing record", weighing=number, tare="12.4310 g", net=f"{wrong} g", ticket="T-1")
    assert round(float(before) - float(stock("MP26-0003/1")), 4) == float(wrong)
    house.refused("tech.a", "weighing amend", "AMENDMENT-01", weighing=number, net=f"{wrong} g", reason="Rien")
    house.refused("tech.a", "weighing amend", "WEIGHING-16", "gross", weighing=number, net=f"{due} g", gross="1 g", reason="Faux")
    # outside to within: not even its author may do that alone
    refused = house.refused("tech.a", "weighing amend", "AMENDMENT-03", "as", weighing=number, net=f"{due} g", reason="Deux chiffres inversés")
    assert "hors limites" in refused[0]["message"], refused
    done = house.act("pharma.a", "weighing amend", weighing=number, net=f"{due} g", ticket="T-2", reason="Deux chiffres inversés")
    assert done["within"] is True and done["state"] == "recorded" and [row["entry"] for row in done["amendments"]] == ["Net", "Brut", "Ticket"], done
    assert round(float(before) - float(stock("MP26-0003/1")), 4) == float(due)
    deviation = house.view("pharma.a", "deviation show", done["deviation"])
    assert deviation["state"] == "open" and "hors limites deviendrait conforme" in deviation["description"] and "Deux chiffres inversés" in deviation["description"], deviation
    shown = house.view("tech.a", "weighing show", number)
    assert [(row["entry"], row["former"], row["entered-by"], row["amended-by"]) for row in shown["amendments"]] == [
        ("Net", {"value": wrong, "unit": "g"}, "tech.a", "pharma.a"), ("Brut", {"value": f"{float(wrong) + 12.431:.4f}", "unit": "g"}, "tech.a", "pharma.a"),
        ("Ticket", "T-1", "tech.a", "pharma.a")], shown["amendments"]
    # who typed the mass in force does not verify it, nor does who recorded it first
    for person in ("pharma.a", "tech.a"):
        house.refused(person, "weighing verify", "BATCH-04", "weighing", weighing=number, container="MP26-0003/1", net=f"{due} g")
    house.act("tech.b", "weighing verify", weighing=number, container="MP26-0003/1", net=f"{due} g")
    house.act("pharma.b", "deviation decide", deviation=done["deviation"], decision="accepted", impact="Le ticket dit la seconde valeur")


def test_within_its_limits_the_author_amends_alone_and_another_verifies_again():
    target = house.act("tech.a", "weighing open", batch=BATCH, component="CEL", container="MP26-0005/1", balance="BAL-B", **SEEN)
    number = target["weighing"]
    due = house.view("tech.a", "weighing show", number)["target"]["value"]
    refused = house.refused("pharma.a", "weighing amend", "AMENDMENT-10", "net", weighing=f"{BATCH}/W1", net="3.9900 g", reason="Sous une cible ouverte")
    assert number in refused[0]["message"] and "weighing discard" in refused[0]["message"], refused
    house.act("tech.a", "weighing record", weighing=number, tare="85.120 g", net=f"{due} g", ticket="T-3")
    house.act("tech.b", "weighing verify", weighing=number, container="MP26-0005/1", net=f"{due} g")
    house.refused("tech.b", "weighing amend", "AMENDMENT-02", "as", weighing=number, tare="85.210 g", reason="Tare mal lue")
    done = house.act("tech.a", "weighing amend", weighing=number, tare="85.210 g", reason="Tare mal lue")
    assert "deviation" not in done and done["state"] == "recorded", done
    shown = house.view("tech.a", "weighing show", number)
    assert shown["verified-by"] is None and shown["gross"]["value"] == f"{float(due) + 85.21:.3f}", shown
    house.refused("tech.a", "step record", "STEP-04", "step", batch=BATCH, step="PESEES")
    house.act("tech.b", "weighing verify", weighing=number, container="MP26-0005/1", net=f"{due} g")
    bench.step(house, BATCH, "PESEES")
    bench.step(house, BATCH, "MELANGE", "durée=10", "tamis intact=yes")


def test_once_the_powder_is_worked_on_only_a_pharmacist_amends_and_a_deviation_opens():
    house.refused("tech.a", "weighing amend", "AMENDMENT-03", "as", weighing=f"{BATCH}/W2", tare="85.120 g", reason="Encore")
    done = house.act("pharma.a", "weighing amend", weighing=f"{BATCH}/W2", tare="85.120 g", reason="La première lecture était la bonne")
    house.refused("tech.a", "weighing amend", "AMENDMENT-03", "as", weighing=f"{BATCH}/W2", tare="85.210 g", reason="Non, la seconde")
    house.refused("tech.a", "weighing discard", "WEIGHING-30", "weighing", weighing=f"{BATCH}/W2", reason="Déjà mélangée")
    opened = house.view("pharma.a", "deviation show", done["deviation"])
    assert opened["class"] == "minor" and opened["subject"] == f"{BATCH}/W2", opened
    net = house.view("tech.a", "weighing show", f"{BATCH}/W2")["net"]["value"]
    house.act("tech.b", "weighing verify", weighing=f"{BATCH}/W2", container="MP26-0005/1", net=f"{net} g")
    house.act("pharma.b", "deviation decide", deviation=done["deviation"], decision="accepted", impact="Sans effet sur la masse nette")
    shown = house.view("tech.a", "weighing show", f"{BATCH}/W2")
    assert [(row["former"]["value"], row["value"]["value"], row["entered-by"]) for row in shown["amendments"] if row["entry"] == "Tare"] == [
        ("85.120", "85.210", "tech.a"), ("85.210", "85.120", "tech.a")], shown["amendments"]


def test_a_value_of_a_step():
    house.refused("tech.a", "step amend", "AMENDMENT-05", "step", batch=BATCH, step="REMPLIR", entry="durée", value="9", reason="x")
    refused = house.refused("tech.a", "step amend", "AMENDMENT-06", "entry", batch=BATCH, step="MELANGE", entry="temps", value="9", reason="x")
    assert "durée, tamis intact" in refused[0]["message"], refused
    house.refused("tech.a", "step amend", "STEP-07", "value", batch=BATCH, step="MELANGE", entry="durée", value="long", reason="x")
    house.refused("tech.a", "step amend", "AMENDMENT-01", batch=BATCH, step="MELANGE", entry="durée", value="10", reason="x")
    assert "deviation" not in house.act("tech.a", "step amend", batch=BATCH, step="MELANGE", entry="durée", value="11", reason="Minuteur mal lu")
    done = house.act("tech.a", "step amend", batch=BATCH, step="MELANGE", entry="durée", value="14", reason="Minuteur relu")
    assert done["within"] is False and house.view("pharma.a", "deviation show", done["deviation"])["class"] == "major", done
    house.refused("tech.a", "step amend", "AMENDMENT-03", "as", batch=BATCH, step="MELANGE", entry="durée", value="12", reason="Non, 12")
    again = house.act("pharma.a", "step amend", batch=BATCH, step="MELANGE", entry="durée", value="12", reason="Vu sur l'enregistreur")
    for deviation in (done["deviation"], again["deviation"]):
        house.act("pharma.b", "deviation decide", deviation=deviation, decision="accepted", impact="12 min, dans les limites")
    bench.issue(house, BATCH, "GEL1", "MP26-0006/1", 200)
    house.act("tech.a", "batch fill", batch=BATCH, units=184)
    bench.step(house, BATCH, "REMPLIR")
    house.refused("tech.a", "step amend", "AMENDMENT-03", "as", batch=BATCH, step="MELANGE", entry="durée", value="11", reason="Encore")


def test_a_value_of_a_result_follows_its_raw_document():
    bench.sample(house, BATCH)
    bench.receive(house, BATCH)
    house.at("2026-01-15T08:00:00")
    number = house.act("control.a", "result open", batch=BATCH, control="DOSAGE", analysed_on="2026-01-14")["result"]
    house.act("control.a", "result append", result=number, values=["91.9", "99.3"])
    house.refused("control.a", "result amend", "AMENDMENT-07", "result", result=number, position=1, value="99.1", reason="Chiffres inversés")
    house.act("control.a", "result attach", result=number, document=laboratory.paper(house, number))
    house.refused("control.a", "result amend", "AMENDMENT-08", "position", result=number, position=3, value="99.1", reason="Chiffres inversés")
    house.act("control.a", "result amend", result=number, position=1, value="91.8", reason="Encore mal lu")
    assert house.act("control.a", "result close", result=number)["verdict"] == "complies"  # the mean does
    done = house.act("control.a", "result amend", result=number, position=1, value="99.1", reason="Le rapport dit 99,1")
    assert done["verdict"] == "complies" and "99,2" in done["stated"] and "deviation" not in done, done
    house.refused("control.a", "result verify", "RESULT-20", "as", result=number, document=laboratory.paper(house, number))
    house.act("control.b", "result verify", result=number, document=laboratory.paper(house, number))
    house.refused("control.a", "result amend", "AMENDMENT-03", "as", result=number, position=2, value="89.0", reason="Trop tard")
    fails = house.act("pharma.b", "result amend", result=number, position=2, value="80.0", reason="Le rapport dit 80,0")
    assert fails["verdict"] == "does not comply" and house.view("pharma.a", "deviation show", fails["deviation"])["class"] == "major", fails
    assert house.view("audit.a", "result show", number)["state"] == "closed"
    house.refused("pharma.b", "result verify", "RESULT-20", "as", result=number, document=laboratory.paper(house, number))
    turned = house.act("pharma.b", "result amend", result=number, position=2, value="99.3", reason="Le rapport dit bien 99,3")
    house.act("control.b", "result verify", result=number, document=laboratory.paper(house, number))
    for deviation in (fails["deviation"], turned["deviation"]):
        house.act("chief", "deviation decide", deviation=deviation, decision="accepted", impact="Le document brut dit 99,3")
    values = house.view("audit.a", "result show", number)["values"]
    assert [row["value"]["value"] for row in values] == ["99.1", "99.3"], values


def test_who_amended_an_entry_decides_nothing_that_rests_on_it():
    opened = house.act("tech.a", "deviation open", batch=BATCH, **{"class": "minor"}, description="Pour l'essai")["deviation"]
    house.refused("pharma.a", "deviation decide", "DEVIATION-05", "as", deviation=opened, decision="accepted", impact="Aucun")
    house.act("chief", "deviation decide", deviation=opened, decision="accepted", impact="Aucun")


def test_a_failing_test_goes_on_by_no_amendment_of_its_author():
    number = house.act("control.a", "result open", batch=BATCH, control="DESAG", analysed_on="2026-01-14")["result"]
    house.act("control.a", "result append", result=number, values=["31", "32", "33", "7", "7", "8"])
    house.act("control.a", "result attach", result=number, document=laboratory.paper(house, number))
    assert house.act("control.a", "result close", result=number)["verdict"] == "does not comply"
    house.refused("control.a", "result amend", "AMENDMENT-03", "as", result=number, position=1, value="9", reason="Mal lu")
    done = house.act("chief", "result amend", result=number, position=1, value="9", reason="La feuille dit 9")
    assert done["verdict"] == "test 12 more" and done["deviation"], done


def test_the_record_answers_what_was_changed_at_once():
    exceptions = [(row["kind"], row["description"]) for row in house.view("pharma.a", "batch exceptions", BATCH)["exceptions"]]
    amended = [text for kind, text in exceptions if kind == "amended"]
    assert len(amended) == 15 and all("puis" in text for text in amended), amended
    shown = house.view("pharma.a", "batch show", BATCH)["amendments"]
    assert len(shown) == 15 and shown[0]["subject"] == f"{BATCH}/W1" and shown[7]["subject"] == "Mélange", shown
    text = record_text()
    for words in ("Rectifications", "Deux chiffres inversés", "Vu sur l’enregistreur", "Le rapport dit 80,0", "Saisie d’abord par"):
        assert words in text or words.replace("’", "'") in text, (words, text)
    listed = house.view("audit.a", "audit list", act="weighing amend")["entries"]
    assert len(listed) == 3, listed


def test_cost_and_stock_follow_and_a_container_may_have_given_more_than_it_held():
    def used(material):
        section = next(section for section in house.view("chief", "cost show", BATCH)["sections"] if section["title"] == "materials")
        return [line["quantity"] for line in section["lines"] if material in line["name"]]

    net = house.view("tech.a", "weighing show", f"{BATCH}/W2")["net"]["value"]
    before, held = used("Cellulose"), stock("MP26-0005/1")
    done = house.act("pharma.b", "weighing amend", weighing=f"{BATCH}/W2", net="1500.000 g", reason="Mauvais ticket")
    assert done["within"] is False and float(stock("MP26-0005/1")) < 0, done
    # what was accepted before was another value
    house.refused("tech.b", "weighing verify", "WEIGHING-25", "weighing", weighing=f"{BATCH}/W2", container="MP26-0005/1", net="1500.000 g")
    opened = [row for row in house.view("chief", "deviation list", batch=BATCH, state="open")["batch-deviations"] if row["subject"] == "MP26-0005/1"]
    assert len(opened) == 1 and used("Cellulose") != before, (opened, before)
    back = house.act("pharma.b", "weighing amend", weighing=f"{BATCH}/W2", net=f"{net} g", reason="Le bon ticket")
    assert stock("MP26-0005/1") == held and used("Cellulose") == before, back
    for person in ("pharma.a", "pharma.b"):  # whoever amended it once
        house.refused(person, "weighing verify", "BATCH-04", "weighing", weighing=f"{BATCH}/W2", container="MP26-0005/1", net=f"{net} g")
    house.act("tech.b", "weighing verify", weighing=f"{BATCH}/W2", container="MP26-0005/1", net=f"{net} g")


def test_the_database_takes_a_changed_value_only_with_its_amendment():
    weighing, value = f"number = '{BATCH}/W1'", "name = 'durée'"
    house.guarded((f"UPDATE weighing SET net = net + 1, gross = gross + 1 WHERE {weighing}", "what was recorded stays"),
                  (f"UPDATE weighing SET ticket = 'T-9' WHERE {weighing}", "what was recorded stays"),
                  (f"UPDATE weighing SET state = 'recorded', verified_by = NULL, verified_at = NULL, recorded_by = opened_by + 1 WHERE {weighing}", "what was recorded stays"),
                  (f"UPDATE step_value SET value = '9' WHERE {value}", "a record stays"),
                  ("UPDATE result_value SET value = '1' WHERE rank = 1", "a value stays"),
                  ("UPDATE result SET verdict = 'does not comply' WHERE verdict = 'complies'", "what was entered stays"),
                  ("UPDATE amendment SET reason = 'autre'", "it stays"), ("DELETE FROM amendment", "it is kept"),
                  ("INSERT INTO movement (container, kind, quantity, batch, person, at) SELECT container, 'amendment', 5, batch, person, at FROM movement WHERE kind = 'weighing'",
                   "follows an amendment"))


def test_after_the_decision_only_dated_notes_are_added():
    house.refused("pharma.a", "batch annotate", "BATCH-02", "batch", batch=BATCH, text="Trop tôt")
    house.act("pharma.a", "batch refuse", batch=BATCH, reason="Pour l'essai")
    for act, given in (("weighing amend", {"weighing": f"{BATCH}/W1", "tare": "1 g"}), ("step amend", {"batch": BATCH, "step": "MELANGE", "entry": "durée", "value": "9"})):
        refused = house.refused("pharma.a", act, "AMENDMENT-04", None, reason="Après coup", **given)
        assert "batch annotate" in refused[0]["message"], refused
    house.act("pharma.a", "batch annotate", batch=BATCH, text="Le fournisseur a rectifié son certificat")
    assert house.view("audit.a", "batch show", BATCH)["addenda"][0]["text"] == "Le fournisseur a rectifié son certificat"
    assert "Le fournisseur a rectifié son certificat" in record_text()
    house.refused("tech.a", "batch annotate", "CALL-14", None, batch=BATCH, text="Sans droit")


if __name__ == "__main__":
    main(globals())
