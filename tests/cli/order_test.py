"""Controls entrusted to an outside laboratory: ordered with a due day, awaited, received or given up; then the result."""
import re
import subprocess

import bench
import laboratory as lab
from harness import House, main

house = House()
lab.prepare(house)
house.at("2026-01-12T07:00:00")
BATCH = house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-001"), bench.request(house, "P-002")], area="PREP-1", expected_loss=4)["batch"]
bench.check_balances(house)
bench.start(house, BATCH)
bench.fill(house, BATCH, "6.5068 g", "53.489 g", 310, 300)
LABORATORY = "Laboratoire extérieur fictif"


def send(rule, field, person="control.a", **inputs):
    given = {"batch": BATCH, "control": "TAMC", "laboratory": LABORATORY, "sent_on": "2026-01-13", "due_on": "2026-01-20", **inputs}
    return house.refused(person, "order send", rule, field, **given)


def waiting(person):
    return [(row["thing"], row["deadline"], row["to-do"]) for row in house.view(person, "home show").get("laboratory-orders", [])]


def test_a_sample_is_sent_once_it_was_drawn_and_received():
    house.at("2026-01-13T07:00:00")
    send("RESULT-06", "control")
    bench.sample(house, BATCH)
    send("RESULT-35", "control")
    bench.receive(house, BATCH)
    send("BATCH-01", "batch", batch="B26-0099")
    send("RESULT-05", "control", control="GHOST")
    send("ORDER-02", "sent-on", sent_on="2026-01-14", due_on="2026-01-20")
    send("ORDER-02", "sent-on", sent_on="2026-01-11")
    send("ORDER-03", "due-on", due_on="2026-01-12")
    send("ORDER-04", "sample", sample=f"{BATCH}/S1")
    send("ORDER-04", "sample", sample=f"{BATCH}/S9")
    send("CALL-14", "as", person="audit.a")


def test_one_order_a_control():
    done = house.act("control.a", "order send", batch=BATCH, control="TAMC", laboratory=LABORATORY, sent_on="2026-01-13", due_on="2026-01-20")
    assert done["order"] == "L26-0001", done
    shown = house.view("audit.a", "order show", "L26-0001")
    assert (shown["sample"], shown["state"], shown["due-on"]) == (f"{BATCH}/S3", "sent", "2026-01-20") and shown["task"]["door"]["act"] == "order receive", shown
    said = send("ORDER-01", "control")
    assert "L26-0001" in str(said)
    house.act("control.b", "order send", batch=BATCH, control="TYMC", laboratory=LABORATORY, sent_on="2026-01-13", due_on="2026-02-28", sample=f"{BATCH}/S3")
    insert = ("INSERT INTO laboratory_order (number, batch, control, sample, laboratory, sent_on, due_on, ordered_by, ordered_at, state) "
              "SELECT 'L26-0009', o.batch, {}, o.sample, 'x', '2026-01-13', '{}', 1, 'x', '{}' FROM laboratory_order o WHERE o.number = 'L26-0001'")
    coli = "(SELECT id FROM formula_control WHERE code = 'COLI')"
    house.guarded((insert.format("o.control", "2026-01-20", "sent"), "UNIQUE"), (insert.format(coli, "2026-01-12", "sent"), "CHECK"), (insert.format(coli, "2026-01-20", "received"), "ORDER"),
                  ("UPDATE laboratory_order SET due_on = '2026-03-01'", "what was ordered stays"), ("DELETE FROM laboratory_order", "it is kept"),
                  (insert.format(coli, "2026-01-20", "sent"), None))


def test_it_waits_and_is_overdue():
    assert [row[0] for row in waiting("control.a")] == ["L26-0001"], "the other is due in more than a month"
    assert "Rapport attendu" in waiting("control.a")[0][2] and waiting("audit.a") == []
    house.at("2026-01-20T07:00:00")
    assert "Rapport attendu" in waiting("control.b")[0][2], "its last day is not over"
    house.at("2026-01-21T07:00:00")
    assert "en retard" in waiting("control.b")[0][2], waiting("control.b")
    rows = {row["order"]: row["late"] for row in house.view("audit.a", "order list", state="sent")["orders"]}
    assert rows == {"L26-0001": True, "L26-0002": False}, rows


