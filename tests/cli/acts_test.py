"""Every act of the table: its words in both languages, and what it says to missing, malformed and forbidden input.
The acts are read from the table itself, so that a new one is tested without a line here."""
import functools
import json
import re
import subprocess

from harness import PROGRAM, SANITIZED, House, main

house = House()
ACTS = {name: act for name, act in house.table.items() if not act["view"] and name != "database create"}
MALFORMED = {
    "count": ["-1", "1,5", "deux"], "decimal": ["1,2,3", "1.000,5", "abc", "1e3", ""], "stated": ["< ", "env. 3"],
    "mass": ["20", "20 km", "0,0000000001 g", "mg"], "volume": ["0.5", "0.5 g"], "money": ["58", "58 $"],
    "quantity": ["-3", "1,5", "12 km"], "day": ["2026-02-30", "30/02/2026", "demain"], "instant": ["2026-01-01", "hier"],
    "choice": ["peut-être"], "truth": ["peut-être"], "number": ["a b", "é", "x" * 41], "text": ["", "a\u202eb", "x" * 201, "a\nb"],
    "long": ["", "a\u200bb", "x" * 4001],
}


def examples(act, without=None):
    """The act's own examples, as they stand in the help."""
    inputs = {}
    for given in act["inputs"]:
        if given["type"] in ("secret", "file") or given["name"] == without or not given["example"]:
            continue
        if given["optional"]:
            continue
        inputs[given["name"].replace("-", "_")] = given["example"].split() if given["list"] else given["example"]
    return inputs


@functools.lru_cache(maxsize=None)
def people():
    return house.view("audit.a", "person list", at="2026-02-01")["people"]


def holder(act):
    """A person who holds the right that the act needs."""
    right = act["right"]
    for person in people():
        if right in person["rights"] or right in ("open", "signed-in"):
            return person["person"]
    raise AssertionError(f"nobody in the house holds {right}")


def line(person, name, inputs):
    return {"as": person, "act": name, "at": house.instant(), "inputs": {k.replace("_", "-"): v for k, v in inputs.items()}}


def refusals(person, name, inputs, near_miss=False):
    before = house.state()
    answer = house.send(line(person, name, inputs))
    assert "refused" in answer, f"{name} {inputs}: {answer}"
    after = house.state()
    differing = {table for table in after if after[table] != before.get(table)}
    expected = {"event", "journal"} if near_miss else set()
    assert differing - {"journal_node"} == expected, f"{name} was refused but changed {differing}"
    return [(r["rule"], r["field"], r["message"]) for r in answer["refused"]]


def test_every_missing_input_is_named():
    for name, act in ACTS.items():
        person = holder(act)
        for given in act["inputs"]:
            if given["optional"] or given["type"] == "secret":
                continue
            found = refusals(person, name, examples(act, given["name"]))
            assert ("CALL-03", given["name"]) in [f[:2] for f in found], f"{name} without {given['name']}: {found}"


def test_every_malformed_input_is_named():
    for name, act in ACTS.items():
        person = holder(act)
        for given in act["inputs"]:
            for wrong in MALFORMED.get(given["type"], []):
                inputs = examples(act)
                inputs[given["name"].replace("-", "_")] = [wrong] if given["list"] else wrong
                found = refusals(person, name, inputs, given["scanned"] and wrong != "")
                rules = [f[0] for f in found if f[1] == given["name"]]
                if found[0][0] == "CALL-18":
                    continue  # no password stands in the file for such an identifier
                assert rules and set(rules) <= {"CALL-04", "CALL-19", "CALL-03"}, f"{name} {given['name']}={wrong!r}: {found}"


def test_every_letter_that_documents_lack_is_refused_by_name():
    """What is written is printed later: a letter that no document can show would make a record impossible to issue."""
    for name, act in ACTS.items():
        person = holder(act)
        for given in act["inputs"]:
            if given["type"] not in ("text", "long"):
                continue
            inputs = examples(act)
            inputs[given["name"].replace("-", "_")] = ["Иван"] if given["list"] else "Иван"
            found = refusals(person, name, inputs)
            if found[0][0] == "CALL-18":
                continue  # no password stands in the file for such an identifier
            rules = [message for rule, field, message in found if rule == "CALL-30" and field == given["name"]]
            assert rules and "U+0418" in rules[0] and "Иван" in rules[0], f"{name} {given['name']}: {found}"
    setting = {"name": "controller-may-release", "value": "no"}
    for text, code in (("fait \u2713", "U+2713"), ("e\u0301t\u00e9", "U+0301"), ("10 \U0001F48A", "U+1F48A")):
        found = refusals("chief", "setting set", {**setting, "reason": text})
        assert [f[:2] for f in found] == [("CALL-30", "reason")] and code in found[0][2], found
    reason = "Reçu de Łukasz Nguyễn, İzmir : ≤ 5 µg, œuf, ¼, «\u00a0α\u202f»\u202f; — ½ × 2 ≥ 1 °C"
    assert house.act("chief", "setting set", **setting, reason=reason)


