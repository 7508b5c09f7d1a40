"""Whose reading of records is to be asked about: questions for a reviewer with the reads beside, never evidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl

from whatworks.statistics.access.chance import expected_false, flags_of_poisson_rule, own_share, read_by_many
from whatworks.statistics.access.volume import (
    Volume,
    against_colleagues,
    against_own_share,
    against_past,
)
from whatworks.statistics.arrays import Floats, Ints
from whatworks.statistics.multiplicity import false_discovery

WEEKS = 26
"""Weeks that a look goes back, the last included."""
NIGHT = (22, 6)
"""Night is from this hour up to that, by the clock of the place."""
LEVEL = 0.05
KINDS = {
    "volume": "read more in the week than their own past and the week of the team give",
    "night": "read more at night in the week than their own past gives",
    "unexplained": "read more without a case, list or task than colleagues do",
    "many": "was read by many without a case, list or task",
    "surname": "read more people of their own surname, without a reason, than its share of records gives",
    "colleague": "read somebody of a colleague's or their own name, without a reason",
}
"""What a question is about; all but `colleague` are held against chance."""


class Question(NamedTuple):
    """What a reviewer is asked: of a reader (or of a `person`: who read them?), what was counted and what chance gives.

    `q` is the false-discovery rate at which it is asked; None where nothing is held against chance.
    """

    kind: str
    reader: str | None
    person: str | None
    counted: float
    expected: float | None
    p: float | None
    q: float | None
    reads: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One look at the week up to `last`: its questions, and what chance alone would give.

    `expected_false` questions come by chance in such a look; `by_poisson` readers would have been flagged by a rule
    "p < .001 by Poisson" on the same volumes. `readers` are those who read in the week, `too_new` those of them whose
    own past is too short.
    """

    last: date
    questions: tuple[Question, ...]
    tests: int
    readers: tuple[str, ...]
    too_new: int
    reads: int
    unexplained: int
    expected_false: float
    by_poisson: float

    @property
    def expected_a_year(self) -> float:
        """How many questions chance gives in a year of weekly looks."""
        return 52 * self.expected_false


def unusual(
    reads: pl.DataFrame, explanations: pl.DataFrame, readers: pl.DataFrame, records: pl.DataFrame, last: date
) -> Look:
    """Return the questions of the week that ends on `last`.

    `reads`: `read` (a number), `reader`, `person`, `at` (the local time). `explanations`: `reader`, `person`, `from`,
    `to` (null: it lasts), `why`. `readers`: `reader`, `team`, `name`. `records`: `person`, `name`, `surname` of
    everybody held.
    """
    week = (pl.lit(last) - pl.col("at").dt.date()).dt.total_days() // 7
    held = reads.with_columns(week=WEEKS - 1 - week, night=_at_night()).filter(pl.col("week").is_between(0, WEEKS - 1))
    held = held.with_columns(explained=pl.col("read").is_in(_explained(held, explanations).implode())).sort("read")
    who = held["reader"].unique().sort()
    teams = dict(readers.select("reader", pl.col("team").fill_null("")).iter_rows())
    team = np.unique([teams.get(one, "") for one in who], return_inverse=True)[1]
    bare = held.filter(~pl.col("explained"))
    counts = _weekly(held, who)
    volume = against_past(counts, team)
    weeks = np.logical_or.accumulate(counts > 0, axis=1).sum(axis=1).astype(np.float64)
    asked = [
        *_of_volume("volume", volume, who, held.filter(pl.col("week") == WEEKS - 1)),
        *_of_volume("night", against_own_share(_weekly(held.filter("night"), who), counts), who,
                    held.filter(pl.col("night") & (pl.col("week") == WEEKS - 1))),
        *_of_volume("unexplained", against_colleagues(_weekly(bare, who).sum(axis=1), weeks, team), who, bare),
        *_of_people(bare, records.height),
        *_of_surnames(bare, readers, records),
    ]  # fmt: skip
    p = [one.p for one in asked if one.p is not None]
    q = false_discovery(p)
    flagged = [one._replace(q=rate) for one, rate in zip(asked, q, strict=True) if rate <= LEVEL]
    present = counts[:, -1] > 0
    tested = ~np.isnan(volume.p)
    rule = sum(map(_poisson_rule, volume.expected[tested], _ratios(volume)[tested]))
    return Look(
        last, (*flagged, *_of_colleagues(bare, readers, records)), len(p), tuple(who.filter(pl.Series(present))),
        int((present & ~tested).sum()), held.height, bare.height,
        expected_false(p, [rate <= LEVEL for rate in q], LEVEL), rule,
    )  # fmt: skip


