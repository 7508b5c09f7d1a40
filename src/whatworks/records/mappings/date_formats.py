"""Recognise how an agency writes its dates, from the dates that it wrote."""

from collections.abc import Sequence

import polars as pl

FORMATS = (
    "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y%m%d", "%d %b %Y", "%d-%b-%Y",
    "%d %B %Y", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M",
    "%d-%b-%Y %H:%M:%S", "%d-%b-%Y %H:%M", "%d %b %Y %H:%M", "%d-%m-%Y %H:%M", "%d.%m.%Y %H:%M",
    "%d/%m/%Y %I:%M %p", "%d/%m/%Y at %H:%M", "%d/%m/%y", "%d-%b-%y", "%m/%d/%y", "%d/%m/%y %H:%M",
)  # fmt: skip
"""Formats tried, in the order in which they are preferred where several fit equally well."""


def recognise_formats(values: Sequence[str]) -> list[tuple[str, float]]:
    """Return the formats that read any of the values as a date of 1900-2100, with the share that they read; best first.

    >>> recognise_formats(["31/01/2024", "02/01/2024", "n/k"])
    [('%d/%m/%Y', 0.6666666666666666), ('%m/%d/%Y', 0.3333333333333333)]
    """
    texts = pl.Series(list(values), dtype=pl.String).str.strip_chars()
    texts = texts.filter(texts != "")
    if texts.is_empty():
        return []
    found = [(text, _share(texts, text)) for text in FORMATS]
    return sorted(((text, share) for text, share in found if share > 0), key=lambda pair: -pair[1])


def formats_together(values: Sequence[str], enough: float) -> tuple[str, ...]:
    """Return the fewest formats, three at most, that together read at least the share `enough` of the values.

    None are returned where no three do, or where day and month would change places between two of them.

    >>> formats_together(["31/01/2024 10:30", "02/01/2024", "03/01/2024"], 0.95)
    ('%d/%m/%Y', '%d/%m/%Y %H:%M')
    >>> formats_together(["31/01/2024", "01/31/2024"], 0.95)
    ()
    """
    rest, chosen = list(values), list[str]()
    while rest and len(chosen) < 3 and (found := recognise_formats(rest)):
        chosen.append(found[0][0])
        unread = ~_reads(pl.Series(rest, dtype=pl.String), found[0][0])
        rest = [text for text, left in zip(rest, unread, strict=True) if left]
    swapped = any("%d/%m" in one for one in chosen) and any("%m/%d" in one for one in chosen)
    return () if swapped or not chosen or len(rest) > (1 - enough) * len(values) else tuple(chosen)


def _share(texts: pl.Series, text: str) -> float:
    return float(_reads(texts, text).sum()) / len(texts)


def _reads(texts: pl.Series, text: str) -> pl.Series:
    days = texts.str.strptime(pl.Datetime if "%M" in text else pl.Date, text, strict=False)
    whole = texts.str.contains(_pattern(text))
    return (days.dt.year().is_between(1900, 2100) & whole).fill_null(False)


def _pattern(text: str) -> str:
    widths = {"Y": r"\d{4}", "y": r"\d{2}", "b": "[A-Za-z]{3}", "B": "[A-Za-z]+", "p": "[AaPp][Mm]"}
    pattern, at = "", 0
    while at < len(text):
        if text[at] == "%":
            pattern += widths.get(text[at + 1], r"\d{1,2}" if "%Y%m" not in text else r"\d{2}")
            at += 2
        else:
            pattern += "\\" + text[at] if text[at] in "./-" else text[at]
            at += 1
    return f"^{pattern}$"
