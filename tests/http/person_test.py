"""Who signs in: the first password, what a new one ends, locked accounts."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), path) for path in (".", "../cli")]
from browser import Browser, password  # noqa: E402
from desk import WHOLE, Copy, events, finish, good  # noqa: E402
from harness import main, private  # noqa: E402

GIVEN, OWN = "une phrase que l'administrateur connaît", "mes mots, à moi et à personne d'autre"


def given(copy, person, phrase=GIVEN):
    """A file with one password, as an administrator hands it over."""
    path = os.path.join(copy.folder, "given")
    if os.path.exists(path):
        os.remove(path)
    with open(path, "w", encoding="utf-8", opener=private) as file:
        file.write(f"{person} {phrase}\n")
    return path


def hire(copy, person, role="technician"):
    copy.act("admin", "person add", person=person, name="Personne Nouvelle", password=given(copy, person))
    copy.act("admin", "person grant", person=person, role=role, starts="2026-02-05", ends="2026-12-31")


def test_a_password_given_by_another_opens_nothing_but_its_change():
    with Copy(*WHOLE) as own:
        hire(own, "tech.n")
        browser = Browser(own.server).sign_in("tech.n", GIVEN)
        before, first = own.head(), browser.cookie
        for path in ("/", "/menu", "/account", "/lot/list", "/batch/next?batch=B26-0001", "/person/set-password?person=tech.a", "/no/where"):
            assert browser.get(path).location == "/person/set-password", path
        page = good(browser.get("/person/set-password"))
        form = page.form("/person/set-password")
        assert 'id="scan"' not in page.text and "<nav" not in page.text and page.form("/sign-out")
        assert "12" in page.text and not form.value("_password") and "Choisissez" in page.title, page.text
        for field, meaning in (("password", "new-password"), ("_again", "new-password"), ("_username", "username")):
            assert f'autocomplete="{meaning}"' in next(line for line in page.text.split("\n") if f'name="{field}"' in line), field
        assert "onpaste" not in page.text
        for typed, again, rule in (("court", "court", "PERSON-02"), ("onze signes", "onze signes", "PERSON-02"), ("motdepasse2026", "motdepasse2026", "PERSON-03"),
                                   ("azertyuiopqsdf", "azertyuiopqsdf", "PERSON-03"), ("aaaaaaaaaaaaaa", "aaaaaaaaaaaaaa", "PERSON-03"),
                                   ("Pharmacie Hopital 2026!", "Pharmacie Hopital 2026!", "PERSON-03"), (GIVEN, GIVEN, "PERSON-13"), (OWN, OWN + ".", "PERSON-17"),
                                   ("", "", "CALL-03")):
            page = good(browser.submit(form, password=typed, _again=again), 422)
            assert rule in page.text and "#input-password" in page.links and (len(typed) < 6 or typed not in page.text), (typed, page.text)
        assert browser.post("/batch/hold", [("_mark", form.value("_mark")), ("batch", "B26-0001"), ("reason", "x")]).location == "/person/set-password"
        assert own.head() == before
        page = browser.submit(form, password=OWN, _again=OWN)
        assert page.status == 303 and page.location == "/" and browser.cookie != first and own.acts(before) == ["person set-password"]
        assert OWN not in str(own.rows("SELECT inputs, answer FROM journal WHERE sequence > ?", before[1]))
        assert browser.get("/").status == 200 and browser.get("/lot/list").status == 200
        browser.cookie = first
        assert browser.get("/").form("/sign-in")  # the secret of before is worth nothing
        page = good(browser.submit(browser.get("/sign-in").form("/sign-in"), _person="tech.n", _password=GIVEN), 422)
        assert Browser(own.server).sign_in("tech.n", OWN).get("/account").status == 200


def test_who_decides_takes_fifteen_characters():
    with Copy(*WHOLE) as own:
        hire(own, "pharm.n", "pharmacist")
        browser = Browser(own.server, "en").sign_in("pharm.n", GIVEN)
        browser.post("/account", [])
        form = browser.get("/person/set-password")
        assert "15" in form.text
        page = good(browser.submit(form.form("/person/set-password"), password="quatorze signe", _again="quatorze signe"), 422)
        assert "PERSON-02" in page.text and "15" in page.text
        assert browser.submit(page.form("/person/set-password"), password="quinze signes !", _again="quinze signes !").status == 303


def test_a_new_password_asks_for_the_present_one_and_ends_every_other_session():
    with Copy(*WHOLE) as own:
        one, two, other = (Browser(own.server).sign_in(person) for person in ("qc.b", "qc.b", "qc.a"))
        form = good(one.get("/person/set-password")).form("/person/set-password")
        before, failed = own.head(), events(own, "failed-sign-in")
        page = good(one.submit(form, _password="non", password=OWN, _again=OWN), 422)
        assert "CALL-07" in page.text and "#current" in page.links and events(own, "failed-sign-in") == failed + 1
        good(one.submit(form, password=OWN, _again=OWN), 422)  # without the present one
        assert "person set-password" not in own.acts(before)
        cookie, done = one.cookie, one.submit(form, _password=password("qc.b"), password=OWN, _again=OWN)
        assert done.location == "/account" and one.cookie != cookie, done.text
        page = good(one.get("/account"))
        assert 'class="flash"' in page.text and page.text.count("<tr><td><code>") == 1
        assert two.get("/account").status == 401 and other.get("/account").status == 200
        one.cookie = cookie
        assert one.get("/account").status == 401


def test_a_reset_by_an_administrator_ends_their_sessions_wherever_it_is_made():
    with Copy(*WHOLE) as own:
        one = Browser(own.server).sign_in("qc.b")
        own.act("admin", "person set-password", person="qc.b", password=given(own, "qc.b"))  # by the command line
        assert one.get("/account").status == 401
        one.sign_in("qc.b", GIVEN)
        assert one.get("/account").location == "/person/set-password"
        two = Browser(own.server).sign_in("qc.a")
        admin = own.browser("admin")
        form = good(admin.get("/person/set-password?person=qc.a")).form("/person/set-password")
        assert form.value("person") == "qc.a"
        assert admin.submit(form, password=GIVEN).status == 303 and admin.get("/account").status == 200
        assert two.get("/account").status == 401


def test_a_locked_account_says_until_when_and_an_administrator_opens_it():
    with Copy(*WHOLE) as own:
        browser = own.browser()
        form = browser.get("/sign-in").form("/sign-in")
        for _ in range(5):
            browser.submit(form, _person="qc.a", _password="non")
        page = good(browser.submit(form, _person="qc.a", _password=password("qc.a")), 422)
        assert "CALL-08" in page.text and "09" in page.text and "15" in page.text, page.text  # 09 h 15 at the site
        assert own.run("--as", "admin", "person", "show", "qc.a")["locked-until"].startswith("2026-02-05T08:15")
        admin, before = own.browser("admin"), own.head()
        form = good(admin.get("/person/unlock?person=qc.a")).form("/person/unlock")
        assert good(own.browser("tech.a").submit(form, _mark=own.browser("tech.a").mark(), reason="x"), 403)
        assert admin.submit(form, reason="Identité vérifiée").status == 303 and own.acts(before) == ["person unlock"]
        assert own.rows("SELECT person, reason FROM journal ORDER BY sequence DESC LIMIT 1") == [("admin", "Identité vérifiée")]
        assert "PERSON-18" in good(admin.submit(form, _key="2", reason="Encore"), 422).text
        browser.sign_in("qc.a")
        assert own.run("--as", "admin", "person", "show", "qc.a")["locked-until"] is None


def test_the_server_ends_in_order():
    finish()


main(globals())
