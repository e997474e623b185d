"""Declared workstations, in the browser: badge and PIN at the bench, a second person on the same screen, the change of person."""
import json
import os
import re
import sys

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), path) for path in (".", "../cli")]
from browser import Browser, password  # noqa: E402
from desk import HOSTILE, RELEASE, WEIGHING, WHOLE, Copy, events, finish, good, lines  # noqa: E402
from harness import main, private  # noqa: E402

VERIFICATION = next(line["inputs"] for line in map(json.loads, lines()) if line["act"] == "weighing verify")
PINS = {"tech.a": "482915", "tech.b": "730164", "pharm.a": "190374", "admin": "558102"}


class Bench(Browser):
    """A browser that keeps both cookies, as a real one does; `station`: the workstation's."""

    def __init__(self, server, language="fr", station=None):
        super().__init__(server, language)
        self.station = station

    def send(self, method, target, body=None, headers=None):
        both = "; ".join(cookie for cookie in (self.cookie, self.station) if cookie)
        kept, given = self.cookie, {"Cookie": both or None, **(headers or {})}
        self.cookie = None
        page = super().send(method, target, body, given)
        if self.cookie and self.cookie.startswith("magistral-workstation="):
            self.station, self.cookie = self.cookie, kept
        elif not self.cookie:
            self.cookie = kept
        return page

    def scan(self, text, **more):
        """Into the field of every page, from the page that is open."""
        fields = self.get("/account").form("/scan").filled(_scan=text)
        return self.post("/scan", fields + list(more.items()))

    def by_badge(self, badge, pin):
        """Scan, end of line, PIN."""
        page = good(self.submit(self.get("/sign-in").form("/sign-in"), _person=badge))
        return self.submit(page.form("/sign-in"), _password=pin)


def declare(copy, name="PAILLASSE-1"):
    admin = Bench(copy.server).sign_in("admin")
    page = admin.submit(good(admin.get("/workstation/declare")).form("/workstation/declare"), name=name, place="Préparatoire 1")
    assert page.status == 303 and page.location == "/workstation/list", page.text
    assert re.fullmatch(r"magistral-workstation=[A-Z2-7]{26}; Path=/; HttpOnly; SameSite=Strict; Max-Age=34560000", page.headers["Set-Cookie"])
    assert f"Poste {name}" in good(admin.get("/workstation/list")).text.replace("\u00a0", " ")
    return admin.station


def give(copy, *people):
    """Badges, and PINs that their holders chose."""
    badges = {}
    for person in people:
        badges[person] = copy.act("admin", "badge give", person=person)["badge"]
        path = os.path.join(copy.folder, "pin")
        with open(path, "w", encoding="utf-8", opener=private) as file:
            file.write(PINS[person] + "\n")
        copy.act(person, "person set-pin", pin=path)
    return badges


def last(copy):
    return copy.rows("SELECT person, act, workstation FROM journal ORDER BY sequence DESC LIMIT 1")[0]


def test_a_badge_is_shown_once_with_its_code():
    with Copy(*WHOLE) as own:
        admin = own.browser("admin")
        form = good(admin.get("/badge/give?person=tech.a")).form("/badge/give")
        page = good(admin.submit(form))
        code = re.search(r"BADGE-[A-Z2-7]{26}", page.text).group(0)
        assert page.headers["Cache-Control"] == "no-store" and re.search(r'<path d="(M\d+ \d+h\d+v1h-\d+z)+"', page.text) and "tech.a" in page.text
        assert code not in admin.submit(form).text + admin.get("/").text + admin.get("/badge/list").text  # sent again, told no more
        assert code not in str(own.rows("SELECT inputs, answer FROM journal WHERE act = 'badge give'"))
        tech = own.browser("tech.a")
        form = good(tech.get("/person/set-pin")).form("/person/set-pin")
        for typed, again, rule in (("123456", "123456", "PERSON-20"), ("12345", "12345", "PERSON-19"), ("482915", "482916", "PERSON-17")):
            page = good(tech.submit(form, _password=password("tech.a"), pin=typed, _again=again), 422)
            assert rule in page.text and typed not in page.text and "#input-pin" in page.links
        assert "CALL-07" in good(tech.submit(form, _password="non", pin="482915", _again="482915"), 422).text
        assert tech.submit(form, _password=password("tech.a"), pin="482915", _again="482915").location == "/account"
        assert "482915" not in str(own.rows("SELECT inputs, answer FROM journal"))


