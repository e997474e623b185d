"""Plays the dossier of two birabresib batches once, and compares every figure, computed by hand with exact decimals from the raw
entries, with what the program answers. No expected figure here is read from the dossier."""
import functools
import os
import shutil
import sys
import tempfile

from harness import PROGRAM, main

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data"))
import dossier  # noqa: E402

folder = tempfile.mkdtemp(prefix="magistral-")
played = dossier.Dossier(PROGRAM, folder)
LINES = dossier.lines()
ANSWERS = played.apply(LINES)


@functools.lru_cache(maxsize=None)
def view(person, *words):
    return played.view(person, *words)


def done(wanted):
    """The answers to the acts of the dossier whose line holds this text, in order."""
    return [answer["answer"]["done"] for line, answer in zip(LINES, ANSWERS) if wanted in line]


def batch(number):
    return view("pharm.a", "batch", "show", number)


def values(tree, *names):
    """The values of figures, quantities and counts of an object, as text."""
    found = [tree[name] for name in names]
    return [str(one["value"] if isinstance(one, dict) else one) for one in found]


def same(found, *expected):
    found = [str(one) for one in found]
    assert found == list(expected), f"expected {list(expected)}, got {found}"


def computed(number, *names):
    return values(view("qc.a", "result", "show", number)["computation"], *names)


def starts(found, *expected):
    """Figures behind a square root are shown with 15 digits; by hand they were taken to nine decimals, rounded."""
    from decimal import ROUND_HALF_UP, Decimal
    for one, wanted in zip(found, expected, strict=True):
        rounded = Decimal(one).quantize(Decimal(wanted), ROUND_HALF_UP)
        assert rounded == Decimal(wanted), f"expected {wanted}, got {one}"


def weighing(number):
    return view("pharm.a", "weighing", "show", number)


def aim(number):
    return values(weighing(number), "target", "low-limit", "high-limit", "net")


def reconciled(number, kind):
    return {row["figure"]: row for row in batch(number)["reconciliations"] if row["kind"] == kind}


def lot(number):
    return view("pharm.a", "lot", "show", number)


def section(title):
    return next(s for s in view("chief", "cost", "show", "B26-0001")["sections"] if s["title"] == title)


def sums(title):
    return [line["sum"]["value"] for line in section(title)["lines"]] + [section(title)["subtotal"]["value"]]


# Raw materials and formula

def test_the_active_lot_costs_58_euros_a_gram_and_is_to_be_retested_at_the_end_of_september():
    shown = lot("MP26-0003")
    same(values(shown, "received", "price", "unit-price"), "250", "14500.00", "58")
    same([shown["unit-price"]["unit"], shown["limit-kind"], shown["limit-day"]], "EUR/g", "retest", "2026-09-30")


def test_the_purity_of_the_active_lot_is_0_922621_and_its_factor_1_083868674():
    correction = lot("MP26-0003")["correction"]
    same(values(correction, "assay", "basis", "water", "purity", "factor"), "99.1", "anhydrous", "6.9", "0.922621", "1.083868674")
    assert lot("MP26-0003")["own-control"] and lot("MP26-0003")["certificate"], "own control and supplier's certificate"


def test_the_second_lot_is_refused_for_its_infrared_spectrum():
    shown = lot("MP26-0004")
    same([shown["state"], shown["tests"][0]["conforms"]], "refused", "False")
    assert "spectre infrarouge" in shown["tests"][0]["test"], shown["tests"]


def test_the_cellulose_and_the_shells_have_their_prices_and_limits():
    same(values(lot("MP26-0005"), "received", "price", "unit-price", "limit-day"), "1000", "42.00", "0.042", "2027-05-31")
    same(values(lot("MP26-0006"), "received", "price", "unit-price", "limit-day"), "1000", "31.00", "0.031", "2028-03-31")
    shell = view("pharm.a", "material", "show", "GEL1")
    same(values(shell, "capsule-size", "capsule-volume"), "1", "0.50")


def test_a_capsule_is_93_8_percent_full():
    fill = view("pharm.a", "formula", "show", "BIR20/1")["fill"]
    same(values(fill, "active", "filler", "volume", "filled-percent"), "21.677", "178.323", "0.46890", "93.8")


