"""Calculations reached directly, against examples computed by hand or published."""
import json
import os
import subprocess
import tempfile

from harness import PROGRAM, main

nowhere = tempfile.mkdtemp(prefix="magistral-")  # no database here


def run(*words, text=None, status=0, json_output=True):
    done = subprocess.run([PROGRAM, *(["--json"] if json_output else []), "calc", *words], capture_output=True, text=True,
                          input=text, cwd=nowhere, stdin=None if text is not None else subprocess.DEVNULL)
    assert done.returncode == status, f"{words}: {done.returncode} {done.stdout}{done.stderr}"
    return json.loads(done.stdout) if json_output else done.stdout


def calc(*words, text=None):
    return run(*words, text=text)["done"]


def refused(rule, field, *words, text=None):
    rules = [(r["rule"], r["field"]) for r in run(*words, text=text, status=1)["refused"]]
    assert (rule, field) in rules, rules


def dosage(values, *words):
    return calc("dosage-units", "--claim", "20 mg", *words, *values.split())


def near(text, expected):
    """Equal where a hand computation was rounded."""
    return f"{float(text):.{len(expected.partition('.')[2])}f}" == expected


FIRST = "19.48 19.88 19.80 19.11 20.21 20.73 19.88 19.66 19.97 19.80"
SECOND = "20.40 20.67 17.52 19.56 17.36 18.76 18.68 21.12 18.31 18.83"
SECOND_MORE = ("18.22 20.22 21.32 16.89 19.97 19.49 21.70 18.22 18.71 19.44 20.77 17.41 19.88 17.66 19.12 19.45 16.85 20.12 17.59 "
               "18.82")
GROSS = "273.3 275.0 273.6 267.5 278.8 278.5 273.7 270.8 276.6 270.8 276.2 269.0 266.6 280.3 277.7 277.3 276.8 267.9 276.6 276.4"
SHELLS = "76.7 76.3 75.1 76.7 77.1 74.1 75.8 75.8 77.0 74.4 76.0 75.3 76.3 75.8 77.4 77.3 77.6 74.6 73.4 75.6"
GROSS_2 = "277.3 279.9 273.8 276.7 273.9 271.7 280.3 270.8 281.8 271.5 272.3 286.1 267.1 276.5 279.1 269.2 269.6 275.1 273.6 276.7"
SHELLS_2 = "77.3 76.2 75.0 75.4 76.1 75.5 77.8 76.1 74.4 75.5 76.6 76.6 76.8 75.7 76.1 75.3 77.4 76.9 73.9 74.6"
KEYS = ["n", "mean", "s", "k", "M", "AV", "AV_rounded", "low", "high", "outside", "verdict"]


def test_dosage_units_of_the_first_batch():
    got = dosage(FIRST)
    assert list(got) == KEYS
    assert got == {"n": 10, "mean": "99.26", "s": "2.13811963078672", "k": "2.4", "M": "99.26", "AV": "5.13148711388814",
                   "AV_rounded": "5.1", "low": "74.445", "high": "124.075", "outside": 0, "verdict": "complies"}, got


def test_dosage_units_of_the_second_batch_in_two_stages():
    one = dosage(SECOND)
    assert (one["mean"], one["M"], one["AV_rounded"], one["verdict"]) == ("95.605", "98.5", "18.4", "test 20 more")
    assert near(one["AV"], "18.363931443") and near(one["s"], "6.445388101")
    two = dosage(SECOND + " " + SECOND_MORE)
    assert (two["n"], two["mean"], two["k"], two["AV_rounded"], two["verdict"]) == (30, "95.51", "2.0", "16.4", "does not comply")
    assert near(two["AV"], "16.435096530") and near(two["s"], "6.722548265")
    assert (two["low"], two["high"], two["outside"]) == ("73.875", "123.125", 0)


