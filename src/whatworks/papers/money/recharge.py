"""A recharge: the bills table, the swing chart, and who would do better to leave."""

from collections.abc import Iterator

from whatworks.money.recharge.account import ZERO
from whatworks.money.recharge.document import document
from whatworks.money.recharge.recharge import Recharge
from whatworks.papers.answer import Answer
from whatworks.papers.money.recharge_leaving import leaving, method
from whatworks.papers.money.recharge_sections import bills, bills_table, decision, rewards, shadow, shared, summary
from whatworks.papers.money.recharge_words import label, prices, sheet_of, stability_lines
from whatworks.papers.paper import Cell, Table
from whatworks.papers.words import NONE


def recharge_answer(answer: Recharge, notice: str = "") -> Answer:
    """Return a recharge, billed by what `recharge_clearance.evened` allows, with its notice.

    `summary.json` holds the whole answer but who owes which host what.
    """
    service = answer.terms.service
    sections = (decision, summary, bills, shared, shadow, rewards, leaving, method)
    said = tuple(_sentences(answer))
    head = f"{service.name}: bills of {answer.year} in pounds ({prices(answer.account.price_year)})"
    return Answer(
        title=service.title,
        sentences=said,
        sections=tuple(section(answer) for section in sections),
        screen=(head, "", bills_table(answer), "", *said, *([notice] if notice else [])),
        figures=document(answer, flows=False),
        item=service.item,
        prepared_for=service.prepared_for,
        notice=notice,
        as_at=answer.terms.as_at,
        sheets=recharge_sheets(answer),
    )


def _sentences(answer: Recharge) -> Iterator[str]:
    """Yield what follows from the bills."""
    year = answer.account
    yield (
        f"Cost £{year.cost:,.2f}; {year.empty_nights:,} of {year.available:,} nights were empty, "
        f"{year.outside_nights:,} were used from outside. Every column sums to the cost."
    )
    for swing in answer.swings:
        most, who = swing.largest_rise, answer.terms.names[swing.largest_rise.payer]
        yield f"{label(swing.model)}: from {swing.before}, the largest rise is {most.change:+,.2f} ({who})."
    if answer.stability is not None:
        yield from stability_lines(answer.stability, answer.terms.names)
    for part in answer.missing:
        yield f"Not said: {part.part}. It would need: {part.needed}."


def recharge_sheets(answer: Recharge) -> tuple[Table, ...]:
    """Return the sheets: bills with their parts, transfers, gains and losses, swings, placements, and leaving."""
    made = (_bills, _transfers, _gains, _swings, _rewards, _leaving, _shares)
    found = [sheet(answer) for sheet in made]
    return tuple(sheet for sheet in found if sheet.rows)


def _bills(answer: Recharge) -> Table:
    names = answer.terms.names
    rows: list[tuple[Cell, ...]] = [
        (names[bill.payer], one.year, label(one.model), bill.share, bill.empty, bill.outside, bill.limited, bill.total)
        for one in answer.bills
        for bill in one.bills
    ]
    columns = ("Who pays", "Year", "Model", "Share", "Empty places", "From outside", "Moved by the limit", "Bill")
    return sheet_of("Bills", "Bills by model and year, pounds", columns, rows)


def _transfers(answer: Recharge) -> Table:
    names, spent = answer.terms.names, {host.code: host.cost for host in answer.account.hosts}
    rows: list[tuple[Cell, ...]] = [
        (names[code], label(model), spent.get(code, ZERO), amount)
        for model, moves in answer.transfers.items()
        for code, amount in moves.items()
    ]
    columns = ("Who", "Model", "Spent as a host", "Pays, or is paid (negative)")
    return sheet_of("Transfers", f"Transfers of {answer.year}, pounds", columns, rows)


def _gains(answer: Recharge) -> Table:
    """Return who would have gained or lost in the year before, against what was really paid."""
    names, paid = answer.terms.names, answer.paid_before
    rows: list[tuple[Cell, ...]] = [
        (
            names[code],
            label(one.model),
            paid.get(code, ZERO),
            one.totals[code],
            one.totals[code] - paid.get(code, ZERO),
        )
        for one in (answer.shadow if paid else ())
        for code in answer.account.boroughs
    ]
    columns = ("Borough", "Model", "Paid", "Would have paid", "Loss, or gain (negative)")
    return sheet_of("Gains", "Last year: what was paid, and would have been, pounds", columns, rows)


def _swings(answer: Recharge) -> Table:
    names = answer.terms.names
    rows: list[tuple[Cell, ...]] = [
        (names[move.payer], label(one.model), move.before, move.after, move.change)
        for one in answer.swings
        for move in one.moves
    ]
    years = (answer.swings[0].before, answer.swings[0].after) if answer.swings else ("", "")
    return sheet_of("Swing", "How bills move, pounds", ("Who pays", "Model", *years, "Change"), rows)


def _rewards(answer: Recharge) -> Table:
    names = answer.terms.names
    rows: list[tuple[Cell, ...]] = [
        (
            names[price.borough],
            label(one.model),
            one.nights,
            price.placing,
            NONE if price.hosting is None else price.hosting,
        )
        for one in answer.incentives
        for price in one.prices
    ]
    columns = ("Who places", "Model", "Nights", "Added to its bill", "Added to the host's bill")
    return sheet_of("Placements", "What one more placement adds to the bills, pounds", columns, rows)


def _leaving(answer: Recharge) -> Table:
    names = answer.terms.names
    found = answer.stability.models if answer.stability is not None else ()
    rows: list[tuple[Cell, ...]] = [
        (
            label(one.model),
            ", ".join(names[code] for code in one.worst.boroughs),
            one.worst.billed,
            one.worst.alone,
            one.worst.saving,
        )
        for one in found
        if one.worst is not None
    ]
    columns = ("Model", "Group", "Billed", "Alone", "Saving")
    return sheet_of("Leaving", "The group that would save most by leaving, pounds a year", columns, rows)


def _shares(answer: Recharge) -> Table:
    found, names = answer.stability, answer.terms.names
    if found is None:
        return sheet_of("Shapley", "", ("Borough",), [])
    rows: list[tuple[Cell, ...]] = [
        (names[code], found.alone[code], found.shapley[code], NONE if found.stable is None else found.stable[code])
        for code in found.alone
    ]
    columns = ("Borough", "Alone", "Shapley share", "Bills that no group would leave")
    return sheet_of("Shapley", "Alone, Shapley shares and bills that keep everybody, pounds a year", columns, rows)
