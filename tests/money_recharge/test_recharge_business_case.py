"""The business case: a family counted once, supply held to the standard, options side by side, small counts kept."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_service import content, rows, terms, year

from whatworks.money.recharge.business_case import BusinessCase, business_case
from whatworks.money.recharge.recharge import recharge
from whatworks.money.recharge.referrals import Call, Demand, demand, read_referrals
from whatworks.papers.money.demand_clearance import clear_demand
from whatworks.records.refusal import Refused

USED = rows("2010/11", ("A", "A", 300), ("B", "A", 100), ("C", "B", 100), ("outside", "B", 5))
DAY = date(2010, 6, 1)


def calls(*found: tuple[str, int, str, str]) -> list[Call]:
    """Return calls, each as (family, day of June, origin, outcome)."""
    return [Call(family, DAY.replace(day=day), origin, outcome, "no_space" if outcome == "refused" else "")
            for family, day, origin, outcome in found]  # fmt: skip


def counted(*found: tuple[str, int, str, str]) -> Demand:
    asked = terms()
    return demand(calls(*found), asked, asked.years[0])


def test_a_refused_family_is_counted_once_not_per_call() -> None:
    five = [("R1", day, "A", "refused") for day in range(1, 6)]
    found = counted(*five, ("R2", 1, "B", "refused"), ("R2", 9, "B", "placed"))
    assert (found.families, found.calls) == (2, 7)
    assert (found.total("refused"), found.total("placed")) == (1, 1)
    assert found.reasons == {"no_space": 1}


def test_a_family_placed_at_an_earlier_call_is_placed_and_else_its_last_call_counts() -> None:
    found = counted(("R1", 2, "A", "placed"), ("R1", 5, "A", "refused"),
                    ("R2", 7, "B", "waiting"), ("R2", 3, "B", "refused"))  # fmt: skip
    assert found.outcomes["A"]["placed"] == found.outcomes["B"]["waiting"] == 1
    assert found.total("refused") == 0


def test_a_family_belongs_to_the_year_of_its_first_call() -> None:
    asked = terms(years=[year("2009/10"), year("2010/11")])
    both = [Call("R1", date(2010, 3, 30), "A", "refused", ""), Call("R1", date(2010, 4, 2), "A", "refused", "")]
    assert [demand(both, asked, one).families for one in asked.years] == [1, 0]


def case(found: Demand | None = None, **changes: Any) -> BusinessCase:
    return business_case(recharge(terms(**changes), USED), found)


def test_supply_is_held_to_one_family_place_for_ten_thousand_people() -> None:
    found = case()
    # 50,000, 30,000 and 20,000 people ask for 5, 3 and 2 places; there are 2, 1 and none.
    assert [(one.places, one.standard, one.short) for one in found.supply] == [(2, 5, 3), (1, 3, 2), (0, 2, 2)]
    assert found.short == 7


def test_bed_spaces_are_not_held_to_the_standard() -> None:
    with pytest.raises(Refused, match="7,215 bed spaces were 2,715 household places"):
        case(service={"name": "Refuge", "units": "bed spaces"})


def test_staying_at_home_stands_among_the_options_even_if_nobody_costed_it() -> None:
    found = case()
    at_home = next(one for one in found.choices if one.kind == "at_home")
    assert (at_home.yearly_cost, at_home.families) == (None, None)
    assert any(line.startswith("Staying at home with support: what it costs") for line in found.unknown)
    stated = {"name": "At home", "kind": "at_home", "yearly_cost": "1000.00", "price_year": "2010/11", "families": 8}
    (now, only) = case(options=[stated]).choices
    assert only.per_family == Fraction(125)
    assert now.yearly_cost == 109_500


def test_where_nights_were_spent() -> None:
    flow = case().flow
    # Ashby's own 300; Bray's 100 with Ashby and Coley's 100 with Bray; of 1,095 nights 590 are left.
    assert (flow.own, flow.other, flow.outside, flow.empty) == (300, 200, 5, 590)


def test_what_is_not_known_is_said() -> None:
    assert any("no referrals were given" in line for line in case().unknown)
    known = case(counted(("R1", 1, "A", "refused"))).unknown
    assert any("No referral is recorded from Bray, Coley" in line for line in known)
    assert any("waiting list is not known" in line for line in known)
    assert any("who would do better to leave" in line for line in known)


@pytest.mark.parametrize(
    ("line", "field", "problem"),
    [
        ("R1,31/02/2011,Ashby,refused,no_space", "called_on", "is not a day of the calendar"),
        ("R1,2012-06-01,Ashby,refused,no_space", "called_on", "lies outside the years"),
        ("R1,2010-06-01,Dover,refused,no_space", "origin", "is not a borough"),
        ("R1,2010-06-01,Ashby,lost,", "outcome", "is not an outcome"),
        ("R1,2010-06-01,Ashby,refused,because", "reason", "is not a reason"),
        (",2010-06-01,Ashby,refused,no_space", "referral", "is missing"),
        ("R9,2010-06-03,Bray,refused,no_space", "referral", "has another origin in row 2"),
    ],
)
def test_a_bad_referral_is_named_and_never_by_its_number(tmp_path: Path, line: str, field: str, problem: str) -> None:
    path = tmp_path / "referrals.csv"
    path.write_text(f"referral,called_on,origin,outcome,reason\nR9,2010-06-01,Ashby,placed,\n{line}\n")
    (found,) = read_referrals(path, terms()).faults
    assert (found.row, found.field) == (3, field)
    assert problem in found.problem
    assert "R9" not in str(found)


COUNTS = st.fixed_dictionaries({name: st.integers(0, 40) for name in ("placed", "waiting", "refused", "withdrawn")})


@given(st.lists(COUNTS, min_size=3, max_size=6))
@settings(max_examples=80)
def test_no_small_number_of_families_can_be_worked_out_by_subtraction(boroughs: list[dict[str, int]]) -> None:
    outcomes = {f"B{at}": counts for at, counts in enumerate(boroughs)}
    families = sum(sum(counts.values()) for counts in boroughs)
    clear = clear_demand(Demand("2010/11", families, families, outcomes, {}))
    if clear.families == "c":
        assert families < 10
        return
    for at in (0, 1):
        hidden = [code for code, shown in clear.origins.items() if shown[at] == "c"]
        real = {code: (sum(outcomes[code].values()), outcomes[code]["refused"])[at] for code in outcomes}
        assert all(not 0 < count < 10 for code, count in real.items() if code not in hidden)
        shown_too = [code for code in real if code not in hidden and sum(outcomes[code].values())]
        if hidden and shown_too and not (at == 1 and clear.outcomes["refused"] == "c"):
            assert len(hidden) >= 2
            assert not 0 < sum(real[code] for code in hidden) < 10
    shown = [count for count in clear.outcomes.values() if count != "c"]
    assert all(not 0 < count < 10 for count in shown)
    assert not 0 < families - sum(shown) < 10 or len(shown) == 4


def test_missing_population_is_named() -> None:
    models = {"name": "Refuge", "units": "family places", "models": ["usage"]}
    boroughs = [{"code": "A", "name": "Ashby"}, *content()["boroughs"][1:]]
    with pytest.raises(Refused, match=r"boroughs\.A\.population: is missing"):
        case(service=models, boroughs=boroughs)
