"""The picture of a trace as its template draws it, read by an XML parser."""
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from harness import main  # noqa: E402

PICTURE = os.environ["PICTURE"]
HOSTILE = "\"'><script>alert(1)</script><a href=\"javascript:x\">&amp;{{name}}</svg>"
FIRM = "\u202f"


def page(count, name="Substance fictive"):
    text = subprocess.run([PICTURE, str(count), name], capture_output=True, text=True, check=True).stdout
    return text, xml.fromstring("<page>" + text.replace("&middot;", "·") + "</page>")


def nodes(root):
    return root.findall(".//svg/a")


def said(node):
    return ["".join(text.itertext()) for text in node.findall("text")]


def test_every_node_is_a_link_with_a_title_and_stands_alone():
    text, root = page(3)
    found = {said(node)[0]: node for node in nodes(root)}
    assert list(found) == ["MP26-0001", "B26-0001", "2026/0001", "2026/0002", "2026/0003", "B26-0002", "C26-0001"], list(found)
    assert found["MP26-0001"].get("href") == "/lot/show?lot=MP26-0001" and found["2026/0002"].get("href") == "/dispensing/show?dispensing=2026/0002" or \
        found["2026/0002"].get("href").endswith("2026%2F0002"), found["2026/0002"].get("href")
    assert all(node.get("href").startswith("/") and node.find("title").text for node in found.values())
    places = [node.get("transform") for node in found.values()]
    assert len(set(places)) == len(places)
    assert "style=" not in text
    width, height = int(root.find(".//svg").get("width")), int(root.find(".//svg").get("height"))
    for place in places:
        x, y = map(int, re.fullmatch(r"translate\((\d+) (\d+)\)", place).groups())
        assert x + 216 <= width and y + 40 <= height, (place, width, height)


def test_a_row_hangs_on_what_it_names():
    _, root = page(2)
    at = {said(node)[0]: tuple(map(int, re.findall(r"\d+", node.get("transform")))) for node in nodes(root)}
    assert at["MP26-0001"][0] < at["B26-0001"][0] < at["2026/0001"][0] == at["C26-0001"][0]
    assert at["C26-0001"][1] == at["B26-0002"][1] > at["2026/0002"][1]


def test_lines_reach_every_row_and_cases_are_as_large_as_the_lines_think():
    _, root = page(3)
    path = root.find(".//svg/path").get("d")
    ends = {(int(x), int(y)) for y, x in re.findall(r"M\d+ (\d+)H(\d+)(?!V|\d)", path)}
    trunks = re.findall(r"M(\d+) (\d+)H(\d+)V(\d+)", path)
    places = [tuple(map(int, re.findall(r"\d+", node.get("transform")))) for node in nodes(root)]
    assert ends == {(x, y + 20) for x, y in places[1:]}, (ends, places)
    for x, y in ends:
        assert any(int(turn) == x - 14 and int(top) <= y <= int(bottom) for _, top, turn, bottom in trunks), (x, y, trunks)
    assert {(int(left) - 216, int(top) - 20) for left, top, _, _ in trunks} <= set(places), trunks
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "templates", "style.css"), encoding="utf-8") as style:
        assert ".picture rect { width: 216px; height: 40px;" in style.read()


def test_state_by_word_shape_and_class():
    _, root = page(2)
    found = {said(node)[0]: node for node in nodes(root)}
    assert found["B26-0002"].get("class") == "stop" and found["B26-0002"].find("use").get("href") == "#stop" and "refusé" in said(found["B26-0002"])
    assert found["B26-0001"].get("class") == "good" and found["B26-0001"].find("use").get("href") == "#good" and "libéré" in said(found["B26-0001"])
    assert found["MP26-0001"].get("class") == "good asked"
    shapes = {one.get("id"): xml.tostring(one) for one in root.findall(".//svg/defs/g")}
    assert set(shapes) == {"good", "wait", "stop"} and len(set(shapes.values())) == 3


def test_markup_in_a_name_stays_text():
    text, root = page(1, HOSTILE)
    titles = [node.find("title").text for node in nodes(root)]
    assert any(HOSTILE in title for title in titles), titles
    assert "<script" not in text and not root.findall(".//script") and "javascript:" not in [one.get("href") for one in root.iter("a")]


def test_two_thousand_dispensings_are_grouped_and_counted():
    text, root = page(2500)
    assert len(text.encode()) < 30_000, len(text.encode())
    drawn = nodes(root)
    assert len(drawn) <= 40
    rest = [node for node in drawn if "_list=dispensings" in node.get("href")]
    assert len(rest) == 1 and said(rest[0])[0].endswith(f"2{FIRM}495") and said(rest[0])[1] == "voir la liste", [said(node) for node in rest]
    assert "2026/2500" in [said(node)[0] for node in drawn]  # what stops a reader is drawn before what is good
    listed = [one for one in root.find(".//ul").iter("a") if "dispensing=" in one.get("href")]
    assert len(listed) == 19 and f"2{FIRM}481" in "".join(root.find(".//ul").itertext())


def test_the_same_words_in_the_list_that_folds():
    _, root = page(3)
    tree = "".join(root.find(".//ul").itertext())
    assert all(word in tree for word in ("MP26-0001", "B26-0002", "refusé", "2026/0003", "annulée", "C26-0001"))
    assert len(root.findall(".//details")) == 3 and [one.get("open") for one in root.findall(".//details")] == ["", None, None]


main(globals())
