"""The laboratory's own record: samples received and counted again, the worksheet of a result, the register of the retained samples."""
import re
import subprocess
from urllib.parse import unquote, urlencode

import bench
import laboratory as lab
from harness import House, main
from server import Server

house = House()
lab.prepare(house)
house.at("2026-01-12T07:00:00")
BATCH = house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-001"), bench.request(house, "P-002")], area="PREP-1", expected_loss=4)["batch"]
bench.check_balances(house)
bench.start(house, BATCH)
bench.fill(house, BATCH, "6.5068 g", "53.489 g", 310, 300)
bench.sample(house, BATCH)
S1, S2, S3, S4 = (f"{BATCH}/S{rank}" for rank in range(1, 5))


def show(sample):
    return house.view("audit.a", "sample show", sample)


def waiting(person, name):
    return [row["thing"] for row in house.view(person, "home show").get(name, [])]


def record(batch):
    path = f"{house.folder}/record-{house.clock:%H%M%S}-{batch}.pdf"
    house.view("pharma.a", "document preview", kind="batch-record", batch=batch, save=path)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


def opened(rule, field, **inputs):
    return house.refused("control.a", "result open", rule, field, **{"batch": BATCH, "control": "ASPECT", "analysed_on": "2026-01-12", **inputs})


def test_samples_wait_at_the_laboratory_and_not_for_those_who_made_the_batch():
    assert waiting("control.a", "samples-to-receive") == [S1, S2, S3, S4]
    assert waiting("tech.a", "samples-to-receive") == [] and waiting("audit.a", "samples-to-receive") == []
    row = house.view("control.a", "home show")["samples-to-receive"][0]
    assert row["do"] == {"act": "sample receive", "inputs": {"sample": S1}} and "ASPECT" in row["to-do"], row
    assert show(S1)["task"]["door"] == {"act": "sample receive", "inputs": {"sample": S1}} and show(S1)["received"] is None


def test_the_scan_of_its_label_leads_there():
    house.act("tech.a", "label print", kind="sample", number=S1)
    label = house.view("control.a", "label list", kind="sample", number=S1)["labels"][0]["code"]
    scanned = house.view("control.a", "scan", label)
    assert scanned["about"] == S1 and scanned["task"]["door"]["act"] == "sample receive", scanned
    house.act("tech.a", "label print", kind="container", number="MP26-0003/1")
    other = house.view("control.a", "label list", kind="container")["labels"][0]["code"]
    house.refused("control.a", "sample receive", "SCAN-02", "sample", sample=other, units=20)


class Visitor:
    """A signed-in person at a browser, with the scan field of its pages."""

    def __init__(self, server, person):
        self.server, self.cookie = server, ""
        self.cookie = self.post("/sign-in", _person=person, _password=house.phrase(person))[1].getheader("Set-Cookie").split(";")[0]
        self.mark = re.search(r'name="_mark" value="([^"]+)"', self.page("/")).group(1)

    def post(self, path, **fields):
        return self.server.request("POST", path, {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}, urlencode(fields))

    def page(self, path):
        status, _, body = self.server.request("GET", path, {"Cookie": self.cookie})
        assert status == 200, (path, status)
        return body.decode("utf-8")

    def scanned(self, text):
        status, headers, _ = self.post("/scan", _mark=self.mark, _scan=text)
        assert status == 303, status
        return unquote(headers.getheader("Location"))


def test_the_scan_field_of_a_page_goes_on_to_the_reception():
    label = house.view("control.a", "label list", kind="sample", number=S1)["labels"][0]["code"]
    house.stop()
    with Server(house, clock="2026-01-12T16:00:00Z") as server:
        controller, auditor = Visitor(server, "control.a"), Visitor(server, "audit.a")
        assert controller.scanned(label).endswith(f"/sample/receive?sample={S1}"), controller.scanned(label)
        assert f'value="{S1}"' in controller.page(f"/sample/receive?sample={S1}")
        assert auditor.scanned(label).endswith(f"/sample/show?sample={S1}"), "who may not receive it looks at it"
        assert controller.scanned(S1).endswith(f"/sample/show?sample={S1}")
        assert f'href="/sample/receive?sample={S1}"' in unquote(controller.page(f"/sample/show?sample={S1}"))
        for page in ("/sample/list?kind=reserve", "/order/list", "/investigation/list"):
            assert "<h1>" in controller.page(page)


