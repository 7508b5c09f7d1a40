"""The sections of a recharge paper on bills: what each borough pays, how bills move, and what each model rewards."""

from decimal import Decimal
from fractions import Fraction
from functools import partial

from whatworks.money.recharge.account import ZERO
from whatworks.money.recharge.recharge import Recharge
from whatworks.money.recharge.terms import BOROUGHS, HOSTS
from whatworks.papers.answer import Rows, TableColumn
from whatworks.papers.money.recharge_charts import dots, range_words
from whatworks.papers.money.recharge_words import MEANINGS, core_words, label, people, per_cent, pounds, prices
from whatworks.papers.paper import Block, Bullets, Facts, Figure, Paragraph, Section, Table
from whatworks.papers.words import NONE
from whatworks.records.listing import listed


def decision(answer: Recharge) -> Section:
    """Return the section that asks for the decision."""
    return Section("decision", "Decision sought", (Paragraph(answer.terms.service.decision_sought, "lead"),))


def summary(answer: Recharge) -> Section:
    """Return the answer on one page."""
    year, names = answer.account, answer.terms.names
    spread = {code: [one.totals[code] for one in answer.current] for code in year.boroughs}
    widest = max(spread, key=lambda code: max(spread[code]) - min(spread[code]))
    blocks: list[Block] = [
        Paragraph(
            f"The service cost £{pounds(year.cost)} in {answer.year} ({prices(year.price_year)}). Under each of "
            f"{len(answer.current)} ways of sharing it, the bills sum to that, to the penny.",
            "verdict",
        ),
        Paragraph(
            f"The choice matters most to {names[widest]}, whose bill would be between £{pounds(min(spread[widest]))} "
            f"and £{pounds(max(spread[widest]))}."
        ),
    ]
    if answer.stability is not None:
        blocks.append(Paragraph(_leaving_in_short(answer)))
    if answer.swings:
        calm = min(answer.swings, key=lambda one: one.largest_rise.change)
        wild = max(answer.swings, key=lambda one: one.largest_rise.change)
        blocks.append(
            Paragraph(
                f"From {calm.before} to {calm.after} the largest rise of any bill would have been "
                f"£{pounds(calm.largest_rise.change)} by the calmest model ({label(calm.model).lower()}) and "
                f"£{pounds(wild.largest_rise.change)} by the wildest ({label(wild.model).lower()})."
            )
        )
    return Section("summary", "Summary", tuple(blocks))


def _leaving_in_short(answer: Recharge) -> str:
    found = answer.stability
    if found is None:
        return ""
    safe = [label(one.model).lower() for one in found.models if one.worst is None]
    said = (
        f"No borough or group of boroughs would do better to leave under {listed(safe)}."
        if safe
        else "Under each model some group of boroughs would do better to leave."
    )
    return f"{said} {core_words(found)}"


def bills(answer: Recharge) -> Section:
    """Return the bills side by side, with what each borough would pay alone."""
    names, current = answer.terms.names, answer.current
    shown = {label(one.model): {names[code]: one.totals[code] for code in answer.account.boroughs} for one in current}
    order = people(answer, answer.account.boroughs)
    words = f"Each borough's bill by each model. {range_words(shown, order)}"
    draw = partial(dots, shown, order, "Bill in thousands of pounds")
    return Section(
        "bills",
        "What would each borough pay?",
        (
            Bullets(tuple(f"{label(one.model)}: {MEANINGS[one.model]}" for one in current)),
            bills_table(answer).on_page(),
            Figure("bills", f"Bills of {answer.year} by model", words, draw),
        ),
    )


def bills_table(answer: Recharge) -> Rows[str]:
    """Return the bills by model, a row for each payer."""
    alone = answer.stability.alone if answer.stability else {}
    bought = [(label(one.model), one.totals) for one in answer.current] + ([("Alone", alone)] if alone else [])
    totals = tuple(pounds(sum(one.totals.values(), ZERO)) for one in answer.current)

    return Rows(
        name="bills",
        title=f"Bills of {answer.year} in pounds, {prices(answer.account.price_year)}",
        rows=list(answer.current[0].totals),
        columns=(
            TableColumn("Who pays", lambda payer: answer.terms.names[payer], width=2.1),
            *(TableColumn(name, amounts.get, pounds, numeric=True, width=1.35) for name, amounts in bought),
        ),
        last=(("Total", *totals, *([NONE] if alone else [])),),
        notes=_bill_notes(answer),
    )


