"""Laws of settlement: more never pays less, shares sum, nothing below zero without clawback, nothing below q."""

from decimal import Decimal
from typing import Any

from contracts_made import made, model
from hypothesis import assume, given
from hypothesis import strategies as st

from whatworks.money.contracts.outcomes import BASELINE, Count, Key, Outcomes
from whatworks.money.contracts.settling import settle
from whatworks.money.contracts.terms import Terms

COUNTS = st.integers(0, 3000)
SHARE = st.sampled_from(["half", "half-then-all"])
KIND = st.sampled_from(["adult", "youth"])


def one_year(terms: Terms, before: list[int], after: list[int]) -> Decimal:
    """Return what one test year pays a single payee."""
    counts = {
        Key(terms.payees[0], metric, period): Count(count)
        for period, row in ((BASELINE, before), ("year-1", after))
        for metric, count in zip(terms.metric, row, strict=False)
    }
    return settle(terms, Outcomes(counts)).amount(terms.payees[0], "payment year-1")


@given(SHARE, KIND, st.lists(st.integers(1, 3000), min_size=4, max_size=4), st.lists(COUNTS, min_size=4, max_size=4),
       st.integers(0, 2), st.integers(0, 3000))  # fmt: skip
def test_a_larger_fall_in_a_paid_metric_never_pays_less(
    share: str, kind: str, before: list[int], after: list[int], place: int, more: int
) -> None:
    """Baseline and the other metrics stay as they are; one metric falls further."""
    terms = model(share, kind)
    place = min(place, len(terms.metric) - 1)
    further = [max(0, count - more) if at == place else count for at, count in enumerate(after)]
    assert one_year(terms, before, further) >= one_year(terms, before, after)


@given(st.integers(1, 400), st.integers(1, 400), st.integers(0, 800), st.integers(0, 800), st.integers(0, 400))
def test_a_larger_fall_never_pays_the_bond_less(
    people: int, compared: int, events: int, expected: int, fewer: int
) -> None:
    assume(expected > 0)
    terms = made("peterborough-bond")

    def paid(count: int) -> Decimal:
        key = Key("Investors", "reconvictions", "cohort-1")
        other = Key("Investors", "reconvictions", "cohort-1", "comparison")
        return settle(terms, Outcomes({key: Count(count, people), other: Count(expected, compared)})).total()

    assert paid(max(0, events - fewer)) >= paid(events)


@given(st.lists(st.tuples(st.integers(1, 2000), st.integers(0, 2000)), min_size=3, max_size=3),
       st.sampled_from(["baseline", "fall", "equal"]), SHARE)  # fmt: skip
def test_shares_of_a_pooled_payment_sum_exactly_and_none_is_negative(
    counts: list[tuple[int, int]], split: str, share: str
) -> None:
    sites = ["Lambeth", "Croydon", "Southwark"]
    terms = model(share, payees=sites, settled="pooled", split=split)
    found = settle(terms, outcomes_of(terms, counts))
    (paid,) = [one for one in found.settled if one.flow.period == "year-1"]
    assert sum(part for _, part in paid.parts) == paid.amount
    assert all(part >= 0 for _, part in paid.parts)
    assert paid.amount == paid.amount.quantize(Decimal("0.01"))


@given(st.lists(st.tuples(st.integers(1, 2000), st.integers(0, 2000)), min_size=2, max_size=2), SHARE, KIND)
def test_below_the_threshold_nothing_is_paid_and_nothing_is_ever_negative(
    counts: list[tuple[int, int]], share: str, kind: str
) -> None:
    terms = model(share, kind, payees=["Lambeth", "Croydon"])
    found = settle(terms, outcomes_of(terms, counts))
    threshold = Decimal("0.05") if kind == "adult" else Decimal("0.10")
    for payee, (before, after) in zip(terms.payees, counts, strict=True):
        paid = found.amount(payee, "payment year-1")
        assert paid >= 0
        if before - after < threshold * before:
            assert paid == 0
        else:
            assert paid > 0 or after == before


@given(st.integers(1, 3000), COUNTS, COUNTS, st.sampled_from(["all", "in proportion", "each unit"]), st.booleans())
def test_never_more_is_repaid_than_was_received(before: int, one: int, two: int, rule: str, leaves: bool) -> None:
    terms = made("youth-custody-pathfinder", payees=["Leeds"], clawback={"rule": rule})
    counts = {
        Key("Leeds", "bed-nights", period): Count(count)
        for period, count in ((BASELINE, before), ("year-1", one), ("year-2", two))
    }
    found = settle(terms, Outcomes(counts), ["Leeds"] if leaves else [])
    received = found.amount("Leeds", "up front 1") + found.amount("Leeds", "up front 2")
    assert 0 <= -found.amount("Leeds", "repayment") <= received
    (break_,) = found.leaving
    assert break_.worth_leaving >= 0


def outcomes_of(terms: Terms, counts: list[tuple[int, int]]) -> Outcomes:
    """Return one test year in which each payee has its own counts, the same for every metric."""
    rows: dict[Key, Any] = {}
    for payee, (before, after) in zip(terms.payees, counts, strict=True):
        for metric in terms.metric:
            rows[Key(payee, metric, BASELINE)] = Count(before)
            rows[Key(payee, metric, "year-1")] = Count(after)
    return Outcomes(rows)
