"""Who knows nothing but what the refusals say comes through: each situation is met, its message is read, and the act that it names
is done, with the options that it names; then what was refused is done."""
import re

import bench
from harness import House, main

house = House()
bench.supply(house)
bench.formula(house)
house.at("2026-01-12T07:00:00")
BATCH = house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-001"), bench.request(house, "P-002")], area="PREP-1",
                  expected_loss=4)["batch"]
SEEN = {"aspect_seen": "yes", "label_seen": "yes"}
API = {"batch": BATCH, "component": "BIR", "container": "MP26-0003/1", "balance": "BAL-A", **SEEN}
FILLER = {"batch": BATCH, "component": "CEL", "container": "MP26-0005/1", "balance": "BAL-B", **SEEN}


def advised(person, act, rule, /, choose=0, **inputs):
    """What a refusal says to do: the act between brackets, and its options."""
    said = next(refused["message"] for refused in house.refused(person, act, rule, None, changes=rule in NEAR_MISSES, **inputs) if refused["rule"] == rule)
    named = re.findall(r"\(([a-z-]+ [a-z-]+)((?: --[a-z-]+ [^ (),]+)*)[^()]*\)", said)
    assert len(named) > choose, (rule, said)
    way, options = named[choose]
    assert way in house.table, (rule, said)
    return way, {name.replace("-", "_"): value for name, value in re.findall(r"--([a-z-]+) ([^ (),]+)", options)}


NEAR_MISSES = {"LOT-02", "WEIGHING-05"}


def follow(person, advice, /, **inputs):
    way, options = advice
    return house.act(person, way, **{**options, **inputs})


def test_before_the_first_weighing():
    house.act("tech.a", "batch start", batch=BATCH)
    follow("tech.a", advised("tech.a", "weighing open", "WEIGHING-02", **API), batch=BATCH)
    follow("tech.a", advised("tech.a", "weighing open", "EQUIPMENT-04", **API), equipment="BAL-A", weight="20 g", reading="20 g")
    house.refused("tech.a", "weighing open", "WEIGHING-05", "container", changes=True, **{**API, "container": "MP26-0005/1"})
    bench.step(house, BATCH, "VIDE")


def test_a_weighing_outside_its_limits():
    number = house.act("tech.a", "weighing open", **API)["weighing"]
    house.act("tech.a", "weighing record", weighing=number, tare="12.4310 g", net="6.7068 g")
    verify, options = advised("tech.a", "weighing open", "WEIGHING-08", **API)
    follow("tech.a", advised("tech.b", verify, "WEIGHING-25", weighing=number, container="MP26-0003/1", net="6.7068 g", **options), weighing=number,
           reason="Trop versé")
    bench.weigh(house, BATCH, "BIR", "MP26-0003/1", "BAL-A", "12.4310 g", "6.5068 g")


def test_a_lot_that_nobody_accepted():
    follow("tech.a", advised("tech.a", "weighing open", "EQUIPMENT-04", **FILLER), equipment="BAL-B", weight="20 g", reading="20 g")
    other = {**FILLER, "container": "MP26-0007/1"}
    follow("pharma.a", advised("tech.a", "weighing open", "LOT-02", **other), lot="MP26-0007")
    follow("tech.a", advised("tech.a", "weighing open", "CONTAINER-06", **other, reason="Essai"), container="MP26-0007/1")
    bench.weigh(house, BATCH, "CEL", "MP26-0005/1", "BAL-B", "85.120 g", "53.489 g")
    bench.step(house, BATCH, "PESEES")


def test_work_that_stopped():
    mix = {"batch": BATCH, "step": "MELANGE", "values": ["durée=10", "tamis intact=yes"]}
    house.act("tech.a", "batch suspend", batch=BATCH, reason="Coupure", left_as="Récipients fermés et étiquetés")
    follow("tech.a", advised("tech.a", "step record", "INTERRUPTION-07", **mix), batch=BATCH,
           portions=[row["weighing"] for row in house.view("tech.a", "batch show", BATCH)["weighings"] if row["state"] == "verified"])
    follow("tech.a", advised("tech.a", "step record", "INTERRUPTION-08", **mix), batch=BATCH, phase="making")
    house.act("tech.a", "step record", **mix)


def test_what_is_due_before_the_filling():
    fill = {"batch": BATCH, "units": 280}
    way = advised("tech.a", "batch fill", "BATCH-16", **fill)
    number = follow("tech.a", way, batch=BATCH, component="GEL1", container="MP26-0006/1", units=310, **SEEN)["article-issue"]
    house.act("tech.b", "issue verify", issue=number, container="MP26-0006/1", units=310)
    deviation = follow("tech.a", advised("tech.a", "batch fill", "BATCH-37", **fill), batch=BATCH, description="Poudre renversée", **{"class": "major"})["deviation"]
    follow("pharma.a", ("deviation decide", {}), deviation=deviation, decision="accepted", impact="Une demande attendra")
    house.act("tech.a", "batch hold", batch=BATCH, reason="Doute sur la balance")
    follow("pharma.a", advised("tech.a", "batch fill", "BATCH-03", **fill), batch=BATCH, reason="Balance conforme")
    house.act("tech.a", "batch fill", **fill)


def test_a_value_that_was_typed_wrongly():
    way = advised("tech.a", "step record", "STEP-02", batch=BATCH, step="MELANGE", values=["durée=11", "tamis intact=yes"])
    assert way[0] == "step amend", way


main(globals())
