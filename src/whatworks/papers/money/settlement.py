"""Build the paper on a settlement: what is paid to whom, how it was reached line by line, and what it rests on."""

from datetime import date
from typing import Any

from whatworks.money.contracts.answer import settlement_json
from whatworks.money.contracts.line import Line
from whatworks.money.contracts.settlement import Leaving, Settled, Settlement
from whatworks.money.contracts.waterfall import waterfall
from whatworks.papers.money.penny import decimal, number, penny, per_cent
from whatworks.papers.money.settlement_clearance import clear_settlement
from whatworks.papers.money.settlement_sheets import prices, settlement_sheets
from whatworks.papers.money.waterfall_chart import waterfall_chart, waterfall_words
from whatworks.papers.paper import Block, Bullets, Cell, Facts, Figure, Paper, Paragraph, Section, Table, numbered
from whatworks.papers.words import WITHHELD
from whatworks.records.calendar_names import long_date
from whatworks.records.listing import listed

NOTICE = "For the parties to the contract."


def settlement_paper(settled: Settlement, as_at: date, minimum: int = 10) -> Paper:
    """Return the paper of a settlement, with small counts withheld and every payment that would give them back."""
    found = clear_settlement(settled, minimum)
    terms = found.terms
    sections = [
        Section("decision", "Decision sought", (Paragraph("To agree the payments in table 1.", "lead"),)),
        Section("summary", "Summary", tuple(summary(found))),
        Section("payments", "What is paid", (payments(found), *figure(found))),
        Section("measured", "What was measured", (measured(found),)),
        *leaving(found),
        Section("working", "The working, line by line", tuple(working(found))),
        Section("terms", "What this rests on", tuple(rests(found))),
    ]
    return Paper(
        title=f"Settlement: {terms.name}",
        item="Item for decision",
        prepared_for="The parties to the contract",
        as_at=as_at,
        notice=f"{NOTICE} {withheld_words(found, minimum)}".strip(),
        sections=numbered(sections),
        sheets=settlement_sheets(found),
    )


def settlement_figures(settled: Settlement, minimum: int = 10) -> dict[str, Any]:
    """Return what `summary.json` holds: every payment with its working, but for what the paper withholds."""
    return settlement_json(clear_settlement(settled, minimum))


def withheld_words(found: Settlement, minimum: int) -> str:
    """Return whose results are withheld, and why; nothing where none are."""
    if not found.withheld:
        return ""
    return (
        f"Withheld, marked {WITHHELD}: the results of {listed(list(found.withheld))}, and the sum of all payees. They "
        f"rest on a count under {minimum}, or would give one back. The exact payments stand in the restricted working."
    )


def summary(found: Settlement) -> list[Block]:
    """Return the answer: the total, who gets what, and what is still to come."""
    blocks: list[Block] = [Paragraph(in_all(found), "verdict")]
    blocks.append(Bullets(tuple(net(found, payee) for payee in found.terms.payees)))
    if found.not_yet:
        names = listed([period_name(found, key) for key in found.not_yet])
        blocks.append(
            Paragraph(f"Not yet measured, and left out: {names}. What is paid for all periods waits for them.")
        )
    if found.remarks:
        blocks += [Paragraph("What the payments do not show."), Bullets(found.remarks)]
    return blocks


def in_all(found: Settlement) -> str:
    """Return what all payees get together."""
    if found.withheld:
        return "What all payees get together is withheld, since it would tell a small count."
    total = found.total()
    return f"In all, {penny(abs(total))} goes {'to the payees' if total >= 0 else f'back to the {found.terms.payer}'}."


def net(found: Settlement, payee: str) -> str:
    """Return one payee's net amount, and why."""
    if payee in found.withheld:
        return f"{payee}: withheld."
    amount = found.total(payee)
    if amount:
        return f"{payee}: {penny(amount)}{' to be repaid' if amount < 0 else ''}."
    reasons = dict.fromkeys(one.reason for one in found.settled if payee in dict(one.parts) and one.reason)
    return f"{payee}: nothing ({listed(list(reasons)) or 'no payment is due yet'})."


def payments(found: Settlement) -> Table:
    """Return the table of every flow."""
    rows: list[tuple[Cell, ...]] = [
        (payee, flow_name(found, one), long_date(one.flow.on), one.reason.capitalize(), penny(part))
        for one in found.settled
        for payee, part in one.parts
    ]
    rows += [(payee, "results", WITHHELD, WITHHELD, WITHHELD) for payee in found.withheld]
    return Table(
        name="payments",
        title=f"Every payment, {prices(found)}",
        columns=("Payee", "For", "On", "Why", "Amount"),
        rows=tuple(rows),
        numeric=(False, False, False, False, True),
        widths=(2.2, 2.6, 2, 2.4, 1.8),
        notes=(f"Rounding: {found.rounding}.", "A minus sign marks what is repaid."),
    )


def figure(found: Settlement) -> tuple[Block, ...]:
    """Return the waterfall, where there is something between the first sum and the last, and nothing is withheld."""
    steps = waterfall(found)
    if len(steps) < 3 or found.withheld:
        return ()
    words = f"From what was measured to what is paid, all payees and periods together. {waterfall_words(steps)}"
    return (Figure("waterfall", "From the saving to the payment", words, lambda: waterfall_chart(steps)),)


