"""Read what a report asks for and rests on: recommendations, dependencies, benefits and measures."""

import re
from collections.abc import Iterator, Sequence

from whatworks.board.parsed import ListPoint, PrintedMeasure, Recommendation
from whatworks.board.reading.outline import Outline, Unit

_DEPENDS = re.compile(r"\b(?:dependent (?:up)?on|dependencies(?: are)?|depends (?:up)?on)\b[^.]*:\s*$", re.IGNORECASE)
_BENEFITS = re.compile(
    r"\bbenefits\b[^.]*\b(?:will be|are|include|following)\b[^.]*:\s*$|^(?:key )?benefits\s*:$", re.IGNORECASE
)
_MEASURES = re.compile(r"\b(?:outcome |key |performance )?(?:measures|indicators)\s*[.:]\s*$", re.IGNORECASE)
_RECOMMENDED = re.compile(r"\brecommendations?\b|\bdecisions? (?:sought|required)\b", re.IGNORECASE)
_NAMED = re.compile(r"^(?P<name>[A-Z][^:]{2,60}):\s+(?P<text>.+)$")


def find_recommendations(outline: Outline) -> Iterator[Recommendation]:
    """Yield what stands under "Recommendations", one for each numbered entry."""
    titles = {item.number or item.title: item.title for item in outline.items}
    for unit in outline.units:
        headed = _RECOMMENDED.search(titles.get(unit.item or "", "")) or _RECOMMENDED.match(unit.under or "")
        labelled = (unit.label or "").startswith("recommendation")
        if unit.role in ("paragraph", "entry") and unit.block.marker and (headed or labelled):
            yield Recommendation(unit.block.marker.text, unit.block.text, unit.block.lines)


def find_dependencies(units: Sequence[Unit]) -> Iterator[ListPoint]:
    """Yield the entries below "dependent on:"."""
    yield from (ListPoint(unit.block.text, unit.block.lines) for unit in _below(units, _DEPENDS))


def find_benefits(units: Sequence[Unit]) -> Iterator[ListPoint]:
    """Yield the entries below "benefits ... will be:"."""
    yield from (ListPoint(unit.block.text, unit.block.lines) for unit in _below(units, _BENEFITS))


def find_measures(units: Sequence[Unit]) -> Iterator[PrintedMeasure]:
    """Yield the entries below "outcome measures", each "name: what is measured"."""
    for unit in _below(units, _MEASURES):
        found = _NAMED.match(unit.block.text)
        name, text = (found.group("name"), found.group("text")) if found else (unit.block.text, unit.block.text)
        yield PrintedMeasure(name, text, unit.block.lines)


def _below(units: Sequence[Unit], opening: re.Pattern[str]) -> Iterator[Unit]:
    """Yield the list entries right below a paragraph that ends in these words."""
    opened: Unit | None = None
    for unit in units:
        if unit.role == "entry" and opened and unit.number == opened.number:
            yield unit
            continue
        opened = unit if unit.role in ("paragraph", "entry") and opening.search(unit.block.text) else None