def test_no_result_before_its_report():
    today = {"batch": BATCH, "control": "TAMC", "analysed_on": "2026-01-19"}
    house.refused("control.a", "result open", "RESULT-43", "control", **today, laboratory=LABORATORY)
    house.refused("control.a", "result open", "RESULT-43", "control", **today)
    house.guarded(("INSERT INTO result (number, batch, rank, control, state, analysed_on, entered_by, opened_at) SELECT 'X', batch, 99, control, 'open', '2026-01-19', 1, 'x' "
                   "FROM laboratory_order WHERE number = 'L26-0001'", "the report of an order comes before"))
    for rule, field, inputs in [("ORDER-05", "order", {"order": "L26-0099"}), ("ORDER-07", "received-on", {"received_on": "2026-01-12"}),
                                ("ORDER-07", "received-on", {"received_on": "2026-01-22"}), ("CALL-14", "as", {})]:
        house.refused("audit.a" if rule == "CALL-14" else "control.a", "order receive", rule, field, **{"order": "L26-0001", "received_on": "2026-01-20", "report": "LEF-1", **inputs})
    done = house.act("control.a", "order receive", order="L26-0001", received_on="2026-01-20", report="LEF-2026-0412")
    assert done["task"]["door"] == {"act": "result open", "inputs": {"batch": BATCH, "control": "TAMC", "laboratory": LABORATORY}}, done
    house.refused("control.a", "order receive", "ORDER-06", "order", order="L26-0001", received_on="2026-01-20", report="Encore")
    house.refused("control.a", "order cancel", "ORDER-06", "order", order="L26-0001", reason="Trop tard")
    house.guarded(("UPDATE laboratory_order SET report = 'x' WHERE number = 'L26-0001'", "what was ordered stays"))
    house.refused("control.a", "result open", "RESULT-44", "laboratory", **today, laboratory="Un autre")
    number = house.act("control.a", "result open", **today)["result"]
    shown = house.view("audit.a", "result show", number)
    assert (shown["order"], shown["laboratory"], shown["analyst"]) == ("L26-0001", LABORATORY, None), shown
    order = house.view("audit.a", "order show", "L26-0001")
    assert order["result"] == number and order["task"] is None and order["report"] == "LEF-2026-0412", order
    send("RESULT-09", "control", sent_on="2026-01-14")


def test_an_order_is_given_up_with_its_reason():
    house.act("control.b", "order cancel", order="L26-0002", reason="Le laboratoire ne tient pas le délai")
    house.act("control.b", "order send", batch=BATCH, control="TYMC", laboratory="Second laboratoire fictif", sent_on="2026-01-21", due_on="2026-01-28")
    house.act("control.b", "order cancel", order="L26-0003", reason="Fait ici")
    number = lab.opened(house, BATCH, "TYMC")
    assert "order" not in house.view("audit.a", "result show", number)
    rows = [(row["order"], row["state"]) for row in house.view("audit.a", "order list", batch=BATCH)["orders"]]
    assert rows == [("L26-0003", "cancelled"), ("L26-0002", "cancelled"), ("L26-0001", "received")], rows
    path = f"{house.folder}/record.pdf"
    house.view("pharma.a", "document preview", kind="batch-record", batch=BATCH, save=path)
    text = " ".join(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.replace("\u202f", " ").replace("\u00a0", " ").split())
    assert "LEF-2026-0412" in text and "motif" in text and "commande L26-0001" in text, text



def left_of_refused(sent):
    """What is to be destroyed of a batch that is refused once its samples were received, or sent."""
    own = House()
    lab.prepare(own)
    own.at("2026-01-12T07:00:00")
    batch = own.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(own, "P-001"), bench.request(own, "P-002")], area="PREP-1", expected_loss=4)["batch"]
    bench.check_balances(own)
    bench.start(own, batch)
    bench.fill(own, batch, "6.5068 g", "53.489 g", 310, 300)
    own.at("2026-01-13T07:00:00")
    bench.sample(own, batch)
    bench.receive(own, batch)
    if sent:
        own.act("control.a", "order send", batch=batch, control="TAMC", laboratory=LABORATORY, sent_on="2026-01-13", due_on="2026-01-20")
    own.act("pharma.a", "batch refuse", batch=batch, reason="Pour l'essai")
    said = own.refused("tech.a", "batch destroy", "BATCH-32", "units", batch=batch, units=1, reference="BD-1")[0]["message"]
    units = next(row["units"] for row in own.view("audit.a", "batch show", batch)["samples"] if row["sample"] == f"{batch}/S3")
    due = max(map(int, re.findall(r"\d+", said.replace(batch, ""))))
    own.act("tech.a", "batch destroy", batch=batch, units=due, reference="BD-1")
    own.close()
    return due, units


def test_what_is_at_the_laboratory_is_not_destroyed_here():
    (here, units), (sent, _) = left_of_refused(False), left_of_refused(True)
    assert units > 0 and here - sent == units, (here, sent, units)


main(globals())
