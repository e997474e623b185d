"""Plays the dossier of two birabresib batches through the program's own acts, writes its documents, tells what happened, then
serves the addresses in its QR codes: demo.py PROGRAM FOLDER [--once]"""

import json
import os
import shutil
import subprocess
import sys

PROGRAM, FOLDER = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
ONCE = "--once" in sys.argv[3:]
HERE = os.path.dirname(os.path.abspath(__file__))
DATABASE, PASSWORDS = os.path.join(FOLDER, "magistral.db"), os.path.join(FOLDER, "passwords")
DOSSIER = os.path.join(HERE, "birabresib.jsonl")
CLOCK = "2026-02-05T08:00:00Z"


def run(*words, json_out=True):
    command = [PROGRAM, "--database", DATABASE, "--password-file", PASSWORDS, *(["--json"] if json_out else []), *words]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: {done.stdout}{done.stderr}")
    return json.loads(done.stdout)["done"] if json_out else done.stdout


def view(person, *words):
    return run("--as", person, "--clock", CLOCK, *words)


def number(text):
    return str(text).replace(".", ",")


def prepare():
    again = os.path.exists(DATABASE)
    shutil.rmtree(FOLDER, ignore_errors=True)
    os.makedirs(FOLDER)
    people = ["admin"]
    with open(DOSSIER, encoding="utf-8") as dossier:
        for line in map(json.loads, dossier):
            if line["act"] == "person add":
                people.append(line["inputs"]["person"])
    with open(PASSWORDS, "w", encoding="utf-8") as file:
        os.chmod(PASSWORDS, 0o600)
        file.writelines(f"{person} une phrase fictive pour {person}\n" for person in people)
    run("--as", "admin", "--clock", "2026-01-05T07:00:00Z", "database", "create", "--rehearsal", "--name", "Administration des comptes")
    if again:
        print("Le dossier précédent a été effacé ; en voici un neuf.\n")


def play():
    print("Le dossier se joue, acte par acte …", file=sys.stderr, flush=True)
    run("apply", DOSSIER, json_out=False)


def save_documents():
    """Every document issued, under a name that says what it is."""
    saved = []
    for document in view("pharm.a", "document", "list")["documents"]:
        subject = document["subject"].replace("/", "-")
        path = os.path.join(FOLDER, f"{document['document']}-{document['kind']}-{subject}.pdf")
        view("pharm.a", "document", "show", document["document"], "--save", path)
        saved.append((document, path))
    return saved


def value(figure):
    return figure["value"] if isinstance(figure, dict) else figure


def heading(text):
    print(f"\n{text}\n{'─' * len(text)}")


def tell_lots():
    heading("Matières premières")
    for lot in view("pharm.a", "lot", "list")["lots"]:
        stock = lot.get("stock")
        unit = f" {stock['unit']}" if isinstance(stock, dict) and "unit" in stock else ""
        print(f"  {lot['lot']}  {lot['name'][:44]:<44} {lot['state']:<11} reste {number(value(stock)):>10}{unit}")


def tell_batch(batch):
    shown = view("pharm.a", "batch", "show", batch)
    heading(f"Lot {batch} : {shown['state']}")
    for weighing in view("pharm.a", "weighing", "list", "--batch", batch)["weighings"]:
        net, target = weighing["net"], weighing["target"]
        print(f"  pesée {weighing['weighing'].split('/')[1]}  {weighing['component']:<5} cible {number(value(target)):>8} g"
              f"  net {number(value(net)):>8} g  {weighing['state']}")
    for result in view("qc.a", "result", "list", "--batch", batch)["results"]:
        print(f"  {result['control']:<8} {str(result.get('stated') or ''):<66.66} {result['verdict']}")


def tell_cost(batch):
    cost = view("chief", "cost", "show", batch)
    heading(f"Prix de revient de {batch}")
    print(f"  {number(value(cost['cost']['exact']))} € exactement, {number(value(cost['cost']['total']))} € arrondi une fois,"
          f" {number(value(cost['cost']['unit-cost']))} € par gélule dispensable")
    for charge in cost["charges"]:
        print(f"  dispensation {charge['dispensing']} : {charge['units']} gélules, {number(value(charge['charged']))} €")
    print(f"  reste à imputer : {number(value(cost['balance']['remainder']))} €")


def tell_documents(saved):
    heading("Documents")
    for document, path in saved:
        print(f"  {document['kind']:<26} {document['subject']:<12} {os.path.relpath(path)}")


def tell_trace(saved):
    heading("Un code QR, lu sur une étiquette de dispensation")
    labels = view("disp.a", "label", "list", "--kind", "dispensing", "--number", "2026/0001")["labels"]
    host = view("chief", "site", "show")["host"]
    code = run("--as", "disp.a", "--clock", CLOCK, "dispensing", "show", "2026/0001").get("code")
    if code:
        print(f"  {code}")
    print(f"  étiquette {labels[0]['label']}, à l'adresse {host}")
    up = run("--as", "disp.a", "--clock", CLOCK, "trace", "up", "2026/0001", json_out=False)
    print("\n".join("  " + line for line in up.splitlines()[:24]))
    whole = run("verify")
    print(f"\n  verify : {whole['sequence']} entrées rejouées, tête {whole['head'][:16]}…")


def main():
    prepare()
    play()
    saved = save_documents()
    print("EXERCICE : personnes, prix et résultats fictifs.")
    tell_lots()
    for batch in ("B26-0001", "B26-0002"):
        tell_batch(batch)
    tell_cost("B26-0001")
    tell_documents(saved)
    tell_trace(saved)
    if ONCE:
        return
    print(f"\nLe serveur démarre (Ctrl-C l'arrête). Base : {os.path.relpath(DATABASE)}", flush=True)
    os.execv(PROGRAM, [PROGRAM, "--database", DATABASE, "serve"])


main()
