"""Bills sum to the cost to the penny, by every model, and come out as worked by hand."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_service import content, rows, terms, year

from whatworks.money.recharge.net_settlement import owed
from whatworks.money.recharge.recharge import Recharge, recharge
from whatworks.money.recharge.terms import MODELS, Terms
from whatworks.money.recharge.usage_file import Placement
from whatworks.records.refusal import Refused

USED = rows(
    "2010/11", ("A", "A", 100), ("B", "A", 300), ("C", "A", 100), ("outside", "A", 30), ("A", "B", 200), ("C", "B", 100)
)
"""Of Ashby's 730 nights 500 are the boroughs', 30 from outside, 200 empty; of Bray's 365, 300 and 65 empty."""


def totals(answer: Recharge) -> dict[str, dict[str, str]]:
    return {one.model: {payer: str(total) for payer, total in one.totals.items()} for one in answer.current}


def test_bills_worked_by_hand() -> None:
    # A night costs 100 pounds everywhere. The boroughs share 800 nights, 80,000 pounds; the pool pays 295, 29,500.
    assert totals(recharge(terms(), USED)) == {
        "equal_shares": {"A": "26666.67", "B": "26666.67", "C": "26666.66", "POOL": "29500.00"},
        "population": {"A": "40000.00", "B": "24000.00", "C": "16000.00", "POOL": "29500.00"},
        "usage": {"A": "30000.00", "B": "30000.00", "C": "20000.00", "POOL": "29500.00"},
        # 40% of 80,000 by heads (16,000; 9,600; 6,400), 60% by nights (18,000; 18,000; 12,000).
        "blended": {"A": "34000.00", "B": "27600.00", "C": "18400.00", "POOL": "29500.00"},
        "net_settlement": {"A": "30000.00", "B": "30000.00", "C": "20000.00", "POOL": "29500.00"},
    }


def test_net_settlement_charges_each_hosts_own_price() -> None:
    dear = year("2010/11", total_cost="146000.00", costs=[
        {"host": "A", "line": "All", "amount": "73000.00"}, {"host": "B", "line": "All", "amount": "73000.00"}
    ])  # fmt: skip
    answer = recharge(terms(years=[dear]), USED)
    # A night with Bray costs 200 pounds now, with Ashby 100 still.
    assert {(one.payer, one.host): str(one.amount) for one in owed(answer.account)} == {
        ("A", "A"): "10000.00",
        ("B", "A"): "30000.00",
        ("C", "A"): "10000.00",
        ("A", "B"): "40000.00",
        ("C", "B"): "20000.00",
    }
    # Ashby owes 50,000 and spent 73,000; Bray owes 30,000 and spent 73,000; Coley owes 30,000; the pool 36,000.
    moved = {code: str(amount) for code, amount in answer.transfers["net_settlement"].items()}
    assert moved == {"A": "-23000.00", "B": "-43000.00", "C": "30000.00", "POOL": "36000.00"}


@pytest.mark.parametrize(
    ("funded_by", "expected"),
    [
        # Empty: Ashby 200 nights, Bray 65. From outside: Ashby 30. By nights 300, 300 and 200 of 800.
        ("hosts", {"A": "53000.00", "B": "36500.00", "C": "20000.00"}),
        ("boroughs", {"A": "41062.50", "B": "41062.50", "C": "27375.00"}),
        ("C", {"A": "30000.00", "B": "30000.00", "C": "49500.00"}),
    ],
)
def test_empty_and_outside_nights_are_paid_as_the_terms_say(funded_by: str, expected: dict[str, str]) -> None:
    asked = {"funded_by": funded_by}
    answer = recharge(terms(empty_places=asked, outside=asked), USED)
    assert totals(answer)["usage"] == expected


def test_a_host_that_no_borough_used_keeps_its_cost_where_boroughs_carry_empty_places() -> None:
    answer = recharge(terms(empty_places={"funded_by": "boroughs"}), rows("2010/11", ("C", "A", 10)))
    assert totals(answer)["net_settlement"] == {"A": "0.00", "B": "36500.00", "C": "73000.00"}


def test_pence_left_over_go_in_the_order_of_codes_whatever_the_order_of_the_file() -> None:
    turned = content()["boroughs"][::-1]
    first = recharge(terms(), USED).current[0]
    assert first.totals == recharge(terms(boroughs=turned), USED[::-1]).current[0].totals


def test_a_year_without_nights_gives_the_other_models_and_names_what_is_missing() -> None:
    answer = recharge(terms(empty_places={"funded_by": "boroughs"}), [])
    assert {one.model for one in answer.current} == {"equal_shares", "population", "net_settlement"}
    assert {"usage in 2010/11", "blended in 2010/11"} <= {one.part for one in answer.missing}


