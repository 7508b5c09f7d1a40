"""Cash by year, outlay at its deepest, the worst 5%, break-even and the break clause, against arithmetic by hand."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from whatworks.money.contracts.load import check_terms, load_terms
from whatworks.money.contracts.terms import Terms
from whatworks.money.futures.assumptions import Assumptions
from whatworks.money.futures.benefit import Benefits
from whatworks.money.futures.break_even import break_even
from whatworks.money.futures.cash import cash, depth, discounted
from whatworks.money.futures.chance import chance, mean, worst
from whatworks.money.futures.effect import Effect
from whatworks.money.futures.exit_option import best_rule, exit_options
from whatworks.money.futures.partners import Partner
from whatworks.money.futures.paths import simulate_paths
from whatworks.money.futures.payer import freed, payer
from whatworks.money.futures.plan import plan
from whatworks.money.futures.pooling import NOTHING
from whatworks.money.futures.timeline import Timeline, timeline

Made = Callable[..., Terms]
MadePartner = Callable[..., Partner]
TENTH = Effect("fixed", (0.10,))


@pytest.fixture
def when(one_price: Made, partner: MadePartner) -> Timeline:
    """Two years, GBP 1,000 spent in each; payments 8 months after each period's end."""
    terms = one_price(after_months=8)
    return timeline(terms, {"Alder": partner(500, 1000)}, 0.035)


def test_a_payment_falls_in_the_year_in_which_it_is_made(when: Timeline) -> None:
    # Periods end in June 2012 and 2013; eight months later is February 2013 (year 2) and 2014 (year 3).
    assert (when.flow_year, when.years) == ((1, 2), 3)
    assert when.flow_at == pytest.approx([20 / 12, 32 / 12])


def test_cash_by_year_and_in_all(when: Timeline) -> None:
    flows = np.array([[0, 150_000], [90_000, 0]])
    found = cash(flows, when, 0)
    assert [year.mean.value for year in found.years] == [-1000, -1000 + 750, 450]
    assert [year.cumulative[-1] for year in found.years] == [-1000, -500, -500]
    assert [year.net[0] for year in found.years] == [-1000, -1000, 0]
    assert (found.outlay, found.total.value) == (2000, -800)
    present = discounted(flows, when, 0)
    spent = 1000 * (1.035**-0.5 + 1.035**-1.5)
    assert present[0] == round(100 * (900 * 1.035 ** (-32 / 12) - spent))
    assert present[1] == round(100 * (1500 * 1.035 ** (-20 / 12) - spent))


def test_outlay_is_deepest_just_before_the_money_comes(when: Timeline) -> None:
    # By February 2013, 1,000 + 8/12 of 1,000 is spent; without the payment 2,000 is spent by the end of year 2.
    paid_early, never = np.array([[200_000], [0]]), np.array([[0], [0]])
    assert depth(paid_early, when, 0).typical == pytest.approx(1666.67, abs=0.01)
    assert depth(paid_early, when, 0).years == (0, 1, 0)
    assert depth(never, when, 0).typical == 2000
    repaid = np.array([[200_000], [-500_000]])
    assert depth(repaid, when, 0).typical == 5000 and depth(repaid, when, 0).years == (0, 0, 1)


def test_what_moves_on_the_last_day_counts_once(one_price: Made, partner: MadePartner) -> None:
    terms, partners = one_price(), {"Alder": partner(500, 1000)}
    last_day = timeline(terms, partners, 0.035)
    assert (last_day.flow_year, last_day.years, last_day.flow_at.tolist()) == ((0, 1), 2, [1.0, 2.0])
    assert depth(np.array([[100_000], [-500_000]]), last_day, 0).typical == 6000


def test_the_worst_five_per_cent_is_the_mean_of_the_tail() -> None:
    pence = np.arange(1000)[::-1] * 100
    assert worst(pence).value == np.arange(50).mean()
    assert worst(pence).low < worst(pence).value < worst(pence).high
    assert mean(pence).value == 499.5


