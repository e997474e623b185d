"""Every page of the dossier, for everybody, in both languages: well-formed, labelled, complete."""
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), path) for path in (".", "../cli")]
from browser import Browser  # noqa: E402
from desk import FORMS, RIGHTS, SANITIZED, VIEWS, address, finish, house  # noqa: E402
from harness import main  # noqa: E402

def routes(page):
    return {href.split("#")[0] for href in page.links if href and href.startswith("/")}


def crawl(browser, most):
    """Every page that links lead to; of each address at most so many queries. Returns how many were seen."""
    seen, counts, waiting = set(), {}, ["/", "/menu", *(address(act) for act in VIEWS + FORMS)]
    while waiting:
        target = waiting.pop(0)
        path = target.split("?")[0]
        route = "/content" if path.startswith("/content/") else path
        if target in seen or counts.get(route, 0) >= most:
            continue
        seen.add(target)
        counts[route] = counts.get(route, 0) + 1
        page = browser.get(target)
        if route == "/content":
            assert page.status == 200 and page.content, target
            continue
        if "_csv=" in target:
            assert page.status == 200 and page.headers.get("Content-Type") == "text/csv; charset=utf-8", (target, page.status)
            continue
        assert page.status in (200, 403), (browser.person, target, page.status, page.text)
        assert not page.wrong("{{name}}"), (browser.person, browser.language, target, page.wrong("{{name}}"))  # a person nobody is, given above
        assert f'<html lang="{browser.language}">' in page.text
        assert len(page.content) <= 250_000, (target, len(page.content))
        waiting += sorted(routes(page) - seen)
    return counts


def test_every_page_for_every_role_in_both_languages():
    reached = {}
    for person in RIGHTS:
        for language in ("fr", "en"):
            browser = Browser(house.server, language).sign_in(person)
            browser.post("/account", [("_mark", browser.mark()), ("_language", language)])
            for route, count in crawl(browser, 2 if language == "fr" and not SANITIZED else 1).items():
                reached[route] = reached.get(route, 0) + count
    missing = [address(act) for act in VIEWS + FORMS if address(act) not in reached]
    assert not missing and sum(reached.values()) > 1000, (missing, reached)


def test_every_view_of_everything_in_the_dossier():
    browser = house.browser("chief")
    counts = crawl(browser, 15 if SANITIZED else 40)
    assert sum(counts.values()) > 300, counts


def test_the_server_ends_in_order():
    finish()


main(globals())
