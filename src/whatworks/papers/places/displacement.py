"""The paper of displacement: what fell where it was done, what happened next door, and on what that hangs."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from math import exp, isinf

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.charts.forest import Row, forest_plot
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.paper import Bullets, Figure, Section
from whatworks.papers.places.words import ITEM, READER, map_figure
from whatworks.pictures.area_map import RAMP
from whatworks.pictures.palette import DARK_PINK, ORANGE
from whatworks.places.displacement import Change, DisplacementResult
from whatworks.records.audit.telling import Telling
from whatworks.statistics.displacement.controls import ControlCandidate, ControlChoice
from whatworks.statistics.displacement.ratio_of_ratios import RatioOfRatios
from whatworks.statistics.displacement.weighted_difference import Difference

PAPER = "displacement"
"""By which `summary.json` is known as this paper's."""
POISSON_ONLY = "if counts are purely Poisson"
UNIT = "per cent"
NOT_OF_BOTH = "[z] does not apply: of both together there is a difference only."
MAPPED = {"treated": DARK_PINK, "displacement": ORANGE, "control": RAMP[3], "no part": RAMP[0]}
"""Roles on the map, and their colours."""
MOVED: dict[Change, str] = {
    "rose": "Displacement is found: events rose in the displacement area against its control",
    "fell": "A diffusion of benefits is found: events fell in the displacement area too, against its control",
    "cannot be told": "Whether events moved cannot be told: the displacement area changed no more than chance allows",
    "no verdict": "There is no verdict on the displacement area",
}
LOCAL: dict[Change, str] = {
    "fell": "Events fell in the treated area against its control",
    "rose": "Events rose in the treated area against its control",
    "cannot be told": "Whether events fell cannot be told: the treated area changed no more than chance allows",
    "no verdict": "There is no verdict on the treated area",
}


def displacement_answer(result: DisplacementResult, minimum: int, told: Telling | None = None) -> Answer:
    """Return the answer in sentences, tables and a chart; where a count is small, no figure stands anywhere."""
    told, few = told or Telling(), Nested(minimum).sensitive
    if result.reports is not None:
        told.divide("events", result.reports, total=False)
    names = f"{', '.join(result.terms.kinds)} in {', '.join(result.roles['treated'])}, from {result.terms.begins}"
    if told.withheld or any(few(count) for row in result.counts for count in row):
        withheld = (
            f"Fewer than {minimum} events stand behind a figure, so that none is shown: take longer or larger areas."
        )
        counts = (_counts(result, shown=False),)
        return Answer(
            result.terms.title,
            (f"Counted: {names}.", withheld, *filter(None, (told.beside,))),
            counts,
            item=ITEM,
            prepared_for=READER,
        )
    curve = () if any(few(count) for count in result.curve_counts) else result.curve
    sentences = (f"Counted: {names}.", *_sentences(result, curve))
    rows = list(_bars(result, curve))
    chart = Figure("changes", "Change against the control areas", _chart_words(rows), lambda: forest_plot(rows))
    pictures = (*filter(None, (_map(result, sentences[1]),)), *((chart,) if rows else ()))
    tables = (_counts(result), _changes(result), _candidates(result), _choices(curve))
    answer = Answer(
        result.terms.title,
        sentences,
        tables,
        (Section("displacement", "What changed, and where", (Bullets(sentences), *pictures,
                                                             *(each.on_page() for each in tables if each.rows))),),
        item=ITEM,
        prepared_for=READER,
    )  # fmt: skip
    found = {"paper": PAPER, "local": result.local, "moved": result.moved}
    return replace(answer, figures=found | answer.summary())


def _map(result: DisplacementResult, finding: str) -> Figure | None:
    """Return the map of where it was done, where it may have moved to, and what both are compared with."""
    ground = result.ground
    if ground is None:
        return None
    order = list(MAPPED)
    of = {name: order.index(role.split()[-1]) for role, names in result.roles.items() for name in names}
    classes = [of.get(name, len(order) - 1) for name in ground.names]
    return map_figure(ground, classes, tuple(MAPPED), tuple(MAPPED.values()), "What is compared with what", finding)


