"""Pooling, practice and negotiation: what the simulator says of terms that are plainly good, bad or gameable."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whatworks.money.contracts.load import load_terms
from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.assumptions import Assumptions
from whatworks.money.futures.candidate_terms import Offer, Range, offered, read_range, with_outlay, with_periods
from whatworks.money.futures.effect import Effect
from whatworks.money.futures.gaming import practices
from whatworks.money.futures.negotiation import Wish, frontier, negotiate
from whatworks.money.futures.partners import Partner
from whatworks.money.futures.plan import plan
from whatworks.money.futures.pooling import NOTHING, pooling
from whatworks.money.futures.timeline import timeline
from whatworks.papers.money.negotiation import verdict
from whatworks.records.refusal import Refused

Made = Callable[..., Terms]
MadePartner = Callable[..., Partner]
TENTH = Effect("fixed", (0.10,))
BOND = """
payment = { maximum = 90000000 }
metric = { reconvictions = { unit_price = 100 } }
[period.cohort-1]
first = 2010-09-09
last = 2012-06-01
[period.cohort-2]
first = 2012-06-02
last = 2014-06-01
"""
FEW = Range(up_fronts=(Decimal(0), Decimal(50_000)), periods=(2, 3))


def pooled(terms: Terms, partners: dict[str, Partner], assumed: Assumptions) -> list[bool | None]:
    """Whether pooling raises each partner's chance of pay for luck."""
    planned = plan(terms, partners, assumed)
    found = pooling(terms, planned, timeline(terms, partners, 0.035), assumed.effect, 1, 4000)
    for one in found:
        assert one.pooled.exact is None or abs(one.pooled.luck.share - one.pooled.exact) < 0.04
    return [one.raises_luck for one in found]


def test_pooling_lowers_luck_for_equal_boroughs_and_raises_it_where_it_should(
    one_price: Made, partner: MadePartner
) -> None:
    terms = one_price(("Alder", "Birch"))
    assumed = Assumptions(TENTH)
    assert pooled(terms, {"Alder": partner(200), "Birch": partner(200)}, assumed) == [False, False]
    falling = replace(assumed, trend=-0.08)
    assert pooled(terms, {"Alder": partner(200), "Birch": partner(200)}, falling) == [True, True]
    swinging = {"Alder": partner(2000), "Birch": partner(2000, overdispersion=12.0)}
    assert pooled(terms, swinging, assumed) == [True, False]
    own_trend = {"Alder": partner(500), "Birch": partner(500, trend=-0.12)}
    assert pooled(terms, own_trend, assumed) == [True, False]  # no exact sum: means move apart


def test_practice_gains_what_the_arithmetic_says(one_price: Made, partner: MadePartner) -> None:
    terms = one_price()
    planned = plan(terms, {"Alder": partner(1_000_000)}, Assumptions(NOTHING))
    (found,) = practices(terms, planned, 1, 200)
    # A fall of 5% by practice lies on the threshold: paid half of the time, 0.5 x 5% x 1e9 in each of two years. 10%
    # and 20% are paid in full: 1e8 and 2e8 over both years (20% lies on the cap, which chance can only cut).
    half, tenth, fifth = (gain.value for gain in found.gains)
    assert 0.3 * 5e7 < half < 0.7 * 5e7
    assert tenth == pytest.approx(1e8, rel=0.01) and fifth == pytest.approx(2e8, rel=0.01)
    assert found.moved_to is None


def test_moving_events_to_a_dearer_metric_gains_nothing(youth: Terms) -> None:
    expected = {"convictions-and-orders": 30_000.0, "long-sentences": 4_000.0, "other-convictions": 25_000.0}
    partners = {"Croydon": Partner(expected=expected)}
    found = practices(youth, plan(youth, partners, Assumptions(NOTHING)), 1, 200)
    gains = {(one.metric, one.moved_to): one.gains[-1].value for one in found}
    assert len(gains) == 9
    assert gains["convictions-and-orders", None] > 1_000_000  # a fifth of GBP 16m: a fall of 10.4% of all demand
    assert gains["convictions-and-orders", "long-sentences"] == 0  # dearer: demand rises
    assert gains["convictions-and-orders", "other-convictions"] == 0  # 60 a head cheaper: 1.2% of demand, under 10%


def test_practice_counts_against_a_comparison_group_that_does_not_follow(tmp_path: Path) -> None:
    figures = tmp_path / "figures.toml"
    figures.write_text(BOND, encoding="utf-8")
    terms = load_terms("peterborough-bond", (), figures)
    partners = {"Investors": Partner(expected={"reconvictions": 1.55}, people=100_000, comparison_people=100_000)}
    (found,) = practices(terms, plan(terms, partners, Assumptions(NOTHING)), 1, 200)
    # A fifth of 155,000 events in each of two cohorts at GBP 100.
    assert found.gains[-1].value == pytest.approx(2 * 31_000 * 100, rel=0.01)


