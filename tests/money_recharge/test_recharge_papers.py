"""The papers and the command: the bills table as worked out, words for every picture, nothing small and no flows."""

import json
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from lxml import html as pages

from whatworks.cli.app import explain
from whatworks.cli.money.recharge import recharge as command
from whatworks.money.recharge.business_case import business_case
from whatworks.money.recharge.reading import Inputs, read_inputs
from whatworks.money.recharge.recharge import Recharge, recharge
from whatworks.money.recharge.referrals import demand
from whatworks.papers import write_paper
from whatworks.papers.money.business_case import business_case_answer
from whatworks.papers.money.recharge import recharge_answer
from whatworks.papers.paper import Paper
from whatworks.records.refusal import Refused

EXAMPLE = Path(str(resources.files("whatworks"))) / "examples" / "recharge"
TERMS, USAGE, REFERRALS = (EXAMPLE / name for name in ("terms.toml", "usage.csv", "referrals.csv"))


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return read_inputs(TERMS, USAGE, REFERRALS, standard=True)


@pytest.fixture(scope="module")
def answer(inputs: Inputs) -> Recharge:
    return recharge(inputs.terms, inputs.placements)


@pytest.fixture(scope="module")
def case_paper(inputs: Inputs, answer: Recharge) -> tuple[Paper, dict[str, Any]]:
    assert inputs.calls is not None
    found = business_case(answer, demand(inputs.calls, inputs.terms, inputs.terms.years[-1]))
    told = business_case_answer(found)
    return told.paper(found.recharge.terms.as_at), told.figures


def _paper(answer: Recharge) -> Paper:
    return recharge_answer(answer).paper(answer.terms.as_at)


def texts(value: Any) -> Iterator[str]:
    """Yield every text of a document."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from (key, *texts(one))
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    else:
        yield str(value)


def test_every_column_of_the_printed_bills_sums_to_the_cost(answer: Recharge, tmp_path: Path) -> None:
    write_paper(_paper(answer), tmp_path, recharge_answer(answer).figures, forms=["html", "json"])
    page = pages.fromstring((tmp_path / "paper.html").read_text("utf-8"))
    (table,) = [one for one in page.xpath("//table") if "Bills of 2010/11" in one.text_content()]
    rows = [[cell.text for cell in row] for row in table.xpath("tbody/tr")]
    pence = [[int(re.sub(r"\D", "", cell)) for cell in row[1:6]] for row in rows]
    assert rows[-1][0] == "Total"
    assert [sum(column) for column in zip(*pence[:-1], strict=True)] == pence[-1]
    # The costs of the terms: what a reader with a calculator finds.
    amounts = re.findall(r'line = ".*?", amount = "([\d.]+)"', TERMS.read_text("utf-8").split("[[years]]")[2])
    assert pence[-1] == [sum(int(amount.replace(".", "")) for amount in amounts)] * 5


def test_every_picture_has_words_with_its_figures(answer: Recharge, case_paper: tuple[Paper, Any]) -> None:
    for paper in (_paper(answer), case_paper[0]):
        figures = list(paper.figures())
        assert figures
        assert all(re.search(r"\d", figure.alternative) and len(figure.alternative) > 80 for figure in figures)


def test_the_papers_and_their_figures_hold_no_flow_and_no_small_number_of_families(
    answer: Recharge, case_paper: tuple[Paper, dict[str, Any]]
) -> None:
    assert "owed" not in recharge_answer(answer).figures
    found = case_paper[1]["demand"]
    counts = [one for origin in found["origins"].values() for one in origin.values()]
    counts += [*found["outcomes"].values(), *found["reasons"].values()]
    assert any(one == "c" for one in counts)
    assert not any(isinstance(one, int) and 0 < one < 10 for one in counts)


def test_the_business_case_answers_what_the_board_asked(case_paper: tuple[Paper, dict[str, Any]]) -> None:
    headings = [section.heading for section in case_paper[0].sections]
    assert headings == [
        "Decision sought",
        "Summary",
        "Is demand known, by borough and in all?",
        "How does supply stand to the standard?",
        "What would each option cost?",
        "What would each borough pay?",
        "Would any borough, or group of boroughs, do better to leave?",
        "What is not known?",
    ]
    assert any(option["kind"] == "at_home" for option in case_paper[1]["options"])


def run(capsys: pytest.CaptureFixture[str], **options: Any) -> tuple[str, str]:
    command(**({"terms": TERMS, "usage": USAGE, "year": None, "working": None, "business_case": False,
                "referrals": None, "out": None, "json": False} | options))  # fmt: skip
    printed = capsys.readouterr()
    return printed.out, printed.err


def test_the_command_prints_one_document_that_says_what_the_screen_says(capsys: pytest.CaptureFixture[str]) -> None:
    out, err = run(capsys, json=True)
    found = json.loads(out)
    assert err == ""
    assert {one["total"] for one in found["bills"] if one["year"] == "2010/11"} == {found["account"]["cost"]}
    assert sum(float(one["amount"]) for one in found["owed"]) == pytest.approx(
        float(found["account"]["shared_by_boroughs"])
    )
    screen, _ = run(capsys)
    assert f"{float(found['account']['cost']):,.2f}" in screen
    assert "Shapley" in screen


def test_the_command_gives_the_same_bytes_twice(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    first = run(capsys, json=True, business_case=True, referrals=REFERRALS)
    assert first == run(capsys, json=True, business_case=True, referrals=REFERRALS)
    assert json.loads(first[0])["business_case"]["demand"]["families"] > 0


def test_a_refusal_has_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "usage.csv"
    empty.write_text("")
    with pytest.raises(Refused) as refused:
        run(capsys, usage=empty)
    assert explain(refused.value) == 2
    assert "usage.csv: is empty" in capsys.readouterr().err
    with pytest.raises(Refused, match="no use without"):
        run(capsys, referrals=REFERRALS)
