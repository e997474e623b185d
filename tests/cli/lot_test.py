"""Lots of raw material from the delivery to the destruction; containers and stock."""
import os
import sqlite3

import bench
from harness import House, main

house = House()
SYNTHEX = {"material": "BIR", "supplier": "SYNTHEX", "manufacturer": "Synthex fictif SAS, Ville-Exemple", "supplier_lot": "SX-25117",
           "quantity": "250.0000 g", "price": "14 500,00 EUR", "retest": "2026-09", "certificate_reference": "CoA SX-25117"}
CORRECTION = {"assay": "99.1", "basis": "anhydrous", "water": "6.9", "source": "Certificat et contrôle propre"}
TEST = {"test": "Identité par spectre infrarouge", "method": "Ph. Eur. 2.2.24", "result": "Concordant", "conforms": "yes"}


def lot(number):
    return house.view("audit.a", "lot show", number)


def stock(container):
    shown = house.view("audit.a", "container show", container)["stock"]
    return shown["value"] if isinstance(shown, dict) else shown


def receive(material, supplier, quantity, price, **more):
    return house.act("tech.a", "lot receive", material=material, supplier=supplier, manufacturer="Fabricant fictif", quantity=quantity,
                     price=price, **{"supplier_lot": f"{material}-1", "certificate_reference": "CoA", **more})


def test_deliveries_enter_register_and_quarantine():
    for code, name, kind, more in [
            ("BIR", "Birabresib", "active-substance", {"cas": "202590-98-5"}), ("CEL", "Cellulose microcristalline", "excipient", {}),
            ("GEL1", "Gélule d'hypromellose, taille 1", "capsule-shell", {"capsule_size": "1", "capsule_volume": "0.50 mL"}),
            ("FLACON", "Flacon de 56 gélules", "packaging-article", {}), ("ETIQ", "Étiquette", "packaging-article", {})]:
        house.act("pharma.a", "material add", code=code, name=name, kind=kind, **more)
    for code, category in [("SYNTHEX", "C"), ("CELLUPHARM", "A"), ("EMBALLAGE", "B")]:
        house.act("pharma.a", "supplier add", code=code, name=f"{code} fictif", address="Ville-Exemple", category=category)
    assert receive("FLACON", "EMBALLAGE", "500", "420 EUR", expiry="2030-12")["lot"] == "MP26-0001"
    assert receive("ETIQ", "EMBALLAGE", "1000", "60 EUR", expiry="2030-12")["lot"] == "MP26-0002"
    done = house.act("tech.a", "lot receive", **SYNTHEX)
    assert (done["lot"], done["state"], done["limit-day"], done["containers"]) == ("MP26-0003", "quarantine", "2026-09-30", ["MP26-0003/1"]), done
    assert house.act("tech.a", "lot receive", **{**SYNTHEX, "supplier_lot": "SX-25118"})["lot"] == "MP26-0004"
    done = receive("CEL", "CELLUPHARM", "1 kg", "42 EUR", expiry="05/2027", containers=["400 g", "600 g"])
    assert (done["lot"], done["limit-day"], done["containers"]) == ("MP26-0005", "2027-05-31", ["MP26-0005/1", "MP26-0005/2"]), done
    done = receive("GEL1", "EMBALLAGE", "1000", "31 EUR", expiry="03/2028")
    assert (done["lot"], done["limit-day"]) == ("MP26-0006", "2028-03-31"), done


