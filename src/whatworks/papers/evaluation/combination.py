"""The paper of several sites or waves together: one answer, a forest plot, and how far the sites differ."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import combinations, permutations
from typing import Any

from whatworks.evaluation.answer.combining import Combination
from whatworks.evaluation.result import Kind
from whatworks.papers.charts.forest import Row, forest_plot
from whatworks.papers.disclosure.audit import publish
from whatworks.papers.disclosure.nested import Count
from whatworks.papers.disclosure.other_samples import rounding
from whatworks.papers.disclosure.rounding import Safe, half_away, p_value, plain
from whatworks.papers.evaluation.sections.verdicts import STATUS, UNTOLD, estimate
from whatworks.papers.paper import Block, Bullets, Facts, Figure, Paper, Paragraph, Section, Table, numbered
from whatworks.papers.words import text, withheld_note
from whatworks.records.listing import listed
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.verdict import SIGNIFICANT

FEW = 5
"""With fewer sites than this the interval for one more is mostly what few sites cannot tell."""
Interval = tuple[Decimal, Decimal, Decimal]
MIXED = (
    "Some of these evaluations were planned before outcomes were seen and some were not. The combined answer is as "
    "exploratory as the weakest of them."
)
SHARED = (
    "These rest in part on the same files: {names}. Where they share people, in the schemes or as comparisons, the "
    "answer seems surer than it is."
)
READING = (
    "The random-effects answer is about the average over sites like these; the fixed-effect answer about these sites "
    "only. The interval of the first is that of Hartung, Knapp, Sidik and Jonkman; the spread between sites is Paule "
    "and Mandel's.",
    "Each site's standard error is taken from its 95% interval. Sites that share people are not independent, and must "
    "not be combined.",
    "Sites whose results were not brought are not in the answer: say which they are.",
)


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site as published."""

    name: str
    status: str
    treated: Count
    comparison: Count | None
    difference: Safe
    ci_low: Safe
    ci_high: Safe


@dataclass(frozen=True, slots=True)
class PublishedCombination:
    """Several evaluations and their one answer, rounded, with small counts withheld: what `summary.json` holds."""

    label: str
    unit: str
    window: str
    sites: tuple[SiteRow, ...]
    random: Interval
    fixed: Interval
    prediction: tuple[Decimal, Decimal] | None
    p: str
    between: Decimal
    heterogeneity: Decimal
    heterogeneity_p: str
    verdict: str
    mixed: bool
    by_area: bool
    shared: tuple[str, ...]
    as_at: date

    def figures(self) -> dict[str, Any]:
        """Return the content of `summary.json`."""
        return {name: _plain(getattr(self, name)) for name in self.__slots__}


def publish_combination(found: Combination) -> PublishedCombination:
    """Return what is published. A site whose figures are withheld is refused: the others would give them back.

    Where a site's number of people is withheld its share is in whole points, and so is all that it is combined into:
    the fixed effect's interval, less the other sites' shares in it, would give the finer figure back.
    """
    rows, faults = [], []
    for site in found.sites:
        outcome = next(one for one in publish(site.result).outcomes if one.primary)
        if outcome.withheld or not isinstance(outcome.effect.difference, Decimal):
            problem = "has too few people for its figures to be shown, and the combined answer would give them back"
            faults.append(Fault(problem, "leave it out, and say so", field="result", value=site.name))
        others = outcome.comparison.n if outcome.comparison else None
        effect = outcome.effect
        rows.append(
            SiteRow(
                site.name,
                site.result.protocol.status,
                outcome.treated.n,
                others,
                effect.difference,
                effect.ci_low,
                effect.ci_high,
            )
        )
    if faults:
        raise Refused(faults)
    rows = _beside_each_other(rows, found)
    coarse = any("c" in (row.treated, row.comparison) for row in rows)
    scale, one = rounding(found.kind, coarse=coarse), found.combined

    def end(value: float) -> Decimal:
        return half_away(value, scale.end_places, scale.factor)

    described = "reduction" if one.difference < 0 else "increase"
    more = "areas" if found.by_area else "people"
    most = 1.0 if found.kind == "yes_no" else float("inf")
    return PublishedCombination(
        label=found.label,
        unit=scale.difference_unit or found.unit,
        window=found.window,
        sites=tuple(rows),
        random=(end(one.difference), end(one.ci_low), end(one.ci_high)),
        fixed=(end(one.fixed_difference), end(one.fixed_low), end(one.fixed_high)),
        prediction=None
        if one.prediction_low is None or one.prediction_high is None
        else (end(max(one.prediction_low, -most)), end(min(one.prediction_high, most))),
        p=p_value(one.p),
        between=end(one.between),
        heterogeneity=half_away(one.heterogeneity, 0, 100),
        heterogeneity_p=p_value(one.heterogeneity_p),
        verdict=f"significant {described}" if one.p <= SIGNIFICANT else f"more {more} needed",
        mixed=found.mixed,
        by_area=found.by_area,
        shared=found.shared,
        as_at=max(site.result.data.as_at for site in found.sites),
    )