def _bill_notes(answer: Recharge) -> tuple[str, ...]:
    notes = ["Pence that are left over go to the largest remainders, equal ones in the order of the boroughs' codes."]
    if answer.stability is not None:
        notes.append("Alone: what a service of the borough's own would cost, by the figures that the terms state.")
    for one in answer.current:
        moved = sum((abs(bill.limited) for bill in one.bills), ZERO) / 2
        if moved:
            notes.append(
                f"{label(one.model)}: £{pounds(moved)} was moved between boroughs, so that no bill is above its limit."
            )
        if one.limit_broken:
            notes.append(
                f"{label(one.model)}: the limit on rises could not be kept, since the cost itself rose too far."
            )
    return tuple(notes)


def shared(answer: Recharge) -> Section:
    """Return what was shared: nights, who pays for empty ones, hosts, and transfers between boroughs."""
    year, names = answer.account, answer.terms.names
    pairs = [
        ("Nights that the places give", f"{year.available:,} {answer.terms.service.units.removesuffix('s')} nights"),
        ("Used by the boroughs' families", f"{sum(year.nights.values()):,}"),
        (
            "Used by families from outside",
            f"{year.outside_nights:,}, paid by {_payer(answer, answer.terms.outside.funded_by, year.outside_apart)}",
        ),
        (
            "Empty",
            f"{year.empty_nights:,}, paid by {_payer(answer, answer.terms.empty_places.funded_by, year.empty_apart)}",
        ),
        ("Shared by the boroughs", f"£{pounds(year.shared)} of £{pounds(year.cost)}"),
    ]
    spent = {host.code: host.cost for host in year.hosts}
    moves = answer.transfers.get("net_settlement")
    blocks: list[Block] = [Facts(tuple(pairs))]
    if moves is not None:
        blocks.append(
            Table(
                name="settlement",
                title=f"Net settlement of {answer.year} in pounds: what each has spent, and pays or is paid",
                columns=("Who", "Nights placed", "Spent as a host", "Pays (is paid: −)", "Bill"),
                rows=(
                    *(
                        (
                            names[code],
                            f"{year.nights[code]:,}" if code in year.nights else NONE,
                            pounds(spent.get(code, ZERO)),
                            pounds(amount),
                            pounds(spent.get(code, ZERO) + amount),
                        )
                        for code, amount in moves.items()
                    ),
                    ("Total", f"{sum(year.nights.values()):,}", pounds(year.cost), pounds(sum(moves.values(), ZERO)),
                     pounds(year.cost)),
                ),
                numeric=(False, True, True, True, True),
                widths=(2.4, 1.2, 1.6, 1.6, 1.5),
                notes=("What is paid and received sums to zero; what each has spent and pays sums to its bill.",),
            )
        )  # fmt: skip
    return Section("shared", "What is shared, and who pays whom?", tuple(blocks))


def _payer(answer: Recharge, funded_by: str, apart: dict[str, Decimal]) -> str:
    amount = f"£{pounds(sum(apart.values(), ZERO))}"
    if funded_by == BOROUGHS:
        return "the boroughs, by each model's own rule"
    return (
        f"the hosts, each its own ({amount})" if funded_by == HOSTS else f"{answer.terms.names[funded_by]} ({amount})"
    )


