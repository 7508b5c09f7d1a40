"""The terms that a negotiation tries: threshold, share, cap, money up front and length."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from whatworks.money.contracts.clauses import Instalment, Period
from whatworks.money.contracts.payment import Payment
from whatworks.money.contracts.rules.share_of_saving import ShareOfSaving
from whatworks.money.contracts.terms import Terms, months_after
from whatworks.money.futures.partners import Partner
from whatworks.records.refusal import Fault, Refused

RULES = ("half", "half-then-all")


@dataclass(frozen=True, slots=True)
class Offer:
    """One set of terms. `share` is a rule by name, or one share of every pound saved; `up_front` pounds a partner."""

    threshold: Decimal
    share: str | Decimal
    cap: Decimal | None
    up_front: Decimal
    periods: int


@dataclass(frozen=True, slots=True)
class Range:
    """The values that are tried of each term."""

    thresholds: tuple[Decimal, ...] = (Decimal(0), Decimal("0.03"), Decimal("0.05"), Decimal("0.10"))
    shares: tuple[str | Decimal, ...] = ("half", "half-then-all", Decimal("0.7"), Decimal("0.9"))
    caps: tuple[Decimal | None, ...] = (Decimal("0.20"), Decimal("0.30"), None)
    up_fronts: tuple[Decimal, ...] = (Decimal(0), Decimal(50_000), Decimal(100_000), Decimal(200_000))
    periods: tuple[int, ...] = (2, 3, 4)

    def offers(self) -> Iterator[Offer]:
        """Yield every combination whose cap lies above its threshold."""
        for threshold, share, cap, up_front, periods in product(
            self.thresholds, self.shares, self.caps, self.up_fronts, self.periods
        ):
            if cap is None or cap > threshold:
                yield Offer(threshold, share, cap, up_front, periods)


def read_range(thresholds: str, shares: str, caps: str, up_fronts: str, periods: str) -> Range:
    """Return the range as it is written, values separated by commas; all faults at once."""
    faults: list[Fault] = []

    def read(field: str, text: str, problem: str, remedy: str, one: Callable[[str], Any]) -> tuple[Any, ...]:
        found = []
        for part in (part.strip() for part in text.split(",")):
            try:
                found.append(one(part))
            except (ArithmeticError, ValueError):
                faults.append(Fault(problem, remedy, field=field, value=part))
        return tuple(dict.fromkeys(found))

    proportion = "is not a proportion from 0 to below 1"
    made = Range(
        read("thresholds", thresholds, proportion, "write 5% as 0.05", _below_one),
        read("shares", shares, "is not a share", "write half, half-then-all, or a share such as 0.7", _share),
        read("caps", caps, "is not a proportion", "write 20% as 0.20, or none", _cap),
        read("up-fronts", up_fronts, "is not an amount of pounds", "write pounds, as in 50000", _amount),
        read("periods", periods, "is not a number of periods", "write whole numbers from 1 to 20", _number),
    )
    if faults:
        raise Refused(faults)
    return made


def _below_one(text: str) -> Decimal:
    value = Decimal(text)
    if not 0 <= value < 1 or -int(value.normalize().as_tuple().exponent) > 6:
        raise ValueError(text)
    return value


def _share(text: str) -> str | Decimal:
    if text in RULES:
        return text
    return Decimal(1) if Decimal(text) == 1 else _below_one(text)


def _cap(text: str) -> Decimal | None:
    return None if text == "none" else Decimal(1) if Decimal(text) == 1 else _below_one(text)


def _amount(text: str) -> Decimal:
    value = Decimal(text)
    if not 0 <= value < 10**12 or value * 100 != (value * 100).to_integral_value():
        raise ValueError(text)
    return value


def _number(text: str) -> int:
    if not 1 <= int(text) <= 20:
        raise ValueError(text)
    return int(text)


def payment_of(terms: Terms) -> Payment:
    """Return what a fall pays; refuse a contract that pays nothing for results, or is bound by a target."""
    if terms.payment is None:
        remedy = "simulate it, or add a payment section to a copy of the terms"
        raise Refused(Fault("pays nothing for results, so there is no share to negotiate", remedy, field=terms.id))
    if terms.target is not None:
        remedy = "take target and clawback out of a copy of the terms"
        raise Refused(Fault("has a target for each of its own periods", remedy, field=terms.id))
    return terms.payment


def with_periods(terms: Terms, number: int) -> Terms:
    """Return the terms with so many periods: the first ones, or the last one repeated a year later each time.

    A break clause goes, since the length is what is negotiated.
    """
    kept = dict(list(terms.period.items())[:number])
    last = list(terms.period.values())[-1]
    for later in range(1, number - len(terms.period) + 1):
        name = f"{_later(last.first, later):%B %Y} to {_later(last.last, later):%B %Y}"
        key = f"period-{len(terms.period) + later}"
        kept[key] = Period(first=_later(last.first, later), last=_later(last.last, later), name=name)
    return terms.model_copy(update={"period": kept, "break_clause": None})


def offered(terms: Terms, offer: Offer) -> Terms:
    """Return the terms as they would stand under an offer; `terms` already have the periods of the offer."""
    was = payment_of(terms)
    rule: dict[str, Any] = {"share": offer.share}
    if isinstance(offer.share, Decimal):
        rule = {"share": "steps", "steps": ({"to": 1, "share": offer.share},)}
    payment = ShareOfSaving(
        threshold=offer.threshold,
        cap=offer.cap,
        maximum=was.maximum,
        after_months=was.after_months,
        **rule,
    )
    start = next(iter(terms.period.values())).first
    up_front = (Instalment(amount=offer.up_front, on=start),) if offer.up_front else ()
    return terms.model_copy(update={"payment": payment, "up_front": up_front})


def with_outlay(partners: Mapping[str, Partner], more: int) -> dict[str, Partner]:
    """Return the partners spending for so many years more, as in their last year, or for so many fewer."""
    return {
        name: one.model_copy(update={"outlay": one.outlay[:more] if more < 0 else one.outlay + one.outlay[-1:] * more})
        for name, one in partners.items()
    }


def _later(day: date, years: int) -> date:
    """Return the same day so many years later; the end of February stays the end of February."""
    if day.month == 2 and day.day >= 28:
        return months_after(date(day.year + years, 1, 1), 1)
    return day.replace(year=day.year + years)