def _beside_each_other(rows: list[SiteRow], found: Combination) -> list[SiteRow]:
    """Withhold a site's numbers of people where it rests on others' file and one lies near theirs, or two of theirs.

    Such sites may be about nearly the same people, or one about those of two others and a few more: papers made with
    other books know nothing of each other.
    """
    shown: list[SiteRow] = []
    for site, row in zip(found.sites, rows, strict=True):
        others = [one for one in shown if one.name in found.shared] if row.name in found.shared else []
        for group in ("treated", "comparison"):
            if near(getattr(row, group), [getattr(one, group) for one in others], site.result.minimum_count):
                row = _coarse(row, found.kind)
        shown.append(row)
    return shown


def _coarse(row: SiteRow, kind: Kind) -> SiteRow:
    scale = rounding(kind, coarse=True)
    difference, low, high = (
        half_away(float(value), scale.end_places) if isinstance(value, Decimal) else value
        for value in (row.difference, row.ci_low, row.ci_high)
    )
    return replace(row, treated="c", comparison="c", difference=difference, ci_low=low, ci_high=high)


def near(number: Count | None, others: list[Count | None], minimum: int) -> bool:
    """Return whether a number and one or two others, one of them less the rest, leave a few people.

    >>> near(105, [100], 10), near(160, [100, 57], 10), near(57, [100, 160], 10), near(130, [100, "c"], 10)
    (True, True, True, False)
    """
    known = [one for one in others if isinstance(one, int)]
    if not isinstance(number, int):
        return False
    left = [number - one for one in known]
    left += [number - one - other for one, other in combinations(known, 2)]
    left += [number + one - other for one, other in permutations(known, 2)]
    return any(0 < abs(few) < minimum for few in left)


def combination_paper(release: PublishedCombination) -> Paper:
    """Return the paper of several evaluations together."""
    statuses = [row.status for row in release.sites]
    notice = MIXED if release.mixed else STATUS[statuses[0]]
    sections = (
        Section("summary", "Summary", (Paragraph(answer(release), "verdict"), *map(Paragraph, meaning(release)))),
        Section("sites", "Each site, and all together", sites(release)),
        Section("caveats", "What to bear in mind", (Bullets((*sharing(release), *READING)),)),
    )
    return Paper(
        title=f"{release.label}: {len(release.sites)} evaluations together",
        item="Item for information",
        prepared_for="The partnership board",
        as_at=release.as_at,
        notice=notice,
        sections=numbered(sections),
        sheets=(site_table(release, "Sites"), combined_table(release)),
        reading=(*sharing(release), *READING),
        foot="Small counts are withheld.",
    )


def sharing(release: PublishedCombination) -> tuple[str, ...]:
    """Return a sentence where sites rest on the same files."""
    return (SHARED.format(names=listed(release.shared)),) if release.shared else ()


