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

from whatworks.evaluation.analysis import Analysis
from whatworks.evaluation.figure_names import analysed, before, events, level, people, step, with_it, without
from whatworks.evaluation.result import EarlierFigure
from whatworks.evaluation.subgroup_atoms import counted_units, of_set
from whatworks.evaluation.subgroup_cut import SubgroupSplit
from whatworks.evaluation.units import Units
from whatworks.records.audit.chain import Book

Keys = npt.NDArray[np.uint64]
RELEASED = "figures released"
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
    protocol: str = ""

    def take(self, analysis: Analysis, splits: list[SubgroupSplit]) -> tuple[EarlierFigure, ...]:
        """Take the people behind each count, and return what earlier papers told of the same, fewer or more of them.

        The same protocol's paper of the same people is this one: it is not held against itself.
        """
        self.sets, self.protocol = sets_of(analysis, splits, self.book.key), analysis.protocol.sha256()
        found: list[EarlierFigure] = []
        for entry in self.book.entries(RELEASED):
            universe = _unpack(entry.payload["people"], ">u8").astype(np.uint64)
            figures: list[EarlierFigure] = []
            for figure in entry.payload["figures"]:
                mask = np.unpackbits(_unpack(figure["who"], np.uint8), count=len(universe)).astype(np.bool_)
                figures += self._beside(universe[mask], figure["low"], figure["high"])
            printed_again = entry.payload["protocol"] == self.protocol and all(one.lies == "same" for one in figures)
            found += [] if printed_again else figures
        return tuple(dict.fromkeys(found))

    def _beside(self, earlier: Keys, low: int, high: int) -> list[EarlierFigure]:
        """Return where this paper's people lie beside an earlier figure's: the same, else within or around them."""
        figures = []
        for name, now in self.sets.items():
            fewest, most = sorted((len(now), len(earlier)))
            shared = len(np.intersect1d(now, earlier, assume_unique=True)) if fewest else 0
            if shared and shared == fewest:
                lies: Literal["same", "within", "around"] = "same" if fewest == most else "within"
                if lies == "within" and len(now) > len(earlier):
                    lies = "around"
                figures.append(EarlierFigure(count=name, lies=lies, people=len(earlier), low=low, high=high))
        same = [figure for figure in figures if figure.lies == "same"]
        return same or figures

    def remember(self, ranges: Mapping[str, tuple[int, int]], at: str) -> None:
        """Add to the book what a paper tells of each set; once, however often the same paper is written."""
        told = {name: self.sets[name] for name in ranges if name in self.sets}
        universe = np.unique(np.concatenate([*told.values(), np.empty(0, dtype=np.uint64)]))
        figures = [
            {"low": low, "high": high, "who": _pack(np.packbits(np.isin(universe, told[name])))}
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


def sets_of(analysis: Analysis, splits: list[SubgroupSplit], key: bytes) -> dict[str, Keys]:
    """Return the people behind each count by its name, as sorted keyed hashes, where no two rows share one."""
    units, used = analysis.units, analysis.sample.matched.used
    hashes = _hashed(units, key)
    masks: dict[str, npt.NDArray[np.bool_]] = {}
    for group, ours in (("treated", units.treated), ("comparison", ~units.treated)):
        masks[before(group)], masks[analysed(group)] = ours, ours & used
        for spec in units.specs:
            if spec.design in ("difference_in_differences", "descriptive"):
                continue
            values = analysis.values(spec)
            known = ours & counted_units(analysis, values)
            masks[people(spec.name, group)] = known
            if spec.yes_no:
                had = events(spec.name, group)
                masks[had], masks[without(had)] = known & (values == 1), known & (values == 0)
        primary = units.specs[0]
        values = analysis.values(primary)
        known = ours & counted_units(analysis, values)
        for split in splits:
            levels = of_set(analysis, split.levels)
            for name in levels.drop_nulls().unique().sort():
                inside = known & (levels == name).fill_null(False).to_numpy()
                masks[level(group, split.name, name)] = inside
                if primary.yes_no:
                    had = with_it(level(group, split.name, name))
                    masks[had], masks[without(had)] = inside & (values == 1), inside & (values == 0)
    found = {name: np.unique(hashes[mask]) for name, mask in masks.items()}
    kept = {name: keys for name, keys in found.items() if len(keys) == masks[name].sum()}
    for at, names in units.step_people.items():
        kept[step("treated", at)] = np.unique(_hash(names.unique().cast(pl.String).to_list(), key))
    return kept


def _hashed(units: Units, key: bytes) -> Keys:
    return _hash(
        units.people["identity" if "identity" in units.people.columns else "linked_id"].cast(pl.String).to_list(), key
    )


def _hash(names: list[str], key: bytes) -> Keys:
    """Return a keyed hash of each person (HMAC-SHA-256, its first 64 bits)."""
    digests = b"".join(hmac.digest(key, name.encode(), hashlib.sha256)[:8] for name in names)
    return np.frombuffer(digests, dtype=">u8").astype(np.uint64)


def _pack(values: npt.NDArray[Any]) -> str:
    return base64.b64encode(values.tobytes()).decode("ascii")


def _unpack(packed: str, kind: Any) -> npt.NDArray[Any]:
    return np.frombuffer(base64.b64decode(packed), dtype=kind)
