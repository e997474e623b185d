"""verify finds what was changed behind the program's back, and names it; backups; witnesses."""
import os
import re
import shutil
import sqlite3

from harness import House, main

ENGLISH = re.compile(r"\b(is|was|not|the|of|entries|says|row|missing|answers)\b")
house = House()
house.act("admin", "person grant", person="nobody.a", role="auditor", starts="2026-01-05", ends="2026-12-31")


def changed(*statements, unguarded=True):
    """A copy of the database with statements run on it behind the program's back; returns verify's messages."""
    path = os.path.join(house.folder, "changed.db")
    for end in ("", "-wal", "-shm", ".owner"):
        if os.path.exists(path + end):
            os.remove(path + end)
    source = sqlite3.connect(f"file:{house.database}?mode=ro", uri=True)
    copy = sqlite3.connect(path)
    source.backup(copy)
    source.close()
    triggers = copy.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    if unguarded:
        for name, _ in triggers:
            copy.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        copy.execute(statement)
    if unguarded:
        for _, sql in triggers:
            copy.execute(sql)
    copy.commit()
    copy.close()
    saved = house.database
    house.database = path
    try:
        answer = house.run("verify", status=1)
        english = house.run("--language", "en", "verify", status=1)
    finally:
        house.database = saved
    assert [refusal["rule"] for refusal in answer["refused"]][-1] == "VERIFY-06" and "database check-backup" in answer["refused"][-1]["message"]
    for french in answer["refused"][:-1]:
        assert not ENGLISH.search(french["message"]), french["message"]
    assert all(ENGLISH.search(refusal["message"]) for refusal in english["refused"]), english
    return " | ".join(refusal["message"] for refusal in answer["refused"])


def test_an_untouched_database_is_whole():
    answer = house.run("verify")["done"]
    assert answer["sequence"] == house.view("audit.a", "database show")["sequence"]
    assert len(answer["head"]) == 64


def test_a_changed_row_is_named():
    found = changed("UPDATE habilitation SET ends = '2029-12-31' WHERE id = 3")
    assert "table habilitation, ligne 3" in found and "2029-12-31" in found, found


def test_an_added_row_is_named():
    found = changed("INSERT INTO habilitation SELECT 999, person, role, starts, ends, delegation, granted_by, granted_at FROM habilitation WHERE id = 2")
    assert "table habilitation, ligne 999" in found, found


def test_a_removed_row_is_named():
    found = changed("DELETE FROM habilitation WHERE id = 4")
    assert "table habilitation, ligne 4" in found, found


def test_a_changed_entry_is_named():
    found = changed("UPDATE journal SET person = 'tech.a' WHERE sequence = 12")
    assert "entrée 12" in found, found


def test_a_cut_tail_is_found():
    found = changed("DELETE FROM journal_subject WHERE sequence = (SELECT max(sequence) FROM journal)",
                    "DELETE FROM journal WHERE sequence = (SELECT max(sequence) FROM journal)")
    assert "habilitation" in found, found


def test_a_changed_node_of_the_tree_is_found():
    found = changed("UPDATE journal_node SET hash = zeroblob(32) WHERE level = 2 AND position = 1")
    assert "arbre de hachage, niveau 2, position 1" in found, found


def test_a_dropped_trigger_is_found():
    found = changed("DROP TRIGGER site_is_kept", unguarded=False)
    assert "déclencheur site_is_kept" in found, found


def test_a_dropped_index_is_found():
    found = changed("DROP INDEX habilitation_of_person", unguarded=False)
    assert "index habilitation_of_person" in found, found


def test_a_secret_put_in_by_hand_is_found():
    found = changed("UPDATE person_secret SET password = (SELECT password FROM person_secret WHERE person = 2) WHERE person = 3", unguarded=False)
    assert "secret de tech.b" in found, found