def test_intervals_of_shares_hold_the_truth_nineteen_times_in_twenty() -> None:
    rng = np.random.default_rng(2)
    held = [chance(int(times), 400) for times in rng.binomial(400, 0.1, 2000)]
    assert 0.935 < np.mean([one.low <= 0.1 <= one.high for one in held]) < 0.965
    assert chance(0, 100).low == 0 and chance(0, 100).high > 0.03


def test_break_even_by_arithmetic(one_price: Made, partner: MadePartner) -> None:
    # A million counts at GBP 1,000: chance is nothing. Half of the saving, paid on the last day of each year, has to
    # cover 20 million spent through it: e x 0.5 x 1e9 x (v + v^2) = 2e7 x (v^0.5 + v^1.5), so e = 0.04 x 1.035^0.5.
    terms = one_price(threshold="0", cap=None)
    partners = {"Alder": partner(1_000_000, 20_000_000)}
    assumed = Assumptions(TENTH)
    planned, when = plan(terms, partners, assumed), timeline(terms, partners, assumed.discount)
    (found,) = break_even(terms, planned, when, 1, 4000)
    assert found.effect == pytest.approx(0.04 * 1.035**0.5, abs=0.0001)
    assert found.low is not None and found.high is not None
    assert found.low <= 0.04 * 1.035**0.5 <= found.high


def test_break_even_counts_what_the_contract_does_not_pay(one_price: Made, partner: MadePartner) -> None:
    # Another GBP 500 for each conviction fewer, in the middle of its year: (0.5 v + 0.5 v^0.5) for each pound.
    terms = one_price(threshold="0", cap=None)
    partners = {"Alder": partner(1_000_000, 20_000_000, benefit={"convictions": 500})}
    planned, when = plan(terms, partners, Assumptions(TENTH)), timeline(terms, partners, 0.035)
    benefits = Benefits.of(terms, partners, planned, when)
    (found,) = break_even(terms, planned, when, 1, 4000, benefits)
    v = 1 / 1.035
    assert found.effect == pytest.approx(0.02 * v**0.5 / (0.5 * v + 0.5 * v**0.5), abs=0.0001)
    assert benefits.pence(0, np.array([0.1]))[0] == 2 * 100_000 * 500 * 100


def test_no_effect_breaks_even_where_the_cap_prevents_it(one_price: Made, partner: MadePartner) -> None:
    terms = one_price()
    partners = {"Alder": partner(500, 60_000)}
    planned, when = plan(terms, partners, Assumptions(TENTH)), timeline(terms, partners, 0.035)
    (found,) = break_even(terms, planned, when, 1, 2000)
    assert found.effect is None
    # The cap pays 0.5 x 0.20 x 500,000 a year: 50,000 (v + v^2) - 60,000 (v^0.5 + v^1.5).
    # Baselines swing by 22.4, so the mean of 2,000 by 100 x 1.9 x 22.4 / 44.7 = 95 pounds.
    v = 1 / 1.035
    assert found.best == pytest.approx(50_000 * (v + v**2) - 60_000 * (v**0.5 + v**1.5), abs=4 * 95)


def test_the_payer_keeps_what_the_effect_frees_less_what_it_pays(one_price: Made, partner: MadePartner) -> None:
    terms = one_price()
    planned = plan(terms, {"Alder": partner()}, Assumptions(TENTH))
    side = payer(terms, planned, simulate_paths(terms, planned, TENTH, 1, 2000), 0.6)
    assert side.saved.value == pytest.approx(0.6 * 2 * 50 * 1000)  # a tenth of 500 in each of two years
    assert side.net.value == pytest.approx(side.saved.value - side.paid.value)
    lucky = payer(terms, planned, simulate_paths(terms, planned, NOTHING, 1, 2000), 1.0)
    assert lucky.saved.value == 0 and lucky.net.value < 0 and lucky.worse_off.share > 0.2


PATHFINDER = """
payees = ["West Yorkshire"]
baseline = { first = 2010-10-01, last = 2011-09-30 }
up_front = { 1 = { amount = 300000 }, 2 = { amount = 250000 } }
target = { falls = [0.10, 0.20] }
clawback = { rule = "all" }
metric = { bed-nights = { unit_price = 160 } }
"""


