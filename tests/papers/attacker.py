"""An attacker who knows everything that was printed, how the counts hang together, and integer programming.

`Attacker` turns a `summary.json` into linear constraints over the true counts, none of them taken from the program
under test: what is printed is what a rounded count can be, steps never gain people, and levels add up to everybody.
"""

from typing import Any, ClassVar

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

MOST = 5_000


class Attacker:
    """Integer unknowns, and what is known of them."""

    def __init__(self, summary: dict[str, Any]) -> None:
        self.names: list[str] = []
        self.known: list[tuple[dict[str, float], float, float]] = []
        self.summary = summary
        self.trail("treated")
        self.trail("comparison")
        self.files()
        self.outcomes()
        self.placebos()
        self.subgroups()
        self.balance()

    def say(self, low: float, high: float, **terms: float) -> None:
        """Say that a sum of unknowns lies between `low` and `high`."""
        for name in terms:
            if name not in self.names:
                self.names.append(name)
        self.known.append((terms, low, high))

    def printed(self, name: str, value: Any) -> None:
        """Say that a count is what was printed, if it was."""
        if isinstance(value, int):
            self.say(value, value, **{name: 1})

    def steps(self) -> list[dict[str, Any]]:
        """Return the trail with the steps that were put together taken apart again: nothing is printed of them."""
        apart: list[dict[str, Any]] = []
        for step in self.summary["attrition"]:
            apart += [{} for _ in step["withheld_steps"]] + [step]
        return apart

    def trail(self, group: str) -> None:
        """Steps never gain people; a loss printed is since the last count that was printed."""
        steps, before = self.steps(), None
        for at, step in enumerate(steps):
            self.printed(f"{group}_{at}", step.get(group))
            if at:
                self.say(0, MOST, **{f"{group}_{at - 1}": 1.0, f"{group}_{at}": -1.0})
            if isinstance(gone := step.get(f"{group}_lost"), int):
                assert before is not None, "a loss is printed, and nothing that it is a loss from"
                self.say(gone, gone, **{f"{group}_{before}": 1.0, f"{group}_{at}": -1.0})
            before = at if isinstance(step.get(group), int) else before
        last = len(steps) - 1
        self.printed(f"{group}_{last}", self.summary["n"][group])
        if group == "comparison":
            self.printed(f"{group}_{last - 1}", self.summary["n"]["comparison_pool"])
        else:
            dropped = self.summary["estimand"]["treated_dropped"]
            if isinstance(dropped, int):
                self.say(dropped, dropped, **{f"{group}_{last - 1}": 1, f"{group}_{last}": -1})

    def files(self) -> None:
        """A flat file's rows are the people submitted, and rows in are rows kept and left out."""
        for source in self.summary["data"]["sources"]:
            for column in ("rows_in", "rows_kept", "rows_quarantined", "rows_excluded", "rows_dropped"):
                self.printed(column, source[column])
            self.say(0, 0, rows_in=1, rows_kept=-1, rows_quarantined=-1, rows_excluded=-1, rows_dropped=-1)
            self.say(0, 0, rows_kept=1, treated_0=-1, comparison_0=-1)

    def outcomes(self) -> None:
        last = len(self.steps()) - 1
        for outcome in self.summary["outcomes"]:
            for group in ("treated", "comparison"):
                people, events = f"{outcome['name']}_{group}_n", f"{outcome['name']}_{group}_events"
                self.printed(people, outcome[group]["n"])
                self.say(0, MOST, **{f"{group}_{last}": 1, people: -1})
                if outcome["kind"] == "yes_no":
                    self.say(0, MOST, **{people: 1, events: -1})
                    self.rounded(events, outcome[group]["value"], people, outcome[group]["n"])
            self.risk_ratio(outcome)
            unknown = outcome["bounds"] and outcome["bounds"]["not_known_treated"]
            if isinstance(unknown, int):
                self.printed(f"{outcome['name']}_unknown", unknown)
        self.say(0, 0, days_to_first_1y_treated_n=1, proven_reoffending_1y_treated_events=-1)
        self.say(0, 0, days_to_first_1y_comparison_n=1, proven_reoffending_1y_comparison_events=-1)

    def placebos(self) -> None:
        """Placebos are of the people analysed too, and known of nearly all of them; shares are of those known."""
        last = len(self.steps()) - 1
        for placebo in self.summary["placebos"]:
            for group in ("treated", "comparison"):
                people, events = f"{placebo['name']}_{group}_n", f"{placebo['name']}_{group}_events"
                self.printed(people, placebo[group]["n"])
                self.say(0, MOST, **{f"{group}_{last}": 1, people: -1})
                self.say(0, MOST, **{people: 1, events: -1})
                if placebo["kind"] == "yes_no":
                    self.rounded(events, placebo[group]["value"], people, placebo[group]["n"])
                if placebo["kind"] == "nights":
                    self.at_most(events, placebo[group]["value"], people, placebo[group]["n"])

    def at_most(self, events: str, mean: Any, people: str, n: Any) -> None:
        """Whoever has a number has one at least, so people with any are at most the sum behind a printed mean."""
        if isinstance(mean, int | float) and isinstance(n, int):
            self.say(-MOST, (mean + 0.05) * n, **{events: 1})

    def rounded(self, events: str, value: Any, people: str, n: Any) -> None:
        """Say what a percentage printed whole says of the count behind it."""
        if not isinstance(value, int | float):
            return
        if isinstance(n, int):
            self.say((value - 0.5) / 100 * n, (value + 0.5) / 100 * n, **{events: 1})
        else:
            self.say(0, MOST, **{events: 1, people: -(value - 0.5) / 100})
            self.say(-MOST, 0, **{events: 1, people: -(value + 0.5) / 100})

    def risk_ratio(self, outcome: dict[str, Any]) -> None:
        """A ratio of shares to two places ties the groups' events together, where their people are known."""
        for ratio in outcome["ratios"]:
            people = [outcome[group]["n"] for group in ("treated", "comparison")]
            if ratio["name"] != "risk ratio" or "c" in (ratio["value"], *people):
                continue
            ours, theirs = (f"{outcome['name']}_{group}_events" for group in ("treated", "comparison"))
            for half, low, high in ((-0.005, 0, MOST), (0.005, -MOST, 0)):
                self.say(low, high, **{ours: 1 / people[0], theirs: -(ratio["value"] + half) / people[1]})

    def subgroups(self) -> None:
        """Levels add up to everybody, those with the outcome too."""
        rows = self.summary["subgroups"]
        for name in {row["name"] for row in rows}:
            for group in ("treated", "comparison"):
                levels = [row for row in rows if row["name"] == name]
                for what in ("n", "events"):
                    parts = {f"{name}_{row['level']}_{group}_{what}": 1.0 for row in levels}
                    self.say(0, 0, **parts, **{f"proven_reoffending_1y_{group}_{what}": -1.0})
                for row in levels:
                    people, events = f"{name}_{row['level']}_{group}_n", f"{name}_{row['level']}_{group}_events"
                    self.say(0, MOST, **{people: 1, events: -1})
                    self.printed(people, row[group]["n"])
                    self.rounded(events, row[group]["value"], people, row[group]["n"])

    def balance(self) -> None:
        """The levels of a factor add up to everybody analysed."""
        rows = [row for row in self.summary["balance"] if row["share"]]
        n = {"treated": self.summary["n"]["treated"], "comparison_after": self.summary["n"]["comparison"]}
        for group, people in n.items():
            for row in rows:
                count = f"share_{row['covariate']}_{row['level']}_{group}"
                self.rounded(count, row[group], "", people)
                self.say(0, people, **{count: 1})
            factor = {f"share_{row['covariate']}_{row['level']}_{group}": 1.0 for row in rows
                      if row["covariate"] == "Index offence"}  # fmt: skip
            self.say(people, people, **factor)
            whom = "treated" if group == "treated" else "comparison"
            self.say(0, 0, **{f"share_Sex_male_{group}": 1, f"Sex_male_{whom}_n": -1})

    def range(self, **terms: float) -> tuple[int, int]:
        """Return the least and the most that a sum of counts can be, given all that was printed."""
        columns = {name: at for at, name in enumerate(self.names)}
        matrix = np.zeros((len(self.known), len(self.names)))
        for at, (known, _, _) in enumerate(self.known):
            for name, factor in known.items():
                matrix[at, columns[name]] = factor
        goal = np.zeros(len(self.names))
        for name, factor in terms.items():
            goal[columns[name]] = factor
        slack = 1e-7
        constraint = LinearConstraint(
            matrix, [low - slack for _, low, _ in self.known], [high + slack for _, _, high in self.known]
        )
        ends = []
        for sign in (1, -1):
            found = milp(sign * goal, constraints=constraint, integrality=np.ones(len(goal)), bounds=Bounds(0, MOST))
            assert found.success, found.message
            ends.append(round(sign * found.fun))
        return ends[0], ends[1]


