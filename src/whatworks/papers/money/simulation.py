"""The paper of a simulated contract: what each partner gets, when, and how much of it would be luck."""

from datetime import date
from functools import partial
from typing import Any

from whatworks.money.futures.answer import simulation_answer
from whatworks.money.futures.gaming import SHIFTS
from whatworks.money.futures.simulate import Position, Simulation
from whatworks.papers.money.amounts import chance_words, estimate_words, percent, pounds, unbroken
from whatworks.papers.money.cash_fan import PANELS, cash_fan, fan_words
from whatworks.papers.money.simulation_sheets import simulation_sheets
from whatworks.papers.money.simulation_words import break_even_words, depth_words, headline, method_facts
from whatworks.papers.paper import Block, Bullets, Facts, Figure, Paper, Paragraph, Section, Table, numbered

INTERVAL = (
    "In brackets: the 95% Monte Carlo interval, which more paths would narrow; it says nothing of the assumptions."
)


def simulation_paper(found: Simulation, as_at: date, item: str, prepared_for: str) -> Paper:
    """Return the paper of a simulation."""
    sections = [
        summary(found),
        partners(found),
        fans(found),
        luck(found),
        payer(found),
        pooled(found),
        leaving(found),
        practice(found),
        method(found),
    ]
    return Paper(
        title=f"{found.terms.name}: what would it pay, and how much of it for luck?",
        item=item,
        prepared_for=prepared_for,
        as_at=as_at,
        notice=f"Simulated: {found.paths:,} paths, seed {found.seed}. Every figure rests on the assumptions listed.",
        sections=numbered(section for section in sections if section is not None),
        sheets=simulation_sheets(found),
    )


def simulation_summary(found: Simulation) -> Any:
    """Return what `summary.json` holds."""
    return simulation_answer(found)


def summary(found: Simulation) -> Section:
    """Return what the paper says, in a few lines."""
    first, *rest = headline(found)
    return Section("summary", "What this says", (Paragraph(first, "lead"), Bullets(tuple(rest))))


def partners(found: Simulation) -> Section:
    """Return where each partner stands."""
    rows = [
        (
            one.name,
            pounds(one.cash.outlay),
            estimate_words(one.cash.total),
            estimate_words(one.cash.worst),
            depth_words(one.cash.depth, found),
            break_even_words(one.break_even),
        )
        for one in found.positions
    ]
    table = Table(
        name="partners",
        title="Net cash of each partner over the whole contract",
        columns=("Partner", "Outlay", "Expected net cash", "Worst 5%", "Deepest, and when", "Breaks even at"),
        rows=unbroken(rows),
        numeric=(False, True, True, True, False, False),
        widths=(1.5, 1.0, 1.7, 1.7, 1.9, 1.6),
        notes=(
            "Worst 5%: the mean of the worst 5% of paths (expected shortfall). Deepest: how far out of pocket on the "
            "middle path, and on the worst 5% of paths. Breaks even at: the smallest true effect whose expected net "
            f"cash, discounted at {percent(found.assumed.discount)} a year, is not negative.",
            INTERVAL,
        ),
    )
    blocks: list[Block] = [Paragraph("Net cash is what a partner receives, less what it repays and spends."), table]
    wider = [one for one in found.positions if one.benefit is not None]
    if wider:
        blocks.append(benefits(wider))
    return Section("partners", "What does each partner get?", tuple(blocks))


def benefits(positions: list[Position]) -> Table:
    """Return what the effect is worth to partners besides the contract's cash."""
    return Table(
        name="benefits",
        title="Outcomes that the contract does not pay for",
        columns=("Partner", "Worth to the partner", "Breaks even at, with it", "Breaks even at, without"),
        rows=unbroken(
            (
                one.name,
                estimate_words(one.benefit),
                break_even_words(one.break_even_with_benefit),
                break_even_words(one.break_even),
            )
            for one in positions
        ),
        numeric=(False, True, False, False),
        widths=(1.4, 1.8, 1.8, 1.8),
        notes=("At the values that the partners' file states for one event fewer.",),
    )


