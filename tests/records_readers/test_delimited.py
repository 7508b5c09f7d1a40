"""Text files are read as they stand: every record, its line, its raw text, and nothing made up."""

import csv
import io
import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatworks.records.mappings.mapping import FileSettings
from whatworks.records.readers import pages
from whatworks.records.readers.delimited import DelimitedReader
from whatworks.records.readers.reading import open_reader
from whatworks.records.refusal import Refused


def read(path: Path, content: str | bytes, longest: int = 1 << 20, **settings: object) -> DelimitedReader:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    reader = open_reader(path, FileSettings.model_validate(settings), longest)
    assert isinstance(reader, DelimitedReader)
    return reader


def records(reader: DelimitedReader) -> list[tuple[int, tuple[str | None, ...]]]:
    found = []
    for batch in reader.batches():
        found += list(zip([int(line) for line in batch.lines], batch.texts.iter_rows(), strict=True))
    return found


def broken(reader: DelimitedReader) -> list[tuple[int, str, str]]:
    return [(one.line, one.rule, one.raw) for batch in reader.batches() for one in batch.broken]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.csv"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(file: Path, delimiter: str) -> None:
    reader = read(file, f"id{delimiter}name\n1{delimiter}Ann\n2{delimiter}Bo.b 3.5\n")
    assert reader.delimiter == delimiter
    assert records(reader) == [(2, ("1", "Ann")), (3, ("2", "Bo.b 3.5"))]


def test_a_header_with_commas_in_a_semicolon_file(file: Path) -> None:
    assert read(file, "id;name, first\n1;Ann\n2;Bea\n").header == ("id", "name, first")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_accents_survive_every_encoding(file: Path, encoding: str) -> None:
    reader = read(file, "id,name\r\n1,Zoë O’Brien\r\n2,Françoise\r\n".encode(encoding))
    assert records(reader) == [(2, ("1", "Zoë O’Brien")), (3, ("2", "Françoise"))]
    assert not broken(reader)


def test_a_named_encoding_is_believed(file: Path) -> None:
    reader = read(file, "id,name\n1,\u0160\n".encode("iso8859-2"), encoding="iso8859-2")
    assert records(reader) == [(2, ("1", "\u0160"))]


def test_mixed_encodings_are_faults_of_their_lines(file: Path) -> None:
    content = "id,name\n1,Zoë\n".encode() + "2,Renée\n".encode("cp1252") + b"3,Ann\n"
    reader = read(file, content)
    assert [line for line, _ in records(reader)] == [2, 4]
    assert [(line, rule) for line, rule, _ in broken(reader)] == [(3, "encoding")]
    assert reader.rows_in == 3


def test_quoted_fields_may_hold_delimiters_quotes_and_lines(file: Path) -> None:
    content = 'id,name\r\n1,"Lee, ""Al"""\r\n2,"two\r\nlines"\r\n3,plain\r\n'
    reader = read(file, content)
    assert records(reader) == [(2, ("1", 'Lee, "Al"')), (3, ("2", "two\r\nlines")), (5, ("3", "plain"))]
    assert [raw for batch in reader.batches() for raw in batch.raw([0, 1])] == ['1,"Lee, ""Al"""', '2,"two\r\nlines"']


def test_an_unclosed_quote_costs_one_record(file: Path) -> None:
    reader = read(file, 'id,name\n1,"open\n2,Ann\n3,5\'10" tall\n4,Bob\n')
    assert [line for line, _ in records(reader)] == [3, 4, 5]
    assert broken(reader) == [(2, "quoting", '1,"open')]


def test_text_after_a_closing_quote_is_a_fault(file: Path) -> None:
    assert broken(read(file, 'id,name\n1,"a"b\n2,c\n')) == [(2, "quoting", '1,"a"b')]


def test_short_and_long_rows_are_set_aside(file: Path) -> None:
    reader = read(file, 'a,b,c\n1,2\n1,2,3\n1,2,3,4\n"1",2\n')
    assert records(reader) == [(3, ("1", "2", "3"))]
    assert broken(reader) == [(2, "ragged", "1,2"), (4, "ragged", "1,2,3,4"), (5, "ragged", '"1",2')]
    assert reader.rows_in == 4


