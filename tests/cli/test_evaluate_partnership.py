"""A made-up partnership goes from its extracts to a paper by the commands that a newcomer would type."""

import csv
import json
import re
import shutil
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from whatworks.cli.app import build, explain
from whatworks.evaluation.result import Result, result_schema
from whatworks.records.refusal import Refused
from whatworks.records.showing.banded import banded
from whatworks.records.store import DuckDBStore


def run(*words: str) -> int:
    try:
        build()(list(words), standalone_mode=False)
    except Refused as refused:
        return explain(refused)
    return 0


def hide_rows_of_participations(root: Path) -> None:
    """Turn the extract of participations into a workbook with twelve hidden rows."""
    [extract] = (root / "extracts").glob("*particip*.csv")
    book = openpyxl.Workbook()
    with extract.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            book.worksheets[0].append(row)
    for at in range(2, 14):
        book.worksheets[0].row_dimensions[at].hidden = True
    book.save(extract.with_suffix(".xlsx"))
    extract.unlink()
    plan = root / "mappings/import.toml"
    plan.write_text(re.sub(r'(pattern = "\w*particip.*)csv"', r'\1xlsx"', plan.read_text("utf-8")), "utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a partnership of 4,000 people, imported, one extract a workbook with hidden rows; nothing is locked."""
    root = tmp_path_factory.mktemp("partnership") / "northbank"
    assert run("simulate", str(root), "--people", "4000", "--seed", "3") == 0
    hide_rows_of_participations(root)
    assert run("import", "--partnership", str(root)) == 0
    return root


@pytest.fixture(scope="module")
def result(folder: Path) -> Result:
    protocol = str(folder / "protocols/resettlement.toml")
    assert run("protocol", "lock", protocol, "--partnership", str(folder)) == 0
    assert run("evaluate", protocol, "--partnership", str(folder), "--forms", "json") == 0
    return Result.model_validate_json((folder / "results/resettlement/result.json").read_text("utf-8"))


def test_the_result_is_whole_and_keeps_to_its_schema(folder: Path, result: Result) -> None:
    jsonschema.validate(json.loads(result.model_dump_json()), result_schema())
    assert result.protocol.status == "locked"
    assert {one.measure for one in result.outcomes} == {1, 2, 3, 4, 5}
    designs = {one.name: one.design for one in result.outcomes}
    assert designs["proven_reoffending_1y"] == "matched"
    assert designs["seriousness_1y"] == designs["short_sentences_1y"] == "difference_in_differences"
    assert designs["breaches_per_month_1y"] == designs["needs_met_health"] == "descriptive"
    assert result.outcomes[0].primary and result.outcomes[0].bounds is not None
    assert result.paper.command == "whatworks evaluate protocols/resettlement.toml"


def test_the_trail_begins_with_those_submitted_and_never_grows(folder: Path, result: Result) -> None:
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    assert result.attrition[0].treated == truth["participants"]
    treated = [step.treated for step in result.attrition]
    comparison = [step.comparison for step in result.attrition if step.comparison is not None]
    assert treated == sorted(treated, reverse=True) and comparison == sorted(comparison, reverse=True)
    assert (treated[-1], comparison[-1]) == (result.n.treated, result.n.comparison)


def test_the_data_labs_rows_of_a_partnership_hang_together(result: Result) -> None:
    """Everybody here is convicted of offences whose class is recorded, so the tiers add up to the reoffenders."""
    rows = {(row.name.removesuffix("_1y"), row.among_reoffenders): row for row in result.data_lab}
    assert len(rows) == 19 and result.data_lab_notes == ()
    for group in ("treated", "comparison"):
        events = {name: getattr(row, group).events for (name, among), row in rows.items() if not among}
        people = {getattr(row, group).n for (_, among), row in rows.items() if among}
        tiers = ("indictable", "either_way", "summary")
        assert people == {events["proven_reoffending"]} == {sum(events[f"first_reoffence_{tier}"] for tier in tiers)}
        assert events["frequency"] == sum(events[f"{tier}_reoffences"] for tier in tiers)
        assert 0 < events["custody_for_reoffending"] <= events["custody_frequency"] < events["frequency"]
    named = {outcome.name for outcome in result.outcomes}
    assert all((row.name in named) == row.named for row in result.data_lab)
    assert all(row.verdict is None for row in result.data_lab if row.among_reoffenders or not row.named)


def test_a_tier_is_refused_where_no_record_says_how_an_offence_may_be_tried(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = tmp_path / "older"
    shutil.copytree(folder, older)
    with DuckDBStore(older / "partnership.duckdb") as connection:
        connection.change("ALTER TABLE offence DROP COLUMN offence_class")  # a store made before there was one
    protocol = older / "protocols/resettlement.toml"
    protocol.write_text(protocol.read_text("utf-8").replace('"frequency_1y"', '"first_reoffence_summary_1y"'), "utf-8")
    assert run("evaluate", str(protocol), "--partnership", str(older)) == 2
    said = capsys.readouterr().err
    assert "first_reoffence_summary_1y" in said and "map the column" in said and "offence_class" in said


def test_what_was_noted_at_import_is_told_again(
    folder: Path, result: Result, capsys: pytest.CaptureFixture[str]
) -> None:
    noted = "12 rows are hidden or filtered out in the sheet; they were read all the same"
    assert any(noted in one for one in result.warnings)
    assert run("import", "--partnership", str(folder)) == 0
    assert noted in capsys.readouterr().out
    run("check", "--partnership", str(folder))
    assert noted in capsys.readouterr().out


def test_every_source_is_named_with_its_hash(result: Result) -> None:
    assert {one.table for one in result.data.sources} >= {"offence", "custody_spell", "participation"}
    assert all(re.fullmatch(r"[0-9a-f]{64}", one.sha256) for one in result.data.sources)
    assert all(
        one.rows_in == one.rows_kept + one.rows_quarantined + one.rows_excluded + one.rows_dropped
        for one in result.data.sources
    )


def test_nobody_is_named(folder: Path, result: Result) -> None:
    for path in (folder / "results/resettlement/result.json", folder / "papers/resettlement/summary.json"):
        assert not re.search(r"pnc:|\d{4}/\d{5,7}[A-Z]", path.read_text("utf-8"))


def test_the_same_records_give_the_same_bytes_and_the_store_remembers(folder: Path, result: Result) -> None:
    path = folder / "results/resettlement/result.json"
    before = path.read_bytes()
    protocol = folder / "protocols/resettlement.toml"
    assert run("evaluate", str(protocol), "--partnership", str(folder), "--forms", "json") == 0
    assert path.read_bytes() == before
    later = folder / "protocols/later.toml"
    later.write_text(protocol.read_text("utf-8").replace('id = "resettlement"', 'id = "later"'), "utf-8")
    assert run("protocol", "lock", str(later), "--partnership", str(folder)) == 0
    assert run("evaluate", str(later), "--partnership", str(folder), "--forms", "json") == 0
    other = Result.model_validate_json((folder / "results/later/result.json").read_text("utf-8"))
    assert other.protocol.status == "locked after outcomes were seen"


def test_a_scheme_by_another_name_is_known_by_its_people(folder: Path, result: Result, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    with DuckDBStore(copy / "partnership.duckdb") as connection:
        for table in ("scheme", "scheme_area", "participation"):
            connection.change(f"UPDATE {table} SET scheme_id = 'DOOR' WHERE scheme_id = 'GATE'")
    renamed = copy / "protocols/renamed.toml"
    text = (copy / "protocols/resettlement.toml").read_text("utf-8").replace('id = "resettlement"', 'id = "renamed"')
    renamed.write_text(text.replace('id = "GATE"', 'id = "DOOR"'), "utf-8")
    assert run("protocol", "lock", str(renamed), "--partnership", str(copy)) == 0
    assert run("evaluate", str(renamed), "--partnership", str(copy), "--forms", "json") == 0
    other = Result.model_validate_json((copy / "results/renamed/result.json").read_text("utf-8"))
    assert other.protocol.status == "locked after outcomes were seen"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('index = "release"', 'index = "relase"', "cohort.index"),
        ('id = "GATE"', 'id = "GATES"', 'did you mean "GATE"?'),
        ("minimum = 60", "minimum = 6000", "the protocol's minimum is 6000"),
        ('"age", "sex"', '"agge", "sex"', "did you mean age?"),
        ('"example"', '"official"', "official"),
    ],
)
def test_a_protocol_at_fault_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    path = folder / "protocols/wrong.toml"
    text = (folder / "protocols/resettlement.toml").read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1).replace('id = "resettlement"', 'id = "wrong"'), "utf-8")
    assert run("evaluate", str(path), "--partnership", str(folder)) == 2
    assert said in capsys.readouterr().err
    assert not (folder / "results/wrong").exists()


