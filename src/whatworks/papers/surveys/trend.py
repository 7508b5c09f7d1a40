"""A survey's trend as a paper: the picture with breaks and marks, the points, and the changes that could be told."""

from collections.abc import Iterator

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.paper import Bullets, Figure, Section
from whatworks.papers.surveys.change import change_words
from whatworks.papers.surveys.figures import BASE_NOTE, CAUSE, NOT_ASKED, asked, column, ends, survey_answer
from whatworks.pictures.trend import TrendPoint, trend_chart
from whatworks.surveys.trend import Point, Trend


def trend_answer(found: Trend) -> Answer:
    """Return the series; a break is said and drawn, and nothing is compared across it."""
    share = bool(found.yes)
    sentences = (
        asked(found.question, found.yes, found.wording),
        f"Each point is {found.window} wave{'s' if found.window > 1 else ''} together.",
        _moved(found, share),
        *(one.sentence for one in found.breaks),
        *_another_scale(found),
        *(f"{mark.on.isoformat()}: {mark.text} (a mark on the trend, not a cause of it)." for mark in found.marks),
        *found.warnings,
        CAUSE,
    )
    points = _points(found, share)
    picture = Figure("trend", f"The trend of {found.question}", " ".join(sentences[:3]), lambda: _chart(found, share))
    page = Section("trend", "The trend", (Bullets(sentences), picture, points.on_page()))
    return survey_answer(f"The trend: {found.question}", sentences, points, found, sections=(page,))


def _moved(found: Trend, share: bool) -> str:
    if not found.tested:
        return "No window has one before it to be compared with."
    seen = [f"{point.wave} {change_words(point.change, share)}" for point in found.seen]
    said = f"changes are seen at {len(seen)}: {'; '.join(seen)}" if seen else "no change is seen"
    return (
        f"Each window is held against the one before it that shares no wave with it: of {found.tested} "
        f"comparison{'s' if found.tested > 1 else ''} "
        f"{found.by_chance:.2f} would show a change by chance alone; with false discoveries held to 5%, {said}."
    )


def _points(found: Trend, share: bool) -> Rows[Point]:
    return Rows(
        name="Points",
        title="The series",
        rows=found.points,
        columns=(
            TableColumn("Window up to", lambda point: point.wave),
            column("Figure", lambda point: point.estimate if point.asked else NOT_ASKED, share),
            TableColumn(
                "Since the window before", lambda point: point, lambda point: _since(point, share), width=3.0, sheet=()
            ),
        ),
        notes=(BASE_NOTE,),
    )


def _another_scale(found: Trend) -> Iterator[str]:
    names = [point.wave for point in found.points if not point.asked]
    if names:
        yield (
            f"In {', '.join(names)} nobody gave any of these answers and many gave others: the scale is another there, "
            f"so that it says {NOT_ASKED}, and not 0%."
        )


def _since(point: Point, share: bool) -> str:
    if not point.asked:
        return NOT_ASKED
    return "[z]" if not point.change.name else change_words(point.change, share)


def _chart(found: Trend, share: bool) -> dict[str, object]:
    factor = 100 if share else 1
    drawn: list[TrendPoint] = []
    for point in found.points:
        if point.estimate is not None:
            value, low, high = (round(factor * end, 1) for end in ends(point.estimate))
            seen = point in found.seen
            drawn.append({"on": point.last, "value": value, "low": low, "high": high, "run": point.run, "seen": seen})
    days = [one.on for one in found.breaks]
    marks = [(mark.on, mark.text) for mark in found.marks]
    return trend_chart(drawn, days, marks, "Per cent" if share else "Mean")
