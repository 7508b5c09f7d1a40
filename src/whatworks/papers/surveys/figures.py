"""Shares in per cent and means, with their intervals, as the papers of surveys print them."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from math import isfinite
from typing import Any

from whatworks.money.plain import plain
from whatworks.papers.answer import Answer, Rows, TableColumn, Value
from whatworks.papers.disclosure.rounding import half_away, written
from whatworks.papers.words import WITHHELD
from whatworks.statistics.survey_design import SurveyEstimate

CAUSE = (
    "This says whether the answer moved, not why. Whether a scheme moved it is another question: "
    "`whatworks evaluate` answers it, with people or areas to compare with."
)
ITEM, READER = "Confidence and satisfaction", "The board"
NOT_ASKED = "not asked"
BASE_NOTE = (
    "[c]: withheld, since the figure rests on fewer than 50 people of equal weight, or on too few who gave the answer."
)


def survey_answer(title: str, sentences: Iterable[str], table: Rows[Any], found: Any, **more: Any) -> Answer:
    """Return a survey's answer of one table, to the board; `found` is what `summary.json` holds of it."""
    heads = {"item": ITEM, "prepared_for": READER} | more
    return Answer(title, tuple(sentences), (table,), figures=figures_of(found), **heads)


def number(value: float, share: bool) -> Decimal:
    """Return a share in per cent to one decimal place, or a mean to two.

    >>> number(0.65837, True), number(1.2345, False)
    (Decimal('65.8'), Decimal('1.23'))
    """
    return half_away(value, 1, 100) if share else half_away(value, 2)


def figure(found: SurveyEstimate | None, share: bool, *, change: bool = False) -> str:
    """Return an estimate with its interval in words; a change of shares is in points.

    >>> figure(None, True)
    '[c]'
    """
    if found is None:
        return WITHHELD
    unit, rounded = "" if not share or change else "%", (number(end, share) for end in ends(found))
    value, low, high = (f"{'+' if change and end > 0 else ''}{written(end)}{unit}" for end in rounded)
    return f"{value} ({low} to {high})"


def ends(found: SurveyEstimate) -> tuple[float, float, float]:
    """Return an estimate and the two ends of its interval."""
    return found.value, found.ci_low, found.ci_high


def column(
    heading: str, pick: Callable[[Any], SurveyEstimate | str | None], share: bool, change: bool = False
) -> TableColumn[Any]:
    """Return a column of estimates, or of words in their place: words on the page, value and two ends on the sheet."""

    def cells(found: SurveyEstimate | str | None) -> Sequence[Value]:
        if isinstance(found, str):
            return (found, None, None)
        if found is None:
            return ("c", "c", "c")
        return tuple(number(end, share) for end in ends(found))

    return TableColumn(
        heading,
        pick,
        lambda found: found if isinstance(found, str) else figure(found, share, change=change),
        numeric=True,
        width=2.0,
        sheet=(heading, f"{heading}: from", f"{heading}: to"),
        cells=cells,
    )


def figures_of(answer: Any) -> Any:
    """Return an answer for JSON: its fields by name, numbers to four decimal places, nothing where there is none.

    >>> figures_of({"value": 0.123456, "design_effect": float("nan"), "waves": ("a",)})
    {'value': 0.1235, 'design_effect': None, 'waves': ['a']}
    """
    value = plain(answer)
    if isinstance(value, float):
        return round(value, 4) if isfinite(value) else None
    if isinstance(value, dict):
        return {key: figures_of(part) for key, part in value.items()}
    return [figures_of(part) for part in value] if isinstance(value, list) else value


def asked(question: str, yes: Sequence[str], wording: str | None) -> str:
    """Return what was asked and what is counted.

    >>> asked("trust", ("very", "fairly"), "Do you trust them?")
    '"Do you trust them?" (trust): the share who answered very or fairly.'
    """
    counted = f"the share who answered {' or '.join(yes)}" if yes else "the mean of the answers"
    return (
        f'"{wording}" ({question}): {counted}.'
        if wording
        else f"Question {question}: {counted}; its words are not held."
    )


def waves_in_words(waves: Sequence[str]) -> str:
    """Return a period.

    >>> waves_in_words(["2023-Q1", "2023-Q2"]), waves_in_words(["2023-Q1"])
    ('2023-Q1 to 2023-Q2', '2023-Q1')
    """
    return waves[0] if len(waves) == 1 else f"{waves[0]} to {waves[-1]}"
