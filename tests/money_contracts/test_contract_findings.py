"""The check finds what breaks common sense by trying results, and what it names can be settled again."""

from typing import Any

import pytest
from contracts_made import FIGURES, made, model

from whatworks.money.contracts.laboratory import Finding, Laboratory
from whatworks.money.contracts.outcomes import BASELINE, Count, Key, Outcomes
from whatworks.money.contracts.searching import findings
from whatworks.money.contracts.settling import settle
from whatworks.money.contracts.terms import Terms


def found(terms: Terms, kind: str) -> list[Finding]:
    """Return the findings of a kind."""
    return [one for one in findings(terms) if one.kind == kind]


def test_the_break_clause_pays_more_for_a_smaller_fall() -> None:
    terms = made("youth-custody-pathfinder")
    (breach,) = found(terms, "more pays less")
    assert breach.rank == "breach"
    assert breach.evidence[0] == ("leaving after no change", "£100,000")
    assert breach.evidence[1] == ("staying, with a fall of 1% and then a fall of 28%", "£0")
    counts = {Key("West London", "bed-nights", period): Count(count)
              for period, count in ((BASELINE, 10_000), ("year-1", 9_900), ("year-2", 7_200))}  # fmt: skip
    one = made("youth-custody-pathfinder", payees=["West London"])
    assert settle(one, Outcomes(counts)).total() == 0  # 17,100 nights, and 17,000 are allowed
    assert settle(one, Outcomes(counts), ["West London"]).total() == 100_000


def test_without_the_break_clause_nothing_is_found() -> None:
    terms = made("youth-custody-pathfinder").model_copy(update={"break_clause": None})
    assert found(terms, "more pays less") == []


def test_the_binary_measure_pays_for_a_worse_total() -> None:
    (breach,) = found(made("transforming-rehabilitation"), "worse total pays more")
    assert breach.rank == "breach" and "a rise of 10% pays £100,000" in breach.sentence
    assert found(made("transforming-rehabilitation"), "events not measured") == []


def test_the_binary_gate_pays_for_a_worse_total_even_where_events_are_paid_for() -> None:
    metrics = {"reoffenders": {"pays": False}, "offences": {"pays": True, "unit_price": 100}}
    gated = made("transforming-rehabilitation", metric=metrics, gate={"metric": "reoffenders", "fall": 0.02})
    assert [one.rank for one in found(gated, "worse total pays more")] == ["breach"]
    open_ = made("transforming-rehabilitation", metric=metrics)
    assert found(open_, "worse total pays more") == []


def test_a_binary_contract_without_events_is_said_to_be_blind() -> None:
    terms = made("transforming-rehabilitation")
    blind = terms.model_copy(update={"metric": {"reoffenders": terms.metric["reoffenders"]}})
    assert len(found(blind, "events not measured")) == 1


def test_a_pool_of_unpaid_cohorts_punishes_the_cohort_that_succeeds() -> None:
    """10% and 7%: cohort 1 is paid, and cohort 2 alone misses 7.5%. At 9% and 7% both are paid, pooled at 8%."""
    rule = {"counts": "unpaid periods"}
    (breach,) = found(made("peterborough-bond", pooled_periods=rule), "more pays less")
    assert breach.evidence == (
        ("a fall of 9%, then a fall of 7%", "£80,000 for each £1,000,000 of expected value"),
        ("a fall of 10%, then a fall of 7%", "£50,000 for each £1,000,000 of expected value"),
    )
    assert found(made("peterborough-bond"), "more pays less") == []


@pytest.mark.parametrize("kind", ["adult", "youth"])
@pytest.mark.parametrize("share", ["half", "half-then-all"])
def test_the_financial_incentive_model_never_pays_less_for_more(kind: str, share: str) -> None:
    assert found(model(share, kind), "more pays less") == []


def test_cliffs_stand_where_the_thresholds_are() -> None:
    (cliff,) = found(model("half", "adult"), "cliff")
    assert "at a fall of 5.00%" in cliff.sentence and "£25,000 for each £1,000,000" in cliff.sentence
    (cliff,) = found(model("half-then-all", "youth"), "cliff")
    assert "at a fall of 10.00%" in cliff.sentence and "£50,000 for each £1,000,000" in cliff.sentence
    smooth = model("half", "adult", payment={"threshold": 0})
    assert found(smooth, "cliff") == []


def test_a_cap_below_the_threshold_is_found_and_one_above_is_not() -> None:
    assert len(found(model("half", "youth", payment={"cap": 0.05}), "cap below threshold")) == 1
    assert found(model("half", "youth"), "cap below threshold") == []


def test_a_share_of_nothing_never_pays() -> None:
    terms = model("steps", "youth", payment={"steps": [{"to": 1, "share": 0}]})
    assert len(found(terms, "never pays")) == 1


