"""Who needs a home or a job, which borough takes whom, and does it last?"""

from dataclasses import dataclass

import polars as pl

from whatworks.casework.prepared import prepared, query
from whatworks.journeys.watch import WatchedDay, shares_by
from whatworks.records.engine import Engine
from whatworks.records.refusal import Refused
from whatworks.statistics.groups.intervals import wilson
from whatworks.surveys.reading import borough_names

WEEKS = (4, 13, 26)
ENDED = "ended"
NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Sustained:
    """Homes or jobs: offers, answers, and the share that last so many weeks (`unseen` of `lasting`) with interval.

    Who started too recently for a week, or has not started yet, is censored, never counted as lasting.
    `share_refused` is of the answered offers, with Wilson's interval; None where none was answered.
    """

    kind: str
    offers: int
    accepted: int
    refused: int
    started: int
    share_refused: float | None
    interval: tuple[float, float] | None
    lasting: tuple[WatchedDay, ...]


@dataclass(frozen=True, slots=True)
class BoroughFlow:
    """People who moved from a borough, to it, and stayed within it, by placements begun; `net` is in less out."""

    borough: str
    out: int
    into: int
    within: int

    @property
    def net(self) -> int:
        """Moves in less moves out; over all boroughs, those not known among them, the sum is zero."""
        return self.into - self.out


@dataclass(frozen=True, slots=True)
class PlacementReport:
    """Homes and jobs, and flows between boroughs; `rows` are the placements, nobody's to print."""

    kinds: tuple[Sustained, ...]
    flows: tuple[BoroughFlow, ...]
    rows: pl.DataFrame


def placements(store: Engine) -> PlacementReport:
    """Return offers, sustainment at 4, 13 and 26 weeks, and flows between boroughs, of the placements that stand."""
    as_at = prepared(store, "placement")
    rows = store.fetch(query("placement_case").text).with_columns(as_at=pl.lit(as_at))
    if rows.is_empty():
        raise Refused("no home and no job was offered", "import placement; docs/casework.md shows its columns")
    return placements_of(rows, borough_names(store))


def placements_of(rows: pl.DataFrame, names: dict[str, str] | None = None) -> PlacementReport:
    """Return the same of a frame whose columns are those of `sql/placement_case.sql`, and `as_at`."""
    rows = rows.with_columns(
        pl.col("from_borough", "to_borough").replace(names or {}).fill_null(NOT_KNOWN),
        answer=pl.when(pl.col("started_on").is_not_null()).then(pl.lit("accepted")).otherwise("answer"),
        days=(pl.coalesce("ended_on", "as_at") - pl.coalesce("started_on", "as_at")).dt.total_days(),
        way=pl.when(pl.col("ended_on").is_not_null()).then(pl.lit(ENDED)),
    )
    kinds = tuple(_kind(name, rows.filter(kind=name)) for name in rows["kind"].unique().sort())
    return PlacementReport(kinds, _flows(rows.drop_nulls("started_on")), rows)


def _kind(name: str, rows: pl.DataFrame) -> Sustained:
    accepted, refused = (int((rows["answer"] == answer).sum()) for answer in ("accepted", "refused"))
    taken, answered = rows.filter(answer="accepted"), accepted + refused
    lasting = shares_by(taken["days"].to_numpy(), taken["way"].to_list(), (ENDED,), [7 * weeks for weeks in WEEKS])
    share, ends = (refused / answered, wilson(refused, answered)) if answered else (None, None)
    begun = rows["started_on"].count()
    return Sustained(name, rows.height, accepted, refused, begun, share, ends, lasting if begun else ())


def _flows(begun: pl.DataFrame) -> tuple[BoroughFlow, ...]:
    here = pl.col("from_borough") == pl.col("to_borough")
    moved, stayed = begun.filter(~here), dict(begun.filter(here).group_by("from_borough").len().iter_rows())
    out, into = (dict(moved.group_by(side).len().iter_rows()) for side in ("from_borough", "to_borough"))
    boroughs = sorted({*out, *into, *stayed}, key=lambda name: (name == NOT_KNOWN, name))
    return tuple(BoroughFlow(one, out.get(one, 0), into.get(one, 0), stayed.get(one, 0)) for one in boroughs)
