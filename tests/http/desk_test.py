"""The pages of who works here, driven from outside as by a browser without script, and by those who mean no good."""
import hashlib
import json
import os
import random
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "cli"), HERE]
from browser import Browser, File, Form, Page, encode, password  # noqa: E402
from harness import PASSING, PROGRAM, House, main  # noqa: E402
from server import Server  # noqa: E402

sys.path.insert(0, os.path.join(HERE, "..", "data"))
sys.modules.pop("dossier", None)
from dossier import Dossier, lines  # noqa: E402

HOSTILE = "\"'><script>alert(1)</script></textarea><img src=x onerror=alert(1)>&amp;<!-- {{name}}"
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
ACTS = json.loads(subprocess.run([PROGRAM, "--json", "help"], capture_output=True, check=True).stdout)["done"]["acts"]
ELSEWHERE = {"database create", "database upgrade", "scan"}


def is_for_pages(act):
    return act["name"] not in ELSEWHERE and not any(given["type"] == "path" and not given["optional"] for given in act["inputs"])


FORMS = [act for act in ACTS if not act["view"] and is_for_pages(act)]
VIEWS = [act for act in ACTS if act["view"] and is_for_pages(act)]


def address(act):
    return "/" + act["name"].replace(" ", "/")


class Copy:
    """A database as it stood at one moment of the dossier, served."""

    def __init__(self, moment, clock):
        self.folder = tempfile.mkdtemp(prefix="magistral-desk-")
        shutil.copytree(os.path.join(KEPT, moment), self.folder, dirs_exist_ok=True)
        self.database, self.passwords = os.path.join(self.folder, "magistral.db"), os.path.join(self.folder, "passwords")
        self.clock = clock
        self.server = Server(self, clock=clock)
        self.people = {}

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.server.__exit__(kind, error, trace)
        if not kind:
            self.run("verify")
        shutil.rmtree(self.folder)

    def run(self, *words):
        done = subprocess.run([PROGRAM, "--database", self.database, "--password-file", self.passwords, "--clock", self.clock, "--json", *words],
                              capture_output=True, text=True)
        assert done.returncode == 0, done
        return json.loads(done.stdout)["done"]

    def act(self, person, name, /, **inputs):
        """One act handed over as by the command line."""
        words = [word for field, value in inputs.items() for word in ("--" + field.replace("_", "-"), value)]
        return self.run("--as", person, *name.split(), *words)

    def browser(self, person=None, language="fr"):
        """Signed in; the same session for the same person."""
        if not person:
            return Browser(self.server, language)
        if (person, language) not in self.people:
            self.people[person, language] = Browser(self.server, language).sign_in(person)
        return self.people[person, language]

    def rows(self, sql, *values):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as database:
            found = database.execute(sql, values).fetchall()
        database.close()
        return found

    def head(self):
        return self.rows("SELECT count(*), max(sequence) FROM journal")[0]

    def state(self):
        return House.state(self)

    def acts(self, since):
        return [act for act, in self.rows("SELECT act FROM journal WHERE sequence > ? ORDER BY sequence", since[1])]

    def holder(self, act):
        """A browser of somebody who may do it."""
        held = RIGHTS if act["right"] not in ("open", "signed-in") else {"tech.a": {act["right"]}}
        return self.browser(next(person for person, rights in held.items() if act["right"] in rights))


def play():
    """The database before the release, before the first dispensing, and at the end."""
    folder = tempfile.mkdtemp(prefix="magistral-desk-")
    made, given = Dossier(PROGRAM, os.path.join(folder)), lines()
    done = 0
    for moment, act in (("release", "batch release"), ("dispensing", "dispensing confirm"), ("whole", None)):
        until = next((i for i, line in enumerate(given) if act and json.loads(line)["act"] == act), len(given))
        made.apply(given[done:until])
        done = until
        shutil.copytree(folder, os.path.join(KEPT, moment))
    rights = {row["person"]: set(row["rights"]) for row in made.view("admin", "person", "list")["people"]}
    shutil.rmtree(folder)
    return rights


KEPT = tempfile.mkdtemp(prefix="magistral-desk-")
RIGHTS = play()
RELEASE, DISPENSING, WHOLE = ("release", "2026-01-21T08:01:00Z"), ("dispensing", "2026-01-22T09:01:00Z"), ("whole", "2026-02-05T08:00:00Z")
house = Copy(*WHOLE)  # for whoever changes nothing that matters to the others


def good(page, status=200, typed=""):
    assert page.status == status, (page.path, page.status, page.text)
    assert not page.wrong(typed), (page.path, page.wrong(typed))
    return page


def new_lot(copy):
    """The number of a lot that waits for its control."""
    given = next(line for line in map(json.loads, lines()) if line["act"] == "lot receive" and "certificate" not in line["inputs"])
    return copy.act(given["as"], "lot receive", **given["inputs"])["lot"]


def events(copy, kind):
    return copy.rows("SELECT count(*) FROM event WHERE kind = ?", kind)[0][0]


# Signing in and out


def test_a_wrong_password_says_so_in_both_languages_and_leaves_its_event():
    for language, sentence in (("fr", "Identifiant ou mot de passe inexact pour «\u202fdisp.a\u202f»."), ("en", 'Wrong identifier or password for "disp.a".')):
        browser, before = house.browser(language=language), events(house, "failed-sign-in")
        page = good(browser.submit(browser.get("/sign-in").form("/sign-in"), _person="disp.a", _password="non"), 422)
        assert sentence.replace("\u202f", "") in page.text.replace("\u202f", "").replace("\u00a0", "").replace("&quot;", '"').replace("« ", "«"), page.text
        assert page.form("/sign-in").value("_person") == "disp.a" and page.form("/sign-in").value("_password") == ""
        assert browser.cookie is None and events(house, "failed-sign-in") == before + 1
    # somebody who does not exist is told the same
    browser = house.browser()
    page = good(browser.submit(browser.get("/sign-in").form("/sign-in"), _person="nobody.here", _password="non"), 422)
    assert "Identifiant ou mot de passe inexact" in page.text and browser.cookie is None
    for person, given in (("", "x"), ("disp.a", ""), ("", ""), (HOSTILE, HOSTILE)):
        page = good(browser.submit(browser.get("/sign-in").form("/sign-in"), _person=person, _password=given), 422, HOSTILE)
        assert page.form("/sign-in").value("_person") == person and browser.cookie is None
    browser.sign_in("disp.a")
    assert "disp.a" in good(browser.get("/account")).text


