"""Write the working of a payment as an auditor reads it: a line for each figure, with what it was made from."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from whatworks.money.contracts.formula import Demand, Kept, Owed, to_pence
from whatworks.money.contracts.measure import Measure
from whatworks.money.contracts.settlement import Line
from whatworks.money.contracts.terms import Terms


def pounds(value: Fraction | Decimal) -> str:
    """Return pounds for a line of working, to the penny.

    >>> pounds(Fraction(-25000)), pounds(Decimal("0.5"))
    ('−£25,000.00', '£0.50')
    """
    whole = to_pence(abs(Fraction(value)))
    return f"{'−' if value < 0 and whole else ''}£{whole:,.2f}"


def percent(value: Fraction | Decimal) -> str:
    """Return a share as a percentage, to as many places as it takes, four at most.

    >>> percent(Fraction(13, 155)), percent(Decimal("0.05")), percent(Fraction(-1, 10**9))
    ('8.3871%', '5%', '−under 0.0001%')
    """
    hundreds = abs(Fraction(value)) * 100
    text = f"{Decimal(hundreds.numerator) / Decimal(hundreds.denominator):.4f}".rstrip("0").rstrip(".")
    sign = "−" if value < 0 else ""
    return f"{sign}under 0.0001%" if text == "0" and hundreds else f"{sign}{text}%"


def number(value: Fraction | int) -> str:
    """Return a count; to four places where it is no whole number.

    >>> number(Fraction(1705)), number(Fraction(3100, 3))
    ('1,705', '1,033.3333')
    """
    fraction = Fraction(value)
    if fraction.denominator == 1:
        return f"{fraction.numerator:,}"
    return f"{Decimal(fraction.numerator) / Decimal(fraction.denominator):,.4f}"


def demand_lines(terms: Terms, measures: Sequence[Measure], demand: Demand) -> Iterable[Line]:
    """Yield how the value of demand was reached, metric by metric, and the fall."""
    several = len({one.payee for one in measures}) > 1
    for one in measures:
        name = terms.metric[one.metric].name + (f", {one.payee}" if several else "")
        price = Fraction(one.unit_price or 0)
        people = f"; for {one.actual.people:,} people" if one.actual.people else ""
        yield Line(f"Expected: {name}", f"{one.how}{people}", one.expected, "count")
        yield Line(f"Counted: {name}", counted(one), Fraction(one.actual.count), "count")
        worth = one.demand()
        yield Line(f"Value expected: {name}", f"{number(one.expected)} × {pounds(price)}", worth.expected, "pounds")
        yield Line(f"Value counted: {name}", f"{one.actual.count:,} × {pounds(price)}", worth.actual, "pounds")
    yield Line("B, value expected", "sum of the values expected", demand.expected, "pounds")
    yield Line("T, value counted", "sum of the values counted", demand.actual, "pounds")
    yield Line("r, fall", f"(B − T) / B = {pounds(demand.saving)} / {pounds(demand.expected)}", demand.fall, "share")


def counted(one: Measure) -> str:
    """Return where a count comes from."""
    return f"of {one.actual.people:,} people" if one.actual.people else "as counted"


def moved(fall: Fraction) -> str:
    """Return a fall or a rise in words.

    >>> moved(Fraction(12, 100)), moved(Fraction(-67, 1000))
    ('a fall of 12%', 'a rise of 6.7%')
    """
    return f"a {'rise' if fall < 0 else 'fall'} of {percent(abs(fall))}"


def owed_lines(found: Owed, cap: Decimal | None) -> Iterable[Line]:
    """Yield how the payment was reached from the fall."""
    threshold, fall = percent(found.threshold), moved(found.demand.fall)
    if not found.met:
        yield Line("Threshold", f"{fall} does not reach {threshold}: nothing is owed")
        return
    yield Line("Threshold", f"{fall} reaches {threshold}")
    if cap is not None and found.demand.fall > Fraction(cap):
        yield Line("Cap", f"the fall is counted up to {percent(cap)}", found.counted, "share")
    for one in found.stretches:
        stretch = f"({percent(one.end)} − {percent(one.start)})" if one.start else percent(one.end)
        worked = f"{percent(one.share)} × {stretch} × {pounds(found.demand.expected)}"
        yield Line(f"Share of the fall from {percent(one.start)} to {percent(one.end)}", worked, one.pounds, "pounds")


def kept_lines(missed: Kept) -> Iterable[Line]:
    """Yield how the target was tested."""
    yield Line("Allowed", "value of demand that the target allows", missed.allowed, "pounds")
    yield Line("Counted", "value of demand in the periods tested", missed.actual, "pounds")
    verdict = "met" if missed.met else f"missed by {pounds(missed.excess)}"
    yield Line("Target", f"the target is {verdict}")
