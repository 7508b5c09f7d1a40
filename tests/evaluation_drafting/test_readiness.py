"""What an evaluation would lack is said before outcomes are opened, and each remedy takes its finding away."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from whatworks.cli.app import build
from whatworks.evaluation.question.protocol import load_protocol
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore


def run(*words: str) -> Result:
    return CliRunner().invoke(build(), list(words), catch_exceptions=False)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A partnership drafted from three made-up exports, imported as it was drafted."""
    folder = tmp_path_factory.mktemp("first")
    assert run("simulate", str(folder / "exports"), "--exports", "--people", "6000").exit_code == 0
    made = run("init", str(folder / "town"), "--from", str(folder / "exports"), "--as-at", "2025-06-30")
    assert made.exit_code == 0
    assert run("import", "--partnership", str(folder / "town")).exit_code == 0
    return folder / "town"


def findings(town: Path) -> dict[str, dict[str, object]]:
    answer = json.loads(run("check", "--partnership", str(town), "--json").stdout)
    return {one["about"]: one for one in answer["findings"]}


def computed(town: Path) -> int:
    with DuckDBStore(town / "partnership.duckdb") as store:
        tables = {row[0] for row in store.rows("SHOW TABLES")}
    return len(tables & {"outcome", "proven_reoffending"})


def test_a_draft_validates_locks_and_names_only_what_the_records_hold(town: Path) -> None:
    before = findings(town)
    assert before["protocol"]["lacking"]
    assert not before["table person"]["lacking"]
    answer = json.loads(run("protocol", "new", "--partnership", str(town), "--json").stdout)
    path = Path(answer["protocol"])
    drafted = load_protocol(path)
    assert drafted.scheme.id == "New Leaf"
    assert drafted.comparison.who == "other_areas"
    assert str(drafted.cohort.last_index) == "2023-12-30"  # 18 months before 30 June 2025
    assert "need_count" not in drafted.comparison.covariates
    assert answer["left_out"]["need_count"] == "table need is empty"
    assert answer["left_out"]["custodial_sentences"] == "table sentence is empty"
    after = findings(town)
    assert not [about for about, one in after.items() if one["lacking"]]
    assert computed(town) == 0
    locked = json.loads(run("protocol", "lock", str(path), "--partnership", str(town), "--json").stdout)
    assert locked["status"] == "locked"


def test_every_option_reaches_the_file(town: Path, tmp_path: Path) -> None:
    out = tmp_path / "asked.toml"
    run(
        "protocol", "new", "--partnership", str(town), "--out", str(out), "--scheme", "New Leaf", "--index", "caution",
        "--clock", "scheme_start", "--first", "2021-02-01", "--last", "2023-06-30", "--who", "anyone_else",
        "--covariate", "age", "--covariate", "sex", "--primary", "reconvicted_1y", "--title", 'A "title"', "--decision",
        "To decide", "--prepared-for", "The board", "--population", "adults", "--smallest-worthwhile", "0.04",
    )  # fmt: skip
    asked = load_protocol(out)
    assert (asked.cohort.index, asked.cohort.clock) == ("caution", "scheme_start")
    assert (str(asked.cohort.first_index), str(asked.cohort.last_index)) == ("2021-02-01", "2023-06-30")
    assert (asked.comparison.who, asked.comparison.covariates) == ("anyone_else", ("age", "sex"))
    assert (asked.outcomes.primary, asked.outcomes.smallest_worthwhile) == ("reconvicted_1y", 0.04)
    assert (asked.scheme.title, asked.scheme.decision_sought) == ('A "title"', "To decide")
    assert (asked.scheme.prepared_for, asked.cohort.population) == ("The board", "adults")


def test_the_primary_outcome_brings_its_months(town: Path, tmp_path: Path) -> None:
    """18 months of follow-up and six for proof are over on 30 June 2025 for who was released by 30 June 2023."""
    out = tmp_path / "asked.toml"
    run("protocol", "new", "--partnership", str(town), "--out", str(out), "--primary", "reconvicted_18m")
    asked = load_protocol(out)
    assert asked.outcomes.follow_up_months == 18
    assert str(asked.cohort.last_index) == "2023-06-30"
    assert asked.outcomes.names == ("reconvicted_18m", "frequency_18m")
    assert asked.outcomes.placebo == ("proven_reoffending_18m_before",)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (["--scheme", "New Leef"], 'did you mean "New Leaf"'),
        (["--covariate", "agee"], "agee"),
        (["--who", "nobody"], "comparison.who"),
        (["--index", "arrest"], "cohort.index"),
        (["--primary", "reoffending"], "reoffending"),
        (["--first", "soon"], "is not a day"),
        (["--last", "2020-01-01"], "last_index lies before"),
    ],
)
def test_what_cannot_be_is_refused_and_no_file_is_written(
    town: Path, tmp_path: Path, wrong: list[str], words: str
) -> None:
    out = tmp_path / "asked.toml"
    with pytest.raises(Refused) as refused:
        run("protocol", "new", "--partnership", str(town), "--out", str(out), *wrong)
    assert words in str(refused.value)
    assert not out.exists()


def test_a_protocol_that_is_there_is_never_written_over(town: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine.toml"
    out.write_text("mine")
    with pytest.raises(Refused, match="is there already"):
        run("protocol", "new", "--partnership", str(town), "--out", str(out))
    assert out.read_text() == "mine"


def test_a_faulty_protocol_and_dates_that_disagree_are_named(town: Path) -> None:
    (town / "protocols/wrong.toml").write_text('[scheme]\nid = "New Leaf"\nname = "x"\ntitle = "x"\nages = 3\n')
    settings = (town / "whatworks.toml").read_text()
    (town / "whatworks.toml").write_text(settings.replace("as_at = 2025-06-30", "as_at = 2025-09-30"))
    try:
        found = findings(town)
        assert found["wrong.toml"]["lacking"]
        assert found["as-at dates"]["lacking"]
        assert "set as_at of whatworks.toml to 2025-06-30" in str(found["as-at dates"]["remedy"])
        (town / "whatworks.toml").write_text(settings)
        assert not findings(town)["as-at dates"]["lacking"]
    finally:
        (town / "whatworks.toml").write_text(settings)
        (town / "protocols/wrong.toml").unlink()


def test_without_a_conviction_record_or_an_import_it_says_what_to_do(town: Path, tmp_path: Path) -> None:
    settings = (town / "whatworks.toml").read_text()
    (town / "whatworks.toml").write_text(settings.replace("conviction_record", "# conviction_record"))
    try:
        assert "conviction_record" in str(findings(town)["measures"]["says"])
    finally:
        (town / "whatworks.toml").write_text(settings)
    assert run("init", str(tmp_path / "empty")).exit_code == 0
    with pytest.raises(Refused, match="run `whatworks import` first"):
        run("check", "--partnership", str(tmp_path / "empty"))
