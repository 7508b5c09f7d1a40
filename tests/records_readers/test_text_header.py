"""A text file's header is found past what stands above it; one cause is one sentence, whose setting works."""

import re
from pathlib import Path

import pytest

from whatworks.records.file_settings import FileSettings
from whatworks.records.readers.reading import Reader, open_reader
from whatworks.records.refusal import Refused

HEADER, ROWS = "ref;day;kind", "".join(f"R{n};0{n}/03/2024;theft\n" for n in range(1, 8))


def read(path: Path, content: str | bytes, **settings: object) -> Reader:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_reader(path, FileSettings.model_validate(settings))


def refs(reader: Reader) -> list[str | None]:
    return [ref for batch in reader.batches() for ref in batch.texts[reader.header[0]]]


SEVEN = [f"R{n}" for n in range(1, 8)]


@pytest.mark.parametrize("sep", ["sep=;", '"sep=;"', "SEP=;", "\ufeffsep=;", "sep=;;;"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_excels_line_about_the_delimiter_is_believed(tmp_path: Path, sep: str, end: str) -> None:
    reader = read(tmp_path / "a.csv", f"{sep}\n{HEADER}\n{ROWS}".replace("\n", end))
    assert reader.header == ("ref", "day", "kind")
    assert refs(reader) == SEVEN
    assert [int(line) for batch in reader.batches() for line in batch.lines] == list(range(3, 10))


def test_a_line_about_a_delimiter_that_no_guess_would_find(tmp_path: Path) -> None:
    assert refs(read(tmp_path / "a.csv", "sep=^\n" + f"{HEADER}\n{ROWS}".replace(";", "^"))) == SEVEN


@pytest.mark.parametrize(
    "titles", ["Crimes of 2024\n", "Northbank Police\n\nCrimes, thefts and robberies\n", "a;b\n\n"]
)
def test_titles_are_one_refusal_whose_setting_works(tmp_path: Path, titles: str) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path / "a.csv", f"{titles}{HEADER}\n{ROWS}")
    [fault] = refused.value.faults
    setting = re.search(r"header_row = (\d+) under \[file\]", fault.remedy)
    assert setting
    assert refs(read(tmp_path / "a.csv", f"{titles}{HEADER}\n{ROWS}", header_row=int(setting[1]))) == SEVEN


def test_a_header_that_lacks_a_name_is_one_refusal(tmp_path: Path) -> None:
    with pytest.raises(
        Refused, match="row 1: has 2 fields where the lines below have 3: the header does not"
    ) as refused:
        read(tmp_path / "a.csv", f"day;kind\n{ROWS}")
    assert len(refused.value.faults) == 1


@pytest.mark.parametrize("header", [HEADER, f"{HEADER};"])
def test_a_delimiter_at_the_end_of_every_line_ends_no_column(tmp_path: Path, header: str) -> None:
    reader = read(tmp_path / "a.csv", f"{header}\n{ROWS}".replace("theft\n", "theft;\n"))
    assert (reader.header, refs(reader)) == (("ref", "day", "kind"), SEVEN)


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_value_behind_the_last_column_is_a_fault_of_its_line(tmp_path: Path, quote: str) -> None:
    rows = ROWS.replace("theft\n", f"{quote}theft{quote};\n")
    reader = read(tmp_path / "a.csv", f"{HEADER}\n{rows}R8;08/03/2024;theft;and more\n")
    [batch] = reader.batches()
    assert [(one.line, one.rule, one.problem) for one in batch.broken] == [
        (9, "ragged", "has 4 fields where the header has 3")
    ]
    assert refs(reader) == SEVEN


def test_an_unnamed_column_that_holds_something_is_a_column(tmp_path: Path) -> None:
    reader = read(tmp_path / "a.csv", "ref;\nR1;x\nR2;y\nR3;\nR4;z\n")
    assert reader.header == ("ref", "(column 2)")


def test_addresses_over_several_lines_do_not_hide_the_header(tmp_path: Path) -> None:
    rows = "".join(f'R{n};"1 Mill Lane;\nNorthbank";theft\n' for n in range(1, 8))
    assert refs(read(tmp_path / "a.csv", f"ref;address;kind\n{rows}")) == SEVEN


@pytest.mark.parametrize(
    "trailer", ["*** END OF REPORT ***\n", "Total crimes;7\n", '"Total crimes";7;\n', "  Total crimes: 7\n"]
)
def test_a_line_that_the_settings_call_no_record_is_left_out_and_counted(tmp_path: Path, trailer: str) -> None:
    begins = ("*** END OF REPORT", "Total crimes")
    reader = read(tmp_path / "a.csv", f"{HEADER}\n{ROWS}{trailer}", not_records=begins)
    assert refs(reader) == SEVEN
    batches = list(reader.batches())
    assert reader.rows_in == 8
    assert [(one.line, one.raw) for batch in batches for one in batch.left_out] == [(9, trailer.rstrip("\n"))]
    assert not [one for batch in batches for one in batch.broken]


def test_a_trailer_names_the_setting(tmp_path: Path) -> None:
    [batch] = read(tmp_path / "a.csv", f"{HEADER}\n{ROWS}Total;7\n").batches()
    assert 'not_records = ["..."] under [file] in the mapping' in batch.broken[0].remedy


@pytest.mark.parametrize("unseen", ["\ufeff", "\u200b", "\u00ad", "\u200e", "\u2060"])
def test_what_cannot_be_seen_is_not_part_of_a_name_or_value(tmp_path: Path, unseen: str) -> None:
    reader = read(tmp_path / "a.csv", f"r{unseen}ef;day;kind\n{unseen}R1;x;the{unseen}ft\nR2;y\u00a0z;theft\n")
    assert reader.header == ("ref", "day", "kind")
    [batch] = reader.batches()
    assert batch.texts.rows() == [("R1", "x", "theft"), ("R2", "y z", "theft")]


def test_headers_that_differ_by_what_cannot_be_seen_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="day: stands in the header 2 times"):
        read(tmp_path / "a.csv", "day;day\u200b\n1;2\n")


@pytest.mark.parametrize("said", [{"not_records": [" "]}, {"time_zone": "Europe/Lundun"}, {"hidden_rows": "keep"}])
def test_settings_that_mean_nothing_are_refused(said: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"empty text|is not known|literal"):
        FileSettings.model_validate(said)
