"""Counts of disjoint cells (areas, months) beside those of earlier papers: no two of a cell leave few of it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from whatworks.papers.disclosure.nested import widen
from whatworks.records.audit.chain import Book
from whatworks.records.audit.people_set import Keys, PeopleSet
from whatworks.records.audit.telling import ALL, Cells, Telling

Paper = TypeVar("Paper")
RELEASED = "cells released"
REST = "all that is withheld"
BESIDE = (
    "[c] also stands where a figure would tell of fewer than {minimum} beside an earlier paper, that of {at} "
    "(`{command}`). Ask for the same days and settings as that one, or for such as differ by more."
)


def clear_cells(
    make: Callable[[Telling], Paper], paper: Paper, telling: Telling, book: Book, minimum: int, words: str, at: str
) -> Paper:
    """Return a paper with those cells withheld that would leave few of an earlier paper's, or be left of them.

    `paper` is the one that withholds nothing more; see `told_answer.clear`. Every cell that is not withheld is taken
    to be told, and its count with it: of sets that lie within each other, and of as many as make one up but for few.
    """
    asked, earlier, papers = _fingerprint(telling, minimum), list[Cells](), list[tuple[int, str, str]]()
    ours = np.unique(np.concatenate([cells.everybody for cells in telling.cells.values()]))
    for entry in book.entries(RELEASED):
        if entry.payload["asked"] == asked:
            return make(telling.again(frozenset(entry.payload["withheld"]), entry.payload["beside"]))
        kept = [_unpacked(one) for one in entry.payload["cells"]]
        alike = sum(len(np.intersect1d(ours, one.everybody)) for one in kept)
        papers.append((alike, entry.at, entry.payload["words"]))
        earlier += kept
    withheld, more, kept = set[str](), False, []
    for name, cells in telling.cells.items():
        hidden = _withheld(cells, [*earlier, *kept], minimum)
        more |= hidden > cells.hidden
        withheld |= {f"{name}: {cell}" for cell in hidden}
        if ALL not in hidden:
            kept.append(replace(cells, hidden=hidden))
    beside = ""
    if more and papers:
        _, day, command = max(papers, key=lambda one: one[0])
        beside = BESIDE.format(minimum=minimum, at=day, command=f"whatworks {command}")
    payload = {"asked": asked, "withheld": sorted(withheld), "beside": beside, "words": words}
    book.append(RELEASED, at, payload | {"cells": [_packed(one) for one in kept]})
    return make(telling.again(frozenset(withheld), beside)) if more else paper


def _withheld(cells: Cells, earlier: list[Cells], minimum: int) -> frozenset[str]:
    """Return the cells to withhold, and `ALL` where all together would leave few."""
    told = ToldBefore([view for one in earlier for view in _views(one)], minimum)
    unknown = {cell: told.left(keys) for cell, keys in cells.keys.items()}
    hidden = {*cells.hidden, *(cell for cell, keys in cells.keys.items() if told.was_withheld(keys))}
    hidden |= {cell for cell, count in unknown.items() if 0 < count < minimum}
    hidden |= told.apart({cell: keys for cell, keys in cells.keys.items() if cell not in hidden})
    if not cells.total:
        return frozenset(hidden)
    sizes = {cell: [float(count)] for cell, count in unknown.items() if count}
    hidden |= widen(set(hidden & sizes.keys()), sizes, minimum)
    spare = sorted((cell for cell in sizes if cell not in hidden), key=lambda cell: (sizes[cell], cell))
    everybody = told.left(cells.everybody)
    while hidden and 0 < told.left(Cells(cells.keys, frozenset(hidden)).rest) < minimum:
        if not spare:
            return frozenset((*hidden, ALL))
        hidden |= {spare.pop(0)}
    return frozenset((*hidden, ALL) if 0 < everybody < minimum else hidden)


class ToldBefore:
    """All sets of units that earlier papers told of or withheld, and how they lie within each other."""

    def __init__(self, views: list[Cells], minimum: int) -> None:
        self.minimum = minimum
        named = [(keys, name in view.hidden) for view in views for name, keys in view.keys.items() if len(keys)]
        self.keys = [keys for keys, _ in named]
        self.sizes = np.array([len(keys) for keys in self.keys], dtype=np.int64)
        self.shown = np.array([not hidden for _, hidden in named], dtype=np.bool_)
        self.units = np.unique(np.concatenate([*self.keys, np.empty(0, dtype=np.uint64)]))
        self.table = self._table(self.keys)

    def _table(self, sets: Sequence[Keys]) -> Any:
        """Return a sparse table of sets by the units of earlier papers."""
        from scipy.sparse import csr_array

        own = [np.searchsorted(self.units, np.intersect1d(keys, self.units, assume_unique=True)) for keys in sets]
        ends = np.cumsum([0, *(len(places) for places in own)])
        places = np.concatenate([*own, np.empty(0, dtype=np.int64)])
        return csr_array((np.ones(len(places)), places, ends), shape=(len(sets), len(self.units)))

    @cached_property
    def _inside(self) -> Any:
        """Which sets that were told lie within each set, by their places, the largest first."""
        met = (self.table @ self.table.T).tocoo()
        within = (met.data == self.sizes[met.col]) & self.shown[met.col] & (met.row != met.col)
        found: dict[int, list[int]] = {}
        for whole, of in zip(met.row[within].tolist(), met.col[within].tolist(), strict=True):
            found.setdefault(whole, []).append(of)
        return {whole: sorted(parts, key=lambda at: (-self.sizes[at], at)) for whole, parts in found.items()}

    def _meeting(self, keys: Keys) -> NDArray[np.int64]:
        found: NDArray[np.int64] = (self.table @ self._table([keys]).T).toarray().ravel().astype(np.int64)
        return found

    def left(self, keys: Keys) -> int:
        """Return how many of some units are not known once all that was told is taken off, in the nearest way.

        That is less each set within them, or they less a set around them; or less as many sets within as share nobody.

        >>> sets = {"a": range(0, 50), "b": range(50, 95), "c": range(95, 140)}
        >>> told = ToldBefore([Cells({name: np.array(own, dtype=np.uint64)}) for name, own in sets.items()], 10)
        >>> [told.left(np.arange(end, dtype=np.uint64)) for end in (100, 50, 60, 200)]
        [5, 0, 10, 60]
        """
        met, size = self._meeting(keys), len(keys)
        near = self.shown & (met == np.minimum(self.sizes, size)) & (met > 0)
        apart = int(np.abs(self.sizes[near] - size).min(initial=size))
        inside = np.flatnonzero(near & (self.sizes <= size))
        return min(apart, self._rest(keys, sorted(inside.tolist(), key=lambda at: (-self.sizes[at], at))))

    def _rest(self, keys: Keys, inside: Iterable[int]) -> int:
        """Return how many are left of units when sets within them that share nobody are taken off, largest first."""
        for at in inside:
            if len(self.keys[at]) <= len(keys) and np.isin(self.keys[at], keys, assume_unique=True).all():
                keys = np.setdiff1d(keys, self.keys[at], assume_unique=True)
        return len(keys)

    def was_withheld(self, keys: Keys) -> bool:
        """Say whether these are, but for few, units that an earlier paper withheld."""
        met, size = self._meeting(keys), len(keys)
        near = ~self.shown & (met == np.minimum(self.sizes, size)) & (met > 0)
        return bool((np.abs(self.sizes[near] - size) < self.minimum).any())

    def apart(self, cells: Mapping[str, Keys]) -> set[str]:
        """Return the cells to withhold so that those shown take no set told earlier apart but for few."""
        names = list(cells)
        met = (self._table(list(cells.values())) @ self.table.T).tocoo()
        sizes = np.array([len(keys) for keys in cells.values()], dtype=np.int64)
        within = (met.data == sizes[met.row]) & self.shown[met.col]
        holds: dict[int, list[str]] = {}
        for of, whole in zip(met.row[within].tolist(), met.col[within].tolist(), strict=True):
            holds.setdefault(whole, []).append(names[of])
        hidden = set[str]()
        for whole, parts in holds.items():
            shown = sorted((name for name in parts if name not in hidden), key=lambda name: (len(cells[name]), name))
            while shown and 0 < self._taken(whole, [cells[name] for name in shown]) < self.minimum:
                hidden.add(shown.pop(0))
        return hidden

    def _taken(self, whole: int, parts: list[Keys]) -> int:
        """Return how many of a set told earlier are left when some of its parts are, and other sets told within it."""
        rest = self.keys[whole]
        for keys in sorted(parts, key=len, reverse=True):
            if np.isin(keys, rest, assume_unique=True).all():
                rest = np.setdiff1d(rest, keys, assume_unique=True)
        return min(len(rest), self._rest(rest, self._inside.get(whole, ()))) if len(rest) else 0


def _views(cells: Cells) -> Iterator[Cells]:
    """Yield the cells, and where the number of all is told all together and all that is withheld."""
    yield cells
    if cells.total:
        yield Cells({ALL: cells.everybody})
        yield Cells({REST: cells.rest})


def _fingerprint(telling: Telling, minimum: int) -> str:
    digest = hashlib.sha256(f"{minimum}".encode())
    for name, cells in sorted(telling.cells.items()):
        digest.update(f"\0{name}\0{sorted(cells.hidden)}\0{cells.total}".encode())
        for part in chain.from_iterable((cell.encode(), b"\0", keys.tobytes()) for cell, keys in cells.keys.items()):
            digest.update(part)
    return digest.hexdigest()


def _packed(cells: Cells) -> dict[str, Any]:
    keys = {cell: PeopleSet(keys).pack() for cell, keys in cells.keys.items()}
    return {"keys": keys, "hidden": sorted(cells.hidden), "total": cells.total}


def _unpacked(one: Mapping[str, Any]) -> Cells:
    keys = {cell: PeopleSet.unpack(packed).keys for cell, packed in one["keys"].items()}
    return Cells(keys, frozenset(one["hidden"]), one["total"])