def test_terms_are_found_where_there_are_some(one_price: Made, partner: MadePartner) -> None:
    terms = one_price()
    # 2,000 convictions at GBP 1,000, a sure fall of 10%: 200,000 freed a year for 60,000 spent.
    found = negotiate(terms, {"Alder": partner(2000, 60_000)}, Assumptions(TENTH), Wish(80_000), FEW, 1, 500)
    assert found.signable and found.pie[2] == pytest.approx(400_000 - 120_000, abs=1)
    for one in found.signable:
        assert one.saved.value > 0 and one.hardest >= -80_000 and one.expected[0].value >= 0
    assert found.tried[0].offer in {one.offer for one in found.tried} and len(found.tried) == 4 * 4 * 3 * 2 * 2
    assert not found.as_it_stands.signed(Wish(0))
    edge = [(one.saved.value, one.hardest) for one in found.edge]
    assert edge == sorted(edge) and [worst for _, worst in edge] == sorted((worst for _, worst in edge), reverse=True)
    assert "would be signed by both sides" in verdict(found)[0]


def test_it_is_said_plainly_that_there_are_none(one_price: Made, partner: MadePartner) -> None:
    partners = {"Alder": partner(100, 60_000)}  # 10,000 freed a year for 60,000 spent
    found = negotiate(one_price(), partners, Assumptions(TENTH), Wish(20_000), FEW, 1, 200)
    said = verdict(found)
    assert found.signable == () and found.signable_before_check == 0
    assert said[0].startswith("There is none: no set of terms among 192")
    assert any("no terms of any kind would serve both" in line for line in said)


def test_terms_that_nearly_serve_say_what_would_have_to_be_borne(one_price: Made, partner: MadePartner) -> None:
    partners = {"Alder": partner(300, 12_000, overdispersion=4.0)}
    over = Range(up_fronts=(Decimal(0),), periods=(2,))
    found = negotiate(one_price(), partners, Assumptions(TENTH), Wish(0), over, 1, 500)
    assert found.signable == ()
    assert any("least that would have to be bearable is" in line for line in verdict(found))


def test_the_same_seed_gives_the_same_bargains(one_price: Made, partner: MadePartner) -> None:
    over = Range(thresholds=(Decimal("0.05"),), periods=(2,))
    given_ = (one_price(), {"Alder": partner(300, 5_000)}, Assumptions(TENTH), Wish(20_000), over)
    assert negotiate(*given_, 3, 200) == negotiate(*given_, 3, 200)
    assert negotiate(*given_, 3, 200).tried != negotiate(*given_, 4, 200).tried


def test_longer_terms_repeat_the_last_year_and_its_outlay(one_price: Made, partner: MadePartner) -> None:
    terms = with_periods(one_price(), 4)
    assert [str(one.last) for one in terms.period.values()] == ["2012-06-30", "2013-06-30", "2014-06-30", "2015-06-30"]
    more = with_outlay({"Alder": Partner(expected={"convictions": 1}, outlay=(1, 2))}, 2)["Alder"]
    assert more.outlay == (1, 2, 2, 2) and with_outlay({"A": more}, -3)["A"].outlay == (1,)
    assert len(with_periods(terms, 1).period) == 1


def test_an_offer_becomes_terms(one_price: Made) -> None:
    found = offered(one_price(), Offer(Decimal("0.03"), Decimal("0.7"), None, Decimal(5000), 2))
    assert found.payment is not None
    assert found.payment.stretches() == ((0, 1, Decimal("0.7")),)
    assert (found.payment.threshold, found.payment.cap, found.up_front[0].amount) == (Decimal("0.03"), None, 5000)
    assert str(found.up_front[0].on) == "2011-07-01"


def test_what_cannot_be_negotiated_is_refused(one_price: Made, partner: MadePartner) -> None:
    terms = one_price().model_copy(update={"payment": None})
    with pytest.raises(Refused, match="pays nothing for results"):
        negotiate(terms, {"Alder": partner()}, Assumptions(TENTH), Wish(0), Range(), 1, 200)
    with pytest.raises(Refused, match="cap above its threshold"):
        over = Range(thresholds=(Decimal("0.3"),), caps=(Decimal("0.2"),))
        negotiate(one_price(), {"Alder": partner()}, Assumptions(TENTH), Wish(0), over, 1, 200)
    with pytest.raises(Refused, match="without a sign"):
        Wish(-5)


def test_every_fault_of_a_range_is_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        read_range("5,-0.1", "most", "20", "-1", "0,x")
    assert [fault.field for fault in refused.value.faults] == [
        "thresholds",
        "thresholds",
        "shares",
        "caps",
        "up-fronts",
        "periods",
        "periods",
    ]


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 9).map(float), st.integers(0, 9).map(float)), min_size=1, max_size=30))
def test_nothing_beats_the_frontier_and_everything_else_is_beaten(points: list[tuple[float, float]]) -> None:
    kept = frontier(points)
    for at, (first, second) in enumerate(points):
        better = [one for one, (x, y) in enumerate(points) if x >= first and y >= second and (x, y) != (first, second)]
        if at in kept:
            assert not better
        else:
            assert better or any(points[one] == (first, second) for one in kept)
    assert np.all(np.diff([points[one][0] for one in kept]) > 0)


def test_a_wish_without_end_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        Wish(float("inf"), float("nan"), -1e300)
    assert [fault.field for fault in refused.value.faults] == ["bearable", "least-expected", "least-saved"]