def test_recording_less_is_worst_where_the_payee_records() -> None:
    """Other convictions are 480 of 1,670 pounds: 10% of the whole is 34.79% of them, so 34.80% in ten-thousandths."""
    terms = model("half", metric={"other-convictions": {"recorded_by": "Lambeth"}})
    ranks = {one.sentence.split(":")[0]: one for one in found(terms, "met by recording less")}
    assert ranks["Other convictions"].rank == "breach" and "34.80%" in ranks["Other convictions"].sentence
    assert ranks["Sentences over two years"].rank == "warning"


def test_average_cost_is_not_cash() -> None:
    def kinds(**metric: Any) -> list[str]:
        terms = made("peterborough-bond", metric={"reconvictions": metric})
        return [f"{one.rank} {one.kind}" for one in findings(terms) if "cash" in one.kind or "saves" in one.kind]

    assert kinds(cost_basis="average") == ["breach price not known to be cash"]
    assert kinds() == ["warning price not known to be cash"]
    assert kinds(cost_basis="cashable") == []
    assert kinds(cashable_price=1000) == ["breach pays more than it saves"]  # it pays 1,200 for each
    assert kinds(cashable_price=1200) == []


def test_what_is_undone_later_stays_paid() -> None:
    assert len(found(model("half"), "pays for nothing over the whole")) == 1
    one_year = model("half").model_copy(update={"period": {"year-1": model("half").period["year-1"]}})
    assert found(one_year, "pays for nothing over the whole") == []


@pytest.mark.parametrize("name", FIGURES)
def test_the_laboratory_agrees_with_settlement(name: str) -> None:
    """What the search looks at is the settlement itself: a fall of 12% in every metric and period."""
    import numpy as np

    lab = Laboratory.of(made(name))
    (payee,) = lab.terms.payees
    counts: dict[Key, Count] = {}
    for key, metric in lab.terms.metric.items():
        people = 20_000 if metric.of_people else None
        before = {"count": 10_000, "binary": 10_000, "frequency": 40_000}[metric.kind]
        if lab.terms.needs_baseline:
            counts[Key(payee, key, BASELINE)] = Count(before, people)
        for period in lab.terms.period:
            counts[Key(payee, key, period)] = Count(before * 88 // 100, people)
            if not lab.terms.needs_baseline:
                counts[Key(payee, key, period, "comparison")] = Count(before, people)
    assert int(lab.alike(np.array([0.12]))[0]) == settle(lab.terms, Outcomes(counts)).total() * 100


def test_what_is_undone_later_is_shown_at_its_largest_and_not_where_nothing_is_paid() -> None:
    """A rise of 20% and a fall of 20%: together no fall, and half of 20% of one year is paid, of two years' value."""
    (one,) = found(model("half"), "pays for nothing over the whole")
    assert one.evidence == (
        ("a rise of 20%, then a fall of 20%", "£50,000 for each £1,000,000 of expected value"),
    )  # fmt: skip
    assert found(model("half", payment={"threshold": 0.5}), "pays for nothing over the whole") == []


def test_money_that_is_kept_for_a_fall_is_no_capped_payment() -> None:
    """The pathfinder pays nothing for results: from some fall on, all money up front is kept, and never more."""
    assert found(made("youth-custody-pathfinder"), "cap below threshold") == []


def test_leaving_that_pays_just_as_much_is_no_breach() -> None:
    """One instalment before the break, a target that any fall meets: staying and leaving both keep 100,000 pounds."""
    terms = made(
        "youth-custody-pathfinder",
        up_front=[{"amount": 100_000, "on": "2011-10-01"}],
        target={"falls": [0, 0]},
    )
    assert found(terms, "more pays less") == []


def test_a_cap_below_the_threshold_is_found_from_two_events_in_ten_thousand_on() -> None:
    assert len(found(model("half", payment={"threshold": 0.0002, "cap": 0.0001}), "cap below threshold")) == 1
    assert found(model("half", payment={"threshold": 0, "cap": 0.0001}), "cap below threshold") == []


def test_the_laboratory_s_first_fall_lasts_until_the_break() -> None:
    import numpy as np

    year = {"first": "2013-10-01", "last": "2014-09-30"}
    terms = made(
        "youth-custody-pathfinder",
        period={"year-3": year},
        break_clause={"after": "year-2", "on": "2013-09-30"},
        target={"falls": [0.1, 0.2, 0.2]},
    )
    lab = Laboratory.of(terms)
    both = lab.by_period(np.array([0.05, 0.2]), np.array([0.35, 0.2]))
    falls = np.array([[0.05, 0.05, 0.35], [0.2, 0.2, 0.2]])[:, :, None]
    # the target asks for falls of 0.5 in all; 0.45 miss it, and 0.05 with twice 0.35 would not
    assert both.tolist() == lab.net(falls).tolist() == [0, 18_000_000]