def _at_night() -> pl.Expr:
    hour = pl.col("at").dt.hour()
    return ((hour >= NIGHT[0]) | (hour < NIGHT[1])) & (pl.col("at").dt.time() != pl.time(0, 0, 0))


def _explained(reads: pl.DataFrame, explanations: pl.DataFrame) -> pl.Series:
    """Return the numbers of reads that fall within an explanation of the same reader and person."""
    day = pl.col("at").dt.date()
    within = (pl.col("from") <= day) & (pl.col("to").is_null() | (day <= pl.col("to")))
    return reads.join(explanations, on=["reader", "person"]).filter(within)["read"].unique()


def _weekly(reads: pl.DataFrame, who: pl.Series) -> Floats:
    """Return how many people each reader read, by week: somebody read twice in a week is one."""
    counts = np.zeros((len(who), WEEKS))
    places = {reader: at for at, reader in enumerate(who)}
    for reader, week, people in reads.group_by("reader", "week").agg(pl.col("person").n_unique()).iter_rows():
        counts[places[reader], week] = people
    return counts


def _of_volume(kind: str, found: Volume, who: pl.Series, reads: pl.DataFrame) -> Iterator[Question]:
    numbers = dict(reads.group_by("reader").agg("read").iter_rows())
    for reader, count, expected, p in zip(who, found.count, found.expected, found.p, strict=True):
        if not np.isnan(p):
            yield Question(kind, reader, None, float(count), float(expected), float(p), None,
                           tuple(numbers.get(reader, ())))  # fmt: skip


def _of_people(bare: pl.DataFrame, records: int) -> Iterator[Question]:
    people = bare.group_by("person").agg(pl.col("reader").n_unique(), "read").sort("person")
    counts: Ints = people["reader"].to_numpy().astype(np.int64)
    mean = float(counts.sum() / max(records, len(counts), 1))
    for (person, count, reads), p in zip(people.iter_rows(), read_by_many(counts, records), strict=True):
        if count > 1:
            yield Question("many", None, person, float(count), mean, float(p), None, tuple(reads))


def _of_surnames(bare: pl.DataFrame, readers: pl.DataFrame, records: pl.DataFrame) -> Iterator[Question]:
    surnames = records.select("person", _plain("surname"))
    shares = dict(surnames.drop_nulls().group_by("surname").agg(pl.len() / records.height).iter_rows())
    own = readers.select("reader", own=_plain("name").str.split(" ").list.last())
    read = bare.join(surnames, on="person", how="left").join(own, on="reader")
    people = read.group_by("reader", "own").agg(
        pl.col("person").n_unique().alias("people"),
        pl.col("person").filter(pl.col("own") == pl.col("surname")).n_unique().alias("same"),
        pl.col("read").filter(pl.col("own") == pl.col("surname")),
    )
    for reader, name, all_people, same, numbers in people.sort("reader").iter_rows():
        share = shares.get(name, 0.0)
        if share > 0:
            p = own_share(same, all_people, share)
            yield Question("surname", reader, None, float(same), all_people * share, p, None, tuple(numbers))


def _of_colleagues(bare: pl.DataFrame, readers: pl.DataFrame, records: pl.DataFrame) -> Iterator[Question]:
    names = readers.select("team", name=_plain("name")).filter(pl.col("name").str.contains(" ")).unique()
    named = records.select("person", name=_plain("name")).join(names, on="name").select("person", "team").unique()
    read = bare.join(readers.select("reader", "team"), on="reader").join(named, on=["person", "team"], nulls_equal=True)
    for reader, person, numbers in read.group_by("reader", "person").agg("read").sort("reader", "person").iter_rows():
        yield Question("colleague", reader, person, float(len(numbers)), None, None, None, tuple(numbers))


def _plain(column: str) -> pl.Expr:
    return pl.col(column).str.to_lowercase().str.strip_chars().str.replace_all(r"\s+", " ").alias(column)


def _ratios(found: Volume) -> Floats:
    """Return each reader's variance in means, by the spread of all."""
    return 1 + found.spread.linear + found.spread.quadratic * np.nan_to_num(found.expected)


def _poisson_rule(mean: float, ratio: float) -> float:
    return flags_of_poisson_rule(1, max(float(mean), 0.1), float(ratio), 0.001)
