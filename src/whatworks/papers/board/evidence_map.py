"""The evidence map: what works, what to commission, continue, test or stop, and who would lose."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from whatworks.board.evidence.advice import ACTIONS, NOT_RECORDED, Advice
from whatworks.board.evidence.standards import Standards
from whatworks.board.evidence.values import Values
from whatworks.board.evidence.worth import ASSUMPTIONS
from whatworks.papers.board.clear_evidence import NAMES, ClearedProposal, ClearedStudy, caveat_words, proposals
from whatworks.papers.board.evidence_sheets import figures, sheets
from whatworks.papers.board.record_words import page_table, paper_of, section
from whatworks.papers.charts.evidence_map import Mark, evidence_map, map_words
from whatworks.papers.charts.forest import Row, forest_plot
from whatworks.papers.paper import Block, Bullets, Facts, Figure, Paper, Paragraph, Section, Table
from whatworks.papers.words import text
from whatworks.records.listing import listed

NOT_STOP = (
    "An intervention about which nothing is known is not one that does not work. Nothing here is proposed to stop for "
    "want of evidence alone."
)
Found = Sequence[ClearedProposal]


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
    sections = [
        _summary(found),
        _proposed(found),
        _losses(found),
        _studies(found, standards, minimum),
        _headings(found, standards),
        _worth(found, values),
        _scales(standards),
    ]
    title = "What works: interventions and the evidence for them"
    paper = paper_of(title, prepared_for, as_at, sections, sheets(found, minimum), item, "")
    return paper, figures(found, values, as_at, minimum)


def _name(one: ClearedProposal) -> str:
    return one.advice.intervention.name


def _action(one: ClearedProposal) -> str:
    return one.advice.action.capitalize()


def _position(one: ClearedProposal) -> str:
    return NAMES[one.advice.intervention.position]


def _summary(found: Found) -> Section:
    """Return the proposals in short, who answers for nothing, and the map."""
    if not found:
        return Section("summary", "Summary", (Paragraph("No intervention has been entered yet.", "verdict"),))
    blocks: list[Block] = [Paragraph(_lead(found), "verdict"), Paragraph(NOT_STOP, "lead")]
    named = {action.capitalize(): [_name(one) for one in found if one.advice.action == action] for action in ACTIONS}
    named["No owner"] = [_name(one) for one in found if one.advice.intervention.owner is None]
    blocks += [Paragraph(f"{said}: {listed(names)}.") for said, names in named.items() if names]
    marks = [Mark(_name(one), _position(one), one.known, _action(one)) for one in found]
    positions = list(NAMES.values())
    title = "Interventions from enforcement to prevention, by what is known"
    blocks.append(Figure("map", title, map_words(marks, positions), partial(evidence_map, marks, positions)))
    return Section("summary", "Summary", tuple(blocks))


def _lead(found: Found) -> str:
    """Return how many interventions there are, and of how many nothing is known."""
    unknown = sum(one.known in ("nothing known", "too weak to tell") for one in found)
    works = sum(one.known == "works" for one in found)
    many = "intervention is" if len(found) == 1 else "interventions are"
    return (
        f"{len(found)} {many} on the register: {works} found to work, and {unknown} of which nothing, or "
        "too little to tell, is known."
    )


def _proposed(found: Found) -> Section | None:
    """Return every proposal with its reason and owner."""
    rows = [
        (_name(one), _position(one), one.advice.intervention.ages, _action(one),
         " ".join((one.reason, *one.advice.notes)), one.advice.owner)
        for one in found
    ]  # fmt: skip
    columns = ("Intervention", "Position", "Ages", "Proposal", "Why", "Owner")
    note = "Leave: it is not delivered here, and nothing is proposed."
    title, widths = "Proposals, from enforcement to prevention", (1.8, 1.3, 0.9, 1.2, 4.0, 1.2)
    table = page_table("proposals", title, columns, rows, widths, note)
    return section("proposals", "What to commission, continue, test or stop", table)


def _losses(found: Found) -> Section | None:
    """Return who would lose, of what is proposed to stop first; then of everything that is delivered."""
    delivered = sorted((one for one in found if one.losses), key=lambda one: one.advice.action != "stop")
    rows = [
        (_name(one), _action(one), at.place, at.serves, text_or(at.people),
         ", ".join(one.advice.also_serve) or "nothing recorded")
        for one in delivered
        for at in one.losses
    ]  # fmt: skip
    bare = [_name(one) for one in delivered if one.advice.action == "stop" and NOT_RECORDED in one.advice.notes]
    said = Paragraph(f"{listed(bare)}: {NOT_RECORDED[0].lower()}{NOT_RECORDED[1:]}") if bare else None
    columns = ("Intervention", "Proposal", "Where", "Who is served", "People a year", "What else serves the strand")
    title, widths = "Who would lose the service if it stopped", (1.8, 1.2, 1.2, 2.2, 1.0, 1.8)
    return section("losses", "Who would lose", said, page_table("losses", title, columns, rows, widths, right=(4,)))


def text_or(count: Any) -> str:
    """Return a count's text, or that nobody said it.

    >>> text_or(None), text_or("c"), text_or(1200)
    ('not said', '[c]', '1,200')
    """
    return "not said" if count is None else text(count)


def _studies(found: Found, standards: Standards, minimum: int) -> Section | None:
    """Return every study with its design, effect, people, and what has to be said with it."""
    every = [(_name(one), finding) for one in found for finding in one.findings]
    rows = [
        (
            f"{name}: {finding.study.outcome_label}",
            "Yes" if finding.study.primary else "No",
            str(finding.study.maryland or "not rated"),
            finding.effect_words,
            f"{text_or(finding.treated)} and {text_or(finding.comparison)}",
            finding.study.follow_up or "not said",
        )
        for name, finding in every
    ]
    columns = (
        "Intervention and outcome", "Heard", "Maryland level", "Effect (95% interval)", "People with and without",
        "Follow-up",
    )  # fmt: skip
    note = (
        f"A study is heard from Maryland level {standards.rules.enough} on, if it has an interval; of each the "
        "primary outcome alone, since of many outcomes one in twenty differs by chance."
    )
    title, widths = "Effects found, with the intervention minus without", (2.6, 0.8, 1.0, 2.4, 1.3, 2.2)
    effects = page_table("studies", title, columns, rows, widths, note)
    return section("studies", "What studies found", _plot(every), effects, _with_each(found, minimum))


def _plot(every: Sequence[tuple[str, ClearedStudy]]) -> Figure | None:
    plotted = [
        Row(name, finding.unit, finding.effect, finding.low, finding.high, bold=True)
        for name, finding in every
        if finding.study.primary
        and finding.study.effect_kind == "difference"
        and finding.effect is not None
        and finding.low is not None
        and finding.high is not None
    ]
    if not plotted:
        return None
    differences = "; ".join(f"{row.label}: {row.words()} {row.panel}" for row in plotted)
    words = f"Differences with 95% intervals, with the intervention minus without. {differences}."
    return Figure("effects", "What studies found of their primary outcome", words, partial(forest_plot, plotted))


def _with_each(found: Found, minimum: int) -> Table | None:
    """Return what has to be said with each study, once for all its outcomes: who was studied, its design, caveats."""
    once: dict[tuple[str, str], tuple[str, ClearedStudy]] = {}
    for one in found:
        for finding in one.findings:
            once.setdefault((one.advice.intervention.short, finding.study.title), (_name(one), finding))
    rows = [
        (
            f"{name}: {finding.study.title}",
            f"{finding.study.population} Source: {finding.study.source}.".replace("..", "."),
            finding.study.design,
            caveat_words(finding.study, minimum),
        )
        for name, finding in once.values()
    ]
    columns = ("Study", "Who was studied", "Design", "Caveats")
    return page_table("caveats", "What travels with each study", columns, rows, (2.0, 2.4, 1.8, 3.4))


def _headings(found: Found, standards: Standards) -> Section | None:
    """Return what is known under EMMIE's headings; a heading without an entry says so."""
    known_of = [one for one in found if one.advice.intervention.emmie]
    if not known_of:
        return None
    rows = []
    bare = [_name(one) for one in found if not one.advice.intervention.emmie]
    for one in known_of:
        for heading in standards.heading:
            known = [entry for entry in one.advice.intervention.emmie if entry.heading == heading.name]
            said = "; ".join(f"{entry.text} ({entry.source})" for entry in known) or "nothing entered"
            quality = ", ".join("not rated" if entry.quality is None else str(entry.quality) for entry in known) or "-"
            rows.append((_name(one), heading.title, said, quality))
    columns = ("Intervention", "Heading", "What is known", "Quality (0 to 4)")
    return section(
        "emmie",
        "How, for whom, and at what cost (EMMIE)",
        Facts(tuple((heading.title, heading.asks) for heading in standards.heading)),
        Paragraph(f"Nothing was entered under any heading for {listed(bare)}.") if bare else None,
        page_table("emmie", "What is known under each heading", columns, rows, (1.8, 1.5, 4.6, 1.2)),
    )


