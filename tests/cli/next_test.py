"""What comes next: the dossier is played, and before each act of the bench and of the counter the program is asked for it."""
import json
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "data"), HERE]
import dossier  # noqa: E402
from harness import PROGRAM, main  # noqa: E402

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
    played = dossier.Dossier(PROGRAM, tempfile.mkdtemp(prefix="magistral-"))
    lines = [json.loads(line) for line in dossier.lines()]
    first = next(i for i, line in enumerate(lines) if line["act"] == "request receive")
    last = next(i for i, line in enumerate(lines) if line["act"] == "dispensing hand-over")
    played.apply(dossier.lines()[:first + 1])
    asked = []
    for line, text in list(zip(lines, dossier.lines()))[first + 1:last + 1]:
        clock = ("--as", "pharm.a", "--clock", line["at"])
        batch, request = None, None
        if line["act"] in BENCH:
            batch = (played.run(*clock, "batch", "next", line["inputs"].get("batch", "B26-0001"))["task"] or {}).get("door")
        if line["act"] in COUNTER or line["act"].startswith("label ") and asked and asked[-1][0].startswith(("cost", "dispensing", "label", "document")):
            request = played.run(*clock, "request", "next", "RX26-0001")["task"]["door"]
        asked.append((line["act"], line["inputs"], batch, request))
        played.apply([text])
    end = played.run("--as", "pharm.a", "--clock", lines[last]["at"], "request", "next", "RX26-0001")
    stages = played.run("--as", "pharm.a", "--clock", lines[last]["at"], "batch", "next", "B26-0001")
    return asked, end, stages


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
