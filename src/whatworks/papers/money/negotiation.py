"""The paper of a negotiation: terms that both sides would sign, the frontier, or plainly that there are none."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.answer import negotiation_answer
from whatworks.money.futures.assumptions import Assumptions
from whatworks.money.futures.negotiation import Bargain, Negotiation
from whatworks.papers.forms.sheet import sheet
from whatworks.papers.money.amounts import estimate_words, per_cent, percent, pounds, rounded, unbroken
from whatworks.papers.money.frontier_chart import frontier_chart, frontier_words
from whatworks.papers.money.simulation_words import assumption_facts
from whatworks.papers.paper import Block, Bullets, Facts, Figure, Paper, Paragraph, Section, Table, numbered

COLUMNS = (
    "Threshold",
    "Share",
    "Cap",
    "Up front, each",
    "Periods",
    "Payer expects to save",
    "Worst 5%",
    "Expects least",
)
NOTES = (
    "Worst 5%: the mean of the worst 5% of paths of the partner that fares worst. Expects least: the expected net cash "
    "of the partner that can expect least. In brackets: the 95% Monte Carlo interval.",
)


def negotiation_paper(
    terms: Terms, assumed: Assumptions, found: Negotiation, as_at: date, item: str, prepared_for: str
) -> Paper:
    """Return the paper of a negotiation."""
    return Paper(
        title=f"{terms.name}: terms that both sides would sign",
        item=item,
        prepared_for=prepared_for,
        as_at=as_at,
        notice=f"Simulated: {found.paths:,} paths for each set of terms, seed {found.seed}.",
        sections=numbered((answer(found), frontier(found), method(terms, assumed, found))),
        sheets=(offers(found),),
    )


def negotiation_summary(found: Negotiation) -> Any:
    """Return what `summary.json` holds."""
    return negotiation_answer(found)


def verdict(found: Negotiation) -> list[str]:
    """Return the answer in sentences, the first by itself."""
    tried, wish = len(found.tried), found.wish
    said = []
    if found.signable:
        said.append(f"{found.signable_before_check} of {tried} sets of terms would be signed by both sides.")
        best = found.signable[-1]
        said.append(f"Best for the payer among them: {offer_words(best)}, saving it {estimate_words(best.saved)}.")
        safest = found.signable[0]
        said.append(f"Safest for the partners: {offer_words(safest)}, worst 5% {pounds(safest.hardest)}.")
    else:
        said.append(f"There is none: no set of terms among {tried} tried would be signed by both sides.")
        said += [f"{name[0].upper()}{name[1:]}: {count} of {tried}." for name, count in found.met.items()]
        said += nearest(found)
    said.append(
        "What there is to share, cash freed less all outlay: "
        + "; ".join(f"{pounds(value)} over {number} periods" for number, value in found.pie.items())
        + "."
    )
    if max(found.pie.values()) < wish.least_saved + wish.least_expected * len(found.names):
        said.append("That is less than the sides ask for together, so no terms of any kind would serve both.")
    return said


def nearest(found: Negotiation) -> list[str]:
    """Return how near the search came: what would have to be borne, and what it would cost the payer."""
    wish = found.wish
    saving = [one for one in found.tried if one.payer_signs(wish) and one.expects(wish)]
    said = []
    if saving:
        least = max(saving, key=lambda one: one.hardest)
        said.append(
            f"The least that would have to be bearable is {pounds(-least.hardest)}, with {offer_words(least)}: the "
            "payer saves, and every partner expects enough."
        )
    content = [one for one in found.tried if one.bearable(wish) and one.expects(wish)]
    if content:
        best = max(content, key=lambda one: one.saved.value)
        said.append(
            f"Terms that every partner would sign leave the payer {pounds(best.saved.value)} at best, with "
            f"{offer_words(best)}."
        )
    return said


def offer_words(one: Bargain) -> str:
    """Return an offer in words."""
    offer = one.offer
    cap = "no cap" if offer.cap is None else f"cap {percent(offer.cap, 0)}"
    return (
        f"threshold {percent(offer.threshold, 0)}, share {share_words(offer.share)}, {cap}, "
        f"{pounds(offer.up_front)} up front to each, {offer.periods} periods"
    )


def share_words(share: str | Decimal) -> str:
    """Return a share rule in words.

    >>> share_words(Decimal("0.7")), share_words("half")
    ('70% of the saving', 'half')
    """
    return f"{percent(share, 0)} of the saving" if isinstance(share, Decimal) else share


def answer(found: Negotiation) -> Section:
    """Return whether there are terms that both would sign, and which."""
    first, *rest = verdict(found)
    blocks: list[Block] = [Paragraph(first, "lead"), Bullets(tuple(rest))]
    if found.signable:
        blocks.append(_table("signable", "Terms that both sides would sign", found.signable))
    blocks.append(_table("as-it-stands", "The contract as it stands", (found.as_it_stands,)))
    return Section("answer", "Are there terms that both sides would sign?", tuple(blocks))


def frontier(found: Negotiation) -> Section:
    """Return the frontier as a picture and a table."""
    words = "No other terms tried are better for the payer and for the partner at most risk than those on the line."
    return Section(
        "frontier",
        "What does one side's comfort cost the other?",
        (
            Paragraph(words),
            Figure("frontier", "The frontier", frontier_words(found), partial(frontier_chart, found)),
            _table("frontier-terms", "Terms on the frontier", thinned(found.edge)),
        ),
    )


def thinned(bargains: Sequence[Bargain], most: int = 12) -> Sequence[Bargain]:
    """Return at most so many, evenly from one end to the other."""
    if len(bargains) <= most:
        return bargains
    return [bargains[round(at * (len(bargains) - 1) / (most - 1))] for at in range(most)]


def method(terms: Terms, assumed: Assumptions, found: Negotiation) -> Section:
    """Return what was asked for and assumed."""
    asked = Facts(
        (
            ("Bearable", f"{pounds(-found.wish.bearable)} as the mean of a partner's worst 5% of paths"),
            ("Each partner expects at least", pounds(found.wish.least_expected)),
            ("The payer expects to save more than", pounds(found.wish.least_saved)),
            *assumption_facts(terms, assumed),
            ("Check", "Terms to sign were walked again on fresh paths, and are shown only if they still serve both."),
        )
    )
    return Section(
        "method",
        "What was asked for, and assumed?",
        (asked, *((Bullets(terms.assumptions),) if terms.assumptions else ())),
    )


def offers(found: Negotiation) -> Table:
    """Return every offer as a sheet."""
    rows = [
        [
            per_cent(one.offer.threshold),
            share_words(one.offer.share),
            "none" if one.offer.cap is None else per_cent(one.offer.cap),
            rounded(float(one.offer.up_front)),
            one.offer.periods,
            rounded(one.saved.value),
            rounded(one.hardest),
            rounded(min(each.value for each in one.expected)),
            "yes" if one.signed(found.wish) else "no",
        ]
        for one in found.tried
    ]
    return sheet("terms", "All terms tried", [*(f"{name}" for name in COLUMNS), "Both sides sign"], rows)


def _table(name: str, title: str, bargains: Sequence[Bargain]) -> Table:
    rows = unbroken(
        (
            percent(one.offer.threshold, 0),
            share_words(one.offer.share),
            "none" if one.offer.cap is None else percent(one.offer.cap, 0),
            pounds(one.offer.up_front),
            str(one.offer.periods),
            estimate_words(one.saved),
            estimate_words(one.hardest_estimate),
            estimate_words(min(one.expected, key=lambda each: each.value)),
        )
        for one in bargains
    )
    numeric = (False, False, True, True, True, True, True, True)
    return Table(name, title, COLUMNS, rows, numeric, (0.9, 1.2, 0.6, 0.9, 0.7, 1.6, 1.6, 1.6), NOTES)
