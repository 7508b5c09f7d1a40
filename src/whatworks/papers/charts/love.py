"""The love plot: how unlike the groups were before matching, and after."""

from decimal import Decimal
from typing import Any

from whatworks.papers.evaluation.release import Balance, Release
from whatworks.pictures.drawing import specification
from whatworks.pictures.palette import DARK_BLUE, GREY, ORANGE, PALE_AMBER, PALE_GREEN

FURTHEST = 150
"""Differences beyond this many per cent are drawn at the edge; the table has them."""

STAGES = ("before matching", "after matching", "at the start")
"""Nobody is matched where people were put into the groups by chance."""


def label(row: Balance) -> str:
    """Return a row's name: the covariate, with its level."""
    return row.covariate if row.level is None else f"{row.covariate}: {row.level}"


def stages(release: Release) -> tuple[str, str]:
    """Return what a row's two differences are called."""
    return (STAGES[2] if release.matching.method == "none" else STAGES[0], STAGES[1])


def points(release: Release) -> list[dict[str, Any]]:
    """Return a point for every difference that is shown."""
    return [
        {"covariate": label(row), "stage": stage, "smd": int(value), "at": max(-FURTHEST, min(FURTHEST, int(value)))}
        for row in release.balance
        for stage, value in zip(stages(release), (row.smd_before, row.smd_after), strict=True)
        if isinstance(value, Decimal)
    ]


def love_plot(release: Release) -> dict[str, Any]:
    """Return the chart of the differences that may be shown."""
    import altair as alt

    data = points(release)
    reach = max(20, *(abs(point["at"]) for point in data)) + 5
    beyond = any(point["at"] != point["smd"] for point in data)
    title = "Standardised difference, scheme minus comparison (%"
    title += f"; beyond {FURTHEST} at the edge)" if beyond else ")"
    order = list(dict.fromkeys(point["covariate"] for point in data))
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    ground = [
        alt.Chart(alt.Data(values=[{"low": -far, "high": far}]))
        .mark_rect(color=colour)
        .encode(x=alt.X("low:Q", scale=scale), x2="high:Q")
        for far, colour in ((10, PALE_AMBER), (5, PALE_GREEN))
    ]
    middle = alt.Chart(alt.Data(values=[{"at": 0}])).mark_rule(color=GREY).encode(x="at:Q")
    shown = [stage for stage in STAGES if any(point["stage"] == stage for point in data)]
    dots = (
        alt.Chart(alt.Data(values=data))
        .mark_point(filled=True, size=95, opacity=1)
        .encode(
            x=alt.X("at:Q", scale=scale, title=title),
            y=alt.Y("covariate:N", sort=order, title=None, axis=alt.Axis(grid=True, ticks=False, domain=False)),
            color=alt.Color("stage:N", scale=alt.Scale(domain=shown, range=colours(shown)), legend=legend()),
            shape=alt.Shape("stage:N", scale=alt.Scale(domain=shown, range=shapes(shown)), legend=legend()),
        )
    )
    return specification(alt.layer(*ground, middle, dots).properties(width=440, height=alt.Step(27)))


def legend() -> Any:
    """Return the legend above the plot."""
    import altair as alt

    return alt.Legend(title=None, orient="top", direction="horizontal")


def colours(stages: list[str]) -> list[str]:
    """Return each stage's colour."""
    return [dict(zip(STAGES, (ORANGE, DARK_BLUE, DARK_BLUE), strict=True))[stage] for stage in stages]


def shapes(stages: list[str]) -> list[str]:
    """Return each stage's shape, so that colour alone says nothing."""
    return [dict(zip(STAGES, ("diamond", "circle", "circle"), strict=True))[stage] for stage in stages]
