"""Swing, shadow year, incentives and bad years come out as worked by hand."""

from decimal import Decimal

import pytest
from shared_service import rows, terms, year

from whatworks.money.recharge.incentive import Incentive
from whatworks.money.recharge.recharge import Recharge, recharge
from whatworks.papers.money.recharge import recharge_sheets
from whatworks.records.refusal import Refused

BOTH = {"years": [year("2009/10", paid={"A": "73000.00", "B": "36500.00"}), year("2010/11")]}
BEFORE = rows("2009/10", ("A", "A", 400), ("B", "B", 100), ("C", "A", 10))
NOW = rows("2010/11", ("A", "A", 300), ("B", "B", 100), ("C", "A", 100))


def of(answer: Recharge, model: str) -> Incentive:
    return next(one for one in answer.incentives if one.model == model)


def test_the_shadow_year_and_the_swing() -> None:
    answer = recharge(terms(**BOTH), BEFORE + NOW)
    # 100 pounds a night, and the pool pays for the empty ones: bills by usage are nights times 100.
    usage = next(one for one in answer.swings if one.model == "usage")
    assert {move.payer: (move.before, move.after) for move in usage.moves} == {
        "A": (Decimal(40_000), Decimal(30_000)),
        "B": (Decimal(10_000), Decimal(10_000)),
        "C": (Decimal(1_000), Decimal(10_000)),
        "POOL": (Decimal(58_500), Decimal(59_500)),
    }
    assert (usage.largest_rise.payer, usage.largest_rise.share) == ("C", 9)
    assert usage.moved == 20_000
    assert answer.paid_before == {"A": Decimal(73_000), "B": Decimal(36_500)}
    assert [one.year for one in answer.shadow] == ["2009/10"] * 5


def test_a_limit_spreads_a_small_users_rise_over_the_others() -> None:
    answer = recharge(terms(**BOTH, protection={"most_rise": "0.5", "never_below": "1200.00"}), BEFORE + NOW)
    usage = next(one for one in answer.current if one.model == "usage")
    # Coley may pay 1.5 x 1,000 at most; the 8,500 over go to Ashby (room 60,000 - 30,000) and Bray (15,000 - 10,000).
    assert usage.totals["C"] == Decimal(1_500)
    assert usage.totals["A"] == Decimal("37285.71")  # 30,000 + 8,500 x 30/35, its remainder the smaller
    assert usage.totals["B"] == Decimal("11214.29")
    assert sum(usage.totals.values()) == Decimal(109_500)


def test_a_limit_that_the_cost_itself_breaks_is_said() -> None:
    cheap = year("2009/10", total_cost="0.00", costs=[{"host": "A", "line": "All", "amount": "0.00"}])
    limited = {"most_rise": "0.1", "never_below": "1.00"}
    answer = recharge(terms(years=[cheap, year("2010/11")], protection=limited), BEFORE + NOW)
    assert all(one.limit_broken for one in answer.current)
    assert all(sum(one.totals.values()) == Decimal(109_500) for one in answer.current)


def test_what_one_more_placement_adds_to_the_bills() -> None:
    answer = recharge(terms(service={"name": "R", "units": "family places", "placement_nights": 50}), NOW)
    # Empty nights are with Ashby (330) rather than Bray (265). A night costs 100, which the pool stops paying: 5,000.
    usage = {price.borough: (price.placing, price.hosting) for price in of(answer, "usage").prices}
    assert usage == {"A": (5_000, None), "B": (5_000, 0), "C": (5_000, 0)}
    # By equal shares everybody carries a third of it, host and placing borough alike, to the penny.
    assert {price.placing for price in of(answer, "equal_shares").prices} <= {Decimal("1666.66"), Decimal("1666.67")}
    # By population the host carries half, wherever the family comes from.
    assert {price.hosting for price in of(answer, "population").prices} == {None, Decimal(2_500)}


def test_hosts_that_carry_their_own_empty_places_gain_by_taking_a_family_in() -> None:
    answer = recharge(terms(empty_places={"funded_by": "hosts"}), NOW)
    found = {price.borough: price.hosting for price in of(answer, "net_settlement").prices}
    assert found == {"A": None, "B": Decimal(-9_000), "C": Decimal(-9_000)}


def test_a_bad_year_is_a_place_more_all_year_and_the_limit_holds_it() -> None:
    plain = of(recharge(terms(), NOW), "usage")
    # 330 nights are empty with Ashby: a whole year's 365 do not fit.
    assert plain.bad_year_nights == 330
    coley = next(move for move in plain.bad_years if move.payer == "C")
    assert (coley.before, coley.after) == (Decimal(10_000), Decimal(43_000))
    kept = of(recharge(terms(protection={"most_rise": "0.25", "never_below": "0"}), NOW), "equal_shares")
    assert not kept.limited  # everybody's bill rises by more than a quarter: no sharing can hold it
    blended = of(recharge(terms(protection={"most_rise": "1", "never_below": "0"}), NOW), "usage")
    assert blended.limited
    assert next(move for move in blended.bad_years if move.payer == "C").after == Decimal(20_000)


def test_a_full_service_has_no_price_of_one_more_placement() -> None:
    full = rows("2010/11", ("A", "A", 730), ("B", "B", 365))
    answer = recharge(terms(), full)
    assert answer.incentives == ()
    assert "price of one more placement" in [one.part for one in answer.missing]


def test_an_earlier_year_can_be_billed_and_an_unknown_one_is_refused() -> None:
    assert recharge(terms(**BOTH), BEFORE + NOW, "2009/10").year == "2009/10"
    with pytest.raises(Refused, match="choose from 2009/10, 2010/11"):
        recharge(terms(**BOTH), BEFORE + NOW, "2011/12")


def test_each_borough_sees_its_gain_or_loss_against_what_it_paid() -> None:
    sheets = {sheet.name: sheet for sheet in recharge_sheets(recharge(terms(**BOTH), BEFORE + NOW))}
    found = {row[0]: row[2:] for row in sheets["Gains"].rows if row[1] == "Usage"}
    assert found == {
        "Ashby": (Decimal(73_000), Decimal(40_000), Decimal(-33_000)),
        "Bray": (Decimal(36_500), Decimal(10_000), Decimal(-26_500)),
        "Coley": (Decimal(0), Decimal(1_000), Decimal(1_000)),
    }