def _worth(found: Found, values: Values | None) -> Section | None:
    """Return what another year's test would be worth, and on what that rests."""
    heading = "What another year's test would be worth"
    if values is None:
        differences = "Not worked out: that takes a value for each outcome, and nobody gave one."
        return section("testing", heading, Paragraph(differences))
    rows = [
        (_name(one), *map(text, (one.net_a_year, one.gain, one.at_most, one.test_cost, one.worth))) for one in found
    ]
    why = tuple(f"{_name(one)}: {'; '.join(one.advice.no_worth)}" for one in found if one.advice.no_worth)
    sources = "; ".join(f"{value.outcome}, \u00a3{text(value.pounds)} ({value.source})" for value in values.value)
    prices = (
        f"Prices of {values.value[0].price_year}. A decision stands for {values.years} years, discounted at "
        f"{100 * values.discount_rate:g}% a year. Values given: {sources}."
    )
    note = (
        "At most: the gain if the test took away all doubt. Worth: gain less cost; above zero the test is "
        "worth doing. [z]: could not be worked out."
    )
    columns = ("Intervention", "Net worth a year now", "Gain from knowing", "At most", "Cost of test", "Worth")
    title, widths = "Value of a test, in pounds", (2.4, 1.2, 1.2, 1.0, 1.0, 1.0)
    return section(
        "testing",
        heading,
        Paragraph(prices),
        page_table("testing", title, columns, rows, widths, note, right=range(1, 6)),
        Paragraph("What this rests on:"),
        Bullets(ASSUMPTIONS),
        *((Paragraph("Why some could not be worked out:"), Bullets(why)) if why else ()),
    )


def _scales(standards: Standards) -> Section | None:
    """Return the standards of evidence used."""
    rows = [
        (f"{scale.title}, {at}", words)
        for scale in standards.scale
        for at, words in enumerate(scale.levels, start=0 if scale.name == "emmie" else 1)
    ]
    notes = (f"{one.title}: {one.source} (read: {one.read})." for one in standards.scale)
    columns = ("Scale and level", "Stands for")
    table = page_table("standards", "Scales, in our words", columns, rows, (3.0, 5.0), *notes)
    return section("standards", "Standards of evidence used", table)
