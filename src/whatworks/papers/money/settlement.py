"""A settlement: what is paid to whom, how it was reached line by line, and what it rests on."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from whatworks.money.contracts.answer import settlement_json
from whatworks.money.contracts.line import Line, percent, pounds
from whatworks.money.contracts.measure import Measure
from whatworks.money.contracts.outcomes import Count
from whatworks.money.contracts.settlement import Leaving, Settled, Settlement
from whatworks.money.contracts.waterfall import waterfall
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.rounding import written
from whatworks.papers.money.other_papers import OtherPapers
from whatworks.papers.money.settlement_clearance import NO_OTHERS, clear_settlement
from whatworks.papers.money.waterfall_chart import waterfall_chart, waterfall_words
from whatworks.papers.paper import Block, Bullets, Facts, Figure, Paragraph, Section
from whatworks.papers.words import WITHHELD
from whatworks.records.calendar_names import long_date
from whatworks.records.listing import listed

NOTICE = "For the parties to the contract."


def settlement_answer(settled: Settlement, minimum: int = 10, others: OtherPapers = NO_OTHERS) -> Answer:
    """Return a settlement, with small counts withheld and every payment that would give them back.

    So is what would give one back together with `others`, papers of the same people. What `--json` prints is exact and
    restricted.
    """
    found = clear_settlement(settled, minimum, others)
    terms, paid, metrics = found.terms, payments(found), measured(found)
    sections = (
        Section("decision", "Decision sought", (Paragraph("To agree the payments in table 1.", "lead"),)),
        Section("summary", "Summary", tuple(summary(found))),
        Section("payments", "What is paid", (paid.on_page(), *figure(found))),
        Section("measured", "What was measured", (metrics.on_page(),)),
        *leaving(found),
        Section("working", "The working, line by line", tuple(working(found))),
        Section("terms", "What this rests on", tuple(rests(found))),
    )
    withheld = withheld_words(found, minimum)
    return Answer(
        title=f"Settlement: {terms.name}",
        sentences=(in_all(found), *(net(found, payee) for payee in terms.payees)),
        tables=(paid, every_line(found), metrics),
        sections=sections,
        screen=tuple(_screen(found, withheld)),
        figures=settlement_json(found),
        restricted={"disclosure": "restricted"} | settlement_json(settled),
        item="Item for decision",
        prepared_for="The parties to the contract",
        notice=f"{NOTICE} {withheld}".strip(),
        as_at=max(period.last for key, period in terms.period.items() if key not in found.not_yet),
    )


def _screen(found: Settlement, withheld: str) -> Iterator[str]:
    """Yield the account of every flow, then who gets what, and what it rests on."""
    yield from (f"{found.terms.name} ({found.terms.prices})", "")
    for one in found.settled:
        yield f"{one.unit}, {one.flow.key}, {one.flow.on}: {pounds(one.amount)} ({one.reason})"
        for line in one.lines:
            yield f"  {line.item}: {line.working}{f' = {line.result()}' if line.result() else ''}"
        yield from (f"  to {payee}: {pounds(part)}" for payee, part in one.parts if len(one.parts) > 1)
        yield ""
    for left in found.leaving:
        yield from (*_leaving_lines(left), "")
    for payee in found.terms.payees:
        yield f"{payee}: {'withheld' if payee in found.withheld else f'{pounds(found.total(payee))} in all'}"
    yield withheld or f"All payees: {pounds(found.total())}"
    if found.not_yet:
        yield f"Not yet measured: {', '.join(found.not_yet)}."
    yield from (f"Note: {remark}" for remark in found.remarks)
    yield from (f"Taken to be so: {one}" for one in found.terms.assumptions)
    yield f"Rounding: {found.rounding}."


def _leaving_lines(one: Leaving) -> Iterator[str]:
    need = "no fall would do" if one.needed_fall > 1 else f"{percent(one.needed_fall)} is still needed"
    yield f"{one.unit}, break clause{' (left)' if one.left else ''}:"
    yield f"  received by the break {pounds(one.received)}; still to come if staying {pounds(one.still_to_come)}"
    yield f"  at risk if staying {pounds(one.most_repaid)}; fall so far {percent(one.fall_so_far)}, {need}"
    yield f"  if later periods are alike, staying repays {pounds(one.repaid_if_alike)}"
    yield f"  the right to leave is worth {pounds(one.worth_leaving)}"


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
    return f"In all, {pounds(abs(total))} goes {'to the payees' if total >= 0 else f'back to the {found.terms.payer}'}."


def net(found: Settlement, payee: str) -> str:
    """Return one payee's net amount, and why."""
    if payee in found.withheld:
        return f"{payee}: withheld."
    amount = found.total(payee)
    if amount:
        return f"{payee}: {pounds(amount)}{' to be repaid' if amount < 0 else ''}."
    reasons = dict.fromkeys(one.reason for one in found.settled if payee in dict(one.parts) and one.reason)
    return f"{payee}: nothing ({listed(list(reasons)) or 'no payment is due yet'})."