def test_a_refused_evaluation_leaves_the_store_untouched(folder: Path, tmp_path: Path) -> None:
    written = (folder / "protocols/resettlement.toml").read_text("utf-8")
    protocol = tmp_path / "huge.toml"
    protocol.write_text(written.replace("minimum = 60", "minimum = 100000"), encoding="utf-8")
    assert protocol.read_text("utf-8") != written
    before = (folder / "partnership.duckdb").read_bytes()
    assert run("evaluate", str(protocol), "--partnership", str(folder)) == 2
    assert (folder / "partnership.duckdb").read_bytes() == before


@pytest.mark.parametrize(("months", "suffix", "after"), [(6, "6m", 1), (18, "18m", 3), (24, "2y", 4)])
def test_any_number_of_months_is_evaluated(folder: Path, months: int, suffix: str, after: int) -> None:
    text = (folder / "protocols/resettlement.toml").read_text("utf-8")
    text = text.replace("follow_up_months = 12", f"follow_up_months = {months}").replace("_1y", f"_{suffix}")
    protocol = folder / f"protocols/over-{suffix}.toml"
    protocol.write_text(text.replace('id = "resettlement"', f'id = "over-{suffix}"'), "utf-8")
    assert run("evaluate", str(protocol), "--partnership", str(folder), "--forms", "json") == 0
    found = Result.model_validate_json((folder / f"results/over-{suffix}/result.json").read_text("utf-8"))
    outcomes = {outcome.name: outcome for outcome in found.outcomes}
    assert found.outcomes[0].name == f"proven_reoffending_{suffix}"
    assert f"proven within {months + 6} months" in found.outcomes[0].window
    assert any(step.step == f"Follow-up of {months + 6} months over by 2025-06-30" for step in found.attrition)
    assert [point.after for point in outcomes[f"seriousness_{suffix}"].periods] == [False] * 4 + [True] * after
    assert outcomes[f"short_sentences_{suffix}"].guard is not None
    assert found.placebos[0].name == f"proven_reoffending_{suffix}_before"
    assert {row.name.removesuffix(f"_{suffix}") for row in found.data_lab} >= {"proven_reoffending", "days_to_first"}


