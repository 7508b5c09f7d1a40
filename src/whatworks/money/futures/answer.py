"""A simulation or a negotiation as plain values, for the one JSON document of a command.

Figures have ten significant digits: those beyond come out otherwise on another processor, or in another run.
"""

from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from whatworks.money.futures.negotiation import Bargain, Negotiation
from whatworks.money.futures.simulate import Simulation

LEFT_OUT = ("terms", "planned")


def simulation_answer(found: Simulation) -> dict[str, Any]:
    """Return a simulation as what JSON knows; amounts are pounds, shares and chances proportions."""
    terms = {"id": found.terms.id, "name": found.terms.name, "prices": found.terms.prices, "payer": found.terms.payer}
    return {"contract": terms, **_plain(found), "assumptions": list(found.terms.assumptions)}


def negotiation_answer(found: Negotiation) -> dict[str, Any]:
    """Return a negotiation as what JSON knows."""
    answer = {key: _plain(getattr(found, key)) for key in ("names", "wish", "met", "paths", "seed", "pie")}
    lists = {key: [bargain_answer(one) for one in getattr(found, key)] for key in ("signable", "edge", "tried")}
    return {**answer, "as_it_stands": bargain_answer(found.as_it_stands), **lists}


def bargain_answer(one: Bargain) -> dict[str, Any]:
    """Return one bargain as what JSON knows."""
    return {**_plain(one), "hardest": to_digits(one.hardest)}


def to_digits(value: float) -> float:
    """Return a figure to ten significant digits.

    >>> to_digits(1 / 3), to_digits(-221150.0)
    (0.3333333333, -221150.0)
    """
    return float(f"{value:.10g}")


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        names = (field.name for field in fields(value) if field.name not in LEFT_OUT)
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Decimal | float):
        return to_digits(float(value))
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value
