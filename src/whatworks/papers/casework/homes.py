"""Homes and jobs: offers and refusals, how long they last, and which borough takes whom: the paper."""

from collections.abc import Iterator

import polars as pl

from whatworks.casework.placements import ENDED, BoroughFlow, PlacementReport, Sustained
from whatworks.journeys.watch import UNSEEN
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.casework.by_day import day_rows, day_table
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.journeys.clearance import exact, withheld_groups
from whatworks.papers.journeys.words import share_words
from whatworks.records.audit.telling import Telling, part


def homes_answer(found: PlacementReport, minimum: int, told: Telling) -> Answer:
    """Return offers, how long homes and jobs last, and moves between boroughs, small counts withheld."""
    kinds = [(one, _offers_shown(told, found.rows.filter(kind=one.kind), one, minimum)) for one in found.kinds]
    begun, taken = found.rows.drop_nulls("started_on"), found.rows.filter(answer="accepted")
    lasting = [
        row
        for one in found.kinds
        for row in day_rows(told, one.kind, f"accepted, {one.kind}", taken.filter(kind=one.kind), one.lasting, minimum)
    ]
    shown = _flows_shown(told, begun, found.flows, minimum)
    return Answer(
        title="Homes and jobs: offered, taken up, kept",
        sentences=(*_sentences(found, kinds), *filter(None, (told.beside,))),
        tables=(
            _offers(kinds),
            day_table("Lasting", "Still there, by weeks since the start", lasting,
                      {UNSEEN: "Still there", ENDED: "Ended"}, ("Weeks", 7)),
            _flows(found.flows, shown),
        ),
        restricted=exact(found),
        item="Homes and jobs",
        prepared_for="The board",
    )  # fmt: skip


def _offers_shown(told: Telling, rows: pl.DataFrame, one: Sustained, minimum: int) -> bool:
    whole = f"offered, {one.kind}"
    told.whole(whole, rows["unit"])
    answered = rows.with_columns(pl.col("answer").fill_null("waits"))
    told.parts(whole, answered, "answer", among=True)
    counts = (one.offers, one.accepted, one.refused, one.offers - one.accepted - one.refused)
    names = (whole, *(part(whole, ("answer", answer)) for answer in ("accepted", "refused", "waits")))
    return not any(map(Nested(minimum).sensitive, counts)) and told.tells(*names)


def _flows_shown(told: Telling, begun: pl.DataFrame, flows: tuple[BoroughFlow, ...], minimum: int) -> set[str]:
    """Return the boroughs whose moves out, in and within may all be shown."""
    here = pl.col("from_borough") == pl.col("to_borough")
    rows = begun.with_columns(within=pl.when(here).then("to_borough"))
    told.whole("begun", rows["unit"])
    told.parts("begun", rows, "within")
    for side in ("from_borough", "to_borough"):
        told.parts("begun", rows.filter(~here), side)
    hidden = withheld_groups({one.borough: (one.out, one.into, one.within) for one in flows}, minimum)
    columns = ("from_borough", "to_borough", "within")
    return {
        one.borough
        for one in flows
        if one.borough not in hidden and told.tells(*(part("begun", (column, one.borough)) for column in columns))
    }


def _sentences(found: PlacementReport, kinds: list[tuple[Sustained, bool]]) -> Iterator[str]:
    for one, shown in kinds:
        if shown and one.interval is not None:
            yield (
                f"Of {one.accepted + one.refused:,} answered offers of a {one.kind} "
                f"{share_words(one.share_refused, *one.interval)} were refused."
            )
    total = sum(one.net for one in found.flows)
    yield f"Over all boroughs, those not known among them, moves in less moves out come to {total}."
    yield "Who started too recently is in no share of a week, and is never counted as lasting."


def _offers(kinds: list[tuple[Sustained, bool]]) -> Rows[tuple[Sustained, bool]]:
    def shown(row: tuple[Sustained, bool], value: int | str) -> int | str:
        return value if row[1] else "c"

    return Rows(
        name="Offers",
        title="Offers and their answers",
        rows=kinds,
        columns=(
            TableColumn("Kind", lambda row: row[0].kind),
            TableColumn("Offered", lambda row: shown(row, row[0].offers), numeric=True),
            TableColumn("Accepted", lambda row: shown(row, row[0].accepted), numeric=True),
            TableColumn("Refused", lambda row: shown(row, row[0].refused), numeric=True),
            TableColumn(
                "Refused of those answered (95% interval)",
                lambda row: shown(row, share_words(row[0].share_refused, *(row[0].interval or (None, None)))),
                width=1.8,
            ),
        ),
    )


def _flows(flows: tuple[BoroughFlow, ...], shown: set[str]) -> Rows[BoroughFlow]:
    def value(row: BoroughFlow, number: int) -> int | str:
        return number if row.borough in shown else "c"

    return Rows(
        name="Flows",
        title="Moves between boroughs by homes and jobs taken up",
        rows=flows,
        columns=(
            TableColumn("Borough", lambda row: row.borough, width=1.4),
            TableColumn("Out of it", lambda row: value(row, row.out), numeric=True),
            TableColumn("Into it", lambda row: value(row, row.into), numeric=True),
            TableColumn("Net", lambda row: value(row, row.net), numeric=True),
            TableColumn("Within it", lambda row: value(row, row.within), numeric=True),
        ),
        notes=("Net is into it less out of it. Sites stand on no paper.",),
    )