def test_five_failures_lock_the_account_and_no_other():
    with Copy(*WHOLE) as own:
        for language, sentence in (("fr", "est verrouillé après 5 échecs, jusqu"), ("en", "is locked after 5 failures, until")):
            person = "qc.a" if language == "fr" else "qc.b"
            browser = own.browser(language=language)
            form = browser.get("/sign-in").form("/sign-in")
            for _ in range(5):
                assert browser.submit(form, _person=person, _password="non").status == 422
            page = good(browser.submit(form, _person=person, _password=password(person)), 422)
            assert sentence in page.text and "15" in page.text and browser.cookie is None, page.text
        own.browser("tech.a")


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites():
    browser = house.browser()
    page = browser.submit(browser.get("/sign-in").form("/sign-in"), _person="tech.b", _password=password("tech.b"))
    given = page.headers["Set-Cookie"]
    assert re.fullmatch(r"magistral=[A-Z2-7]{26}; Path=/; HttpOnly; SameSite=Strict", given), given
    first = browser.cookie
    browser.cookie, before = first, first
    form = browser.get("/account")
    # signing in again gives a new secret, and the former is worth nothing
    page = browser.post("/sign-in", [("_mark", browser.mark()), ("_person", "tech.b"), ("_password", password("tech.b"))])
    assert page.status == 303 and browser.cookie != before and form.status == 200
    browser.cookie = before
    assert good(browser.get("/account"), 401).form("/sign-in")


def test_a_foreign_or_doubled_cookie_opens_nothing():
    signed = house.browser("tech.b").cookie
    secret = signed.split("=")[1]
    for given in ("magistral=" + "A" * 26, f"{signed}; magistral=" + "A" * 26, "magistral=" + "A" * 26 + f"; {signed}", f"{signed}; {signed}", f"__Host-magistral={secret}",
                  f"xmagistral={secret}", f"MAGISTRAL={secret}", f"magistral={secret}A", f"magistral={secret[:-1]}", f"magistral={secret.lower()}", "magistral=", "magistral",
                  f"magistral=\"{secret}\"", "magistral=" + "A" * 4000, ";;;=;", f"magistral={secret}\t", f"magistral = {secret}"):
        page = house.browser().send("GET", "/account", headers={"Cookie": given})
        assert page.status == 401 and "tech.b" not in page.text, given
    assert house.browser().send("GET", "/account", headers={"Cookie": f"other=1; {signed}; more=2"}).status == 200


def test_signing_out_here_and_everywhere():
    one, two, other = (Browser(house.server).sign_in(person) for person in ("qc.b", "qc.b", "qc.a"))
    assert one.get("/sign-out").status == 303 and one.get("/account").status == 200  # a link signs nobody out
    cookie = one.cookie
    page = one.submit(one.get("/account").form("/sign-out"))
    assert page.status == 303 and page.location == "/sign-in" and "Max-Age=0" in page.headers["Set-Cookie"]
    one.cookie = cookie
    assert one.get("/account").status == 401 and two.get("/account").status == 200
    one = Browser(house.server).sign_in("qc.b")
    account = good(two.get("/account"))
    assert len([1 for tag, text in account.heads if tag == "th"]) and account.text.count("<tr><td><code>") == 2
    everywhere = next(form for form in account.forms if form.action == "/account" and not form.value("_language") and form is not account.forms[0])
    assert two.post("/account", everywhere.filled(_everywhere="yes")).location == "/sign-in"
    assert one.get("/account").status == two.get("/account").status == 401 and other.get("/account").status == 200


def test_who_has_left_is_out_at_the_next_page():
    with Copy(*WHOLE) as own:
        gone = own.browser("qc.b")
        assert gone.get("/lot/list").status == 200
        own.act("admin", "person end", person="qc.b", reason="Départ")
        assert gone.get("/lot/list").status == 401
        before = own.head()
        assert gone.post("/batch/hold", [("_mark", "x"), ("batch", "B26-0001"), ("reason", "x")]).status == 403
        assert own.head() == before


def test_a_sign_in_leads_on_to_what_was_wanted_and_nowhere_else():
    browser = house.browser()
    form = good(browser.get("/lot/show?lot=MP26-0001&x=%C3%A9"), 401).form("/sign-in")
    assert browser.submit(form, _person="tech.b", _password=password("tech.b")).location == "/lot/show?lot=MP26-0001&x=%C3%A9"
    for elsewhere in ("//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "javascript:alert(1)", "/\t/evil.example", "/\r\nX: y", "evil", "/\n//x",
                      "/sign-out", "/sign-in", " //evil.example", "/ok\u00e9"):
        browser = house.browser()
        page = browser.post("/sign-in", [("_person", "tech.b"), ("_password", password("tech.b")), ("_target", elsewhere)])
        assert page.status == 303 and page.location == "/" and page.headers.get("X") is None, (elsewhere, page.location)
        page = house.browser().post("/sign-in", [("_person", "tech.b"), ("_password", "non"), ("_target", elsewhere), ("_post", "yes")])
        assert page.form("/sign-in").value("_target") in (None, "/sign-out", "/sign-in"), page.text


def test_what_was_posted_without_a_session_goes_on_after_the_password():
    with Copy(*WHOLE) as own:
        browser, before = own.browser(), own.head()
        values = [("_key", "k-pending"), ("batch", "B26-0001"), ("reason", HOSTILE)]
        page = good(browser.post("/batch/hold", [("_mark", "of another session"), *values]), 401, HOSTILE)
        page = good(browser.submit(page.form("/sign-in"), _person="tech.a", _password="non"), 422, HOSTILE)
        page = good(browser.submit(page.form("/sign-in"), _person="tech.a", _password=password("tech.a")), 200, HOSTILE)
        assert own.head()[0] == before[0] + 1  # the wrong password's event
        page = browser.submit(page.form("/batch/hold"))
        assert page.status == 303 and own.acts(before) == ["event record", "batch hold"], (page.status, page.text)


