"""Signing in and out, forms and signatures, as by a browser without script."""
import hashlib
import json
import os
import re
import sys
import urllib.parse

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), path) for path in (".", "../cli")]
from browser import Browser, File, password  # noqa: E402
from desk import ACTS, DISPENSING, FORMS, HOSTILE, PDF, RELEASE, SANITIZED, WHOLE, Copy, Hours, address, at_once, events, finish, good, house, new_lot  # noqa: E402
from harness import main  # noqa: E402


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
    if SANITIZED:
        return  # the sanitizer and faketime both stand before the C library: this runs on the plain build
    with Hours(*WHOLE) as own:
        lot, browser = new_lot(own), own.browser("tech.b")
        admin = own.browser("admin")
        secret = admin.get("/person/set-password?person=tech.a").form("/person/set-password")
        before, cookie = own.head(), browser.cookie
        own.later(601)
        page = good(admin.submit(secret, password="un secret de plus de quinze signes"), 401)
        assert "un secret de plus" not in page.text  # a secret is typed again
        own.people.clear()
        controller = own.browser("qc.a")
        form = controller.get("/lot/test?lot=" + lot).form("/lot/test")
        own.later(1300)
        page = good(controller.submit(form, test="Aspect", method="Ph. Eur.", result=HOSTILE, conforms="yes", raw_document=File("cahier.pdf", PDF)), 401, HOSTILE)
        assert page.form("/sign-in").value("_person") == "qc.a" and own.head() == before
        page = good(controller.submit(page.form("/sign-in"), _password=password("qc.a")), 200, HOSTILE)
        page = controller.submit(page.form("/lot/test"))
        assert page.status == 303 and own.acts(before) == ["lot test"], page.text
        assert own.rows("SELECT count(*) FROM content WHERE digest = ?", hashlib.sha256(PDF).hexdigest()) == [(1,)]
        # a second person on the same screen: the first one's session is over
        own.later(2000)
        page = good(controller.get("/lot/list"), 401)
        first = controller.cookie
        assert controller.submit(page.form("/sign-in"), _person="tech.b", _password=password("tech.b")).location == "/lot/list"
        assert "tech.b" in controller.get("/account").text and controller.cookie not in (first, cookie)
        assert own.browser().send("GET", "/account", headers={"Cookie": first}).status == 401


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


def test_a_page_that_went_stale_says_what_changed_and_by_whom():
    with Copy(*RELEASE) as own:
        own.act("tech.a", "batch hold", batch="B26-0001", reason="Avant la page")
        signer, other = own.browser("pharm.a"), own.browser("pharm.b")
        form = signer.get("/batch/lift?batch=B26-0001").form("/batch/lift")
        signed = signer.submit(form, reason="Température conforme").form("/batch/lift")
        theirs = other.submit(other.get("/batch/lift?batch=B26-0001").form("/batch/lift"), reason="Déjà vu").form("/batch/lift")
        assert other.submit(theirs, _password=password("pharm.b")).status == 303
        page = good(signer.submit(signed, _password=password("pharm.a")), 422)
        assert "Ce qui a changé" in page.text and "pharm.b · Lever la suspension" in page.text, page.text
        assert "Avant la page" not in page.text and "Suspendre" not in page.text.split("<form")[1], page.text
        assert page.form("/batch/lift").value("reason") == "Température conforme"
        assert int(page.form("/batch/lift").value("_drawn")) > int(signed.value("_drawn")), "said once"


def test_a_page_offers_what_the_state_of_its_thing_admits():
    def offered(own, page):
        return {link.split("?")[0] for link in own.browser("pharm.a").get(page).links if link and link.split("?")[0] in
                ("/request/withdraw", "/batch/plan", "/batch/reattribute", "/dispensing/confirm")}

    with Copy(*DISPENSING) as own:
        assert offered(own, "/request/show?request=RX26-0001") == {"/request/withdraw", "/batch/plan", "/batch/reattribute", "/dispensing/confirm"}
    with Copy(*WHOLE) as own:
        assert offered(own, "/request/show?request=RX26-0001") == set(), "it is served"
        assert offered(own, "/batch/show?batch=B26-0001") == {"/batch/reattribute", "/dispensing/confirm"}
        assert offered(own, "/batch/show?batch=B26-0002") == set(), "it is destroyed"


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
            for name in [given["name"] for given in act["inputs"] if given["type"] in ("text", "long")][:1]:
                typed[name] = HOSTILE + "\u202e"
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


def test_a_scanned_code_opens_its_thing_and_is_compared_byte_for_byte():
    (token, subject), = house.rows("SELECT token, subject FROM label WHERE kind = 'bottle' AND subject = 'B26-0001/2' ORDER BY id DESC LIMIT 1")
    code, browser = "HTTPS://PUI.HOPITAL.EXAMPLE/L/" + token, house.browser("tech.a")
    page = browser.post("/scan", [("_mark", browser.mark()), ("_scan", code)])
    assert page.status == 303 and urllib.parse.unquote(page.location).endswith(subject), (page.status, page.location)
    for other in (code + " ", code + "A", code.lower()):
        page = good(browser.post("/scan", [("_mark", browser.mark()), ("_scan", other)]), 404)
        assert "SCAN-01" in page.text, page.text


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


def test_the_server_ends_in_order():
    finish()


main(globals())
