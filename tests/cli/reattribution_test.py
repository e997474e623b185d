"""Capsules of a released batch for another request than it was made for: only what is nobody's, by a new release decision."""
from dossier import Dossier
from harness import main

BATCH, FIRST, SECOND = "B26-0001", "RX26-0001", "RX26-0002"
house = Dossier()
house.play(until="dispensing confirm")
WHY = {"reason": "Dose réduite : la demande RX26-0002 est retirée"}


def request(patient, daily, accept=True, formula="BIR20"):
    number = house.act("pharm.a", "request receive", patient=patient, formula=formula, prescriber="Dr Exemple", prescriber_address="Hôpital fictif",
                       prescribed_on="2026-01-20", daily_units=str(daily), days="28", posology=f"{daily} gélules par jour", board="RCP fictive",
                       board_day="2026-01-19", board_number="RCP-2026-099", board_decision="favourable", reason="Dose modifiée")["request"]
    if accept:
        house.act("pharm.b", "request accept", request=number, legal_basis="CSP L.5121-1 1°")
    return number


def refused(rule, field, person="pharm.b", **changes):
    house.refused(person, "batch reattribute", rule, field, **{"batch": BATCH, "request": REDUCED, "units": 84, "from_request": SECOND, **WHY, **changes})


def test_what_others_wait_for_is_nobodys_to_give():
    global REDUCED
    REDUCED = request("P-002", 3)
    refused("REATTRIBUTION-07", "units", from_request=None)  # 224 here, both requests wait for 112
    refused("REATTRIBUTION-04", "from-request")
    house.refused("disp.a", "dispensing confirm", "DISPENSING-09", "request", request=REDUCED, batch=BATCH)
    house.act("pharm.b", "request withdraw", request=SECOND, reason="Dose réduite à 3 gélules par jour")


def test_each_refusal_says_its_field():
    received = request("P-007", 1, accept=False)
    house.refused("tech.a", "batch reattribute", "CALL-14", "as", batch=BATCH, request=REDUCED, units=84, **WHY)
    house.refused("pharm.b", "batch reattribute", "CALL-09", "signature", signature=None, batch=BATCH, request=REDUCED, units=84, **WHY)
    refused("REATTRIBUTION-01", "request", request=received)
    refused("REQUEST-01", "request", request="RX26-9999")
    refused("REQUEST-01", "from-request", from_request="RX26-9999")
    refused("REATTRIBUTION-08", "from-request", from_request=REDUCED)
    for units in (0, 85):
        refused("REATTRIBUTION-03", "units", units=units)
    refused("REATTRIBUTION-06", "from-request", from_request=None)  # they are those of a request that ended: it is named
    refused("REATTRIBUTION-05", "from-request", request=request("P-005", 5), units=113)
    refused("RELEASE-31", "as", person="qc.pharm")
    house.act("pharm.a", "formula create", formula="AUTRE", name="Autre formule")
    refused("REATTRIBUTION-02", "request", request=request("P-006", 3, formula="AUTRE"))
    house.act("pharm.a", "batch hold", batch=BATCH, reason="Réclamation à examiner")
    refused("DISPENSING-06", "batch")
    house.act("pharm.a", "batch lift", batch=BATCH, reason="Réclamation sans objet")
    planned = house.act("pharm.a", "batch plan", formula="BIR20", requests=[REDUCED], area="PREP-1")["batch"]
    refused("BATCH-02", "batch", batch=planned)
    house.act("pharm.a", "batch cancel", batch=planned, reason="essai")


