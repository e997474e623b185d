"""Every paper of the dossier as its readers meet it: drawn, valid for the archive, its code read back and judged."""
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from harness import PROGRAM, SANITIZED, main

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data"))
import codes  # noqa: E402
import dossier  # noqa: E402
import preflight  # noqa: E402

KINDS = {"container-label", "bottle-label", "sample-label", "retained-sample-label", "dispensing-label", "certificate-of-analysis", "release-certificate",
         "batch-record", "cost-sheet", "register-page", "audit-head"}
folder = tempfile.mkdtemp(prefix="magistral-")
played = dossier.Dossier(PROGRAM, folder)
played.apply(dossier.lines())
DOCUMENTS = played.view("pharm.a", "document", "list")["documents"][::-1]  # oldest first


def shown():
    """What the program says of each document, and the path of its PDF."""
    paths = {document["document"]: os.path.join(folder, f"{document['document']}.pdf") for document in DOCUMENTS}
    answers = played.apply([json.dumps({"as": "pharm.a", "at": dossier.AFTER, "act": "document show", "inputs": {"document": number, "save": path}})
                            for number, path in paths.items()])
    return {number: (answer["answer"]["done"], path) for answer, (number, path) in zip(answers, paths.items(), strict=True)}


PAPERS = shown()


def paper(number):
    return PAPERS[number]


@functools.lru_cache(maxsize=None)
def text_of(number):
    return subprocess.run(["pdftotext", "-raw", paper(number)[1], "-"], capture_output=True, text=True, check=True).stdout


@functools.lru_cache(maxsize=None)
def codes_on(path):
    """The codes on every page, as a printer of 300 dots an inch puts them on paper."""
    return [code for page in codes.on(path, 300) for code in page]


def watermarked(path):
    """The part of each page that has the grey of the watermark: its letters, turned, are not read as words."""
    for width, height, grey in codes.pictures(path, 100):
        yield sum(grey.count(level) for level in range(224, 231)) / (width * height)


def of_kind(kind):
    return [document for document in DOCUMENTS if document["kind"] == kind]


def labels():
    """Every label of the dossier by its code."""
    found = {}
    for words in (["--batch", "B26-0001"], ["--batch", "B26-0002"], ["--kind", "dispensing", "--number", "2026/0001"],
                  ["--kind", "dispensing", "--number", "2026/0002"],
                  *(["--kind", "container", "--number", number] for number in
                    ("MP26-0003/1", "MP26-0003/2", "MP26-0004/1", "MP26-0005/1", "MP26-0006/1"))):
        found |= {label["code"]: label for label in played.view("pharm.a", "label", "list", *words)["labels"]}
    return found


def changed(code):
    """The same code with its last character but one changed."""
    return code[:-2] + ("B" if code[-2] == "A" else "A") + code[-1]


def test_every_kind_of_paper_of_the_dossier_is_issued():
    assert {document["kind"] for document in DOCUMENTS} == KINDS, {document["kind"] for document in DOCUMENTS} ^ KINDS


def test_each_document_is_a_valid_pdf_a_1b():
    wrong = [why for why in preflight.defects([paper(document["document"])[1] for document in DOCUMENTS]).values() if why]
    assert not wrong, wrong


def test_each_document_says_its_number_and_that_this_is_a_rehearsal():
    for document in DOCUMENTS:
        text = text_of(document["document"])
        assert document["kind"].endswith("label") or document["kind"] == "audit-head" or document["document"] in text, document
        assert len(text.split("\f")) - 1 == document["pages"], document
        assert all(share > 0.004 for share in watermarked(paper(document["document"])[1])), f"{document}: a page without its watermark"


def test_the_code_of_each_document_is_read_back_and_genuine():
    key = os.path.join(folder, "public")
    with open(key, "w", encoding="utf-8") as file:
        file.write(played.view("admin", "database", "show")["keys"][0]["public-key"] + "\n")
    for document in DOCUMENTS:
        shown, path = paper(document["document"])
        if document["kind"].endswith("label"):
            assert [r["rule"] for code in set(codes_on(path)) for r in played.run("scan", "--offline", "--key", key, code, status=1)][:1] == ["SCAN-05"]
            continue
        code = shown["code"]
        assert set(codes_on(path)) == {code}, document
        scanned = played.run("scan", code)
        assert scanned["genuine"] and scanned["document"] == document["document"], scanned
        assert played.run("scan", "--offline", "--key", key, code)["genuine"] is True
        assert [r["rule"] for r in played.run("scan", changed(code), status=1)] == ["SCAN-01"]
        assert [r["rule"] for r in played.run("scan", "--offline", "--key", key, changed(code), status=1)] == ["SCAN-01"]
        for other in (code.replace("HTTPS", "https"), " " + code, code + " "):
            assert [r["rule"] for r in played.run("scan", other, status=1)] == ["SCAN-01"], other