def test_no_result_of_a_sample_that_is_not_received():
    opened("RESULT-35", "control")
    opened("RESULT-35", "control", control="TENEUR")
    opened("RESULT-35", "control", control="TYMC")  # shares those of TAMC
    house.guarded(("INSERT INTO result (number, batch, rank, control, state, analysed_on, entered_by, opened_at) SELECT 'X', b.id, 99, c.id, 'open', '2026-01-12', 1, "
                   "'2026-01-12T10:00:00.000Z' FROM batch b JOIN formula_control c ON c.version = b.version WHERE c.code = 'TENEUR'", "has not received"))


def test_received_is_drawn_or_it_is_said_why():
    house.refused("control.a", "sample receive", "SAMPLE-09", "sample", sample=f"{BATCH}/S9", units=20)
    house.refused("audit.a", "sample receive", "CALL-14", "as", sample=S1, units=20)
    house.refused("control.a", "sample receive", "SAMPLE-12", "units", sample=S1, units=19)
    house.refused("control.a", "sample receive", "SAMPLE-12", "units", sample=S1, units=21)
    code = house.view("control.a", "label list", kind="sample", number=S1)["labels"][0]["code"]
    done = house.act("control.a", "sample receive", sample=code, units=20)  # as scanned
    assert (done["sample"], done["received"], done["units"]) == (S1, 20, 20) and "deviation" not in done, done
    house.refused("control.b", "sample receive", "SAMPLE-11", "sample", sample=S1, units=20)
    assert show(S1)["received-by"] == "control.a" and show(S1)["task"] is None
    assert "task" not in house.view("control.a", "scan", code) or house.view("control.a", "scan", code)["task"] is None
    assert waiting("control.a", "samples-to-receive") == [S2, S3, S4]


def test_a_difference_opens_a_deviation_by_itself():
    done = house.act("control.a", "sample receive", sample=S2, units=5, reason="Une gélule brisée pendant le transport")
    deviation = house.view("pharma.a", "deviation show", done["deviation"])
    assert deviation["subject"] == S2 and deviation["class"] == "major" and deviation["state"] == "open", deviation
    assert "5 unités reçues" in deviation["description"] and "6 prélevées" in deviation["description"] and "brisée" in deviation["description"], deviation
    assert ("RELEASE-18", done["deviation"]) in lab.blocks(house, BATCH)
    assert show(S2)["difference"].startswith("Une gélule brisée") and show(S2)["deviation"] == done["deviation"]
    text = record(BATCH)
    assert "Reçu au laboratoire : 5 unités, Personne control.a fictive" in text and "écart : Une gélule brisée" in text, text
    house.guarded(("UPDATE sample_reception SET units = 6", "a reception stays"), ("DELETE FROM sample_reception", "a reception is kept"),
                  ("INSERT INTO sample_reception (sample, units, person, at) SELECT id, units - 1, 1, '2026-01-12T10:00:00.000Z' FROM sample WHERE number LIKE '%/S3'", "said why"),
                  ("INSERT INTO sample_reception (sample, units, reason, person, at) SELECT id, units - 1, 'x', 1, '2026-01-12T10:00:00.000Z' FROM sample WHERE number LIKE '%/S3'", "said why"),
                  ("INSERT INTO sample_reception (sample, units, reason, person, at) SELECT id, units, 'x', 1, '2026-01-12T10:00:00.000Z' FROM sample WHERE number LIKE '%/S3'", "said why"))
    house.act("pharma.b", "deviation decide", deviation=done["deviation"], decision="accepted", impact="Gélule brisée retrouvée et comptée")


def test_the_reserve_serves_once_it_is_received():
    number = lab.opened(house, BATCH, "TENEUR")
    lab.append(house, number, lab.CONTENTS_2)
    done = house.act("control.a", "result close", result=number)
    assert done["verdict"] == "test 20 more" and done["reserve"] == S4, done
    house.refused("control.a", "result continue", "RESULT-36", "result", result=number)
    house.guarded(("UPDATE sample SET used = 20 WHERE purpose = 'reserve'", "received and is left"))
    done = house.act("control.b", "sample receive", sample=S4, units=34, reason="Deux gélules données à l'essai de dissolution")
    house.act("pharma.b", "deviation decide", deviation=done["deviation"], decision="accepted", impact="Sans effet")
    assert show(S4)["left"] == 34
    assert house.act("control.a", "result continue", result=number)["left"] == 14
    assert (show(S4)["used"], show(S4)["left"]) == (20, 14)


def worksheet(rule, field, batch, **inputs):
    return house.refused("control.a", "result open", rule, field, **{"batch": batch, "control": "DOSAGE", "analysed_on": house.instant()[:10], **inputs})


