"""A browser without script, and a reader of pages that finds what is wrong with them.

    tech = Browser(server).sign_in("tech.a")
    page = tech.get("/lot/receive")             # page.status, page.text, page.wrong(), page.form("/lot/receive")
    page = tech.submit(page.form("/lot/receive"), quantity="1 kg")    # what it holds, with these fields set"""
import html.parser
import http.client
import os
import re
import secrets
import sys
import urllib.parse

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data"))
import refusals  # noqa: E402

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
RAW = re.compile(r"\b(page|state|kind|field|right|noun|do|act|input|why|frame|form|view|sign|account|errno)\.[a-z]")


def password(person):
    return f"une phrase fictive pour {person}"


class File:
    """What a file field is given."""

    def __init__(self, name, content):
        self.name, self.content = name, content


class Form:
    def __init__(self, attributes):
        self.action, self.method = attributes.get("action"), attributes.get("method", "get")
        self.enctype = attributes.get("enctype", "application/x-www-form-urlencoded")
        self.fields, self.kinds = [], {}  # (name, value) as they would be sent

    def add(self, name, value, kind):
        self.kinds[name] = kind
        self.fields.append((name, value))

    def choose(self, name, value, checked):
        """One of several radio buttons: the checked one is sent, none when none is."""
        if name not in self.kinds:
            self.add(name, None, "radio")
        if checked:
            self.fields = [(field, value if field == name else former) for field, former in self.fields]

    def value(self, name):
        return next((value for field, value in self.fields if field == name), None)

    def filled(self, /, **changes):
        """Its fields with some of them changed; "_" in a name stands for "-", but at its start."""
        named = {name if name.startswith("_") else name.replace("_", "-"): value for name, value in changes.items()}
        fields = [(name, named.pop(name) if name in named else value) for name, value in self.fields]
        return [(name, value) for name, value in fields + list(named.items()) if value is not None]


class Page(html.parser.HTMLParser):
    """A page as it came, read strictly."""

    def __init__(self, status, headers, content, path):
        super().__init__(convert_charrefs=True)
        self.status, self.headers, self.content, self.path = status, headers, content, path
        self.text = refusals.page(content.decode("utf-8")) if "text/html" in (headers.get("Content-Type") or "") else ""
        self.open, self.defects, self.ids, self.forms, self.labels, self.controls, self.refers = [], [], [], [], set(), [], []
        self.links, self.heads, self.words, self.select, self.area = [], [], [], None, None
        if self.text:
            self.feed(self.text)
            self.close()
        self.location = headers.get("Location")

    # What the parser tells

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if len(given) != len(attributes):
            self.defects.append(f"<{tag}> has an attribute twice: {attributes}")
        if tag in ("script", "style", "iframe", "object", "img", "embed") and attributes != [("src", "/script.js"), ("defer", None)]:
            self.defects.append(f"<{tag} {attributes}>")
        self.defects += [f"<{tag} {name}>" for name in given if name.startswith("on") or name == "style"]
        if given.get("id"):
            self.ids.append(given["id"])
        for name in ("for", "aria-describedby", "aria-labelledby", "list"):
            self.refers += given.get(name, "").split() if given.get(name) else []
        if tag == "a":
            self.links.append(given.get("href"))
        if tag == "label":
            self.labels.add(given.get("for"))
        if tag == "form":
            self.forms.append(Form(given))
        if tag in ("input", "select", "textarea"):
            self.control(tag, given)
        if tag == "option" and self.select and ("selected" in given or self.select[1] is None):
            self.select = (self.select[0], given.get("value", ""))
        if tag not in VOID:
            self.open.append((tag, []))

    def control(self, tag, given):
        kind = given.get("type", "text") if tag == "input" else tag
        if kind != "hidden":
            inside = "label" in [name for name, _ in self.open]
            self.controls.append((given.get("name"), given.get("id"), given.get("aria-label") or inside))
        if tag == "select":
            self.select = (given.get("name"), None)
        elif tag == "textarea":
            self.area = given.get("name")
        elif self.forms and kind == "radio":
            self.forms[-1].choose(given.get("name"), given.get("value", ""), "checked" in given)
        elif self.forms and kind != "file":
            self.forms[-1].add(given.get("name"), given.get("value", ""), kind)
        elif self.forms:
            self.forms[-1].kinds[given.get("name")] = "file"

    def handle_startendtag(self, tag, attributes):
        if tag in VOID:
            self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.defects.append(f"</{tag}> closes nothing: {[name for name, _ in self.open]}")
            return
        pieces = self.open.pop()[1]
        said = "".join(pieces)
        if tag == "select" and self.select:
            self.forms[-1].add(self.select[0], self.select[1] or "", "select")
            self.select = None
        if tag == "textarea":
            self.forms[-1].add(self.area, said[1:] if said.startswith("\n") else said, "textarea")
            self.area = None
        elif self.open:
            self.open[-1][1].extend(pieces)
        if tag == "title" and "svg" in [name for name, _ in self.open]:
            return
        if tag in ("h1", "h2", "th", "dt", "label", "a", "button", "option", "summary", "title") and "datalist" not in [name for name, _ in self.open]:
            self.heads.append((tag, said.strip()))

    def handle_data(self, text):
        if self.open:
            self.open[-1][1].append(text)
            if self.open[-1][0] not in ("textarea", "script"):
                self.words.append(text)

    # What a test asks

    def said(self, tag):
        return [text for name, text in self.heads if name == tag]

    @property
    def title(self):
        return self.said("h1")[0] if self.said("h1") else ""

    def form(self, action):
        found = [form for form in self.forms if form.action == action and form.method == "post"]
        assert len(found) == 1, f"{self.path}: {len(found)} forms lead to {action}\n{self.text}"
        return found[0]

    def wrong(self, typed=""):
        """Every defect of the page; `typed` is text that people gave, in which braces may stand."""
        found = list(self.defects) + [f"<{tag}> is not closed" for tag, _ in self.open]
        found += [f"id {name} stands twice" for name in set(self.ids) if self.ids.count(name) > 1]
        found += [f"{name} is no id of the page" for name in self.refers if name not in self.ids]
        found += [f"{href} leads nowhere in the page" for href in self.links if href and href.startswith("#") and href[1:] not in self.ids]
        found += [f"a link to {href}" for href in self.links if not href or not re.match(r"[#/](?!/)", href)]
        found += [f"{name} has no label" for name, identifier, label in self.controls if identifier not in self.labels and not label]
        if len(self.said("h1")) != 1 or len(self.said("title")) != 1:
            found.append(f"{len(self.said('h1'))} h1, {len(self.said('title'))} title")
        found += [f"<{tag}> says nothing" for tag, text in self.heads if not text]
        levels = [int(tag[1]) for tag, _ in self.heads if re.fullmatch("h[1-6]", tag)]
        found += [f"h{after} follows h{before}" for before, after in zip([0] + levels, levels) if after > before + 1]
        words = "".join(self.words).replace(typed, "") if typed else "".join(self.words)
        found += [f"braces: {words[words.index('{{'):][:60]}"] if "{{" in words else []
        found += [f"no catalogue knew {match.group(0)}" for match in [RAW.search(words)] if match and not re.search(r"\.(py|txt|pdf|layout)", words)]
        found += [f"<{tag}> says {text}, a word of the program" for tag, text in self.heads
                  if tag in ("h1", "h2", "th", "dt", "label", "option", "button", "summary") and re.fullmatch(r"[a-z]+(-[a-z]+)+", text) and
                  text not in ("peut-être",)]
        if not self.text.startswith("<!doctype html>\n<html lang=\""):
            found.append("no doctype or language")
        return found


