"""Search for terms that both sides would sign: the payer expects to save, and each partner can bear its worst 5%."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.assumptions import Assumptions
from whatworks.money.futures.candidate_terms import (
    Offer,
    Range,
    offered,
    payment_of,
    with_outlay,
    with_periods,
)
from whatworks.money.futures.chance import Estimate, mean, worst
from whatworks.money.futures.draws import CHUNK, Drawn, draw
from whatworks.money.futures.partners import Partner
from whatworks.money.futures.payer import freed
from whatworks.money.futures.plan import Plan, plan
from whatworks.money.futures.settled_paths import settled
from whatworks.money.futures.timeline import timeline
from whatworks.records.progress import Progress, silent
from whatworks.records.refusal import Fault, Refused

SHOWN = 12


MOST_POUNDS = 1e12


@dataclass(frozen=True, slots=True)
class Wish:
    """What makes terms worth signing, in pounds over the contract.

    `bearable` is the loss that a partner could bear as the mean of its worst 5% of paths; `least_expected` is what each
    partner has to expect at least, and `least_saved` what the payer has to expect to save more than.
    """

    bearable: float
    least_expected: float = 0.0
    least_saved: float = 0.0

    def __post_init__(self) -> None:
        faults = []
        if not 0 <= self.bearable <= MOST_POUNDS:
            remedy = "write the loss in pounds without a sign, as in 50000"
            faults.append(Fault("is not a loss", remedy, field="bearable", value=f"{self.bearable:g}"))
        for field, pounds in (("least-expected", self.least_expected), ("least-saved", self.least_saved)):
            if not abs(pounds) <= MOST_POUNDS:
                remedy = "write pounds, as in 50000; below zero is a loss"
                faults.append(Fault("is not an amount of pounds", remedy, field=field, value=f"{pounds:g}"))
        if faults:
            raise Refused(faults)


@dataclass(frozen=True, slots=True)
class Bargain:
    """One offer, and what it means: the payer's expected net saving; by partner the expected net cash and worst 5%."""

    offer: Offer
    saved: Estimate
    expected: tuple[Estimate, ...]
    worst: tuple[Estimate, ...]

    @property
    def hardest(self) -> float:
        """Return the worst 5% of the partner that fares worst, in pounds."""
        return self.hardest_estimate.value

    @property
    def hardest_estimate(self) -> Estimate:
        """Return the same with its interval."""
        return min(self.worst, key=lambda one: one.value)

    def signed(self, wish: Wish) -> bool:
        """Return whether both sides would sign."""
        return self.payer_signs(wish) and self.bearable(wish) and self.expects(wish)

    def payer_signs(self, wish: Wish) -> bool:
        """Return whether the payer expects to save."""
        return self.saved.value > wish.least_saved

    def bearable(self, wish: Wish) -> bool:
        """Return whether every partner can bear its worst 5%."""
        return self.hardest >= -wish.bearable

    def expects(self, wish: Wish) -> bool:
        """Return whether every partner expects as much as it has to."""
        return min(one.value for one in self.expected) >= wish.least_expected


@dataclass(frozen=True, slots=True)
class Negotiation:
    """What a search found. `tried` are all offers; `edge` those that no other beats, the payer's saving rising.

    `signable` are the offers of the signable ones' own edge, walked again on fresh paths and still signable there;
    `as_it_stands` is the contract before any change. `met` counts the offers that meet each condition by itself, and
    `pie` is what there is to share for each number of periods: cash freed less all outlay, in expected pounds.
    """

    names: tuple[str, ...]
    wish: Wish
    as_it_stands: Bargain
    tried: tuple[Bargain, ...]
    edge: tuple[Bargain, ...]
    signable: tuple[Bargain, ...]
    signable_before_check: int
    met: Mapping[str, int]
    pie: Mapping[int, float]
    paths: int
    seed: int


def negotiate(
    terms: Terms,
    partners: Mapping[str, Partner],
    assumed: Assumptions,
    wish: Wish,
    over: Range,
    seed: int,
    paths: int,
    progress: Progress = silent,
) -> Negotiation:
    """Try every offer of the range on the same paths, and check what is worth signing on fresh ones."""
    payment_of(terms)
    offers = list(over.offers())
    if not offers:
        raise Refused(Fault("no combination has its cap above its threshold", "widen caps or lower thresholds"))
    table = Table(terms, partners, assumed, seed, paths)
    tried = []
    for done, offer in enumerate(offers):
        tried.append(table.bargain(offer))
        progress("Trying terms", done + 1, len(offers))
    signable = _edge([one for one in tried if one.signed(wish)])
    fresh = Table(terms, partners, assumed, seed + 1, paths)
    checked = [fresh.bargain(one.offer) for one in _spread(signable)]
    return Negotiation(
        names=tuple(partners),
        wish=wish,
        as_it_stands=table.standing(),
        tried=tuple(tried),
        edge=tuple(_edge(tried)),
        signable=tuple(one for one in checked if one.signed(wish)),
        signable_before_check=sum(one.signed(wish) for one in tried),
        met={
            "the payer expects to save": sum(one.payer_signs(wish) for one in tried),
            "every partner's worst 5% is bearable": sum(one.bearable(wish) for one in tried),
            "every partner expects enough": sum(one.expects(wish) for one in tried),
        },
        pie={number: table.pie(number) for number in sorted(set(over.periods))},
        paths=paths,
        seed=seed,
    )


