"""Serious allegations by charging decision: where they drop out, at which level, and whether the same people recur."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from whatworks.journeys.cases import reported
from whatworks.measures.derivation import derive
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused
from whatworks.records.tables.journey_tables import SERIOUSNESS
from whatworks.statistics.groups.intervals import wilson
from whatworks.statistics.limits.funnel import Funnel, funnel
from whatworks.statistics.limits.repeats import Repeats, repeats

SENTENCE = (
    "Not charged is not guilt; this says whether the same people recur more often than chance gives. It is about all "
    "decisions together: a board may not press any one prosecution."
)
STEPS = ("recorded", "suspect named", "referred", "charged at that level", "convicted at that level")


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """Of the units that came so far: how many reached the step, dropped out of it, or are still pending there.

    `lower` are those dropped that went on at a lower level: charged, or convicted, of less.
    """

    name: str
    reached: int
    dropped: int
    lower: int
    pending: int

    @property
    def share(self) -> float | None:
        """The share of decided units that dropped out; None where none is decided."""
        decided = self.reached + self.dropped
        return self.dropped / decided if decided else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95% interval of that share."""
        decided = self.reached + self.dropped
        return wilson(self.dropped, decided) if decided else None


@dataclass(frozen=True, slots=True)
class SeriousFunnel:
    """The funnel of each level, boroughs against all (None: fewer than two), and repeat drop-out against chance.

    `repeat` is None where nobody has so many decided units; a level of one person only is left out of it.
    `rows` are the units.
    """

    units: int
    allegations: int
    levels: dict[str, tuple[FunnelStep, ...]]
    boroughs: Funnel | None
    without_area: int
    repeat: Repeats | None
    k: int
    rows: pl.DataFrame


def serious_funnel(connection: Engine, k: int = 3) -> SeriousFunnel:
    """Return the funnel of all charging decisions in a partnership's store; `k` units make a repeat."""
    derive(connection, ["area_borough"], view=True)
    return funnel_of(reported(connection, "allegation", "allegation_report"), k)


def funnel_of(allegations: pl.DataFrame, k: int = 3) -> SeriousFunnel:
    """Return the same of a frame of allegations, whose columns are those of `sql/allegation_report.sql`."""
    if allegations.is_empty():
        raise Refused(
            Fault("no allegation was imported", "import table allegation (docs/journeys.md)", field="allegation")
        )
    units = charging_units(allegations)
    decided = units.filter(pl.col("decided")).sort("borough", "case_ref", "person")
    placed = decided.filter((pl.col("level") == SERIOUSNESS[0]) & pl.col("borough").is_not_null())
    table = placed.group_by("borough").agg((~pl.col("charged")).sum().alias("dropped"), n=pl.len()).sort("borough")
    areas = (
        funnel(table["borough"].to_list(), table["dropped"].to_list(), table["n"].to_list())
        if table.height > 1
        else None
    )
    serious = decided.filter(pl.col("level") == SERIOUSNESS[0]).height
    return SeriousFunnel(
        units.height,
        allegations.height,
        {level: _steps(units.filter(pl.col("level") == level)) for level in SERIOUSNESS},
        areas,
        serious - placed.height,
        _repeats(decided.filter(pl.col("person").is_not_null()), k),
        k,
        units,
    )


