"""A survey's series: rolling windows, breaks where the question changed, and the changes that it could tell."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from whatworks.records.refusal import Refused
from whatworks.statistics.survey_design import SurveyEstimate
from whatworks.surveys.answers import Answers
from whatworks.surveys.change import LEVEL, Change, controlled, difference
from whatworks.surveys.estimate import warnings
from whatworks.surveys.wave import Break, breaks, runs


@dataclass(frozen=True, slots=True)
class Point:
    """The window that ends with a wave: its estimate (None: too few were asked), and the change since the one before.

    The window before is the last that shares no wave with it, on the same side of every break. Not `asked` is a window
    whose scale has none of the answers.
    """

    wave: str
    last: date
    run: int
    estimate: SurveyEstimate | None
    change: Change
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """What was said to whom on a day: it stands on the trend, and is no cause of it."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The series of one question, by windows of so many waves."""

    question: str
    yes: tuple[str, ...]
    wording: str | None
    window: int
    points: tuple[Point, ...]
    breaks: tuple[Break, ...]
    marks: tuple[Mark, ...]
    warnings: tuple[str, ...]
    in_json: ClassVar = ("tested", "by_chance")

    @property
    def tested(self) -> int:
        """How many changes could be tested."""
        return sum(point.change.difference is not None for point in self.points)

    @property
    def seen(self) -> tuple[Point, ...]:
        """The points at which the survey could tell a change, after false-discovery control."""
        return tuple(point for point in self.points if point.change.seen)

    @property
    def by_chance(self) -> float:
        """How many changes would be seen at 95% by chance alone."""
        return LEVEL * self.tested


def trend(answers: Answers, window: int = 1, borough: str | None = None, marks: tuple[Mark, ...] = ()) -> Trend:
    """Return the series by windows of so many waves, of all or of one borough; no window lies across a break."""
    if window < 1:
        raise Refused("a window is at least one wave", "give --window 1 or more")
    if borough is not None and borough not in answers.boroughs:
        raise Refused(f"{borough!r} is not a borough of this survey", f"the boroughs are {', '.join(answers.boroughs)}")
    points, every = [], answers.sample(range(len(answers.waves)))
    for number, run in enumerate(runs(answers.waves)):
        for at in range(window - 1, len(run)):
            chosen, earlier = run[at - window + 1 : at + 1], run[max(0, at - 2 * window + 1) : at - window + 1]
            sample = answers.sample(sorted({*earlier, *chosen}))
            moved = (
                difference(sample, earlier, chosen, borough) if len(earlier) == window else Change(borough or "", "")
            )
            wave = answers.waves[run[at]]
            figure = answers.sample(chosen).shown(chosen, borough)
            points.append(Point(wave.name, wave.last, number, figure, moved, not answers.not_asked.issuperset(chosen)))
    if not any(point.estimate for point in points):
        raise Refused("too few people answered in any window", "take more waves together with --window")
    tested = controlled([point.change for point in points])
    return Trend(
        answers.question,
        answers.yes,
        answers.waves[-1].wording,
        window,
        tuple(replace(point, change=moved) for point, moved in zip(points, tested, strict=True)),
        breaks(answers.waves),
        marks,
        warnings(answers, every, range(len(answers.waves))),
    )
