"""Who is released with which needs, who picks them up, and who is seen by nobody: the paper of the gate."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import polars as pl

from whatworks.casework.gate import DEATH, RETURN, Exits, Start
from whatworks.journeys.cases import ONWARD, Cases
from whatworks.journeys.kind import JourneyKind
from whatworks.journeys.watch import REACHED, UNSEEN, Group, Share, Watched, WatchedDay, watched
from whatworks.money.plain import plain
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.charts.share_dots import Dot, dot_words, share_dots
from whatworks.papers.disclosure.nested import FEWEST_FOR_DAYS, Count, Nested
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.journeys.clearance import clear_parts
from whatworks.papers.journeys.lost import lost_answer
from whatworks.papers.journeys.words import share_words
from whatworks.papers.paper import Block, Bullets, Figure, Section
from whatworks.records.audit.telling import Telling, part
from whatworks.records.tables.agency_tables import PATHWAYS

TITLES: dict[Start, tuple[str, str, str]] = {
    "release": ("Through the gate", "releases", "Release to first kept contact"),
    "order": ("From one provider to the next", "ends of orders", "End of an order to first kept contact with the next"),
}
APART = {
    "remand_release": "released from remand",
    "same_day_return": "back in custody on the day of release",
    "before_contacts": "out before the first contact was recorded",
    "other_area": "gone to another area",
    "no_next_order": "orders that no other provider's follows",
    "in_custody": "in custody on the day the order ended",
}
YES, EITHER, OUT = "yes", "returned or died", "contacted, returned or died"


def gate_kind(kind: JourneyKind, start: Start) -> JourneyKind:
    """Return a kind of journey with the words of releases, or of ends of orders."""
    title, unit, stage = TITLES[start]
    first = kind.watch.stage if kind.watch else ""
    stages = tuple(one.model_copy(update={"name": stage}) if one.id == first else one for one in kind.stage)
    return kind.model_copy(update={"title": title, "unit": unit, "stage": stages})


def gate_answer(
    found: Exits, groups: Sequence[Watched], minimum: int, told: Telling, by: Group | None = None
) -> Answer:
    """Return who is seen by which day and who by nobody, with needs and who picked up; small counts withheld."""
    cases, words = _told_together(found.cases, groups, minimum, by)
    cases = replace(cases, apart={APART.get(name, name): count for name, count in cases.apart.items()})
    base = lost_answer(cases, (), watched(cases, by) if words else groups, minimum, told, by)
    (table,) = base.tables
    if cases.kind.watch and cases.kind.watch.reached == OUT:
        table = replace(table, columns=table.columns[:-1])
    last, needs = _last_day(table), _needs(found, groups, minimum, told, by)
    tables = (table, *([needs] if found.needs.height else []), _picked_up(found, minimum, told))
    sentences = (
        *base.sentences,
        *(
            f"More than of all together are unseen on day {last[0][1].day} of {name}: "
            f"{share_words(share.value, share.low, share.high)}."
            for name, share in _standing_out(last)
        ),
        *words,
        f"Contacts are known up to {cases.as_at}. Unseen on a day is whoever is out, alive and without a kept contact "
        "by then; who came out too recently for a day is in no share of it. The names are the team's own.",
    )
    blocks: list[Block] = [Bullets(sentences), *(one.on_page() for one in tables if one.rows)]
    if dots := _dots(last, cases.kind.watch.reached if cases.kind.watch else ""):
        title = f"Who is seen and who is not, {last[0][1].day} days on, with 95% intervals"
        blocks.insert(1, Figure("seen", title, dot_words(dots), partial(share_dots, dots)))
    section = Section("gate", cases.kind.title, tuple(blocks))
    exact = {"watched": plain(list(groups)), "apart": found.cases.apart, "needs": _counts(found.needs, "pathway"),
             "picked_up": _counts(_seen(found), "picked_up_by")}  # fmt: skip
    return replace(base, title=cases.kind.title, sentences=sentences, tables=tables, sections=(section,),
                   item="Resettlement", restricted={**base.restricted, **exact})  # fmt: skip


def _last_day(table: Rows[tuple[Watched, WatchedDay]]) -> list[tuple[Watched, WatchedDay]]:
    """Return the rows of the last day that is shown, everybody's first, if that is among them."""
    shown = [row for row in table.rows if table.columns[2].value(row) != "c"]
    last = max((day.day for _, day in shown), default=0)
    rows = [row for row in shown if row[1].day == last]
    return rows if rows and rows[0][0] is table.rows[0][0] else []


def _standing_out(rows: Sequence[tuple[Watched, WatchedDay]]) -> Iterator[tuple[str, Share]]:
    """Yield who leaves more unseen than all together, by the whole of its interval."""
    for group, day in rows[1:]:
        share = day.shares[UNSEEN]
        if share.low is not None and share.low > rows[0][1].shares[UNSEEN].value:
            yield group.name, share


def _dots(rows: Sequence[tuple[Watched, WatchedDay]], reached: str) -> list[Dot]:
    """Return the picture's shares, contacted and unseen, with whoever stands out marked."""
    above = {name for name, _ in _standing_out(rows)}
    dots = []
    ways = {} if reached == OUT else {REACHED: f"{reached.capitalize()} by"}
    for way, words in (ways | {UNSEEN: "At liberty, alive and unseen on"}).items():
        for group, day in rows:
            share = day.shares[way]
            if share.low is not None and share.high is not None:
                value, low, high = (half_away(end, 1, 100) for end in (share.value, share.low, share.high))
                marked = way == UNSEEN and group.name in above
                dots.append(Dot(group.name, f"{words} day {day.day}", value, low, high, marked))
    return dots


