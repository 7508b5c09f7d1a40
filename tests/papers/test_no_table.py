"""An answer without a table is written in every form."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.writing import FORMS, write_paper
from whatworks.records.documents import read_document

EMPTY: Rows[str] = Rows("Clauses", "Clauses", (), (TableColumn("Clause", str),))


@pytest.mark.parametrize("tables", [(), (EMPTY,)])
def test_an_answer_whose_tables_are_empty_is_written_in_every_form(
    tmp_path: Path, tables: tuple[Rows[str], ...]
) -> None:
    answer = Answer("Who may see what", ("No agreement is held.",), tables)
    written = write_paper(answer.paper(date(2025, 6, 30)), tmp_path / "paper", answer.summary())
    assert len(written) == len(FORMS)
    book = openpyxl.load_workbook(tmp_path / "paper/tables.xlsx")
    assert "This paper has no table" in [cell.value for page in book for row in page for cell in row]
    assert any(document.tables for document in [read_document(tmp_path / "paper/tables.ods")])
    assert "No agreement is held." in (tmp_path / "paper/paper.html").read_text("utf-8")
