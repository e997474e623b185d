"""The whole model: it answers an act as the rules say it must be answered, before the program is asked."""
from base import LETTERS, RIGHTS, SIGNED, Refused
from bottles import Bottles
from control import Control
from counter import Counter
from counts import Counts
from ends import Ends
from filling import Filling
from making import Making
from supply import Supply


class Law(Supply, Making, Filling, Counts, Bottles, Control, Ends, Counter):
    def __init__(self, required):
        """`required`: of each act, the names of the inputs that it cannot do without (from the help)."""
        self.required = required
        self.now = self.today = None
        self.near = None
        self.events = {"wrong-container": 0, "failed-signature": 0}
        self.keys = {}
        self.begin_supply()
        self.begin_making()
        self.begin_control()
        self.begin_counter()

    def set_clock(self, now, today):
        self.now, self.today = now, today

    def has_right(self, who, act):
        letters = RIGHTS[act]
        return letters == "*" or any(letter in letters for role in self.roles(who) for letter in LETTERS[role])

    def answer(self, who, act, inputs, key=None, signed=True):
        """("done", values) or ("refused", rules). `signed`: True when the sentence is given as it was asked for; False: none; "wrong",
        "stale": another sentence, or one that was asked for before the record changed."""
        self.near = None
        try:
            return "done", self.run(who, act, inputs, key, signed)
        except Refused as refused:
            rules = sorted(set(refused.args[0]))
            if rules in (["CALL-10"], ["CALL-11"]):
                self.events["failed-signature"] += 1
            elif self.near:
                self.events[self.near] += 1
            return "refused", rules

    def run(self, who, act, inputs, key, signed):
        if self.people[who]["ended"]:
            raise Refused(["CALL-15"])
        if not self.has_right(who, act):
            raise Refused(["CALL-14"])
        if any(name not in inputs for name in self.required[act]):
            raise Refused(["CALL-03"])
        if key and (who, key) in self.keys:
            first = self.keys[who, key]
            if (act, inputs) != first[:2]:
                raise Refused(["CALL-05"])
            return {**first[2], "again": True}
        name = act.replace(" ", "_").replace("-", "_")
        prepare = getattr(self, "prepare_" + name, None)
        if prepare:
            prepare(who, inputs)
        if act in SIGNED and signed is not True:
            raise Refused([{False: "CALL-09", "wrong": "CALL-10", "stale": "CALL-11"}[signed]])
        done = getattr(self, "do_" + name)(who, inputs)
        if key:
            self.keys[who, key] = (act, inputs, done)
        return done
