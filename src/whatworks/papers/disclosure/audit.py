"""Audit all that is published, together: withhold more until no small count can be narrowed down by any reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from whatworks.evaluation.result import Result
from whatworks.evaluation.result.digits import as_written
from whatworks.papers.data_lab.clearance import PublishedLab, published_lab
from whatworks.papers.disclosure.knowledge import Knowledge, SmallCell
from whatworks.papers.disclosure.known_balance import know_balance
from whatworks.papers.disclosure.known_earlier import know_earlier
from whatworks.papers.disclosure.known_lab import know_lab
from whatworks.papers.disclosure.known_outcomes import know_outcomes
from whatworks.papers.disclosure.known_people import know_people
from whatworks.papers.disclosure.known_rows import know_rows, know_ways
from whatworks.papers.disclosure.known_subgroups import know_subgroups
from whatworks.papers.disclosure.secondary import EARLIER, NOTHING_MORE, Item, Secondary
from whatworks.papers.disclosure.solving import Range, Solver
from whatworks.papers.evaluation.clearance import propose
from whatworks.papers.evaluation.release import Release
from whatworks.papers.evaluation.section import ResultSection
from whatworks.papers.evaluation.sections.declared import SECTIONS
from whatworks.records.refusal import Fault, Refused

ORDER = ("missing", "deaths", "outside", "unknown", "search", "file", "share", "level", "people", "row", "outcome")
"""What is given up first: what a board would miss least."""

WIDE = 3
"""So many times the minimum between the ends of a range, and no later paper can make a handful of it."""


def publish(result: Result) -> Release:
    """Return what is published of `result` as a board's paper."""
    return audited(result).release


def publish_data_lab(result: Result) -> tuple[PublishedLab, Release]:
    """Return what is published in the Data Lab's form, and the house's own release beside it."""
    again = f"{result.paper.command} --style justice-data-lab"
    cleared = audited(result.model_copy(update={"paper": result.paper.model_copy(update={"command": again})}))
    return cleared.lab, cleared.release


@dataclass(frozen=True, slots=True)
class Cleared:
    """What is published of a result, in both forms, and what was withheld for the sake of something else."""

    release: Release
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
        items = next_to_withhold(known_from(result, release, lab), secondary, result)
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


def known_from(result: Result, release: Release, lab: PublishedLab) -> Knowledge:
    """Return all that a reader of both forms knows of the true counts."""
    known = Knowledge(result.minimum_count)
    know_people(known, result, release)
    know_outcomes(known, result, release)
    know_rows(known, result, release)
    know_subgroups(known, result, release)
    know_balance(known, result, release)
    know_ways(known, result, release)
    know_lab(known, result, lab)
    know_earlier(known, result)
    return known


def next_to_withhold(known: Knowledge, secondary: Secondary, result: Result) -> frozenset[Item]:
    """Return what to withhold for the small counts that a reader can narrow down; nothing where there is none."""
    solver, more, order = Solver(known), frozenset[Item](), cost(result)
    solver.try_out(list(known.cells.values()))
    for cell in known.cells.values():
        if not solver.is_hidden(cell):
            more |= _choose(solver, cell, secondary, order)
            solver = solver.looser(more)
    return more


def cost(result: Result) -> Callable[[Item], tuple[bool, int, int, str]]:
    """Return what orders things by how much a board would miss them: the primary outcome last, many people late."""
    sizes = {Item("level", row.name, row.level): row.treated.n for row in result.subgroups}
    primary = {one.name for one in result.outcomes if one.primary}

    def order(item: Item) -> tuple[bool, int, int, str]:
        size = sizes.get(item, 0)
        return item.kind == "outcome" and item.name in primary, ORDER.index(item.kind), size, str(item)

    return order


def _disclosed_already(bare: Solver, cell: SmallCell) -> int:
    """Return how wide earlier papers leave a cell, whatever this one withholds; refuse what no earlier paper told.

    Nobody can take back what has left: a later paper tells no more.
    """
    if bare.looser(bare.without | {EARLIER}).apart(cell, bare.knowledge.minimum - 2) is None:
        raise Refused(
            Fault(
                "a number of people too small to be shown follows from what a paper cannot do without",
                "ask about more people, or of fewer subgroups and outcomes",
            )
        )
    return bare.spread(cell.terms).width


def _choose(
    solver: Solver, cell: SmallCell, secondary: Secondary, order: Callable[[Item], tuple[bool, int, int, str]]
) -> frozenset[Item]:
    """Return as few things as hide a cell: of all near it, what would be missed most is shown again, while it can.

    Near is what hides it, as near as can be. Things are shown again half by half, which ends as one by one would: with
    more to see, no range is wider.
    """
    known, wanted = solver.knowledge, solver.knowledge.minimum - 2
    hidden, bare = None, solver
    for items in known.near(cell.terms):
        without = (items - secondary.items) | solver.without
        if without != bare.without:
            bare = solver.looser(without)
            hidden = bare.apart(cell, wanted)
        if hidden is not None:
            break
    if hidden is None:
        wanted = _disclosed_already(bare, cell)
        if solver.spread(cell.terms, wanted).width >= wanted:
            return solver.without
        hidden = bare.spread(cell.terms, wanted)
    without = bare.without
    blocks = [sorted(without - solver.without, key=order)]
    while blocks:
        block = blocks.pop()
        less = without.difference(block)
        says = [one for one in known.statements if one.item in block]
        found: Range | None = hidden
        if less == solver.without:
            found = None  # as it was, a reader could narrow it down
        elif not all(one.holds({**known.truth, **ends}) for one in says for ends in (hidden.at_low, hidden.at_high)):
            found = solver.looser(less).apart(cell, wanted)
        if found is not None:
            without, hidden = less, found
        elif len(block) > 1:
            middle = len(block) // 2
            blocks += [block[:middle], block[middle:]]
    return without
