"""What people read when they were mistaken: what is wrong, and the way out."""
import re
import subprocess

import bench
from harness import PROGRAM, House, main

house = House()


def said(*words, language="fr"):
    done = subprocess.run([PROGRAM, "--database", house.database, "--language", language, *words], capture_output=True, text=True)
    assert done.returncode == 64, done
    return (done.stdout + done.stderr).replace("\u00a0", " ").replace("\u202f", " ").strip()


def test_a_noun_alone_lists_its_verbs():
    stock = said("stock")
    assert "attend un verbe" in stock and all(f"stock {verb}" in stock for verb in ("count", "return", "list")), stock
    calc = said("calc", language="en")
    assert all(f"calc {name}" in calc for name in ("weigh", "compare", "disintegration", "check-digit")), calc
    assert "stock count" in said("stock", "zzzzzzzzzz") and "vouliez" not in said("stock", "zzzzzzzzzz").lower()


def test_a_word_that_is_no_noun_lists_the_nouns():
    for words in (["help", "nope-nope-nope"], ["nope-nope-nope"], ["help", "nope-nope-nope", "show"]):
        text = said(*words)
        assert "batch" in text and "weighing" in text and "« help »" not in text, text
    assert "lot show" in said("lott", "show")


def test_a_day_says_what_is_wrong_with_it():
    def why(day):
        (found,) = house.refused("admin", "person grant", "CALL-04", "ends", person="nobody.a", role="auditor", starts="2026-01-01", ends=day)
        return found["message"]
    assert "1900 à 2999" in why("9999-12-31") and "1900 à 2999" in why("12/01/0026")
    assert "tant de jours" in why("30/02/2026") and "tant de jours" in why("2026-02-30")
    assert "douze mois" in why("2026-13-01") and "douze mois" in why("13/2026")
    assert "s’écrit" in why("demain")


def test_an_unknown_input_never_suggests_a_dash():
    (found,) = house.refused("admin", "area add", "CALL-14", "as", code="X", name="X")
    found = house.refused("pharma.a", "area add", "CALL-31", "quantity-of-nothing", code="X", name="X", quantity_of_nothing="1")
    assert "magistral help area add" in found[0]["message"] and "—" not in found[0]["message"], found


def test_a_container_that_is_not_to_be_taken_is_refused_for_that_alone():
    bench.supply(house)
    bench.formula(house)
    house.at("2026-01-12T07:00:00")
    batch = house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-001")], area="PREP-1")["batch"]
    bench.check_balances(house)
    bench.start(house, batch)
    seen = {"component": "BIR", "balance": "BAL-A", "aspect_seen": "yes", "label_seen": "yes"}
    found = house.refused("tech.a", "weighing open", "WEIGHING-05", "container", changes=True, batch=batch, container="MP26-0005/1", **seen)
    assert [r["rule"] for r in found] == ["WEIGHING-05"], found


def test_every_way_out_that_a_rule_names_is_there():
    """"(weighing discard)", "(deviation open --subject bottles)", "See lot show", "(reason)": acts, their options, fields."""
    nouns = {name.split()[0] for name in house.table} - {"scan"}
    fields = {given["name"] for act in house.table.values() for given in act["inputs"]}
    wrong, named = [], 0
    for language in ("fr", "en"):
        for row in house.run("--language", language, "rule", "list")["done"]["rules"]:
            said = re.findall(r"\(([a-z][a-z -]*(?: --[a-z-]+[^()]*)?)[,)]", row["text"])
            said += re.findall(r"(?:Voyez|voyez|See|see|puis|then|par|by) ([a-z-]+ [a-z-]+)", row["text"])
            for words in map(str.split, said):
                if words[0] in nouns and len(words) > 1:
                    named += 1
                    act = house.table.get(" ".join(words[:2]), {"inputs": []})
                    options = {word[2:] for word in words if re.match("--[a-z]", word)}
                    if not act.get("name") or options - {given["name"] for given in act["inputs"]}:
                        wrong.append((row["rule"], words))
                elif len(words) == 1 and "-" in words[0] and words[0] not in fields:
                    wrong.append((row["rule"], words))
    assert not wrong and named > 300, (wrong, named)


def test_limits_and_entries_are_written_as_their_reader_does():
    shown = house.text("pharma.a", "formula", "show", "BIR20/1").replace("\u00a0", " ")
    assert "8 à 12 min" in shown and "oui ou non" in shown and "8..12" not in shown and "decimal" not in shown and " to " not in shown, shown
    done = house.view("pharma.a", "formula show", "BIR20/1")
    assert {"step": "MELANGE", "entry": "durée", "kind": "decimal", "limit": "8 to 12 min", "unit": "min"} in done["to-record"], done["to-record"]


def test_a_decision_on_a_deviation_is_signed_in_french():
    deviation = house.act("tech.a", "deviation open", batch="B26-0001", description="Coupure", **{"class": "minor"})["deviation"]
    line = house.line("pharma.a", "deviation decide", signature=None, deviation=deviation, decision="accepted", impact="Aucun")
    message = house.send(line)["refused"][0]["message"]
    assert ": acceptée" in message.replace("\u00a0", " ") and "accepted" not in message, message
    house.close()


main(globals())
