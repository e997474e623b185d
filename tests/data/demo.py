"""Plays the dossier of two birabresib batches through the program's own acts, writes its documents, tells what happened, then
serves the pages: demo.py PROGRAM FOLDER [--once]"""

import os
import re
import shutil
import sys
import textwrap

import dossier

PROGRAM, FOLDER = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
ONCE = "--once" in sys.argv[3:]
TEMPLATES = os.path.join(dossier.HERE, "..", "..", "templates")
WIDTH = 100


def catalogue():
    """The French words of states and kinds, as the program's own pages say them."""
    words = {}
    for name in os.listdir(TEMPLATES):
        if name.endswith(".catalogue"):
            with open(os.path.join(TEMPLATES, name), encoding="utf-8") as file:
                words |= dict(re.findall(r"(?m)^\[state\.(.+?)\]\nfr: (.*)$", file.read()))
    return words


WORDS = catalogue()


def word(state):
    return WORDS.get(state, state)


def figure(value, unit=True):
    """A figure as people write it: 6,5032 g."""
    if not isinstance(value, dict):
        return str(value)
    units = value.get("unit", "").replace("EUR", "€") if unit else ""
    whole, _, decimals = value["value"].partition(".")
    grouped = re.sub(r"(?<=\d)(?=(\d{3})+$)", "\u202f", whole)
    return f"{grouped}{',' if decimals else ''}{decimals} {units}".strip()


def day(text):
    return "/".join(reversed(text[:10].split("-")))


def heading(text):
    bold, plain = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("", "")
    print(f"\n{bold}── {text}{plain}")


def line(text):
    """One line of the account, folded under itself where it is too long."""
    print(textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="      ", break_long_words=False, break_on_hyphens=False))


def prepare():
    if os.path.exists(os.path.join(FOLDER, "magistral.db")):
        print("Le dossier précédent est effacé ; en voici un neuf.")
    shutil.rmtree(FOLDER, ignore_errors=True)
    os.makedirs(FOLDER)
    return dossier.Dossier(PROGRAM, FOLDER)


def play(demo):
    lines, shown = dossier.lines(), sys.stderr.isatty()

    def progress(done):
        if shown:
            print(f"\r\033[KLe dossier se joue : acte {done} sur {len(lines)}", end="", file=sys.stderr, flush=True)

    if not shown:
        print("Le dossier se joue …", file=sys.stderr, flush=True)
    demo.apply(lines, each=progress)
    if shown:
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def tell_lots(demo):
    heading("Matières premières et articles")
    for lot in demo.view("pharm.a", "lot", "list")["lots"]:
        print(f"  {lot['lot']}  {lot['material-name'][:46]:<46}  {word(lot['state']):<8}  reste {figure(lot['stock']):>10}")


def tell_weighing(weighing):
    number, component = weighing["weighing"].split("/W")[1], weighing["component"]
    between = f"({figure(weighing['low-limit'], False)} à {figure(weighing['high-limit'], False)})"
    print(f"  pesée {number}  {component:<4} cible {figure(weighing['target']):>8} {between:<20} net {figure(weighing['net']):>8}"
          f"  {word(weighing['state'])}")


def tell_results(results):
    """Figures one a line; what only conforms together."""
    plain = [result for result in results if not re.search(r"\d", result["stated"]) and result["verdict"] == "complies"]
    for result in results:
        if result not in plain:
            line(f"{result['name']} : {result['stated']} → {word(result['verdict'])}")
    line(f"{', '.join(result['name'] for result in plain)} → {word('complies')}")


def tell_batch(demo, number):
    batch = demo.view("pharm.a", "batch", "show", number)
    made = f"{batch['product']} {batch['strength']}, {figure(batch['units'])} gélules faites le {day(batch['made-on'])}"
    heading(f"Lot {number} : {made}, à utiliser jusqu'au {day(batch['expiry'])}")
    for weighing in demo.view("pharm.a", "weighing", "list", "--batch", number)["weighings"]:
        tell_weighing(weighing)
    blend = batch["blend"]
    line(f"mélange {figure(blend['mass'])}, dont {figure(blend['pure-active'])} de substance active ;"
         f" {batch['conforming']} gélules conformes, en {len(batch['bottles'])} flacons")
    tell_results(batch["results"])
    for decision in batch["decisions"]:
        reason = f" {decision['reason']}" if decision["reason"] else ""
        line(f"« {decision['meaning']} »{reason} — {decision['name']}, le {day(decision['at'])} ; aujourd'hui : {word(batch['state'])}")


