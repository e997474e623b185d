"""What comes between in a working day, in a real browser, with a script and without: a session that ran out, the way back, a wrong scan, two people
at the same decision."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, path) for path in (".", "../http", "../cli")]
from selenium.webdriver.common.keys import Keys  # noqa: E402

import chromium  # noqa: E402
from chromium import Chromium, password  # noqa: E402
from desk import RELEASE, WEIGHING, WHOLE, Copy, Hours  # noqa: E402
from harness import main  # noqa: E402


def both(program):
    """The test with a script and without one, in that browser."""
    def wrapped(test):
        def run():
            for script in (True, False):
                with Chromium(script, program=program) as browser:
                    test(browser)
        run.__name__ = test.__name__
        return run
    return wrapped


def begin_hold(browser, own, reason):
    """The form of a suspension, filled in and not yet sent; the journal's head before it."""
    browser.serve(own.server)
    browser.sign_in("tech.a").open("/batch/hold?batch=B26-0001")
    browser.fill({"reason": reason})
    return own.head()


@both(chromium.WINDOWLESS)
def test_a_session_that_ran_out_loses_nothing_that_was_typed(browser):
    with Hours(*WHOLE) as own:
        before = begin_hold(browser, own, "Coupure de courant\u00a0: 12 min")
        own.later(601)
        browser.press("/batch/hold")
        assert browser.form("/sign-in") and own.head() == before, browser.text()
        browser.type("_password", password("tech.a"))
        browser.press("/sign-in")
        assert browser.one('main [name="reason"]').get_property("value") == "Coupure de courant\u00a0: 12 min", browser.text()
        browser.press("/batch/hold")
        assert own.acts(before) == ["batch hold"], browser.text()


@both(chromium.WHOLE)
def test_the_way_back(browser):
    with Copy(*WHOLE) as own:
        before = begin_hold(browser, own, "Une fois")
        browser.press("/batch/hold")
        assert own.acts(before) == ["batch hold"]
        # back to the form, and sent again as it stands: it happened once
        with browser.another_page():
            browser.driver.back()
        assert browser.form("/batch/hold"), browser.text()
        browser.fill({"reason": "Une fois"})
        browser.press("/batch/hold")
        assert own.acts(before) == ["batch hold"], browser.text()
        # who has signed out leaves no page behind
        browser.open("/batch/show?batch=B26-0001")
        assert "B26-0001" in browser.text()
        browser.press("/sign-out")
        with browser.another_page():
            browser.driver.back()
        assert browser.form("/sign-in") and "B26-0001" not in browser.text(), browser.text()


@both(chromium.WINDOWLESS)
def test_a_wrong_scan_is_refused_in_words_and_the_right_one_goes_on(browser):
    """A scanner types its code and Enter; the balance is read and typed."""
    with Copy(*WEIGHING) as own:
        browser.serve(own.server)
        browser.sign_in("tech.b").open("/batch/next?batch=B26-0001")
        for container, acts in (("MP26-0005/1", ["event record"]), ("MP26-0003/1", ["weighing verify"])):
            before, field = own.head(), browser.one("#input-container")
            field.clear()
            if browser.script:  # Enter goes on to what is still due, and sends nothing
                browser.one("#input-net").clear()
                assert container == "MP26-0003/1" or browser.driver.switch_to.active_element == field, "the scan has its field"
                field.send_keys(container, Keys.ENTER)
                assert browser.driver.switch_to.active_element == browser.one("#input-net") and own.head() == before
                net = browser.driver.switch_to.active_element
            else:
                field.send_keys(container)
                net = browser.one("#input-net")
                net.clear()
            net.send_keys("6,5068 g")
            with browser.another_page():
                net.send_keys(Keys.ENTER)
            assert own.acts(before) == acts, browser.text()
            if acts == ["event record"]:
                wrong = browser.one("#errors").text
                assert "MP26-0005/1" in wrong and browser.one("#input-container").get_dom_attribute("aria-invalid") == "true", wrong
                assert browser.one("#input-net").get_property("value") == "6,5068 g", "what was typed stays"


def test_two_people_at_the_same_decision():
    with Copy(*RELEASE) as own, Chromium(True) as first, Chromium(False) as second:
        before = own.head()
        for browser, person in ((first, "pharm.a"), (second, "pharm.b")):
            browser.serve(own.server)
            browser.sign_in(person).open("/batch/release?batch=B26-0001")
            browser.press("/batch/release")
            assert browser.all("main [name=_password]"), browser.text()
        for browser, person in ((first, "pharm.a"), (second, "pharm.b")):
            browser.type("_password", password(person))
            browser.press("/batch/release")
        assert own.acts(before) == ["batch release", "event record"], own.acts(before)  # one decision, and a signature of what is no longer so
        said = second.text()
        assert second.all("#errors") and "pharm.a" in said and "Ce qui a changé" in said, said


def test_nothing_stands_over_its_neighbour():
    with Copy(*WHOLE) as own, Chromium() as browser:
        browser.serve(own.server)
        browser.sign_in("pharm.a")
        for width in (1280, 1024, 500):
            browser.driver.set_window_size(width, 900)
            for path in ("/batch/show?batch=B26-0001", "/batch/show?batch=B26-0002", "/lot/show?lot=MP26-0003", "/formula/show?formula=BIR20", "/result/show?result=B26-0002/R6"):
                browser.open(path)
                over = browser.driver.execute_script("return [...document.querySelectorAll('main dd, main dt')].filter(cell => cell.scrollWidth > cell.clientWidth + 1)"
                                                     ".map(cell => cell.textContent)")
                assert browser.all("main dd") and not over, (path, width, over)


main(globals())
