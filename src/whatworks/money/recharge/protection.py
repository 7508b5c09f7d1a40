"""Keep one bad year from ruining a small user: no bill rises by more than the terms allow, and the others carry it."""

from decimal import ROUND_DOWN, Decimal

from whatworks.money.amount import PENNY, split
from whatworks.money.recharge.terms import Protection


def limits(before: dict[str, Decimal], terms: Protection) -> dict[str, Decimal]:
    """Return the highest bill of each borough in pounds, from its bill of the year before.

    >>> limits({"A": Decimal("1000.01")}, Protection(most_rise=Decimal("0.5"), never_below=Decimal(200)))
    {'A': Decimal('1500.01')}
    """
    return {
        code: max((bill * (1 + terms.most_rise)).quantize(PENNY, ROUND_DOWN), terms.never_below)
        for code, bill in before.items()
    }


def protected(bills: dict[str, Decimal], highest: dict[str, Decimal]) -> dict[str, Decimal] | None:
    """Return the bills with none above its limit; what that takes off is shared by the room that the others have left.

    The sum stays what it was, to the penny. None where the limits together are less than the sum: the cost itself has
    risen too far, and no sharing can keep them.

    >>> protected({"A": Decimal(900), "B": Decimal(100)}, {"A": Decimal(600), "B": Decimal(500)})
    {'A': Decimal('600.00'), 'B': Decimal('400.00')}
    >>> protected({"A": Decimal(900), "B": Decimal(100)}, {"A": Decimal(600), "B": Decimal(300)}) is None
    True
    """
    over = sum((max(bill - highest[code], Decimal(0)) for code, bill in bills.items()), Decimal(0))
    room = {code: max(highest[code] - bill, Decimal(0)) for code, bill in bills.items()}
    if over == 0:
        return bills
    if over > sum(room.values()):
        return None
    more = split(over, room)
    return {code: min(bill, highest[code]) + more[code] for code, bill in bills.items()}
