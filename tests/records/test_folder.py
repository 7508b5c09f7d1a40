"""A partnership's extracts are imported by its plan: parents first, nothing passed over in silence."""

from datetime import date
from pathlib import Path

import pytest

from whatworks.records.imports.folder import FolderReport, import_folder
from whatworks.records.imports.import_plan import plan_import
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore

SETTINGS = """
name = "Northbank (made up)"
as_at = 2025-06-30
[[agency]]
organisation_id = "court"
name = "Northbank Court (made up)"
kind = "court"
"""
PLAN = """
[[file]]
pattern = "sentences*.csv"
organisation = "court"
source = "sentences"
mapping = "sentences.toml"
[[file]]
pattern = "defendants.csv"
organisation = "court"
source = "defendants"
table = "person"
as_at = 2025-05-31
"""
MAPPING = """
[[table]]
table = "sentence"
[table.columns]
sentence_id = "Ref"
person_id = "Defendant"
sentenced_on = "Date"
kind = "Disposal"
"""
SENTENCES = "Ref,Defendant,Date,Disposal\n{0},D1,2024-01-31,fine\n"
DAY = date(2025, 7, 1)


@pytest.fixture
def partnership(tmp_path: Path) -> Partnership:
    for folder in ("extracts", "mappings"):
        (tmp_path / folder).mkdir()
    (tmp_path / "whatworks.toml").write_text(SETTINGS)
    (tmp_path / "mappings/import.toml").write_text(PLAN)
    (tmp_path / "mappings/sentences.toml").write_text(MAPPING)
    (tmp_path / "extracts/sentences_2024.csv").write_text(SENTENCES.format("S1"))
    (tmp_path / "extracts/defendants.csv").write_text("person_id,sex\nD1,female\n")
    return Partnership.open(tmp_path)


def run(partnership: Partnership) -> FolderReport:
    with DuckDBStore(partnership.store_path) as store:
        return import_folder(store, partnership, received_on=DAY)


def counts(report: FolderReport) -> list[tuple[str, bool, int, int]]:
    return [(one.source, one.already, one.blocks[0].kept, one.blocks[0].quarantined) for one in report.files]


def test_parents_come_before_children_whatever_the_order_of_the_plan(partnership: Partnership) -> None:
    (partnership.extracts / "notes.docx").write_text("x")
    report = run(partnership)
    assert counts(report) == [("defendants", False, 1, 0), ("sentences", False, 1, 0)]
    assert report.unclaimed == ("notes.docx",)
    assert counts(run(partnership)) == [("defendants", True, 1, 0), ("sentences", True, 1, 0)]
    with DuckDBStore(partnership.store_path, read_only=True) as store:
        said = store.rows("SELECT name, CAST(as_at AS VARCHAR) FROM source ORDER BY 1")
    assert said[1:] == [("defendants", "2025-05-31"), ("sentences", "2025-06-30")]


def test_several_files_of_one_pattern_are_sources_of_their_own(partnership: Partnership) -> None:
    (partnership.extracts / "sentences_2025.csv").write_text(SENTENCES.format("S2"))
    assert [source for source, *_ in counts(run(partnership))] == [
        "defendants",
        "sentences (sentences_2024.csv)",
        "sentences (sentences_2025.csv)",
    ]


def test_a_second_file_does_not_make_the_first_a_stranger(partnership: Partnership) -> None:
    run(partnership)
    (partnership.extracts / "sentences_2025.csv").write_text(SENTENCES.format("S2"))
    assert counts(run(partnership)) == [
        ("defendants", True, 1, 0),
        ("sentences", True, 1, 0),
        ("sentences (sentences_2025.csv)", False, 1, 0),
    ]


def test_a_file_that_goes_away_leaves_the_others_their_names(partnership: Partnership) -> None:
    (partnership.extracts / "sentences_2025.csv").write_text(SENTENCES.format("S2"))
    run(partnership)
    (partnership.extracts / "sentences_2024.csv").unlink()
    assert counts(run(partnership))[1] == ("sentences (sentences_2025.csv)", True, 1, 0)


def test_a_plan_is_refused_with_every_fault_before_any_file_is_read(partnership: Partnership) -> None:
    wrong = PLAN.replace('pattern = "defendants.csv"', 'pattern = "people.csv"').replace('"court"', '"curt"', 1)
    (partnership.mappings / "import.toml").write_text(wrong)
    (partnership.mappings / "sentences.toml").write_text(MAPPING.replace("sentence_id", "sentense_id"))
    with pytest.raises(Refused) as refused:
        run(partnership)
    said = str(refused.value)
    assert "no file in extracts/ is called people.csv" in said
    assert "did you mean 'court'" in said
    assert "sentense_id" in said
    assert not partnership.store_path.exists()


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ("", "names no files"),
        (PLAN.replace("defendants.csv", "sentences_2024.csv"), "claimed by more than one pattern"),
        (PLAN.replace('mapping = "sentences.toml"', ""), "needs a mapping or a table"),
        (PLAN.replace('table = "person"', 'table = "people"'), "table 'people' is not one of"),
        (PLAN.replace("defendants.csv", "../whatworks.toml"), "must name files inside extracts/"),
        (PLAN.replace("source =", "sauce =", 1), "sauce: is not a key of this file"),
        (PLAN.replace("sentences.toml", "sentence.toml"), "sentence.toml"),
    ],
)
def test_faults_of_a_plan(partnership: Partnership, plan: str, said: str) -> None:
    (partnership.mappings / "import.toml").write_text(plan)
    with pytest.raises(Refused, match=said):
        plan_import(partnership)


def test_a_refused_file_stops_no_other_and_what_stands_is_said(partnership: Partnership) -> None:
    people = (partnership.extracts / "defendants.csv").read_text()
    (partnership.extracts / "defendants.csv").write_text("")
    with pytest.raises(Refused, match=r"is empty[^\n]*\n1 of 2 files stand; those named above were not imported"):
        run(partnership)
    (partnership.extracts / "defendants.csv").write_text(people)
    assert counts(run(partnership)) == [("defendants", False, 1, 0), ("sentences", True, 1, 0)]  # it was waited for
    partnership.store_path.unlink()
    (partnership.extracts / "sentences_2024.csv").write_text("")
    with pytest.raises(Refused, match=r"is empty[^\n]*\n1 of 2 files stand; those named above were not imported"):
        run(partnership)
    (partnership.extracts / "sentences_2024.csv").write_text(SENTENCES.format("S1"))
    assert counts(run(partnership)) == [("defendants", True, 1, 0), ("sentences", False, 1, 0)]
