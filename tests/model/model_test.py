"""Random acts by everybody, played by the program and by the model beside it: the same answers, the same state, and at each end powder,
shells, capsules and labels add up. Now and then the program is killed.

    model_test.py                 some 1,500 acts of two seeds, the same every day
    model_test.py --acts 100000   the long form (`./run model`); --seed N --start INSTANT plays one again"""
import argparse
import json
import os
import re
import shutil
import sys
import tempfile
import time
from datetime import date, timedelta
from fractions import Fraction

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from base import NOT_MODELLED, RIGHTS, SIGNED, local_day  # noqa: E402
from chance import Chance  # noqa: E402
from place import Place  # noqa: E402
from mirror import Mirror  # noqa: E402

MASSES, MONEY = {"target", "low-limit", "high-limit"}, {"total", "charged"}


class Divergence(AssertionError):
    pass


def plain(value):
    """What a figure, a link or a decimal says."""
    if isinstance(value, dict):
        return value.get("value", value)
    return value


def differing(expected, answer):
    """What the model foresaw and the program answered otherwise."""
    wrong = []
    for name, value in expected.items():
        if name in ("again", "figures") or (name == "labels" and isinstance(value, int)):
            continue
        given = plain(answer.get(name))
        if name in MASSES:
            fits = Fraction(given) * 10**9 == value
        elif name in MONEY:
            fits = Fraction(given) * 10**6 == value
        elif isinstance(value, list):
            given = [(row.get("label") or row) if isinstance(row, dict) and not isinstance(value[0], dict) else row for row in given] if value else given
            fits = all(one.items() <= other.items() for one, other in zip(value, given)) and len(value) == len(given) if value and isinstance(value[0], dict) \
                else given == value
        elif isinstance(given, list):
            fits = len(given) == value
        elif isinstance(value, str) and value.endswith(" g") and given is not None:
            fits = given + " g" == value or Fraction(given) == Fraction(value[:-2])
        else:
            fits = str(given) == str(value)
        if not fits:
            wrong.append(f"{name}: foreseen {value}, answered {given}")
    for name, (value, within) in expected.get("figures", {}).items():
        kind, figure = name.split()
        row = next((n for n in answer["figures"] if (n["kind"], n["figure"]) == (kind, figure)), None)
        if not row or row["within"] != within or abs(Fraction(plain(row["value"])) - value) > Fraction(1, 1000):
            wrong.append(f"{name}: foreseen {float(value)} {within}, answered {row}")
    return wrong


