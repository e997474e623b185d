"""What the qualification report rests on: which rules a test asserts, how a log is read, how a rule is taken out of the source."""
import csv
import json
import os
import sys

from harness import House, main, refusals

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "qualification")
sys.path.append(HERE)
import record  # noqa: E402
import taken_out  # noqa: E402

ANSWER = '{"refused": [{"rule": "AREA-01", "field": "area"}, {"rule": "AREA-02", "field": "code"}]}'


def test_only_what_is_compared_and_equal_is_asserted():
    rules = [refused["rule"] for refused in json.loads(ANSWER)["refused"]]
    assert refusals.seen == {"AREA-01", "AREA-02"} and not refusals.asserted
    assert "AREA-03" not in rules and rules[0] != "AREA-02" and refusals.asserted == set(), refusals.asserted
    assert "AREA-02" in rules and refusals.asserted == {"AREA-02"}
    assert ("AREA-01", "area") in [(rules[0], "area")] and refusals.asserted == {"AREA-01", "AREA-02"}
    refusals.begin()
    listed = json.loads('{"rules": [{"rule": "AREA-01", "source": null, "text": "x"}]}')["rules"]
    assert listed[0]["rule"] == "AREA-01" and refusals.told() == "", "a line of the list of rules is no refusal"
    text = refusals.page("<li>Non. <small>AREA-01</small></li>")
    assert "AREA-02" not in text and "Non" in text and "AREA-01" in text and refusals.told() == "# asserted AREA-01\n"


def test_a_log_is_read_as_it_was_told():
    log = "1..3\n# asserted A-01 A-02\n# seen A-03\nok 1 - test_one_thing\n# asserted A-04\nnot ok 2 - test_other: why\nok 3 - test_third\n"
    found = [(test.name, test.passed, sorted(test.asserted), sorted(test.seen)) for test in record.tests_of("p", "f", log)]
    assert found == [("one thing", True, ["A-01", "A-02"], ["A-03"]), ("other", False, ["A-04"], []), ("third", True, [], [])], found


def test_a_rule_is_taken_out_and_nothing_else():
    def out(text, returns=False):
        return taken_out.without(text, "A-01", returns)
    assert out('if (x)\n    return call_refuse(call, "A-01", "f", "b", f(")"), NULL);\nreturn DONE;') == 'if (x)\n    ;\nreturn DONE;'
    assert out('return call_refuse(call, "A-01", "f", NULL);', True) == "return DONE;"
    assert out('return good ? DONE : call_refuse(call, "A-01", "f", NULL);') == "return good ? DONE : DONE;"
    assert out('if (x) {\n    call_refuse(call, "A-01", "f", NULL);\n}') == "if (x) {\n    (void)0;\n}"
    assert out('{{"refused", "A-02"}, {"recalled", "A-01"}, {"x", "A-03"}}') == '{{"refused", "A-02"}, {"x", "A-03"}}'
    for other in ('call_refuse(call, "A-02", "f", NULL); x("A-01");', 'call_refuse(call, "A-011", NULL);'):
        assert out(other) == other


def test_the_tables_beside_the_report_name_rules_that_exist():
    house = House(people=False)
    known = {row["rule"] for row in house.run("rule", "list")["done"]["rules"]}
    house.close()
    for name, column in (("untested.csv", "rule"), ("practice.csv", "rules")):
        with open(os.path.join(HERE, name), encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        named = {number for row in rows for number in row[column].split()}
        assert rows and named <= known and all(row["fr"] and row["en"] and row[column].split() for row in rows), (name, named - known)
    with open(os.path.join(HERE, "taken_out.txt"), encoding="utf-8") as file:
        wanted = {line.split()[0] for line in file if not line.startswith("#")}
    assert len(wanted) >= 10 and wanted <= known, wanted - known


main(globals())
