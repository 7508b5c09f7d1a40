"""Where incidents rise or fall, as a paper: all areas together on a control chart, then each against its own past."""

import polars as pl

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Count, Nested
from whatworks.papers.journeys.clearance import clear_parts
from whatworks.papers.paper import Bullets, Figure, Section
from whatworks.papers.places.words import (
    ITEM,
    NOT_KNOWN,
    READER,
    UNKNOWN_NOTE,
    WITHHELD_NOTE,
    area_rows,
    areas_words,
    map_figure,
    of_what,
    too_few,
    unknown_sentence,
)
from whatworks.pictures.area_map import LOW_TO_HIGH
from whatworks.pictures.control_chart import ControlPoint, control_chart
from whatworks.places.incidents import Totals
from whatworks.places.trend import YEAR, AreaTrend, PlaceTrend
from whatworks.records.audit.telling import Telling

CLASSES = ("down", "no change told", "up")


def trend_answer(found: PlaceTrend, minimum: int, told: Telling | None = None) -> Answer:
    """Return the verdicts beside how many chance alone would give."""
    title = f"Where {found.kind or 'incidents'} rise or fall"
    totals = found.incidents.totals(found.kind)
    known = Totals(totals.values, found.months, found.left_out)
    told = told or Telling()
    before, after = (_cleared(found, name, minimum, told) for name in ("before", "after"))
    by_month = _by_month(found, told)
    if short := too_few(title, float(totals.values[totals.known].sum()), minimum):
        return short
    up, down = ([area for area in found.areas if area.verdict == word] for word in ("up", "down"))
    sentences = (
        f"In the last {found.recent} months incidents went up beyond their own past in {areas_words(len(up))} and down "
        f"in {len(down):,}, of {found.told:,} that have limits of their own; chance alone would tell about "
        f"{found.by_chance:.1f} to have moved.",
        f"All areas together: {found.whole.verdict}.",
        _season(found),
        *_untold(found),
        *unknown_sentence(totals),
        of_what(found.incidents, found.kind, known, minimum, told),
        *filter(None, (told.beside,)),
    )
    table = _table(found, before, after)
    word = {name: at for at, name in enumerate(CLASSES)}
    classes = [None if one.verdict == NOT_KNOWN else word.get(one.verdict, 1) for one in found.areas]
    finding = sentences[0]
    picture = map_figure(found.incidents.areas, classes, CLASSES, LOW_TO_HIGH, "Up, down or neither", finding)
    series = Figure(
        "series", "All areas by month, with limits from the months before", sentences[1], lambda: _chart(found)
    )
    few = Nested(minimum).sensitive
    hidden = by_month or any(map(few, found.whole.chart.values if found.whole.chart else ()))
    drawn = (series,) if found.whole.chart and not hidden else ()
    blocks = (Bullets(sentences), *drawn, *((picture,) if picture else ()), table.on_page())
    return Answer(
        title=title,
        sentences=sentences,
        tables=(table,),
        sections=(Section("trend", title, blocks),),
        restricted={"disclosure": "restricted", **exact(found)},
        item=ITEM,
        prepared_for=READER,
    )


def _season(found: PlaceTrend) -> str:
    if found.seasonal:
        return "The time of year is allowed for, by the same months of earlier years of all areas together."
    return (
        "The time of year is not allowed for: the months before the last ones do not hold each month of the year twice."
    )


def _untold(found: PlaceTrend) -> tuple[str, ...]:
    few = sum(area.verdict == "too few to tell" for area in found.areas)
    return (f"{areas_words(few)} had too few incidents a month for limits of their own.",) if few else ()


def _table(found: PlaceTrend, before: dict[str, Count], after: dict[str, Count]) -> Rows[AreaTrend]:
    moved = [area for area in found.areas if area.verdict in ("up", "down", "unsteady") or (area.q or 1.0) <= 0.05]
    order = {"up": 0, "unsteady": 1, "down": 2}
    moved.sort(key=lambda area: (order.get(area.verdict, 3), area.code))
    return Rows(
        name="Moved",
        title="Areas that went up or down, by their limits or from one year to the next",
        rows=moved,
        columns=(
            TableColumn("Area", lambda area: area.name, width=2.0),
            TableColumn("Code", lambda area: area.code),
            TableColumn("Last months", lambda area: area.verdict, width=1.4),
            TableColumn("Year before", lambda area: before.get(area.code), numeric=True),
            TableColumn("Last year", lambda area: after.get(area.code), numeric=True),
            TableColumn("Year on year", lambda area: _yearly(area, before, after), width=1.4),
        ),
        notes=(
            WITHHELD_NOTE,
            UNKNOWN_NOTE,
            "Year on year: by the exact test of two counts, false discoveries held to 5% over all areas. [z]: not "
            "told, since a month of the two years is not known.",
        ),
    )


def _cleared(found: PlaceTrend, name: str, minimum: int, told: Telling) -> dict[str, Count]:
    counts = {area.code: getattr(area, name) for area in found.areas}
    shown = clear_parts({code: count for code, count in counts.items() if count is not None}, minimum)
    if name not in told.cells and shown:
        months = found.months[-YEAR:] if name == "after" else found.months[-2 * YEAR : -YEAR]
        rows = area_rows(found.incidents, found.kind, months, [area.code in shown for area in found.areas])
        told.divide(name, rows, (code for code, count in shown.items() if count == "c"))
    return {code: told.cell(name, code, count) for code, count in shown.items()}


def _by_month(found: PlaceTrend, told: Telling) -> bool:
    """Name the incidents of each month in all known areas, which the series draws; say whether one is withheld."""
    if "months" not in told.cells:
        known = [area.verdict != NOT_KNOWN for area in found.areas]
        rows = area_rows(found.incidents, found.kind, found.months, known)
        told.divide("months", rows.select("unit", cell=pl.col("month").cast(pl.String)), total=False)
    return any(told.cell("months", month, 0) == "c" for month in told.cells["months"].keys)


def _yearly(area: AreaTrend, before: dict[str, Count], after: dict[str, Count]) -> str:
    if area.q is None or area.before is None or area.after is None:
        return "not told"
    if "c" in (before.get(area.code), after.get(area.code)):
        return "[c]"
    return "no change told" if area.q > 0.05 else "more" if area.after > area.before else "fewer"


def _chart(found: PlaceTrend) -> dict[str, object]:
    chart = found.whole.chart
    if chart is None:
        return {}
    points: list[ControlPoint] = [
        {"period": f"{month:%b %y}", "value": value, "low": low, "high": high, "signal": bool(signal)}
        for month, value, low, high, signal in zip(
            found.months, chart.values, chart.lower, chart.upper, chart.signals, strict=True
        )
    ]
    return control_chart(points, chart.middle, "Incidents a month")


def exact(found: PlaceTrend) -> dict[str, object]:
    """Return every area's verdict and counts."""
    from whatworks.papers.surveys.figures import figures_of

    return {
        "kind": found.kind,
        "months": [month.isoformat() for month in found.months],
        "seasonal": found.seasonal,
        "whole": found.whole.verdict,
        "areas": [
            {"code": one.code, "verdict": one.verdict, "before": one.before, "after": one.after, "q": figures_of(one.q)}
            for one in found.areas
        ],
    }
