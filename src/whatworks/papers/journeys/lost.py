"""Which cases are dropped between stages, and who is unseen: the sentences and the tables."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from whatworks.journeys.cases import Cases
from whatworks.journeys.hand_offs import HandOffResult, Passing
from whatworks.journeys.watch import REACHED, UNSEEN, Share, Watched, WatchedDay
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import FEWEST_FOR_DAYS, Count, Nested, widen
from whatworks.papers.journeys.clearance import clear_parts
from whatworks.papers.journeys.words import about, per_cent, remark_words, share_words
from whatworks.papers.paper import Block, Bullets, Figure, Section
from whatworks.papers.words import text
from whatworks.pictures.stage_flow import Flow, flow_words, stage_flow
from whatworks.records.showing.person_like import is_person_like

OTHER_REASONS = "other reasons"


def lost_answer(cases: Cases, results: Sequence[HandOffResult], groups: Sequence[Watched], minimum: int = 10) -> Answer:
    """Return which hand-offs are dropped and who is unseen, small counts withheld; `--json` has them all."""
    tables = (*(table for at, one in enumerate(results, 1) for table in _hand_off(cases, one, at, minimum)),
              *([_watch(cases, groups, minimum)] if groups else []))  # fmt: skip
    sentences = tuple(_sentences(cases, results, groups, minimum))
    blocks: list[Block] = [Bullets(sentences), *(one.on_page() for one in tables if one.rows)]
    flows = [_flow(cases, one, minimum) for one in results]
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


def _name(cases: Cases, stage: str) -> str:
    return cases.kind.named(stage).name


def _sentences(
    cases: Cases, results: Sequence[HandOffResult], groups: Sequence[Watched], minimum: int
) -> Iterator[str]:
    small = Nested(minimum).sensitive
    for one in results:
        whole, names = one.everybody, _hand_off_name(cases, one)
        parts = clear_parts({"in_time": whole.in_time, "lost": whole.late + whole.never}, minimum)
        if not whole.left:
            yield f"{names}: nobody has left the first stage for so long."
        elif "c" in parts.values() or small(whole.left):
            yield f"{names}: too few to say."
        else:
            yield (
                f"{names}: of {text(whole.left)} who left the first stage {text(parts['lost'])} did not enter the "
                f"second within {one.hand_off.within_days} days, {_share_words(whole)}. Until then whoever let them "
                "go holds the duty."
            )
        shown = {row.provider for row in one.providers} - _hidden(one.providers, minimum)
        for row in (row for row in one.standing_out if row.provider in shown):
            yield f"Above the others: {row.provider}, {_share_words(row)}."
        if one.too_recent:
            yield f"Too recent to say, and in no share: {about(one.too_recent, minimum)}."
    watch = cases.kind.watch
    rows = _open_rows(groups, minimum)
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


def _hidden(providers: Sequence[Passing], minimum: int) -> set[str]:
    sizes = {row.provider: [float(row.in_time), float(row.late + row.never)] for row in providers}
    few = {name for name, counts in sizes.items() if any(Nested(minimum).sensitive(count) for count in counts)}
    return widen(few, sizes, minimum)


def _hand_off(cases: Cases, one: HandOffResult, number: int, minimum: int) -> Iterator[Rows[Any]]:
    hidden, title = _hidden(one.providers, minimum), _hand_off_name(cases, one)
    whole = clear_parts({"in": one.everybody.in_time, "out": one.everybody.late + one.everybody.never}, minimum)
    hidden |= {one.everybody.provider, *(row.provider for row in one.providers)} if "c" in whole.values() else set()

    def shown(row: Passing, value: Any) -> Any:
        return "c" if row.provider in hidden else value

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
    cleared = [
        (provider, to, "c" if provider in hidden else count)
        for provider, row in pairs.items()
        for to, count in clear_parts(row, minimum).items()
    ]
    yield Rows(
        name=f"To whom {number}",
        title=f"{title}: to whom those went who were taken on in time",
        rows=cleared,
        columns=(
            TableColumn("From", lambda row: row[0]),
            TableColumn("To", lambda row: row[1]),
            TableColumn("Cases", lambda row: row[2], numeric=True),
        ),
    )
    yield Rows(
        name=f"Reasons {number}",
        title=f"{title}: reasons given for those dropped",
        rows=[] if "c" in whole.values() else _reasons(one.reasons, minimum),
        columns=(
            TableColumn("Reason", lambda row: row[0], width=2.0),
            TableColumn("Cases", lambda row: row[1], numeric=True),
        ),
    )


def _reasons(reasons: Sequence[tuple[str, int]], minimum: int) -> list[tuple[str, Count]]:
    """Return the reasons that stand often enough and read like no name; the others together, without their words."""
    often = [(name, count) for name, count in reasons if count >= minimum and not is_person_like(name)]
    rest = sum(count for _, count in reasons) - sum(count for _, count in often)
    parts = clear_parts(dict([*often, *([(OTHER_REASONS, rest)] if rest else [])]), minimum)
    return list(parts.items())


def _flow(cases: Cases, one: HandOffResult, minimum: int) -> Flow:
    parts = clear_parts({"in": one.everybody.in_time, "out": one.everybody.late + one.everybody.never}, minimum)
    total: Count = "c" if Nested(minimum).sensitive(one.everybody.left) else one.everybody.left
    names = (_name(cases, one.hand_off.from_stage), _name(cases, one.hand_off.to_stage))
    return Flow(*names, text(total), text(parts["in"]), text(parts["out"]))


def _open_rows(groups: Sequence[Watched], minimum: int) -> set[tuple[str, int]]:
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
        shown |= {(one.name, one.days[at].day) for one in groups if one.name not in hidden}
    return shown


def _watch(cases: Cases, groups: Sequence[Watched], minimum: int) -> Rows[tuple[Watched, WatchedDay]]:
    rows = _open_rows(groups, minimum)
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


def exact(cases: Cases, results: Sequence[HandOffResult], groups: Sequence[Watched]) -> dict[str, Any]:
    """Return every figure, unrounded and with small counts: restricted."""

    def row(one: Passing) -> dict[str, Any]:
        return asdict(one) | {"left": one.left, "dropped": one.dropped, "interval": one.interval}

    return {
        "kind": cases.kind.kind,
        "cases": cases.count,
        "hand_offs": [
            one.hand_off.model_dump()
            | {
                "everybody": row(one.everybody),
                "providers": [row(each) for each in one.providers],
                "pairs": [dict(zip(("from", "to", "cases"), pair, strict=True)) for pair in one.pairs],
                "reasons": dict(one.reasons),
                "too_recent": one.too_recent,
                "above_the_others": [each.provider for each in one.standing_out],
            }
            for one in results
        ],
        "watched": [
            {"name": group.name, "entered": group.entered, "same_day": group.same_day,
             "days": [asdict(day) | {"unseen_at_liberty": day.unseen_at_liberty} for day in group.days]}
            for group in groups
        ],
        "apart": cases.apart,
        "remarks": [one._asdict() for one in cases.remarks],
    }  # fmt: skip
