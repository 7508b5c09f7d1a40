"""What the links between agencies' records may have done to the answer, in words and in one picture.

Each way of joining the records is of slightly other people.
"""

from decimal import Decimal
from functools import partial
from math import ceil, floor
from typing import Annotated

from pydantic import Field

from whatworks.evaluation.result.links import JoinedOtherwise, LinkDoubt, ThresholdPoint
from whatworks.papers.charts.forest import Row, forest_plot
from whatworks.papers.disclosure.other_samples import other_way, rounding
from whatworks.papers.disclosure.published import Before, Disclosure, Published
from whatworks.papers.disclosure.rounding import Safe, Scale, rounded
from whatworks.papers.evaluation.columns import Line, effect, first_upper, yes_no
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.evaluation.section import Column, Proposal, ResultSection
from whatworks.papers.evaluation.sections.verdicts import difference_unit, estimate
from whatworks.papers.paper import Block, Figure, Paragraph, Table
from whatworks.papers.words import text

FORMULA = "wrong links taken out by formula"
LOCKED = "as joined when the protocol was locked"
UNCHECKED = " That is by the model's own reckoning, which nobody has checked."


class LinkWay(Published, of=JoinedOtherwise):
    """The primary difference under another way of joining the records; `in_force` marks the one that is used."""

    name: Annotated[str, Before("difference")]
    in_force: Annotated[bool, Before("difference")] = False


class Links(Published, of=LinkDoubt):
    """How the links between records were allowed for. A share is "1 in so many"; `under` where it is smaller still."""

    judged: Annotated[bool, Before("changed_after_lock")] = Field(
        description="Whether people judged a sample of the links."
    )
    lowest: Annotated[Safe, Before("changed_after_lock")]
    highest: Annotated[Safe, Before("changed_after_lock")]
    joined: Annotated[Safe, Before("changed_after_lock")]
    joined_low: Annotated[Safe, Before("changed_after_lock")]
    joined_high: Annotated[Safe, Before("changed_after_lock")]
    variance_share: Annotated[Safe, Before("changed_after_lock")] = Field(
        description="Percentage of the difference's variance that the links make."
    )
    false_treated: Annotated[int | None, Before("changed_after_lock")] = Field(
        description="One in so many of the scheme's people is joined to a wrong record."
    )
    false_treated_under: Annotated[bool, Before("changed_after_lock")]
    false_comparison: Annotated[int | None, Before("changed_after_lock")]
    false_comparison_under: Annotated[bool, Before("changed_after_lock")]
    tipping_false: Annotated[Safe, Before("changed_after_lock")] = Field(
        description="Percentage of the scheme's people joined wrongly that would undo it."
    )
    changed_after_lock: bool = Field(description="Whether the links rest on something else than at the lock.")
    ways: tuple[LinkWay, ...]


def guard(_: ResultSection, row: LinkDoubt, at: int, proposal: Proposal) -> Links | None:
    """Publish what the links may have done; nothing where the primary outcome is withheld.

    The draws and the joining in force are rounded like the answer. Figures at other thresholds are of other people:
    one that leaves few, or few with the outcome, shows nothing, and one whose number lies near another is in whole
    points. Shares of people joined wrongly are never finer than the minimum count allows.
    """
    shown, n = proposal.primary(), proposal.result.n
    if shown is None or shown.withheld:
        return None
    coarse = "c" in (shown.treated.n, shown.comparison.n if shown.comparison else None)
    scale = rounding(shown.kind, coarse=coarse)
    draws = next(one.links for one in proposal.result.outcomes if one.primary)
    ours = one_in(row.false_treated, n.treated, proposal.minimum)
    theirs = one_in(row.false_comparison, n.comparison_pool, proposal.minimum)
    figures = {"lowest": "lowest", "highest": "highest", "joined": "difference", "joined_low": "ci_low",
               "joined_high": "ci_high"}  # fmt: skip
    drawn = {name: getattr(draws, source) if draws else None for name, source in figures.items()}
    return Links.of(
        row,
        Disclosure(proposal.minimum),
        judged=row.judged > 0,
        **{name: rounded(value, False, scale.end_places, scale.factor) for name, value in drawn.items()},
        variance_share=rounded(draws.share if draws else None, False, 0, 100),
        false_treated=ours[0],
        false_treated_under=ours[1],
        false_comparison=theirs[0],
        false_comparison_under=theirs[1],
        tipping_false=rounded(row.corrected.tipping_false if row.corrected else None, False, 0, 100),
        ways=ways(row, proposal, scale),
    )


def ways(row: LinkDoubt, proposal: Proposal, scale: Scale) -> tuple[LinkWay, ...]:
    """Return the primary difference at each threshold, by the links of the lock, and with wrong ones taken out."""
    found = [way(point, proposal) for point in (*row.thresholds, *((row.locked,) if row.locked else ()))]
    if row.corrected is not None:
        found.append(LinkWay.of(row.corrected, Disclosure(proposal.minimum, scale=scale), name=FORMULA))
    return tuple(found)


def way(point: JoinedOtherwise, proposal: Proposal) -> LinkWay:
    """Return one other way of joining the records."""
    kind = next(one.kind for one in proposal.result.outcomes if one.primary)
    other = other_way((point.treated, point.comparison), kind, proposal.people, keep=False)
    how = Disclosure(proposal.minimum, other.withheld, scale=other.scale)
    if not isinstance(point, ThresholdPoint):
        return LinkWay.of(point, how, name=LOCKED)
    return LinkWay.of(point, how, name=f"pairs of at least {point.threshold:g} joined", in_force=point.in_force)