def _told_together(
    cases: Cases, groups: Sequence[Watched], minimum: int, by: Group | None
) -> tuple[Cases, tuple[str, ...]]:
    """Return cases whose ways out may be told, few of them together with others, and the sentence that says so.

    Few deaths stand with returns. Where both together are few of a group, all who are out of sight no more are one way:
    else the share unseen, which is what is asked, would be withheld with them.
    """
    stays, died, gone = cases.stays, pl.col("way") == DEATH, pl.col("way").is_in([DEATH, RETURN])
    days = [0, *(one.day for one in groups[0].days)]
    large = [one.name for one in groups[1:] if one.entered >= FEWEST_FOR_DAYS]
    of = pl.col(by).fill_null("not known").is_in(large) if by else pl.lit(True)
    if by and any(map(Nested(minimum).sensitive, _gone_by(stays.filter(gone & of), [0, days[-1]], by))):
        watch = cases.kind.watch and cases.kind.watch.model_copy(update={"reached": OUT})
        kind = cases.kind.model_copy(update={"watch": watch})
        out = pl.when(gone).then(pl.lit(ONWARD)).otherwise("way")
        words = f"Fewer than {minimum} of a group returned to custody or died: all who are out stand together."
        return replace(cases, kind=kind, stays=stays.with_columns(way=out)), (words,)
    dead = stays.filter(died)
    if any(map(Nested(minimum).sensitive, (*_gone_by(dead, days), *_gone_by(dead, days, by)))):
        either = pl.when(gone).then(pl.lit(EITHER)).otherwise("way")
        words = f"Fewer than {minimum} died by a day, or between two: they stand with those returned."
        return replace(cases, stays=stays.with_columns(way=either)), (words,)
    return cases, ()


def _gone_by(gone: pl.DataFrame, days: Sequence[int], by: Group | None = None) -> list[int]:
    """Return how many left by each day since the one before, of all or of each group."""
    rows = gone.filter(pl.col("days") <= days[-1])
    rows = rows.with_columns(between=pl.col("days").cut(days, left_closed=False).cast(pl.String))
    return rows.group_by(["between", *([by] if by else [])]).len()["len"].to_list()


def _counts(rows: pl.DataFrame, column: str) -> dict[str, int]:
    return dict(rows.group_by(column).len().sort(column).iter_rows())


def _needs(
    found: Exits, groups: Sequence[Watched], minimum: int, told: Telling, by: Group | None
) -> Rows[tuple[str, dict[str, Count]]]:
    """Return of how many a medium or high need was known, by pathway, of everybody and of each group."""
    column = by or "kind"
    stays = found.cases.stays.with_columns((pl.col(by).fill_null("not known") if by else pl.lit("")).alias(column))
    counts: dict[str, dict[str, Count]] = {one.name: {} for one in groups}
    for pathway in PATHWAYS:
        name, having = f"need of {pathway}", found.needs.filter(pl.col("pathway") == pathway)["unit"]
        rows = stays.with_columns(pl.when(pl.col("unit").is_in(having.implode())).then(pl.lit(YES)).alias(name))
        told.parts("watched", rows, name, divides=name)
        if by:
            told.parts("watched", rows, by, name, divides=name)
        own = dict(rows.drop_nulls(name).group_by(column).len().iter_rows())
        shown: dict[str, Count] = {groups[0].name: Nested(minimum).publish(sum(own.values()))}
        shown |= clear_parts({one.name: own.get(one.name, 0) for one in groups[1:]}, minimum)
        for group, count in shown.items():
            of = () if by is None or group == groups[0].name else ((by, group),)
            counts[group][pathway] = told.count(part("watched", *of, (name, YES)), count)
    return Rows(
        name="Needs",
        title="Of how many a medium or high need was known on the day they came out",
        rows=list(counts.items()),
        columns=(
            TableColumn("Of", lambda row: row[0], width=1.2),
            *(
                TableColumn(pathway.replace("_", " ").capitalize(), partial(_need, pathway), numeric=True)
                for pathway in PATHWAYS
            ),
        ),
        notes=("By the last assessment before that day. Somebody may have several needs.",),
    )


def _need(pathway: str, row: tuple[str, dict[str, Count]]) -> Count:
    return row[1][pathway]


def _seen(found: Exits) -> pl.DataFrame:
    """Return with whom the first kept contact was, of those who had one before any other way out."""
    return (
        found.cases.stays.filter(pl.col("way") == ONWARD).select("unit").join(found.picked_up, on="unit").sort("unit")
    )


def _picked_up(found: Exits, minimum: int, told: Telling) -> Rows[tuple[str, Count]]:
    rows = _seen(found)
    told.parts("watched", rows, "picked_up_by", divides="picked_up_by")
    shown = clear_parts(_counts(rows, "picked_up_by"), minimum)
    return Rows(
        name="Picked up",
        title="With whom the first kept contact was",
        rows=[(name, told.count(part("watched", ("picked_up_by", name)), count)) for name, count in shown.items()],
        columns=(
            TableColumn("Provider", lambda row: row[0], width=1.6),
            TableColumn("Seen first", lambda row: row[1], numeric=True),
        ),
    )
