"""Remember of whom a paper's figures were, and find the figures of earlier papers about some of the same people."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.question.subgroup_cut import SubgroupSplit
from whatworks.evaluation.result import EarlierFigure
from whatworks.evaluation.result.figure_names import (
    analysed,
    before,
    events,
    level,
    people,
    share,
    step,
    with_it,
    without,
)
from whatworks.evaluation.studied.units import Units
from whatworks.evaluation.whom.subgroup_atoms import counted_units, of_set
from whatworks.records.audit.chain import Book
from whatworks.statistics.pairs.balance import compared_columns

Keys = npt.NDArray[np.uint64]
RELEASED = "figures released"
FAR_APART = 3
A_FEW = 16
"""So many people show, nearly always, that others are not all among them."""
BESIDE_EARLIER = (
    "Earlier papers were about some of the same people: figures are withheld where both together would tell of few."
)
"""Worded the same whatever the earlier papers told."""


@dataclass(slots=True)
class PeopleTold:
    """The sets of people behind an evaluation's counts, as keyed hashes, beside those that a book remembers.

    The evaluation fills in the sets; what its paper then tells of them is remembered by `remember`.
    """

    book: Book
    sets: dict[str, Keys] = field(default_factory=dict)
    among: dict[str, str] = field(default_factory=dict)
    protocol: str = ""

    def take(self, analysis: Analysis, splits: list[SubgroupSplit], minimum: int) -> tuple[EarlierFigure, ...]:
        """Take the people behind each count, and return what earlier papers told of the same, fewer or more of them.

        Between sets that differ by far more than the minimum no handful lies: they are not held against each other.
        The same protocol's paper of the same people is this one: it is not held against itself.
        """
        self.sets, self.among = sets_of(analysis, splits, self.book.key)
        self.protocol = analysis.protocol.sha256()
        found: list[EarlierFigure] = []
        for entry in self.book.entries(RELEASED):
            universe = _unpack(entry.payload["people"], ">u8").astype(np.uint64)
            figures: list[EarlierFigure] = []
            for figure in entry.payload["figures"]:
                whole = _members(universe, figure["among"]) if figure.get("among") else None
                figures += self._beside(_members(universe, figure["who"]), whole, figure["low"], figure["high"])
            printed_again = entry.payload["protocol"] == self.protocol and all(one.lies == "same" for one in figures)
            near = [one for one in figures if one.lies == "same" or self._apart(one) < FAR_APART * minimum]
            found += [] if printed_again else near
        return tuple(dict.fromkeys(found))

    def _beside(self, earlier: Keys, whole: Keys | None, low: int, high: int) -> list[EarlierFigure]:
        """Return where this paper's people lie beside an earlier figure's: the same, else within or around them.

        Those with an outcome may be the same among fewer people or more: then they lie as the people do, so that
        nobody, or everybody, of those between had the outcome.
        """
        figures, same = [], []
        for name, now in self.sets.items():
            lies = _lies(now, earlier)
            if lies is None:
                continue
            figure = EarlierFigure(count=name, lies=lies, people=len(earlier), low=low, high=high)
            figures.append(figure)
            if lies == "same":
                ours = self.sets.get(self.among.get(name, ""))
                apart = None if whole is None or ours is None else _lies(ours, whole)
                same.append(figure.model_copy(update={"lies": apart or lies}))
        return same or figures

    def _apart(self, figure: EarlierFigure) -> int:
        return abs(figure.people - len(self.sets[figure.count]))

    def remember(self, ranges: Mapping[str, tuple[int, int]], at: str) -> None:
        """Add to the book what a paper tells of each set; once, however often the same paper is written."""
        told = {name: self.sets[name] for name in ranges if name in self.sets}
        wholes = {name: self.sets[self.among[name]] for name in told if self.among.get(name) in self.sets}
        universe = np.unique(np.concatenate([*told.values(), *wholes.values(), np.empty(0, dtype=np.uint64)]))
        figures = [
            {"low": low, "high": high, "who": _places(universe, told[name])}
            | ({"among": _places(universe, wholes[name])} if name in wholes else {})
            for name, (low, high) in sorted(ranges.items())
            if name in told
        ]
        payload: dict[str, Any] = {
            "protocol": self.protocol,
            "people": _pack(universe.astype(">u8")),
            "figures": figures,
        }
        if figures and all(entry.payload != payload for entry in self.book.entries(RELEASED)):
            self.book.append(RELEASED, at, payload)


def sets_of(analysis: Analysis, splits: list[SubgroupSplit], key: bytes) -> tuple[dict[str, Keys], dict[str, str]]:
    """Return the people behind each count by its name, as sorted keyed hashes, where no two rows share one.

    Beside them stands, for those who did or did not have an outcome, the name of the people they are among.
    """
    units, used = analysis.units, analysis.sample.matched.used
    hashes = _hashed(units, key)
    masks: dict[str, npt.NDArray[np.bool_]] = {}
    among: dict[str, str] = {}

    def divide(whole: str, had: str, values: npt.NDArray[np.float64]) -> None:
        masks[had], masks[without(had)] = masks[whole] & (values == 1), masks[whole] & (values == 0)
        among[had] = among[without(had)] = whole

    for group, ours in (("treated", units.treated), ("comparison", ~units.treated)):
        masks[before(group)], masks[analysed(group)] = ours, ours & used
        for spec in units.specs:
            if spec.design in ("difference_in_differences", "descriptive"):
                continue
            values = analysis.values(spec)
            masks[people(spec.name, group)] = ours & counted_units(analysis, values)
            if spec.yes_no:
                divide(people(spec.name, group), events(spec.name, group), values)
        primary = units.specs[0]
        values = analysis.values(primary)
        known = ours & counted_units(analysis, values)
        for split in splits:
            levels = of_set(analysis, split.levels)
            for name in levels.drop_nulls().unique().sort():
                inside = known & (levels == name).fill_null(False).to_numpy()
                masks[level(group, split.name, name)] = inside
                if primary.yes_no:
                    divide(level(group, split.name, name), with_it(level(group, split.name, name)), values)
    masks |= _shares(analysis)
    found = {name: np.unique(hashes[mask]) for name, mask in masks.items()}
    kept = {name: keys for name, keys in found.items() if len(keys) == masks[name].sum()}
    for at, names in units.step_people.items():
        kept[step("treated", at)] = np.unique(_hash(names.unique().cast(pl.String).to_list(), key))
    return kept, among


def _shares(analysis: Analysis) -> dict[str, npt.NDArray[np.bool_]]:
    """Return whom each share of the balance table is of, where everybody's value is known."""
    units, used, asked = analysis.units, analysis.sample.matched.used, analysis.protocol.comparison
    columns = {
        "treated": units.treated & used,
        "comparison_before": ~units.treated,
        "comparison_after": ~units.treated & used,
    }
    return {
        share(column, units.label(name), level): group & (values == 1)
        for name in dict.fromkeys((*asked.covariates, *asked.exact))
        for level, values, known in compared_columns(units.covariates[name])
        if known is None and bool(((values == 0) | (values == 1)).all())
        for column, group in columns.items()
    }


