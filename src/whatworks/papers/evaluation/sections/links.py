"""What the links between agencies' records may have done to the answer, in words and in one picture."""

from decimal import Decimal
from functools import partial

from whatworks.papers.charts.forest import Row, forest_plot
from whatworks.papers.evaluation.clear_links import LOCKED
from whatworks.papers.evaluation.release import Outcome, Release
from whatworks.papers.evaluation.release_links import Links
from whatworks.papers.evaluation.sections.verdicts import difference_unit, estimate
from whatworks.papers.paper import Block, Figure, Paragraph
from whatworks.papers.words import text

UNCHECKED = " That is by the model's own reckoning, which nobody has checked."


def links(release: Release) -> list[Block]:
    """Return the sentence on the links, and the picture of the answer under other ways of joining the records."""
    found, primary = release.links, release.primary()
    if found is None or primary is None:
        return []
    unit = difference_unit(primary)
    rows = [
        Row(f"{way.name[:1].upper()}{way.name[1:]}", unit, way.difference, way.ci_low, way.ci_high)
        for way in found.ways
        if isinstance(way.difference, Decimal) and isinstance(way.ci_low, Decimal) and isinstance(way.ci_high, Decimal)
    ]
    effect = primary.effect
    low, high = effect.ci_low, effect.ci_high
    if rows and isinstance(effect.difference, Decimal) and isinstance(low, Decimal) and isinstance(high, Decimal):
        rows.append(Row(f"Over {found.draws} draws: the answer", unit, effect.difference, low, high, bold=True))
    words = "; ".join(f"{row.label}: {row.words()}" for row in rows)
    picture = Figure(
        "links",
        f"{primary.label}: the answer under other ways of joining the records",
        f"Differences in {unit}, with 95% intervals; a square marks the answer. A pair is joined from the probability "
        f"named on; {found.threshold:g} is in force. {words}.",
        partial(forest_plot, rows),
    )
    return [Paragraph(told(found, primary)), *([picture] if rows else [])]


def told(found: Links, primary: Outcome) -> str:
    """Return the sentence: how far the draws reach, what allowing for them does, and how many links may be wrong."""
    unit = difference_unit(primary)
    said = "Which records belong to one person is itself an estimate."
    if isinstance(found.lowest, Decimal) and isinstance(found.highest, Decimal):
        ends = f"between {text(found.lowest)} and {text(found.highest)} {unit}"
        effect = primary.effect
        said += (
            f" Over {found.draws} equally believable ways of joining them the difference lay {ends}; allowing for it, "
            f"the difference is {estimate(effect.difference, effect.ci_low, effect.ci_high)} rather than "
            f"{estimate(found.joined, found.joined_low, found.joined_high)}."
        )
    else:
        said += " The primary outcome could not be worked out under other ways of joining them."
    said += after_lock(found, unit)
    if isinstance(found.tipping_false, Decimal):
        said += (
            f" If {text(found.tipping_false)}% of the scheme's people were joined to the wrong record, the finding "
            "would be lost."
        )
    return said + ("" if found.judged else UNCHECKED)


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


def sheet_rows(release: Release) -> list[list[Decimal | int | str | None]]:
    """Return the ways of joining the records as the spreadsheets hold them."""
    found = release.links
    if found is None:
        return []
    ways: list[list[Decimal | int | str | None]] = [
        [way.name[:1].upper() + way.name[1:], "Yes" if way.in_force else "No", way.difference, way.ci_low, way.ci_high]
        for way in found.ways
    ]
    return [
        *ways,
        ["Lowest of the draws", "No", found.lowest, None, None],
        ["Highest of the draws", "No", found.highest, None, None],
    ]


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
