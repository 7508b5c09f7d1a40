"""Read pounds that are given on the command line."""

from typing import Any


def read_amount(text: str, field: str) -> Any:
    """Return pounds from "5,560,000" or "£5560000", or refuse what is no number.

    >>> read_amount("£5,560,000", "cost")
    Decimal('5560000')
    """
    from decimal import Decimal, InvalidOperation

    from whatworks.records.plain_number import ungrouped
    from whatworks.records.refusal import Fault, Refused

    try:
        found = Decimal(ungrouped(text.strip()).removeprefix("£"))
    except (InvalidOperation, ValueError):
        found = Decimal("NaN")
    if not found.is_finite():
        raise Refused(Fault("is not a number of pounds", "write it as 5560000 or 5,560,000", field=field, value=text))
    return found