def test_immature_follow_up_is_refused_with_the_day_of_maturity(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Releases from June 2023 on are 30 months old in December 2025 at the earliest: the extracts end in June 2025."""
    text = (folder / "protocols/resettlement.toml").read_text("utf-8")
    text = text.replace("follow_up_months = 12", "follow_up_months = 24").replace("_1y", "_2y")
    text = re.sub(r"first_index = \S+", "first_index = 2023-06-01", text).replace('id = "resettlement"', 'id = "young"')
    (folder / "protocols/young.toml").write_text(text, "utf-8")
    assert run("evaluate", str(folder / "protocols/young.toml"), "--partnership", str(folder)) == 2
    said = capsys.readouterr().err
    assert (
        "nobody's follow-up of 30 months is over on 2025-06-30" in said
        and "the first of them will be on 2025-12-" in said
    )


def test_outside_a_partnership_it_is_refused(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    protocol = folder / "protocols/resettlement.toml"
    assert run("evaluate", str(protocol), "--partnership", str(tmp_path)) == 2
    assert "is not a partnership" in capsys.readouterr().err


def test_a_design_is_looked_at_without_what_happened_afterwards(
    folder: Path, result: Result, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without appointments, and without any offence after the last index date, the look is the same."""
    copy = tmp_path / "northbank"
    shutil.copytree(folder, copy)
    protocol = str(copy / "protocols/resettlement.toml")

    def look() -> str:
        capsys.readouterr()
        assert run("protocol", "look", protocol, "--partnership", str(copy), "--json") == 0
        return capsys.readouterr().out

    whole = look()
    with DuckDBStore(copy / "partnership.duckdb") as store:
        assert store.change("DELETE FROM offence WHERE committed_from > DATE '2023-12-31'") > 0
        assert store.change("DELETE FROM appointment") > 0
    assert look() == whole
    assert run("evaluate", protocol, "--partnership", str(copy), "--forms", "json") == 2
    [design] = json.loads(whole)["designs"]
    known = {step.step: step.treated for step in result.attrition}
    assert len(design["attrition"]) > 1
    assert all(step["treated"] in ("withheld", banded(known[step["step"]])) for step in design["attrition"])
    assert design["people"]["treated"] == banded(result.n.treated)
    bands = [row.band for row in result.balance]
    assert all(row["band"] in ("c", band) for row, band in zip(design["balance"], bands, strict=True))
