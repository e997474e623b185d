"""Results of the controls of a batch: opened, filled, judged, attached, verified; every wrong way refused."""
import os
import subprocess

import bench
import laboratory as lab
from harness import House, main

house = House()
lab.prepare(house)
batch = lab.make_1(house)
house.at("2026-01-20T07:00:00")


def refused(person, verb, rule, field=None, **inputs):
    return house.refused(person, f"result {verb}", rule, field, **inputs)


def closed(result):
    return house.view("audit.a", "result show", result)


def test_who_may_open_which_result():
    today = "2026-01-20"
    refused("control.a", "open", "BATCH-01", "batch", batch="B26-0099", control="DOSAGE", analysed_on=today)
    refused("tech.a", "open", "RESULT-03", "as", batch=batch, control="DOSAGE", analysed_on=today)
    refused("control.a", "open", "RESULT-05", "control", batch=batch, control="GHOST", analysed_on=today)
    refused("control.a", "open", "RESULT-08", "analysed-on", batch=batch, control="DOSAGE", analysed_on="2026-01-21")
    refused("control.a", "open", "RESULT-08", "analysed-on", batch=batch, control="DOSAGE", analysed_on="2026-01-11")
    refused("control.a", "open", "EQUIPMENT-01", "equipment", batch=batch, control="DOSAGE", analysed_on=today, equipment="HPLC-9")
    refused("audit.a", "open", "CALL-14", "as", batch=batch, control="DOSAGE", analysed_on=today)
    house.act("pharma.a", "equipment add", code="HPLC-1", name="Chromatographe", kind="chromatograph")
    refused("control.a", "open", "EQUIPMENT-09", "equipment", batch=batch, control="DOSAGE", analysed_on=today, equipment="HPLC-1")
    house.act("pharma.a", "equipment calibrate", equipment="HPLC-1", on="2025-01-03", due="2026-01-19", reference="Q-1")
    refused("control.a", "open", "RESULT-07", "equipment", batch=batch, control="DOSAGE", analysed_on=today, equipment="HPLC-1")


def test_assay_is_rounded_to_the_limit():
    house.act("pharma.a", "equipment calibrate", equipment="HPLC-1", on="2026-01-19", due="2027-01-19", reference="Q-2")
    refused("control.a", "open", "RESULT-39", "suitability", batch=batch, control="DOSAGE", analysed_on="2026-01-20", equipment="HPLC-1")
    number = lab.opened(house, batch, "DOSAGE", equipment="HPLC-1", reference_standard="SR-BIR-002", suitability="Conforme : RSD 0,4 %")
    assert number == f"{batch}/R1"
    refused("control.a", "open", "RESULT-09", "control", batch=batch, control="DOSAGE", analysed_on="2026-01-20")
    refused("control.a", "append", "RESULT-01", "result", result=f"{batch}/R9", values=["99.0"])
    refused("control.a", "append", "RESULT-10", "series", result=number, series="gross", values=["99.0"])
    refused("control.a", "append", "RESULT-11", "values", result=number, values=["99.0", "99,1,1"])
    refused("control.a", "append", "RESULT-12", "values", result=number, values=["99.0", "99.1", "99.2"])
    refused("tech.a", "append", "RESULT-03", "as", result=number, values=["99.0"])
    assert lab.append(house, number, "99.0")["entered"] == 1
    refused("control.a", "close", "RESULT-13", "result", result=number)
    refused("control.b", "append", "RESULT-12", "values", result=number, values=["99.0", "99.1"])
    lab.append(house, number, "99,1")
    refused("tech.a", "close", "RESULT-03", "as", result=number)
    said = refused("control.a", "continue", "RESULT-02", "result", result=number)
    assert any("est à l’état «\u00a0ouvert\u00a0»" in one["message"] for one in said), said
    done = house.act("control.a", "result close", result=number)
    assert done["verdict"] == "complies" and done["computation"]["mean"]["value"] == "99.05", done
    assert done["computation"]["rounded"]["value"] == "99.1" and "99,1" in done["stated"], done
    refused("control.a", "close", "RESULT-02", "result", result=number)
    refused("control.a", "append", "RESULT-02", "result", result=number, values=["99.0"])
    refused("control.a", "continue", "RESULT-18", "result", result=number)
    shown = closed(number)
    assert [v["value"]["value"] for v in shown["values"]] == ["99.0", "99.1"] and shown["equipment"] == "HPLC-1", shown
    assert shown["reference-standard"] == "SR-BIR-002" and shown["computation"]["mean"]["formula"] == "X = (99.0 + 99.1) / 2"


