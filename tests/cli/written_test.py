"""How refusals and failures are written: days, instants and numbers in the reader's language, what a person typed as they typed
it, and no word of another language."""
import json
import os
import re
import shutil
import sqlite3
import subprocess

import bench
from harness import PROGRAM, House, main, refusals

house = House()
FIRM = "\u00a0"


def said(answer, rule):
    return next(r["message"] for r in answer if r["rule"] == rule)


def in_english(person, act, /, **inputs):
    words = [word for name, value in inputs.items() for word in ("--" + name.replace("_", "-"), str(value))]
    house.stop()
    return house.run("--as", person, "--password-file", house.passwords, "--clock", house.instant(), "--language", "en", *act.split(), *words,
                     status=1)["refused"]


def test_days():
    bench.supply(house)
    asked = {"person": "nobody.a", "role": "technician", "starts": "2026-03-02", "ends": "01/03/2026"}
    assert said(house.refused("admin", "person grant", "PERSON-07", "ends", **asked), "PERSON-07") == \
        "La fin ne peut pas précéder le début (02/03/2026). Donnez un jour plus tardif."
    assert f"(2{FIRM}Mar{FIRM}2026)" in said(in_english("admin", "person grant", **asked), "PERSON-07")


def test_instants_are_the_clock_of_the_site():
    house.act("admin", "person end", person="nobody.a", reason="Départ")
    done = house.refused("admin", "person end", "PERSON-10", "person", person="nobody.a", reason="Départ")
    shown = house.view("admin", "person show", "nobody.a")["ended"]
    assert shown.startswith("2026-01-05T07:"), shown
    assert f"depuis le 05/01/2026{FIRM}à{FIRM}08{FIRM}h{FIRM}" in said(done, "PERSON-10"), done
    assert f"5{FIRM}Jan{FIRM}2026,{FIRM}08:" in said(in_english("admin", "person end", person="nobody.a", reason="x"), "PERSON-10")


def test_masses_and_numbers():
    check = {"equipment": "BAL-A", "weight": "20 g", "reading": "221.5 g"}
    assert said(house.refused("tech.a", "equipment check", "EQUIPMENT-08", "reading", **check), "EQUIPMENT-08").startswith(
        f"221,5{FIRM}g dépasse la portée de BAL-A (220{FIRM}g)")
    assert said(in_english("tech.a", "equipment check", **check), "EQUIPMENT-08").startswith(f"221.5{FIRM}g is above")
    assert f"Un titre de 111,5{FIRM}%" in said(house.refused("pharma.b", "lot accept", "LOT-19", "assay", lot="MP26-0007", assay="111.5", basis="as-is",
                                                           source="CoA"), "LOT-19")


def test_what_was_typed_stays_as_it_was_typed():
    lot = {"material": "BIR", "supplier": "FOURN", "manufacturer": "F", "quantity": "10 g", "price": "1 EUR", "certificate_reference": "CoA",
           "retest": "2027-01"}
    for typed in ("2026-01-12", "1.50", "6.5032 g"):
        house.act("tech.a", "lot receive", supplier_lot=typed, **lot)
        assert f"Le lot fournisseur {typed} de" in said(house.refused("tech.a", "lot receive", "LOT-10", "supplier-lot", supplier_lot=typed, **lot),
                                                        "LOT-10")
    refused = house.refused("tech.a", "lot receive", "CALL-04", "quantity", supplier_lot="X", **{**lot, "quantity": "1.5"})
    assert f"«{FIRM}1.5{FIRM}»" in said(refused, "CALL-04"), refused


def failed(rule, *words, status=74):
    """What a failure says in French and in English: the sentence of that rule."""
    said = []
    for language in ("fr", "en"):
        done = subprocess.run([PROGRAM, "--database", house.database, "--json", "--clock", house.instant(), "--language", language, *words],
                              capture_output=True, text=True)
        assert done.returncode == status, f"{words}: {done.returncode} {done.stdout}{done.stderr}"
        said.append(json.loads(done.stdout)["failed"]["message"])
        refusals.says(said[-1], rule, language)
    return said


def signed_in(person):
    return ("--as", person, "--password-file", house.passwords)


def test_a_folder_is_no_file_of_acts():
    house.stop()
    french, english = failed("FILE-01", *signed_in("pharma.a"), "apply", house.folder)
    assert house.folder in french and house.folder in english, (french, english)


def test_a_failure_of_a_file_says_what_to_do():
    house.stop()
    nowhere = house.folder + "/nowhere/file"
    french, english = failed("FILE-01", "--as", "admin", "--password-file", nowhere, "database", "show")
    assert french == f"Le fichier «{FIRM}{nowhere}{FIRM}» ne peut être ni lu ni écrit comme il le faut{FIRM}: il n’existe pas, ou son dossier " \
                     f"n’existe pas\u202f; vérifiez le chemin."
    assert english.startswith(f'The file "{nowhere}" cannot be read or written as needed: it does not exist'), english
    french, english = failed("FILE-01", *signed_in("admin"), "database", "backup", "--file", house.passwords + "/copy.db")
    assert "n’est pas un dossier" in french and "is no folder" in english, french