def test_dosage_units_of_other_samples():
    good = dosage("19.6 20.1 20.4 19.8 20.0 19.9 20.3 19.7 20.2 20.0")
    assert good["mean"] == "100" and near(good["AV"], "3.09839") and good["verdict"] == "complies"
    low = dosage("18.2 17.9 18.6 18.0 18.4 18.1 17.8 18.5 18.3 18.2")
    assert (low["mean"], low["M"], low["verdict"]) == ("91", "98.5", "complies") and near(low["AV"], "10.59839")
    wide = dosage("16.0 18.9 20.8 22.1 19.0 21.7 20.4 17.8 23.0 20.3")
    assert near(wide["s"], "10.572501") and near(wide["AV"], "25.374") and wide["verdict"] == "test 20 more"
    series = [str(n) for n in range(95, 105)]
    percent = calc("dosage-units", "--percent", *series)
    assert percent["mean"] == "99.5" and near(percent["AV"], "7.26636") and near(percent["s"], "3.02765")
    more = series + [f"{95 + n / 2}" for n in range(20)]
    thirty = calc("dosage-units", "--percent", *more)
    assert near(thirty["mean"], "99.6667") and near(thirty["AV"], "5.86241") and near(thirty["s"], "2.931204")


def test_acceptance_value_is_judged_after_rounding():
    at = calc("dosage-units", "--percent", *["94.0549"] * 5, *["105.9451"] * 5)
    assert near(at["AV"], "15.04") and (at["AV_rounded"], at["verdict"]) == ("15.0", "complies")
    above = calc("dosage-units", "--percent", *["94.0506"] * 5, *["105.9494"] * 5)
    assert near(above["AV"], "15.05") and (above["AV_rounded"], above["verdict"]) == ("15.1", "test 20 more")


def test_target_above_the_claim_moves_the_reference():
    values = ["103"] * 10
    assert calc("dosage-units", "--percent", *values)["M"] == "101.5"
    assert calc("dosage-units", "--percent", "--target", "105", *values)["M"] == "103"
    assert calc("dosage-units", "--percent", "--target", "102 %", *values)["M"] == "102"


def test_values_come_as_people_write_them():
    expected = dosage(FIRST)
    assert calc("dosage-units", "--claim", "20", *FIRST.replace(".", ",").split()) == expected
    assert calc("dosage-units", "--claim", "0.02 g", *[v + " mg" for v in FIRST.split()]) == expected
    assert calc("dosage-units", "--claim", "20 mg", *[v + "mg" for v in FIRST.split()]) == expected
    assert calc("dosage-units", "--claim", "20 mg", "-", text=FIRST) == expected
    assert calc("dosage-units", "--claim", "20 mg", "-", text=FIRST.replace(" ", " mg\n").replace(".", ",") + " mg\n") == expected
    micro = " ".join(str(round(float(v) * 1000)) + " µg" for v in FIRST.split())
    assert calc("dosage-units", "--claim", "20 mg", "-", text=micro) == expected


def test_malformed_values_are_named_with_their_position():
    answer = run("dosage-units", "--claim", "20 mg", "19.4", "19,4,1", "2O.1", *["20"] * 7, status=1)
    messages = [r["message"] for r in answer["refused"]]
    assert len(messages) == 2 and " 2 " in messages[0] and "19,4,1" in messages[0] and " 3 " in messages[1], messages
    refused("CALC-01", "values", "dosage-units", "--claim", "20 mg", *["20 %"] * 10)
    refused("CALC-03", "values", "dosage-units", "--claim", "20 mg", *["20"] * 11)
    refused("CALC-04", "values", "dosage-units", "--claim", "20 mg", "-1", *["20"] * 9)
    refused("CALC-05", "values", "dosage-units", "--claim", "0.123456789012345678", *["1234567890.12345678"] * 9, "1")
    refused("CALC-06", "claim", "dosage-units", *["20"] * 10)
    refused("CALC-02", "claim", "dosage-units", "--claim", "0 mg", *["20"] * 10)
    refused("CALL-04", "claim", "dosage-units", "--claim", "20 mL", *["20"] * 10)
    refused("CALL-04", "claim", "dosage-units", "--claim", "1e3", *["20"] * 10)
    refused("CALL-04", "values", "dosage-units", "--claim", "20", "-", text="20\0 20")
    refused("CALL-03", "values", "dosage-units", "--claim", "20", "-", text=" ")


