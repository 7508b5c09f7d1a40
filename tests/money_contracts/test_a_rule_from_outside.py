"""A payment rule is one class: terms name it, both engines' faces settle by it, and screen, JSON and paper word it."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.money.contracts.counts import Counts
from whatworks.money.contracts.exact import ExactFractionArray, exactly
from whatworks.money.contracts.line import Line, pounds
from whatworks.money.contracts.load import READY_MADE, load_terms
from whatworks.money.contracts.numbers import Pounds
from whatworks.money.contracts.outcome_file import read_outcomes
from whatworks.money.contracts.payment import RULES, Payment
from whatworks.money.contracts.settling import settle, settle_paths
from whatworks.money.contracts.terms import terms_schema
from whatworks.records.refusal import Refused

COUNTS = """payee,metric,period,count
Lambeth,convictions-and-orders,baseline,300
Lambeth,convictions-and-orders,year-1,240
Lambeth,long-sentences,baseline,150
Lambeth,long-sentences,year-1,150
Lambeth,other-convictions,baseline,100
Lambeth,other-convictions,year-1,120
"""


@pytest.fixture
def by_the_unit() -> Iterator[type[Payment]]:
    """Enter a rule as a file of one's own would: a first sum, and one third of the saving that counts."""

    class ByTheUnit(Payment):
        """A sum for reaching the threshold, and one third of the saving beside it."""

        names: ClassVar[Mapping[str, str]] = {"by the unit": "a first sum and a third of the saving"}
        first: Pounds

        def owed(self, expected: ExactFractionArray, actual: ExactFractionArray) -> ExactFractionArray:
            third = self.counted(expected, actual).times(Fraction(1, 3))
            return third + exactly(Fraction(self.first) * 100)

        def working(self, expected: Fraction, actual: Fraction) -> Iterator[Line]:
            yield Line("First sum", "for reaching the threshold", Fraction(self.first), "pounds")
            third = self.counted(exactly(expected), exactly(actual)).on(0) / 3
            yield Line("A third of the saving", f"one third of {pounds(expected - actual)}", third, "pounds")

        def words(self) -> str:
            return f"{pounds(self.first)} and a third of the saving"

    yield ByTheUnit
    for name in ByTheUnit.names:
        del RULES[name]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "counts.csv").write_text(COUNTS)
    ready = READY_MADE / "financial-incentive-model-youth.toml"
    (tmp_path / "terms.toml").write_text(ready.read_text("utf-8"), "utf-8")
    return tmp_path


WORDS = ["terms.toml", "--set", "payment.share=by the unit", "--set", "payment.first=2500.10",
         "--set", 'payees=["Lambeth"]']  # fmt: skip


def test_terms_name_the_rule_and_it_settles_by_hand_on_one_path_and_many(
    by_the_unit: type[Payment], files: Path
) -> None:
    """B = 300 x 540 + 150 x 650 + 100 x 480 = 307,500; T = 240 x 540 + 97,500 + 120 x 480 = 284,700; r = 7.41%.

    At a threshold of 5%: 2,500.10 and 22,800 / 3 = 7,600.
    """
    settings = [word for word in WORDS[1:] if word != "--set"] + ["payment.threshold=0.05"]
    terms = load_terms("terms.toml", settings)
    assert isinstance(terms.payment, by_the_unit)
    found = settle(terms, read_outcomes(files / "counts.csv"))
    assert found.amount("Lambeth", "payment year-1") == Decimal("10100.10")
    after = np.array([[240, 150, 120], [300, 150, 100], [285, 143, 95], [200, 100, 60]])[:, None, None, :]
    paths = settle_paths(
        terms, Counts(np.concatenate([after, after], axis=2), baseline=np.array([[[300, 150, 100]]]))
    ).pence
    # no fall pays nothing; 15 x 540 + 7 x 650 + 5 x 480 = 15,050 is 4.9% and misses; the last is capped at 20%
    assert paths[:, 0, 0].tolist() == [1_010_010, 0, 0, 250_010 + 6_150_000 // 3]


def test_screen_json_paper_and_sheet_word_the_rule(by_the_unit: type[Payment], files: Path) -> None:
    words = ["contract", "settle", *WORDS, "--set", "payment.threshold=0.05", "--outcomes", "counts.csv"]
    shown = CliRunner().invoke(build(), [*words, "--out", "paper"])
    assert shown.exit_code == 0, shown.output
    assert "A third of the saving: one third of £22,800.00 = £7,600.00" in shown.stdout
    document = json.loads(CliRunner().invoke(build(), [*words, "--json"]).stdout)
    (payment,) = [one for one in document["settled"] if one["flow"] == "payment year-1"]
    assert payment["amount"] == "10100.10"
    assert {
        "item": "First sum",
        "working": "for reaching the threshold",
        "value": "2500.1",
        "unit": "pounds",
    } in payment["working"]
    page = (files / "paper/paper.html").read_text("utf-8")
    assert "£2,500.10 and a third of the saving" in page and "First sum" in page
    assert json.loads((files / "paper/summary.json").read_text("utf-8"))["total"] == "10100.10"


def test_its_keys_are_checked_and_stand_in_the_schema(by_the_unit: type[Payment], files: Path) -> None:
    with pytest.raises(Refused, match=r"payment.first: is missing"):
        load_terms("terms.toml", ["payment.share=by the unit"])
    with pytest.raises(Refused, match=r"payment.steps: is not a term of a contract"):
        load_terms("terms.toml", ["payment.share=by the unit", "payment.first=1", "payment.steps=[]"])
    with pytest.raises(Refused, match="choose from half, half-then-all, steps, by the unit"):
        load_terms("terms.toml", ["payment.share=thirds"])
    assert terms_schema()["$defs"]["ByTheUnit"]["properties"]["share"]["enum"] == ["by the unit"]


def test_without_the_rule_its_name_is_refused() -> None:
    with pytest.raises(Refused, match=r"choose from half, half-then-all, steps$"):
        load_terms("financial-incentive-model-youth", ["payment.share=by the unit"])