def test_a_missing_or_strange_key_says_what_to_do():
    house.stop()
    key = house.database + ".key"
    os.rename(key, key + ".away")
    try:
        french, english = failed("FILE-02", *signed_in("pharma.a"), "document", "issue", "--kind", "audit-head")
        assert french.startswith("La clé privée de cette installation manque") and key in french and "Remettez" in french, french
        assert english.startswith("This installation's private key is missing".replace("'", "’")), english
        with open(key, "w", encoding="utf-8") as file:
            file.write("rien\n")
        french, english = failed("FILE-03", *signed_in("pharma.a"), "document", "issue", "--kind", "audit-head")
        assert "ne contient pas la clé privée" in french and "does not hold" in english, french
    finally:
        os.rename(key + ".away", key)


def test_a_folder_that_can_only_be_read_says_what_to_do():
    house.stop()
    folder = house.folder + "/read-only"
    os.mkdir(folder)
    program, passwords = folder + "/magistral", folder + "/passwords"
    shutil.copy(PROGRAM, program)
    shutil.copy(house.passwords, passwords)
    for end in ("", ".key"):
        shutil.copy(house.database + end, f"{folder}/test.db{end}")
    for path in (house.folder, program):
        os.chmod(path, 0o755)
    as_other = {"user": 65534} if os.geteuid() == 0 else {}
    if as_other:
        os.chown(passwords, 65534, 65534)
    os.chmod(passwords, 0o600)
    os.chmod(folder, 0o555)
    for words, status in ((("--database", f"{folder}/test.db", "verify"), 74),
                          (("--database", f"{folder}/test.db", "--as", "admin", "--password-file", passwords, "database", "backup", "--file", "/c"), 74),
                          (("--database", f"{folder}/new.db", "--as", "admin", "--password-file", passwords, "database", "create", "--rehearsal"), 74)):
        done = [subprocess.run([program, "--clock", house.instant(), "--language", language, *words], capture_output=True, text=True, **as_other)
                for language in ("fr", "en")]
        assert [one.returncode for one in done] == [status, status], [(one.returncode, one.stderr) for one in done]
        french, english = done[0].stderr, done[1].stderr
        for language, text in (("fr", french), ("en", english)):
            refusals.says(text, "FILE-01" if "test.db" not in words[1] or "/c" in words else "STORE-12", language)
        assert re.search("les droits manquent|en lecture seule|le droit d’y écrire", french), french
        assert re.search("permissions are missing|read-only|right to write there", english), english
        assert not re.search(r"\b(Permission denied|the|cannot)\b", french.split(" (SQLite")[0]), french
    os.chmod(folder, 0o755)


def test_standard_input_that_cannot_be_read_says_why():
    house.stop()
    for language in ("fr", "en"):
        with open(house.folder + "/written", "w", encoding="ascii") as only_written:
            done = subprocess.run([PROGRAM, "--database", house.database, "--language", language, *signed_in("tech.a"), "label", "settle", "--label", "-",
                                   "--state", "applied"], stdin=only_written, capture_output=True, text=True)
        assert done.returncode == 74, done
        refusals.says(done.stderr, "FILE-04", language)


def test_what_is_no_database_is_said():
    found = house.run("--database", house.passwords, "verify", status=1)["refused"]
    assert [r["rule"] for r in found] == ["STORE-03"], found


def test_what_the_database_refuses_by_itself_is_said():
    """Rules of the database that no act foresees; put there behind the program's back."""
    house.act("pharma.a", "area add", code="Z1", name="Zone 1")
    house.stop()
    with sqlite3.connect(house.database) as database:
        database.execute("CREATE TRIGGER no_zone BEFORE INSERT ON work_area WHEN new.code = 'Z2' BEGIN SELECT raise(ABORT, 'AREA: refused'); END")
        database.execute("CREATE UNIQUE INDEX one_name ON work_area (name)")
    database.close()
    house.refused("pharma.a", "area add", "STORE-07", None, code="Z2", name="Zone 2")
    house.refused("pharma.a", "area add", "STORE-08", None, code="Z3", name="Zone 1")
    house.stop()
    with sqlite3.connect(house.database) as database:
        database.execute("DROP TRIGGER no_zone")
        database.execute("DROP INDEX one_name")
    database.close()


def test_a_site_has_a_zone_and_a_host():
    site = {"name": "Hôpital fictif", "address": "1 rue de l'Exemple", "host": "PUI.HOPITAL.EXAMPLE"}
    house.refused("chief", "site set", "SITE-01", "zone", zone="Europe/Atlantide", **site)
    house.refused("chief", "site set", "SITE-02", "host", **{**site, "host": "une adresse trop longue pour un code"})
    bare = House(people=False)
    bare.view_refused("admin", "site show", "SITE-03")
    bare.close()
    house.stop()


def test_json_that_cannot_be_read_says_why():
    for line, french in (("{", "il s’arrête trop tôt"), ("{} {}", "quelque chose suit"), ('{"a": 1, "a": 2}', "deux fois"), ('{"a": 2.5}', "entre guillemets"),
                         ("[1,]", "ce n’est pas du JSON")):
        done = subprocess.run([PROGRAM, "--database", house.database, "--json", "apply", "-"], input=line + "\n", capture_output=True, text=True)
        message = json.loads(done.stdout)["answer"]["refused"][0]["message"]
        assert french in message, (line, message)


main(globals())
