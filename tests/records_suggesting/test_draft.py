"""A draft of a file names the tables that it fills, and what a person must tell."""

from pathlib import Path

import pytest

from whatworks.records.mappings.mapping import parse_mapping
from whatworks.records.refusal import Refused
from whatworks.records.suggesting import draft


def test_a_draft_of_one_table_parses_and_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("PersonURN,SentenceDate\nP1,01/02/2024\nP2,03/02/2024\n")
    made = draft(tmp_path / "x.csv", ["sentence"])
    assert [(one.table, one.missing) for one in made.tables] == [("sentence", ("kind",))]
    assert [(one.table, one.column, one.needed) for one in made.undecided] == [("sentence", "kind", True)]
    assert parse_mapping(made.toml(), "draft.toml").table[0].columns["sentenced_on"] == "SentenceDate"


def test_a_file_that_fills_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Colour,Shade\nred,dark\nred,dark\n")
    with pytest.raises(Refused, match="no table is seen that it can fill; name the table"):
        draft(tmp_path / "x.csv")


@pytest.mark.parametrize(
    ("headings", "taken"),
    [
        ("Disposal Date,Officer", None),  # of what kind a disposal was, nothing says
        ("Disposal Date,Disposal", "Disposal Date"),
        ("Conviction Date,Officer", "Conviction Date"),
        ("Caution Date,Officer", "Caution Date"),
        ("sanctioned_on,Officer", "sanctioned_on"),
    ],
)
def test_a_day_of_results_proves_only_what_a_column_calls_a_sanction(
    tmp_path: Path, headings: str, taken: str | None
) -> None:
    lines = [f"C{n},N{n},0{1 + n}/02/2024,2{n}/03/2024,{'Guilty' if n % 2 else 'NFA'}" for n in range(8)]
    (tmp_path / "x.csv").write_text(f"Crime Number,Nominal Ref,Offence Date,{headings}\n" + "\n".join(lines) + "\n")
    made = draft(tmp_path / "x.csv", ["offence"])
    assert made.tables[0].columns.get("sanctioned_on") == taken
    asked = [one.column for one in made.undecided if one.column == "sanctioned_on"]
    assert asked == ([] if taken else ["sanctioned_on"])


def test_a_code_that_stands_at_the_end_of_a_long_sorted_file_is_drafted(tmp_path: Path) -> None:
    path = tmp_path / "stays.csv"
    head = "Prison Number,Reception Date,Release Date,Custody Status\n"
    rows = [
        f"A{1000 + n % 9000}AB,01/02/2022,05/05/2022,{'Sentenced' if n < 25_000 else 'Recall'}" for n in range(26_000)
    ]
    path.write_text(head + "\n".join(rows) + "\n")
    assert '"Recall" = "recall"' in draft(path).toml()
