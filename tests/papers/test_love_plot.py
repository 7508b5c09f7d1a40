"""A difference too large for the love plot is drawn at its edge, inside the axes, and the axis says so."""

import json

from papers.results import ALL
from whatworks.papers import publish
from whatworks.papers.charts.love import love_plot


def drawn(smd: float) -> dict[str, object]:
    result = ALL["matched"]()
    first = result.balance[0].model_copy(update={"smd_before": smd})
    return love_plot(publish(result.model_copy(update={"balance": (first, *result.balance[1:])})))


def test_far_differences_stand_at_the_edge_and_the_axis_says_so() -> None:
    chart = json.dumps(drawn(-3.76))
    assert '"at": -150' in chart and '"smd": -376' in chart
    assert "(%; beyond 150 at the edge)" in chart and '"domain": [-155, 155]' in chart


def test_where_none_is_far_the_axis_says_nothing_of_it() -> None:
    chart = json.dumps(drawn(-0.5))
    assert "beyond" not in chart and '"smd": -50' in chart