def test_a_witness_file_that_is_missing_is_said():
    path = house.database + ".witness"
    assert not os.path.exists(path), "no document was issued yet"
    assert "--witness" in house.run("verify")["done"]["witness-file"]


def test_an_older_file_that_went_on_is_found_by_the_witness():
    path, older = os.path.join(house.folder, "witnessed.db"), os.path.join(house.folder, "older.db")
    with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as source, sqlite3.connect(path) as copy:
        source.backup(copy)
    shutil.copy(house.database + ".key", path + ".key")
    saved, house.database = house.database, path
    asked = ("--as", "pharma.a", "--password-file", house.passwords, "--clock", "2026-03-01T08:00:00Z", "document", "issue", "--kind", "audit-head")
    try:
        shutil.copy(path, older)
        for reason in ("Relevé", "Relevé du soir"):
            house.run(*asked, "--reason", reason)
        assert house.run("verify")["done"]["witness-file"]
        for end in ("-wal", "-shm"):
            if os.path.exists(path + end):
                os.remove(path + end)
        shutil.copy(older, path)
        assert house.run("verify", status=1)["refused"][0]["rule"] == "VERIFY-04"
        refused = house.run(*asked, "--reason", "Relevé après restauration", status=1)["refused"]
        assert [one["rule"] for one in refused] == ["VERIFY-05"], "a document left an older file"
        signed_in = ("--as", "admin", "--password-file", house.passwords, "--clock", "2026-03-01T08:00:00Z")
        confirm = (*signed_in, "database", "confirm-restore", "--reason", "Disque perdu")
        before = house.run("verify", status=1)["refused"][0]["message"]
        refused = house.run(*signed_in, "database", "backup", "--file", path + ".copy", status=1)["refused"]
        assert refused[0]["rule"] == "VERIFY-05", "an act was recorded in an older file"
        lost = house.run(*confirm)["done"]["lost"]
        assert lost in before.replace("\u202f", "").replace("\u00a0", ""), (lost, before)
        assert house.run(*confirm, status=1)["refused"][0]["rule"] == "RESTORE-01"
        house.run(*asked, "--reason", "Relevé après restauration")
        house.run("verify")
        event = house.run(*signed_in, "event", "list", "--kind", "restore-confirmed")["done"]["events"]
        assert [(one["subject"], one["detail"]) for one in event] == [(lost, "Disque perdu")], event
    finally:
        house.database = saved


def test_a_witness_from_paper_holds_or_not():
    before = house.run("verify")["done"]
    witness = f"{before['sequence']}:{before['head']}"
    house.act("admin", "person grant", person="nobody.a", role="technician", starts="2027-01-01", ends="2027-02-01")
    assert house.run("verify", "--witness", witness)["done"]["witness"] == witness
    assert house.run("verify", "--witness", f"{before['sequence'] - 1}:{before['head']}", status=1)["refused"][0]["rule"] == "VERIFY-01"
    assert house.run("verify", "--witness", f"{before['sequence'] + 100}:{before['head']}", status=1)["refused"][0]["rule"] == "VERIFY-01"
    assert house.run("verify", "--witness", "12:abc", status=1)["refused"][0]["rule"] == "VERIFY-02"


def test_a_backup_is_checked_by_replay():
    path = os.path.join(house.folder, "backup.db")
    made = house.act("admin", "database backup", file=path)
    checked = house.view("admin", "database check-backup", file=path)
    assert checked["head"] == made["head"] and checked["behind"] == 1, checked
    house.refused("admin", "database backup", "STORE-06", "file", file=path)
    other = House()
    other.act("admin", "person grant", person="nobody.a", role="auditor", starts="2026-02-05", ends="2026-12-31")
    other.stop()
    house.view_refused("admin", "database check-backup", "DATABASE-01", "file", file=other.database)
    other.close()
    with sqlite3.connect(path) as copy:
        copy.execute("UPDATE setting SET value = value")
        copy.execute("DROP TRIGGER site_is_kept")
    copy.close()
    answer = house.run("--as", "admin", "--password-file", house.passwords, "--clock", house.instant(), "database",
                       "check-backup", "--file", path, status=1)
    assert "déclencheur site_is_kept" in answer["refused"][0]["message"]
    assert [refusal["rule"] for refusal in answer["refused"]][-1] == "DATABASE-04"


