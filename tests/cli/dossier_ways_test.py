"""The other ways through the dossier: refusal at the first stage, what is unlawful, and what apply does with what it is given."""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from harness import PROGRAM, main, refusals

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data"))
import dossier  # noqa: E402

LINES = dossier.lines()
STAGE_2 = next(i for i, line in enumerate(LINES) if '"result continue"' in line)
REST = [line for line in LINES[STAGE_2 + 3:] if json.loads(line)["at"] < "2026-02-04"]  # without the twenty more
REFUSED, CONTENT = "B26-0002", "B26-0002/R6"
PROPOSAL = "AV 18,4 sur 10 unités, au-dessus de 15,0\u202f; essai non conclu, étape 2 non faite\u202f; lot refusé"
folders = []


def fresh(wanted=()):
    folders.append(tempfile.mkdtemp(prefix="magistral-"))
    made = dossier.Dossier(PROGRAM, folders[-1])
    made.apply(wanted)
    return made


def line(person, act, /, at="2026-02-04T08:00:00Z", signature=None, key=None, **inputs):
    written = {"at": at, "as": person, "act": act, "inputs": {name.replace("_", "-"): value for name, value in inputs.items()}}
    if key:
        written["key"] = key
    if signature:
        written["signature"] = signature
    return json.dumps(written, ensure_ascii=False)


