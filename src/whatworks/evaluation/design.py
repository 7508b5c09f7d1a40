"""Look at a design before outcomes are read: who is left, how alike the groups are, and what the study could find.

No outcome column is opened, so a protocol that is locked afterwards was fixed before outcomes were seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from whatworks.evaluation.alike.balance_summary import balance_rows, counts, estimand, scores
from whatworks.evaluation.alike.comparable import not_comparable
from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.answer.matched_sample import match_sample
from whatworks.evaluation.doubts.caveats import warnings
from whatworks.evaluation.evaluate import areas_of, attrition_of, settings_of
from whatworks.evaluation.question.area_wording import as_by_area
from whatworks.evaluation.question.placebo_register import all_specs
from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.result import Matching, Result
from whatworks.evaluation.studied.flat.people import unseen_units
from whatworks.evaluation.studied.partnership_sample import check_names, unmeasured_units
from whatworks.evaluation.studied.provenance import Stamp, data_stamp, paper, protocol_stamp
from whatworks.evaluation.studied.rare_levels import pool_rare_levels
from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.evaluation.values.file import FlatFile
from whatworks.evaluation.whole import measure_settings
from whatworks.linkage import link
from whatworks.measures.prepare import prepare
from whatworks.records.engine import Store
from whatworks.records.partnership import PartnershipConfig
from whatworks.records.progress import Progress, silent
from whatworks.statistics.study_size import Plan, smallest_found

EXPECTED = (0.2, 0.4, 0.6)
"""Shares with the outcome that are assumed where nobody says what is expected without the scheme."""


@dataclass(frozen=True, slots=True)
class Detectable:
    """The smallest fall found four times in five, if `expected` of the people had the outcome without the scheme.

    Of an outcome that is not a share `expected` is None, and the fall is in standard deviations.
    """

    expected: float | None
    fall: float | None


@dataclass(frozen=True, slots=True)
class DesignLook:
    """A design as far as it can be seen without outcomes. `result` has none, and is restricted as any result is."""

    protocol: str
    result: Result
    detectable: tuple[Detectable, ...]


def look_at_flat(
    protocol: Protocol, file: FlatFile, *, minimum_count: int = 10, expected: Sequence[float] = EXPECTED
) -> DesignLook:
    """Return the design of a protocol on one file. The file need not hold the outcomes' columns; none is read."""
    return look(protocol, unseen_units(protocol, file), Stamp(minimum_count=minimum_count), expected)


def look_at_partnership(
    connection: Store,
    protocol: Protocol,
    config: PartnershipConfig,
    *,
    expected: Sequence[float] = EXPECTED,
    progress: Progress = silent,
) -> DesignLook:
    """Return the design of a protocol on a partnership's records; nothing after an index date is measured."""
    check_names(protocol)
    settings = measure_settings(protocol, config)
    link(connection, config.linkage)
    prepare(connection, settings, progress)
    units = unmeasured_units(connection, protocol, settings)
    return look(protocol, units, Stamp(minimum_count=config.settings.minimum_count), expected)


def look(protocol: Protocol, units: AnalysisSample, stamp: Stamp, expected: Sequence[float] = EXPECTED) -> DesignLook:
    """Return the design of a protocol on these people, whose outcomes are not asked for.

    Raises `Refused` where the design cannot be carried out, as the evaluation would.
    """
    units = pool_rare_levels(units, stamp.minimum_count)
    sample = match_sample(protocol, units, stamp.minimum_count)
    overlap, balance, size = scores(units, sample), balance_rows(protocol, units, sample), counts(units, sample)
    unlike = not_comparable(balance, overlap, size, randomised=sample.randomised)
    areas = areas_of(protocol, units)
    analysis = Analysis(protocol, units, sample, False, unlike, areas)
    result = Result(
        minimum_count=stamp.minimum_count,
        paper=paper(protocol, stamp),
        protocol=protocol_stamp(protocol, stamp),
        data=data_stamp(protocol, units),
        attrition=attrition_of(analysis),
        areas=None if areas is None else as_by_area(areas),
        n=size,
        estimand=estimand(protocol, units, sample),
        matching=Matching(
            method=protocol.comparison.method,
            settings={name: getattr(protocol.comparison, name) for name in settings_of(protocol.comparison)}
            if not sample.randomised
            else {},
        ),
        balance=balance,
        not_comparable=unlike,
        scores=overlap,
        outcomes=(),
        warnings=warnings(analysis, replace(stamp, status="locked"), balance, overlap),  # a look is no evaluation
    )
    ratio = size.effective_comparison / size.treated
    return DesignLook(protocol.folder, result, detectable(protocol, size.treated, ratio, expected))


def detectable(protocol: Protocol, treated: int, ratio: float, expected: Sequence[float]) -> tuple[Detectable, ...]:
    """Return the smallest falls of the primary outcome that so many people could show, person by person.

    `ratio` is what the comparisons are worth for each of the treated.
    """
    primary = all_specs(protocol)[0][0]
    if not primary.yes_no:
        return (Detectable(None, smallest_found(Plan(0.0, sd=1.0, ratio=ratio), treated)),)
    return tuple(Detectable(share, smallest_found(Plan(share, ratio=ratio), treated)) for share in expected)