class LabAttacker(Attacker):
    """The same against the Justice Data Lab's form, where rows of everybody and of reoffenders stand side by side.

    Of each group: N people; R reoffenders, of whom t1, t2, t3 had a first reoffence of that tier and t0 of none known;
    F reoffences, likewise f1 to f3 and f0; c people with custody for reoffending, who got k sentences.
    """

    COUNTS: ClassVar[dict[str, str]] = {
        "proven_reoffending": "R", "frequency": "F", "custody_for_reoffending": "c", "custody_frequency": "k",
        "first_reoffence_indictable": "t1", "first_reoffence_either_way": "t2", "first_reoffence_summary": "t3",
        "indictable_reoffences": "f1", "either_way_reoffences": "f2", "summary_reoffences": "f3",
    }  # fmt: skip

    def __init__(self, summary: dict[str, Any]) -> None:
        self.names: list[str] = []
        self.known: list[tuple[dict[str, float], float, float]] = []
        self.summary = summary
        for group in ("treated", "comparison"):
            self.structure(group)
            for row in summary["rows"]:
                self.row(row, group)
        for row in summary["rows"]:
            self.difference(row)

    def structure(self, group: str) -> None:
        """Say how the counts of a group hang together, whatever they are."""

        def named(**terms: float) -> dict[str, float]:
            return {f"{name}_{group}": factor for name, factor in terms.items()}

        self.say(0, 0, **named(R=-1, t0=1, t1=1, t2=1, t3=1))
        self.say(0, 0, **named(F=-1, f0=1, f1=1, f2=1, f3=1))
        for less, more in (("R", "N"), ("R", "F"), ("c", "R"), ("c", "k"), ("k", "F"), ("t0", "f0"), ("t1", "f1"),
                           ("t2", "f2"), ("t3", "f3")):  # fmt: skip
            self.say(0, MOST, **named(**{less: -1, more: 1}))

    def row(self, row: dict[str, Any], group: str) -> None:
        """Take what a row prints of a group: how many people, the mean, and its interval, whose middle is the mean."""
        people = f"{'R' if row['among_reoffenders'] else 'N'}_{group}"
        told = row[group]
        self.printed(people, told["n"])
        count = self.COUNTS.get(row["name"].removesuffix("_1y"))
        if count is None:
            return
        places = (1.0, 0.1) if row["kind"] == "yes_no" else (0.01, 0.01)
        factor = 100 if row["kind"] == "yes_no" else 1
        ends = [told["ci_low"], told["ci_high"]]
        middle = sum(map(float, ends)) / 2 if "c" not in ends and float(ends[0]) > 0 else "c"
        for value, place in zip((told["value"], middle), places, strict=True):
            if value != "c":
                self.ratio(f"{count}_{group}", people, told["n"], float(value) / factor, place / 2 / factor)

    def ratio(self, count: str, people: str, n: Any, value: float, half: float) -> None:
        """Say that a count over a number of people lies within `half` of `value`."""
        if isinstance(n, int):
            self.say((value - half) * n, (value + half) * n, **{count: 1})
        else:
            self.say(0, MOST * 10, **{count: 1, people: -(value - half)})
            self.say(-MOST * 10, 0, **{count: 1, people: -(value + half)})

    def difference(self, row: dict[str, Any]) -> None:
        """Take the difference of two means, where the numbers of people are printed."""
        count = self.COUNTS.get(row["name"].removesuffix("_1y"))
        people = [row[group]["n"] for group in ("treated", "comparison")]
        if count is None or "c" in (row["difference"], *people):
            return
        factor, place = (100, 0.1) if row["kind"] == "yes_no" else (1, 0.01)
        value, half = float(row["difference"]) / factor, place / 2 / factor
        terms = {f"{count}_treated": 1 / people[0], f"{count}_comparison": -1 / people[1]}
        self.say(value - half, value + half, **terms)
