"""The laboratory and the pharmacist's desk: enters results of a batch as the dossier has them, until nothing blocks."""
import os

import bench

GROSS_1 = "273.3 275.0 273.6 267.5 278.8 278.5 273.7 270.8 276.6 270.8 276.2 269.0 266.6 280.3 277.7 277.3 276.8 267.9 276.6 276.4"
SHELLS_1 = "76.7 76.3 75.1 76.7 77.1 74.1 75.8 75.8 77.0 74.4 76.0 75.3 76.3 75.8 77.4 77.3 77.6 74.6 73.4 75.6"
CONTENTS_1 = "19.48 19.88 19.80 19.11 20.21 20.73 19.88 19.66 19.97 19.80"
GROSS_2 = "277.3 279.9 273.8 276.7 273.9 271.7 280.3 270.8 281.8 271.5 272.3 286.1 267.1 276.5 279.1 269.2 269.6 275.1 273.6 276.7"
SHELLS_2 = "77.3 76.2 75.0 75.4 76.1 75.5 77.8 76.1 74.4 75.5 76.6 76.6 76.8 75.7 76.1 75.3 77.4 76.9 73.9 74.6"
CONTENTS_2 = "20.40 20.67 17.52 19.56 17.36 18.76 18.68 21.12 18.31 18.83"
CONTENTS_2_MORE = ("18.22 20.22 21.32 16.89 19.97 19.49 21.70 18.22 18.71 19.44 20.77 17.41 19.88 17.66 19.12 19.45 16.85 20.12 17.59 "
                   "18.82")
CONTROLS = [
    *bench.CONTROLS,
    {"control": "IDENT", "name": "Identité", "kind": "conformity", "specification": "Temps de rétention et spectre conformes", "units": 10, "shares": "MASSE"},
    {"control": "TYMC", "name": "Levures et moisissures", "kind": "microbial-count", "specification": "10^2 UFC/g", "limit": "10^2", "unit": "CFU/g", "units": 10, "shares": "TAMC"},
    {"control": "COLI", "name": "Escherichia coli", "kind": "microbial-absence", "specification": "absence dans 1 g", "units": 10, "shares": "TAMC"},
]
OTHERS = {"ASPECT": "conforme", "IDENT": "conforme", "DESAG": "6.5 7.0 7.2 7.8 8.1 9.4", "TAMC": "< 10", "TYMC": "< 10", "COLI": "absence"}


def prepare(house):
    """Everything before the first batch: stock, formula BIR20 with all nine controls."""
    bench.supply(house)
    house.act("pharma.a", "formula create", formula="BIR20", name="Birabresib 20 mg, gélule")
    version = bench.draft(house, controls=CONTROLS)
    house.act("pharma.b", "formula approve", version=version)


def words(values):
    return [values] if values[0] in "<>" else values.split()


def paper(house, number):
    """The raw document of a result."""
    path = os.path.join(house.folder, number.replace("/", "-") + ".txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"Document brut de {number}\n")
    return path


def opened(house, batch, control, by="control.a", **more):
    return house.act(by, "result open", **{"batch": batch, "control": control, "analysed_on": house.clock.strftime("%Y-%m-%d"), **more})["result"]


def append(house, number, values, series=None, by="control.a"):
    return house.act(by, "result append", result=number, series=series, values=words(values))


def attach_and_verify(house, number, by="control.a", verified_by="control.b"):
    house.act(by, "result attach", result=number, document=paper(house, number))
    house.act(verified_by, "result verify", result=number, document=paper(house, number))


def enter(house, batch, control, values, shells=None, by="control.a", verified_by="control.b"):
    """A whole result; returns its number and what closing it answered."""
    number = opened(house, batch, control, by)
    append(house, number, values, "gross" if shells else None, by)
    if shells:
        append(house, number, shells, "shell", by)
    closed = house.act(by, "result close", result=number)
    if verified_by:
        attach_and_verify(house, number, by, verified_by)
    return number, closed


def make(house, requests, loss, api, cellulose, shells, units):
    """Plans, makes and samples a batch; returns its number."""
    batch = house.act("tech.a", "batch plan", formula="BIR20", requests=requests, area="PREP-1", expected_loss=loss)["batch"]
    bench.check_balances(house)
    bench.start(house, batch)
    bench.fill(house, batch, api, cellulose, shells, units)
    bench.sample(house, batch)
    bench.receive(house, batch)
    return batch


def make_1(house):
    house.at("2026-01-12T07:00:00")
    return make(house, [bench.request(house, "P-001"), bench.request(house, "P-002")], 4, "6.5068 g", "53.489 g", 310, 300)


def make_2(house):
    house.at("2026-02-02T07:00:00")
    return make(house, [bench.request(house, "P-003", daily_units=3, days=42)], 2, "4.3361 g", "35.671 g", 207, 200)


def losses_1(house, batch):
    house.act("tech.a", "loss record", batch=batch, kind="capsules-rejected", quantity="3", cause="Gélules mal fermées")
    house.act("tech.a", "loss record", batch=batch, kind="capsules-lost", quantity="1", cause="Gélule tombée")
    house.act("tech.a", "loss record", batch=batch, kind="shells-defective", quantity="4", cause="Coiffes fendues")
    house.act("tech.a", "loss record", batch=batch, kind="shells-destroyed", quantity="6", cause="Restes détruits")
    house.act("tech.a", "loss record", batch=batch, kind="powder-residue", quantity="0.3100 g", cause="Résidu du gélulier, détruit")


def package_1(house, batch):
    losses_1(house, batch)
    bench.package(house, batch, [56, 56, 56, 56])


def label_bottles(house, batch, count):
    for rank in range(1, count + 1):
        printed = house.act("tech.a", "label print", kind="bottle", number=f"{batch}/{rank}")
        print(printed)


def control_1(house, batch, but=()):
    """Every control of batch 1 but those named; returns the numbers by control."""
    house.at("2026-01-20T07:00:00")
    numbers = {}
    for control, values in [("MASSE", GROSS_1), ("TENEUR", CONTENTS_1), ("DOSAGE", "99.0 99.1"), *OTHERS.items()]:
        if control not in but:
            numbers[control], _ = enter(house, batch, control, values, SHELLS_1 if control == "MASSE" else None)
    return numbers


def settle(house, batch):
    """Reconciliations and certificate."""
    house.act("tech.a", "batch reconcile", batch=batch)
    house.act("control.p", "certificate sign", batch=batch)


def blocks(house, batch):
    """The rules that block, and the things concerned."""
    return [(b["rule"], b["link"]) for b in house.view("pharma.b", "batch show", batch)["blocks"]]
