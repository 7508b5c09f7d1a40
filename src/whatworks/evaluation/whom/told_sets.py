"""Of whom each count of an evaluation is: sets of people as keyed hashes, and what they divide."""

import hashlib
import hmac
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.answer.data_lab import everybody_specs
from whatworks.evaluation.question.covariate_names import SubgroupSplit
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.question.placebo_register import placebo_specs
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
from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.evaluation.whom.subgroup_atoms import counted_units, of_set
from whatworks.records.audit.people_set import Keys
from whatworks.records.audit.telling import ToldSet
from whatworks.statistics.pairs.balance import compared_columns

Flags = npt.NDArray[np.bool_]


def told_sets(analysis: Analysis, splits: list[SubgroupSplit], key: bytes) -> dict[str, ToldSet]:
    """Return the people behind each count by its name, where there are some, and no two rows of one."""
    units = analysis.units
    hashes = _hashed(units, key)
    found: dict[str, ToldSet] = {}
    for name, mask, whole, divides, among in (*_groups(analysis, splits), *_shares(analysis)):
        keys = np.unique(hashes[mask])
        if 0 < len(keys) == mask.sum() and (whole is None or whole in found):
            found.setdefault(name, ToldSet(keys, whole, divides, among))
    for at, names in units.step_people.items():
        found[step("treated", at)] = ToldSet(np.unique(_hash(names.unique().cast(pl.String).to_list(), key)))
    return found


Named = tuple[str, Flags, str | None, str, str | None]
"""A count's name, whose it is, the whole that they divide, by what, and of whom they had the outcome or had not."""


def _groups(analysis: Analysis, splits: list[SubgroupSplit]) -> Iterator[Named]:
    units, used = analysis.units, analysis.sample.matched.used
    for group, ours in (("treated", units.treated), ("comparison", ~units.treated)):
        yield before(group), ours, None, "", None
        yield analysed(group), ours & used, None, "", None
        for spec, values, counted in _outcomes(analysis):
            whole, mask = people(spec.name, group), ours & counted
            yield whole, mask, None, "", None
            if spec.yes_no:
                yield from _divided(events(spec.name, group), mask, values, (whole, spec.name, whole))
        primary = units.specs[0]
        values = analysis.values(primary)
        whole, known = people(primary.name, group), ours & counted_units(analysis, values)
        for split in splits:
            levels = of_set(analysis, split.levels)
            for name in levels.drop_nulls().unique().sort():
                label, mask = level(group, split.name, name), known & (levels == name).fill_null(False).to_numpy()
                yield label, mask, whole, split.name, None
                if primary.yes_no:
                    yield from _divided(with_it(label), mask, values, (whole, split.name, label))


def _divided(had: str, mask: Flags, values: npt.NDArray[np.float64], whose: tuple[str, str, str]) -> Iterator[Named]:
    """Yield who had an outcome and who had not, unless it is the same for all: then a paper tells neither."""
    whole, divides, among = whose
    with_it, others = mask & (values == 1), mask & (values == 0)
    if with_it.any() and others.any():
        yield had, with_it, whole, divides, among
        yield without(had), others, whole, divides, among


def _outcomes(analysis: Analysis) -> Iterator[tuple[OutcomeSpec, npt.NDArray[np.float64], Flags]]:
    """Yield outcomes, placebos and the Data Lab's rows that count people, with the values and who is behind them."""
    columns = set(analysis.units.outcomes.columns)
    for spec in (*analysis.units.specs, *placebo_specs(analysis.protocol), *everybody_specs(analysis)):
        if spec.design not in ("difference_in_differences", "descriptive") and set(spec.columns) <= columns:
            values = analysis.values(spec)
            yield spec, values, counted_units(analysis, values)


def _shares(analysis: Analysis) -> Iterator[Named]:
    """Yield whom each share of the balance table is of, where everybody's value is known."""
    units, used, asked = analysis.units, analysis.sample.matched.used, analysis.protocol.comparison
    columns = {
        "treated": (analysed("treated"), units.treated & used),
        "comparison_before": (before("comparison"), ~units.treated),
        "comparison_after": (analysed("comparison"), ~units.treated & used),
    }
    for name in dict.fromkeys((*asked.covariates, *asked.exact)):
        for part, values, known in compared_columns(units.covariates[name]):
            if known is None and bool(((values == 0) | (values == 1)).all()):
                for column, (whole, group) in columns.items():
                    yield share(column, units.label(name), part), group & (values == 1), whole, name, None


def _hashed(units: AnalysisSample, key: bytes) -> Keys:
    return _hash(
        units.people["identity" if "identity" in units.people.columns else "linked_id"].cast(pl.String).to_list(), key
    )


def _hash(names: list[str], key: bytes) -> Keys:
    """Return a keyed hash of each person (HMAC-SHA-256, its first 64 bits)."""
    digests = b"".join(hmac.digest(key, name.encode(), hashlib.sha256)[:8] for name in names)
    return np.frombuffer(digests, dtype=">u8").astype(np.uint64)