def contents(database):
    """Every row of every table but the counters of sign-ins and the clock's mark."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        rows = {name: file.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables if name not in ("sign_in_counter", "clock_mark")}
    file.close()
    return rows


def refused(played, wanted, *rules):
    """The rules of a refused line, with their fields; nothing changed."""
    before = contents(played.database)
    answer = played.apply([wanted], "--keep-going", status=1)[0]["answer"]
    found = [(refusal["rule"], refusal["field"]) for refusal in answer["refused"]]
    assert found == list(rules), f"expected {rules}, got {answer}"
    assert contents(played.database) == before, "a refused act changed something"
    return answer["refused"][0]["message"]


stopped = fresh(LINES[:STAGE_2])  # ten units measured, 18.4
lab_done = fresh(LINES[:STAGE_2] + REST)  # everything else controlled, verified and certified


def test_a_batch_at_18_4_is_not_released():
    message = refused(lab_done, line("pharm.a", "batch release", signature=f"Je libère le lot {REFUSED}.", batch=REFUSED), ("RELEASE-23", "batch"))
    assert CONTENT in message and "pas conclu" in message, message


def test_ten_other_units_do_not_replace_the_first_ten():
    refused(stopped, line("qc.a", "result open", batch=REFUSED, control="CONTENT", analysed_on="2026-02-04", equipment="CLHP-1",
                          reference_standard="SCR-BIR-2025-11", standard_expiry="2026-11-30", suitability="Conforme"), ("RESULT-09", "control"))
    refused(stopped, line("qc.a", "result append", result=CONTENT, values=["20.0"] * 10), ("RESULT-02", "result"))
    other = fresh(LINES[:STAGE_2])
    opened = other.apply([line("qc.a", "deviation open", batch=REFUSED, subject=CONTENT, description="Dix autres gélules souhaitées",
                               **{"class": "major"})])[0]["answer"]["done"]["deviation"]
    other.apply([line("pharm.a", "deviation decide", signature=f"Je décide de l’anomalie {opened}\u00a0: acceptée.", deviation=opened,
                      decision="accepted", impact="Sans objet")])
    refused(other, line("pharm.a", "result invalidate", result=CONTENT, deviation=opened, reason="Dix autres gélules"), ("RESULT-24", "result"))


def test_no_value_is_left_out():
    short = fresh(LINES[:STAGE_2 - 2])  # CONTENT is open, without a value
    refused(short, line("qc.a", "result append", result=CONTENT, values=["20.40"] * 11), ("RESULT-12", "values"))
    short.apply([line("qc.a", "result append", result=CONTENT, values=["20.40", "20.67", "17.52", "19.56", "17.36", "18.76", "18.68", "21.12", "18.31"])])
    refused(short, line("qc.a", "result close", result=CONTENT), ("RESULT-13", "result"))
    twenty = fresh(LINES[:STAGE_2 + 1])
    twenty.apply([line("qc.a", "result append", result=CONTENT, values=["19.00"] * 19)])
    refused(twenty, line("qc.a", "result close", result=CONTENT), ("RESULT-13", "result"))


def test_a_refusal_at_the_first_stage_proposes_its_wording():
    assert lab_done.view("pharm.a", "batch", "show", REFUSED)["proposed-refusal"].replace(" ;", "\u202f;") == PROPOSAL
    message = refused(lab_done, line("pharm.a", "batch refuse", signature=f"Je refuse le lot {REFUSED}.", batch=REFUSED), ("RELEASE-33", "reason"))
    assert PROPOSAL in message, message


def test_a_pharmacist_refuses_at_the_first_stage():
    refused(stopped, line("tech.a", "batch refuse", signature=f"Je refuse le lot {REFUSED}.", batch=REFUSED, reason=PROPOSAL), ("CALL-14", "as"))
    # Where the laboratory was stopped, the samples of disintegration and microbiology are still there.
    for played, units, formula in ((stopped, "178", "126 + 36 + 16"), (lab_done, "162", "126 + 36")):
        answers = played.apply([
            line("pharm.a", "batch refuse", signature=f"Je refuse le lot {REFUSED}.", batch=REFUSED, reason=PROPOSAL),
            line("tech.a", "batch destroy", at="2026-02-04T09:00:00Z", batch=REFUSED, units=units, reference="Bordereau BD-2026-008")])
        assert answers[1]["answer"]["done"]["destroyed"] == {"value": units, "formula": formula}, "the reserve was not opened"
        shown = played.view("pharm.a", "batch", "show", REFUSED)
        assert shown["state"] == "destroyed" and shown["decisions"][0]["reason"] == PROPOSAL, shown["decisions"]
        verdict = next(row["verdict"] for row in shown["expected"] if row["control"] == "CONTENT")
        assert verdict == "test 20 more", "not concluded, never 'does not comply'"
        played.run("verify")


def test_after_the_decision_the_record_is_closed():
    refused(lab_done, line("qc.a", "result continue", at="2026-02-04T10:00:00Z", result=CONTENT), ("RESULT-04", "result"))
    refused(lab_done, line("pharm.a", "batch release", at="2026-02-04T10:00:00Z", signature=f"Je libère le lot {REFUSED}.", batch=REFUSED),
            ("RELEASE-27", "batch"))


def test_a_batch_at_16_4_is_not_released():
    whole = fresh([wanted for wanted in LINES if json.loads(wanted)["at"] < "2026-02-04"])
    message = refused(whole, line("pharm.a", "batch release", signature=f"Je libère le lot {REFUSED}.", batch=REFUSED), ("RELEASE-22", "batch"))
    assert CONTENT in message, message
    # Another pharmacist may refuse, the operator may not release.
    whole.apply([line("pharm.b", "batch refuse", signature=f"Je refuse le lot {REFUSED}.", batch=REFUSED, reason="AV 16,4 sur 30 unités")])


# apply

def areas(played):
    return [area["area"] for area in played.run("--as", "pharm.a", "--clock", "2026-01-06T08:00:00Z", "area", "list")["areas"]]


AREAS = [json.dumps({**json.loads(line("pharm.a", "area add", code=f"ZONE-{number}", name=f"Zone {number}")), "key": f"zone-{number}"})
         for number in range(3)]


def test_apply_stops_at_the_first_refusal_and_names_its_line():
    played = fresh()
    path = os.path.join(played.folder, "wrong.jsonl")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(AREAS[:2] + [line("admin", "person end", person="nobody", reason="Départ")] + AREAS[2:]) + "\n")
    ended = subprocess.run(played.command("apply", path), capture_output=True, text=True)
    errors = ended.stderr.splitlines()
    assert ended.returncode == 1 and "3" in errors[0] and "PERSON-" in errors[1] and "nobody" in errors[1], ended.stderr
    assert areas(played) == ["ZONE-0", "ZONE-1"], "nothing after the refused line"
    ended = subprocess.run(played.command("--keep-going", "apply", path), capture_output=True, text=True)
    assert ended.returncode == 1 and len(ended.stderr.splitlines()) == 2, ended.stderr
    assert areas(played) == ["ZONE-0", "ZONE-1", "ZONE-2"], "what follows the refused line, and the rest once"


def test_apply_reports_each_line_that_it_cannot_do():
    wrong = [LINES[2], "{not json", line("chief", "lot fly"), line("nobody", "lot accept", lot="MP26-0001"), LINES[3]]
    answers = [answer["answer"] for answer in fresh(LINES[:2]).apply(wrong, "--keep-going", status=1)]
    assert ["done" in answer for answer in answers] == [True, False, False, False, True], answers
    assert [answer["refused"][0]["rule"] for answer in answers[1:3]] == ["JSON-01", "CALL-01"], answers


def test_apply_answers_a_view_between_two_acts():
    played = fresh()
    path = os.path.join(played.folder, "reads.jsonl")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join([AREAS[0], line("pharm.a", "area list"), AREAS[1]]) + "\n")
    ended = subprocess.run(played.command("apply", path), capture_output=True, text=True)
    said = refusals.Shown(ended.stderr)
    assert ended.returncode == 1 and "APPLY-04" in said and "--json" in said and areas(played) == ["ZONE-0"], ended
    ended = subprocess.run(played.command("--json", "apply", path), capture_output=True, text=True)
    answers = [json.loads(answer)["answer"] for answer in ended.stdout.splitlines()]
    assert ended.returncode == 0 and [area["area"] for area in answers[1]["done"]["areas"]] == ["ZONE-0"], ended
    assert areas(played) == ["ZONE-0", "ZONE-1"]


def test_apply_says_what_a_line_is_to_be():
    secret = json.loads(line("admin", "person add", person="new.a", name="Nouvelle", password="une phrase en clair"))
    wrong = ["[]", '{"as": "chief", "act": "area add", "inputs": []}', '{"as": "chief", "act": "area add", "input": {}}', '{"at": 2.5}', json.dumps(secret),
             line("chief", "area add", at="hier", code="Z", name="Z")]
    answers = [answer["answer"] for answer in fresh(LINES[:2]).apply(wrong, "--keep-going", status=1)]
    assert [answer["refused"][0]["rule"] for answer in answers] == ["APPLY-01", "APPLY-02", "APPLY-03", "JSON-02", "CALL-22", "CALL-23"], answers


def test_a_key_used_for_another_act_is_refused():
    played = fresh(LINES[:4])
    again = json.loads(LINES[2])
    again["inputs"]["name"] = "Une autre personne"
    refused(played, json.dumps(again), ("CALL-05", "key"))


try:
    main(globals())
finally:
    for folder in folders:
        shutil.rmtree(folder)