def test_the_break_clause_is_worth_what_leaving_saves(tmp_path: Path) -> None:
    figures = tmp_path / "figures.toml"
    figures.write_text(PATHFINDER, encoding="utf-8")
    terms = load_terms("youth-custody-pathfinder", (), figures)
    partners = {"West Yorkshire": Partner(expected={"bed-nights": 9000}, outlay=(Decimal(250_000), Decimal(250_000)))}
    planned, when = plan(terms, partners, Assumptions(NOTHING)), timeline(terms, partners, 0.035)
    (hopeless,) = exit_options(terms, planned, when, NOTHING, 1, 2000)
    # Nothing works: who stays gets 300,000 and 250,000 and repays all at the end of year 2; who leaves keeps 300,000
    # and spends 250,000. Staying costs 250,000 (v^0.5 + v^1.5) - 300,000 - 250,000 v + 550,000 v^2.
    v = 1 / 1.035
    stay = 300_000 + 250_000 * v - 550_000 * v**2 - 250_000 * (v**0.5 + v**1.5)
    leave = 300_000 - 250_000 * v**0.5
    assert hopeless.leaves.share == 1 and hopeless.value.value == pytest.approx(leave - stay, abs=1)
    assert hopeless.before_break == 300_000 and hopeless.repaid.value == 550_000
    (sure,) = exit_options(terms, planned, when, Effect("fixed", (0.6,)), 1, 2000)
    # All is kept: 550,000 for 500,000 spent, and year 2 brings 250,000 at its start for 250,000 through it.
    assert sure.leave_below is None and sure.leaves.share == 0 and sure.value.value == 0 and sure.repaid.value == 0


def test_the_best_rule_is_found_where_leaving_begins_to_pay() -> None:
    rng = np.random.default_rng(4)
    seen = rng.normal(0.1, 0.05, 4000)
    stay = np.rint(1e6 * (seen - 0.08)).astype(np.int64)
    assert best_rule(seen, stay, np.zeros(4000, dtype=np.int64)) == pytest.approx(0.08, abs=0.004)
    assert best_rule(seen, stay + 10**7, np.zeros(4000, dtype=np.int64)) is None


def test_a_contract_without_a_break_clause_has_no_option(one_price: Made, partner: MadePartner) -> None:
    terms, partners = one_price(), {"Alder": partner()}
    planned = plan(terms, partners, Assumptions(TENTH))
    assert exit_options(terms, planned, timeline(terms, partners, 0.035), TENTH, 1, 200) == ()


def test_what_the_contract_does_not_pay_for_frees_no_cash(partner: Callable[..., Partner]) -> None:
    """100 convictions in each of two years at GBP 1,000, a fall of a tenth: GBP 20,000; and nothing where unpaid."""
    for pays, pence in ((True, 2_000_000), (False, 0)):
        metric = {"name": "Convictions", "unit_price": 1000, "cashable_price": 1000, "pays": pays}
        other = {"name": "Orders", "unit_price": 100, "cashable_price": 0, "pays": True}
        content = {
            "id": "two", "name": "Two", "payer": "Ministry (made up)", "payees": ["Alder"], "prices": "cash",
            "counterfactual": {"kind": "own baseline"}, "baseline": {"first": "2010-07-01", "last": "2011-06-30"},
            "period": {"year-1": {"first": "2011-07-01", "last": "2012-06-30"},
                       "year-2": {"first": "2012-07-01", "last": "2013-06-30"}},
            "metric": {"convictions": metric, "orders": other},
            "payment": {"threshold": "0.05", "cap": "0.20", "share": "half"},
        }  # fmt: skip
        terms = check_terms(content, "two.toml")
        partners = {"Alder": Partner(expected={"convictions": 100, "orders": 100}, outlay=())}
        planned = plan(terms, partners, Assumptions(Effect("fixed", (0.10,))))
        assert freed(terms, planned, np.array([0.10]), 1.0).tolist() == [pence]
