"""Say beside the answer what a reader must know before trusting it."""

from collections.abc import Sequence

from whatworks.evaluation.alike.balance_summary import counts
from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.question.area_wording import SWAPPED, as_by_area
from whatworks.evaluation.result import BalanceRow, Scores
from whatworks.evaluation.studied.provenance import Stamp
from whatworks.records.listing import listed

SHARE_OF = 100
"""Fewest people of whom a part is told."""


def warnings(
    analysis: Analysis, stamp: Stamp, balance: tuple[BalanceRow, ...], scores: Scores | None
) -> tuple[str, ...]:
    """Return the warnings, the gravest first. None of them holds a number of people."""
    unlike = _on_overlap(scores) or ([analysis.unlike] if analysis.unlike else [])
    found = [*_on_less_alike(analysis, balance), *unlike, *_on_protocol(stamp)]
    found += [*_on_balance(analysis, balance), *_on_loosened(analysis), *_on_areas(analysis)]
    found += _on_loss(analysis)
    found += _on_clock(analysis)
    found += _on_both_groups(analysis)
    return tuple(dict.fromkeys((*found, *analysis.sample.warnings, *analysis.units.warnings)))


LESS_ALIKE = (
    "Matching made the groups less alike than they were before it, taking what is known of them together: this is no "
    "better a comparison than all who might have been compared. Ask in a protocol locked anew for fewer exact factors "
    "(comparison.exact, comparison.loosen), a narrower caliper, another method or other people to compare with."
)


def _on_less_alike(analysis: Analysis, balance: tuple[BalanceRow, ...]) -> list[str]:
    """Say where the covariates' standardised differences grew by matching, and one is beyond the red band."""
    if analysis.sample.randomised or not analysis.protocol.scheme.causal:
        return []
    wanted = {analysis.units.label(name) for name in analysis.protocol.comparison.covariates}
    both = [
        (abs(row.smd_before), abs(row.smd_after), row.band)
        for row in balance
        if row.smd_before is not None and row.smd_after is not None and row.covariate in wanted
    ]
    worse = sum(after for _, after, _ in both) > sum(before for before, _, _ in both)
    return [LESS_ALIKE] if worse and any(band == "red" for *_, band in both) else []


def _on_loosened(analysis: Analysis) -> list[str]:
    """Say on which of the factors that are always exact a match need not be equal, and why."""
    return [
        f"People were compared with others whatever their {analysis.units.label(name).lower()}, as the protocol says: "
        f"{reason.rstrip('.')}."
        for name, reason in analysis.protocol.comparison.loosen.items()
    ]


def _on_overlap(scores: Scores | None) -> list[str]:
    return [scores.sentence] if scores is not None and scores.failed else []


def _on_protocol(stamp: Stamp) -> list[str]:
    found = []
    if stamp.status == "exploratory":
        found.append("The protocol was not locked before this evaluation, so its findings are exploratory.")
    if stamp.status == "locked after outcomes were seen":
        found.append("The protocol was locked after outcomes of this scheme had been seen.")
    if stamp.data_changed:
        found.append("The data are not those that were held when the protocol was locked.")
    return found


def _on_balance(analysis: Analysis, balance: tuple[BalanceRow, ...]) -> list[str]:
    if analysis.sample.randomised or not analysis.protocol.scheme.causal:
        return []
    red = [row.covariate for row in balance if row.band == "red"]
    return [still_differ(red)] if red else []


def still_differ(covariates: Sequence[str]) -> str:
    """Say in what the groups differ after matching.

    >>> still_differ(["Age", "Age"])[:57]
    'After matching the groups still differ in Age (red band).'
    """
    return (
        f"After matching the groups still differ in {listed(list(dict.fromkeys(covariates)))} (red band). Estimates by "
        "regression are adjusted for it, others are not; look also at how far chance alone would go."
    )


def _on_areas(analysis: Analysis) -> list[str]:
    return [] if analysis.areas is None else [as_by_area(analysis.areas).sentence, SWAPPED]


def _on_loss(analysis: Analysis) -> list[str]:
    if analysis.unlike or analysis.sample.randomised or not analysis.protocol.scheme.causal:
        return []
    treated = analysis.units.treated
    lost = float((treated & ~analysis.sample.matched.used).sum() / treated.sum())
    if lost <= analysis.protocol.comparison.loss_worth_reporting:
        return []
    return [
        "More of the treated than the protocol's set share found no comparison: an estimate for the whole cohort "
        "stands beside the answer."
    ]


def _on_clock(analysis: Analysis) -> list[str]:
    cohort = analysis.protocol.cohort
    if cohort.clock == "index_event" and cohort.joined_within_days:
        return [
            f"People count as treated if they joined within {cohort.joined_within_days} days of the index event: those "
            "who reoffended in these days could not join, which flatters the scheme."
        ]
    return []


def _on_both_groups(analysis: Analysis) -> list[str]:
    """Say where people stand in both groups, and where comparisons live among those in the scheme."""
    if analysis.sample.randomised or not analysis.protocol.scheme.causal:
        return []
    found = counts(analysis.units, analysis.sample)
    said = []
    if found.in_both_groups:
        said.append(
            f"{_share(found.in_both_groups, found.treated)} in the scheme stand in the comparison group too, at "
            "another time. What the scheme did for them may lie within their time as comparisons, which would make "
            "its effect look smaller."
        )
    if found.among_the_treated:
        said.append(
            f"{_share(found.among_the_treated, found.comparison)} in the comparison group live where people in the "
            "scheme live: what it changes there may reach them too (spillover), which would make its effect look "
            "smaller."
        )
    return said


def _share(part: int, whole: int) -> str:
    """Say a part in tenths, of a hundred or more, so that no number of people can be worked out from it.

    >>> _share(7, 300), _share(85, 200), _share(398, 400), _share(40, 80)
    ('Fewer than one in ten of those', 'About 4 in ten of those', 'Nearly all or all of those', 'Some of those')
    """
    tenths = round(10 * part / whole)
    if whole < SHARE_OF:
        return "Some of those"
    if tenths in (0, 10):
        return f"{'Fewer than one in ten' if tenths == 0 else 'Nearly all or all'} of those"
    return f"About {tenths} in ten of those"
