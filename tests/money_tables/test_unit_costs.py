"""Costs for each outcome: the interval by its definition, editions and price years never mixed."""

from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from math import inf, sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatworks.evaluation.result import Result
from whatworks.money.amount import Money
from whatworks.money.unit_costs import fieller, load_unit_costs, one_edition, outcome_cost
from whatworks.money.unit_costs.interval import Z95
from whatworks.money.unit_costs.per_outcome import Spent
from whatworks.papers.evaluation.sample import sample_result
from whatworks.records.refusal import Refused

EXAMPLE = Path(str(files("whatworks") / "examples/money/unit-costs-of-crime.csv"))
COST = Money(Decimal(1_000_000), "2015/16")
HEADER = "item,pounds,kind,price_year,edition,source\n"


@given(
    st.floats(100, 1e5),
    st.floats(-0.5, 0.5),
    st.floats(0.001, 0.3),
    st.floats(0, 5e4),
    st.floats(0.01, 4),
)
def test_the_interval_holds_exactly_the_ratios_that_the_data_do_not_reject(cost, effect, se, cost_se, factor):
    """By definition: R is in the interval when cost - R effect is within z standard errors of zero."""
    found = fieller(cost, effect, se, cost_se)
    if found.bounds == "nothing can be said":
        return
    low, high = found.low, inf if found.high is None else found.high
    for ratio in (factor * cost, factor * abs(cost / (abs(effect) + se)), factor * (found.low or cost)):
        inside = abs(cost - ratio * effect) <= Z95 * sqrt(cost_se**2 + ratio**2 * se**2)
        near = low is not None and min(abs(ratio - low), abs(ratio - high)) < 1e-6 * ratio
        assert near or inside == (low is not None and low <= ratio <= high)


def rossi(**changes: float) -> Result:
    result = sample_result()
    outcome = result.outcomes[0].model_copy(update=changes)
    return result.model_copy(update={"outcomes": (outcome,)})


def test_the_cost_of_a_rearrest_avoided_is_that_of_eighteen_fewer():
    # 48 of 216 against 66 of 216: 18 fewer of 216 men; the ends of the interval give 35.9424 and 0.0432 fewer
    found = outcome_cost(rossi(), Spent(COST, people=216, places=36, posts=Decimal("2.5")))
    assert found.avoided == pytest.approx(18)
    assert found.ratio.value == pytest.approx(1_000_000 / 18)
    assert found.ratio.low == pytest.approx(1_000_000 / 35.9424)
    assert found.ratio.high == pytest.approx(1_000_000 / 0.0432)
    assert (found.per_person, found.per_post) == (Decimal(1_000_000) / 216, Decimal(400_000))
    assert found.per_place == Decimal(1_000_000) / 36


def test_no_upper_limit_where_the_interval_includes_nought():
    found = outcome_cost(rossi(ci_low=-0.10, ci_high=0.02), Spent(COST, people=200))
    assert (found.ratio.low, found.ratio.high) == (pytest.approx(5000 / 0.10), None)
    assert "no upper limit" in found.sentence


def test_a_rise_on_the_best_estimate_has_no_cost_of_one_avoided():
    found = outcome_cost(rossi(difference=0.008, ci_low=-0.065, ci_high=0.082), Spent(COST, people=368))
    assert found.ratio.value is None
    assert found.sentence.startswith(
        "None was avoided on the best estimate; the 95% interval runs from £41,806 with no"
    )
    assert round(1_000_000 / 368 / 0.065) == 41806


def test_harm_beyond_doubt_has_no_interval_at_all():
    found = outcome_cost(rossi(difference=0.1, ci_low=0.01, ci_high=0.2), Spent(COST, people=200))
    assert (found.ratio.bounds, found.ratio.low) == ("none avoided", None)


def test_an_uncertain_cost_widens_the_interval():
    sure = outcome_cost(rossi(), Spent(COST, people=216)).ratio
    unsure = outcome_cost(rossi(), Spent(COST, people=216, se=200_000.0)).ratio
    assert unsure.low < sure.low


@pytest.mark.parametrize(
    "spent", [{"people": 0}, {"people": -3}, {"people": 5, "places": 0}, {"people": 5, "se": -1.0}]
)
def test_counts_and_errors_below_nought_are_refused(spent):
    with pytest.raises(Refused):
        outcome_cost(rossi(), Spent(COST, **spent))


def test_the_number_of_people_is_asked_for_where_the_result_does_not_say():
    with pytest.raises(Refused, match="how many people"):
        outcome_cost(rossi(), Spent(COST))


def test_an_outcome_without_a_verdict_has_no_cost():
    result = sample_result()
    bare = result.outcomes[0].model_copy(update={"verdict": None, "reason_no_verdict": "No comparison."})
    with pytest.raises(Refused, match="carries no verdict"):
        outcome_cost(result.model_copy(update={"outcomes": (bare,)}), Spent(COST, people=5))


def test_kinds_of_worth_stand_apart_and_price_years_are_never_mixed():
    costs = [
        replace(one, kind=kind)
        for kind in ("cashable", "economic")
        for one in one_edition(load_unit_costs(EXAMPLE), ["Robbery"], "Home Office Research Report 99")
    ]
    found = outcome_cost(rossi(), Spent(COST, people=216), unit_costs=costs)
    assert [(one.kind, one.pounds, one.covers_cost) for one in found.worth] == [
        ("cashable", Decimal(11320), False),
        ("economic", Decimal(11320), False),
    ]
    with pytest.raises(Refused, match="in prices of 2015/16, the cost in cash"):
        outcome_cost(rossi(), Spent(Money(Decimal(5), "cash"), people=5), unit_costs=costs)


def test_the_editions_of_the_example_are_not_mixed():
    costs = load_unit_costs(EXAMPLE)
    with pytest.raises(Refused, match="are mixed"):
        one_edition(costs, ["Robbery"])
    with pytest.raises(Refused, match="has no unit cost in the edition"):
        one_edition(costs, ["Robbery", "Theft"], "Home Office Research Report 99")
    with pytest.raises(Refused, match='did you mean "Robbery"'):
        one_edition(costs, ["Robery"])


def test_every_fault_of_a_file_is_named_at_once(tmp_path):
    path = tmp_path / "costs.csv"
    path.write_text(HEADER + "Theft,-5,economic,2015/16,A,s\nTheft,5,savings,,A,s\nTheft,x,cashable,2016/18,,s\n")
    with pytest.raises(Refused) as refused:
        load_unit_costs(path)
    assert [(fault.row, fault.field) for fault in refused.value.faults] == [
        (2, "pounds"),
        (3, "kind"),
        (3, "price_year"),
        (4, "pounds"),
        (4, "price_year"),
        (4, "edition"),
    ]


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "costs.csv"
    path.write_text("item,pounds,kind,edition,source\nTheft,5,economic,A,s\n")
    with pytest.raises(Refused, match="price_year"):
        load_unit_costs(path)


ROW = "Robbery,11320,economic,2015/16,HORR99,made up\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEADER, "costs.csv: holds no unit cost; write one a row"),
        (HEADER + "\n,,,,,\n", "costs.csv: holds no unit cost; write one a row"),
        (HEADER.replace("source", "source,pounds") + ROW, "costs.csv, row 1, pounds: heads two columns; keep one"),
    ],
)
def test_a_file_without_costs_or_with_a_column_twice_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "costs.csv"
    path.write_text(text)
    with pytest.raises(Refused) as refused:
        load_unit_costs(path)
    assert str(refused.value).startswith(said)