def test_what_a_delivery_must_say():
    rule = house.refused
    again = {**SYNTHEX, "supplier_lot": "SX-2"}
    rule("tech.a", "lot receive", "LOT-10", "supplier-lot", **SYNTHEX)
    refused = rule("tech.a", "lot receive", "MATERIAL-01", "material", **{**again, "material": "GHOST", "supplier": "GHOST"})
    assert [r["rule"] for r in refused] == ["MATERIAL-01", "SUPPLIER-01"], refused
    rule("tech.a", "lot receive", "LOT-23", "quantity", **{**again, "quantity": "250"})
    rule("tech.a", "lot receive", "LOT-23", "quantity", **{**again, "material": "GEL1"})
    rule("tech.a", "lot receive", "LOT-24", "quantity", **{**again, "quantity": "0 g"})
    rule("tech.a", "lot receive", "LOT-25", "retest", **again, expiry="2027-01")
    rule("tech.a", "lot receive", "LOT-26", "containers", **again, containers=["100 g", "149.9999 g"])
    rule("tech.a", "lot receive", "LOT-23", "containers", **again, containers=["100", "150"])
    rule("tech.a", "lot receive", "LOT-24", "containers", **again, containers=["250 g", "0 g"])
    rule("audit.a", "lot receive", "CALL-14", "as", **again)
    rule("tech.a", "lot receive", "CALL-16", "certificate", **again, certificate="/nowhere/certificate.pdf")


def test_samples_leave_their_container():
    sample = {"container": "MP26-0003/1", "quantity": "8 g", "purpose": "control", "reason": "Contrôle à réception"}
    house.refused("control.a", "lot sample", "CONTAINER-01", "container", **{**sample, "container": "MP26-0003/2"})
    house.refused("control.a", "lot sample", "STOCK-01", "quantity", **{**sample, "quantity": "250.0001 g"})
    house.refused("control.a", "lot sample", "LOT-23", "quantity", **{**sample, "quantity": "8"})
    house.refused("control.a", "lot sample", "LOT-24", "quantity", **{**sample, "quantity": "0 g"})
    house.refused("audit.a", "lot sample", "CALL-14", "as", **sample)
    assert house.act("control.a", "lot sample", **sample)["stock"]["value"] == "242"
    house.act("control.a", "lot sample", **{**sample, "quantity": "12 g", "purpose": "retained"})
    house.act("control.a", "lot sample", container="MP26-0005/1", quantity="25 g", purpose="control", reason="Contrôle")
    house.act("control.a", "lot sample", container="MP26-0005/2", quantity="25 g", purpose="retained", reason="Échantillothèque")
    house.act("control.a", "lot sample", container="MP26-0006/1", quantity="8", purpose="control", reason="Contrôle")
    house.act("control.a", "lot sample", container="MP26-0006/1", quantity="12", purpose="retained", reason="Échantillothèque")
    assert [stock(c) for c in ["MP26-0003/1", "MP26-0005/1", "MP26-0005/2", "MP26-0006/1"]] == ["230", "375", "575", 980]


def test_only_a_pharmacist_decides_and_signs():
    accept = {"lot": "MP26-0003", **CORRECTION}
    rule = house.refused
    rule("tech.a", "lot accept", "CALL-14", "as", **accept)
    rule("control.a", "lot accept", "CALL-14", "as", **accept)
    rule("pharma.a", "lot accept", "CALL-09", "signature", signature=None, **accept)
    rule("pharma.a", "lot accept", "LOT-01", "lot", **{**accept, "lot": "MP26-0099"})
    rule("pharma.a", "lot accept", "LOT-14", "lot", **accept)  # category C without own control
    rule("tech.a", "lot test", "CALL-14", "as", lot="MP26-0003", **TEST)
    rule("control.a", "lot test", "LOT-01", "lot", lot="MP26-0099", **TEST)
    raw = os.path.join(house.folder, "infrared.txt")
    with open(raw, "w", encoding="utf-8") as file:
        file.write("4000-400 cm-1: concordant\n")
    house.act("control.a", "lot test", lot="MP26-0003", **TEST, raw_document=raw)
    house.act("control.p", "lot test", lot="MP26-0003", test="Dosage", method="CLHP", result="99,1 %", conforms="yes")


