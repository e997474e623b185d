"""A `magistral serve` under test.

    with Server(house) as server:      # a free port; house.database; stopped at the end
        server.get("/L/...", language="fr")"""

import http.client
import json
import os
import re
import select
import signal
import socket
import subprocess

from harness import PROGRAM


class Server:
    def __init__(self, house, *words, language="fr", clock=None, **popen):
        self.database = house.database
        options = ["--clock", clock] if clock else []
        self.process = subprocess.Popen(
            [PROGRAM, "--database", self.database, "--language", language, *options, "serve", "--port", "0", *words],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **popen)
        line = self.process.stdout.readline()
        found = re.search(r"https?://[^ /]+:(\d+)/", line)
        assert found, f"no address: {line!r} {self.process.stderr.read() if self.process.poll() is not None else ''}"
        self.port = int(found.group(1))
        self.line = line

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind:
            self.process.kill()
            self.process.wait()
        elif not self.process.stdout.closed:
            self.stop()

    def request(self, method, target, headers=None, body=None):
        """One request on a connection of its own: (status, headers, body as bytes)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, target, body=body, headers=headers or {})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer, content

    def get(self, target, language="fr"):
        status, headers, content = self.request("GET", target, {"Accept-Language": language})
        return status, content.decode("utf-8")

    def said(self):
        """What stands on its standard error so far."""
        text = b""
        while select.select([self.process.stderr], [], [], 0)[0]:
            piece = os.read(self.process.stderr.fileno(), 65536)
            if not piece:
                break
            text += piece
        return text.decode("utf-8")

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        status = self.process.wait(timeout=30)
        said = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        return status, said

    def stop(self):
        """Ends it as a supervisor does."""
        status, said = self.end()
        assert status == 0 and said == "", f"the server ended with {status}: {said}"
        assert not os.path.exists(self.database + ".socket"), "the socket stayed"


class Line:
    """A conversation with the server of a database, such as the command line holds while it applies a file: each person's
    password is checked once."""

    def __init__(self, database, version):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(database + ".socket")
        self.answers = self.socket.makefile("r", encoding="utf-8")
        self.say({"magistral": version, "once": True, "json": True, "language": "fr", "templates": None})

    def say(self, given):
        self.socket.sendall(json.dumps(given, ensure_ascii=False).encode() + b"\n")
        return json.loads(self.answers.readline())

    def ask(self, person, password, act, at, inputs):
        """The answer, as with --json."""
        return json.loads(self.say({"act": act, "as": person, "password": password, "at": at, "inputs": inputs})["output"])

    def close(self):
        self.answers.close()
        self.socket.close()