Paid = tuple[str, Settled | None, Decimal | str]
"""A payee, the flow that pays it and how much; a payee whose results are withheld has neither."""


def payments(found: Settlement) -> Rows[Paid]:
    """Return every flow; of payees whose results are withheld, that they are."""
    rows: list[Paid] = [(payee, one, part) for one in found.settled for payee, part in one.parts]
    rows += [(payee, None, WITHHELD) for payee in found.withheld]
    return Rows(
        name="payments",
        title=f"Every payment, {prices(found)}",
        rows=rows,
        columns=(
            TableColumn("Payee", lambda row: row[0], width=2.2),
            TableColumn("For", lambda row: flow_name(found, row[1]), width=2.6, sheet=()),
            TableColumn("For", lambda row: row[1].flow.key if row[1] else "results", None),
            TableColumn("On", lambda row: long_date(row[1].flow.on) if row[1] else WITHHELD, width=2.0, sheet=()),
            TableColumn("On", lambda row: row[1].flow.on.isoformat() if row[1] else WITHHELD, None),
            TableColumn("Why", lambda row: row[1].reason.capitalize() if row[1] else WITHHELD, width=2.4, sheet=()),
            TableColumn("Why", lambda row: row[1].reason if row[1] else WITHHELD, None),
            TableColumn("Amount", lambda row: row[2], _penny, numeric=True, width=1.8),
        ),
        notes=(f"Rounding: {found.rounding}.", "A minus sign marks what is repaid."),
        sheet=("Payments", f"Every payment, pounds, {prices(found)}"),
    )


def _penny(amount: Decimal | str) -> str:
    return amount if isinstance(amount, str) else pounds(amount)


def figure(found: Settlement) -> tuple[Block, ...]:
    """Return the waterfall, where there is something between the first sum and the last, and nothing is withheld."""
    steps = waterfall(found)
    if len(steps) < 3 or found.withheld:
        return ()
    words = f"From what was measured to what is paid, all payees and periods together. {waterfall_words(steps)}"
    return (Figure("waterfall", "From the saving to the payment", words, lambda: waterfall_chart(steps)),)


def measured(found: Settlement) -> Rows[Measure]:
    """Return every metric, paid on or not; of a payee whose results are withheld, nothing but its name."""
    metric, shown = found.terms.metric, {one.payee for one in found.measures}
    hidden = [(payee, *(WITHHELD,) * 6) for payee in found.withheld if payee not in shown]
    return Rows(
        name="measured",
        title="What was expected and what was counted",
        rows=found.measures,
        columns=(
            TableColumn("Payee", lambda one: one.payee, width=2.0),
            TableColumn("Period", lambda one: period_name(found, one.period), width=2.2, sheet=()),
            TableColumn("Period", lambda one: one.period, None),
            TableColumn("Metric", lambda one: metric[one.metric].name, width=2.6, sheet=()),
            TableColumn("Metric", lambda one: one.metric, None),
            TableColumn("Paid on", lambda one: "yes" if metric[one.metric].pays else "no", width=1.0),
            TableColumn(
                "Expected", lambda one: one.expected, _number, numeric=True, width=1.4,
                cells=lambda value: (_decimal(value, 3),),
            ),
            TableColumn(
                "Counted", lambda one: one.actual, _counted, numeric=True, width=1.6, cells=lambda count: (count.count,)
            ),
            TableColumn("People", lambda one: one.actual.people or "", None),
            TableColumn(
                "Fall", lambda one: one.fall, _per_cent, numeric=True, width=1.1,
                sheet=("Fall, per cent",), cells=lambda value: (_decimal(value * 100, 3),),
            ),
        ),
        last=hidden,
        notes=(f"Expected: {found.terms.counterfactual.kind}. A minus sign marks a rise.",),
        sheet=("Measured", "What was expected and what was counted"),
    )  # fmt: skip


def _counted(count: Count) -> str:
    return f"{count.count:,}" + (f" of {count.people:,}" if count.people else "")


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
        Rows(
            name="leaving",
            title="The break clause",
            rows=found.leaving,
            columns=(
                TableColumn("Who", lambda one: one.unit + (" (left)" if one.left else ""), width=2.2),
                TableColumn("Fall so far", lambda one: one.fall_so_far, _per_cent, numeric=True, width=1.2),
                TableColumn("Fall still needed", needed, str, numeric=True, width=1.5),
                TableColumn("At risk if staying", lambda one: one.most_repaid, pounds, numeric=True, width=1.8),
                TableColumn("Repaid if alike", lambda one: one.repaid_if_alike, pounds, numeric=True, width=1.8),
                TableColumn("Worth of leaving", lambda one: one.worth_leaving, pounds, numeric=True, width=1.8),
            ),
        ).on_page(),
        *hindsight(found.leaving),
    ]
    return [Section("leaving", "Staying or leaving", tuple(blocks))]