def test_ten_minutes_without_a_request_lose_nothing_that_was_typed():
    with open(PROGRAM, "rb") as program:
        if b"__asan_init" in program.read():
            return  # the sanitizer and faketime both stand before the C library: this runs on the plain build
    faketime = shutil.which("faketime")
    assert faketime, "faketime is not installed"
    library = next(path for path in ("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1") if os.path.exists(path))
    own = Copy(*WHOLE)
    own.server.stop()
    shift = os.path.join(own.folder, "shift")
    with open(shift, "w", encoding="ascii") as file:
        file.write("+0")
    own.server = Server(own, clock=own.clock, env={**os.environ, "LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": shift, "FAKETIME_NO_CACHE": "1"})
    with own:
        lot, browser = new_lot(own), own.browser("tech.b")
        admin = own.browser("admin")
        secret = admin.get("/person/set-password?person=tech.a").form("/person/set-password")
        before, cookie = own.head(), browser.cookie
        with open(shift, "w", encoding="ascii") as file:
            file.write("+601")
        page = good(admin.submit(secret, password="un secret de plus de quinze signes"), 401)
        assert "un secret de plus" not in page.text  # a secret is typed again
        own.people.clear()
        controller = own.browser("qc.a")
        form = controller.get("/lot/test?lot=" + lot).form("/lot/test")
        with open(shift, "w", encoding="ascii") as file:
            file.write("+1300")
        page = good(controller.submit(form, test="Aspect", method="Ph. Eur.", result=HOSTILE, conforms="yes", raw_document=File("cahier.pdf", PDF)), 401, HOSTILE)
        assert page.form("/sign-in").value("_person") == "qc.a" and own.head() == before
        page = good(controller.submit(page.form("/sign-in"), _password=password("qc.a")), 200, HOSTILE)
        page = controller.submit(page.form("/lot/test"))
        assert page.status == 303 and own.acts(before) == ["lot test"], page.text
        assert own.rows("SELECT count(*) FROM content WHERE digest = ?", hashlib.sha256(PDF).hexdigest()) == [(1,)]
        # a second person on the same screen: the first one's session is over
        with open(shift, "w", encoding="ascii") as file:
            file.write("+2000")
        page = good(controller.get("/lot/list"), 401)
        first = controller.cookie
        assert controller.submit(page.form("/sign-in"), _person="tech.b", _password=password("tech.b")).location == "/lot/list"
        assert "tech.b" in controller.get("/account").text and controller.cookie not in (first, cookie)
        assert own.browser().send("GET", "/account", headers={"Cookie": first}).status == 401


# Nothing changes but by a form of ours


