"""Which cases are dropped between stages, and who is unseen: the sentences and the tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from whatworks.journeys.cases import Cases
from whatworks.journeys.hand_offs import HandOffResult, Passing
from whatworks.journeys.watch import REACHED, UNSEEN, Group, Share, Watched, WatchedDay
from whatworks.money.plain import plain
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import FEWEST_FOR_DAYS, Count, Nested, widen
from whatworks.papers.journeys.clearance import clear_parts, withheld_groups
from whatworks.papers.journeys.told import (
    DROPPED,
    KEPT,
    OTHER_REASONS,
    left_for,
    name_hand_offs,
    name_watched,
    passing_names,
    watched_names,
)
from whatworks.papers.journeys.words import about, per_cent, remark_words, share_words
from whatworks.papers.paper import Block, Bullets, Figure, Section
from whatworks.papers.words import text
from whatworks.pictures.stage_flow import Flow, flow_words, stage_flow
from whatworks.records.audit.telling import Telling, part
from whatworks.records.showing.person_like import is_person_like


def lost_answer(
    cases: Cases,
    results: Sequence[HandOffResult],
    groups: Sequence[Watched],
    minimum: int = 10,
    told: Telling | None = None,
    by: Group | None = None,
) -> Answer:
    """Return which hand-offs are dropped and who is unseen, small counts withheld; `--json` has them all.

    `groups` are those of the watched stage, `by` what they are by.
    """
    told = told or Telling()
    name_hand_offs(told, cases, results, [_often(one.reasons, minimum) for one in results])
    name_watched(told, cases, groups, by)
    cleared = [_Cleared.of(one, minimum, told) for one in results]
    rows = _open_rows(groups, minimum, told, by)
    tables = (*(table for at, one in enumerate(cleared, 1) for table in _hand_off(cases, one, at, minimum, told)),
              *([_watch(cases, groups, rows)] if groups else []))  # fmt: skip
    sentences = (*_sentences(cases, cleared, groups, rows, minimum, told), *filter(None, (told.beside,)))
    blocks: list[Block] = [Bullets(sentences), *(one.on_page() for one in tables if one.rows)]
    flows = [_flow(cases, one) for one in cleared]
    if flows:
        title = "Of those who left a stage for the next, how many entered it in time"
        blocks.append(Figure("flow", title, flow_words(flows), partial(stage_flow, flows)))
    return Answer(
        title=f"{cases.kind.title}: who is dropped",
        sentences=sentences,
        tables=tables,
        sections=(Section("lost", "Dropped between stages", tuple(blocks)),),
        restricted={"disclosure": "restricted", **exact(cases, results, groups)},
        item="Hand-offs",
        prepared_for="The board",
        as_at=cases.as_at,
    )


@dataclass(frozen=True, slots=True)
class _Cleared:
    """A hand-off, and whose figures may be shown: everybody's or not, and which providers'."""

    result: HandOffResult
    whole: bool
    providers: frozenset[str]

    @classmethod
    def of(cls, one: HandOffResult, minimum: int, told: Telling) -> "_Cleared":
        whole, small = one.everybody, Nested(minimum).sensitive
        few = any(map(small, (whole.left, whole.in_time, whole.late + whole.never)))
        if few:
            return cls(one, False, frozenset())
        sizes = {row.provider: (row.in_time, row.late + row.never) for row in one.providers}
        hidden = withheld_groups(sizes, minimum)
        shown = (name for name in sizes if name not in hidden and told.tells(*passing_names(one.hand_off, name)))
        return cls(one, told.tells(*passing_names(one.hand_off)), frozenset(shown))

    def shows(self, row: Passing) -> bool:
        """Return whether a row may be shown."""
        return self.whole if row is self.result.everybody else row.provider in self.providers


def _name(cases: Cases, stage: str) -> str:
    return cases.kind.named(stage).name


def _sentences(
    cases: Cases,
    results: Sequence[_Cleared],
    groups: Sequence[Watched],
    rows: set[tuple[str, int]],
    minimum: int,
    told: Telling,
) -> Iterator[str]:
    for cleared in results:
        one = cleared.result
        whole, names = one.everybody, _hand_off_name(cases, one)
        if not whole.left:
            yield f"{names}: nobody has left the first stage for so long."
        elif not cleared.whole:
            yield f"{names}: too few to say{', beside an earlier paper' if told.beside else ''}."
        else:
            yield (
                f"{names}: of {text(whole.left)} who left the first stage {text(whole.late + whole.never)} did not "
                f"enter the second within {one.hand_off.within_days} days, {_share_words(whole)}. Until then whoever "
                "let them go holds the duty."
            )
        for row in filter(cleared.shows, one.standing_out):
            yield f"Above the others: {row.provider}, {_share_words(row)}."
        if one.too_recent:
            yield f"Too recent to say, and in no share: {about(one.too_recent, minimum)}."
    watch = cases.kind.watch
    if watch and groups and (groups[0].name, groups[0].days[-1].day) in rows:
        last = groups[0].days[-1]
        unseen, reached = last.shares[UNSEEN], last.shares[REACHED]
        yield (
            f"Within {last.day} days of entering, {per_cent(reached.value, 1)} were {watch.reached}; "
            f"{_watched_words(unseen)} were {watch.waiting}."
        )
        if groups[0].same_day:
            yield f"Out by another way on the day they entered, told apart: {about(groups[0].same_day, minimum)}."
    for name, count in cases.apart.items():
        yield f"Told apart, in no figure: {about(count, minimum)} ({name})."
    yield from remark_words(cases.remarks, minimum)


def _hand_off_name(cases: Cases, one: HandOffResult) -> str:
    return f"{_name(cases, one.hand_off.from_stage)}, then {_name(cases, one.hand_off.to_stage)}"


def _share_words(row: Passing) -> str:
    return share_words(row.dropped, *(row.interval or (None, None)))


def _watched_words(share: Share) -> str:
    return share_words(share.value, share.low, share.high)


def _hand_off(cases: Cases, cleared: _Cleared, number: int, minimum: int, told: Telling) -> Iterator[Rows[Any]]:
    one = cleared.result
    title, whole = _hand_off_name(cases, one), left_for(one.hand_off)

    def shown(row: Passing, value: Any) -> Any:
        return value if cleared.shows(row) else "c"

    yield Rows(
        name=f"Hand-off {number}",
        title=f"{title}, within {one.hand_off.within_days} days",
        rows=(one.everybody, *one.providers),
        columns=(
            TableColumn("Let go by", lambda row: row.provider, width=1.6),
            TableColumn("Left", lambda row: shown(row, row.left), numeric=True),
            TableColumn("Taken on in time", lambda row: shown(row, row.in_time), numeric=True),
            TableColumn("Dropped (95% interval)", lambda row: shown(row, _share_words(row)), width=1.8),
        ),
    )
    pairs: dict[str, dict[str, int]] = {}
    for provider, to, count in one.pairs:
        pairs.setdefault(provider, {})[to] = count
    to_whom = [
        (provider, to, "c" if provider not in cleared.providers else told.count(
            part(whole, ("provider", provider), ("kept", KEPT), ("to", to)), count))
        for provider, row in pairs.items()
        for to, count in clear_parts(row, minimum).items()
    ]  # fmt: skip
    yield Rows(
        name=f"To whom {number}",
        title=f"{title}: to whom those went who were taken on in time",
        rows=to_whom,
        columns=(
            TableColumn("From", lambda row: row[0]),
            TableColumn("To", lambda row: row[1]),
            TableColumn("Cases", lambda row: row[2], numeric=True),
        ),
    )
    yield Rows(
        name=f"Reasons {number}",
        title=f"{title}: reasons given for those dropped",
        rows=[
            (reason, told.count(part(whole, ("kept", DROPPED), ("reason", reason)), count))
            for reason, count in (_reasons(one.reasons, minimum) if cleared.whole else ())
        ],
        columns=(
            TableColumn("Reason", lambda row: row[0], width=2.0),
            TableColumn("Cases", lambda row: row[1], numeric=True),
        ),
    )


def _often(reasons: Sequence[tuple[str, int]], minimum: int) -> list[str]:
    """Return the reasons that stand often enough and read like no name."""
    return [name for name, count in reasons if count >= minimum and not is_person_like(name)]


def _reasons(reasons: Sequence[tuple[str, int]], minimum: int) -> list[tuple[str, Count]]:
    """Return the reasons that are told in their words, and the others together, without theirs."""
    often = _often(reasons, minimum)
    parts = {name: count for name, count in reasons if name in often}
    rest = sum(count for _, count in reasons) - sum(parts.values())
    return list(clear_parts(parts | ({OTHER_REASONS: rest} if rest else {}), minimum).items())


def _flow(cases: Cases, cleared: _Cleared) -> Flow:
    one, whole = cleared.result.hand_off, cleared.result.everybody
    counts = (whole.left, whole.in_time, whole.late + whole.never)
    names = (_name(cases, one.from_stage), _name(cases, one.to_stage))
    return Flow(*names, *(text(count if cleared.whole else "c") for count in counts))


def _open_rows(groups: Sequence[Watched], minimum: int, told: Telling, by: Group | None) -> set[tuple[str, int]]:
    """Return which rows (group, day) may be shown: no share in one is of a handful, and no other row gives it back."""
    shown = set()
    for at in range(len(groups[0].days) if groups else 0):
        counts = {
            one.name: [float(round(share.value * one.entered)) for share in one.days[at].shares.values()]
            for one in groups
        }
        few = {
            one.name
            for one in groups
            if one.entered < FEWEST_FOR_DAYS or any(map(Nested(minimum).sensitive, counts[one.name]))
        }
        first, parts = groups[0].name, {one.name: counts[one.name] for one in groups[1:]}
        width = max(map(len, counts.values()))
        sizes = {name: [*row, *[0.0] * (width - len(row))] for name, row in parts.items()}
        hidden = (few & {first}) | widen(few - {first}, sizes, minimum)
        shown |= {
            (one.name, one.days[at].day)
            for one in groups
            if one.name not in hidden
            and told.tells(*watched_names(one.name, by, one.days[at].day, tuple(one.days[at].shares)))
        }
    return shown


def _watch(cases: Cases, groups: Sequence[Watched], rows: set[tuple[str, int]]) -> Rows[tuple[Watched, WatchedDay]]:
    ways = list(dict.fromkeys(way for group in groups for day in group.days for way in day.shares))
    watch = cases.kind.watch
    names = {} if watch is None else {REACHED: watch.reached, UNSEEN: watch.waiting}

    def share(way: str, row: tuple[Watched, WatchedDay]) -> str:
        group, day = row
        if (group.name, day.day) not in rows:
            return "c"
        found = day.shares.get(way)
        return "0.0%" if found is None else _watched_words(found)

    return Rows(
        name="Watched",
        title=f"{_name(cases, watch.stage) if watch else ''}: by day, of all who entered",
        rows=[(group, day) for group in groups for day in group.days],
        columns=(
            TableColumn("Of", lambda row: row[0].name, width=1.2),
            TableColumn("Within days", lambda row: row[1].day, numeric=True),
            TableColumn("Entered", partial(_entered, rows), numeric=True),
            *(
                TableColumn(names.get(way, way), partial(share, way), width=1.6)
                for way in sorted(ways, key=lambda way: (way == UNSEEN, way != REACHED, way))
            ),
            TableColumn(
                "Unseen of those at liberty",
                lambda row: "c" if share(UNSEEN, row) == "c" else per_cent(row[1].unseen_at_liberty, 1),
            ),
        ),
        notes=(
            "Shares of one row add up to 100%. Who entered too recently is watched up to the extract and counted in no "
            "share after it (Aalen and Johansen). The last column is for those who are out by no other way.",
        ),
    )


def _entered(rows: set[tuple[str, int]], row: tuple[Watched, WatchedDay]) -> Count:
    return row[0].entered if (row[0].name, row[1].day) in rows else "c"


def exact(cases: Cases, results: Sequence[HandOffResult], groups: Sequence[Watched]) -> dict[str, Any]:
    """Return every figure, unrounded and with small counts: restricted."""
    return {
        "kind": cases.kind.kind,
        "cases": cases.count,
        "hand_offs": [
            one.hand_off.model_dump()
            | {
                "everybody": plain(one.everybody),
                "providers": plain(one.providers),
                "pairs": [dict(zip(("from", "to", "cases"), pair, strict=True)) for pair in one.pairs],
                "reasons": dict(one.reasons),
                "too_recent": one.too_recent,
                "above_the_others": [each.provider for each in one.standing_out],
            }
            for one in results
        ],
        "watched": plain(list(groups)),
        "apart": cases.apart,
        "remarks": [one._asdict() for one in cases.remarks],
    }  # fmt: skip