def test_a_file_from_just_before_the_last_document_is_found():
    older = os.path.join(house.folder, "older.db")
    source, copy = sqlite3.connect(f"file:{house.database}?mode=ro", uri=True), sqlite3.connect(older)
    source.backup(copy)
    source.close()
    copy.close()
    house.act("pharma.a", "document issue", kind="audit-head")
    for end in (".key", ".witness"):
        shutil.copy(house.database + end, older + end)
    saved, house.database = house.database, older
    try:
        refused = house.run("verify", status=1)["refused"]
    finally:
        house.database = saved
    assert [refusal["rule"] for refusal in refused] == ["VERIFY-04"], refused
    house.run("verify")


def test_a_witness_that_was_taken_away_does_not_heal_by_itself():
    path, other = house.database + ".witness", {"kind": "audit-head", "reason": "Relevé"}
    house.act("pharma.a", "document issue", **other)
    whole = open(path, encoding="ascii").read()
    signed_in = ("--as", "admin", "--password-file", house.passwords, "--clock", house.instant(), "event", "list", "--kind", "restore-confirmed")
    for left in (None, "", whole.split("\n")[0] + "\n"):  # gone, emptied, cut back
        os.remove(path)
        if left is not None:
            with open(path, "w", encoding="ascii") as file:
                file.write(left)
        house.refused("pharma.a", "document issue", "VERIFY-07", None, **other)
        house.view("pharma.a", "document preview", kind="register-page", book="preparation", save=f"{house.folder}/preview-{left is None}-{left == ''}.pdf")
        for there in (house.database, house.database + ".key", path):  # nothing that is there is written over
            if os.path.exists(there):
                house.view_refused("pharma.a", "document preview", "STORE-06", "save", kind="register-page", book="preparation", save=there)
        house.refused("pharma.a", "database confirm-restore", "CALL-14", "as", reason="Essai")
        with open(path, "w", encoding="ascii") as file:
            file.write(whole)
        house.act("pharma.a", "document issue", **other)
        whole = open(path, encoding="ascii").read()
    assert "warning" not in house.run("verify")["done"]
    os.remove(path)
    last = house.view("pharma.a", "document list")["documents"][0]["document"]
    assert last in house.run("verify")["done"]["warning"]
    lost = house.act("admin", "database confirm-restore", reason="Fichier effacé par erreur")["lost"]
    assert lost in whole and "warning" not in house.run("verify")["done"]
    house.refused("admin", "database confirm-restore", "RESTORE-01", None, reason="Encore")
    house.act("pharma.a", "document issue", **other)
    shutil.copy(path, path + ".kept")
    with open(path, "a", encoding="ascii") as file:
        file.write(whole.split("\n")[0].replace("1", "2") + "\n")  # a head that nobody signed
    assert house.run("verify", status=1)["refused"][0]["rule"] == "VERIFY-03"
    shutil.move(path + ".kept", path)
    os.remove(path)
    house.refused("pharma.a", "document issue", "VERIFY-07", None, **other)
    house.act("admin", "database confirm-restore", reason="Effacé encore")
    house.act("pharma.a", "document issue", **other)
    house.stop()
    events = house.run(*signed_in)["done"]["events"]
    assert [event["detail"] for event in events] == ["Effacé encore", "Fichier effacé par erreur"] and events[-1]["subject"] == lost, events
    house.run("verify")


def test_only_a_jump_is_confirmed():
    house.refused("admin", "time confirm", "TIME-01", None, reason="essai")


main(globals())
