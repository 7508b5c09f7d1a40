"""The contract commands settle all five schemes, write their papers, refuse with status 2, and print one document."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from whatworks.cli.app import build, explain
from whatworks.money.contracts.load import READY_MADE, ready_made, terms_path
from whatworks.money.contracts.terms import terms_schema
from whatworks.papers.writing import NAMES
from whatworks.records.refusal import Refused
from whatworks.records.toml_file import read_toml

SCHEMES = {
    "financial-incentive-model-adult": "2573350.00",
    "financial-incentive-model-youth": "2580000.00",
    "youth-custody-pathfinder": "1600000.00",
    "peterborough-bond": "418500.00",
    "transforming-rehabilitation": "840000.00",
}
"""What the made-up examples come to; worked by hand below and in the tests of each scheme."""


def run(*words: str) -> int:
    """Run a command as the console script does; return the exit status."""
    try:
        build()(["contract", *words], standalone_mode=False)
    except Refused as refused:
        return explain(refused)
    return 0


def example(name: str) -> list[str]:
    """Return the words that settle a scheme's example."""
    return [
        name,
        f"--figures={READY_MADE / 'figures' / f'{name}.toml'}",
        f"--outcomes={READY_MADE / 'outcomes' / f'{name}.csv'}",
    ]


@pytest.mark.parametrize("name", SCHEMES)
def test_each_scheme_settles_from_the_command_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("settle", *example(name), "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["total"] == SCHEMES[name]
    assert sum(round(float(one["net"]) * 100) for one in answer["payees"]) == round(float(answer["total"]) * 100)
    assert all(re.fullmatch(r"-?\d+\.\d\d", one["amount"]) for one in answer["settled"])
    assert all(one["working"] for one in answer["settled"])


def test_every_ready_made_contract_has_its_example_and_keeps_to_the_schema() -> None:
    import jsonschema

    assert set(ready_made()) == set(SCHEMES)
    shipped = Path(terms_path.__code__.co_filename).with_name("terms.schema.json")
    assert json.loads(shipped.read_text("utf-8")) == terms_schema()
    for name in SCHEMES:
        from whatworks.money.contracts.load import load_terms

        terms = load_terms(name, figures=READY_MADE / "figures" / f"{name}.toml")
        jsonschema.validate(terms.model_dump(mode="json", exclude_none=True), terms_schema())


def test_the_working_is_shown_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Lambeth, adult, year 1: 12% of 2,405,000 pounds, half of it."""
    assert run("settle", *example("financial-incentive-model-adult")) == 0
    said = capsys.readouterr().out
    for line in (
        "Lambeth, payment year-1, 2012-06-30: £144,300.00 (threshold reached)",
        "Value counted: Made-up metric 1: 1,760 × £400.00 = £704,000.00",
        "B, value expected: sum of the values expected = £2,405,000.00",
        "r, fall: (B − T) / B = £288,600.00 / £2,405,000.00 = 12%",
        "50% × 12% × £2,405,000.00 = £144,300.00",
        "Croydon: £0.00 in all",
        "Rounding: each payment is rounded once",
    ):
        assert line in said, line


def test_gaps_are_refused_with_status_2_and_nothing_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = READY_MADE / "outcomes" / "peterborough-bond.csv"
    assert run("settle", "peterborough-bond", f"--outcomes={outcomes}", "--json") == 2
    said = capsys.readouterr()
    assert said.out == "" and "metric.reconvictions.unit_price" in said.err and "payment.maximum" in said.err


def test_a_single_setting_fills_a_gap(capsys: pytest.CaptureFixture[str]) -> None:
    name = "financial-incentive-model-youth"
    outcomes = f"--outcomes={READY_MADE / 'outcomes' / f'{name}.csv'}"
    assert run("settle", name, outcomes, "--set", "payment.share=half-then-all", "--json") == 0
    assert json.loads(capsys.readouterr().out)["total"] == "3870000.00"  # 15% of B where it was 10%
    assert run("settle", name, outcomes, "--set", "payment.share") == 2


def test_leaving_by_the_break_clause(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("settle", *example("youth-custody-pathfinder"), "--leaves", "West London", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert {one["payee"]: one["net"] for one in answer["payees"]}["West London"] == "400000.00"
    (london,) = [one for one in answer["leaving"] if one["unit"] == "West London"]
    assert london["left"] and london["worth_leaving"] == "400000.00" and london["leaving_in_fact"] == "-400000.00"
    assert run("settle", *example("youth-custody-pathfinder"), "--leaves", "Birmingham") == 2


def test_check_finds_the_breaches(capsys: pytest.CaptureFixture[str]) -> None:
    figures = f"--figures={READY_MADE / 'figures' / 'transforming-rehabilitation.toml'}"
    assert run("check", "transforming-rehabilitation", figures, "--json") == 0
    kinds = {(one["rank"], one["kind"]) for one in json.loads(capsys.readouterr().out)["findings"]}
    assert ("breach", "worse total pays more") in kinds
    assert run("check", "transforming-rehabilitation", figures) == 0
    assert "1 breach of common sense" in capsys.readouterr().out


def test_terms_are_listed_printed_and_described(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("terms") == 0
    assert "youth-custody-pathfinder: Youth Custody Pathfinder (7 figures to state)" in capsys.readouterr().out
    assert run("terms", "peterborough-bond") == 0
    assert capsys.readouterr().out == terms_path("peterborough-bond").read_text("utf-8")
    assert run("terms", "--schema") == 0
    assert json.loads(capsys.readouterr().out) == terms_schema()


def test_papers_come_in_every_form_and_the_same_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = example("peterborough-bond")
    for folder in ("one", "two"):
        assert run("settle", *words, f"--out={tmp_path / folder}") == 0
    assert run("check", *words[:2], f"--out={tmp_path / 'check'}") == 0
    for folder in ("one", "check"):
        assert {path.name for path in (tmp_path / folder).iterdir()} == {*NAMES.values(), "manifest.json"}
    for name in NAMES.values():
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    assert "Paper: " in capsys.readouterr().err


def test_the_settlement_paper_holds_the_answer_the_break_and_the_waterfall(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from whatworks.money.contracts.load import load_terms
    from whatworks.money.contracts.outcome_file import read_outcomes
    from whatworks.money.contracts.settling import settle
    from whatworks.papers.money.settlement import settlement_answer
    from whatworks.papers.paper import Figure, Table

    def paper(name: str) -> str:
        terms = load_terms(name, figures=READY_MADE / "figures" / f"{name}.toml")
        found = settle(terms, read_outcomes(READY_MADE / "outcomes" / f"{name}.csv"))
        made = settlement_answer(found).paper(date(2013, 6, 30))
        blocks = [block for section in made.sections for block in section.blocks]
        tables = [str(block.rows) for block in blocks if isinstance(block, Table)]
        return "".join([*tables, *(block.alternative for block in blocks if isinstance(block, Figure))])

    adult = paper("financial-incentive-model-adult")
    # Below 5%: 962,000 and 48,100. Beyond 20%: 120,250 and 48,100. Half of the other 5,146,700 is paid.
    assert "Value of what fell £6,325,150.00" in adult and "Paid period by period £2,573,350.00" in adult
    assert "Below the threshold −£1,010,100.00" in adult and "Beyond the cap −£168,350.00" in adult
    assert "Kept by the payer −£2,573,350.00" in adult
    pathfinder = paper("youth-custody-pathfinder")
    assert "'West London', '5.0%', '25.0%', '£800,000.00', '£800,000.00', '£400,000.00'" in pathfinder


def test_a_file_of_figures_may_not_hold_unknown_terms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = tmp_path / "figures.toml"
    figures.write_text('[payment]\nshare = "half"\nfloor = 1\n')
    outcomes = READY_MADE / "outcomes" / "financial-incentive-model-youth.csv"
    words = ("settle", "financial-incentive-model-youth", f"--figures={figures}", f"--outcomes={outcomes}")
    assert run(*words) == 2
    assert "payment.floor: is not a term" in capsys.readouterr().err
    assert read_toml(figures)["payment"]["floor"] == 1
