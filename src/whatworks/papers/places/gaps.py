"""Who reports the same incident, where nobody works, and what is not known, as a paper."""

import polars as pl

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Nested
from whatworks.papers.paper import Bullets, Section
from whatworks.papers.places.words import (
    ITEM,
    NOT_KNOWN,
    READER,
    UNKNOWN_NOTE,
    WITHHELD_NOTE,
    areas_words,
    count_column,
    map_figure,
    of_what,
    told_counts,
    too_few,
    unknown_sentence,
)
from whatworks.pictures.area_map import RAMP
from whatworks.pictures.palette import DARK_PINK, ORANGE
from whatworks.places.gaps import AreaGap, Gaps, SameIncident
from whatworks.records.audit.telling import Telling

WORDS = {"": "neither", "gap": "nobody works there", "under-reported": "few may report"}
COLOURS = (RAMP[0], DARK_PINK, ORANGE)


def gaps_answer(found: Gaps, minimum: int, told: Telling | None = None) -> Answer:
    """Return gaps, possible under-reporting and silences; a place with few reports is never called safe."""
    title = f"Demand and activity: {found.kind or 'all kinds'}"
    told = told or Telling()
    counts = told_counts(told, found.incidents, found.kind, found.totals, minimum)
    _name_reports(told, found)
    if few := too_few(title, float(found.totals.values[found.totals.known].sum()), minimum, told):
        return few
    gaps, unheard = ([area for area in found.areas if area.finding == word] for word in ("gap", "under-reported"))
    sentences = (
        *(f"Not known: {words}." for words in found.silent),
        *(_same(one) for one in found.same if _shown(one, told, minimum)),
        _worked(found, len(gaps)),
        *((_placeless(found.placeless),) if found.placeless else ()),
        *(
            (f"In {areas_words(len(unheard))} of high need few report: under-reporting is possible there.",)
            if unheard
            else ()
        ),
        *unknown_sentence(found.totals),
        of_what(found.incidents, found.kind, found.totals, minimum, told),
        *filter(None, (told.beside,)),
    )
    table = Rows(
        name="Areas",
        title="Where demand meets no activity, or few report",
        rows=[*gaps, *unheard],
        columns=(
            TableColumn("Area", lambda area: area.name, width=2.0),
            TableColumn("Code", lambda area: area.code),
            count_column("Incidents", counts, lambda area: area.code),
            TableColumn("Who works there", _who, width=1.6),
            TableColumn("Finding", lambda area: WORDS[area.finding], width=2.0),
        ),
        notes=(WITHHELD_NOTE, UNKNOWN_NOTE),
    )
    names = list(WORDS)
    classes = [
        None if area.incidents is None and not area.finding else names.index(area.finding) for area in found.areas
    ]
    areas = found.incidents.areas
    picture = map_figure(areas, classes, tuple(WORDS.values()), COLOURS, "Gaps", _worked(found, len(gaps)))
    blocks = (Bullets(sentences), *((picture,) if picture else ()), *((table.on_page(),) if table.rows else ()))
    return Answer(
        title=title,
        sentences=sentences,
        tables=(table,),
        sections=(Section("gaps", title, blocks),),
        restricted={"disclosure": "restricted", **exact(found)},
        item=ITEM,
        prepared_for=READER,
    )


def _name_reports(told: Telling, found: Gaps) -> None:
    """Name the reports of each kind, which the sentence on distinct incidents counts."""
    rows = found.incidents.rows.filter(pl.col("kind").is_in([one.kind for one in found.same]))
    report = pl.concat_str(pl.lit("report "), "organisation_id", pl.lit("/"), "incident_id")
    told.divide("reports", rows.select(unit=report, cell="kind"), total=False)


def _shown(one: SameIncident, told: Telling, minimum: int) -> bool:
    return not Nested(minimum).sensitive(one.reports) and told.cell("reports", one.kind, one.reports) != "c"


def _same(one: SameIncident) -> str:
    if one.most == one.reports and not one.matched:
        return f"{one.reports:,} reports of {one.kind}: no two agencies seem to report the same incident."
    likely, least, most = (f"{round(count, -1):,}" for count in (one.likely, one.least, one.most))
    return (
        f"{one.reports:,} reports of {one.kind} are about {likely} incidents ({least} to {most}): some share a "
        "reference, others are near in place and time."
    )


def _placeless(count: int) -> str:
    """Return how many activities say not where.

    >>> _placeless(1)
    '1 activity says not where it was: somebody may work where nobody seems to.'
    """
    what = "1 activity says not where it was" if count == 1 else f"{count:,} activities say not where they were"
    return f"{what}: somebody may work where nobody seems to."


def _worked(found: Gaps, gaps: int) -> str:
    if not found.workers and found.placeless:
        return "No activity says where it was, so that gaps are not known: give activities an area_code or a point."
    if not found.workers:
        return "No activity was sent, so that gaps are not known: import table activity."
    return (
        f"In {areas_words(gaps)} of those that hold half of all incidents none of {' and '.join(found.workers)} worked "
        "in these months; agencies that sent no activities may have."
    )


def _who(area: AreaGap) -> str:
    if area.activities is None:
        return NOT_KNOWN
    return ", ".join(area.activities) or "nobody"


def exact(found: Gaps) -> dict[str, object]:
    """Return every area's incidents, activities and finding."""
    from whatworks.papers.surveys.figures import figures_of

    same = [figures_of(one) | {"least": one.least, "likely": one.likely, "most": one.most} for one in found.same]
    return {
        "kind": found.kind,
        "silent": list(found.silent),
        "same_incident": same,
        "areas": [figures_of(area) for area in found.areas],
    }
