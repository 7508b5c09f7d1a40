"""How long cases wait in each stage: the sentences, the stages, the queues, and the curves of waiting."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from whatworks.journeys.cases import ONWARD, WAITING
from whatworks.journeys.finished import FinishedQuarter
from whatworks.journeys.stage_change import JourneyChange
from whatworks.journeys.stage_time import MOST_OPEN, JourneyTime, StageTime
from whatworks.money.plain import plain
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import FEWEST_FOR_DAYS, Count, Nested
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.journeys.change import change_figures, change_sentences, change_tables
from whatworks.papers.journeys.clearance import ClearedStage, clear_parts, clear_stages
from whatworks.papers.journeys.told import CHANGE_SIDES, curve_days, curve_names, stage_name, target_name
from whatworks.papers.journeys.words import about, days, per_cent, remark_words, time_words
from whatworks.papers.paper import Block, Bullets, Figure, Section
from whatworks.papers.words import text
from whatworks.pictures.steps import Step, step_curves, step_words
from whatworks.records.audit.telling import Telling, part

FIGURES = (
    "entered", "onward", "other", "waiting", "open_share", "median", "ninetieth", "restricted", "finished_median",
    "finished_mean", "expected_days", "between_days", "share", "on_target", "queue",
)  # fmt: skip
"""What is printed exactly of a stage."""


@dataclass(frozen=True, slots=True)
class _Row:
    time: StageTime
    shown: ClearedStage
    queue: tuple[Count, Count]

    def figure(self, value: Any) -> Any:
        if not self.time.entered:
            return "none"
        return value if self.shown.days else "c"


def time_answer(
    found: JourneyTime, minimum: int = 10, change: JourneyChange | None = None, told: Telling | None = None
) -> Answer:
    """Return how long cases wait in each stage, small counts withheld; `--json` has them all.

    With a `change`, it also says which stage made the journey longer or shorter. `told` has the sets of cases named by
    `told.name_stages`.
    """
    told = told or Telling()
    counts = [(one.entered, one.onward, one.other, one.waiting) for one in found.stages]
    cases, cleared = clear_stages(counts, found.cases, minimum)
    cases = told.count("cases", cases)
    trail = Nested(minimum)
    trail.shown = {one.entered for one in cleared if isinstance(one.entered, int)}
    rows = [
        _Row(
            one,
            _told_stage(told, one.stage.id, shown),
            (
                told.count(part("in", ("stage", one.stage.id)), trail.publish(one.queue.entered)),
                told.count(part("out", ("stage", one.stage.id)), trail.publish(one.queue.left)),
            ),
        )
        for one, shown in zip(found.stages, cleared, strict=True)
    ]
    if change is not None and not told.tells(*CHANGE_SIDES):
        change = None
    sentences = (
        *_sentences(found, rows, cases, minimum, told),
        *change_sentences(change),
        *filter(None, (told.beside,)),
    )
    tables: tuple[Rows[Any], ...] = (
        _stages(found, rows),
        _days(found, rows, told),
        _queues(rows, minimum),
        _finished(found, minimum, told),
        *change_tables(change),
    )
    blocks: list[Block] = [Bullets(sentences), *(one.on_page() for one in tables)]
    drawn = [
        row.time
        for row in rows
        if row.shown.days and told.tells(*curve_names(row.time, minimum), label=f"curve of {row.time.stage.id}")
    ]
    curves = [step for one in drawn for step in _curve(one, minimum)]
    if curves:
        title = "Share of all who entered a stage that has moved on"
        draw = partial(step_curves, curves, f"Days since entering the stage ({found.clock} days)", "Moved on (%)")
        blocks.append(Figure("waiting", title, step_words(curves, "moved on"), draw))
    return Answer(
        title=f"{found.title}: where the time goes",
        sentences=sentences,
        tables=tables,
        sections=(Section("time", "Time in each stage", tuple(blocks)),),
        restricted={"disclosure": "restricted", **exact(found), "change": change_figures(change)},
        item="Timeliness",
        prepared_for="The board",
        as_at=found.last,
    )


def _told_stage(told: Telling, stage: str, shown: ClearedStage) -> ClearedStage:
    """Return what may be shown of a stage beside earlier papers; days, where its cases are."""
    entered, ways = stage_name(stage), {name: part(stage_name(stage), ("way", name)) for name in shown.other}
    onward, waiting = (part(entered, ("way", way)) for way in (ONWARD, WAITING))
    if told.count(entered, shown.entered) == "c":
        return ClearedStage("c", "c", dict.fromkeys(shown.other, "c"), "c", False)
    kept = told.count(onward, shown.onward)
    return ClearedStage(
        shown.entered,
        kept,
        {name: told.count(ways[name], count) for name, count in shown.other.items()},
        told.count(waiting, shown.waiting),
        shown.days and kept == shown.onward,
    )


def _sentences(found: JourneyTime, rows: list[_Row], cases: Count, minimum: int, told: Telling) -> Iterator[str]:
    few = any(map(Nested(minimum).sensitive, (found.open, found.cases - found.open)))
    open_cases = told.count(part("cases", ("open", "open")), "c" if few else found.open)
    yield (
        f"{text(cases)} cases were opened from {found.first} on and watched up to {found.last}; {text(open_cases)} are "
        f"open still. Counted are {found.unit}, in {found.clock} days."
    )
    whole = (
        f"the {days(found.expected.total)} days that a case is expected to take up to day {days(found.expected.tau)}"
    )
    shown = {row.time.stage.id for row in rows if row.shown.days}
    if found.gap and found.gap.stage.id in shown:
        yield (
            f"Most of the time is spent in no stage, after {found.gap.stage.name}: {days(found.gap.between_days)} of "
            f"{whole}. Cases wait there between two stages, or were dropped (`whatworks journeys lost`)."
        )
    best = found.bottleneck
    if best and best.stage.id in shown:
        yield (
            f"The bottleneck among the stages is {best.stage.name} (owner: {best.stage.owner}), with "
            f"{per_cent(best.share)} of {whole}."
        )
    elif best:
        yield "The bottleneck is withheld: few are behind its figures, or they would give few back. Take a longer time."
    refused = [row.time.stage.name for row in rows if row.time.finished_mean is None and row.time.onward]
    if refused:
        yield (
            f"The mean of finished cases is not said where more than {per_cent(MOST_OPEN)} of those who entered wait "
            f"still, since it is then too low or errs either way: {'; '.join(refused)}. Look at the median among all."
        )
    for row in rows:
        if row.time.entered and row.time.waiting == row.time.entered:
            yield f"{row.time.stage.name}: all who entered wait still, so no day can be said; look again later."
        elif not row.time.entered:
            yield f"{row.time.stage.name}: no case has entered it."
    if found.cases == 1:
        yield "There is one case only: nothing can be said of others from it."
    for name, count in found.apart.items():
        yield f"Told apart, in no figure: {about(count, minimum)} ({name})."
    yield from remark_words(found.remarks, minimum)
    yield "Medians of stages do not add up to the median of the whole, and are not added."


def _stages(found: JourneyTime, rows: list[_Row]) -> Rows[_Row]:
    endings = list(dict.fromkeys(name for row in rows for name in row.time.other))
    return Rows(
        name="Stages",
        title="Who entered each stage, and how they left it",
        rows=rows,
        columns=(
            TableColumn("Stage", lambda row: row.time.stage.name, width=2.4),
            TableColumn("Owner", lambda row: row.time.stage.owner),
            TableColumn("Entered", lambda row: row.shown.entered, numeric=True),
            TableColumn("Moved on", lambda row: row.shown.onward, numeric=True),
            *(TableColumn(name, partial(_other, name), numeric=True) for name in endings),
            TableColumn("Waiting", lambda row: row.shown.waiting, numeric=True),
        ),
        notes=("[c] is withheld, since it would show how few are behind it.",),
    )


def _other(name: str, row: _Row) -> Count:
    return row.shown.other.get(name, 0 if row.shown.entered != "c" else "c")


def _days(found: JourneyTime, rows: list[_Row], told: Telling) -> Rows[_Row]:
    def span(name: str) -> Any:
        return lambda row: row.figure(time_words(getattr(row.time, name)))

    def whole(value: Any) -> Any:
        return lambda row: row.figure(days(value(row.time), 1))

    return Rows(
        name="Days",
        title="Days in each stage",
        rows=rows,
        columns=(
            TableColumn("Stage", lambda row: row.time.stage.name, width=2.4),
            TableColumn("Median (95% interval)", span("median"), width=1.4),
            TableColumn("90th percentile (95% interval)", span("ninetieth"), width=1.4),
            TableColumn("Mean up to tau", whole(lambda one: one.restricted and one.restricted.days), numeric=True),
            TableColumn("Finished: median", whole(lambda one: one.finished_median), numeric=True),
            TableColumn("Finished: mean", whole(lambda one: one.finished_mean), numeric=True),
            TableColumn("Expected days", whole(lambda one: one.expected_days), numeric=True),
            TableColumn("Then between stages", whole(lambda one: one.between_days), numeric=True),
            TableColumn("Share of all", lambda row: row.figure(per_cent(row.time.share)), numeric=True),
            TableColumn("On target", lambda row: row.figure(_target(row.time, told)), width=1.2),
        ),
        notes=(
            f"Median and 90th percentile are among all who entered; expected days are among all {found.unit}, up to "
            f"day {days(found.expected.tau)}, and add up to {days(found.expected.total, 1)}. Tau is the last day on "
            "which a tenth, and ten, are still watched.",
        ),
    )


def _target(one: StageTime, told: Telling) -> str:
    if one.stage.target_days is None or one.on_target is None:
        return "no target"
    if not told.tells(target_name(one.stage)):
        return "c"
    return f"{per_cent(one.on_target)} within {one.stage.target_days}"


def _queues(rows: list[_Row], minimum: int) -> Rows[_Row]:
    def rate(value: float | None, row: _Row, places: int = 0) -> str:
        # where nothing moved, the mean queue is the number that wait
        still = row.queue == (0, 0) and Nested(minimum).sensitive(row.time.queue.waiting)
        return "c" if still or "c" in row.queue else days(value, places)

    return Rows(
        name="Queues",
        title=f"Queues over the last {rows[0].time.queue.days} days",
        rows=rows,
        columns=(
            TableColumn("Stage", lambda row: row.time.stage.name, width=2.4),
            TableColumn("In", lambda row: row.queue[0], numeric=True),
            TableColumn("Out", lambda row: row.queue[1], numeric=True),
            TableColumn(
                "Clearance", lambda row: "c" if "c" in row.queue else per_cent(row.time.queue.clearance), numeric=True
            ),
            TableColumn("Mean queue", lambda row: rate(row.time.queue.mean_queue, row, 1), numeric=True),
            TableColumn("In a day x mean wait", lambda row: rate(row.time.queue.expected_queue, row, 1), numeric=True),
        ),
        notes=("Under 100% clearance the queue grows. The last two agree where all is steady (Little's law).",),
    )


def _finished(found: JourneyTime, minimum: int, told: Telling) -> Rows[FinishedQuarter]:
    counts = {one.quarter: one.cases for one in found.finished}
    cleared = clear_parts(counts | {"not completed": found.cases - sum(counts.values())}, minimum)
    shown = {name: told.count(part("cases", ("quarter", name)), count) for name, count in cleared.items()}

    def median(one: FinishedQuarter) -> str:
        return days(one.median) if shown[one.quarter] != "c" and one.cases >= FEWEST_FOR_DAYS else "c"

    return Rows(
        name="Finished",
        title="The official count: cases by the quarter of completion",
        rows=found.finished,
        columns=(
            TableColumn("Quarter", lambda one: one.quarter),
            TableColumn("Completed", lambda one: shown[one.quarter], numeric=True),
            TableColumn("Median days, opened to completed", median, numeric=True, width=1.4),
        ),
        notes=(
            "It leaves out who waits still: when a backlog is cleared these medians rise, while cases go faster. The "
            "days among all who entered stand above.",
        ),
    )


def _curve(one: StageTime, minimum: int) -> Iterator[Step]:
    """Yield the curve at days between which enough moved on, to whole per cents: each of its steps is a count."""
    days = curve_days(one, minimum)
    for day in (0, *days, *([round(one.restricted.tau)] if one.restricted else [])):
        seen = max((at for at in days if at <= day), default=-1)
        yield Step(one.stage.name, day, int(half_away(one.curve.by(seen), 0, 100)))


def exact(found: JourneyTime) -> dict[str, Any]:
    """Return every figure, unrounded and with small counts: restricted."""
    best, gap = found.bottleneck, found.gap
    figures: dict[str, Any] = plain(
        {name: getattr(found, name) for name in ("kind", "title", "unit", "clock", "cases", "open", "first", "last")}
        | {"bottleneck": best and best.stage.id, "gap_after": gap and gap.stage.id}
        | {"expected": {"total": found.expected.total, "tau": found.expected.tau}}
        | {"stages": [
            {"stage": one.stage.id, "name": one.stage.name, "owner": one.stage.owner}
            | {name: getattr(one, name) for name in FIGURES} for one in found.stages
        ]}
        | {"finished": found.finished, "apart": found.apart, "remarks": [one._asdict() for one in found.remarks]}
    )  # fmt: skip
    return figures
