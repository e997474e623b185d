"""Layouts of the site's own: what would stop the bench is refused when it is imported, and there is a way back."""
import glob
import os
import re
import subprocess

from dossier import Dossier
from harness import main

TEMPLATES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "templates")
BOTTLE, DISPENSING = "bottle_label.fr.layout", "dispensing_label.fr.layout"
house = Dossier()
house.play(until="dispensing hand-over")


def text_of(name):
    with open(os.path.join(TEMPLATES, name), encoding="utf-8") as file:
        return file.read()


def written(name, text):
    path = os.path.join(house.folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def refused(name, text):
    """The rules and sentences with which an import is refused."""
    before = house.state()
    answer = house.send(house.line("pharm.a", "template import", name=name, file=written(name, text)))
    assert house.state() == before
    return [(r["rule"], r["message"].replace("\u00a0", " ")) for r in answer["refused"]]


def line_of(text, word):
    return next(number for number, line in enumerate(text.splitlines(), 1) if word in line)


def test_a_field_that_no_record_has_is_named_with_its_line():
    own = text_of(BOTTLE)
    for wrong in (own.replace("À utiliser jusqu'au {{batch.expiry}}", "À utiliser\n    | jusqu'au\n    | {{batch.expiri}}"),
                  own.replace("title : Flacon {{bottle.number}}", "title : Flacon {{batch.expiri}}"),
                  own.replace("text x 2.5 y 13.4 width 48 size 7 minimum 5 : {{product.form}}",
                              "when batch.state is destroyed\n    text x 2.5 y 13.4 width 48 size 7 : {{#batch.expiri}}x{{/batch.expiri}}\nend"),
                  own.replace("when batch.state is quarantine", "when batch.expiri is quarantine")):
        assert wrong != own
        found = refused(BOTTLE, wrong)
        assert found and all(rule == "DOC-17" and f"ligne {line_of(wrong, 'batch.expiri')} " in message and "« batch.expiri »" in message
                             and "« batch.expiry »" in message for rule, message in found), found
    found = refused(BOTTLE, own.replace("{{site.name}}", "{{site.nom}} {{patient.name}}"))
    assert {rule for rule, _ in found} <= {"DOC-06", "DOC-17"} and len(found) == 4, found  # each place, all at once
    record = text_of("batch_record.fr.layout")
    found = refused("batch_record.fr.layout", record.replace("column width 26 title \"Récipient\" : {{container}}", "").replace("{{supplier_lot}}", "{{supplier_lott}}"))
    assert ("DOC-17", line_of(record, "{{supplier_lot}}")) in [(rule, int(re.search(r"ligne (\d+)", message).group(1))) for rule, message in found], found


def test_what_does_not_fit_the_last_real_label_is_found_at_the_import():
    own = text_of(BOTTLE)
    found = refused(BOTTLE, own.replace("text x 2.5 y 13.4 width 48 size 7 minimum 5 : {{product.form}}",
                                        "text x 2.5 y 13.4 width 3 size 7 minimum 7 : {{product.form}}"))
    assert [rule for rule, _ in found] == ["DOC-09"], found
    found = refused(BOTTLE, own.replace("qr x 52 y 13.6 size 15.6", "qr x 52 y 13.6 size 6"))
    assert [rule for rule, _ in found] == ["DOC-12"], found


def test_a_dispensing_label_keeps_what_the_law_asks_for():
    own = text_of(DISPENSING)
    for kept, without in (("« Respecter les doses prescrites »", own.replace("Respecter les doses prescrites", "Respecter les doses")),
                          ("« Respecter les doses prescrites »", own.replace("poison_list is list-1", "poison_list is list-9", 1).replace(
                              "when not preprinted_red", "when dispensing.patient")),
                          ("« Uniquement sur ordonnance »", own.replace("Uniquement sur ordonnance", "Sur ordonnance")),
                          ("« {{product.route}} »", own.replace("{{product.route}}", "voie orale")),
                          ("« Uniquement sur ordonnance »", own.replace("leading 1.15 bold : Uniquement", "leading 1.15 bold colour white : Uniquement")),
                          ("« Respecter les doses prescrites »", own.replace("fill red size 9 minimum 6", "fill red colour red size 9 minimum 6")),
                          ("« {{dispensing.posology}} »", own.replace("when dispensing.posology", "when dispensing.patient")),
                          ("« {{dispensing.posology}} »", own.replace("bold : {{dispensing.posology}}", "bold : {{#dispensing.patient}}{{dispensing.posology}}{{/dispensing.patient}}")),
                          ("« {{batch.registration}} »", own.replace("{{batch.registration}}", "2026/0001"))):
        assert own != without
        found = refused(DISPENSING, without)
        assert [rule for rule, _ in found] == ["TEMPLATE-05"] and kept in found[0][1], found


def test_every_paper_keeps_its_code_and_a_bottle_what_it_is():
    bottle = text_of("bottle_label.fr.layout")
    for kept, without in (("« {{code}} »", "".join(line for line in bottle.splitlines(True) if not line.startswith("qr "))),
                          ("« {{batch.number}} »", "".join(line for line in bottle.splitlines(True) if not (line.startswith("text ") and "{{batch.number}}" in line))), ("« {{batch.expiry}} »", bottle.replace("{{batch.expiry}}", "demain"))):
        assert without != bottle, kept
        found = refused("bottle_label.fr.layout", without)
        assert ("TEMPLATE-10", True) in [(rule, kept in said.replace("\u00a0", " ")) for rule, said in found], (kept, found)


def test_a_layout_is_tried_on_what_is_named():
    path = os.path.join(house.folder, "tried.layout")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text_of("bottle_label.fr.layout"))
    house.refused("pharm.a", "template import", "LABEL-01", "subject", name="bottle_label.fr.layout", file=path, subject="B26-9999/1")


