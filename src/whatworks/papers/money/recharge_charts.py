"""The pictures of a recharge: each borough's bill by every model, and how it moves from one year to the next."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from whatworks.pictures.drawing import specification
from whatworks.pictures.palette import DARK_BLUE, DARK_GREY, DARK_PINK, GREY, LIGHT_PURPLE, ORANGE, TURQUOISE

COLOURS = (DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE, DARK_GREY, LIGHT_PURPLE)
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down")


def dots(amounts: Mapping[str, Mapping[str, Decimal]], boroughs: Sequence[str], title: str) -> dict[str, Any]:
    """Return one row a borough with a mark for each model, in thousands: `amounts` are pounds by model, by borough."""
    thousands = {
        model: {name: float(pounds / 1000) for name, pounds in found.items()} for model, found in amounts.items()
    }
    return marks(thousands, boroughs, title)


def marks(amounts: Mapping[str, Mapping[str, float]], boroughs: Sequence[str], title: str) -> dict[str, Any]:
    """Return one row a borough with a mark for each series: `amounts` are by series, by borough."""
    import altair as alt

    models = list(amounts)
    data = [
        {"borough": name, "model": model, "amount": amounts[model][name]}
        for model in models
        for name in boroughs
        if name in amounts[model]
    ]
    shown = [point["amount"] for point in data if isinstance(point["amount"], float)]
    low, high = min(0.0, *shown), max(0.0, *shown)
    pad = (high - low) * 0.04 or 1.0
    legend = alt.Legend(orient="top", title=None, columns=3, labelFontSize=13, symbolSize=110)
    base = alt.Chart(alt.Data(values=data)).encode(
        y=alt.Y(
            "borough:N",
            sort=list(boroughs),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, grid=True, labelLimit=170, minExtent=170),
        ),
        x=alt.X(
            "amount:Q",
            title=title,
            scale=alt.Scale(domain=[low - (pad if min(shown) <= 0 else 0), high + pad], nice=False),
            axis=alt.Axis(format=",.0f"),
        ),
        color=alt.Color("model:N", scale=alt.Scale(domain=models, range=list(COLOURS[: len(models)])), legend=legend),
        shape=alt.Shape("model:N", scale=alt.Scale(domain=models, range=list(SHAPES[: len(models)])), legend=legend),
    )
    zero = alt.Chart(alt.Data(values=[{"at": 0}])).mark_rule(color=GREY, strokeDash=[4, 3]).encode(x="at:Q")
    marks = base.mark_point(filled=True, size=85, opacity=0.9)
    return specification(alt.layer(zero, marks).properties(width=470, height=alt.Step(26)))


def range_words(amounts: Mapping[str, Mapping[str, Decimal]], boroughs: Sequence[str]) -> str:
    """Return each model's lowest and highest amount with its borough, for who cannot see the picture.

    >>> range_words({"Usage": {"Ashby": Decimal("1200.40"), "Bray": Decimal(-300)}}, ["Ashby", "Bray"])
    'Usage: from −300 (Bray) to 1,200 (Ashby) pounds.'
    """
    said = []
    for model, found in amounts.items():
        kept = [name for name in boroughs if name in found]
        low, high = min(kept, key=lambda name: found[name]), max(kept, key=lambda name: found[name])
        ends = " to ".join(f"{found[name]:,.0f} ({name})".replace("-", "\u2212", 1) if found[name] < 0 else
                           f"{found[name]:,.0f} ({name})" for name in (low, high))  # fmt: skip
        said.append(f"{model}: from {ends} pounds.")
    return " ".join(said)