def test_mass_uniformity_of_both_batches():
    got = calc("mass-uniformity", *GROSS.split(), "--shells", *SHELLS.split())
    assert list(got) == ["n", "mean", "limit_percent", "deviations", "outside", "outside_twice", "verdict"]
    assert (got["n"], got["mean"], got["limit_percent"], got["outside"], got["outside_twice"], got["verdict"]) == \
        (20, "198.255", "10", 0, 0, "complies")
    shown = sorted(round(float(d), 4) for d in got["deviations"])
    assert len(shown) == 20 and (shown[0], shown[-1]) == (-4.0125, 3.15)
    assert calc("mass-uniformity", "--shells", *SHELLS.split(), "--", *GROSS.split()) == got
    assert calc("mass-uniformity", "--shells", *SHELLS.split(), *GROSS.split()) == got
    two = calc("mass-uniformity", *GROSS_2.split(), "--shells", *SHELLS_2.split())
    shown = sorted(round(float(d), 4) for d in two["deviations"])
    assert (two["mean"], two["verdict"], shown[0], shown[-1]) == ("199.19", "complies", -4.4631, 5.176)


def test_mass_uniformity_of_twenty_tablets():
    masses = ("0.5624 0.5607 0.5688 0.5611 0.5571 0.5622 0.5562 0.5576 0.5552 0.5612 0.5527 0.5621 0.5634 0.5587 0.5621 0.5681 "
              "0.5639 0.5612 0.5527 0.5609")
    got = calc("mass-uniformity", *[m + " g" for m in masses.split()])
    assert got["mean"] == "560.415" and got["limit_percent"] == "7.5"
    assert max(abs(float(d)) for d in got["deviations"]) - 1.496 < 0.001


def test_mass_uniformity_at_its_edges():
    ten = ["100"] * 16
    assert calc("mass-uniformity", *ten, "110", "90", "110", "90")["outside"] == 0  # exactly 10 % is not more than 10 %
    two = calc("mass-uniformity", *ten, "111", "89", "100", "100")
    assert (two["outside"], two["verdict"]) == (2, "complies")
    three = calc("mass-uniformity", *ten, "111", "89", "111", "89")
    assert (three["outside"], three["verdict"]) == (4, "does not comply")
    twice = calc("mass-uniformity", *ten, "121", "79", "100", "100")
    assert (twice["outside_twice"], twice["verdict"]) == (2, "does not comply")
    even = calc("mass-uniformity", *["299.9"] * 20)
    assert even["limit_percent"] == "10" and calc("mass-uniformity", *["300"] * 20)["limit_percent"] == "7.5"
    mean_shell = calc("mass-uniformity", *GROSS.split(), "--shell-mean", "75,915 mg")
    assert mean_shell["mean"] == "198.255"
    refused("CALC-07", "values", "mass-uniformity", *["100"] * 19)
    refused("CALC-07", "shells", "mass-uniformity", *["100"] * 20, "--shells", *["20"] * 3)
    refused("CALC-07", "values", "mass-uniformity")
    refused("CALC-08", "values", "mass-uniformity", *["100"] * 20, "--shell-mean", "100")
    refused("CALC-09", "shell-mean", "mass-uniformity", *["100"] * 20, "--shell-mean", "10", "--shells", *["10"] * 20)