def test_a_badge_opens_on_a_workstation_and_nowhere_else():
    with Copy(*WHOLE) as own:
        badge = give(own, "tech.a")["tech.a"]
        before = own.head()
        stranger = Bench(own.server)
        form = stranger.get("/sign-in").form("/sign-in")
        page = good(stranger.submit(form, _person=badge, _password=PINS["tech.a"]), 422)
        assert "BADGE-02" in page.text and not stranger.cookie and badge not in page.text
        for forged in ("magistral-workstation=" + "A" * 26, "magistral-workstation=x", "__Host-magistral-workstation=" + "A" * 26):
            stranger.station = forged
            assert "BADGE-02" in good(stranger.submit(form, _person=badge, _password=PINS["tech.a"]), 422).text and not stranger.cookie
        signed = Bench(own.server).sign_in("tech.b")
        assert "BADGE-02" in good(signed.scan(badge), 422).text and own.head() == before
        bench = Bench(own.server, station=declare(own))
        page = good(bench.get("/sign-in"))
        assert "Badge" in page.text and bench.by_badge(badge.lower(), PINS["tech.a"]).location == "/"  # whatever the scanner makes of letters
        page = good(bench.get("/account"))
        assert "tech.a" in page.text and "PAILLASSE-1" in page.text
        # its session's cookie alone, taken to another machine, is worth nothing, and ends there
        thief = Bench(own.server)
        thief.cookie = bench.cookie
        assert thief.get("/account").status == 401 and bench.get("/account").status == 401
        bench.by_badge(badge, PINS["tech.a"])
        # the password still opens there, and is named with the workstation
        other = Bench(own.server, station=bench.station).sign_in("tech.b")
        page = other.submit(other.get("/batch/hold?batch=B26-0001").form("/batch/hold"), reason="Coupure")
        assert page.status == 303 and last(own) == ("tech.b", "batch hold", "PAILLASSE-1")
        # withdrawn: no badge opens there any more, and what one had opened is over
        own.act("admin", "workstation withdraw", workstation="PAILLASSE-1", reason="Essai")
        assert bench.get("/account").status == 401 and other.get("/account").status == 200
        assert "BADGE-02" in good(bench.submit(bench.get("/sign-in").form("/sign-in"), _person=badge, _password=PINS["tech.a"]), 422).text


def test_a_wrong_pin_counts_to_the_same_lock():
    with Copy(*WHOLE) as own:
        badge = give(own, "tech.a")["tech.a"]
        bench, before = Bench(own.server, station=declare(own)), events(own, "failed-sign-in")
        form = good(bench.submit(bench.get("/sign-in").form("/sign-in"), _person=badge)).form("/sign-in")
        for _ in range(3):
            page = good(bench.submit(form, _password="000000"), 422)
            assert "BADGE-08" in page.text and "#password" in page.links and "000000" not in page.text
        plain = Browser(own.server)
        for _ in range(2):
            plain.submit(plain.get("/sign-in").form("/sign-in"), _person="tech.a", _password="non")
        assert events(own, "failed-sign-in") == before + 5
        for page in (bench.submit(form, _password=PINS["tech.a"]), plain.submit(plain.get("/sign-in").form("/sign-in"), _person="tech.a", _password=password("tech.a"))):
            assert page.status == 422 and "CALL-08" in page.text and "09" in page.text, page.text
        own.act("admin", "person unlock", person="tech.a", reason="Gants")
        assert bench.submit(form, _password=PINS["tech.a"]).status == 303
        # the PIN is no password, the password no PIN, and a badge of nobody leaves its event
        assert "CALL-07" in plain.submit(plain.get("/sign-in").form("/sign-in"), _person="tech.a", _password=PINS["tech.a"]).text
        assert "BADGE-08" in Bench(own.server, station=bench.station).by_badge(badge, password("tech.a")).text
        before = events(own, "failed-sign-in")
        other = Bench(own.server, station=bench.station)
        page = good(other.submit(other.get("/sign-in").form("/sign-in"), _person="BADGE-" + "A" * 26, _password="482915"), 422)
        assert "BADGE-01" in page.text and events(own, "failed-sign-in") == before + 1