def one_in(share: float, people: int, minimum: int) -> tuple[int | None, bool]:
    """Return "one in so many" to two digits, and whether the share is smaller; None where there is no telling.

    >>> one_in(0.0345, 600, 10), one_in(0.001, 600, 10), one_in(0.0, 5, 10)
    ((29, False), (60, True), (None, False))
    """
    if people <= minimum:
        return None, False
    under = share * people < minimum
    number = people / minimum if under else 1 / share
    step = 10 ** max(0, len(str(int(number))) - 2)
    return int((floor(number / step) if under else ceil(number / step - 0.5)) * step), under


def words(release: PublishedResult, _: Table) -> list[Block]:
    """Return the sentence on the links, and the picture of the answer under other ways of joining the records."""
    found, primary = release.links, release.primary()
    if primary is None:
        return []
    unit = difference_unit(primary)
    rows = [
        Row(first_upper(way.name), unit, way.difference, way.ci_low, way.ci_high)
        for way in found.ways
        if all(isinstance(end, Decimal) for end in (way.difference, way.ci_low, way.ci_high))
    ]
    effect = primary.effect
    ends = (effect.difference, effect.ci_low, effect.ci_high)
    if rows and all(isinstance(end, Decimal) for end in ends):
        rows.append(Row(f"Over {found.draws} draws: the answer", unit, *ends, bold=True))
    points = "; ".join(f"{row.label}: {row.words()}" for row in rows)
    picture = Figure(
        "links",
        f"{primary.label}: the answer under other ways of joining the records",
        f"Differences in {unit}, with 95% intervals; a square marks the answer. A pair is joined from the probability "
        f"named on; {found.threshold:g} is in force. {points}.",
        partial(forest_plot, rows),
    )
    return [Paragraph(described(found, primary)), *([picture] if rows else [])]


def described(found: Links, primary: Published) -> str:
    """Return the sentence: how far the draws reach, what allowing for them does, and how many links may be wrong."""
    unit = difference_unit(primary)
    message = "Which records belong to one person is itself an estimate."
    if isinstance(found.lowest, Decimal) and isinstance(found.highest, Decimal):
        ends = f"between {text(found.lowest)} and {text(found.highest)} {unit}"
        effect = primary.effect
        message += (
            f" Over {found.draws} equally believable ways of joining them the difference lay {ends}; allowing for it, "
            f"the difference is {estimate(effect.difference, effect.ci_low, effect.ci_high)} rather than "
            f"{estimate(found.joined, found.joined_low, found.joined_high)}."
        )
    else:
        message += " The primary outcome could not be worked out under other ways of joining them."
    message += after_lock(found, unit)
    if isinstance(found.tipping_false, Decimal):
        message += (
            f" If {text(found.tipping_false)}% of the scheme's people were joined to the wrong record, the finding "
            "would be lost."
        )
    return message + ("" if found.judged else UNCHECKED)


def wrongly_joined(found: Links) -> str:
    """Return how many of each group may be joined to the wrong record."""
    shares = [
        f"{'fewer than' if under else 'about'} 1 in {text(number)} of {whose}"
        for number, under, whose in (
            (found.false_treated, found.false_treated_under, "the scheme's people"),
            (found.false_comparison, found.false_comparison_under, "those who could be comparisons"),
        )
        if number is not None
    ]
    if not shares:
        return ""
    words = " and ".join(shares)
    return f" {words[:1].upper()}{words[1:]} may be joined to the wrong record."


def after_lock(found: Links, unit: str) -> str:
    """Return that the links changed after the protocol was locked, with the answer by the links of that time."""
    if not found.changed_after_lock:
        return ""
    then = next((way for way in found.ways if way.name == LOCKED), None)
    if then is None or not isinstance(then.difference, Decimal):
        return " Links changed after the lock, and those of that time cannot be shown any more."
    figures = estimate(then.difference, then.ci_low, then.ci_high)
    return f" Links changed after the lock: {LOCKED}, the difference is {figures} {unit}."


def stamp(found: Links) -> str:
    """Return by what the records were joined, for whoever makes the paper again."""
    judgements = f"judgements {found.judgements_sha256[:16]}, " if found.judgements_sha256 else ""
    return (
        f"model {found.model_sha256[:16]}, decisions {found.decisions_sha256[:16]}, {judgements}threshold "
        f"{found.threshold:g}, {found.draws} draws, seed {found.seed}, {interval_words(found)}"
    )


def interval_words(found: Links) -> str:
    """Return how much of the variance the links make.

    >>> from types import SimpleNamespace
    >>> interval_words(SimpleNamespace(variance_share=Decimal(16)))
    '16% of the variance'
    """
    return f"{text(found.variance_share)}% of the variance" if isinstance(found.variance_share, Decimal) else "no draws"


def lines(release: PublishedResult) -> list[Line]:
    """Return the ways of joining the records, and how far the draws reach."""
    found = release.links
    if found is None:
        return []
    return [
        *(
            Line(first_upper(way.name), yes_no(way.in_force) or "", None, way.difference, way.ci_low, way.ci_high)
            for way in found.ways
        ),
        Line("Lowest of the draws", "No", None, found.lowest),
        Line("Highest of the draws", "No", None, found.highest),
    ]


LINKS = ResultSection(
    name="links",
    rows=lambda result: (result.links,) if result.links and result.protocol.causal else (),
    published=Links,
    guard=guard,
    single=True,
    lines=lines,
    sheet_title="The answer under other ways of joining the records",
    columns=lambda _: (
        Column("Way of joining records", "label"),
        Column("In force", "name"),
        *effect(0),
    ),
    words=words,
)