def fans(found: Simulation) -> Section:
    """Return cash by year, in pictures and a table."""
    parts = [found.positions[at : at + PANELS] for at in range(0, len(found.positions), PANELS)]
    figures: list[Block] = [
        Figure(f"cash-{at}", "Net cash so far, by year", fan_words(part), partial(cash_fan, part))
        for at, part in enumerate(parts, 1)
    ]
    rows = [
        (
            one.name,
            year.label,
            pounds(year.outlay),
            estimate_words(year.mean),
            f"{pounds(year.net[0])} to {pounds(year.net[4])}",
            f"{pounds(year.cumulative[0])} to {pounds(year.cumulative[4])}",
        )
        for one in found.positions
        for year in one.cash.years
    ]
    table = Table(
        name="cash",
        title="Net cash of each year",
        columns=("Partner", "Year", "Outlay", "Expected net cash", "Nine paths in ten", "So far, nine in ten"),
        rows=unbroken(rows),
        numeric=(False, False, True, True, True, True),
        widths=(1.4, 1.6, 0.9, 1.7, 1.6, 1.6),
        notes=(INTERVAL,),
    )
    words = Paragraph(
        "The line is the middle path; half of all paths lie in the dark band, nine in ten in the pale one."
    )
    return Section("cash", "In which year, after how much outlay?", (words, *figures, table))


def luck(found: Simulation) -> Section:
    """Return the chances of being paid for nothing, and of earning nothing for a real effect."""
    rows = [
        (
            one.name,
            chance_words(one.paid_for_nothing.periods[0] if one.paid_for_nothing.periods else None),
            percent(one.exact.periods[0]) if one.exact else "[z]",
            chance_words(one.paid_for_nothing.any_time),
            percent(one.exact.any_period) if one.exact else "[z]",
            percent(one.exact.high_baseline) if one.exact else "[z]",
            chance_words(one.nothing_for_real),
        )
        for one in found.positions
    ]
    kept = found.terms.payment is None
    words = (
        "This contract pays nothing for results and takes money back: the first chances are those of keeping all of "
        "it, though nothing has changed. "
        "The last column is the chance of repaying although the scheme works."
        if kept
        else "Nothing has changed but by chance and trend, and a payment is made all the same."
    )
    table = Table(
        name="luck",
        title="Chances of being paid for nothing, and of earning nothing for a real effect",
        columns=(
            "Partner",
            "First period",
            "Exact",
            "Any period",
            "Exact (any period)",
            "First period, high baseline",
            "Repays for a real effect" if kept else "Nothing for a real effect",
        ),
        rows=unbroken(rows),
        numeric=(False, True, True, True, True, True, True),
        widths=(1.3, 1.3, 0.8, 1.3, 0.9, 1.0, 1.4),
        notes=(
            "Exact: the sum over every value that the baseline may take, with chance and trend only. High baseline: "
            "once the baseline is known to lie above its upper quartile. [z]: no exact sum is known for these terms.",
            INTERVAL,
        ),
    )
    return Section("luck", "Could it pay for luck?", (Paragraph(words), table))


def payer(found: Simulation) -> Section:
    """Return the payer's side."""
    side = found.payer
    facts = Facts(
        (
            ("Cash freed by the true effect", estimate_words(side.saved)),
            ("Paid to the partners", estimate_words(side.paid)),
            ("Left to the payer", estimate_words(side.net)),
            ("Chance that it pays more than it saves", chance_words(side.worse_off)),
        )
    )
    return Section("payer", f"What does the payer save? ({found.terms.payer})", (facts,))


