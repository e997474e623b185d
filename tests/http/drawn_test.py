"""What pages draw from answers: the trace, the series of values, the scale of a weighing."""
import os
import re
import sys
import xml.etree.ElementTree as xml

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), path) for path in (".", "../cli")]
from desk import SERIES, WEIGHED, Copy, finish, good, house  # noqa: E402
from harness import main  # noqa: E402

GROSS = "273,3 275,0 273,6 267,5 278,8 278,5 273,7 270,8 276,6 270,8 276,2 269,0 266,6 280,3 277,7 277,3 276,8 267,9 276,6 276,4".split()
SHELLS = "76.7 76.3 75.1 76.7 77.1 74.1 75.8 75.8 77.0 74.4 76.0 75.3 76.3 75.8 77.4 77.3 77.6 74.6 73.4 75.6".split()
STYLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "templates", "style.css")
SERIES_PAGE = "/result/show?result=B26-0001/R2"


def drawing(page, name):
    """The picture of that class, read as XML; None when the page has none."""
    found = re.findall(rf'<svg class="{name}".*?</svg>', page.text, re.S)
    assert len(found) <= 1
    return xml.fromstring(found[0]) if found else None


def written(picture):
    return "".join(picture.itertext()).replace("\u00a0", " ").replace("\u202f", " ")


def test_every_node_of_a_trace_opens():
    chief = house.browser("chief")
    for way, thing, some in [("down", "MP26-0003", {"B26-0001", "B26-0002", "2026/0001", "B26-0001/S1", "C26-0006"}),
                             ("up", "2026/0001", {"2026/0001", "B26-0001", "MP26-0003", "MP26-0003/1", "B26-0001/W1", "B26-0001/W2", "B26-0001/R1", "BAL-A"}),
                             ("down", "B26-0001/1", {"B26-0001", "2026/0001"}), ("up", "B26-0002", {"RX26-0003", "B26-0002/R6"})]:
        page = good(chief.get(f"/trace/{way}?thing={thing}"))
        nodes = drawing(page, "picture").findall("a")
        names = {node.find("text").text for node in nodes}
        assert some <= names, (way, thing, some - names)
        for href in {node.get("href") for node in nodes}:
            assert chief.get(href).status == 200, href
        assert all(node.find("title").text for node in nodes)
        assert len(page.content) + os.path.getsize(STYLE) <= 50_000, len(page.content)


def test_the_answer_is_whole_in_lists_and_tables():
    chief = house.browser("chief")
    page = good(chief.get("/trace/up?thing=2026/0001"))
    for number in ("B26-0001/W1", "MP26-0003/1", "B26-0001/R1", "pharm.a", "B26-0001/I1"):
        assert f">{number}</a>" in page.text.split('class="tree"')[1], number
    tables = [href for href in page.links if "_list=" in href]
    assert len(set(tables)) >= 16
    table = good(chief.get("/trace/up?thing=2026/0001&_list=results"))
    assert table.text.count("<tr>") == 11 and "/trace/up?thing=2026%2F0001" in table.links
    assert "B26-0001/R10" not in good(chief.get("/trace/up?thing=2026/0001&_list=results&_page=2")).text
    assert "/trace/down?thing=MP26-0003" in good(chief.get("/lot/show?lot=MP26-0003")).links


def append(browser, values, status=303):
    page = browser.submit(good(browser.get(SERIES_PAGE)).form("/result/append"), values=values)
    assert page.status == status, page.text
    return page if status != 303 else good(browser.get(page.location))


def dots(page):
    return [(int(dot.get("cx")), int(dot.get("cy"))) for dot in drawing(page, "course").findall("circle")]


def test_a_series_grows_until_its_verdict():
    with Copy(*SERIES) as own:
        browser = own.browser("qc.a")
        page = good(browser.get(SERIES_PAGE))
        assert drawing(page, "course") is None and page.form("/result/append").value("series") == "gross"
        assert len(dots(append(browser, GROSS[0]))) == 1  # one by one
        page = append(browser, "\t".join(GROSS[1:8]) + "\r\n")  # a row of a spreadsheet
        assert len(dots(page)) == 8 and "moyenne 273,9 mg" in written(drawing(page, "course"))
        refused = append(browser, f"{GROSS[8]}\n\n{GROSS[10]}", 422)  # a hole would move what follows it
        assert refused.form("/result/append").value("values").split("\n") == [GROSS[8], "", GROSS[10]] and len(dots(refused)) == 8
        assert "#input-values" in refused.links and not refused.wrong()
        refused = append(browser, "\n".join(GROSS[8:] + ["1"]), 422)
        assert "RESULT-12" in refused.text and refused.form("/result/append").value("values").split() == GROSS[8:] + ["1"]
        page = append(browser, "\n".join(GROSS[8:]) + "\n")  # a column
        assert len(dots(page)) == 20 and page.form("/result/append").value("series") == "shell"
        page = append(browser, "\n".join(SHELLS[:5]))
        lines = written(drawing(page, "course"))
        assert len(dots(page)) == 5 and lines.count("limite") == 2 and "moyenne 197,26 mg" in lines, lines
        heights = [y for _, y in dots(page)]
        contents = [float(gross.replace(",", ".")) - float(shell) for gross, shell in zip(GROSS, SHELLS[:5])]
        assert sorted(range(5), key=lambda i: -contents[i]) == sorted(range(5), key=lambda i: heights[i])  # the heavier, the higher
        page = append(browser, "\n".join(SHELLS[5:]))
        done = browser.submit(page.form("/result/close"))
        page = good(browser.get(done.location))
        assert 'class="verdict good"' in page.text and "198,255\u00a0mg" in page.text and "Σx" in page.text.split('id="computation"')[1]
        assert page.form("/result/attach").kinds["document"] == "file"


def test_a_value_outside_its_limits_has_a_shape_of_its_own():
    with Copy(*SERIES) as own:
        browser = own.browser("qc.a")
        append(browser, "\n".join(GROSS[:19] + ["320"]))
        page = append(browser, "\n".join(SHELLS))
        course = drawing(page, "course")
        out = [path for path in course.findall("path") if path.get("class") == "out"]
        assert len(out) == 1 and out[0].find("title").text.startswith("20 · 244,4") and len(course.findall("circle")) == 19


def test_the_scale_of_a_weighing():
    with Copy(*WEIGHED) as own:
        browser = own.browser("tech.a")
        page = good(browser.get("/batch/next?batch=B26-0001"))
        said = written(drawing(page, "scale"))
        assert "55,012 g" in said and "52,424 g" in said and "54,563 g" in said
        assert 'class="verdict stop"><b class="big">55,012\u00a0g</b>' in page.text and "accesskey" in page.text
        refused = browser.submit(page.form("/weighing/discard"), reason="")
        assert refused.status == 422 and drawing(refused, "scale") is not None and not refused.wrong()
        good(browser.get("/weighing/show?weighing=B26-0001/W2"))
    page = good(house.browser("chief").get("/weighing/show?weighing=B26-0001/W1"))
    assert "6,5068 g" in written(drawing(page, "scale")) and 'class="verdict good"' in page.text


def test_the_server_ends_in_order():
    finish()


main(globals())
