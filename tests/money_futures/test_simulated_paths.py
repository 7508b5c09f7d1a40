"""Simulated paths: they agree with the exact sums, with settlement one by one, and with themselves."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from whatworks.money.contracts.load import load_terms
from whatworks.money.contracts.outcomes import BASELINE, Count, Key, Outcomes
from whatworks.money.contracts.settling import settle
from whatworks.money.contracts.terms import Terms
from whatworks.money.futures import draws, paths
from whatworks.money.futures.assumptions import Assumptions
from whatworks.money.futures.draws import draw
from whatworks.money.futures.effect import Effect
from whatworks.money.futures.luck import luck
from whatworks.money.futures.paid import exact_luck, paid
from whatworks.money.futures.partners import Partner
from whatworks.money.futures.paths import simulate_paths
from whatworks.money.futures.plan import plan
from whatworks.money.futures.pooling import NOTHING
from whatworks.money.futures.settled_paths import NATIONAL, national, settled

TENTH = Effect("fixed", (0.10,))
MANY = 100_000
Made = Callable[..., Terms]
MadePartner = Callable[..., Partner]


def within(found: float, exact: float, number: int) -> bool:
    """Whether a share of so many paths lies within four standard errors of the exact one."""
    return abs(found - exact) < 4 * (exact * (1 - exact) / number) ** 0.5


@pytest.mark.parametrize(("over", "trend"), [(1.0, 0.0), (2.0, 0.0), (1.0, -0.02), (1.5, 0.03)])
def test_simulated_luck_agrees_with_the_exact_sum(
    one_price: Made, partner: MadePartner, over: float, trend: float
) -> None:
    terms = one_price()
    planned = plan(terms, {"Alder": partner()}, Assumptions(NOTHING, overdispersion=over, trend=trend))
    found = paid(terms, simulate_paths(terms, planned, NOTHING, 7, MANY), 0)
    exact = luck([500], threshold=0.05, overdispersion=over, growth=(1 + trend, (1 + trend) ** 2))
    assert within(found.periods[0].share, exact.periods[0], MANY)
    assert within(found.periods[1].share, exact.periods[1], MANY)
    assert within(found.any_time.share, exact.any_period, MANY)
    known = exact_luck(terms, planned, (0,))
    assert known is not None and known.any_period == pytest.approx(exact.any_period)


def test_pooled_luck_agrees_with_the_exact_sum(youth: Terms) -> None:
    partners = {"Croydon": _youth(260, 30, 300), "Lambeth": _youth(90, 10, 80)}
    terms = youth.model_copy(update={"settled": "pooled"})
    planned = plan(terms, partners, Assumptions(NOTHING))
    exact = exact_luck(terms, planned, (0, 1))
    found = paid(terms, simulate_paths(terms, planned, NOTHING, 3, MANY), 1)
    assert exact is not None and within(found.any_time.share, exact.any_period, MANY)
    assert exact.periods[0] == pytest.approx(
        luck([260, 30, 300, 90, 10, 80], [54_000, 65_000, 48_000] * 2, 0.10).periods[0]
    )


def _youth(orders: float, long: float, other: float, **own: object) -> Partner:
    expected = {"convictions-and-orders": orders, "long-sentences": long, "other-convictions": other}
    return Partner(expected=expected, **own)


def _figures(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "figures.toml"
    path.write_text(text, encoding="utf-8")
    return path


PATHFINDER = """
payees = ["West Yorkshire"]
baseline = { first = 2010-10-01, last = 2011-09-30 }
up_front = { 1 = { amount = 300000 }, 2 = { amount = 250000 } }
target = { falls = [0.10, 0.20] }
clawback = { rule = "in proportion" }
metric = { bed-nights = { unit_price = 160 } }
"""
PETERBOROUGH = """
payment = { maximum = 500000 }
metric = { reconvictions = { unit_price = 1250 } }
[period.cohort-1]
first = 2010-09-09
last = 2012-06-01
[period.cohort-2]
first = 2012-06-02
last = 2014-06-01
"""
REHABILITATION = """
prices = "2013/14"
baseline = { first = 2012-01-01, last = 2012-12-31 }
period = { cohort-1 = { first = 2015-01-01, last = 2015-12-31 } }
metric = { reoffenders = { unit_price = 4000 } }
payment = { threshold = 0.02 }
"""


@pytest.mark.parametrize(
    ("name", "figures", "partners", "changes"),
    [
        (
            "financial-incentive-model-youth",
            'payees = ["Croydon", "Lambeth"]\npayment = { share = "half-then-all" }',
            {"Croydon": _youth(26, 3, 30), "Lambeth": _youth(60, 5, 80, overdispersion=2.0)},
            {"settled": "pooled"},
        ),
        ("youth-custody-pathfinder", PATHFINDER, {"West Yorkshire": Partner(expected={"bed-nights": 9000})}, {}),
        (
            "peterborough-bond",
            PETERBOROUGH,
            {"Investors": Partner(expected={"reconvictions": 1.55}, people=900, comparison_people=9000)},
            {},
        ),
        (
            "transforming-rehabilitation",
            REHABILITATION,
            {
                "Community rehabilitation company": Partner(
                    expected={"reoffenders": 0.475, "offences": 1.995}, people=800
                )
            },
            {},
        ),
    ],
)
def test_sampled_paths_agree_with_settlement_to_the_penny(
    name: str, figures: str, partners: dict[str, Partner], changes: dict[str, str], tmp_path: Path
) -> None:
    terms = load_terms(name, (), _figures(tmp_path, figures)).model_copy(update=changes)
    planned = plan(terms, partners, Assumptions(TENTH))
    compared = terms.counterfactual.kind == "matched comparison"
    drawn = draw(planned, Effect("normal", (0.1, 0.05)), 11, 0, 1000, compared=compared)
    leaving = np.zeros((len(partners), 1000), dtype=np.bool_)
    leaving[:, ::7] = terms.break_clause is not None
    pence = settled(terms, planned, drawn, leaving)
    for path in range(0, 1000, 1 if name.startswith("financial") else 4):
        gone = terms.payees if leaving[0, path] else ()
        found = settle(terms, _outcomes(terms, planned, drawn, path), gone)
        expected = [[int(found.amount(payee, flow.key) * 100) for flow in terms.flows] for payee in terms.payees]
        assert pence[:, :, path].tolist() == expected, path


def _outcomes(terms: Terms, planned: object, drawn: draws.Drawn, path: int) -> Outcomes:
    people, others = planned.people, planned.comparison_people  # type: ignore[attr-defined]
    counts = {}
    for one, payee in enumerate(terms.payees):
        for at, metric in enumerate(terms.metric):
            cohort = terms.metric[metric].of_people
            size = people[one] if cohort else None
            if terms.needs_baseline:
                counts[Key(payee, metric, BASELINE)] = Count(int(drawn.baseline[one, at, path]), size)
            for place, period in enumerate(terms.period):
                counts[Key(payee, metric, period)] = Count(int(drawn.tests[one, place, at, path]), size)
                if drawn.comparison is not None:
                    beside = Count(int(drawn.comparison[one, place, at, path]), others[one] if cohort else None)
                    counts[Key(payee, metric, period, "comparison")] = beside
    return Outcomes(counts)


def test_the_same_seed_gives_the_same_paths_on_any_number_of_threads(
    youth: Terms, monkeypatch: pytest.MonkeyPatch
) -> None:
    partners = {"Croydon": _youth(26, 3, 30, overdispersion=1.5), "Lambeth": _youth(60, 5, 80)}
    planned = plan(youth, partners, Assumptions(TENTH))
    number = 2 * draws.CHUNK + 5
    found = []
    for threads in (1, 2):
        monkeypatch.setattr(paths, "THREADS", threads)
        found.append(simulate_paths(youth, planned, Effect("uniform", (0.0, 0.2)), 5, number))
    assert found[0].number == number
    assert np.array_equal(found[0].flows, found[1].flows) and np.array_equal(found[0].effect, found[1].effect)
    other = simulate_paths(youth, planned, Effect("uniform", (0.0, 0.2)), 6, number)
    assert not np.array_equal(found[0].flows, other.flows)


def test_counts_have_the_mean_and_spread_that_are_asked_for(one_price: Made, partner: MadePartner) -> None:
    planned = plan(one_price(), {"Alder": partner(overdispersion=3.0)}, Assumptions(TENTH))
    drawn = draw(planned, TENTH, 1, 0, MANY, compared=False)
    assert drawn.baseline.mean() == pytest.approx(500, abs=4 * (1500 / MANY) ** 0.5)
    assert drawn.baseline.var() == pytest.approx(3 * 500, rel=0.03)
    # The gamma keeps its shape of 250: variance 450 + 450^2 / 250 = 1,260 at a mean of 450.
    assert drawn.tests[0, 0, 0].mean() == pytest.approx(450, abs=4 * (1260 / MANY) ** 0.5)
    assert drawn.tests[0, 0, 0].var() == pytest.approx(1260, rel=0.03)


def test_trend_reach_build_up_and_churn_move_the_means(one_price: Made, partner: MadePartner) -> None:
    terms = one_price(("Alder", "Birch"))
    partners = {"Alder": partner(100, reach=0.5, churn=0.2), "Birch": partner(300)}
    assumed = Assumptions(TENTH, trend=-0.1, build_up=(0.5, 1.0), churn_within=0.25)
    planned = plan(terms, partners, assumed)
    assert planned.tests[1, :, 0] == pytest.approx([270.0, 243.0])  # 300 x 0.9, 300 x 0.9^2
    # Alder keeps 0.5 x 0.8; of what moves away, a quarter shows in Birch: 0.5 x 0.2 x 0.25 x 100 / 300.
    assert planned.reached[0] == pytest.approx([0.2, 0.4])
    assert planned.reached[1] == pytest.approx([0.5 * (1 + 0.025 / 3), 1 + 0.025 / 3])


def test_a_national_trend_is_taken_out_of_what_the_contract_expects(one_price: Made, partner: MadePartner) -> None:
    terms = one_price()
    removed = terms.model_copy(
        update={"counterfactual": terms.counterfactual.model_copy(update={"kind": "national trend removed"})}
    )
    planned = plan(removed, {"Alder": partner(2000)}, Assumptions(NOTHING, trend=-0.08))
    assert national(planned).tolist() == [round(NATIONAL * 0.92), round(NATIONAL * 0.92**2)]
    before, after = (
        paid(one, simulate_paths(one, planned, NOTHING, 1, 20_000), 0).periods[0].share for one in (terms, removed)
    )
    assert before > 0.8 and after < 0.08  # without it nearly everyone is paid; with it as for no trend at all: .05


def test_an_effect_is_never_more_than_all_of_the_count() -> None:
    found = Effect("normal", (0.5, 0.5)).draw(np.random.default_rng(1), 10_000)
    assert found.min() >= -1 and found.max() == 0.95


def test_periods_of_other_lengths_scale_the_expected_count(one_price: Made, partner: MadePartner) -> None:
    terms = one_price()
    short = terms.period["year-1"].model_copy(update={"last": date(2011, 12, 31)})
    half = terms.model_copy(update={"period": {"year-1": short}})
    assert plan(half, {"Alder": partner(500)}, Assumptions(NOTHING)).tests[0, 0, 0] == pytest.approx(250)
