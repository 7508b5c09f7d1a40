"""Keep people behind bars: which offences custody prevents, which stays make one time inside, when they come out."""

from dataclasses import dataclass

import numpy as np

from whatworks.simulation.days import Days, Flags, Ints
from whatworks.simulation.society.offending import Offences
from whatworks.simulation.society.sentencing import CUSTODY, Sentences


@dataclass(frozen=True, slots=True)
class Blocks:
    """Unbroken times in custody, sorted by person and date: overlapping stays are one. Nights run from `start` to the
    night before `end`, the day of release. `last` is the offence (row in Offences) whose stay ends last."""

    person: Ints
    start: Days
    end: Days
    last: Ints
    sentenced: Flags


def at_liberty(offences: Offences, sentences: Sentences, tempted: Flags) -> Flags:
    """Return which of the offences that someone is `tempted` to are committed: those not prevented by custody.

    Custody for an offence begins after it, so custody can only prevent what comes later in the sorted order: the
    offences that lead to custody are settled one after the other, all people at once.
    """
    key = offences.person * 2**32 + offences.committed
    held = np.flatnonzero(sentences.held & tempted)
    person = offences.person[held]
    begin = np.searchsorted(key, person * 2**32 + sentences.inside_from[held])
    finish = np.searchsorted(key, person * 2**32 + sentences.inside_until[held])
    edges = np.zeros(len(offences) + 1, dtype=np.int64)
    for now in _in_turn(person):
        if len(now) == 0:
            continue
        inside = np.cumsum(edges)[held[now]] > 0
        free = now[~inside]
        np.add.at(edges, begin[free], 1)
        np.add.at(edges, finish[free], -1)
    prevented = np.cumsum(edges)[:-1] > 0
    return tempted & ~prevented


def _in_turn(person: Ints) -> list[Ints]:
    """Return the rows of everyone's first, then second, ... row."""
    if len(person) == 0:
        return []
    first = np.r_[True, person[1:] != person[:-1]]
    rank = np.arange(len(person)) - np.maximum.accumulate(np.where(first, np.arange(len(person)), 0))
    order = np.argsort(rank, kind="stable")
    return np.split(order, np.searchsorted(rank[order], np.arange(1, rank.max() + 1)))


def blocks(offences: Offences, sentences: Sentences, committed: Flags) -> Blocks:
    """Return the unbroken times in custody of a life in which the offences `committed` happen.

    `sentenced` says whether release is from a sentence: whether a stay under sentence lasts to the end.
    """
    rows = np.flatnonzero(sentences.held & committed)
    rows = rows[np.argsort(offences.person[rows] * 2**32 + sentences.inside_from[rows], kind="stable")]
    person, start, end = offences.person[rows], sentences.inside_from[rows], sentences.inside_until[rows]
    reach = np.maximum.accumulate(person * 2**32 + end)
    opens = np.r_[True, (person[1:] != person[:-1]) | (person[1:] * 2**32 + start[1:] > reach[:-1])][: len(rows)]
    block = np.cumsum(opens) - 1
    rank = np.lexsort((sentences.kind[rows] == CUSTODY, end, block))
    final = rank[np.r_[block[rank][1:] != block[rank][:-1], True][: len(rows)]]
    at = np.flatnonzero(opens)
    return Blocks(person[at], start[at], end[final], rows[final], sentences.kind[rows[final]] == CUSTODY)
