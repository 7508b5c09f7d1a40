"""`whatworks link check`, from a made-up partnership to judged links: the judges know the truth."""

import json
import sys
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import openpyxl
import polars as pl
import pytest

from linkage_model.kept_pairs import PAIRS
from whatworks.cli import main
from whatworks.linkage import train_and_link
from whatworks.linkage.checking.judge_sheet import ANSWER, QUESTION
from whatworks.records.imports.folder import import_folder
from whatworks.records.partnership import Partnership
from whatworks.records.store import DuckDBStore
from whatworks.simulation import SimulationSettings, simulate
from whatworks.simulation.society.identity_settings import IdentitySettings

PEOPLE = 700


class Run:
    """Run commands in a partnership's folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.folder, self.capsys, self.patch = folder, capsys, patch
        patch.chdir(folder)

    def __call__(self, words: str, status: int = 0) -> str:
        self.patch.setattr(sys, "argv", ["whatworks", *words.split()])
        with pytest.raises(SystemExit) as ended:
            main()
        told = self.capsys.readouterr()
        assert int(ended.value.code or 0) == status, told.err
        return told.out if status == 0 else told.out + told.err

    def json(self, words: str) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self(f"{words} --json"))
        return answer


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make up a partnership that is hard to link, import and link it."""
    folder = tmp_path_factory.mktemp("made up") / "p"
    settings = SimulationSettings(identity=IdentitySettings.realistic())
    simulate(folder, people=PEOPLE, seed=3, settings=settings)
    here = Partnership.open(folder)
    with DuckDBStore(here.store_path) as store:
        import_folder(store, here, received_on=date(2026, 3, 1))
        train_and_link(store, here.config.linkage, date(2026, 3, 1))
    return folder


@pytest.fixture
def run(linked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    folder = tmp_path / "p"
    copytree(linked, folder)
    return Run(folder, capsys, monkeypatch)


def answers(folder: Path, path: Path, wrong: frozenset[str] = frozenset()) -> None:
    """Answer a sheet by the truth, and otherwise for the questions in `wrong`."""
    truth = pl.read_parquet(folder / "truth" / "identities.parquet")
    person = {(a, n): who for a, n, who in truth.select("organisation_id", "person_id", "person").iter_rows()}
    with DuckDBStore(folder / "partnership.duckdb", read_only=True) as store:
        rows = store.rows(
            "SELECT 'S' || sample_id || 'Q' || question, left_organisation_id, left_person_id, right_organisation_id, "
            "right_person_id FROM link_question"
        )
    same = {code: person[a, n] == person[b, m] for code, a, n, b, m in rows}
    book = openpyxl.load_workbook(path)
    page = book["Pairs"]
    places = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        code = page.cell(row, places[QUESTION]).value
        page.cell(row, places[ANSWER]).value = "yes" if same[code] != (code in wrong) else "no"
    book.save(path)


DRAW = "link check --sheet judging --judge A.Khan --judge B.Lee --of-each-group 20 --on 2026-03-02"
READ = "link check --read judging/pairs-1-a-khan.xlsx --read judging/pairs-1-b-lee.xlsx --on 2026-03-03"


def true_precision(folder: Path) -> tuple[float, float]:
    """Return the shares of joined pairs that are right, and of true pairs scored that are joined."""
    truth = pl.read_parquet(folder / "truth" / "identities.parquet").select("organisation_id", "person_id", "person")
    with DuckDBStore(folder / "partnership.duckdb", read_only=True) as store:
        identity = store.fetch("SELECT organisation_id, person_id, linked_id FROM identity")
        edges = store.fetch(PAIRS).filter(pl.col("probability") >= 0.001)
    both = identity.join(truth, on=["organisation_id", "person_id"])
    for side in ("left", "right"):
        edges = edges.join(both.rename(lambda name, side=side: f"{side}_{name}"),
                           on=[f"{side}_organisation_id", f"{side}_person_id"])  # fmt: skip
    same, joined = edges["left_person"] == edges["right_person"], edges["left_linked_id"] == edges["right_linked_id"]
    return float((same & joined).sum() / joined.sum()), float((same & joined).sum() / same.sum())


def test_a_sample_is_drawn_judged_settled_and_told(run: Run) -> None:
    written = run.json(DRAW)
    sheets = [Path(path) for path in written["sheets"]]
    assert [path.name for path in sheets] == ["pairs-1-a-khan.xlsx", "pairs-1-b-lee.xlsx"]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in sheets)
    assert "no pair was judged yet" in run("link check", 2)
    answers(run.folder, sheets[0])
    answers(run.folder, sheets[1], wrong=frozenset({"S1Q1", "S1Q2"}))
    check = run.json(READ)["check"]
    assert (check["judged"], check["judged_twice"], check["unlike"]) == (written["pairs"], written["pairs"], 2)
    assert check["agreements"][0]["kappa"] > 0.9
    [unlike] = run.json("link check --sheet judging --unlike")["sheets"]
    answers(run.folder, Path(unlike))
    check = run.json(f"link check --read {unlike}")["check"]
    assert (check["unlike"], check["settled"], check["notes"]) == (2, 2, [])
    assert {(one["group"], one["factor"]) for one in check["doubts"]} >= {("all", "phi"), ("all", "psi")}
    assert all(one["low"] <= one["mean"] <= one["high"] for one in check["doubts"] if one["low"] > 0)
    precision, recall = true_precision(run.folder)
    for estimate, truth in ((check["quality"]["precision"], precision), (check["quality"]["recall"], recall)):
        assert estimate["share"] == pytest.approx(truth, abs=0.005)
    assert "there is no pair on which judges differ" in run("link check --sheet judging --unlike", 2)
    text = run("link check")
    for part in (
        "(precision)",
        "(recall)",
        "kappa",
        "ethnic group, White",
        "home, no fixed home",
        "scheme, scheme",
        "joined pairs are false for each",
    ):
        assert part in text