def test_a_result_counts_once_a_second_person_verified_it():
    number = f"{batch}/R1"
    document = lab.paper(house, number)
    refused("control.b", "verify", "RESULT-21", "result", result=number, document=document)
    refused("control.a", "attach", "CALL-16", "document", result=number, document="/nowhere/raw.pdf")
    digest = house.act("control.a", "result attach", result=number, document=document)["raw-document"]
    other = os.path.join(house.folder, "other.txt")
    with open(other, "w", encoding="utf-8") as file:
        file.write("un autre document\n")
    refused("control.a", "verify", "RESULT-20", "as", result=number, document=document)
    refused("control.b", "verify", "RESULT-22", "document", result=number)
    refused("control.b", "verify", "RESULT-22", "document", result=number, document=document, digest=digest)
    refused("control.b", "verify", "RESULT-23", "document", result=number, document=other)
    refused("control.b", "verify", "RESULT-23", "digest", result=number, digest="0" * 64)
    house.act("control.b", "result verify", result=number, digest=digest)
    assert closed(number)["state"] == "verified"
    refused("control.b", "verify", "RESULT-02", "result", result=number, digest=digest)
    refused("control.a", "attach", "RESULT-02", "result", result=number, document=other)


def test_masses_with_their_shells():
    number, done = lab.enter(house, batch, "MASSE", lab.GROSS_1, lab.SHELLS_1)
    c = done["computation"]
    assert done["verdict"] == "complies" and c["mean"]["value"] == "198.255" and c["mean_rounded"]["value"] == "198.3", done
    assert (c["smallest"]["value"], c["largest"]["value"], c["outside"], c["limit_percent"]["value"]) == ("-4.0125", "3.1500", 0, "10")
    assert c["s"]["value"].startswith("4.06907") and len(c["contents"]) == 20 and "198,255" in done["stated"]
    assert len(closed(number)["values"]) == 40


def test_masses_are_bounded_and_hold_together():
    number = lab.opened(house, batch, "ASPECT")
    refused("control.a", "append", "RESULT-11", "values", result=number, values=["joli"])
    refused("control.a", "append", "RESULT-12", "values", result=number, values=["conforme", "conforme"])
    lab.append(house, number, "conforme")
    assert house.act("control.a", "result close", result=number)["verdict"] == "complies"


def test_contents_of_ten_units():
    number, done = lab.enter(house, batch, "TENEUR", lab.CONTENTS_1)
    c = done["computation"]
    assert done["verdict"] == "complies" and c["mean"]["value"] == "99.26" and c["AV"]["value"].startswith("5.1314871"), done
    assert (c["AV_rounded"]["value"], c["k"]["value"], c["low"]["value"], c["high"]["value"]) == ("5.1", "2.4", "74.445", "124.075")
    assert c["s"]["value"].startswith("2.1381196") and c["M"]["value"] == "99.26"
    assert c["mean"]["formula"].endswith("198.52 / 10 × 100 / 20"), c["mean"]
    refused("control.a", "continue", "RESULT-18", "result", result=number)


def test_the_other_controls():
    for control in ("IDENT", "DESAG", "TAMC", "TYMC", "COLI"):
        if control in ("TYMC",):
            continue
        _, done = lab.enter(house, batch, control, lab.OTHERS[control])
        assert done["verdict"] == "complies", done
    _, done = lab.enter(house, batch, "TYMC", "201")
    assert done["verdict"] == "does not comply" and "201" in done["stated"] and done["computation"]["maximum"]["value"] == "200", done


def test_what_cannot_be_judged_is_not_judged():
    house.at("2026-02-02T07:00:00")
    second = lab.make_2(house)
    number = lab.opened(house, second, "TAMC", analysed_on="2026-02-02")
    lab.append(house, number, "> 300")
    refused("control.a", "close", "RESULT-15", "result", result=number)
    masses = lab.opened(house, second, "MASSE")
    lab.append(house, masses, " ".join(["76.0"] * 20), "gross")
    lab.append(house, masses, " ".join(["76.0"] * 20), "shell")
    refused("control.a", "close", "RESULT-16", "result", result=masses)


def test_two_stages_keep_the_first_units():
    second = "B26-0002"
    number, done = lab.enter(house, second, "TENEUR", lab.CONTENTS_2)
    assert done["verdict"] == "test 20 more" and done["computation"]["AV_rounded"]["value"] == "18.4", done
    assert "essai non conclu" in done["stated"], done
    assert (done["way-out"], done["units"], done["reserve"], done["left"]) == ("result continue", 20, "B26-0002/S4", 36), done
    label = house.act("tech.a", "label print", kind="retained-sample", number="B26-0002/S4")
    shown = closed(number)
    assert shown["task"]["door"]["act"] == "result continue", shown
    assert {name: shown["second-stage"][name] for name in ("units", "reserve", "left")} == {"units": 20, "reserve": "B26-0002/S4", "left": 36}, shown["second-stage"]
    assert shown["second-stage"]["reserve-label"].startswith("E26-") and shown["second-stage"]["reserve-label"] in str(label), (shown, label)
    refused("control.a", "open", "RESULT-09", "control", batch=second, control="TENEUR", analysed_on="2026-02-02")
    deviation = house.act("control.a", "deviation open", batch=second, subject=number, description="Dix autres gélules souhaitées", **{"class": "major"})["deviation"]
    house.act("pharma.a", "deviation decide", deviation=deviation, decision="accepted", impact="Sans objet")
    refused("pharma.a", "invalidate", "RESULT-24", "result", result=number, deviation=deviation, reason="Dix autres")
    stage = house.act("control.a", "result continue", result=number)
    assert (stage["stage"], stage["units"], stage["left"]) == (2, 20, 16), stage
    assert stage["label-to-print-again"] == shown["second-stage"]["reserve-label"], stage
    assert "second-stage" not in closed(number)
    refused("pharma.a", "invalidate", "RESULT-24", "result", result=number, deviation=deviation, reason="Dix autres")
    refused("control.a", "close", "RESULT-13", "result", result=number)
    refused("control.a", "append", "RESULT-12", "values", result=number, values=lab.CONTENTS_2_MORE.split() + ["20.0"])
    lab.append(house, number, lab.CONTENTS_2_MORE)
    done = house.act("control.a", "result close", result=number)
    c = done["computation"]
    assert done["verdict"] == "does not comply" and c["n"] == 30 and c["AV_rounded"]["value"] == "16.4", done
    assert c["AV"]["value"].startswith("16.4350965") and c["s"]["value"].startswith("6.7225482") and c["mean"]["value"] == "95.51"
    assert (c["low"]["value"], c["high"]["value"], c["outside"]) == ("73.875", "123.125", 0)
    shown = closed(number)
    assert shown["state"] == "closed" and shown["verified-by"] is None, "stage 2 is verified anew"
    assert [v["stage"] for v in shown["values"]] == [1] * 10 + [2] * 20
    lab.attach_and_verify(house, number)
    refused("control.a", "continue", "RESULT-18", "result", result=number)


