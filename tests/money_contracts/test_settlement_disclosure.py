"""Nobody who divides, subtracts and sums what a settlement prints may learn a count of 1 to 9 people."""

import json
import re
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from contracts_made import made, model

from whatworks.cli.app import build
from whatworks.money.contracts.outcomes import Count, Group, Key, Outcomes
from whatworks.money.contracts.settlement import Settlement
from whatworks.money.contracts.settling import settle
from whatworks.money.contracts.terms import Terms
from whatworks.papers.money.settlement import settlement_answer

PAYEES = ("Lambeth", "Croydon", "Southwark")


def outcomes(terms: Terms, counts: dict[tuple[str, str], int]) -> Outcomes:
    """Return outcomes by payee and period, the same for each metric."""
    return Outcomes({Key(who, metric, when): Count(n) for metric in terms.metric for (who, when), n in counts.items()})


def shown(found: Settlement) -> dict[str, Any]:
    """Return all figures that leave, without what the terms say anyway."""
    return settlement_answer(found).figures


def worlds_that_look_alike(terms: Terms, counts: dict[tuple[str, str], int], cell: tuple[str, str]) -> set[int]:
    """Return the values of a cell, among other worlds that small counts allow, that print the very same figures."""
    told = shown(settle(terms, outcomes(terms, counts)))
    return {other for other in range(1, 10) if shown(settle(terms, outcomes(terms, counts | {cell: other}))) == told}


@pytest.mark.parametrize("settled", ["each", "pooled"])
@pytest.mark.parametrize("share", ["half", "half-then-all"])
@pytest.mark.parametrize(("baseline", "year"), [(11, 9), (60, 3), (200, 1), (10, 8)])
def test_every_small_count_could_be_any_other_small_count(settled: str, share: str, baseline: int, year: int) -> None:
    """The strongest attacker tries every world: each of 1 to 9 has to give the figures that were printed."""
    terms = model(share, payees=PAYEES, settled=settled, **({"split": "baseline"} if settled == "pooled" else {}))
    counts = {(who, when): 400 for who in PAYEES for when in ("baseline", "year-1")}
    counts |= {("Lambeth", "year-1"): 300, ("Croydon", "baseline"): baseline, ("Croydon", "year-1"): year}
    assert worlds_that_look_alike(terms, counts, ("Croydon", "year-1")) == set(range(1, 10))


def test_what_is_printed_of_the_others_does_not_hang_on_what_is_withheld() -> None:
    """Sums, shares and falls of the two large payees stand, to the penny, and no sum includes the third."""
    terms = model("half", payees=PAYEES)
    counts = {(who, when): 400 for who in PAYEES for when in ("baseline", "year-1")}
    counts |= {("Lambeth", "year-1"): 300, ("Croydon", "baseline"): 20, ("Croydon", "year-1"): 4}
    whole = settle(terms, outcomes(terms, counts))
    told = shown(whole)
    assert told["total"] == "c" and told["withheld"] == ["Croydon"]
    nets = {one["payee"]: one["net"] for one in told["payees"]}
    # Lambeth: 25% fewer, the fall counted up to 20%, half of it, of 400 x (540 + 650 + 480) pounds.
    assert nets == {"Lambeth": "66800.00", "Croydon": "c", "Southwark": "0.00"}
    assert "Croydon" not in {one["payee"] for one in told["measures"]}
    assert "Croydon" not in json.dumps([told["settled"], told["remarks"], told["leaving"]])


