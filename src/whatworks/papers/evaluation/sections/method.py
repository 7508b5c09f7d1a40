"""How it was done: whom the effect is about, how comparisons were found, and how each figure was estimated."""

from typing import Any

from whatworks.evaluation import result as inside
from whatworks.evaluation.matching.methods.declared import METHODS
from whatworks.papers.disclosure.nested import Count
from whatworks.papers.disclosure.other_samples import rounding
from whatworks.papers.disclosure.published import Disclosure, Published
from whatworks.papers.disclosure.rounding import Safe, half_away, rounded
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import Column, Listing, Proposal, ResultSection
from whatworks.papers.evaluation.sections.outcomes import Outcome
from whatworks.papers.paper import Block, Facts, Section
from whatworks.papers.words import text
from whatworks.records.listing import listed

NOBODY_MATCHED = (
    "Nobody was matched: people were put into the groups by chance, and the groups are compared as they are."
)
NOTHING = "Nothing: the figures describe both groups side by side."


class People(Published, of=inside.Counts):
    """People analysed, those who could have been comparisons, and what the weighted comparisons are worth."""

    effective_comparison: Count


def published_people(proposal: Proposal) -> People:
    """Return the numbers of people; what the comparisons are worth goes where any of them does."""
    n, (treated, comparison) = proposal.result.n, proposal.people
    counts: dict[str, Count] = {
        "treated": treated.publish(n.treated),
        "comparison": comparison.publish(n.comparison),
        "comparison_pool": comparison.publish(n.comparison_pool),
    }
    worth: Count = "c" if "c" in counts.values() else int(half_away(n.effective_comparison, 0))
    return People.of(n, Disclosure(proposal.minimum), **counts, effective_comparison=worth)


class Matching(Published, of=inside.Matching):
    """How comparisons were found; the range over ways of breaking ties is in the primary outcome's unit."""

    ties_low: Safe
    ties_high: Safe
    ties_plain_low: Safe
    ties_plain_high: Safe
    ties_ways: int | None


def published_matching(proposal: Proposal) -> Matching:
    """Return how comparisons were found, with the range over ties in the primary outcome's unit, rounded as it is."""
    result, own = proposal.result, proposal.primary()
    ties = result.matching.tie_sensitivity if result.protocol.causal and not (own and own.withheld) else None
    coarse = own is not None and "c" in (own.treated.n, own.comparison.n if own.comparison else None)
    scale = rounding(own.kind if own else "score", coarse=coarse)

    def end(name: str) -> Safe:
        return rounded(getattr(ties, name, None), False, scale.end_places, scale.factor)

    ends = {f"ties_{name}": end(name) for name in ("low", "high", "plain_low", "plain_high")}
    how = Disclosure(proposal.minimum)
    return Matching.of(result.matching, how, **ends, ties_ways=ties.ways if ties else None)


class TrialRow(Published, of=inside.TrialRow):
    """One component of the trial that one would have run, and what was done instead."""


PEOPLE = ResultSection(name="n", published=People, whole=published_people, single=True, audited=True)
MATCHING = ResultSection(name="matching", published=Matching, whole=published_matching, single=True, audited=True)
TARGET_TRIAL = ResultSection(
    name="target_trial",
    rows=lambda result: result.target_trial,
    published=TrialRow,
    title="The trial that one would have run, and what was done instead",
    sheet_title="The trial that one would have run",
    columns=lambda _: (
        Column("Part", "component", 1.6, numeric=False),
        Column("The trial", "ideal", 3.2, numeric=False),
        Column("What was done", "done", 4.2, numeric=False),
    ),
)


def estimator_lines(release: PublishedResult) -> list[Any]:
    """Return the outcomes, then the placebos."""
    return [*release.outcomes, *release.placebos]


def estimator_note(release: PublishedResult) -> tuple[str, ...]:
    """Return that each outcome has one estimator, where outcomes are compared."""
    compared = release.protocol.causal and release.outcomes
    return ("Verdict, interval and p of an outcome come from the one estimator named.",) if compared else ()


ESTIMATORS = Listing(
    name="estimators",
    lines=estimator_lines,
    title=lambda release: "How each outcome was estimated" if release.protocol.causal else "How each figure was made",
    columns=lambda _: (
        Column("Outcome", "label", 2.0, numeric=False),
        Column(
            "Window", "", 1.8, lambda row: row.window if isinstance(row, Outcome) else row.window or "–", numeric=False
        ),
        Column("Unit", "unit", 1.6, numeric=False),
        Column("Design", "", 1.6, design_of, numeric=False),
        Column("Estimator", "", 2.6, estimator_of, numeric=False),
        Column("Standard error", "se_kind", 1.6, numeric=False),
    ),
    notes=estimator_note,
)


def design_of(row: Any) -> str:
    """Return an outcome's design; a placebo's is to be one."""
    return row.design.replace("_", "-") if isinstance(row, Outcome) else "placebo"


def estimator_of(row: Any) -> str:
    """Return how a figure was estimated."""
    return str(row.effect.name if isinstance(row, Outcome) else row.estimator)


def words_of(method: str) -> str:
    """Return how comparisons were found, in words for a board."""
    return METHODS[method].board if method in METHODS else NOBODY_MATCHED


def estimated(release: PublishedResult) -> str:
    """Return whom the effect is about, by name where the sentence does not give it."""
    name, sentence = release.estimand.name, release.estimand.sentence
    return sentence if name in sentence else f"{name}. {sentence}"


def method(release: PublishedResult) -> Section:
    """Return the section on the method."""
    settings = "; ".join(f"{name} = {setting(found)}" for name, found in sorted(release.matching.settings.items()))
    people, causal = release.n, release.protocol.causal
    pairs = [
        ("Estimated", estimated(release) if causal else NOTHING),
        ("Matching", words_of(release.matching.method)),
        ("Settings", f"{settings}." if settings else ""),
        ("Score", release.overlap.model if release.overlap else ""),
        (
            "People",
            f"Scheme group {text(people.treated)}; comparison group {text(people.comparison)}, worth "
            f"{text(people.effective_comparison)} after weighting, from a "
            f"pool of {text(people.comparison_pool)}.",
        ),
        ("Severity weights", release.data.severity_edition or ""),
        ("Rounding", "Round half away from zero, in decimal; differences are taken before rounding."),
    ]
    blocks: list[Block] = [
        Facts(tuple((name, message) for name, message in pairs if message)),
        ESTIMATORS.table(release),
    ]
    blocks += TARGET_TRIAL.blocks(release)
    return Section("method", "Method", tuple(blocks))


def setting(value: object) -> str:
    """Return a setting as the protocol writes it.

    >>> setting(True), setting(["sex", "age"]), setting(None), setting(0.2)
    ('yes', 'sex and age', 'none', '0.2')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return listed([str(part) for part in value]) or "none"
    return "none" if value is None else str(value)