def test_the_limits_of_the_formula_are_as_approved():
    shown = view("pharm.a", "formula", "show", "BIR20/1")
    same([values(c, "tolerance")[0] for c in shown["components"][:2]], "1", "2")
    same(values(shown, "powder-loss-limit", "unaccounted-limit", "content-mass", "shelf-life"), "3.0", "2.0", "200", "180")
    limits = {control["control"]: control["limit"] for control in shown["controls"]}
    same([limits[name] for name in ("MASS", "ASSAY", "CONTENT", "DISINT", "TAMC", "TYMC")],
         "190.0 to 210.0", "95.0 to 105.0", "<= 15.0", "<= 30", "10^3", "10^2")


def test_the_minimum_weights_of_the_balances_are_0_160_g_and_1_200_g():
    for code, readability, repeatability, minimum in (("BAL-A", "0.1 mg", "80 µg", "0.16 g"), ("BAL-B", "1 mg", "0.6 mg", "1.2 g")):
        shown = view("chief", "equipment", "show", code)
        same([f"{shown[name]['value']} {shown[name]['unit']}" for name in ("readability", "repeatability", "minimum")],
             readability, repeatability, minimum)


# Batch 1, the bench

def test_300_capsules_are_planned_for_two_requests_of_112():
    shown = batch("B26-0001")
    same(values(shown, "units", "made-on", "registration"), "300", "2026-01-12", "2026/0001")
    same([(r["patient"], r["units"]) for r in shown["requests"]], "('P-001', 112)", "('P-002', 112)")


def test_the_target_of_the_active_substance_is_6_5032_g():
    same(values(weighing("B26-0001/W1"), "due", "target", "low-limit", "high-limit"), "6.503212", "6.5032", "6.4382", "6.5682")


def test_the_active_substance_weighs_6_5068_g_between_tare_and_gross():
    shown = weighing("B26-0001/W1")
    same(values(shown, "tare", "gross", "net", "deviation-percent"), "12.4310", "18.9378", "6.5068", "0.055")
    same([shown["within"], shown["recorded-by"], shown["verified-by"], shown["state"]], "True", "tech.a", "tech.b", "verified")


def test_the_cellulose_fills_up_to_60_g_and_55_012_g_is_discarded():
    shown = weighing("B26-0001/W2")
    same(values(shown, "target", "low-limit", "high-limit", "net"), "53.493", "52.424", "54.563", "55.012")
    same(values(shown, "deviation-percent", "within", "state"), "2.839", "False", "discarded")
    assert shown["reason"] and shown["due"]["formula"].endswith("60 - 6.5068 = 53.493200 g"), shown


def test_the_cellulose_weighed_again_is_53_489_g():
    same(aim("B26-0001/W3"), "53.493", "52.424", "54.563", "53.489")
    same(values(weighing("B26-0001/W3"), "deviation-percent", "state"), "-0.008", "verified")


def test_the_blend_of_59_9958_g_holds_6_003310_g_of_birabresib():
    same(values(batch("B26-0001")["blend"], "mass", "pure-active", "per-capsule"), "59.9958", "6.003310", "20.0110")


def test_the_powder_is_accounted_for_but_0_2093_g():
    figures = reconciled("B26-0001", "powder")
    same([figures[name]["value"]["value"] for name in ("in-capsules", "residue", "unaccounted", "unaccounted-percent", "loss", "loss-percent")],
         "59.4765", "0.3100", "0.2093", "0.349", "0.5193", "0.866")
    assert figures["unaccounted-percent"]["within"] and figures["loss-percent"]["within"]
    assert figures["in-capsules"]["value"]["formula"] == "300 × 198.255 / 1000"


def test_310_shells_are_300_filled_4_defective_6_destroyed():
    figures = reconciled("B26-0001", "shells")
    same([figures["accounted"]["value"]["formula"], figures["accounted"]["value"]["value"], figures["missing"]["value"]["value"]],
         "300 + 4 + 6", "310", "0")
    same([issue["units"] for issue in batch("B26-0001")["issues"]], "310", "6", "8")


def test_300_capsules_are_224_conforming_72_sampled_3_rejected_1_lost():
    figures = reconciled("B26-0001", "capsules")
    same([figures["accounted"]["value"]["formula"], figures["accounted"]["value"]["value"], figures["missing"]["value"]["value"]],
         "224 + 72 + 3 + 1", "300", "0")
    same([f"{loss['kind']} {loss['quantity']}" for loss in batch("B26-0001")["losses"][3:]], "capsules-rejected 3", "capsules-lost 1")


