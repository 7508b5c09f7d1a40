"""Higher here, or now, than what? A funnel plot of boroughs, or two periods with a control chart; no league table."""

from collections.abc import Mapping, Sequence
from typing import Any

from whatworks.journeys.compare import AreaComparison, PeriodComparison, Side
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.journeys.clearance import withheld_groups
from whatworks.papers.journeys.told import counted_names
from whatworks.papers.journeys.words import about, per_cent
from whatworks.papers.paper import Bullets, Figure, Section
from whatworks.papers.surveys.figures import figures_of
from whatworks.pictures.control_chart import ControlPoint, control_chart
from whatworks.pictures.funnel_plot import FunnelPoint, funnel_chart
from whatworks.records.audit.telling import Telling
from whatworks.statistics.groups.intervals import wilson
from whatworks.statistics.limits.control_chart import ControlChart
from whatworks.statistics.limits.funnel import EXTREME, Funnel, FunnelUnit

ITEM, READER = "Where cases wait", "The board"
MOST_SIGNALS = 6
"""More signals than this are counted, not listed."""
WITHHELD_NOTE = "[c]: withheld, since few cases are behind it, or it would give back one where few are."


def shown_units(found: Funnel, minimum: int, told: Telling) -> tuple[FunnelUnit, ...]:
    """Return the units that may be shown: not those with few events or few without, nor what gives them back."""
    hidden = withheld_groups({unit.name: (unit.events, unit.n - unit.events) for unit in found.units}, minimum)
    shown = (unit for unit in found.units if unit.name not in hidden)
    return tuple(unit for unit in shown if told.tells(*counted_names("borough", unit.name)))


def funnel_rows(found: Funnel, shown: tuple[FunnelUnit, ...], names: Mapping[str, str], heading: str) -> Rows[Any]:
    """Return the table of a funnel plot, boroughs in the order of their codes."""
    kept = {unit.name for unit in shown}

    def cell(words: Any) -> Any:
        return lambda unit: words(unit) if unit.name in kept else "c"

    return Rows(
        name="Boroughs",
        title=heading,
        rows=found.units,
        columns=(
            TableColumn("Borough", lambda unit: names.get(unit.name, unit.name), width=1.6),
            TableColumn("Of", cell(lambda unit: unit.n), numeric=True),
            TableColumn("Share", cell(lambda unit: per_cent(unit.share, 1)), numeric=True),
            TableColumn("95% limits", cell(lambda unit: limits_words(unit.inner)), width=1.4),
            TableColumn("99.8% limits", cell(lambda unit: limits_words(unit.outer)), width=1.4),
            TableColumn("Outside", cell(lambda unit: OUTSIDE[unit.outside]), width=1.6),
        ),
        notes=(WITHHELD_NOTE, "Boroughs stand in the order of their codes; a funnel plot has no ranks."),
    )


OUTSIDE = {"": "no", "95% above": "above 95%", "95% below": "below 95%", "above": "above 99.8%", "below": "below 99.8%"}


def limits_words(limits: tuple[float, float]) -> str:
    """Return limits in per cent; a lower limit of zero is none.

    >>> limits_words((0.0, 0.55))
    'none to 55.0%'
    """
    return f"{per_cent(limits[0], 1) if limits[0] > 0 else 'none'} to {per_cent(limits[1], 1)}"