def charging_units(allegations: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each charging decision: allegations of one case against one person, at the gravest level.

    An allegation that names nobody is against the one whom its case names, if there is one. Whoever reached a step
    reached those before it, whether or not their days were written down.
    """
    grave = {level: place for place, level in enumerate(SERIOUSNESS)}
    ranked = allegations.with_columns(rank=pl.col("seriousness").replace_strict(grave, return_dtype=pl.Int64))
    only = pl.col("person").drop_nulls().n_unique().over("case_ref") == 1
    ranked = ranked.with_columns(
        person=pl.when(only).then(pl.col("person").max().over("case_ref")).otherwise(pl.col("person"))
    )
    ranked = ranked.with_columns(gravest=pl.col("rank") == pl.col("rank").min().over("case_ref", "person"))

    def at_level(column: str, value: str) -> pl.Expr:
        return ((pl.col(column) == value) & pl.col("gravest")).fill_null(False).any()

    def anywhere(column: str, *values: str) -> pl.Expr:
        return pl.col(column).is_in(values).fill_null(False).any()

    units = ranked.group_by("case_ref", "person").agg(
        pl.col("rank").min(),
        borough=pl.col("borough").drop_nulls().sort().first(),
        named=pl.col("suspect_named_on").is_not_null().any() | pl.col("person").is_not_null().any(),
        referred=pl.col("referred_on").is_not_null().any(),
        charged=at_level("decision", "charged"),
        lower=anywhere("decision", "charged", "charged_at_lower_level"),
        decided=pl.col("decision").filter(pl.col("gravest")).is_not_null().all(),
        convicted=at_level("result", "convicted"),
        convicted_lower=anywhere("result", "convicted", "convicted_at_lower_level"),
        finished=pl.col("result").is_not_null().any(),
    )
    charged, any_charge = pl.col("charged"), pl.col("charged") | pl.col("lower")
    return units.with_columns(
        unit=pl.concat_str("case_ref", pl.col("person").fill_null(""), separator="\x1f"),
        level=pl.col("rank").replace_strict(dict(enumerate(SERIOUSNESS)), return_dtype=pl.String),
        decided=pl.col("decided") | charged,
        referred=pl.col("referred") | any_charge,
        named=pl.col("named") | pl.col("referred") | any_charge,
        lower=pl.col("lower") & ~charged,
    )


def _steps(units: pl.DataFrame) -> tuple[FunnelStep, ...]:
    """Return the steps; who reached none further and is not decided is pending."""
    found = [FunnelStep(STEPS[0], units.height, 0, 0, 0)]
    for name, rows in zip(STEPS[1:], step_rows(units), strict=True):
        states = rows["state"].to_list()
        reached, dropped, pending = (states.count(state) for state in ("reached", "dropped", "pending"))
        found.append(FunnelStep(name, reached, dropped, rows["lower"].count(), pending))
    return tuple(found)


def step_rows(units: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield for each step but the first the units that came to it with their `state`: reached, dropped or pending.

    `lower` is "yes" of those dropped that went on at a lower level, else null.
    """
    conditions = (
        ("named", "decided", None),
        ("referred", "decided", None),
        ("charged", "decided", "lower"),
        ("convicted", "finished", "convicted_lower"),
    )
    for reached, over, lower in conditions:
        stopped = pl.when(over).then(pl.lit("dropped")).otherwise(pl.lit("pending"))
        rows = units.with_columns(state=pl.when(reached).then(pl.lit("reached")).otherwise(stopped))
        went = (pl.col("state") == "dropped") & (pl.col(lower) if lower else pl.lit(False))
        yield rows.with_columns(lower=pl.when(went).then(pl.lit("yes")))
        units = units.filter(pl.col(reached))


def repeat_people(units: pl.DataFrame, k: int) -> pl.DataFrame:
    """Return each person with `k` or more decided units, as `unit`, and whether any was `charged`: "yes" or "no"."""
    decided = units.filter(pl.col("decided") & pl.col("person").is_not_null())
    decided = decided.filter(pl.col("person").n_unique().over("level") > 1)
    people = decided.group_by("person").agg(pl.len(), pl.col("charged").any()).filter(pl.col("len") >= k)
    return people.select(unit="person", charged=pl.when("charged").then(pl.lit("yes")).otherwise(pl.lit("no")))


def _repeats(decided: pl.DataFrame, k: int) -> Repeats | None:
    decided = decided.filter(pl.col("person").n_unique().over("level") > 1)
    counts = decided.group_by("person").len()
    if not (counts["len"] >= k).any():
        return None
    return repeats(decided["person"].to_list(), decided["level"].to_list(), (~decided["charged"]).to_list(), k)
