"""A simulated contract: what each partner gets, when, and how much of it would be luck."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from whatworks.money.futures.answer import simulation_answer as as_document
from whatworks.money.futures.cash import YearCash
from whatworks.money.futures.chance import Chance
from whatworks.money.futures.exit_option import ExitOption
from whatworks.money.futures.gaming import SHIFTS, Practice
from whatworks.money.futures.pooling import Pooling, Side
from whatworks.money.futures.simulate import Position, Simulation
from whatworks.papers.answer import NO_SHEET, Answer, Rows, TableColumn
from whatworks.papers.money.amounts import (
    chance_column,
    chance_words,
    estimate_column,
    estimate_words,
    from_to,
    per_cent,
    percent,
    pounds,
    pounds_column,
    three,
    words_column,
)
from whatworks.papers.money.cash_fan import PANELS, cash_fan, fan_words
from whatworks.papers.money.simulation_words import break_even_words, depth_words, headline, method_facts
from whatworks.papers.paper import Block, Bullets, Facts, Figure, Paragraph, Section

INTERVAL = (
    "In brackets: the 95% Monte Carlo interval, which more paths would narrow; it says nothing of the assumptions."
)
MARKS = ("5%", "25%", "50%", "75%", "95%")
Rule = tuple[str, ExitOption]
"""A partner, and what the break clause is worth to it."""
Pooled = tuple[Pooling, str, Side]
"""A partner, whether it is settled alone or pooled, and what that brings."""


def simulation_answer(found: Simulation) -> Answer:
    """Return a simulation; each chance and mean has its 95% Monte Carlo interval."""
    standing, cash, luck = _partners(found), _cash(found), _luck(found)
    pooled, practice, options = _pooling(found), _practice(found), _options(found)
    wider = _benefits([one for one in found.positions if one.benefit is not None])
    first, *rest = headline(found)
    sections = [
        Section("summary", "What this says", (Paragraph(first, "lead"), Bullets(tuple(rest)))),
        _partner_section(standing, wider),
        _cash_section(found, cash),
        _luck_section(found, luck),
        Section("payer", f"What does the payer save? ({found.terms.payer})", (Facts(_payer(found)),)),
        *([_pooled_section(found, pooled)] if found.pooling else []),
        *([Section("leaving", "What is the break clause worth?", (options.on_page(),))] if options.rows else []),
        _practice_section(practice),
        _method(found),
    ]
    tables = (standing, cash, luck, wider, pooled, options, practice)
    return Answer(
        title=f"{found.terms.name}: what would it pay, and how much of it for luck?",
        sentences=(first, *rest),
        tables=(standing, cash, _chances(found), pooled, _by_part(found)),
        sections=tuple(sections),
        screen=tuple(_screen(found, tables)),
        figures=as_document(found),
        item="Payment by results",
        prepared_for="The board",
        notice=f"Simulated: {found.paths:,} paths, seed {found.seed}. Every figure rests on the assumptions listed.",
    )


def _screen(found: Simulation, tables: Sequence[Rows[Any]]) -> Iterator[str | Rows[Any]]:
    yield f"{found.terms.name}: {found.paths:,} paths, seed {found.seed}. {headline(found)[0]}"
    for table in tables:
        if table.rows:
            yield from ("", table.title, table)
    yield from ("", found.terms.payer)
    yield from (f"  {name:<38}  {value}" for name, value in _payer(found))
    yield from ("", *(f"Note: {remark}" for remark in found.remarks)) if found.remarks else ()
    yield INTERVAL


def _partners(found: Simulation) -> Rows[Position]:
    def even(one: Position) -> tuple[Any, ...]:
        least = one.break_even
        return (per_cent(least.effect), per_cent(least.low), per_cent(least.high))

    return Rows(
        name="partners",
        title="Net cash of each partner over the whole contract",
        rows=found.positions,
        columns=(
            TableColumn("Partner", lambda one: one.name, width=1.5),
            pounds_column("Outlay", lambda one: one.cash.outlay, sheet="Outlay (£)"),
            estimate_column("Expected net cash", lambda one: one.cash.total, 1.7, sheet="Expected net cash (£)"),
            estimate_column("Discounted", lambda one: one.cash.discounted, sheet="Discounted (£)", shown=False),
            estimate_column("Worst 5%", lambda one: one.cash.worst, 1.7, sheet="Worst 5% (£)"),
            words_column("Deepest, and when", lambda one: depth_words(one.cash.depth, found), 1.9),
            pounds_column("", lambda one: one.cash.depth.typical, sheet="Deepest, middle path (£)", shown=False),
            pounds_column("", lambda one: one.cash.depth.bad, sheet="Deepest, worst 5% (£)", shown=False),
            words_column("Breaks even at", lambda one: break_even_words(one.break_even), 1.6),
            TableColumn("Breaks even at", even, None, sheet=from_to("Break-even effect (%)"), cells=tuple),
        ),
        notes=(
            "Worst 5%: the mean of the worst 5% of paths (expected shortfall). Deepest: how far out of pocket on the "
            "middle path, and on the worst 5% of paths. Breaks even at: the smallest true effect whose expected net "
            f"cash, discounted at {percent(found.assumed.discount)} a year, is not negative.",
            INTERVAL,
        ),
        sheet=("partners", "Where each partner stands"),
    )


def _benefits(positions: Sequence[Position]) -> Rows[Position]:
    return Rows(
        name="benefits",
        title="Outcomes that the contract does not pay for",
        rows=positions,
        columns=(
            words_column("Partner", lambda one: one.name, 1.4),
            estimate_column("Worth to the partner", lambda one: one.benefit, 1.8),
            words_column("Breaks even at, with it", lambda one: break_even_words(one.break_even_with_benefit), 1.8),
            words_column("Breaks even at, without", lambda one: break_even_words(one.break_even), 1.8),
        ),
        notes=("At the values that the partners' file states for one event fewer.",),
        sheet=NO_SHEET,
    )


def _partner_section(standing: Rows[Position], wider: Rows[Position]) -> Section:
    words = Paragraph("Net cash is what a partner receives, less what it repays and spends.")
    more = (wider.on_page(),) if wider.rows else ()
    return Section("partners", "What does each partner get?", (words, standing.on_page(), *more))


def _cash(found: Simulation) -> Rows[tuple[Position, YearCash]]:
    def quantile(name: str, at: int) -> TableColumn[tuple[Position, YearCash]]:
        field = {"Net cash": "net", "So far": "cumulative"}[name]
        return pounds_column("", lambda row: getattr(row[1], field)[at], sheet=f"{name} (£), {MARKS[at]}", shown=False)

    def span(values: Sequence[float]) -> str:
        return f"{pounds(values[0])} to {pounds(values[4])}"

    return Rows(
        name="cash",
        title="Net cash of each year",
        rows=[(one, year) for one in found.positions for year in one.cash.years],
        columns=(
            TableColumn("Partner", lambda row: row[0].name, width=1.4),
            TableColumn("Year", lambda row: row[1].label, width=1.6),
            pounds_column("Outlay", lambda row: row[1].outlay, 0.9, sheet="Outlay (£)"),
            estimate_column("Expected net cash", lambda row: row[1].mean, 1.7, sheet="Expected net cash (£)"),
            words_column("Nine paths in ten", lambda row: span(row[1].net), 1.6, numeric=True),
            words_column("So far, nine in ten", lambda row: span(row[1].cumulative), 1.6, numeric=True),
            *(quantile(name, at) for name in ("Net cash", "So far") for at in range(len(MARKS))),
        ),
        notes=(INTERVAL,),
        sheet=("cash", "Net cash by year: means and quantiles"),
    )


def _cash_section(found: Simulation, cash: Rows[tuple[Position, YearCash]]) -> Section:
    parts = [found.positions[at : at + PANELS] for at in range(0, len(found.positions), PANELS)]
    figures: list[Block] = [
        Figure(f"cash-{at}", "Net cash so far, by year", fan_words(part), partial(cash_fan, part))
        for at, part in enumerate(parts, 1)
    ]
    words = Paragraph(
        "The line is the middle path; half of all paths lie in the dark band, nine in ten in the pale one."
    )
    return Section("cash", "In which year, after how much outlay?", (words, *figures, cash.on_page()))


def _luck(found: Simulation) -> Rows[Position]:
    def exact(one: Position, share: str) -> str:
        if one.exact is None:
            return "[z]"
        return percent(one.exact.periods[0] if share == "periods" else getattr(one.exact, share))

    kept = found.terms.payment is None
    real = "Repays for a real effect" if kept else "Nothing for a real effect"
    return Rows(
        name="luck",
        title="Chances of being paid for nothing, and of earning nothing for a real effect",
        rows=found.positions,
        columns=(
            words_column("Partner", lambda one: one.name, 1.3),
            chance_column("First period", lambda one: next(iter(one.paid_for_nothing.periods), None), 1.3),
            words_column("Exact", lambda one: exact(one, "periods"), 0.8, numeric=True),
            chance_column("Any period", lambda one: one.paid_for_nothing.any_time, 1.3),
            words_column("Exact (any period)", lambda one: exact(one, "any_period"), 0.9, numeric=True),
            words_column("First period, high baseline", lambda one: exact(one, "high_baseline"), numeric=True),
            chance_column(real, lambda one: one.nothing_for_real, 1.4),
        ),
        notes=(
            "Exact: the sum over every value that the baseline may take, with chance and trend only. High baseline: "
            "once the baseline is known to lie above its upper quartile. [z]: no exact sum is known for these terms.",
            INTERVAL,
        ),
        sheet=NO_SHEET,
    )


def _luck_section(found: Simulation, luck: Rows[Position]) -> Section:
    words = (
        "This contract pays nothing for results and takes money back: the first chances are those of keeping all of "
        "it, though nothing has changed. "
        "The last column is the chance of repaying although the scheme works."
        if found.terms.payment is None
        else "Nothing has changed but by chance and trend, and a payment is made all the same."
    )
    return Section("luck", "Could it pay for luck?", (Paragraph(words), luck.on_page()))


def _chances(found: Simulation) -> Rows[tuple[str, str, str, Chance | float]]:
    """Return every chance of payment, for the sheets."""

    def cells(found: Chance | float) -> tuple[Any, ...]:
        return three(found) if isinstance(found, Chance) else (per_cent(found), None, None)

    rows: list[tuple[str, str, str, Chance | float]] = []
    for one in found.positions:
        for name, chances in (("with the effect", one.paid), ("nothing changed", one.paid_for_nothing)):
            by_period = zip(found.periods, chances.periods, strict=False)
            rows += [(one.name, name, period, chance) for period, chance in by_period]
            rows.append((one.name, name, "any", chances.any_time))
        if one.nothing_for_real:
            rows.append((one.name, "real effect, nothing earned", "any", one.nothing_for_real))
        if one.exact:
            by_sum = zip((*found.periods, "any"), (*one.exact.periods, one.exact.any_period), strict=False)
            rows += [(one.name, "nothing changed, exact sum", period, share) for period, share in by_sum]
    return Rows(
        name="chances",
        title="Chances of payment",
        rows=rows,
        columns=(
            TableColumn("Partner", lambda row: row[0]),
            TableColumn("Case", lambda row: row[1]),
            TableColumn("Period", lambda row: row[2]),
            TableColumn("Chance", lambda row: row[3], None, sheet=from_to("Chance (%)"), cells=cells),
        ),
    )


def _payer(found: Simulation) -> tuple[tuple[str, str], ...]:
    side = found.payer
    return (
        ("Cash freed by the true effect", estimate_words(side.saved)),
        ("Paid to the partners", estimate_words(side.paid)),
        ("Left to the payer", estimate_words(side.net)),
        ("Chance that it pays more than it saves", chance_words(side.worse_off)),
    )


def _pooling(found: Simulation) -> Rows[Pooled]:
    return Rows(
        name="pooling",
        title="The same counts, settled for each partner alone and for all as one",
        rows=[row for one in found.pooling for row in ((one, "alone", one.alone), (one, "pooled", one.pooled))],
        columns=(
            TableColumn("Partner", lambda row: row[0].name, width=1.3),
            TableColumn("Settled", lambda row: row[1], width=0.9),
            chance_column(
                "Paid for nothing, first period", lambda row: row[2].luck, 1.3, "Paid for nothing, first period (%)"
            ),
            TableColumn(
                "Exact", lambda row: row[2].exact, lambda share: "[z]" if share is None else percent(share),
                numeric=True, width=0.8, sheet=("Exact (%)",), cells=lambda share: (per_cent(share),),
            ),
            chance_column("Nothing for a real effect", lambda row: row[2].nothing, 1.3),
            estimate_column("Expected net cash", lambda row: row[2].total, 1.5, sheet="Expected net cash (£)"),
            estimate_column("Worst 5%", lambda row: row[2].worst, 1.5, sheet="Worst 5% (£)"),
        ),
        notes=(INTERVAL,),
        sheet=("pooling", "Alone and pooled"),
    )  # fmt: skip


def _pooled_section(found: Simulation, pooled: Rows[Pooled]) -> Section:
    raised = [one.name for one in found.pooling if one.raises_luck]
    words = (
        f"Pooling raises the chance of pay for luck for {', '.join(raised)}: a falling trend, or a partner whose "
        "counts swing, is shared by all."
        if raised
        else "Pooling lowers the chance of pay for luck, or leaves it as it is, for every partner."
    )
    return Section("pooling", "One borough alone, or pooled?", (Paragraph(words), pooled.on_page()))


def _options(found: Simulation) -> Rows[Rule]:
    def leave(row: Rule) -> str:
        return "never" if row[1].leave_below is None else f"below {percent(row[1].leave_below)}"

    return Rows(
        name="break-clause",
        title="Leaving at the break, against having to stay",
        rows=[(one.name, one.exit_option) for one in found.positions if one.exit_option is not None],
        columns=(
            words_column("Partner", lambda row: row[0], 1.3),
            estimate_column("Worth of the clause", lambda row: row[1].value, 1.5),
            words_column("Leave if the fall is", leave, 1.1),
            chance_column("Chance of leaving", lambda row: row[1].leaves, 1.3),
            pounds_column("Received by the break", lambda row: row[1].before_break),
            estimate_column("Expected repayment, staying", lambda row: row[1].repaid, 1.4),
            words_column(
                "Worst 5%, staying / choosing",
                lambda row: f"{pounds(row[1].worst_staying.value)} / {pounds(row[1].worst_choosing.value)}",
                1.4,
                numeric=True,
            ),
        ),
        notes=(
            "Worth: expected discounted net cash by the best rule of this form, less that of staying on every path. "
            "The rule was chosen on one half of the paths and valued on the other.",
            INTERVAL,
        ),
        sheet=NO_SHEET,
    )


def _practice(found: Simulation) -> Rows[Practice]:
    names = {key: one.name for key, one in found.terms.metric.items()}

    def moved(one: Practice) -> str:
        return "not counted" if one.moved_to is None else f"counted as: {names[one.moved_to]}"

    return Rows(
        name="practice",
        title="Gain of all partners together, when crime has not changed",
        rows=found.practices,
        columns=(
            TableColumn("Metric", lambda one: one.name, width=1.6),
            words_column("What practice does", moved, 1.6),
            words_column("Whose practice", lambda one: ", ".join(one.influenced_by) or "not stated", 1.1),
            *(
                estimate_column(f"{percent(part, 0)} of the count", partial(_gain, at=at), 1.5)
                for at, part in enumerate(SHIFTS)
            ),
        ),
        notes=(INTERVAL,),
        sheet=NO_SHEET,
    )


def _gain(one: Practice, at: int) -> Any:
    return one.gains[at]


def _practice_section(practice: Rows[Practice]) -> Section:
    words = "Each metric can be met by changing what is recorded, charged or sentenced. The table prices it."
    heading = "What could be gained by changing practice rather than crime?"
    return Section("practice", heading, (Paragraph(words), practice.on_page()))


def _by_part(found: Simulation) -> Rows[tuple[Practice, int]]:
    """Return the gains by the part of the count that is moved, for the sheets."""
    return Rows(
        name="practice",
        title="Gain by practice",
        rows=[(one, at) for one in found.practices for at in range(len(SHIFTS))],
        columns=(
            TableColumn("Metric", lambda row: row[0].name),
            TableColumn("Counted as", lambda row: row[0].moved_to or "not counted"),
            TableColumn("Part moved (%)", lambda row: per_cent(SHIFTS[row[1]])),
            TableColumn("Gain", lambda row: row[0].gains[row[1]], None, sheet=from_to("Gain (£)"), cells=three),
        ),
    )


def _method(found: Simulation) -> Section:
    sources = (("Sources of the terms", " ".join(found.terms.sources)),) if found.terms.sources else ()
    said = (*found.remarks, *found.terms.assumptions)
    blocks: tuple[Block, ...] = (Facts((*method_facts(found), *sources)), *((Bullets(said),) if said else ()))
    return Section("method", "What is assumed, and how was it worked out?", blocks)
