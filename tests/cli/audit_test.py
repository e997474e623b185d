"""The journal as it is read: list with filters, one entry with old and new values, events."""
import subprocess
from datetime import datetime, timedelta

from harness import PROGRAM, House, main, private

house = House()


def entries(**filters):
    return house.view("audit.a", "audit list", **filters)["entries"]


def test_newest_first_and_filters():
    house.at("2026-01-12T08:00:00")
    house.act("chief", "site set", name="Autre nom", address="2 rue de l'Exemple, 00000 Ville-Exemple", host="PUI.HOPITAL.EXAMPLE")
    house.at("2026-01-12T23:30:00")  # already the 13th in Paris
    house.act("admin", "person grant", person="nobody.a", role="auditor", starts="2026-02-01", ends="2026-02-03")
    everything = entries()
    sequences = [e["sequence"] for e in everything]
    assert sequences == sorted(sequences, reverse=True) and sequences[-1] == 1
    assert [e["act"] for e in everything[:2]] == ["person grant", "site set"]
    assert [e["person"] for e in entries(act="site set")] == ["chief", "chief"]
    assert {e["act"] for e in entries(person="chief")} == {"site set", "person set-password"}
    assert [e["act"] for e in entries(since="2026-01-13")] == ["person grant"]
    assert [e["act"] for e in entries(since="2026-01-12", until="2026-01-12")] == ["site set"]
    assert entries(until="2025-12-31") == []


def test_by_subject():
    acts = [e["act"] for e in house.view("audit.a", "audit list", "nobody.a")["entries"]]
    assert acts == ["person grant", "person set-password", "person add"]
    assert [e["act"] for e in entries(number="nobody.a", kind="person")] == acts
    assert entries(number="nobody.a", kind="lot") == []
    assert all(e["subjects"] for e in entries(kind="person"))
    assert len(entries(kind="person")) > 20 and [e["act"] for e in entries(kind="site")] == ["site set", "site set"]


def test_an_entry_with_old_and_new_values():
    entry = house.view("audit.a", "audit show", str(entries(act="site set")[0]["sequence"]))
    assert (entry["person"], entry["act"]) == ("chief", "site set") and entry["description"]
    assert {"input": "name", "value": "Autre nom"} in entry["inputs"]
    assert entry["subjects"] == [{"kind": "site", "number": "1"}]
    changed = {c["column"]: (c["operation"], c["before"], c["after"]) for c in entry["changes"] if c["table"] == "site"}
    assert changed["name"] == ("changed", "Pharmacie à usage intérieur, hôpital fictif", "Autre nom")
    assert set(changed) == {"name", "address"}
    assert len(entry["head"]) == 64 and entry["meaning"] is None
    added = house.view("audit.a", "audit show", str(entries(act="person grant")[0]["sequence"]))["changes"]
    assert {(c["operation"], c["before"]) for c in added} == {("added", None)}


def test_an_entry_is_shown_in_the_zone_that_it_carries():
    first, last = entries()[-1], entries(act="site set")[0]
    for entry, zone, hour in ((first, "UTC", 0), (last, "Europe/Paris", 1)):
        at = datetime.fromisoformat(entry["at"].rstrip("Z")) + timedelta(hours=hour)
        written = {"fr": f"{at:%d/%m/%Y}\u00a0à\u00a0{at:%H}\u00a0h\u00a0{at:%M}\u00a0({zone})",
                   "en": f"{at.day}\u00a0Jan\u00a02026,\u00a0{at:%H:%M}\u00a0({zone})"}
        for language, instant in written.items():
            assert instant in house.text("audit.a", "audit", "show", str(entry["sequence"]), language=language), instant
            lines = house.text("audit.a", "audit", "list", language=language).splitlines()
            assert any(instant in line and line.split()[0] == str(entry["sequence"]) for line in lines), instant
    assert house.view("audit.a", "audit show", str(first["sequence"]))["zone"] == "UTC"


def test_refusals():
    house.view_refused("audit.a", "audit show", "AUDIT-01", "sequence", sequence="99999")
    house.view_refused("audit.a", "audit list", "AUDIT-02", "until", since="2026-01-12", until="2026-01-11")
    house.view_refused("audit.a", "event list", "AUDIT-02", "until", since="2026-01-12", until="2026-01-11")
    house.view_refused("audit.a", "audit list", "AUDIT-03", "act", act="site sett")
    house.view_refused("audit.a", "audit list", "PERSON-01", "person", person="ghost")
    house.view_refused("tech.a", "audit list", "CALL-14", "as")
    house.view_refused("tech.a", "event list", "CALL-14", "as")


def test_events():
    house.at("2026-01-20T09:00:00")
    wrong = house.folder + "/wrong"
    with open(wrong, "w", encoding="utf-8", opener=private) as file:
        file.write("pharma.a une phrase fausse 2026\n")
    house.stop()
    done = subprocess.run([PROGRAM, "--database", house.database, "--as", "pharma.a", "--password-file", wrong, "--clock", house.instant(),
                           "site", "set", "--name", "x", "--address", "y", "--host", "A.EXAMPLE"], capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    events = house.view("audit.a", "event list")["events"]
    assert [(e["kind"], e["person"]) for e in events] == [("failed-sign-in", "pharma.a")]
    assert house.view("audit.a", "event list", kind="wrong-container")["events"] == []
    assert len(house.view("audit.a", "event list", person="pharma.a", since="2026-01-20", until="2026-01-20")["events"]) == 1
    assert house.view("audit.a", "event list", until="2026-01-19")["events"] == []


def test_text_is_whole():
    words = {"fr": ("Rang", "Avant"), "en": ("Sequence", "Before")}
    for language, (listed, shown) in words.items():
        assert listed in house.text("audit.a", "audit", "list", language=language)
        assert shown in house.text("audit.a", "audit", "show", "24", language=language)
        assert "échec" in house.text("audit.a", "event", "list") or language == "en"


main(globals())
