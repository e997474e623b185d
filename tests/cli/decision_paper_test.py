"""What the papers of a decision say: the exceptions that were signed, what was destroyed, the words of people."""
import re
import sqlite3
import subprocess
import tempfile

import bench
import laboratory as lab
from harness import PROGRAM, House, main

house = House()
lab.prepare(house)


def text_of(number):
    path = f"{house.folder}/{number}.pdf"
    house.run("--as", "audit.a", "--password-file", house.passwords, "--clock", house.instant(), "document", "show", number, "--save", path)
    return re.sub(r"\s+", " ", subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout)


def prepare_refused():
    batch = lab.make_2(house)
    house.act("tech.a", "loss record", batch=batch, kind="capsules-rejected", quantity="2", cause="Gélules mal fermées")
    house.act("tech.a", "loss record", batch=batch, kind="shells-defective", quantity="3", cause="Coiffes fendues")
    house.act("tech.a", "loss record", batch=batch, kind="shells-destroyed", quantity="4", cause="Restes détruits")
    bench.package(house, batch, [56, 56, 14])
    for kind, number in (("sample", f"{batch}/S1"), ("bottle", f"{batch}/1")):
        house.act("tech.a", "label print", kind=kind, number=[number])
    with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as database:
        labels = [row[0] for row in database.execute("SELECT number FROM label WHERE state = 'printed'")]
    house.act("tech.a", "label settle", label=labels, state="applied")
    house.at("2026-02-05T07:00:00")
    lab.enter(house, batch, "MASSE", lab.GROSS_2, lab.SHELLS_2)
    lab.enter(house, batch, "DOSAGE", "95.4 95.9")
    for control, values in lab.OTHERS.items():
        lab.enter(house, batch, control, values)
    number, _ = lab.enter(house, batch, "TENEUR", lab.CONTENTS_2, verified_by=None)
    house.act("control.a", "result continue", result=number)
    lab.append(house, number, lab.CONTENTS_2_MORE)
    house.act("control.a", "result close", result=number)
    lab.attach_and_verify(house, number)
    house.act("tech.a", "batch reconcile", batch=batch)
    return batch


def test_the_certificate_of_analysis_states_every_statistic():
    global batch
    batch = prepare_refused()
    text = text_of(house.act("control.p", "certificate sign", batch=batch)["document"])
    assert "Plus petit écart −4,4631" in text and "Plus grand écart 5,1760" in text, text
    assert "Moyenne X 95,51 %" in text and "Écart type s 6,723 %" in text and "73,875 – 123,125 %" in text, text
    assert "|98,5 − 95,51| + 2,0 × 6,723 = 16,435 (sans arrondi intermédiaire), arrondie à 16,4" in text, text
    assert not re.search(r"[.,]\d{5,}", text), text  # the record keeps every digit, the paper a few
    computed = next(r for r in house.view("audit.a", "result list", batch)["results"] if r["control"] == "TENEUR")
    assert len(house.view("audit.a", "result show", computed["result"])["computation"]["s"]["value"]) == 16
    with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as database:
        (sequence, head), = database.execute("SELECT drawn_from, head FROM document WHERE kind = 'certificate-of-analysis'")
    assert f"Signé sur le journal lu jusqu'à {sequence}:{head}".replace("'", "’") in text.replace("'", "’"), text


def test_a_code_is_checked_with_the_key_alone_where_there_is_no_database():
    with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as database:
        (code,), = database.execute("SELECT code FROM document WHERE kind = 'certificate-of-analysis'")
        (key,), = database.execute("SELECT public_key FROM signing_key")
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/key", "w", encoding="utf-8") as file:
            file.write(key + "\n")
        for text, status in ((code, 0), (code[:-8] + "AAAAAAAA", 1)):
            done = subprocess.run([PROGRAM, "--json", "scan", "--offline", "--key", "key", text], cwd=folder, capture_output=True, text=True)
            assert done.returncode == status, (done.returncode, done.stdout, done.stderr)


def test_a_batch_on_hold_is_said_in_words():
    house.act("tech.a", "batch hold", batch=batch, reason="Température de la réserve")
    path = f"{house.folder}/held.pdf"
    asked = ("--as", "pharma.a", "--password-file", house.passwords, "--clock", house.instant())
    house.run(*asked, "document", "preview", "--kind", "batch-record", "--batch", batch, "--save", path)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    traced = subprocess.run([PROGRAM, "--database", house.database, *asked, "trace", "up", batch], capture_output=True, text=True).stdout
    for shown in (text, traced):
        assert "suspendu" in shown and "held" not in shown, shown
    house.act("pharma.b", "batch lift", batch=batch, reason="Courbe conforme")


def test_the_decision_prints_the_exceptions_that_were_signed():
    house.act("pharma.b", "batch refuse", batch=batch, reason="Ne satisfait pas à l'essai 2.9.40")
    text = text_of(house.act("pharma.a", "document issue", kind="release-certificate", batch=batch)["document"])
    assert "Décision de refus" in text and "LOT REFUSÉ" in text and "Certificat de libération" not in text, text
    assert "résultat non conforme" in text and "essai à deux étapes" in text and "AV 16,4 (n = 30)" in text, text
    assert "examinés néant" not in text, text
    with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as database:
        (sequence, head), = database.execute("SELECT sequence, head FROM decision WHERE kind = 'refusal'")
    assert text.count(f"{sequence}:{head[:40]}") >= 1 and f"{sequence}:{head}" in text, text


def test_a_decision_voids_the_labels_of_bottles_only():
    with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as database:
        states = dict(database.execute("SELECT kind, state FROM label"))
    assert states == {"sample": "applied", "bottle": "void"}, states


def test_a_destruction_is_counted_or_not_at_all():
    """The database refuses it too, whoever writes: no destruction without its count, no other count afterwards."""
    whole = "destroyed_units = 142, destroyed_by = 1, destroyed_at = '2026-02-06T08:00:00.000Z', destruction_reference = 'BD'"
    house.guarded(("UPDATE batch SET state = 'destroyed'", "a destruction says how many"),
                  ("UPDATE batch SET destroyed_units = 142", "a destruction stays"),
                  (f"UPDATE batch SET state = 'destroyed', {whole}", None),
                  ("UPDATE batch SET destroyed_units = 141", "a destruction stays"))


def test_the_record_says_what_was_destroyed_in_the_words_of_people():
    assert "destruction" not in house.view("audit.a", "batch show", batch)
    house.act("tech.a", "batch destroy", batch=batch, units=142, reference="BD-2026-007")
    shown = house.view("audit.a", "batch show", batch)["destruction"]
    assert (shown["units"], shown["reference"], shown["person"]) == (142, "BD-2026-007", "tech.a"), shown
    with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as database:
        row, = database.execute("SELECT destroyed_units, destroyed_at, destruction_reference FROM batch WHERE number = ?", (batch,))
    assert row == (142, shown["at"], "BD-2026-007"), row  # the row tells it without the journal
    house.act("pharma.a", "lot recall", lot="MP26-0005", reason="Rappel du fabricant")
    text = text_of(house.act("pharma.a", "document issue", kind="batch-record", batch=batch)["document"])
    assert "gélules : BD-2026-007 142" in text.replace("\u00a0", " "), text
    assert "Accepté par Personne pharma.b fictive," in text and re.search("rappelé par Personne pharma.a fictive, .{,40}Rappel", text), text
    assert "enveloppes détruites" in text and "≤ 3,0" in text, text
    assert ": yes" not in text and "<=" not in text and "Cible : ;" not in text and "TAMC," not in text, text


main(globals())
