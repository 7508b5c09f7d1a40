"""A reader of several papers who knows who lies in which of them at once: linear programs over fractions of people.

Written apart from the audit: no whole numbers, no families, every sum of two atoms and every difference of two sets.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from math import ceil, floor

import numpy as np
from scipy.optimize import linprog

Atom = frozenset[str]


def atoms(papers: Mapping[str, set[int]]) -> dict[Atom, int]:
    """Return how many people lie in exactly which papers."""
    found: dict[Atom, int] = {}
    for person in set().union(*papers.values()):
        within = frozenset(name for name, people in papers.items() if person in people)
        found[within] = found.get(within, 0) + 1
    return found


def small(counts: Mapping[Atom, int], minimum: int = 10) -> Iterator[frozenset[Atom]]:
    """Yield atoms, pairs of atoms and what is left of one paper without another, where they are of a few people."""
    names = frozenset().union(*counts)
    sets = {name: frozenset(atom for atom in counts if name in atom) for name in names}
    unions = [frozenset([atom]) for atom in counts] + [frozenset(two) for two in combinations(counts, 2)]
    unions += [sets[one] - sets[other] for one in names for other in names]
    for union in dict.fromkeys(unions):
        if 1 <= sum(counts[atom] for atom in union) < minimum:
            yield union


def narrowest(papers: Mapping[str, set[int]], printed: Mapping[str, int]) -> int:
    """Return the least width of what can be concluded of a few people, from the numbers that are printed."""
    counts = atoms(papers)
    order = list(counts)
    rows = [[float(name in atom) for atom in order] for name in printed]
    known = {"A_eq": np.array(rows), "b_eq": np.array(list(printed.values()), dtype=float)} if printed else {}
    widths = [10_000]
    for union in small(counts):
        goal = np.array([float(atom in union) for atom in order])
        low, high = linprog(goal, **known), linprog(-goal, **known)
        most = 10_000 if high.status == 3 else floor(-high.fun + 1e-6)
        widths.append(most - ceil(low.fun - 1e-6))
    return min(widths)
