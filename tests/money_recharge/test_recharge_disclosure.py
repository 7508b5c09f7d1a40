"""Nobody who divides bills by prices, subtracts and sums may learn that a borough placed 1 to 9 families."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from shared_service import rows, terms

from whatworks.cli.app import build
from whatworks.money.recharge.recharge import recharge
from whatworks.money.recharge.usage_file import Placement
from whatworks.papers.money.recharge import recharge_answer
from whatworks.papers.money.recharge_clearance import evened
from whatworks.records.refusal import Refused

Nights = tuple[tuple[str, str, int], ...]
BASE: Nights = (("A", "A", 300), ("A", "B", 150), ("B", "A", 100), ("B", "B", 60), ("outside", "A", 20))
OWN = {"price_year": "2010/11", "fixed_cost": "9000.00", "cost_per_place": "30000.00", "smallest_unit": 1,
       "occupancy": "0.9"}  # fmt: skip


def printed(nights: Nights, models: list[str] | None = None) -> Any:
    """Return everything that leaves of a recharge with these nights, and its notice."""
    service = {"name": "Refuge (made up)", "units": "family places"} | ({"models": models} if models else {})
    asked = terms(own_cost=OWN, service=service)
    allowed = evened(asked, rows("2010/11", *nights), 10)
    answer = recharge(allowed.terms, allowed.placements)
    told = recharge_answer(answer, allowed.notice)
    paper = told.paper(answer.terms.as_at)
    tables = [table.rows for table in paper.sheets]
    return told.figures, tables, allowed.notice


@pytest.mark.parametrize("host", ["A", "B"])
def test_a_few_nights_could_be_any_other_few(host: str) -> None:
    """Coley has 3 nights with a host; of all worlds in which it and Bray have as many together, none prints more."""
    told = printed((*BASE, ("C", host, 3)))
    for other in range(1, 10):
        moved = tuple((who, where, n + 3 - other if (who, where) == ("B", host) else n) for who, where, n in BASE)
        assert printed((*moved, ("C", host, other))) == told, other
    assert "Bray and Coley stand here as (evened)" in told[2]
    assert set(told[0]["names"].values()) >= {"Ashby", "Bray (evened)", "Coley (evened)"}


def test_bills_of_the_evened_divided_by_the_price_give_their_sum_alone() -> None:
    """160 nights of Bray and 3 of Coley: 163 in all, 82 and 81 in the paper; Ashby's 450 are its own."""
    figures, _, _ = printed((*BASE, ("C", "A", 3)), ["usage"])
    assert figures["account"]["nights"] == {"A": 450, "B": 82, "C": 81}
    (usage,) = figures["bills"]
    shares = {code: Decimal(one["share"]) for code, one in usage["bills"].items()}
    price = sum(shares.values(), Decimal(0)) / 613
    assert [round(shares[code] / price) for code in "ABC"] == [450, 82, 81]
    assert Decimal(usage["total"]) == Decimal("109500.00")


def test_few_families_are_few_however_many_nights_they_stayed() -> None:
    asked = terms()
    many = [Placement("A", "A", "2010/11", 20, f"a{at}") for at in range(12)]
    many += [Placement("B", "B", "2010/11", 15, f"b{at}") for at in range(10)]
    few = [Placement("C", "A", "2010/11", 60, "c1"), Placement("C", "B", "2010/11", 70, "c2")]
    assert evened(asked, many, 10).notice == ""
    assert "Bray and Coley" in evened(asked, [*many, *few], 10).notice
    assert evened(asked, [*many, *few], 3).notice != "" and evened(asked, [*many, *few], 2).notice == ""


def test_few_nights_from_outside_count_as_empty() -> None:
    told = [printed((*BASE[:4], ("outside", "A", few))) for few in range(1, 10)]
    assert all(one == told[0] for one in told) and told[0][0]["account"]["nights_outside"] == 0
    assert "count as empty" in told[0][2]
    assert printed(BASE)[0]["account"]["nights_outside"] == 20 and printed(BASE)[2] == ""


def test_a_service_with_too_few_in_all_prints_no_bill() -> None:
    with pytest.raises(Refused, match="too few families to print a bill of"):
        printed((("A", "A", 4), ("B", "A", 2)))


def files(folder: Path) -> tuple[str, str]:
    """Return the example's terms, and usage in which one borough has a single family of six nights."""
    example = Path(__file__).resolve().parents[2] / "src/whatworks/examples/recharge"
    text = (example / "usage.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("Dunmere,")]
    lines.append("Dunmere,Fernley,2010-07-01,2010-09-30,6,family places")
    (folder / "usage.csv").write_text("\n".join(lines) + "\n")
    return str(example / "terms.toml"), str(folder / "usage.csv")


def test_the_working_adds_up_to_the_penny_and_the_paper_holds_none_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked, usage = files(tmp_path)
    words = ["recharge", asked, "--usage", usage, "--out", "paper", "--working", "inside/bills.json"]
    build()(words, standalone_mode=False)
    path = tmp_path / "inside" / "bills.json"
    exact = json.loads(path.read_text("utf-8"))
    assert exact["disclosure"] == "restricted" and oct(path.stat().st_mode)[-3:] == "600"
    (code,) = [code for code, name in exact["names"].items() if name == "Dunmere"]
    assert exact["account"]["nights"][code] == 6
    cost = Decimal(exact["account"]["cost"])
    for one in exact["bills"]:
        if one["year"] == exact["year"]:
            assert sum(Decimal(bill["total"]) for bill in one["bills"].values()) == cost
    by_usage = next(one for one in exact["bills"] if one["model"] == "usage" and one["year"] == exact["year"])
    share = Decimal(by_usage["bills"][code]["share"])
    # Six nights at the one price of all: what the boroughs share, over the nights of their families.
    price = Decimal(exact["account"]["shared_by_boroughs"]) / sum(exact["account"]["nights"].values())
    assert abs(share - 6 * price) < Decimal("0.01")
    said = capsys.readouterr().out
    left = json.loads((tmp_path / "paper" / "summary.json").read_text("utf-8"))
    assert left["account"]["nights"][code] > 9 and left["names"][code] == "Dunmere (evened)"
    assert f"{share:,.2f}" not in said and "Dunmere (evened)" in said
    for name in ("paper.html", "summary.json"):
        text = (tmp_path / "paper" / name).read_text("utf-8")
        assert f"{share:,.2f}" not in text and f"{share:.2f}" not in text
    assert left["account"]["cost"] == exact["account"]["cost"]
