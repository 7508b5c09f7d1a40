"""The evidence map: what works, what to commission, continue, test or stop, and who would lose."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from whatworks.board.evidence.advice import ACTIONS, NOT_RECORDED, Advice
from whatworks.board.evidence.standards import Standards
from whatworks.board.evidence.values import Values
from whatworks.board.evidence.worth import ASSUMPTIONS
from whatworks.papers.board.clear_evidence import NAMES, ClearedProposal, ClearedStudy, caveat_words, proposals
from whatworks.papers.board.evidence_sheets import figures, sheets
from whatworks.papers.charts.evidence_map import Mark, evidence_map, map_words
from whatworks.papers.charts.forest import Row, forest_plot
from whatworks.papers.paper import Block, Bullets, Facts, Figure, Paper, Paragraph, Section, Table, numbered
from whatworks.papers.words import text
from whatworks.records.listing import listed

NOT_STOP = (
    "An intervention about which nothing is known is not one that does not work. Nothing here is proposed to stop for "
    "want of evidence alone."
)


def evidence_paper(
    advice: Sequence[Advice],
    standards: Standards,
    values: Values | None,
    *,
    as_at: date,
    minimum: int,
    prepared_for: str,
    item: str,
) -> tuple[Paper, dict[str, Any]]:
    """Return the paper of all interventions, and its figures as `summary.json` holds them: cleared and rounded."""
    found = proposals(advice, minimum)
    sections: list[Section | None] = [
        summary(found),
        proposed(found),
        losses(found),
        studies(found, standards, minimum),
        headings(found, standards),
        worth(found, values),
        scales(standards),
    ]
    paper = Paper(
        title="What works: interventions and the evidence for them",
        item=item,
        prepared_for=prepared_for,
        as_at=as_at,
        notice="",
        sections=numbered(section for section in sections if section is not None),
        sheets=sheets(found, minimum),
    )
    return paper, figures(found, values, as_at, minimum)


def summary(found: Sequence[ClearedProposal]) -> Section:
    """Return the proposals in short, who answers for nothing, and the map."""
    if not found:
        return Section("summary", "Summary", (Paragraph("No intervention has been entered yet.", "verdict"),))
    blocks: list[Block] = [Paragraph(lead(found), "verdict"), Paragraph(NOT_STOP, "lead")]
    for action in ACTIONS:
        named = [one.advice.intervention.name for one in found if one.advice.action == action]
        if named:
            blocks.append(Paragraph(f"{action.capitalize()}: {listed(named)}."))
    unowned = [one.advice.intervention.name for one in found if one.advice.intervention.owner is None]
    if unowned:
        blocks.append(Paragraph(f"No owner: {listed(unowned)}."))
    marks = [
        Mark(one.advice.intervention.name, NAMES[one.advice.intervention.position], one.known,
             one.advice.action.capitalize())
        for one in found
    ]  # fmt: skip
    positions = list(NAMES.values())
    title = "Interventions from enforcement to prevention, by what is known"
    blocks.append(Figure("map", title, map_words(marks, positions), partial(evidence_map, marks, positions)))
    return Section("summary", "Summary", tuple(blocks))


def lead(found: Sequence[ClearedProposal]) -> str:
    """Return how many interventions there are, and of how many nothing is known."""
    unknown = sum(one.known in ("nothing known", "too weak to tell") for one in found)
    works = sum(one.known == "works" for one in found)
    many = "intervention is" if len(found) == 1 else "interventions are"
    return (
        f"{len(found)} {many} on the register: {works} found to work, and {unknown} of which nothing, or "
        "too little to tell, is known."
    )


def proposed(found: Sequence[ClearedProposal]) -> Section | None:
    """Return every proposal with its reason and owner."""
    if not found:
        return None
    rows = tuple(
        (
            one.advice.intervention.name,
            NAMES[one.advice.intervention.position],
            one.advice.intervention.ages,
            one.advice.action.capitalize(),
            " ".join((one.reason, *one.advice.notes)),
            one.advice.owner,
        )
        for one in found
    )
    return Section(
        "proposals",
        "What to commission, continue, test or stop",
        (
            Table(
                name="proposals",
                title="Proposals, from enforcement to prevention",
                columns=("Intervention", "Position", "Ages", "Proposal", "Why", "Owner"),
                rows=rows,
                numeric=(False,) * 6,
                widths=(1.8, 1.3, 0.9, 1.2, 4.0, 1.2),
                notes=("Leave: it is not delivered here, and nothing is proposed.",),
            ),
        ),
    )


def losses(found: Sequence[ClearedProposal]) -> Section | None:
    """Return who would lose, of what is proposed to stop first; then of everything that is delivered."""
    delivered = sorted((one for one in found if one.losses), key=lambda one: one.advice.action != "stop")
    if not delivered:
        return None
    rows = tuple(
        (one.advice.intervention.name, one.advice.action.capitalize(), at.place, at.serves, text_or(at.people),
         ", ".join(one.advice.also_serve) or "nothing recorded")
        for one in delivered
        for at in one.losses
    )  # fmt: skip
    blocks: list[Block] = []
    bare = [one.advice.intervention.name for one in delivered
            if one.advice.action == "stop" and NOT_RECORDED in one.advice.notes]  # fmt: skip
    if bare:
        blocks.append(Paragraph(f"{listed(bare)}: {NOT_RECORDED[0].lower()}{NOT_RECORDED[1:]}"))
    blocks.append(
        Table(
            name="losses",
            title="Who would lose the service if it stopped",
            columns=(
                "Intervention",
                "Proposal",
                "Where",
                "Who is served",
                "People a year",
                "What else serves the strand",
            ),
            rows=rows,
            numeric=(False, False, False, False, True, False),
            widths=(1.8, 1.2, 1.2, 2.2, 1.0, 1.8),
        )
    )
    return Section("losses", "Who would lose", tuple(blocks))


def text_or(count: Any) -> str:
    """Return a count's text, or that nobody said it.

    >>> text_or(None), text_or("c"), text_or(1200)
    ('not said', '[c]', '1,200')
    """
    return "not said" if count is None else text(count)


def studies(found: Sequence[ClearedProposal], standards: Standards, minimum: int) -> Section | None:
    """Return every study with its design, effect, people, and what has to be said with it."""
    every = [(one.advice.intervention.name, finding) for one in found for finding in one.findings]
    if not every:
        return None
    rows = tuple(
        (
            f"{name}: {finding.study.outcome_label}",
            "Yes" if finding.study.primary else "No",
            str(finding.study.maryland or "not rated"),
            finding.effect_words,
            f"{text_or(finding.treated)} and {text_or(finding.comparison)}",
            finding.study.follow_up or "not said",
        )
        for name, finding in every
    )
    blocks: list[Block] = []
    plotted = [
        Row(name, finding.unit, finding.effect, finding.low, finding.high, bold=True)
        for name, finding in every
        if finding.study.primary
        and finding.study.effect_kind == "difference"
        and finding.effect is not None
        and finding.low is not None
        and finding.high is not None
    ]
    if plotted:
        differences = "; ".join(f"{row.label}: {row.words()} {row.panel}" for row in plotted)
        words = f"Differences with 95% intervals, with the intervention minus without. {differences}."
        blocks.append(
            Figure("effects", "What studies found of their primary outcome", words, partial(forest_plot, plotted))
        )
    blocks.append(
        Table(
            name="studies",
            title="Effects found, with the intervention minus without",
            columns=("Intervention and outcome", "Heard", "Maryland level", "Effect (95% interval)",
                     "People with and without", "Follow-up"),
            rows=rows,
            numeric=(False,) * 6,
            widths=(2.6, 0.8, 1.0, 2.4, 1.3, 2.2),
            notes=(
                f"A study is heard from Maryland level {standards.rules.enough} on, if it has an interval; of each the "
                "primary outcome alone, since of many outcomes one in twenty differs by chance.",
            ),
        )
    )  # fmt: skip
    blocks.append(with_each([(one.advice.intervention.name, finding) for one, finding in pairs(found)], minimum))
    return Section("studies", "What studies found", tuple(blocks))


def pairs(found: Sequence[ClearedProposal]) -> list[tuple[ClearedProposal, ClearedStudy]]:
    """Return each study once, with its intervention, whatever number of outcomes it has."""
    once: dict[tuple[str, str], tuple[ClearedProposal, ClearedStudy]] = {}
    for one in found:
        for finding in one.findings:
            once.setdefault((one.advice.intervention.short, finding.study.title), (one, finding))
    return list(once.values())


def with_each(every: Sequence[tuple[str, ClearedStudy]], minimum: int) -> Table:
    """Return what has to be said with each study: who was studied, by what design, and its caveats."""
    rows = tuple(
        (
            f"{name}: {finding.study.title}",
            f"{finding.study.population} Source: {finding.study.source}.".replace("..", "."),
            finding.study.design,
            caveat_words(finding.study, minimum),
        )
        for name, finding in every
    )
    return Table(
        name="caveats",
        title="What travels with each study",
        columns=("Study", "Who was studied", "Design", "Caveats"),
        rows=rows,
        numeric=(False,) * 4,
        widths=(2.0, 2.4, 1.8, 3.4),
    )


def headings(found: Sequence[ClearedProposal], standards: Standards) -> Section | None:
    """Return what is known under EMMIE's headings; a heading without an entry says so."""
    if not any(one.advice.intervention.emmie for one in found):
        return None
    rows = []
    known_of = [one for one in found if one.advice.intervention.emmie]
    bare = [one.advice.intervention.name for one in found if not one.advice.intervention.emmie]
    for one in known_of:
        for heading in standards.heading:
            known = [entry for entry in one.advice.intervention.emmie if entry.heading == heading.name]
            said = "; ".join(f"{entry.text} ({entry.source})" for entry in known) or "nothing entered"
            quality = ", ".join("not rated" if entry.quality is None else str(entry.quality) for entry in known) or "-"
            rows.append((one.advice.intervention.name, heading.title, said, quality))
    return Section(
        "emmie",
        "How, for whom, and at what cost (EMMIE)",
        (
            Facts(tuple((heading.title, heading.asks) for heading in standards.heading)),
            *([Paragraph(f"Nothing was entered under any heading for {listed(bare)}.")] if bare else []),
            Table(
                name="emmie",
                title="What is known under each heading",
                columns=("Intervention", "Heading", "What is known", "Quality (0 to 4)"),
                rows=tuple(rows),
                numeric=(False,) * 4,
                widths=(1.8, 1.5, 4.6, 1.2),
            ),
        ),
    )


