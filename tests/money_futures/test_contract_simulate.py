"""`whatworks contract simulate` and `negotiate`, as a finance lead would type them, and as one would mistype them."""

import json
from importlib.util import find_spec
from pathlib import Path

import pytest
import typer

from whatworks.cli.app import add_commands, explain
from whatworks.papers.evaluation.sample import sample_result
from whatworks.records.refusal import Refused

PARTNERS = """
prices = "cash"
[partner.Croydon]
expected = { convictions-and-orders = 260, long-sentences = 30, other-convictions = 300 }
outlay = [20000, 20000]
benefit = { convictions-and-orders = 200 }
[partner.Lambeth]
expected = { convictions-and-orders = 300, long-sentences = 40, other-convictions = 250 }
outlay = [25000.50, 25000]
overdispersion = 2.0
"""
YOUTH = ("financial-incentive-model-youth", "--set", "payment.share=half", "--partners", "partners.toml")


def run(*words: str) -> int:
    app = typer.Typer()
    add_commands(app, "money.contract_simulate simulate negotiate")
    try:
        app(list(words), standalone_mode=False)
    except Refused as refused:
        return explain(refused)
    return 0


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "partners.toml").write_text(PARTNERS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert run(*words, "--json") == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_json_holds_what_the_board_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("simulate", *YOUTH, "--effect", "0.15", "--paths", "500", "--seed", "3")
    found = answer(capsys, *words)
    croydon, lambeth = found["positions"]  # type: ignore[misc]
    assert (croydon["name"], lambeth["name"]) == ("Croydon", "Lambeth")
    assert lambeth["cash"]["outlay"] == 50000.50
    assert [len(year["net"]) for year in croydon["cash"]["years"]] == [5, 5]
    assert croydon["cash"]["worst"]["value"] < croydon["cash"]["total"]["value"]
    assert croydon["paid_for_nothing"]["any_time"]["paths"] == 500
    assert croydon["exact"]["any_period"] > croydon["exact"]["periods"][0]
    assert croydon["benefit"]["value"] == pytest.approx(2 * 260 * 0.15 * 200)
    assert len(found["pooling"]) == 2 and len(found["practices"]) == 9  # type: ignore[arg-type]
    assert (found["paths"], found["seed"], found["contract"]["prices"]) == (500, 3, "cash")  # type: ignore[index]
    assert answer(capsys, *words) == found


def test_the_screen_gives_each_chance_with_its_interval_and_paths(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("simulate", *YOUTH, "--effect", "normal(0.15, 0.05)", "--paths", "500", "--only", "Lambeth") == 0
    said = capsys.readouterr().out
    assert "500 paths, seed 1" in said and "Lambeth" in said and "Croydon" not in said
    for line in (
        "being paid for nothing",
        "Any period",
        "Nothing for a real effect",
        "Worst 5%",
        "Breaks even at",
        "Deepest",
    ):
        assert line in said
    assert "to" in next(line for line in said.splitlines() if "Any period" in line)


def test_the_effect_comes_straight_from_an_evaluation(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "result.json").write_text(sample_result().model_dump_json(), encoding="utf-8")
    found = answer(capsys, "simulate", *YOUTH, "--result", "result.json", "--paths", "200", "--reach", "0.5")
    shape, numbers = found["assumed"]["effect"]["shape"], found["assumed"]["effect"]["numbers"]  # type: ignore[index]
    # 48 of 216 against 66 of 216: lower by 18 of 66.
    assert shape == "normal" and numbers[0] == pytest.approx(18 / 66, abs=0.001)
    outcome = sample_result().outcomes[0]
    assert numbers[1] == pytest.approx((outcome.ci_high - outcome.ci_low) / 3.92 / (66 / 216), rel=1e-3)


def test_an_effect_that_the_evaluation_withholds_is_not_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three of the 216 reoffended: the relative fall would give them back."""
    result = sample_result()
    few = result.outcomes[0].treated.model_copy(update={"events": 3, "value": 3 / 216})
    outcome = result.outcomes[0].model_copy(update={"treated": few})
    written = result.model_copy(update={"outcomes": (outcome,)}).model_dump_json()
    (folder / "result.json").write_text(written, encoding="utf-8")
    assert run("simulate", *YOUTH, "--result", "result.json", "--paths", "200", "--json") == 2
    said = capsys.readouterr()
    assert said.out == "" and "is withheld in the evaluation's paper" in said.err and "give --effect" in said.err


def test_papers_are_the_same_bytes_each_time(folder: Path) -> None:
    words = (
        "simulate",
        *YOUTH,
        "--effect",
        "0.1",
        "--paths",
        "200",
        "--as-at",
        "2026-01-31",
        "--forms",
        "html,xlsx,json",
    )
    assert run(*words, "--out", "one") == 0 and run(*words, "--out", "two") == 0
    for name in ("paper.html", "summary.json"):
        assert (folder / "one" / name).read_bytes() == (folder / "two" / name).read_bytes()
    page = (folder / "one" / "paper.html").read_text("utf-8")
    assert "31 January 2026" in page and "Net cash so far" in page and "200 paths" in page


def test_a_negotiation_is_written_and_says_there_is_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("negotiate", *YOUTH, "--effect", "0.05", "--bearable", "5000", "--paths", "200", "--periods", "2")
    assert run(*words, "--shares", "half", "--out", "out", "--forms", "html,ods", "--as-at", "2026-01-31") == 0
    said = capsys.readouterr().out
    assert said.startswith("There is none: no set of terms among")
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["manifest.json", "paper.html", "tables.ods"]
    assert "There is none" in (folder / "out" / "paper.html").read_text("utf-8")
    assert set(answer(capsys, *words)["met"]) == {  # type: ignore[call-overload]
        "the payer expects to save",
        "every partner's worst 5% is bearable",
        "every partner expects enough",
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--effect", "10"), ['effect "10"', "looks like a percentage", "write 0.1"]),
        (("--effect", "normal(0.1, 3)"), ["looks like a percentage", "write 0.03"]),
        (("--effect", "much"), ["is not an effect", "normal(0.10, 0.03)"]),
        (("--effect", "uniform(0.2, 0.1)"), ["out of order"]),
        (("--effect", "nan"), ["is not an effect"]),
        ((), ["there must be one effect", "--effect or --result"]),
        (("--effect", "0.1", "--result", "x.json"), ["there must be one effect"]),
        (("--result", "partners.toml"), ["partners.toml", "is not an evaluation's result", "result.json"]),
        (("--effect", "0.1", "--paths", "0"), ['paths "0"', "give 100 to 10,000,000"]),
        (("--effect", "0.1", "--seed", "-1"), ['seed "-1"']),
        (("--effect", "0.1", "--trend", "-2"), ['trend "-2"', "write -0.02"]),
        (("--effect", "0.1", "--trend", "nan"), ['trend "nan"', "between -0.5 and 0.5"]),
        (("--effect", "0.1", "--overdispersion", "0.5"), ['overdispersion "0.5"', "Poisson"]),
        (("--effect", "0.1", "--churn", "20"), ['churn "20"', "write 0.2"]),
        (("--effect", "0.1", "--build-up", "half"), ['build-up "half"', "0.5,1"]),
        (("--effect", "0.1", "--discount", "3.5"), ['discount "3.5"', "0.035"]),
        (("--effect", "0.1", "--only", "Barnet"), ['only "Barnet"', "is not a partner of these terms", "Lambeth"]),
        (("--effect", "0.1", "--only", "Lewisham"), ['only "Lewisham"', "is not in the partners' file"]),
        (("--effect", "0.1", "--forms", "doc"), ["is not a form of paper"]),
        (("--effect", "0.1", "--as-at", "31/01/2026"), ["is not a day"]),
        (("--effect", "0.1", "--out", "partners.toml"), ["cannot hold the paper"]),
        (("--effect", "0.1", "--set", "payment.threshold=10"), ["payment.threshold", "proportion"]),
    ],
)
def test_bad_input_is_named_with_its_remedy(
    words: tuple[str, ...], said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("simulate", *YOUTH, *words) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and all(part in printed.err for part in said), printed.err


def test_all_faults_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = ("--effect", "10", "--paths", "0", "--trend", "-2", "--churn", "7", "--only", "Barnet", "--forms", "doc")
    assert run("simulate", *YOUTH, *wrong) == 2
    said = capsys.readouterr().err
    for part in ('effect "10"', 'paths "0"', 'trend "-2"', 'churn "7"', 'only "Barnet"', 'forms "doc"'):
        assert part in said


@pytest.mark.parametrize(
    ("was", "instead", "said"),
    [
        ('prices = "cash"', 'prices = "2015/16"', ["another price base", "'cash'"]),
        ("[partner.Croydon]", "[partner.Barnet]", ['partner "Barnet"', "is not a partner of these terms"]),
        ("long-sentences = 30, ", "", ["long-sentences", "has no expected count"]),
        ("long-sentences = 30", "long-sentences = -3", ['"-3"', "is not above zero"]),
        ("long-sentences = 30", "long-sentences = 30, nights = 4", ["nights", "is not a metric of these terms"]),
        ("benefit = { convictions-and-orders", "benefit = { crimes", ["crimes", "is not a metric of these terms"]),
        ("overdispersion = 2.0", "overdispersion = 0.2", ["partner.Lambeth.overdispersion", "Poisson"]),
        ("overdispersion = 2.0", "trend = -3", ["partner.Lambeth.trend", "write -0.03"]),
        ("overdispersion = 2.0", "swing = 2", ["swing", "is not a key of this file"]),
        ("outlay = [20000, 20000]", "outlay = [-1]", ["outlay", "negative amount"]),
        ('prices = "cash"', "prices = ", ["partners.toml", "cannot be read as TOML"]),
    ],
)
def test_a_bad_partners_file_is_named_with_its_remedy(
    was: str, instead: str, said: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "partners.toml").write_text(PARTNERS.replace(was, instead), encoding="utf-8")
    assert run("simulate", *YOUTH, "--effect", "0.1") == 2
    printed = capsys.readouterr().err
    assert all(part in printed for part in said), printed


def test_gaps_of_the_terms_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("simulate", "financial-incentive-model-youth", "--partners", "partners.toml", "--effect", "0.1") == 2
    assert "payment.share" in capsys.readouterr().err


def test_a_loss_that_can_be_borne_is_written_without_a_sign(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("negotiate", *YOUTH, "--effect", "0.1", "--bearable", "-5", "--thresholds", "5", "--periods", "two") == 2
    said = capsys.readouterr().err
    assert 'bearable "-5"' in said and 'thresholds "5"' in said and 'periods "two"' in said


def test_the_room_loads_nothing_heavy_when_it_is_registered() -> None:
    import subprocess
    import sys

    assert find_spec("whatworks.cli.money.contract_simulate")
    words = "import sys, typer; from whatworks.cli.app import add_commands; "
    words += "add_commands(typer.Typer(), 'money.contract_simulate simulate negotiate'); "
    words += "print([name for name in ('numpy', 'scipy', 'pydantic', 'altair', 'polars') if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