def test_no_form_of_another_site_changes_anything():
    before = house.state()
    targets = [(address(act), house.holder(act)) for act in FORMS] + [(path, house.browser("tech.a")) for path in ("/account", "/scan", "/sign-out")]
    stranger = house.browser("qc.a").mark()
    own = f"http://127.0.0.1:{house.server.port}"
    for path, browser in targets:
        mark = browser.mark()
        fields = [("_key", "x"), ("batch", "B26-0001"), ("reason", "x"), ("_scan", "MP26-0001"), ("_everywhere", "yes")]
        for marks, headers in [
            ([], {}), ([("_mark", "")], {}), ([("_mark", stranger if browser is not house.browser("qc.a") else "A" * 26)], {}), ([("_mark", mark + "A")], {}), ([("_mark", mark[:-1])], {}),
            ([("_mark", mark.lower())], {}), ([("_mark", "x"), ("_mark", mark)], {}),
            ([("_mark", mark)], {"Sec-Fetch-Site": "cross-site"}), ([("_mark", mark)], {"Sec-Fetch-Site": "same-site"}), ([("_mark", mark)], {"Sec-Fetch-Site": ""}),
            ([("_mark", mark)], {"Sec-Fetch-Site": None, "Origin": "http://evil.example"}), ([("_mark", mark)], {"Origin": "null"}),
            ([("_mark", mark)], {"Origin": own + ".evil.example"}), ([("_mark", mark)], {"Origin": own + "0"}), ([("_mark", mark)], {"Origin": ""}),
        ]:
            page = browser.post(path, marks + fields, headers=headers)
            assert page.status == 403 and page.title.startswith("Cette demande ne vient pas"), (path, marks, headers, page.status, page.title)
        # nor with the mark in the address instead of the form
        assert browser.post(f"{path}?_mark={mark}", fields).status == 403
    assert house.state() == before
    good(page, 403)
    # the sign-in itself is not given to another site either
    page = house.browser().post("/sign-in", [("_person", "tech.a"), ("_password", password("tech.a"))], headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status == 403 and not page.headers.get("Set-Cookie")


def example(given):
    return "" if given["type"] in ("secret", "file") else given["example"] or ""


def test_looking_changes_nothing():
    before = house.state()
    for act in FORMS:
        browser = house.holder(act)
        good(browser.get(address(act)))
        filled = urllib.parse.urlencode([(given["name"], example(given)) for given in act["inputs"]] + [("_mark", browser.mark()), ("_key", "k"), ("_signature", "x"),
                                                                                                         ("_password", password(browser.person)), ("_everywhere", "yes")])
        good(browser.get(f"{address(act)}?{filled}"))
        assert browser.send("HEAD", f"{address(act)}?{filled}").content == b""
    for path in ("/sign-out?_mark=x", "/account?_everywhere=yes", "/scan?_scan=HTTPS://PUI.HOPITAL.EXAMPLE/L/AAAAAAAAAAAAAAAAAAAAAAAAAA"):
        assert house.browser("tech.a").get(path).status in (200, 303)
    assert house.state() == before and house.browser("tech.a").get("/account").status == 200


def test_a_form_that_is_sent_twice_happens_once():
    with Copy(*RELEASE) as own:
        browser, before = own.browser("tech.a"), own.head()
        form = browser.get("/batch/hold?batch=B26-0001").form("/batch/hold")
        places = {browser.submit(form, reason="Coupure de courant").location for _ in range(3)}
        assert places == {"/batch/show?batch=B26-0001"} and own.acts(before) == ["batch hold"]
        page = good(browser.submit(form, reason="Autre raison"), 422)
        assert "CALL-05" in page.text and own.acts(before) == ["batch hold"]
        signer = own.browser("pharm.a")
        page = good(signer.submit(signer.get("/batch/lift?batch=B26-0001").form("/batch/lift"), reason="Courant revenu"))
        signed = page.form("/batch/lift")
        assert {signer.submit(signed, _password=password("pharm.a")).status for _ in range(3)} == {303}
        assert own.acts(before) == ["batch hold", "batch lift"]
        # two at the same moment
        form = browser.get("/batch/hold?batch=B26-0001").form("/batch/hold")
        answers = at_once([lambda: browser.submit(form, reason="Deux fois").status for _ in range(8)])
        assert answers == [303] * 8 and own.acts(before) == ["batch hold", "batch lift", "batch hold"]
        # what was done is said once
        assert 'class="flash"' in browser.get("/batch/show?batch=B26-0001").text
        assert 'class="flash"' not in browser.get("/batch/show?batch=B26-0001").text


# What was typed


def test_a_refused_form_keeps_what_was_typed_and_markup_stays_text():
    before = house.state()
    for act in FORMS:
        browser = house.holder(act)
        form = browser.get(address(act)).form(address(act))
        typed = {}
        for given in act["inputs"]:
            name = given["name"]
            if given["type"] in ("file", "path"):
                continue
            several = given["list"] or given["type"] == "long"
            words = (given["detail"] or "").split("|") if given["type"] == "choice" and not given["list"] else ["yes", "no"] if given["type"] == "truth" else []
            typed[name] = words[-1] if words else f"{HOSTILE}\n\n  {HOSTILE} 2" if several else HOSTILE
        # nothing of this can be done: a control character in a field that is due, or no value at all
        if not any(given["type"] in ("number", "count", "mass", "day", "quantity", "money", "decimal") and given["name"] in typed for given in act["inputs"]):
            typed[next(given["name"] for given in act["inputs"] if given["type"] in ("text", "long"))] = HOSTILE + "\u202e"
        page = browser.submit(form, **{name.replace("-", "_"): value for name, value in typed.items()})
        assert page.status in (422, 200), (act["name"], page.status, page.text)
        if page.status == 200:
            raise AssertionError(f"{act['name']} goes to the signature with {typed}")
        assert not page.wrong(HOSTILE), (act["name"], page.wrong(HOSTILE))
        again = page.form(address(act))
        for given in act["inputs"]:
            name = given["name"]
            if name not in typed:
                continue
            kept = again.value(name)
            expected = typed[name].replace("\n\n", "\n") if given["list"] else typed[name]
            if given["type"] == "secret":
                assert kept == "" and typed[name] not in page.text
                continue
            lines_kept = [line for line in (kept or "").split("\n") if line.strip()]
            assert lines_kept == [line for line in expected.split("\n") if line.strip()], (act["name"], name, kept, expected)
        assert again.value("_key") == form.value("_key")
        assert any(href.startswith("#input-") for href in page.links if href), act["name"]
    after = house.state()
    assert {table for table in after if after[table] != before[table]} <= {"event", "journal", "journal_node"}  # near misses of scanned fields


def test_markup_that_is_recorded_stays_text_wherever_it_is_shown():
    with Copy(*WHOLE) as own:
        chief = own.browser("chief")
        name = HOSTILE.replace("{{name}}", "{{pharmacy}}")
        form = chief.get("/site/set").form("/site/set")
        assert chief.submit(form, name=name, pharmacy=name, address=name, host="PUI.HOPITAL.EXAMPLE").status == 303
        form = chief.get("/supplier/add").form("/supplier/add")
        page = chief.submit(form, code="FOU-X", name=name, address=name, category=next(given["detail"].split("|")[0] for act in ACTS if act["name"] == "supplier add"
                                                                                       for given in act["inputs"] if given["name"] == "category"))
        assert page.status == 303, page.text
        page = own.browser("tech.a").submit(own.browser("tech.a").get("/batch/hold?batch=B26-0001").form("/batch/hold"), reason=name)
        assert page.status == 303, page.text
        for path in ("/", "/menu", "/supplier/list", "/supplier/show?supplier=FOU-X", "/batch/show?batch=B26-0001", "/audit/list", "/site/show", "/site/set", "/no/where",
                     f"/lot/list?_find={urllib.parse.quote(HOSTILE)}", f"/lot/show?lot={urllib.parse.quote(HOSTILE)}"):
            page = chief.get(path)
            assert page.status in (200, 404, 422) and not [found for found in page.wrong() if not found.startswith("braces")], (path, page.wrong())
        page = chief.post("/scan", [("_mark", chief.mark()), ("_scan", HOSTILE)])
        assert page.status == 404 and not [found for found in page.wrong() if not found.startswith("braces")], page.wrong()


def test_a_file_that_was_chosen_is_kept_by_its_digest():
    with Copy(*WHOLE) as own:
        lot = new_lot(own)
        browser, before = own.browser("qc.a"), own.head()
        form = browser.get("/lot/test?lot=" + lot).form("/lot/test")
        digest = hashlib.sha256(PDF).hexdigest()
        page = good(browser.submit(form, test="Aspect", method="Ph. Eur.", result="", conforms="yes", raw_document=File("cahier é.pdf", PDF)), 422)
        kept = page.form("/lot/test")
        assert kept.value("_file.raw-document") == digest and f"/content/{digest}" in page.links
        shown = browser.get(f"/content/{digest}")
        assert shown.status == 200 and shown.content == PDF and shown.headers["Content-Disposition"].startswith("attachment")
        assert own.browser().get(f"/content/{digest}").status == 401
        good(own.browser("admin").get(f"/content/{digest}"), 403)
        # sent again without choosing it again, as a browser does: an empty file part
        page = browser.submit(kept, result="conforme", raw_document=File("", b""))
        assert page.status == 303 and own.acts(before) == ["lot test"], page.text
        assert own.rows("SELECT count(*) FROM content WHERE digest = ?", digest) == [(1,)]
        assert browser.get(f"/content/{digest}").headers["Content-Type"] == "application/pdf"
        # another file chosen in its place is the one that counts
        form = browser.get("/lot/test?lot=" + lot).form("/lot/test")
        page = browser.submit(form, test="Odeur", method="Ph. Eur.", result="", conforms="yes", raw_document=File("a.pdf", PDF))
        page = browser.submit(page.form("/lot/test"), result="conforme", raw_document=File("b.txt", b"deuxi\xc3\xa8me"))
        assert page.status == 303, page.text
        last = json.loads(own.rows("SELECT inputs FROM journal ORDER BY sequence DESC LIMIT 1")[0][0])
        assert last["raw-document"] == hashlib.sha256(b"deuxi\xc3\xa8me").hexdigest(), last
        text = browser.get("/content/" + last["raw-document"])
        assert text.headers["Content-Type"] == "text/plain; charset=utf-8" and text.headers["Content-Disposition"].startswith("inline") and text.content == b"deuxi\xc3\xa8me"
        # one that does not fit is refused by a name that the reader knows, not by a path of the server
        for content in (b"<html><script>alert(1)</script></html>\x00", b"MZ\x90\x00\x03"):
            page = good(browser.submit(form, _key="k" + content.hex()[:8], test="T", method="m", result="r", conforms="yes", raw_document=File("x.exe", content)), 422)
            assert "CALL-16" in page.text and "/tmp" not in page.text and "magistral-" not in page.text, page.text
        # one that is no longer kept is not silently left out
        before = own.head()
        page = good(browser.post("/lot/test", form.filled(_key="gone", test="T", method="m", result="r", conforms="yes") + [("_file.raw-document", "0" * 64)], form.enctype), 422)
        assert "CALL-16" in page.text and not page.form("/lot/test").value("_file.raw-document") and own.head() == before


def test_a_path_is_never_taken_from_a_page():
    with Copy(*WHOLE) as own:
        lot = new_lot(own)
        browser, before = own.browser("qc.a"), own.state()
        secret = os.path.join(own.folder, "secret.txt")
        with open(secret, "w", encoding="ascii") as file:
            file.write("what only the server may read\n")
        form = browser.get("/lot/test?lot=" + lot).form("/lot/test")
        fields = dict(test="T", method="m", result="r", conforms="yes")
        up = "../" * 8 + secret.lstrip("/")
        for path in (secret, "/etc/passwd", up, "file://" + secret, own.database):
            for name in ("raw-document", "_file.raw-document"):
                for enctype in ("application/x-www-form-urlencoded", "multipart/form-data"):
                    page = good(browser.post("/lot/test", form.filled(_key=None, **fields) + [(name, path)], enctype), 422)
                    assert "CALL-16" in page.text and "what only" not in page.text, page.text
        assert own.state() == before
        written, document = os.path.join(own.folder, "written"), own.rows("SELECT number FROM document")[0][0]
        for person in ("chief", "admin", "tech.a"):
            who = own.browser(person)
            for query in (f"document={document}&save={written}", f"save={written}&document={document}"):
                assert good(who.get(f"/document/show?{query}"), 422).title
            assert who.get(f"/document/preview?kind=batch-record&batch=B26-0001&save={written}").status == 404
            assert who.get(f"/database/check-backup?file={secret}").status == 404
            assert who.post("/database/backup", [("_mark", who.mark()), ("file", written)]).status == 404
            assert who.get(f"/scan?text=x&offline=yes&key={secret}").status == 303
        assert not os.path.exists(written) and not os.path.exists(written + ".part") and own.state() == before


# The signature


def test_the_signature_page():
    with Copy(*RELEASE) as own:
        browser, begun = own.browser("pharm.a"), own.head()
        page = good(browser.submit(browser.get("/batch/release?batch=B26-0001").form("/batch/release")))
        form = page.form("/batch/release")
        meaning = form.value("_signature")
        assert "B26-0001" in meaning and meaning.replace("'", "’")[:20] in page.text.replace("&#39;", "’") and "pharm.a" in page.text, page.text
        assert re.fullmatch(r"[0-9a-f]{64}", form.value("_digest")) and form.value("_digest") in page.text.replace('value="', "")
        assert own.head() == begun
        # a wrong password asks again, and leaves its event
        before = events(own, "failed-sign-in")
        for wrong in ("non", password("pharm.b"), HOSTILE):
            page = good(browser.submit(form, _password=wrong), 422)
            assert "CALL-07" in page.text and wrong not in page.text and "#password" in page.links
            assert page.form("/batch/release").filled(_password="") == form.filled(_password="")
        assert events(own, "failed-sign-in") == before + 3
        assert good(browser.submit(form, _password=""), 422) and set(own.acts(begun)) == {"event record"}
        # another meaning than the act's is refused
        page = good(browser.submit(page.form("/batch/release"), _signature="Je ne libère rien.", _password=password("pharm.a")), 422)
        assert "CALL-10" in page.text and set(own.acts(begun)) == {"event record"}
        # a second person changes the batch in between
        other = own.browser("chief")
        given = other.get("/purchase/declare?batch=B26-0001").form("/purchase/declare")
        assert other.submit(given, description="Analyse", amount="10 EUR").status == 303
        page = good(browser.submit(form, _password=password("pharm.a")), 422)
        assert "CALL-11" in page.text and "batch release" not in own.acts(begun)
        # read again, signed again
        page = good(browser.submit(page.form("/batch/release")))
        assert page.form("/batch/release").value("_digest") != form.value("_digest")
        done = browser.submit(page.form("/batch/release"), _password=password("pharm.a"))
        assert done.status == 303 and done.location == "/batch/show?batch=B26-0001", done.text
        assert own.acts(begun)[-1] == "batch release" and own.rows("SELECT state FROM batch") == [("released",)]
        assert password("pharm.a") not in page.text + browser.get(done.location).text
        entry = own.rows("SELECT meaning, signed_digest, person FROM journal ORDER BY sequence DESC LIMIT 1")[0]
        assert entry == (meaning, page.form("/batch/release").value("_digest"), "pharm.a")


def test_the_password_of_another_signs_nothing():
    with Copy(*RELEASE) as own:
        browser, begun = own.browser("pharm.a"), own.head()
        form = browser.submit(browser.get("/batch/refuse?batch=B26-0001").form("/batch/refuse"), reason="Essai").form("/batch/refuse")
        for added in ([("as", "chief")], [("_person", "chief")], [("person", "chief")]):
            page = browser.post("/batch/refuse", form.filled(_password=password("chief")) + added)
            assert page.status == 422, page.text
        # the signed call without its digest, or with none of it
        for left_out in ("_digest", "_signature", "_password"):
            fields = [(name, value) for name, value in form.filled(_password=password("pharm.a")) if name != left_out]
            page = browser.post("/batch/refuse", fields)
            assert "batch refuse" not in own.acts(begun), (left_out, page.status)


# Rights


def test_a_page_without_its_right_is_forbidden_and_does_nothing():
    before = house.head()
    for person, rights in RIGHTS.items():
        browser = house.browser(person)
        for act in FORMS + VIEWS:
            if act["right"] in rights or act["right"] in ("open", "signed-in"):
                continue
            if act["view"]:
                page = browser.get(address(act) + "?" + urllib.parse.urlencode([(given["name"], example(given)) for given in act["inputs"] if not given["optional"]]))
                assert page.status == 403, (person, act["name"], page.status)
            else:
                fields = [(given["name"], example(given).split()[0] if example(given) else "") for given in act["inputs"]]
                page = browser.post(address(act), fields + [("_mark", browser.mark())])
                assert page.status == 403 and "CALL-14" in page.text, (person, act["name"], page.status)
        good(page, page.status)
    assert house.head() == before


# Hostile requests of someone who is signed in


def test_addresses_that_lead_nowhere():
    browser, before = house.browser("chief"), house.state()
    for target in ("/../../etc/passwd", "/content/../../../etc/passwd", "/content/..%2f..%2fetc%2fpasswd", "/content/" + "0" * 64, "/content/" + "G" * 64, "/content/", "/content",
                   "/lot/show/../../x", "/lot%2fshow", "/lot/show/", "/lot//show", "//lot/show", "/lot/", "/lot", "/Lot/Show", "/test.db", "/magistral.db", "/templates/frame.html",
                   "/.git/config", "/database/create", "/database/upgrade", "/database/backup", "/lot%20show", "/style.css/x", "/\u00e9".encode().decode("latin-1"), "/person/sign-in",
                   "/event/record"):
        if not target.isascii():
            continue
        page = browser.get(target)
        assert page.status == 404 and "root:" not in page.text, (target, page.status)
        good(page, 404)
    for target in ("/%00", "/lot/show?lot=MP26-0001%00", "/lot/show%00?lot=MP26-0001", "/lot/show?lot=%01", "/content/%00"):
        assert browser.get(target).status == 400, target
    for target in ("/lot/show?lot=%ff", "/lot/show?lot=%c3%28", "/lot/show?%ff=1", "/lot/show?" + "&".join(f"a{n}=1" for n in range(400)), "/lot/show?lot=%ed%a0%80"):
        page = good(browser.get(target), page_status(target))
    assert house.state() == before


def page_status(target):
    return 422 if "a399" in target else 400


def test_a_parameter_that_stands_twice_is_refused():
    with Copy(*WHOLE) as own:
        browser, before = own.browser("tech.a"), own.head()
        page = good(browser.get("/lot/show?lot=MP26-0001&lot=MP26-0002"), 422)
        assert "CALL-20" in page.text
        mark = browser.mark()
        for fields in ([("batch", "B26-0001"), ("batch", "B26-0002"), ("reason", "x")], [("batch", "B26-0001"), ("reason", "x"), ("reason", "y")]):
            page = good(browser.post("/batch/hold", [("_mark", mark), ("_key", "k"), *fields]), 422)
            assert "CALL-20" in page.text and own.head() == before
        page = good(browser.post("/batch/hold", [("_mark", mark), ("batch", "B26-0001"), ("reason", "x"), ("unknown", "y")]), 422)
        assert "CALL-02" in page.text and own.head() == before
        assert browser.post("/batch/hold", [("_mark", mark), *((f"x{n}", "y") for n in range(1200))]).status == 400
        assert browser.get("/lot/show?nonsense=1&lot=MP26-0001").status == 422


def test_what_leads_elsewhere_is_not_followed():
    with Copy(*WHOLE) as own:
        browser = own.browser("tech.a")
        for number, elsewhere in enumerate(("//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/\t/evil.example", "/\r\nSet-Cookie: x=1", "\\/evil.example",
                                            "http:/evil", "evil", "", " ", "/\u00e9", "///evil.example", "/\x0b/evil")):
            form = browser.get("/batch/hold?batch=B26-0001&" + urllib.parse.urlencode([("_next", elsewhere)]).replace("%0B", "%0A")).form("/batch/hold")
            assert form.value("_next") == "", (elsewhere, form.value("_next"))
            page = browser.submit(form, reason=f"Raison {number}", _next=elsewhere)
            assert page.status == 303 and page.location == "/batch/show?batch=B26-0001" and not page.headers.get("Set-Cookie"), (elsewhere, page.location, page.text)
            page = browser.post("/account", [("_mark", browser.mark()), ("_language", "fr"), ("_next", elsewhere)])
            assert page.location == "/account", (elsewhere, page.location)
            lift(own)
        form = browser.get("/batch/hold?batch=B26-0001&_next=/lot/list").form("/batch/hold")
        assert browser.submit(form, reason="Dernière").location == "/lot/list"


def lift(own):
    signer = own.browser("pharm.a")
    page = signer.submit(signer.get("/batch/lift?batch=B26-0001").form("/batch/lift"), reason="x")
    assert signer.submit(page.form("/batch/lift"), _password=password("pharm.a")).status == 303


def raw(server, sent, patience=5.0, whole=True):
    """Bytes on a connection of its own; what comes back."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=patience) as connection:
        try:
            connection.sendall(sent)
            if whole:
                connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        text = b""
        while True:
            try:
                piece = connection.recv(65536)
            except OSError:
                piece = b""
            if not piece:
                return text
            text += piece


def test_sizes():
    browser, before = house.browser("qc.a"), house.head()
    mark = browser.mark()
    body, kind = encode([("_mark", mark), ("lot", "MP26-0001"), ("raw-document", File("big.pdf", PDF + b"x" * (12 * 1024 * 1024)))], "multipart/form-data")
    head = f"POST /lot/test HTTP/1.1\r\nHost: x\r\nCookie: {browser.cookie}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    assert raw(house.server, head).startswith(b"HTTP/1.1 413 ")  # refused before it is sent
    page = browser.post("/lot/test", [("_mark", mark), ("lot", "MP26-0001"), ("test", "T"), ("method", "m"), ("result", "r"), ("conforms", "yes"),
                                      ("raw-document", File("big.pdf", PDF + b"x" * (10 * 1024 * 1024)))], "multipart/form-data")
    assert page.status == 422 and "10" in page.text and "CALL-16" in page.text, page.status
    # who has not signed in sends no large body at all
    for cookie in ("", f"Cookie: magistral={'A' * 26}\r\n"):
        answer = raw(house.server, f"POST /sign-in HTTP/1.1\r\nHost: x\r\n{cookie}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 70000\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 413 "), answer[:100]
    for length in ("-1", "1e3", "99999999999999999999", "5, 5"):
        assert raw(house.server, f"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\nabcde".encode())[:13] in (b"HTTP/1.1 400 ", b"HTTP/1.1 413 ", b"")
    answer = raw(house.server, b"POST /sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 "), answer[:100]
    lines_sent = b"".join(b"X-%d: y\r\n" % n for n in range(2000))
    answer = raw(house.server, b"GET / HTTP/1.1\r\nHost: x\r\n" + lines_sent + b"\r\n")
    assert answer[:13] in (b"HTTP/1.1 431 ", b"HTTP/1.1 413 ", b""), answer[:100]
    answer = raw(house.server, f"GET /account HTTP/1.1\r\nHost: x\r\nCookie: {'a=b; ' * 2000}{browser.cookie}\r\n\r\n".encode())
    assert answer[:13] in (b"HTTP/1.1 200 ", b"HTTP/1.1 431 ", b"HTTP/1.1 413 ", b""), answer[:100]
    assert house.head() == before and browser.get("/account").status == 200


def test_half_and_slow_requests_end():
    """A half request, a half body, and one that comes drop by drop: each is let go, and nobody waits behind it."""
    form = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10000\r\n"
    sent = [b"GET /", b"", form, form + b"\r\n_person=", b"GET /style.css HTTP/1.1\r\nHost: x\r\n\r\nGET /"]
    started, ended = time.monotonic(), {}

    def wait(index, drop):
        with socket.create_connection(("127.0.0.1", house.server.port), timeout=1) as connection:
            try:
                connection.sendall(sent[index % len(sent)])
                while time.monotonic() - started < 60:
                    try:
                        if not connection.recv(65536):
                            break
                    except TimeoutError:
                        connection.sendall(b"a" if drop else b"")
            except OSError:
                pass  # closed by the other end
        ended[index, drop] = time.monotonic() - started

    threads = [threading.Thread(target=wait, args=(index, drop)) for index in range(30) for drop in (False, True)]
    for thread in threads:
        thread.start()
    asked = time.monotonic()
    assert all(house.browser("tech.a").get("/account").status == 200 for _ in range(20)) and time.monotonic() - asked < 5
    for thread in threads:
        thread.join()
    assert len(ended) == 60 and max(ended.values()) < 40 and min(ended.values()) > 5, ended


def test_multipart_that_is_broken():
    with Copy(*WHOLE) as own:
        lot = new_lot(own)
        browser, before = own.browser("qc.a"), own.head()
        mark, boundary = browser.mark(), "B"
        fields = [("_mark", mark), ("lot", lot), ("test", "T"), ("method", "m"), ("result", "r"), ("conforms", "yes"), ("raw-document", File("a.pdf", PDF))]
        body, kind = encode(fields, "multipart/form-data")
        sent = {"Content-Type": kind}
        for cut in range(len(body) - 4):  # what follows the last two dashes is no part of it
            status = browser.send("POST", "/lot/test", body[:cut], sent).status
            assert status in (400, 403), (cut, status)
        boundary = kind.split("=")[1].encode()
        for change in (lambda b: b.replace(boundary, boundary[:-1], 1), lambda b: b.replace(b"\r\n\r\n", b"\r\n", 1), lambda b: b.replace(b'name="_mark"', b'name="_mark', 1),
                       lambda b: b.replace(b'name="_mark"', b"name=_mark", 1), lambda b: b.replace(b"form-data", b"form\x00data", 1), lambda b: b.replace(b'"lot"', b'"l\x00t"', 1),
                       lambda b: b.replace(lot.encode(), lot.encode()[:4] + b"\x00", 1), lambda b: b.replace(lot.encode(), lot.encode()[:4] + b"\xff", 1), lambda b: b"x" + b, lambda b: b"\r\n" + b,
                       lambda b: b.replace(b"\r\n", b"\n"), lambda b: b.replace(b"--\r\n", b"", 1), lambda b: b.replace(b'"a.pdf"', b'"a\xff.pdf"'),
                       lambda b: b.replace(b"--" + boundary + b"\r\n", b"--" + boundary + b" \r\n"), lambda b: b"", lambda b: b"--" + boundary + b"--",
                       lambda b: b[:-4] + (b"\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n--" + boundary) * 300 + b"--\r\n"):
            page = browser.send("POST", "/lot/test", change(body), sent)
            assert page.status in (400, 403), (page.status, change(body)[:300])
        for wrong in ("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"", f"multipart/form-data; boundary={'x' * 71}", "multipart/mixed; boundary=x",
                      "text/plain", "application/json", None, "application/x-www-form-urlencoded", "multipart/form-data; boundary=;"):
            page = browser.send("POST", "/lot/test", body, {"Content-Type": wrong})
            assert page.status in (400, 403), (wrong, page.status)
        chance = random.Random(3)
        for _ in range(300):
            mutated = bytearray(body)
            for _ in range(chance.randrange(1, 6)):
                mutated[chance.randrange(len(mutated) - len(PDF) - 120)] = chance.randrange(256)
            assert browser.send("POST", "/lot/test", bytes(mutated), sent).status in (400, 403, 422, 303)
        assert set(own.acts(before)) <= {"event record", "lot test"} and own.server.process.poll() is None
        done = own.acts(before).count("lot test")
        assert browser.send("POST", "/lot/test", body, sent).status == 303 and own.acts(before).count("lot test") == done + 1
        assert browser.send("POST", "/lot/test", body, {"Content-Type": kind.replace(boundary.decode(), f'"{boundary.decode()}"')}).status == 303


# Many at once


def at_once(calls):
    """The answers of functions that begin together."""
    answers, start = [None] * len(calls), threading.Barrier(len(calls))

    def run(index):
        start.wait()
        try:
            answers[index] = calls[index]()
        except Exception as error:  # told by the test
            answers[index] = error

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def decided(own):
    """64 clients: some release, some refuse, some dispense the same batch; how each act ended."""
    calls = []
    people = {"batch release": ["pharm.a", "chief"], "batch refuse": ["pharm.b", "pharm.a", "chief"], "dispensing confirm": ["disp.a"]}
    inputs = {"batch release": {}, "batch refuse": {"reason": "Doute"}, "dispensing confirm": {"request": "RX26-0001", "bottles": "B26-0001/1\nB26-0001/2"}}
    acts = [list(people)[index % 3] for index in range(64)]
    for index, act in enumerate(acts):
        person = people[act][index % len(people[act])]
        browser = Browser(own.server).sign_in(person)
        path = "/" + act.replace(" ", "/")
        form = browser.get(path + "?batch=B26-0001").form(path)
        page = browser.submit(form, **inputs[act]) if act != "dispensing confirm" else None
        if page and page.status == 200:
            form = page.form(path)
            calls.append(lambda b=browser, f=form, p=person: b.submit(f, _password=password(p)).status)
        else:
            calls.append(lambda b=browser, f=form, g=inputs[act]: b.submit(f, **g).status)
    answers = at_once(calls)
    assert all(answer in (303, 422) for answer in answers), answers
    return [act for act, answer in zip(acts, answers) if answer == 303]


def test_one_decision_of_sixty_four_that_come_at_once():
    with Copy(*RELEASE) as own:
        before = own.head()
        done = decided(own)
        assert len(done) == 1 and done[0] in ("batch release", "batch refuse"), done
        assert [act for act in own.acts(before) if act != "event record"] == done
        assert own.rows("SELECT state FROM batch") == [("released" if done == ["batch release"] else "refused",)]


def test_one_dispensing_of_sixty_four_that_come_at_once():
    with Copy(*DISPENSING) as own:
        before = own.head()
        done = decided(own)
        assert done == ["dispensing confirm"], done
        assert [act for act in own.acts(before) if act != "event record"] == done
        assert own.rows("SELECT count(*) FROM dispensing") == [(1,)]


# Every page


def routes(page):
    return {href.split("#")[0] for href in page.links if href and href.startswith("/")}


def crawl(browser, most):
    """Every page that links lead to; of each address at most so many queries. Returns how many were seen."""
    seen, counts, waiting = set(), {}, ["/", "/menu", *(address(act) for act in VIEWS + FORMS)]
    while waiting:
        target = waiting.pop(0)
        path = target.split("?")[0]
        route = "/content" if path.startswith("/content/") else path
        if target in seen or counts.get(route, 0) >= most:
            continue
        seen.add(target)
        counts[route] = counts.get(route, 0) + 1
        page = browser.get(target)
        if route == "/content":
            assert page.status == 200 and page.content, target
            continue
        assert page.status in (200, 403), (browser.person, target, page.status, page.text)
        assert not page.wrong("{{name}}"), (browser.person, browser.language, target, page.wrong("{{name}}"))  # a person nobody is, given above
        assert f'<html lang="{browser.language}">' in page.text
        assert len(page.content) <= 250_000, (target, len(page.content))
        waiting += sorted(routes(page) - seen)
    return counts


def test_every_page_for_every_role_in_both_languages():
    reached = {}
    for person in RIGHTS:
        for language in ("fr", "en"):
            browser = Browser(house.server, language).sign_in(person)
            browser.post("/account", [("_mark", browser.mark()), ("_language", language)])
            for route, count in crawl(browser, 3 if language == "fr" else 2).items():
                reached[route] = reached.get(route, 0) + count
    missing = [address(act) for act in VIEWS + FORMS if address(act) not in reached]
    assert not missing and sum(reached.values()) > 1000, (missing, reached)


def test_every_view_of_everything_in_the_dossier():
    browser = house.browser("chief")
    counts = crawl(browser, 40)
    assert sum(counts.values()) > 300, counts


def test_a_rehearsal_says_so_on_every_page_and_the_server_ends_in_order():
    assert "EXERCICE" in house.browser("tech.a").get("/").text
    house.__exit__(None, None, None)
    shutil.rmtree(KEPT)


main(globals())