def tell_cost(demo, number):
    shown = demo.view("chief", "cost", "show", number)
    cost = shown["cost"]
    heading(f"Prix de revient de {number} : {figure(cost['total'])}")
    parts = ", ".join(f"{word(section['title'])} {figure(section['subtotal'], False)}" for section in shown["sections"])
    line(f"{parts} : {figure(cost['exact'])}, arrondi une seule fois ; {figure(cost['unit-cost'])} la gélule")
    charges = ", puis ".join(f"{figure(c['charged'])} à la dispensation {c['dispensing']} ({c['units']} gélules)" for c in shown["charges"])
    line(f"imputé : {charges} ; reste {figure(shown['running-balance']['remainder'])}")


def save_documents(demo):
    """Every document issued, under a name that says what it is; by kind."""
    saved = {}
    for document in reversed(demo.view("pharm.a", "document", "list")["documents"]):
        path = os.path.join(FOLDER, f"{document['document']}-{document['kind']}.pdf")
        demo.view("pharm.a", "document", "show", document["document"], "--save", path)
        saved.setdefault(document["kind"], []).append(document)
    return saved


def tell_documents(saved):
    heading("Documents")
    shown = os.path.relpath(FOLDER)
    for kind, documents in saved.items():
        if not kind.endswith("-label"):
            for document in documents:
                about = document["subject"] if document["subject"].startswith("B") else ""
                print(f"  {word(kind):<25}{about:<10}{shown}/{document['document']}-{kind}.pdf")
    for kind, documents in saved.items():
        if kind.endswith("-label"):
            numbers = ",".join(document["document"].removeprefix("C26-") for document in documents)
            print(f"  {word(kind)} : {shown}/C26-{numbers if len(documents) == 1 else '{' + numbers + '}'}-{kind}.pdf")


def tell_trace(demo):
    heading("Un code QR, lu sur une étiquette de dispensation")
    code = demo.view("disp.a", "label", "list", "--kind", "dispensing", "--number", "2026/0001")["labels"][0]["code"]
    scanned, up = demo.view("disp.a", "scan", code), demo.view("disp.a", "trace", "up", code)
    print(f"  {code}")
    line(f"authentique : {word(scanned['kind'])} {scanned['label']}, état {word(scanned['state'])}")
    for given in up["dispensings"]:
        line(f"← dispensation {given['dispensing']} du {day(given['at'])}, {given['units']} gélules, flacons "
             + ", ".join(bottle["bottle"] for bottle in up["bottles"]))
    for batch in up["batches"]:
        line(f"← lot {batch['batch']}, registre {batch['registration']}, formule {batch['version']}, {word(batch['state'])}")
    for weighing in up["weighings"]:
        if weighing["state"] == "verified":
            line(f"← pesée de {weighing['material']} : {figure(weighing['net'])} de {weighing['container']} sur {weighing['equipment']},"
                 f" par {weighing['person']}, vérifiée par {weighing['verified-by']}")
    for lot in up["lots"]:
        if lot["certificate"]:
            line(f"← {lot['lot']}, {lot['material']}, {lot['supplier']}, certificat {lot['certificate'][:40]}…")
    print(f"  La suite : trace up 2026/0001, en {len(up['results'])} essais, {len(up['steps'])} étapes, {len(up['containers'])} contenants.")


def tell_verify(demo):
    whole = demo.run("verify")
    print(f"\nverify : {whole['sequence']} entrées du journal rejouées, tout concorde ; tête {whole['head'][:32]}…")


def main():
    demo = prepare()
    play(demo)
    saved = save_documents(demo)
    print("EXERCICE : personnes, prix et résultats fictifs.")
    tell_lots(demo)
    for number in ("B26-0001", "B26-0002"):
        tell_batch(demo, number)
    tell_cost(demo, "B26-0001")
    tell_documents(saved)
    tell_trace(demo)
    tell_verify(demo)
    print(f"Base : {os.path.relpath(demo.database)} ; mots de passe : {os.path.relpath(demo.passwords)}")
    if not ONCE:
        print("Les pages : connectez-vous en tech.a (paillasse), qc.a (laboratoire), pharm.a (décisions), disp.a (comptoir), chief ou admin.")
    sys.stdout.flush()
    if not ONCE:
        os.execv(PROGRAM, [PROGRAM, "--database", os.path.relpath(demo.database), "--clock", dossier.AFTER, "serve"])


try:
    main()
except (dossier.Wrong, KeyError, OSError) as error:
    sys.exit(f"\nLa démonstration s'arrête : {error!r}" if isinstance(error, KeyError) else f"\nLa démonstration s'arrête : {error}")
