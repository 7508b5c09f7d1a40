"""The business case: demand, supply, what each option costs, how it would be recharged, and what is not known."""

from dataclasses import replace
from functools import partial
from typing import Any

from whatworks.money.recharge.business_case import PEOPLE_PER_PLACE, BusinessCase, Choice
from whatworks.money.recharge.document import document
from whatworks.papers.answer import Answer
from whatworks.papers.money.demand_clearance import ClearDemand, clear_demand
from whatworks.papers.money.recharge import recharge_answer, recharge_sheets
from whatworks.papers.money.recharge_charts import marks
from whatworks.papers.money.recharge_leaving import leaving
from whatworks.papers.money.recharge_sections import bills, decision
from whatworks.papers.money.recharge_words import decimal, pounds, sheet_of
from whatworks.papers.paper import Block, Bullets, Cell, Facts, Figure, Paragraph, Section, Table
from whatworks.papers.words import NONE, WITHHELD, text

UNKNOWN = "not known"
OUTCOMES = {"placed": "Placed", "waiting": "Waiting", "refused": "Refused", "withdrawn": "Withdrew"}
REASONS = {
    "no_space": "No space",
    "specialist_need": "A need that the refuge does not meet",
    "too_large_family": "Family too large",
    "no_funds": "Nobody to pay",
    "outside_area": "From outside the area",
    "unsafe_area": "Area not safe for the family",
    "other": "Another reason",
    "not_recorded": "Not recorded",
}


def business_case_answer(case: BusinessCase, notice: str = "", minimum: int = 10) -> Answer:
    """Return the business case, small numbers of families withheld; the screen shows the bills."""
    service, clear = case.recharge.terms.service, _clear(case, minimum)
    sections = (
        decision(case.recharge),
        summary(case, clear),
        demand(case, clear),
        supply(case),
        options(case, clear),
        bills(case.recharge),
        leaving(case.recharge),
        unknown(case),
    )
    return replace(
        recharge_answer(case.recharge, notice),
        title=f"Business case: {service.name}",
        sections=sections,
        figures=_figures(case, clear),
        sheets=(*_sheets(case, clear), *recharge_sheets(case.recharge)),
    )


def _figures(case: BusinessCase, clear: ClearDemand | None) -> dict[str, Any]:
    return {
        "demand": None
        if clear is None
        else {
            "families": clear.families,
            "calls": clear.calls,
            "origins": {code: {"referred": every, "refused": no} for code, (every, no) in clear.origins.items()},
            "outcomes": clear.outcomes,
            "reasons": clear.reasons,
        },
        "supply": [
            {"borough": one.borough, "population": one.population, "places": one.places,
             "standard": float(one.standard), "short": float(one.short)}
            for one in case.supply
        ],
        "nights": {"own_borough": case.flow.own, "other_borough": case.flow.other, "outside": case.flow.outside,
                   "empty": case.flow.empty},
        "options": [
            {"name": one.name, "kind": one.kind,
             "yearly_cost": None if one.yearly_cost is None else f"{one.yearly_cost:.2f}",
             "families": _families(one, clear)}
            for one in case.choices
        ],
        "unknown": list(case.unknown),
        "recharge": document(case.recharge, flows=False),
    }  # fmt: skip


def _clear(case: BusinessCase, minimum: int) -> ClearDemand | None:
    return None if case.demand is None else clear_demand(case.demand, minimum)


def _families(one: Choice, clear: ClearDemand | None) -> int | str | None:
    """Return an option's families; those whom the service placed only where they may be shown."""
    if one.families is not None and one.placed_now:
        return clear.outcomes.get("placed", "c") if clear is not None else None
    return one.families