def test_a_lost_badge_opens_nothing_from_that_moment():
    with Copy(*WHOLE) as own:
        badge = give(own, "tech.a")["tech.a"]
        bench, elsewhere = Bench(own.server, station=declare(own)), own.browser("tech.a")
        assert bench.by_badge(badge, PINS["tech.a"]).status == 303 and bench.get("/account").status == 200
        page = elsewhere.submit(good(elsewhere.get("/badge/withdraw?person=tech.a")).form("/badge/withdraw"), reason="Perdu")
        assert page.status == 303 and elsewhere.get("/account").status == 200
        assert bench.get("/account").status == 401
        page = good(bench.submit(bench.get("/sign-in").form("/sign-in"), _person=badge, _password=PINS["tech.a"]), 422)
        assert "BADGE-01" in page.text
        # a new one works; a badge whose holder has chosen no PIN says so
        fresh = own.act("admin", "badge give", person="tech.a")["badge"]
        assert bench.by_badge(fresh, PINS["tech.a"]).status == 303
        assert "BADGE-07" in Bench(own.server, station=bench.station).by_badge(own.act("admin", "badge give", person="qc.a")["badge"], "482915").text


def test_decisions_and_accounts_take_the_password():
    with Copy(*RELEASE) as own:
        badges = give(own, "pharm.a", "admin")
        bench = Bench(own.server, station=declare(own))
        assert bench.by_badge(badges["pharm.a"], PINS["pharm.a"]).status == 303
        begun = own.head()
        form = good(bench.submit(good(bench.get("/batch/release?batch=B26-0001")).form("/batch/release"))).form("/batch/release")
        for typed in (PINS["pharm.a"], badges["pharm.a"]):
            page = good(bench.submit(form, _password=typed), 422)
            assert "CALL-07" in page.text and "batch release" not in own.acts(begun)
        page = good(bench.submit(good(bench.get("/equipment/withdraw?equipment=BAL-A")).form("/equipment/withdraw"), reason="Essai"), 422)
        assert "BADGE-05" in page.text
        # an entry that is used is amended by a pharmacist's decision
        page = good(bench.submit(good(bench.get("/weighing/amend?weighing=B26-0001/W1")).form("/weighing/amend"), ticket="T-9", reason="Essai"), 422)
        assert "BADGE-05" in page.text, page.text
        page = bench.submit(bench.get("/batch/hold?batch=B26-0001").form("/batch/hold"), reason="Vue au banc")
        assert page.status == 303 and last(own) == ("pharm.a", "batch hold", "PAILLASSE-1"), page.text
        form = good(bench.submit(good(bench.get("/batch/lift?batch=B26-0001")).form("/batch/lift"), reason="Levée")).form("/batch/lift")
        assert bench.submit(form, _password=password("pharm.a")).status == 303  # the password signs, in a session by badge too
        assert last(own) == ("pharm.a", "batch lift", "PAILLASSE-1")
        office = Bench(own.server, station=bench.station)
        assert office.by_badge(badges["admin"], PINS["admin"]).status == 303
        for path, typed in (("/person/end?person=qc.b", {"reason": "x"}), ("/workstation/withdraw?workstation=PAILLASSE-1", {"reason": "x"}),
                            ("/badge/give?person=qc.b", {}), ("/person/unlock?person=qc.b", {"reason": "x"})):
            page = good(office.submit(good(office.get(path)).form(path.split("?")[0]), **typed), 422)
            assert "BADGE-05" in page.text, (path, page.text)
        # neither password nor PIN is set without the password
        for path, name in (("/person/set-password", "password"), ("/person/set-pin", "pin")):
            page = good(office.submit(good(office.get(path)).form(path), **{name: "905173", "_again": "905173", "_password": PINS["admin"]}), 422)
            assert "CALL-07" in page.text, page.text


