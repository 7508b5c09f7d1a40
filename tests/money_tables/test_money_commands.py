"""`whatworks money` as people type it: answers, papers, and what is refused."""

import json
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from whatworks.cli.app import build, explain
from whatworks.evaluation import write_result
from whatworks.evaluation.result import AttritionStep
from whatworks.papers.evaluation.sample import sample_result

EXAMPLES = Path(str(files("whatworks") / "examples/money"))
STREAMS = str(EXAMPLES / "streams-example.toml")
TABLE = "Cost,2026/27,2027/28,Total\nStaff,100,110,210\nRent,50,50,101\nTotal,150,160,310\n"


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """Run a command in an empty folder; the exit status is what the program would give."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Result:
        found = CliRunner().invoke(build(), ["money", *words])
        if found.exception is not None and not isinstance(found.exception, SystemExit):
            found.exit_code = explain(found.exception)
        return found

    return run


def answer(found: Result) -> dict:
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_check_prints_one_document_and_one_sentence_a_fault(ask, tmp_path):
    (tmp_path / "table.csv").write_text(TABLE)
    (table,) = answer(ask("check", "table.csv", "--json"))["tables"]
    assert [(one["printed"], one["recomputed"]) for one in table["faults"]] == [("101", "100"), ("310", "311")]
    # a 100 for the 101 would mend its row, and the column of totals with it
    assert [one["would_be"] for one in table["one_change_would_mend_all"]] == ["100"]
    told = ask("check", "table.csv")
    assert "Rent, Total (line 3) is printed as 101; its row gives 50 + 50 = 100, a difference of 1." in told.stdout


def test_the_same_table_in_excel_and_word_gives_the_same_faults(ask, tmp_path):
    import docx
    import openpyxl

    (tmp_path / "table.csv").write_text(TABLE)
    rows = [line.split(",") for line in TABLE.splitlines()]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([int(one) if one.isdigit() else one for one in row])
    book.save(tmp_path / "table.xlsx")
    paper = docx.Document()
    table = paper.add_table(rows=len(rows), cols=4)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    paper.save(tmp_path / "table.docx")
    found = [answer(ask("check", name, "--json"))["tables"] for name in ("table.csv", "table.xlsx", "table.docx")]
    places = [[(one["printed"], one["recomputed"]) for one in tables[0]["faults"]] for tables in found]
    assert places[0] == places[1] == places[2] != []


def test_papers_hold_the_answer_in_words_and_pictures(ask, tmp_path):
    done = ask("streams", STREAMS, "--out", "paper", "--as-at", "2026-04-01")
    assert done.exit_code == 0
    page = (tmp_path / "paper/paper.html").read_text(encoding="utf-8")
    assert "Spend for each unit of need" in page
    summary = json.loads((tmp_path / "paper/summary.json").read_text(encoding="utf-8"))
    assert summary["spending"]["disparity"]["highest"] == "Southmere"


def test_the_diagram_tells_in_words_what_it_shows():
    from whatworks.money.streams import load_streams
    from whatworks.papers.money.stream_chart import flow_chart, flow_words

    terms = load_streams(Path(STREAMS))
    words = flow_words(terms, "2026/27")
    picture = ElementTree.fromstring(flow_chart(terms, "2026/27"))
    shown = " ".join(text.text or "" for text in picture.iter("{http://www.w3.org/2000/svg}text"))
    for node in terms.node:
        assert node.name in words
        assert node.name.split()[0] in shown
    assert len(list(picture.iter("{http://www.w3.org/2000/svg}path"))) == len(terms.flow)


def test_a_cut_and_the_search_answer_as_documents(ask):
    one = answer(ask("cut", STREAMS, "--stream", "DRUGS", "--by", "20%", "--json"))["cut"]
    assert (one["whole"], one["net"]) == ("120000", "18666.666667")
    pounds = answer(ask("cut", STREAMS, "--stream", "DRUGS", "--by", "120,000", "--json"))["cut"]
    assert pounds["landings"] == one["landings"]
    found = answer(ask("cut", STREAMS, "--total", "300,000", "--json"))["search"]
    assert float(found["best_harm"]) <= float(found["even_harm"])


def test_the_cost_of_an_outcome_is_told_and_written(ask, tmp_path):
    write_result(sample_result(), tmp_path / "result.json")
    words = ("--result", "result.json", "--cost", "£1,000,000", "--prices", "2015/16", "--people", "216")
    found = answer(ask("cost-per-outcome", *words, "--json"))
    assert found["ratio"]["value"] == pytest.approx(1_000_000 / 18)
    done = ask("cost-per-outcome", *words, "--out", "paper")
    assert done.exit_code == 0
    assert "£55,556" in (tmp_path / "paper/paper.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "paper/summary.json").read_text())["ratio"]["value"] == 55556


def test_what_the_evaluation_withholds_is_in_no_paper(ask, tmp_path):
    result = sample_result()
    few = result.outcomes[0].treated.model_copy(update={"events": 3, "value": 3 / 216})
    outcome = result.outcomes[0].model_copy(update={"treated": few})
    write_result(result.model_copy(update={"outcomes": (outcome,)}), tmp_path / "result.json")
    words = ("--result", "result.json", "--cost", "5", "--prices", "cash", "--people", "216")
    assert ask("cost-per-outcome", *words, "--out", "paper").exit_code == 2
    assert not (tmp_path / "paper").exists()
    assert answer(ask("cost-per-outcome", *words, "--json"))["disclosure"] == "restricted"


@pytest.mark.parametrize("people", ["9", "212", "225"])  # the evaluation's paper shows 216 people
def test_a_cost_for_a_handful_or_for_a_handful_more_or_fewer_is_not_told(ask, tmp_path, people):
    step = AttritionStep(step="On the scheme", treated=216, comparison=216, reason=None)
    result = sample_result().model_copy(update={"attrition": (step,)})
    write_result(result, tmp_path / "result.json")
    words = ("--result", "result.json", "--cost", "5000", "--prices", "cash", "--people", people)
    assert ask("cost-per-outcome", *words).exit_code == 2
    assert ask("cost-per-outcome", *words, "--out", "paper").exit_code == 2
    assert answer(ask("cost-per-outcome", *words, "--json"))["people"] == int(people)


def test_plan_against_actual_names_what_cannot_be_compared(ask, tmp_path):
    (tmp_path / "plan.csv").write_text(TABLE)
    (tmp_path / "spent.csv").write_text("Cost,2026/27,Total\nStaff,90,90\nHeat,5,5\nTotal,95,95\n")
    found = answer(ask("variance", "plan.csv", "spent.csv", "--prices", "cash", "--json"))
    cells = {(cell["line"], cell["year"]): cell["difference"] for cell in found["cells"]}
    assert cells == {("Staff", "2026/27"): "-10", ("Total", "2026/27"): "-55"}
    assert (found["only_planned"], found["only_actual"], found["years_left_out"]) == (["Rent"], ["Heat"], ["2027/28"])


@pytest.mark.parametrize(
    "words",
    [
        ("check", "none.csv"),
        ("check", "words.csv"),
        ("check", "table.csv", "--table", "9"),
        ("exposure", "table.csv", "--terms", "none.toml"),
        ("variance", "table.csv", "table.csv", "--prices", "cash", "--actual-prices", "2015/16"),
        ("variance", "table.csv", "table.csv", "--prices", "lately"),
        ("streams", "none.toml"),
        ("streams", STREAMS, "--year", "1999/00"),
        ("cut", STREAMS),
        ("cut", STREAMS, "--stream", "DRUGS"),
        ("cut", STREAMS, "--stream", "DRUGS", "--by", "a lot"),
        ("cut", STREAMS, "--stream", "DRUGS", "--by", "120%"),
        ("cut", STREAMS, "--stream", "DRUGS", "--by", "5", "--total", "5"),
        ("cut", STREAMS, "--total", "300,001"),
        ("cost-per-outcome", "--result", "none.json", "--cost", "5", "--prices", "cash"),
        ("cost-per-outcome", "--result", "none.json", "--cost", "five", "--prices", "cash"),
    ],
)
def test_bad_input_is_refused_with_a_remedy_and_no_traceback(ask, tmp_path, capsys, words):
    (tmp_path / "table.csv").write_text(TABLE)
    (tmp_path / "words.csv").write_text("Risk,Response\nToo few,Recruit\n")
    found = ask(*words)
    said = found.output + capsys.readouterr().err
    assert found.exit_code == 2
    assert "Traceback" not in said
    assert found.stdout == ""
