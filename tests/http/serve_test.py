"""The pages that anybody may ask for, those that QR codes lead to and the one to sign in, as a browser, a proxy and an attacker
meet them. Who has signed in: desk_test.py."""
import html.parser
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "cli"))
from harness import PROGRAM, main  # noqa: E402
from server import Server  # noqa: E402

sys.path.insert(0, os.path.join(HERE, "..", "data"))
import dossier as played  # noqa: E402

CLOCK = "2026-02-05T08:00:00Z"
HOST = "PUI.HOPITAL.EXAMPLE"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


class Dossier:
    """The database of the demonstration dossier: two batches with their labels and documents."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="magistral-")
        made = played.Dossier(PROGRAM, self.folder)
        made.apply(played.lines())
        self.database, self.passwords = made.database, made.passwords

    def run(self, *words, status=0):
        done = subprocess.run([PROGRAM, "--database", self.database, "--password-file", self.passwords, "--json", *words], capture_output=True,
                              text=True)
        assert done.returncode == status, done
        return done.stdout

    def rows(self, sql, *values):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as database:
            found = database.execute(sql, values).fetchall()
        database.close()
        return found

    def label(self, kind, subject, state):
        return "/L/" + self.rows("SELECT token FROM label WHERE kind = ? AND subject = ? AND state = ? ORDER BY id DESC", kind, subject, state)[0][0]

    def document(self, kind, subject):
        code = self.rows("SELECT code FROM document WHERE kind = ? AND subject = coalesce(?, subject) ORDER BY id DESC", kind, subject)[0][0]
        return code[code.index("/C/"):]


class Checker(html.parser.HTMLParser):
    """Every element closed in its order, no style or script inside the page, nothing loaded from elsewhere. The page of a code has
    no script and no form at all; the page to sign in has one of each, ours."""
    CODE = {"/style.css"}
    SIGN_IN = {"/style.css", "/script.js", "#main", "/", "/sign-in"}

    def __init__(self, allowed):
        super().__init__()
        self.open, self.seen, self.title, self.allowed = [], [], "", allowed

    def handle_starttag(self, tag, attributes):
        self.seen.append(tag)
        names = [name for name, _ in attributes]
        assert tag not in ("style", "iframe", "object", "img") and "style" not in names, (tag, attributes)
        assert not any(name.startswith("on") for name in names), attributes
        assert tag != "script" or attributes == [("src", "/script.js"), ("defer", None)], attributes
        assert tag != "form" or "/sign-in" in self.allowed, attributes
        for name, value in attributes:
            assert name not in ("href", "src", "action", "formaction") or value in self.allowed, (name, value)
        if tag not in ("meta", "link", "br", "input"):
            self.open.append(tag)

    def handle_data(self, text):
        assert not self.open or self.open[-1] != "script", text

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"


def check_page(text, language):
    assert text.startswith(f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'), text[:200]
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in text
    checker = Checker(Checker.SIGN_IN if 'action="/sign-in"' in text else Checker.CODE)
    checker.feed(text)
    assert not checker.open, checker.open
    assert checker.seen.count("script") == checker.seen.count("form") == (1 if checker.allowed is Checker.SIGN_IN else 0)
    assert checker.seen.count("h1") == 1 and checker.seen.count("title") == 1
    assert "{{" not in text and "—</dd>" not in text
    words = re.sub(r"<[^>]*>", "|", text)
    assert not re.search(r"\b(page|state|kind|field)\.[a-z]", words), words


dossier = Dossier()
server = Server(dossier, clock=CLOCK)


def page(target, status=200, language="fr"):
    got, text = server.get(target, language)
    assert got == status, (target, got, text)
    check_page(text, language)
    return text


def shape(text):
    return re.search(r'<section class="verdict (\w+)">', text).group(1)


def title(text):
    return re.search(r"<h1>(.*)</h1>", text).group(1)


def test_a_genuine_certificate():
    path = dossier.document("certificate-of-analysis", "B26-0001")
    text = page(path)
    assert (title(text), shape(text)) == ("libéré", "good"), text
    number, digest = path.split("/")[2:4]
    for expected in (number, digest, "B26-0001", "certificat d’analyse", "11/07/2026", "Code authentique", "EXERCICE"):
        assert expected in text, (expected, text)
    assert "Ne pas utiliser" not in text
    english = page(path, language="en")
    for expected in ("released", "11\u00a0Jul\u00a02026", "Genuine code", "REHEARSAL", "Use by"):
        assert expected in english, (expected, english)


def test_a_batch_that_was_refused_and_destroyed():
    text = page(dossier.document("certificate-of-analysis", "B26-0002"))
    assert shape(text) == "stop" and "Ne pas utiliser" in text, text
    text = page(dossier.label("bottle", "B26-0002/1", "applied"))
    assert shape(text) == "stop" and "Ne pas utiliser" in text, text


def test_labels():
    for kind, subject in [("bottle", "B26-0001/2"), ("dispensing", "2026/0001")]:
        text = page(dossier.label(kind, subject, "applied"))
        assert shape(text) == "good" and subject in text and "11/07/2026" in text, text
    sample = dossier.rows("SELECT token FROM label WHERE kind = 'sample' AND batch = 1 AND state IN ('printed', 'applied')")
    for token, in sample:
        text = page("/L/" + token)
        assert (title(text), shape(text)) == ("échantillon, ne pas dispenser", "wait") and "Ne pas utiliser" in text, text
    text = page(dossier.label("bottle", "B26-0001/2", "void"))
    assert shape(text) == "stop" and "Cette étiquette n’est plus valable." in text and "Ne pas utiliser" in text, text
    assert shape(page(dossier.label("bottle", "B26-0001/1", "specimen"))) == "wait"
    assert shape(page(dossier.label("bottle", "B26-0001/1", "spoiled"))) == "stop"


def test_other_documents():
    for kind, subject in [("release-certificate", "B26-0001"), ("batch-record", "B26-0001"), ("cost-sheet", "B26-0001"), ("audit-head", None)]:
        for language in ("fr", "en"):
            page(dossier.document(kind, subject), language=language)


def test_nothing_about_a_patient():
    told = [row for table in ("patient", "request") for row in dossier.rows(f"SELECT * FROM {table}")]
    words = {str(cell) for row in told for cell in row if isinstance(cell, str) and len(cell) > 6 and not re.match(r"\d{4}-|B26|[\d/]+$", cell)}
    secrets = [word for word in words if not re.match(r"^(accepted|favourable|gélule|BIR20)", word)]
    assert secrets
    for code, in dossier.rows("SELECT code FROM document WHERE code IS NOT NULL"):
        text = page(code[code.index("/C/"):])
        assert not [word for word in secrets if word in text]
    for token, in dossier.rows("SELECT token FROM label"):
        text = page("/L/" + token)
        assert not [word for word in secrets if word in text]


def other(letter):
    return LETTERS[(LETTERS.index(letter) + 1) % 32] if letter in LETTERS else "7" if letter != "7" else "6"


def test_each_part_forged():
    path = dossier.document("certificate-of-analysis", "B26-0001")
    _, _, number, digest, signature = path.split("/")
    release = dossier.document("release-certificate", "B26-0001").split("/")
    forged = [
        f"/C/C26-9999/{digest}/{signature}", f"/C/{number}/{other(digest[0])}{digest[1:]}/{signature}", f"/C/{number}/{digest}/{other(signature[0])}{signature[1:]}",
        f"/C/{number}/{digest}/{signature[:-1]}", f"/C/{number}/{digest}/{signature}A", f"/C/{number}/{digest}", f"/C/{number}/{digest}/", f"/C/{number}",
        f"/C/{number}/{release[3]}/{release[4]}", f"/C/{release[2]}/{digest}/{signature}", f"/C/{number}//{signature}", f"/C/{number}/{digest}/{signature}/",
        path.lower().replace("/c/", "/C/"), path + "?x=1", path + "#", path.replace("C26", "%4326"), "/L" + path[2:], "/C/", "/L/", "/L/" + "A" * 26, "/L/" + "A" * 25,
        "/C/" + "/".join("A" * 30 for _ in range(5)), "/L/../L/" + "A" * 26,
    ]
    token = dossier.label("bottle", "B26-0001/1", "applied")
    forged += [token.lower().replace("/l/", "/L/"), token[:-1], token + "A", token[:-1] + other(token[-1]), token + "/", "/C" + token[2:]]
    for target in forged:
        text = page(target, status=404)
        assert title(text) == "Code non authentique" and shape(text) == "stop" and "prévenez la pharmacie" in text, (target, text)
    assert title(page(forged[0], status=404, language="en")) == "Code not genuine"
    chance = random.Random(7)
    for _ in range(60):  # a letter changed anywhere
        at = chance.randrange(3, len(path))
        if path[at] == "/":
            continue
        changed = path[:at] + other(path[at]) + path[at + 1:]
        page(changed, status=404)


def test_an_earlier_address_stays_known():
    before = dossier.document("certificate-of-analysis", "B26-0001")
    dossier.run("--as", "chief", "--clock", CLOCK, "site", "set", "--name", "Hôpital déménagé", "--address", "2 rue Neuve", "--host", "NOUVEAU.EXAMPLE")
    text = page(before)
    assert shape(text) == "good" and "Hôpital déménagé" in text, text
    assert "Hôpital déménagé" in page("/")


def test_a_replaced_document():
    old = dossier.document("batch-record", "B26-0001")
    done = json.loads(dossier.run("--as", "chief", "--clock", CLOCK, "document", "issue", "--kind", "batch-record", "--batch", "B26-0001", "--reason", "Exemplaire perdu"))
    text = page(old)
    assert (title(text), shape(text)) == ("document remplacé", "wait") and done["done"]["document"] in text, text
    assert shape(page(dossier.document("batch-record", "B26-0001"))) == "good"


def test_home_and_style():
    text = page("/")
    assert "magistral 0." in text and "EXERCICE" in text and title(text) == "Connexion", text
    for target, kind in [("/style.css", "text/css; charset=utf-8"), ("/script.js", "text/javascript; charset=utf-8")]:
        status, headers, body = server.request("GET", target)
        assert status == 200 and headers.getheader("Content-Type") == kind and b"{" in body
    # who has not signed in is asked to, wherever they go: nothing is said of what stands there
    for nowhere in ("/index.html", "/favicon.ico", "/c/x", "/style.css/", "//", "/C", "/L", "/templates/page.html", "/../../etc/passwd",
                    "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/test.db", "/%C3%A9"):
        text = page(nowhere, status=401)
        assert title(text) == "Connexion" and "root:" not in text
    for there in ("/menu", "/account", "/lot/list", "/lot/show?lot=MP26-0001", "/batch/release", "/content/" + "0" * 64, "/verify"):
        assert re.sub(r'name="_target" value="[^"]*"', "", page(there, status=401)) == re.sub(r'name="_target" value="[^"]*"', "", page("/no/where", status=401))


def test_headers():
    code = dossier.label("bottle", "B26-0001/1", "applied")
    for method, target in [("GET", "/"), ("GET", "/nowhere"), ("HEAD", "/"), ("POST", "/"), ("POST", "/sign-in"), ("PUT", "/"), ("GET", code),
                           ("GET", "/style.css"), ("GET", "/script.js"), ("GET", "/%00")]:
        _, headers, _ = server.request(method, target)
        policy = headers.getheader("Content-Security-Policy")
        assert "default-src 'none'" in policy and "style-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert "script-src 'self'" in policy and "form-action 'self'" in policy and "base-uri 'none'" in policy
        kept = target in ("/style.css", "/script.js")
        for name, value in [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
                            ("Cross-Origin-Resource-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
                            ("Cache-Control", "private, max-age=3600" if kept else "no-store"), ("Vary", "Accept-Language, Cookie")]:
            assert headers.getheader(name) == value, (method, target, name)
        assert headers.getheader("Strict-Transport-Security") is None  # not behind TLS: a browser would not take it, and must not
        assert "charset=utf-8" in headers.getheader("Content-Type")
        assert headers.getheader("Server") is None


def test_languages():
    for header, language in [(None, "fr"), ("en", "en"), ("en-GB,en;q=0.9", "en"), ("de,en;q=0.5", "en"), ("fr;q=0.4,en;q=0.8", "en"), ("en;q=0.2, fr-CA;q=0.9", "fr"),
                             ("en;q=0", "fr"), ("*", "fr"), ("", "fr"), (",;,;=q", "fr"), ("english", "fr"), ("en;q=9999999999", "en"), ("q=1;en", "fr")]:
        _, headers, body = server.request("GET", "/", {"Accept-Language": header} if header is not None else {})
        assert headers.getheader("Content-Language") == language, (header, headers.getheader("Content-Language"))
        check_page(body.decode(), language)


def test_only_reading():
    path = dossier.document("certificate-of-analysis", "B26-0001")
    status, headers, body = server.request("HEAD", path)
    assert status == 200 and body == b"" and int(headers.getheader("Content-Length")) == len(server.request("GET", path)[2])
    for target in (path, dossier.label("bottle", "B26-0001/1", "applied"), "/C/", "/style.css", "/script.js"):
        for body in (None, b"x=1"):
            status, headers, _ = server.request("POST", target, body=body)
            assert status == 405 and headers.getheader("Allow") == "GET, HEAD", (target, status)
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "post", "X" * 40):
        for target in (path, "/", "/sign-in"):
            for body in (None, b"x=1"):
                status, headers, _ = server.request(method, target, body=body)
                assert status == 405 and headers.getheader("Allow") == "GET, HEAD, POST", (method, status)


def raw(sent, patience=5, ends=True):
    """Bytes on a connection of its own; everything that comes back until it is closed, or silent for too long."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=patience) as connection:
        try:
            connection.sendall(sent)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before its end
        text = b""
        try:
            if ends:
                connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # closed already by the other end
        while True:
            try:
                piece = connection.recv(65536)
            except (ConnectionResetError, TimeoutError):
                piece = b""
            if not piece:
                return text
            text += piece