def test_judgements_become_decisions_only_when_a_person_says_so(run: Run) -> None:
    for path in run.json(DRAW)["sheets"]:
        answers(run.folder, Path(path))
    assert run.json(READ)["decisions"] is None
    assert "say who decides, with --by" in run("link check --decide", 2)
    before = true_precision(run.folder)
    made = run.json("link check --decide --by J.Ash --on 2026-03-04")["decisions"]
    assert made["must"] + made["cannot"] > 0
    told = run("link report")
    assert "J.Ash, 2026-03-04" in told
    with DuckDBStore(run.folder / "partnership.duckdb", read_only=True) as store:
        reasons = store.rows("SELECT DISTINCT reason FROM link_decision")
    assert reasons == [("judged alike by A.Khan and B.Lee (sample 1)",)]
    assert sum(true_precision(run.folder)) > sum(before)
    assert run.json("link check --decide --by J.Ash")["decisions"]["must"] == 0, "what is decided is not decided again"


def test_what_cannot_be_done_is_refused_in_words(run: Run, tmp_path: Path) -> None:
    for words, part in (
        ("link check", "no pairs were drawn to be judged"),
        ("link check --sample 4", "no pairs were drawn to be judged"),
        ("link check --sheet s --read r.xlsx", "--sheet stands with --read"),
        ("link check --unlike", "--unlike stands without --sheet"),
        ("link check --sheet s --unlike", "no pair on which judges differ"),
        ("link check --sheet s --judge A --judge a.", "two judges of one name"),
        ("link check --sheet s --judge agreed", "stands for what judges settle together"),
        ("link check --sheet whatworks.toml", "cannot be made as a folder"),
        ("link check --read nothing.xlsx", "is not there"),
        ("link check --on 2999-01-01", "lies ahead"),
    ):
        assert part in run(words, 2), words
    with DuckDBStore(run.folder / "partnership.duckdb") as store:
        assert store.rows("SELECT count(*) FROM link_sample") == [(0,)]


def test_where_no_model_scored_pairs_there_is_nothing_to_judge(tmp_path: Path, run: Run) -> None:
    with DuckDBStore(run.folder / "partnership.duckdb") as store:
        store.change("DELETE FROM link_model")
    assert "run `whatworks link` first" in run("link check --sheet s", 2)


def test_numbers_are_hidden_to_see_what_names_find(run: Run) -> None:
    made = run.json("link check --numbers")
    with DuckDBStore(run.folder / "partnership.duckdb", read_only=True) as store:
        [(pairs,)] = store.rows(
            "SELECT sum(n * (n - 1) // 2) FROM (SELECT count(*) AS n FROM person WHERE pnc_id <> '' GROUP BY pnc_id)"
        )
    assert pairs < made["pairs"] < 1.2 * pairs  # counted as written: more are equal once they are cleaned
    assert 0.8 < made["found"]["share"] < 1
    by_sex = [row for row in made["groups"] if row["characteristic"] == "sex" and row["missed"]]
    assert {row["group"] for row in by_sex} >= {"female", "male"}
    assert all(row["false"] is None for row in made["groups"])
    assert "at most as many" in run("link check --numbers")
    assert "it needs no judges" in run("link check --numbers --decide --by J.Ash", 2)
    with DuckDBStore(run.folder / "partnership.duckdb") as store:
        store.change("UPDATE person SET pnc_id = NULL")
    assert "too few to tell anything" in run("link check --numbers", 2)
