"""Who is treated differently, and at which step: people by protected characteristic at each stage of a scheme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

import polars as pl

from whatworks.board.register import ledger
from whatworks.board.tables import Assessed
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, picked
from whatworks.statistics.groups.intervals import newcombe, wilson
from whatworks.statistics.power import smallest_detectable

NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a scheme. `before` is the place of the stage that its people come from; None for the first."""

    name: str
    label: str
    before: int | None


STAGES = (
    Stage("eligible", "Eligible", None),
    Stage("selected", "Referred or offered", 0),
    Stage("started", "Started", 1),
    Stage("completed", "Completed", 2),
)
"""The stages of a scheme; each holds whoever reached it or a later one."""


@dataclass(frozen=True, slots=True)
class GroupLevel:
    """One level of a characteristic: how many of its people reached each stage. Counts are restricted."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One characteristic: its levels, "not known" among them, which add up to everybody."""

    name: str
    label: str
    levels: tuple[GroupLevel, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        """Return everybody at each stage."""
        return tuple(sum(column) for column in zip(*(level.counts for level in self.levels), strict=True))


@dataclass(frozen=True, slots=True)
class Impact:
    """An equality impact assessment: counts at each stage for each characteristic, unrounded and restricted."""

    name: str
    """What it is kept under: the scheme's number, or the file's name."""
    called: str
    """What papers call it."""
    place: str | None
    as_at: date
    done_on: date
    launch_on: date | None
    stages: tuple[Stage, ...]
    breakdowns: tuple[Breakdown, ...]
    notes: tuple[str, ...] = ()

    @property
    def before_launch(self) -> bool | None:
        """Whether it was done before the launch; None where the day of the launch is not known."""
        return None if self.launch_on is None else self.done_on < self.launch_on


@dataclass(frozen=True, slots=True)
class GroupDisparity:
    """How a level fares at a stage against everyone else: shares of those who could have reached it.

    `beyond_chance` is true where the 95% interval of the difference leaves out zero. `detectable` is the smallest
    difference that these numbers would show four times in five.
    """

    share: float
    low: float
    high: float
    rest: float
    difference: float
    difference_low: float
    difference_high: float
    detectable: float
    beyond_chance: bool


def assess(
    people: pl.DataFrame, characteristics: dict[str, str], stages: Sequence[Stage], *, outcome: str | None = None
) -> tuple[tuple[Stage, ...], tuple[Breakdown, ...]]:
    """Return the stages and, for each characteristic, how many people of each level reached them.

    `people` has a row a person: the characteristics (null where not known), a flag for each stage, and, where `outcome`
    gives its label, the column `outcome`: whether it happened, null where not known. The outcome adds two stages, both
    among those selected, whether or not they started (intention to treat): outcome known, and outcome happened.
    """
    found = list(stages)
    frame = people
    if outcome is not None:
        base = next(at for at, one in enumerate(stages) if one.name == "selected")
        found += [Stage("known", "Outcome known", base), Stage("outcome", outcome, len(stages))]
        among = pl.col("selected")
        frame = frame.with_columns(
            known=among & pl.col("outcome").is_not_null(), outcome=among & pl.col("outcome").fill_null(False)
        )
    names = [one.name for one in found]
    return tuple(found), tuple(_breakdown(frame, name, label, names) for name, label in characteristics.items())


def _breakdown(frame: pl.DataFrame, name: str, label: str, stages: list[str]) -> Breakdown:
    rows = (
        frame.group_by(pl.col(name).cast(pl.String).fill_null(NOT_KNOWN).alias("level"))
        .agg(pl.col(stage).sum().cast(pl.Int64) for stage in stages)
        .sort(pl.col("level") == NOT_KNOWN, "level")
    )
    return Breakdown(name, label, tuple(GroupLevel(str(row[0]), tuple(row[1:])) for row in rows.iter_rows()))


def disparity(breakdown: Breakdown, level: GroupLevel, stages: Sequence[Stage], at: int) -> GroupDisparity | None:
    """Return how a level fares at the stage against everyone else; None at the first stage, or without anyone.

    >>> women, men = GroupLevel("women", (100, 40)), GroupLevel("men", (200, 120))
    >>> found = disparity(Breakdown("sex", "Sex", (women, men)), women, STAGES, 1)
    >>> found.share, found.rest, found.beyond_chance
    (0.4, 0.6, True)
    """
    before = stages[at].before
    if before is None:
        return None
    n, k = level.counts[before], level.counts[at]
    others, reached = breakdown.totals[before] - n, breakdown.totals[at] - k
    if not n or not others:
        return None
    low, high = wilson(k, n)
    difference_low, difference_high = newcombe(k, n, reached, others)
    pooled = (k + reached) / (n + others)
    return GroupDisparity(
        share=k / n,
        low=low,
        high=high,
        rest=reached / others,
        difference=k / n - reached / others,
        difference_low=difference_low,
        difference_high=difference_high,
        detectable=smallest_detectable(sqrt(pooled * (1 - pooled) * (1 / n + 1 / others))),
        beyond_chance=not difference_low <= 0 <= difference_high,
    )


def log_assessment(connection: Connection, impact: Impact, paper: str | None, author: Author) -> int:
    """Write down that an assessment was done, and return its number."""
    values = picked(impact, "name place done_on launch_on before_launch") | {"paper": paper}
    return ledger.add(connection, "assessment", values, author=author)


def read_assessments(connection: Connection) -> tuple[Assessed, ...]:
    """Return the assessments done so far, by number."""
    return tuple(ledger.entries(connection, "assessment", Assessed))


def not_assessed(connection: Connection) -> tuple[str, ...]:
    """Return the schemes of the records that were never assessed."""
    rows = connection.rows(
        "SELECT DISTINCT scheme_id FROM scheme WHERE scheme_id NOT IN (SELECT name FROM board_assessment) ORDER BY 1"
    )
    return tuple(str(row[0]) for row in rows)