def test_the_code_of_each_label_is_read_back_and_genuine():
    known, read = labels(), []
    for document in DOCUMENTS:
        if document["kind"].endswith("label"):
            here = codes_on(paper(document["document"])[1])
            assert len(here) == document["pages"], document
            read += here
    assert sorted(read) == sorted(known), "each printed label has a code of its own, and no other"
    for code, label in known.items():
        scanned = played.run("scan", code)
        assert scanned["genuine"] and scanned["label"] == label["label"], scanned
        assert [r["rule"] for r in played.run("scan", changed(code), status=1)] == ["SCAN-01"]


def test_a_scan_says_the_state_of_today_and_never_a_patient():
    code = next(code for code, label in labels().items() if label["kind"] == "dispensing-label")
    anyone = played.run("--clock", dossier.AFTER, "scan", code)
    assert anyone["state"] == "released" and anyone["use-by"] == "2026-07-11", anyone
    assert "P-001" not in str(anyone) and "P-002" not in str(anyone) and "up-and-down" not in anyone, anyone
    signed_in = played.view("disp.a", "scan", code)
    assert "trace up" in signed_in["up-and-down"], signed_in
    later = played.run("--clock", "2026-07-12T08:00:00Z", "scan", code)
    assert later["state"] == "expired", later
    way = played.view("disp.a", "trace", "up", code)
    assert [one["batch"] for one in way["batches"]] == ["B26-0001"], way["batches"]


def test_the_dispensing_label_has_its_mentions():
    text = text_of(of_kind("dispensing-label")[0]["document"])
    for mention in ("Pharmacie à usage intérieur", "1 rue de l'Exemple", "01 00 00 00 00", "Birabresib", "20 mg", "B26-0001", "2026/0001",
                    "11/07/2026", "4 gélules une fois par jour"):
        assert mention in text.replace("’", "'") or mention.replace(" ", "") in "".join(text.replace("’", "'").split()), f"{mention}\n{text}"


def test_the_dispensing_label_names_the_bottle_and_says_nothing_twice():
    pages = text_of(of_kind("dispensing-label")[0]["document"]).replace("\u00a0", " ").replace("’", "'").split("\f")[:2]
    for page, bottle in zip(pages, ("B26-0001/1", "B26-0001/2")):
        flat = " ".join(page.split())
        assert f"56 gélules, flacon {bottle}, l'un des 2 remis" in flat and "sur 2" not in flat, flat
        assert flat.count("hors de la portée des enfants") == 1, flat


def test_a_watermark_is_a_line_of_its_own_in_what_is_copied():
    for document in DOCUMENTS:
        path = paper(document["document"])[1]
        for way in ("-layout", "-raw"):
            pages = subprocess.run(["pdftotext", way, path, "-"], capture_output=True, text=True, check=True).stdout.split("\f")[:-1]
            for page in pages:
                lines = [line.strip() for line in page.split("\n")]
                assert sum(line in ("EXERCICE – NE PAS UTILISER", "SPÉCIMEN – EXERCICE – NE PAS UTILISER") for line in lines) == 1 and page.count("EXERCICE") == 1, (document["kind"], page)
                stray = [line for line in lines if re.fullmatch(r"[A-Z–]{1,2}", line)]
                assert not stray, (document["kind"], stray)


def test_the_certificate_states_what_was_found_and_no_patient_number_or_price():
    first, second = (text_of(document["document"]) for document in of_kind("certificate-of-analysis"))
    flat = " ".join(first.split()).replace("\u202f", " ").replace("\u00a0", " ")
    for stated in ("198,255", "5,1", "99,1", "9,4", "< 10", "11/07/2026", "SCR-BIR-2025-11", "Laboratoire extérieur fictif", "19,48", "196,6", "−4,0125", "3,1500"):
        assert stated in flat, f"{stated} is not on the certificate\n{first}"
    for absent in ("P-001", "P-002", "€", "libéré"):
        assert absent not in first, absent
    assert "16,4" in second and "ne sont pas conformes" in " ".join(second.split()), second


def test_the_batch_record_has_its_five_parts_and_the_discarded_weighing():
    text = text_of(of_kind("batch-record")[0]["document"])
    flat = " ".join(text.split())
    for stated in ("55,012", "53,489", "6,5068", "0,349", "Je libère le lot B26-0001."):
        assert stated in flat.replace("’", "'") or stated in flat, f"{stated} is not in the record\n{text}"
    assert "néant" in flat.lower()