def shadow(answer: Recharge) -> Section:
    """Return what the year before would have been, and how bills move."""
    if not answer.shadow:
        return Section(
            "shadow",
            "What would last year's bill have been?",
            (Paragraph("Not said: it would need a year before this one, in the terms and in the usage."),),
        )
    names, before = answer.terms.names, answer.shadow[0].year
    paid = answer.paid_before
    columns = ["Who pays", *(["Paid"] if paid else []), *(label(one.model) for one in answer.shadow)]
    rows = [
        (
            names[payer],
            *([pounds(paid.get(payer, ZERO)) if payer in answer.account.boroughs else NONE] if paid else []),
            *(pounds(one.totals[payer]) for one in answer.shadow),
        )
        for payer in answer.shadow[0].totals
    ]
    boroughs = answer.account.boroughs
    changes = {
        label(one.model): {names[move.payer]: move.change for move in one.moves if move.payer in boroughs}
        for one in answer.swings
    }
    return Section(
        "shadow",
        "What would last year's bill have been, and how do bills move?",
        (
            Table(
                name="shadow",
                title=f"A shadow year: what the bills of {before} would have been, in pounds",
                columns=tuple(columns),
                rows=tuple(rows),
                numeric=(False, *(True for _ in columns[1:])),
                widths=(2.1, *(1.35 for _ in columns[1:])),
                notes=("Paid: what each borough really paid in that year, as the terms state it.",) if paid else (),
            ),
            _swings(answer),
            Figure(
                "swing",
                f"Change of each bill from {before} to {answer.year}",
                f"How each borough's bill moves. {range_words(changes, people(answer, boroughs))}",
                partial(dots, changes, people(answer, boroughs), "Change in thousands of pounds"),
            ),
        ),
    )


def _swings(answer: Recharge) -> Table:
    rows = [
        (
            label(one.model),
            answer.terms.names[one.largest_rise.payer],
            pounds(one.largest_rise.change),
            per_cent(one.largest_rise.share),
            pounds(one.moved),
        )
        for one in answer.swings
    ]
    return Table(
        name="swings",
        title=f"How bills moved from {answer.swings[0].before} to {answer.swings[0].after}, in pounds",
        columns=("Model", "Largest rise", "By", "Of its bill", "All changes together"),
        rows=tuple(rows),
        numeric=(False, False, True, True, True),
        widths=(1.6, 2.2, 1.3, 1.1, 1.6),
        notes=("All changes together: rises and falls added without their signs.",),
    )


def rewards(answer: Recharge) -> Section:
    """Return what each model rewards, and what one bad year does."""
    if not answer.incentives:
        return Section(
            "rewards",
            "What does each model reward?",
            (Paragraph("Not said: every night was used, so one more family would need another place."),),
        )
    first = answer.incentives[0]
    rows, bad = [], []
    for one in answer.incentives:
        placing = [price.placing for price in one.prices]
        hosting = [price.hosting for price in one.prices if price.hosting is not None]
        rows.append(
            (label(one.model), pounds(min(placing)), pounds(max(placing)),
             pounds(min(hosting, default=None)), pounds(max(hosting, default=None)))
        )  # fmt: skip
        worst = max(one.bad_years, key=lambda move: (move.share if move.share is not None else 0, move.payer))
        bad.append(
            (
                label(one.model),
                answer.terms.names[worst.payer],
                pounds(worst.before),
                pounds(worst.after),
                per_cent(worst.share),
            )
        )
    return Section(
        "rewards",
        "What does each model reward?",
        (
            Paragraph(
                f"One more family for {first.nights} nights in a place that stood empty costs the service nothing "
                "more. What it adds to the bill of the borough that places the family is that borough's reason to "
                "refuse; a host whose own bill does not fall has no reason to take the family in."
            ),
            Table(
                name="rewards",
                title=f"What one more placement of {first.nights} nights adds to the bills, in pounds",
                columns=("Model", "Who places: least", "Who places: most", "Host: least", "Host: most"),
                rows=tuple(rows),
                numeric=(False, True, True, True, True),
                widths=(1.8, 1.4, 1.4, 1.4, 1.4),
                notes=("Host: the change of its own bill when another borough places the family.",),
            ),
            Table(
                name="bad-year",
                title=f"A bad year: one family place more, used for {first.bad_year_nights} nights",
                columns=("Model", "Hardest hit", "Bill", "In a bad year", "Rise"),
                rows=tuple(bad),
                numeric=(False, False, True, True, True),
                widths=(1.8, 2.2, 1.4, 1.4, 1.0),
                notes=(_protection_words(answer),),
            ),
        ),
    )


def _protection_words(answer: Recharge) -> str:
    terms = answer.terms.protection
    if terms is None:
        return "The terms hold no limit on how far a bill may rise."
    return (
        f"The terms limit a rise to {per_cent(Fraction(terms.most_rise))} of the bill before, from "
        f"£{pounds(terms.never_below)} up; the others carry what that takes off."
    )