def test_the_correction_is_complete_or_refused():
    accept = {"lot": "MP26-0003", **CORRECTION}
    rule = house.refused
    for missing in ["assay", "basis", "source"]:
        rule("pharma.a", "lot accept", "LOT-17", missing, **{**accept, missing: None})
    rule("pharma.a", "lot accept", "LOT-18", "water", **{**accept, "water": None})
    for assay in ["0.991", "110.1", "-99"]:
        rule("pharma.a", "lot accept", "LOT-19", "assay", **{**accept, "assay": assay})
    for assay in ["9.91", "49.55", "89.99"]:  # a slip of the decimal point, or a diluted powder: asked for
        rule("pharma.a", "lot accept", "LOT-35", "assay", **{**accept, "assay": assay})
        rule("pharma.a", "lot accept", "LOT-35", "assay", **{**accept, "assay": assay, "unusual_assay": "no"})
    for water in ["-0.1", "50.1"]:
        rule("pharma.a", "lot accept", "LOT-20", "water", **{**accept, "water": water})


def test_purity_and_factor_of_the_accepted_lot():
    done = house.act("pharma.a", "lot accept", lot="MP26-0003", **CORRECTION)
    correction = lot("MP26-0003")["correction"]
    assert correction == done["correction"]
    assert correction["purity"]["value"] == "0.922621" and "6.9" in correction["purity"]["formula"], correction
    assert correction["factor"]["value"] == "1.083868674", correction
    shown = lot("MP26-0003")
    assert (shown["state"], shown["decided-by"], shown["limit-kind"], shown["limit-day"]) == ("accepted", "pharma.a", "retest", "2026-09-30"), shown
    assert shown["price"] == {"value": "14500.00", "unit": "EUR"} and shown["unit-price"]["value"] == "58", shown
    assert shown["tests"][0]["raw-document"]["type"].startswith("text/plain"), shown
    assert [(m["kind"], m["quantity"]["value"]) for m in shown["movements"]] == [("receipt", "250"), ("control-sample", "-8"), ("retained-sample", "-12")]
    house.refused("pharma.a", "lot accept", "LOT-30", "retest-until", lot="MP26-0003", **CORRECTION)


def test_a_test_that_does_not_conform_ends_in_refusal():
    house.act("control.a", "lot test", lot="MP26-0004", **{**TEST, "result": "Non concordant", "conforms": "no"})
    house.refused("pharma.a", "lot accept", "LOT-15", "lot", lot="MP26-0004", **CORRECTION)
    refuse = {"lot": "MP26-0004", "reason": "Spectre infrarouge non concordant"}
    house.refused("control.a", "lot refuse", "CALL-14", "as", **refuse)
    house.refused("pharma.a", "lot refuse", "LOT-01", "lot", **{**refuse, "lot": "MP26-0099"})
    house.refused("pharma.a", "lot refuse", "CALL-09", "signature", signature=None, **refuse)
    house.act("pharma.a", "lot refuse", **refuse)
    assert lot("MP26-0004")["reason"] == "Spectre infrarouge non concordant"
    house.refused("pharma.a", "lot refuse", "LOT-11", "lot", **refuse)
    house.refused("pharma.a", "lot recall", "LOT-28", "lot", **refuse)


def test_category_a_rests_on_qualification_and_certificate():
    house.refused("pharma.a", "lot accept", "LOT-08", "lot", lot="MP26-0005")
    house.act("pharma.a", "supplier qualify", supplier="CELLUPHARM", on="2026-01-05", until="2026-12-31", reference="QF-2026-02")
    house.act("pharma.a", "lot accept", lot="MP26-0005")
    assert "correction" not in lot("MP26-0005")
    house.act("pharma.a", "lot accept", lot="MP26-0006")
    assert lot("MP26-0005")["unit-price"] == {"value": "0.042", "unit": "EUR/g", "formula": "42.00 EUR / 1000 g"}
    assert lot("MP26-0006")["unit-price"] == {"value": "0.031", "unit": "EUR", "formula": "31.00 EUR / 1000"}
    bare = receive("CEL", "CELLUPHARM", "10 g", "1 EUR", expiry="2027-05", certificate_reference=None, supplier_lot="CEL-2")["lot"]
    house.refused("pharma.a", "lot accept", "LOT-16", "lot", lot=bare)
    house.act("control.a", "lot test", lot=bare, **TEST)
    house.refused("pharma.a", "lot accept", "LOT-09", "lot", lot=bare)  # a full control keeps a sample
    house.act("control.a", "lot sample", container=f"{bare}/1", quantity="1 g", purpose="retained", reason="Échantillothèque")
    house.act("pharma.a", "lot accept", lot=bare)
    assert receive("FLACON", "CELLUPHARM", "10", "1 EUR", expiry="2027-05", certificate_reference=None)["lot"] == "MP26-0008"
    house.act("pharma.a", "lot accept", lot="MP26-0008")  # packaging is matched, not analysed