def test_72_sampled_units_serve_several_controls_once():
    samples = batch("B26-0001")["samples"]
    same([f"{s['kind']} {s['units']} {s['destinations']}" for s in samples], "control 20 MASS,ASPECT,CONTENT,ASSAY,IDENT",
         "control 6 DISINT", "control 10 TAMC,TYMC,ECOLI", "reserve 36 CONTENT")
    content = [v for v in view("qc.a", "result", "show", "B26-0001/R5")["values"]]
    assert len(content) == 10, "ten of the twenty for content"
    same([samples[3]["used"]], "0")


def test_the_unused_reserve_is_the_retained_sample():
    labels = view("pharm.a", "label", "list", "--batch", "B26-0001")["labels"]
    same([label["subject"] for label in labels if label["kind"] == "retained-sample-label"], "B26-0001/S4")
    left = {s["sample"]: s["left"] for s in view("pharm.a", "trace", "down", "MP26-0003")["samples"]}
    same([left["B26-0001/S4"]], "36")


def test_224_capsules_are_in_4_bottles_of_56():
    same([bottle["units"] for bottle in batch("B26-0001")["bottles"]], "56", "56", "56", "56")
    same([batch("B26-0001")["conforming"]], "224")


def test_8_labels_are_4_bottles_1_retained_1_laboratory_1_specimen_1_spoiled():
    labels = [label for label in view("pharm.a", "label", "list", "--batch", "B26-0001")["labels"] if label["shown-state"] == "quarantine"]
    bottles = [label for label in labels if label["kind"] == "bottle-label"]
    applied = [label for label in bottles if label["state"] not in ("specimen", "spoiled")]
    same([len(labels), len(applied), len({label["subject"] for label in applied})], "8", "4", "4")
    same([sum(label["kind"] == kind for label in labels) for kind in ("retained-sample-label", "sample-label")], "1", "1")
    same([sum(label["state"] == state for label in bottles) for state in ("specimen", "spoiled")], "1", "1")
    figures = reconciled("B26-0001", "labels")
    same([figures["accounted"]["value"]["formula"], figures["missing"]["value"]["value"]], "6 + 1 + 1 + 0", "0")


# Batch 1, the laboratory

def test_the_mean_content_of_batch_1_is_198_255_mg():
    same(computed("B26-0001/R2", "n", "mean", "limit_percent", "smallest", "largest", "outside", "outside_twice", "verdict"),
         "20", "198.255", "10", "-4.0125", "3.1500", "0", "0", "complies")
    starts(computed("B26-0001/R2", "s"), "4.069071")


def test_the_acceptance_value_of_batch_1_is_5_1():
    same(computed("B26-0001/R5", "n", "mean", "M", "k", "AV_rounded", "low", "high", "outside", "verdict"),
         "10", "99.26", "99.26", "2.4", "5.1", "74.445", "124.075", "0", "complies")
    starts(computed("B26-0001/R5", "s", "AV"), "2.138119631", "5.131487114")


def test_the_assay_of_99_05_is_rounded_to_99_1():
    same(computed("B26-0001/R6", "mean", "rounded", "verdict"), "99.05", "99.1", "complies")


def test_the_other_controls_of_batch_1_comply():
    results = {r["control"]: r for r in batch("B26-0001")["results"]}
    same([results[name]["verdict"] for name in ("ASPECT", "IDENT", "DISINT", "TAMC", "TYMC", "ECOLI")], *["complies"] * 6)
    times = view("qc.a", "result", "show", "B26-0001/R7")["values"]
    same([value["value"]["value"] for value in times], "6.5", "7.0", "7.2", "7.8", "8.1", "9.4")
    same(computed("B26-0001/R7", "disintegrated", "longest"), "6", "9.4")
    same([*computed("B26-0001/R8", "each", "maximum"), *computed("B26-0001/R9", "each", "maximum")], "< 10", "2000", "< 10", "200")
    same([*computed("B26-0001/R10", "conclusion"), results["ECOLI"]["analysed-on"]], "absent", "2026-01-20")


def test_batch_1_expires_on_11_july_by_its_stability():
    shown = batch("B26-0001")
    same([shown["expiry"], shown["expiry-cause"]], "2026-07-11", "by-stability")


def test_batch_1_is_released_on_21_january_and_dispensed_on_22_and_23():
    decision = batch("B26-0001")["decisions"][0]
    same([batch("B26-0001")["state"], decision["kind"], decision["at"][:10]], "released", "release", "2026-01-21")
    listed = view("disp.a", "dispensing", "list")["dispensings"]
    same(sorted(f"{d['dispensing']} {d['at'][:10]} {d['units']} {d['patient']} {d['state']}" for d in listed),
         "2026/0001 2026-01-22 112 P-001 handed-over", "2026/0002 2026-01-23 112 P-002 handed-over")


