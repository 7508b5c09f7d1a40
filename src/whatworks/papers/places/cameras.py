"""Cameras as a paper: the estate by age, kind and owner, what it sees of need, and what a budget keeps or retires."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from statistics import median

import numpy as np

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Count, Nested
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.journeys.clearance import clear_parts
from whatworks.papers.journeys.words import per_cent
from whatworks.papers.paper import Bullets, Figure, Section
from whatworks.papers.places.words import NOT_KNOWN, READER, map_figure
from whatworks.papers.words import WITHHELD, text
from whatworks.pictures.area_map import PointClass
from whatworks.pictures.palette import DARK_BLUE, DARK_PINK, ORANGE, PALE_BLUE, TURQUOISE
from whatworks.places.cameras.plan import Camera, CameraPlan, Decision
from whatworks.records.audit.telling import Telling

CELLS = "cameras"
ITEM = "Cameras: the estate and the need"
CHOICES = {"keep": "Keep", "replace": "Replace", "retire": "Retire", "new": "New"}
MARKS = {"keep": ("circle", DARK_BLUE), "replace": ("triangle-up", TURQUOISE), "retire": ("cross", DARK_PINK),
         "new": ("square", ORANGE)}  # fmt: skip
"""The mark and colour of each choice on the map."""
NO_CAUSE = "What a camera sees is not what it prevents: `whatworks evaluate` asks whether cameras reduce crime."


def cameras_answer(plan: CameraPlan, minimum: int, told: Telling | None = None) -> Answer:
    """Return the plan; few uses of a camera, which tell of few people, are withheld."""
    told, uses = told or Telling(), _uses(plan, minimum)
    if plan.behind is not None:
        hidden = (f"{name} {camera}" for name, of in uses.items() for camera, count in of.items() if count == "c")
        told.divide(CELLS, plan.behind, hidden, total=False)
    uses = {name: {camera: told.cell(CELLS, f"{name} {camera}", count) for camera, count in of.items()}
            for name, of in uses.items()}  # fmt: skip
    sentences = (*_sentences(plan, minimum, told), NO_CAUSE, *filter(None, (told.beside,)))
    tables = (_profile(plan), _decisions(plan, uses))
    picture = _map(plan)
    blocks = (Bullets(sentences), *((picture,) if picture else ()), *(each.on_page() for each in tables if each.rows))
    return Answer(
        title=plan.terms.title,
        sentences=sentences,
        tables=tables,
        sections=(Section("cameras", "What becomes of each camera", blocks),),
        item=ITEM,
        prepared_for=READER,
        as_at=plan.as_at,
    )


def _map(plan: CameraPlan) -> Figure | None:
    """Return where each camera stands and what becomes of it, over the boroughs that have any."""
    if plan.areas is None or not plan.areas.outlines:
        return None
    ground = plan.areas.only(np.isin(np.arange(len(plan.areas)), plan.areas.at(*plan.places.T)))
    if not len(ground):
        return None
    marks = [
        PointClass(words, *MARKS[choice], [one.camera.at for one in plan.decisions if one.choice == choice])
        for choice, words in CHOICES.items()
        if plan.count(choice)  # type: ignore[arg-type]
    ]
    finding = f"{len(plan.decisions):,} places of cameras in {len(ground):,} boroughs, by what the plan makes of each."
    return map_figure(
        ground, [0] * len(ground), ("Boroughs",), (PALE_BLUE,), "Where cameras stand", finding, points=marks
    )


def _sentences(plan: CameraPlan, minimum: int, told: Telling) -> Iterator[str]:
    estate, terms = plan.estate, plan.terms
    required, unused = sum(one.required for one in estate), sum(_unused(one) for one in estate)
    old, unknown = sum(plan.is_old(one) for one in estate), sum(one.installed_on is None for one in estate)
    yield (
        f"{len(estate):,} cameras stand on {plan.as_at}: {required:,} are required, {len(estate) - required:,} are "
        f"discretionary. They cost {_pounds(plan.now.cost)} a year ({terms.price_year})."
    )
    yield (
        f"{old:,} are past the years that their kind lasts; the age of {unknown:,} is not known. From "
        f"{terms.first_day} to {terms.last_day} nobody asked for the pictures of {unused:,}, or used them as evidence."
    )
    if dark := sum(one.requests is None for one in estate):
        yield f"Whether anybody used {dark:,} cameras is not known: their owners sent no use; that is not zero."
    need = plan.need
    aside = [("no place", need.no_place, "have no place"), ("no hour", need.no_hour, "have no hour"),
             ("snapped", need.snapped, "stand near their place")]  # fmt: skip
    few = Nested(minimum).sensitive
    counts = {name: "c" if few(count) else told.cell(CELLS, name, count)
              for name, count, _ in [("incidents", need.incidents, ""), *aside]}  # fmt: skip
    words = "; ".join(f"{text(counts[name])} {what}" for name, count, what in aside if count)
    every = "fewer than " + str(minimum) if few(need.incidents) else text(counts["incidents"])
    yield f"The need is {every} incidents, each once{f' ({words})' if words else ''}."
    yield from (f"Not known: {words}. Need is unseen there, and not absent." for words in need.silent)
    now, planned = _shares(plan, minimum, told)
    yield (
        f"The estate sees {now} of that need, and overlooks {plan.now.homes:,} homes. For "
        f"{_pounds(plan.planned.cost)} of the {_pounds(terms.budget)} a year the plan sees "
        f"{planned}, and overlooks {plan.planned.homes:,}: a camera must see "
        f"{terms.need_per_home:g} incidents for each home."
    )
    if homes := sum(one.homes is None for one in estate):
        yield f"How many homes {homes:,} cameras overlook is not known: the plan takes them to overlook none."
    becomes = [f"{plan.count(choice):,} {words.lower()}" for choice, words in CHOICES.items()]  # type: ignore[arg-type]
    yield f"The plan: {', '.join(becomes)}. What several cameras see counts once."
    idle = [one.camera for one in plan.decisions if one.choice in ("keep", "replace") and _unused(one.camera)]
    if idle:
        yield f"{len(idle):,} of those kept or replaced were used by nobody: ask why before money is spent on them."


def _shares(plan: CameraPlan, minimum: int, told: Telling) -> tuple[str, str]:
    """Return the shares of need seen now and as planned, withheld where they would give back few incidents."""
    few, every, shown = Nested(minimum).sensitive, len(plan.need.weights), []
    hidden = few(plan.need.incidents)
    for when in ("now", "planned"):
        seen = getattr(plan, when).incidents
        hidden |= any(map(few, (seen, every - seen, abs(plan.now.incidents - seen))))
        hidden |= any(told.cell(CELLS, f"{word} {when}", 0) == "c" for word in ("seen", "unseen"))
        shown.append(WITHHELD if hidden else per_cent(getattr(plan, when).share, 1))
    return shown[0], shown[1]


def _unused(one: Camera) -> bool:
    return one.requests == 0 and one.evidence == 0


def _pounds(amount: Decimal) -> str:
    return f"£{amount:,.0f}"


def _profile(plan: CameraPlan) -> Rows[tuple[str, str, list[Camera]]]:
    groups: dict[tuple[str, str], list[Camera]] = {}
    for one in plan.estate:
        groups.setdefault((one.owner, one.kind), []).append(one)

    def age(own: list[Camera]) -> str:
        ages = [years for one in own if (years := one.age(plan.as_at)) is not None]
        return f"{half_away(median(ages), 1)} ({half_away(max(ages), 1)})" if ages else NOT_KNOWN

    return Rows(
        "Estate",
        "The estate by owner and kind",
        [(owner, kind, own) for (owner, kind), own in sorted(groups.items())],
        (
            TableColumn("Owner", lambda row: row[0]),
            TableColumn("Kind", lambda row: row[1]),
            TableColumn("Cameras", lambda row: len(row[2]), numeric=True),
            TableColumn("Required", lambda row: sum(one.required for one in row[2]), numeric=True),
            TableColumn("Years, median (oldest)", lambda row: age(row[2]), numeric=True),
            TableColumn("Past their years", lambda row: sum(plan.is_old(one) for one in row[2]), numeric=True),
            TableColumn("Used by nobody", lambda row: sum(_unused(one) for one in row[2]), numeric=True),
            TableColumn(
                "Pounds a year", lambda row: sum((one.yearly_cost for one in row[2]), Decimal(0)), numeric=True
            ),
        ),
    )


def _uses(plan: CameraPlan, minimum: int) -> dict[str, dict[str, Count]]:
    return {
        name: clear_parts(
            {f"{one.owner} {one.name}": getattr(one, name) for one in plan.estate if one.requests is not None}, minimum
        )
        for name in ("requests", "evidence")
    }


def _decisions(plan: CameraPlan, uses: Mapping[str, Mapping[str, Count]]) -> Rows[Decision]:
    def used(name: str, row: Decision) -> Count | None:
        return None if row.choice == "new" else uses[name].get(f"{row.camera.owner} {row.camera.name}")

    return Rows(
        "Plan",
        "What becomes of each camera",
        plan.decisions,
        (
            TableColumn("Camera", lambda row: row.camera.name),
            TableColumn("Owner", lambda row: row.camera.owner or None),
            TableColumn("Kind", lambda row: row.camera.kind),
            TableColumn("Duty", lambda row: "required" if row.camera.required else "discretionary"),
            TableColumn("Requests", lambda row: used("requests", row), text, numeric=True),
            TableColumn("Used as evidence", lambda row: used("evidence", row), text, numeric=True),
            TableColumn("Homes overlooked", lambda row: row.camera.homes, numeric=True),
            TableColumn("Plan", lambda row: CHOICES[row.choice]),
            TableColumn("Pounds a year", lambda row: row.cost, numeric=True),
        ),
        notes=("[c] is withheld: few uses tell of few people. [z]: not known, or nothing to tell yet.",),
    )
