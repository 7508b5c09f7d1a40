"""A negotiation: terms that both sides would sign, the frontier, or plainly that there are none."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.answer import negotiation_answer as as_document
from whatworks.money.futures.assumptions import Assumptions
from whatworks.money.futures.chance import Estimate
from whatworks.money.futures.negotiation import Bargain, Negotiation
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.money.amounts import estimate_words, per_cent, percent, pounds, pounds_column, rounded, unbroken
from whatworks.papers.money.frontier_chart import frontier_chart, frontier_words
from whatworks.papers.money.simulation_words import assumption_facts
from whatworks.papers.paper import Block, Bullets, Facts, Figure, Paragraph, Section

NOTES = (
    "Worst 5%: the mean of the worst 5% of paths of the partner that fares worst. Expects least: the expected net cash "
    "of the partner that can expect least. In brackets: the 95% Monte Carlo interval.",
)

MOST_SHOWN = 12


def negotiation_answer(terms: Terms, assumed: Assumptions, found: Negotiation) -> Answer:
    """Return the terms that both sides would sign, or plainly that there are none."""
    said, stands = verdict(found), found.as_it_stands
    signable = [
        f"  {offer_words(one)}: payer {estimate_words(one.saved)}, worst 5% {estimate_words(one.hardest_estimate)}"
        for one in found.signable
    ]
    return Answer(
        title=f"{terms.name}: terms that both sides would sign",
        sentences=tuple(said),
        tables=(_offers("terms", "All terms tried", found.tried, found),),
        sections=(answer(found), frontier(found), method(terms, assumed, found)),
        screen=(
            *said,
            *(("", "Terms that both sides would sign, checked on fresh paths:", *signable) if signable else ()),
            "",
            f"As it stands: payer {estimate_words(stands.saved)}, worst 5% {estimate_words(stands.hardest_estimate)}.",
            f"{found.paths:,} paths for each set of terms, seed {found.seed}; 95% Monte Carlo intervals in brackets.",
        ),
        figures=as_document(found),
        item="Payment by results",
        prepared_for="The board",
        notice=f"Simulated: {found.paths:,} paths for each set of terms, seed {found.seed}.",
    )


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
        blocks.append(_offers("signable", "Terms that both sides would sign", found.signable, found).on_page())
    blocks.append(_offers("as-it-stands", "The contract as it stands", (found.as_it_stands,), found).on_page())
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
            _offers("frontier-terms", "Terms on the frontier", thinned(found.edge), found).on_page(),
        ),
    )


def thinned(bargains: Sequence[Bargain]) -> Sequence[Bargain]:
    """Return at MOST_SHOWN so many, evenly from one end to the other."""
    if len(bargains) <= MOST_SHOWN:
        return bargains
    return [bargains[round(at * (len(bargains) - 1) / (MOST_SHOWN - 1))] for at in range(MOST_SHOWN)]


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


def _offers(name: str, title: str, bargains: Sequence[Bargain], found: Negotiation) -> Rows[Bargain]:
    def least(one: Bargain) -> Estimate:
        return min(one.expected, key=lambda each: each.value)

    def cap(value: Decimal | None) -> str:
        return "none" if value is None else percent(value, 0)

    return Rows(
        name=name,
        title=title,
        rows=bargains,
        columns=(
            TableColumn(
                "Threshold", lambda one: one.offer.threshold, partial(percent, places=0), width=0.9, cells=_per_cent
            ),
            TableColumn("Share", lambda one: share_words(one.offer.share), width=1.2),
            TableColumn("Cap", lambda one: one.offer.cap, cap, numeric=True, width=0.6, cells=_per_cent),
            pounds_column("Up front, each", lambda one: float(one.offer.up_front), 0.9, sheet="Up front, each"),
            TableColumn("Periods", lambda one: one.offer.periods, str, numeric=True, width=0.7),
            _mean("Payer expects to save", lambda one: one.saved),
            _mean("Worst 5%", lambda one: one.hardest_estimate),
            _mean("Expects least", least),
            TableColumn("Both sides sign", lambda one: "yes" if one.signed(found.wish) else "no", None),
        ),
        notes=NOTES,
    )


def _mean(heading: str, value: Callable[[Bargain], Estimate]) -> TableColumn[Bargain]:
    """Return a mean, with its interval on the page and without on the sheet."""
    words = words_of_estimate
    return TableColumn(heading, value, words, numeric=True, width=1.6, cells=lambda one: (rounded(one.value),))


def words_of_estimate(found: Estimate) -> str:
    """Return a mean with its interval, unbroken."""
    return unbroken(estimate_words(found))


def _per_cent(value: Decimal | None) -> tuple[Decimal | str]:
    found = per_cent(value)
    return ("none" if found is None else found,)