def statuses(text):
    return [int(found) for found in re.findall(rb"HTTP/1\.1 (\d{3}) ", text)]


def test_targets_that_no_code_holds():
    code = dossier.label("bottle", "B26-0001/1", "applied")
    for target in ("/%00", code + "%00", code + "%00/x", "/a%0d%0aSet-Cookie:x=1", "/%7f", "/%1b[31m", "/%zz", "/%", "/%4", "/C/%0a"):
        status, headers, body = server.request("GET", target)
        assert status == 400 and headers.getheader("Set-Cookie") is None, (target, status)
    for byte in (1, 2, 7, 8, 11, 12, 27, 127, 128, 200, 255):
        answer = raw(b"GET /L/" + bytes([byte]) + b"A HTTP/1.1\r\nHost: x\r\n\r\n")
        assert not any(status == 200 for status in statuses(answer)), (byte, answer[:100])
    # libmicrohttpd ends a target at a zero byte and tells nobody: what is answered is the page of what stands before it
    answer = raw(b"GET /nowhere\0" + code.encode() + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert statuses(answer)[:1] in ([400], [401], []) and b"CSP" not in answer and b"authenti" not in answer, answer[:100]


def test_sizes():
    assert server.request("GET", "/C/" + "A" * 1000)[0] == 404
    assert server.request("GET", "/lot/list?_find=" + "A" * 4000)[0] == 401
    for longest in ("/C/", "/lot/list?_find=", "/"):
        assert server.request("GET", longest + "A" * 4097)[0] == 414
    assert statuses(raw(b"GET /" + b"A" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"))[:1] in ([414], [400], [431], [])
    assert statuses(raw(b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"A" * 100_000 + b"\r\n\r\n"))[:1] in ([431], [413], [])
    assert statuses(raw(b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 20_000 + b"\r\n"))[:1] in ([431], [413], [])
    assert server.request("GET", "/")[0] == 200


def test_requests_behind_requests():
    for head in (b"Content-Length: 5\r\nTransfer-Encoding: chunked", b"Transfer-Encoding: chunked", b"Content-Length: 38", b"Transfer-Encoding: nonsense",
                 b"Content-Length: 0\r\nContent-Length: 38", b"Content-Length: x", b"Content-Length: -1"):
        answer = raw(b"GET / HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n0\r\n\r\nGET /style.css HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"text/css" not in answer and statuses(answer)[:1] in ([400], [413], []), (head, answer[:200])
    # no Host: libmicrohttpd 0.9.75 writes the head of its answer twice before it closes
    assert set(statuses(raw(b"GET / HTTP/1.1\r\n\r\n"))) == {400}
    assert set(statuses(raw(b"GET / HTTP/1.1\r\nHost : x\r\n\r\n"))) == {400}
    assert statuses(raw(b"nonsense\r\n\r\n"))[:1] in ([400], [])
    assert b"200" not in raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")[:20]  # somebody speaks TLS
    # libmicrohttpd 0.9.75 may close after the first answer when the client has ended its side meanwhile: this one has not
    both = statuses(raw(b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /style.css HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", ends=False))
    assert both == [200, 200], both


def test_random_bytes():
    chance = random.Random(11)
    start = b"GET /L/ABC HTTP/1.1\r\nHost: x\r\nAccept-Language: fr\r\n\r\n"
    for _ in range(200):
        mutated = bytearray(start)
        for _ in range(chance.randrange(1, 8)):
            mutated[chance.randrange(len(mutated))] = chance.randrange(256)
        raw(bytes(mutated), patience=0.1)
    assert server.request("GET", "/")[0] == 200 and server.process.poll() is None


def test_slow_clients_stop_nobody():
    slow = []
    for number in range(60):
        connection = socket.create_connection(("127.0.0.1", server.port))
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: " if number % 2 else b"G")
        slow.append(connection)
    greedy = socket.create_connection(("127.0.0.1", server.port))  # asks much and reads nothing
    greedy.setblocking(False)
    try:
        for _ in range(200):
            greedy.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 20)
    except BlockingIOError:
        pass
    started = time.monotonic()
    for _ in range(50):
        assert server.request("GET", "/")[0] == 200
    assert time.monotonic() - started < 5
    for connection in [*slow, greedy]:
        connection.close()


def test_many_readers_while_acts_are_handed_over():
    path = dossier.document("certificate-of-analysis", "B26-0001")
    lines = "".join(json.dumps({"as": "chief", "act": "site set", "at": CLOCK, "inputs": {"name": f"Nom {n}", "address": "Ville", "host": "AUTRE.EXAMPLE"}}) + "\n"
                    for n in range(300))
    wrong, stop = [], threading.Event()

    def read():
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        while not stop.is_set():
            connection.request("GET", path)
            answer = connection.getresponse()
            text = answer.read().decode()
            if answer.status != 200 or "libéré" not in text or not text.endswith("</html>\n"):
                wrong.append((answer.status, text[:300]))
        connection.close()

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    done = subprocess.run([PROGRAM, "--database", dossier.database, "--password-file", dossier.passwords, "apply", "-"], input=lines, capture_output=True,
                          text=True, timeout=120)
    stop.set()
    for reader in readers:
        reader.join()
    assert done.returncode == 0 and "300 actes faits" in done.stdout, done
    assert not wrong, wrong[:2]
    assert "Nom 299" in page("/")
    dossier.run("verify")


def test_hostile_names_stay_text():
    name = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> & {{house}} é"
    dossier.run("--as", "chief", "--clock", CLOCK, "site", "set", "--name", name, "--pharmacy", "</p><p onclick=x>", "--address", "javascript:alert(1)", "--host", HOST)
    for target, status in [("/", 200), (dossier.document("certificate-of-analysis", "B26-0001"), 200), ("/nowhere", 401)]:
        got, text = server.get(target)
        checker = Checker(Checker.CODE if status == 200 and target != "/" else Checker.SIGN_IN)
        checker.feed(text)
        assert got == status and not checker.open
        text = text.replace('<script src="/script.js" defer></script>', "", 1)
        assert "<script" not in text and "<img" not in text and "<p onclick" not in text and "&lt;script&gt;alert(1)&lt;/script&gt;" in text, text


def test_a_database_that_cannot_be_read():
    """503, and no word of a code being false; the pages come back with the database."""
    other = os.path.join(dossier.folder, "other")
    os.mkdir(other)
    copy = type("Copy", (), {"database": os.path.join(other, "copy.db")})
    shutil.copy(dossier.database, copy.database)
    with Server(copy) as blind:
        os.rename(copy.database, copy.database + ".away")
        status, headers, body = blind.request("GET", "/L/" + "A" * 26)
        assert status == 503 and headers.getheader("Retry-After") and "authenti" in body.decode() and "Code non" not in body.decode(), body
        os.rename(copy.database + ".away", copy.database)
        assert blind.request("GET", "/L/" + "A" * 26)[0] == 404
        assert "STORE-01" in blind.said()
        assert blind.end()[0] == 0


def test_it_stops_in_order():
    held = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    held.request("GET", "/")
    held.getresponse().read()
    half = socket.create_connection(("127.0.0.1", server.port))  # asks and never ends asking
    half.sendall(b"POST /sign-in HTTP/1.1\r\nHost: x\r\n")
    time.sleep(0.1)
    started = time.monotonic()
    server.stop()
    assert time.monotonic() - started < 4
    held.close()
    half.close()
    for how in (signal.SIGINT, signal.SIGHUP):
        other = Server(dossier)
        status, said = other.end(how)
        assert (status, said) == (0, ""), (how, status, said)
    dossier.run("verify")
    shutil.rmtree(dossier.folder)


main(globals())