def summary(case: BusinessCase, clear: ClearDemand | None) -> Section:
    """Return the answer on one page."""
    answer = case.recharge
    places = sum(one.places for one in case.supply)
    said = (
        f"{text(clear.families)} families were referred in {answer.year}, each counted once, and "
        f"{text(clear.outcomes['refused'])} of them were refused."
        if clear is not None
        else f"How many families asked for a refuge in {answer.year} is not known: no referrals were given."
    )
    standard = sum(one.standard for one in case.supply)
    return Section(
        "summary",
        "Summary",
        (
            Paragraph(said, "verdict"),
            Paragraph(
                f"The service has {places:,} family places. One for {PEOPLE_PER_PLACE:,} people would be "
                f"{decimal(standard)}: it is {decimal(abs(case.short))} {'short of' if case.short > 0 else 'above'} "
                "that standard."
            ),
            Paragraph(
                f"It cost £{pounds(answer.account.cost)} in {answer.year}. How that would be recharged, by "
                f"{len(answer.current)} models side by side, is below, and so is what is not known."
            ),
        ),
    )


def demand(case: BusinessCase, clear: ClearDemand | None) -> Section:
    """Return the map of demand: where families came from, how many were refused and why."""
    heading = "Is demand known, by borough and in all?"
    if clear is None:
        said = "Not known. Referrals, one row a call with one number a family, would show it."
        return Section("demand", heading, (Paragraph(said), Facts(_flow(case))))
    names, people = case.recharge.terms.names, case.recharge.terms.populations
    rows = [
        (
            names.get(code, "From outside"),
            text(every),
            text(refused),
            decimal(_rate(every, people[code]))
            if code in people and every != "c"
            else (NONE if every != "c" else WITHHELD),
        )
        for code, (every, refused) in clear.origins.items()
    ]
    rows.append(("All", text(clear.families), text(clear.outcomes["refused"]), NONE))
    blocks: list[Block] = [
        Paragraph(
            f"{text(clear.calls)} calls were made for {text(clear.families)} families. A family refused by several "
            "refuges is one refused family, and none if another took it in."
        ),
        Table(
            name="demand",
            title=f"Families referred in {case.recharge.year}, by the borough they came from",
            columns=("From", "Referred", "Refused", "Referred per 10,000 people"),
            rows=tuple(rows),
            numeric=(False, True, True, True),
            widths=(2.4, 1.2, 1.2, 1.8),
            notes=("[c] is withheld: fewer than 10 families, or what would give such a number back.",),
        ),
        Facts(tuple((OUTCOMES[name], f"{text(count)} families") for name, count in clear.outcomes.items())),
    ]
    if clear.reasons:
        said = "; ".join(f"{REASONS[name].lower()} {text(count)}" for name, count in clear.reasons.items())
        blocks.append(Paragraph(f"Why families were refused, by the reason given last: {said}."))
    blocks += [Paragraph("Where the nights were spent:"), Facts(_flow(case))]
    return Section("demand", heading, tuple(blocks))


def _rate(count: int | str, people: int) -> Any:
    from fractions import Fraction

    return Fraction(int(count) * PEOPLE_PER_PLACE, people)


def _flow(case: BusinessCase) -> tuple[tuple[str, str], ...]:
    flow = case.flow
    every = flow.own + flow.other + flow.outside + flow.empty
    return tuple(
        (name, f"{nights:,} nights ({round(100 * nights / every)}%)")
        for name, nights in (
            ("In the family's own borough", flow.own),
            ("In another borough of the service", flow.other),
            ("By families from outside", flow.outside),
            ("Empty", flow.empty),
        )
    )


