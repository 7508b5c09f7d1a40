"""How few places hold most incidents, as a paper: the map, the shares beside chance, the areas of the first half."""

from math import ceil

import numpy as np
import polars as pl

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.disclosure.rounding import p_value
from whatworks.papers.paper import Bullets, Section
from whatworks.papers.places.words import (
    ITEM,
    NO_MAP,
    READER,
    UNKNOWN_NOTE,
    WITHHELD_NOTE,
    area_rows,
    count_column,
    map_figure,
    of_what,
    per_cent,
    told_counts,
    too_few,
    unknown_sentence,
)
from whatworks.pictures.area_map import RAMP
from whatworks.places.concentration import PlaceConcentration
from whatworks.records.audit.telling import Telling

CLASSES = ("no incident", "the last fifth", "the next 30%", "the first half")
COLOURS = (RAMP[0], RAMP[1], RAMP[2], RAMP[4])


def concentration_answer(found: PlaceConcentration, minimum: int, told: Telling | None = None) -> Answer:
    """Return the shares beside what chance alone gives; counts of areas are cleared, beside what `told` remembers."""
    title = f"How few places hold most {found.kind or 'incidents'}"
    told = told or Telling()
    counts = told_counts(told, found.incidents, found.kind, found.totals, minimum)
    if few := too_few(title, found.figures.events, minimum, told):
        return few
    areas, figures = found.incidents.areas, found.figures
    sentences = (
        f"Half of {figures.events:,} incidents lie in {per_cent(figures.half)} of {figures.units:,} areas; thrown at "
        f"random over the same areas, half of as many would lie in {per_cent(figures.chance_half)}.",
        *_tops(found, minimum, told),
        f"The Gini index is {figures.gini:.3f}, where chance gives {figures.chance_gini:.3f}; against the least that "
        f"so few incidents allow it is {figures.gini_generalised:.3f}.",
        *_moran(found),
        *unknown_sentence(found.totals),
        of_what(found.incidents, found.kind, found.totals, minimum, told),
        *(() if areas.outlines else (NO_MAP,)),
        *filter(None, (told.beside,)),
    )
    first = [at for at, one in enumerate(found.classes) if one == 3 or one is None]
    first.sort(key=lambda at: (found.classes[at] is None, -found.totals.values[at] if found.classes[at] else 0, at))
    table = Rows(
        name="Areas",
        title="The areas that hold the first half, then those not known",
        rows=first,
        columns=(
            TableColumn("Area", lambda at: areas.names[at], width=2.0),
            TableColumn("Code", lambda at: areas.codes[at]),
            count_column("Incidents", counts, lambda at: areas.codes[at]),
        ),
        notes=(WITHHELD_NOTE, UNKNOWN_NOTE),
    )
    picture = map_figure(areas, found.classes, CLASSES, COLOURS, "Where incidents lie", sentences[0])
    blocks = (Bullets(sentences), *((picture,) if picture else ()), table.on_page())
    return Answer(
        title=title,
        sentences=sentences,
        tables=(table,),
        sections=(Section("concentration", title, blocks),),
        restricted={"disclosure": "restricted", **exact(found)},
        item=ITEM,
        prepared_for=READER,
    )


def _tops(found: PlaceConcentration, minimum: int, told: Telling) -> tuple[str, ...]:
    """Return what the most crowded areas hold, but for shares that would give back few incidents of a known total."""
    trail, events = Nested(minimum), found.figures.events
    trail.publish(events)
    rows = area_rows(found.incidents, found.kind, found.totals.months, found.totals.known)
    order = np.argsort(-found.totals.values, kind="stable")
    codes = [found.incidents.areas.codes[at] for at in order[: found.figures.units]]
    first = [(f"{top}", codes[: ceil(top * len(codes))]) for top, _ in found.figures.tops]
    tops = [rows.filter(pl.col("cell").is_in(held)).select("unit", cell=pl.lit(top)) for top, held in first]
    told.divide("tops", pl.concat(tops), total=False)
    shown = [
        f"the most crowded {per_cent(top, 0)} of areas hold {per_cent(held)}"
        for top, held in found.figures.tops
        if told.cell("tops", f"{top}", trail.publish(round(held * events))) != "c"
    ]
    return ("; ".join(shown).capitalize() + ".",) if shown else ()


def _moran(found: PlaceConcentration) -> tuple[str, ...]:
    if isinstance(found.moran, str):
        return (f"Moran's I is not given: {found.moran}.",)
    near = "near areas are alike" if found.moran.i > found.moran.expected else "near areas are unlike"
    told = f"so that {near}" if found.moran.p < 0.05 else "which chance alone can give"
    return (
        f"Moran's I of the counts is {found.moran.i:.3f} (one test, two-sided, randomisation: z {found.moran.z:.1f}, p "
        f"{p_value(found.moran.p)}), {told}.",
    )


def exact(found: PlaceConcentration) -> dict[str, object]:
    """Return the figures unrounded, with every area's count; not known is null."""
    from whatworks.papers.surveys.figures import figures_of

    values = found.totals.values
    return {
        "kind": found.kind,
        "concentration": figures_of(found.figures),
        "moran": figures_of(found.moran),
        "months": [month.isoformat() for month in found.totals.months],
        "areas": {
            code: None if count != count else int(count)
            for code, count in zip(found.incidents.areas.codes, values, strict=True)
        },
    }