def test_a_lot_without_or_past_its_date_is_only_refused():
    undated = receive("CEL", "CELLUPHARM", "10 g", "1 EUR", supplier_lot="CEL-3")["lot"]
    house.refused("pharma.a", "lot accept", "LOT-12", "lot", lot=undated)
    house.act("pharma.a", "lot refuse", lot=undated, reason="Sans date")
    past = receive("CEL", "CELLUPHARM", "10 g", "1 EUR", supplier_lot="CEL-4", expiry="2025-12-31")["lot"]
    house.refused("pharma.a", "lot accept", "LOT-13", "lot", lot=past)
    house.act("pharma.a", "lot recall", lot=past, reason="Rappel du fournisseur")
    assert lot(past)["state"] == "recalled"


def test_containers_are_opened_once():
    opening = {"container": "MP26-0005/1", "end_of_use": "2026-07-12"}
    rule = house.refused
    rule("tech.a", "container open", "CONTAINER-01", "container", **{**opening, "container": "MP26-0005/9"})
    rule("tech.a", "container open", "CONTAINER-05", "end-of-use", **{**opening, "end_of_use": "2026-01-04"})
    rule("tech.a", "container open", "LOT-03", "container", container="MP26-0004/1")
    rule("audit.a", "container open", "CALL-14", "as", **opening)
    assert house.act("tech.a", "container open", container="MP26-0005/1", end_of_use="2026-07-12")["container"] == "MP26-0005/1"
    rule("tech.a", "container open", "CONTAINER-04", "container", **opening)
    shown = [c["last-day"] for c in lot("MP26-0005")["containers"]]
    assert shown == ["2026-07-12", "2027-05-31"], shown


def count(container, quantity, reason="Inventaire", by="tech.a", verified_by="tech.b"):
    house.act(by, "stock count", container=container, quantity=quantity, reason=reason)
    return house.act(verified_by, "stock verify-count", container=container, quantity=quantity)


def test_a_count_is_proposed_by_one_person():
    given = {"container": "MP26-0006/1", "quantity": "978", "reason": "Inventaire"}
    rule = house.refused
    rule("tech.a", "stock count", "CONTAINER-01", "container", changes=True, **{**given, "container": "X"})
    rule("tech.a", "stock count", "LOT-23", "quantity", **{**given, "quantity": "978 g"})
    rule("tech.a", "stock count", "STOCK-08", "quantity", **{**given, "quantity": "1001"})
    rule("tech.a", "stock count", "LOT-03", "container", container="MP26-0004/1", quantity="1 g", reason="Essai")
    rule("tech.a", "stock count", "CALL-31", "second-person", **given, second_person="tech.b")
    rule("audit.a", "stock count", "CALL-14", "as", **given)
    rule("tech.b", "stock verify-count", "STOCK-03", "container", container="MP26-0006/1", quantity="978")
    assert house.act("tech.a", "stock count", **given)["state"] == "proposed"
    shown = house.view("tech.b", "container show", "MP26-0006/1")
    assert shown["stock"] == 980 and shown["count-proposed"]["person"] == "tech.a", "nothing changed yet"
    assert "978" not in str(shown["count-proposed"]), "the second person reads for themselves"


