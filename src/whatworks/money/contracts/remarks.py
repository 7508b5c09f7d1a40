"""Say beside a settlement what its payments do not show: people against offences, and what the terms assume."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from whatworks.money.contracts.measure import Measure
from whatworks.money.contracts.terms import Terms


def remarks(terms: Terms, measures: Sequence[Measure]) -> Iterator[str]:
    """Yield the remarks of a settlement, the same for the same counts."""
    yield from people_and_events(terms, measures)
    binary = [metric for metric in terms.metric.values() if metric.kind == "binary"]
    if binary and not any(metric.kind == "frequency" for metric in terms.metric.values()):
        yield (
            f"{binary[0].name}: only people are counted. How often they reoffend is not measured, so a worse total "
            "would not be seen. Add the events as a metric with pays = false."
        )
    if terms.clawback is None:
        yield "Nothing is ever taken back: these terms have no clawback."
    average = [metric.name for metric in terms.metric.values() if metric.pays and metric.cost_basis == "average"]
    if average:
        yield f"Priced at average cost, which is not cash that a fall frees: {', '.join(average)}."


def people_and_events(terms: Terms, measures: Sequence[Measure]) -> Iterator[str]:
    """Yield, for each payee and period, the share of people beside the events for each of them and for each person."""
    for one in measures:
        if terms.metric[one.metric].kind != "binary":
            continue
        beside = [
            other
            for other in measures
            if (other.payee, other.period) == (one.payee, one.period) and terms.metric[other.metric].kind == "frequency"
        ]
        for other in beside:
            paid = terms.metric[one.metric].name if terms.metric[one.metric].pays else terms.metric[other.metric].name
            period = terms.period[one.period].name or one.period
            yield (
                f"{one.payee}, {period}: {points(one.expected_rate)} to {points(one.actual.rate)} of people, with "
                f"{per_one(other.expected_rate, one.expected_rate)} to {per_one(other.actual.rate, one.actual.rate)} "
                f"events for each of those; for each person of the cohort {decimals(other.expected_rate, 3)} to "
                f"{decimals(other.actual.rate, 3)}, {change(-other.fall)}. The contract pays on: {paid}."
            )


def points(rate: Fraction) -> str:
    """Return a share of people as a percentage to one place.

    >>> points(Fraction(475, 1000))
    '47.5%'
    """
    return f"{decimals(rate * 100, 1)}%"


def per_one(events: Fraction, people: Fraction) -> str:
    """Return events for each person who had any.

    >>> per_one(Fraction(1995, 1000), Fraction(475, 1000))
    '4.2'
    """
    return decimals(events / people, 1) if people else "no"


def change(rise: Fraction) -> str:
    """Return a proportional change as a percentage with its sign.

    >>> change(Fraction(21338, 19950) - 1), change(Fraction(-1, 10))
    ('a rise of 7.0%', 'a fall of 10.0%')
    >>> change(Fraction(0))
    'no change'
    """
    if not rise:
        return "no change"
    return f"a {'rise' if rise > 0 else 'fall'} of {decimals(abs(rise) * 100, 1)}%"


def decimals(value: Fraction, places: int) -> str:
    """Return a number of zero or more to so many places, rounded half up.

    >>> decimals(Fraction(21338, 10000), 3)
    '2.134'
    """
    scale = 10**places
    whole = (value * scale + Fraction(1, 2)).__floor__()
    return f"{Decimal(whole).scaleb(-places):,f}"