def _lies(now: Keys, earlier: Keys) -> Literal["same", "within", "around"] | None:
    """Say where people lie beside earlier ones; None where there are none, or where either have some of their own."""
    fewer, more = sorted((now, earlier), key=len)
    if not len(fewer) or not (_all_in(fewer[:A_FEW], more) and _all_in(fewer, more)):
        return None
    if len(now) == len(earlier):
        return "same"
    return "within" if now is fewer else "around"


def _all_in(fewer: Keys, more: Keys) -> bool:
    places = np.minimum(np.searchsorted(more, fewer), len(more) - 1)
    return bool((more[places] == fewer).all())


def _hashed(units: Units, key: bytes) -> Keys:
    return _hash(
        units.people["identity" if "identity" in units.people.columns else "linked_id"].cast(pl.String).to_list(), key
    )


def _hash(names: list[str], key: bytes) -> Keys:
    """Return a keyed hash of each person (HMAC-SHA-256, its first 64 bits)."""
    digests = b"".join(hmac.digest(key, name.encode(), hashlib.sha256)[:8] for name in names)
    return np.frombuffer(digests, dtype=">u8").astype(np.uint64)


def _places(universe: Keys, members: Keys) -> str:
    return _pack(np.packbits(np.isin(universe, members)))


def _members(universe: Keys, places: str) -> Keys:
    return universe[np.unpackbits(_unpack(places, np.uint8), count=len(universe)).astype(np.bool_)]


def _pack(values: npt.NDArray[Any]) -> str:
    return base64.b64encode(values.tobytes()).decode("ascii")


def _unpack(packed: str, kind: Any) -> npt.NDArray[Any]:
    return np.frombuffer(base64.b64decode(packed), dtype=kind)