def test_a_count_changes_the_stock_once_another_person_read_the_same():
    verify, rule = {"container": "MP26-0006/1", "quantity": "978"}, house.refused
    rule("tech.a", "stock verify-count", "STOCK-02", "as", **verify)
    rule("audit.a", "stock verify-count", "CALL-14", "as", **verify)
    rule("tech.b", "stock verify-count", "LOT-23", "quantity", **{**verify, "quantity": "978 g"})
    said = rule("tech.b", "stock verify-count", "STOCK-10", "quantity", **{**verify, "quantity": "979"})[0]["message"]
    assert "978" not in said, said
    done = house.act("tech.b", "stock verify-count", **verify)
    assert (done["calculated"], done["difference"], done["fits"]) == (980, -2, False), done
    assert stock("MP26-0006/1") == 978
    movement = house.view("tech.a", "container show", "MP26-0006/1")["movements"][-1]
    assert (movement["kind"], movement["second-person"], movement["person"]) == ("stock-count", "tech.b", "tech.a"), movement
    rule("tech.b", "stock verify-count", "STOCK-03", "container", **verify)
    assert count("MP26-0006/1", "978")["fits"] is True
    house.act("tech.a", "stock count", container="MP26-0006/1", quantity="970", reason="Mal lu")
    assert count("MP26-0006/1", "980")["difference"] == 2, "counting again replaces a proposal"


def test_a_count_is_verified_before_anything_moves():
    house.act("tech.a", "stock count", container="MP26-0006/1", quantity="979", reason="Inventaire")
    house.act("control.a", "lot sample", container="MP26-0006/1", quantity="1", purpose="control", reason="Masse")
    house.refused("tech.b", "stock verify-count", "STOCK-09", "container", container="MP26-0006/1", quantity="979")
    assert count("MP26-0006/1", "980")["difference"] == 1
    database = sqlite3.connect(house.database)
    for wrong in ("INSERT INTO movement (container, kind, quantity, person, second_person, at, reason) VALUES (1, 'count', -1, 2, 3, 'x', 'y')",
                  "INSERT INTO stock_count (container, quantity, calculated, reason, state, counted_by, counted_at) VALUES (1, 99999, 1, 'r', 'proposed', 2, 'x')",
                  "UPDATE stock_count SET quantity = 1"):
        try:
            database.execute(wrong)
            raise AssertionError(wrong)
        except sqlite3.IntegrityError as error:
            assert "STOCK: " in str(error), error
    database.close()


def test_lists_show_first_to_expire_first():
    receive("CEL", "CELLUPHARM", "100 g", "5 EUR", expiry="2026-06", supplier_lot="CEL-5")
    cellulose = house.view("tech.a", "stock list", material="CEL")["materials"][0]
    order = [(line["lot"], line["state"]) for line in cellulose["lots"]]
    assert order[:2] == [("MP26-0005", "accepted"), ("MP26-0007", "accepted")] and ("MP26-0011", "quarantine") in order[2:], order
    assert cellulose["usable"]["value"] == "959", cellulose
    assert [line["lot"] for line in house.view("tech.a", "lot list", material="BIR")["lots"]] == ["MP26-0003", "MP26-0004"]
    assert [line["lot"] for line in house.view("tech.a", "lot list", state="refused")["lots"]] == ["MP26-0004", "MP26-0009"]
    house.view_refused("tech.a", "lot list", "MATERIAL-01", "material", material="GHOST")
    house.view_refused("tech.a", "stock list", "MATERIAL-01", "material", material="GHOST")
    house.view_refused("tech.a", "lot show", "LOT-01", "lot", "MP26-0099")
    house.view_refused("tech.a", "container show", "CONTAINER-01", "container", "MP26-0099/1")