def test_old_line_ends_blank_lines_and_a_missing_last_end(file: Path) -> None:
    assert records(read(file, "a,b\r1,2\r3,4")) == [(2, ("1", "2")), (3, ("3", "4"))]
    assert records(read(file, "a,b\n\n1,2\n\r\n3,4")) == [(3, ("1", "2")), (5, ("3", "4"))]


def test_titles_above_the_header(file: Path) -> None:
    reader = read(file, "Extract of offences\n\na,b\n1,2\n", header_row=3)
    assert (reader.header, records(reader)) == (("a", "b"), [(4, ("1", "2"))])


def test_a_record_over_the_limit_is_cut_and_the_next_one_read(file: Path) -> None:
    reader = read(file, "a,b\n1," + "x" * 5000 + '\n2,ok\n3,"' + "y\n" * 3000 + '"\n4,ok\n', longest=2000)
    assert [row for _, row in records(reader) if row[1] == "ok"] == [("2", "ok"), ("4", "ok")]
    [(line, rule, raw)] = [one for one in broken(reader) if one[1] == "record_length"]
    assert (line, rule, raw) == (2, "record_length", "1," + "x" * 198)
    assert (4, "quoting", '3,"y') in broken(reader)


def test_an_endless_line_does_not_fill_the_memory(file: Path) -> None:
    with file.open("wb") as out:
        out.write(b"a,b\n")
        for _ in range(20):
            out.write(b"x" * (4 << 20))
    reader = open_reader(file)
    tracemalloc.start()
    found = [(one.line, one.raw) for batch in reader.batches() for one in batch.broken]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [(2, "x" * 200)]
    assert peak < 5 * pages.PAGE_BYTES


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        (" \n\n", "is empty"),
        ("a,b\n", "no rows"),
        ("a,b\n\n\n", "no rows"),
        ("a,b,a\n1,2,3\n", "stands in the header 2 times"),
        (b"PK\x03\x04rest", "is not text"),
        ("a" * 3_000_000, "has no header"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(file: Path, content: str | bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read(file, content)


def test_raw_texts_are_found_again_by_line(file: Path) -> None:
    reader = read(file, 'a,b\n1,2\n3,"4\n5"\n6\n7,8\n')
    found = [pair for lines, raws in reader.raws([3, 5, 6]) for pair in zip(lines, raws, strict=True)]
    assert found == [(3, '3,"4\n5"'), (5, "6"), (6, "7,8")]


UNSEEN = "\xad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
UNSEEN += "".join(chr(code) for code in range(0x2066, 0x2070)) + "\ufeff"
SPACES = "\xa0\u1680\u202f\u205f\u3000" + "".join(chr(code) for code in range(0x2000, 0x200B))
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters=f"\r\0\ufffd{UNSEEN}{SPACES}"), max_size=12)


@given(
    st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=40), st.integers(30, 400), st.sampled_from(",;|\t")
)
def test_what_the_csv_module_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple[str, str, str]], page: int, delimiter: str
) -> None:
    """Whatever is written, and wherever pages end, each field comes back, and each record's line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(["a", "b", "c"])
    lines = []
    for row in table:
        lines.append(out.getvalue().count("\n") + 1)
        writer.writerow(row)
    path = tmp_path_factory.mktemp("law") / "a.csv"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "PAGE_BYTES", page)
        reader = read(path, out.getvalue(), delimiter=delimiter)
        found = records(reader)
    assert [(line, tuple(text or "" for text in row)) for line, row in found] == list(zip(lines, table, strict=True))
    assert reader.rows_in == len(table)


@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_a_header_without_end_is_refused_before_it_is_read(tmp_path: Path, ending: str) -> None:
    mark = "\t" if ending == "tsv" else ","
    names = mark.join(f"c{n}" for n in range(5_000))
    path = tmp_path / f"a.{ending}"
    path.write_text(f"{names}\n{mark.join('x' * 5_000)}\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"has 5,000 columns, and no table of records has more than 4,096"):
        open_reader(path)


def test_a_file_larger_than_any_extract_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"person_id,forename\nP1,x\n")
    os.truncate(path, 20 * 2**30)  # a hole, which takes no room
    with pytest.raises(Refused, match="is larger than 8 GB"):
        open_reader(path)
