"""The risk matrix: likelihood across, severity upwards, each risk by its reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from whatworks.pictures.drawing import FONT, WIDTH
from whatworks.pictures.palette import DARK_BLUE, GREY, INK, PALE, PALE_AMBER, PALE_GREEN, PALE_PINK, RULE, WHITE

CELL = (108, 46)
LEFT, TOP = 96, 12
SCORES = range(1, 6)


@dataclass(frozen=True, slots=True)
class Placed:
    """A risk with its scores."""

    reference: str
    likelihood: int
    severity: int
    state: str


def risk_matrix(risks: Sequence[Placed]) -> str:
    """Return the matrix as SVG: five by five, the highest severity on top."""
    width, height = CELL
    parts = []
    for severity in SCORES:
        y = TOP + (5 - severity) * height
        parts.append(_text(LEFT - 12, y + height / 2 + 5, str(severity), anchor="end"))
        for likelihood in SCORES:
            x = LEFT + (likelihood - 1) * width
            here = [one.reference for one in risks if (one.likelihood, one.severity) == (likelihood, severity)]
            parts.append(
                f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{_ground(likelihood * severity)}" '
                f'stroke="{RULE}"/>'
            )
            if here:
                parts.append(_text(x + width / 2, y + height / 2 + 5, ", ".join(here), bold=True))
    bottom = TOP + 5 * height
    parts += [_text(LEFT + (at - 0.5) * width, bottom + 20, str(at)) for at in SCORES]
    parts.append(_text(LEFT + 2.5 * width, bottom + 42, "Likelihood", colour=GREY))
    middle = TOP + 2.5 * height
    parts.append(f'<g transform="rotate(-90 40 {middle:g})">{_text(40, middle, "Severity", colour=GREY)}</g>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{bottom + 54}" viewBox="0 0 {WIDTH} '
        f'{bottom + 54}" font-family="{FONT}"><rect width="{WIDTH}" height="{bottom + 54}" fill="{WHITE}"/>'
        f"{''.join(parts)}</svg>"
    )


def matrix_words(risks: Sequence[Placed]) -> str:
    """Return the matrix in words.

    >>> matrix_words([Placed("R1", 4, 5, "red")])
    'Risks by score. R1: likelihood 4, severity 5, score 20, state red.'
    """
    ranked = sorted(risks, key=lambda one: (-one.likelihood * one.severity, one.reference))
    told = [
        f"{one.reference}: likelihood {one.likelihood}, severity {one.severity}, score "
        f"{one.likelihood * one.severity}, state {one.state}"
        for one in ranked
    ]
    return f"Risks by score. {'; '.join(told)}."


def _ground(score: int) -> str:
    return PALE_PINK if score >= 15 else PALE_AMBER if score >= 8 else PALE_GREEN if score >= 4 else PALE


def _text(x: float, y: float, words: str, *, anchor: str = "middle", bold: bool = False, colour: str = INK) -> str:
    weight, fill = ("bold", DARK_BLUE) if bold else ("normal", colour)
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="14" font-weight="{weight}" fill="{fill}">'
        f"{escape(words)}</text>"
    )