def _sentences(result: DisplacementResult, curve: tuple[ControlChoice, ...]) -> Iterator[str]:
    main = result.difference
    yield f"{LOCAL[result.local]}: {_measured(result, 0, main.local)}."
    if result.moved is not None and main.displacement is not None:
        yield f"{MOVED[result.moved]}: {_measured(result, 1, main.displacement)}."
        yield f"Both together, in numbers of events: {_events(main.total)}."
    if result.harm is not None:
        yield f"Weighted by harm, both together: {_events(result.harm.total)} in units of harm."
    if result.by == "ratio":
        yield (
            "Areas and their controls differ in level by a quarter or more, so that the ratio of ratios is the answer: "
            "a difference in numbers would take equal percentages for an effect."
        )
    if result.spread is None:
        yield f"Fewer than 12 earlier months are known: intervals hold {POISSON_ONLY}, and carry no verdict."
    else:
        times = f"{half_away(result.spread.phi, 2)} times as much as Poisson's"
        yield f"Over {result.spread.periods} earlier months counts vary {times}; errors allow for it."
    yield _trends(result.trends_vary)
    if result.late:
        yield "The control areas were chosen after the results could be seen, so that nothing here carries a verdict."
    if result.quotient is None:
        yield f"No displacement quotient is given: {result.no_quotient}."
    else:
        value, net = half_away(result.quotient.value, 2), half_away(result.quotient.net_effect, 0)
        change = f"{abs(net):,} events {'fewer' if net >= 0 else 'more'}"
        yield f"The weighted displacement quotient is {_signed(value)}: {change} than if both had moved alike."
    yield from _beside(result)
    if result.too_few:
        yield f"{result.too_few:,} candidates have too few events before to show a trend, and were left out."
    if curve:
        under = sum(each.ratio.ci_high is not None and each.ratio.ci_high < 1 for each in curve)
        over = sum(each.ratio.ci_low > 1 for each in curve)
        low, high = (_per_cent(each.ratio.value) for each in (curve[0], curve[-1]))
        yield (
            f"With every choice among the nearest control areas ({len(curve):,} choices) the treated area's change "
            f"lies between {low} and {high}; {under:,} choices find a fall, {over:,} a rise."
        )
    elif result.curve:
        yield "Other choices of control areas are withheld, since one of them has too few events to show."


def _trends(vary: float | None) -> str:
    if vary is None:
        return "The control areas were named, and are taken to move alike: errors allow for no trend of their own."
    if isinf(vary):
        return "How far areas' trends differ cannot be told from one candidate: errors allow for all that chance hides."
    return (
        f"Areas' own trends may differ by {half_away(exp(vary) - 1, 0, 100)}% a year; errors allow for what chance "
        "hides of that."
    )


def _beside(result: DisplacementResult) -> Iterator[str]:
    if result.beside is None:
        yield (
            "Which areas touch the treated area is not known, since no boundaries are held: a control next to it may "
            "have taken what moved, so name those areas in not_control."
        )
    elif result.beside and result.terms.control:
        yield f"Control areas touch the treated area, and may have taken what moved: {', '.join(result.beside)}."
    elif result.beside:
        yield f"{len(result.beside):,} areas that touch the treated one are no candidates: events may have moved there."


def _measured(result: DisplacementResult, at: int, difference: Difference) -> str:
    caveat = f", {POISSON_ONLY}" if result.spread is None else ""
    return (_events(difference) if result.by == "difference" else _ratio(result.ratios[at])) + caveat


def _events(result: Difference) -> str:
    low, high = (_signed(half_away(end, 0)) for end in (result.ci_low, result.ci_high))
    return f"{_signed(half_away(result.value, 0))} events (95% interval {low} to {high})"


def _ratio(result: RatioOfRatios) -> str:
    return f"{_per_cent(result.value)} (95% interval {_per_cent(result.ci_low)} to {_per_cent(result.ci_high)})"


def _per_cent(ratio: float | None) -> str:
    """Return a ratio as the per cent by which it is above or below 1.

    >>> _per_cent(0.8), _per_cent(None)
    ('−20%', 'without bound')
    """
    return "without bound" if ratio is None else f"{_signed(half_away(ratio - 1, 0, 100))}%"


