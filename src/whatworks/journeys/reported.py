"""What several agencies report of one case, made one: whose dates are believed, what disagrees, what is set aside."""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from whatworks.journeys.kind import JourneyKind


class Remark(NamedTuple):
    """Something odd about the records: what, of how many cases, and what would put it right."""

    problem: str
    cases: int
    remedy: str


def following(column: str) -> pl.Expr:
    """Return what the case's next row holds, of rows sorted by case; null in its last.

    >>> pl.DataFrame({"case": [1, 1, 2], "day": [3, 5, 7]}).select(following("day")).to_series().to_list()
    [5, None, None]
    """
    return pl.when(pl.col("case") == pl.col("case").shift(-1)).then(pl.col(column).shift(-1))


def agreed(kind: JourneyKind, reports: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    """Return each stay once, in order, and remarks on what did not fit; columns `case`, `place` and `provider` are set.

    `unit` names a stay by its case, in words that last: the first in a stage by the case alone, a later one numbered.

    Cases of several agencies under one reference are one, by person too where an agency has several under it. The
    dates of a stage's owner are believed first, then those of the agency that comes first by name. Set aside, with
    their whole case, are stays that end before they begin or have an outcome and no end, stages out of order or
    after the end, and stages that come twice and may not.
    """
    owners = pl.DataFrame(
        {
            "stage": kind.stages,
            "owner": [one.owner for one in kind.stage],
            "repeats": [s.may_repeat for s in kind.stage],
        }
    ).with_row_index("place")
    every = reports.join(owners, "stage").with_columns(
        case=_case(),
        provider=pl.coalesce("provider", "owner"),
        strange=(pl.col("organisation_id") != pl.col("owner")) & (pl.col("organisation_kind") != pl.col("owner")),
    )
    every = every.sort("case", "place", "strange", "organisation_id", "entered_on", "left_on", nulls_last=True)
    every = every.with_columns(turn=pl.int_range(pl.len()).over("case", "stage", "organisation_id"))
    remarks = list(_disagreements(every))
    stays = every.unique(["case", "stage", "turn"], keep="first", maintain_order=True)
    stays = stays.sort("case", "entered_on", "place", "left_on", nulls_last=True)
    stays, closed = _closed(stays)
    remarks += [closed] if closed.cases else []
    aside = set[str]()
    for problem, remedy, bad in _faults(kind, stays):
        at_fault = stays.filter(bad).sort("source_name", "source_line")
        if at_fault.height:
            place = f"{at_fault['source_name'][0]}, row {at_fault['source_line'][0]}"
            cases = set(at_fault["case"])
            remarks.append(Remark(f"cases set aside: {problem} (first: {place})", len(cases), remedy))
            aside |= cases
    kept = stays.filter(~pl.col("case").is_in(list(aside)))
    if skipped := _skipped(kind, kept):
        remedy = "ask for the missing stage, or set may_be_skipped = true for it"
        remarks.append(Remark("cases passed over a stage that may not be skipped", skipped, remedy))
    again = pl.int_range(pl.len()).over("case", "stage").cast(pl.String)
    unit = pl.when(again == "0").then("case").otherwise(pl.concat_str("case", again, separator="\x1f"))
    numbered = kept.with_columns(case=pl.col("case").rank("dense").cast(pl.Int64), unit=unit)
    return numbered, remarks


def _case() -> pl.Expr:
    own = pl.concat_str(["organisation_id", "case_id"], separator="\x1f")
    several = pl.col("case_id").n_unique().over("offence_ref", "organisation_id").max().over("offence_ref") > 1
    person = pl.when(several).then(pl.col("linked_id").fill_null(own)).otherwise(pl.lit(""))
    shared = pl.concat_str(["offence_ref", person], separator="\x1f")
    return pl.when(pl.col("offence_ref").is_null()).then(own).otherwise(shared)


def _disagreements(every: pl.DataFrame) -> Iterator[Remark]:
    of_stay = every.group_by("case", "stage", "turn").agg(
        agencies=pl.col("organisation_id").n_unique(),
        entered=pl.col("entered_on").max() - pl.col("entered_on").min(),
        left=pl.col("left_on").max() - pl.col("left_on").min(),
        still=pl.col("left_on").is_null().any() & pl.col("left_on").is_not_null().any(),
    )
    several = of_stay.filter(pl.col("agencies") > 1)
    apart = several.filter(
        (pl.col("entered") > pl.duration())
        | (pl.col("left").fill_null(pl.duration()) > pl.duration())
        | pl.col("still")
    )
    if apart.height:
        most = max(int(apart[name].dt.total_days().max() or 0) for name in ("entered", "left"))  # type: ignore[arg-type]
        yield Remark(
            f"cases have a stage that two agencies date differently ({apart.height:,} of {several.height:,} stays that "
            f"several report, by up to {most:,} days)",
            apart["case"].n_unique(),
            "the dates of the stage's owner are taken; ask both agencies which are right",
        )


def _closed(stays: pl.DataFrame) -> tuple[pl.DataFrame, Remark]:
    """Close a stay that was left open though its case has entered a later stage, on the day of that."""
    later = following("entered_on")
    left_open = pl.col("left_on").is_null() & pl.col("outcome").is_null() & later.is_not_null()
    cases = stays.filter(left_open)["case"].n_unique()
    closed = stays.with_columns(left_on=pl.when(left_open).then(later).otherwise("left_on"))
    remedy = "taken as left on the day of the next; ask the agency to close stages"
    return closed, Remark("cases have a stage that was never closed, and a later one", cases, remedy)


def _faults(kind: JourneyKind, stays: pl.DataFrame) -> Iterator[tuple[str, str, pl.Expr]]:
    after = pl.col("place").cast(pl.Int64).diff().over("case")
    yield "a stage is left before it is entered", "correct its dates", pl.col("left_on") < pl.col("entered_on")
    yield (
        "an outcome stands without the day of leaving",
        "ask the agency for left_on",
        pl.col("outcome").is_not_null() & pl.col("left_on").is_null(),
    )
    ended = pl.col("outcome").is_in([one.id for one in kind.ending])
    yield (
        "a stage comes after the outcome that ended the journey",
        "correct the outcome or the dates, or make it a case of its own",
        ended & (following("entered_on") >= pl.col("left_on")),
    )
    again = pl.col("turn") > 0
    yield "a stage comes twice", "set may_repeat = true for it, or drop the repeat", again & ~pl.col("repeats")
    back = (after < 0) & ~pl.col("repeats")
    yield "stages are out of order", "correct the dates, or the order of stages in the kind's file", back


def _skipped(kind: JourneyKind, kept: pl.DataFrame) -> int:
    places = kept.group_by("case").agg(
        pl.col("place").unique(), last=pl.col("place").max(), first=pl.col("place").min()
    )
    needed = [place for place, one in enumerate(kind.stage) if not one.may_be_skipped]
    missing = pl.any_horizontal(
        pl.lit(False),
        *(
            (pl.lit(place) > pl.col("first")) & (pl.lit(place) < pl.col("last")) & ~pl.col("place").list.contains(place)
            for place in needed
        ),
    )
    return places.filter(missing).height
