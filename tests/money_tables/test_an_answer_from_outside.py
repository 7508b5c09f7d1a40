"""An answer of money is one declaration in one file: screen, JSON, page, sheet and the paper's options follow."""

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated
from zipfile import ZipFile

import pytest
import typer
from typer.testing import CliRunner

from whatworks.cli.options import JsonOption
from whatworks.cli.paper import NO_PAPER, PaperOptions, show, with_paper
from whatworks.papers.answer import Answer, Rows, TableColumn


@dataclass(frozen=True)
class Grant:
    """Made up."""

    name: str
    pounds: Decimal
    families: int | str


GRANTS = (Grant("Northwick", Decimal("1250.50"), 12), Grant("Southmere", Decimal("-40.00"), "c"))


@with_paper()
def grants(
    most: Annotated[int, typer.Option()] = 2,
    paper: PaperOptions = NO_PAPER,
    json: JsonOption = False,
) -> None:
    """Say what each grant paid."""
    paper.check()
    rows = Rows(
        name="grants",
        title="Grants paid",
        rows=GRANTS[:most],
        columns=(
            TableColumn("Who", lambda one: one.name),
            TableColumn("Paid", lambda one: one.pounds, lambda pounds: f"£{pounds:,.2f}", numeric=True),
            TableColumn("Families", lambda one: one.families, numeric=True),
        ),
    )
    show(Answer("Grants", ("Two grants were paid.",), (rows,), prepared_for="The finance lead"), paper, json)


def ask(*words: str) -> tuple[int, str, str]:
    app = typer.Typer()
    app.command()(grants)
    found = CliRunner().invoke(app, list(words))
    return found.exit_code, found.stdout, found.stderr


def test_the_screen_shows_sentences_and_the_table_in_columns() -> None:
    assert ask() == (
        0,
        "Two grants were paid.\n"
        "Who             Paid  Families\n"
        "Northwick  £1,250.50        12\n"
        "Southmere    £-40.00       [c]\n",
        "",
    )


def test_json_is_one_document_with_amounts_as_text() -> None:
    assert json.loads(ask("--json", "--most", "1")[1]) == {
        "title": "Grants",
        "sentences": ["Two grants were paid."],
        "grants": [{"Who": "Northwick", "Paid": "1250.50", "Families": 12}],
    }


def test_page_and_sheet_hold_the_same_and_the_options_stand_on_the_head(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ["--out", "paper", "--as-at", "2026-02-01", "--item", "Item 7", "--prepared-for", "Members"]
    status, _, named = ask(*asked)
    assert status == 0 and named.count("Paper: ") == 6
    page = (tmp_path / "paper/paper.html").read_text("utf-8")
    for words in ("Two grants were paid.", "Grants paid", "£1,250.50", "[c]", "Item 7", "Members", "1 February 2026"):
        assert words in page
    with ZipFile(tmp_path / "paper/tables.xlsx") as book:
        inside = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "1250.5" in inside and "Southmere" in inside and "£1,250.50" not in inside
    assert json.loads((tmp_path / "paper/summary.json").read_text())["title"] == "Grants"


def test_only_the_forms_asked_for_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert ask("--out", "paper", "--forms", "json, html")[0] == 0
    assert sorted(path.name for path in (tmp_path / "paper").iterdir()) == [
        "manifest.json",
        "paper.html",
        "summary.json",
    ]


def test_all_that_is_wrong_with_the_options_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from whatworks.records.refusal import Refused

    monkeypatch.chdir(tmp_path)
    with pytest.raises(Refused) as refused:
        PaperOptions(out=tmp_path, forms="html,doc,odt", as_at="1 June").check()
    assert len(refused.value.faults) == 4
    assert not list(tmp_path.iterdir())


def test_a_wide_table_is_shown_row_by_row_under_what_tells_its_rows_apart() -> None:
    wide = Rows(
        "wide",
        "Wide",
        [("A", "2026", "x" * 60), ("A", "2027", "−\u2060£5" + "y" * 60)],
        (
            TableColumn("Who", lambda row: row[0]),
            TableColumn("Year", lambda row: row[1]),
            TableColumn("What", lambda row: row[2]),
            TableColumn("Again", lambda row: row[2]),
        ),
    )
    lines = list(wide.on_screen())
    assert lines[0] == "A, 2026" and lines[3] == "A, 2027"
    assert lines[4] == "  What   −£5" + "y" * 60
