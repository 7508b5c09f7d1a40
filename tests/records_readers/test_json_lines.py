"""A line of JSON is a record; what is no flat object is set aside with its reason."""

from pathlib import Path

import pytest

from whatworks.records.readers import json_lines
from whatworks.records.readers.reading import open_reader
from whatworks.records.refusal import Refused


def test_values_keep_the_text_in_which_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '\ufeff{"id": "007", "n": 1.50, "big": 12345678901234567890, "yes": true, "none": null}\n'
        "\n"
        '{"id": "Zo\\u00eb", "late": 1e3}\r\n',
        encoding="utf-8",
        newline="",
    )
    reader = open_reader(path)
    assert reader.header == ("id", "n", "big", "yes", "none", "late")
    [batch] = reader.batches()
    assert batch.texts.rows() == [
        ("007", "1.50", "12345678901234567890", "true", None, None),
        ("Zoë", None, None, None, None, "1e3"),
    ]
    assert list(batch.lines) == [1, 3]
    assert (reader.rows_in, reader.done) == (2, reader.size)
    assert list(reader.raws([3])) == [([3], ['{"id": "Zo\\u00eb", "late": 1e3}'])]


@pytest.mark.parametrize(
    ("line", "rule", "said"),
    [
        (b'{"id": "a"', "not_json", "is not JSON at character 11"),
        (b'["a"]', "not_json", "is not a JSON object"),
        (b'"a"', "not_json", "is not a JSON object"),
        (b'{"id": ["a"]}', "not_json", "holds a list or an object in 'id'"),
        (b'{"id": "a", "id": "b"}', "not_json", "holds 'id' twice"),
        (b'{"id": NaN}', "not_json", "holds NaN"),
        (b'{"id": "\\ud800"}', "not_json", "half a character"),
        (b'{"id": "Zo\xeb"}', "encoding", "is not UTF-8"),
        (b'{"id": "' + b"x" * 2000 + b'"}', "record_length", "is longer than 1500 bytes"),
        (b"[" * 100_000, "record_length", "is longer"),
    ],
)
def test_a_broken_line_is_set_aside_and_the_next_one_read(tmp_path: Path, line: bytes, rule: str, said: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": "first"}\n' + line + b'\n{"id": "last"}\n')
    reader = open_reader(path, None, 1500)
    [batch] = reader.batches()
    assert batch.texts.rows() == [("first",), ("last",)]
    assert list(batch.lines) == [1, 3]
    [broken] = batch.broken
    assert (broken.line, broken.rule) == (2, rule)
    assert said in broken.problem
    assert broken.raw == line.decode("utf-8", "replace")[: 200 if rule == "record_length" else None]
    assert reader.rows_in == 3


def test_deep_nesting_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": ' + b"[" * 100_000 + b'\n{"id": "last"}\n')
    [batch] = open_reader(path).batches()
    assert [one.line for one in batch.broken] == [1]


def test_an_endless_line_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": "a"}\n{"id": "' + b"x" * 5_000_000)
    reader = open_reader(path)
    [batch] = reader.batches()
    assert [(one.line, len(one.raw)) for one in batch.broken] == [(2, 200)]
    assert reader.done == reader.size


def test_batches_follow_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "BATCH_ROWS", 2)
    path = tmp_path / "a.ndjson"
    path.write_text("".join(f'{{"id": {n}}}\n' for n in range(5)))
    assert [batch.texts.rows() for batch in open_reader(path).batches()] == [
        [("0",), ("1",)],
        [("2",), ("3",)],
        [("4",)],
    ]


@pytest.mark.parametrize(("content", "said"), [(b"", "is empty"), (b"\n \n", "is empty"), (b"{\n[1]\n", "no line")])
def test_files_without_objects_are_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(content)
    with pytest.raises(Refused, match=said):
        open_reader(tmp_path / "a.jsonl")


def test_a_column_for_every_line_is_refused_before_their_table_is_made(tmp_path: Path) -> None:
    # 5,000 lines that name 5,001 columns: 25 million places for 10,000 values.
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f'{{"id": "P{n}", "answer {n}": "x"}}\n' for n in range(5_000)))
    with pytest.raises(
        Refused, match=r"a.jsonl: names 4,\d\d\d columns over 4,\d\d\d lines, of which nearly all are empty"
    ):
        open_reader(path)
