"""Answer the protocol's question again under other believable links, so that their doubt stands in the answer."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from pydantic import TypeAdapter

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.answer.custody_guard import GUARDED, guard_estimates
from whatworks.evaluation.answer.data_lab import lab_estimate, lab_name, lab_specs
from whatworks.evaluation.answer.did_outcomes import did_estimate
from whatworks.evaluation.answer.matched_sample import match_sample
from whatworks.evaluation.answer.redrawn import Estimates, GroupErrors, Redrawn, over_draws
from whatworks.evaluation.evaluate import areas_of
from whatworks.evaluation.links.relinked import relinked_units, scheme_records
from whatworks.evaluation.question.lock import Lock
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.studied.rare_levels import pool_rare_levels
from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.linkage.checking.groups import person_groups, read_groups
from whatworks.linkage.checking.stored_calibration import stored_calibration
from whatworks.linkage.clusters.components import Labels
from whatworks.linkage.doubt.believable import (
    THRESHOLDS,
    BelievableLinks,
    believable_links,
    links_then,
    moved,
)
from whatworks.linkage.doubt.stamp import LinkStamp
from whatworks.measures.settings import MeasureSettings
from whatworks.records.engine import Engine, Store
from whatworks.records.progress import Progress, silent
from whatworks.records.refusal import Refused
from whatworks.records.tables.agency_tables import MEASURED_TABLES
from whatworks.statistics.arrays import Floats
from whatworks.statistics.groups.estimate import Estimate
from whatworks.version import __version__


def redraw(
    connection: Store,
    protocol: Protocol,
    settings: MeasureSettings,
    units: AnalysisSample,
    *,
    threshold: float,
    minimum: int,
    lock: Lock | None = None,
    progress: Progress = silent,
) -> Redrawn | None:
    """Return the answers under the protocol's number of draws; None where no model joined the records.

    `units` are the people under the joining in force, `threshold` is what it joins from, `minimum` the count under
    which rare levels are pooled, `lock` what was fixed beforehand. In each draw people are joined, measured, matched
    and compared anew; and once more by the links of the lock, where they have changed. What was found for the same
    records, joinings, protocol and settings before is taken from the store.
    """
    draws = protocol.linkage.draws
    links = believable_links(connection, threshold, draws) if draws and protocol.scheme.causal else None
    if links is None:
        return None
    scheme = scheme_records(connection, links, protocol.scheme.id)
    calibration = stored_calibration(connection, links.records, scheme, model_id=links.stamp.model_sha256)
    labels = list(links.draws(protocol.seed, scheme, calibration))
    others = [at for at in THRESHOLDS if at != threshold]
    joinings = [*labels, *(links.at(at) for at in others)]
    then = None if lock is None or lock.links is None else LinkStamp.of(lock.links)
    changed = lock is not None and (then is None or not then.same_as(links.stamp))
    locked = _joinings_then(connection, links, then, protocol.seed, scheme) if changed else []
    joinings += locked
    key = draws_key(connection, protocol, settings, minimum, joinings)
    found = kept_draws(connection, key)
    if found is None:
        found = []
        for done, people in enumerate(relinked_units(connection, protocol, settings, links, joinings)):
            progress("join the records otherwise", done, len(joinings))
            found.append(estimates(protocol, people, minimum))
        keep_draws(connection, key, found)
    progress("join the records otherwise", len(joinings), len(joinings))
    doubts = _doubts(connection, links, labels, units, settings)
    return Redrawn(
        draws=tuple(found[: len(labels)]),
        thresholds=tuple(zip(others, found[len(labels) :], strict=False)),
        treated=_group(doubts, units.treated, units.not_known[0]),
        comparison=_group(doubts, ~units.treated, units.not_known[1]),
        stamp=links.stamp,
        judged=calibration.judged,
        seed=protocol.seed,
        others=_others(units),
        changed=changed,
        people=doubts.people,
        locked=_over_draws(found[-len(locked) :]) if locked else None,
    )


def _joinings_then(
    connection: Engine,
    links: BelievableLinks,
    then: LinkStamp | None,
    seed: int,
    scheme: NDArray[np.bool_],
) -> list[Labels]:
    """Return the joining by what a lock kept, and its draws after it; nothing where it cannot be made any more."""
    locked = links_then(connection, links, then)
    if locked is None:
        return []
    calibration = stored_calibration(
        connection, links.records, scheme, model_id=locked.stamp.model_sha256, last=locked.stamp.last_judgement
    )
    return [locked.joined, *locked.draws(seed, scheme, calibration)]


def _over_draws(found: Sequence[Estimates]) -> Estimates:
    """Return estimates that allow for the draws, which stand after them."""
    joined, draws = found[0], found[1:]
    return {name: over_draws(each, [draw[name] for draw in draws if name in draw]) for name, each in joined.items()}


def estimates(protocol: Protocol, units: AnalysisSample, minimum: int) -> Estimates:
    """Return what may be estimated of these people by the protocol's own choices; nothing where they are too few.

    Beside the outcomes there are the guard on custody, by its columns, and the Data Lab's form, by `lab_name`.
    """
    try:
        units = pool_rare_levels(units, minimum)
        analysis = Analysis(protocol, units, match_sample(protocol, units), False, areas=areas_of(protocol, units))
    except Refused:
        return {}
    found: dict[str, Estimate] = {}
    for spec in _redrawn_specs(units):
        with suppress(Refused):
            if spec.design == "difference_in_differences":
                found[spec.name] = did_estimate(analysis, spec)
            elif _differs(analysis, analysis.values(spec)):
                found[spec.name] = analysis.effect(analysis.values(spec), yes_no=spec.yes_no)
    for months in sorted({spec.months for spec in units.specs if spec.measure == GUARDED and spec.months}):
        with suppress(Refused):
            found |= guard_estimates(analysis, months)
    for spec in lab_specs(analysis):
        with suppress(Refused):
            lab = lab_estimate(analysis, spec)
            found |= {} if lab is None else {lab_name(spec): lab}
    return found


def _differs(analysis: Analysis, values: Floats) -> bool:
    """Tell whether an outcome is known, and not the same, of those who are analysed."""
    taken = values[analysis.sample.matched.used & ~np.isnan(values)]
    return bool(len(taken)) and bool(taken.min() < taken.max())


def _redrawn_specs(units: AnalysisSample) -> list[OutcomeSpec]:
    """Return the outcomes of which something is estimated."""
    return [spec for spec in units.specs if spec.design != "descriptive"]


def _others(units: AnalysisSample) -> dict[str, float]:
    """Return of each outcome the mean of those who could have been comparisons."""
    pool = pl.Series(~units.treated)
    known = [spec for spec in _redrawn_specs(units) if spec.values in units.outcomes.columns]
    means = {spec.name: units.outcomes[spec.values].filter(pool).mean() for spec in known}
    return {name: float(mean) for name, mean in means.items() if isinstance(mean, int | float)}


@dataclass(frozen=True, slots=True)
class _Doubts:
    """Of each draw (rows) and person (columns): whether it parts their records, and adds others' to them."""

    parted: NDArray[np.bool_]
    added: NDArray[np.bool_]
    people: pl.DataFrame