class Trial:
    def __init__(self, seed, start):
        self.seed, self.place = seed, Place(start)
        self.law = self.place.law()
        self.chance = Chance(seed, self.law, self.place.table)
        self.mirror = Mirror(self.place, self.law)
        self.tell_time()
        self.count, self.done, self.kills, self.checks, self.ended = 0, 0, 0, 0, 0
        self.rules, self.acts, self.log, self.keyed, self.closed = {}, {}, [], [], set()
        for name in ("raw-1.txt", "raw-2.txt"):
            with open(os.path.join(self.place.folder, name), "w", encoding="utf-8") as file:
                file.write(f"Document brut {name}\n")

    # The clock goes on by seconds, by hours, by days

    def go_on(self):
        jump = self.chance.random()
        seconds = self.chance.randint(1, 240) if jump > 0.01 else self.chance.randint(600, 20000) if jump > 0.003 else self.chance.randint(20000, 250000)
        self.place.clock += timedelta(seconds=seconds)
        self.tell_time()

    def tell_time(self):
        self.law.set_clock(self.place.instant(), local_day(self.place.instant()))

    def line(self, who, act, inputs, **more):
        given = {name: os.path.join(self.place.folder, value) if name == "document" else value for name, value in inputs.items()}
        return {"as": who, "act": act, "at": self.place.instant(), "inputs": given, **more}

    def compare(self, line, foreseen, answer):
        """The model's answer and the program's."""
        self.count += 1
        self.acts[line["act"]] = self.acts.get(line["act"], 0) + 1
        self.log = self.log[-29:] + [(line, foreseen, answer)]
        how, what = foreseen
        rules = sorted({"RELEASE-33" if n["rule"] == "RELEASE-34" else n["rule"] for n in answer.get("refused", [])})
        if how == "refused":
            for rule in rules:
                self.rules[rule] = self.rules.get(rule, 0) + 1
            if rules != what:
                raise Divergence(f"foreseen {what}, answered {rules or answer}")
            return
        if "done" not in answer:
            raise Divergence(f"foreseen done {what}, answered {answer}")
        self.done += 1
        wrong = differing(what, answer["done"])
        if wrong:
            raise Divergence("; ".join(wrong))

    def play(self, who, act, inputs, key=None, **how):
        """One act by the model, then by the program."""
        self.go_on()
        line = self.line(who, act, inputs, **({"key": key} if key else {}), **{n: v for n, v in how.items() if n != "signed"})
        foreseen = self.law.answer(who, act, inputs, key, how.get("signed", act not in SIGNED))
        self.foreseen, self.asked = foreseen, line
        answer = self.send(line, foreseen, key)
        self.compare(line, foreseen, answer)
        return answer

    def send(self, line, foreseen, key):
        """Where it has a key, the program may be killed before it answers: asked again, it answers as the first time."""
        if not key or foreseen[0] == "refused" or not self.chance.chance(self.sudden):
            return self.place.tell(line)
        self.place.write(line)
        time.sleep(self.chance.random() * 0.006)
        self.die()
        return self.place.tell(line)

    def die(self):
        self.kills += 1
        self.place.kill()
        self.place.open(self.chance.choice(["apply", "serve"]))

    def step(self):
        line = self.chance.draw()
        self.do(*line)
        self.chance.came(self.foreseen[0] == "done")

    def do(self, who, act, inputs):
        key = f"k{self.count}" if self.chance.chance(0.35) else None
        if self.keyed and self.chance.chance(0.02):
            who, act, inputs, key = self.chance.choice(self.keyed[-60:])
            inputs = dict(inputs, reason="Autre motif") if self.chance.chance(0.3) and "reason" in inputs else inputs
        if act in SIGNED:
            return self.sign(who, act, inputs, key)
        self.play(who, act, inputs, key)
        if key and self.foreseen[0] == "done":
            self.keyed.append((who, act, inputs, key))

    def sign(self, who, act, inputs, key):
        """Asked for its sentence first, then signed: as it was asked for, with another sentence, or after what was shown had changed."""
        answer = self.play(who, act, inputs, key, signed=False)
        if self.foreseen != ("refused", ["CALL-09"]):
            return
        found = re.search(r"Vous signez\s*:\s*«\s*(.*?)\s*»\s*\(empreinte\s+([0-9a-f]+)", answer["refused"][0]["message"])
        sentence, digest = found.groups()
        how = self.chance.random()
        if how < 0.03:
            self.play(who, act, inputs, key, signature=sentence + " !", digest=digest, signed="wrong")
        elif how < 0.06:
            self.play(who, act, inputs, key, signature=sentence, digest="0" * len(digest), signed="stale")
        else:
            self.play(who, act, inputs, key, signature=sentence, digest=digest, signed=True)
            if key and self.foreseen[0] == "done":
                self.keyed.append((who, act, inputs, key))

    def check(self):
        """All that the program shows, beside the model; and what has ended adds up."""
        if self.place.way != "serve":
            self.place.open("serve")
        self.checks += 1
        wrong = self.mirror.differing()
        for number, batch in self.law.batches.items():
            if batch["state"] in ("cancelled", "destroyed") or self.chance.chance(0.1):
                if number in self.closed:
                    continue
                wrong += [f"{number} {batch['state']}: {one}" for one in self.law.adds_up(batch)]
                if batch["state"] in ("cancelled", "destroyed"):
                    self.closed.add(number)
        if wrong:
            raise Divergence("the state: " + "; ".join(wrong[:12]))

    def run(self, acts, stretch=1000, sudden=0.004):
        self.sudden = sudden
        self.place.open(self.chance.choice(["apply", "serve"]))
        next_check = stretch
        try:
            while self.count < acts:
                self.step()
                if self.chance.chance(sudden / 4):
                    self.die()
                if self.count >= next_check:
                    self.check()
                    if self.chance.chance(0.5):
                        self.place.open("apply")
                    next_check = self.count + stretch
                    self.tell_progress(acts)
            self.place.open("serve")
            self.mirror.whole = True
            self.check()
            self.place.shut()
            self.place.run("verify")
        except Exception:
            self.report()
            self.place.kill()
            raise

    def tell_progress(self, acts):
        if acts > 5000:
            states = {}
            for batch in self.law.batches.values():
                states[batch["state"]] = states.get(batch["state"], 0) + 1
            print(f"# {self.count} acts, {self.done} done, {self.kills} kills, {self.law.today}, batches {states}, dispensings {len(self.law.dispensings)}, "
                  f"labels {len(self.law.labels)}", flush=True)

    def report(self):
        print(f"# seed {self.seed}, act {self.count}; database {self.place.database}; the last lines:")
        for line, foreseen, answer in self.log:
            text = json.dumps(answer, ensure_ascii=False)
            print(f"# {json.dumps(line, ensure_ascii=False)}\n#     foreseen {foreseen}\n#     answered {text[:600]}")

    def summary(self):
        states = {}
        for batch in self.law.batches.values():
            states[batch["state"]] = states.get(batch["state"], 0) + 1
        return (f"seed {self.seed}: {self.count} acts ({self.done} done, {self.count - self.done} refused by {len(self.rules)} rules), "
                f"{len(self.acts)} kinds of acts, {self.kills} kills, {self.checks} comparisons, {len(self.law.batches)} batches {states}, "
                f"{len(self.law.dispensings)} dispensings, {len(self.law.labels)} labels; no divergence")