@pytest.mark.parametrize(
    ("people", "reoffended", "offences", "withheld"),
    [
        ((120, 120), (60, 14), (90, 40), False),
        ((120, 120), (60, 3), (90, 40), True),  # three people
        ((120, 120), (60, 113), (90, 300), True),  # seven who did not
        ((120, 8), (60, 8), (90, 30), True),  # a cohort of eight
        ((120, 120), (60, 0), (90, 0), True),  # nobody: told of each of the 120
        ((120, 120), (60, 14), (90, 17), True),  # three offences more than people: at most three who did it again
        ((120, 120), (113, 60), (200, 90), True),  # small in the baseline only
    ],
)
def test_counts_of_a_cohort_and_what_is_left_of_it(
    people: tuple[int, int], reoffended: tuple[int, int], offences: tuple[int, int], withheld: bool
) -> None:
    terms = made("transforming-rehabilitation")
    (payee,) = terms.payees
    counts = {
        Key(payee, metric, period): Count(found[at], people[at])
        for (metric, found), (at, period) in product(
            (("reoffenders", reoffended), ("offences", offences)), enumerate(("baseline", "cohort-1"))
        )
    }
    told = shown(settle(terms, Outcomes(counts)))
    assert bool(told["withheld"]) is withheld
    assert (told["measures"] == []) is withheld


def test_the_comparison_group_counts_too() -> None:
    terms = made("peterborough-bond")
    (payee,) = terms.payees
    numbers: tuple[tuple[Group, int], ...] = (("payee", 80), ("comparison", 90))
    counts = {
        Key(payee, "reconvictions", period, group): Count(n, 300)
        for period in ("cohort-1", "cohort-2")
        for group, n in numbers
    }
    assert not shown(settle(terms, Outcomes(counts)))["withheld"]
    few = counts | {Key(payee, "reconvictions", "cohort-2", "comparison"): Count(6, 300)}
    assert shown(settle(terms, Outcomes(few)))["withheld"] == [payee]


def settle_by_command(folder: Path, *words: str) -> None:
    """Settle a contract of three boroughs, one of which has few, from files."""
    rows = ["payee,metric,period,count"]
    for who, baseline, year in (("Lambeth", 400, 300), ("Croydon", 20, 4), ("Southwark", 500, 430)):
        for metric in ("convictions-and-orders", "long-sentences", "other-convictions"):
            rows += [f"{who},{metric},baseline,{baseline}", f"{who},{metric},year-1,{year}"]
    (folder / "counts.csv").write_text("\n".join(rows) + "\n")
    build()(
        ["contract", "settle", "financial-incentive-model-youth", "--set", "payment.share=half",
         "--set", f"payees={json.dumps(PAYEES)}", "--outcomes", str(folder / "counts.csv"), *words],
        standalone_mode=False,
    )  # fmt: skip


def test_the_restricted_working_adds_up_to_the_penny_and_nothing_else_holds_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settle_by_command(tmp_path, "--out", "paper", "--working", "inside/bill.json", "--forms", "html,json")
    path = tmp_path / "inside" / "bill.json"
    exact = json.loads(path.read_text("utf-8"))
    assert exact["disclosure"] == "restricted" and oct(path.stat().st_mode)[-3:] == "600"
    # Half of 20% (the cap) of 20 x 1,670 pounds: 3,340; Lambeth 66,800; Southwark half of 14% of 835,000: 58,450.
    nets = {one["payee"]: Decimal(one["net"]) for one in exact["payees"]}
    assert nets == {"Lambeth": Decimal("66800.00"), "Croydon": Decimal("3340.00"), "Southwark": Decimal("58450.00")}
    parts = [Decimal(part["amount"]) for one in exact["settled"] for part in one["parts"]]
    assert sum(parts) == sum(nets.values()) == Decimal(exact["total"]) == Decimal("128590.00")
    out = [capsys.readouterr().out, *((tmp_path / "paper" / name).read_text("utf-8") for name in ("paper.html",
           "summary.json"))]  # fmt: skip
    for text in out:
        assert not re.search(r"3,?340\.00|128,?590", text)
        assert "58,450.00" in text or "58450.00" in text
    assert "Working (restricted): inside/bill.json" in out[0] and "Croydon: withheld" in out[0]
    assert "restricted working" in out[1]


def test_a_working_may_not_lie_among_the_papers(tmp_path: Path) -> None:
    from whatworks.records.refusal import Refused

    with pytest.raises(Refused, match="among the papers that may leave"):
        settle_by_command(tmp_path, "--out", str(tmp_path / "paper"), "--working", str(tmp_path / "paper" / "x.json"))
    assert not (tmp_path / "paper").exists()
