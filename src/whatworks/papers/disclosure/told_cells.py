"""Counts of disjoint cells (areas, months) beside those of earlier papers: no two of a cell leave few of it."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any, TypeVar

import numpy as np

from whatworks.evaluation.whom.crossed_sets import Crossing
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
    to be told. Two counts are held against each other, and three of the same cell; not four.
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
    told = [view for one in earlier for view in _views(one)]
    unknown, same = _unknown(cells.keys, told, minimum)
    hidden = cells.hidden | same | {cell for cell, count in unknown.items() if 0 < count < minimum}
    if not cells.total:
        return frozenset(hidden)
    sizes = {cell: [float(count)] for cell, count in unknown.items() if count}
    hidden |= widen(set(hidden & sizes.keys()), sizes, minimum)
    spare = sorted((cell for cell in sizes if cell not in hidden), key=lambda cell: (sizes[cell], cell))
    while hidden and any(_few(Cells(cells.keys, frozenset(hidden)), REST, told, minimum)):
        if not spare:
            return frozenset((*hidden, ALL))
        hidden |= {spare.pop(0)}
    return frozenset((*hidden, ALL) if any(_few(cells, ALL, told, minimum)) else hidden)


def _few(cells: Cells, name: str, told: list[Cells], minimum: int) -> Iterator[bool]:
    """Say of all cells together, or of all withheld ones, whether they leave few of what was told."""
    for view in _views(cells):
        if name in view.keys:
            unknown, _ = _unknown(view.keys, told, minimum)
            yield 0 < unknown[name] < minimum


def _unknown(keys: Mapping[str, Keys], told: list[Cells], minimum: int) -> tuple[dict[str, int], set[str]]:
    """Return how many units of each set earlier counts leave unknown, and the sets that as good as were withheld."""
    unknown, same, by_name = {name: len(own) for name, own in keys.items()}, set[str](), dict[str, dict[bytes, Keys]]()
    for view in told:
        for name, other, both in _meeting(keys, view.keys):
            sizes = len(keys[name]), len(view.keys[other])
            if both == min(sizes) and other not in view.hidden:
                unknown[name] = min(unknown[name], abs(sizes[0] - sizes[1]))
            elif both == min(sizes) and abs(sizes[0] - sizes[1]) < minimum:
                same.add(name)
        for name in (view.keys.keys() & keys.keys()) - view.hidden:
            by_name.setdefault(name, {})[view.keys[name].tobytes()] = view.keys[name]
    for name, sets in by_name.items():
        if unknown[name] >= minimum and len(sets) > 1 and _of_three(keys[name], list(sets.values()), minimum):
            unknown[name] = 1
    return unknown, same


def _of_three(own: Keys, told: list[Keys], minimum: int) -> bool:
    """Say whether two sets that share nobody are a third but for few, and one of them is this paper's."""
    universe = np.unique(np.concatenate([own, *told]))
    members = np.array([np.isin(universe, one) for one in (own, *told)])
    now = [True, *(False for _ in told)]
    return bool(Crossing(members, now, (), (), 0, by_name=True, few=minimum).near_triples())


def _views(cells: Cells) -> Iterator[Cells]:
    """Yield the cells, and where the number of all is told all together and all that is withheld."""
    yield cells
    if cells.total:
        yield Cells({ALL: cells.everybody})
        if held := [cells.keys[cell] for cell in cells.hidden & cells.keys.keys()]:
            yield Cells({REST: np.sort(np.concatenate(held))})


def _meeting(ours: Mapping[str, Keys], theirs: Mapping[str, Keys]) -> Iterator[tuple[str, str, int]]:
    """Yield every two sets of both that share units, and how many."""
    keys = [np.concatenate([*of.values(), np.empty(0, dtype=np.uint64)]) for of in (ours, theirs)]
    place = [np.repeat(np.arange(len(of)), [len(one) for one in of.values()]) for of in (ours, theirs)]
    _, mine, other = np.intersect1d(keys[0], keys[1], assume_unique=True, return_indices=True)
    pairs, both = np.unique(place[0][mine] * len(theirs) + place[1][other], return_counts=True)
    names = list(ours), list(theirs)
    for pair, count in zip(pairs.tolist(), both.tolist(), strict=True):
        yield names[0][pair // len(theirs)], names[1][pair % len(theirs)], count


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
