"""The fan chart: each partner's net cash so far, year by year, and how far chance and doubt spread it."""

from collections.abc import Sequence
from typing import Any

from whatworks.money.futures.simulate import Position
from whatworks.papers.money.amounts import pounds
from whatworks.pictures.drawing import specification
from whatworks.pictures.palette import DARK_BLUE, GREY

PANELS = 6
"""Partners in one picture."""
BANDS = ((0, 4, 0.18), (1, 3, 0.38))
"""Which quantiles make a band (5% to 95%, 25% to 75%), and how strong its colour is."""


def cash_fan(positions: Sequence[Position]) -> dict[str, Any]:
    """Return the chart of these partners, two a row, all on one scale."""
    import altair as alt

    ends = [0.0, *(value for one in positions for year in one.cash.years for value in year.cumulative)]
    pad = (max(ends) - min(ends)) * 0.06 or 1.0
    scale = alt.Scale(domain=[(min(ends) - pad) / 1000, (max(ends) + pad) / 1000], nice=False)
    panels = [panel(one, scale, wide=len(positions) == 1) for one in positions]
    return specification(alt.concat(*panels, columns=2, spacing=18))


def panel(position: Position, scale: Any, *, wide: bool) -> Any:
    """Return one partner's fan; it begins at zero on the first day."""
    import altair as alt

    rows = [(0.0,) * 5, *(year.cumulative for year in position.cash.years)]
    data: list[dict[str, Any]] = [
        {"year": at, **{f"q{place}": value / 1000 for place, value in enumerate(row)}} for at, row in enumerate(rows)
    ]
    base = alt.Chart(alt.Data(values=data), title=f"{position.name}: {pounds(rows[-1][2])} in the middle").encode(
        x=alt.X(
            "year:Q",
            title="End of year",
            axis=alt.Axis(values=list(range(len(rows))), format="d", grid=False),
            scale=alt.Scale(domain=[0, len(rows) - 1], nice=False),
        )
    )
    bands = [
        base.mark_area(color=DARK_BLUE, opacity=strength).encode(
            y=alt.Y(f"q{low}:Q", scale=scale, title="Net cash so far (£ thousand)"), y2=f"q{high}:Q"
        )
        for low, high, strength in BANDS
    ]
    middle = base.mark_line(color=DARK_BLUE, strokeWidth=2.5, point={"filled": True, "color": DARK_BLUE}).encode(
        y=alt.Y("q2:Q", scale=scale)
    )
    zero = alt.Chart(alt.Data(values=[{"at": 0}])).mark_rule(color=GREY, strokeDash=[4, 3]).encode(y="at:Q")
    return alt.layer(*bands, zero, middle).properties(width=560 if wide else 235, height=170)


def fan_words(positions: Sequence[Position]) -> str:
    """Return the chart in words."""
    said = []
    for one in positions:
        ends = enumerate((year.cumulative for year in one.cash.years), 1)
        years = "; ".join(
            f"end of year {at} {pounds(so_far[2])} ({pounds(so_far[0])} to {pounds(so_far[4])})" for at, so_far in ends
        )
        said.append(f"{one.name}: {years}")
    return f"Net cash so far: the middle path, and the range of nine paths in ten. {'. '.join(said)}."