def supply(case: BusinessCase) -> Section:
    """Return supply beside the standard."""
    terms = case.recharge.terms
    rows = [
        (terms.names[one.borough], f"{one.population:,}", f"{one.places:,}", decimal(one.standard), decimal(one.short))
        for one in case.supply
    ]
    rows.append(
        ("All", f"{sum(one.population for one in case.supply):,}", f"{sum(one.places for one in case.supply):,}",
         decimal(sum(one.standard for one in case.supply)), decimal(case.short))
    )  # fmt: skip
    shown = {
        "Family places": {terms.names[one.borough]: float(one.places) for one in case.supply},
        "Standard": {terms.names[one.borough]: float(one.standard) for one in case.supply},
    }
    order = [terms.names[one.borough] for one in case.supply]
    source = (
        f"residents in {terms.population.year} ({terms.population.source})" if terms.population is not None else UNKNOWN
    )
    none = [terms.names[one.borough] for one in case.supply if not one.places]
    most = max(case.supply, key=lambda one: (one.short, one.borough))
    return Section(
        "supply",
        "How does supply stand to the standard?",
        (
            Table(
                name="supply",
                title=f"Family places in {case.recharge.year}, and one for {PEOPLE_PER_PLACE:,} people",
                columns=("Borough", "People", "Family places", "Standard", "Short"),
                rows=tuple(rows),
                numeric=(False, True, True, True, True),
                widths=(2.4, 1.3, 1.3, 1.2, 1.2),
                notes=(f"People: {source}.", "Places are counted by borough; the place of a refuge is never taken in."),
            ),
            Figure(
                "supply",
                "Family places beside the standard, by borough",
                f"{len(none)} of {len(order)} boroughs have no place. Furthest below the standard is "
                f"{terms.names[most.borough]}, with {most.places} places of {decimal(most.standard)}.",
                partial(marks, shown, order, "Family places"),
            ),
        ),
    )


def options(case: BusinessCase, clear: ClearDemand | None) -> Section:
    """Return the options with their costs."""
    rows = []
    for one in case.choices:
        families = _families(one, clear)
        per_family = UNKNOWN if one.per_family is None else pounds(one.per_family, 0)
        rows.append(
            (
                one.name,
                UNKNOWN if one.yearly_cost is None else pounds(one.yearly_cost),
                UNKNOWN if families is None else text(families) if isinstance(families, int) else WITHHELD,
                WITHHELD if families == "c" else per_family,
                one.note or NONE,
            )
        )
    return Section(
        "options",
        "What would each option cost?",
        (
            Table(
                name="options",
                title="Options, pounds a year",
                columns=("Option", "Cost", "Families", "Cost per family", "What it rests on"),
                rows=tuple(rows),
                numeric=(False, True, True, True, False),
                widths=(2.2, 1.3, 1.0, 1.2, 3.0),
                notes=(
                    "Cost per family: the cost divided by the families, whatever help each had and for however long. "
                    "Options that help different families are no substitutes for each other.",
                ),
            ),
        ),
    )


def unknown(case: BusinessCase) -> Section:
    """Return what is not known."""
    return Section("unknown", "What is not known?", (Bullets(case.unknown),))


def _sheets(case: BusinessCase, clear: ClearDemand | None) -> tuple[Table, ...]:
    names = case.recharge.terms.names
    found: list[Table] = []
    if clear is not None:
        rows: list[tuple[Cell, ...]] = [
            (names.get(code, "From outside"), _cell(every), _cell(refused))
            for code, (every, refused) in clear.origins.items()
        ]
        found.append(sheet_of("Demand", "Families referred and refused", ("From", "Referred", "Refused"), rows))
    places: list[tuple[Cell, ...]] = [(names[one.borough], one.population, one.places) for one in case.supply]
    found.append(sheet_of("Supply", "Family places and people", ("Borough", "People", "Family places"), places))
    chosen: list[tuple[Cell, ...]] = [
        (one.name, UNKNOWN if one.yearly_cost is None else one.yearly_cost, _cell(_families(one, clear)))
        for one in case.choices
    ]
    found.append(sheet_of("Options", "Options, pounds a year", ("Option", "Cost", "Families"), chosen))
    return tuple(found)


def _cell(count: int | str | None) -> Cell:
    return UNKNOWN if count is None else WITHHELD if count == "c" else count