def record_of(number):
    text = " ".join(text_of(of_kind("batch-record")[number]["document"]).split()).replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")
    for letters in ("EXERCICE", "NE PAS UTILISER"):
        text = text.replace(letters, "")
    return text


def test_the_batch_record_tells_each_step_with_its_instruction_and_limits():
    text = " ".join(text_of(of_kind("batch-record")[0]["document"]).split()).replace("\u202f", " ").replace("\u00a0", " ")
    assert "durée : 10 min (8 à 12 min)" in text and "Mélanger par dilution géométrique, puis au turbulent." in text, text


def test_the_batch_record_tells_who_did_what_and_when():
    record = record_of(0)
    for stated in (
            "BAL-A 20,0000 g 20,0001 g 0,0005 g conforme Alix Prépare",  # the checks that the weighings relied on
            "Pesé par Alix Prépare, 12/01/2026 à 08 h 05 ; ticket BAL-B 000458 Jetée par Alix Prépare, 12/01/2026 à 08 h 06 : Hors tolérance",
            "Pesé par Alix Prépare, 12/01/2026 à 07 h 57 ; ticket BAL-A 000123",
            "Gélules remplies 300 Par, le Alix Prépare, 12/01/2026 à 10 h 00",
            "Conditionnées 224 Par, le Alix Prépare, 12/01/2026 à 10 h 41",
            "Bilan fait par Alix Prépare, 13/01/2026 à 08 h 07",
            "approbation de la formule", "acceptation de demandes",
            "Vérifié par Zoé Relit, 14/01/2026",
            "C26-0006, édition 1 « Je certifie les résultats d'analyse du lot B26-0001. » Maé Contrôle, pharmacien responsable du contrôle",
            "2026/0001 P-001 112 B26-0001/1, B26-0001/2 Yaël Dispense, 22/01/2026 à 10 h 01 remise par Yaël Dispense, 22/01/2026 à 10 h 07"):
        assert stated in record or "".join(stated.split()) in "".join(record.split()), f"{stated}\n{record}"
    assert "vérifié par —" not in record and "Par —" not in record and "Employé 310" not in record, record


def test_the_batch_record_does_not_hide_what_was_reviewed():
    first, second = record_of(0), record_of(1)
    part = first.split("5. Anomalies", 1)[1]
    assert "Exceptions examinées pour la décision" in part and "B26-0001/W2 pesée écartée Hors tolérance (+2,84 %)" in part, part
    part = second.split("5. Anomalies", 1)[1]
    assert "résultat non conforme Uniformité de teneur : AV 16,4 (n = 30)" in part and "Anomalies : néant" not in part, part
    for record in (first, second):
        assert "Exceptions : néant" not in record


def flat(text):
    return " ".join(text.split()).replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


def test_the_batch_record_says_why_the_preparation_is_lawful():
    record = record_of(0)
    for stated in ("Fondement de la formule : CSP L.5121-1 1° ; protocole d'utilisation thérapeutique du 08/01/2026",
                   "RCP moléculaire nationale du 07/01/2026, n° RCP-2026-011, avis favorable · CSP L.5121-1 1° : aucune spécialité disponible"):
        assert "".join(stated.split()) in "".join(record.split()), f"{stated}\n{record}"


def test_a_date_of_retest_is_not_called_an_expiry_on_the_record():
    record = "".join(record_of(0).split())
    assert "recontrôle" in record.split("Matièrespremières", 1)[1].split("Enveloppes", 1)[0], record


def test_each_result_has_its_day_of_analysis_and_the_head_their_period():
    certificate = flat(text_of(of_kind("certificate-of-analysis")[0]["document"]))
    assert "Analysé du 12/01/2026 au 20/01/2026" in certificate, certificate
    assert certificate.count("Analysé le 14/01/2026") == 4 and certificate.count("Analysé le 20/01/2026") == 3, certificate


def test_the_record_tells_what_is_left_of_the_reserve_after_a_second_stage():
    samples = record_of(1).split("Prélèvements", 1)[1].split("Résultats", 1)[0]
    assert re.search(r"B26-0002/S4 36 20 16 ", samples), samples


def test_a_frozen_cost_sheet_says_who_froze_it_and_when_and_is_not_provisional():
    sheet = flat(text_of(of_kind("cost-sheet")[0]["document"]))
    assert "PROVISOIRE" not in sheet and re.search(r"Arrêté le \d\d/\d\d/2026 à \d\d h \d\d Par \w+ \w+", sheet), sheet