# Batch 1, its cost

def test_the_materials_cost_397_081442_euros():
    same(sums("materials"), "377.3944", "4.557042", "9.61", "5.04", "0.48", "397.081442")
    same([line["quantity"]["value"] if isinstance(line["quantity"], dict) else line["quantity"] for line in section("materials")["lines"]],
         "6.5068", "108.501", "310", "6", "8")


def test_the_labour_costs_388_58_euros():
    same(sums("labour"), "98.80", "12.48", "23.40", "145.60", "34.20", "34.20", "39.90", "388.58")
    same([line["quantity"]["value"] for line in section("labour")["lines"]], "190", "24", "45", "260", "30", "30", "35")


def test_the_rest_costs_290_4264_euros():
    from decimal import Decimal
    same(sums("equipment"), "14.35", "57.00", "71.35")
    same(sums("purchases"), "74.30", "96.00", "17.69", "187.99")
    same(sums("overhead"), "31.0864", "31.0864")
    rest = sum(Decimal(section(title)["subtotal"]["value"]) for title in ("equipment", "purchases", "overhead"))
    same([rest], "290.4264")


def test_batch_1_costs_1076_09_euros_and_4_8040_a_capsule():
    cost = view("chief", "cost", "show", "B26-0001")
    same(values(cost["cost"], "exact", "total", "unit-cost"), "1076.087842", "1076.09", "4.8040")
    same([cost["dispensable"], cost["frozen"]], "224", "True")


def test_538_05_and_538_04_euros_are_charged_and_nothing_remains():
    cost = view("chief", "cost", "show", "B26-0001")
    same([charge["charged"]["value"] for charge in cost["charges"]], "538.05", "538.04")
    same(values(cost["running-balance"], "charged", "remainder"), "1076.09", "0.00")
    same([view("disp.a", "dispensing", "show", number)["charged"]["value"] for number in ("2026/0001", "2026/0002")], "538.05", "538.04")


# Batch 2

def test_batch_2_weighs_4_3361_g_and_35_671_g():
    same(values(batch("B26-0002"), "units", "registration"), "200", "2026/0002")
    same(aim("B26-0002/W1"), "4.3355", "4.2922", "4.3788", "4.3361")
    same(aim("B26-0002/W2"), "35.664", "34.951", "36.377", "35.671")
    same(values(batch("B26-0002")["blend"], "mass", "pure-active"), "40.0071", "4.000577")


def test_the_mean_content_of_batch_2_is_199_19_mg_and_its_mass_complies():
    same(computed("B26-0002/R2", "mean", "smallest", "largest", "outside", "verdict"), "199.19", "-4.4631", "5.1760", "0", "complies")


def test_ten_units_of_batch_2_ask_for_twenty_more():
    stage = done('"result close", "inputs": {"result": "B26-0002/R6"}')[0]
    same(values(stage["computation"], "n", "mean", "M", "AV_rounded", "verdict"), "10", "95.605", "98.5", "18.4", "test 20 more")
    starts(values(stage["computation"], "s", "AV"), "6.445388101", "18.363931443")


def test_thirty_units_of_batch_2_do_not_comply():
    same(computed("B26-0002/R6", "n", "mean", "k", "AV_rounded", "outside", "low", "high", "verdict"),
         "30", "95.51", "2.0", "16.4", "0", "73.875", "123.125", "does not comply")
    starts(computed("B26-0002/R6", "s", "AV"), "6.722548265", "16.435096530")
    stages = [value["stage"] for value in view("qc.a", "result", "show", "B26-0002/R6")["values"]]
    assert stages == [1] * 10 + [2] * 20, "the first ten stay"


def test_the_assay_of_batch_2_complies_and_the_acceptance_value_alone_does_not():
    same(computed("B26-0002/R5", "mean", "rounded", "verdict"), "95.65", "95.7", "complies")
    same([row["control"] for row in batch("B26-0002")["expected"] if row["verdict"] != "complies"], "CONTENT")