def test_where_no_model_can_be_borne_all_is_refused() -> None:
    only = {"name": "Refuge", "units": "family places", "models": ["usage"]}
    with pytest.raises(Refused, match="no borough used a night"):
        recharge(terms(service=only, empty_places={"funded_by": "boroughs"}), [])


@st.composite
def services(draw: st.DrawFn) -> tuple[Terms, list[Placement]]:
    """Return a service of a few boroughs with any costs and nights, one or two years long."""
    codes = [f"B{at}" for at in range(draw(st.integers(1, 6)))]
    hosts = codes[: draw(st.integers(1, len(codes)))]
    payers = st.sampled_from(["hosts", "boroughs", "POOL", codes[0]])
    years: list[dict[str, Any]] = []
    placed: list[Placement] = []
    for at in range(draw(st.integers(1, 2))):
        name = ("2009/10", "2010/11")[at]
        first = date(2009 + at, 4, 1)
        costs = [draw(st.integers(0, 10_000_000)) for _ in hosts]
        places = [draw(st.integers(1, 9)) for _ in hosts]
        years.append({
            "year": name, "first_day": first, "last_day": first + timedelta(days=364), "price_year": "2010/11",
            "total_cost": Decimal(sum(costs)) / 100,
            "costs": [{"host": h, "line": "x", "amount": Decimal(c) / 100} for h, c in zip(hosts, costs, strict=True)],
            "places": [{"host": h, "places": p} for h, p in zip(hosts, places, strict=True)],
        })  # fmt: skip
        for host, number in zip(hosts, places, strict=True):
            for placing in (*codes, "outside"):
                nights = draw(st.integers(0, number * 365 // (len(codes) + 1)))
                placed += [Placement(placing, host, name, nights)] if nights else []
    protection = draw(
        st.none() | st.builds(lambda rise, floor: {"most_rise": rise, "never_below": floor},
                              st.sampled_from(["0", "0.1", "1"]), st.integers(0, 5_000))
    )  # fmt: skip
    heads = [draw(st.integers(1, 400_000)) for _ in codes]
    return (
        terms(
            boroughs=[{"code": c, "name": f"Name {c}", "population": p} for c, p in zip(codes, heads, strict=True)],
            empty_places={"funded_by": draw(payers)},
            outside={"funded_by": draw(payers)},
            blended={
                "fixed_share": draw(st.sampled_from(["0", "0.33", "1"])),
                "fixed_by": draw(st.sampled_from(["population", "equal_shares"])),
            },
            protection=protection,
            years=years,
        ),
        placed,
    )


@settings(max_examples=35)
@given(services())
def test_laws_of_the_bills(service: tuple[Terms, list[Placement]]) -> None:
    asked, placed = service
    try:
        answer = recharge(asked, placed)
    except Refused:
        return
    for one in answer.bills:
        cost = next(year.total_cost for year in asked.years if year.year == one.year)
        assert sum(one.totals.values()) == cost
        assert sum(bill.limited for bill in one.bills) == 0
        assert all(total >= 0 and total == round(total, 2) for total in one.totals.values())
    for model, transfers in answer.transfers.items():
        bills = next(one for one in answer.current if one.model == model).totals
        spent = {host.code: host.cost for host in answer.account.hosts}
        assert sum(transfers.values()) == 0
        assert {code: spent.get(code, 0) + amount for code, amount in transfers.items()} == bills


@settings(max_examples=35)
@given(services())
def test_no_share_is_a_penny_or_more_from_the_exact_one(service: tuple[Terms, list[Placement]]) -> None:
    asked, placed = service
    try:
        answer = recharge(asked, placed)
    except Refused:
        return
    year, heads = answer.account, asked.populations
    weights = {
        "equal_shares": dict.fromkeys(asked.codes, 1),
        "population": heads,
        "usage": year.nights,
    }
    for one in answer.current:
        if one.model in weights and sum(weights[one.model].values()):
            whole = sum(weights[one.model].values())
            for bill in one.bills[: len(asked.codes)]:
                exact = Fraction(year.shared) * weights[one.model][bill.payer] / whole
                assert abs(Fraction(bill.share) - exact) < Fraction(1, 100)


@settings(max_examples=35)
@given(services())
def test_with_a_limit_no_bill_rises_above_it_unless_the_answer_says_so(service: tuple[Terms, list[Placement]]) -> None:
    asked, placed = service
    if asked.protection is None or len(asked.years) == 1:
        return
    try:
        answer = recharge(asked, placed)
    except Refused:
        return
    for model in MODELS:
        before = next((one for one in answer.shadow if one.model == model), None)
        after = next((one for one in answer.current if one.model == model), None)
        if before is None or after is None or after.limit_broken:
            continue
        for code in asked.codes:
            highest = max(before.totals[code] * (1 + asked.protection.most_rise), asked.protection.never_below)
            assert after.totals[code] <= highest