def test_a_specimen_is_not_a_usable_label():
    marked = ["SPÉCIMEN – EXERCICE" in text_of(document["document"]) for document in of_kind("bottle-label")]
    assert any(marked) and not all(marked), marked


def test_a_key_alone_says_what_it_cannot_tell():
    key = os.path.join(folder, "public-alone")
    with open(key, "w", encoding="utf-8") as file:
        file.write(played.view("admin", "database", "show")["keys"][0]["public-key"] + "\n")
    told = played.run("scan", "--offline", "--key", key, paper(of_kind("certificate-of-analysis")[0]["document"])[0]["code"])["not-told"]
    assert "exercice" in told and "aujourd’hui" in told and "remplacé" in told, told


def preview(database, name, *words, clock=dossier.AFTER, language="fr"):
    path = os.path.join(folder, f"{name}.pdf")
    database.run("--language", language, "--as", "pharm.a", "--clock", clock, "document", "preview", *words, "--save", path)
    return flat(subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout)


def test_what_is_not_over_says_that_it_is_provisional():
    early_folder = os.path.join(folder, "early")
    os.mkdir(early_folder)
    early = dossier.Dossier(PROGRAM, early_folder)
    lines = [line for line in dossier.lines() if json.loads(line)["act"] not in ("person add", "person grant")]
    early.apply(lines[:next(i for i, line in enumerate(lines) if json.loads(line)["act"] == "batch release")])
    record = preview(early, "early-record", "--kind", "batch-record", "--batch", "B26-0001")
    sheet = preview(early, "early-sheet", "--kind", "cost-sheet", "--batch", "B26-0001")
    assert "DOSSIER PROVISOIRE" in record and "DOSSIER PROVISOIRE" not in record_of(0), record
    assert "Prix de revient PROVISOIRE" in sheet and "le prix n'est pas arrêté" in sheet, sheet


def test_a_release_certificate_printed_later_says_what_became_of_the_batch():
    now = preview(played, "released", "--kind", "release-certificate", "--batch", "B26-0001")
    assert "LOT LIBÉRÉ" in now and "NE PAS UTILISER" not in now.replace("EXERCICE – NE PAS UTILISER", ""), now
    expired = preview(played, "expired", "--kind", "release-certificate", "--batch", "B26-0001", clock="2026-07-12T08:00:00Z")
    assert "LOT LIBÉRÉ" not in expired and "– PÉRIMÉ, NE PAS UTILISER" in expired, expired
    copied = os.path.join(folder, "recalled")
    os.mkdir(copied)
    for name in os.listdir(folder):
        if name.startswith("magistral.db") or "passwords" in name:
            shutil.copy2(os.path.join(folder, name), copied)
    recalled = dossier.Dossier.__new__(dossier.Dossier)
    recalled.program, recalled.folder = played.program, copied
    recalled.database, recalled.passwords = os.path.join(copied, "magistral.db"), os.path.join(copied, os.path.basename(played.passwords))
    recalled.apply([json.dumps({"key": "r1", "at": dossier.AFTER, "as": "pharm.a", "act": "batch recall",
                                "inputs": {"batch": "B26-0001", "reason": "Rappel du fabricant"},
                                "signature": "Je rappelle le lot B26-0001 (Rappel du fabricant)."})])
    told = preview(recalled, "recalled", "--kind", "release-certificate", "--batch", "B26-0001")
    assert "LOT LIBÉRÉ" not in told and "– RAPPELÉ LE 05/02/2026, NE PAS UTILISER" in told and "Rappel du fabricant" in told, told
    waiting = recalled.view("pharm.a", "home", "show")
    assert "2026/0001, 2026/0002" in str(waiting["recalls"]), waiting


def test_the_labels_of_the_record_add_up():
    """Part 1 counts eight at its date; those that the decision printed stand apart."""
    labels = record_of(0).split("Étiquettes Le bilan de la partie 1", 1)[1].split("3. Contrôle", 1)[0]
    for line in ("étiquette de flacon avant la décision 6 4 1 1 0", "étiquette d'échantillothèque avant la décision 1 1 0 0 0",
                 "étiquette d'échantillon avant la décision 1 1 0 0 0", "étiquette de flacon après la décision 4 4 0 0 0"):
        assert "".join(line.split()) in "".join(labels.split()), f"{line}\n{labels}"


def test_both_stages_of_a_staged_test_are_on_the_papers():
    certificate = " ".join(text_of(of_kind("certificate-of-analysis")[1]["document"]).split()).replace("\u202f", " ").replace("\u00a0", " ")
    assert "Première étape : AV 18,4 sur 10 unités" in certificate and "16,4 (≤ 15,0)" in certificate, certificate
    assert "Première étape : AV 18,4 sur 10 unités" in record_of(1)
    assert "Première étape" not in " ".join(text_of(of_kind("certificate-of-analysis")[0]["document"]).split())


