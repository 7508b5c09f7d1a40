"""Drilling further down, honestly: for whom the scheme might serve better, asked of people who took no part."""

from collections.abc import Callable
from typing import Annotated

from pydantic import Field

from whatworks.evaluation import result as inside
from whatworks.papers.disclosure.other_samples import rounding
from whatworks.papers.disclosure.published import Before, Disclosure, Published
from whatworks.papers.disclosure.rounding import Rounded, half_away
from whatworks.papers.evaluation.columns import Line
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import Column, Proposal, ResultSection
from whatworks.papers.evaluation.sections.verdicts import estimate, primary_unit
from whatworks.papers.forms.sheet import PER_CENT
from whatworks.papers.paper import Block, Facts, Paragraph, Section
from whatworks.papers.words import text
from whatworks.records.listing import listed

FEW = "What the search found is withheld, since too few people are behind it."
HOW = (
    "Looking through many kinds of people always turns up one for whom a scheme seems to do better. So one half of the "
    "matched sets was searched, and the kind of person found there was put to the other half, which took no part. Each "
    "set went whole to one half; the protocol's own hash decided the split, so nobody could choose it."
)
POWER = "Half the people tell less than all of them: a difference smaller than the one named could easily be missed."


class Search(Published, of=inside.Search):
    """An honest search for whom the scheme serves better; all figures are of the half that took no part."""

    withheld: Annotated[bool, Before("sets")]
    agree: Rounded | None = Field(description="Percentage of further splits that chose and found the same kind.")


def guard(_: ResultSection, row: inside.Search, at: int, proposal: Proposal) -> Search:
    """Publish the search.

    Withheld with the primary outcome, and where the people of the kind or the others are fewer than the minimum, or the
    effect on either is so large that fewer fared otherwise: the kind's name alone would then disclose a handful. Where
    few sets took no part, or few of the kind were in the half searched, no numbers of people are shown and shares are
    rounded to whole points, which hides them.
    """
    primary = next(outcome for outcome in proposal.result.outcomes if outcome.primary)
    small, analysed = proposal.small, proposal.result.n.treated
    few = small(row.people or 0) or small(row.others or 0)
    few = few or (primary.kind == "yes_no" and nearly_all(row, small))
    withheld = row.made and (primary.name in proposal.hidden or few)
    coarse = (
        withheld
        or proposal.more.has("search", "people")
        or small(analysed - (row.sets or analysed))
        or any(small(count) for count in searched(row, proposal.result.subgroups))
    )
    counts = {name: "c" for name in ("sets", "people", "others") if coarse and getattr(row, name) is not None}
    counts |= {name: getattr(row, name) for name in ("sets", "people", "others") if name not in counts}
    return Search.of(
        row,
        Disclosure(proposal.minimum, withheld, scale=rounding(primary.kind, coarse=coarse)),
        withheld=withheld,
        agree=None if withheld or row.agree is None else half_away(row.agree, 0, 100),
        sentence=FEW if withheld else row.sentence,
        **counts,
    )


def searched(row: inside.Search, subgroups: tuple[inside.Subgroup, ...]) -> list[int]:
    """Return how many of the kind took part in the search, where the kind is a subgroup whose people stand elsewhere.

    Of 31 women 24 in the half that was asked leave 7 in the half that was searched.
    """
    return [one.treated.n - (row.people or 0) for one in subgroups if f"{one.name}: {one.level}" == row.kind]


def nearly_all(found: inside.Search, small: Callable[[float], bool]) -> bool:
    """Return whether an effect is so near 100% that too few of the kind, or of the others, fared otherwise.

    Of 40 people an effect of -95% says that at most two had the outcome: 40 x (1 - 0.95).
    """
    if found.effect is None or found.difference is None:
        return False
    others = found.effect - found.difference
    return any(
        small(people * (1 - abs(effect))) or (people > 0 and abs(effect) > 1 - 1e-9)
        for people, effect in ((found.people or 0, found.effect), (found.others or 0, others))
    )


def lines(release: PublishedResult) -> list[Line]:
    """Return the search, a figure a line; nothing where it was not made."""
    found = release.search
    if found is None or not found.made:
        return []
    unit = primary_unit(release)
    apart = (found.difference, found.difference_low, found.difference_high)
    return [
        Line("", "Matched sets", None, found.sets),
        Line("", "Kind of person", None, found.kind),
        Line("", "People of that kind, half that took no part", None, found.people),
        Line("", "Others, half that took no part", None, found.others),
        Line("", "Effect on that kind", unit, found.effect, found.effect_low, found.effect_high),
        Line("", "That less the effect on others", unit, *apart),
        Line("", "One-sided p", None, found.p),
        Line("", "Smallest difference it could have told", unit, found.smallest),
        Line("", "Further splits that agree", PER_CENT, found.agree),
        Line("", "Further splits", None, found.splits),
        Line("", "In words", None, found.sentence),
    ]


SEARCH = ResultSection(
    name="search",
    rows=lambda result: (
        (result.search,)
        if result.search and result.protocol.causal and any(one.primary for one in result.outcomes)
        else ()
    ),
    published=Search,
    guard=guard,
    single=True,
    audited=True,
    lines=lines,
    sheet_title="For whom it might serve better, asked of people who took no part",
    columns=lambda _: (
        Column("Figure", "name"),
        Column("Unit", "unit"),
        Column("Value", "difference"),
        Column("Interval from", "ci_low"),
        Column("Interval to", "ci_high"),
    ),
)


def search(release: PublishedResult) -> Section | None:
    """Return the section on the honest search, where the protocol asked for one."""
    found = release.search
    if found is None:
        return None
    blocks: list[Block] = [
        Paragraph(f"Looked through: {listed(list(found.covariates))}. {HOW if found.made else ''}".strip()),
        Paragraph(found.sentence),
    ]
    if found.made and not found.withheld and found.kind is not None:
        blocks += [Facts(facts(found, primary_unit(release))), Paragraph(POWER)]
    return Section("search", "Drilling further down, honestly", tuple(blocks))


def facts(found: Search, unit: str) -> tuple[tuple[str, str], ...]:
    """Return what the half that took no part says, line by line.

    The effect on the kind of person stands there only where it was found: else it would be read as a finding.
    """
    effect = estimate(found.effect, found.effect_low, found.effect_high)
    difference = estimate(found.difference, found.difference_low, found.difference_high)
    own = (("Effect on such people", f"{effect} {unit}"),) if found.found else ()
    return (
        ("Matched sets", text(found.sets)),
        ("Kind of person", text(found.kind)),
        ("In the half that took no part", f"{text(found.people)} such people, {text(found.others)} others"),
        *own,
        ("That less the effect on the others", f"{difference} {unit}; one-sided p {text(found.p)}"),
        ("Smallest difference it could have told", f"{text(found.smallest)} {unit}, four times in five"),
        ("Further splits that chose and found the same", f"{text(found.agree)}% of {text(found.splits)}"),
    )
