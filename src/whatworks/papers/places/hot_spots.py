"""Where incidents crowd by more than chance, as a paper: a map of the areas, the circle, repeats and hours."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Count, Nested
from whatworks.papers.disclosure.rounding import half_away, p_value
from whatworks.papers.journeys.clearance import clear_parts
from whatworks.papers.paper import Bullets, Section
from whatworks.papers.places.words import (
    ITEM,
    READER,
    WITHHELD_NOTE,
    areas_words,
    count_column,
    map_figure,
    of_what,
    per_cent,
    told_counts,
    too_few,
    unknown_sentence,
)
from whatworks.papers.words import text
from whatworks.pictures.area_map import LOW_TO_HIGH
from whatworks.places.hot_spots import BLOCK, HotSpots
from whatworks.records.audit.telling import Telling
from whatworks.statistics.places.aoristic import WeekHours
from whatworks.statistics.places.near_repeats import NearRepeats

CLASSES = ("amid fewer than chance", "as chance has it", "amid more than chance")
SHOWN = 10
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def hot_spots_answer(found: HotSpots, minimum: int, told: Telling | None = None) -> Answer:
    """Return the hot spots with how many tests were made; raw p values are never drawn."""
    title = f"Where {found.kind or 'incidents'} crowd by more than chance"
    told = told or Telling()
    counts = told_counts(told, found.incidents, found.kind, found.totals, minimum)
    if few := too_few(title, float(np.nansum(found.totals.values)), minimum, told):
        return few
    hours = _clear_hours(found, minimum, told)
    told.divide("figures", found.behind["figures"], total=False)
    sentences = (*_sentences(found, minimum, told), *filter(None, (told.beside,)))
    whole, at_of = found.incidents.areas, {code: at for at, code in enumerate(found.areas.codes)}
    classes = [
        None if code not in at_of else 1 + int(found.local.high[at_of[code]]) - int(found.local.low[at_of[code]])
        for code in whole.codes
    ]
    picture = map_figure(whole, classes, CLASSES, LOW_TO_HIGH, "Amid more incidents than chance", sentences[0])
    tables = (_top(found, counts), *_repeat_table(found.repeats, minimum), *_hour_table(found.hours, hours))
    blocks = (Bullets(sentences), *((picture,) if picture else ()), *(one.on_page() for one in tables))
    return Answer(
        title=title,
        sentences=sentences,
        tables=tables,
        sections=(Section("hot_spots", title, blocks),),
        restricted={"disclosure": "restricted", **exact(found)},
        item=ITEM,
        prepared_for=READER,
    )


def _sentences(found: HotSpots, minimum: int, told: Telling) -> Iterator[str]:
    local, measure = found.local, "incidents per 1,000 residents" if found.per_people else "counts of incidents"
    yield (
        f"{areas_words(int(local.high.sum()))} lie amid more incidents than chance puts together and "
        f"{int(local.low.sum()):,} amid fewer, of {local.tests:,} tested ({local.name} of {measure}, {local.method}, "
        "false discoveries held to 5%)."
    )
    yield f"One by one {local.raw:,} would seem so, {round(0.05 * local.tests):,} by chance alone: they are not drawn."
    cluster, held = found.cluster, [found.areas.names[at] for at in found.cluster.areas]
    names = ", ".join(held[:6]) + (f" and {len(held) - 6} more" if len(held) > 6 else "")
    many = cluster.observed >= minimum and told.cell("figures", "circle", 1) != "c"
    more = f"{cluster.observed / cluster.expected:.1f} times as many incidents as expected" if many else "few incidents"
    verdict = "more than chance gives" if cluster.p <= 0.05 else "which chance alone can give"
    yield (
        f"The circle with most beyond its residents' share holds {areas_words(len(held))} ({names}) and {more} (p "
        f"{p_value(cluster.p)} over all circles of up to {per_cent(found.largest, 0)} of "
        f"{'residents' if found.per_people else 'areas'}, {cluster.draws:,} simulations), {verdict}."
    )
    yield _repeat_sentence(found, minimum, told)
    if isinstance(found.hours, str):
        yield f"Hours of the week are not given: {found.hours}."
    elif found.hours.reversed or found.hours.without_start:
        gone = found.hours.reversed
        few = Nested(minimum).sensitive(gone)
        left = f"fewer than {minimum}" if few else text(told.cell("figures", "reversed", gone))
        yield f"Left out of the hours are {left} incidents that end before they begin."
    yield from unknown_sentence(found.totals)
    yield of_what(found.incidents, found.kind, found.totals, minimum, told)


def _repeat_sentence(found: HotSpots, minimum: int, told: Telling) -> str:
    if isinstance(found.repeats, str):
        return f"Near repeats are not given: {found.repeats}."
    seen, expected, p = found.repeats.seen[0, 0], found.repeats.expected[0, 0], found.repeats.p[0, 0]
    if seen < minimum:
        return "Too few incidents follow another soon and near for a figure of near repeats."
    often = "more often than chance has it" if p <= 0.05 else "as often as chance can have it"
    events = text(told.cell("figures", "repeats", found.repeats.events))
    return (
        f"Of {events} reports of {found.repeats_of}, another follows within {found.repeats.days[0]} "
        f"and {found.repeats.metres[0]} {often}: {seen / max(expected, 0.01):.1f} times as many pairs as at random (p "
        f"{p_value(float(p))}, {found.repeats.draws} draws)."
    )


def _top(found: HotSpots, counts: Mapping[str, Count | None]) -> Rows[int]:
    order = [int(at) for at in np.argsort(-found.local.z, kind="stable")][:SHOWN]
    return Rows(
        name="Highest",
        title="The ten areas amid most incidents, for their residents" if found.per_people else "Amid most incidents",
        rows=order,
        columns=(
            TableColumn("Area", lambda at: found.areas.names[at], width=2.0),
            TableColumn("Code", lambda at: found.areas.codes[at]),
            count_column("Incidents", counts, lambda at: found.areas.codes[at]),
            TableColumn("z", lambda at: half_away(float(found.local.z[at]), 1), numeric=True),
            TableColumn("More than chance", lambda at: "yes" if found.local.high[at] else "no"),
        ),
        notes=(WITHHELD_NOTE,),
    )


def _repeat_table(repeats: NearRepeats | str, minimum: int) -> Iterator[Rows[int]]:
    if isinstance(repeats, str):
        return
    ratio = [
        [
            "c"
            if repeats.seen[row, at] < minimum
            else half_away(repeats.seen[row, at] / max(repeats.expected[row, at], 0.01), 2)
            for at in range(len(repeats.metres))
        ]
        for row in range(len(repeats.days))
    ]
    yield Rows(
        name="Near repeats",
        title="Pairs of incidents soon and near one another, in times as many as at random",
        rows=range(len(repeats.days)),
        columns=(
            TableColumn("Apart by", lambda row: repeats.days[row], width=1.6),
            *(TableColumn(metres, partial(_cell, ratio, at), numeric=True) for at, metres in enumerate(repeats.metres)),
        ),
        notes=(WITHHELD_NOTE,),
    )


def _clear_hours(found: HotSpots, minimum: int, told: Telling) -> dict[str, Count]:
    """Return the incidents by day and block of hours, small ones withheld, and what would leave few beside earlier."""
    if isinstance(found.hours, str):
        return {}
    cells = {name: max(int(of), 1) if of > 0 else 0 for name, of in _blocks(found.hours)}
    clear = clear_parts(cells, minimum)
    told.divide("hours", found.behind["hours"], (name for name, count in clear.items() if count == "c"))
    return {name: told.cell("hours", name, count) for name, count in clear.items()}


def _blocks(hours: WeekHours) -> Iterator[tuple[str, float]]:
    for (day, at), of in np.ndenumerate(hours.weights.reshape(7, 24 // BLOCK, BLOCK).sum(axis=2)):
        yield f"{day} {at}", float(of)


def _hour_table(hours: WeekHours | str, clear: Mapping[str, Count]) -> Iterator[Rows[int]]:
    if isinstance(hours, str):
        return
    whole = float(hours.weights.sum())
    each = ["c" if clear[name] == "c" else half_away(of / whole, 0, 100) for name, of in _blocks(hours)]
    shares = [each[at : at + 24 // BLOCK] for at in range(0, len(each), 24 // BLOCK)]
    yield Rows(
        name="Hours",
        title="When in the week, in per cent of all; an incident known between two times is spread over them",
        rows=range(7),
        columns=(
            TableColumn("Day", lambda day: DAYS[day], width=1.4),
            *(
                TableColumn(
                    f"{BLOCK * at:02d} to {BLOCK * at + BLOCK:02d}",
                    partial(_cell, shares, at),
                    numeric=True,
                )
                for at in range(24 // BLOCK)
            ),
        ),
        notes=(WITHHELD_NOTE,),
    )


def _cell(rows: Sequence[Sequence[Any]], column: int, row: int) -> Any:
    return rows[row][column]


def exact(found: HotSpots) -> dict[str, object]:
    """Return every area's statistic, its count, and the other findings, unrounded."""
    from whatworks.papers.surveys.figures import figures_of

    local = found.local
    return {
        "kind": found.kind,
        "statistic": local.name,
        "tests": local.tests,
        "method": local.method,
        "raw": local.raw,
        "areas": [
            {
                "code": found.areas.codes[at],
                "measure": figures_of(float(found.measure[at])),
                "z": figures_of(float(local.z[at])),
                "q": figures_of(float(local.q[at])),
            }
            for at in range(local.tests)
        ],
        "not_known": [
            code for code, known in zip(found.incidents.areas.codes, found.totals.known, strict=True) if not known
        ],
        "cluster": {
            "areas": [found.areas.codes[at] for at in found.cluster.areas],
            "observed": figures_of(found.cluster.observed),
            "expected": figures_of(found.cluster.expected),
            "ratio": figures_of(found.cluster.ratio),
            "p": figures_of(found.cluster.p),
        },
        "near_repeats": found.repeats if isinstance(found.repeats, str) else figures_of(found.repeats.seen.tolist()),
        "hours": found.hours if isinstance(found.hours, str) else figures_of(found.hours.weights.tolist()),
    }