def needed(one: Leaving) -> str:
    """Return the fall that would still keep the money."""
    return "none would do" if one.needed_fall > 1 else _per_cent(one.needed_fall)


def hindsight(all_: tuple[Leaving, ...]) -> list[Block]:
    """Return what leaving would have given, now that every period is measured."""
    known = [one for one in all_ if one.leaving_in_fact is not None]
    said = [
        f"{one.unit}: with what is now known, leaving gives {pounds(abs(one.leaving_in_fact or one.received))} "
        f"{'more' if (one.leaving_in_fact or 0) > 0 else 'less'} than staying."
        for one in known
        if one.leaving_in_fact
    ]
    return [Bullets(tuple(said))] if said else []


def working(found: Settlement) -> list[Block]:
    """Return a table of lines for each payment that has a working."""
    return [
        Rows(
            name=f"working-{at}",
            title=f"{one.unit}: {flow_name(found, one)}, {pounds(one.amount)} ({one.reason})",
            rows=one.lines,
            columns=(
                TableColumn("Line", lambda line: line.item, width=3.4),
                TableColumn("Working", lambda line: line.working, width=4.4),
                TableColumn("Result", result, str, numeric=True, width=2.0),
            ),
        ).on_page()
        for at, one in enumerate(found.settled, 1)
        if one.lines
    ]


def every_line(found: Settlement) -> Rows[tuple[Settled, Line]]:
    """Return every line of working, for the sheets."""
    return Rows(
        name="Working",
        title="Every line of working",
        rows=[(one, line) for one in found.settled for line in one.lines],
        columns=(
            TableColumn("Unit", lambda row: row[0].unit),
            TableColumn("For", lambda row: row[0].flow.key),
            TableColumn("Line", lambda row: row[1].item),
            TableColumn("Working", lambda row: row[1].working),
            TableColumn("Result", lambda row: _cell(row[1])),
            TableColumn("In", lambda row: "per cent" if row[1].unit == "share" else row[1].unit),
        ),
    )


def _cell(line: Line) -> Decimal | str:
    """Return what a line comes to for a spreadsheet: pounds to the penny, shares in per cent."""
    if line.value is None:
        return ""
    value = line.value * 100 if line.unit == "share" else line.value
    return _decimal(value, 2 if line.unit == "pounds" else 3)


def result(line: Line) -> str:
    """Return what a line comes to, as it is printed; the arithmetic goes on unrounded."""
    if line.value is None:
        return ""
    if line.unit == "pounds":
        return pounds(line.value)
    return _per_cent(line.value, 2) if line.unit == "share" else _number(line.value)


def prices(found: Settlement) -> str:
    """Return the price base in words."""
    return "cash of the day" if found.terms.prices == "cash" else f"prices of {found.terms.prices}"


def rests(found: Settlement) -> list[Block]:
    """Return the terms in brief, what they assume, and where they were published."""
    terms, payment = found.terms, found.terms.payment
    pairs = [("Payer", terms.payer), ("Prices", terms.prices), ("Counted in", found.outcomes)]
    pairs += [
        (f"Price of one fewer: {one.name}", pounds(one.unit_price)) for one in terms.metric.values() if one.unit_price
    ]
    if payment is not None:
        pairs += [("Threshold", f"{payment.threshold:%}"), ("Share rule", payment.words())]
        pairs += [("Cap", f"{payment.cap:%}")] if payment.cap is not None else []
        pairs += [("Maximum", pounds(payment.maximum))] if payment.maximum is not None else []
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


def flow_name(found: Settlement, one: Settled | None) -> str:
    """Return what a flow is for; results, where it is withheld."""
    if one is None:
        return "results"
    if one.flow.kind == "payment":
        return f"results, {period_name(found, one.flow.period or '')}"
    names = {"pooled payment": "results, all periods", "up front": f"money {one.flow.key}"}
    return names.get(one.flow.kind, one.flow.kind)


def _decimal(value: Fraction, places: int) -> Decimal:
    """Return a fraction to so many decimal places, half away from zero.

    >>> _decimal(Fraction(13, 155), 4), _decimal(Fraction(-1, 8), 2), _decimal(Fraction(-1, 1000), 1)
    (Decimal('0.0839'), Decimal('-0.13'), Decimal('0.0'))
    """
    shifted = abs(value) * 10**places + Fraction(1, 2)
    found = Decimal(shifted.numerator // shifted.denominator).scaleb(-places)
    return -found if value < 0 and found else found.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _per_cent(share: Fraction, places: int = 1) -> str:
    """Return a share in per cent.

    >>> _per_cent(Fraction(13, 155)), _per_cent(Fraction(-67, 1000))
    ('8.4%', '−6.7%')
    """
    return f"{written(_decimal(share * 100, places))}%"


def _number(value: Fraction) -> str:
    """Return a count, with two decimal places where it is not a whole number.

    >>> _number(Fraction(1550)), _number(Fraction(3100, 3))
    ('1,550', '1,033.33')
    """
    return written(_decimal(value, 0 if value.denominator == 1 else 2))
