"""A small made-up account, for the examples in this room's documentation."""

from decimal import Decimal

from whatworks.money.recharge.account import Account, Host


def sample_account() -> Account:
    """Return three boroughs' account: A and B are hosts, all ten places' nights of ten days are used.

    >>> sample_account().nights, sample_account().shared
    ({'A': 70, 'B': 30, 'C': 0}, Decimal('1000.00'))
    """
    return Account(
        year="2009/10",
        price_year="2009/10",
        days=10,
        boroughs=("A", "B", "C"),
        populations={"A": 50_000, "B": 30_000, "C": 20_000},
        hosts=(_host("A", 6, Decimal("600.00"), {"A": 30, "B": 30}), _host("B", 4, Decimal("400.00"), {"A": 40})),
        empty_apart={},
        outside_apart={},
    )


def _host(code: str, places: int, cost: Decimal, nights: dict[str, int]) -> Host:
    return Host(code, places, places * 10, cost, nights, cost, Decimal(0), Decimal(0))