def test_the_database_refuses_it_too():
    row = ("INSERT INTO reattribution (batch, request, units, from_request, reason, exceptions, person, at, meaning, sequence, head) SELECT b.id, r.id, {}, {}, 'x', "
           "'[]', 1, '2026-01-22T09:00:00.000Z', 'x', 1, 'x' FROM batch b, request r WHERE b.number = '{}' AND r.number = '{}'")
    second = "(SELECT id FROM request WHERE number = 'RX26-0002')"
    received = house.view("chief", "request list", patient="P-007")["requests"][0]["request"]
    more = house.view("chief", "request list", patient="P-005")["requests"][0]["request"]
    other = house.view("chief", "request list", patient="P-006")["requests"][0]["request"]
    dispensing = ("INSERT INTO dispensing (number, batch, request, patient, units, charged, charge_formula, state, confirmed_by, confirmed_at) SELECT '2026/0001', b.id, r.id, "
                  "r.patient, 84, 0, 'x', 'confirmed', 1, '2026-01-22T09:00:00.000Z' FROM batch b, request r WHERE b.number = 'B26-0001' AND r.number = '{}'")
    house.guarded((dispensing.format(REDUCED), "made for or reattributed to"),
                  (row.format(1, second, BATCH, received), "accepted request of the same formula"),
                  (row.format(84, second, BATCH, other), "accepted request of the same formula"),
                  (row.format(85, second, BATCH, REDUCED), "never more than is prescribed"),
                  (row.format(84, "(SELECT id FROM request WHERE number = 'RX26-0001')", BATCH, REDUCED), "has not got"),
                  (row.format(113, "NULL", BATCH, more), "wait for these capsules"),
                  ("UPDATE batch SET held = 1 WHERE number = 'B26-0001'", None),
                  (row.format(84, second, BATCH, REDUCED), "released, not held, not expired"))


def test_a_new_release_decision_gives_them():
    done = house.act("pharm.b", "batch reattribute", batch=BATCH, request=REDUCED, units=84, from_request=SECOND, **WHY)
    assert done["units"] == 84 and done["from-request"] == SECOND and REDUCED in done["meaning"] and ":" in done["head"], done
    shown = house.view("chief", "batch show", BATCH)
    assert shown["decisions"][-1]["kind"] == "reattribution" and shown["decisions"][-1]["person"] == "pharm.b", shown["decisions"]
    row = shown["reattributions"][0]
    assert (row["request"], row["patient"], row["units"], row["from-request"], row["reason"]) == (REDUCED, "P-002", 84, SECOND, WHY["reason"]), row
    request_shown = house.view("chief", "request show", REDUCED)
    assert request_shown["batches"][0]["batch"] == BATCH and request_shown["batches"][0]["reattributed"] is True, request_shown["batches"]
    assert [b for b in house.view("chief", "request list", patient="P-002")["requests"] if b["request"] == REDUCED][0]["batch"] == BATCH
    up = house.view("chief", "trace up", BATCH)
    assert REDUCED in [r["request"] for r in up["requests"]] and "reattribution" in [d["decision"] for d in up["decisions"]], up["decisions"]
    house.guarded(("UPDATE reattribution SET units = 1", "a signed decision stays"), ("DELETE FROM reattribution", "a signed decision is kept"))


def test_none_is_given_twice():
    refused("REATTRIBUTION-03", "units", units=1)  # it lacks nothing any more
    refused("REATTRIBUTION-05", "from-request", request=request("P-008", 2), units=29)  # 112 - 84
    house.refused("pharm.a", "batch plan", "REATTRIBUTION-09", "requests", formula="BIR20", requests=[REDUCED], area="PREP-1")
    waiting = house.view("disp.a", "home show")["requests-to-serve"]
    assert [row["do"]["act"] for row in waiting if row["thing"] == REDUCED] == ["request next"], waiting


def test_a_request_that_has_a_part_gets_a_batch_for_the_rest():
    number = request("P-004", 2)
    house.act("pharm.b", "batch reattribute", batch=BATCH, request=number, units=28, from_request=SECOND, **WHY)
    planned = house.act("pharm.a", "batch plan", formula="BIR20", requests=[number], area="PREP-1")["batch"]
    assert house.view("chief", "batch show", planned)["requests"][0]["units"] == 28
    house.act("pharm.a", "batch cancel", batch=planned, reason="essai")


def test_the_batch_is_then_dispensed_to_it():
    said = house.refused("disp.a", "dispensing confirm", "DISPENSING-15", "bottles", request=REDUCED, batch=BATCH)
    assert "84" in said[0]["message"], said  # bottles of 56: one is to be opened


main(globals())