def answer(release: PublishedCombination) -> str:
    """Return the answer in one sentence."""
    if release.verdict in UNTOLD:
        more = UNTOLD[release.verdict]
        return (
            f"{release.label}: even together they cannot tell; more {more}, or more sites, are needed. That is no "
            "evidence of no difference."
        )
    return f"{release.label}: a {release.verdict} over sites like these."


def meaning(release: PublishedCombination) -> list[str]:
    """Return what the answer means, and what one more site might see."""
    message = [
        f"{people(release)}Over sites like these the difference is {estimate(*release.random)} {release.unit}, scheme "
        f"minus comparison (random effects, 95% interval, p {release.p}); in these sites alone "
        f"{estimate(*release.fixed)} (fixed effect).",
        f"The sites' true effects differ with a standard deviation of {text(release.between)} {release.unit}; "
        f"{text(release.heterogeneity)}% of the spread is more than chance (p {release.heterogeneity_p}).",
    ]
    if release.prediction is None:
        message.append("With fewer than three sites nothing can be said of what one more would see.")
    else:
        low, high = release.prediction
        message.append(
            f"The effect in one more such site is likely to lie between {text(low)} and {text(high)} {release.unit} "
            f"(95% prediction interval{'; so few sites say little of another' if len(release.sites) < FEW else ''})."
        )
    return message


def people(release: PublishedCombination) -> str:
    """Return how many people in schemes the sites have together; nothing where a site's number is withheld."""
    counts = [row.treated for row in release.sites if row.treated != "c"]
    if len(counts) < len(release.sites):
        return ""
    return f"{len(counts)} evaluations, with {sum(counts):,} people in the scheme groups. "


def sites(release: PublishedCombination) -> tuple[Block, ...]:
    """Return the forest plot and the table of sites."""
    rows = [
        Row(row.name, release.unit, row.difference, row.ci_low, row.ci_high)
        for row in release.sites
        if isinstance(row.difference, Decimal) and isinstance(row.ci_low, Decimal) and isinstance(row.ci_high, Decimal)
    ]
    rows += [
        Row("All together (random effects)", release.unit, *release.random, bold=True),
        Row("These sites (fixed effect)", release.unit, *release.fixed),
    ]
    words = "; ".join(f"{row.label}: {row.words()}" for row in rows)
    message = f"Differences, scheme minus comparison, in {release.unit}, with 95% intervals. {words}."
    title = f"{release.label}: all together {estimate(*release.random)} {release.unit}"
    facts = Facts((("Outcome", f"{release.label}, {release.window}" if release.window else release.label),))
    return (facts, Figure("forest-plot", title, message, partial(forest_plot, rows)), site_table(release, "sites"))


def site_table(release: PublishedCombination, name: str) -> Table:
    """Return the table of sites."""
    rows = tuple(
        (
            row.name,
            row.status,
            text(row.treated),
            text(row.comparison),
            estimate(row.difference, row.ci_low, row.ci_high),
        )
        for row in release.sites
    )
    return Table(
        name=name,
        title="Each site's own evaluation",
        columns=("Site", "Plan", "Scheme: people", "Comparison: people", f"Difference ({release.unit})"),
        rows=rows,
        numeric=(False, False, True, True, True),
        widths=(3.0, 1.6, 1.2, 1.4, 2.2),
        notes=("Ranges in brackets are 95% intervals.", *withheld_note(rows)),
    )


def combined_table(release: PublishedCombination) -> Table:
    """Return the combined figures as a sheet."""
    rows: list[tuple[str, Decimal | str, Decimal | str, Decimal | str]] = [
        ("Random effects", *release.random),
        ("Fixed effect", *release.fixed),
        ("Standard deviation between sites", release.between, "[z]", "[z]"),
        ("I squared (%)", release.heterogeneity, "[z]", "[z]"),
    ]
    if release.prediction:
        rows.append(("Prediction interval", "[z]", *release.prediction))
    return Table(
        name="Combined",
        title="All together",
        columns=("Figure", "Difference", "From", "To"),
        rows=tuple(rows),
        numeric=(False, True, True, True),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, SiteRow):
        return {name: _plain(getattr(value, name)) for name in value.__slots__}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
