"""The love plot: how unlike the groups were before matching, and after."""

from decimal import Decimal
from typing import Any

from whatworks.papers.disclosure.published import Published
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.pictures.love import AFTER, BEFORE, START, Point, love_chart


def label(row: Published) -> str:
    """Return a row's name: the covariate, with its level."""
    return row.covariate if row.level is None else f"{row.covariate}: {row.level}"


def stages(release: PublishedResult) -> tuple[str, str]:
    """Return what a row's two differences are called."""
    return (START if release.matching.method == "none" else BEFORE, AFTER)


def points(release: PublishedResult) -> list[Point]:
    """Return a point for every difference that is shown."""
    return [
        {"covariate": label(row), "stage": stage, "smd": int(value)}
        for row in release.balance
        for stage, value in zip(stages(release), (row.smd_before, row.smd_after), strict=True)
        if isinstance(value, Decimal)
    ]


def love_plot(release: PublishedResult) -> dict[str, Any]:
    """Return the chart of the differences that may be shown."""
    return love_chart(points(release))