def test_shells_are_raw_materials_with_a_line_of_their_own():
    """BPP 5.26: neither on the record nor on the cost sheet do they stand among the articles of packaging."""
    certificate, record, sheet = (" ".join(text_of(of_kind(kind)[0]["document"]).split())
                                  for kind in ("certificate-of-analysis", "batch-record", "cost-sheet"))
    assert "Enveloppe de gélule Gélule vide hypromellose, taille 1, incolore" in certificate, certificate
    shells = record.split("Enveloppes de gélules", 1)[1].split("Contrôle des balances")[0]
    articles = record.split("Articles de conditionnement", 1)[1].split("Flacons", 1)[0]
    assert "Gélule vide" in shells and "310" in shells and "Flacon" not in shells, shells
    assert "Flacon PEHD" in articles and "Étiquette thermique" in articles and "Gélule" not in articles, articles
    powders, rest = sheet.split("Matières premières", 1)[1].split("Enveloppes de gélules", 1)
    shells, articles = rest.split("Sous-total", 1)[0].split("Articles de conditionnement", 1)
    assert "Cellulose" in powders and "Gélule" not in powders, powders
    assert "Gélule vide" in shells and "9,61" in shells and "Flacon" not in shells, shells
    assert "Flacon" in articles and "Étiquette" in articles and "Gélule" not in articles, articles


def test_the_cost_sheet_shows_each_computation():
    flat = " ".join(text_of(of_kind("cost-sheet")[0]["document"]).split()).replace("\u202f", " ").replace("\u00a0", " ")
    for stated in ("377,3944", "397,081442", "388,58", "1 076,09", "4,8040", "538,05", "538,04"):
        assert stated in flat, f"{stated} is not on the sheet\n{flat}"


def test_no_computation_only_says_its_value_again_and_titles_start_with_a_capital():
    lines = [line.replace("\u202f", " ").replace("\u00a0", " ").strip() for line in text_of(of_kind("cost-sheet")[0]["document"]).split("\n")]
    assert not [line for line in lines if "=" in line and len(set(part.strip() for part in line.split("="))) == 1], lines
    assert [line for line in lines if "74,30" in line] == ["Réactifs et colonne — — 74,30 €"], lines
    for title in ("Matières et articles", "Travail", "Équipement", "Achats et prestations", "Frais généraux"):
        assert title in lines, f"{title}: {lines}"
    record = [line.replace("\u00a0", " ").strip() for line in text_of(of_kind("batch-record")[0]["document"]).split("\n")]
    assert "0,31 g" not in record and any("0,3100 g" in line for line in record), record


def test_a_filler_is_said_in_the_words_of_its_language():
    french = text_of(of_kind("certificate-of-analysis")[0]["document"]).replace("\u00a0", " ")
    assert "Cellulose microcristalline q.s.p. 200 mg" in " ".join(french.split()), french
    shown = played.view("pharm.a", "--language", "en", "register", "show", "preparation")
    assert "Cellulose microcristalline q.s. to 200" in str(shown).replace("\u00a0", " "), shown


def test_the_annex_of_a_batch_record_names_every_act():
    record = next(one for one in of_kind("batch-record") if one["subject"] == "B26-0001")
    text = subprocess.run(["pdftotext", "-layout", paper(record["document"])[1], "-"], capture_output=True, text=True, check=True).stdout
    annex = text[text.index("Annexe : tous les actes de ce lot"):].replace("\u00a0", " ")
    lines = re.findall(r"^ +(\d+) +\d\d/\d\d/2026 à \d\d h \d\d ", annex, re.M)
    counted = int(re.search(r"Journal : (\d+) actes de ce lot", annex).group(1))
    assert len(lines) == counted > 100 and lines == sorted(lines, key=int), (len(lines), counted)
    for act in ("Planifier une préparation", "Ouvrir le contenant", "Commencer le lot", "Ouvrir une pesée", "Imprimer des étiquettes", "Libérer le lot", "Contrôler la dispensation", "Arrêter le coût"):
        assert act in annex, act
    assert "hplc" not in annex and "pharm.b" not in annex, "things by their numbers, people by their names"


try:
    if SANITIZED:  # other programs would read again what the other build drew
        del test_each_document_is_a_valid_pdf_a_1b, test_each_document_says_its_number_and_that_this_is_a_rehearsal
        del test_a_watermark_is_a_line_of_its_own_in_what_is_copied
    main(globals())
finally:
    shutil.rmtree(folder)
