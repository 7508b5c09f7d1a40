"""A protocol says how its flat file is written, in the settings of a mapping's `[file]`, and they are really read."""

from pathlib import Path

import openpyxl
import polars as pl
import pytest
from flat_people import people, protocol

from whatworks.evaluation.studied.flat.people import flat_units
from whatworks.evaluation.values.file import read_flat
from whatworks.evaluation.values.settings import Data
from whatworks.records.mappings.mapping import FileSettings
from whatworks.records.refusal import Refused


def workbook(path: Path, frame: pl.DataFrame, titles: int = 0, notes: bool = False) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Everybody"
    for _ in range(titles):
        sheet.append(["Extract of the scheme"])
    sheet.append(frame.columns)
    for row in frame.iter_rows():
        sheet.append(row)
    if notes:
        book.create_sheet("About").append(["Made up for a test"])
    book.save(path)
    return path


def test_every_setting_of_a_file_is_a_setting_of_data() -> None:
    assert set(FileSettings.model_fields) <= set(Data.model_fields)
    assert issubclass(Data, FileSettings) and Data.place != FileSettings.place


@pytest.mark.parametrize(
    ("titles", "notes", "settings"),
    [
        (0, True, {"sheet": "Everybody"}),
        (2, False, {"header_row": 3}),
        (1, True, {"sheet": "Everybody", "header_row": 2}),
    ],
)
def test_the_sheet_and_header_that_data_names_are_read(
    tmp_path: Path, titles: int, notes: bool, settings: dict[str, object]
) -> None:
    frame = people(60)
    path = workbook(tmp_path / "people.xlsx", frame, titles, notes)
    with pytest.raises(Refused) as refused:
        read_flat(path, protocol().data)
    assert next(iter(settings)) in str(refused.value) and "under [data] in the protocol" in str(refused.value)
    asked = protocol(data=settings)
    units = flat_units(asked, read_flat(path, asked.data))
    assert units.covariates["age"].to_list() == frame["age"].to_list()


def test_lines_that_are_no_records_are_counted_with_the_file(tmp_path: Path) -> None:
    frame = people(60)
    path = tmp_path / "people.csv"
    path.write_text(f"{frame.write_csv()}Total people,60\n*** END ***\n")
    asked = protocol(data={"not_records": ["Total", "*** END"]}, comparison={"covariates": ["age"]})
    (source,) = flat_units(asked, read_flat(path, asked.data)).sources
    assert (source.rows_in, source.rows_kept, source.rows_dropped) == (62, 60, 2)


def test_delimiter_and_encoding_are_read(tmp_path: Path) -> None:
    frame = people(60).with_columns(pl.lit("Café").alias("district"))
    text = "\n".join(["\t".join(frame.columns), *("\t".join(map(str, row)) for row in frame.iter_rows())])
    (tmp_path / "people.csv").write_bytes(text.encode("cp1252"))
    asked = protocol(data={"delimiter": "\t", "encoding": "cp1252"})
    assert read_flat(tmp_path / "people.csv", asked.data).texts["district"].unique().to_list() == ["Café"]
