"""Papers looked at in the browser before they are printed, and templates changed in the page."""
import html
import os
import re
import subprocess
import sys
from collections import Counter

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), path) for path in (".", "../cli")]
from desk import DISPENSING, WHOLE, Copy, finish, good  # noqa: E402
from harness import main  # noqa: E402

LAYOUT = "bottle_label.fr.layout"
RUN = re.compile(r"<text [^>]*>([^<]*)</text>")
LIMIT = 50_000


def words(page):
    """What the picture of a page says, run by run."""
    return sorted(html.unescape(" ".join(RUN.findall(page.text))).replace("\u00a0", " ").replace("\u202f", " ").split())


def printed(own, person, *view):
    """The words of the first page of the same view written as a PDF."""
    path = os.path.join(own.folder, "preview.pdf")
    own.run("--as", person, *view, "--save", path)
    text = subprocess.run(["pdftotext", "-l", "1", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    os.unlink(path)
    return sorted(text.split())


def test_a_picture_says_what_the_paper_says():
    with Copy(*WHOLE) as own:
        views = [("label preview", {"kind": "bottle", "number": "B26-0001/1"}), ("label preview", {"kind": "dispensing", "number": "2026/0001"}),
                 ("label preview", {"kind": "container", "number": "MP26-0003/1"}),
                 *(("document preview", {"kind": kind, "batch": "B26-0001"}) for kind in ("certificate-of-analysis", "release-certificate", "batch-record", "cost-sheet"))]
        before = own.head()
        for name, given in views:
            address = "/" + name.replace(" ", "/") + "?" + "&".join(f"{key}={value}" for key, value in given.items())
            page = good(own.browser("chief").get(address))
            said, paper = words(page), printed(own, "chief", *name.split(), *(word for key, value in given.items() for word in ("--" + key, value)))
            assert Counter("".join(said)) == Counter("".join(paper)), (address, set(said) ^ set(paper))
            assert len(page.content) + os.path.getsize(STYLE) <= LIMIT or "batch-record" in address, (address, len(page.content))
        pages = good(own.browser("chief").get("/document/preview?kind=certificate-of-analysis&batch=B26-0001&page=2"))
        assert "page 2" in html.unescape(" ".join(RUN.findall(pages.text))).replace("\u00a0", " ") and "page=1" in pages.text
        good(own.browser("chief").get("/document/preview?kind=certificate-of-analysis&batch=B26-0001&page=3"), 422)
        assert own.head() == before, "a preview changes nothing"


def test_the_counter_shows_the_label_before_it_confirms():
    with Copy(*DISPENSING) as own:
        page = good(own.browser("disp.a").get("/request/next?request=RX26-0001"))
        said = " ".join(words(page))
        for word in ("B26-0001/1,", "2026/0001", "prescrites", "11/07/2026", "Posologie"):
            assert word in said, (word, said)
        assert "{{" not in page.text


def test_a_template_is_changed_in_the_page():
    with Copy(*WHOLE) as own:
        chief = own.browser("chief")
        page = good(chief.get("/template/preview?name=" + LAYOUT))
        form = page.form("/template/preview")
        text = form.value("_text.file")
        assert text.startswith("# Étiquette de flacon") and "B26-0002" in words(page), (text[:40], words(page))
        before = own.head()
        changed = text.replace("À utiliser jusqu", "Fictif : à utiliser jusqu", 1)
        assert changed != text
        touching = good(chief.submit(form, **{"_text.file": text.replace("title :", "text x 3 y 2.2 width 30 height 2 size 4 : FICTIF\ntitle :", 1)}))
        assert "DOC-10" in touching.text and not words(touching), touching.text
        page = good(chief.submit(form, **{"_text.file": changed}))
        assert "Fictif" in words(page) and own.head() == before, (own.head(), before, words(page), re.findall("<li>.*</li>", page.text))
        wrong = good(chief.submit(form, **{"_text.file": text.replace("version 1", "version 1\nboxx x 1", 1)}))
        line = text.split("\n").index("version 1") + 2
        assert f"{LAYOUT}, ligne {line}" in wrong.text.replace("\u00a0", " ") and "boxx" in wrong.form("/template/preview").value("_text.file"), wrong.text
        refused = good(chief.submit(wrong.form("/template/preview"), "/template/import"), 422)
        assert own.head()[1] == before[1] and "DOC-" in refused.text, refused.text
        assert chief.submit(page.form("/template/preview"), "/template/import").status == 303
        assert own.acts(before) == ["template import"]
        version = own.rows("SELECT version, approved_by FROM template WHERE name = ?", LAYOUT)
        assert version == [(1, None)], version
        kept = own.rows("SELECT c.bytes FROM template t JOIN content c ON c.digest = t.content")[0][0]
        assert kept.decode() == changed
        assert own.browser("tech.a").get("/template/preview?name=" + LAYOUT).status == 403
        assert own.browser("tech.a").post("/lot/list", [("_mark", own.browser("tech.a").mark())]).status == 405


STYLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "templates", "style.css")


def test_the_server_ends_in_order():
    finish()


main(globals())