def worth(found: Sequence[ClearedProposal], values: Values | None) -> Section:
    """Return what another year's test would be worth, and on what that rests."""
    heading = "What another year's test would be worth"
    if values is None:
        differences = "Not worked out: that takes a value for each outcome, and nobody gave one."
        return Section("testing", heading, (Paragraph(differences),))
    year = values.value[0].price_year
    rows = tuple(
        (one.advice.intervention.name, pounds(one.net_a_year), pounds(one.gain), pounds(one.at_most),
         pounds(one.test_cost), pounds(one.worth))
        for one in found
    )  # fmt: skip
    why = [f"{one.advice.intervention.name}: {'; '.join(one.advice.no_worth)}" for one in found if one.advice.no_worth]
    sources = "; ".join(f"{value.outcome}, \u00a3{text(value.pounds)} ({value.source})" for value in values.value)
    blocks: list[Block] = [
        Paragraph(
            f"Prices of {year}. A decision stands for {values.years} years, discounted at "
            f"{100 * values.discount_rate:g}% a year. Values given: {sources}."
        ),
        Table(
            name="testing",
            title="Value of a test, in pounds",
            columns=("Intervention", "Net worth a year now", "Gain from knowing", "At most", "Cost of test", "Worth"),
            rows=rows,
            numeric=(False, True, True, True, True, True),
            widths=(2.4, 1.2, 1.2, 1.0, 1.0, 1.0),
            notes=(
                "At most: the gain if the test took away all doubt. Worth: gain less cost; above zero the test is "
                "worth doing. [z]: could not be worked out.",
            ),
        ),
        Paragraph("What this rests on:"),
        Bullets(ASSUMPTIONS),
    ]
    if why:
        blocks += [Paragraph("Why some could not be worked out:"), Bullets(tuple(why))]
    return Section("testing", heading, tuple(blocks))


def pounds(amount: Decimal | None) -> str:
    """Return whole pounds.

    >>> pounds(Decimal("-12500")), pounds(None)
    ('−12,500', '[z]')
    """
    return text(amount)


def scales(standards: Standards) -> Section:
    """Return the standards of evidence used."""
    rows = tuple(
        (f"{scale.title}, {at}", words)
        for scale in standards.scale
        for at, words in enumerate(scale.levels, start=0 if scale.name == "emmie" else 1)
    )
    notes = tuple(f"{one.title}: {one.source} (read: {one.read})." for one in standards.scale)
    return Section(
        "standards",
        "Standards of evidence used",
        (
            Table(
                name="standards",
                title="Scales, in our words",
                columns=("Scale and level", "Stands for"),
                rows=rows,
                numeric=(False, False),
                widths=(3.0, 5.0),
                notes=notes,
            ),
        ),
    )
