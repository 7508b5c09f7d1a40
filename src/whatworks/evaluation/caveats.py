"""Say beside the answer what a reader must know before trusting it."""

from whatworks.evaluation.analysis import Analysis
from whatworks.evaluation.area_cluster import ASSUMPTION, FEW_AREAS
from whatworks.evaluation.provenance import Stamp
from whatworks.evaluation.result import BalanceRow, Scores


def warnings(
    analysis: Analysis, stamp: Stamp, balance: tuple[BalanceRow, ...], scores: Scores | None
) -> tuple[str, ...]:
    """Return the warnings, the gravest first. None of them holds a number of people."""
    found = [*_on_overlap(scores), *_on_protocol(stamp), *_on_balance(analysis, balance), *_on_areas(analysis)]
    found += _on_loss(analysis)
    found += _on_clock(analysis)
    found += _on_both_groups(analysis)
    return tuple(dict.fromkeys((*found, *analysis.sample.warnings, *analysis.units.warnings)))


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
    red = list(dict.fromkeys(row.covariate for row in balance if row.band == "red"))
    if not red:
        return []
    return [
        f"After matching the groups still differ in {', '.join(red)} (red band); the estimate is adjusted for it, but "
        "look at how far chance alone would go."
    ]


def _on_areas(analysis: Analysis) -> list[str]:
    if not analysis.units.by_area or not analysis.protocol.scheme.causal:
        return []
    treated = analysis.units.people["area"].filter(analysis.units.people["treated"]).drop_nulls().n_unique()
    found = [f"The scheme was given by area. {ASSUMPTION}"]
    if treated < FEW_AREAS:
        found.append(
            f"The scheme worked in {treated} areas, fewer than ten: differences between areas can pass for an effect, "
            "and the interval for people is then too short."
        )
    return found


def _on_loss(analysis: Analysis) -> list[str]:
    if analysis.sample.randomised or not analysis.protocol.scheme.causal:
        return []
    treated = analysis.units.treated
    lost = 1 - float((analysis.sample.matched.used & treated).sum() / treated.sum())
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
    """Say where somebody stands in both groups, and where comparisons live among those in the scheme."""
    if analysis.sample.randomised or not analysis.protocol.scheme.causal:
        return []
    people, treated = analysis.units.people, analysis.units.treated
    used = analysis.sample.matched.used
    ours, theirs = people.filter(used & treated), people.filter(used & ~treated)
    found = []
    if ours["person"].is_in(theirs["person"].to_list()).any():
        found.append(
            "Somebody stands in both groups, at different times. What the scheme did for them may lie within their "
            "time as a comparison, which would make its effect look smaller."
        )
    areas = ours["area"].drop_nulls()
    if not analysis.units.by_area and len(areas) and theirs["area"].drop_nulls().is_in(areas.to_list()).any():
        found.append(
            "Some comparisons live where people in the scheme live: what it changes there may reach them too "
            "(spillover), which would make its effect look smaller."
        )
    return found