def test_a_recall_keeps_who_accepted_the_lot():
    number = receive("CEL", "CELLUPHARM", "10 g", "1 EUR", supplier_lot="CEL-6", expiry="2027-05")["lot"]
    house.act("pharma.a", "lot accept", lot=number)
    accepted = lot(number)
    assert "recalled-by" not in accepted, accepted
    house.act("pharma.b", "lot recall", lot=number, reason="Rappel du fournisseur du 02/02/2026")
    recalled = lot(number)
    assert (recalled["state"], recalled["decided-by"], recalled["decided-at"]) == ("recalled", "pharma.a", accepted["decided-at"]), recalled
    assert (recalled["recalled-by"], recalled["recall-reason"]) == ("pharma.b", "Rappel du fournisseur du 02/02/2026"), recalled
    assert recalled["recalled-at"] > recalled["decided-at"] and "reason" not in recalled
    house.guarded(*((f"UPDATE lot SET {change} WHERE number = '{number}'", "LOT: who decided stays") for change in (
        "decided_by = 1", "decided_at = '2026-01-01T00:00:00.000Z'", "recalled_by = 1", "recall_reason = 'Autre'")))
    house.guarded(("UPDATE lot SET state = 'recalled' WHERE number = 'MP26-0005'", "LOT: a recall says who, when and why"))


def test_states_of_a_day_are_computed():
    house.at("2026-10-01T07:00:00")
    assert lot("MP26-0003")["state"] == "retest-passed"
    house.at("2027-06-01T07:00:00")
    assert lot("MP26-0005")["state"] == "expired"
    assert [line["lot"] for line in house.view("tech.a", "lot list", state="expired")["lots"]] == ["MP26-0005", "MP26-0007", "MP26-0008"]
    count("MP26-0007/1", "0 g", "Vidé")
    assert lot("MP26-0007")["state"] == "exhausted"
    assert receive("CEL", "CELLUPHARM", "10 g", "1 EUR", expiry="2028-01")["lot"] == "MP27-0001"


def test_destruction_empties_every_container():
    house.refused("pharma.a", "lot destroy", "LOT-01", "lot", lot="MP26-0099", reason="Essai")
    house.refused("pharma.a", "lot destroy", "LOT-29", "lot", lot="MP27-0001", reason="Essai")
    house.refused("tech.a", "lot destroy", "CALL-14", "as", lot="MP26-0005", reason="Essai")
    done = house.act("pharma.a", "lot destroy", lot="MP26-0005", reason="Périmé, bordereau BSD-1")
    assert [row["container"] for row in done["destroyed"]] == ["MP26-0005/1", "MP26-0005/2"], done
    assert (lot("MP26-0005")["state"], lot("MP26-0005")["stock"]["value"]) == ("destroyed", "0")
    house.refused("pharma.a", "lot destroy", "LOT-29", "lot", lot="MP26-0005", reason="Encore")
    house.refused("tech.a", "lot sample", "LOT-05", "container", container="MP26-0005/1", quantity="1 g", purpose="control", reason="Essai")
    house.refused("tech.a", "stock count", "LOT-05", "container", container="MP26-0005/1", quantity="1 g", reason="Essai")


def test_everything_replays():
    house.stop()
    assert house.run("verify")["done"]["sequence"] > 20


def test_a_lot_without_a_price_says_that_it_is_free():
    own = House()
    bench.supply(own)
    given = {"material": "CEL", "supplier": "FOURN", "manufacturer": "Fabricant fictif", "quantity": "1 kg", "supplier_lot": "CEL-0", "certificate_reference": "CoA",
             "expiry": "2028-01"}
    own.refused("tech.a", "lot receive", "LOT-36", "price", price="0 EUR", **given)
    own.refused("tech.a", "lot receive", "LOT-37", "free-of-charge", price="5 EUR", free_of_charge="yes", **given)
    assert own.act("tech.a", "lot receive", price="0 EUR", free_of_charge="yes", **given)["lot"]
    own.close()


main(globals())