def test_two_people_on_one_screen():
    for way in ("badge", "password"):
        with Copy(*WEIGHING) as own:
            first = own.rows("SELECT p.identifier FROM weighing w JOIN person p ON p.id = w.recorded_by WHERE w.state = 'recorded'")[0][0]
            other = "tech.b" if first == "tech.a" else "tech.a"
            badges = give(own, "tech.a", "tech.b")
            bench = Bench(own.server, station=declare(own) if way == "badge" else None)
            if way == "badge":
                assert bench.by_badge(badges[first], PINS[first]).status == 303
            else:
                bench.sign_in(first)
            batch = own.rows("SELECT b.number FROM weighing w JOIN batch b ON b.id = w.batch WHERE w.state = 'recorded'")[0][0]
            line = VERIFICATION
            page = good(bench.get("/batch/next?batch=" + batch))
            form, typed = page.form("/weighing/verify"), {"container": line["container"], "net": line["net"]}
            assert 'class="reading"' not in page.text and "6,5068 g</b>" not in page.text  # who verifies reads the mass themselves
            assert "_second" in form.kinds and "_second-password" in form.kinds and form.value("_second") == ""
            before = own.head()
            # alone, the first person is refused as ever
            page = good(bench.submit(form, **typed), 422)
            assert "BATCH-04" in page.text and own.head() == before, page.text
            assert page.form("/weighing/verify").value("net") == line["net"], page.form("/weighing/verify").fields
            cookie, failed = bench.cookie, events(own, "failed-sign-in")
            who = badges[other] if way == "badge" else other
            secret, rule = (PINS[other], "BADGE-08") if way == "badge" else (password(other), "CALL-07")
            # half of it
            for half in ({"_second": who}, {"_second-password": secret}):
                page = good(bench.post("/weighing/verify", form.filled(**typed, **half)), 422)
                assert "BADGE-09" in page.text and badges[other] not in page.text and secret not in page.text
            # wrong, and somebody who may not
            wrong = [(name, value) for name, value in form.filled(**typed) if not name.startswith("_second")]
            page = good(bench.post("/weighing/verify", wrong + [("_second", who), ("_second-password", "000111")]), 422)
            assert rule in page.text and "#second" in page.links and events(own, "failed-sign-in") == failed + 1
            again = page.form("/weighing/verify")
            assert again.value("container") == line["container"] and again.value("_second") == ("scanned" if way == "badge" else other)
            page = good(bench.post("/weighing/verify", wrong + [("_second", "qc.a"), ("_second-password", password("qc.a"))]), 403)
            assert "CALL-14" in page.text
            # the first person as their own second
            page = good(bench.post("/weighing/verify", wrong + [("_second", first), ("_second-password", password(first))]), 422)
            assert not [act for act in own.acts(before) if act == "weighing verify"]
            # right: their act, under their name, on this workstation; the session is still the first one's
            page = bench.submit(again, **{"_second-password": secret})
            if way == "badge" and page.status == 422:  # the badge was forgotten with what came between
                page = bench.post("/weighing/verify", wrong + [("_second", who), ("_second-password", secret)])
            assert page.status == 303 and page.location == "/batch/next?batch=" + batch, page.text
            assert last(own) == (other, "weighing verify", "PAILLASSE-1" if way == "badge" else "")
            assert bench.cookie == cookie and f"({first})" in good(bench.get("/account")).text
            assert own.rows("SELECT p.identifier FROM weighing w JOIN person p ON p.id = w.verified_by ORDER BY w.id DESC LIMIT 1") == [(other,)]
            # and nothing of the second one is left for the next act
            page = bench.submit(bench.get("/batch/hold?batch=" + batch).form("/batch/hold"), reason="Essai", _second="scanned")
            assert page.status == 303 and last(own)[:2] == (first, "batch hold")


