"""Which rules a test asserts. Whatever the program answers to a test is read through here; the number of a rule that the test
compares with its own, and finds equal, is told beside the test's result, as lines of TAP:

    # asserted LOT-04 LOT-05      by this test
    # seen CALL-03                answered to it, and not looked at

tests/qualification/report.py reads them in the log of the tests."""
import functools
import glob
import json
import os
import re

NUMBER = re.compile(r"[A-Z]+-\d\d+")
asserted, seen = set(), set()


class Rule(str):
    """The number of a rule as the program answered it."""

    def __eq__(self, other):
        same = str.__eq__(self, other)
        if same is True:
            asserted.add(str(self))
        return same

    def __ne__(self, other):
        return not self == other

    __hash__ = str.__hash__


class Shown(str):
    """A text for people in which a test looks for the number of a rule."""

    def __contains__(self, piece):
        found = str.__contains__(self, piece)
        if found and NUMBER.fullmatch(piece):
            asserted.add(str(piece))
        return found


def page(text):
    """A page; the numbers of its refusals stand in small letters behind their sentences."""
    seen.update(re.findall(rf"<small>({NUMBER.pattern})</small>", text))
    return Shown(text)


def refusal(pairs):
    """An object of JSON, which names no field twice; one with a rule's number that is no line of the list of rules is a refusal."""
    read = dict(pairs)
    assert len(read) == len(pairs), f"a field stands twice: {[name for name, _ in pairs]}"
    if isinstance(read.get("rule"), str) and "source" not in read:
        seen.add(read["rule"])
        read["rule"] = Rule(read["rule"])
    return read


json.loads = functools.partial(json.loads, object_pairs_hook=refusal)


def begin():
    asserted.clear()
    seen.clear()


def told():
    """The lines of TAP on the test that ends."""
    lines = [f"# {word} {' '.join(sorted(rules))}\n" for word, rules in (("asserted", asserted), ("seen", seen - asserted)) if rules]
    begin()
    return "".join(lines)


def sentence(rule, language):
    """A rule's sentence in the catalogues, as a pattern."""
    found = None
    for path in glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "templates", "*.catalogue")):
        with open(path, encoding="utf-8") as file:
            found = found or re.search(rf"(?ms)^\[{rule}\]\n.*?^{language}: (.*?)(?=^\w\w: |^\[|^#|\Z)", file.read())
    assert found, f"{rule} has no sentence"
    return ".*".join(map(re.escape, re.split(r" ?\{\{.*?\}\} ?", plain(found.group(1)))))


def plain(text):
    """Without what typography makes of it."""
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("…", "...")).strip()


def says(text, rule, language="fr"):
    """Asserts that a text that shows no numbers, such as a failure, is or holds the sentence of that rule."""
    assert re.search(sentence(rule, language), plain(text)), f"expected the sentence of {rule}, got {text}"
    asserted.add(rule)
