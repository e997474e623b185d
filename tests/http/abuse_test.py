"""What other sites, strangers, and people with a password of their own try: nothing of it changes, reads or stops anything."""
import os
import random
import re
import socket
import sys
import threading
import time
import urllib.parse

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), path) for path in (".", "../cli")]
from browser import Browser, File, encode, password  # noqa: E402
from desk import DISPENSING, FORMS, PDF, RELEASE, RIGHTS, SANITIZED, VIEWS, WHOLE, Copy, address, at_once, example, finish, good, house, new_lot  # noqa: E402
from harness import main  # noqa: E402

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
            for view in ("document/preview?kind=batch-record&batch=B26-0001", "label/preview?kind=bottle&number=B26-0001/1", "template/preview?name=bottle_label.fr.layout"):
                assert who.get(f"/{view}&save={written}").status in (403, 422), view
            assert who.get(f"/database/check-backup?file={secret}").status == 404
            assert who.post("/database/backup", [("_mark", who.mark()), ("file", written)]).status == 404
            assert who.get(f"/scan?text=x&offline=yes&key={secret}").status == 303
        assert not os.path.exists(written) and not os.path.exists(written + ".part") and own.state() == before


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


def resident(process):
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        return int(re.search(r"VmRSS:\s+(\d+) kB", status.read()).group(1))


def test_what_the_library_cannot_hold_costs_no_memory():
    """More parameters or cookies than libmicrohttpd has memory for: it closes the connection, and tells nobody."""
    sent = [b"GET /?" + b"&".join(b"a%d=1" % n for n in range(600)) + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + b"a=b; " * 2000 + b"\r\n\r\n"]
    with Copy(*WHOLE) as own:
        def send(times):
            for _ in range(times):
                connections = [socket.create_connection(("127.0.0.1", own.server.port)) for _ in range(100)]
                for connection, text in zip(connections, sent * 50):
                    connection.sendall(text)
                assert own.browser("tech.a").get("/account").status == 200
                for connection in connections:
                    connection.close()

        send(15)  # the threads' memory and the readers' caches grow to their size first
        before = resident(own.server.process)
        send(40)
        # 16 MiB when each leaves 4 KiB behind; the sanitizer keeps what was freed, and finds what leaks by itself
        assert SANITIZED or resident(own.server.process) < before + 8000, (before, resident(own.server.process))


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


def test_the_server_ends_in_order():
    finish()


main(globals())