def measured(found: Settlement) -> Table:
    """Return the table of every metric, paid on or not."""
    rows: list[tuple[Cell, ...]] = [
        (
            one.payee,
            period_name(found, one.period),
            found.terms.metric[one.metric].name,
            "yes" if found.terms.metric[one.metric].pays else "no",
            number(one.expected),
            f"{one.actual.count:,}" + (f" of {one.actual.people:,}" if one.actual.people else ""),
            per_cent(one.fall),
        )
        for one in found.measures
    ]
    unmeasured = [payee for payee in found.withheld if payee not in {one.payee for one in found.measures}]
    rows += [(payee, *(WITHHELD,) * 6) for payee in unmeasured]
    return Table(
        name="measured",
        title="What was expected and what was counted",
        columns=("Payee", "Period", "Metric", "Paid on", "Expected", "Counted", "Fall"),
        rows=tuple(rows),
        numeric=(False, False, False, False, True, True, True),
        widths=(2, 2.2, 2.6, 1, 1.4, 1.6, 1.1),
        notes=(f"Expected: {found.terms.counterfactual.kind}. A minus sign marks a rise.",),
    )


def leaving(found: Settlement) -> list[Section]:
    """Return the section on the break clause, where there is one."""
    if not found.leaving:
        return []
    clause = found.terms.break_clause
    day = f" on {long_date(clause.on)}" if clause else ""
    blocks: list[Block] = [
        Paragraph(
            f"Each may leave{day}. The table shows what staying puts at risk if later periods fall as the last one "
            "before the break did, and what leaving would spare. Nobody has to leave, so the right is never worth less "
            "than zero."
        ),
        Table(
            name="leaving",
            title="The break clause",
            columns=(
                "Who",
                "Fall so far",
                "Fall still needed",
                "At risk if staying",
                "Repaid if alike",
                "Worth of leaving",
            ),
            rows=tuple(
                (
                    one.unit + (" (left)" if one.left else ""),
                    per_cent(one.fall_so_far),
                    needed(one),
                    penny(one.most_repaid),
                    penny(one.repaid_if_alike),
                    penny(one.worth_leaving),
                )
                for one in found.leaving
            ),
            numeric=(False, True, True, True, True, True),
            widths=(2.2, 1.2, 1.5, 1.8, 1.8, 1.8),
        ),
        *hindsight(found.leaving),
    ]
    return [Section("leaving", "Staying or leaving", tuple(blocks))]


def needed(one: Leaving) -> str:
    """Return the fall that would still keep the money."""
    return "none would do" if one.needed_fall > 1 else per_cent(one.needed_fall)


def hindsight(all_: tuple[Leaving, ...]) -> list[Block]:
    """Return what leaving would have given, now that every period is measured."""
    known = [one for one in all_ if one.leaving_in_fact is not None]
    said = [
        f"{one.unit}: with what is now known, leaving gives {penny(abs(one.leaving_in_fact or one.received))} "
        f"{'more' if (one.leaving_in_fact or 0) > 0 else 'less'} than staying."
        for one in known
        if one.leaving_in_fact
    ]
    return [Bullets(tuple(said))] if said else []


def working(found: Settlement) -> list[Block]:
    """Return a table of lines for each payment that has a working."""
    return [
        Table(
            name=f"working-{at}",
            title=f"{one.unit}: {flow_name(found, one)}, {penny(one.amount)} ({one.reason})",
            columns=("Line", "Working", "Result"),
            rows=tuple((line.item, line.working, result(line)) for line in one.lines),
            numeric=(False, False, True),
            widths=(3.4, 4.4, 2),
        )
        for at, one in enumerate(found.settled, 1)
        if one.lines
    ]


def result(line: Line) -> str:
    """Return what a line comes to, as it is printed; the arithmetic goes on unrounded."""
    if line.value is None:
        return ""
    if line.unit == "pounds":
        return penny(decimal(line.value, 2))
    return per_cent(line.value, 2) if line.unit == "share" else number(line.value)


def rests(found: Settlement) -> list[Block]:
    """Return the terms in brief, what they assume, and where they were published."""
    terms, payment = found.terms, found.terms.payment
    pairs = [("Payer", terms.payer), ("Prices", terms.prices), ("Counted in", found.outcomes)]
    pairs += [
        (f"Price of one fewer: {one.name}", penny(one.unit_price)) for one in terms.metric.values() if one.unit_price
    ]
    if payment is not None:
        pairs += [("Threshold", f"{payment.threshold:%}"), ("Share rule", payment.words())]
        pairs += [("Cap", f"{payment.cap:%}")] if payment.cap is not None else []
        pairs += [("Maximum", penny(payment.maximum))] if payment.maximum is not None else []
    pairs += [("Take-back", terms.clawback.rule if terms.clawback else "none")]
    blocks: list[Block] = [Facts(tuple(pairs))]
    if terms.assumptions:
        blocks += [Paragraph("These terms take the following to be so."), Bullets(terms.assumptions)]
    if terms.sources:
        blocks += [Paragraph("Where the terms were published."), Bullets(terms.sources)]
    return blocks


def period_name(found: Settlement, key: str) -> str:
    """Return what people call a period."""
    period = found.terms.period.get(key)
    return period.name if period and period.name else key


def flow_name(found: Settlement, one: Settled) -> str:
    """Return what a flow is for."""
    if one.flow.kind == "payment":
        return f"results, {period_name(found, one.flow.period or '')}"
    names = {"pooled payment": "results, all periods", "up front": f"money {one.flow.key}"}
    return names.get(one.flow.kind, one.flow.kind)
