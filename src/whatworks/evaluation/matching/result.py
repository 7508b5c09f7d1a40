"""A match: who counts how much, whom they stand for, how alike the groups became, and what follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import polars as pl

from whatworks.evaluation.matching.balance_rows import balance_rows, further_columns, lost_rows, table_one
from whatworks.evaluation.matching.by_level import effects_by_level
from whatworks.evaluation.matching.display import Summary, check_alike
from whatworks.evaluation.matching.distance import Distance
from whatworks.evaluation.matching.estimand import WORDS, Estimand
from whatworks.evaluation.matching.methods.declared import METHODS
from whatworks.evaluation.matching.methods.exact import codes
from whatworks.evaluation.matching.methods.found import mean_one
from whatworks.evaluation.matching.outcome_values import is_yes_no, outcome_values
from whatworks.evaluation.matching.plots import love_plot, spread_plot
from whatworks.evaluation.matching.run import MatchRun, run_again
from whatworks.evaluation.matching.setting_kinds import as_names, check_se_kind
from whatworks.evaluation.matching.settings import Settings
from whatworks.evaluation.matching.ties import TieRange, takes_the_nearest, tie_ends
from whatworks.evaluation.values.people_table import check_columns, like, sampling_weights
from whatworks.pictures.drawing import Picture
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Flags, Floats, Ints
from whatworks.statistics.groups.ratio import Ratio
from whatworks.statistics.pairs.bootstrap import Bootstrap, bootstrap_effect
from whatworks.statistics.pairs.nearest import Pairs
from whatworks.statistics.pairs.prognostic_score import prognostic_score
from whatworks.statistics.pairs.weights import Matched, effective_size
from whatworks.statistics.regression.design_matrix import Design, check_covariates, design_matrix
from whatworks.statistics.regression.g_computation import matched_effect, matched_ratios
from whatworks.statistics.regression.weighted_regression import SeKind
from whatworks.statistics.verdict import Decision, Wording, decide

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
    paired: pl.DataFrame | None
    method: str
    estimand: Estimand
    discarded: Flags
    warnings: tuple[str, ...] = ()
    index: Any = None
    sampling: Floats | None = None
    outcome: str | None = None

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
        outcome: str | None = None,
    ) -> "Match":
        """Return what a run made of a table; `made_by` names the library whose tables `data()` gives back."""
        sampling = sampling_weights(frame, asked.s_weights)
        return cls(
            frame=frame,
            asked=asked,
            made_by=made_by,
            treated=treated,
            covariates=tuple(dict.fromkeys((*asked.covariates, *asked.exact))),
            adjusted_for=asked.covariates,
            missing=asked.missing,
            weights=made.weights if sampling is None else mean_one(made.weights * sampling, treated),
            subclass=made.subclass,
            distance=made.distance,
            paired=made.pairs,
            method=asked.method,
            estimand=METHODS[asked.method].target or asked.estimand,
            discarded=made.discarded,
            warnings=made.warnings,
            index=index,
            sampling=sampling,
            outcome=outcome,
        )

    @cached_property
    def design(self) -> Design:
        """The covariates as numbers, as effects are adjusted for them."""
        return design_matrix(self.frame.select(list(self.adjusted_for)), missing=self.missing)

    @property
    def pairs(self) -> Any:
        """The pairs, a row each, in the make that was brought: positions from zero, and the round; None without."""
        return None if self.paired is None else like(self.paired, self.made_by)

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

    def counts(self) -> Any:
        """Return how many people of each group there were, count, are worth (ESS), were not matched, were discarded."""
        return like(pl.DataFrame(self._counts()), self.made_by)

    def _counts(self) -> list[dict[str, Any]]:
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
        return rows

    def balance(
        self, columns: Sequence[str] | None = None, *, squares: bool = False, interactions: bool = False
    ) -> Any:
        """Return a row for each covariate, or level of a factor, the distance first: means, differences before, after.

        Standardised mean differences are in standard deviations before matching of the group that the effect is about
        (the treated, or for an ATC the comparisons; for an ATE or ATO by both groups' mean variance). `squares` and
        `interactions` add those of all covariates. `chance_sd` is the standard deviation that a difference would have
        by chance alone in groups of that worth.
        """
        names = self._named(columns)
        table = self.frame.select(names)
        check_covariates(table, missing="indicator")
        if self.distance is not None and columns is None:
            table = table.insert_column(0, pl.Series("distance" if "distance" not in names else "score", self.distance))
        if squares or interactions:
            table = table.hstack(further_columns(self.frame.select(names), squares=squares, interactions=interactions))
        return self._balance(table)

    def prognostic(self, outcome: str) -> Any:
        """Return the balance of the prognostic score: one row, as `balance` gives it, in the unit of `outcome`.

        The score is what a regression on the covariates among the comparisons leads one to expect of each person
        (`prognostic_score`): its means differ by as much as recorded unlikeness alone makes of the outcome.
        """
        if not self.adjusted_for:
            raise Refused(Fault("has no covariates to predict it from", "pass covariates= to match()", field=outcome))
        score = prognostic_score(self._outcome(outcome), self.design.matrix, ~self.treated, self.sampling)
        return self._balance(pl.DataFrame({f"prognostic score: {outcome}": score}))

    def _balance(self, table: pl.DataFrame) -> Any:
        """Return the balance of a table's columns, in the make that was brought."""
        return like(pl.DataFrame(self.summary_rows(table), infer_schema_length=None), self.made_by)

    def summary_rows(self, table: pl.DataFrame | None = None) -> list[dict[str, Any]]:
        """Return the balance of the columns of `table`, by default of the covariates, a mapping for each row."""
        about = {"turned": self.estimand == "ATC", "pooled": self.estimand in ("ATE", "ATO")}
        columns = self.frame.select(list(self.covariates)) if table is None else table
        return balance_rows(columns, self.treated, self.weights, sampling=self.sampling, **about)

    def table_one(self, columns: Sequence[str] | None = None) -> Any:
        """Return Table 1: both groups' means (shares) and standard deviations of each covariate, before and after."""
        names = self._named(columns)
        table = self.frame.select(names)
        check_covariates(table, missing="indicator")
        return like(table_one(table, self.treated, self.weights, self.sampling), self.made_by)

    def _named(self, columns: Sequence[str] | None) -> list[str]:
        names = list(as_names("columns", columns)) if columns is not None else list(self.covariates)
        check_columns(self.frame, {"columns": names})
        return names

    def lost(self, columns: Sequence[str] | None = None) -> Any:
        """Return how the people left without a comparison differ from those kept, of the group the effect is about."""
        about = ~self.treated if self.estimand == "ATC" else self.treated
        names = self._named(columns)
        kept = self.weights[about] > 0
        if kept.all():
            numbers = dict.fromkeys(("lost", "kept", "smd"), pl.Float64)
            return like(pl.DataFrame(schema={"covariate": pl.String, "level": pl.String, **numbers}), self.made_by)
        table = self.frame.select(names).filter(pl.Series(about))
        rows = lost_rows(table, ~kept, None if self.sampling is None else self.sampling[about])
        return like(pl.DataFrame(rows, infer_schema_length=None), self.made_by)

    def effect(
        self,
        outcome: str | None = None,
        *,
        by: str | None = None,
        adjusted: bool = True,
        se_kind: SeKind | None = None,
        yes_no: bool | None = None,
    ) -> Any:
        """Return the difference in `outcome`, a column, between the groups: treated less comparison, an `Estimate`.

        `adjusted` averages a regression with treatment-by-covariate terms over the people the effect is about
        (g-computation); else it is the plain difference of weighted means. Errors are clustered on the matched set for
        pairs without replacement (CR3), else robust with one weighted row a person (HC3); `se_kind` may ask for others.
        `yes_no` is found out from the values where it is not said. Missing outcomes leave their person out.

        With `by`, a column, a table with a row for each of its levels: the effect on the matched people of that level,
        whose pairs may have partners in others. A level with fewer than two people on a side has no numbers. That one
        interval holds zero and another does not shows no difference between levels: compare the intervals.
        """
        values = self._outcome(self._named_outcome(outcome))
        two = is_yes_no(values) if yes_no is None else yes_no
        about: Literal["treated", "comparison", "all"] = WHOM[self.estimand]  # type: ignore[assignment]
        design, matched = self.design if adjusted else None, self._clustered(se_kind)
        if by is None:
            return matched_effect(values, self.treated, matched, design, yes_no=two, se_kind=se_kind, about=about)
        check_columns(self.frame, {"by": [by]})
        rows = effects_by_level(self.frame[by], values, self.treated, matched, design, two, se_kind, about)
        return like(rows, self.made_by)

    def verdict(
        self,
        outcome: str | None = None,
        *,
        worthwhile: float | None = None,
        unit: str | None = None,
        lower_is_better: bool = True,
        adjusted: bool = True,
    ) -> Decision:
        """Return the verdict on the effect, with its sentence and what its interval rules out.

        `worthwhile` is the smallest effect worth having, in the outcome's own unit (0.05 for five percentage points);
        `unit` what a number is called. Raises `Refused` where the groups are not alike: a covariate or level differs by
        more than 0.1 standard deviations after matching, and more than chance alone would make it (two of its standard
        deviations); `effect` still gives the bare difference.
        """
        name = self._named_outcome(outcome)
        check_alike(self.summary_rows())
        yes_no = is_yes_no(self._outcome(name))
        wording = Wording(name) if yes_no else Wording(name, unit or f"of {name}", 1.0, 2)
        estimate = self.effect(name, adjusted=adjusted)
        return decide(estimate, wording, smallest_worthwhile=worthwhile, lower_is_better=lower_is_better)

    def _named_outcome(self, outcome: str | None) -> str:
        if (name := outcome or self.outcome) is None:
            raise Refused("no outcome is named", 'write effect("COLUMN"), or match(..., outcome="COLUMN")')
        return name

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
            yes_no=is_yes_no(values) if yes_no is None else yes_no,
            se_kind=se_kind,
            about=WHOM[self.estimand],  # type: ignore[arg-type]
        )

    def _clustered(self, se_kind: SeKind | None) -> Matched:
        """Return weights and, where errors are clustered on them, matched sets: pairs always, others where asked."""
        check_se_kind(se_kind)
        asked = se_kind in ("CR1", "CR3") and self.estimand == "ATT"
        paired = self.subclass is not None and (self.paired is not None or asked)
        return Matched(self.weights, self.subclass if paired else None, self.sampling)

    def bootstrap(self, outcome: str, *, runs: int = 1000, seed: int, adjusted: bool = True) -> Bootstrap:
        """Return the same difference with a percentile interval from `runs` draws of whole matched sets.

        People are not matched again. For pairs and sets without replacement only (`nearest`, `optimal`); else refused.
        """
        if self.sampling is not None:
            raise Refused("a draw of matched sets does not carry sampling weights", "use the interval of the effect")
        if self.paired is None or self.subclass is None:
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
        if self.paired is None:
            remedy = f"method {self.method} takes all who are equally near"
            raise Refused(f"row order does not affect {self.method} matching", remedy)
        if ways < 1:
            raise Refused(Fault("is below one", "say in how many other orders to match", field="ways"))
        if not adjusted and self.distance is not None and takes_the_nearest(self.asked):
            exact, alike = self.frame.select(list(self.asked.exact)), np.zeros(len(self.treated), dtype=np.int64)
            strata = codes(exact) if exact.width else alike
            pairs = Pairs(*(self.paired[name].to_numpy() for name in ("treated", "comparison", "round")))
            able = np.where(self.discarded, -1, strata)
            ends = tie_ends(self._outcome(outcome), self.distance, pairs, self.treated, able)
            if ends is not None:
                return ends
        rng = np.random.default_rng(seed)
        others = [self._in_order(rng.permutation(len(self.treated))) for _ in range(ways)]
        seen = [each.effect(outcome, adjusted=adjusted).difference for each in (self, *others)]
        return TieRange(min(seen), max(seen), len(seen))

    def _in_order(self, order: Ints) -> "Match":
        """Return the same match of the same people, their rows in another `order`; distances stay as they were."""
        distance = Distance(None if self.distance is None else self.distance[order], ~self.discarded[order])
        frame, treated = self.frame[order], self.treated[order]
        return Match.of(frame, treated, self.asked, run_again(frame, treated, self.asked, distance))

    def _outcome(self, name: str) -> Floats:
        return outcome_values(self.frame, name, self.treated, self.weights)

    def summary(self, outcome: str | None = None) -> Summary:
        """Return counts, worth, balance and the effect on an outcome, to print or to show in a notebook."""
        named = outcome or self.outcome
        return Summary(
            f"{self.method} matching for {WORDS[self.estimand]} ({self.estimand})",
            self._counts()[::-1],
            self.summary_rows(),
            self.warnings,
            named,
            None if named is None else self.effect(named),
        )

    def love_plot(self) -> Picture:
        """Return a picture of every covariate's standardised difference, before and after."""
        return love_plot(self.summary_rows())

    def overlap_plot(self) -> Picture:
        """Return a picture of how the score is spread among the treated, and the comparisons before and after."""
        if self.distance is None:
            raise Refused(f"method {self.method} has no score", "use distribution_plot for a covariate")
        score = pl.Series("distance", self.distance)
        return spread_plot(score, self.treated, self.weights, self.sampling, "Distance: what people were matched on")

    def distribution_plot(self, column: str) -> Picture:
        """Return a picture of how a column is spread among the treated, and the comparisons before and after."""
        check_columns(self.frame, {"column": [column]})
        return spread_plot(self.frame[column], self.treated, self.weights, self.sampling, column)

    def __repr__(self) -> str:
        """Say in a few lines what was done and what became of it."""
        return str(self.summary())

    def _repr_html_(self) -> str:
        return self.summary()._repr_html_()
