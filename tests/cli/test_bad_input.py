"""Whatever is wrong with what a person hands in: one screen that says what and where, status 2, nothing changed."""

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from whatworks.cli import main

SECRET = "Florizel"
SCREEN = 24
SETTINGS = """
name = "Northbank (made up)"
as_at = 2025-06-30
[[agency]]
organisation_id = "police"
name = "Northbank Police (made up)"
kind = "police"
"""
PEOPLE = "person_id,surname,date_of_birth,sex\n"
SENTENCES = "sentence_id,person_id,kind,sentenced_on,length_days\n"
CRIMES = """
[[table]]
table = "offence"
[table.columns]
offence_id = "No"
person_id = "Person"
committed_from = "Day"
offence_group = "Group"
[table.formats]
committed_from = "%d/%m/%Y"
[table.codes.offence_group]
"VIO" = "violence"
"""
Run = Callable[..., "Answer"]


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str

    def is_a_refusal(self, said: list[str]) -> None:
        assert self.status == 2, self.out + self.err
        assert self.out == ""
        assert self.err.startswith("Refused:\n")
        assert len(self.err.splitlines()) <= SCREEN
        assert "Traceback" not in self.err
        assert SECRET not in self.err
        assert [words for words in said if words not in self.err] == [], self.err


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs `whatworks`, as its own process would."""

    def command(*words: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["whatworks", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Answer(int(ended.value.code or 0), said.out, said.err)

    return command


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def partnership(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A partnership that holds two people; no case may change a byte of it, so that all of them share it."""
    from datetime import date

    from whatworks.records.imports.importing import import_file
    from whatworks.records.partnership import Partnership
    from whatworks.records.store import DuckDBStore

    root = tmp_path_factory.mktemp("partnership")
    (root / "whatworks.toml").write_text(SETTINGS)
    (root / "mappings").mkdir()
    (root / "mappings/crimes.toml").write_text(CRIMES)
    (root / "people.csv").write_text(PEOPLE + "P1,Quixote,1987-02-28,female\nP2,Zebedee,1990-01-01,male\n")
    here = Partnership.open(root)
    with DuckDBStore(here.store_path) as store:
        import_file(
            store, root / "people.csv", table="person", organisation_id="police", source="people",
            as_at=date(2025, 6, 30), received_on=date(2025, 7, 1), partnership=here,
        )  # fmt: skip
    return root


def workbook(rows: list[list[Any]], merged: str | None = None) -> Callable[[Path], bytes]:
    def made(folder: Path) -> bytes:
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        if merged:
            book.worksheets[0].merge_cells(merged)
        book.save(folder / "made.xlsx")
        return (folder / "made.xlsx").read_bytes()

    return made


def person(*rows: str) -> str:
    return PEOPLE + "".join(f"{row}\n" for row in rows)


