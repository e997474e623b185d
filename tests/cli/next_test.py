"""What comes next: the dossier is played, and before each act of the bench and of the counter the program is asked for it."""
from dossier import Dossier
from harness import main

# What the bench and the counter propose in their order; the rest of the dossier (losses, declarations, specimens) comes when it happens.
BENCH = {"batch start", "batch clear-line", "weighing open", "weighing record", "weighing verify", "weighing discard", "issue record", "issue verify",
         "step record", "batch fill", "sample take", "batch package", "certificate sign", "batch release"}
COUNTER = {"request accept", "cost freeze", "dispensing confirm", "dispensing scan", "dispensing check", "dispensing hand-over"}


def inputs_agree(door, wanted):
    """What is proposed stands in the act as it was done; a value for each line."""
    for name, value in door["inputs"].items():
        done = wanted.get(name)
        said = value if isinstance(value, list) else [value]
        if done is not None and said != (done if isinstance(done, list) else [done]):
            return False
    return True


def play():
    """The proposals before each act of the first batch and its first request: (act, its inputs, door of the batch, door of the request)."""
    house = Dossier()
    house.play(until="request accept")
    asked, last = [], next(i for i, line in enumerate(house.lines) if line["act"] == "dispensing hand-over")
    for line in house.lines[:last + 1]:
        house.at(line["at"].replace("Z", ""))
        batch, request = None, None
        if line["act"] in BENCH:
            batch = (house.view("pharm.a", "batch next", line["inputs"].get("batch", "B26-0001"))["task"] or {}).get("door")
        if line["act"] in COUNTER or line["act"].startswith("label ") and asked and asked[-1][0].startswith(("cost", "dispensing", "label", "document")):
            request = house.view("pharm.a", "request next", "RX26-0001")["task"]["door"]
        asked.append((line["act"], line["inputs"], batch, request))
        house.step()
    return asked, house.view("pharm.a", "request next", "RX26-0001"), house.view("pharm.a", "batch next", "B26-0001")


ASKED, END, STAGES = play()


def test_the_bench_proposes_each_act_of_the_dossier_with_what_is_known_of_it():
    seen = set()
    for act, inputs, door, _ in ASKED:
        if act not in BENCH or door is None and act == "batch release":
            continue
        assert door and door["act"] == act and inputs_agree(door, inputs), (act, inputs, door)
        seen.add(act)
    assert seen >= BENCH, BENCH - seen


def test_the_counter_proposes_each_act_of_the_first_dispensing():
    seen = set()
    for act, inputs, _, door in ASKED:
        if act not in COUNTER or inputs.get("request", "RX26-0001") != "RX26-0001":
            continue
        assert door and door["act"] == act and inputs_agree(door, inputs), (act, inputs, door)
        seen.add(act)
    assert seen == COUNTER, COUNTER - seen


def test_labels_of_the_release_and_of_the_patient_are_proposed_at_the_counter():
    proposed = [(act, door["act"]) for act, _, _, door in ASKED if act.startswith("label ") and door]
    assert proposed == [("label print", "label print"), ("label settle", "label settle")] * 2, proposed


def test_nothing_is_left_at_the_end():
    assert END["task"]["door"] is None and END["given"] == 112, END
    assert STAGES["task"] is None and {stage["progress"] for stage in STAGES["stages"]} == {"done"}, STAGES


main(globals())
