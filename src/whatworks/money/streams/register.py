"""List the bids that could be made, what each stream asks for, and where a bid would pay for what is paid already."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from whatworks.money.streams.terms import Bid, StreamTerms


@dataclass(frozen=True, slots=True)
class BidLine:
    """One fund that may be bid for; `pounds` None where not stated, `duplicates` what is paid or bid for already."""

    fund: str
    year: str
    pounds: Decimal | None
    scope: str
    applicant: str | None
    deadline: str | None
    conditions: str | None
    duplicates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """Conditions of the streams, match money promised beside them, and the bids."""

    conditions: tuple[tuple[str, str], ...]
    matches: tuple[str, ...]
    bids: tuple[BidLine, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return the register in sentences, without the sums of national funds (they are no area's)."""
        asked = [f"Condition of {name}: {text.rstrip('.')}." for name, text in self.conditions]
        said = [sentence for bid in self.bids for sentence in (bid_sentence(bid), *bid.duplicates)]
        return (*asked, *self.matches, *said)


def register(terms: StreamTerms) -> Register:
    """Return the register of checked terms."""
    return Register(
        conditions=tuple((stream.name, stream.conditions) for stream in terms.stream if stream.conditions),
        matches=tuple(
            f"For every pound of {terms.called(one.stream)}, {terms.named(one.partner).name} adds "
            f"£{one.per_pound:.2f} to {terms.named(one.service).name}, and takes it away with it."
            for one in terms.match
        ),
        bids=tuple(
            BidLine(
                bid.fund, bid.year, bid.pounds, bid.scope, bid.applicant, bid.deadline, bid.conditions, tuple(twice)
            )
            for bid, twice in ((bid, _duplicates(terms, bid)) for bid in terms.bid)
        ),
    )


def bid_sentence(bid: BidLine) -> str:
    """Return one bid in a sentence.

    >>> bid_sentence(BidLine("Made-up fund", "2026/27", None, "area", None, None, None, ()))
    'Bid: Made-up fund, 2026/27, amount not stated; applicant not named; deadline not stated; conditions not stated.'
    """
    amount = "a national fund" if bid.scope == "national" else _amount(bid.pounds)
    applicant = f"applicant {bid.applicant}" if bid.applicant else "applicant not named"
    deadline = f"deadline {bid.deadline}" if bid.deadline else "deadline not stated"
    conditions = f"conditions: {bid.conditions.rstrip('.')}" if bid.conditions else "conditions not stated"
    return f"Bid: {bid.fund}, {bid.year}, {amount}; {applicant}; {deadline}; {conditions}."


def _amount(pounds: Decimal | None) -> str:
    return "amount not stated" if pounds is None else f"£{pounds:,}"


def _duplicates(terms: StreamTerms, bid: Bid) -> Iterator[str]:
    if bid.category is None:
        return
    for node in terms.node:
        if node.kind == "service" and node.category == bid.category:
            paid = {flow.stream for flow in terms.of_year(bid.year) if flow.end == node.code}
            if paid:
                streams = " and ".join(sorted(terms.called(code) for code in paid))
                verb = "does" if len(paid) == 1 else "do"
                twice = f"{streams} {verb} already at {node.name} in {bid.year}"
                yield f"{bid.fund} would pay for {bid.category}, as {twice}."
    for other in terms.bid:
        if other is not bid and (other.category, other.year) == (bid.category, bid.year):
            yield f"{bid.fund} and {other.fund} are both bid for {bid.category} in {bid.year}."