def test_the_worksheet():
    """A formula whose assay needs equipment and a standard."""
    house.act("pharma.a", "equipment add", code="HPLC-1", name="Chromatographe", kind="chromatograph")
    house.act("pharma.a", "equipment calibrate", equipment="HPLC-1", on="2026-01-05", due="2027-01-05", reference="Q-1")
    controls = [{**c, "needs_equipment": "yes", "needs_standard": "yes"} if c["control"] == "DOSAGE" else c for c in lab.CONTROLS]
    version = bench.draft(house, controls=controls)
    house.act("pharma.b", "formula approve", version=version)
    house.at("2026-02-02T07:00:00")
    batch = lab.make(house, [bench.request(house, "P-003", daily_units=3, days=42)], 2, "4.3361 g", "35.671 g", 207, 200)
    good = {"equipment": "HPLC-1", "reference_standard": "SCR-1", "standard_expiry": "2026-02-02", "suitability": "Conforme : RSD 0,4 %"}
    worksheet("RESULT-37", "standard-expiry", batch, **{**good, "standard_expiry": None})
    worksheet("RESULT-38", "standard-expiry", batch, **{**good, "standard_expiry": "2026-02-01"})
    worksheet("RESULT-39", "suitability", batch, **{**good, "suitability": None})
    worksheet("RESULT-40", "analyst", batch, **good, analyst="tech.a")
    worksheet("RESULT-41", "analyst", batch, **good, analyst="nobody.a")
    worksheet("PERSON-01", "analyst", batch, **good, analyst="control.z")
    values = "SELECT 'X', b.id, 99, c.id, 'open', '2026-02-02', 1, '2026-02-02T10:00:00.000Z', {} FROM batch b JOIN formula_control c ON c.version = b.version WHERE c.code = 'DOSAGE' AND b.number = '" + batch + "'"
    insert = "INSERT INTO result (number, batch, rank, control, state, analysed_on, entered_by, opened_at, standard_expiry, suitability, equipment) "
    chromatograph = "(SELECT id FROM equipment WHERE code = 'HPLC-1')"
    house.guarded((insert + values.format("NULL, 'x', NULL"), "until its expiry"), (insert + values.format("'2026-02-01', 'x', NULL"), "until its expiry"),
                  (insert + values.format("'2026-03-01', NULL, " + chromatograph), "suitability"), (insert + values.format("'2026-03-01', 'x', " + chromatograph), None))
    number = lab.opened(house, batch, "DOSAGE", **good, column="C18-2025-114", analyst="control.b")
    shown = house.view("audit.a", "result show", number)
    assert (shown["analyst"], shown["column"], shown["standard-expiry"], shown["suitability"]) == ("control.b", "C18-2025-114", "2026-02-02", good["suitability"]), shown
    lab.append(house, number, "99.0 99.1")
    house.act("control.a", "result close", result=number)
    house.act("control.a", "result attach", result=number, document=lab.paper(house, number))
    house.refused("control.b", "result verify", "RESULT-20", "as", result=number, document=lab.paper(house, number))
    assert number not in waiting("control.b", "results-to-finish") and number in waiting("control.p", "results-to-finish")
    house.guarded((f"UPDATE result SET standard_expiry = '2027-01-01' WHERE number = '{number}'", "worksheet stays"), (f"UPDATE result SET analyst = 1 WHERE number = '{number}'", "worksheet stays"),
                  (f"UPDATE result SET equipment = NULL WHERE number = '{number}'", "worksheet stays"),
                  (f"UPDATE result SET state = 'verified', verified_at = 'x', verified_by = (SELECT id FROM person WHERE identifier = 'control.b') WHERE number = '{number}'", "than who analysed"))
    house.act("control.p", "result verify", result=number, document=lab.paper(house, number))
    text = record(batch)
    assert "par Personne control.b fictive ; HPLC-1 ; colonne C18-2025-114 ; système : Conforme : RSD 0,4 % ; étalon SCR-1, jusqu’au 02/02/2026" in text, text
    path = f"{house.folder}/certificate.pdf"
    house.view("pharma.a", "document preview", kind="certificate-of-analysis", batch=batch, save=path)
    text = " ".join(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.replace("\u202f", " ").replace("\u00a0", " ").split())
    assert "Étalon : SCR-1, jusqu’au 02/02/2026." in text and "Colonne : C18-2025-114" in text, text
    entered = lab.opened(house, batch, "TENEUR", laboratory="Laboratoire extérieur fictif")
    assert house.view("audit.a", "result show", entered)["analyst"] is None
    alone = lab.opened(house, batch, "ASPECT")
    assert house.view("audit.a", "result show", alone)["analyst"] == "control.a"


main(globals())