def test_missing_and_malformed_are_told_together():
    act = ACTS["person grant"]
    found = refusals(holder(act), "person grant", {"person": "tech.a", "role": "roi", "starts": "31/02/2026"})
    assert {f[1] for f in found} == {"role", "starts", "ends"}, found


def test_nobody_acts_without_the_right():
    for name, act in ACTS.items():
        if act["right"] in ("open", "signed-in"):
            continue
        found = refusals("nobody.a", name, examples(act))
        assert found[0][:2] == ("CALL-14", "as"), f"{name}: {found}"


def test_nobody_acts_unknown_or_unnamed():
    for name, act in ACTS.items():
        if act["right"] == "open" or any(given["type"] == "secret" for given in act["inputs"]):
            continue
        before = house.state()
        answer = house.send({"act": name, "at": house.instant(), "inputs": {}})
        assert answer["refused"][0]["rule"] == "CALL-06", f"{name}: {answer}"
        assert before == house.state()


def test_unknown_inputs_suggest_the_nearest():
    found = refusals("admin", "person grant", {"persn": "tech.a"})
    assert any(rule == "CALL-02" and "person" in message for rule, _, message in found), found


def test_every_sentence_is_filled_and_in_both_languages():
    for index, language in enumerate(("fr", "en")):
        for name in list(house.table)[index::2] if SANITIZED else house.table:
            words = name.split()
            shown = subprocess.run([PROGRAM, "--language", language, "help", *words], capture_output=True, text=True)
            assert shown.returncode == 0, shown.stderr
            for text in shown.stdout.splitlines():
                assert not re.search(r"\b(act|input|field|state|type|right|meaning)\.[a-z]", text), f"{language} {name}: {text}"
                assert "{{" not in text, f"{language} {name}: {text}"
            lines = shown.stdout.splitlines()
            assert lines[1].strip(), f"{language}: {name} has no sentence"
            for given in house.table[name]["inputs"]:
                described = [text for text in lines if text.startswith(f"  --{given['name']} ")]
                assert described and described[0].split(". ", 1)[-1].strip(), f"{language}: {name} --{given['name']} has no sentence"


def test_the_example_is_of_someone_who_may():
    for act, person in (("batch release", "pharm.a"), ("weighing open", "tech.a"), ("person grant", "admin"), ("certificate sign", "qc.pharm"),
                        ("setting set", "chief")):
        shown = subprocess.run([PROGRAM, "help", *act.split()], capture_output=True, text=True).stdout
        assert f"magistral --as {person} --password-file passwords {act} " in shown, shown
    shown = subprocess.run([PROGRAM, "help", "verify"], capture_output=True, text=True).stdout
    assert "--as" not in shown, shown


def test_the_example_of_a_signed_act_signs():
    for language, words in (("fr", "--signature \"J’accepte le lot"), ("en", "--signature \"I accept raw-material lot")):
        shown = subprocess.run([PROGRAM, "--language", language, "help", "lot", "accept"], capture_output=True, text=True).stdout
        assert words in shown, shown
    told = json.loads(subprocess.run([PROGRAM, "--json", "help", "lot"], capture_output=True, text=True).stdout)["done"]["acts"]
    assert {act["name"].split()[0] for act in told} == {"lot"} and len(told) > 5, told
    assert [act["name"] for act in json.loads(subprocess.run([PROGRAM, "--json", "help", "lot", "accept"], capture_output=True, text=True).stdout)["done"]["acts"]] == ["lot accept"]


def test_the_help_of_every_example_is_read():
    for name, act in ACTS.items():
        person = holder(act)
        inputs = {}
        for given in act["inputs"]:
            if given["type"] in ("secret", "file") or not given["example"]:
                continue
            inputs[given["name"].replace("-", "_")] = given["example"].split() if given["list"] else given["example"]
        if name == "database backup":
            inputs["file"] = house.folder + "/copy.db"
        answer = house.send(line(person, name, inputs))
        rules = [r["rule"] for r in answer.get("refused", [])]
        assert not {"CALL-02", "CALL-04", "CALL-19", "CALL-20"} & set(rules), f"{name}: {answer}"


main(globals())
