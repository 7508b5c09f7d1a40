"""Made-up people in two groups, and the Justice Data Lab's rows of them."""

from dataclasses import dataclass

import numpy as np

from papers.small_result import small
from whatworks.evaluation.answer.data_lab import compared, lab_row, of_reoffenders
from whatworks.evaluation.question.data_lab_list import EVERYBODY, REOFFENDERS
from whatworks.evaluation.question.outcome_register import outcome_named
from whatworks.evaluation.result import Counts, DataLab, Result


@dataclass(frozen=True)
class Group:
    """People, reoffenders by the tier of their first reoffence (last: not known), further reoffences by tier, and
    how many reoffenders went to custody, once each but for `twice` of them."""

    people: int
    first: tuple[int, int, int, int]
    further: tuple[int, int, int, int] = (8, 25, 14, 0)
    custody: int = 30
    twice: int = 6

    def columns(self) -> dict[str, np.ndarray]:
        """Return each outcome's value for each person."""
        tier = np.repeat([1, 2, 3, 0, -1], [*self.first, self.people - sum(self.first)])
        reoffences = np.stack([(tier == of).astype(float) for of in (1, 2, 3, 0)])
        for of, more in enumerate(self.further):
            for at in range(more):
                reoffences[of, at % max(1, sum(self.first))] += 1
        jailed = (np.arange(self.people) < self.custody).astype(float)
        found = {
            "proven_reoffending": (tier >= 0).astype(float),
            "frequency": reoffences.sum(axis=0),
            "days_to_first": np.where(tier >= 0, 20.0 + np.arange(self.people) % 300, np.nan),
            "custody_for_reoffending": jailed,
            "custody_frequency": jailed + (np.arange(self.people) < self.twice),
        }
        for of, name in enumerate(("indictable", "either_way", "summary")):
            found |= {f"first_reoffence_{name}": (tier == of + 1).astype(float), f"{name}_reoffences": reoffences[of]}
        return found


def rows(ours: Group, theirs: Group) -> tuple[DataLab, ...]:
    """Return the rows of everybody, then those of reoffenders only."""
    pair = ours.columns(), theirs.columns()
    columns = {name: np.concatenate([one[name] for one in pair]) for name in pair[0]}
    treated = np.repeat([True, False], [ours.people, theirs.people])
    found = []
    for stem, among in [*((stem, False) for stem in EVERYBODY), *((stem, True) for stem in REOFFENDERS)]:
        spec = of_reoffenders(outcome_named(f"{stem}_1y")) if among else outcome_named(f"{stem}_1y")
        values = np.where(among & (columns["proven_reoffending"] == 0), np.nan, columns[stem])
        estimate = compared(values, treated, np.ones(len(treated)))
        assert estimate is not None
        found.append(lab_row(estimate, spec, verdict=not among))
    return tuple(found)


def lab_result(ours: Group, theirs: Group) -> Result:
    """Return a result in which nothing but the Data Lab's rows and the numbers of people is told."""
    n = Counts(
        treated=ours.people, comparison=theirs.people, comparison_pool=9_000, effective_comparison=float(theirs.people)
    )
    nothing = {"outcomes": (), "subgroups": (), "sensitivity": (), "attrition": (), "balance": (), "search": None}
    return small().model_copy(update={**nothing, "n": n, "data_lab": rows(ours, theirs)})