def test_disintegration():
    assert calc("disintegration", "--minutes", *"6.5 7.0 7.2 7.8 8.1 9.4".split()) == {"n": "6", "disintegrated": "6", "least": "6", "verdict": "complies"}
    text = subprocess.run([PROGRAM, "--language", "fr", "calc", "disintegration", "--minutes", *"6.5 7.0 7.2 7.8 8.1".split(), "> 30"], capture_output=True,
                          text=True, check=True).stdout.replace("\u00a0", " ").replace("\u202f", " ")
    assert "6,5 ; 7,0 ; 7,2 ; 7,8 ; 8,1 ; > 30" in text and "t ≤ 30 min" in text and "6 / 6" in text, text
    late = ["6.5", "7.0", "7.2", "7,8 min"]
    assert calc("disintegration", "--minutes", *late, "30", "30.0")["verdict"] == "complies"
    assert calc("disintegration", "--minutes", *late, "8.1", "> 30")["verdict"] == "test 12 more"
    assert calc("disintegration", "--minutes", *late, "30.1", ">30")["verdict"] == "test 12 more"
    assert calc("disintegration", "--minutes", "6", "6", "6", *["> 30"] * 3)["verdict"] == "does not comply"
    assert calc("disintegration", "--minutes", *late, "8.1", "> 30", *["8"] * 12)["verdict"] == "complies"
    assert calc("disintegration", "--minutes", *late, "31", "32", *["8"] * 12)["verdict"] == "complies"
    assert calc("disintegration", "--minutes", *late, "31", "32", *["8"] * 11, "40")["verdict"] == "does not comply"
    assert calc("disintegration", "--minutes", "-", text="6.5 7.0\n7.2 7.8 8.1 > 30\n")["verdict"] == "test 12 more"
    refused("CALC-10", "minutes", "disintegration", "--minutes", "6", "6")
    refused("CALC-01", "minutes", "disintegration", "--minutes", *["6"] * 5, "> 20")
    refused("CALC-01", "minutes", "disintegration", "--minutes", *["6"] * 5, "-6")


def compare(value, limit):
    got = calc("compare", "--value", value, "--limit", limit)
    return got["rounded"], got["complies"]


def test_rounding_to_the_limit():
    for value, limit, rounded, complies in [
            ("97.96", ">= 98.0 %", "98.0", True), ("97.92", ">= 98.0 %", "97.9", False), ("97.95", ">= 98.0 %", "98.0", True),
            ("101.55", "<= 101.5 %", "101.6", False), ("101.46", "<= 101.5 %", "101.5", True), ("101.45", "<= 101.5 %", "101.5", True),
            ("0.025", "<= 0.02 %", "0.03", False), ("0.015", "<= 0.02 %", "0.02", True), ("0.027", "<= 0.02 %", "0.03", False),
            ("0.00035", "<= 0.0003", "0.0004", False), ("0.00025", "<= 0.0003", "0.0003", True), ("0.00028", "<= 0.0003", "0.0003", True),
            ("14.95", "<= 15.0", "15.0", True), ("98.25", ">= 98.3", "98.3", True), ("15.25", "<= 15.2", "15.3", False),
            ("99.05", "95.0 to 105.0 %", "99.1", True), ("95.65", "95.0 to 105.0", "95.7", True), ("94.95", "95,0 to 105,0", "95.0", True),
            ("94.94", "95.0 to 105.0", "94.9", False), ("99,1 %", "95.0 to 105.0 %", "99.1", True), ("15.0", "< 15.0", "15.0", False)]:
        assert compare(value, limit) == (rounded, complies), (value, limit, compare(value, limit))


def test_results_below_a_number():
    assert compare("< 10", "<= 20") == (None, True)
    assert compare("< 10", ">= 20") == (None, False)
    refused("CALC-11", "value", "compare", "--value", "< 10", "--limit", "<= 5")
    refused("CALC-11", "value", "compare", "--value", "< LOQ", "--limit", "<= 5")
    refused("CALC-12", "limit", "compare", "--value", "1", "--limit", "about 5")
    refused("CALC-12", "limit", "compare", "--value", "1", "--limit", "105.0 to 95.0")
    refused("CALC-13", "value", "compare", "--value", "good", "--limit", "<= 5")
    refused("CALC-13", "value", "compare", "--value", "1 mg", "--limit", "<= 5 %")
    for value in ("1e5", "1.2e3 UFC/g", "0x10"):
        refused("CALC-13", "value", "compare", "--value", value, "--limit", "<= 5")


def test_microbial_criteria():
    for power, most in [(1, "20"), (2, "200"), (3, "2000")]:
        limit = f"10^{power}"
        at = calc("microbial", "--count", most, "--limit", limit)
        assert at == {"maximum": most, "complies": True}, at
        assert calc("microbial", "--count", str(int(most) + 1), "--limit", limit)["complies"] is False
    assert calc("microbial", "--count", "< 10", "--limit", "10^3")["complies"] is True
    assert calc("microbial", "--count", "1 500 CFU/g", "--limit", "1000")["complies"] is True
    assert calc("microbial", "--count", "> 300", "--limit", "10^2")["complies"] is False
    refused("CALC-11", "count", "microbial", "--count", "> 300", "--limit", "10^3")
    refused("CALC-13", "count", "microbial", "--count", "many", "--limit", "10^3")
    refused("CALC-14", "limit", "microbial", "--count", "10", "--limit", "30")


