"""A real browser, headless, in which people work one after the other at the same screen.

    with Chromium(script=False) as browser:
        browser.sign_in(server, "tech.a")
        browser.open("/lot/receive")
        browser.fill({"quantity": "1 kg"})
        browser.press()"""
import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

os.environ.setdefault("SE_OFFLINE", "true")
DRIVER = "/usr/bin/chromedriver"
WINDOWLESS = ["/usr/lib/chromium/chromium-headless-shell", "--disable-threaded-compositing"]
WHOLE = ["/usr/lib/chromium/chromium", "--headless=new", "--disable-extensions", "--disable-component-update", "--disable-background-networking", "--no-first-run"]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "fill.js"), encoding="utf-8") as script:
    FILL = script.read()
FOCUS = """const here = document.activeElement, form = here.closest(arguments[0]);
return {tag: here.localName, name: here.name || null, kind: here.type || null, value: here.value, inside: form !== null,
        main: form !== null && here.localName === "button" && here.classList.contains("main")};"""


def words(value):
    """A value as it is typed: a list by lines."""
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def password(person):
    return f"une phrase fictive pour {person}"


class Chromium:
    """Pages laid out but never painted, without windows around them, at a third of the time (a picture of one: WINDOWLESS[:1]); a whole browser,
    where its history counts."""

    def __init__(self, script=True, width=1280, height=900, program=WINDOWLESS):
        self.profile = tempfile.mkdtemp(prefix="magistral-chromium-")
        self.process = self.start(program + [f"--window-size={width},{height}"] + ([] if script else ["--blink-settings=scriptEnabled=false"]))
        options = webdriver.ChromeOptions()
        options.page_load_strategy = "eager"
        try:
            options.debugger_address = self.address()
            self.driver = webdriver.Chrome(service=Service(DRIVER), options=options)
        except BaseException:  # nobody else ends what was started
            self.end()
            raise
        self.script, self.sessions, self.server, self.person = script, {}, None, None

    def start(self, words):
        """The program with one empty page: its driver leaves it without one."""
        self.said = os.path.join(self.profile, "said")
        with open(self.said, "w", encoding="utf-8") as said:
            return subprocess.Popen([*words, "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-port=0",
                                     f"--user-data-dir={self.profile}", "data:,"], stdout=said, stderr=said, start_new_session=True)

    def address(self):
        """Where the driver finds it, once it says so."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            with open(self.said, encoding="utf-8") as said:
                found = re.search(r"ws://(127\.0\.0\.1:\d+)/", said.read())
            if found:
                return found[1]
            time.sleep(0.02)
        raise AssertionError("the browser never started")

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.driver.quit()
        self.end()

    def end(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        while os.path.exists(self.profile):  # its last processes may still write
            shutil.rmtree(self.profile, ignore_errors=True)

    # Who sits in front of it

    def serve(self, server):
        """Another server, or the same one started again: nobody is signed in there."""
        self.server, self.sessions, self.person = server, {}, None
        self.driver.delete_all_cookies()

    def sign_in(self, person, language="fr"):
        """Their session in front; each person signs in once a server."""
        if self.person == person:
            return self
        self.driver.delete_all_cookies()
        if person in self.sessions:
            for cookie in self.sessions[person]:
                self.driver.add_cookie(cookie)
        else:
            self.open("/sign-in")
            self.type("_person", person)
            self.type("_password", password(person))
            self.press("/sign-in")
            assert not self.all("#errors"), self.text()
            if language != "fr":
                self.open("/account")
                with self.another_page():
                    self.one(f'button[name="_language"][value="{language}"]').click()
            self.sessions[person] = self.driver.get_cookies()
        self.person = person
        return self

    # What they see

    def open(self, path):
        self.driver.get(f"http://127.0.0.1:{self.server.port}{path}")
        return self

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def text(self):
        return self.one("main").text

    def form(self, action):
        """The selector of the form of an act on this page, or None."""
        selector = f'form[action="{action}"]'
        return selector if self.all(selector) else None

    def stands(self, **selectors):
        """Which of these the page has: {name: whether}."""
        return self.driver.execute_script("return Object.fromEntries(Object.entries(arguments[0]).map(([name, one]) => [name, document.querySelector(one) !== null]))", selectors)

    def hidden(self, form):
        """Name and value of what a form sends of its own, marks and keys apart."""
        return self.driver.execute_script("return [...document.querySelectorAll(arguments[0] + ' input[type=hidden]:not([name^=_])')].map(one => [one.name, one.value])", form)

    # What they do

    def type(self, name, value, form="main form"):
        field = self.one(f'{form} [name="{name}"]')
        if field.get_dom_attribute("value"):
            field.clear()
        field.send_keys(value)

    def fill(self, inputs, form="main form", folder="."):
        """Gives the fields of these names their values, as by pasting; what stands there fixed is left."""
        values = {name: words(value) for name, value in inputs.items()}
        for name in self.driver.execute_script(FILL, form, values):
            self.one(f'{form} [name="{name}"]').send_keys(os.path.abspath(os.path.join(folder, values[name])))

    def press(self, action=None):
        """The main button of the form of an act."""
        form = f'form[action="{action}"]' if action else "main form"
        with self.another_page():
            (self.all(f"{form} button.main") or self.all(f"{form} button"))[0].click()

    @contextlib.contextmanager
    def another_page(self):
        """What is done inside leads to another page, or to this one drawn anew: goes on when it is there."""
        former = str(time.monotonic())  # a page that comes back bears an older one
        self.driver.execute_script("document.documentElement.dataset.former = arguments[0]", former)
        end, pause = time.monotonic() + 20, 0.02
        yield
        while not self.is_another(former):
            assert time.monotonic() < end, f"nothing happened on {self.driver.current_url}"
            time.sleep(pause)
            pause = min(2 * pause, 0.1)

    def is_another(self, former):
        try:
            return self.driver.execute_script("return document.documentElement.dataset.former !== arguments[0] && document.querySelector('footer.foot') !== null", former)
        except WebDriverException:  # between the two there is none
            return False

    def keys(self, *keys):
        """Pressed one after the other, wherever the focus is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def focus(self, form):
        """What the focus is on: its tag, name, kind and value; whether it stands inside that form and is its main button."""
        return self.driver.execute_script(FOCUS, form)

    def type_through(self, inputs, form, folder="."):
        """The same without a mouse: from where the focus is, through every field by Tab, and Enter on the main button."""
        for _ in range(80):
            here = self.focus(form)
            if here["main"]:
                with self.another_page():
                    self.keys(Keys.ENTER)
                return
            if here["inside"] and here["name"] in inputs:
                self.answer(here, form, words(inputs[here["name"]]), folder)
            self.keys(Keys.TAB)
        raise AssertionError(f"Tab never came to the button of {form} on {self.driver.current_url}")

    def answer(self, field, form, typed, folder):
        """Gives the field that has the focus its value by keys."""
        if field["kind"] == "radio" or field["tag"] == "select":
            wanted = {"true": "yes", "false": "no"}.get(typed.lower(), typed) if field["kind"] == "radio" else typed
            if field["kind"] == "radio":
                self.keys(Keys.SPACE)
            for _ in range(20):
                if self.focus(form)["value"] == wanted:
                    return
                self.keys(Keys.ARROW_DOWN)
            raise AssertionError(f"no {wanted} among the words of {field['name']}")
        if field["kind"] == "file":
            self.driver.switch_to.active_element.send_keys(os.path.abspath(os.path.join(folder, typed)))
        elif field["value"] != typed:
            ActionChains(self.driver).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys(Keys.DELETE, typed).perform()