def test_the_last_date_keeps_its_words():
    own = text_of(DISPENSING)
    for without in (own.replace("À utiliser jusqu'au {{batch.expiry}}", "Fabriqué le {{batch.expiry}}"),
                    own.replace("À utiliser jusqu'au {{batch.expiry}}", "{{#dispensing.patient}}À utiliser jusqu'au {{/dispensing.patient}}{{batch.expiry}}")):
        assert own != without
        assert [rule for rule, _ in refused(DISPENSING, without)] == ["TEMPLATE-09"], refused(DISPENSING, without)


def test_the_mentions_of_a_list_hold_for_both_lists():
    own = text_of(DISPENSING)
    found = refused(DISPENSING, own.replace("when product.poison_list is not none", "when product.poison_list is list-9"))
    assert [rule for rule, _ in found] == ["TEMPLATE-05", "TEMPLATE-05"], found
    found = refused(DISPENSING, own.replace("when product.poison_list is not none", "when product.poison_list is list-1"))
    assert [rule for rule, _ in found] == ["TEMPLATE-05", "TEMPLATE-05"], found


def test_a_bottle_says_the_state_of_its_batch():
    own = text_of(BOTTLE)
    for wrong, rules in ((own.replace("EN QUARANTAINE – NE PAS UTILISER", "LIBÉRÉ"), ["TEMPLATE-07", "TEMPLATE-08"]),
                         (own.replace("EN QUARANTAINE – NE PAS UTILISER", "Vrac"), ["TEMPLATE-08"]),
                         (own.replace("when batch.state is released", "when batch.made"), ["TEMPLATE-07", "TEMPLATE-08"]),
                         (own.replace("REFUSÉ – À DÉTRUIRE", "À DÉTRUIRE"), ["TEMPLATE-08"])):
        assert wrong != own
        assert sorted({rule for rule, _ in refused(BOTTLE, wrong)}) == rules, (rules, refused(BOTTLE, wrong))


def test_every_layout_of_the_program_passes():
    for path in sorted(glob.glob(os.path.join(TEMPLATES, "*.layout"))):
        name = os.path.basename(path)
        assert house.act("pharm.a", "template import", name=name, file=path)["version"] == 1, name


def bottle(number, reason):
    printed = house.act("tech.a", "label print", kind="bottle", number=[number], reason=reason)
    path = os.path.join(house.folder, printed["document"] + ".pdf")
    house.view("tech.a", "document show", printed["document"], save=path)
    return subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout


def test_there_is_a_way_back_to_the_programs_own():
    name = {"name": BOTTLE}
    changed = written(BOTTLE, text_of(BOTTLE).replace("À utiliser jusqu'au", "Utiliser avant le"))
    assert house.act("pharm.a", "template import", **name, file=changed)["version"] == 2
    house.refused("pharm.b", "template import", "TEMPLATE-01", "name", name="label.fr.layout", file=changed)
    house.refused("pharm.a", "template approve", "TEMPLATE-04", "version", **name, version=1)
    house.refused("pharm.b", "template withdraw", "TEMPLATE-02", "version", **name, version=9, reason="Essai")
    house.refused("tech.a", "template withdraw", "CALL-14", "as", **name, version=2, reason="Essai")
    house.act("pharm.b", "template approve", **name, version=1)
    house.act("pharm.b", "template approve", **name, version=2)
    house.refused("pharm.b", "template approve", "TEMPLATE-03", "version", **name, version=2)
    number = house.view("tech.a", "batch show", "B26-0001")["bottles"][0]["bottle"]
    assert "Utiliser avant le" in bottle(number, "Essai du modèle")
    assert house.act("pharm.a", "template withdraw", **name, version=2, reason="Trop petit")["in-force"] == 1
    house.refused("pharm.a", "template withdraw", "TEMPLATE-06", "version", **name, version=2, reason="Encore")
    house.refused("pharm.b", "template approve", "TEMPLATE-06", "version", **name, version=2)
    assert house.act("pharm.a", "template withdraw", **name, version=1, reason="Retour au programme")["in-force"] == 0
    text = bottle(number, "Retour")
    assert "Utiliser avant le" not in text and "À utiliser jusqu" in text, text
    rows = [(row["version"], row["withdrawn"] is not None) for row in house.view("tech.a", "template list")["templates"] if row["name"] == BOTTLE]
    assert rows == [(0, False), (1, True), (2, True)], rows


main(globals())
