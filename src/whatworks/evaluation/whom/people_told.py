"""Remember of whom a paper's figures were, and find what earlier papers told of some of the same units."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from whatworks.evaluation.result.crossing import CrossedSet, CrossedSets, EarlierFigure, EarlierPapers, PeopleAtom
from whatworks.evaluation.whom.crossed_sets import Crossing, Division, Family
from whatworks.records.audit.chain import Book, Entry
from whatworks.records.audit.people_set import Keys
from whatworks.records.audit.telling import ToldSet

RELEASED, COMBINED = "figures released", "figures combined"
FAR_APART = 3
BESIDE_EARLIER = (
    "Earlier papers were about some of the same people: figures are withheld where both together would tell of few."
)
"""Worded the same whatever the earlier papers told."""


@dataclass(slots=True)
class PeopleTold:
    """The sets of people behind a paper's counts, as keyed hashes, beside those that a book remembers.

    The paper fills in the sets; what it then tells of them is remembered by `remember`.
    """

    book: Book
    sets: dict[str, ToldSet] = field(default_factory=dict)
    protocol: str = ""
    meeting: "list[_Earlier]" = field(default_factory=list)

    def take(self, sets: dict[str, ToldSet], protocol: str, minimum: int, *, by_name: bool = False) -> EarlierPapers:
        """Take the people behind each count, and return what earlier papers told of them and of whoever lies beside.

        The same protocol's paper of the same people is this one: it is not held against itself. With `by_name`
        sets are crossed by their divisions' names, with each other too where no earlier paper is about these people.
        """
        self.sets, self.protocol = sets, protocol
        papers = [_Earlier.of(entry) for entry in self.book.entries(RELEASED)]
        papers = [one for one in papers if not (one.protocol == self.protocol and one.is_of(self.sets))]
        self.meeting = _meeting(_everybody(self.sets), papers)
        return (
            crossed(self.sets, self.meeting, minimum, by_name=by_name) if self.meeting or by_name else EarlierPapers()
        )

    def nearest(self) -> tuple[str, str]:
        """Return the day and the command of the earlier paper that is about most of the same people.

        >>> from whatworks.records.audit.store_book import StoreBook
        >>> from whatworks.records.store import scratch
        >>> PeopleTold(StoreBook(scratch())).nearest()
        ('', '')
        """
        people = _everybody(self.sets)

        def alike(one: "_Earlier") -> float:
            return len(np.intersect1d(one.people, people)) / len(np.union1d(one.people, people))

        best = max(self.meeting, key=alike, default=None)
        return ("", "") if best is None else (best.at, best.words)

    def remember(self, ranges: Mapping[str, tuple[int, int]], at: str, **more: Any) -> None:
        """Add to the book what a paper tells of each set; once, however often the same paper is written.

        `more` is what else is to be known of the paper when it is asked for again.
        """
        kept = {name: one for name, one in self.sets.items() if name in ranges or one.whole is None}
        kept |= {name: self.sets[name] for one in tuple(kept.values()) if (name := one.among) in self.sets}
        universe = _everybody(kept)
        figures = {
            name: {"who": _pack(np.packbits(np.isin(universe, one.keys)))}
            | {what: value for what in ("whole", "divides", "among") if (value := getattr(one, what))}
            | (dict(zip(("low", "high"), ranges[name], strict=True)) if name in ranges else {})
            for name, one in sorted(kept.items())
        }
        payload: dict[str, Any] = {
            "protocol": self.protocol,
            "people": _pack(universe.astype(">u8")),
            "figures": figures,
            **more,
        }
        if ranges and all(entry.payload != payload for entry in self.book.entries(RELEASED)):
            self.book.append(RELEASED, at, payload)


@dataclass(frozen=True, slots=True)
class _Earlier:
    """An entry of the book, unpacked."""

    protocol: str
    people: Keys
    sets: dict[str, ToldSet]
    ranges: dict[str, tuple[int, int]]
    at: str
    words: str

    @classmethod
    def of(cls, entry: Entry) -> "_Earlier":
        payload = entry.payload
        universe = _unpack(payload["people"], ">u8").astype(np.uint64)
        figures = payload["figures"]
        if isinstance(figures, list):  # as books were written at first
            figures = {f"figure {at}": {**one, "among": None} for at, one in enumerate(figures)}
        sets = {
            name: ToldSet(
                universe[np.unpackbits(_unpack(one["who"], np.uint8), count=len(universe)).astype(np.bool_)],
                one.get("whole"),
                one.get("divides", ""),
                one.get("among"),
            )
            for name, one in figures.items()
        }
        return cls(
            payload["protocol"],
            universe,
            sets,
            {name: (one["low"], one["high"]) for name, one in figures.items() if "low" in one},
            entry.at,
            payload.get("words", "evaluate"),
        )

    def is_of(self, sets: Mapping[str, ToldSet]) -> bool:
        """Say whether all its figures are of the same people as those of the same name."""
        return all(name in sets and np.array_equal(one.keys, sets[name].keys) for name, one in self.sets.items())


def _meeting(people: Keys, papers: list[_Earlier]) -> list[_Earlier]:
    """Return the papers about some of these people, or about some of whom those papers are."""
    found: list[_Earlier] = []
    left = papers
    while near := [one for one in left if np.isin(one.people, people, assume_unique=True).any()]:
        found += near
        left = [one for one in left if not any(one is other for other in near)]
        people = np.unique(np.concatenate([people, *(one.people for one in near)]))
    return found


def crossed(
    sets: dict[str, ToldSet], papers: "Sequence[_Earlier]", minimum: int, *, by_name: bool = False
) -> EarlierPapers:
    """Return the sets of a paper beside those of earlier ones, by families."""
    return _Table(minimum).crossed(sets, papers, by_name=by_name)


@dataclass(slots=True)
class _Table:
    """Every different set of people once, of this paper and earlier ones, and what divides what."""

    minimum: int
    places: dict[tuple[int, bytes], int] = field(default_factory=dict)
    rows: list[npt.NDArray[np.bool_]] = field(default_factory=list)
    names: dict[int, list[str]] = field(default_factory=dict)
    ranges: dict[int, tuple[int, int]] = field(default_factory=dict)
    among: dict[int, int] = field(default_factory=dict)
    wholes: dict[int, None] = field(default_factory=dict)
    divisions: dict[tuple[object, ...], Division] = field(default_factory=dict)

    def crossed(self, sets: dict[str, ToldSet], papers: Sequence[_Earlier], *, by_name: bool = False) -> EarlierPapers:
        """Return the families of sets of this paper and of earlier ones."""
        universe = np.unique(np.concatenate([_everybody(sets), *(one.people for one in papers)]))
        places = self._add(universe, sets, now=True)
        for name, at in places.items():
            self.names.setdefault(at, []).append(name)
        for paper in papers:
            places = self._add(universe, paper.sets, now=False)
            for name, (low, high) in paper.ranges.items():
                least, most = self.ranges.get(places[name], (low, high))
                self.ranges[places[name]] = max(low, least), min(high, most)
        now = [at in self.names for at in range(len(self.rows))]
        divisions = tuple(self.divisions.values())
        far = FAR_APART * self.minimum
        crossing = Crossing(
            np.array(self.rows), now, tuple(self.wholes), divisions, far, by_name=by_name, few=self.minimum
        )
        found = list(crossing.families())
        near = crossing.near_pairs() if by_name else []
        found += crossing.small([*near, *(crossing.near_triples() if by_name else ())], found)
        families = tuple(map(self._family, found))
        told = {at for at, (low, high) in self.ranges.items() if low == high}
        few = {name for at, other in near if other in told and at not in told for name in self.names[at]}
        figures = tuple(
            EarlierFigure(name=_earlier(at), people=int(self.rows[at].sum()), low=low, high=high)
            for at, (low, high) in sorted(self.ranges.items())
        )
        return EarlierPapers(figures=figures, families=families, few=tuple(sorted(few)))

    def _add(self, universe: Keys, sets: dict[str, ToldSet], *, now: bool) -> dict[str, int]:
        places: dict[str, int] = {}
        for name, one in sorted(sets.items(), key=lambda named: named[1].whole is not None):
            places[name] = self._place(np.isin(universe, one.keys), places.get(one.whole or "", -1))
        self.wholes |= {places[name]: None for name, one in sets.items() if one.whole is None}
        self.among |= {places[name]: places[one.among] for name, one in sets.items() if one.among in places}
        parts: dict[tuple[str, str], list[str]] = {}
        for name, one in sets.items():
            if one.whole in places:
                parts.setdefault((str(one.whole), one.divides), []).append(name)
        for (whole, divides), names in parts.items():
            levels = [name for name in names if sets[name].among is None]
            had = [name for (other, _), own in parts.items() for name in own if sets[name].among == whole == other]
            division = Division(
                divides,
                places[whole],
                tuple(dict.fromkeys(places[name] for name in names)),
                tuple(dict.fromkeys(places[name] for name in levels or names)),
                now,
                not levels,
                tuple(dict.fromkeys(places[name] for name in had)) if len(levels) < len(names) else (),
            )
            self.divisions.setdefault((division.whole, division.parts, now), division)
        return places

    def _place(self, row: npt.NDArray[np.bool_], whole: int) -> int:
        """Return the place of a set; equal parts of other wholes are others, for nobody knows that they are equal."""
        at = self.places.setdefault((whole, np.packbits(row).tobytes()), len(self.rows))
        if at == len(self.rows):
            self.rows.append(row)
        return at

    def _family(self, family: Family) -> CrossedSets:
        order = {at: place for place, at in enumerate(family.sets)}
        sets = tuple(
            CrossedSet(
                names=(*self.names.get(at, ()), *((_earlier(at),) if at in self.ranges else ())),
                whole=at in self.wholes,
                among=order.get(self.among.get(at, -1)),
            )
            for at in family.sets
        )
        atoms = tuple(
            PeopleAtom(within=tuple(order[at] for at in within), people=count) for within, count in family.atoms.items()
        )
        return CrossedSets(sets=sets, atoms=atoms, small=family.small)


def _earlier(at: int) -> str:
    return f"earlier figure {at}"


def _everybody(sets: Mapping[str, ToldSet]) -> Keys:
    return np.unique(np.concatenate([*(one.keys for one in sets.values()), np.empty(0, dtype=np.uint64)]))


def _pack(values: npt.NDArray[Any]) -> str:
    return base64.b64encode(values.tobytes()).decode("ascii")


def _unpack(packed: str, kind: Any) -> npt.NDArray[Any]:
    return np.frombuffer(base64.b64decode(packed), dtype=kind)