def encode(fields, enctype):
    """The body and its type, as a browser writes them."""
    if enctype != "multipart/form-data":
        return urllib.parse.urlencode([(name, value.replace("\n", "\r\n")) for name, value in fields]).encode(), enctype
    boundary, parts = "----" + secrets.token_hex(12), []
    for name, value in fields:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
        if isinstance(value, File):
            parts += [f'{head}; filename="{value.name}"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode(), value.content, b"\r\n"]
        else:
            parts.append(f"{head}\r\n\r\n".encode() + value.replace("\n", "\r\n").encode() + b"\r\n")
    return b"".join([*parts, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"


class Browser:
    def __init__(self, server, language="fr"):
        self.server, self.language, self.cookie, self.person = server, language, None, None

    def send(self, method, target, body=None, headers=None):
        """One request; the page that came back, whose cookie is kept."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        given = {"Accept-Language": self.language, "Accept-Encoding": "identity"}
        if self.cookie:
            given["Cookie"] = self.cookie
        given.update(headers or {})
        connection.request(method, target, body=body, headers={name: value for name, value in given.items() if value is not None})
        answer = connection.getresponse()
        page = Page(answer.status, answer.headers, answer.read(), target)
        connection.close()
        if answer.headers.get("Set-Cookie"):
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        return page

    def get(self, target):
        return self.send("GET", target)

    def post(self, target, fields, enctype="application/x-www-form-urlencoded", headers=None):
        body, kind = encode(fields, enctype)
        own = {"Content-Type": kind, "Origin": f"http://127.0.0.1:{self.server.port}", "Sec-Fetch-Site": "same-origin"}
        return self.send("POST", target, body, {**own, **(headers or {})})

    def submit(self, form, to=None, /, **changes):
        """`to`: the address of the button that is pressed, where it is not the form's own."""
        return self.post(to or form.action, form.filled(**changes), form.enctype)

    def sign_in(self, person, given=None):
        self.person = person
        page = self.submit(self.get("/sign-in").form("/sign-in"), _person=person, _password=given or password(person))
        assert page.status == 303, page.text
        return self

    def mark(self):
        return self.get("/account").forms[0].value("_mark")
