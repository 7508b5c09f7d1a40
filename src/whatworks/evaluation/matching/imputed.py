"""Match each of several imputed tables, and put their effects together by Rubin's rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from whatworks.evaluation.matching.match import match
from whatworks.evaluation.matching.result import Match
from whatworks.evaluation.values.people_table import like
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.pairs.balance import band_of
from whatworks.statistics.rubin import Combined, combine_draws


@dataclass(frozen=True, eq=False)
class ImputedMatch:
    """A match for each imputed table, in their order."""

    matches: tuple[Match, ...]

    def effect(self, outcome: str | None = None, *, adjusted: bool = True) -> Combined:
        """Return the effect over all tables: Rubin's estimate and error, Barnard and Rubin's degrees of freedom."""
        found = [each.effect(outcome, adjusted=adjusted) for each in self.matches]
        return combine_draws([each.difference for each in found], [each.se for each in found], found[0].df)

    def balance(self) -> Any:
        """Return each covariate's mean difference before and after over the tables, the farthest, and its band."""
        rows = [each.summary_rows() for each in self.matches]
        table = []
        for same in zip(*rows, strict=True):
            after = [row["smd_after"] for row in same]
            farthest = max(after, key=abs)
            table.append(
                {
                    "covariate": same[0]["covariate"],
                    "level": same[0]["level"],
                    "smd_before": sum(row["smd_before"] for row in same) / len(same),
                    "smd_after": sum(after) / len(after),
                    "farthest": farthest,
                    "band": band_of(farthest),
                }
            )
        return like(pl.DataFrame(table, infer_schema_length=None), self.matches[0].made_by)

    def __repr__(self) -> str:
        """Say what each table's match kept."""
        return "\n".join(f"table {at}\n{each!r}" for at, each in enumerate(self.matches, 1))


def match_imputed(
    tables: Sequence[Any], treated: str, covariates: Sequence[str] | None = (), **settings: Any
) -> ImputedMatch:
    """Match people in each of several tables, copies of one whose unknown values were filled in differently.

    People are matched anew in each table ("within", as R's MatchThem has it) by the same `settings`, those of `match`.
    Raises `Refused` for fewer than two tables, and where they are not of the same people in the same order.

    >>> people = {"scheme": [1, 1, 1, 0, 0, 0, 0], "y": [0, 1, 0, 1, 1, 0, 1]}
    >>> ages = ([30, 41, 52, 29, 43, 60, 33], [30, 41, 52, 29, 40, 60, 35])
    >>> both = match_imputed([pl.DataFrame({**people, "age": age}) for age in ages], "scheme", ["age"], distance="age")
    >>> found = both.effect("y", adjusted=False)
    >>> round(found.estimate, 4), found.draws
    (-0.3333, 2)
    """
    tables = list(tables)
    if len(tables) < 2:
        raise Refused("there is one table, or none", "bring at least two imputed tables, or use match()")
    matches = tuple(match(table, treated, covariates, **settings) for table in tables)
    first = matches[0]
    for at, each in enumerate(matches[1:], 2):
        if each.frame.columns != first.frame.columns or not (
            len(each.treated) == len(first.treated) and bool((each.treated == first.treated).all())
        ):
            problem = f"of table {at} is not that of table 1: rows, columns or who was treated differ"
            raise Refused(Fault(problem, "bring copies of one table, its rows in one order", field=treated))
    return ImputedMatch(matches)
