"""What cannot be read in a column nobody asks for stops no file; in one that is asked for it is refused by name."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.styles import Font

from whatworks.evaluation.values.file import read_flat
from whatworks.records.readers.reading import open_reader
from whatworks.records.refusal import Refused

ROWS: list[dict[str, Any]] = [{"id": f"R{at}", "age": 20 + at} for at in range(6)]
ODD: list[Any] = [[1, 2], {"a": 1}, [], [{"b": [2]}]]


def parquet(path: Path, odd: Any) -> Path:
    pl.DataFrame(ROWS).with_columns(pl.Series("notes", [odd] * len(ROWS), strict=False)).write_parquet(path)
    return path


def json_lines(path: Path, odd: Any) -> Path:
    path.write_text("".join(json.dumps({**row, "notes": odd}) + "\n" for row in ROWS))
    return path


@pytest.mark.parametrize("odd", ODD, ids=map(str, ODD))
@pytest.mark.parametrize(("write", "name"), [(parquet, "a.parquet"), (json_lines, "a.jsonl")])
def test_lists_and_structures_stop_only_who_asks_for_them(tmp_path: Path, write: Any, name: str, odd: Any) -> None:
    path = write(tmp_path / name, odd)
    file = read_flat(path, None, ["id", "age"])
    assert file.texts.select("id", "age").rows() == [(row["id"], str(row["age"])) for row in ROWS]
    assert file.texts["notes"].to_list() == [None] * len(ROWS)
    for asked in (["id", "notes"], None):
        with pytest.raises(Refused, match="notes"):
            read_flat(path, None, asked)


def workbook(path: Path, mark: Any) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "age", "rate"])
    for row in ROWS:
        sheet.append([row["id"], row["age"], "x"])
    mark(sheet["C4"])
    book.save(path)
    return path


def failed(cell: Any) -> None:
    cell.value, cell.data_type = "#DIV/0!", "e"


def unsaved(cell: Any) -> None:
    cell.value = "=A1/0"


def struck(cell: Any) -> None:
    cell.font = Font(strike=True)


@pytest.mark.parametrize(
    ("mark", "words"),
    [(failed, "a formula failed in rate"), (unsaved, "not saved"), (struck, "struck through")],
    ids=["failed", "unsaved", "struck"],
)
def test_a_cell_that_cannot_be_read_stops_only_who_asks_for_its_column(tmp_path: Path, mark: Any, words: str) -> None:
    path = workbook(tmp_path / "a.xlsx", mark)
    assert read_flat(path, None, ["id", "age"]).texts["age"].to_list() == [str(row["age"]) for row in ROWS]
    for asked in (["rate"], None):
        with pytest.raises(Refused, match=words):
            read_flat(path, None, asked)


def test_a_repeated_key_is_refused_whoever_asks(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "R1", "id": "R2"}\n{"id": "R3"}\n')
    [batch] = open_reader(tmp_path / "a.jsonl", asked=["age"]).batches()
    assert [one.line for one in batch.broken] == [1]
