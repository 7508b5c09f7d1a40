"""A match: who counts how much, whom they stand for, how alike the groups became, and what follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.evaluation.matching.distance import Distance
from whatworks.evaluation.matching.estimand import WORDS, Estimand
from whatworks.evaluation.matching.methods.declared import METHODS
from whatworks.evaluation.matching.methods.exact import codes
from whatworks.evaluation.matching.run import MatchRun, run_again
from whatworks.evaluation.matching.setting_kinds import as_names, check_se_kind
from whatworks.evaluation.matching.settings import Settings
from whatworks.evaluation.matching.ties import TieRange, tie_ends
from whatworks.evaluation.values.people_table import check_columns, like
from whatworks.evaluation.values.table_columns import text_outcome
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.groups.estimate import Estimate
from whatworks.statistics.groups.ratio import Ratio
from whatworks.statistics.pairs.balance import Balance, balance, chance_sd
from whatworks.statistics.pairs.bootstrap import Bootstrap, bootstrap_effect
from whatworks.statistics.pairs.nearest import Pairs
from whatworks.statistics.pairs.prognostic_score import prognostic_score
from whatworks.statistics.pairs.weights import Matched, effective_size
from whatworks.statistics.regression.design_matrix import Design, check_covariates, design_matrix, is_factor
from whatworks.statistics.regression.g_computation import matched_effect, matched_ratios
from whatworks.statistics.regression.weighted_regression import SeKind

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
WHOM: dict[str, str] = {"ATT": "treated", "ATC": "comparison", "ATE": "all", "ATO": "all"}


@dataclass(frozen=True, eq=False)
class Match:
    """The outcome of `match`. Arrays have one element a row of the table, in its order.

    `weights`: 0 for people who do not count; in each group the others' mean is one. `subclass`: the matched set, from
    zero, -1 for none; None where a person stands in several. `distance`: what people were matched on; None where on no
    one number. `pairs`: a frame of `treated` and `comparison` (zero-based row positions) and `round`, for nearest and
    optimal matching; else None. `warnings`: what to mind, in sentences. `index`: the names of a pandas table's rows.
    """

    frame: pl.DataFrame
    asked: Settings
    made_by: str
    treated: Flags
    covariates: tuple[str, ...]
    adjusted_for: tuple[str, ...]
    missing: Literal["refuse", "indicator"]
    weights: Floats
    subclass: Ints | None
    distance: Floats | None
    pairs: pl.DataFrame | None
    method: str
    estimand: Estimand
    discarded: Flags
    warnings: tuple[str, ...] = ()
    index: Any = None

    @classmethod
    def of(
        cls,
        frame: pl.DataFrame,
        treated: Flags,
        asked: Settings,
        made: MatchRun,
        *,
        made_by: str = "polars",
        index: Any = None,
    ) -> "Match":
        """Return what a run made of a table; `made_by` names the library whose tables `data()` gives back."""
        return cls(
            frame=frame,
            asked=asked,
            made_by=made_by,
            treated=treated,
            covariates=tuple(dict.fromkeys((*asked.covariates, *asked.exact))),
            adjusted_for=asked.covariates,
            missing=asked.missing,
            weights=made.weights,
            subclass=made.subclass,
            distance=made.distance,
            pairs=made.pairs,
            method=asked.method,
            estimand=METHODS[asked.method].target or asked.estimand,
            discarded=made.discarded,
            warnings=made.warnings,
            index=index,
        )

    @cached_property
    def design(self) -> Design:
        """The covariates as numbers, as effects are adjusted for them."""
        return design_matrix(self.frame.select(list(self.adjusted_for)), missing=self.missing)

    def data(self) -> Any:
        """Return the matched people with `distance`, `weights` and `subclass`, as a table of the make that was brought.

        Columns of the table that have these names are kept; ours are then called `match_weights` and the like. A pandas
        table keeps its index, so that `people["weights"] = made.data()["weights"]` gives everybody their own.
        """
        own: list[tuple[str, Any]] = [("weights", self.weights)]
        own = own if self.distance is None else [("distance", self.distance), *own]
        own = own if self.subclass is None else [*own, ("subclass", self.subclass)]
        names = [name if name not in self.frame.columns else f"match_{name}" for name, _ in own]
        columns = [pl.Series(name, values) for name, (_, values) in zip(names, own, strict=True)]
        used = self.weights > 0
        index = None if self.index is None else self.index[used]
        return like(self.frame.with_columns(columns).filter(pl.Series(used)), self.made_by, index)

    def counts(self) -> pl.DataFrame:
        """Return how many people of each group there were, count, are worth (ESS), were not matched, were discarded."""
        used = self.weights > 0
        rows = []
        for name, group in (("comparison", ~self.treated), ("treated", self.treated)):
            rows.append(
                {
                    "group": name,
                    "all": int(group.sum()),
                    "matched": int((group & used).sum()),
                    "matched_ess": effective_size(self.weights[group]),
                    "unmatched": int((group & ~used & ~self.discarded).sum()),
                    "discarded": int((group & self.discarded).sum()),
                }
            )
        return pl.DataFrame(rows)

    def balance(
        self, columns: Sequence[str] | None = None, *, squares: bool = False, interactions: bool = False
    ) -> pl.DataFrame:
        """Return a row for each covariate, or level of a factor, the distance first: means, differences before, after.

        Standardised mean differences are in standard deviations before matching of the group that the effect is about
        (the treated, or for an ATC the comparisons; for an ATE or ATO by both groups' mean variance). `squares` and
        `interactions` add those of all covariates. `chance_sd` is the standard deviation that a difference would have
        by chance alone in groups of that worth.
        """
        names = list(as_names("columns", columns)) if columns is not None else list(self.covariates)
        check_columns(self.frame, {"columns": names})
        table = self.frame.select(names)
        check_covariates(table, missing="indicator")
        if self.distance is not None and columns is None:
            table = table.insert_column(0, pl.Series("distance" if "distance" not in names else "score", self.distance))
        if squares or interactions:
            table = table.hstack(_further(self.frame.select(names), squares=squares, interactions=interactions))
        return self._balance(table)

    def prognostic(self, outcome: str) -> pl.DataFrame:
        """Return the balance of the prognostic score: one row, as `balance` gives it, in the unit of `outcome`.

        The score is what a regression on the covariates among the comparisons leads one to expect of each person
        (`prognostic_score`): its means differ by as much as recorded unlikeness alone makes of the outcome.
        """
        if not self.adjusted_for:
            raise Refused(Fault("has no covariates to be foretold by", "name them in match()", field=outcome))
        score = prognostic_score(self._outcome(outcome), self.design.matrix, ~self.treated)
        return self._balance(pl.DataFrame({f"prognostic score: {outcome}": score}))

    def _balance(self, table: pl.DataFrame) -> pl.DataFrame:
        turned = self.estimand == "ATC"
        rows = balance(
            table,
            ~self.treated if turned else self.treated,
            self.weights,
            pooled=self.estimand in ("ATE", "ATO"),
            shape_before=True,
        )
        sizes = [effective_size(self.weights[group]) for group in (self.treated, ~self.treated)]
        chance = chance_sd(sizes[0], sizes[1])
        return pl.DataFrame([_row(one, turned, chance) for one in rows], infer_schema_length=None)

    def lost(self, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Return how the people left without a comparison differ from those kept, of the group the effect is about."""
        about = ~self.treated if self.estimand == "ATC" else self.treated
        names = list(as_names("columns", columns)) if columns is not None else list(self.covariates)
        check_columns(self.frame, {"columns": names})
        kept = self.weights[about] > 0
        if kept.all():
            return pl.DataFrame(schema={"covariate": pl.String, "level": pl.String, "lost": pl.Float64})
        rows = balance(self.frame.select(names).filter(pl.Series(about)), ~kept)
        return pl.DataFrame(
            [
                {
                    "covariate": one.covariate,
                    "level": one.level,
                    "lost": one.treated_before,
                    "kept": one.comparison_before,
                    "smd": one.smd_before,
                }
                for one in rows
            ],
            infer_schema_length=None,
        )

    def effect(
        self, outcome: str, *, adjusted: bool = True, se_kind: SeKind | None = None, yes_no: bool | None = None
    ) -> Estimate:
        """Return the difference in `outcome`, a column, between the groups: treated less comparison.

        `adjusted` averages a regression with treatment-by-covariate terms over the people the effect is about
        (g-computation); else it is the plain difference of weighted means. Errors are clustered on the matched set for
        pairs without replacement (CR3), else robust with one weighted row a person (HC3); `se_kind` may ask for others.
        `yes_no` is found out from the values where it is not said. Missing outcomes leave their person out.
        """
        values = self._outcome(outcome)
        return matched_effect(
            values,
            self.treated,
            self._clustered(se_kind),
            self.design if adjusted else None,
            yes_no=_is_yes_no(values) if yes_no is None else yes_no,
            se_kind=se_kind,
            about=WHOM[self.estimand],  # type: ignore[arg-type]
        )

    def ratios(
        self, outcome: str, *, adjusted: bool = True, se_kind: SeKind | None = None, yes_no: bool | None = None
    ) -> tuple[Ratio, ...]:
        """Return the same effect as risk ratio and odds ratio (yes/no), or as rate ratio (numbers of offences).

        They compare the two expected outcomes of `effect`, with its errors, by the delta method on the log scale.
        Refused where an outcome is below zero: it has no ratio.
        """
        values = self._outcome(outcome)
        if (values[(self.weights > 0) & ~np.isnan(values)] < 0).any():
            raise Refused(Fault("is below zero for somebody, so it has no ratio", "use effect()", field=outcome))
        return matched_ratios(
            values,
            self.treated,
            self._clustered(se_kind),
            self.design if adjusted else None,
            yes_no=_is_yes_no(values) if yes_no is None else yes_no,
            se_kind=se_kind,
            about=WHOM[self.estimand],  # type: ignore[arg-type]
        )

    def _clustered(self, se_kind: SeKind | None) -> Matched:
        """Return weights and, where errors are clustered on them, matched sets: pairs always, others where asked."""
        check_se_kind(se_kind)
        asked = se_kind in ("CR1", "CR3") and self.estimand == "ATT"
        paired = self.subclass is not None and (self.pairs is not None or asked)
        return Matched(self.weights, self.subclass if paired else None)

    def bootstrap(self, outcome: str, *, runs: int = 1000, seed: int, adjusted: bool = True) -> Bootstrap:
        """Return the same difference with a percentile interval from `runs` draws of whole matched sets.

        People are not matched again. For pairs and sets without replacement only (`nearest`, `optimal`); else refused.
        """
        if self.pairs is None or self.subclass is None:
            raise Refused(
                "there are no matched sets of their own to draw from",
                'match with method "nearest" or "optimal", without replacement, or use the interval of the effect',
            )
        return bootstrap_effect(
            self._outcome(outcome),
            self.treated,
            Matched(self.weights, self.subclass),
            self.design if adjusted else None,
            runs=runs,
            seed=seed,
            about=WHOM[self.estimand],  # type: ignore[arg-type]
        )

    def ties(self, outcome: str, *, ways: int = 10, seed: int, adjusted: bool = True) -> TieRange:
        """Return how far the same difference moves over its own order of the rows and `ways` others, from `seed`.

        Of equally good comparisons the order of the rows decides which is taken; without ties the range has no width.
        For nearest and optimal matching only: the others take all who are equally good. Where each takes one nearest
        comparison, however often it was taken, the two ends of the plain difference (not `adjusted`) are known, and
        given: they are of 2 ways.
        """
        if self.pairs is None:
            raise Refused("nothing hangs on the order of the rows", f"method {self.method} takes all who are as good")
        if ways < 1:
            raise Refused(Fault("is below one", "say in how many other orders to match", field="ways"))
        ends = None if adjusted else self._ends(self._outcome(outcome))
        if ends is not None:
            return ends
        rng = np.random.default_rng(seed)
        others = [self._in_order(rng.permutation(len(self.treated))) for _ in range(ways)]
        found = [one.effect(outcome, adjusted=adjusted).difference for one in (self, *others)]
        return TieRange(min(found), max(found), len(found))

    def _in_order(self, order: Ints) -> "Match":
        """Return the same match of the same people, their rows in another `order`; distances stay as they were."""
        distance = Distance(None if self.distance is None else self.distance[order], ~self.discarded[order])
        frame, treated = self.frame[order], self.treated[order]
        return Match.of(frame, treated, self.asked, run_again(frame, treated, self.asked, distance))

    def _ends(self, values: Floats) -> TieRange | None:
        """Return the ends over all ways, where each of the treated takes the one nearest comparison of all."""
        asked = self.asked
        free = asked.replace and asked.reuse_max is None and asked.ratio == 1 and asked.estimand == "ATT"
        if not free or asked.mahalanobis or {*asked.calipers} - {"distance"}:
            return None
        if self.distance is None or self.pairs is None:
            return None
        strata = codes(self.frame.select(list(asked.exact))) if asked.exact else np.zeros(len(values), dtype=np.int64)
        pairs = Pairs(*(self.pairs[name].to_numpy() for name in ("treated", "comparison", "round")))
        return tie_ends(values, self.distance, pairs, self.treated, np.where(self.discarded, -1, strata))

    def _outcome(self, name: str) -> Floats:
        """Return a column as numbers, NaN where it is not known."""
        check_columns(self.frame, {"outcome": [name]})
        column = self.frame[name]
        if not (column.dtype.is_numeric() or column.dtype == pl.Boolean):
            raise text_outcome(column)
        values = column.cast(pl.Float64).fill_null(np.nan).to_numpy()
        self._check_outcome(name, values)
        return values

    def _check_outcome(self, name: str, values: Floats) -> None:
        """Refuse an outcome of which nothing can be learnt."""
        known = values[(self.weights > 0) & ~np.isnan(values)]
        if np.isinf(known).any():
            faults = Fault(f"is infinite for {int(np.isinf(known).sum())} people", "correct or empty them", field=name)
            raise Refused(faults)
        if len(known) and np.ptp(known) == 0:
            remedy = "take another outcome, or a longer time: nothing can be compared"
            raise Refused(Fault(f"is {known[0]:g} for everybody who is matched", remedy, field=name))
        if np.array_equal(values, self.treated):
            raise Refused(Fault("is who was treated", "name what happened afterwards", field=name))
        sides = [int((self.treated[(self.weights > 0) & ~np.isnan(values)] == side).sum()) for side in (True, False)]
        if min(sides) < 2:
            problem = f"is known for {sides[0]} matched people in the scheme and {sides[1]} comparisons"
            raise Refused(Fault(problem, "an effect needs two of each at the least: match more people", field=name))

    def __str__(self) -> str:
        """Say in a few lines what was done and what became of it."""
        rows = list(self.counts().iter_rows(named=True))
        lines = [f"{self.method} matching for {WORDS[self.estimand]} ({self.estimand})"]
        lines += [
            f"{row['group']}: {row['matched']:,} of {row['all']:,} matched, worth {row['matched_ess']:,.1f}"
            for row in reversed(rows)
        ]
        return "\n".join([*lines, *self.warnings])


def _is_yes_no(values: Floats) -> bool:
    return bool(np.isin(values[~np.isnan(values)], (0.0, 1.0)).all())


def _row(one: Balance, turned: bool, chance: float) -> dict[str, Any]:
    """Return a row of the table; where the groups changed places, back in their own."""
    before, after = (one.treated_before, one.comparison_before), (one.treated_after, one.comparison_after)
    sign = -1.0 if turned else 1.0
    ratios = [
        ratio if not turned or not ratio else 1 / ratio
        for ratio in (one.variance_ratio_before, one.variance_ratio_after)
    ]
    return {
        "covariate": one.covariate,
        "level": one.level,
        "treated_before": before[turned],
        "comparison_before": before[not turned],
        "smd_before": None if one.smd_before is None else sign * one.smd_before,
        "treated_after": after[turned],
        "comparison_after": after[not turned],
        "smd_after": None if one.smd_after is None else sign * one.smd_after,
        "variance_ratio_before": ratios[0],
        "variance_ratio_after": ratios[1],
        "ks_before": one.ks_before,
        "ks_after": one.ks_after,
        "chance_sd": chance,
        "band": one.band,
    }


def _further(table: pl.DataFrame, *, squares: bool, interactions: bool) -> pl.DataFrame:
    """Return squares of numbers, and products of all pairs of covariates, factors by their levels."""
    found: list[pl.Series] = []
    columns = [column for part in table for column in _numbers(part)]
    if squares:
        found += [pl.Series(f"{name}²", values**2) for name, owner, values in columns if owner == name]
    if interactions:
        found += [
            pl.Series(f"{a} × {b}", first * second)
            for (a, owner, first), (b, other, second) in combinations(columns, 2)
            if owner != other
        ]
    return pl.DataFrame(found)


def _numbers(column: pl.Series) -> list[tuple[str, str, pl.Series]]:
    if not is_factor(column):
        return [(column.name, column.name, column.cast(pl.Float64))]
    text = column.cast(pl.String)
    return [
        (f"{column.name}: {level}", column.name, (text == level).cast(pl.Float64))
        for level in sorted(text.drop_nulls().unique())
    ]