class Table:
    """The table at which offers are laid: for each length, one set of paths on which all of them are settled."""

    def __init__(
        self, terms: Terms, partners: Mapping[str, Partner], assumed: Assumptions, seed: int, paths: int
    ) -> None:
        self.terms, self.partners, self.assumed, self.seed, self.paths = terms, partners, assumed, seed, paths
        self._laid: dict[int, tuple[Terms, Plan, list[Drawn]]] = {}

    def bargain(self, offer: Offer) -> Bargain:
        """Return what an offer means to both sides."""
        base, planned, drawn = self._length(offer.periods)
        return self._settled(offered(base, offer), planned, drawn, offer)

    def standing(self) -> Bargain:
        """Return what the contract means as it stands."""
        payment = payment_of(self.terms)
        number = len(self.terms.period)
        _, planned, drawn = self._length(number)
        rule = payment.share
        offer = Offer(
            payment.threshold,
            rule if rule != "steps" else "as in its steps",
            payment.cap,
            sum(one.amount for one in self.terms.up_front) or Decimal(0),
            number,
        )
        return self._settled(self.terms, planned, drawn, offer)

    def pie(self, number: int) -> float:
        """Return the cash freed over so many periods less all outlay, in expected pounds: what there is to share."""
        base, planned, drawn = self._length(number)
        effect = np.concatenate([part.effect for part in drawn])
        partners = with_outlay(self.partners, number - len(self.terms.period))
        outlay = sum(float(one.total_outlay) for one in partners.values())
        return float(freed(base, planned, effect, self.assumed.cashable).mean()) / 100 - outlay

    def _length(self, number: int) -> tuple[Terms, Plan, list[Drawn]]:
        if number not in self._laid:
            base = self.terms if number == len(self.terms.period) else with_periods(self.terms, number)
            planned = plan(base, self.partners, self.assumed)
            compared = base.counterfactual.kind == "matched comparison"
            drawn = [
                draw(
                    planned,
                    self.assumed.effect,
                    self.seed,
                    start // CHUNK,
                    min(CHUNK, self.paths - start),
                    compared=compared,
                )
                for start in range(0, self.paths, CHUNK)
            ]
            self._laid[number] = (base, planned, drawn)
        return self._laid[number]

    def _settled(self, terms: Terms, planned: Plan, drawn: Sequence[Drawn], offer: Offer) -> Bargain:
        flows = np.concatenate([settled(terms, planned, part) for part in drawn], axis=2)
        effect = np.concatenate([part.effect for part in drawn])
        partners = with_outlay(self.partners, len(terms.period) - len(self.terms.period))
        when = timeline(terms, partners, self.assumed.discount)
        net = [flows[one].sum(axis=0) - when.outlay[one].sum() for one in range(len(self.partners))]
        saved = freed(terms, planned, effect, self.assumed.cashable) - flows.sum(axis=(0, 1))
        return Bargain(offer, mean(saved), tuple(mean(one) for one in net), tuple(worst(one) for one in net))


def _edge(bargains: Sequence[Bargain]) -> list[Bargain]:
    return [bargains[at] for at in frontier([(one.saved.value, one.hardest) for one in bargains])]


def _spread(bargains: Sequence[Bargain]) -> list[Bargain]:
    """Return at most `SHOWN` of these, evenly from one end to the other."""
    if len(bargains) <= SHOWN:
        return list(bargains)
    return [bargains[round(at)] for at in np.linspace(0, len(bargains) - 1, SHOWN)]


def frontier(points: Sequence[tuple[float, float]]) -> tuple[int, ...]:
    """Return which points no other beats in both values, higher being better, in order of the first value.

    >>> frontier([(1.0, 5.0), (2.0, 4.0), (1.5, 3.0), (3.0, 1.0), (3.0, 1.0)])
    (0, 1, 3)
    """
    best = float("-inf")
    kept = []
    for at in sorted(range(len(points)), key=lambda one: (-points[one][0], -points[one][1], one)):
        if points[at][1] > best:
            best = points[at][1]
            kept.append(at)
    return tuple(reversed(kept))