def test_the_200_capsules_of_batch_2_are_counted_and_142_destroyed():
    shown, figures = batch("B26-0002"), reconciled("B26-0002", "capsules")
    same([figures["accounted"]["value"]["formula"], figures["accounted"]["value"]["value"]], "126 + 72 + 2 + 0", "200")
    tested = sum(s["units"] for s in shown["samples"] if s["kind"] == "control")
    reserve = shown["samples"][3]
    same([tested, reserve["used"], tested + reserve["used"], reserve["units"] - reserve["used"]], "36", "20", "56", "16")
    destroyed = done('"batch destroy"')[0]
    same([destroyed["destroyed"]["value"], destroyed["destroyed"]["formula"], shown["state"]], "142", "126 + 16", "destroyed")
    same([reconciled("B26-0002", "shells")["accounted"]["value"]["formula"]], "200 + 3 + 4")
    same([issue["units"] for issue in shown["issues"][:1]], "207")


def test_the_cost_of_batch_2_is_never_a_patients():
    cost = view("chief", "cost", "show", "B26-0002")
    same([cost["charges"], cost["running-balance"]["units"], cost["running-balance"]["charged"]["value"], cost["dispensable"]],
         "[]", "0", "0.00", "0")
    assert cost["running-balance"]["remainder"] == cost["cost"]["total"]


def test_batch_2_is_refused_by_a_pharmacist_with_its_reason():
    decision = batch("B26-0002")["decisions"][0]
    same([decision["kind"], decision["person"]], "refusal", "pharm.a")
    assert "2.9.40" in decision["reason"] and "16,4" in decision["reason"], decision


# What is left, who and from where

def test_219_1571_g_805_828_g_and_463_shells_are_left():
    listed = {m["material"]: m["usable"] for m in view("pharm.a", "stock", "list")["materials"]}
    same([listed[code]["value"] if isinstance(listed[code], dict) else listed[code] for code in ("BIR", "CEL", "GEL1")],
         "219.1571", "805.828", "463")
    taken = {number: [m["quantity"]["value"] if isinstance(m["quantity"], dict) else m["quantity"] for m in lot(number)["movements"]
                      if m["kind"].endswith("-sample")] for number in ("MP26-0003", "MP26-0005", "MP26-0006")}
    same([taken["MP26-0003"], taken["MP26-0005"], taken["MP26-0006"]], "['-8', '-12']", "['-25', '-25']", "[-20]")


def test_the_registers_number_two_preparations_and_two_dispensings_without_gap():
    for book, dates in (("preparation", ("2026-01-12", "2026-01-26")), ("dispensing", ("2026-01-22", "2026-01-23"))):
        lines = view("pharm.a", "register", "show", "--book", book)["lines"]
        same([f"{line['number']} {line['date']}" for line in lines], f"2026/0001 {dates[0]}", f"2026/0002 {dates[1]}")


def test_the_way_down_from_the_active_lot_reaches_both_batches_and_both_patients():
    down = view("pharm.a", "trace", "down", "MP26-0003")
    same([f"{b['batch']} {b['taken']['value']}" for b in down["batches"]], "B26-0001 6.5068", "B26-0002 4.3361")
    same([d["patient"] for d in down["dispensings"]], "P-001", "P-002")
    same(values(down["counts"], "batches", "dispensings", "patients", "bottles-in-stock"), "2", "2", "2", "0")


def test_the_way_up_from_a_bottle_reaches_every_lot_weighing_person_and_control():
    up = view("pharm.a", "trace", "up", "B26-0001/1")
    same([one["lot"] for one in up["lots"]], "MP26-0001", "MP26-0002", "MP26-0003", "MP26-0005", "MP26-0006")
    same([one["weighing"] for one in up["weighings"]], "B26-0001/W1", "B26-0001/W2", "B26-0001/W3")
    assert any(one["certificate"] for one in up["lots"]), "the supplier's certificate"
    assert len(up["results"]) == 10 and "MP26-0004" not in str(up), up.keys()


def test_the_refused_lot_reaches_nothing():
    down = view("pharm.a", "trace", "down", "MP26-0004")
    same(values(down["counts"], "batches", "dispensings", "patients"), "0", "0", "0")


# The file itself

def test_the_same_file_applied_again_happens_once():
    before = played.run("verify")
    again = played.apply(LINES)
    assert len(again) == len(LINES) and all("done" in answer["answer"] for answer in again)
    assert played.run("verify") == before, "nothing was added"


def test_the_replayed_journal_equals_the_tables():
    whole = played.run("verify")
    assert whole["sequence"] > len(LINES) and len(whole["head"]) == 64
    witness = whole["witness-file"].split(" ")[0]
    assert played.run("verify", "--witness", witness)["witness"] == witness


try:
    main(globals())
finally:
    shutil.rmtree(folder)
