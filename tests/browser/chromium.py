"""A real browser, headless, in which people work one after the other at the same screen.

    with Chromium(script=False) as browser:
        browser.sign_in(server, "tech.a")
        browser.open("/lot/receive")
        browser.fill({"quantity": "1 kg"})
        browser.press()"""
import contextlib
import os
import tempfile
import time

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

os.environ.setdefault("SE_OFFLINE", "true")
DRIVER, PROGRAM = "/usr/bin/chromedriver", "/usr/bin/chromium"
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "fill.js"), encoding="utf-8") as script:
    FILL = script.read()


def words(value):
    """A value as it is typed: a list by lines."""
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def password(person):
    return f"une phrase fictive pour {person}"


class Chromium:
    def __init__(self, script=True, width=1280, height=900):
        options = webdriver.ChromeOptions()
        options.binary_location = PROGRAM
        options.page_load_strategy = "eager"
        self.profile = tempfile.TemporaryDirectory(prefix="magistral-chromium-")
        for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-gpu-rasterization", "--disable-extensions", "--disable-component-update",
                     "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run", f"--user-data-dir={self.profile.name}", f"--window-size={width},{height}"):
            options.add_argument(word)
        if not script:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        self.driver = webdriver.Chrome(service=Service(DRIVER), options=options)
        self.script, self.sessions, self.server, self.person = script, {}, None, None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.driver.quit()
        self.profile.cleanup()

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
        former, end = self.one("main"), time.monotonic() + 20
        yield
        while time.monotonic() < end:
            try:
                former.is_enabled()
            except WebDriverException:  # it belongs to no page any more
                while not self.all("footer.foot"):
                    assert time.monotonic() < end, "the page never came"
                    time.sleep(0.005)
                return
            time.sleep(0.005)
        raise AssertionError(f"nothing happened on {self.driver.current_url}")

    def type_through(self, inputs, form, folder="."):
        """The same without a mouse: from where the focus is, through every field by Tab, and Enter on the main button."""
        for _ in range(80):
            here = self.driver.switch_to.active_element
            name, kind, tag = here.get_dom_attribute("name"), here.get_dom_attribute("type"), here.tag_name
            inside = bool(name or tag == "button") and here in self.all(f"{form} input, {form} select, {form} textarea, {form} button")
            if inside and tag == "button" and "main" in (here.get_dom_attribute("class") or ""):
                with self.another_page():
                    here.send_keys(Keys.ENTER)
                return
            if inside and name in inputs:
                self.answer(here, kind, tag, inputs[name], folder)
            self.driver.switch_to.active_element.send_keys(Keys.TAB)
        raise AssertionError(f"Tab never came to the button of {form} on {self.driver.current_url}")

    def answer(self, field, kind, tag, value, folder):
        """Gives one field its value by keys."""
        typed = words(value)
        if kind == "radio" or tag == "select":
            wanted = {"true": "yes", "false": "no"}.get(typed.lower(), typed) if kind == "radio" else typed
            if kind == "radio":
                field.send_keys(Keys.SPACE)
            for _ in range(20):
                here = self.driver.switch_to.active_element
                if here.get_property("value") == wanted:
                    return
                here.send_keys(Keys.ARROW_DOWN)
            raise AssertionError(f"no {wanted} among the words of {field.get_dom_attribute('name')}")
        if kind == "file":
            field.send_keys(os.path.abspath(os.path.join(folder, typed)))
        elif field.get_property("value") != typed:
            field.send_keys(Keys.CONTROL, "a")
            field.send_keys(Keys.NULL, Keys.DELETE, typed)
