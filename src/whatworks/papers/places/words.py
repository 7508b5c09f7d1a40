"""Words, counts and maps that papers of places share."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from whatworks.papers.answer import Answer, TableColumn
from whatworks.papers.disclosure.nested import Count, Nested
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.journeys.clearance import clear_parts
from whatworks.papers.paper import Figure
from whatworks.papers.words import text
from whatworks.pictures.area_map import UNKNOWN, MapClass, PointClass, area_map
from whatworks.places.areas import NOWHERE, Areas
from whatworks.places.incidents import FAR, Incidents, Totals
from whatworks.records.audit.telling import ALL, Telling

ITEM = "Places"
READER = "The board"
NOT_KNOWN = "not known"
"""What stands where an agency sent nothing: never zero."""
WITHHELD_NOTE = "[c]: withheld, since the count is small, or it would give back one that is."
UNKNOWN_NOTE = "Not known: an agency asked for sent nothing from there; that is not zero."


def per_cent(share: float, places: int = 1) -> str:
    """Return a share in per cent.

    >>> per_cent(0.27342)
    '27.3%'
    """
    return f"{half_away(share, places, 100)}%"


def cleared(areas: Areas, totals: Totals, minimum: int) -> dict[str, Count | None]:
    """Return each area's count by its code, small ones withheld and as many more as keep them so; None: not known."""
    parts = {code: int(count) for code, count in zip(areas.codes, totals.values, strict=True) if not np.isnan(count)}
    shown = clear_parts(parts, minimum)
    return {code: shown.get(code) for code in areas.codes}


def told_counts(
    told: Telling, incidents: Incidents, kind: str | None, totals: Totals, minimum: int
) -> dict[str, Count | None]:
    """Return each area's count as `cleared` does, and beside what earlier papers told of the same incidents."""
    areas, counts = incidents.areas, cleared(incidents.areas, totals, minimum)
    if "incidents" not in told.cells:
        rows = area_rows(incidents, kind, totals.months, totals.known)
        told.divide("incidents", rows, (code for code, count in counts.items() if count == "c"))
    return {code: told.cell("incidents", code, counts[code]) for code in areas.codes}


def area_rows(incidents: Incidents, kind: str | None, months: Sequence[date], known: Any) -> pl.DataFrame:
    """Return the incidents of known areas in some months, each with its area's code as `cell`, and its month."""
    rows = incidents.distinct(kind).filter(pl.col("month").is_in(list(months)) & (pl.col("area") != NOWHERE))
    rows = rows.filter(pl.Series(np.asarray(known)[rows["area"].to_numpy()]))
    codes = np.array(incidents.areas.codes, dtype=object)
    return rows.select("unit", "month", cell=pl.Series(codes[rows["area"].to_numpy()]))


def count_column(heading: str, counts: Mapping[str, Count | None], code: Callable[[Any], str]) -> TableColumn[Any]:
    """Return the column of areas' cleared counts."""
    return TableColumn(heading, lambda row: counts[code(row)], lambda n: _count(n), numeric=True)


def _count(count: Count | None) -> str:
    return NOT_KNOWN if count is None else "[c]" if count == "c" else f"{count:,}"


def of_what(incidents: Incidents, kind: str | None, totals: Totals, minimum: int, told: Telling) -> str:
    """Return what is counted: of which kind, by whom, in which months, and what could not be placed."""
    what = f"incidents of {kind}" if kind else "incidents of all kinds"
    gone = ", ".join(months_words(run) for run in _runs(totals.left_out))
    left = f"; {gone} left out, since nothing is known" if gone else ""
    who = incidents.reporters(kind)
    more = ", and of others some may be (`whatworks places gaps`)" if len(who) > 1 else ""
    return (
        f"Counted are {what} reported by {' and '.join(who)} in the {incidents.areas.kind}s of "
        f"{incidents.areas.vintage}, {months_words(totals.months)}{left}; reports that share a reference are one "
        f"incident{more}.{''.join(_strays(incidents, kind, minimum, told))}"
    )


