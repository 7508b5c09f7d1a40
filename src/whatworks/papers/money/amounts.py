"""Pounds, chances and their Monte Carlo intervals as people read them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from whatworks.money.futures.chance import Chance, Estimate
from whatworks.papers.answer import TableColumn

NONE = "none"


def pounds(value: float | Decimal) -> str:
    """Return whole pounds, with a true minus sign.

    >>> pounds(-77132.6), pounds(0.4), pounds(Decimal("1000"))
    ('−£77,133', '£0', '£1,000')
    """
    whole = round(value)
    return f"{'−' if whole < 0 else ''}£{abs(whole):,}"


def percent(share: float | Decimal, places: int = 1) -> str:
    """Return a proportion in per cent.

    >>> percent(0.20906), percent(-0.02, 0), percent(1.0)
    ('20.9%', '−2%', '100.0%')
    """
    shown = f"{abs(float(share)) * 100:.{places}f}%"
    return f"−{shown}" if share < 0 and float(shown[:-1]) else shown


def chance_words(found: Chance | None) -> str:
    """Return a chance with its interval.

    >>> chance_words(Chance(0.0671, 0.0637, 0.0707, 20_000)), chance_words(None)
    ('6.7% (6.4% to 7.1%)', '[z]')
    """
    if found is None:
        return "[z]"
    return f"{percent(found.share)} ({percent(found.low)} to {percent(found.high)})"


def estimate_words(found: Estimate | None) -> str:
    """Return a mean in pounds with its interval.

    >>> estimate_words(Estimate(-100.0, -110.2, -89.8, 100))
    '−£100 (−£110 to −£90)'
    """
    if found is None:
        return "[z]"
    if round(found.low) == round(found.high):
        return pounds(found.value)
    return f"{pounds(found.value)} ({pounds(found.low)} to {pounds(found.high)})"


def unbroken(cell: str) -> str:
    """Return a cell with each minus sign joined to its pounds, so that no line ends between them.

    >>> unbroken("−£5") == "−\\u2060£5"
    True
    """
    return cell.replace("−£", "−\u2060£")


def rounded(value: float | None, places: int = 0) -> Decimal | None:
    """Return a figure for a sheet's cell, with so many decimal places.

    >>> rounded(12.4), rounded(20.906, 2), rounded(None)
    (Decimal('12'), Decimal('20.91'), None)
    """
    if value is None:
        return None
    found = Decimal(str(round(value, places))).quantize(Decimal(1).scaleb(-places))
    return found if found else abs(found)


def per_cent(share: float | Decimal | None) -> Decimal | None:
    """Return a proportion for a sheet's cell, in per cent with two decimal places.

    >>> per_cent(0.20906), per_cent(None)
    (Decimal('20.91'), None)
    """
    return None if share is None else rounded(float(share) * 100, 2)


def estimate_column(
    heading: str,
    value: Callable[[Any], Estimate | None],
    width: float = 1.0,
    *,
    sheet: str = "",
    shown: bool = True,
) -> TableColumn[Any]:
    """Return a column of means: on the page in words, on a sheet as the mean and both ends of its interval.

    `sheet` heads it there, or it has none; a column that is not `shown` stands on the sheet only.
    """
    headings = from_to(sheet) if sheet else ()
    words = (lambda found: unbroken(estimate_words(found))) if shown else None
    return TableColumn(heading, value, words, numeric=True, width=width, sheet=headings, cells=three)


def chance_column(
    heading: str, value: Callable[[Any], Chance | None], width: float = 1.0, sheet: str = ""
) -> TableColumn[Any]:
    """Return a column of chances: on the page in words, on a sheet in per cent with both ends of the interval."""
    headings = from_to(sheet) if sheet else ()
    return TableColumn(heading, value, chance_words, numeric=True, width=width, sheet=headings, cells=three)


def words_column(
    heading: str, value: Callable[[Any], str], width: float = 1.0, *, numeric: bool = False
) -> TableColumn[Any]:
    """Return a column of words that stands on the page only."""
    return TableColumn(heading, value, unbroken, numeric=numeric, width=width, sheet=())


def pounds_column(
    heading: str, value: Callable[[Any], float], width: float = 1.0, *, sheet: str = "", shown: bool = True
) -> TableColumn[Any]:
    """Return a column of whole pounds; `sheet` heads it on a sheet, or it has none."""
    words = (lambda found: unbroken(pounds(found))) if shown else None
    headings = (sheet,) if sheet else ()
    return TableColumn(
        heading, value, words, numeric=True, width=width, sheet=headings, cells=lambda one: (rounded(one),)
    )


def three(found: Estimate | Chance | None) -> tuple[Decimal | None, ...]:
    """Return a figure and both ends of its interval for a sheet: pounds, or per cent."""
    if found is None:
        return (None, None, None)
    if isinstance(found, Chance):
        return (per_cent(found.share), per_cent(found.low), per_cent(found.high))
    return (rounded(found.value), rounded(found.low), rounded(found.high))


def from_to(name: str) -> tuple[str, str, str]:
    """Return what heads the three on a sheet.

    >>> from_to("Gain (£)")
    ('Gain (£)', 'Gain (£): from', 'Gain (£): to')
    """
    return (name, f"{name}: from", f"{name}: to")