def funnel_sentence(found: Funnel, shown: tuple[FunnelUnit, ...]) -> str:
    """Return how many lie outside of the limits beside how many would by chance."""
    if not shown:
        return "No borough is shown: few cases are behind each, or would be given back. Take a longer period."
    outer = sum(unit.outside in EXTREME for unit in shown)
    inner = sum(bool(unit.outside) for unit in shown)
    if found.phi is None:
        spread = "they are too few for an over-dispersion."
    else:
        spread = f"the over-dispersion is {found.phi:.2f}{', which widens the limits' if found.phi > 1 else ''}."
    middle = sorted(shown, key=lambda unit: unit.n)[len(shown) // 2]
    least = "no share" if middle.smallest is None else f"a true share of {per_cent(middle.smallest, 1)} or more"
    return (
        f"Of {len(shown)} boroughs shown {outer} lie outside the 99.8% limits, where chance puts "
        f"{0.002 * len(shown):.2f}; {inner} outside the 95% limits, where chance puts {0.05 * len(shown):.1f}; {spread}"
        f" In one of the middle size, {middle.n:,}, {least} would be found above the 99.8% limit four times in five."
    )


def funnel_figure(
    found: Funnel, shown: tuple[FunnelUnit, ...], names: Mapping[str, str], title: str, base: str
) -> Figure:
    """Return the picture of the units that may be shown."""
    points: list[FunnelPoint] = [
        {"n": unit.n, "share": unit.share, "low": unit.outer[0], "high": unit.outer[1], "inner_low": unit.inner[0],
         "inner_high": unit.inner[1], "name": names.get(unit.name, unit.name) if unit.outside in EXTREME else ""}
        for unit in shown
    ]  # fmt: skip
    return Figure(
        "funnel", title, funnel_sentence(found, shown), lambda: funnel_chart(points, found.overall, "Share", base)
    )


def funnel_figures(found: Funnel, shown: tuple[FunnelUnit, ...]) -> dict[str, Any]:
    """Return a funnel for JSON; of a unit that is withheld only its name stands there."""
    units = [
        {**figures_of(unit), "interval": figures_of(wilson(unit.events, unit.n)), "outside": unit.outside}
        if unit in shown
        else {"name": unit.name}
        for unit in found.units
    ]
    return {"phi": figures_of(found.phi) if shown else None, "expected_by_chance": list(found.expected), "units": units}


def areas_answer(found: AreaComparison, names: Mapping[str, str], minimum: int, told: Telling | None = None) -> Answer:
    """Return boroughs against all of them. `told` has the sets of cases named by `told.name_areas`."""
    told = told or Telling()
    total, events = (sum(getattr(unit, name) for unit in found.funnel.units) for name in ("n", "events"))
    few = any(Nested(minimum).sensitive(count) for count in (events, total - events))
    few = few or not told.tells(*counted_names())
    shown = () if few else shown_units(found.funnel, minimum, told)
    sentences = [
        f"Counted: the share of {found.base} ({found.first} to {found.last}) who {found.definition}.",
        "Of all it is withheld." if few else f"Of all {total:,} it is {per_cent(found.funnel.overall, 1)}.",
        funnel_sentence(found.funnel, shown),
        *filter(None, (told.beside,)),
    ]
    if found.without_area:
        sentences.append(f"{about(found.without_area, minimum).capitalize()} name no borough, and are left out.")
    table = funnel_rows(found.funnel, shown, names, "Each borough against all")
    picture = (funnel_figure(found.funnel, shown, names, "Boroughs by size", found.base),) if shown else ()
    said = {"counted": found.definition, "base": found.base, "first": found.first, "last": found.last}
    overall = {"overall": None if few else found.funnel.overall}
    return Answer(
        title=f"Boroughs against all: {found.definition}",
        sentences=tuple(sentences),
        tables=(table,),
        figures=figures_of(said | overall) | funnel_figures(found.funnel, shown),
        sections=(Section("boroughs", table.title, (Bullets(tuple(sentences)), *picture, table.on_page())),),
        item=ITEM,
        prepared_for=READER,
    )


def periods_answer(found: PeriodComparison, minimum: int, told: Telling | None = None) -> Answer:
    """Return a period against another: higher, lower, or no difference that these numbers could tell.

    `told` has the sets of cases named by `told.name_periods`.
    """
    told = told or Telling()
    nested = Nested(minimum)
    few = [any(nested.sensitive(n) for n in (side.events, side.n - side.events)) for side in (found.now, found.before)]
    hidden = any(few) or not told.tells(*counted_names("side", "now"), *counted_names("side", "before"))
    points = per_cent(abs(found.difference), 1).removesuffix("%")
    low, high = (f"{100 * end:+.1f}".replace("-", "−") for end in (found.ci_low, found.ci_high))
    verdict = found.verdict + (
        f" by {points} points"
        if found.verdict in ("higher", "lower")
        else f", where they would find one of {per_cent(found.smallest, 1).removesuffix('%')} points four times in five"
    )
    if hidden:
        said = "Too few cases are behind one of the two shares, so that neither is shown: take longer periods."
    else:
        said = f"{_side(found.now)}; {_side(found.before)}: {verdict} (the difference is {low} to {high} points, 95%)."
    counts = [*found.events, *(n - event for event, n in zip(found.events, found.sizes, strict=True))]
    drawn = found.chart is not None and not any(nested.sensitive(count) for count in counts)
    of_months = (name for month in found.names for name in counted_names("month", month))
    chart = found.chart if drawn and told.tells(*of_months, label="chart") else None
    series = _series_words(found, chart is not None, minimum)
    counted = f"Counted: the share of {found.base} who {found.definition}."
    sentences = (counted, said, series, *filter(None, (told.beside,)))
    picture = () if chart is None else (Figure("control", "The series", series, lambda: _chart(found, chart)),)
    sides: Rows[Side] = Rows(
        name="Periods",
        title="Both sides of the comparison",
        rows=() if hidden else (found.now, found.before),
        columns=(
            TableColumn("Period", lambda side: side.span.name),
            TableColumn("From", lambda side: side.span.first.isoformat()),
            TableColumn("To", lambda side: side.span.last.isoformat()),
            TableColumn("Of", lambda side: side.n, numeric=True),
            TableColumn("Share", lambda side: per_cent(side.share, 1), numeric=True),
        ),
    )
    both = () if hidden else (sides.on_page(),)
    return Answer(
        title=f"{found.now.span.name} against {found.before.span.name}: {found.definition}",
        sentences=sentences,
        tables=(sides,),
        figures=_figures(found, hidden, chart),
        sections=(Section("periods", "Both periods", (Bullets(sentences), *picture, *both)),),
        item=ITEM,
        prepared_for=READER,
    )


def _figures(found: PeriodComparison, hidden: bool, chart: ControlChart | None) -> dict[str, Any]:
    """Return the comparison for JSON; nothing but both periods where few cases are behind a share."""
    said: dict[str, Any] = {"counted": found.definition, "base": found.base}
    for name, side in (("period", found.now), ("against", found.before)):
        shown = {"n": side.n, "share": side.share, "interval": wilson(side.events, side.n)}
        said[name] = figures_of(side.span) | ({} if hidden else figures_of(shown))
    if not hidden:
        names = ("difference", "ci_low", "ci_high", "verdict", "smallest")
        said |= {name: figures_of(getattr(found, name)) for name in names}
    return said | {"names": list(found.names), "chart": figures_of(chart)}


def _side(side: Side) -> str:
    return f"{side.span.name}: {per_cent(side.share, 1)} of {side.n:,}"


def _series_words(found: PeriodComparison, drawn: bool, minimum: int) -> str:
    if found.chart is None:
        return f"There is no control chart: it needs eight {found.each}s or more in a row, each with cases."
    if not drawn:
        again = "; --each quarter may do" if found.each == "month" else ""
        return f"There is no control chart, since some {found.each}s count fewer than {minimum}{again}."
    said = [
        f"{what}: {_signals(found.names, chart)}"
        for what, chart in (("the share", found.chart), (f"the number that it is of, a {found.each}", found.base_chart))
        if chart is not None
    ]
    return f"Over {len(found.names)} {found.each}s, by control charts, {'; '.join(said)}."


def _signals(names: Sequence[str], chart: ControlChart) -> str:
    """Return a chart's signals in words; `run` is the eighth in a row on one side of the middle, or a later one."""
    marks = [f"{name} {mark}" for name, mark in zip(names, chart.signals, strict=True) if mark]
    if len(marks) > MOST_SIGNALS:
        return f"signals at {len(marks)} of {len(names)}, the first {marks[0]}, the last {marks[-1]}"
    return f"signals at {', '.join(marks)}" if marks else "no signal, it moves as it always does"


def _chart(found: PeriodComparison, chart: ControlChart) -> dict[str, Any]:
    points: list[ControlPoint] = [
        {"period": name, "value": 100 * value, "low": 100 * low, "high": 100 * high, "signal": bool(mark)}
        for name, value, low, high, mark in zip(
            found.names, chart.values, chart.lower, chart.upper, chart.signals, strict=True
        )
    ]
    return control_chart(points, 100 * chart.middle, "Per cent")