STRAYS = {
    "nowhere": "lie in none of the areas",
    "far": f"give a point over {FAR / 1000:g} km from the area that they name, which is believed",
}


def _strays(incidents: Incidents, kind: str | None, minimum: int, told: Telling) -> Iterator[str]:
    """Yield how many reports have no area, or a point that is not in it; none where it would tell of few."""
    found = incidents.strays(kind)
    unit = pl.concat_str(pl.lit("report "), "organisation_id", pl.lit("/"), "incident_id")
    rows = [reports.select(unit=unit, cell=pl.lit(name)) for name, reports in found.items()]
    told.divide("strays", pl.concat(rows), total=False)
    for name, reports in found.items():
        if count := reports.height:
            few = Nested(minimum).sensitive(count)
            shown = f"fewer than {minimum}" if few else text(told.cell("strays", name, count))
            yield f" {shown[0].upper()}{shown[1:]} reports {STRAYS[name]}."


def _runs(months: Sequence[date]) -> list[list[date]]:
    """Return months in runs of which each follows the one before.

    >>> [len(run) for run in _runs([date(2023, 12, 1), date(2024, 1, 1), date(2024, 6, 1)])]
    [2, 1]
    """
    found: list[list[date]] = []
    for month in months:
        if found and month.year * 12 + month.month == found[-1][-1].year * 12 + found[-1][-1].month + 1:
            found[-1].append(month)
        else:
            found.append([month])
    return found


def areas_words(count: int) -> str:
    """Return a number of areas.

    >>> areas_words(1), areas_words(1200)
    ('1 area', '1,200 areas')
    """
    return f"{count:,} area{'' if count == 1 else 's'}"


def months_words(months: Sequence[date]) -> str:
    """Return months in words.

    >>> months_words([date(2024, 1, 1), date(2024, 2, 1)])
    'January 2024 to February 2024'
    """
    first, last = f"{months[0]:%B %Y}", f"{months[-1]:%B %Y}"
    return first if first == last else f"{first} to {last}"


def unknown_sentence(totals: Totals) -> tuple[str, ...]:
    """Return how many areas are not known, where any are not."""
    unknown = int((~totals.known).sum())
    if not unknown:
        return ()
    return (f"{unknown:,} of {totals.values.size:,} areas are not known, and are neither counted nor taken for zero.",)


def too_few(title: str, total: float, minimum: int, told: Telling | None = None) -> Answer | None:
    """Return the answer in place of any figures where all incidents are too few, or leave few of an earlier paper's."""
    if told and told.cell("incidents", ALL, total) == "c":
        sentence = "No figure is given: with those of an earlier paper taken off, all incidents together would be few."
        return Answer(title, (sentence, told.beside), item=ITEM, prepared_for=READER)
    if not Nested(minimum).sensitive(total):
        return None
    sentence = f"Fewer than {minimum} incidents were reported: no figure is given. Take a longer time, or more kinds."
    return Answer(title, (sentence,), item=ITEM, prepared_for=READER)


def map_figure(
    areas: Areas,
    classes: Sequence[int | None],
    words: Sequence[str],
    colours: Sequence[str],
    title: str,
    finding: str,
    unknown: str = "not known, hatched",
    points: Sequence[PointClass] = (),
) -> Figure | None:
    """Return the map of areas in classes, or None without boundaries; `finding` is what it shows, in words."""
    if not areas.outlines:
        return None

    def draw() -> dict[str, Any]:
        from whatworks.places.drawing import drawn

        made = drawn(areas, classes, len(words))
        parts = [MapClass(*one) for one in zip(words, made.counts, colours, made.outlines, strict=True) if one[1]]
        rest = MapClass(unknown, made.unknown_count, UNKNOWN, made.unknown) if made.unknown else None
        return area_map(parts, not_known=rest, hatch=made.hatch, borders=made.borders, ratio=made.ratio,
                        points=points)  # fmt: skip

    return Figure("map", title, finding, draw)


NO_MAP = "No map is drawn, since no boundaries are held: `whatworks places boundaries FILE` takes them in."
