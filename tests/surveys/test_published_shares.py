"""Published percentages: intervals with a stated design effect, rolling years by what they do not share, or refused."""

from pathlib import Path

import pytest

from whatworks.cli.app import build
from whatworks.papers.surveys.published import published_answer
from whatworks.records.refusal import Refused
from whatworks.surveys import read_published

HEAD = "area,from,to,percent,n,question\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "figures.csv"


def test_an_interval_is_that_of_the_effective_number(file: Path) -> None:
    """Wilson's interval of 22 in 72 is .2113 to .4195 (Newcombe 1998); 144 with a design effect of 2 say as much."""
    file.write_text(HEAD + "Ash,2024-01-01,2024-12-31,30.5555556,144,Q\n")
    [row] = read_published(file, 2.0)
    assert row.estimate is not None
    assert (round(row.estimate.ci_low, 4), round(row.estimate.ci_high, 4)) == (0.2113, 0.4195)


def test_rolling_years_are_told_apart_by_one_quarter_of_their_people(file: Path) -> None:
    """Years of 366 days that share 275: SE x sqrt(2 (1 - 275/366)), with SE of each its own."""
    file.write_text(HEAD + "Ash,2023-04-01,2024-03-31,60,1000,Q\nAsh,2023-07-01,2024-06-30,63,1000,Q\n")
    _, later = read_published(file, 1.0)
    assert later.change.difference is not None
    old, new, shared = 0.6 * 0.4 / 1000, 0.63 * 0.37 / 1000, 275 / 366
    assert later.change.difference.se == pytest.approx((old + new - 2 * shared * (old * new) ** 0.5) ** 0.5)
    assert later.change.seen  # 3 points; two samples apart would not have shown them
    assert abs(0.03) < 1.96 * (old + new) ** 0.5


def test_another_question_is_not_compared(file: Path) -> None:
    file.write_text(HEAD + "Ash,2023-01-01,2023-12-31,60,1000,Q\nAsh,2024-01-01,2024-12-31,40,1000,R\n")
    _, later = read_published(file, 1.0)
    assert later.broken and later.change.difference is None
    assert "not compared" in " ".join(published_answer([later], "f.csv").lines())


def test_few_people_are_withheld(file: Path) -> None:
    file.write_text(HEAD + "Ash,2023-01-01,2023-12-31,60,74,Q\n")
    assert read_published(file, 1.5)[0].estimate is None  # 49.3 of equal weight


def test_all_that_is_wrong_is_told_at_once(file: Path) -> None:
    file.write_text(
        HEAD + "Ash,2023-01-01,2023-12-31,60,,Q\nOak,2023-01-01,2022-12-31,160,500,Q\nElm,1/1/2023,2023-12-31,x,500,Q\n"
    )
    with pytest.raises(Refused) as refused:
        read_published(file, 1.0)
    said = str(refused.value)
    assert "figures.csv, row 2, n: is missing; give the number of people who were asked" in said
    assert 'row 3, percent "160": cannot be so' in said and 'row 4, percent "x": cannot be so' in said
    assert 'row 4, from "1/1/2023": is not a day' in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("area,from,to,percent\nAsh,2023-01-01,2023-12-31,60\n", "n: has no such column; a percentage without"),
        (HEAD + "Ash,2023-01-01,2023-12-31,60,500,Q\n", "design_effect: is missing; state it in the column"),
        (HEAD + 2 * "Ash,2023-01-01,2023-12-31,60,500,Q\n", "design_effect: is missing"),
    ],
)
def test_what_lacks_is_named(file: Path, text: str, says: str) -> None:
    file.write_text(text)
    with pytest.raises(Refused, match=says):
        read_published(file)


@pytest.mark.parametrize(
    ("effect", "says"),
    [(-1.0, 'design effect "-1": is not a number above zero'), (5000.0, 'design_effect "5000": cannot be so')],
)
def test_a_design_effect_that_cannot_be_is_said_to_be_wrong_and_not_missing(
    file: Path, effect: float, says: str
) -> None:
    file.write_text(HEAD + "Ash,2023-01-01,2023-12-31,60,500,Q\n")
    with pytest.raises(Refused, match=says):
        read_published(file, effect)


def test_a_design_effect_that_no_row_needs_is_refused(file: Path) -> None:
    file.write_text("from,to,percent,n,design_effect\n2023-01-01,2023-12-31,60,500,1.4\n")
    assert read_published(file)[0].design_effect == 1.4
    with pytest.raises(Refused, match='design effect "2": has no effect: every row states its own'):
        read_published(file, 2.0)


def test_a_period_twice_is_refused(file: Path) -> None:
    file.write_text(HEAD + 2 * "Ash,2023-01-01,2023-12-31,60,500,Q\n")
    with pytest.raises(Refused, match="Ash: 2023-01-01 to 2023-12-31 stands twice"):
        read_published(file, 1.0)


def test_the_command_prints_the_stated_design_effect(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(HEAD + "Ash,2023-01-01,2023-12-31,60,500,Q\n")
    build()(["surveys", "published", str(file), "--design-effect", "1.5"], standalone_mode=False)
    assert "a stated design effect of 1.5" in capsys.readouterr().out