def weigh(**inputs):
    words = []
    for name, value in inputs.items():
        words += ["--" + name.replace("_", "-"), value]
    return calc("weigh", *words)


def test_mass_to_weigh():
    got = weigh(units="300", dose="20 mg", assay="99.1", basis="anhydrous", water="6.9")
    assert list(got) == ["mass", "factor", "formula", "unit"] and got["unit"] == "g"
    assert got["mass"].startswith("6.503212") and got["factor"].startswith("1.083868674") and "99.1" in got["formula"]
    assert weigh(units="200", dose="20 mg", assay="99,1 %", basis="dried", water="6,9 %")["mass"].startswith("4.33547")
    assert weigh(units="120", dose="20 mg", assay="98.6", basis="anhydrous", water="6.8")["mass"].startswith("2.61167")
    assert weigh(units="120", dose="20 mg", assay="91.9", basis="as-is")["mass"].startswith("2.61153")
    assert weigh(units="120", dose="20 mg", assay="91.9", basis="as-is", water="6.8")["mass"].startswith("2.61153")
    assert "pas déduite" in weigh(units="120", dose="20 mg", assay="91.9", basis="as-is", water="6.8")["remark"]
    assert weigh(units="1", dose="125 mg", assay="100", basis="as-is", salt_factor="1.18867")["mass"].startswith("0.14858375")
    assert weigh(units="100", dose="20 mg", assay="100", basis="as-is", overage="5")["mass"] == "2.1"


def test_mass_to_weigh_refuses():
    words = ["weigh", "--units", "300", "--dose", "20 mg"]
    refused("CALC-16", "water", *words, "--assay", "99", "--basis", "anhydrous")
    refused("CALL-03", "basis", *words, "--assay", "99")
    refused("CALL-19", "basis", *words, "--assay", "99", "--basis", "wet")
    refused("CALC-17", "assay", *words, "--assay", "0", "--basis", "as-is")
    refused("CALC-17", "water", *words, "--assay", "99", "--basis", "dried", "--water", "100")
    refused("CALC-17", "units", "weigh", "--units", "0", "--dose", "20 mg", "--assay", "99", "--basis", "as-is")
    refused("CALC-17", "salt-factor", *words, "--assay", "99", "--basis", "as-is", "--salt-factor", "0")
    refused("CALC-17", "overage", *words, "--assay", "99", "--basis", "as-is", "--overage", "101")
    refused("CALL-04", "assay", *words, "--assay", "ninety", "--basis", "as-is")


def test_cas_check_digits():
    for number in ["7732-18-5", "107-07-3", "63-42-3", "9004-34-6", "69-65-8", "202590-98-5", "1616632-77-9", "1638178-82-1"]:
        assert calc("check-digit", "cas", number) == {"valid": True, "expected": number[-1]}, number
    assert calc("check-digit", "cas", "202590-89-5")["valid"] is False
    assert calc("check-digit", "cas", "9004-34-5") == {"valid": False, "expected": "6"}
    refused("CALC-15", "number", "check-digit", "cas", "9004346")
    refused("CALL-19", "kind", "check-digit", "finess", "9004346")


def test_text_shows_every_figure_with_its_formula():
    shown = run("dosage-units", "--claim", "20 mg", *FIRST.split(), json_output=False)
    for part in ["99,26", "X = Σx / n × 100 / D = 198,52 / 10 × 100 / 20", "√(41,144 / 9)", "5,13148711388814", "conforme"]:
        assert part in shown, shown
    shown = run("weigh", "--units", "300", "--dose", "20 mg", "--assay", "99.1", "--basis", "anhydrous", "--water", "6.9", json_output=False)
    assert "6,5032120448158" in shown and "300" in shown


def test_nothing_is_written():
    assert os.listdir(nowhere) == []


main(globals())
