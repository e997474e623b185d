"""Where the server listens, in the clear, in TLS and behind a proxy that speaks it; and what a supervisor is told and hands over."""
import atexit
import http.client
import os
import re
import resource
import select
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from harness import PROGRAM, House, main, phrase, refusals  # noqa: E402
from server import Server  # noqa: E402

warnings.simplefilter("ignore", DeprecationWarning)  # old versions of TLS are tried on purpose
house = House()
house.stop()
atexit.register(shutil.rmtree, house.folder)
CLOCK = house.instant()


def path(name):
    return os.path.join(house.folder, name)


def make_pair(name):
    """A key and its self-signed certificate, as an administrator makes them for a test."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", path(name + ".key"), "-out",
                    path(name + ".pem"), "-days", "30", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
                   check=True, capture_output=True)
    os.chmod(path(name + ".key"), 0o600)


make_pair("one")
make_pair("other")
PAIR = ["--certificate", path("one.pem"), "--key", path("one.key")]


def refused(rule, *words, status, says, environment=None):
    """The server does not start: its exit status and its sentence, in both languages; rule None: it is used wrongly."""
    for language, sentence in zip(("fr", "en"), says):
        done = subprocess.run([PROGRAM, "--database", house.database, "--language", language, "serve", *words], capture_output=True, text=True, timeout=20,
                              env={**os.environ, **(environment or {})})
        assert done.returncode == status and sentence in done.stderr and not done.stdout, (words, done)
        if rule:
            refusals.says(done.stderr, rule, language)


def address(server):
    return re.search(r"(https?)://([^ /]+):\d+/", server.line).groups()


def test_addresses_of_this_machine():
    for words, host in [([], "127.0.0.1"), (["--listen", "127.0.0.1"], "127.0.0.1"), (["--listen", "127.0.0.2"], "127.0.0.2"), (["--listen", "::1"], "[::1]"),
                        (["--listen", "[::1]"], "[::1]")]:
        with Server(house, *words) as server:
            assert address(server) == ("http", host), server.line
            with socket.create_connection((host.strip("[]"), server.port), timeout=5) as connection:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                assert connection.recv(100).startswith(b"HTTP/1.1 200 ")
            if host != "127.0.0.1":
                try:
                    socket.create_connection(("127.0.0.1", server.port), timeout=5).close()
                    raise AssertionError("it listens elsewhere too")
                except ConnectionRefusedError:
                    pass


def test_what_is_no_address():
    for wrong in ("", "localhost", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1", "256.0.0.1", "127.0.0.1:80:80", "[::1", "[::1]:", "[::1]x", "[127.0.0.1]:1", "::1:99999",
                  "127.0.0.1 ", "[::1%lo]:80", "x" * 100, "[" + ":" * 60 + "]"):
        refused("SERVE-01", "--listen", wrong, status=64, says=("n’est pas une adresse où écouter", "is no address to listen on"))
    refused("SERVE-01", "--listen", "127.0.0.1:8081", "--port", "8082", status=64, says=("un seul port", "one port only"))
    for words in (["--listen"], ["--port", "65536"], ["--port", "x"], ["--port", ""], ["--listen", "::1", "--listen", "::1"], ["--nonsense"], ["--certificate", path("one.pem")],
                  ["--key", path("one.key")], ["x"]):
        refused(None, *words, status=64, says=("usage", "usage"))


def test_other_machines_are_met_in_tls_alone():
    for listen in ("0.0.0.0:0", "[::]:0", "192.0.2.1:80", "[2001:db8::1]:80", "[::ffff:192.0.2.1]:80"):
        refused("SERVE-02", "--listen", listen, status=64, says=("passeraient en clair", "pass in clear"))
    for words in (["--listen", "0.0.0.0", *PAIR], ["--listen", "[::]", *PAIR], ["--listen", "0.0.0.0", "--behind-proxy"]):
        with Server(house, *words) as server:
            socket.create_connection(("127.0.0.1", server.port), timeout=5).close()  # [::] answers both families
    # an address that is taken, and one that this machine has not
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused("FILE-05", "--port", str(taken.getsockname()[1]), status=74, says=("ne peut être ouverte", "cannot be opened"))
    refused("FILE-05", "--listen", "192.0.2.1:8443", *PAIR, status=74, says=("192.0.2.1:8443", "192.0.2.1:8443"))


def test_a_pair_that_is_none():
    with open(path("text"), "w", encoding="ascii") as file:
        file.write("no key\n")
    os.chmod(path("text"), 0o600)
    missing = path("missing")
    for certificate, key, status, says in [
        (missing, path("one.key"), 74, ("n’existe pas", "does not exist")), (path("one.pem"), missing, 74, ("n’existe pas", "does not exist")),
        (house.folder, path("one.key"), 74, ("dossier", "folder")), (path("text"), path("one.key"), 74, ("pas un certificat", "no certificate")),
        (path("one.key"), path("one.key"), 74, ("pas un certificat", "no certificate")), (path("one.pem"), path("text"), 74, ("pas une clé", "no private key")),
        (path("one.pem"), path("other.key"), 74, ("pas celle du certificat", "not that of the certificate")), ("/dev/zero", path("one.key"), 74, ("/dev/zero", "/dev/zero")),
    ]:
        refused("FILE-01" if "exist" in says[1] or "folder" in says[1] or "zero" in says[1] else "FILE-06", "--certificate", certificate, "--key", key, status=status, says=says)
    for mode in (0o604, 0o660, 0o666, 0o644):
        os.chmod(path("other.key"), mode)
        refused("SERVE-05", "--certificate", path("other.pem"), "--key", path("other.key"), status=1, says=("chmod 600", "chmod 600"))
    for mode in (0o400, 0o440, 0o640):  # its group may read it: Debian's ssl-cert, systemd's credentials
        os.chmod(path("other.key"), mode)
        Server(house, "--certificate", path("other.pem"), "--key", path("other.key")).stop()


class Client:
    """Requests as a browser or a proxy sends them."""

    def __init__(self, server, tls=False, host=None):
        self.server, self.tls, self.host = server, tls, host

    def send(self, method, target, fields=None, **headers):
        context = ssl.create_default_context(cafile=path("one.pem")) if self.tls else None
        connection = (http.client.HTTPSConnection("127.0.0.1", self.server.port, context=context, timeout=20) if self.tls
                      else http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20))
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.host:
            given["Host"] = self.host
        if fields is not None:
            given["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, target, urllib.parse.urlencode(fields) if fields is not None else None, given)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, answer.headers, text

    def sign_in(self, **headers):
        return self.send("POST", "/sign-in", [("_person", "tech.a"), ("_password", phrase("tech.a"))], **headers)


def check_secure(client, own, foreign):
    """Cookies, headers and forms of a server that browsers meet in TLS."""
    status, headers, text = client.send("GET", "/")
    assert status == 200 and headers["Strict-Transport-Security"] == "max-age=31536000", headers.items()
    for origin in foreign:
        status, headers, text = client.sign_in(Origin=origin)
        assert status == 403 and not headers["Set-Cookie"], (origin, status)
    status, headers, text = client.sign_in(Origin=own, Sec_Fetch_Site="same-origin")
    assert status == 303, text
    cookie, *flags = headers["Set-Cookie"].split("; ")
    assert cookie.startswith("__Host-magistral=") and {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} == set(flags), headers["Set-Cookie"]
    account = client.send("GET", "/account", Cookie=cookie)[2]
    mark = re.search(r'name="_mark" value="([A-Z2-7]+)"', account).group(1)
    assert client.send("GET", "/account", Cookie=cookie.replace("__Host-", ""))[0] == 401  # a name that a neighbour could set
    for origin in foreign:
        assert client.send("POST", "/account", [("_mark", mark), ("_language", "en")], Cookie=cookie, Origin=origin)[0] == 403, origin
    assert client.send("POST", "/account", [("_mark", mark), ("_language", "en")], Cookie=cookie, Origin=own)[0] == 303
    assert "My account" in client.send("GET", "/account", Cookie=cookie)[2]
    status, headers, _ = client.send("POST", "/sign-out", [("_mark", mark)], Cookie=cookie, Origin=own)
    assert headers["Set-Cookie"].startswith("__Host-magistral=; ") and "Secure" in headers["Set-Cookie"]


def test_tls():
    with Server(house, *PAIR, clock=CLOCK) as server:
        assert address(server) == ("https", "127.0.0.1"), server.line
        own = f"127.0.0.1:{server.port}"
        check_secure(Client(server, tls=True), "https://" + own, ["http://" + own, "https://127.0.0.1", "https://evil.example", "null", f"https://{own}.evil.example", ""])
        for version, accepted in [(ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True), (ssl.TLSVersion.TLSv1_3, True)]:
            context = ssl.create_default_context(cafile=path("one.pem"))
            context.set_ciphers("DEFAULT:@SECLEVEL=0")
            context.minimum_version = context.maximum_version = version
            try:
                with socket.create_connection(("127.0.0.1", server.port), timeout=5) as plain, context.wrap_socket(plain, server_hostname="localhost") as connection:
                    assert accepted and connection.version(), version
            except (ssl.SSLError, ConnectionResetError):
                assert not accepted, version
        # who speaks no TLS, or half of it, is let go, and stops nobody
        for sent in (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", b"\0" * 600, b"\x16\x03\x01\xff\xff" + b"A" * 70000):
            with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
                try:
                    connection.sendall(sent)
                    assert b"html" not in connection.recv(1000)
                except (ConnectionResetError, BrokenPipeError, TimeoutError):
                    pass
        assert Client(server, tls=True).send("GET", "/")[0] == 200


def test_behind_a_proxy():
    with Server(house, "--behind-proxy", clock=CLOCK) as server:
        assert address(server) == ("http", "127.0.0.1"), server.line
        for host in ("pui.hopital.example", "pui.hopital.example:8443"):
            check_secure(Client(server, host=host), "https://" + host, ["http://" + host, "https://evil.example", "https://" + host + "1", f"http://127.0.0.1:{server.port}", "null"])


def test_in_the_clear_nothing_says_secure():
    with Server(house, clock=CLOCK) as server:
        client = Client(server)
        status, headers, _ = client.sign_in(Origin=f"http://127.0.0.1:{server.port}")
        assert status == 303 and headers["Set-Cookie"].startswith("magistral=") and "Secure" not in headers["Set-Cookie"]
        assert headers["Strict-Transport-Security"] is None


class Supervisor:
    """Receives what a server tells."""

    def __init__(self, name):
        self.name = name
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("\0" + name[1:] if name.startswith("@") else name)
        self.environment = {**os.environ, "NOTIFY_SOCKET": name}

    def said(self, patience):
        return self.socket.recv(1000).decode() if select.select([self.socket], [], [], patience)[0] else None

    def rest(self):
        found = []
        while (said := self.said(0)) is not None:
            found.append(said)
        return found


def test_a_supervisor_is_told():
    for name in (path("notify"), f"@magistral-test-{os.getpid()}"):
        supervisor = Supervisor(name)
        server = Server(house, env={**supervisor.environment, "WATCHDOG_USEC": "400000"})
        assert supervisor.said(5) in ("READY=1", "WATCHDOG=1")
        time.sleep(1.1)
        said = supervisor.rest()
        assert 3 <= said.count("WATCHDOG=1") <= 7, said  # every 200 ms
        server.stop()
        said = supervisor.rest()
        assert said.count("STOPPING=1") == 1 and "READY=1" not in said, said
        supervisor.socket.close()
    supervisor = Supervisor(path("notify-2"))
    for extra in ({}, {"WATCHDOG_USEC": "200000", "WATCHDOG_PID": "1"}, {"WATCHDOG_USEC": "nonsense"}, {"WATCHDOG_USEC": "-5"}):
        server = Server(house, env={**supervisor.environment, **extra})
        time.sleep(0.4)
        server.stop()
        assert supervisor.rest() == ["READY=1", "STOPPING=1"], extra
    for nobody in ("", "@", "nowhere", path("nobody"), "x" * 200, "/" + "x" * 200):
        Server(house, env={**os.environ, "NOTIFY_SOCKET": nobody}).stop()


def test_no_readiness_before_there_is_a_server():
    supervisor = Supervisor(path("notify-3"))
    refused("FILE-01", "--certificate", path("one.pem"), "--key", path("missing"), status=74, says=("missing", "missing"), environment=supervisor.environment)
    assert supervisor.rest() == []


def activated(sockets, *words, pid="$$", count=None):
    """The server as systemd starts it, with sockets from descriptor 3 on."""
    script = f'export LISTEN_PID={pid} LISTEN_FDS={count or len(sockets)}; exec "$@"'
    moves = "".join(f" {3 + number}<&{one.fileno()}" for number, one in enumerate(sockets))
    return ["sh", "-c", f"exec{moves}; {script}", "sh", PROGRAM, "--database", house.database, "--language", "en", "serve", *words]


def test_a_socket_that_is_handed_over():
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with socket.create_server((host, 0), family=family) as listening:
            # a call that came before the server is answered by it, and so is one after it was started again
            early = socket.create_connection((host, listening.getsockname()[1]), timeout=20)
            early.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            for _ in range(2):
                process = subprocess.Popen(activated([listening]), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, pass_fds=[listening.fileno()])
                assert f":{listening.getsockname()[1]}/" in process.stdout.readline()
                assert early.recv(100).startswith(b"HTTP/1.1 200 ")
                early.close()
                process.send_signal(signal.SIGTERM)
                early = socket.create_connection((host, listening.getsockname()[1]), timeout=20)
                early.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                status, said = process.wait(timeout=20), process.stderr.read()
                assert (status, said) == (0, ""), (status, said)
                process.stdout.close()
                process.stderr.close()
            early.close()


def test_sockets_that_are_not_taken():
    def start(sockets, *words, **more):
        done = subprocess.run(activated(sockets, *words, **more), capture_output=True, text=True, timeout=20, pass_fds=[one.fileno() for one in sockets])
        return done.returncode, done.stderr

    with socket.create_server(("127.0.0.1", 0)) as good, socket.create_server(("0.0.0.0", 0)) as wide, socket.socket() as deaf, \
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams, socket.socket(socket.AF_UNIX) as local:
        local.bind(path("local"))
        local.listen()
        assert start([good], "--port", "0")[0] == 64 and start([good, wide])[0] == 64
        refusals.says(start([good], "--listen", "::1")[1], "SERVE-03", "en")
        for wrong in (deaf, datagrams, local):
            status, said = start([wrong])
            assert status == 64, said
            refusals.says(said, "SERVE-04", "en")
        status, said = start([wide])
        assert status == 64 and "pass in clear" in said, said
        # handed to somebody else: our own address counts
        process = subprocess.Popen(activated([good], "--port", "0", pid="1"), stdout=subprocess.PIPE, text=True, pass_fds=[good.fileno()])
        assert f":{good.getsockname()[1]}/" not in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        process.stdout.close()


def test_it_ends_in_the_midst_of_requests():
    """Connections that go on asking while the server ends: each answer is whole, and nothing falls."""
    for _ in range(4):
        server = Server(house, clock=CLOCK)
        client, wrong, told = Client(server), [], threading.Event()
        cookie = client.sign_in()[1]["Set-Cookie"].split(";")[0]

        def ask(target, server=server, cookie=cookie, told=told):
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
            try:
                while True:
                    connection.request("GET", target, headers={"Cookie": cookie})
                    answer = connection.getresponse()
                    text = answer.read()
                    if answer.status not in (200, 503) or not text.endswith(b"</html>\n") or (answer.status == 503 and not told.is_set()):
                        wrong.append((answer.status, text))
            except (http.client.HTTPException, OSError):
                if not told.is_set():
                    wrong.append("cut before the end")

        callers = [threading.Thread(target=ask, args=(target,)) for target in ("/", "/menu", "/lot/list", "/account") * 3]
        for caller in callers:
            caller.start()
        time.sleep(0.3)
        told.set()
        server.stop()
        for caller in callers:
            caller.join()
        assert not wrong, wrong[:3]


ASKED = b"GET /style.css HTTP/1.1\r\nHost: x\r\n\r\n"


def answered(connection):
    """True when it gets its answer; asked once a connection."""
    connection.settimeout(20)
    connection.sendall(ASKED)
    return connection.recv(12) == b"HTTP/1.1 200"


def test_who_comes_when_there_is_no_room_waits():
    """512 connections, from several addresses of this machine; and a server that may open no more files."""
    def held(server, count):
        return [socket.create_connection(("127.0.0.1", server.port), timeout=20, source_address=(f"127.0.0.{2 + number // 200}", 0)) for number in range(count)]

    def limited():
        resource.setrlimit(resource.RLIMIT_NOFILE, (120, 120))

    for room, late_ones, options in ((512, 8, {}), (90, 40, {"preexec_fn": limited})):
        with Server(house, clock=CLOCK, **options) as server:
            taken = held(server, room)
            assert answered(taken[0]) and all(answered(one) for one in taken[2:])
            late = held(server, late_ones)
            late[-1].sendall(ASKED)
            assert not select.select([late[-1]], [], [], 0.5)[0], "it waits"
            assert answered(taken[1]), "the others are served meanwhile"
            for one in taken[2:]:
                one.close()
            late[-1].settimeout(20)
            assert late[-1].recv(12) == b"HTTP/1.1 200"
            for one in taken[:2] + late:
                one.close()


def test_what_was_accepted_is_answered():
    """Sign-ins, which take their time one after the other, are under way when the server is told to end."""
    for tls in (False, True):
        server = Server(house, *(PAIR if tls else []), clock=CLOCK)
        body = urllib.parse.urlencode([("_person", "tech.a"), ("_password", phrase("tech.a"))]).encode()
        asked = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        callers = []
        for _ in range(12):
            caller = socket.create_connection(("127.0.0.1", server.port), timeout=20)
            callers.append(ssl.create_default_context(cafile=path("one.pem")).wrap_socket(caller, server_hostname="localhost") if tls else caller)
        for caller in callers:
            caller.sendall(asked)
        time.sleep(0.05)
        server.process.send_signal(signal.SIGTERM)
        answers = [caller.recv(12) for caller in callers]
        assert answers == [b"HTTP/1.1 303"] * 12, answers
        for caller in callers:
            caller.close()
        server.stop()


main(globals())
