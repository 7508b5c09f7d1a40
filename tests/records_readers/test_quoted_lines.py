"""Fields in quotes are read in one go where all quotes are usual; the csv module reads the same, field by field."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatworks.records.file_settings import FileSettings
from whatworks.records.readers.delimited import open_reader
from whatworks.records.readers.record_split import is_regular

DELIMITERS = (",", ";", "\t", "|")
FIELDS = st.text(alphabet=st.sampled_from('ab"",;\t| \'\\.é√0#'), max_size=8)


def read(path: Path, text: str) -> list[list[str]]:
    path.write_text(text, encoding="utf-8", newline="")
    reader = open_reader(path, FileSettings(), 1_000_000, None)
    return [[value or "" for value in row] for batch in reader.batches() for row in batch.texts.rows()]


@given(
    rows=st.lists(st.tuples(FIELDS, FIELDS, FIELDS), min_size=1, max_size=6),
    delimiter=st.sampled_from(DELIMITERS),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
)
def test_what_the_csv_module_writes_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], delimiter: str, end: str, quoting: int
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([("first", "second", "third"), *(("x", *row[1:]) for row in rows)])
    found = read(tmp_path_factory.getbasetemp() / "t.csv", written.getvalue())
    assert found == [["x", *row[1:]] for row in rows]


@pytest.mark.parametrize(
    ("line", "regular"),
    [
        ('"a","b"', True),
        ('a,"b"', True),
        ('"",""', True),
        ('"a, ""b""",c', True),
        ('"""",x', True),
        ('a "b",c', False),
        ('"a" ,c', False),
        (' "a",c', False),
        ('"a"b,c', False),
        ('"a,c', False),
        ('"a\rb",c', False),
    ],
)
def test_only_usual_quotes_are_read_in_one_go(tmp_path: Path, line: str, regular: bool) -> None:
    assert is_regular([line], ",") is regular
    if regular:
        assert read(tmp_path / "t.csv", f"first,second\n{line}\n") == list(csv.reader([line], strict=True))


def test_a_line_of_too_many_fields_is_set_aside_wherever_its_quotes_stand(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('first,second\n"a","b"\n"a,b","c","d"\n"e","f,g"\n', encoding="utf-8")
    [batch] = open_reader(path, FileSettings(), 1_000_000, None).batches()
    assert batch.texts.rows() == [("a", "b"), ("e", "f,g")]
    [broken] = batch.broken
    assert (broken.line, broken.problem) == (3, "has 3 fields where the header has 2")
