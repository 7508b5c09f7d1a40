"""Several schemes at once: each arm matched with the same comparisons, pair by pair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from whatworks.evaluation.matching.match import match
from whatworks.evaluation.matching.result import Match
from whatworks.evaluation.values.people_table import check_columns, like, to_polars
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.multiplicity import holm

MOST_ARMS = 20


@dataclass(frozen=True, eq=False)
class Arms:
    """A match for each arm, by its name; `shared` comparisons serve in the matches of more than one."""

    matches: Mapping[str, Match]
    shared: int

    @property
    def sentence(self) -> str:
        """What is to be minded where arms are compared with one another."""
        few = "no comparison serves" if not self.shared else f"{self.shared:,} comparisons serve"
        return (
            f"Each arm is compared with people in none of them, and {few} in more than one arm's match: the estimates "
            "are not independent. To compare two arms with one another, match these two."
        )

    def effect(self, outcome: str, *, adjusted: bool = True) -> Any:
        """Return a row for each arm: people, the difference from the comparisons, its interval, p, and Holm's p."""
        found = {arm: each.effect(outcome, adjusted=adjusted) for arm, each in self.matches.items()}
        rows = [
            {
                "arm": arm,
                "treated": each.treated.n,
                "comparison": each.comparison.n,
                **{name: getattr(each, name) for name in ("difference", "se", "ci_low", "ci_high", "p")},
                "p_holm": p,
            }
            for (arm, each), p in zip(found.items(), holm([each.p for each in found.values()]), strict=True)
        ]
        return like(pl.DataFrame(rows), next(iter(self.matches.values())).made_by)

    def __repr__(self) -> str:
        """Say what each arm's match kept."""
        return "\n".join([*(f"{arm}\n{each!r}" for arm, each in self.matches.items()), self.sentence])


def match_arms(data: Any, arm: str, reference: str, covariates: Sequence[str] | None = (), **settings: Any) -> Arms:
    """Match the people of each arm with those of the `reference` arm, by the same `settings`, those of `match`.

    `arm` is the column that says who was in which scheme, `reference` its value for those who were in none. Raises
    `Refused` where nobody was in the reference arm, or in no other, or somebody's arm is not known.

    >>> people = pl.DataFrame({"arm": ["A", "A", "B", "B", "none", "none"], "age": [30, 40, 50, 41, 31, 42]})
    >>> both = match_arms(people, "arm", "none", ["age"], distance="age")
    >>> list(both.matches), both.shared
    (['A', 'B'], 2)
    """
    frame = to_polars(data)
    check_columns(frame, {"arm": [arm]})
    names = frame[arm].cast(pl.String)
    if names.null_count():
        raise Refused(Fault(f"is not known for {names.null_count()} people", "leave them out, or find out", field=arm))
    others = sorted(set(names.unique()) - {reference})
    if not 1 <= len(others) <= MOST_ARMS or len(others) == names.n_unique():
        seen = ", ".join(sorted(names.unique())[:MOST_ARMS])
        raise Refused(Fault("is not one of several arms", f"choose from {seen}", field="reference", value=reference))
    flag = next(name for name in ("in_arm", "in_this_arm", "_in_arm") if name not in frame.columns)
    made_by = type(data).__module__.partition(".")[0]
    matches, served = {}, np.zeros(int((names == reference).sum()), dtype=np.int64)
    for name in others:
        both = names.is_in([name, reference])
        part = frame.with_columns((names == name).alias(flag)).filter(both)
        index = data.index[both.to_numpy()] if made_by == "pandas" else None
        matches[name] = match(like(part, made_by, index), flag, covariates, **settings)
        served += matches[name].weights[~matches[name].treated] > 0
    return Arms(matches, int((served > 1).sum()))
