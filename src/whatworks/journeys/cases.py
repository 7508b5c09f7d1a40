"""The cases of a kind: each stay in a stage once, with how it was left, and what was odd about the records."""

from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from typing import cast

import polars as pl

from whatworks.journeys.kind import JourneyKind, elapsed
from whatworks.journeys.reported import Remark, agreed
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused, choice
from whatworks.records.showing.shown import shown

ONWARD, WAITING = "onward", "waiting"
"""How a stay was left: on to what comes next, or not yet; else it is the ending's id."""


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of one kind, ready for any question about time, hand-offs, areas or periods.

    `stays` has a row for each stay: `case` (a number of this reading only), `unit` (a name that lasts), `borough`,
    `opened_on` (the case's first day), `stage`, `place` (the stage's number from 0), `entered_on`, `left_on` (null
    while waiting), `last_seen` (`left_on`, or the day of the extract), `days` by the kind's clock up to `last_seen`,
    `way` (`ONWARD`, `WAITING` or the ending's id), `reason`, `provider`, `prison` (that the person was released from
    when the case was opened, null where none is known), `final` (its case's last stay) and `as_at` (the day of the
    extract). `apart` counts the cases of endings that the kind tells apart; they are in no row.
    """

    kind: JourneyKind
    stays: pl.DataFrame
    apart: dict[str, int]
    remarks: tuple[Remark, ...] = ()

    @property
    def as_at(self) -> date:
        """The day of the last extract."""
        return cast(date, self.stays["as_at"].max())

    @property
    def count(self) -> int:
        """How many cases there are."""
        return self.stays["case"].n_unique()

    def opened(self, first: date | None = None, last: date | None = None) -> "Cases":
        """Return the cases that were opened from a day up to another, both included; refused where none is left."""
        if self.stays.is_empty() and self.remarks:
            raise Refused([Fault(f"no case is left: {one.problem}", one.remedy) for one in self.remarks])
        days = self.stays["opened_on"]
        kept = self.stays.filter(pl.col("opened_on").is_between(first or date.min, last or date.max))
        if kept.is_empty():
            span = f"{days.min()!s} to {days.max()!s}" if len(days) else "at no time"
            raise Refused(Fault("no case was opened in that time", f"cases were opened {span}", field="from"))
        return replace(self, stays=kept)

    def of_stage(self, stage: str) -> pl.DataFrame:
        """Return the stays in one stage, or refuse a stage that the kind does not have."""
        self.kind.named(stage)
        return self.stays.filter(pl.col("stage") == stage)


def read_cases(connection: Engine, kind: JourneyKind) -> Cases:
    """Return the cases of a kind in a partnership's store.

    Refused where there are none, and where stages or outcomes stand that the kind does not declare, all at once. Cases
    whose dates contradict each other are set aside, counted in `remarks`.
    """
    reports = reported(connection, "case_stage", "stage_report", kind.kind)
    empty = int(reported(connection, "casefile", "case_without_stage", kind.kind)["cases"].sum())
    if reports.is_empty():
        lacking = f"{empty:,} cases have no stage" if empty else "no case is of this kind"
        remedy = "import table case_stage with this kind; docs/journeys.md shows a file and its mapping"
        raise Refused(Fault(f"nothing to work on: {lacking}", remedy, field="kind", value=kind.kind))
    found = cases_of(kind, reports)
    remedy = "ask the agency for the stages of these cases, or close the files"
    without = (Remark("cases have a file and no stage", empty, remedy),) if empty else ()
    return replace(found, remarks=(*without, *found.remarks))


def reported(connection: Engine, table: str, query: str, kind: str | None = None) -> pl.DataFrame:
    """Return what a query of `sql/` gives, of one kind if named; a store made before its table is refused."""
    if table not in connection.tables():
        raise Refused(f"this store was made before table {table} was declared", "run `whatworks import` once")
    text = files("whatworks.journeys").joinpath("sql", f"{query}.sql").read_text("utf-8")
    if kind is None:
        return connection.fetch(text)
    return connection.fetch(f"SELECT * FROM ({text}) AS r WHERE r.kind = ?", [kind])


def cases_of(kind: JourneyKind, reports: pl.DataFrame) -> Cases:
    """Return the cases in a frame of reports, whose columns are those of `sql/stage_report.sql`."""
    _check_declared(kind, reports)
    stays, remarks = agreed(kind, reports)
    endings = {one.id: one for one in kind.ending}
    ways = pl.when(pl.col("left_on").is_null()).then(pl.lit(WAITING)).when(pl.col("outcome").is_in(list(endings)))
    stays = stays.with_columns(
        way=ways.then(pl.col("outcome")).otherwise(pl.lit(ONWARD)),
        last_seen=pl.coalesce("left_on", "as_at"),
        opened_on=pl.col("entered_on").min().over("case"),
        prison=pl.col("prison").first().over("case"),
        final=pl.int_range(pl.len()).over("case") == pl.len().over("case") - 1,
    )
    stays = stays.with_columns(elapsed(kind, stays["entered_on"], stays["last_seen"]).alias("days"))
    aside = stays.filter(pl.col("way").is_in([one.id for one in kind.ending if one.apart]))
    apart = dict(aside.group_by("way").agg(pl.col("case").n_unique()).sort("way").iter_rows())
    kept = stays.filter(~pl.col("case").is_in(aside["case"].implode()))
    columns = [
        "case", "unit", "borough", "opened_on", "stage", "place", "entered_on", "left_on", "last_seen", "days", "way",
        "reason", "provider", "prison", "final", "as_at",
    ]  # fmt: skip
    return Cases(kind, kept.select(columns), apart, tuple(remarks))


def _check_declared(kind: JourneyKind, reports: pl.DataFrame) -> None:
    faults = []
    for field, known in (("stage", kind.stages), ("outcome", ("", ONWARD, *kind.stages, *(e.id for e in kind.ending)))):
        strange = reports.filter(~pl.col(field).fill_null("").is_in(known)).sort("source_name", "source_line")
        first = strange.group_by(field).agg(pl.len(), pl.col("source_name", "source_line").first()).sort(field)
        for value, rows, file, line in first.iter_rows():
            problem = f"stands in {rows:,} row{'' if rows == 1 else 's'} and is not declared for {kind.kind}"
            words = choice(value, [one for one in known if one], "map it to one of")
            remedy = f"{words} by codes of the mapping, or declare it in journeys/{kind.kind}.toml"
            faults.append(Fault(problem, remedy, file, line, field, shown(value, rows, codes=known)))
    if faults:
        raise Refused(faults)