def rules_of_model():
    """Every rule that the model knows, as its sources name them."""
    folder, found = os.path.dirname(os.path.abspath(__file__)), set()
    for name in ("law", "supply", "making", "filling", "counts", "bottles", "control", "ends", "counter"):
        with open(os.path.join(folder, name + ".py"), encoding="utf-8") as file:
            found |= set(re.findall(r'"([A-Z]+-\d\d)"', file.read()))
    return found


def look_at_table(place):
    """Every act of the program is modelled, or on the list of those that are not, with its reason."""
    acts = {name for name, act in place.table.items() if not act["view"]}
    assert acts == set(RIGHTS) | set(NOT_MODELLED), acts ^ (set(RIGHTS) | set(NOT_MODELLED))
    signed = {name for name in RIGHTS if place.table[name]["signed"]}
    assert signed == SIGNED, signed ^ SIGNED
    print(f"# {len(RIGHTS)} acts modelled, {len(NOT_MODELLED)} not:")
    for act, why in NOT_MODELLED.items():
        print(f"#   {act}: {why}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--acts", type=int, default=1500)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--start", default="2026-01-05T07:00:00")
    options = parser.parse_args()
    long = options.acts > 5000
    # In memory, where there is room: a killed process loses nothing there; what a power cut loses is for tests/fault.
    tempfile.tempdir = tempfile.mkdtemp(prefix="magistral-model-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
    os.environ.setdefault("MAGISTRAL_KEPT", os.path.join(tempfile.tempdir, "kept"))
    today = int(date.today().strftime("%Y%m%d"))
    seeds = [options.seed] if options.seed is not None else [today] if long else [30, 31]
    print(f"1..{len(seeds) + 1}", flush=True)
    place = Place()
    look_at_table(place)
    place.close()
    print("ok 1 - every_act_is_modelled_or_says_why_not", flush=True)
    for number, seed in enumerate(seeds, 2):
        started = time.time()
        try:
            trial = Trial(seed, options.start if number == 2 else "2026-12-29T07:00:00")  # the second one over the end of a year
            trial.run(options.acts // len(seeds), stretch=2500 if long else 400, sudden=0.0015 if long else 0.006)
            trial.place.close()
            print(f"# {trial.summary()}; {time.time() - started:.0f} s")
            if long:
                print(f"# of the {len(rules_of_model())} rules of the model, never met: {', '.join(sorted(rules_of_model() - set(trial.rules)))}")
            print(f"ok {number} - {trial.count} acts, seed {seed}", flush=True)
        except Exception as error:
            print(f"not ok {number} - seed {seed}: {error!r}".replace("\n", " ")[:3000], flush=True)
            sys.exit(1)
    shutil.rmtree(tempfile.tempdir)


if __name__ == "__main__":
    main()
