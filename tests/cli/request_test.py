"""Requests: received for one patient, accepted by a pharmacist with the legal basis, or refused."""
import bench
from dossier import Dossier
from harness import House, main

house = House()


def test_a_request_is_received():
    bench.supply(house)
    house.act("pharma.a", "formula create", formula="BIR20", name="Birabresib 20 mg, gélule")
    done = house.act("tech.a", "request receive", patient="P-001", **bench.REQUEST)
    assert done["request"] == "RX26-0001" and done["units"] == {"value": "112", "unit": None, "formula": "4 x 28"} or done["units"]["value"] == "112", done
    said = house.refused("tech.a", "request receive", "REQUEST-09", "prescribed-on", patient="P-001", **bench.REQUEST)
    assert "RX26-0001" in str(said) and "08/01/2026" in str(said), said
    assert house.act("tech.a", "request receive", patient="P-001", reason="Seconde ordonnance du même jour", **bench.REQUEST)["request"] == "RX26-0002"
    house.refused("tech.a", "request receive", "FORMULA-01", "formula", patient="P-001", **{**bench.REQUEST, "formula": "GHOST"})
    house.refused("tech.a", "request receive", "REQUEST-03", "daily-units", patient="P-001", **{**bench.REQUEST, "daily_units": 51})
    house.refused("tech.a", "request receive", "REQUEST-03", "days", patient="P-001", **{**bench.REQUEST, "days": 0})
    house.refused("control.a", "request receive", "CALL-14", "as", patient="P-001", **bench.REQUEST)


def test_a_pharmacist_accepts():
    basis = {"legal_basis": "CSP L.5121-1 1°"}
    house.at("2026-01-09T08:00:00")
    house.refused("pharma.a", "request accept", "REQUEST-01", "request", request="RX26-9999", **basis)
    house.refused("tech.a", "request accept", "CALL-14", "as", request="RX26-0001", **basis)
    house.refused("pharma.a", "request accept", "CALL-09", "signature", signature=None, request="RX26-0001", **basis)
    house.refused("pharma.a", "request accept", "CALL-10", "signature", signature="J'accepte.", changes=True, request="RX26-0001", **basis)
    english = "I have analysed request RX26-0001 and accept that it be prepared."
    house.refused("pharma.a", "request accept", "CALL-10", "signature", signature=english + " Not.", changes=True, request="RX26-0001", **basis)
    assert house.act("pharma.a", "request accept", signature=english, request="RX26-0001", **basis)["state"] == "accepted"
    kept = house.view("audit.a", "audit list", number="RX26-0001")["entries"][0]
    meaning = house.view("audit.a", "audit show", str(kept["sequence"]))["meaning"]
    assert meaning.startswith("J"), "what is kept is the site's own sentence: " + meaning
    house.refused("pharma.a", "request accept", "REQUEST-02", "request", request="RX26-0001", **basis)
    house.refused("pharma.a", "request refuse", "REQUEST-02", "request", request="RX26-0001", reason="Trop tard")
    for rule, more in [("REQUEST-04", {"board_decision": "unfavourable"}), ("REQUEST-04", {"board_decision": "postponed"}),
                       ("REQUEST-05", {"board_day": "2026-01-10"}), ("REQUEST-06", {"prescribed_on": "2026-01-10"})]:
        number = bench.request(house, "P-002", accept=False, reason="Encore", **more)
        house.refused("pharma.a", "request accept", rule, "request", request=number, **basis)


def test_a_pharmacist_refuses():
    house.refused("pharma.a", "request refuse", "REQUEST-01", "request", request="RX26-9999", reason="X")
    assert house.act("pharma.a", "request refuse", request="RX26-0002", reason="Spécialité disponible")["state"] == "refused"
    house.refused("pharma.a", "request accept", "REQUEST-02", "request", request="RX26-0002", legal_basis="X")


def test_requests_are_shown():
    shown = house.view("audit.a", "request show", "RX26-0001")
    assert (shown["patient"], shown["board-decision"], shown["state"], shown["decided-by"]) == ("P-001", "favourable", "accepted", "pharma.a"), shown
    assert [r["request"] for r in house.view("audit.a", "request list", state="refused")["requests"]] == ["RX26-0002"]
    assert len(house.view("audit.a", "request list", patient="P-002")["requests"]) == 4
    bench.view_refused(house, "REQUEST-01", "request", "request show", "RX26-9999")