def _signed(value: Decimal) -> str:
    return f"{value:+,}".replace("-", "−") if value else "0"


def _bars(result: DisplacementResult, curve: tuple[ControlChoice, ...]) -> Iterator[Row]:
    """Yield what can be drawn: the treated and displacement areas, and the treated one against each control alone."""
    labelled = [("Treated area", result.ratios[0], True), *(("Displacement area", r, True) for r in result.ratios[1:])]
    labelled += [(f"Treated area against {each.controls[0]} alone", each.ratio, False) for each in curve
                 if len(each.controls) == 1]  # fmt: skip
    for label, ratio, bold in labelled:
        if ratio.value is not None and ratio.ci_high is not None:
            value, low, high = (half_away(end - 1, 0, 100) for end in (ratio.value, ratio.ci_low, ratio.ci_high))
            yield Row(label, UNIT, value, low, high, bold)


def _chart_words(rows: list[Row]) -> str:
    return "Changes in per cent against the control areas, with 95% intervals. " + "; ".join(
        f"{row.label}: {row.words()}" for row in rows
    )


def _counts(result: DisplacementResult, shown: bool = True) -> Rows[tuple[str, tuple[int, int]]]:
    pairs = [(f"{role.capitalize()}: {', '.join(areas)}", pair)
             for (role, areas), pair in zip(result.roles.items(), result.counts, strict=True)]  # fmt: skip
    return Rows("Counts", "Events before and after", pairs, (
        TableColumn("Areas", lambda row: row[0], width=3),
        TableColumn(f"Before ({result.terms.before} months)", lambda row: row[1][0] if shown else "c", numeric=True),
        TableColumn(f"After ({result.terms.after} months)", lambda row: row[1][1] if shown else "c", numeric=True),
    ))  # fmt: skip


def _changes(result: DisplacementResult) -> Rows[tuple[str, Difference, RatioOfRatios | None]]:
    parts = [("Treated", result.difference.local, result.ratios[0])]
    if result.difference.displacement is not None:
        parts.append(("Displacement", result.difference.displacement, result.ratios[1]))
    whole = [("Both", result.difference.total, None)] if result.difference.displacement is not None else []
    alone = "the answer" if result.by == "difference" else "levels differ: not the answer"
    note = f"Intervals are of 95%{f', {POISSON_ONLY}' if result.spread is None else ''}."
    return Rows("Changes", "Change against the control areas", [*parts, *whole], (
        TableColumn("Area", lambda row: row[0]),
        TableColumn(f"Weighted displacement difference ({alone})", lambda row: row[1], _events, width=2,
                    sheet=("Difference", "Low", "High"),
                    cells=lambda each: [half_away(end, 0) for end in (each.value, each.ci_low, each.ci_high)]),
        TableColumn("Ratio of ratios", lambda row: row[2], lambda each: _ratio(each) if each else "[z]", width=2,
                    sheet=("Ratio, per cent",), cells=lambda each: [_per_cent(each.value) if each else None]),
    ), notes=(note, NOT_OF_BOTH) if whole else (note,))  # fmt: skip


def _candidates(result: DisplacementResult) -> Rows[ControlCandidate]:
    controls = {*result.roles["control"], *result.roles.get("displacement control", ())}
    return Rows("Controls", "Candidates by their trend before, the nearest first", result.candidates[:20], (
        TableColumn("Area", lambda each: each.name),
        TableColumn("Trend a year, treated over this area", lambda each: _per_cent(each.trend), numeric=True),
        TableColumn("95% interval", lambda each: f"{_per_cent(each.ci_low)} to {_per_cent(each.ci_high)}"),
        TableColumn("Moved alike", lambda each: "yes" if each.alike else "no"),
        TableColumn("Control", lambda each: "yes" if each.name in controls else "no"),
    ))  # fmt: skip


def _choices(curve: tuple[ControlChoice, ...]) -> Rows[ControlChoice]:
    alone = [each for each in curve if len(each.controls) == 1]
    return Rows("Choices", "The treated area against each of the nearest control areas alone", alone, (
        TableColumn("Control", lambda each: each.controls[0]),
        TableColumn("Change", lambda each: _ratio(each.ratio), width=2),
    ))  # fmt: skip