def test_the_reserve_has_an_end():
    number, done = lab.enter(house, "B26-0002", "DESAG", "6 6 6 6 6 > 30".replace("> 30", ">30"))
    assert done["verdict"] == "test 12 more", done
    house.act("control.a", "result continue", result=number)
    lab.append(house, number, "7 7 7 7 7 7 7 7 7 7 7 >30")
    done = house.act("control.a", "result close", result=number)
    assert done["verdict"] == "complies" and done["computation"]["disintegrated"] == 16, done


def test_invalidation_needs_a_decided_deviation_on_it():
    second = "B26-0002"
    number, _ = lab.enter(house, second, "DOSAGE", "95.4 95.9")
    refused("pharma.a", "invalidate", "DEVIATION-01", "deviation", result=number, deviation="D26-0099", reason="x")
    deviation = house.act("control.a", "deviation open", batch=second, subject=number, description="Injection interrompue", **{"class": "minor"})["deviation"]
    refused("pharma.a", "invalidate", "RESULT-25", "deviation", result=number, deviation=deviation, reason="x")
    refused("control.a", "invalidate", "CALL-14", "as", result=number, deviation=deviation, reason="x")
    house.act("pharma.a", "deviation decide", deviation=deviation, decision="discard", impact="Analyse à refaire")
    house.act("pharma.a", "result invalidate", result=number, deviation=deviation, reason="Injection interrompue")
    assert closed(number)["state"] == "invalidated"
    again, done = lab.enter(house, second, "DOSAGE", "95.4 95.9")
    assert again != number and done["computation"]["rounded"]["value"] == "95.7" and done["verdict"] == "complies", done
    path = f"{house.folder}/certificate.pdf"
    house.view("pharma.a", "document preview", kind="certificate-of-analysis", batch=second, save=path)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    text = " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())
    assert "Valeurs saisies (2), par Personne control.a fictive : 95,4 % ; 95,9 %" in text and deviation in text and "Personne pharma.a fictive" in text, text
    set_aside = [str(e) for e in house.view("pharma.a", "batch exceptions", second)["exceptions"] if e["kind"] == "result-invalidated"]
    assert "95,4" in str(set_aside) and "Injection interrompue" in str(set_aside), set_aside
    kinds = [e["kind"] for e in house.view("pharma.a", "batch exceptions", second)["exceptions"]]
    assert "result-invalidated" in kinds and "second-stage" in kinds and "result-outside" in kinds, kinds


def test_a_sample_comes_first():
    house.at("2026-02-09T07:00:00")
    third = house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-009")], area="PREP-2")["batch"]
    refused("control.a", "open", "RESULT-04", "batch", batch=third, control="DOSAGE", analysed_on="2026-02-09")
    bench.check_balances(house)
    bench.start(house, third)
    bench.fill(house, third, "3.9887 g", "32.811 g", 190, 184)
    refused("control.a", "open", "RESULT-06", "control", batch=third, control="DOSAGE", analysed_on="2026-02-09")
    house.act("tech.a", "sample take", batch=third, destinations=["MASSE", "TENEUR", "DOSAGE", "ASPECT", "IDENT"], units=20)
    bench.receive(house, third)
    number, done = lab.enter(house, third, "TENEUR", lab.CONTENTS_2)
    refused("control.a", "continue", "RESULT-19", "result", result=number)
    long = lab.opened(house, third, "DOSAGE", analysed_on="2026-02-09")
    lab.append(house, long, "999999999999999999 999999999999999999")
    refused("control.a", "close", "RESULT-17", "result", result=long)


def test_results_in_one_line_each():
    lines = house.view("audit.a", "result list", batch)["results"]
    assert len(lines) == 9 and {r["state"] for r in lines} == {"closed", "verified"}, lines


main(globals())
