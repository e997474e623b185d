#!/usr/bin/python3
"""The pages and acts of a running server beside what the libraries could do at best, in one run:  run.py BUILD [SECONDS]
Prints every figure with its aim; only what does not work at all ends it. Best on an idle machine."""
import http.client
import json
import os
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

BUILD = os.path.abspath(sys.argv[1])
SECONDS = int(sys.argv[2]) if len(sys.argv) > 2 else 4
HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM, TOOLS = f"{BUILD}/src/magistral", f"{BUILD}/tests/bench/web"
ROUNDS, PEOPLE, CYCLES = 3, 16, 10
sys.path.insert(0, os.path.join(HERE, "..", "..", "data"))
import passwords  # noqa: E402
from dossier import Dossier, lines  # noqa: E402


class Process:
    """A server that prints its port; ended at the end."""

    def __init__(self, *command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r"(?:127\.0\.0\.1:|^)(\d+)", self.process.stdout.readline()).group(1))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(timeout=60) != 0:
            sys.exit(f"{self.process.args}: {self.process.returncode}")

    def memory(self):
        """Resident now, and at its peak, in MiB."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            found = dict(line.split(":", 1) for line in status if line.startswith("Vm"))
        return tuple(int(found[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))


class Server(Process):
    def __init__(self, database, clock):
        super().__init__(PROGRAM, "--language", "fr", "--database", database, "--clock", clock, "serve", "--port", "0")

    def ask(self, method, target, fields=None, cookie=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": cookie} if cookie else {}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, target, urllib.parse.urlencode(fields) if fields is not None else None, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content

    def sign_in(self, person, phrase):
        """The cookie of a session and the mark of its forms."""
        answer, content = self.ask("POST", "/sign-in", [("_person", person), ("_password", phrase)])
        if answer.status != 303:
            sys.exit(f"{person} does not get in: {answer.status} {content.decode()}")
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        return cookie, re.search(rb'name="_mark" value="(\w+)"', self.ask("GET", "/account", cookie=cookie)[1]).group(1).decode()


def wrk(port, target, connections, cookie=None, body=None, seconds=SECONDS):
    """Requests a second, median and p99 in milliseconds."""
    script = os.path.join(HERE, "page.lua")
    given = [f"-HCookie: {cookie}"] if cookie else []
    done = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "--latency", *given, *(["-s", script] if body else []),
                           f"http://127.0.0.1:{port}{target}"], capture_output=True, text=True, check=True, env={**os.environ, "BODY": body or ""}).stdout
    wrong = re.search(r"(Non-2xx.*|Socket errors.*)", done)
    if wrong and not body:
        sys.exit(f"{target}: {wrong.group(1)}\n{done}")
    times = {share: float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit] for share, value, unit in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s)\b", done)}
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done).group(1)), times["50"], times["99"]


def middle(rounds):
    return tuple(statistics.median(values) for values in zip(*rounds))


def said(what, value, aim):
    print(f"  {what:<58} {value:>32}   {aim}", flush=True)


def generated(folder, parts):
    """A database of decades without a journal, whose person.1 has the password of tech.a in the played dossier."""
    path = f"{folder}/generated-{parts}.db"
    subprocess.run([f"{BUILD}/tests/bench/trace/trace_generate", path, str(parts)], check=True, stdout=subprocess.DEVNULL)
    return path


def give_password(path, dossier):
    with sqlite3.connect(dossier) as database:
        secret, digest = database.execute("SELECT s.password, p.password_digest FROM person_secret s JOIN person p ON p.id = s.person "
                                          "WHERE p.identifier = 'tech.a'").fetchone()
    database.close()
    with sqlite3.connect(path) as database:
        database.execute("INSERT INTO person_secret (person, password) VALUES (1, ?)", (secret,))
        database.execute("UPDATE person SET password_digest = ?, password_first = 0 WHERE id = 1", (digest,))
    database.close()


def play(folder):
    """The dossier up to its first weighing, with a batch in an area of its own for each of PEOPLE."""
    made, given = Dossier(PROGRAM, folder), lines()
    first = next(number for number, line in enumerate(given) if '"weighing open"' in line)
    plan = next(number for number, line in enumerate(given) if '"batch plan"' in line)
    area = json.loads(next(line for line in given if '"area add"' in line))
    wanted, requests = given[:plan], 3
    for little, enough in (('"quantity": "1000"', '"quantity": "100000"'), ('"250.0000 g"', '"1250.0000 g"'), ('"150.0000 g"', '"1150.0000 g"')):
        wanted = [line.replace(little, enough) for line in wanted]
    for number in range(1, PEOPLE):
        wanted.append(json.dumps({**area, "key": f"area-{number}", "at": json.loads(given[plan])["at"], "inputs": {**area["inputs"], "code": f"BENCH-{number}"}}))
        for line in given[plan - 4:plan]:
            text = line.replace("RX26-0001", f"RX26-{requests:04d}").replace("RX26-0002", f"RX26-{requests + 1:04d}")
            again = json.loads(text)
            reason = {"reason": "Encore une"} if again["act"] == "request receive" else {}  # the same prescription, for another batch
            wanted.append(json.dumps({**again, "key": f"{number}-{again['key']}", "at": json.loads(given[plan])["at"], "inputs": {**again["inputs"], **reason}}))
        requests += 2
    wanted += given[plan:first - 2]
    for number in range(1, PEOPLE):
        text = json.loads(given[plan])
        wanted.append(json.dumps({**text, "key": f"plan-{number}", "inputs": {**text["inputs"], "area": f"BENCH-{number}",
                                                                             "requests": [f"RX26-{2 * number + 1:04d}", f"RX26-{2 * number + 2:04d}"]}}))
    for number in range(PEOPLE):
        for line in given[first - 2:first]:
            text = json.loads(line.replace("B26-0001", f"B26-{number + 1:04d}"))
            wanted.append(json.dumps({**text, "key": f"{number}-{text['key']}"}))
    made.apply(wanted)
    return made.database


def acts(batch, first, cookie, mark):
    """A weighing that is opened, recorded and discarded, CYCLES times, as the browser posts it."""
    text = b""
    for weighing in range(first, first + CYCLES):
        number = f"{batch}/W{weighing}"
        for verb, fields in [("open", {"batch": batch, "component": "BIR", "container": "MP26-0003/1", "balance": "BAL-A", "aspect-seen": "yes", "label-seen": "yes",
                                       "portion": "0,2 g"}),
                             ("record", {"weighing": number, "tare": "12,4310 g", "net": "0,2000 g", "ticket": f"T {weighing}"}),
                             ("discard", {"weighing": number, "reason": "Portion rejetée"})]:
            body = urllib.parse.urlencode({"_mark": mark, "_key": f"{number}-{verb}", **fields})
            request = (f"POST /weighing/{verb} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                       f"Content-Length: {len(body)}\r\n\r\n{body}").encode()
            text += b"%d\n" % len(request) + request
    return text


def post(server, files):
    good, bad, seconds, median, late = map(float, subprocess.run([f"{TOOLS}/bench_post", str(server.port), "303", *files], stdout=subprocess.PIPE, check=True,
                                                                 text=True).stdout.split())
    if bad:
        sys.exit(f"{bad:.0f} of {good + bad:.0f} acts were refused; SHOW=1 shows them")
    return good / seconds, median, late


def measure_acts(folder, database):
    bare, alone, together = [], [], []
    with Server(database, "2026-01-12T08:00:00Z") as server:
        people = [server.sign_in("tech.a", passwords.phrase("tech.a")) for _ in range(PEOPLE)]
        for number in range(ROUNDS):
            bare.append(float(subprocess.run([f"{TOOLS}/bench_each_commit", f"{folder}/bare-{number}.db", "2000"], capture_output=True, check=True, text=True).stdout))
            first, files = 2 * CYCLES * number + 1, [f"{folder}/person-{one}" for one in range(PEOPLE)]
            with open(f"{folder}/alone", "wb") as file:
                file.writelines(acts(f"B26-{one + 1:04d}", first, *people[0]) for one in range(PEOPLE))
            alone.append(post(server, [f"{folder}/alone"]))
            for one, path in enumerate(files):
                with open(path, "wb") as file:
                    file.write(acts(f"B26-{one + 1:04d}", first + CYCLES, *people[one]))
            together.append(post(server, files))
        memory = server.memory()
    commit, (rate, median, late), (rate_all, median_all, late_all) = statistics.median(bare), middle(alone), middle(together)
    print("\nAct of a weighing, posted, durable and journaled")
    said("bare commit (WAL, FULL), median", f"{commit:.0f} us", "")
    said("one person, median (p99)", f"{median:.0f} us ({late:.0f})", f"x{median / commit:.2f} of bare, aim <= 3")
    said("one person", f"{rate:.0f} a second", "")
    said(f"{PEOPLE} people at once", f"{rate_all:.0f} a second", f"x{rate_all / rate:.2f} of one, aim >= 1")
    said(f"{PEOPLE} people at once, median (p99)", f"{median_all / 1000:.1f} ms ({late_all / 1000:.1f})", "")
    return memory


def measure_pages(server, database, cookie):
    page = "/batch/show?batch=B26-050000"
    size = len(server.ask("GET", page, cookie=cookie)[1])
    with Process(f"{TOOLS}/bench_page_floor", database, str(size)) as floor:
        for connections in (64, 8, 1):
            bare, ours = [], []
            for _ in range(ROUNDS):
                bare.append(wrk(floor.port, "/50000", connections))
                ours.append(wrk(server.port, page, connections, cookie))
            (rate, _, late), (own_rate, own_median, own_late) = middle(bare), middle(ours)
            print(f"\nBatch page of {size} bytes, signed in, {connections} connections")
            said("bare page", f"{rate:.0f}/s, p99 {late:.2f} ms", "")
            said("batch page", f"{own_rate:.0f}/s, p50 {own_median:.2f} p99 {own_late:.2f} ms",
                 f"x{own_rate / rate:.2f}, aim >= 0.25; p99 x{own_late / late:.1f}, aim <= 3" if connections == 64 else f"x{own_rate / rate:.2f}; p99 x{own_late / late:.1f}")


def measure_scans(server, cookie, mark):
    print("\nScan of a number, posted by who has signed in")
    body = urllib.parse.urlencode({"_mark": mark, "_scan": "B26-050000"})
    for connections in (1, 8, 16):
        rate, median, late = middle([wrk(server.port, "/scan", connections, cookie, body) for _ in range(ROUNDS)])
        said(f"{connections} at once", f"{rate:.0f}/s, p50 {median:.2f} p99 {late:.2f} ms", "aim p99 <= 10 ms")


def measure_heavy(server, cookie, mark):
    """What others wait for while 8 people ask for what takes longest."""
    print("\nWhile 8 people trace a lot of 2,500 dispensings again and again")
    heavy = subprocess.Popen(["wrk", "-t1", "-c8", f"-d{3 * SECONDS}s", "--timeout", "20s", "--latency", f"-HCookie: {cookie}",
                              f"http://127.0.0.1:{server.port}/trace/down?thing=MP26-0100"], stdout=subprocess.PIPE, text=True)
    time.sleep(0.5)
    code = public(server)
    said("public page of a code, p50, p99", f"{code[0]:.2f}, {code[1]:.2f} ms", "aim p99 <= 10 ms")
    scan = wrk(server.port, "/scan", 1, cookie, urllib.parse.urlencode({"_mark": mark, "_scan": "B26-050000"}))
    said("scan, p50, p99", f"{scan[1]:.2f}, {scan[2]:.2f} ms", "")
    told = heavy.communicate()[0]
    said("the traces themselves", re.search(r"Requests/sec:\s+([\d.]+)", told).group(1) + "/s, p50 " + re.search(r"50%\s+(\S+)", told).group(1), "")


def public(server):
    """Pages behind codes (of which none is genuine here), one a millisecond or so, each on a connection of its own as phones do."""
    times = []
    for _ in range(500):
        began = time.monotonic()
        answer, _ = server.ask("GET", "/L/" + "A" * 26)
        times.append((time.monotonic() - began) * 1000)
        if answer.status != 404:
            sys.exit(f"a page of a code: {answer.status}")
    times.sort()
    return times[250], times[495]


def measure_first_page(database):
    times = []
    for _ in range(9):
        began = time.monotonic()
        with Server(database, "2026-02-01T08:00:00Z") as server:
            server.ask("GET", "/")
            times.append((time.monotonic() - began) * 1000)
    print("\nStart")
    said("first page after the start of the process, median of 9", f"{statistics.median(times):.0f} ms", "aim <= 50 ms")


def measure_growth(large, small, large_cookie, small_cookie):
    print("\nTen times the data (median of one connection, in ms)")
    for target in ("/", "/batch/show?batch=B26-005000", "/batch/list", "/lot/show?lot=MP26-0001", "/lot/list", "/dispensing/list", "/trace/up?thing=B26-005000/1", "/menu"):
        rounds = [(wrk(small.port, target, 1, small_cookie, seconds=1)[1], wrk(large.port, target, 1, large_cookie, seconds=1)[1]) for _ in range(ROUNDS)]
        ratio = statistics.median(after / before for before, after in rounds)
        said(target, f"{statistics.median(r[0] for r in rounds):.2f} -> {statistics.median(r[1] for r in rounds):.2f}", f"x{ratio:.2f}, aim <= 1.2")


def main():
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        os.mkdir(f"{folder}/dossier")
        dossier = play(f"{folder}/dossier")
        large, small = generated(folder, 1), generated(folder, 10)
        for path in (large, small):
            give_password(path, dossier)
        memory_of_acts = measure_acts(folder, dossier)
        measure_first_page(large)
        phrase = passwords.phrase("tech.a")
        with Server(large, "2026-02-01T08:00:00Z") as server:
            cookie, mark = server.sign_in("person.1", phrase)
            measure_pages(server, large, cookie)
            measure_scans(server, cookie, mark)
            measure_heavy(server, cookie, mark)
            with Server(small, "2026-02-01T08:00:00Z") as smaller:
                measure_growth(server, smaller, cookie, smaller.sign_in("person.1", phrase)[0])
            for _ in range(50):
                server.sign_in("person.1", phrase)
            print("\nMemory after all of it, sign-ins included")
            for what, (now, peak) in (("the server of the acts", memory_of_acts), ("the server of the pages", server.memory())):
                said(what, f"VmRSS {now:.1f} MiB, VmHWM {peak:.1f} MiB", "aim <= 48, <= 64")


main()
