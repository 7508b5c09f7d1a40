"""What to withhold next, of any paper: as little as keeps each small count from being narrowed down."""

from collections import deque
from collections.abc import Callable
from typing import Any

from whatworks.papers.disclosure.knowledge import Knowledge, SmallCell
from whatworks.papers.disclosure.secondary import EARLIER, Item, Secondary
from whatworks.papers.disclosure.solving import Range, Solver
from whatworks.records.refusal import Fault, Refused

Order = Callable[[Item], tuple[Any, ...]]
"""What orders things by how much a reader would miss them, the least first."""


def next_to_withhold(
    known: Knowledge, secondary: Secondary, order: Order, *, anywhere: bool = False
) -> frozenset[Item]:
    """Return what to withhold for the small counts that a reader can narrow down; nothing where there is none.

    It is looked for as near a count as can be, or `anywhere`: then what is missed least goes, however far it is.
    """
    solver, more = Solver(known), frozenset[Item]()
    solver.try_out(list(known.cells.values()))
    for cell in known.cells.values():
        if not solver.is_hidden(cell):
            more |= _choose(solver, cell, secondary, order, anywhere)
            solver = solver.looser(more)
    return more


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


def _choose(solver: Solver, cell: SmallCell, secondary: Secondary, order: Order, anywhere: bool) -> frozenset[Item]:
    """Return as few things as hide a cell: of all near it, what would be missed most is shown again, while it can.

    Near is what hides it, as near as can be. Things are shown again half by half, which ends as one by one would: with
    more to see, no range is wider.
    """
    known, wanted = solver.knowledge, solver.knowledge.minimum - 2
    hidden, bare = None, solver
    near = known.near(cell.terms)
    for items in deque(near, maxlen=1) if anywhere else near:
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