def test_a_badge_in_the_scan_field_changes_the_person():
    with Copy(*WHOLE) as own:
        badges = give(own, "tech.a", "tech.b")
        bench = Bench(own.server, station=declare(own))
        bench.by_badge(badges["tech.a"], PINS["tech.a"])
        first, before = bench.cookie, own.head()
        form = good(bench.get("/batch/hold?batch=B26-0001")).form("/batch/hold")
        typed = "Ce que tech.a avait commencé " + HOSTILE
        # what the script sends: the form along with the badge
        page = good(bench.post("/scan", form.filled(reason=typed) + [("_scan", badges["tech.b"]), ("_change", "/batch/hold")]), 200, HOSTILE)
        assert "avait commencé" not in page.text and "tech.b" in page.text and bench.cookie == first
        page = good(bench.submit(page.form("/sign-in"), _password="000111"), 422)
        assert "BADGE-08" in page.text and "avait commencé" not in page.text
        # nobody came after all: the form is there again
        assert good(bench.get("/change"), 200, HOSTILE).form("/batch/hold").value("reason") == typed
        page = bench.submit(page.form("/sign-in"), _password=PINS["tech.b"])
        assert page.status == 303 and bench.cookie != first, page.text
        for path in ("/", "/change", "/batch/hold?batch=B26-0001", "/account"):
            assert "avait commencé" not in bench.get(path).text
        assert "(tech.b)" in bench.get("/account").text
        second, bench.cookie = bench.cookie, first
        assert bench.get("/account").status == 401  # the first one's session is over
        bench.cookie = second
        # back by badge: what was typed is theirs again, in its form, once, and is recorded by its button alone
        page = good(bench.scan(badges["tech.a"]))
        page = good(bench.submit(page.form("/sign-in"), _password=PINS["tech.a"]), 200, HOSTILE)
        back = page.form("/batch/hold")
        assert back.value("reason") == typed and back.value("_key") == form.value("_key") and set(own.acts(before)) == {"event record"}
        assert bench.get("/change").location == "/"
        assert bench.submit(back).status == 303 and last(own) == ("tech.a", "batch hold", "PAILLASSE-1")
        # without a script: a button of the form, then the badge
        form = good(bench.get("/batch/hold?batch=B26-0002")).form("/batch/hold")
        page = good(bench.post("/scan", form.filled(reason="Encore", _change="/batch/hold")))
        assert "Encore" not in page.text and page.form("/sign-in").value("_person") == ""
        page = good(bench.submit(page.form("/sign-in"), _person=badges["tech.b"]))
        assert bench.submit(page.form("/sign-in"), _password=PINS["tech.b"]).status == 303 and "Encore" not in bench.get("/").text
        # a change of person stays on the page where the badge was scanned
        page = bench.get("/lot/show?lot=MP26-0001")
        page = good(bench.submit(page.form("/scan"), _scan=badges["tech.b"]))
        assert bench.submit(page.form("/sign-in"), _password=PINS["tech.b"]).location == "/lot/show?lot=MP26-0001"
        # addresses that are no form keep nothing, secrets are never kept
        for address in ("//evil.example", "/no/where", "/lot/list", "javascript:x", ""):
            bench.post("/scan", [("_mark", bench.mark()), ("_change", address), ("reason", "x")])
            assert bench.get("/change").location == "/"
        bench.post("/scan", [("_mark", bench.mark()), ("_change", "/person/add"), ("person", "x.y"), ("password", "un secret jamais gardé")])
        page = bench.get("/change")
        assert page.status == 200 and "un secret" not in page.text and page.form("/person/add").value("person") == "x.y"


def test_a_change_of_person_needs_a_page_of_this_session():
    with Copy(*WHOLE) as own:
        badges = give(own, "tech.a", "tech.b")
        bench = Bench(own.server, station=declare(own))
        bench.by_badge(badges["tech.a"], PINS["tech.a"])
        cookie = bench.cookie
        assert bench.post("/scan", [("_scan", badges["tech.b"])]).status == 403
        fields = [("_badge", badges["tech.b"]), ("_password", PINS["tech.b"])]
        assert bench.post("/sign-in", fields).status == 403
        assert bench.post("/sign-in", fields + [("_mark", bench.mark())], headers={"Origin": "https://evil.example"}).status == 403
        assert bench.get("/workstation/declare").status == 200 and bench.cookie == cookie
        # a secret that somebody planted before is not the one that is opened (fixation)
        fresh = Bench(own.server, station=bench.station)
        fresh.cookie = "magistral=" + "A" * 26
        fresh.by_badge(badges["tech.b"], PINS["tech.b"])
        assert fresh.cookie != "magistral=" + "A" * 26 and fresh.get("/account").status == 200
        planted = Bench(own.server, station=bench.station)
        planted.cookie = "magistral=" + "A" * 26
        assert planted.get("/account").status == 401
        # nor is a token of a workstation that the browser brings along
        admin = Bench(own.server, station="magistral-workstation=" + "B" * 26).sign_in("admin")
        assert admin.submit(admin.get("/workstation/declare").form("/workstation/declare"), name="PAILLASSE-2", place="Ici").status == 303
        assert admin.station != "magistral-workstation=" + "B" * 26


def test_the_server_ends_in_order():
    finish()


main(globals())
