"""Files that came with a form whose act is not done: each session's own, bounded, gone with the session."""
import ctypes
import hashlib
import os
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), path) for path in (".", "../cli")]
from browser import Browser, File, password  # noqa: E402
from desk import PDF, WHOLE, Copy, finish, good, new_lot  # noqa: E402
from harness import main  # noqa: E402

TEMPORARY = os.environ["TMPDIR"] = tempfile.mkdtemp(prefix="magistral-uploads-")
MEBIBYTE = 1024 * 1024
LIBRARY = ctypes.CDLL(None)
for parameter in (-1, -3):  # M_TRIM_THRESHOLD, M_MMAP_THRESHOLD: 10 MiB that are freed are used again, not asked for page by page
    LIBRARY.mallopt(parameter, 1 << 30)


def kept():
    """Names of what is kept, and their bytes in all."""
    files = [os.path.join(folder, name) for folder, _, names in os.walk(TEMPORARY) for name in names]
    return {os.path.basename(file).split("-")[1] for file in files}, sum(os.path.getsize(file) for file in files)


def content(number, length):
    return (PDF + b"%d" % number).ljust(length, b"x")


def offer(browser, lot, data, **more):
    """The form of a test with a file, refused for want of its result: what it holds then."""
    form = browser.get("/lot/test?lot=" + lot).form("/lot/test")
    page = good(browser.submit(form, test="T", method="m", result="", conforms="yes", raw_document=File("a.pdf", data), **more), 422)
    return page.form("/lot/test")


def test_a_session_keeps_so_much_and_no_more():
    with Copy(*WHOLE) as own:
        lot = new_lot(own)
        browser, other = own.browser("qc.a"), own.browser("tech.a")
        data = [content(number, 6 * MEBIBYTE) for number in range(7)]
        digests = [hashlib.sha256(one).hexdigest() for one in data]
        forms = [offer(browser, lot, one) for one in data]
        assert kept()[0] == set(digests[2:]) and kept()[1] <= 32 * MEBIBYTE, kept()
        assert [form.value("_file.raw-document") for form in forms] == digests
        # one that is gone is asked for again, by a sentence beside its field; nothing is done without it
        before = own.head()
        page = good(browser.submit(forms[0], result="conforme"), 422)
        assert "CALL-16" in page.text and "n’est plus gardé ici" in page.text and own.head() == before, page.text
        assert browser.submit(page.form("/lot/test"), result="conforme", raw_document=File("a.pdf", data[0])).status == 303
        assert own.acts(before) == ["lot test"]
        # another person, who knows its digest, does not get at it
        assert browser.get("/content/" + digests[6]).content == data[6]
        assert other.get("/content/" + digests[6]).status == 404
        # the same file twice is kept once, as the newest
        offer(browser, lot, data[3])
        offer(browser, lot, content(9, 6 * MEBIBYTE))
        assert digests[3] in kept()[0] and digests[4] not in kept()[0], kept()[0]
        assert browser.submit(browser.get("/account").form("/sign-out")).status == 303
        assert kept() == (set(), 0), kept()


def test_all_sessions_together_keep_so_much():
    with Copy(*WHOLE) as own:
        lot = new_lot(own)
        for number in range(11):
            browser = Browser(own.server).sign_in("qc.a")
            for part in range(3):
                form = offer(browser, lot, content(10 * number + part, 10 * MEBIBYTE - 100))
        assert 240 * MEBIBYTE < kept()[1] <= 256 * MEBIBYTE, kept()[1]
        assert browser.submit(form, result="conforme").status == 303  # the newest is there
        account = browser.get("/account")
        everywhere = [form for form in account.forms if form.action == "/account"]
        assert browser.post("/account", [("_mark", everywhere[0].value("_mark")), ("_everywhere", "yes")]).status == 303
        assert kept() == (set(), 0), kept()


def test_what_another_person_finds_after_an_idle_session():
    """Somebody else signs in at the same screen: the files of the one before are gone with the session."""
    with Copy(*WHOLE) as own:
        lot = new_lot(own)
        browser = Browser(own.server).sign_in("qc.a")
        offer(browser, lot, content(1, MEBIBYTE))
        assert kept()[1] == MEBIBYTE
        page = browser.post("/sign-in", [("_mark", browser.mark()), ("_person", "tech.a"), ("_password", password("tech.a"))])
        assert page.status == 303 and kept() == (set(), 0), (page.status, kept())


def test_the_server_ends_in_order():
    finish()
    os.rmdir(TEMPORARY)


main(globals())