def test_an_accepted_request_is_withdrawn():
    own = House()
    bench.supply(own)
    bench.formula(own)
    own.at("2026-01-12T07:00:00")
    first, second = bench.request(own, "P-001"), bench.request(own, "P-002")
    waiting = own.view("pharma.a", "home show")["requests-to-serve"]
    assert [(row["thing"], row["do"]["act"], row["do"]["inputs"]) for row in waiting] == [
        (number, "batch plan", {"requests": number, "formula": "BIR20"}) for number in (first, second)], waiting
    own.refused("tech.a", "request withdraw", "CALL-14", "as", request=first, reason="X")
    own.refused("pharma.a", "request withdraw", "CALL-09", "signature", signature=None, request=first, reason="Arrêt")
    batch = own.act("tech.a", "batch plan", formula="BIR20", requests=[first], area="PREP-1")["batch"]
    assert own.act("pharma.a", "request withdraw", request=first, reason="Traitement arrêté")["batch"] == batch
    shown = own.view("audit.a", "request show", first)
    assert (shown["state"], shown["withdrawn-by"], shown["withdrawn-reason"], shown["decided-by"]) == ("withdrawn", "pharma.a", "Traitement arrêté", "pharma.a"), shown
    own.refused("pharma.a", "request withdraw", "REQUEST-10", "request", request=first, reason="Encore")
    own.act("pharma.a", "request withdraw", request=second, reason="En double")
    own.refused("tech.a", "batch plan", "BATCH-06", "requests", formula="BIR20", requests=[second], area="PREP-1")
    assert bench.request(own, "P-002"), "after the withdrawal the same prescription is accepted again"
    own.close()


def test_an_old_prescription_or_decision_asks_for_a_reason():
    number = bench.request(house, "P-003", accept=False, prescribed_on="2026-01-08", board_day="2026-01-07")
    basis = {"request": number, "legal_basis": "CSP L.5121-1 1°"}
    house.at("2026-07-07T08:00:00")
    refused = house.refused("pharma.a", "request accept", "REQUEST-08", "reason", **basis)
    assert [row["rule"] for row in refused] == ["REQUEST-08"] and "07/01/2026" in refused[0]["message"] and "180" in refused[0]["message"], refused
    house.at("2027-01-09T08:00:00")
    refused = house.refused("pharma.a", "request accept", "REQUEST-07", "reason", **basis)
    assert [row["rule"] for row in refused] == ["REQUEST-07", "REQUEST-08"], refused
    for value in ("0", "3661", "un an", "-1", "01"):
        house.refused("chief", "setting set", "SETTING-03", "value", name="board-days", value=value, reason="x")
    house.refused("chief", "setting set", "SETTING-02", "value", name="controller-may-release", value="365", reason="x")
    house.act("chief", "setting set", name="board-days", value="367", reason="Avis de la RCP valable un an")
    house.act("chief", "setting set", name="prescription-days", value="366", reason="Essai")
    settings = {row["setting"]: row["value"] for row in house.view("chief", "setting list")["settings"]}
    assert (settings["board-days"], settings["prescription-days"]) == ("367", "366"), settings
    house.act("pharma.a", "request accept", **basis)  # both limits were moved, each to the very day
    second = bench.request(house, "P-003", accept=False, prescribed_on="2026-01-01", board_day="2027-01-05")
    basis["request"] = second
    house.refused("pharma.a", "request accept", "REQUEST-07", "reason", **basis)
    house.act("pharma.a", "request accept", reason="Ordonnance de longue durée, prescripteur joint ce jour", **basis)
    assert house.view("chief", "request show", second)["reason"].startswith("Ordonnance de longue durée")
    house.at("2026-01-10T08:00:00")


def test_a_request_is_feminine_in_french():
    assert "acceptée" in house.text("audit.a", "request", "show", "RX26-0001") and "refusée" in house.text("audit.a", "request", "list")
    said = house.refused("pharma.a", "request refuse", "REQUEST-02", "request", request="RX26-0001", reason="X")[0]["message"]
    assert "est déjà décidée (acceptée)" in said, said
    assert "accepté " not in house.text("audit.a", "request", "list") + " "


def test_a_request_is_served_once_all_is_handed_over():
    made = Dossier()
    made.play(until="dispensing scan")
    said = made.refused("pharm.a", "request withdraw", "REQUEST-11", "request", request="RX26-0001", reason="Arrêt")
    assert "2026/0001" in str(said) and "dispensing cancel" in str(said), said
    made.play(until="dispensing hand-over")
    assert made.view("pharm.a", "request show", "RX26-0001")["state"] == "accepted"
    made.step()
    assert made.view("pharm.a", "request show", "RX26-0001")["state"] == "served"
    made.refused("pharm.a", "request withdraw", "REQUEST-10", "request", request="RX26-0001", reason="Trop tard")
    assert "RX26-0001" not in str(made.view("pharm.a", "home show"))
    made.close()


main(globals())