NONE_KEPT = "has no row that can be kept; correct the file, or the mapping that reads it"
AS_PERSON, AS_SENTENCE, BY_MAPPING = ["--as", "person"], ["--as", "sentence"], ["--mapping", "crimes.toml"]
Content = str | bytes | Callable[[Path], bytes] | None
FILES: dict[str, tuple[str, Content, list[str], list[str]]] = {
    "empty": ("b.csv", "", AS_PERSON, ["b.csv: is empty; send the extract again"]),
    "header only": ("b.csv", PEOPLE, AS_PERSON, ["b.csv: has a header but no rows; send"]),
    "wrong delimiter": ("b.csv", person("P3,x,,male").replace(",", "^"), AS_PERSON, [
        "b.csv, person_id: is not in the header, which has 1 column: person_id^surname"]),
    "ragged": ("b.csv", person(f"P3,{SECRET}", f"P4,{SECRET},,male,x"), AS_PERSON, [
        NONE_KEPT, "b.csv, row 2, whole row: has 2 fields where the header has 4", "row 3, whole row: has 5 fields"]),
    "no key": ("b.csv", person(f",{SECRET},,male"), AS_PERSON, ["b.csv, row 2, person_id: is empty; fill it in"]),
    "31/02": ("b.csv", "No;Person;Day;Group\nC1;P1;31/02/2024;VIO\n", BY_MAPPING, [
        NONE_KEPT,
        'b.csv, row 2, committed_from "99/99/9999": is not a date in the calendar; write the day as in 28/02']),
    "two-digit year": ("b.csv", "No;Person;Day;Group\nC1;P1;28/02/24;VIO\n", BY_MAPPING, [
        'row 2, committed_from "99/99/99": has a year of two digits; write']),
    "future birth": ("b.csv", person(f"P3,{SECRET},2031-05-17,male"), AS_PERSON, [
        'row 2, date_of_birth "9999-99-99": lies after 2025-06-30, the day of the extract; correct the date']),
    "mixed encodings": (
        "b.csv", person("P3,Zoë,,male").encode() + "P4,Zoë,,male\n".encode("cp1252"), [*AS_PERSON, "--strict"],
        ["b.csv: has 1 row at fault; correct", "row 3, whole row: holds characters that are not in the encoding"]),
    "one endless line": ("b.csv", b"x" * 3_000_000, AS_PERSON, ["b.csv: has no header; begin the file with a line"]),
    "an endless row": ("b.csv", PEOPLE.encode() + b"P3," + b"x" * 3_000_000, AS_PERSON, [
        "row 2, whole row: is longer than 1,048,576 bytes"]),
    "titles on top": ("b.xlsx", workbook([["Our people"], [], ["person_id", "sex"], ["P3", "male"]], "A1:B1"),
        AS_PERSON, ["b.xlsx, row 1", "row 3 looks like the header (person_id, sex)", "put header_row = 3"]),
    "equal headers": ("b.csv", "person_id,sex,sex\nP3,male,male\n", AS_PERSON, [
        "b.csv, sex: stands in the header 2 times; give each column its own name"]),
    "equal headers in Excel": ("b.xlsx", workbook([["person_id", "sex", "sex"], ["P3", "male", "male"]]), AS_PERSON, [
        "b.xlsx, sex: stands in the header 2 times"]),
    "another table's file": ("b.csv", SENTENCES + "S1,P1,fine,2024-01-31,\n", AS_PERSON, [
        "b.csv, sentence_id: is not a column of table person; the file looks like table sentence"]),
    "another mapping's file": ("b.csv", person("P3,x,,male"), BY_MAPPING, [
        "b.csv, No, Person, Day, Group: are not in the header", "looks like table person"]),
    "another agency's codes": ("b.csv", "No;Person;Day;Group\nC1;P1;01/02/2024;A99\n", BY_MAPPING, [
        'row 2, offence_group "A99": is not a code that the mapping knows; add it to codes.offence_group']),
    "American dates": ("b.csv", "No;Person;Day;Group\nC1;P1;12/31/2024;VIO\n", BY_MAPPING, [
        'row 2, committed_from "99/99/9999": is not a date in the calendar']),
    "negative length": ("b.csv", SENTENCES + "S1,P1,custody,2024-01-31,-5\n", AS_SENTENCE, [
        'row 2, length_days "-9": is less than 0; correct it']),
    "huge number": ("b.csv", SENTENCES + f"S1,P1,custody,2024-01-31,{10**22}\n", AS_SENTENCE, [
        f'row 2, length_days "{"9" * 23}": is too large a number; correct it']),
    "words for a number": ("b.csv", SENTENCES + "S1,P1,custody,2024-01-31,two years\n", AS_SENTENCE, [
        'row 2, length_days "aaa aaaaa": is not a whole number; correct it']),
    "a very long code": ("b.csv", SENTENCES + f"S1,P1,{'z' * 5_000},2024-01-31,5\n", AS_SENTENCE, [
        f'row 2, kind "{"a" * 40}": is not a code of this column; use one of custody,']),
    "control characters": ("b.csv", SENTENCES + "S1,P1,\x1b[31mcustody,2024-01-31,5\n", AS_SENTENCE, [
        'row 2, kind "\ufffd[99aaaaaaaa": is not a code']),
    "twins": ("b.csv", person(f"P3,{SECRET},,male", f"P3,{SECRET},,male"), AS_PERSON, [
        'row 2, person_id "A9": stands in 2 rows of this file; keep one of them']),
    "after the extract": ("b.csv", SENTENCES + "S1,P1,fine,2024-01-31,\n", [*AS_SENTENCE, "--as-at", "2023-12-31"], [
        'row 2, sentenced_on "9999-99-99": lies after 2023-12-31']),
    "another agency's rows": ("b.csv", "organisation_id,person_id\nprison,P3\n", AS_PERSON, [
        'row 2, organisation_id "aaaaaa": is not police, which was named at import; import each']),
    "no text": ("b.csv", bytes(range(256)) * 50, AS_PERSON, ["b.csv: is not text, in spite of its name; send"]),
    "a picture": ("b.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), AS_PERSON, ["b.csv: is not text, in spite of its name"]),
    "Excel called CSV": ("b.csv", workbook([["person_id"], ["P3"]]), AS_PERSON, ["b.csv: is not text", ".xlsx"]),
    "CSV called Excel": ("b.xlsx", person("P3,x,,male"), AS_PERSON, ["b.xlsx: looks like text", "ending .csv"]),
    "nested JSON": ("b.jsonl", '{"person_id": {"a": 1}}\n', AS_PERSON, ["b.jsonl: holds no line that is a JSON"]),
    "a folder": ("mappings", None, AS_PERSON, ["mappings is a folder", "name the file"]),
    "no file": ("nope.csv", None, AS_PERSON, ["nope.csv: is not there; check the name"]),
    "a mapping that is none": ("b.csv", person("P3,x,,male"), ["--mapping", "people.csv"], [
        "people.csv: cannot be read as TOML", "line 1"]),
    "a mapping that is a folder": ("b.csv", person("P3,x,,male"), ["--mapping", "mappings"], [
        "mappings: is not there; check the name"]),
    "a source without a name": ("b.csv", person("P3,x,,male"), [*AS_PERSON, "--source", " "], ["give it a plain --s"]),
    "many faults": ("b.csv", person(*(f"P{n},{SECRET},31/02/1990,man" for n in range(10, 900))), AS_PERSON, [
        NONE_KEPT, 'row 2, date_of_birth "99/99/9999"', 'row 2, sex "man": is not a code',
        "and 1,770 more faults, 890 rows at fault; none was imported"]),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_an_extract_is_refused(case: str, partnership: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    file, content, words, said = FILES[case]
    monkeypatch.chdir(partnership)
    if content is not None:
        made = content(partnership) if callable(content) else content
        Path(file).write_bytes(made.encode() if isinstance(made, str) else made)
    before = contents(partnership)
    run("import", file, "--from", "police", "--source", "more", *words).is_a_refusal(said)
    assert contents(partnership) == before


def test_a_first_import_that_is_refused_leaves_no_store(run: Run, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    Path("whatworks.toml").write_text(SETTINGS)
    Path("b.csv").write_text(person("P3,x,31/02/1990,male"))
    run("import", "b.csv", "--from", "police", "--source", "s", *AS_PERSON).is_a_refusal([NONE_KEPT])
    assert sorted(contents(tmp_path)) == ["b.csv", "whatworks.toml"]


def test_values_are_listed_but_not_those_that_identify_a_person(run: Run, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    Path("whatworks.toml").write_text(SETTINGS)
    Path("b.csv").write_text(
        person("P3,x,1990-01-01,male", f"{SECRET},{SECRET},{SECRET},man", f"{SECRET},,,male", f"P5,{SECRET},,male,x")
    )
    told = run("import", "b.csv", "--from", "police", "--source", "s", *AS_PERSON)
    listed = run("quarantine", "list")
    as_json = run("quarantine", "list", "--json")
    assert told.err == (
        "police: 1 of 1 record of people cannot be joined: pnc_id is empty in 1\n"
        "People are joined by number alone until `whatworks link` joins them by names and dates too.\n"
    )
    for answer in (told, listed, as_json):
        assert answer.status == 0
        assert answer is told or answer.err == ""
        assert SECRET not in answer.out + answer.err
    for answer in (told, listed):
        assert 'row 3, sex "aaa": is not a code' in answer.out
        assert 'row 3, person_id "Aaaaaaaa": stands in 2 rows' in answer.out
        assert 'row 3, date_of_birth "Aaaaaaaa": is not a date' in answer.out
    assert '"value": "aaa"' in as_json.out


PROTOCOL = """
[scheme]
id = "made-up"
name = "Made up"
title = "A made-up scheme"
[cohort]
minimum = 10
[comparison]
covariates = ["age", "sex"]
[outcomes]
primary = "reoffended"
[data]
source = "flat"
treatment = "treated"
as_at = 2025-06-30
[data.outcomes.reoffended]
column = "reoffended"
label = "Reoffending"
"""
DRAWN = random.Random(1)
COUNT = 120
COLUMNS = {
    "treated": [str(n % 2) for n in range(COUNT)],
    "age": [str(DRAWN.randrange(18, 60)) for _ in range(COUNT)],
    "sex": [DRAWN.choice(["female", "male"]) for _ in range(COUNT)],
    "reoffended": [str(DRAWN.randrange(2)) for _ in range(COUNT)],
}


def flat(**columns: list[str] | None) -> bytes:
    kept = {name: values for name, values in {**COLUMNS, **columns}.items() if values is not None}
    return "".join(",".join(row) + "\n" for row in [tuple(kept), *zip(*kept.values(), strict=True)]).encode()


def with_value(name: str, value: str) -> dict[str, list[str]]:
    """The column with another value in its sixth row, which is line 7 of the file."""
    return {name: [*COLUMNS[name][:5], value, *COLUMNS[name][6:]]}


def asked(old: str, new: str) -> str:
    assert old in PROTOCOL
    return PROTOCOL.replace(old, new)


def also(name: str) -> str:
    return asked('"sex"]', f'"sex", "{name}"]')


ODD = [f"{50 * (n % 2) + n % 7}" for n in range(COUNT)]
EVALUATIONS: dict[str, tuple[str | bytes, bytes | None, list[str]]] = {
    "an unknown key": (asked("[outcomes]", 'methood = "none"\n[outcomes]'), flat(), [
        'a.toml, comparison.methood: is not a key of a protocol; did you mean "method"?']),
    "no protocol": ("", flat(), ["a.toml, scheme: is missing; add it"]),
    "a protocol that is no TOML": ("[scheme\n", flat(), ["a.toml: cannot be read as TOML", "line 1"]),
    "a binary protocol": (b"\x89PNG\r\n\x00\xff", flat(), ["a.toml: cannot be read as TOML"]),
    "an unknown outcome": (asked('primary = "reoffended"', 'primary = "reofended"'), flat(), [
        'outcomes "reofended"', "did you mean reoffended?"]),
    "an outcome without a column": (asked('column = "reoffended"', 'column = ""'), flat(), [
        "a.toml, data.outcomes.reoffended.column"]),
    "an identifier without a column": (asked('"treated"\n', '"treated"\nid_column = ""\n'), flat(), [
        "a.toml, data.id_column"]),
    "a constant covariate": (PROTOCOL, flat(age=["30"] * COUNT), ["age: is the same for everybody; leave it out"]),
    "a duplicated covariate": (also("twin"), flat(twin=COLUMNS["age"]), ["twin: only repeats what age"]),
    "a separating covariate": (also("odd"), flat(odd=ODD), ["odd: tells the two groups apart without error"]),
    "a covariate that is an outcome": (also("reoffended"), flat(), ["reoffended is outcome reoffended: it cannot be"]),
    "a covariate that repeats the outcome": (
        also("again"), flat(again=["no" if one == "0" else "yes" for one in COLUMNS["reoffended"]]),
        ["people.csv, again: only repeats outcome reoffended; leave it out"]),
    "the treatment as a covariate": (also("treated"), flat(), ["treated is the treatment: it cannot be a covariate"]),
    "nobody is left after exact matching": (
        asked("[outcomes]", 'exact = ["group"]\n[outcomes]'), flat(group=COLUMNS["treated"]),
        ["comparison.exact: nobody in the scheme has a comparison with the same group; ask for fewer"]),
    "a cohort below the minimum": (asked("minimum = 10", "minimum = 500"), flat(), [
        "cohort.minimum: only 60 to 69 treated people are left after attrition; the protocol's minimum is 500; wait"]),
    "an outcome that is all missing": (PROTOCOL, flat(reoffended=[""] * COUNT), [
        "people.csv, outcome reoffended (reoffended): is all missing; send the outcome"]),
    "an outcome that never happens": (PROTOCOL, flat(reoffended=["0"] * COUNT), [
        "reoffended: is the same (0) for everybody who is analysed"]),
    "text for an outcome": (PROTOCOL, flat(**with_value("reoffended", "maybe")), [
        "people.csv, row 7, outcome reoffended (reoffended): holds texts that mean neither yes nor no: aaaaa (1 row)"]),
    "text among numbers": (PROTOCOL, flat(**with_value("age", SECRET)), [
        'people.csv, row 7, age "Aaaaaaaa": is not a number, as others of the column are; write numbers only']),
    "a day among numbers": (PROTOCOL, flat(**with_value("age", "31/02/2024")), [
        'people.csv, row 7, age "99/99/9999": is not a number']),
    "no end of a number": (PROTOCOL, flat(**with_value("age", "1e400")), ['people.csv, row 7, age "9a999": is not a']),
    "a missing covariate": (PROTOCOL, flat(**with_value("age", "")), ["people.csv, row 7, age: is not known in 1 of"]),
    "three treatments": (PROTOCOL, flat(**with_value("treated", "perhaps")), [
        "people.csv, row 7, treatment (treated): holds texts that mean neither yes nor no: aaaaaaa (1 row), besid"]),
    "everybody treated": (PROTOCOL, flat(treated=["1"] * COUNT), ["people.csv, treatment (treated): is the same for"]),
    "a missing column": (PROTOCOL, flat(age=None), ['"age": is not a column of the file; the file has: treated, sex']),
    "equal columns": (PROTOCOL, flat().replace(b"sex", b"age", 1), ["people.csv, age: stands in the header 2 times"]),
    "another delimiter": (PROTOCOL, flat().replace(b",", b"^"), ['"treated": is not a column of the file; the file']),
    "a ragged row": (PROTOCOL, flat() + b"1,2\n", ["people.csv, row 122: has 2 fields where the header has 4"]),
    "wrong encoding": (PROTOCOL, flat() + b"1,30,m\xff\xfele,0\n" + "1,30,mäle,0\n".encode(), [
        "people.csv, row 122: holds characters that are not in the encoding"]),
    "a binary file": (PROTOCOL, bytes(range(256)) * 20, ["people.csv: is not text, in spite of its name"]),
    "an empty file": (PROTOCOL, b"", ["people.csv: is empty; send"]),
    "a header only": (PROTOCOL, flat()[:27], ["people.csv: has a header but no rows; send"]),
    "no file": (PROTOCOL, None, ["people.csv: is not there; name the file with --data FILE"]),
    "a protocol on a partnership's records": (asked('"flat"', '"partnership"'), flat(), ["is not a partnership"]),
}  # fmt: skip


@pytest.mark.parametrize("case", EVALUATIONS)
def test_an_evaluation_is_refused(case: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    protocol, data, said = EVALUATIONS[case]
    monkeypatch.chdir(tmp_path)
    Path("a.toml").write_bytes(protocol if isinstance(protocol, bytes) else protocol.encode())
    if data is not None:
        Path("people.csv").write_bytes(data)
    before = contents(tmp_path)
    run("evaluate", "a.toml", "--data", "people.csv", "--forms", "json").is_a_refusal(said)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--data", "."], "is a folder; name a file with --data FILE"),
        (["--forms", "html,docs"], 'forms "docs": is not a form of paper; choose from html,'),
        (["--out", "people.csv"], 'out "people.csv": cannot hold the paper; name a folder'),
        (["--out", "people.csv/below"], 'out "below": cannot hold the paper; name a folder'),
    ],
)
def test_what_is_asked_for_is_checked_first(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.toml").write_text(PROTOCOL)
    Path("people.csv").write_bytes(flat())
    before = contents(tmp_path)
    run("evaluate", "a.toml", "--data", "people.csv", *words).is_a_refusal([said])
    assert contents(tmp_path) == before


def test_the_same_protocol_and_file_without_a_fault_are_answered(run: Run, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.toml").write_text(PROTOCOL)
    Path("people.csv").write_bytes(flat())
    assert run("evaluate", "a.toml", "--data", "people.csv", "--forms", "json").status == 0
