"""The private key of the installation: missing, of another installation, renewed; what was signed before stays genuine."""
import json
import os
import shutil
import subprocess

from harness import PROGRAM, House, main

house = House()
KEY = house.database + ".key"


def run(*words, person="pharma.a", language="fr"):
    house.stop()
    done = subprocess.run([PROGRAM, "--database", house.database, "--json", "--language", language, "--as", person, "--password-file", house.passwords,
                           "--clock", house.instant(), *words], capture_output=True, text=True)
    return done.returncode, json.loads(done.stdout)


def issue(language="fr"):
    return run("document", "issue", "--kind", "audit-head", language=language)


def code():
    status, answer = issue()
    assert status == 0, answer
    return answer["done"]["code"]


def said(language="fr"):
    status, answer = issue(language)
    assert status == 74, answer
    return answer["failed"]["message"]


def public(number):
    """The public key known as the nth, from the newest on, in a file as it is handed to an inspector."""
    path = os.path.join(house.folder, f"public-{number}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(house.view("admin", "database show")["keys"][number]["public-key"] + "\n")
    return path


def test_the_key_is_there():
    global first
    house.stop()
    assert house.run("verify")["done"]["private-key"] == "present"
    first = code()


def test_without_it_the_failure_says_the_way_out_in_both_languages():
    os.rename(KEY, KEY + ".kept")
    assert "database renew-key" in said() and "La clé privée" in said(), said()
    assert "database renew-key" in said("en") and "private key is missing" in said("en"), said("en")
    assert house.run("verify")["done"]["private-key"] == "missing"
    assert "manquante" in house.text("admin", "verify") and "missing" in house.text("admin", "verify", language="en")
    os.rename(KEY + ".kept", KEY)
    assert code()


def test_a_key_that_is_not_ours_signs_nothing():
    other = House(people=False)
    other.stop()
    shutil.copy(KEY, KEY + ".kept")
    for wrong in (other.database + ".key", house.passwords):
        shutil.copy(wrong, KEY)
        assert "database renew-key" in said() and "ne contient pas" in said(), said()
        assert house.run("verify")["done"]["private-key"] == "foreign"
    os.rename(KEY + ".kept", KEY)
    other.close()


def test_an_administrator_renews_it():
    os.rename(KEY, KEY + ".kept")
    status, answer = run("database", "renew-key", "--reason", "Fichier effacé, aucune copie")
    assert status == 1 and answer["refused"][0]["rule"] == "CALL-14", answer
    assert not os.path.exists(KEY)
    status, answer = run("database", "renew-key", person="admin")
    assert status == 1 and (answer["refused"][0]["rule"], answer["refused"][0]["field"]) == ("CALL-03", "reason"), answer
    status, answer = run("database", "renew-key", "--reason", "Fichier effacé, aucune copie", person="admin")
    assert status == 0 and answer["done"]["before"] == "missing", answer
    assert os.stat(KEY).st_mode & 0o777 == 0o600 and not os.path.exists(KEY + ".new")
    keys = [row["public-key"] for row in house.view("admin", "database show")["keys"]]
    assert len(keys) == 2 and keys[0] == answer["done"]["public-key"], keys
    done = house.run("verify")["done"]
    assert done["private-key"] == "present" and ":" in done["witness-file"], done
    entry = house.view("audit.a", "audit list", act="database renew-key")["entries"][0]
    assert entry["person"] == "admin", entry
    house.guarded(("DELETE FROM signing_key", "a key is kept"), ("UPDATE signing_key SET public_key = 'x'", "a key stays"))


def test_what_was_signed_before_stays_genuine():
    second = code()
    for one in (first, second):
        assert house.run("scan", one)["done"]["genuine"] is True
    assert house.run("scan", "--offline", "--key", public(1), first)["done"]["genuine"] is True
    assert house.run("scan", "--offline", "--key", public(0), second)["done"]["genuine"] is True
    assert house.run("scan", "--offline", "--key", public(0), first, status=1)["refused"][0]["rule"] == "SCAN-01"
    assert house.run("scan", "--offline", "--key", house.passwords, first, status=1)["refused"][0]["rule"] == "SCAN-04"


def test_the_former_key_signs_no_more():
    shutil.copy(KEY, KEY + ".new-kept")
    os.rename(KEY + ".kept", KEY)
    assert "ne contient pas" in said()
    os.rename(KEY + ".new-kept", KEY)
    assert code()


main(globals())
