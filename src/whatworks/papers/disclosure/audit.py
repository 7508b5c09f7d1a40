"""Audit all that is published, together: withhold more until no small count can be narrowed down by any reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from whatworks.evaluation.result import Result
from whatworks.evaluation.result.digits import as_written
from whatworks.papers.data_lab.clearance import PublishedLab, published_lab
from whatworks.papers.disclosure.knowledge import Knowledge
from whatworks.papers.disclosure.known_balance import know_balance
from whatworks.papers.disclosure.known_earlier import know_earlier
from whatworks.papers.disclosure.known_lab import know_lab
from whatworks.papers.disclosure.known_outcomes import know_outcomes
from whatworks.papers.disclosure.known_people import know_people
from whatworks.papers.disclosure.known_rows import know_rows, know_ways
from whatworks.papers.disclosure.known_subgroups import know_subgroups
from whatworks.papers.disclosure.secondary import NOTHING_MORE, Item, Secondary
from whatworks.papers.disclosure.solving import Solver
from whatworks.papers.disclosure.withholding import Order, next_to_withhold
from whatworks.papers.evaluation.clearance import propose
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import ResultSection
from whatworks.papers.evaluation.sections.declared import SECTIONS

ORDER = ("missing", "deaths", "outside", "unknown", "search", "file", "share", "level", "people", "row", "outcome")
"""What is given up first: what a board would miss least."""

WIDE = 3
"""So many times the minimum between the ends of a range, and no later paper can make a handful of it."""


def publish(result: Result) -> PublishedResult:
    """Return what is published of `result` as a board's paper."""
    return audited(result).release


def publish_data_lab(result: Result) -> tuple[PublishedLab, PublishedResult]:
    """Return what is published in the Data Lab's form, and the house's own release beside it."""
    again = f"{result.paper.command} --style justice-data-lab"
    cleared = audited(result.model_copy(update={"paper": result.paper.model_copy(update={"command": again})}))
    return cleared.lab, cleared.release


@dataclass(frozen=True, slots=True)
class Cleared:
    """What is published of a result, in both forms, and what was withheld for the sake of something else."""

    release: PublishedResult
    lab: PublishedLab
    secondary: Secondary


def audited(result: Result) -> Cleared:
    """Return what is published of `result`: small counts withheld, and whatever would give them back.

    It is taken as `result.json` holds it, so that a paper drawn at once and one drawn from the file say the same.
    What is withheld next is chosen by rule, so the same result always withholds the same. Raises `Refused` where
    nothing is left to withhold and a count can still be worked out.

    >>> from whatworks.papers.evaluation.sample import sample_result
    >>> audited(sample_result()).secondary.items
    frozenset()
    """
    result = as_written(result).without_effects()
    written = result.model_copy(update={"paper": None}).model_dump_json()
    secondary = _withheld(_Asked(written, tuple(SECTIONS.values()), result))
    release = propose(result, secondary)
    return Cleared(release, published_lab(result, release, secondary), secondary)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A result, known by all that is written of it but how its paper is called, and the sections that publish it."""

    written: str
    sections: tuple[ResultSection, ...]
    result: Result = field(compare=False)


@lru_cache(maxsize=4)
def _withheld(asked: _Asked) -> Secondary:
    """Return what is withheld of a result; the forms of one paper, the book and the screen ask for the same."""
    result, secondary = asked.result, NOTHING_MORE
    while True:
        release = propose(result, secondary)
        lab = published_lab(result, release, secondary)
        items = next_to_withhold(known_from(result, release, lab), secondary, cost(result))
        if not items:
            return secondary
        secondary = Secondary(secondary.items | items)


def published_ranges(result: Result, sizes: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Return what the papers of a result disclose counts, by name: the least and the most that each can be.

    Asked is of sets of people, by their sizes: a count that is another number is not of the set. Whatever is so
    wide that it hides a handful many times over is left out.
    """
    result = as_written(result).without_effects()
    cleared, wide = audited(result), WIDE * result.minimum_count
    known = known_from(result, cleared.release, cleared.lab)
    solver = Solver(known)
    found = {
        name: solver.spread({name: 1}, enough=wide) for name, size in sizes.items() if known.truth.get(name) == size
    }
    return {name: (span.low, span.high) for name, span in found.items() if span.decided and span.width < wide}


def known_from(result: Result, release: PublishedResult, lab: PublishedLab) -> Knowledge:
    """Return all that a reader of both forms knows of the true counts."""
    known = Knowledge(result.minimum_count)
    know_people(known, result, release)
    know_outcomes(known, result, release)
    know_rows(known, result, release)
    know_subgroups(known, result, release)
    know_balance(known, result, release)
    know_ways(known, result, release)
    know_lab(known, result, lab)
    know_earlier(known, result.earlier)
    return known


def cost(result: Result) -> Order:
    """Return what orders things by how much a board would miss them: the primary outcome last, many people late."""
    sizes = {Item("level", row.name, row.level): row.treated.n for row in result.subgroups}
    primary = {one.name for one in result.outcomes if one.primary}

    def order(item: Item) -> tuple[bool, int, int, str]:
        size = sizes.get(item, 0)
        return item.kind == "outcome" and item.name in primary, ORDER.index(item.kind), size, str(item)

    return order
