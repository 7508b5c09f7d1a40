"""The figures of a paper as pictures."""

from whatworks.papers.paper import Figure
from whatworks.pictures.drawing import svg


def pictures(figures: list[Figure]) -> dict[str, str]:
    """Return each figure's SVG by its name."""
    drawn = {figure.name: figure.draw() for figure in figures}
    return {name: chart if isinstance(chart, str) else svg(chart) for name, chart in drawn.items()}