def _doubts(
    connection: Engine,
    links: BelievableLinks,
    labels: Sequence[Labels],
    units: AnalysisSample,
    settings: MeasureSettings,
) -> _Doubts:
    """Return what each draw does to the people to be analysed, and the groups by which links are judged."""
    lowest = dict(zip(links.linked_id.tolist(), links.joined.tolist(), strict=True))
    people = np.array([lowest[linked_id] for linked_id in units.people["linked_id"].to_list()], dtype=np.int64)
    became = [moved(links.joined, label) for label in labels]
    parted, added = (
        np.array([each.parted[people] for each in became]),
        np.array([each.added[people] for each in became]),
    )
    groups = person_groups(links.records, read_groups(connection), links.joined, settings.preferences)
    doubts = pl.DataFrame({"person": people, "false": parted.mean(axis=0), "missed": added.mean(axis=0)})
    known = groups.with_columns(pl.col("person").cast(pl.Int64))
    return _Doubts(parted, added, doubts.join(known, on="person", how="left", maintain_order="left").drop("person"))


def _group(doubts: _Doubts, whom: NDArray[np.bool_], not_known: int) -> GroupErrors:
    parted, added = (tuple(each[:, whom].mean(axis=1).tolist()) for each in (doubts.parted, doubts.added))
    return GroupErrors(parted, added, not_known / (not_known + int(whom.sum())))


KEPT = 8
"""Questions whose draws a store keeps, the latest asked."""
_READ = TypeAdapter(list[dict[str, Estimate]])


def draws_key(
    connection: Engine, protocol: Protocol, settings: MeasureSettings, minimum: int, joinings: Iterable[Labels]
) -> str:
    """Return a hash of all that the draws of an evaluation rest on.

    That is the records, the joinings (of which model, decisions, threshold, number and seed of the draws, and what
    judges said make each what it is), the protocol, the settings of measures and this version of the software.
    """
    digest = hashlib.sha256()
    for part in (__version__, protocol.sha256(), repr(settings), str(minimum), *_contents(connection)):
        digest.update(f"{part}\n".encode())
    for labels in joinings:
        digest.update(np.ascontiguousarray(labels, dtype="<i4").tobytes())
    return digest.hexdigest()


def _contents(connection: Engine) -> Iterable[str]:
    """Yield a hash of each table of records, in whatever order its rows stand."""
    for table in sorted({*MEASURED_TABLES, "identity"}):
        [row] = connection.rows(f"SELECT COUNT(*), SUM(CAST(hash(t) AS HUGEINT)) FROM {table} AS t")
        yield f"{table} {row}"


def kept_draws(connection: Engine, key: str) -> list[Estimates] | None:
    """Return the estimates that were kept by a key, one for each joining; None where none were."""
    rows = connection.rows("SELECT estimates FROM link_drawn WHERE draws_key = ?", [key])
    return list(_READ.validate_python(json.loads(rows[0][0]))) if rows else None


def keep_draws(connection: Store, key: str, estimates: Sequence[Estimates]) -> None:
    """Keep estimates by a key; of what was kept before, the latest stay.

    >>> from whatworks.records.store import scratch
    >>> from whatworks.records.tables.ddl import create_tables
    >>> con = scratch()
    >>> create_tables(con)
    >>> for number in range(10):
    ...     keep_draws(con, f"key {number}", [{}])
    >>> con.rows("SELECT COUNT(*) FROM link_drawn"), kept_draws(con, "key 1"), kept_draws(con, "key 9")
    ([(8,)], None, [{}])
    """
    text = json.dumps([{name: asdict(each) for name, each in found.items()} for found in estimates])
    connection.change(
        "INSERT INTO link_drawn (number, draws_key, estimates) "
        "SELECT COALESCE(MAX(number), 0) + 1, ?, ? FROM link_drawn",
        [key, text],
    )
    connection.change("DELETE FROM link_drawn WHERE number <= (SELECT MAX(number) FROM link_drawn) - ?", [KEPT])
