"""The million-pound wards as a paper: the map, the shortlist with its uncertainty, and whether a study could tell."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Count, Nested
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.journeys.clearance import clear_parts
from whatworks.papers.paper import Bullets, Section
from whatworks.papers.places.words import ITEM, READER, WITHHELD_NOTE, areas_words, map_figure, per_cent
from whatworks.papers.surveys.figures import figures_of
from whatworks.pictures.area_map import RAMP
from whatworks.places.select import AreaCustody, Selection
from whatworks.records.audit.telling import Telling

STEPS = (250_000, 500_000, 1_000_000)
NO_AREA = {-1: "no known home", -2: "a home outside of these areas"}
CLASSES = ("nobody", "under £250,000", "to £500,000", "to £1 million", "£1 million or more")


def select_answer(found: Selection, minimum: int, told: Telling | None = None) -> Answer:
    """Return the areas; people, nights and pounds of an area of few people are withheld together."""
    told = told or Telling()
    people = _people(found, minimum, told)
    sentences = (*_sentences(found, people, minimum, told), *filter(None, (told.beside,)))
    classes = [
        None if people[row.code] == "c" else int(row.people > 0) + int(np.searchsorted(STEPS, row.pounds, "right"))
        for row in found.rows
    ]
    finding = sentences[0]
    unknown = "few people, withheld, hatched"
    picture = map_figure(found.areas, classes, CLASSES, RAMP, "What custody costs, by home", finding, unknown)
    table = _table(found, people)
    blocks = (Bullets(sentences), *((picture,) if picture else ()), table.on_page())
    return Answer(
        title=found.terms.title,
        sentences=sentences,
        tables=(table,),
        sections=(Section("select", found.terms.title, blocks),),
        restricted={"disclosure": "restricted", **exact(found)},
        item=ITEM,
        prepared_for=READER,
    )


def _people(found: Selection, minimum: int, told: Telling) -> dict[str, Count]:
    """Return the people of each area as they may be shown, beside what earlier papers told of the same people."""
    people = clear_parts({row.code: row.people for row in found.rows}, minimum)
    cells = [found.areas.codes[at] if at >= 0 else NO_AREA[at] for at in found.custody["area"]]
    lived = found.custody.select(unit=pl.concat_str(pl.Series(cells), pl.lit("/"), "unit"), cell=pl.Series(cells))
    told.divide("custody", lived, (code for code, count in people.items() if count == "c"), total=False)
    return {code: told.cell("custody", code, count) for code, count in people.items()}


def _sentences(found: Selection, people: dict[str, Count], minimum: int, told: Telling) -> Iterator[str]:
    terms, price = found.terms, found.terms.price
    million = [row for row in found.rows if row.pounds >= STEPS[-1] and people[row.code] != "c"]
    sure = sum(row.pounds_interval[0] >= STEPS[-1] for row in million)
    yield (
        f"{areas_words(len(million))} had custody that cost £1 million or more in {terms.months} months from "
        f"{terms.begins:%B %Y}, {sure} of them by the whole of their 95% interval."
    )
    by = {word: [row for row in found.rows if row.place == word] for word in ("clear", "borderline", "out")}
    candidates = sum(map(len, by.values()))
    yield (
        f"Of {areas_words(candidates)} {len(by['clear'])} are clearly on a shortlist of {terms.shortlist}, "
        f"{len(by['borderline'])} are borderline and {len(by['out'])} are out: over {found.weightings} weightings and "
        f"windows {' and '.join(found.windows)}."
    )
    yield _study(found, minimum)
    if found.without_control:
        yield f"No ward to compare with would be left in {', '.join(found.without_control)}."
    yield (
        f"A year of a prisoner is put at £{price.pounds_a_year:,} ({price.price_year} prices; {price.source}). That is "
        "an average: "
        + (
            f"one place fewer saves £{price.marginal:,} a year."
            if price.marginal
            else "what one place fewer saves is not said."
        )
    )
    for words, (count, nights) in zip(NO_AREA.values(), (found.homeless, found.elsewhere), strict=True):
        if told.cell("custody", words, count) == "c":
            yield f"How many people had {words} is withheld; they are in no area."
        elif not Nested(minimum).sensitive(count):
            yield f"{count:,} people with {words} were in custody for {nights:,} nights; they are in no area."
        else:
            yield f"Fewer than {minimum} people had {words}; they are in no area."


def _study(found: Selection, minimum: int) -> str:
    if found.detectable is None:
        return "A study in the shortlisted areas could find no fall, however large: take more areas or more years."
    if found.eligible < minimum:
        return "Too few people would be eligible in the shortlisted areas for a study."
    return (
        f"In {found.terms.study.years:g} years about {round(found.eligible, -1):,.0f} people would take part in the "
        f"{found.terms.shortlist} areas chosen most often, and {found.comparison_areas} areas would be left to compare "
        f"with: a fall of {per_cent(found.detectable)[:-1]} points from {per_cent(found.terms.study.reoffend, 0)} "
        "would be found four times in five, a smaller one less often."
    )


def _table(found: Selection, people: dict[str, Count]) -> Rows[AreaCustody]:
    order = {"clear": 0, "borderline": 1}
    shown = [row for row in found.rows if row.place in order]
    shown.sort(key=lambda row: (order[row.place], -row.share[0] - row.share[1], row.code))

    def hidden(row: AreaCustody) -> bool:
        return people[row.code] == "c"

    return Rows(
        name="Shortlist",
        title="Areas that are clearly on the shortlist, then borderline ones",
        rows=shown,
        columns=(
            TableColumn("Area", lambda row: row.name, width=2.0),
            TableColumn("Place", lambda row: row.place, width=1.3),
            TableColumn("People", lambda row: people[row.code], numeric=True),
            TableColumn("Nights", lambda row: "c" if hidden(row) else row.nights, None),
            TableColumn("Pounds", lambda row: "c" if hidden(row) else round(row.pounds, -3), _pounds, numeric=True),
            TableColumn(
                "95% interval",
                lambda row: "c" if hidden(row) else " to ".join(_pounds(round(end, -3)) for end in row.pounds_interval),
                width=2.0,
            ),
            TableColumn(
                "People per 1,000",
                lambda row: "c" if hidden(row) else half_away(row.per_1000, 1),
                numeric=True,
            ),
            TableColumn(
                "On the shortlist in",
                lambda row: f"{per_cent(row.share[0], 0)} to {per_cent(row.share[1], 0)}",
                width=1.6,
            ),
        ),
        notes=(
            WITHHELD_NOTE,
            "On the shortlist in: the least and the most share of draws over all windows and weightings.",
            "People per 1,000 residents are drawn towards the rate of all areas, the more so the fewer there are.",
        ),
    )


def _pounds(value: object) -> str:
    return "[c]" if value == "c" else f"£{value:,.0f}"


def exact(found: Selection) -> dict[str, object]:
    """Return every area with its figures, and what a study would find."""
    return {
        "areas": [figures_of(row) for row in found.rows],
        "no_known_home": list(found.homeless),
        "elsewhere": list(found.elsewhere),
        "chosen": list(found.chosen),
        "eligible": figures_of(found.eligible),
        "comparison": figures_of(found.comparison),
        "smallest_detectable_fall": figures_of(found.detectable),
        "without_control": list(found.without_control),
    }