def pooled(found: Simulation) -> Section | None:
    """Return the partners pooled against each alone."""
    if not found.pooling:
        return None
    rows = []
    for one in found.pooling:
        for name, side in (("alone", one.alone), ("pooled", one.pooled)):
            rows.append(
                (
                    one.name,
                    name,
                    chance_words(side.luck),
                    percent(side.exact) if side.exact is not None else "[z]",
                    chance_words(side.nothing),
                    estimate_words(side.total),
                    estimate_words(side.worst),
                )
            )
    raised = [one.name for one in found.pooling if one.raises_luck]
    words = (
        f"Pooling raises the chance of pay for luck for {', '.join(raised)}: a falling trend, or a partner whose "
        "counts swing, is shared by all."
        if raised
        else "Pooling lowers the chance of pay for luck, or leaves it as it is, for every partner."
    )
    table = Table(
        name="pooling",
        title="The same counts, settled for each partner alone and for all as one",
        columns=(
            "Partner",
            "Settled",
            "Paid for nothing, first period",
            "Exact",
            "Nothing for a real effect",
            "Expected net cash",
            "Worst 5%",
        ),
        rows=unbroken(rows),
        numeric=(False, False, True, True, True, True, True),
        widths=(1.3, 0.9, 1.3, 0.8, 1.3, 1.5, 1.5),
        notes=(INTERVAL,),
    )
    return Section("pooling", "One borough alone, or pooled?", (Paragraph(words), table))


def leaving(found: Simulation) -> Section | None:
    """Return what the break clause is worth."""
    options = [(one.name, one.exit_option) for one in found.positions if one.exit_option is not None]
    if not options:
        return None
    rows = unbroken(
        (
            name,
            estimate_words(one.value),
            "never" if one.leave_below is None else f"below {percent(one.leave_below)}",
            chance_words(one.leaves),
            pounds(one.before_break),
            estimate_words(one.repaid),
            f"{pounds(one.worst_staying.value)} / {pounds(one.worst_choosing.value)}",
        )
        for name, one in options
    )
    table = Table(
        name="break-clause",
        title="Leaving at the break, against having to stay",
        columns=(
            "Partner",
            "Worth of the clause",
            "Leave if the fall is",
            "Chance of leaving",
            "Received by the break",
            "Expected repayment, staying",
            "Worst 5%, staying / choosing",
        ),
        rows=rows,
        numeric=(False, True, False, True, True, True, True),
        widths=(1.3, 1.5, 1.1, 1.3, 1.0, 1.4, 1.4),
        notes=(
            "Worth: expected discounted net cash by the best rule of this form, less that of staying on every path. "
            "The rule was chosen on one half of the paths and valued on the other.",
            INTERVAL,
        ),
    )
    return Section("leaving", "What is the break clause worth?", (table,))


def practice(found: Simulation) -> Section:
    """Return what changing practice rather than crime would gain."""
    names = {key: one.name for key, one in found.terms.metric.items()}
    rows = unbroken(
        (
            one.name,
            "not counted" if one.moved_to is None else f"counted as: {names[one.moved_to]}",
            ", ".join(one.influenced_by) or "not stated",
            *(estimate_words(gain) for gain in one.gains),
        )
        for one in found.practices
    )
    table = Table(
        name="practice",
        title="Gain of all partners together, when crime has not changed",
        columns=(
            "Metric",
            "What practice does",
            "Whose practice",
            *(f"{percent(part, 0)} of the count" for part in SHIFTS),
        ),
        rows=rows,
        numeric=(False, False, False, True, True, True),
        widths=(1.6, 1.6, 1.1, 1.5, 1.5, 1.5),
        notes=(INTERVAL,),
    )
    words = "Each metric can be met by changing what is recorded, charged or sentenced. The table prices it."
    return Section(
        "practice", "What could be gained by changing practice rather than crime?", (Paragraph(words), table)
    )


def method(found: Simulation) -> Section:
    """Return the assumptions and how it was worked out."""
    sources = (("Sources of the terms", " ".join(found.terms.sources)),) if found.terms.sources else ()
    said = (*found.remarks, *found.terms.assumptions)
    blocks: tuple[Block, ...] = (Facts((*method_facts(found), *sources)), *((Bullets(said),) if said else ()))
    return Section("method", "What is assumed, and how was it worked out?", blocks)
